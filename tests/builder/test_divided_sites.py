"""A large site is compiled by all processes that are free, and comes out as if one had done it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plugins.builder.workers import ProcessPerTaskExecutor
from plugins.portal.earlier_pages import FILE, _Page
from tests.builder.misbehaving import VICTIM
from tests.provinces import SmallProvince, files_below, site
from tests.waiting import PATIENCE

PLUGINS = [
    "plugins.presentation", "plugins.articles", "plugins.procedures", "plugins.province",
    "plugins.search", "plugins.dossiers", "plugins.open_data", "tests.builder.dividing",
]  # fmt: skip
NEWS = f"agencies/{VICTIM}/news/2019"
MANY = 9


def article(title: str, body: str = "Một [thủ tục](procedure:1.004616) của [Sở Tư pháp](agency:so-tu-phap).") -> str:
    return f"---\ntitle: {title}\ndate: 2019-09-20\nsummary: Tóm tắt.\n---\n{body}\n"


@dataclass(frozen=True)
class Built:
    """What came of a build."""

    files: dict[str, bytes]
    """Of the portal, and of all compiled versions."""
    problems: list[str]
    writers: int
    """Processes that wrote pages of articles of the agency."""


@dataclass(frozen=True)
class Editing:
    """An agency's site with many articles that is edited, and built after each edit."""

    province: SmallProvince
    writers: Path

    @classmethod
    def begun(cls, folder: Path) -> Editing:
        """All sites are shown, so that only one is compiled after an edit: then there is a process to be lent."""
        editing = cls(SmallProvince.of(folder / "province"), folder / "writers")
        editing.built(own_processes=False)
        return editing

    def built(self, *, own_processes: bool) -> Built:
        shutil.rmtree(self.writers, ignore_errors=True)
        self.writers.mkdir()
        report = self.province.build(
            conf="publishconf.py", own_processes=own_processes, PORTAL_SITE_PLUGINS=PLUGINS, WRITERS=str(self.writers)
        )
        stores = self.province.build_folder / "sites"
        compiled = {path.relative_to(stores).as_posix(): _timeless(path) for path in files_below(stores)}
        problems = [*self.province.problems(report), *self.province.advice(report)]
        return Built(self.province.files() | compiled, problems, len(list(self.writers.iterdir())))


def _timeless(path: Path) -> bytes:
    """What a file says; what is noted of pages without the times of their files, which are those of each build."""
    if path.name != FILE or path.parent.name != "memos":
        return path.read_bytes()
    noted = {name: page[: _Page._fields.index("looks")] for name, page in json.loads(path.read_bytes()).items()}
    return json.dumps(noted).encode()


def edited_and_built(folder: Path, *, own_processes: bool) -> list[Built]:
    """New articles; one of them edited; then something wrong in every other one."""
    editing = Editing.begun(folder)
    province = editing.province
    for number in range(MANY):
        province.write(f"{NEWS}/tin-{number}.md", article(f"Tin {number}"))
    builds = [editing.built(own_processes=own_processes)]
    province.edit(f"{NEWS}/tin-4.md", "Tin 4", "Tin thứ tư")
    builds.append(editing.built(own_processes=own_processes))
    for number in range(0, MANY, 2):
        province.write(f"{NEWS}/tin-{number}.md", article(f"Tin {number}", f"[x](khong-co-{number}.md) <script>"))
    builds.append(editing.built(own_processes=own_processes))
    shutil.rmtree(folder)
    return builds


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Built]]:
    """In the same folder, for it stands in what is told."""
    folder = tmp_path_factory.mktemp("divided") / "site"
    return {
        "by one process": edited_and_built(folder, own_processes=False),
        "by several": edited_and_built(folder, own_processes=True),
    }


def test_pages_of_a_large_site_are_written_by_several_processes(builds: dict[str, list[Built]]) -> None:
    assert [build.writers for build in builds["by one process"][:2]] == [1, 1]
    assert builds["by several"][0].writers > 2


@pytest.mark.parametrize("number", range(3), ids=["new", "edited", "with problems"])
def test_divided_site_is_that_of_one_process_byte_for_byte(number: int, builds: dict[str, list[Built]]) -> None:
    alone, divided = builds["by one process"][number], builds["by several"][number]

    assert divided.files.keys() == alone.files.keys()
    assert [name for name, content in divided.files.items() if alone.files[name] != content] == []


def test_problems_of_all_parts_are_told_in_the_same_order(builds: dict[str, list[Built]]) -> None:
    alone, divided = builds["by one process"][2], builds["by several"][2]

    assert [number for number in range(MANY) if any(f"tin-{number}.md" in problem for problem in alone.problems)] == [
        0, 2, 4, 6, 8,
    ]  # fmt: skip
    assert divided.problems == alone.problems


def test_process_that_is_killed_over_its_part_is_the_sites_breakdown(tmp_path: Path) -> None:
    editing = Editing.begun(tmp_path)
    province = editing.province
    before = province.page(f"{VICTIM}/tin-tuc")
    for number in range(MANY):
        province.write(f"{NEWS}/tin-{number}.md", article("Chết"))
    province.edit("agencies/so-tu-phap/agency.yaml", "name: Sở Tư pháp", "name: Sở Tư pháp mới")

    settings: dict[str, Any] = {"PORTAL_SITE_PLUGINS": PLUGINS, "WRITERS": str(editing.writers)}
    # More processes than there are sites to compile: one is always free to be lent.
    with ProcessPerTaskExecutor(4, PATIENCE, PLUGINS) as executor:
        report = province.build(conf="publishconf.py", own_processes=True, executor=executor, **settings)

    [problem] = province.problems(report)
    assert problem.startswith(f"content/agencies/{VICTIM}: building the site was ended by force: SIGKILL")
    assert site(report, VICTIM).outcome == "kept"
    assert province.page(f"{VICTIM}/tin-tuc") == before
    assert "Sở Tư pháp mới" in province.page("so-tu-phap")
