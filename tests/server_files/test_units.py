"""What systemd itself says of the units: whether it takes them, how much they leave open, when timers go off."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from plugins.server_files import rendered
from tests.needed import program
from tests.provinces import ROOT
from tests.serving.nginx import VALUES
from tests.waiting import PATIENCE

MOST_EXPOSED = 20
"""Tenths of what `systemd-analyze security` calls the exposure: 100 is a service that may do everything."""


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every unit, for programs and folders that there are on this machine."""
    folder = tmp_path_factory.mktemp("units")
    values = replace(VALUES, project=ROOT, program=Path(sys.executable), asks_backend=True)
    files = [(folder / Path(name).name, text) for name, text in rendered(values).items() if name.startswith("systemd/")]
    for file, text in files:
        file.write_text(text, encoding="utf-8")
    return [file for file, _ in files]


def analyze(*words: str | Path) -> str:
    """What systemd says; fails where it finds fault."""
    command = [program("systemd-analyze", "systemd"), "--no-pager", *words]
    done = subprocess.run(
        command, env=os.environ | {"TZ": "UTC"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_systemd_takes_every_unit_without_a_word(units: list[Path]) -> None:
    """Also that the programs they start are where they say."""
    assert len(units) == 9
    assert analyze("verify", "--man=no", "--recursive-errors=no", *units) == ""


def test_services_leave_little_open(units: list[Path]) -> None:
    services = [unit for unit in units if unit.suffix == ".service"]

    told = analyze("security", "--offline=yes", f"--threshold={MOST_EXPOSED}", *services)

    assert told.count("Overall exposure level for ") == len(services)


def test_timers_go_off_as_often_as_their_descriptions_say(units: list[Path]) -> None:
    seconds = {}
    for unit in units:
        for when in re.findall(r"^OnCalendar=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
            told = analyze("calendar", "--iterations=2", "--base-time=2026-01-01 00:00:00 UTC", when)
            moments = re.findall(r"(?:Next elapse|Iter\. #2): \w+ (\S+ \S+) UTC$", told, re.MULTILINE)
            first, second = (datetime.fromisoformat(moment) for moment in moments)
            seconds[unit.stem] = (second - first).total_seconds()

    assert seconds == {"portal-publish": 300, "portal-due": 60, "portal-dossiers": 600, "portal-documents": 300}
