"""A record and where it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from pydantic import BaseModel

from plugins.portal.yaml_source import YamlSource

RecordT = TypeVar("RecordT", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """Where a record was read: its file, and where in it each field stands."""

    path: str
    """As shown to people: from the project's root, with forward slashes."""
    inside: str
    """From the site's folder."""
    yaml: YamlSource


@dataclass(frozen=True)
class TextSource:
    """A text in Markdown and its place."""

    source: Source
    slug: str
    body: str
    body_line: int
    """The line of the file on which the Markdown begins."""
    public: bool = field(default=True, kw_only=True)
    """False for a draft, and for what is dated later than now: on a desk it is shown in its place."""
    uncertain: frozenset[int] = field(default=frozenset(), kw_only=True)
    """Lines of the file of which nobody knows whether they stay: of them nothing is told."""
    damaged_letters: bool = field(default=False, kw_only=True)
    """Whether letters are others than were meant, which is told: nothing is told of how the text looks."""


NOTHING = YamlSource(None, None, 1)
"""Of a text whose fields cannot be read."""


@dataclass(frozen=True)
class Withdrawal:
    """A record is shown no more from a moment on: its address says so."""

    moment: datetime
    """In Vietnam, without a zone."""
    reason: str = ""
    """Empty where its time was over."""

    @property
    def last_day(self) -> date:
        """The last on which it was shown."""
        return (self.moment - timedelta(microseconds=1)).date()


@dataclass(frozen=True)
class Entry(TextSource, Generic[RecordT]):
    """A file of a content kind; its body is empty where it is a record alone."""

    kind: str
    """The name of its kind."""
    record: RecordT
    address: str
    """Of its page, without a leading slash."""
    withdrawn: Withdrawal | None = field(default=None, kw_only=True)
    """Where it is shown no more."""
