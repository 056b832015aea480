"""Answers about any period from the ledger, which is read anew when it is asked for and no longer fresh.

Whoever asks waits for a reading a moment at most, and never reads: a database that hangs holds up nobody.
"""

from __future__ import annotations

import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b
from time import monotonic

from sqlalchemy import Engine

from plugins.gateway.background import Background
from plugins.gateway.events import FIRST_MOMENT, Window, read_events
from plugins.gateway.form import Question, answer_body, empty_body
from plugins.gateway.ledger import Ledger, Part
from plugins.gateway.log import server_log
from plugins.gateway.moments import vietnam_now
from plugins.gateway.rows import LEAST, REFUSED_SECONDS, Inventory
from plugins.gateway.tables import Unavailable
from plugins.portal.dossiers import Grouping
from plugins.portal.problems import text
from plugins.portal.values import VIETNAM

__all__ = ["Answer", "Grouping", "Question", "StatisticsSource", "Unavailable"]

KEPT_ANSWERS = 256
"""Of one ledger; the questions of a portal are a handful."""
PATIENCE = 10.0
"""Seconds that a question waits for newer figures, where nothing else is said."""
KEPT_SECONDS = 30.0
"""After which figures are read though nobody asks: who asks seldom shall find none that are old."""
CLOSING_SECONDS = 1.0
"""For which a reading that is under way is waited for at the end."""
REFUSED_AGAIN = timedelta(seconds=REFUSED_SECONDS)
LOG = server_log(__name__)


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

    Everything before some midnight is read once in `full_read` seconds; what has happened since is read when a question
    finds it older than `fresh_for` seconds, both in the background. Where the database fails, the last ledger answers
    until it is `stale_for` seconds old. Where more than `most_left_out` percent of the rows cannot be relied upon there
    is no answer, also not from what was read before.
    """

    def __init__(
        self,
        engine: Engine,
        on_reading: Callable[[Inventory, Unavailable | None], object] = lambda inventory, refusal: None,
        /,
        *,
        fresh_for: float,
        full_read: float,
        stale_for: float,
        most_left_out: float = 1.0,
        patience: float = PATIENCE,
        clock: Callable[[], datetime] = vietnam_now,
    ) -> None:
        """Begins to read at once. `on_reading` is called after each reading of everything, by the thread that reads:
        what was come upon, and why there are no figures, where there are none.
        """
        self._engine = engine
        self._fresh_for, self._full_read, self._stale_for = (
            timedelta(seconds=seconds) for seconds in (fresh_for, full_read, stale_for)
        )
        self._most_left_out = most_left_out
        self._patience = patience
        self._clock = clock
        self._on_reading = on_reading
        self._ledger: Ledger | None = None
        self._past: _Past | None = None
        self._refusal: Unavailable | None = None
        self._failure: Unavailable | None = None
        self._past_failure: Unavailable | None = None
        """Of the last reading of everything: those of today may go well all the same."""
        self._tried: datetime | None = None
        self._past_tried: datetime | None = None
        self._reading = threading.Lock()
        self._answers: OrderedDict[Question, tuple[Ledger, Answer]] = OrderedDict()
        self._remembering = threading.Lock()
        self._closed = threading.Event()
        self._whole_reading = Background("gateway-reading", self._read_past)
        self._lately_reading = Background("gateway-freshening", self._read_since)
        self._begin_past(self._now())
        seconds = max(fresh_for, min(stale_for / 2, KEPT_SECONDS))
        self._keeping = threading.Thread(target=self._keep, args=(seconds,), name="gateway-keeping", daemon=True)
        self._keeping.start()

    def answer(self, question: Question) -> Answer:
        """Raises `Unavailable` where nothing was read yet, what was read is too old, or cannot be relied upon."""
        return self._answer(self._current(), question)

    def answer_if_begun(self, question: Question) -> Answer:
        """The same; of a period that has not begun nothing, for what is open today is no figure of then.

        A day is allowed for, as the clock of who asks may be ahead at midnight.
        """
        ledger = self._current()
        if question.first_day <= ledger.as_of.date() + timedelta(days=1):
            return self._answer(ledger, question)
        return _answer(empty_body(ledger.as_of, question), ledger.as_of)

    def as_of(self) -> datetime | None:
        """The moment of the ledger; None where there is none that answers."""
        try:
            return self._current().as_of
        except Unavailable:
            return None

    def state(self) -> tuple[datetime, Inventory]:
        """The moment of the ledger, and what was come upon in reading it. Raises `Unavailable` as `answer` does."""
        ledger = self._current()
        return ledger.as_of, ledger.inventory

    def failure(self) -> Unavailable | None:
        """Why the last reading, of everything or of today, has failed; None where neither has."""
        return self._failure or self._past_failure

    def wait(self) -> None:
        """Until the readings that are under way have ended."""
        self._whole_reading.wait()
        self._lately_reading.wait()

    def close(self) -> None:
        """Read no more; waits for a reading that is under way, unless it hangs."""
        self._closed.set()
        self._whole_reading.wait(CLOSING_SECONDS)
        self._lately_reading.wait(CLOSING_SECONDS)
        self._keeping.join(CLOSING_SECONDS)

    def _answer(self, ledger: Ledger, question: Question) -> Answer:
        with self._remembering:
            known_of, known = self._answers.get(question, (None, None))
            if known is not None and known_of is ledger:
                self._answers.move_to_end(question)
                return known
        answer = _answer(answer_body(ledger, question), ledger.as_of)
        with self._remembering:
            self._answers[question] = ledger, answer
            while len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def _now(self) -> datetime:
        return self._clock().astimezone(VIETNAM)

    def _current(self) -> Ledger:
        now = self._now()
        self._renew(now)
        if self._is_older(self._ledger, self._fresh_for, now):
            self._await_freshening()
        if self._refusal:
            raise self._refusal
        ledger = self._ledger
        if ledger is None:
            raise self._unread()
        if self._is_older(ledger, max(self._stale_for, self._fresh_for), now):
            raise self._too_old()
        return ledger

    def _await_freshening(self) -> None:
        """Until what is of today has been read, by whichever thread, or patience ends."""
        end = monotonic() + self._patience
        self._lately_reading.wait(self._patience)
        if self._reading.acquire(timeout=max(0.0, end - monotonic())):
            self._reading.release()

    def _unread(self) -> Unavailable:
        if self._failure is None:
            return Unavailable(text("the dossiers in the database have not been read yet"), "starting")
        message = text("the database has not been read yet: {why}", why=self._failure.message)
        return Unavailable(message, self._failure.reason, lasting=self._failure.lasting)

    def _too_old(self) -> Unavailable:
        if self._failure is None:
            return Unavailable(text("the database could not be read for too long"))
        message = text("the database could not be read for too long: {why}", why=self._failure.message)
        return Unavailable(message, self._failure.reason)

    def _is_older(self, ledger: Ledger | None, age: timedelta, now: datetime) -> bool:
        return ledger is not None and now - ledger.as_of > age

    def _keep(self, seconds: float) -> None:
        while not self._closed.wait(seconds):
            self._renew(self._now())

    def _renew(self, now: datetime) -> None:
        """Begin to read what is no longer fresh, unless that was tried just now; of a refused table all or nothing."""
        past = self._past
        if past is None or past.is_old(now, self._full_read if self._refusal is None else REFUSED_AGAIN):
            self._begin_past(now)
        if past is None or self._refusal or self._closed.is_set() or self._lately(self._tried, now):
            return
        if self._ledger is None or self._is_older(self._ledger, self._fresh_for, now):
            self._lately_reading.begin()

    def _lately(self, tried: datetime | None, now: datetime) -> bool:
        """Whether figures of then would be fresh: a database that fails is not asked with every question."""
        return tried is not None and timedelta(0) <= now - tried <= self._fresh_for

    def _begin_past(self, now: datetime) -> None:
        if not self._closed.is_set() and not self._lately(self._past_tried, now):
            self._whole_reading.begin()

    def _read_past(self) -> None:
        """Everything before today, and then what is of today."""
        now = self._past_tried = self._now()
        part = self._happened(Window(FIRST_MOMENT, datetime.combine(now.date(), time())), None)
        self._past_failure = self._failure if part is None else None
        if part is None:
            return
        with self._reading:
            self._past = _Past(part, now)
            self._freshen(trusted=True)
        inventory = self._ledger.inventory if self._ledger else part.happened.inventory
        for sentence in inventory.sentences():
            LOG.warning("%s", sentence.render())
        self._on_reading(inventory, self._refusal)

    def _read_since(self) -> None:
        with self._reading:
            self._freshen(trusted=False)

    def _freshen(self, *, trusted: bool) -> None:
        """What has happened since. Where much of today is gone that was there, everything is read anew before it is
        believed; after that it is `trusted`.
        """
        past, now, before = self._past, self._now(), self._ledger
        if past is None or (not trusted and self._lately(self._tried, now)):
            return
        self._tried = now
        since = self._happened(Window(past.part.happened.window.end, _as_in_tables(now)), past.part)
        if since is None:
            return
        if not trusted and before is not None and _shrank(before, since):
            LOG.warning("dossiers of today are gone that were there: all are read anew")
            self._past_tried = None
            self._begin_past(now)
            return
        ledger = Ledger(now.replace(microsecond=0), past.part, since)
        refused = self._refuses(ledger)
        self._refusal = ledger.inventory.refusal() if refused else None
        if self._refusal:
            LOG.error("no figures: %s", self._refusal)
        self._ledger = ledger

    def _refuses(self, ledger: Ledger) -> bool:
        """Of today alone more rows may be left out than of all, for they are few."""
        today = ledger.since.happened.inventory.begun()
        return ledger.inventory.too_many(self._most_left_out) or (today.left_out > LEAST and today.too_many(50))

    def _happened(self, window: Window, known: Part | None) -> Part | None:
        try:
            part = Part(read_events(self._engine, window, known.happened if known else None))
        except Unavailable as error:
            LOG.warning("the dossiers cannot be read: %s", error)
            self._failure = error
            return None
        except Exception as error:  # noqa: BLE001  # the thread's edge: the next reading may go well
            kind, where = type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
            LOG.error("reading has failed: %s\n%s", kind, where)  # noqa: TRY400  # its words may quote a row
            self._failure = Unavailable(text("the gateway itself has failed ({kind}); its log says where", kind=kind))
            return None
        self._failure = None
        return part


def _answer(body: bytes, as_of: datetime) -> Answer:
    return Answer(body, blake2b(body, digest_size=12).hexdigest(), as_of)


@dataclass(frozen=True)
class _Past:
    """Everything before a midnight."""

    part: Part
    read_at: datetime

    def is_old(self, now: datetime, full_read: timedelta) -> bool:
        return now - self.read_at > full_read or now.date() > self.part.happened.window.end.date()


def _shrank(before: Ledger, since: Part) -> bool:
    """Whether much of what was received on a day is gone, as where a view writes days otherwise from one moment on."""
    known = before.since.happened
    if known.window.start != since.happened.window.start:
        return False
    had, has = known.inventory.rows, since.happened.inventory.rows
    return had - has > LEAST and 2 * has < had


def _as_in_tables(now: datetime) -> datetime:
    return now.replace(tzinfo=None, microsecond=0)
