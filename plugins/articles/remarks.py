"""What is to be told about one text, each with the line of its file.

A *problem* keeps the text from being published: something that was written would not be on the page, or would not work.
*Advice* stops nothing: all is there, but perhaps not as it was meant.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from plugins.portal.problems import Problem, Text, text

MOST_OF_A_KIND = 50
"""Remarks of one sentence about one text; the rest is only counted: a text of brackets is not 10,000 problems."""


@dataclass
class Remarks:
    """Gathers problems and advice; lines are counted from 0 in the Markdown, as its parser does."""

    path: str
    """The file as shown to people."""
    first_line: int
    """The line of the file on which the Markdown begins."""
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    """The advice."""

    def problem(self, line: int, message: Text, hint: Text) -> None:
        self.problems.append(self._at(line, message, hint))

    def advice(self, line: int, message: Text, hint: Text) -> None:
        self.told.append(self._at(line, message, hint))

    def _at(self, line: int, message: Text, hint: Text) -> Problem:
        return Problem(path=self.path, line=self.first_line + line, message=message, hint=hint)

    @property
    def has_much_advice(self) -> bool:
        """Whether more of it need not be worked out: only the first of each kind is told."""
        return len(self.told) > 10 * MOST_OF_A_KIND

    def lines_with_problems(self) -> set[int]:
        """Counted from 0 in the Markdown."""
        return {problem.line - self.first_line for problem in self.problems if problem.line is not None}

    def lines_told(self) -> set[int]:
        """The same of which anything is told."""
        return {remark.line - self.first_line for remark in (*self.problems, *self.told) if remark.line is not None}

    def shorten(self) -> None:
        """Keep the first of each kind only, and say that there are more."""
        self.problems[:] = _first_of_each_kind(self.problems)
        self.told[:] = _first_of_each_kind(self.told)


def _first_of_each_kind(remarks: list[Problem]) -> list[Problem]:
    if len(remarks) <= MOST_OF_A_KIND:
        return remarks
    count: Counter[str] = Counter()
    first = []
    for remark in remarks:
        count[remark.message.msgid] += 1
        if count[remark.message.msgid] <= MOST_OF_A_KIND:
            first.append(remark)
        if count[remark.message.msgid] == MOST_OF_A_KIND + 1:
            more = text("there are more of the kind from here on; mend those before first")
            first.append(Problem(path=remark.path, line=remark.line, message=more))
    return first
