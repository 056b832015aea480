"""What in a record should be looked at again, but keeps nothing from being shown.

An error stops a new version; advice does not: a law that ends must not take the pages that cite it off the portal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath

from pydantic import BaseModel

from plugins.portal.agency import Agency
from plugins.portal.article import Article
from plugins.portal.dates import NotADateError, read_moment, written_out
from plugins.portal.fields import dates_in
from plugins.portal.manifest import FarDate, ProcedureCard
from plugins.portal.problems import Problem, Text, text
from plugins.portal.procedure import Procedure
from plugins.portal.province import LegalStatus
from plugins.portal.values import clock, day, number
from plugins.portal.yaml_source import Loc, YamlSource, field_name

LEAST_LIKELY_FEE = 1_000
"""In đồng: no charge of an agency is smaller; whoever writes 50 means 50.000."""

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
    with_time = not isinstance(record, Article) and _WITH_TIME.search(source.text)  # of articles a time is kept
    if not with_time and not _DAY_FIRST.search(source.text):
        return
    for loc, value in dates_in(record):
        written = source.written(loc) or ""
        try:
            read = read_moment(written)
        except NotADateError:
            continue
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


def far_ahead(dates: Iterable[FarDate], today: date) -> Iterator[Problem]:
    """Those that lie far ahead of the day of a build."""
    for found in dates:
        if found.day.year > today.year + YEARS_AHEAD:
            message = text("{day} lies far ahead", day=day(found.day))
            yield Problem(
                path=found.path, line=found.line, field=found.field, message=message, hint=text("mend the year")
            )


def article_advice(record: Article, inside: str, *, to_come: bool = False) -> Iterator[Advice]:
    """What is odd in a news article; `inside` is its file, as seen from the site's folder.

    Of an article that is `to_come` the date is told already.
    """
    if record.modified is not None and record.modified < record.date:
        message = text("modified lies before date, {day}", day=clock(record.date))
        yield ("modified",), message, text("exchange them or mend one")
    folder = PurePosixPath(inside).parts[1]
    if not to_come and re.fullmatch(r"\d{4}", folder) and int(folder) != record.date.year:
        message = text("the year is {year}, the folder's {folder}", year=record.date.year, folder=folder)
        hint = text("mend the date, or move the file to {name}", name=f"news/{record.date.year}/")
        yield ("date",), message, hint


def agency_advice(record: Agency, slug: str) -> Iterator[Advice]:
    """What is odd in an agency's record; `slug` is its own."""
    if record.parent == slug:
        yield ("parent",), text("the agency belongs to itself"), text("name the agency above it, or remove the field")
    for index, successor in enumerate(record.lifecycle.successors):
        if successor == slug:
            message = text("the agency is its own successor")
            yield ("lifecycle", "successors", index), message, text("name the agency that took its place")
    if record.lifecycle.state == "active" and record.lifecycle.successors:
        message = text("has successors, but is active")
        yield ("lifecycle",), message, text("set state: renamed, merged or split, or remove successors")


def procedure_advice(record: Procedure, legal_status: Mapping[str, LegalStatus]) -> Iterator[Advice]:
    """What is odd in a procedure; the day does not matter."""
    yield from _order_of_days(record)
    yield from _ends(record)
    yield from _small_fees(record)
    yield from _papers_without_copies(record)
    yield from _dead_law(record, legal_status)


def _order_of_days(record: Procedure) -> Iterator[Advice]:
    if record.reviewed and record.review_by and record.review_by < record.reviewed:
        yield ("review_by",), text("review_by lies before reviewed"), text("set a later day")


def _ends(record: Procedure) -> Iterator[Advice]:
    if record.status == "abolished" and record.effective_to is None:
        hint = text("add effective_to: the last day on which it was in force")
        yield ("status",), text("abolished without a day"), hint
    if record.successor == record.code:
        yield ("successor",), text("the procedure is its own successor"), text("name the code that took its place")
    elif record.successor is not None and record.status != "abolished":
        message = text("has a successor, but is not abolished")
        yield ("successor",), message, text("set status: abolished, or remove successor")
    for index, code in enumerate(record.related):
        if code == record.code:
            yield ("related", index), text("the procedure is related to itself"), text("remove this code")


def _small_fees(record: Procedure) -> Iterator[Advice]:
    for c, channel in enumerate(record.channels):
        for f, fee in enumerate(channel.fees):
            if fee.amount is not None and 0 < fee.amount < LEAST_LIKELY_FEE:
                yield (
                    ("channels", c, "fees", f, "amount"),
                    text("{amount} đồng is very little", amount=number(fee.amount)),
                    text("write {meant} if thousands are meant", meant=fee.amount * 1_000),
                )


def _papers_without_copies(record: Procedure) -> Iterator[Advice]:
    for c, case in enumerate(record.papers):
        for p, paper in enumerate(case.papers):
            if not (paper.originals or paper.copies or paper.show_only):
                yield (
                    ("papers", c, "papers", p),
                    text("a paper without a number of originals or copies"),
                    text("add originals, copies or show_only: true; or make it the note of another paper"),
                )


def _dead_law(record: Procedure, legal_status: Mapping[str, LegalStatus]) -> Iterator[Advice]:
    if record.status == "abolished":  # it rests on what was law in its day
        return
    for index, document in enumerate(record.legal_basis):
        status = legal_status.get((document.number or "").casefold())
        if status is not None and status.status == "expired":
            hint = (
                text("its place was taken by {number}: check the procedure against it", number=status.replaced_by)
                if status.replaced_by
                else text("check the procedure against the law")
            )
            yield ("legal_basis", index), text("{number} is no longer in force", number=status.number), hint


def overdue(cards: Iterable[ProcedureCard], today: date) -> list[Problem]:
    """What the passing of time has made odd: looked for when a build is reported, for no page changes by it."""
    found: list[Problem] = []
    for card in cards:
        if card.status == "abolished":
            continue
        if card.review_by is not None and card.review_by < today:
            message = text("was to be checked again by {day}", day=day(card.review_by))
            hint = text("check it against the law, then set reviewed and a new review_by")
            found.append(_of_card(card, "review_by", message, hint))
        if card.effective_to is not None and card.effective_to < today:
            message = text("was in force until {day}, but is not marked as abolished", day=day(card.effective_to))
            hint = text("set status: abolished, or mend effective_to")
            found.append(_of_card(card, "effective_to", message, hint))
    return found


def _of_card(card: ProcedureCard, name: str, message: Text, hint: Text) -> Problem:
    place = card.places.get(name)
    return Problem(path=card.path, line=place.line if place else None, field=name, message=message, hint=hint)
