"""A portal that was served once: its made-up dossiers are there, so that it starts fast."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.command_line.test_command_line import places
from tests.programs import SCRIPTS, running
from tests.provinces import SmallProvince


@dataclass(frozen=True)
class ServedBefore:
    """A province and what its first start said."""

    province: SmallProvince
    said: str


@pytest.fixture(scope="session")
def served_before(tmp_path_factory: pytest.TempPathFactory) -> ServedBefore:
    province = SmallProvince.of(tmp_path_factory.mktemp("served"))
    with running([SCRIPTS / "portal", "serve", *places(province), "--port", "0"]) as program:
        program.says("Cổng đang chạy tại")
        program.process.terminate()
        assert program.ends() == 0
    return ServedBefore(province, program.said)
