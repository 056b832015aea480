"""A build is of one moment: what comes and goes while it runs is never in what it shows."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.builder.test_isolation import misbehaving
from tests.here import keep_theme
from tests.programs import Program, running
from tests.provinces import ROOT, SmallProvince, site
from tests.waiting import until


def test_file_that_comes_and_goes_while_a_site_is_compiled_leaves_nothing(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    settings = misbehaving("file is gone again") | {"EDITED": str(province.content / "agencies/so-y-te")}

    report = province.build(**settings)

    assert (report.problems, site(report, "so-y-te").outcome) == ((), "built")
    assert {entry.outcome for entry in province.build(**settings).sites} == {"unchanged"}


@contextmanager
def building(province: SmallProvince) -> Iterator[Program]:
    """A build in a process of its own, so that its content can be changed while it runs."""
    command = [sys.executable, "-m", "plugins.command_line", "build", "--jobs", "1"]
    folders = {"--content": province.content, "--output": province.output, "--settings": _settings_of(province)}
    with running([*command, *(str(part) for option in folders.items() for part in option)]) as program:
        yield program


def wait_until_there_is(pattern: str, province: SmallProvince, program: Program) -> None:
    """Something of that name in the build folder, while the program runs."""
    folder = province.folder / "build"
    until(lambda: list(folder.glob(pattern)) or program.process.poll() is not None, named=pattern, step=0.001)
    assert program.process.poll() is None, program.said


def is_built(program: Program) -> str:
    assert program.ends() == 0, program.said + program.errors
    return program.said


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
    keep_theme(tmp_path / "build")
    return SmallProvince.of(tmp_path)


def names_with(words: str, province: SmallProvince) -> list[str]:
    files = province.files()
    assert "index.html" in files
    return [name for name, body in files.items() if words.encode() in body]


NEWS = "agencies/so-y-te/news/2019/tiem-chung.md"
EDITS = {
    "Tên bài không ai viết": (NEWS, "title: Lịch tiêm chủng", "title: Tên bài không ai viết"),
    "Lĩnh vực không ai viết": ("province/fields.yaml", "Hộ tịch", "Lĩnh vực không ai viết"),
    "Tên cổng không ai viết": ("province/province.yaml", "Cổng thông tin điện tử", "Tên cổng không ai viết"),
}
"""A title, a field and a name that all share, by what is then nowhere to be seen."""


@pytest.mark.parametrize("moment", ["*/sites/so-tu-phap/*.new", "*/sites/so-y-te/*.new", "*/sites/portal/*.new"])
def test_edits_that_are_taken_back_while_a_build_runs_are_nowhere(moment: str, province: SmallProvince) -> None:
    """Whenever they are made: then the build shows the content as it was when it began, and so does every later one."""
    with building(province) as program:
        wait_until_there_is(moment, province, program)
        for path, old, new in EDITS.values():
            province.edit(path, old, new)
        wait_until_there_is("*/sites/portal/*.new", province, program)
        for path, old, new in EDITS.values():
            province.edit(path, new, old)
        is_built(program)
    assert {words: names_with(words, province) for words in EDITS} == {words: [] for words in EDITS}

    with building(province) as program:
        is_built(program)
    assert {words: names_with(words, province) for words in EDITS} == {words: [] for words in EDITS}


def test_template_that_is_edited_and_restored_while_a_build_runs_is_nowhere(province: SmallProvince) -> None:
    template = province.folder / "theme" / "templates" / "base.html"
    written = template.read_text(encoding="utf-8")
    assert "</body>" in written
    with building(province) as program:
        wait_until_there_is("*/sites/so-tu-phap/*.new", province, program)
        template.write_text(written.replace("</body>", "Không ai viết</body>"), encoding="utf-8")
        wait_until_there_is("*/sites/portal/*.new", province, program)
        template.write_text(written, encoding="utf-8")
        is_built(program)

    assert names_with("Không ai viết", province) == []


def test_what_a_killed_build_leaves_is_no_version(province: SmallProvince) -> None:
    with building(province) as program:
        wait_until_there_is("*/sites/so-y-te/*.new", province, program)
        program.process.kill()
        assert program.ends() == -signal.SIGKILL
    province.edit(NEWS, "title: Lịch tiêm chủng", "title: Lịch mới")

    with building(province) as program:
        assert is_built(program).count("✗") == 0
    assert "Lịch mới" in province.page("so-y-te/tin-tuc/2019/tiem-chung")
