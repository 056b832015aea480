"""The catalogue for programs: what `/api/v1/` answers of procedures, fields and life events.

The files are plain and hold no day of their own: the same content gives the same bytes, so that an ETag made of them
holds. A procedure's `version` changes exactly when its record does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from plugins.portal import addresses
from plugins.portal.answers import (
    Answer,
    AnswerFrame,
    AnswerLicence,
    AnswerModel,
    Envelope,
    OfferedFile,
    answer_text,
    known,
    moment,
)
from plugins.portal.fields import Many
from plugins.portal.manifest import RemovedRecord
from plugins.portal.procedure import Channel, Fee, LegalBasis, Paper, PaperCase, Procedure, Result
from plugins.portal.province import LegalStatus, LifeEvent, LifeEventStep
from plugins.portal.values import compact_json, rfc3339, spreadsheet_cell
from plugins.portal.vocabulary import (
    PERFORMING_LEVELS,
    Audience,
    Language,
    LegalState,
    LifeEventGroup,
    OnlineMode,
    PerformingLevel,
    ProcedureStatus,
    Term,
)
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.permalinks import MAP
from plugins.procedures.structured_data import (
    LOCATION,
    PUBLIC_ORGANISATION,
    PUBLIC_SERVICE,
    concepts_of,
    cpsv_context,
    public_service,
)

NAME = "procedures"
INDEX = addresses.api_list(NAME)
TABLE = f"{addresses.API}procedures.csv"
CONTEXT = f"{addresses.API}context.jsonld"
FIELDS, LIFE_EVENTS = "fields", "life-events"
"""Lists of what procedures are ordered by."""
LEGAL_STATUS = "legal-status"
REMOVED = Term("Cổng không còn thủ tục này", "The portal no longer has this procedure")


SUMMARY = Term(
    "Thủ tục hành chính lĩnh vực {field}; nơi thực hiện: {levels}.",
    "Administrative procedure of the field {field}, performed by: {levels}.",
)
AREA = "area"
"""The province as an area, as a part of the portal's address."""


class ProcedureRow(BaseModel):
    """What the index says of a procedure."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    """The national code, such as `1.001193`."""
    name: str
    level: Literal[1, 2, 3, 4] | None
    """The exact online level of TT 32/2017; null where it is not known."""
    mode: OnlineMode | None
    """The online mode of NĐ 42/2022; null where it is not known."""
    agency: str
    """The owner's slug; empty where the province owns it."""
    agency_name: str
    field: str
    """The field of administration, by its slug."""
    field_name: str
    audiences: tuple[Audience, ...]
    performed_by: tuple[PerformingLevel, ...]
    status: ProcedureStatus
    other_codes: tuple[str, ...]
    """Local and superseded codes that lead to it."""
    version: str
    """Another version, another record."""
    url: str
    """The page."""
    permalink: str
    """The page's address for ever."""
    document: str
    """The whole record as JSON."""
    modified: str | None
    """When what it says last changed, as far as the history of its file is known."""


class ChangedPart(AnswerModel):
    """One thing that a change says otherwise; long texts are cut around what changed."""

    what: str
    """What it is about, in the portal's language."""
    old: str | None = None
    """Not there where nothing was said before."""
    new: str | None = None
    """Not there where it is said no more."""


class RecordChange(AnswerModel):
    """A change that went live."""

    modified: str
    """When."""
    changes: tuple[ChangedPart, ...] = ()
    """Empty where it cannot be told what changed."""
    url: str | None = None
    """The page as it was before; not there where it was not yet."""


class LinkedPart(BaseModel):
    """What CPSV-AP wants to know of each part of a procedure."""

    id: str = Field(alias="@id")
    """The procedure's permalink, with the part."""
    identifier: str
    """The procedure's code, with the part; a result's own code where it has one."""


class LinkedFee(Fee, LinkedPart):
    """What is to be paid, as a cost."""

    type: Literal["cv:Cost"] = Field(alias="@type")
    currency: Literal["VND"] | None = None
    """What the amount is in."""


class LinkedChannel(Channel, LinkedPart):
    """A way to file."""

    type: Literal["cv:Channel"] = Field(alias="@type")
    fees: Many[LinkedFee] = ()


class LinkedPaper(Paper, LinkedPart):
    """One paper of the dossier, as evidence."""

    type: Literal["cv:Evidence"] = Field(alias="@type")


class LinkedCase(PaperCase, LinkedPart):
    """The papers of one case, as a requirement."""

    type: Literal["cv:Requirement"] = Field(alias="@type")
    name: str
    """The case; what all papers are called where there is but one."""
    papers: Many[LinkedPaper]


class LinkedResult(Result, LinkedPart):
    """What the citizen gets."""

    type: Literal["cv:Output"] = Field(alias="@type")


