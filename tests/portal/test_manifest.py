"""`site.json`: what a compiled site gives to the rest of the portal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from plugins.articles.cards import PageCard
from plugins.articles.kinds import ARTICLE as ARTICLES
from plugins.articles.news import news_of
from plugins.portal.cards import Outcome, agency_card, failed_manifest, manifest_of
from plugins.portal.manifest import Reference, SiteManifest, cards_of
from plugins.portal.problems import Problem, text
from plugins.procedures.kinds import procedures_of
from tests.portal.contents import ARTICLE, KINDS, PAGE, PROCEDURE, ContentFolder


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def manifest(content: ContentFolder) -> SiteManifest:
    site = content.load()
    assert site.problems == ()
    outcome = Outcome(references=site.references, written=("so-y-te/b/", "so-y-te/", "so-y-te/"))
    return manifest_of(site, content.shared(), "0123", outcome, KINDS)


def test_manifest_survives_being_written_and_read(content: ContentFolder) -> None:
    content.write("news/2019/tin.md", ARTICLE.replace("2019-09-24", "2019-09-24 08:30"))
    content.write("pages/trang.md", PAGE)
    content.write(
        "procedures/1.004616.yaml", f"{PROCEDURE}related: ['1.000001']\nlocal_codes: ['1.004616.000.00.00.H30']\n"
    )
    content.write(
        "agency.yaml", "name: Sở\nkind: unit\nsummary: S\nlifecycle:\n  state: dissolved\n  date: 2019-01-01\n"
    )
    made = manifest(content)
    assert SiteManifest.model_validate_json(made.model_dump_json()) == made
    assert procedures_of(made)[0].other_codes == ("1.004616.000.00.00.H30",)
    assert [reference.target for reference in made.references] == ["1.000001"]
    assert made.addresses == ("so-y-te/", "so-y-te/b/")


def test_articles_are_newest_first_and_of_one_minute_by_slug(content: ContentFolder) -> None:
    for name, date in (("b", "2019-09-24"), ("a", "2019-09-24"), ("c", "2019-09-24 00:01"), ("d", "2018-01-01")):
        content.write(f"news/{name}.md", ARTICLE.replace("2019-09-24", date))
    listed = content.load().listed(ARTICLES, content.shared())
    assert [entry.slug for entry, _ in listed] == ["c", "a", "b", "d"]
    assert [card.url.split("/")[-2] for card in news_of(manifest(content))] == ["c", "a", "b", "d"]


def test_pages_stand_in_the_order_that_their_editors_gave(content: ContentFolder) -> None:
    for name, order in (("a", "20"), ("b", "3"), ("c", "20")):
        content.write(f"pages/{name}.md", f"---\ntitle: Trang {name}\norder: {order}\n---\n")
    cards = cards_of(manifest(content), "page", PageCard)
    assert [page.url for page in cards] == [
        "so-y-te/b/",
        "so-y-te/a/",
        "so-y-te/c/",
    ]


def test_news_in_draft_is_not_offered_to_the_province(content: ContentFolder) -> None:
    content.write("news/nhap.md", ARTICLE.replace("title: Tin", "title: Nháp\nstatus: draft"))
    content.write("news/tin.md", ARTICLE)
    made = manifest(content)
    assert [card.title for card in news_of(made)] == ["Tin"]


def test_failed_manifest_promises_and_offers_nothing(content: ContentFolder) -> None:
    content.write("procedures/1.004616.yaml", PROCEDURE)
    content.write("procedures/1.004617.yaml", "code: [")
    site = content.load()
    made = failed_manifest(site, "0123", [*site.problems, *site.problems])
    assert made.cards == {}
    assert made.promised == ("1.004616", "1.004617")
    assert made.addresses == ("so-y-te/thu-tuc/1.004616/",)
    assert made.problems == site.problems
    assert SiteManifest.model_validate_json(made.model_dump_json()) == made


def test_agency_whose_record_cannot_be_read_is_called_by_its_slug(content: ContentFolder) -> None:
    content.write("agency.yaml", "name: [")
    site = content.load()
    card = agency_card(failed_manifest(site, "0", site.problems), available=False)
    assert (card.name, card.kind, card.available, card.url, card.state) == (
        "so-y-te", "other", False, "so-y-te/", "active",
    )  # fmt: skip


def test_card_counts_what_the_agency_offers(content: ContentFolder) -> None:
    content.write("news/tin.md", ARTICLE)
    content.write("procedures/1.004616.yaml", PROCEDURE)
    card = agency_card(manifest(content), available=True)
    assert (card.name, card.counts, card.available) == ("Sở Y tế", {"article": 1, "procedure": 1}, True)


@pytest.mark.parametrize(
    "change",
    [{"version": 2}, {"version": "1"}, {"extra": 1}, {"slug": None}, {"procedures": [{}]}, {"agency": {"name": "x"}}],
)
def test_manifest_that_is_not_ours_is_refused(content: ContentFolder, change: dict[str, Any]) -> None:
    written = json.loads(manifest(content).model_dump_json())
    assert SiteManifest.model_validate_json(json.dumps(written))
    with pytest.raises(ValidationError):
        SiteManifest.model_validate_json(json.dumps(written | change))


def test_manifest_never_changes(content: ContentFolder) -> None:
    made = manifest(content)
    with pytest.raises(ValidationError):
        made.slug = "khac"  # type: ignore[misc]


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(_TEXT, _TEXT, st.none() | st.integers(1, 10**6), _TEXT)
def test_problems_and_references_survive_being_written_and_read(
    path: str, said: str, line: int | None, field: str
) -> None:
    made = SiteManifest(
        slug="a",
        digest="0",
        agency=None,
        references=(Reference(kind="address", target=said, path=path, line=line, field=field),),
        problems=(Problem(path=path, line=line, field=field, message=text("must be {said}", said=said)),),
    )
    read = SiteManifest.model_validate_json(made.model_dump_json())
    assert read == made
    assert read.problems[0].render() == made.problems[0].render()
    assert f"must be {said}" in read.problems[0].render()
