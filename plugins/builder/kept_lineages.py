"""What a build knew of the past of files, kept for the next one: it reads only the commits that are new.

It gives what reading anew gives: what is kept is of one commit, and of the names that were asked about then.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from plugins.builder.lineage import Evidence, Line, Lineages, Moment
from plugins.portal.files import replace_text


@dataclass(frozen=True)
class LineageMemory:
    """Where lineages are kept between builds."""

    file: Path
    engine: str
    """Stands for the code that reads them; what another one has kept is read anew."""


class _KeptLine(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    since: dict[str, tuple[float, float]]
    paths: tuple[str, ...]

    @classmethod
    def of(cls, line: Line) -> _KeptLine:
        since = {name: (moment.step, moment.within) for name, moment in line.since.items()}
        return cls(since=since, paths=tuple(sorted(line.paths)))

    def line(self) -> Line:
        return Line({name: Moment(*moment) for name, moment in self.since.items()}, set(self.paths))


class KeptLineages(BaseModel):
    """Lineages as they were after a commit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    engine: str = ""
    names: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    commit: Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40,64})?\z")] = ""
    """Of which this is; empty where nothing is kept."""
    steps: int = 0
    """How many were taken until then."""
    files: dict[str, _KeptLine] = {}
    left: tuple[tuple[str, str, _KeptLine], ...] = ()
    """The folder, the name and the line."""
    moved: dict[str, str] = {}

    @classmethod
    def read(cls, memory: LineageMemory | None, names: Collection[str], patterns: Sequence[str]) -> KeptLineages:
        """What is kept of just these names; nothing where there is no such file or it cannot be understood."""
        if memory is None:
            return cls()
        try:
            kept = cls.model_validate_json(memory.file.read_bytes())
        except (OSError, ValidationError):
            return cls()
        asked = (memory.engine, tuple(sorted(names)), tuple(patterns))
        return kept if (kept.engine, kept.names, kept.patterns) == asked else cls()

    def lineages(self, evidence: Evidence, names: Collection[str]) -> Lineages:
        files = {path: kept.line() for path, kept in self.files.items()}
        left = {(folder, name): kept.line() for folder, name, kept in self.left}
        return Lineages(evidence, names, files, left, dict(self.moved))


def keep(memory: LineageMemory, commit: str, steps: int, lineages: Lineages, patterns: Sequence[str]) -> None:
    """Remember the lineages as they are after a commit, the last of so many steps."""
    kept = KeptLineages(
        engine=memory.engine,
        names=tuple(sorted(lineages.names)),
        patterns=tuple(patterns),
        commit=commit,
        steps=steps,
        files={path: _KeptLine.of(line) for path, line in lineages.files.items()},
        left=tuple((folder, name, _KeptLine.of(line)) for (folder, name), line in sorted(lineages.left.items())),
        moved=lineages.moved,
    )
    replace_text(memory.file, kept.model_dump_json() + "\n")
