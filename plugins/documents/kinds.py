"""Documents as a kind of content: all that the rest of the portal knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time
from pathlib import PurePosixPath

from plugins.documents.cards import DocumentCard
from plugins.documents.citations import problems_between
from plugins.documents.numbers import read_number
from plugins.documents.permanent import LIST, leading_to
from plugins.documents.records import Document
from plugins.documents.validity import DocumentState, states_of
from plugins.documents.vocabulary import ABBREVIATIONS, DOCUMENT_TYPES, RELATIONS, REVERSED, VALIDITIES, title_of
from plugins.portal import addresses
from plugins.portal.entries import Withdrawal
from plugins.portal.fields import as_far_as_right
from plugins.portal.identifiers import SLUG
from plugins.portal.kinds import Around, ContentKind, Derived, Indexed, Later, Remark
from plugins.portal.manifest import SiteManifest, cards_of
from plugins.portal.problems import Problem, did_you_mean, text
from plugins.portal.shared import Shared
from plugins.portal.values import day
from plugins.portal.vocabulary import Term
from plugins.portal.yaml_source import Loc

PLACED_BY_LINE = ("number", "status", "relations")


def page_of(document: Document, slug: str) -> str:
    """Below the list of its site: year and number; a draft without a number has the name of its file."""
    identity = document.identity
    return f"{document.year:04d}/{identity.slug if identity is not None else slug}/"


def shown_number(document: Document) -> str:
    """The number as it is to be written; as it is where nobody can read it."""
    identity = document.identity
    return identity.canonical if identity is not None else document.number or ""


def _card(document: Document, around: Around) -> dict[str, object]:
    line_of = around.source.yaml.line_of
    return {
        "title": document.title,
        "summary": document.summary or "",
        "number": shown_number(document),
        "type": document.type,
        "issued": document.issued,
        "year": document.year,
        "effective_from": document.effective_from,
        "effective_to": document.effective_to,
        "has_begun": document.has_begun,
        "has_ended": document.has_ended,
        "written_status": document.status,
        "expiry_reason": document.expiry_reason,
        "expired_part": document.expired_part,
        "issuers": tuple(dict.fromkeys(issuer.agency for issuer in document.issuers)),
        "field": document.field or "",
        "field_name": around.shared.field_name(document.field) if document.field else "",
        "relations": tuple(
            {**relation.model_dump(), "line": line_of(("relations", index, "number"))}
            for index, relation in enumerate(document.relations)
        ),
        "asks": document.asks,
        "asked_until": document.consultation.ends if document.consultation else None,
        "path": around.source.path,
        "lines": {name: line_of((name,)) for name in PLACED_BY_LINE if getattr(document, name)},
    }


def _as_called_now(card: DocumentCard, shared: Shared) -> DocumentCard:
    name = shared.field_name(card.field) if card.field else ""
    return card if name == card.field_name else card.model_copy(update={"field_name": name})


def _files(document: Document) -> Iterable[tuple[Loc, str]]:
    for index, file in enumerate(document.files):
        yield ("files", index, "file"), file.file


def _later(document: Document) -> Later[Document] | None:
    """The last of its days before which it is another: each day is looked at in turn."""
    turns = [(moment, loc) for loc, moment in document.turns() if document.has_come(moment)]
    if not turns:
        return None
    moment, loc = max(turns)
    return Later(loc, moment, None, document.as_before(moment))


def _withdrawal(document: Document) -> Withdrawal | None:
    if document.withdrawn is None:
        return None
    return Withdrawal(datetime.combine(document.withdrawn.date, time.min), document.withdrawn.reason)


def _has_a_number_that_can_be_read(document: Document, around: Around) -> Iterator[Remark]:
    identity = document.identity
    if document.number is None:
        if document.consultation is None:
            message, hint = text("it has no number"), text("add number, such as 12/2019/QĐ-UBND")
            yield Remark((), message, hint, stops=True, names_field=False)
    elif identity is None:
        message = text('"{number}" is no number of a document', number=document.number)
        hint = text("write number, year where it has one, and notation: 12/2019/QĐ-UBND or 45/KH-UBND")
        yield Remark(("number",), message, hint, stops=True)
    elif identity.canonical != document.number:
        message = text('the number "{number}" is taken for {canonical}', number=document.number,
                       canonical=identity.canonical)  # fmt: skip
        yield Remark(("number",), message, text("write it so: it is shown so"))


def _says_where_opinions_go(document: Document, around: Around) -> Iterator[Remark]:
    asked = document.consultation
    if asked is not None and not (asked.email or asked.address or asked.url):
        message = text("it does not say where opinions are sent")
        yield Remark(("consultation",), message, text("add email, address or url"), stops=True)


def _is_of_the_year_of_its_number(document: Document, around: Around) -> Iterator[Remark]:
    identity = document.identity
    if identity is not None and identity.year is not None and identity.year != document.issued.year:
        message = text("its number has the year {year}, and it was issued on {day}", year=identity.year,
                       day=day(document.issued))  # fmt: skip
        yield Remark(("issued",), message, text("mend one of them"))


def _lies_in_the_folder_of_its_year(document: Document, around: Around) -> Iterator[Remark]:
    folder = PurePosixPath(around.source.inside).parts[1]
    if re.fullmatch(r"\d{4}", folder) and int(folder) != document.year:
        message = text("it is a document of {year}, in the folder of {folder}", year=document.year, folder=folder)
        hint = text("mend number or day, or move the file to {name}", name=f"{DOCUMENT.folder}/{document.year}/")
        yield Remark(("issued",), message, hint)


def _is_of_the_type_of_its_number(document: Document, around: Around) -> Iterator[Remark]:
    identity = document.identity
    meant = ABBREVIATIONS.get(identity.parts[0]) if identity is not None and len(identity.parts) > 1 else None
    if meant is not None and meant != document.type:
        message = text('its number says "{meant}", its type "{type}"', meant=DOCUMENT_TYPES[meant].vi,
                       type=DOCUMENT_TYPES[document.type].vi)  # fmt: skip
        yield Remark(("type",), message, text("mend one of them"))


def _is_of_a_known_field(document: Document, around: Around) -> Iterator[Remark]:
    if document.field is not None and document.field not in around.shared.fields:
        message = text('unknown field of administration "{name}"', name=document.field)
        hint = did_you_mean(document.field, around.shared.fields, text("write one of those in fields.yaml"))
        yield Remark(("field",), message, hint, once=document.field)


def _applies_when_it_is_there(document: Document, around: Around) -> Iterator[Remark]:
    if document.effective_from is not None and document.effective_from < document.issued:
        message = text("it applies from a day before {day}, its issue", day=day(document.issued))
        yield Remark(("effective_from",), message, text("mend one of them if it is wrong"))


def _names_numbers(document: Document, around: Around) -> Iterator[Remark]:
    for index, relation in enumerate(document.relations):
        if read_number(relation.number) is None:
            message = text('"{number}" is no number of a document', number=relation.number)
            hint = text("write number, year where it has one, and notation: 12/2019/QĐ-UBND or 45/KH-UBND")
            yield Remark(("relations", index, "number"), message, hint)


_LOOKS = (
    _has_a_number_that_can_be_read, _says_where_opinions_go, _is_of_the_year_of_its_number,
    _lies_in_the_folder_of_its_year, _is_of_the_type_of_its_number, _is_of_a_known_field, _applies_when_it_is_there,
    _names_numbers,
)  # fmt: skip


def _remarks(document: Document, around: Around) -> Iterator[Remark]:
    for look in _LOOKS:
        yield from as_far_as_right(look, document, around)


def _indexed(document: Document, language: str) -> Indexed:
    """The number before all; then the title."""
    number = shown_number(document)
    named = DOCUMENT_TYPES[document.type].say(language)
    return Indexed(
        f"{named} {number}: {document.title}" if number else document.title,
        keywords=tuple(issuer.name for issuer in document.issuers if issuer.name),
        summary=document.summary or "",
        meta=day(document.issued, language),
        also=tuple(dict.fromkeys(filter(None, (number, document.number, *_as_people_write(document))))),
    )


def _as_people_write(document: Document) -> Iterator[str]:
    """The number without its zero and without its year: `1/2019/QĐ-UBND` and `1/QĐ-UBND` for `01/2019/QĐ-UBND`."""
    read = document.identity
    if read is not None:
        yield read.canonical.lstrip("0")
        yield replace(read, year=None).canonical.lstrip("0")


def _between(manifests: Mapping[str, SiteManifest], shared: Shared, content: str) -> Iterator[tuple[str, Problem]]:
    cards = [card for manifest in manifests.values() for card in cards_of(manifest, DOCUMENT.name, DocumentCard)]
    if cards:
        yield from problems_between(cards, manifests)


MEANINGS = {
    "number": "Số ký hiệu, ví dụ 12/2019/QĐ-UBND; dự thảo lấy ý kiến thì không cần",
    "type": "Loại văn bản",
    "title": "Trích yếu",
    "issued": "Ngày ban hành; của dự thảo là ngày dự thảo",
    "summary": "Một câu dễ hiểu: văn bản để làm gì",
    "effective_from": "Ngày có hiệu lực, lấy từ điều khoản hiệu lực; không nêu thì để trống",
    "effective_to": "Ngày cuối cùng còn hiệu lực, nếu chính văn bản nêu",
    "status": "Tình trạng hiệu lực; chỉ ghi khi ngày và văn bản khác không cho biết",
    "expiry_reason": "Lý do hết hiệu lực, ngưng hiệu lực",
    "expired_part": "Phần hết hiệu lực",
    "issuers": "Cơ quan ban hành, chức vụ và người ký",
    "field": "Lĩnh vực, theo fields.yaml",
    "scope": "Phạm vi áp dụng",
    "gazette": "Số công báo và ngày",
    "relations": "Văn bản này làm gì với văn bản khác; chiều ngược lại cổng tự suy ra",
    "files": "Tệp đính kèm: bản ký số, phụ lục, bản Word",
    "scanned": "`true` nếu tệp là bản chụp giấy, không tìm được chữ",
    "consultation": "Dự thảo lấy ý kiến",
    "recipients": "Nơi nhận",
    "publication": "`draft` là bản nháp, chưa đăng",
    "publish_from": "Ngày, giờ bắt đầu đăng",
    "aliases": "Địa chỉ cũ của trang",
    "withdrawn": "Ngày và lý do gỡ khỏi cổng",
    "Withdrawal.date": "Ngày gỡ",
    "Withdrawal.reason": "Lý do gỡ",
    "Issuer.agency": "Cơ quan ban hành",
    "Issuer.position": "Chức vụ, ví dụ KT. Chủ tịch, Phó Chủ tịch",
    "Issuer.name": "Người ký",
    "Gazette.number": "Số công báo",
    "Gazette.date": "Ngày công báo",
    "Relation.kind": "Quan hệ",
    "Relation.number": "Số ký hiệu của văn bản kia",
    "Relation.issued": "Ngày ban hành của văn bản kia, khi số ký hiệu trùng nhau",
    "Relation.part": "Phần của văn bản kia, ví dụ Điều 5; để trống là toàn bộ",
    "Relation.note": "Ghi chú",
    "DocumentFile.file": "Tệp trong media/",
    "DocumentFile.name": "Tên gọi, ví dụ Phụ lục I",
    "Consultation.begins": "Ngày bắt đầu lấy ý kiến",
    "Consultation.ends": "Ngày cuối cùng nhận ý kiến",
    "Consultation.agency": "Cơ quan nhận ý kiến",
    "Consultation.email": "Thư điện tử nhận ý kiến",
    "Consultation.address": "Địa chỉ nhận ý kiến",
    "Consultation.url": "Địa chỉ biểu mẫu góp ý ở nơi khác",
    "Consultation.answers": "Bảng tiếp thu, giải trình",
    "Answer.about": "Điều, khoản hoặc nội dung được góp ý",
    "Answer.by": "Cơ quan, tổ chức góp ý; không ghi tên cá nhân",
    "Answer.opinion": "Ý kiến",
    "Answer.answer": "Tiếp thu hoặc giải trình",
    "Answer.taken": "`true` nếu tiếp thu",
    "DocumentCard.asked_until": "Ngày cuối cùng nhận ý kiến về dự thảo",
    "DocumentCard.field_name": "Tên lĩnh vực",
    "DocumentCard.written_status": "Tình trạng hiệu lực mà chính văn bản được ghi",
    "DocumentState.status": "Tình trạng hiệu lực theo ngày và quan hệ của mọi văn bản; `null` nếu không biết",
    "DocumentState.status_since": "Từ ngày nào, nếu biết",
    "DocumentState.status_by": "Số ký hiệu của văn bản làm cho như vậy; không có thì để trống",
}

DOCUMENT = ContentKind(
    name="document",
    many=Term("Văn bản", "Documents"),
    folder="documents",
    suffix=".yaml",
    with_texts=True,
    nested=True,
    called=("van-ban", "vanban", "vb"),
    belongs=text("documents/ and the folder of its year"),
    home=LIST,
    page=page_of,
    page_form=re.compile(rf"\d{{4}}/(?:{SLUG.pattern})/"),
    model=Document,
    card_type=DocumentCard,
    card=_card,
    order=lambda card: (-card.issued.toordinal(), card.number),
    is_public=lambda document: document.publication == "published",
    public_from=lambda document: None if document.publish_from is None else (("publish_from",), document.publish_from),
    withdrawal=_withdrawal,
    aliases=lambda document: document.aliases,
    later=_later,
    files=_files,
    remarks=_remarks,
    as_called_now=_as_called_now,
    between=_between,
    some=lambda number, out_of: text("{number} of {all} documents", number=number, all=out_of),
    indexed=_indexed,
    feed_moment=lambda card: card.moment,
    feed_title=lambda card, language: f"{title_of(card.type, card.number, language)}: {card.title}",
    api="documents",
    meanings=MEANINGS,
    terms={
        "document_types": DOCUMENT_TYPES,
        "validities": VALIDITIES,
        "relations": RELATIONS,
        "reversed_relations": REVERSED,
    },
    own_pages=True,
    in_catalogue=True,
    leading=leading_to,
    derived=Derived(DocumentState, states_of),
    evidence=addresses.signatures_of,
    may_be_unfinished=lambda document: document.publication == "draft",  # as a scan that was taken in
)

KINDS = (DOCUMENT,)
