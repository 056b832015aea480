"""What is wanted of a corpus, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from plugins.portal.problems import PortalError

LEVEL_SHARES: dict[int, int] = {2: 1399, 3: 422, 4: 109}
"""Procedures by online level in the province that the portal is measured against: 1,930 in all."""
MOST_PROCEDURES = 2_000_000
"""The codes are three million: a third is left free for the codes of real records."""


@dataclass(frozen=True)
class CorpusPlan:
    """How large a corpus is to be; the same plan always gives the same bytes."""

    agencies: int = 50
    procedures: int = 1930
    news: int = 10_000
    pages: int = 1_000
    documents: int = 0
    seed: int = 1
    procedures_from: Path | None = None
    """Real records as JSON lines, gzipped or not; what they do not fill is made up."""

    def check(self) -> None:
        """Raise `PortalError` where the numbers make no corpus."""
        for name in (field.name for field in fields(self) if field.name not in ("seed", "procedures_from")):
            if getattr(self, name) < 0:
                raise PortalError(f"{name} must be 0 or more, got {getattr(self, name)}")
        if self.procedures > MOST_PROCEDURES:
            raise PortalError(f"procedures must be at most {MOST_PROCEDURES}, got {self.procedures}: codes run out")

    @property
    def files(self) -> int:
        """How many files the folder will hold: the records, `province.yaml` and `fields.yaml`."""
        return self.agencies + self.procedures + self.news + self.pages + self.documents + 2


@dataclass(frozen=True)
class SkippedRecord:
    """A real record that makes no valid procedure, and why."""

    line: int
    """In the file of records, from 1."""
    code: str
    reason: str


@dataclass(frozen=True)
class RecordCount:
    """What became of the real records: `read` is the sum of the others' lengths."""

    read: int = 0
    converted: int = 0
    """Those that are valid procedures, used or not."""
    used: int = 0
    """Those in the corpus: no more than the plan's procedures."""
    duplicates: int = 0
    """Those whose code stood on an earlier line."""
    skipped: tuple[SkippedRecord, ...] = ()


@dataclass(frozen=True)
class CorpusSummary:
    """What was written."""

    folder: Path
    agencies: int
    procedures: int
    news: int
    pages: int
    files: int
    levels: dict[int, int]
    """Procedures by exact online level."""
    records: RecordCount


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """`total` divided in the proportion of `weights`, by the largest remainder; ties go to the first."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda position: (parts[position] - exact[position], position))
    for position in by_remainder[: total - sum(parts)]:
        parts[position] += 1
    return parts