class LinkedBasis(LegalBasis):
    """A document on which the procedure rests."""

    type: Literal["eli:LegalResource"] = Field(alias="@type")


class Concept(AnswerModel):
    """A key of a closed list that the answer has."""

    id: str = Field(alias="@id")
    type: Literal["skos:Concept"] = Field(alias="@type")
    label: str


class Area(AnswerModel):
    """Where an authority is competent."""

    id: str = Field(alias="@id")
    type: Literal["dct:Location"] = Field(alias="@type")
    name: str


class Authority(AnswerModel):
    """Who answers for a procedure."""

    id: str = Field(alias="@id")
    """Its home."""
    type: Literal["cv:PublicOrganisation"] = Field(alias="@type")
    name: str
    spatial: Area
    """The province."""


class ProcedureDocument(Procedure):
    """`/api/v1/procedures/<code>.json`: one procedure, as JSON-LD with the terms of CPSV-AP."""

    context: str = Field(alias="@context")
    """Where the terms are explained."""
    type: Literal["cpsv:PublicService"] = Field(alias="@type")
    id: str = Field(alias="@id")
    """The permalink."""
    agency: str
    """The owner's slug; empty where the province owns it."""
    agency_name: str
    authority: Authority
    """The same for programs that read JSON-LD."""
    summary: str
    """Its field and who performs it, in a sentence."""
    channels: Many[LinkedChannel] = ()
    costs: tuple[str, ...] = ()
    """The addresses of all fees, for programs that read JSON-LD."""
    papers: Many[LinkedCase] = ()
    inputs: tuple[str, ...] = ()
    """The addresses of all papers, for programs that read JSON-LD."""
    concepts: tuple[Concept, ...] = ()
    """What the keys of closed lists that it has are called."""
    results: Many[LinkedResult] = ()
    legal_basis: Many[LinkedBasis] = ()
    field_name: str
    url: str
    """The page."""
    permalink: str
    """The page's address for ever."""
    version: str
    """Another version, another record."""
    modified: str | None = None
    """When what it says last changed, as far as the history of its file is known."""
    history: tuple[RecordChange, ...] = ()
    """What has changed, newest first, as far as the history of its file is known."""
    files: tuple[OfferedFile, ...] = ()
    """Its forms, where the portal offers them."""
    national_url: str | None = None
    """The same procedure on the national portal."""
    licence: AnswerLicence | None = None
    schema_address: str = Field(alias="$schema")
    """The JSON Schema of the answer."""


class LegalStatusItem(AnswerModel):
    """What became of a document that procedures rest on."""

    id: str
    """Its number, such as `158/2005/NĐ-CP`, as procedures cite it."""
    status: LegalState
    since: str | None
    """The day from which it holds."""
    replaced_by: str | None
    """The number of the document that took its place."""
    note: str | None
    modified: str | None
    """Null: nobody knows."""


class FieldItem(AnswerModel):
    """A field of administration and its procedures."""

    id: str
    """The slug."""
    document: str
    """The same with the procedures."""
    name: str
    url: str
    """The list of its procedures; the catalogue where it has none in force."""
    procedures: int
    """How many are in force."""
    modified: str | None
    """When the newest of them last changed; null where nobody knows."""


class FieldDocument(Envelope, FieldItem):
    """A field of administration with the codes of its procedures."""

    codes: tuple[str, ...]
    """Of the procedures in force, in order."""


class LifeEventItem(AnswerModel):
    """Something that happens in a life or to a business."""

    id: str
    """The slug."""
    document: str
    """The same with its steps."""
    name: str
    group: LifeEventGroup
    summary: str
    url: str
    modified: str | None
    """Null: nobody knows."""


class LifeEventDocument(Envelope, LifeEventItem):
    """A life event with its steps, in order."""

    steps: tuple[LifeEventStep, ...]
    """What to do, and the procedures that it takes."""


def document(
    procedure: Procedure,
    card: ProcedureCard,
    agency_name: str,
    frame: AnswerFrame,
    modified: datetime | None = None,
    **further: object,
) -> dict[str, Any]:
    """A procedure's record as it is answered; what is not known is left out.

    `further` are other fields of the answer, as it has them.
    """
    root = frame.root
    permalink = f"{root}/{addresses.permalink(card.code)}"
    values = public_service(known(procedure.model_dump(mode="json")), permalink, frame.language)
    return {
        "$schema": f"{root}/{addresses.api_document_schema(NAME)}",
        "@context": f"{root}/{CONTEXT}",
        "@type": PUBLIC_SERVICE,
        "@id": permalink,
        **values,
        "agency": card.agency_slug,
        "agency_name": agency_name,
        "authority": {
            "@id": f"{root}/{addresses.site_home(card.agency_slug)}",
            "@type": PUBLIC_ORGANISATION,
            "name": agency_name,
            "spatial": {"@id": f"{root}/#{AREA}", "@type": LOCATION, "name": frame.province},
        },
        "summary": _summary(procedure, card, frame.language),
        "concepts": concepts_of(procedure, card.field_name, root, frame.language),
        "field_name": card.field_name,
        "url": f"{root}/{card.url}",
        "permalink": permalink,
        "status": procedure.status,
        "version": card.version,
        **known({"modified": moment(modified), "licence": frame.licence, **further}),
    }


