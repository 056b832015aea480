"""Answers about any period from the ledger, which is read anew when it is asked for and no longer fresh."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from plugins.gateway.events import FIRST_MOMENT, Window, read_events
from plugins.gateway.form import Question, answer_body
from plugins.gateway.ledger import Ledger, Part
from plugins.gateway.log import server_log
from plugins.gateway.tables import Unavailable
from plugins.portal.dossiers import Grouping

__all__ = ["Answer", "Grouping", "Question", "StatisticsSource", "Unavailable"]

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
KEPT_ANSWERS = 256
"""Of one ledger; the questions of a portal are a handful."""
LOG = server_log(__name__)


def vietnam_now() -> datetime:
    return datetime.now(VIETNAM)


@dataclass(frozen=True)
class Answer:
    """A document of statistics."""

    body: bytes
    """UTF-8 JSON of the contract."""
    etag: str
    """Without quotation marks; another body, another tag."""
    as_of: datetime
    """In Vietnam's zone."""


class StatisticsSource:
    """Statistics over the dossiers of one database; for any number of threads.

    Everything before some midnight is read once in `full_read` seconds, in the background; what has happened since is
    read by the first question that finds it older than `fresh_for` seconds. Where the database fails, the last ledger
    answers until it is `stale_for` seconds old.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        fresh_for: float,
        full_read: float,
        stale_for: float,
        clock: Callable[[], datetime] = vietnam_now,
    ) -> None:
        """Begins to read at once, in the background."""
        self._engine = engine
        self._fresh_for, self._full_read, self._stale_for = (
            timedelta(seconds=seconds) for seconds in (fresh_for, full_read, stale_for)
        )
        self._clock = clock
        self._ledger: Ledger | None = None
        self._past: _Past | None = None
        self._tried: datetime | None = None
        self._past_tried: datetime | None = None
        self._beginning = threading.Lock()
        self._reading = threading.Lock()
        self._answers: OrderedDict[Question, tuple[Ledger, Answer]] = OrderedDict()
        self._remembering = threading.Lock()
        self._closed = False
        self._background: threading.Thread | None = None
        self._read_past_in_background(self._now())

    def answer(self, question: Question) -> Answer:
        """Raises `Unavailable` where nothing was read yet, or what was read is too old."""
        ledger = self._current()
        with self._remembering:
            known_of, known = self._answers.get(question, (None, None))
            if known is not None and known_of is ledger:
                self._answers.move_to_end(question)
                return known
        body = answer_body(ledger, question)
        answer = Answer(body, blake2b(body, digest_size=12).hexdigest(), ledger.as_of)
        with self._remembering:
            self._answers[question] = ledger, answer
            while len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def as_of(self) -> datetime | None:
        """The moment of the ledger; None where there is none that answers."""
        try:
            return self._current().as_of
        except Unavailable:
            return None

    def wait(self) -> None:
        """Until a reading of everything that is under way has ended."""
        if self._background is not None:
            self._background.join()

    def close(self) -> None:
        """Read no more; waits for a reading that is under way."""
        self._closed = True
        self.wait()

    def _now(self) -> datetime:
        return self._clock().astimezone(VIETNAM)

    def _current(self) -> Ledger:
        now = self._now()
        if self._past is None or self._past.is_old(now, self._full_read):
            self._read_past_in_background(now)
        if self._past is not None:
            self._freshen(now)
        ledger = self._ledger
        if ledger is None:
            raise Unavailable("the dossiers have not been read yet")
        if now - ledger.as_of > max(self._stale_for, self._fresh_for):
            raise Unavailable("the dossiers could not be read for too long")
        return ledger

    def _freshen(self, now: datetime) -> None:
        """Read what has happened since, unless that was tried just now; whoever comes meanwhile need not wait long."""
        age = now - self._ledger.as_of if self._ledger else timedelta.max
        if age <= self._fresh_for or not self._reading.acquire(blocking=age > 2 * self._fresh_for):
            return
        try:
            if not self._lately(self._tried, now):
                self._tried = now
                self._read_since(now)
        finally:
            self._reading.release()

    def _read_since(self, now: datetime) -> None:
        past = self._past
        if past is None:
            return
        known = past.part.happened
        try:
            happened = read_events(self._engine, Window(known.window.end, _as_in_tables(now)), known)
        except Unavailable as error:
            LOG.warning("%s: %s", error, error.__cause__.__class__.__name__)
            return
        self._ledger = Ledger(now.replace(microsecond=0), past.part, Part(happened))

    def _lately(self, tried: datetime | None, now: datetime) -> bool:
        """Whether figures of then would be fresh: a database that fails is not asked with every question."""
        return tried is not None and timedelta(0) <= now - tried <= self._fresh_for

    def _read_past_in_background(self, now: datetime) -> None:
        with self._beginning:
            reading = self._background is not None and self._background.is_alive()
            if self._closed or reading or self._lately(self._past_tried, now):
                return
            self._past_tried = now
            self._background = threading.Thread(
                target=self._read_past, args=(now,), name="gateway-reading", daemon=True
            )
            self._background.start()

    def _read_past(self, now: datetime) -> None:
        window = Window(FIRST_MOMENT, datetime.combine(now.date(), time()))
        try:
            part = Part(read_events(self._engine, window))
        except Unavailable as error:
            LOG.warning("%s: %s", error, error.__cause__.__class__.__name__)
            return
        with self._reading:
            self._past = _Past(part, now)
            self._tried = now
            self._read_since(self._now())


@dataclass(frozen=True)
class _Past:
    """Everything before a midnight."""

    part: Part
    read_at: datetime

    def is_old(self, now: datetime, full_read: timedelta) -> bool:
        return now - self.read_at > full_read or now.date() > self.part.happened.window.end.date()


def _as_in_tables(now: datetime) -> datetime:
    return now.replace(tzinfo=None, microsecond=0)
