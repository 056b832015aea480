"""The period that is asked for: this year so far, by Vietnam's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from plugins.portal.values import VIETNAM


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted."""

    first_day: date
    last_day: date


def this_year(now: datetime) -> Period:
    """1 January to today, wherever the clock of this machine is set."""
    today = now.astimezone(VIETNAM).date()
    return Period(today.replace(month=1, day=1), today)
