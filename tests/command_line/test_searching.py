"""`portal search` and `portal search-report` as an editor runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.test_command_line import places, portal
from tests.provinces import SmallProvince

QUERIES = """\
queries:
  - {ask: khai sinh, kind: exact, want: ['1.001193']}
  - {ask: lý lịch, kind: exact, want: ['1.001193']}
"""


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    built = SmallProvince.of(tmp_path_factory.mktemp("searched"))
    assert portal("build", *places(built)).returncode == 0
    return built


def ask(province: SmallProvince, *arguments: str | Path) -> tuple[int, list[str], str]:
    settings = places(province)
    done = portal(*arguments, *settings[:4])
    return done.returncode, done.stdout.splitlines(), done.stderr.strip()


def test_query_lists_what_it_finds_the_best_first(province: SmallProvince) -> None:
    code, lines, _ = ask(province, "search", "dang", "ky", "khai", "sinh", "--limit", "1")

    assert code == 0
    assert len(lines) == 1
    assert lines[0].split(maxsplit=1)[1].startswith("Đăng ký khai sinh · 1.001193 · ")


def test_query_searches_news_or_one_agency_on_demand(province: SmallProvince) -> None:
    _, news, _ = ask(province, "search", "hộ tịch", "--in", "tin")
    _, own, _ = ask(province, "search", "đăng ký", "--site", "so-y-te")

    assert "Sở Tư pháp" in news[0]
    assert not any("Đăng ký khai sinh" in line for line in own)


def test_query_is_explained_on_demand(province: SmallProvince) -> None:
    _, lines, _ = ask(province, "search", "kết", "hôn", "--explain")

    assert {line.strip() for line in lines} >= {"1.50  _ket_hon", "1.50  =kêt2", "1.00  ket"}


def test_report_scores_a_suite_and_lists_its_misses(province: SmallProvince, tmp_path: Path) -> None:
    suite = tmp_path / "suite.yaml"
    suite.write_text(QUERIES, encoding="utf-8")
    code, lines, _ = ask(province, "search-report", suite, "--misses")

    assert code == 0
    [row] = [line.replace("│", " ").split() for line in lines if "│ all" in line]
    assert row[:2] == ["all", "2"]
    assert row[3] == "0.500"
    assert any(line.startswith("exact: lý lịch [1.001193] at ") for line in lines)


def test_what_cannot_be_searched_is_said(province: SmallProvince, tmp_path: Path) -> None:
    empty = SmallProvince.of(tmp_path)

    assert ask(empty, "search", "a")[::2] == (2, "portal: chưa có cổng nào để tìm: hãy chạy portal build trước")
    code, _, said = ask(province, "search", "a", "--in", "tim")
    assert (code, said) == (2, 'portal: phần tìm kiếm không có chỉ mục "tim" (ý bạn là "tin"?)')
    code, _, said = ask(province, "search", "a", "--site", "so-yte")
    assert (code, said) == (2, 'portal: không có cơ quan "so-yte" (ý bạn là "so-y-te"?)')
