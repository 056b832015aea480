"""What lists, linking and other pages see of a document."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cached_property

from plugins.documents.numbers import NumberKey, read_number
from plugins.documents.vocabulary import DocumentType, RelationKind, Validity
from plugins.portal.manifest import Card, ManifestModel
from plugins.portal.site_names import listed


class RelationCard(ManifestModel):
    """A relation as it is written."""

    kind: RelationKind
    number: str
    issued: date | None = None
    part: str | None = None
    note: str | None = None
    line: int = 0
    """Of its file."""


class DocumentCard(Card):
    """A document in lists, and all that linking has to know of it."""

    number: str = ""
    """As it is to be written; empty for a draft without one."""
    type: DocumentType
    issued: date
    year: int
    """In which it is numbered."""
    effective_from: date | None = None
    effective_to: date | None = None
    has_begun: bool | None = None
    """Whether its first day has come; None where it names none."""
    has_ended: bool = False
    """Whether the last day that it names itself is over."""
    written_status: Validity | None = None
    expiry_reason: str | None = None
    expired_part: str | None = None
    issuers: tuple[str, ...] = ()
    """Agencies, in order."""
    field: str = ""
    field_name: str = ""
    relations: tuple[RelationCard, ...] = ()
    asks: str = ""
    """Where its consultation stands: `to_come`, `open`, `closed`; empty where it has none."""
    asked_until: date | None = None
    path: str = ""
    """Its file, as people see it."""
    lines: dict[str, int]
    """Where its file has what others may have to be told of, by field."""

    @cached_property
    def key(self) -> NumberKey | None:
        read = read_number(self.number) if self.number else None
        return None if read is None else read.key

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.url.rstrip("/").rpartition("/")[2]

    @property
    def placeholder_key(self) -> str:
        """What stands for it in placeholders: agency, year and number."""
        return f"{listed(self.agency_slug)}.{self.year}.{self.slug}"

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.issued, time.min)
