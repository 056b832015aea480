"""`portal bench build`: a tiny province and Hugo's copy of it, each built after every edit, for real."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from plugins.command_line import CLEAN, COULD_NOT_RUN, main
from plugins.portal.problems import PortalError
from tools.benchmarks.build_report import TITLES
from tools.benchmarks.builds import CASES, OURS_ALONE, benchmark_builds, plan_of

TINY = 0.001

pytestmark = [pytest.mark.heavy, pytest.mark.apart]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all was measured once."""
    folder = tmp_path_factory.mktemp("bench") / "work"
    options = ["--scale", str(TINY), "--runs", "1", "--markdown", "--folder", str(folder)]
    report = folder.with_name("report.json")
    with pytest.MonkeyPatch.context() as patch, report.with_suffix(".md").open("w", encoding="utf-8") as table:
        patch.setattr("sys.stdout", table)
        assert main(["bench", "build", *options, "--json", str(report)]) == CLEAN
    return folder


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(folder.with_name("report.json").read_text(encoding="utf-8"))
    return report


def test_every_case_has_figures_of_both_but_where_hugo_has_nothing_to_do(report: dict[str, Any]) -> None:
    assert [case["case"] for case in report["cases"]] == list(CASES)
    assert {case["case"] for case in report["cases"] if not case["hugo"]} == OURS_ALONE
    assert {case["case"] for case in report["cases"] if case["ratio"] is None} == OURS_ALONE
    costs = [cost for case in report["cases"] for cost in (*case["portal"], *case["hugo"])]
    assert min(cost["wall"] for cost in costs) > 0
    assert min(cost["cpu"] for cost in costs) > 0
    assert min(cost["memory"] for cost in costs) > 10_000_000


def test_report_names_the_machine_the_corpus_and_hugo(report: dict[str, Any]) -> None:
    assert report["machine"].keys() == {"processors", "processor", "memory", "disk", "system", "python"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", report["hugo"])
    assert report["corpus"] == {"agencies": 5, "procedures": 30, "news": 60, "pages": 12, "seed": 1}


def test_both_write_pages_of_like_weight(report: dict[str, Any]) -> None:
    ours, other = report["output"]["portal"], report["output"]["hugo"]

    for page in ("article", "procedure"):
        assert 0.85 < other[page] / ours[page] < 1.15
    assert 0.8 < other["pages"] / ours["pages"] <= 1


def test_hugo_writes_nothing_that_the_portal_has_not_at_the_same_address(folder: Path) -> None:
    ours, other = folder / "portal" / "public", folder / "hugo" / "public"
    pages = {path.relative_to(other).as_posix() for path in other.rglob("*.html")}

    assert {page for page in pages if not (ours / page).is_file()} == set()


def test_table_has_a_row_for_every_case(folder: Path) -> None:
    table = folder.with_name("report.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")]

    assert [row[0].removeprefix("| ") for row in rows[2:]] == list(TITLES.values())
    assert {len(row) for row in rows} == {10}


def test_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(PortalError, match="is not an empty folder"):
        benchmark_builds(TINY, 1, print, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("given", [["--scale", "0"], ["--scale", "nan"], ["--runs", "0"]])
def test_nothing_to_measure_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "build", *given]) == COULD_NOT_RUN
    assert "there is nothing to measure" in capsys.readouterr().err


def test_report_that_cannot_be_written_is_told_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "build", "--json", str(tmp_path / "none" / "a.json")]) == COULD_NOT_RUN
    assert "không ghi được" in capsys.readouterr().err


def test_scales_are_shares_and_multiples_of_a_province() -> None:
    tenfold = plan_of(10)

    assert (tenfold.agencies, tenfold.procedures, tenfold.news, tenfold.pages) == (500, 19_300, 100_000, 10_000)
    assert plan_of(0.1).news == 1_000
