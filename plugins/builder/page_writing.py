"""Pages of single records written by as many processes as may work at them: none depends on another.

What writing a page leaves with the run comes back from its process as JSON, and is put together in the order in which
one process would have left it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from pydantic import TypeAdapter

from plugins.portal.division import in_parts
from plugins.portal.earlier_pages import PageNotes
from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem
from plugins.portal.site_run import SiteRun

SHARE = 250
"""Pages that are worth a process."""


class _Left(NamedTuple):
    """What pages leave with the run that they are written in."""

    problems: list[Problem]
    references: list[Reference]
    advice: list[Problem]
    open_pages: list[str]
    logged: list[str]
    notes: PageNotes

    @classmethod
    def taken_from(cls, run: SiteRun) -> _Left:
        """The run is as if nothing had been left with it."""
        notes = run.earlier.take_notes()
        left = cls([*run.problems], [*run.references], [*run.advice], [*run.open_pages], [*run.logged], notes)
        for each in (run.problems, run.references, run.advice, run.open_pages, run.logged):
            each.clear()
        return left

    def put_into(self, run: SiteRun) -> None:
        run.problems.extend(self.problems)
        run.references.extend(self.references)
        run.advice.extend(self.advice)
        run.open_pages.extend(self.open_pages)
        run.logged.extend(self.logged)
        run.earlier.add_notes(self.notes)


_LEFT = TypeAdapter(_Left)


def write_pending(run: SiteRun) -> None:
    """Write the pages that the run has still to write."""
    for left in in_parts(tuple(run.pending.values()), partial(_write, run), SHARE):
        _LEFT.validate_json(left).put_into(run)
    run.pending.clear()


def _write(run: SiteRun, pages: Sequence[Callable[[], None]]) -> bytes:
    before = _Left.taken_from(run)
    for write in pages:
        write()
    left = _Left.taken_from(run)
    before.put_into(run)
    return _LEFT.dump_json(left)
