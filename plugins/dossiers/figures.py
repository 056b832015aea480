"""The columns of form II.06a, and how counts and rates are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from plugins.portal.dossiers import DossierCounts, IdentityName
from plugins.portal.values import number, percent

Group = Literal["received", "resolved", "pending"]
UNKNOWN = "–"
"""Stands where the source says nothing: a zero would be a claim."""


@dataclass(frozen=True)
class Column:
    """A column of the form that holds counts."""

    number: int
    """As the form numbers it."""
    group: Group
    part: str

    @property
    def path(self) -> str:
        """Such as `received.total`: the same in live/dossiers.json and in `data-figure` of the pages."""
        return f"{self.group}.{self.part}"

    def count(self, counts: DossierCounts) -> int | None:
        """What a row has in this column; None where the source does not say."""
        group = getattr(counts, self.group)
        value: int | None = None if group is None else getattr(group, self.part)
        return value


COLUMNS = (
    Column(3, "received", "total"),
    Column(4, "received", "online"),
    Column(5, "received", "in_person"),
    Column(6, "received", "carried_over"),
    Column(7, "resolved", "total"),
    Column(8, "resolved", "early"),
    Column(9, "resolved", "on_time"),
    Column(10, "resolved", "overdue"),
    Column(11, "pending", "total"),
    Column(12, "pending", "within"),
    Column(13, "pending", "overdue"),
)
"""Columns 1 and 2 are the row's number and name."""


@dataclass(frozen=True)
class Identity:
    """A sum that the form demands."""

    column: int
    """Where it is stated."""
    parts: tuple[int, ...]

    @property
    def parts_text(self) -> str:
        """Such as `8 + 9 + 10`."""
        return " + ".join(map(str, self.parts))

    @property
    def formula(self) -> str:
        return f"{self.column} = {self.parts_text}"


IDENTITIES: Mapping[IdentityName, Identity] = {
    "received": Identity(3, (4, 5, 6)),
    "resolved": Identity(7, (8, 9, 10)),
    "pending": Identity(11, (12, 13)),
    "balance": Identity(3, (7, 11)),
}


def count_text(count: int | None, language: str = "vi") -> str:
    """`64786` as `64.786`."""
    return UNKNOWN if count is None else number(count, language)


def percent_text(rate: float | None, language: str = "vi") -> str:
    """`0.930003` as `93,00%`; what falls short of all is never rounded up to all."""
    if rate is None:
        return UNKNOWN
    return percent(min(round(rate, 4), 0.9999) if rate < 1 else rate, language)


def days_text(days: float | None, language: str = "vi") -> str:
    """`12.5` as `12,5`."""
    return UNKNOWN if days is None else number(round(days, 1), language)


def identities_for_browsers() -> dict[str, tuple[int, str, str]]:
    """Of each identity where its sum is stated, what it is the sum of, and the path of the stated column."""
    paths = {column.number: column.path for column in COLUMNS}
    return {
        name: (identity.column, identity.parts_text, paths[identity.column]) for name, identity in IDENTITIES.items()
    }
