"""What a person says of a document that its file does not say for certain: `issued=2019-09-05`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from plugins.documents.numbers import read_number
from plugins.documents.vocabulary import DOCUMENT_TYPES
from plugins.portal.identifiers import fold
from plugins.portal.problems import Text, text

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
_TYPES = {fold(term.vi): key for key, term in DOCUMENT_TYPES.items()} | {key: key for key in DOCUMENT_TYPES}


class NotSaidError(ValueError):
    """Something that is no field, or no value of it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.render())
        self.message = message


def read_day(written: str) -> date | None:
    """A day as people write it; of a moment, its day."""
    for form in _DAYS:
        try:
            return datetime.strptime(written.strip().split(" ")[0], form).date()
        except ValueError:
            continue
    return None


def read_type(written: str) -> str | None:
    """The key of a kind of document, by its name in whatever letters."""
    return _TYPES.get(" ".join(fold(written).split()))


def _words(written: str) -> str | None:
    return " ".join(written.split()) or None


_READ: dict[str, Callable[[str], object | None]] = {
    "number": read_number, "type": read_type, "title": _words, "issued": read_day, "effective_from": read_day,
    "agency": _words,
}  # fmt: skip


def read_given(written: Sequence[str]) -> dict[str, object]:
    """Fields of a transcript. Raises `NotSaidError`."""
    given: dict[str, object] = {}
    for pair in written:
        name, equals, words = pair.partition("=")
        if not equals or name not in _READ:
            fields = ", ".join(_READ)
            raise NotSaidError(text('"{words}" is no FIELD=VALUE; fields are {fields}', words=pair, fields=fields))
        value = _READ[name](words)
        if value is None:
            raise NotSaidError(text('"{words}" cannot be read as {field}', words=words, field=name))
        given[name] = value
    return given
