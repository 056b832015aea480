"""Where addresses of agencies lead that have no folder any more, and what the file of addresses says of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from plugins.portal.agency import Agency
from plugins.portal.kept_addresses import LostAddresses
from plugins.portal.kinds import Kinds
from plugins.portal.linking import Candidate, Circumstances, Linked, link
from plugins.portal.manifest import Reference, Settlement, SiteManifest

PUBLISHED = {"so-cu": ("so-cu/", "so-cu/tin-tuc/2019/a/", "so-cu/media/mau.csv", "so-cu/gioi-thieu/")}
"""What an agency without a folder had."""


def way(to: str | None, line: int = 2) -> Settlement:
    withdrawn = date(2025, 7, 1) if to is None else None
    return Settlement(to=to, withdrawn=withdrawn, reason="R", path="content/addresses.yaml", line=line, field="f")


def site(
    slug: str, *pages: str, predecessors: Sequence[str] = (), settled: Mapping[str, Settlement] = {}
) -> SiteManifest:
    agency = Agency(name=slug, kind="department", summary="S", predecessors=tuple(predecessors)) if slug else None
    home = f"{slug}/" if slug else ""
    targets = ((index, way.to) for index, way in enumerate(settled.values()) if way.to is not None)
    references = tuple(
        Reference(kind="address", target=to, path="content/addresses.yaml", line=2, field=f"addresses[{index}].to")
        for index, to in targets
    )
    return SiteManifest(
        slug=slug, digest="1", agency=agency, addresses=tuple(sorted((home, *(f"{home}{page}" for page in pages)))),
        settled=dict(settled), references=references,
    )  # fmt: skip


def linked(*sites: SiteManifest, former: Mapping[str, str] = {}) -> Linked:
    around = Circumstances(fixed=("don-vi/", ""), gone=PUBLISHED, former=former)
    return link([Candidate(manifest, None) for manifest in (site(""), *sites)], around)


def test_each_page_leads_to_the_like_one_and_what_is_nowhere_to_the_home() -> None:
    moved = linked(site("so-moi", "tin-tuc/2019/a/", "media/mau.csv", predecessors=["so-cu"])).moved

    assert {address: moved[address] for address in PUBLISHED["so-cu"]} == {
        "so-cu/": "so-moi/",
        "so-cu/tin-tuc/2019/a/": "so-moi/tin-tuc/2019/a/",
        "so-cu/media/mau.csv": "so-moi/media/mau.csv",
        "so-cu/gioi-thieu/": "so-moi/",
    }


def test_a_file_of_one_name_is_not_taken_for_that_of_another_of_several_that_were_merged() -> None:
    moved = linked(site("so-moi", "media/mau.csv", predecessors=["so-cu", "so-khac"])).moved

    assert moved["so-cu/media/mau.csv"] == "so-moi/"
    assert moved["so-khac/"] == "so-moi/"


def test_of_several_that_took_its_place_the_directory_has_what_none_of_them_has() -> None:
    moved = linked(
        site("so-a", predecessors=["so-cu"]), site("so-b", "gioi-thieu/", predecessors=["so-cu"])
    ).moved  # fmt: skip

    assert moved["so-cu/gioi-thieu/"] == "so-b/gioi-thieu/"
    assert {moved["so-cu/"], moved["so-cu/tin-tuc/2019/a/"]} == {"don-vi/"}


def test_what_git_renamed_goes_before_unless_nothing_is_there() -> None:
    former = {"so-cu/gioi-thieu/": "so-moi/ve-chung-toi/", "so-cu/tin-tuc/2019/a/": "so-moi/tin-tuc/2019/b/"}

    moved = linked(site("so-moi", "ve-chung-toi/", "gioi-thieu/", predecessors=["so-cu"]), former=former).moved

    assert moved["so-cu/gioi-thieu/"] == "so-moi/ve-chung-toi/"
    assert moved["so-cu/tin-tuc/2019/a/"] == "so-moi/"


def test_what_was_withdrawn_is_not_led_on_by_who_took_its_place() -> None:
    settled = {"so-cu/tin-tuc/2019/a/": way(None), "so-cu/media/mau.csv": way(None)}
    result = linked(site("so-moi", "tin-tuc/2019/a/", predecessors=["so-cu"], settled=settled))

    assert set(result.given_up) == settled.keys()
    assert not settled.keys() & result.moved.keys()
    assert result.moved["so-cu/gioi-thieu/"] == "so-moi/"


def test_an_agency_that_has_a_folder_answers_itself() -> None:
    assert linked(site("so-cu", "gioi-thieu/"), site("so-moi", predecessors=["so-cu"])).moved == {}


@pytest.mark.parametrize("to", ["so-moi/", None])
def test_the_province_says_of_a_home_what_became_of_all_below_it(to: str | None) -> None:
    of_province = site("", settled={"so-cu/": way(to), "so-cu/gioi-thieu/": way("so-khac/gioi-thieu/")})
    around = Circumstances(fixed=("don-vi/", ""), gone=PUBLISHED)
    sites = (of_province, site("so-moi", "tin-tuc/2019/a/"), site("so-khac", "gioi-thieu/", predecessors=["so-cu"]))

    result = link([Candidate(manifest, None) for manifest in sites], around)

    assert result.moved["so-cu/gioi-thieu/"] == "so-khac/gioi-thieu/"
    if to is None:
        assert set(result.given_up) >= {"so-cu/", "so-cu/media/mau.csv"}
    else:
        assert result.given_up == {}
        assert result.moved["so-cu/tin-tuc/2019/a/"] == "so-moi/tin-tuc/2019/a/"
        assert result.moved["so-cu/media/mau.csv"] == "so-moi/"


@pytest.mark.parametrize(
    ("settled", "message"),
    [
        ({"so-moi/a/": way("so-moi/b/"), "so-moi/b/": way("so-moi/a/")}, "leads nowhere itself, or back"),
        ({"so-moi/a/": way("so-moi/b/")}, 'there is no page at "/so-moi/b/"'),
        ({"so-moi/a/": way("so-moi/a/")}, "leads nowhere itself, or back"),
    ],
)
def test_what_leads_in_a_circle_or_to_nothing_of_its_own_keeps_a_site_back(
    settled: dict[str, Settlement], message: str
) -> None:
    problems = linked(site("so-moi", settled=settled)).problems["so-moi"]

    assert {message in problem.render() for problem in problems} == {True}
    assert problems[0].render().startswith("content/addresses.yaml:2: addresses[0].to: ")


def test_what_leads_to_what_another_does_not_have_is_told_and_keeps_nobody_back() -> None:
    result = linked(site("so-moi", settled={"so-moi/a/": way("so-khac/a/")}), site("so-khac"))

    assert (result.problems, result.moved) == ({}, {})
    assert 'there is no page at "/so-khac/a/"' in result.advice["so-moi"][0].render()


def test_nobody_says_what_becomes_of_anothers_addresses_nor_of_what_is_there() -> None:
    of_province = site("", "a/", settled={"so-moi/cu/": way(None), "a/": way(None)})
    result = link([Candidate(manifest, None) for manifest in (of_province, site("so-moi"))])

    assert (result.given_up, result.moved) == ({}, {})
    assert [problem.render() for problem in result.advice[""]] == [
        "content/addresses.yaml:2: f: /a/ is the address of a page (remove it here)",
        "content/addresses.yaml:2: f: /so-moi/cu/ is another agency's, which says itself what becomes of it "
        "(write it in agencies/so-moi/addresses.yaml)",
    ]


def test_links_to_what_was_withdrawn_lead_to_the_page_that_says_so_and_those_to_files_are_text() -> None:
    settled = {"so-moi/a/": way(None), "so-moi/media/a.csv": way(None)}
    links = tuple(Reference(kind="address", target=target, path="content/x.md", line=1, field="") for target in settled)
    writer = site("so-b").model_copy(update={"references": links})

    result = linked(site("so-moi", settled=settled), writer)

    assert result.unlinked["so-b"] == ("address:so-moi/media/a.csv",)
    assert len(result.advice["so-b"]) == 2


def test_what_git_renamed_to_what_is_gone_is_told_with_both_names() -> None:
    words = LostAddresses(
        Kinds(), "content", date(2025, 7, 1), {"so-y-te": site("so-y-te")}, {"so-y-te/a/": "so-y-te/b/"}
    )

    told = words.problem("so-y-te", "so-y-te/a/").render()

    assert '"/so-y-te/a/" was published and renamed to "/so-y-te/b/", where nothing is now' in told
    assert "- {address: /so-y-te/a/, to: /…}" in told


def test_of_an_agency_without_a_folder_everything_is_settled_by_one_line() -> None:
    words = LostAddresses(Kinds(), "content", date(2025, 7, 1), {})

    assert "predecessors: [so-cu]" in words.problem("so-cu", "so-cu/tin-tuc/2019/a/").render()


def test_who_names_an_agency_without_a_folder_is_told_who_took_its_place() -> None:
    named = Reference(kind="agency", target="so-cu", path="content/x.md", line=1, field="")
    writer = site("so-b").model_copy(update={"references": (named,)})

    [told] = linked(site("so-moi", predecessors=["so-cu"]), writer).advice["so-b"]

    assert told.render() == (
        'content/x.md:1: the agency "so-cu" has no folder any more '
        "(name the one that took its place: so-moi; meanwhile the link is shown as text)"
    )
