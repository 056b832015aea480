"""What the page of a document shows: of its record here, of others when sites are linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from plugins.documents.anchors import Article, with_anchors
from plugins.documents.cards import DocumentCard, RelationCard
from plugins.documents.numbers import read_number
from plugins.documents.panel import SignedFile
from plugins.documents.permanent import permanent_address
from plugins.documents.records import Consultation, Document, is_called_signed
from plugins.documents.validity import Register, State
from plugins.documents.vocabulary import DOCUMENT_TYPES, RELATIONS, REVERSED, VALIDITIES, title_of
from plugins.portal.placeholders import placeholder
from plugins.portal.sites import Site
from plugins.portal.vocabulary import Term

Mailed = tuple[str, str]
"""What is spoken of, and the address of a letter about it."""


@dataclass(frozen=True)
class FileView:
    """A file to take away."""

    name: str
    url: str
    kind: str
    size: int
    is_signed: bool
    """Whether its name says that it is the signed original."""


@dataclass(frozen=True)
class DocumentView:
    """A document as its page sees it. Addresses have no leading slash."""

    document: Document
    card: DocumentCard
    public: bool
    type: Term
    named: str
    """Type and number; of a draft without one, `Dự thảo` and its type."""
    html: str
    articles: tuple[Article, ...]
    files: tuple[FileView, ...]
    missing: tuple[str, ...]
    """The names of files that the store of large files does not give now."""
    signed: tuple[SignedFile, ...]
    """Those that were looked at for signatures."""
    permanent_url: str
    standing: Markup
    """Left open: status and data for programs."""
    connections: Markup
    """Left open: what it does to others, what others do to it, and the procedures that rest on it."""
    consultation: Consultation | None
    letters: tuple[Mailed, ...]
    """Of an open consultation: letters about the whole and about each article."""


def document_view(
    site: Site,
    card: DocumentCard,
    document: Document,
    html: str,
    signed: Sequence[SignedFile],
    *,
    public: bool,
    language: str = "vi",
) -> DocumentView:
    """The page of a document; `html` is its sanitised text."""
    text = with_anchors(html)
    term = DOCUMENT_TYPES[document.type]
    return DocumentView(
        document=document,
        card=card,
        public=public,
        type=term,
        named=title_of(document.type, card.number, language),
        html=text.html,
        articles=text.articles,
        files=tuple(_files(site, document)),
        missing=tuple(file.name or PurePosixPath(file.file).name for file in document.files if file.file in site.told),
        signed=tuple(signed),
        permanent_url=permanent_address(card),
        standing=_left_open("document-standing", card),
        connections=_left_open("document-connections", card),
        consultation=document.consultation,
        letters=tuple(_letters(document, card, text.articles)),
    )


def _files(site: Site, document: Document) -> list[FileView]:
    views = []
    for file in document.files:
        if file.file in site.media:
            link = site.file_link(file.file)
            views.append(FileView(file.name or link.name, link.url, link.kind, link.size, is_called_signed(link.name)))
    return views


def cited_document(number: str, issued: date | None = None) -> Markup:
    """A place for what became of a document that another record rests on; nothing where it is none of a province's."""
    read = read_number(number)
    if read is None or read.is_central:
        return Markup()
    year = f".{issued.year}" if issued is not None else ""
    return Markup(placeholder("document-citation", f"{read.slug}{year}"))  # noqa: S704  # a slug and a year


def _left_open(kind: str, card: DocumentCard) -> Markup:
    return Markup(placeholder(kind, card.placeholder_key))  # noqa: S704  # slugs and a year


def _letters(document: Document, card: DocumentCard, articles: tuple[Article, ...]) -> list[Mailed]:
    asked = document.consultation
    if asked is None or asked.email is None or document.asks != "open":
        return []
    about = ["", *(article.label for article in articles)]
    subjects = [" – ".join(filter(None, ("Góp ý", label, card.number or card.title[:120]))) for label in about]
    return [
        (label, f"mailto:{asked.email}?subject={quote(subject)}")
        for label, subject in zip(about, subjects, strict=True)
    ]


@dataclass(frozen=True)
class Step:
    """A line of a document's timeline."""

    day: date | None
    term: Term
    """What the relation is called, from this side."""
    number: str
    title: str
    url: str
    """Empty where the portal does not have the other document."""
    part: str | None
    note: str | None
    to_come: bool = False


@dataclass(frozen=True)
class Connections:
    """What a document has to do with others, the oldest first."""

    steps: tuple[Step, ...]

    @classmethod
    def of(cls, card: DocumentCard, register: Register) -> Connections:
        own = [_own(relation, register.meant(card, relation)) for relation in card.relations]
        others = [
            Step(
                effect.since, REVERSED[effect.relation.kind], effect.source.number, effect.source.title,
                effect.source.url, effect.relation.part, effect.relation.note, to_come=not effect.has_begun,
            )
            for effect in register.effects_on(card)
        ]  # fmt: skip
        return cls(tuple(sorted((*own, *others), key=lambda step: step.day or date.min)))


def _own(relation: RelationCard, other: DocumentCard | None) -> Step:
    if other is None:
        return Step(relation.issued, RELATIONS[relation.kind], relation.number, "", "", relation.part, relation.note)
    return Step(
        other.issued, RELATIONS[relation.kind], other.number, other.title, other.url, relation.part, relation.note
    )


@dataclass(frozen=True)
class Standing:
    """Whether a document applies, in words."""

    state: State
    status: Term | None

    @classmethod
    def of(cls, card: DocumentCard, register: Register) -> Standing:
        state = register.state(card)
        return cls(state, VALIDITIES[state.validity] if state.validity else None)
