"""A build in the process of the tests is as one in processes of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pelican.plugins import signals

from plugins.builder.workers import WorkerCrashedError, WorkerDeniedError
from tests.here import Here
from tests.provinces import CAPABILITIES, SmallProvince

HERE = [*CAPABILITIES, "tests.kinds"]


@pytest.mark.parametrize("conf", ["pelicanconf.py", "publishconf.py"])
def test_it_gives_the_same_bytes_and_tells_the_same_although_others_went_before(conf: str, tmp_path: Path) -> None:
    provinces = [SmallProvince.of(tmp_path / name) for name in ("here", "processes")]
    SmallProvince.of(tmp_path / "before").build(PORTAL_KINDS=HERE, DEFAULT_LANG="en")
    told = []
    for province, own_processes in zip(provinces, (False, True), strict=True):
        for case in ("base", "broken-reference", "unknown-in-province"):
            province.lay_over(case)
        province.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Trang\n---\n[x](khong-co.md) ![](media/a.png)\n")
        report = province.build(conf=conf, own_processes=own_processes)
        told.append((province.problems(report), province.advice(report), [entry.outcome for entry in report.sites]))

    here, processes = map(_files, provinces)
    assert len(here) > 20
    assert here == processes
    assert told[0] == told[1]
    assert told[0][0]


def _files(province: SmallProvince) -> dict[str, bytes]:
    """What is built; a desk's page of problems says where the content lies."""
    folder = str(province.folder).encode()
    return {name: body.replace(folder, b"") for name, body in province.files().items()}


def _connect() -> int:
    signals.initialized.connect(_connect)
    return len(signals.initialized.receivers)


def _fail(error: Exception) -> None:
    raise error


def test_a_task_leaves_no_plugin_connected() -> None:
    connected = dict(signals.initialized.receivers)

    counted = [Here().submit(_connect).result(timeout=0) for _ in range(2)]

    assert counted == [len(connected) + 1] * 2
    assert dict(signals.initialized.receivers) == connected


def test_a_task_that_fails_tells_so_as_a_process_does() -> None:
    crashed = Here().submit(_fail, ValueError("hỏng")).exception(timeout=0)
    denied = Here().submit(_fail, PermissionError(13, "refused", "a.txt")).exception(timeout=0)

    assert isinstance(crashed, WorkerCrashedError)
    assert (str(crashed), "_fail" in crashed.details) == ("ValueError: hỏng", True)
    assert isinstance(denied, WorkerDeniedError)
    assert (denied.number, denied.path) == (13, "a.txt")
