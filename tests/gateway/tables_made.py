"""Tables of dossiers as an agency may have them, made for a test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, insert

from plugins.gateway.tables import DOSSIERS, METADATA, NOTICES, POST, STEPS


@dataclass(frozen=True)
class MadeDossier:
    """A row of `dossiers`; times are Vietnam's, without a zone."""

    received_at: datetime | None
    due_at: datetime | None = None
    resolved_at: datetime | None = None
    agency: str | None = "so-y-te"
    field: str | None = "duoc"
    channel: str = "online"
    code: str | None = None
    status: int = 4

    def row(self, number: int) -> dict[str, object]:
        return {
            "code": self.code or f"000.00.14.H30-190101-{number:04d}",
            "procedure": "1.001193",
            "procedure_name": "Đăng ký khai sinh",
            "agency": self.agency,
            "agency_name": f"Tên {self.agency}" if self.agency else None,
            "field": self.field,
            "field_name": f"Tên {self.field}" if self.field else None,
            "channel": self.channel,
            "status": self.status,
            "received_at": self.received_at,
            "due_at": self.due_at,
            "resolved_at": self.resolved_at,
        }


class MadeTables:
    """The four tables in a database that may be written to."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine: Engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        METADATA.drop_all(self._engine)
        METADATA.create_all(self._engine)

    @classmethod
    def in_file(cls, folder: Path) -> MadeTables:
        return cls(f"sqlite:///{folder / 'dossiers.sqlite'}")

    def add(self, dossiers: Iterable[MadeDossier]) -> None:
        rows = [dossier.row(number) for number, dossier in enumerate(dossiers, 1)]
        with self._engine.begin() as connection:
            if rows:
                connection.execute(insert(DOSSIERS), rows)

    def empty(self) -> None:
        with self._engine.begin() as connection:
            for table in (DOSSIERS, STEPS, NOTICES, POST):
                connection.execute(table.delete())

    def add_steps(self, code: str, *steps: tuple[datetime, int]) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(STEPS), [{"code": code, "at": at, "status": status} for at, status in steps])

    def add_notice(self, code: str, at: datetime, about: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(NOTICES), {"code": code, "at": at, "about": about})

    def add_post(self, code: str, at: datetime, status: str, direction: str = "out") -> None:
        row = {
            "code": code, "at": at, "status": status, "direction": direction, "service": "Bưu điện tỉnh",
            "tracking_number": "RB000000001VN",
        }  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(insert(POST), row)

    def close(self) -> None:
        self._engine.dispose()


def received(*moments: datetime, **more: object) -> list[MadeDossier]:
    """Dossiers received at these moments, alike in all else."""
    return [replace(MadeDossier(moment), **more) for moment in moments]  # type: ignore[arg-type]
