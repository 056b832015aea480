"""The last good figures: kept until there are better ones, and never given up for worse.

<DOSSIER_STATE_PATH>/last-good.json           the figures, and what a conditional request needs
<DOSSIER_STATE_PATH>/last-good.damaged.json   one that could not be read, set aside to be looked at
<DOSSIER_STATE_PATH>/lock                     held while a refresh runs; the system frees it when one is killed
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from plugins.dossiers.failures import NotTaken
from plugins.dossiers.period import Period
from plugins.portal.dossiers import LAST_GOOD, DossierStatistics, Snapshot, StatisticsModel
from plugins.portal.files import replace_durably
from plugins.portal.problems import PortalError, Text, text
from plugins.portal.system_errors import reason
from plugins.portal.values import VIETNAM

DAMAGED = "last-good.damaged.json"
MAX_BYTES = 16_000_000
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the backend's clock may be ahead of ours."""
LARGE = 100
"""Dossiers; so many do not become none."""
YEARS_BEGINNING = timedelta(days=14)
"""In which there may be none yet."""


class StateError(PortalError):
    """The folder of the state cannot be used."""


class LastGood(StatisticsModel):
    """The last good snapshot, and where it came from."""

    version: Literal[1] = 1
    snapshot: Snapshot
    mapping: str
    """The digest of the mapping that read it: with another one the same answer may mean other figures."""
    address: str = ""
    """Path and query that the entity tag belongs to."""
    etag: str = ""

    def is_of(self, source: str, mapping: str) -> bool:
        """Whether figures of that source, read by that mapping, continue these."""
        return (self.snapshot.source, self.mapping) == (source, mapping)


class SnapshotStore:
    """The folder of DOSSIER_STATE_PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether this is the only refresh that runs; does not wait."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise unusable(self.folder, error) from error
        try:
            yield _locked(handle)
        finally:
            os.close(handle)

    def read(self) -> LastGood | None:
        """The last good figures; None where there are none, or none that can be read."""
        try:
            return self._parsed()
        except (OSError, ValueError):
            return None

    def read_or_set_aside(self) -> tuple[LastGood | None, tuple[Text, ...]]:
        """The last good figures, and what is to be told; for whoever holds the lock."""
        try:
            return self._parsed(), ()
        except FileNotFoundError:
            return None, ()
        except OSError as error:
            raise unusable(self.folder, error) from error
        except ValueError:
            (self.folder / LAST_GOOD).replace(self.folder / DAMAGED)
            return None, (text("{file} was damaged and is set aside as {name}", file=LAST_GOOD, name=DAMAGED),)

    def keep(self, last_good: LastGood) -> None:
        """Put these figures in the place of the last ones."""
        try:
            replace_durably(self.folder / LAST_GOOD, last_good.model_dump_json(indent=1).encode() + b"\n", 0o644)
        except OSError as error:
            raise unusable(self.folder, error) from error

    def _parsed(self) -> LastGood:
        """Raises `ValueError` where the file is damaged."""
        with (self.folder / LAST_GOOD).open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ValueError("far too large")
        try:
            return LastGood.model_validate_json(content)
        except ValidationError as error:
            raise ValueError("damaged") from error


def last_good(folder: Path) -> Snapshot | None:
    """The last good figures in a state folder, for pages; None where there are none that can be read."""
    kept = SnapshotStore(folder).read()
    return kept.snapshot if kept else None


def check_believable(statistics: DossierStatistics, asked: Period, now: datetime, host: str) -> None:
    """Raise `NotTaken` for figures that cannot be right by themselves."""
    if (statistics.first_day, statistics.last_day) != (asked.first_day, asked.last_day):
        raise NotTaken("other_period")
    if statistics.as_of > now + CLOCKS_DIFFER:
        raise NotTaken("future", host=host)
    if statistics.as_of.astimezone(VIETNAM).date() < asked.first_day - timedelta(days=1):
        raise NotTaken("not_begun", host=host)


def check_continues(statistics: DossierStatistics, known: DossierStatistics) -> None:
    """Raise `NotTaken` for figures that do not go on from those we have of the same source."""
    if statistics.as_of < known.as_of:
        raise NotTaken("older")
    if statistics.first_day != known.first_day:
        return  # a new year begins at nothing
    pairs = (
        ("received", known.total.received.total, statistics.total.received.total),
        ("resolved", known.total.resolved.total, statistics.total.resolved.total),
    )
    for what, before, after in pairs:
        if after < before:
            raise NotTaken("shrunk", what=text(what), before=before, after=after)


def check_not_emptied(statistics: DossierStatistics, known: DossierStatistics) -> None:
    """Raise `NotTaken` where nothing is left of many, whatever source or mapping the figures that we have are of.

    A backend that cannot read its dossiers, or whose answer is read by a wrong mapping, seems to have none.
    """
    if statistics.last_day - statistics.first_day < YEARS_BEGINNING and statistics.first_day != known.first_day:
        return
    pairs = (
        ("received", known.total.received.total, statistics.total.received.total),
        ("resolved", known.total.resolved.total, statistics.total.resolved.total),
    )
    for what, before, after in pairs:
        if before >= LARGE and not after:
            raise NotTaken("emptied", what=text(what), before=before)


def unusable(folder: Path, error: OSError) -> StateError:
    """What to tell of a state folder that fails us."""
    return StateError(
        text(
            "DOSSIER_STATE_PATH: {folder} cannot be used: {reason}; check its rights and the disk",
            folder=folder,
            reason=reason(error),
        )
    )


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
