"""Procedures as a kind of content: all that the rest of the portal knows of them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import PurePosixPath

from plugins.portal import addresses
from plugins.portal.agency import performs_by_level
from plugins.portal.fields import as_far_as_right
from plugins.portal.identifiers import NATIONAL_CODE, is_national_code
from plugins.portal.kinds import Around, Codes, ContentKind, Later, Remark, Target
from plugins.portal.manifest import FieldPosition, SiteManifest, cards_of
from plugins.portal.problems import Problem, Text, did_you_mean, text
from plugins.portal.procedure import Procedure
from plugins.portal.record_files import FIELDS
from plugins.portal.shared import Shared
from plugins.portal.site_names import PROVINCE, folder_of
from plugins.portal.values import day
from plugins.portal.vocabulary import Term
from plugins.portal.yaml_source import Loc, YamlSource, field_name
from plugins.procedures.advice import advice_on, overdue
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.sought import FACETS, indexed


def version_mark(record: Procedure) -> str:
    """Eight digits that stand for all that a record says; printed on notices, so that an old one can be told."""
    written = record.model_dump_json(exclude_defaults=True)
    return hashlib.blake2b(written.encode(), digest_size=4).hexdigest()


def _card(record: Procedure, around: Around) -> dict[str, object]:
    return {
        "title": record.name,
        "code": record.code,
        "field": record.field,
        "field_name": around.shared.field_name(record.field),
        "online_level": record.online_level,
        "online_mode": record.online_mode,
        "performed_by": record.performed_by,
        "audiences": record.audiences,
        "status": record.status,
        "other_codes": (*record.local_codes, *record.superseded_codes),
        "keywords": record.keywords,
        "performing_agencies": record.performing_agencies,
        "effective_to": record.effective_to,
        "review_by": record.review_by,
        "unsaid": tuple(_unsaid(record)),
        "version": version_mark(record),
        "cites": tuple(basis.number for basis in record.legal_basis if basis.number),
        "path": around.source.path,
        "places": _places(record, around.source.yaml),
    }


ASKED_FOR = (
    "decision", "audiences", "steps", "channels", "papers", "results", "legal_basis", "online_level", "reviewed",
)  # fmt: skip
"""Fields of a procedure that somebody who files it, or who answers for it, wants to know."""


def _unsaid(record: Procedure) -> Iterator[str]:
    for name in ASKED_FOR:
        value = getattr(record, name)
        # Who says how a procedure is offered online by the newer decree has said it.
        if (value is None and not (name == "online_level" and record.online_mode)) or value == ():
            yield name


def _places(record: Procedure, yaml: YamlSource) -> dict[str, FieldPosition]:
    named: dict[str, Loc] = {name: (name,) for name in ("review_by", "effective_to") if getattr(record, name)}
    for name in ("performing_agencies", "superseded_codes", "local_codes"):
        named |= {written: (name, index) for index, written in enumerate(getattr(record, name))}
    named[record.code] = ("code",)
    return {written: FieldPosition(field=field_name(loc), line=yaml.line_of(loc)) for written, loc in named.items()}


def _as_called_now(card: ProcedureCard, shared: Shared) -> ProcedureCard:
    name = shared.field_name(card.field)
    return card if name == card.field_name else card.model_copy(update={"field_name": name})


def _targets(record: Procedure) -> Iterable[Target]:
    for index, code in enumerate(record.related):
        yield Target("procedure", code, ("related", index))
    if record.successor is not None:
        yield Target("procedure", record.successor, ("successor",))
    for index, slug in enumerate(record.performing_agencies):
        yield Target("agency", slug, ("performing_agencies", index))
    for index, basis in enumerate(record.legal_basis):
        if basis.number:
            yield Target("number", basis.number, ("legal_basis", index, "number"))


def _files(record: Procedure) -> Iterable[tuple[Loc, str]]:
    for c, case in enumerate(record.papers):
        for p, paper in enumerate(case.papers):
            for f, form in enumerate(paper.forms):
                if form.file is not None:
                    yield ("papers", c, "papers", p, "forms", f, "file"), form.file


def _named_after_its_code(record: Procedure, around: Around) -> Iterable[Remark]:
    if PurePosixPath(around.source.inside).stem != record.code:
        message = text('the file is not named after its code "{code}"', code=record.code)
        hint = text("rename it to {code}.yaml, or mend the code", code=record.code)
        yield Remark(("code",), message, hint, stops=True, names_field=False)


def _of_a_known_field(record: Procedure, around: Around) -> Iterable[Remark]:
    if record.field not in around.shared.fields:
        message = text('unknown field of administration "{name}"', name=record.field)
        yield Remark(("field",), message, _unknown_field(record.field, around.shared), once=record.field)


def _remarks(record: Procedure, around: Around) -> Iterable[Remark]:
    for look in (_named_after_its_code, _of_a_known_field):
        yield from as_far_as_right(look, record, around)
    for advice in advice_on(record, around.shared.legal_status):
        yield Remark(*advice)


def _unknown_field(slug: str, shared: Shared) -> Text:
    """What to do about a field that the province's list has not: the list may be wrong as well as the procedure."""
    near = did_you_mean(slug, shared.fields, text("write one of those in fields.yaml"))
    return text(
        '{remedy} or let the province add it to fields.yaml; until then it is "{name}"',
        remedy=near,
        name=shared.field_name(slug),
    )


