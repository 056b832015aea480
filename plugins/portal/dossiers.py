"""Dossiers as statistics count them, in the columns of form II.06a of the Government Office.

Source: form II.06a/VPCP/KSTT (TT 01/2020/TT-VPCP). Real sources do not add up: what was said is kept, with its doubts,
and every rate is computed here, never taken over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

LAST_GOOD = "last-good.json"
HISTORY = "history"
"""Below the folder of the figures: the last good snapshot, and a file a month of earlier ones."""

CHANNELS = ("online", "in_person", "post")
"""The ways in which dossiers come, in the order of the form."""
YEARS = range(2000, 2200)
"""Of moments of dossiers: what lies beyond is a mistake, also a far day that stands for "none"."""

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Days = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Grouping = Literal["total", "agency", "field", "channel", "month"]
IdentityName = Literal["received", "resolved", "pending", "balance"]


class StatisticsModel(BaseModel):
    """A part of the statistics."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Received(StatisticsModel):
    """Column 3 and what it is made of; None where the source does not say."""

    total: Count
    """Column 3: 4 + 5 + 6."""
    online: Count | None = None
    """Column 4: in the period, online."""
    in_person: Count | None = None
    """Column 5: in the period, at the counter or by post."""
    carried_over: Count | None = None
    """Column 6: from the period before."""


class Resolved(StatisticsModel):
    """Column 7 and what it is made of."""

    total: Count
    """Column 7: 8 + 9 + 10."""
    early: Count | None = None
    """Column 8."""
    on_time: Count | None = None
    """Column 9; with those returned or withdrawn."""
    overdue: Count | None = None
    """Column 10."""


class Pending(StatisticsModel):
    """Column 11 and what it is made of."""

    total: Count
    """Column 11: 12 + 13."""
    within: Count | None = None
    """Column 12: not yet due."""
    overdue: Count | None = None
    """Column 13."""


class ProcessingTime(StatisticsModel):
    """How long resolved dossiers took, in working days."""

    median: Days
    p90: Days
    """Nine of ten took at most so long."""


class DossierCounts(StatisticsModel):
    """One row of the form."""

    received: Received
    resolved: Resolved
    pending: Pending | None = None
    processing_days: ProcessingTime | None = None

    @property
    def before_deadline(self) -> int | None:
        """Resolved early or on time; None where the source does not part them."""
        early, on_time = self.resolved.early, self.resolved.on_time
        return None if early is None or on_time is None else early + on_time

    @property
    def on_time_of_resolved(self) -> float | None:
        """(8 + 9) / 7, from 0 to 1; None where it cannot be computed."""
        return _share(self.before_deadline, self.resolved.total)

    @property
    def resolved_of_received(self) -> float | None:
        """7 / 3, from 0 to 1; None where nothing was received."""
        return _share(self.resolved.total, self.received.total)

    def doubts(self) -> Iterator[Doubt]:
        """The identities of the form that these figures break."""
        received, resolved = self.received, self.resolved
        yield from _doubt("received", received.total, (received.online, received.in_person, received.carried_over))
        yield from _doubt("resolved", resolved.total, (resolved.early, resolved.on_time, resolved.overdue))
        if self.pending is not None:
            yield from _doubt("pending", self.pending.total, (self.pending.within, self.pending.overdue))
            yield from _doubt("balance", self.received.total, (self.resolved.total, self.pending.total))


class Doubt(StatisticsModel):
    """Figures that do not add up."""

    identity: IdentityName
    """Which sum of the form: 3=4+5+6, 7=8+9+10, 11=12+13 or 3=7+11."""
    stated: Count
    """The sum as the source says it."""
    computed: int
    """What its parts come to."""


class StatisticsRow(StatisticsModel):
    """The counts of one agency, field, channel or month; or of all."""

    key: Annotated[str, Field(min_length=1, max_length=120)]
    """An agency's or field's slug, `online`, `in_person` or `post`, a month as `2019-09`, or `total`."""
    name: Annotated[str, Field(max_length=300)] = ""
    counts: DossierCounts


class DossierStatistics(StatisticsModel):
    """What a backend knew at one moment of the dossiers of a period."""

    as_of: datetime
    """The moment of the figures, by the backend's clock."""
    first_day: date
    last_day: date
    total: DossierCounts
    agencies: tuple[StatisticsRow, ...] = ()
    fields: tuple[StatisticsRow, ...] = ()
    channels: tuple[StatisticsRow, ...] = ()
    months: tuple[StatisticsRow, ...] = ()


class Snapshot(StatisticsModel):
    """Statistics as they were fetched: the last good ones stay until there are better ones."""

    statistics: DossierStatistics
    fetched_at: datetime
    source: str
    """The backend's address without its secrets."""
    source_name: str = ""
    """What the public is told instead; empty where nobody says."""


def _share(part: int | None, whole: int) -> float | None:
    return part / whole if part is not None and whole else None


def _doubt(name: IdentityName, stated: int, parts: tuple[int | None, ...]) -> Iterator[Doubt]:
    known = [part for part in parts if part is not None]
    if len(known) == len(parts) and sum(known) != stated:
        yield Doubt(identity=name, stated=stated, computed=sum(known))
