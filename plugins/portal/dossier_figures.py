"""What was published of earlier periods: the file `dossier-figures.yaml`, figures that no backend answers for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from plugins.portal.fields import Conflict, ContentModel, Day, Many, Sentence, Word

MAX_DOSSIERS = 10**9


def _dossiers(value: Any) -> int:
    # YAML reads 64.786 as a fraction: a count with a Vietnamese separator must not become sixty-five.
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_DOSSIERS:
        raise PydanticCustomError("dossiers", "not of this kind", {"got": value})
    return value


def _percentage(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise PydanticCustomError("percentage", "not of this kind", {"got": value})
    return float(value)


Dossiers = Annotated[
    int, BeforeValidator(_dossiers, json_schema_input_type=int), Field(json_schema_extra={"minimum": 0})
]
"""A number of dossiers, without separators."""
Percentage = Annotated[
    float,
    BeforeValidator(_percentage, json_schema_input_type=float),
    Field(json_schema_extra={"minimum": 0, "maximum": 100}),
]


def _days_in_order(period: PublishedPeriod) -> Iterator[Conflict]:
    if period.first_day is not None and period.last_day < period.first_day:
        yield Conflict("days_reversed", ("last_day",))


def _sum_or_parts(period: PublishedPeriod) -> Iterator[Conflict]:
    if period.before_deadline is not None and (period.early is not None or period.on_time is not None):
        yield Conflict("before_deadline_twice", ("before_deadline",))


class PublishedPeriod(ContentModel):
    """What was published of one period; it need not add up."""

    known_by = "label"

    checks = (_days_in_order, _sum_or_parts)

    label: Word
    """How the page names it, such as `Đến hết năm 2018`."""
    first_day: Day | None = None
    """None where the source does not say when counting began."""
    last_day: Day
    received: Dossiers
    resolved: Dossiers
    early: Dossiers | None = None
    on_time: Dossiers | None = None
    before_deadline: Dossiers | None = None
    """Resolved early or on time, where the source does not part them."""
    approximate: bool = False
    """Whether the source says `about` or rounds."""
    quoted_rate: Percentage | None = None
    """The rate as it was published, in percent: shown beside ours, never in place of it."""
    source: Sentence

    @property
    def resolved_before_deadline(self) -> int | None:
        """Resolved early or on time; None where the source does not say."""
        if self.early is None or self.on_time is None:
            return self.before_deadline
        return self.early + self.on_time

    @property
    def on_time_of_resolved(self) -> float | None:
        """Of what was resolved, from 0 to 1; None where it cannot be computed."""
        before = self.resolved_before_deadline
        return before / self.resolved if before is not None and self.resolved else None

    @property
    def resolved_of_received(self) -> float | None:
        """From 0 to 1; None where nothing was received."""
        return self.resolved / self.received if self.received else None

    @property
    def quoted_rate_matches(self) -> bool:
        """Whether the published rate is ours, to the digits that are shown."""
        ours = self.on_time_of_resolved
        return self.quoted_rate is None or (ours is not None and abs(ours * 100 - self.quoted_rate) < 0.01)


class DossierFigureList(ContentModel):
    """The file `dossier-figures.yaml`."""

    periods: Annotated[Many[PublishedPeriod], Field(min_length=1)]
