"""Which rows of `dossiers` cannot be counted, why, and how many of them are too many.

A row that cannot be is left out, told and counted by its cause; the figures are those of all others. Where a view is
wrong as a whole, as with days of another format, so many rows are left out that what is left would be a lie: then there
are no figures at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from plugins.gateway.moments import EXAMPLE, Fault
from plugins.gateway.tables import Unavailable
from plugins.portal.problems import Text, text

What = Literal["missing", "unknown", "form", "day", "range", "ahead", "before", "repeated"]
FEW = 3
"""Rows that may be left out of any table, however small, unless they are more than half of it."""
LEAST = 10
"""More rows than these are held to the share that the settings allow; fewer, as in a small table, to `OF_FEW`."""
OF_FEW = 25.0
"""Percent of the rows that may be left out or doubtful where these are few."""
REFUSED_SECONDS = 60
"""After which a table that was refused is read again, when somebody asks."""
_WORDS: Mapping[Fault, What] = {
    Fault.MISSING: "missing", Fault.FORM: "form", Fault.DAY: "day", Fault.RANGE: "range"
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Cause:
    """What is wrong with a row, and in which column."""

    column: str
    what: What

    @property
    def message(self) -> Text:
        return DESCRIPTIONS[self.what]


DESCRIPTIONS: Mapping[What, Text] = {
    "missing": text("nothing stands there"),
    "unknown": text("it is none of online, in_person and post"),
    "form": text("it is not written as {example}", example=EXAMPLE),
    "day": text("there is no such day or hour"),
    "range": text("it lies outside of 2000 to 2199, more than two years ahead, or years after the day of reception"),
    "ahead": text("it lies ahead of now"),
    "before": text("it lies before the day of reception"),
    "repeated": text("the same code stands in several rows"),
}

LEFT_OUT: tuple[Cause, ...] = (
    Cause("code", "missing"),
    Cause("channel", "unknown"),
    Cause("received_at", "missing"),
    *(Cause(column, what) for column in ("received_at", "due_at", "resolved_at") for what in ("form", "day", "range")),
    AHEAD := Cause("received_at", "ahead"),
)
"""A row has one of them at most: the first of these."""
TWICE = Cause("code", "repeated")
DOUBTED: tuple[Cause, ...] = (
    Cause("due_at", "before"), Cause("resolved_at", "before"), Cause("resolved_at", "ahead"), TWICE
)  # fmt: skip
"""Such a row is counted: without a day to be done by, as not yet resolved (twice), and as often as it is there."""
UNGROUPED: tuple[Cause, ...] = (Cause("agency", "missing"), Cause("field", "missing"))
"""Such a row is counted, and in no group of agencies or fields."""


_SENTENCES: tuple[tuple[tuple[Cause, ...], str], ...] = (
    (LEFT_OUT, "{cause}: {number} left out"),
    (DOUBTED, "{cause}: {number} counted, but doubtful"),
    (UNGROUPED, "{cause}: {number} counted in the total alone"),
)


def cause_of(column: str, fault: Fault) -> Cause:
    """The cause that a fault of a moment is."""
    return Cause(column, _WORDS[fault])


@dataclass(frozen=True)
class Inventory:
    """What a reading came upon."""

    rows: int = 0
    """All that there are, whether they are counted or not."""
    counts: Mapping[Cause, int] = field(default_factory=dict)
    forms: Mapping[Cause, str] = field(default_factory=dict)
    """How one value of each cause is written, without what it says."""

    def __add__(self, since: Inventory) -> Inventory:
        """Together with what has come in since."""
        counts = Counter(self.counts) + Counter(since.counts)
        return Inventory(self.rows + since.rows, dict(counts), {**since.forms, **self.forms})

    @property
    def left_out(self) -> int:
        return sum(self.counts.get(cause, 0) for cause in LEFT_OUT)

    @property
    def doubted(self) -> int:
        return sum(self.counts.get(cause, 0) for cause in DOUBTED)

    def too_many(self, percent: float) -> bool:
        """Whether figures of what is left would mislead."""
        if 2 * self.left_out > self.rows:
            return True
        wrong = min(self.left_out + self.doubted, self.rows)  # a row may be doubtful twice
        allowed = percent if wrong > LEAST else max(percent, OF_FEW)
        return wrong > FEW and wrong > self.rows * allowed / 100

    def begun(self) -> Inventory:
        """The same without the rows that lie ahead."""
        return replace(
            self,
            rows=self.rows - self.counts.get(AHEAD, 0),
            counts={cause: number for cause, number in self.counts.items() if cause != AHEAD},
        )

    def refusal(self) -> Unavailable:
        """Why there are no figures: the commonest cause."""
        worst = max((*LEFT_OUT, *DOUBTED), key=lambda cause: self.counts.get(cause, 0))
        message = text(
            "{number} of {rows} dossiers in the database cannot be relied upon, most of them for {cause}: figures of"
            " the others would mislead, so none are given; mend the view as docs/gateway.md shows",
            number=self.left_out + self.doubted,
            rows=self.rows,
            cause=self._described(worst),
        )
        return Unavailable(message, "rows", lasting=True, column=worst.column, retry_after=REFUSED_SECONDS)

    def sentences(self) -> Iterator[Text]:
        """Everything that is to be told of it; nothing where all is well."""
        if not self.rows:
            yield text(
                "the view dossiers has no row at all: every figure is 0; if the tables below it have some, a JOIN or"
                " a WHERE of the view leaves them out"
            )
        if self.left_out:
            yield text("{number} dossiers are left out of {rows}", number=self.left_out, rows=self.rows)
        for causes, msgid in _SENTENCES:
            for cause in causes:
                if number := self.counts.get(cause, 0):
                    yield text(msgid, cause=self._described(cause), number=number)

    def document(self) -> dict[str, object]:
        """The same for programs; nothing where all is well."""
        parts = {"left_out": LEFT_OUT, "doubted": DOUBTED, "ungrouped": UNGROUPED}
        return ({} if self.rows else {"empty": True}) | {
            name: [
                {"column": cause.column, "fault": cause.what, "dossiers": number}
                | ({"form": self.forms[cause]} if cause in self.forms else {})
                for cause in causes
                if (number := self.counts.get(cause, 0))
            ]
            for name, causes in parts.items()
            if any(self.counts.get(cause) for cause in causes)
        }

    def _described(self, cause: Cause) -> Text:
        form = self.forms.get(cause)
        if not form:
            return text("{column}: {fault}", column=cause.column, fault=cause.message)
        return text("{column}: {fault} (written {form})", column=cause.column, fault=cause.message, form=form)
