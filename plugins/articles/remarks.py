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
    _count: Counter[str] = field(default_factory=Counter)

    def problem(self, line: int, message: Text, hint: Text) -> None:
        self._add(self.problems, line, message, hint)

    def advice(self, line: int, message: Text, hint: Text) -> None:
        self._add(self.told, line, message, hint)

    def lines_with_problems(self) -> set[int]:
        """Counted from 0 in the Markdown."""
        return {problem.line - self.first_line for problem in self.problems if problem.line is not None}

    def _add(self, remarks: list[Problem], line: int, message: Text, hint: Text) -> None:
        self._count[message.msgid] += 1
        if self._count[message.msgid] > MOST_OF_A_KIND:
            return
        remarks.append(Problem(path=self.path, line=self.first_line + line, message=message, hint=hint))
        if self._count[message.msgid] == MOST_OF_A_KIND:
            more = text("there may be more of the kind below; mend these first")
            remarks.append(Problem(path=self.path, line=self.first_line + line, message=more))
