"""The records of the crawl, if it is there: all are taken, make content without problems, and stay as they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.importing import carry_out, plan_import
from plugins.importing.national import Draft
from plugins.importing.sources import read_source
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.procedure import Procedure
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_reading import load_site
from plugins.portal.yaml_source import parse_yaml
from plugins.portal.yaml_text import record_text
from tests.needed import shared
from tests.portal.contents import KINDS
from tests.provinces import ROOT

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tthc-clean.jsonl.gz"
ALL = 2_625


@pytest.fixture(scope="module")
def records() -> Path:
    return shared(SHARED)


@pytest.mark.shared
def test_every_record_reads_back_as_it_was_written(records: Path) -> None:
    drafts = [record.outcome for record in read_source(records).records]
    assert len(drafts) == ALL
    for draft in drafts:
        assert isinstance(draft, Draft)
        assert Procedure.model_validate(parse_yaml(record_text(draft.procedure, "x")).value) == draft.procedure


@pytest.mark.shared
def test_all_are_taken_into_the_demo_without_problems_and_a_second_time_nothing_is_written(
    records: Path, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("news", "media"))
    summary = carry_out(plan_import(content, [records]))
    assert (summary.read, summary.refused, summary.duplicates) == (ALL, 0, 0)
    assert summary.fully + summary.doubtful == ALL
    assert summary.fully > 1_900
    assert summary.overwritten == 0
    shared, problems = load_shared(content, "content")
    assert shared is not None
    assert problems == ()
    slugs, _ = agency_slugs(content, "content")
    for slug in ("", *slugs):
        site = load_site(content, "content", slug, shared, drafts=True, agencies=slugs, kinds=KINDS)
        # News and media were left behind: what is said of them is not of interest.
        found = [problem.render() for problem in site.problems if "/procedures/" in problem.path]
        assert [said for said in found if "media/" not in said] == []
    again = plan_import(content, [records])
    assert again.writes == ()
    assert again.summary().unchanged == ALL
