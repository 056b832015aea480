"""The databases that the gateway is tested on: SQLite, and a real PostgreSQL that the tests start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gateway.postgresql import running_server
from tests.gateway.tables_made import MadeTables


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of a database on a server of our own."""
    with running_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeTables]:
    """Empty tables in either database."""
    if request.param == "sqlite":
        made = MadeTables.in_file(tmp_path_factory.mktemp("gateway"))
    else:
        made = MadeTables(request.getfixturevalue("postgresql_url"))
    yield made
    made.close()
