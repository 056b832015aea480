"""What could be read of a document in a file; what could not be read for certain is told, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from plugins.documents.numbers import DocumentNumber
from plugins.portal.characters import FORBIDDEN
from plugins.portal.problems import Text, text


class NotTakenError(ValueError):
    """A file that cannot be taken in; says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.render())
        self.message = message


def too_large(name: str, most: int) -> NotTakenError:
    """What is told of a file of more bytes than may be taken."""
    return NotTakenError(text('the file "{name}" is larger than {limit} MB', name=name, limit=most // 1_000_000))


@dataclass(frozen=True)
class Doubt:
    """Something that a person has to look at."""

    field: str
    """Of the record; `text` for what stands below it."""
    message: Text


@dataclass(frozen=True)
class Signer:
    """Who signed, as far as the document tells."""

    position: str = ""
    """`KT. Chủ tịch, Phó Chủ tịch`."""
    name: str = ""


@dataclass(frozen=True)
class Basis:
    """A document that it rests on (căn cứ)."""

    number: DocumentNumber
    issued: date | None = None


@dataclass(frozen=True)
class Transcript:
    """A document as its file has it; what is empty or None the file does not say for certain."""

    number: DocumentNumber | None = None
    type: str = ""
    """A key of `DOCUMENT_TYPES`."""
    title: str = ""
    issued: date | None = None
    effective_from: date | None = None
    agency: str = ""
    """Who issued it, as it is written there."""
    signer: Signer = Signer()
    basis: tuple[Basis, ...] = ()
    recipients: str = ""
    """Markdown."""
    scanned: bool = False
    text: str = ""
    """Markdown."""
    doubts: tuple[Doubt, ...] = ()
    held_back: tuple[Text, ...] = ()
    """Why it may not be for everybody."""

    def readable(self) -> Transcript:
        """The same without signs that no text may have: they make it read otherwise than it is."""
        return replace(
            self,
            title=_readable(self.title),
            agency=_readable(self.agency),
            signer=Signer(_readable(self.signer.position), _readable(self.signer.name)),
            recipients=_readable(self.recipients),
            text=_readable(self.text),
        )

    def with_given(self, given: Mapping[str, object]) -> Transcript:
        """The same with what a person says of it, which nobody doubts any more."""
        known = {name: value for name, value in given.items() if value is not None}
        kept = tuple(doubt for doubt in self.doubts if doubt.field not in known)
        return replace(self, **known, doubts=kept)  # type: ignore[arg-type]  # fields by their names

    @property
    def year(self) -> int | None:
        """In which it is numbered."""
        if self.number is not None and self.number.year is not None:
            return self.number.year
        return self.issued.year if self.issued is not None else None


def _readable(words: str) -> str:
    return FORBIDDEN.sub(" ", words)
