"""Records as the national database's exchange service answers: upper-case keys, tables as lists of objects.

Source of the keys: the adapters of provincial one-stop systems (services LayDanhSachTTHC and LayThuTuc). Numbers stand
for words in some answers and words in others, one object for a list of one, null for nothing: all of these are taken.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from plugins.importing.national import tables
from plugins.importing.national.cleaning import clean, one_line
from plugins.importing.national.codes import CODE
from plugins.importing.national.draft import Doubts, Draft, Refusal
from plugins.importing.national.records import checked, decision, drafted, keywords, prose, read_day, sentence
from plugins.importing.national.tables import MAX_WORD, Fields
from plugins.importing.national.terms import (
    AUDIENCES,
    CHANNEL_NUMBERS,
    CHANNELS,
    FEE_NUMBERS,
    KINDS,
    LEVEL_NUMBERS,
    LEVELS,
    STATUSES,
)
from plugins.portal.fields import MAX_SENTENCE, MAX_TEXT

KEY = "MATTHC"
"""The key that tells this shape from others."""

_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]{3,500}", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,2}")
_AMOUNT = re.compile(r"\d{1,12}|\d{1,3}(?:[.,]\d{3})+")


def _as_text(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.0f}" if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else f"{value}"
    return value


def _as_list(value: Any) -> Any:
    if value is None or value == "":
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def _named(key: str) -> BeforeValidator:
    """A list of objects, where a bare text stands for an object with that one key."""
    return BeforeValidator(
        lambda value: tuple({key: entry} if isinstance(entry, str) else entry for entry in _as_list(value))
    )


def _texts(key: str) -> BeforeValidator:
    """A list of texts, where an object stands for what it has under that key."""
    return BeforeValidator(
        lambda value: tuple(entry.get(key) if isinstance(entry, dict) else entry for entry in _as_list(value))
    )


T = TypeVar("T")
Written = Annotated[str, BeforeValidator(_as_text)]
Listed = Annotated[tuple[T, ...], BeforeValidator(_as_list)]
Bodies = Annotated[tuple[Written, ...], _texts("TENDONVI")]


class _Answer(BaseModel):
    """An object of the service; keys that say nothing to us are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Level(_Answer):
    """A level that performs the procedure, and where it is received there."""

    CAPTHUCHIEN: Written = ""
    MOTACOQUANTHUCHIEN: Written = ""
    DIACHITIEPNHAN: Written = ""


class Steps(_Answer):
    """The steps of a case."""

    TRUONGHOP: Written = ""
    TRINHTU: Annotated[tuple[Written, ...], _texts("TENTRINHTU")] = ()


class Charge(_Answer):
    """A fee or charge."""

    MAPHILEPHI: Written = ""
    SOTIEN: Written = ""
    DONVI: Written = ""
    MOTA: Written = ""
    URL: Written = ""


class Duration(_Answer):
    """A time limit with its fees."""

    THOIGIANGIAIQUYET: Written = ""
    DONVITINH: Written = ""
    MOTA: Written = ""
    PHILEPHI: Listed[Charge] = ()


class Way(_Answer):
    """A way to file."""

    KENH: Written = ""
    MOTA: Written = ""
    THOIGIAN: Listed[Duration] = ()


class Sheet(_Answer):
    """A paper of the dossier."""

    TENGIAYTO: Written = ""
    SOBANCHINH: Written = ""
    SOBANSAO: Written = ""
    TENMAUDON: Written = ""
    URL: Written = Field(default="", validation_alias="URL")
    Url: Written = ""


class Sheets(_Answer):
    """The papers of a case."""

    TRUONGHOP: Written = ""
    GIAYTO: Annotated[tuple[Sheet, ...], _named("TENGIAYTO")] = ()


class Outcome(_Answer):
    """A result."""

    MAKETQUA: Written = ""
    TENKETQUA: Written = ""
    URL: Written = ""


