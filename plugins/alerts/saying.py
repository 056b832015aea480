"""What an operator says, checked, and kept until it ends."""

from __future__ import annotations

import fcntl
import os
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from plugins.portal.alerts import (
    EVERYWHERE,
    FILE,
    MOST_LETTERS,
    Alert,
    AlertList,
    Level,
    UnusableAlertsError,
    in_force,
    standing_alerts,
)
from plugins.portal.characters import FORBIDDEN
from plugins.portal.dates import NotADateError, read_moment
from plugins.portal.files import replace_durably
from plugins.portal.problems import PortalError, did_you_mean, shortened, text
from plugins.portal.values import VIETNAM

FARTHEST = timedelta(days=30)
"""How long a notice may stand."""
LOCK = "alerts.lock"


class AlertError(PortalError):
    """What was said cannot be said so."""


def alert_of(words: str, level: Level, agency: str, until: str, agencies: Collection[str], now: datetime) -> Alert:
    """The notice that is meant; `until` is a moment as people write it, in Vietnam. Raises `AlertError`."""
    check_agency(agency, agencies)
    return Alert(agency=agency, level=level, text=_text(words), until=_end(until, now))


def check_agency(agency: str, agencies: Collection[str]) -> None:
    """Raise `AlertError` for an agency that there is not."""
    if agency != EVERYWHERE and agency not in agencies:
        raise AlertError(text('unknown agency "{slug}" ({hint})', slug=agency, hint=did_you_mean(agency, agencies)))


def _text(words: str) -> str:
    line = " ".join(unicodedata.normalize("NFC", words).split())
    if not line or FORBIDDEN.search(line):
        raise AlertError(text("the notice is empty or holds control characters; write it as plain text"))
    if len(line) > MOST_LETTERS:
        raise AlertError(
            text("the notice has {number} letters; write at most {most}", number=len(line), most=MOST_LETTERS)
        )
    return line


def _end(until: str, now: datetime) -> datetime:
    try:
        moment = read_moment(until).moment
    except NotADateError as error:
        raise AlertError(
            text("--until: {got} is no moment; write it as 2026-12-01 18:00", got=shortened(repr(until)))
        ) from error
    end = moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment
    if not now < end <= now + FARTHEST:
        raise AlertError(
            text(
                "--until: {got} is not within the next {days} days; now it is {now}",
                got=shortened(until),
                days=FARTHEST.days,
                now=f"{now.astimezone(VIETNAM):%Y-%m-%d %H:%M}",
            )
        )
    return end


class AlertStore:
    """The notices in a state folder, changed by one at a time; raises `UnusableAlertsError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def standing(self, now: datetime) -> tuple[Alert, ...]:
        """Those that have not ended."""
        return standing_alerts(self._folder, now)

    def say(self, alert: Alert, now: datetime) -> tuple[Alert, ...]:
        """Let this notice stand, in the place of another one for the same; gives all that stand."""
        with self._alone():
            others = [other for other in self.standing(now) if other.agency != alert.agency]
            return self._keep(in_force([*others, alert], now))

    def end(self, agency: str, now: datetime) -> tuple[tuple[Alert, ...], bool]:
        """Take away the notice for an agency or for all pages: what stands then, and whether there was one."""
        with self._alone():
            before = self.standing(now)
            after = tuple(alert for alert in before if alert.agency != agency)
            return self._keep(after), len(after) < len(before)

    def _keep(self, alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
        content = AlertList(alerts=alerts).model_dump_json(indent=1).encode() + b"\n"
        try:
            replace_durably(self._folder / FILE, content, 0o644)
        except OSError as error:
            raise UnusableAlertsError.of(self._folder / FILE, error) from error
        return alerts

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Waits for whoever else is changing them; the system frees the lock of who is killed."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise UnusableAlertsError.of(self._folder / FILE, error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
