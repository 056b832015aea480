"""What the public may know of one dossier: its state and what happened to it, and nothing of any person.

What stands in a column and cannot be is not told, and does not keep the rest from being told: an answer is then marked
as incomplete. Of two different dossiers with one code neither is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from time import monotonic
from typing import Annotated, Any, Literal, cast
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.exc import SQLAlchemyError

from plugins.gateway.background import Background
from plugins.gateway.columns import MAX_KEY, MAX_NAME
from plugins.gateway.log import server_log
from plugins.gateway.moments import Fault, read_moment, vietnam_now
from plugins.gateway.tables import DOSSIERS, LOOKING_UP, NOTICES, POST, SQLITE, STEPS, Unavailable, read_leniently
from plugins.gateway.views import Forms, check_views, failure_of
from plugins.portal.characters import FORBIDDEN, tidy
from plugins.portal.dossiers import CHANNELS
from plugins.portal.problems import PortalError, text
from plugins.portal.values import VIETNAM

MOST_STEPS = 200
"""More than any dossier has."""
MOST_ROWS = 1_000
"""That are read of one dossier from one view."""
WITHOUT_RESULT = frozenset({3, 7, 8})
"""Not accepted, withdrawn, stopped: nothing will be handed over, so there is no day for it."""
CHECK_SECONDS = 1.0
"""For which it is believed that lookups work, or do not."""
BEGINS_TO_COUNT = 0.2
"""Seconds of a lookup before it is worth a question of its own to say how many are left."""
CHECK_PATIENCE = 0.025
"""Seconds that a question for health waits for a newer answer."""
SLOW_SECONDS = 10.0
"""For which it is told that a lookup took too long, unless another one has not since."""
CLOSING_SECONDS = 1.0
NOBODYS_CODE = "(check)"
"""No dossier has it, whatever codes look like."""
ZONE: ZoneInfo = VIETNAM
LOG = server_log(__name__)


class NotShown(PortalError):  # noqa: N818  # what HTTP calls 409
    """There is a dossier, and what stands in the database of it cannot be told."""


def _zoned(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


Moment = Annotated[datetime, AfterValidator(_zoned)]
Status = Annotated[int, Field(ge=1, le=10)]
"""A national state: 1 is "Mới đăng ký", 10 "Đã trả kết quả"."""
About = Literal["received", "supplement", "fee", "result"]
Direction = Literal["in", "out"]
Channel = Literal["online", "in_person", "post"]


class PublicModel(BaseModel):
    """A part of what is told of a dossier."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(PublicModel):
    """A state that the dossier came into."""

    at: Moment
    status: Status


class Notice(PublicModel):
    """A message that was sent."""

    at: Moment
    kind: Literal["sms"] = "sms"
    about: About


class Post(PublicModel):
    """What is under way by post; empty where that is not known."""

    service: str
    tracking_number: str
    direction: Direction
    status: str


class PublicDossier(PublicModel):
    """Everything that is told."""

    code: str
    procedure: str | None
    procedure_name: str
    agency: str | None
    agency_name: str
    channel: Channel | None
    status: Status | None
    received_at: Moment
    due_at: Moment | None
    resolved_at: Moment | None
    timeline: tuple[Step, ...]
    notices: tuple[Notice, ...]
    post: Post | None
    incomplete: bool = False
    """Whether something stands in the database that could not be told."""

    @model_serializer(mode="wrap")
    def _without_what_is_usual(
        self, serialize: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, Any]:
        document: dict[str, Any] = serialize(self)
        if info.mode_is_json() and not self.incomplete:
            del document["incomplete"]
        return document