def _summary(procedure: Procedure, card: ProcedureCard, language: Language) -> str:
    levels = ", ".join(PERFORMING_LEVELS[level].say(language).lower() for level in procedure.performed_by)
    return SUMMARY.say(language).format(field=card.field_name, levels=levels)


def removed_text(removed: RemovedRecord, frame: AnswerFrame) -> str:
    """What stands at the document of a procedure that the portal no longer has: a problem, as at no address at all."""
    return answer_text(
        {
            "type": "about:blank",
            "title": REMOVED.say(frame.language),
            "status": 410,
            "index": frame.whole(addresses.API_INDEX),
            "code": removed.code,
            "name": removed.name,
            "removed": rfc3339(removed.removed),
            "url": frame.whole(addresses.permalink(removed.code)),
        }
    )


def rows(cards: Iterable[ProcedureCard], province: str, root: str) -> list[ProcedureRow]:
    """The index in order of code, abolished procedures with it.

    `province` is the name of what is no agency's; `root` is the portal's address, without a slash at the end: lists
    are read far from it.
    """
    return [
        ProcedureRow.model_validate(
            {
                "code": card.code,
                "name": card.name,
                "level": card.online_level,
                "mode": card.online_mode,
                "agency": card.agency_slug,
                "agency_name": card.agency_name or province,
                "field": card.field,
                "field_name": card.field_name,
                "audiences": card.audiences,
                "performed_by": card.performed_by,
                "status": card.status,
                "other_codes": card.other_codes,
                "version": card.version,
                "url": f"{root}/{card.url}",
                "permalink": f"{root}/{addresses.permalink(card.code)}",
                "document": f"{root}/{addresses.procedure_document(card.code)}",
                "modified": moment(card.modified),
            }
        )
        for card in sorted(cards, key=lambda card: card.code)
    ]


def table_text(index: Iterable[ProcedureRow]) -> str:
    """The index as CSV (RFC 4180) for spreadsheets: a byte-order mark, several values joined by semicolons.

    What a spreadsheet would take for a formula has an apostrophe before it: fifty agencies write these names.
    """
    names = list(ProcedureRow.model_fields)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names)
    for row in index:
        writer.writerow(spreadsheet_cell(getattr(row, name)) for name in names)
    return "\ufeff" + written.getvalue()


def json_text(value: object) -> str:
    """JSON in one line with its keys sorted: the same content, the same bytes."""
    return compact_json(value, sort_keys=True) + "\n"


def context_text(frame: AnswerFrame) -> str:
    return json_text({"@context": cpsv_context(frame.root, frame.language)})