class Law(_Answer):
    """A document that the procedure rests on."""

    SOVANBAN: Written = ""
    TENVANBAN: Written = ""
    NGAYBANHANH: Written = ""
    COQUANBANHANH: Written = ""
    DIACHITRUYCAP: Written = ""


class ExchangeRecord(_Answer):
    """A procedure as the service describes it."""

    MATTHC: Written = ""
    TENTTHC: Written = ""
    SOQUYETDINH: Written = ""
    LOAITTHC: Written = ""
    CAPTHUCHIEN: Annotated[tuple[Level, ...], _named("CAPTHUCHIEN")] = ()
    LINHVUCTHUCHIEN: Annotated[tuple[Written, ...], _texts("TENLINHVUC")] = ()
    TRINHTUTHUCHIEN: Annotated[tuple[Steps, ...], _named("TRUONGHOP")] = ()
    CACHTHUCTHUCHIEN: Listed[Way] = ()
    THANHPHANHOSO: Listed[Sheets] = ()
    SOBOHOSO: Written = ""
    DOITUONGTHUCHIEN: Listed[Written] = ()
    MOTADOITUONGTHUCHIEN: Written = ""
    COQUANTHUCHIEN: Bodies = ()
    COQUANCOTHAMQUYEN: Bodies = ()
    COQUANDUOCUYQUYEN: Bodies = ()
    COQUANPHOIHOP: Bodies = ()
    KETQUATHUCHIEN: Annotated[tuple[Outcome, ...], _named("TENKETQUA")] = ()
    CANCUPHAPLY: Annotated[tuple[Law, ...], _named("TENVANBAN")] = ()
    YEUCAU: Listed[Written] = ()
    THUTUCLIENQUAN: Listed[Written] = ()
    TUKHOA: Written = ""
    MOTA: Written = ""
    TRANGTHAI: Written = ""


KNOWN_KEYS = frozenset(ExchangeRecord.model_fields) | {"IDQUYETDINHCONGBO"}
"""Keys of a record that are read, or known to say nothing here (an internal number)."""


def convert_object(record: dict[str, Any]) -> Draft | Refusal:
    """The record as a draft, or the reason why it makes none."""
    raw = checked(ExchangeRecord, record, KEY)
    if isinstance(raw, Refusal):
        return raw
    field = next(iter(raw.LINHVUCTHUCHIEN), "")
    return drafted(raw.MATTHC, raw.TENTTHC, field, {"description": raw.MOTA}, partial(_fields, raw))


def _fields(raw: ExchangeRecord, doubts: Doubts) -> Fields:
    for further in raw.LINHVUCTHUCHIEN[1:]:
        doubts.add("field", "further_field", got=one_line(further))
    audiences = raw.MOTADOITUONGTHUCHIEN or ", ".join(raw.DOITUONGTHUCHIEN)
    of_levels = tuple(level.MOTACOQUANTHUCHIEN for level in raw.CAPTHUCHIEN)
    addresses = tuple(level.DIACHITIEPNHAN for level in raw.CAPTHUCHIEN)
    return {
        "decision": decision(raw.SOQUYETDINH, doubts),
        "kind": KINDS.single(raw.LOAITTHC, "kind", doubts),
        "performed_by": _levels(raw, doubts),
        "performing_bodies": _bodies(raw.COQUANTHUCHIEN or of_levels, "performing_bodies", doubts),
        "competent_body": _joined(raw.COQUANCOTHAMQUYEN, "competent_body", doubts),
        "authorised_body": _joined(raw.COQUANDUOCUYQUYEN, "authorised_body", doubts),
        "coordinating_bodies": _bodies(raw.COQUANPHOIHOP, "coordinating_bodies", doubts),
        "reception_address": _joined(addresses, "reception_address", doubts),
        "audiences": AUDIENCES.several(audiences, "audiences", doubts),
        "description": prose(raw.MOTA, "description", MAX_TEXT, doubts),
        "keywords": keywords(raw.TUKHOA, doubts),
        "steps": _steps(raw.TRINHTUTHUCHIEN, doubts),
        "channels": _channels(raw.CACHTHUCTHUCHIEN, doubts),
        "papers": _papers(raw.THANHPHANHOSO, doubts),
        "dossier_sets": _count(raw.SOBOHOSO, "dossier_sets", doubts) or None,
        "results": _results(raw.KETQUATHUCHIEN, doubts),
        "legal_basis": _legal_basis(raw.CANCUPHAPLY, doubts),
        "conditions": tuple(
            filter(None, (prose(condition, "conditions", MAX_TEXT, doubts) for condition in raw.YEUCAU))
        ),
        "related": tuple(dict.fromkeys(code for reference in raw.THUTUCLIENQUAN for code in CODE.findall(reference))),
        "status": STATUSES.single(raw.TRANGTHAI, "status", doubts),
    }


