"""A made-up one-stop system on SQLite, with the tables and views of docs/gateway.md and names that must not be told."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import requests
from pydantic import SecretStr

from plugins.gateway.serving import GatewayServer
from plugins.gateway.settings import GatewaySettings
from tests.provinces import ROOT
from tests.waiting import PATIENCE, until

__all__ = ["PATIENCE", "until"]

TOKEN = "bi-mat-0123456789abcdef"
PORTAL = "https://portal.example.vn"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SECRETS = ("Nguyễn Thị Mật", "079200001234", "0905123456", "12 Lê Lợi", "Mời bà đến nhận", "Trần Cán Bộ")
"""What stands in the system about people; none of it may leave the gateway."""
CODE, OTHER_CODE = "000.00.14.H30-190924-0002", "000.00.08.H30-190902-0017"

_PERSON = SECRETS[:4]
_DOSSIERS = [
    # id, code, procedure, agency, channel, status, received, due, resolved
    (1, CODE, 1, 1, 1, 4, "2019-09-24 08:12:00", "2019-09-30 17:00:00", None),
    (2, OTHER_CODE, 2, 2, 3, 10, "2019-09-02 08:00:00", None, "2019-09-04 10:30:00"),
    (3, "000.00.14.H30-190102-0001", 1, 1, 2, 10, "2019-01-02 09:00:00", "2019-01-10 17:00:00", "2019-01-08 09:00:00"),
    (4, "000.00.14.H30-190102-0002", 1, 1, 1, 9, "2019-01-02 09:30:00", "2019-01-10 17:00:00", "2019-01-10 16:00:00"),
    (5, "000.00.08.H30-181220-0003", 2, 2, 2, 9, "2018-12-20 09:30:00", "2019-01-10 17:00:00", "2019-01-14 16:00:00"),
    (6, "000.00.08.H30-190301-0004", 2, 2, 1, 5, "2019-03-01 10:00:00", "2019-03-08 17:00:00", None),
]
_STEPS = [
    (1, "2019-09-24 08:12:00", 1), (1, "2019-09-24 09:02:00", 2), (1, "2019-09-24 14:40:00", 4),
    (2, "2019-09-02 08:00:00", 2), (2, "2019-09-04 10:30:00", 9), (2, "2019-09-06 15:20:00", 10),
]  # fmt: skip


def sql_of_documentation() -> list[str]:
    """The blocks of SQL in docs/gateway.md: tables, views and user of PostgreSQL, its indexes, views of SQLite."""
    return re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "gateway.md").read_text(encoding="utf-8"), re.DOTALL)


def rows_of_tables() -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Six dossiers of two agencies, in 2018 and 2019: what stands in which table."""
    yield "don_vi", [(1, "so-y-te", "Sở Y tế"), (2, "so-tu-phap", "Sở Tư pháp")]
    yield "linh_vuc", [(1, "duoc", "Dược"), (2, "ho-tich", "Hộ tịch")]
    yield "thu_tuc", [(1, "1.001193", "Cấp chứng chỉ hành nghề dược", 1), (2, None, "Cấp bản sao từ sổ gốc", 2)]
    yield "ho_so", [(*dossier, *_PERSON) for dossier in _DOSSIERS]
    yield "tien_trinh", [(*step, SECRETS[5]) for step in _STEPS]
    yield "tin_nhan", [(1, "2019-09-24 09:03:00", "TIEP_NHAN", SECRETS[2], SECRETS[4])]
    yield "buu_gui", [(2, "VNPost", "EH123456789VN", True, "Đã phát", "2019-09-05 08:00:00", SECRETS[0])]


def write_one_stop(path: Path) -> None:
    """The system as an SQLite file."""
    tables, _, _, views = sql_of_documentation()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(tables + views)
        for table, rows in rows_of_tables():
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608


def write_one_stop_to_postgresql(url: str) -> str:
    """The system in a PostgreSQL database; gives the address for the user who may read the views."""
    tables, views, indexes, _ = sql_of_documentation()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS cong_du_lieu CASCADE; DROP ROLE IF EXISTS cong_ho_so")
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        for script in (tables, views, indexes):
            connection.execute(script)
        for table, rows in rows_of_tables():
            places = ", ".join(["%s"] * len(rows[0]))
            with connection.cursor() as cursor:
                cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
    return url.replace("postgresql://postgres@", "postgresql://cong_ho_so@")


def receive(path: Path, code: str, moment: str) -> None:
    """One more dossier, online."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO ho_so SELECT max(id) + 1, ?, 1, 1, 1, 1, ?, NULL, NULL, '', '', '', '' FROM ho_so",
            (code, moment),
        )


def settings_for(path: Path, **changed: object) -> GatewaySettings:
    """A gateway over it, on a free port of this machine."""
    given: dict[str, object] = {"port": 0, "origins": frozenset({PORTAL}), **changed}
    return GatewaySettings(SecretStr(f"sqlite:///{path}"), SecretStr(TOKEN), **given)  # type: ignore[arg-type]


@contextmanager
def gateway_over(path: Path, **changed: object) -> Iterator[str]:
    """A gateway that runs and has figures; gives its address."""
    with GatewayServer(settings_for(path, **{"fresh_for": 3_600, **changed})).running() as address:
        until(lambda: requests.get(f"{address}/v1/health", timeout=10).ok)
        yield address
