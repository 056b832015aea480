"""Published documents (văn bản), with the fields of the national database of legal documents.

A document is known by its agency, its year and its number. What becomes of it later is written in the document that
does it (`relations`); its own page derives the other direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from pydantic import PrivateAttr

from plugins.documents.numbers import DocumentNumber, read_number
from plugins.documents.vocabulary import DocumentType, RelationKind, Validity
from plugins.portal.fields import (
    Conflict,
    ContentModel,
    Day,
    EmailAddress,
    Many,
    MediaPath,
    Moment,
    PortalAddress,
    Prose,
    Sentence,
    Slug,
    WebAddress,
    Word,
)
from plugins.portal.vocabulary import PublicationStatus
from plugins.portal.yaml_source import Loc


class Withdrawal(ContentModel):
    """Taken back: the address stays, and a page says since when and why."""

    date: Day
    reason: Sentence


class Issuer(ContentModel):
    """Who issued a document, and who signed for them."""

    agency: Word
    position: Word | None = None
    """Such as `KT. Chủ tịch, Phó Chủ tịch`."""
    name: Word | None = None


class Gazette(ContentModel):
    """The official gazette (công báo) that printed it."""

    number: Word
    date: Day | None = None


class Relation(ContentModel):
    """What a document does to another, or takes from it."""

    known_by = "number"

    kind: RelationKind
    number: Word
    issued: Day | None = None
    """Of the other document: tells documents of one number apart."""
    part: Sentence | None = None
    """What of the other document is meant, such as `Điều 5, khoản 2 Điều 7`; the whole where nothing is said."""
    note: Sentence | None = None


class DocumentFile(ContentModel):
    """A file of a document, kept byte for byte."""

    known_by = "file"

    file: MediaPath
    name: Word | None = None
    """What it is, such as `Phụ lục I`; the name of the file where nothing is said."""


def is_called_signed(name: str) -> bool:
    """Whether the name of a file says that it is the signed original: `12-2019-qd-ubnd.signed.pdf`."""
    return ".signed." in f".{name}"


class Answer(ContentModel):
    """What was said in a consultation, and what became of it (tiếp thu, giải trình)."""

    about: Word
    """The article, or what else was spoken of."""
    by: Word | None = None
    """Who said it: an agency or an organisation, never a private person."""
    opinion: Sentence
    answer: Sentence
    taken: bool
    """Whether it was taken up."""


def _ends_after_it_begins(consultation: Consultation) -> Iterator[Conflict]:
    begins, ends = getattr(consultation, "begins", None), getattr(consultation, "ends", None)
    if begins is not None and ends is not None and ends < begins:
        yield Conflict("ends_before_it_begins", ("ends",), {"until": "ends", "beginning": "begins"})


class Consultation(ContentModel):
    """A draft on which people are asked (lấy ý kiến); it closes by itself after its last day."""

    checks = (_ends_after_it_begins,)

    begins: Day
    ends: Day
    """The last day."""
    agency: Word
    """Who takes opinions."""
    email: EmailAddress | None = None
    address: Word | None = None
    url: WebAddress | None = None
    """A form elsewhere: the portal keeps nothing of anybody."""
    answers: Many[Answer] = ()


def _ends_after_it_applies(document: Document) -> Iterator[Conflict]:
    begins, ends = document.effective_from, document.effective_to
    if begins is not None and ends is not None and ends < begins:
        yield Conflict("dates_reversed", ("effective_to",))


class Document(ContentModel):
    """A published document, `documents/<year>/<name>.yaml`, or `.md` with its text below."""

    checks = (_ends_after_it_applies,)

    number: Word | None = None
    """Số ký hiệu, such as `12/2019/QĐ-UBND`; only a draft for comment has none."""
    type: DocumentType
    title: Sentence
    """Trích yếu."""
    issued: Day
    """Of a draft, the day of the draft."""
    summary: Sentence | None = None
    """What it is for, in a sentence that everybody understands."""
    effective_from: Day | None = None
    """From its article on effect, never guessed; none where it says nothing."""
    effective_to: Day | None = None
    """The last day on which it applies, where it says so itself."""
    status: Validity | None = None
    """Derived from days and relations; only what these cannot tell is written."""
    expiry_reason: Sentence | None = None
    expired_part: Sentence | None = None
    issuers: Many[Issuer] = ()
    field: Slug | None = None
    """A field of `fields.yaml`."""
    scope: Sentence | None = None
    """Where and for whom it applies."""
    gazette: Gazette | None = None
    relations: Many[Relation] = ()
    files: Many[DocumentFile] = ()
    scanned: bool = False
    """Whether its file is a picture of paper, in which nothing can be looked for."""
    consultation: Consultation | None = None
    recipients: Prose | None = None
    """Nơi nhận."""
    publication: PublicationStatus = "published"
    publish_from: Moment | None = None
    """From when on it is public; a day alone means its beginning."""
    aliases: Many[PortalAddress] = ()
    """Addresses that it had before: they lead to it."""
    withdrawn: Withdrawal | None = None
    _before: datetime | None = PrivateAttr(default=None)
    """It is seen as it is before this moment; None where all that it speaks of has come."""

    @property
    def identity(self) -> DocumentNumber | None:
        """Its number, where it has one that can be read."""
        return read_number(self.number) if self.number else None

    @property
    def year(self) -> int:
        """The year in which it is numbered."""
        identity = self.identity
        return identity.year if identity is not None and identity.year is not None else self.issued.year

    def has_come(self, moment: datetime) -> bool:
        """Whether a moment that it speaks of is over, as it is seen."""
        return self._before is None or moment < self._before

    def as_before(self, moment: datetime) -> Document:
        """The document as it is before a moment that it speaks of."""
        copy = self.model_copy()
        copy._before = moment
        return copy

    def turns(self) -> Iterable[tuple[Loc, datetime]]:
        """When the passing of time changes what is said of it, and the field that says so."""
        if self.effective_from is not None:
            yield ("effective_from",), _beginning(self.effective_from)
        if self.effective_to is not None:
            yield ("effective_to",), _beginning(self.effective_to + timedelta(days=1))
        if self.consultation is not None:
            yield ("consultation", "begins"), _beginning(self.consultation.begins)
            yield ("consultation", "ends"), _beginning(self.consultation.ends + timedelta(days=1))

    @property
    def has_begun(self) -> bool | None:
        """Whether it applies by its own days; None where it says no day."""
        return None if self.effective_from is None else self.has_come(_beginning(self.effective_from))

    @property
    def has_ended(self) -> bool:
        """Whether the last day that it gives itself is over."""
        return self.effective_to is not None and self.has_come(_beginning(self.effective_to + timedelta(days=1)))

    @property
    def asks(self) -> str:
        """Where its consultation stands: `to_come`, `open`, `closed`; empty where it has none."""
        asked = self.consultation
        if asked is None:
            return ""
        if not self.has_come(_beginning(asked.begins)):
            return "to_come"
        return "closed" if self.has_come(_beginning(asked.ends + timedelta(days=1))) else "open"


def _beginning(day: Day) -> datetime:
    return datetime.combine(day, time.min)
