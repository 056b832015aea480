"""What builds took beside Hugo's, as JSON and as the table of docs/performance.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal

from tools.benchmarks.builds import BuildBenchmark, Case, Measured
from tools.benchmarks.process import Cost

Measure = Literal["wall", "cpu", "memory"]
MEASURES: tuple[Measure, ...] = ("wall", "cpu", "memory")
TITLES: dict[Case, str] = {
    "cold": "cold: no build folder, no cache",
    "cold with caches": "cold, with the cache file alone",
    "theme": "theme edited",
    "article": "one article edited",
    "procedure": "one procedure edited",
    "agency": "one agency's record edited",
    "synonym": "one synonym edited",
    "nothing": "nothing changed",
    "article beside documents": "one article edited, beside documents",
    "document": "one document edited",
}
MEMORY = (
    "proportional set size of all processes together at the highest, sampled from /proc/PID/smaps_rollup; "
    "of Hugo, that of its one process"
)
_MEGABYTE = 1e6
_UNITS: dict[Measure, tuple[float, int]] = {"wall": (1, 2), "cpu": (1, 2), "memory": (_MEGABYTE, 0)}
"""By how much each is divided, and with how many places shown."""
HEADINGS = (
    "", "portal, s", "Hugo, s", "ratio", "portal, s CPU", "Hugo, s CPU", "ratio", "portal, MB", "Hugo, MB", "ratio"
)  # fmt: skip


@dataclass(frozen=True)
class Spread:
    """Several runs."""

    min: float
    median: float
    max: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(min(values), median(values), max(values))

    def written(self, places: int) -> str:
        """The median, with the extremes where there was more than one run."""
        middle, low, high = (f"{value:.{places}f}" for value in (self.median, self.min, self.max))
        return middle if low == high else f"{middle} ({low}–{high})"


def spread(costs: Sequence[Cost], measure: Measure) -> Spread:
    """Of one side's runs."""
    return Spread.of([getattr(cost, measure) for cost in costs])


def ratio(case: Measured, measure: Measure) -> Spread | None:
    """Of what both took in the same round, by which a machine that others use too is left out; None without Hugo."""
    if not case.hugo:
        return None
    pairs = zip(case.portal, case.hugo, strict=True)
    return Spread.of([getattr(ours, measure) / getattr(other, measure) for ours, other in pairs])


def as_json(measured: BuildBenchmark) -> str:
    """All runs, with the ratios that follow from them."""
    written: dict[str, Any] = {
        "machine": asdict(measured.machine),
        "hugo": measured.hugo_version,
        "corpus": {name: getattr(measured.plan, name) for name in ("agencies", "procedures", "news", "pages", "seed")},
        "runs": measured.runs,
        "units": {"wall": "s", "cpu": "s", "memory": "bytes"},
        "memory": MEMORY,
        "output": {name: asdict(weight) for name, weight in measured.weights.items()},
        "cases": [_case(case) for case in measured.cases],
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def _case(case: Measured) -> dict[str, Any]:
    ratios = {measure: ratio(case, measure) for measure in MEASURES}
    return {
        "case": case.case,
        "portal": [asdict(cost) for cost in case.portal],
        "hugo": [asdict(cost) for cost in case.hugo],
        "ratio": {measure: asdict(spread) for measure, spread in ratios.items() if spread is not None} or None,
    }


def as_markdown(measured: BuildBenchmark) -> str:
    """The table with what it was measured on; medians, and in brackets the least and the most."""
    plan, weights = measured.plan, measured.weights
    size = (
        f"{plan.agencies:,} agencies, {plan.procedures:,} procedures, {plan.news:,} news, {plan.pages:,} pages; "
        f"medians of {measured.runs} runs in turn (least–most)"
    )
    outputs = "; ".join(
        f"{name}: {weight.pages:,} pages of HTML in {weight.files:,} files, "
        f"{weight.page_bytes / _MEGABYTE:.1f} MB of HTML, "
        f"an article's page {weight.article / 1000:.1f} KB, a procedure's {weight.procedure / 1000:.1f} KB"
        for name, weight in (("portal", weights["portal"]), ("Hugo", weights["hugo"]))
    )
    lines = [
        f"{measured.machine.describe()}, Hugo {measured.hugo_version}. {size}.",
        f"Output: {outputs}.",
        f"Memory: {MEMORY}.",
        "",
        _row(HEADINGS),
        _row(["---", *["---:"] * (len(HEADINGS) - 1)]),
        *(_row(cells(case)) for case in measured.cases),
    ]
    return "\n".join(lines) + "\n"


def cells(case: Measured) -> list[str]:
    """A row of the table: each measure of both sides, and the ratio."""
    row = [TITLES[case.case]]
    for measure, (unit, places) in _UNITS.items():
        for costs in (case.portal, case.hugo):
            row.append(f"{spread(costs, measure).median / unit:.{places}f}" if costs else "–")
        compared = ratio(case, measure)
        row.append(compared.written(2) if compared else "–")
    return row


def _row(row: Sequence[str]) -> str:
    return f"| {' | '.join(row)} |"
