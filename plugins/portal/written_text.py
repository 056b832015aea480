"""The text of a file that may be damaged: what of it is certain, and what a conflict leaves open."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from plugins.portal.yaml_source import YamlError, YamlSource


@dataclass(frozen=True)
class WrittenText:
    """The text of a file, which may be damaged."""

    written: str
    """Of a conflict with both versions, without the marks."""
    uncertain: frozenset[int]
    """Lines that are parts of a conflict."""
    damaged_letters: bool

    @cached_property
    def certain(self) -> str:
        """With remarks of YAML in the place of the lines of a conflict: for the fields."""
        if not self.uncertain:
            return self.written
        lines = self.written.split("\n")
        return "\n".join("#" if number in self.uncertain else line for number, line in enumerate(lines, 1))

    def fields(
        self,
        yaml: YamlSource | None,
        errors: Collection[YamlError],
        names: Collection[str],
        body_line: int | None = None,
    ) -> tuple[YamlSource | None, Collection[YamlError]]:
        """What was read of the fields and is certain; None where a conflict may be about all of them.

        `body_line` is the line on which the text below them begins.
        """
        lines = self.certain.split("\n")
        end = len(lines) + 1 if body_line is None else body_line
        within = {number for number in self.uncertain if number < end}
        if not within:
            return yaml, errors
        written = [n for n, line in enumerate(lines[: end - 1], 1) if line.strip() and n not in within]
        following = {written[at] for n in within if (at := bisect(written, n)) < len(written)}
        before = {written[at - 1] for n in within if (at := bisect(written, n))}
        doubtful = within | before
        nested = any(lines[n - 1][:1].isspace() and lines[n - 1].strip()[:1] != "-" for n in following)
        if yaml is None or nested or any(error.line in doubtful | following for error in errors):
            return None, ()
        versions = self.written.split("\n")
        inside = {name for n in within for name in re.findall(r"\b([a-z_]+) *:", versions[n - 1])}
        return replace(yaml, doubtful=yaml.doubtful | doubtful, lost=yaml.lost | inside.intersection(names)), errors
