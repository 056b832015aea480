"""What of a site is public now and as it is now, and when the passing of time will change that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from pydantic import BaseModel

from plugins.portal.advice import days_of_the_past
from plugins.portal.agency import Agency, Lifecycle
from plugins.portal.entries import Entry, Source, Withdrawal
from plugins.portal.fields import as_far_as_right
from plugins.portal.folder_reader import FolderReader, RightPart
from plugins.portal.kinds import AnyKind, Around
from plugins.portal.problems import Problem, Text, text
from plugins.portal.province import Province
from plugins.portal.settled_addresses import SettledAddressList
from plugins.portal.shared import Shared
from plugins.portal.validation import field_name
from plugins.portal.values import clock, day
from plugins.portal.yaml_source import Loc


@dataclass
class Timing:
    """Decides what is public now, and notes when that will change."""

    reader: FolderReader
    now: datetime
    _moments: set[datetime] = field(default_factory=set)

    @property
    def moments(self) -> tuple[datetime, ...]:
        return tuple(sorted(self._moments))

    def entry(self, entry: Entry[Any], shared: Shared) -> Entry[Any]:
        """The entry with whether it is public; what is odd in its record is told."""
        kind = self.reader.kinds.named(entry.kind)
        published = kind.is_public(entry.record)
        to_come = published and self._is_to_come(kind.public_from(entry.record), entry.source)
        for remark in kind.remarks(entry.record, Around(self.reader.slug, entry.source, shared, to_come)):
            self.reader.remark(entry.source, remark)
        if not to_come and (published or kind.public_from(entry.record) is None):
            self._look_for_days_to_come(entry.source, entry.record)
        public = published and not to_come
        withdrawn = self._withdrawn(entry, kind) if published else None
        return replace(
            entry, record=self._as_it_is_now(entry, kind), public=public, withdrawn=withdrawn if public else None
        )

    def _withdrawn(self, entry: Entry[Any], kind: AnyKind) -> Withdrawal | None:
        """Since when and why a record is shown no more: what was first counts; what is later is noted."""
        end, by_somebody = kind.public_until(entry.record), kind.withdrawal(entry.record)
        over = Withdrawal(end[1]) if end is not None else None
        given = [withdrawal for withdrawal in (by_somebody, over) if withdrawal is not None]
        self._moments.update(withdrawal.moment for withdrawal in given if withdrawal.moment > self.now)
        first = min(given, key=lambda withdrawal: withdrawal.moment, default=None)
        if first is None or first.moment > self.now:
            return None
        if end is not None and first is over:
            message = text("has not been public since {when}", when=clock(end[1]))
            self._tell(entry.source, end[0], message, text("mend the date if it is wrong"))
        return first

    def _as_it_is_now(self, entry: Entry[Any], kind: AnyKind) -> Any:
        """The record, or what it is until a day of which it speaks; that is told."""
        record, before = entry.record, datetime.max
        while (later := kind.later(record)) is not None and self.now < later.moment < before:
            before = later.moment
            self._moments.add(later.moment)
            if later.message is not None:
                self._later(entry.source, later.loc, later.moment, later.message, text("mend the date if it is wrong"))
            record = later.meanwhile
        return record

    def part(self, part: RightPart, shared: Shared) -> None:
        """Tell what is odd in what is right of a record that is not in order."""
        kind = self.reader.kinds.of_file(part.source.inside)
        if kind is None:
            return
        around = Around(self.reader.slug, part.source, shared)
        for remark in as_far_as_right(kind.remarks, part.strict, around):
            if part.source.yaml.line_of(remark.loc) not in part.source.yaml.doubtful:
                self.reader.remark(part.source, remark)
        for beginning in as_far_as_right(_beginnings, kind, part.strict):
            if self._is_to_come(beginning, part.source):
                return
        self._look_for_days_to_come(part.source, part.strict)

    def _look_for_days_to_come(self, source: Source, record: BaseModel) -> None:
        """Tell of days that say what has happened, and that have not come yet."""
        for loc, value in days_of_the_past(record, source.yaml):
            moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)
            if moment > self.now:
                message = text("{day} is still to come", day=day(moment))
                self._later(source, loc, moment, message, text("mend the date if it is wrong"))

    def _is_to_come(self, beginning: tuple[Loc, datetime] | None, source: Source) -> bool:
        """Whether a record becomes public later; then it is told when."""
        if beginning is None or beginning[1] <= self.now:
            return False
        loc, moment = beginning
        message = text("is not public before {when}", when=clock(moment))
        self._later(source, loc, moment, message, text("mend the date if it is wrong"))
        return True

    def agency(self, entry: tuple[Source, Agency] | None) -> Agency | None:
        """The agency as it is now: what will become of it later is not told yet."""
        if entry is None:
            return None
        source, agency = entry
        change = agency.lifecycle.date
        if agency.lifecycle.state == "active" or change is None or datetime.combine(change, time.min) <= self.now:
            return agency
        message = text("the agency is shown as active until {day}", day=day(change))
        hint = text("mend the date if it is wrong")
        self._later(source, ("lifecycle", "date"), datetime.combine(change, time.min), message, hint)
        return agency.model_copy(update={"lifecycle": Lifecycle()})

    def notices(self, source: Source, province: Province) -> None:
        """Note when notices of the province appear and go; of those that do not stand now it is told."""
        for time_of_notice in province.notice_times():
            loc, moment = time_of_notice.loc, time_of_notice.moment
            if moment > self.now:
                self._moments.add(moment)
            if time_of_notice.is_end and moment <= self.now:
                message = text("the notice has not been shown since {when}", when=clock(moment))
                self._tell(source, loc, message, text("take it out of the file, or mend the date if it is wrong"))
            elif moment > self.now and not time_of_notice.is_end:
                message = text("the notice is not shown before {when}", when=clock(moment))
                self._tell(source, loc, message, text("mend the date if it is wrong"))

    def settlements(self, source: Source, record: SettledAddressList) -> None:
        """Tell of withdrawals that are dated ahead: nothing stands at these addresses already."""
        for index, settled in enumerate(record.addresses):
            if settled.withdrawn is not None:
                moment = datetime.combine(settled.withdrawn.date, time.min)
                if moment > self.now:
                    message = text("{day} is still to come", day=day(settled.withdrawn.date))
                    loc: Loc = ("addresses", index, "withdrawn", "date")
                    self._later(source, loc, moment, message, text("mend the date if it is wrong"))

    def _later(self, source: Source, loc: Loc, moment: datetime, message: Text, hint: Text) -> None:
        self._moments.add(moment)
        self._tell(source, loc, message, hint)
        told = field_name(loc)
        far = self.reader.far_dates  # that it is still to come says enough
        self.reader.far_dates = [far_date for far_date in far if (far_date.path, far_date.field) != (source.path, told)]

    def _tell(self, source: Source, loc: Loc, message: Text, hint: Text) -> None:
        line, told = source.yaml.line_of(loc), field_name(loc)
        self.reader.advice.append(Problem(path=source.path, line=line, field=told, message=message, hint=hint))


def _beginnings(kind: AnyKind, record: BaseModel) -> Iterable[tuple[Loc, datetime] | None]:
    """When a record becomes public, where it does."""
    if kind.is_public(record):
        yield kind.public_from(record)
