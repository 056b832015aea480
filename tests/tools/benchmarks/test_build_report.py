"""Ratios are those of runs that stood beside each other; the table says so in a row for each case."""

from __future__ import annotations

import json

import pytest

from tools.benchmarks.build_report import Spread, as_json, as_markdown, ratio
from tools.benchmarks.builds import BuildBenchmark, Measured, Weight, plan_of
from tools.benchmarks.machine import Machine
from tools.benchmarks.process import Cost

QUIET, BUSY = Cost(1.0, 1.5, 300_000_000), Cost(3.0, 1.5, 300_000_000)
HUGO_QUIET, HUGO_BUSY = Cost(10.0, 15.0, 900_000_000), Cost(30.0, 15.0, 900_000_000)
ARTICLE = Measured("article", (QUIET, BUSY, QUIET), (HUGO_QUIET, HUGO_BUSY, HUGO_BUSY))
SYNONYM = Measured("synonym", (QUIET,), ())


@pytest.fixture
def found() -> BuildBenchmark:
    machine = Machine(2, "Example CPU", 8 * 2**30, "ext4 on a solid-state disk", "Linux 6.1", "3.11.7")
    weight = Weight(pages=10, page_bytes=50_000, files=12, article=8_000, procedure=16_000)
    return BuildBenchmark(machine, "0.168.0", plan_of(1), 3, {"portal": weight, "hugo": weight}, (ARTICLE, SYNONYM))


def test_ratio_is_of_what_both_took_in_the_same_round() -> None:
    assert ratio(ARTICLE, "wall") == Spread(min=1 / 30, median=0.1, max=0.1)
    assert ratio(ARTICLE, "memory") == Spread(min=1 / 3, median=1 / 3, max=1 / 3)


def test_there_is_no_ratio_where_hugo_has_nothing_to_do() -> None:
    assert ratio(SYNONYM, "wall") is None


def test_json_has_every_run_and_the_ratios(found: BuildBenchmark) -> None:
    article, synonym = json.loads(as_json(found))["cases"]

    assert [cost["wall"] for cost in article["portal"]] == [1.0, 3.0, 1.0]
    assert article["ratio"]["cpu"] == {"min": 0.1, "median": 0.1, "max": 0.1}
    assert synonym["ratio"] is None


def test_table_has_medians_and_the_spread_of_ratios(found: BuildBenchmark) -> None:
    described, _, _, _, _, _, article, synonym = as_markdown(found).splitlines()

    assert described.startswith(
        "2 cores (Example CPU), 8 GiB of memory, ext4 on a solid-state disk, Linux 6.1, Python 3.11.7"
    )
    assert "Hugo 0.168.0. 50 agencies, 1,930 procedures, 10,000 news, 1,000 pages" in described
    assert article == (
        "| one article edited | 1.00 | 30.00 | 0.10 (0.03–0.10) | 1.50 | 15.00 | 0.10 | 300 | 900 | 0.33 |"
    )
    assert synonym == "| one synonym edited | 1.00 | – | – | 1.50 | – | – | 300 | – | – |"
