"""`--profile`: where the time of a build went, by stage and site; without it nothing is kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from plugins.builder.building import build_portal
from plugins.builder.display import SITE_STAGES, BuildDisplay
from plugins.builder.reports import BuildProfile, BuildReport
from plugins.command_line import main
from tests.provinces import ROOT, SmallProvince

OVER_ALL = {"portal: link", "portal: open pages", "portal: catalogue", "portal: search"}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    return SmallProvince.of(tmp_path_factory.mktemp("profiled"))


@pytest.fixture(scope="module")
def first(province: SmallProvince) -> BuildReport:
    return build_portal(province.settings("publishconf.py"), jobs=2, profile=True)


@pytest.fixture(scope="module")
def profile(first: BuildReport) -> BuildProfile:
    assert first.profile is not None
    return first.profile


def test_every_site_and_what_is_about_all_has_its_stages(first: BuildReport, profile: BuildProfile) -> None:
    sites = {site.slug for site in first.sites if site.slug != "portal"}

    assert {task.name for task in profile.tasks} == sites | OVER_ALL
    for task in profile.tasks:
        if task.name in sites:
            assert set(task.stages) == set(SITE_STAGES)
        assert set(task.stages) >= {"render", "compress"}
        assert 0 < sum(task.stages.values()) <= task.seconds


def test_stages_of_the_build_are_no_more_than_the_whole(first: BuildReport, profile: BuildProfile) -> None:
    named = {"sources", "plan", "compile", "link", "catalogue and search", "release"}

    assert set(profile.stages) == named
    assert min(profile.stages.values()) >= 0
    assert sum(profile.stages.values()) <= first.seconds


def test_tables_have_a_row_for_each_process_and_a_column_for_each_stage(
    first: BuildReport, profile: BuildProfile
) -> None:
    written = Console(file=io.StringIO(), width=200)
    BuildDisplay(Console(file=io.StringIO()), "en").profile(profile, first.seconds, written)
    shown = written.file.getvalue() if isinstance(written.file, io.StringIO) else ""

    for name in (*(task.name for task in profile.tasks), *SITE_STAGES, *profile.stages, "the rest", "in all"):
        assert name in shown


def test_profiled_or_not_the_versions_are_the_same(province: SmallProvince, first: BuildReport) -> None:
    again = build_portal(province.settings("publishconf.py"), jobs=2)

    assert again.profile is None
    assert {site.outcome for site in again.sites} == {"unchanged"}


def test_command_says_it_on_standard_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    province = SmallProvince.of(tmp_path)
    names = ("PORTAL_ROOT", "PATH", "THEME")
    places = zip(names, (tmp_path, province.content, ROOT / "theme"), strict=True)
    lines = ["from pelicanconf import *", *(f"{name} = {str(place)!r}" for name, place in places)]
    province.folder.joinpath("conf.py").write_text("\n".join(lines), encoding="utf-8")

    main(["build", "--settings", str(tmp_path / "conf.py"), "--profile", "--lang", "en"])
    said = capfd.readouterr()

    assert "Where the time of its processes went" in said.err
    assert "Where the time" not in said.out
