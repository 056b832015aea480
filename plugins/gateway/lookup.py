"""What the public may know of one dossier: its state and what happened to it, and nothing of any person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.exc import SQLAlchemyError

from plugins.gateway.statistics import VIETNAM, vietnam_now
from plugins.gateway.tables import DOSSIERS, NOTICES, POST, STEPS, Unavailable

MOST_STEPS = 200
"""More than any dossier has."""
ZONE: ZoneInfo = VIETNAM


def _zoned(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


Moment = Annotated[datetime, AfterValidator(_zoned)]
Status = Annotated[int, Field(ge=1, le=10)]
"""A national state: 1 is "Mới đăng ký", 10 "Đã trả kết quả"."""


class PublicModel(BaseModel):
    """A part of what is told of a dossier."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Step(PublicModel):
    """A state that the dossier came into."""

    at: Moment
    status: Status


class Notice(PublicModel):
    """A message that was sent."""

    at: Moment
    kind: Literal["sms"] = "sms"
    about: Literal["received", "supplement", "fee", "result"]


class Post(PublicModel):
    """What is under way by post."""

    service: str
    tracking_number: str
    direction: Literal["in", "out"]
    status: str


class PublicDossier(PublicModel):
    """Everything that is told."""

    code: str
    procedure: str | None
    procedure_name: str
    agency: str
    agency_name: str
    channel: Literal["online", "in_person", "post"]
    status: Status
    received_at: Moment
    due_at: Moment | None
    resolved_at: Moment | None
    timeline: tuple[Step, ...]
    notices: tuple[Notice, ...]
    post: Post | None


class LookupSource:
    """Dossiers of one database by their code; for any number of threads."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = vietnam_now) -> None:
        self._engine = engine
        self._clock = clock

    def dossier(self, code: str) -> PublicDossier | None:
        """The dossier as it is now; None where there is none of that code. Raises `Unavailable`."""
        now = self._clock().astimezone(ZONE).replace(tzinfo=None)
        try:
            with self._engine.connect() as connection:
                return _Asked(connection, code, now).dossier()
        except (SQLAlchemyError, ValidationError, ValueError) as error:
            raise Unavailable("the dossier cannot be read") from error


class _Asked:
    """A dossier that is asked for; what lies in the future has not happened."""

    def __init__(self, connection: Connection, code: str, now: datetime) -> None:
        self._connection = connection
        self._code = code
        self._now = now

    def dossier(self) -> PublicDossier | None:
        found = self._connection.execute(select(DOSSIERS).where(DOSSIERS.c.code == self._code).limit(1)).mappings()
        row = found.first()
        if row is None or row["received_at"] is None or row["received_at"] > self._now:
            return None
        timeline = tuple(map(Step.model_validate, self._of(STEPS)))
        post = self._of(POST)
        resolved_at = row["resolved_at"]
        told = {name: row[name] for name in PublicDossier.model_fields if name in row}
        return PublicDossier.model_validate(
            told
            | {
                "procedure_name": row["procedure_name"] or "",
                "agency_name": row["agency_name"] or "",
                "status": timeline[-1].status if timeline else row["status"],
                "resolved_at": resolved_at if resolved_at and resolved_at <= self._now else None,
                "timeline": timeline,
                "notices": tuple(map(Notice.model_validate, self._of(NOTICES))),
                "post": Post.model_validate({name: post[-1][name] for name in Post.model_fields}) if post else None,
            }
        )

    def _of(self, table: Table) -> list[Mapping[str, Any]]:
        """What has happened, oldest first."""
        moment = table.c.at
        chosen = [column for column in table.c if column.name != "code"]
        statement = select(*chosen).where(table.c.code == self._code, moment <= self._now).order_by(moment)
        return [dict(row) for row in self._connection.execute(statement.limit(MOST_STEPS)).mappings()]