def field_answers(
    cards: Iterable[ProcedureCard], names: Mapping[str, str], lists: Mapping[str, str], frame: AnswerFrame
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The list of fields in the order of `names`, and a document of each.

    `names` are by slug, and `lists` the addresses of their lists, of those that have any.
    """
    codes: dict[str, list[ProcedureCard]] = {slug: [] for slug in names}
    for card in sorted(cards, key=lambda card: card.code):
        if card.status != "abolished":
            codes.setdefault(card.field, []).append(card)
    items, documents = [], []
    for slug, own in codes.items():
        item = {
            "id": slug,
            "document": frame.whole(addresses.api_document(FIELDS, slug)),
            "name": names.get(slug) or own[0].field_name,
            "url": frame.whole(lists.get(slug, addresses.PROCEDURES)),
            "procedures": len(own),
            "modified": moment(max((card.modified for card in own if card.modified), default=None)),
        }
        items.append(item)
        documents.append(frame.document(FIELDS, item | {"codes": [card.code for card in own]}))
    return items, documents


def life_event_answers(
    events: Iterable[LifeEvent], frame: AnswerFrame
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The list of life events in the order of editors, and a document of each."""
    items, documents = [], []
    for event in events:
        item = {
            "id": event.slug,
            "document": frame.whole(addresses.api_document(LIFE_EVENTS, event.slug)),
            "name": event.name,
            "group": event.group,
            "summary": event.summary,
            "url": frame.whole(f"{addresses.LIFE_EVENTS}{event.slug}/"),
            "modified": None,
        }
        items.append(item)
        steps = [step.model_dump(mode="json") for step in event.steps]
        documents.append(frame.document(LIFE_EVENTS, item | {"steps": steps}))
    return items, documents


def legal_status_items(documents: Iterable[LegalStatus]) -> list[dict[str, Any]]:
    """In order of number."""
    ordered = sorted(documents, key=lambda document: document.number)
    written = (document.model_dump(mode="json") for document in ordered)
    return [{"id": values.pop("number"), **values, "modified": None} for values in written]


_CODE = Term("Mã thủ tục, kể cả mã cũ và mã địa phương", "The code, also an old or a local one")
_SLUG = Term("Tên trong địa chỉ (slug)", "The name in addresses (slug)")
_WHOLE_LIST = Term(
    "Mọi thủ tục của cổng, xếp theo mã; thủ tục đã bãi bỏ được ghi ở trạng thái.",
    "Every procedure of the portal in order of code; abolished ones are marked by their status.",
)
_AS_TABLE = Term(
    "Cũng nội dung ấy, cả danh sách trong một tệp CSV cho bảng tính: UTF-8 có dấu thứ tự byte, nhiều giá trị nối bằng "
    "dấu chấm phẩy. Đọc cột mã như chữ; trước chữ trông như công thức có dấu nháy đơn.",
    "The same, the whole list in one CSV for spreadsheets: UTF-8 with a byte-order mark, several values joined by "
    "semicolons. Read the column of codes as text; an apostrophe stands before what a spreadsheet would take for a "
    "formula.",
)
_WHOLE_RECORD = Term(
    "Toàn bộ hồ sơ dạng JSON-LD với thuật ngữ của CPSV-AP; điều chưa biết thì bỏ qua. Mã cũ và mã địa phương trả về hồ "
    "sơ mà chúng dẫn đến.",
    "The whole record as JSON-LD with the terms of CPSV-AP; what is not known is left out. Old and local codes answer "
    "with the record that they lead to.",
)
_TERMS = Term(
    "Nghĩa của các khóa trong một hồ sơ theo CPSV-AP và các bộ từ vựng khác.",
    "What the keys of a record mean in CPSV-AP and other vocabularies.",
)
_EVENTS = Term(
    "Những việc xảy ra trong đời hay với doanh nghiệp, cần nhiều thủ tục.",
    "What happens in a life or to a business and takes several procedures.",
)
_LEADING_ON = Term(
    "Địa chỉ nào dẫn đến địa chỉ nào: mỗi dòng một cặp, tính từ gốc của cổng; mã cũ và trang đã chuyển.",
    "Which address leads to which: a pair a line, both from the portal's root. Old codes and pages that moved.",
)
ANSWERS = (
    Answer.of_list(NAME, Term("Mọi thủ tục", "All procedures"), _WHOLE_LIST, ProcedureRow),
    Answer.of_agency(NAME, Term("Thủ tục", "Procedures"), ProcedureRow),
    Answer(NAME, TABLE, Term("Mọi thủ tục dạng bảng", "All procedures as a table"), _AS_TABLE, media_type="text/csv"),
    Answer.of_document(
        NAME,
        addresses.procedure_document("{code}"),
        Term("Một thủ tục", "One procedure"),
        _WHOLE_RECORD,
        ProcedureDocument,
        ("code", _CODE),
    ),
    Answer(NAME, CONTEXT, Term("Thuật ngữ", "Terms"), _TERMS, media_type="application/ld+json"),
    Answer.of_list(
        FIELDS,
        Term("Lĩnh vực", "Fields of administration"),
        Term("Mọi lĩnh vực, kèm số thủ tục còn hiệu lực.", "All fields, each with how many procedures are in force."),
        FieldItem,
    ),
    Answer.of_document(
        FIELDS,
        addresses.api_document(FIELDS, "{slug}"),
        Term("Một lĩnh vực", "One field"),
        Term("Lĩnh vực cùng mã các thủ tục của nó.", "The field with the codes of its procedures."),
        FieldDocument,
        ("slug", _SLUG),
    ),
    Answer.of_list(LIFE_EVENTS, Term("Sự kiện trong đời", "Life events"), _EVENTS, LifeEventItem),
    Answer.of_document(
        LIFE_EVENTS,
        addresses.api_document(LIFE_EVENTS, "{slug}"),
        Term("Một sự kiện", "One life event"),
        Term("Sự kiện với từng bước và mã thủ tục của mỗi bước.", "The life event, step by step, with codes."),
        LifeEventDocument,
        ("slug", _SLUG),
    ),
    Answer.of_list(
        LEGAL_STATUS,
        Term("Hiệu lực văn bản", "State of legal documents"),
        Term("Văn bản làm căn cứ đã hết hiệu lực, bị thay thế…", "What became of documents that procedures rest on."),
        LegalStatusItem,
    ),
    Answer("permalinks", MAP, Term("Địa chỉ vĩnh viễn", "Permanent addresses"), _LEADING_ON, media_type="text/plain"),
)
"""Every address, what it is and how to read it."""
