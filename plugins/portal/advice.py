"""What in a record should be looked at again, but keeps nothing from being shown.

An error stops a new version; advice does not: a law that ends must not take the pages that cite it off the portal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from pydantic import BaseModel

from plugins.portal.agency import Agency
from plugins.portal.dates import NotADateError, has_weekday, read_moment, written_out
from plugins.portal.fields import ContentModel, as_far_as_right, dates_in, lists_in
from plugins.portal.manifest import FarDate
from plugins.portal.problems import Problem, Text, shortened, text
from plugins.portal.values import day
from plugins.portal.yaml_source import Loc, YamlSource, field_name

YEARS_AHEAD = 10
"""A day that lies further ahead is most likely mistyped."""
FIRST_TODAY = date(2026, 1, 1)
"""No build of this program can take place before: days less far ahead of it need not be remembered."""

Advice = tuple[Loc, Text, Text]
"""Where in the record, what is odd, and what to do."""

_FAR_YEAR = re.compile(r"\b(?:20[3-9]\d|2100)\b")
_YEAR_TO_COME = re.compile(r"\b(?:20(?:2[6-9]|[3-9]\d)|2100)\b")
"""Of days that may lie after `FIRST_TODAY`."""
_HAPPENED = ("modified", "updated", "reviewed", "issued")
_DAY_FIRST = re.compile(r"\d ?[/.-] ?\d{1,2} ?[/.-] ?20\d\d\b|\d [Tt]háng \d")
_WITH_TIME = re.compile(r"\d{4}-\d\d?-\d\d?[T ]+\d")
"""What the text of a record has in it if a day lies far ahead, or is not written as days are to be written."""


def date_advice(record: BaseModel, source: YamlSource) -> Iterator[Advice]:
    """Days that could be taken, and are better written as the documentation has it."""
    if not (_WITH_TIME.search(source.text) or _DAY_FIRST.search(source.text) or has_weekday(source.text)):
        return
    for loc, value in dates_in(record):
        written = source.written(loc) or ""
        try:
            read = read_moment(written)
        except NotADateError:
            continue
        if read.other_weekday:
            message = text('"{weekday}" does not fit {day}', weekday=read.other_weekday, day=day(read.day))
            yield loc, message, text("look whether the day is right; the day of the week need not be written")
        if read.day_first:
            message = text('"{written}" is taken for {day}', written=written, day=day(read.day))
            yield loc, message, text("better write {value}", value=written_out(read.meant))
        elif isinstance(read.meant, datetime) and not isinstance(value, datetime):
            message = text('of "{written}" only the day is kept', written=written)
            yield loc, message, text("better write {value}", value=written_out(read.day))


def far_dates(record: BaseModel, source: YamlSource, path: str) -> Iterator[FarDate]:
    """Days of a record that may lie far ahead: only the day of a build can tell."""
    if not _FAR_YEAR.search(source.text):
        return
    for loc, value in dates_in(record):
        if value.year >= FIRST_TODAY.year + YEARS_AHEAD:
            that_day = value.date() if isinstance(value, datetime) else value
            yield FarDate(path=path, line=source.line_of(loc), field=field_name(loc), day=that_day)


def days_of_the_past(record: BaseModel, source: YamlSource) -> Iterator[tuple[Loc, date]]:
    """Days and moments of a record at which something has happened: they cannot lie ahead."""
    if _YEAR_TO_COME.search(source.text):
        for loc, value in dates_in(record):
            if loc[-1] in _HAPPENED or loc == ("decision", "date"):
                yield loc, value


def entries_twice(record: BaseModel) -> Iterator[Advice]:
    """Entries of lists that say what one above them says, or are called so."""
    for loc, entries in lists_in(record):
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            known_by = entry.known_by if isinstance(entry, ContentModel) else ""
            name = getattr(entry, known_by, None) if known_by else entry
            if not isinstance(name, str):
                continue
            if name.casefold() in seen:
                message = text('"{name}" stands twice in the list', name=shortened(name))
                yield (*loc, index, *((known_by,) if known_by else ())), message, text("keep one of them")
            seen.add(name.casefold())


def far_ahead(dates: Iterable[FarDate], today: date) -> Iterator[Problem]:
    """Those that lie far ahead of the day of a build."""
    for far_date in dates:
        if far_date.day.year > today.year + YEARS_AHEAD:
            message = text("{day} lies far ahead", day=day(far_date.day))
            yield Problem(
                path=far_date.path,
                line=far_date.line,
                field=far_date.field,
                message=message,
                hint=text("mend the year"),
            )


def agency_advice(record: Agency, slug: str) -> Iterator[Advice]:
    """What is odd in an agency's record, or in what is right of one; `slug` is its own."""
    for look in (_own_parent, _own_successor, _own_predecessor, _active_with_successors):
        yield from as_far_as_right(look, record, slug)


def _own_parent(record: Agency, slug: str) -> Iterator[Advice]:
    if record.parent == slug:
        yield ("parent",), text("the agency belongs to itself"), text("name the agency above it, or remove the field")


def _own_successor(record: Agency, slug: str) -> Iterator[Advice]:
    for index, successor in enumerate(record.lifecycle.successors):
        if successor == slug:
            message = text("the agency is its own successor")
            yield ("lifecycle", "successors", index), message, text("name the agency that took its place")


def _own_predecessor(record: Agency, slug: str) -> Iterator[Advice]:
    for index, predecessor in enumerate(record.predecessors):
        if predecessor == slug:
            message = text("the agency is its own predecessor")
            yield ("predecessors", index), message, text("name the agency whose place it took")


def _active_with_successors(record: Agency, slug: str) -> Iterator[Advice]:
    if record.lifecycle.state == "active" and record.lifecycle.successors:
        message = text("has successors, but is active")
        yield ("lifecycle",), message, text("set state: renamed, merged or split, or remove successors")
