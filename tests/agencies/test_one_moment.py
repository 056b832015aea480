"""A build is of one moment: what comes and goes while it runs is never in what it shows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.agencies.test_isolation import misbehaving
from tests.provinces import ROOT, SmallProvince, site


def test_file_that_comes_and_goes_while_a_site_is_compiled_leaves_nothing(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    settings = misbehaving("file is gone again") | {"EDITED": str(province.content / "agencies/so-y-te")}

    report = province.build(**settings)

    assert (report.problems, site(report, "so-y-te").outcome) == ((), "built")
    assert {entry.outcome for entry in province.build(**settings).sites} == {"unchanged"}


class Building:
    """A build in a process of its own, so that its content can be changed while it runs."""

    def __init__(self, province: SmallProvince) -> None:
        self._province = province
        command = [sys.executable, "-m", "plugins.command_line", "build", "--jobs", "1"]
        folders = ["--content", str(province.content), "--output", str(province.output)]
        self._process = subprocess.Popen(
            [*command, *folders, "--settings", str(_settings_of(province))],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until(self, pattern: str) -> None:
        """Until something of that name is in the build folder."""
        end = time.monotonic() + 60
        while not list((self._province.folder / "build").glob(pattern)):
            assert time.monotonic() < end, pattern
            assert self._process.poll() is None, self.finish()
            time.sleep(0.001)

    def finish(self) -> str:
        output, _ = self._process.communicate(timeout=120)
        return output


def _settings_of(province: SmallProvince) -> Path:
    conf = province.folder / "deskconf.py"
    conf.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"PORTAL_ROOT = {str(province.folder)!r}\nTHEME = {str(province.folder / 'theme')!r}\n"
        'PORTAL_BUILD_PATH = "build"\nDOSSIER_STATE_PATH = "state"\n',
        encoding="utf-8",
    )
    return conf


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    return SmallProvince.of(tmp_path)


NEWS = "agencies/so-y-te/news/2019/tiem-chung.md"
EDITS = {
    "a title": (NEWS, "title: Lịch tiêm chủng", "title: Không ai viết"),
    "a field that all share": ("province/fields.yaml", "Hộ tịch", "Không ai viết"),
    "the province's name": ("province/province.yaml", "Cổng thông tin điện tử", "Không ai viết"),
}


@pytest.mark.parametrize("moment", ["*/sites/so-tu-phap/*.new", "*/sites/so-y-te/*.new", "*/sites/portal/*.new"])
@pytest.mark.parametrize("edit", EDITS)
def test_edit_that_is_taken_back_while_a_build_runs_is_nowhere(edit: str, moment: str, province: SmallProvince) -> None:
    """Whenever it is made: then the build shows the content as it was when it began, and so does every later one."""
    path, old, new = EDITS[edit]
    building = Building(province)
    building.wait_until(moment)
    province.edit(path, old, new)
    building.wait_until("*/sites/portal/*.new")
    province.edit(path, new, old)
    building.finish()

    for _ in range(2):
        assert not [name for name, body in province.files().items() if "Không ai viết".encode() in body]
        Building(province).finish()


def test_template_that_is_edited_and_restored_while_a_build_runs_is_nowhere(province: SmallProvince) -> None:
    template = province.folder / "theme" / "templates" / "base.html"
    written = template.read_text(encoding="utf-8")
    building = Building(province)
    building.wait_until("*/sites/so-tu-phap/*.new")
    template.write_text(written.replace("</body>", "Không ai viết</body>"), encoding="utf-8")
    building.wait_until("*/sites/portal/*.new")
    template.write_text(written, encoding="utf-8")
    building.finish()

    assert not [name for name, body in province.files().items() if "Không ai viết".encode() in body]


def test_what_a_killed_build_leaves_is_no_version(province: SmallProvince) -> None:
    building = Building(province)
    building.wait_until("*/sites/so-y-te/*.new")
    os.kill(building._process.pid, 9)
    building.finish()
    province.edit(NEWS, "title: Lịch tiêm chủng", "title: Lịch mới")

    assert Building(province).finish().count("✗") == 0
    assert "Lịch mới" in province.page("so-y-te/tin-tuc/2019/tiem-chung")
