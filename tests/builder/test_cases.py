"""Every province of tests/sites builds as its expected.txt says: each site's outcome, each problem to the letter.

Advice stands at the end, after a question mark.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.provinces import SITES, SmallProvince

CASES = sorted(path.name for path in SITES.iterdir())


@pytest.mark.parametrize("case", CASES)
def test_province_builds_as_expected(case: str, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path, case)

    report = province.build()

    outcomes = [f"{site.slug}: {site.outcome}" for site in report.sites]
    expected = (SITES / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    lines = [*outcomes, "", *province.problems(report), *(f"? {advice}" for advice in province.advice(report))]
    assert "\n".join(lines).rstrip().splitlines() == expected


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if case not in ("base", "broken-reference", "duplicate-code", "page-takes-agency", "unknown-in-province")
    ],
)
def test_broken_agency_keeps_its_last_good_site_and_nobody_else_notices(case: str, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.files()
    province.lay_over(case)

    report = province.build()

    assert report.problems
    after = province.files()
    of_agency = {name: body for name, body in before.items() if name.startswith("so-y-te/")}
    assert {name: body for name, body in after.items() if name.startswith("so-y-te/")} == of_agency
    assert {name for name in before if not name.startswith("kiem-tra/")} <= after.keys()
    assert {site.outcome for site in report.sites if site.slug == "so-y-te"} == {"kept"}