def _later(record: Procedure) -> Later[Procedure] | None:
    """One that will be abolished is in force until its last day is over."""
    last = record.effective_to
    if record.status != "abolished" or last is None:
        return None
    end = datetime.combine(last, time.min) + timedelta(days=1)
    message = text("the procedure is shown as in force until {day}", day=day(last))
    return Later(("effective_to",), end, message, record.model_copy(update={"status": "in_force"}))


def _between(manifests: Mapping[str, SiteManifest], shared: Shared, content: str) -> Iterator[tuple[str, Problem]]:
    yield from _listed_by_others(manifests)
    yield from _missing_fields(manifests, content, shared.fields)


def _missing_fields(
    manifests: Mapping[str, SiteManifest], content: str, fields: Collection[str]
) -> Iterator[tuple[str, Problem]]:
    """Fields of administration that several procedures name and that the province's list has not, or has no more."""
    cards = [card for manifest in manifests.values() for card in procedures_of(manifest)]
    unused = set(fields) - {card.field for card in cards}
    for slug, number in sorted(Counter(card.field for card in cards if card.field not in fields).items()):
        if number > 1:
            message = text(
                'the field "{slug}", which {number} procedures name, is not listed', slug=slug, number=number
            )
            hint = did_you_mean(slug, unused, text("add it"))
            path = f"{content}/{folder_of(PROVINCE)}/{FIELDS}"
            yield PROVINCE, Problem(path=path, field="fields", message=message, hint=hint)


def _listed_by_others(manifests: Mapping[str, SiteManifest]) -> Iterator[tuple[str, Problem]]:
    """Procedures that an agency has put into the lists of others. The province may: it knows who performs what."""
    for owner, manifest in manifests.items():
        for card in procedures_of(manifest) if owner else ():
            for slug in card.performing_agencies:
                if slug != owner and slug in manifests:
                    message = text(
                        '"{name}" of {agency} stands in your list of procedures', name=card.name, agency=owner
                    )
                    hint = text("if you do not receive it, ask {agency} to mend performing_agencies", agency=owner)
                    position = card.places.get(slug)
                    line, field = (position.line, position.field) if position else (None, "performing_agencies")
                    yield slug, Problem(path=card.path, line=line, field=field, message=message, hint=hint)


_SUPERSEDED = re.compile(rb"^superseded_codes[ \t]*:(?P<first>[^\n]*)\n?", re.MULTILINE)
_NEXT_FIELD = re.compile(rb"^[^\s#\-\]]", re.MULTILINE)
_COMMENT = re.compile(rb"(?:^|[ \t])#[^\n]*", re.MULTILINE)
_WHOLE_CODE = re.compile(rb"(?<![\w.-])" + NATIONAL_CODE.pattern.encode() + rb"(?![\w-]|\.\w)")


def former_codes(written: bytes) -> Collection[str]:
    """The national codes that the text of a procedure lists as superseded.

    The text is not read as YAML, for it may be anybody's and anything: this is asked before it is.
    """
    listed = _SUPERSEDED.search(written) if b"superseded_codes" in written else None
    if listed is None:
        return ()
    following = _NEXT_FIELD.search(written, listed.end())
    value = listed["first"] + b"\n" + written[listed.end() : following.start() if following else len(written)]
    return [code.decode() for code in dict.fromkeys(_WHOLE_CODE.findall(_COMMENT.sub(b"", value)))]


CODES = Codes(
    is_one=is_national_code,
    name=lambda procedure: str(procedure.name),
    none=lambda code: text('there is no procedure "{target}"', target=code),
    look_for=text("look for the procedure on the portal, and copy its code"),
    removed=lambda code, day: text('the procedure "{target}" was removed on {day}', target=code, day=day),
    twice=lambda code, files: text('procedure "{code}" has more than one file: {files}', code=code, files=files),
    owned=lambda agency: text(
        "that of {agency} is shown; remove this one, or that one if the procedure is yours now", agency=agency
    ),
    leads_twice=lambda code, files: text(
        'the code "{code}" leads to more than one procedure: {files}', code=code, files=files
    ),
    former=former_codes,
    is_former=lambda code, file: text('"{code}" is the former code of the procedure in {file}', code=code, file=file),
    former_owned=lambda agency: text(
        "its address leads to that procedure of {agency}; remove this file, or ask {agency} to take the code out of "
        "superseded_codes",
        agency=agency,
    ),
)

PROCEDURE = ContentKind(
    name="procedure",
    many=Term("Thủ tục hành chính", "Administrative procedures"),
    folder="procedures",
    suffix=".yaml",
    called=("thu-tuc", "tthc"),
    home=addresses.PROCEDURES,
    page=lambda procedure, code: f"{procedure.code}/",
    codes=CODES,
    model=Procedure,
    card_type=ProcedureCard,
    card=_card,
    order=lambda card: card.code,
    targets=_targets,
    files=_files,
    remarks=_remarks,
    as_called_now=_as_called_now,
    overdue=overdue,
    between=_between,
    some=lambda number, out_of: text("{number} of {all} procedures", number=number, all=out_of),
    later=_later,
    indexed_together=indexed,
    facets=FACETS,
    sought_first=True,
    in_menu=lambda agency, has_any: has_any or agency is None or performs_by_level(agency),
    api="procedures",
    written_by_itself=True,
    answered_by_itself=True,
)

KINDS = (PROCEDURE,)


def procedures_of(manifest: SiteManifest) -> tuple[ProcedureCard, ...]:
    """The procedures that a site owns, in order of code."""
    return cards_of(manifest, PROCEDURE.name, ProcedureCard)
