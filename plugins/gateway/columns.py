"""Rows of `dossiers` as numbers, a column each, with what is wrong with each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from plugins.gateway.moments import Fault, Flags, Numbers, form_of, read_moments, second_of
from plugins.gateway.rows import LEFT_OUT, Cause, cause_of
from plugins.portal.characters import FORBIDDEN, tidy
from plugins.portal.dossiers import CHANNELS

FAR_AHEAD = timedelta(days=731)
"""What is received or resolved later than that was mistyped; what is nearer has not happened yet."""
LONGEST_LIMIT = timedelta(days=5 * 365)
"""No law gives an agency longer from the reception to the day to be done by."""
NO_MOMENT = np.iinfo(np.int64).max
NO_TIME = -1
"""In place of the moment of reception, where nobody can tell it: before all others."""
MAX_KEY, MAX_NAME = 120, 300
"""Characters that the contract allows for the key and the name of an agency or a field."""
_UNKNOWN = -1
_NUMBERS = {cause: number for number, cause in enumerate(LEFT_OUT, 1)}
"""Of causes in a column; 0 is none."""
_NO_CODE, _NO_CHANNEL, _NOT_RECEIVED = (_NUMBERS[cause] for cause in LEFT_OUT[:3])


@dataclass(frozen=True)
class Rows:
    """Rows in the order of the table; moments are seconds since 1970 of Vietnam's clock, `NO_MOMENT` for none."""

    received: Numbers
    """`NO_TIME` where it cannot be told."""
    due: Numbers
    resolved: Numbers
    agency: Numbers
    field: Numbers
    """Positions among the groups."""
    channel: Numbers
    cause: Numbers
    """Why a row is left out, as a number from 1 in the order of `LEFT_OUT`; 0 where it is not."""

    def __len__(self) -> int:
        return len(self.cause)


class Groups(dict[object, int]):
    """The position of each agency, or field, by what stands in its column; new ones come last.

    What can be no key (nothing, control characters, far too much) is the key "": such dossiers are in no group.
    """

    def __init__(self, keys: Sequence[str], names: Sequence[str]) -> None:
        super().__init__()
        self._names = dict(zip(keys, names, strict=True))
        self._written_names: dict[object, object] = {}
        self._positions = {key: position for position, key in enumerate(keys)}

    def __missing__(self, written: object) -> int:
        key = _readable(written)
        key = "" if len(key) > MAX_KEY else key
        position = self[written] = self._positions.setdefault(key, len(self._positions))
        return position

    def set_name(self, written: object, name: object) -> None:
        """Give a group its newest name."""
        if self._written_names.get(written) == name:
            return
        self._written_names[written] = name
        key, readable = _readable(written), _readable(name)
        if readable and key in self._positions:
            self._names[key] = readable[:MAX_NAME]

    @property
    def keys_and_names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """In the order of their positions."""
        keys = tuple(self._positions)
        return keys, tuple(self._names.get(key, "") for key in keys)

    @property
    def nameless(self) -> int:
        """The position of those in no group; none has it where all are in one."""
        return self._positions.get("", len(self._positions))


class _Channels(dict[object, int]):
    def __missing__(self, written: object) -> int:
        return self.get(written.strip(), _UNKNOWN) if isinstance(written, str) else _UNKNOWN


class RowReader:
    """Takes blocks of rows as a database gives them, and remembers an example of each cause."""

    def __init__(self, now: datetime, agencies: Groups, fields_: Groups) -> None:
        self._latest = second_of(now + FAR_AHEAD)
        self._agencies, self._fields = agencies, fields_
        self._channels = _Channels(zip(CHANNELS, range(len(CHANNELS)), strict=True))
        self._blocks: list[Rows] = []
        self.forms: dict[Cause, str] = {}

    def take(self, columns: Sequence[Sequence[Any]]) -> None:
        """The columns of a block: when received, due and resolved, agency, field, channel, whether a code is there."""
        *moments, agency, field, channel, has_code = columns
        (received, no_received), (due, no_due), (resolved, no_resolved) = map(read_moments, moments)
        _set_out_of_range(no_received, received > self._latest)
        _set_out_of_range(no_resolved, resolved > self._latest)
        _set_out_of_range(no_due, (no_received == Fault.NONE) & (due > received + int(LONGEST_LIMIT.total_seconds())))
        channels = np.fromiter(map(self._channels.__getitem__, channel), np.int32, len(channel))
        cause = np.zeros(len(channel), np.int8)
        # A row has the first of its causes: what is written later stays.
        for name, faults in (("resolved_at", no_resolved), ("due_at", no_due), ("received_at", no_received)):
            for fault in (Fault.RANGE, Fault.DAY, Fault.FORM):
                cause[faults == fault] = _NUMBERS[cause_of(name, fault)]
        cause[no_received == Fault.MISSING] = _NOT_RECEIVED
        cause[channels == _UNKNOWN] = _NO_CHANNEL
        cause[~np.array(has_code, np.bool_)] = _NO_CODE
        written = dict(zip(("received_at", "due_at", "resolved_at", "channel"), (*moments, channel), strict=True))
        self._remember(cause, written)
        self._blocks.append(
            Rows(
                received=np.where(no_received == Fault.NONE, received, NO_TIME),
                due=np.where(no_due == Fault.NONE, due, NO_MOMENT),
                resolved=np.where(no_resolved == Fault.NONE, resolved, NO_MOMENT),
                agency=np.fromiter(map(self._agencies.__getitem__, agency), np.int32, len(agency)),
                field=np.fromiter(map(self._fields.__getitem__, field), np.int32, len(field)),
                channel=channels,
                cause=cause,
            )
        )

    def rows(self) -> Rows:
        """All that were taken."""
        if not self._blocks:
            return Rows(*(np.zeros(0, np.int64) for _ in fields(Rows)))
        return Rows(
            *(np.concatenate([getattr(block, column.name) for block in self._blocks]) for column in fields(Rows))
        )

    def _remember(self, causes: Numbers, written: dict[str, Sequence[Any]]) -> None:
        numbers, first = np.unique(causes, return_index=True)
        for number, position in zip(numbers.tolist(), first.tolist(), strict=True):
            cause = LEFT_OUT[number - 1]
            if number and cause not in self.forms and cause.column in written and cause.what != "missing":
                value = written[cause.column][position]
                if value is not None:
                    self.forms[cause] = form_of(value, Fault.RANGE if cause.what == "range" else Fault.FORM)


def _set_out_of_range(faults: Numbers, far: Flags) -> None:
    faults[(faults == Fault.NONE) & far] = Fault.RANGE


def _readable(written: object) -> str:
    """A key or a name; nothing of what cannot be one."""
    if written is None or isinstance(written, bytes):
        return ""
    tidied = tidy(str(written)).strip()
    return "" if FORBIDDEN.search(tidied) else tidied