def _levels(raw: ExchangeRecord, doubts: Doubts) -> tuple[str, ...]:
    levels: list[str] = []
    for level in raw.CAPTHUCHIEN:
        number = LEVEL_NUMBERS.get(level.CAPTHUCHIEN.strip())
        levels += [number] if number else LEVELS.several(level.CAPTHUCHIEN, "performed_by", doubts)
    return tuple(dict.fromkeys(levels))


def _bodies(raw: tuple[str, ...], field: str, doubts: Doubts) -> tuple[str, ...]:
    return tuple(filter(None, (sentence(body, field, doubts) for body in raw)))


def _joined(raw: tuple[str, ...], field: str, doubts: Doubts) -> str | None:
    return sentence("; ".join(filter(None, map(one_line, raw))), field, doubts)


def _steps(raw: tuple[Steps, ...], doubts: Doubts) -> tuple[Fields, ...]:
    cases: list[Fields] = []
    for entry in raw:
        field = f"steps[{len(cases)}]"
        steps = tuple(filter(None, (prose(step, field, MAX_TEXT, doubts) for step in entry.TRINHTU)))
        if not entry.TRINHTU:  # the whole as one text
            cases += tables.steps(clean(entry.TRUONGHOP), doubts)
        elif steps:
            cases.append(_of_case(entry.TRUONGHOP, field, doubts) | {"steps": steps})
    return tuple(cases)


def _of_case(written: str, field: str, doubts: Doubts) -> Fields:
    case = sentence(written, f"{field}.case", doubts)
    return {"case": case} if case else {}


def _channels(raw: tuple[Way, ...], doubts: Doubts) -> tuple[Fields, ...]:
    rows: list[Fields] = []
    for way in raw:
        field = f"channels[{len(rows)}]"
        kind = CHANNEL_NUMBERS.get(way.KENH.strip()) or CHANNELS.within(way.KENH)
        if kind is None:
            doubts.add(field, "unknown_channel", got=way.KENH)
            kind = "in_person"
        times = [_time(time, f"{field}.time_limits[{n}]", doubts) for n, time in enumerate(way.THOIGIAN)]
        charges = [charge for time in way.THOIGIAN for charge in time.PHILEPHI]
        fees = [_fee(charge, f"{field}.fees[{n}]", doubts) for n, charge in enumerate(charges)]
        note = sentence(way.MOTA, f"{field}.note", doubts)
        row: Fields = {"time_limits": tuple(filter(None, times)), "fees": tuple(filter(None, fees)), "note": note}
        rows.append({"kind": kind} | {name: value for name, value in row.items() if value})
    return tuple(rows)


def _time(raw: Duration, field: str, doubts: Doubts) -> Fields | None:
    note = sentence(raw.MOTA, f"{field}.note", doubts)
    amount, unit = one_line(raw.THOIGIANGIAIQUYET), one_line(raw.DONVITINH)
    limit = tables.time_of(f"{amount} {unit}".strip(), field, doubts) if amount else None
    if limit is None or note is None:
        return limit or ({"note": note} if note else None)
    told = f"{limit['note']}; {note}" if "note" in limit else note
    return limit | {"note": doubts.clip(told, MAX_SENTENCE, f"{field}.note")}