class LookupSource:
    """Dossiers of one database by their code; for any number of threads."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = vietnam_now) -> None:
        self._engine = engine
        self._clock = clock
        self._forms: Forms | None = None
        self._failure: Unavailable | None = None
        self._known_at = float("-inf")
        """When it was last known whether lookups work."""
        self._slow: tuple[Unavailable, float] | None = None
        """The last time that a citizen waited in vain, and when that was."""
        self._checking = Background("gateway-check", self._check)

    def dossier(self, code: str) -> PublicDossier | None:
        """The dossier as it is now; None where there is none of that code. Raises `Unavailable` and `NotShown`."""
        now = self._clock().astimezone(ZONE).replace(tzinfo=None)
        try:
            forms = self._forms = self._forms or check_views(self._engine)
            with self._engine.connect() as connection:
                read_leniently(connection)
                dossier = _Asked(connection, forms, code, now).dossier()
        except NotShown:
            self._note(None, code)
            raise
        except (SQLAlchemyError, ValueError, ArithmeticError, Unavailable) as error:
            failure = failure_of(self._engine, error)
            self._forms = None  # a view may have been made anew
            self._note(failure, code)
            message = text("the dossier cannot be read from the database: {why}", why=failure.message)
            raise Unavailable(message, failure.reason) from error
        self._note(None, code)
        return dossier

    def failure(self, patience: float = CHECK_PATIENCE) -> Unavailable | None:
        """Why lookups do not work, None where they do; answers at once, also where the database hangs."""
        if monotonic() - self._known_at > CHECK_SECONDS:
            self._checking.begin()
            self._checking.wait(patience)
        slow = self._slow
        if self._failure is None and slow is not None and monotonic() - slow[1] < SLOW_SECONDS:
            return slow[0]
        if self._failure is None and self._checking.busy_for > LOOKING_UP.statement_seconds:
            return Unavailable(text("the database does not answer to lookups"))
        return self._failure

    def close(self) -> None:
        """Waits for a check that is under way, unless it hangs."""
        self._checking.wait(CLOSING_SECONDS)

    def _check(self) -> None:
        """As if somebody asked for a code that nobody has."""
        try:
            self.dossier(NOBODYS_CODE)
        except Unavailable as error:
            LOG.warning("%s", error)

    def _note(self, failure: Unavailable | None, code: str) -> None:
        now = monotonic()
        self._failure, self._known_at = failure, now
        # That a code which nobody has is looked for quickly says nothing of the others.
        if code != NOBODYS_CODE:
            self._slow = (failure, now) if failure is not None and failure.slow else None


class _Asked:
    """A dossier that is asked for; what lies in the future has not happened."""

    def __init__(self, connection: Connection, forms: Forms, code: str, now: datetime) -> None:
        self._connection = connection
        self._forms = forms
        self._code = code
        self._now = now
        self._incomplete = False
        self._begun = monotonic()

    def dossier(self) -> PublicDossier | None:
        # All four views are asked even of a code that nobody has: then it shows that all can be.
        views = {view.name: self._of(view) for view in (DOSSIERS, STEPS, NOTICES, POST)}
        row = self._row(views[DOSSIERS.name])
        if row is None or (received_at := self._received(row["received_at"])) is None:
            return None
        timeline, certain = self._timeline(views[STEPS.name])
        status = timeline[-1].status if timeline and certain else self._status(row["status"])
        due_at = self._not_before(received_at, row["due_at"])
        return PublicDossier(
            code=self._code,
            procedure=_words(row["procedure"], MAX_KEY) or None,
            procedure_name=_words(row["procedure_name"]),
            agency=_words(row["agency"], MAX_KEY) or None,
            agency_name=_words(row["agency_name"]),
            channel=self._channel(row["channel"]),
            status=status,
            received_at=received_at,
            due_at=None if status in WITHOUT_RESULT else due_at,
            resolved_at=self._happened(self._not_before(received_at, row["resolved_at"])),
            timeline=timeline,
            notices=tuple(self._notices(views[NOTICES.name])),
            post=self._post(views[POST.name]),
            incomplete=self._incomplete,
        )

    def _of(self, view: Table) -> list[Mapping[str, Any]]:
        """The rows of the code, each once: a join may give them several times."""
        statement = select(*(self._forms.written(column).label(column.name) for column in view.c))
        statement = statement.where(view.c.code == self._code).limit(MOST_ROWS)
        if "at" in view.c:
            statement = statement.where(view.c.at.is_not(None)).order_by(view.c.at.desc())
        self._limit_time()
        return [dict(row) for row in dict.fromkeys(map(_items, self._connection.execute(statement).mappings()))]

    def _limit_time(self) -> None:
        """Let PostgreSQL take no longer than is left of the time for all statements together."""
        gone = monotonic() - self._begun
        if gone > BEGINS_TO_COUNT and self._connection.dialect.name != SQLITE:
            left = max(int((LOOKING_UP.seconds - gone) * 1000), 1)
            self._connection.exec_driver_sql(f"SET LOCAL statement_timeout = {left}")

    def _row(self, rows: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        if len(rows) > 1:
            raise NotShown("More than one dossier has this code, so none of them is shown.")
        return rows[0] if rows else None

    def _received(self, written: object) -> datetime | None:
        moment, fault = read_moment(written)
        if fault not in (Fault.NONE, Fault.MISSING):
            raise NotShown("The day on which this dossier was received cannot be, so it is not shown.")
        return self._happened(moment)

    def _happened(self, moment: datetime | None) -> datetime | None:
        return moment if moment is not None and moment <= self._now else None

    def _moment(self, written: object) -> datetime | None:
        moment, fault = read_moment(written)
        self._incomplete |= fault not in (Fault.NONE, Fault.MISSING)
        return moment

    def _not_before(self, received_at: datetime, written: object) -> datetime | None:
        """A moment that cannot be before the day of reception, as the figures have it."""
        moment = self._moment(written)
        if moment is None or moment.date() >= received_at.date():
            return moment
        self._incomplete = True
        return None

    def _status(self, written: object) -> int | None:
        number = _whole(written)
        if number is not None and 1 <= number <= 10:
            return number
        self._incomplete = True
        return None

    def _channel(self, written: object) -> Channel | None:
        channel = written.strip() if isinstance(written, str) else None
        if channel in CHANNELS:
            return cast("Channel", channel)
        self._incomplete = True
        return None

    def _timeline(self, rows: list[Mapping[str, Any]]) -> tuple[tuple[Step, ...], bool]:
        """Oldest first, and whether the last one is the state of now: not where one is left out that may be later."""
        steps, left_out = [], datetime.min
        for row in rows:
            at = self._moment(row["at"])
            if at is not None and at > self._now:
                continue
            status = self._status(row["status"])
            if at is None or status is None:
                left_out = max(left_out, at or datetime.max)
            else:
                steps.append((at, status))
        steps.sort(key=lambda step: step[0])
        kept = tuple(Step(at=at, status=status) for at, status in steps[-MOST_STEPS:])
        return kept, bool(steps) and left_out < steps[-1][0]

    def _notices(self, rows: list[Mapping[str, Any]]) -> Iterator[Notice]:
        for at, row in self._in_order(rows):
            if row["about"] in ("received", "supplement", "fee", "result"):
                yield Notice(at=at, about=row["about"])
            else:
                self._incomplete = True

    def _post(self, rows: list[Mapping[str, Any]]) -> Post | None:
        """The newest that can be told."""
        for _, row in reversed(self._in_order(rows)):
            service, tracking_number, status = (_words(row[name]) for name in ("service", "tracking_number", "status"))
            if row["direction"] in ("in", "out") and (service or tracking_number or status):
                return Post(service=service, tracking_number=tracking_number, direction=row["direction"], status=status)
            self._incomplete = True
        return None

    def _in_order(self, rows: list[Mapping[str, Any]]) -> list[tuple[datetime, Mapping[str, Any]]]:
        """What has happened, oldest first."""
        dated = [(at, row) for row in rows if (at := self._happened(self._moment(row["at"]))) is not None]
        return sorted(dated, key=lambda entry: entry[0])[-MOST_STEPS:]


def _items(row: Mapping[Any, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((str(name), value) for name, value in row.items())


def _words(written: object, most: int = MAX_NAME) -> str:
    """A name or a number as text, empty where it can be none."""
    if written is None or isinstance(written, bytes):
        return ""
    return FORBIDDEN.sub("", tidy(str(written))).strip()[:most]


def _whole(written: object) -> int | None:
    """A number that a column of any type may hold."""
    if isinstance(written, int):
        return written
    if isinstance(written, float) and written.is_integer():
        return int(written)
    digits = written.strip() if isinstance(written, str) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else None
