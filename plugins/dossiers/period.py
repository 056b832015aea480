"""Periods by Vietnam's calendar: months, and this year so far, for which figures are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from plugins.portal.values import VIETNAM


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted."""

    first_day: date
    last_day: date


@dataclass(frozen=True)
class Month:
    """A month of a year."""

    year: str
    """Four digits."""
    number: int
    """From 1 to 12."""

    @classmethod
    def of(cls, key: str) -> Month:
        """Of a key such as `2019-09`."""
        year, _, number = key.partition("-")
        return cls(year, int(number))

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def next(self) -> Month:
        if self.number == 12:
            return Month(f"{int(self.year) + 1:04d}", 1)
        return Month(self.year, self.number + 1)


def this_year(now: datetime) -> Period:
    """1 January to today, wherever the clock of this machine is set."""
    today = now.astimezone(VIETNAM).date()
    return Period(today.replace(month=1, day=1), today)