def _fee(raw: Charge, field: str, doubts: Doubts) -> Fields | None:
    """`SOTIEN` is an amount in `DONVI`; a number without a unit is one of đồng."""
    note, per = sentence(raw.MOTA, f"{field}.note", doubts) or "", one_line(raw.DONVI)
    amount = one_line(raw.SOTIEN)
    if _AMOUNT.fullmatch(amount) and (not per or tables.is_dong(per)):
        fees = tables.fee(f"{amount} đồng", note, field, doubts)
    elif amount:
        fees = tables.fee(f"{amount} {per}".strip(), note, field, doubts)
    else:
        fees = [{"note": note}] if note else []
    if not fees:
        return None
    kind = FEE_NUMBERS.get(raw.MAPHILEPHI.strip(" '"))
    return fees[0] | ({"kind": kind} if kind else {}) | _address(raw.URL, field, doubts)


def _papers(raw: tuple[Sheets, ...], doubts: Doubts) -> tuple[Fields, ...]:
    cases: list[Fields] = []
    for entry in raw:
        field = f"papers[{len(cases)}]"
        rows: list[Fields] = []
        for sheet in entry.GIAYTO:
            name = sentence(sheet.TENGIAYTO, f"{field}.papers[{len(rows)}].name", doubts)
            if name:
                rows.append({"name": name, **_paper(sheet, f"{field}.papers[{len(rows)}]", doubts)})
        if rows:
            cases.append(_of_case(entry.TRUONGHOP, field, doubts) | {"papers": tuple(rows)})
    return tuple(cases)


def _paper(raw: Sheet, field: str, doubts: Doubts) -> Fields:
    paper: Fields = {
        "originals": _count(raw.SOBANCHINH, f"{field}.originals", doubts),
        "copies": _count(raw.SOBANSAO, f"{field}.copies", doubts),
    }
    form = doubts.clip(one_line(raw.TENMAUDON), MAX_WORD, f"{field}.forms[0].name")
    address = _address(raw.URL or raw.Url, f"{field}.forms[0]", doubts)
    if form or address:
        paper["forms"] = ({"name": form or one_line(raw.TENGIAYTO)[:MAX_WORD], **address},)
    return paper


def _results(raw: tuple[Outcome, ...], doubts: Doubts) -> tuple[Fields, ...]:
    rows: list[Fields] = []
    for outcome in raw:
        field = f"results[{len(rows)}]"
        name, code = sentence(outcome.TENKETQUA, f"{field}.name", doubts), one_line(outcome.MAKETQUA)
        if name:
            kept = {"code": doubts.clip(code, MAX_WORD, f"{field}.code")} if code else {}
            rows.append({"name": name, **kept, **_address(outcome.URL, field, doubts)})
    return tuple(rows)


def _legal_basis(raw: tuple[Law, ...], doubts: Doubts) -> tuple[Fields, ...]:
    rows: list[Fields] = []
    for law in raw:
        field = f"legal_basis[{len(rows)}]"
        number = doubts.clip(one_line(law.SOVANBAN), MAX_WORD, f"{field}.number")
        title = sentence(law.TENVANBAN, f"{field}.title", doubts) or number
        if title:
            row: Fields = {
                "number": number,
                "title": title,
                "issued": read_day(law.NGAYBANHANH, f"{field}.issued", doubts),
                "issuer": doubts.clip(one_line(law.COQUANBANHANH), MAX_WORD, f"{field}.issuer"),
                **_address(law.DIACHITRUYCAP, field, doubts),
            }
            rows.append({name: value for name, value in row.items() if value})
    return tuple(rows)


def _count(written: str, field: str, doubts: Doubts) -> int:
    digits = one_line(written)
    if not digits or _COUNT.fullmatch(digits):
        return int(digits or 0)
    doubts.add(field, "unknown_value", wanted="0-99", got=digits)
    return 0


def _address(written: str, field: str, doubts: Doubts) -> Fields:
    address = one_line(written)
    if not address or _ADDRESS.fullmatch(address):
        return {"url": address} if address else {}
    doubts.add(f"{field}.url", "bad_address", got=address)
    return {}
