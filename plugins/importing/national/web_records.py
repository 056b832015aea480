"""Records as a crawl of the national portal's pages left them: flat text under Vietnamese keys."""

from __future__ import annotations

from functools import partial
from typing import Any

from pydantic import BaseModel, ConfigDict

from plugins.importing.national import tables
from plugins.importing.national.cleaning import clean, one_line
from plugins.importing.national.codes import CODE
from plugins.importing.national.draft import Doubts, Draft, Refusal
from plugins.importing.national.records import checked, decision, drafted, keywords, prose, sentence
from plugins.importing.national.tables import Fields
from plugins.importing.national.terms import AUDIENCES, KINDS, LEVELS
from plugins.portal.fields import MAX_TEXT

KEY = "ma_thu_tuc"
"""The key that tells this shape from others."""


class WebRecord(BaseModel):
    """A record of the crawl: text under its keys; other keys are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    ma_thu_tuc: str
    ten_thu_tuc: str
    linh_vuc: str
    cap_thuc_hien: str
    so_quyet_dinh: str = ""
    loai_thu_tuc: str = ""
    doi_tuong_thuc_hien: str = ""
    co_quan_co_tham_quyen: str = ""
    dia_chi_tiep_nhan: str = ""
    co_quan_duoc_uy_quyen: str = ""
    co_quan_phoi_hop: str = ""
    co_quan_thuc_hien: str = ""
    thu_tuc_lien_quan: str = ""
    trinh_tu_thuc_hien: str = ""
    cach_thuc_thuc_hien: str = ""
    thanh_phan_ho_so: str = ""
    can_cu_phap_ly: str = ""
    yeu_cau_dieu_kien: str = ""
    ket_qua_xu_ly: str = ""
    mo_ta: str = ""
    tu_khoa: str = ""
    bo: str = ""


_LONG_TEXTS = {
    "steps": "trinh_tu_thuc_hien", "conditions": "yeu_cau_dieu_kien", "description": "mo_ta",
    "reception_address": "dia_chi_tiep_nhan",
}  # fmt: skip


def convert(raw: WebRecord) -> Draft | Refusal:
    """The record as a draft, or the reason why it makes none."""
    texts = {field: getattr(raw, key) for field, key in _LONG_TEXTS.items()}
    return drafted(raw.ma_thu_tuc, raw.ten_thu_tuc, raw.linh_vuc, texts, partial(_fields, raw))


def _fields(raw: WebRecord, doubts: Doubts) -> Fields:
    conditions = tables.without_residue(clean(raw.yeu_cau_dieu_kien))
    return {
        "decision": decision(raw.so_quyet_dinh, doubts),
        "kind": KINDS.single(raw.loai_thu_tuc, "kind", doubts),
        "performed_by": LEVELS.several(raw.cap_thuc_hien, "performed_by", doubts),
        "performing_bodies": tables.bodies(one_line(raw.co_quan_thuc_hien), "performing_bodies", doubts),
        "competent_body": sentence(raw.co_quan_co_tham_quyen, "competent_body", doubts),
        "authorised_body": sentence(raw.co_quan_duoc_uy_quyen, "authorised_body", doubts),
        "coordinating_bodies": tables.bodies(one_line(raw.co_quan_phoi_hop), "coordinating_bodies", doubts),
        "reception_address": sentence(raw.dia_chi_tiep_nhan, "reception_address", doubts),
        "audiences": AUDIENCES.several(raw.doi_tuong_thuc_hien, "audiences", doubts),
        "description": prose(raw.mo_ta, "description", MAX_TEXT, doubts),
        "keywords": keywords(raw.tu_khoa, doubts),
        "steps": tables.steps(clean(raw.trinh_tu_thuc_hien), doubts),
        "channels": tables.channels(clean(raw.cach_thuc_thuc_hien), doubts),
        "papers": tables.papers(clean(raw.thanh_phan_ho_so), doubts),
        "results": tables.results(clean(raw.ket_qua_xu_ly), doubts),
        "legal_basis": tables.legal_basis(one_line(raw.can_cu_phap_ly), doubts),
        "conditions": (doubts.clip(conditions, MAX_TEXT, "conditions[0]"),) if conditions else (),
        "related": _related(raw.thu_tuc_lien_quan, doubts),
    }


def _related(written: str, doubts: Doubts) -> tuple[str, ...]:
    line = one_line(written)
    codes = tuple(dict.fromkeys(CODE.findall(line)))
    if line and not codes:
        doubts.add("related", "unknown_value", wanted="1.001193", got=line)
    return codes


def convert_object(record: dict[str, Any]) -> Draft | Refusal:
    """The same for an object of JSON that nobody has checked yet."""
    values = {key: "" if value is None else value for key, value in record.items()}
    if isinstance(values.get(KEY), float):
        values[KEY] = f"{values[KEY]}"
    raw = checked(WebRecord, values, KEY)
    return raw if isinstance(raw, Refusal) else convert(raw)
