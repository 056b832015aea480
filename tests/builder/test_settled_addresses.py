"""Who settles an address that a site does not answer any more: others' pages, what leads on, what was withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plugins.builder.address_guard import AddressGuard, Answers
from plugins.builder.jobs import LinkOutcome, Version
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import LostAddressError
from plugins.releases.address_ledger import DERIVED, PUBLISHED, AddressLedger

OLD, LIST, FEED = "so-y-te/tin-tuc/2019/cu/", "so-y-te/tin-tuc/trang/2/", "so-y-te/tin-tuc/feed.atom"
VERSIONS = {"so-y-te": "2", "province": "1", "catalogue": "1", "portal": "1"}
Answering = Callable[..., AddressGuard]


@pytest.fixture
def answering(tmp_path: Path) -> Answering:
    """A guard of a portal that had the three addresses, and now answers those that are given, by site."""
    AddressLedger.beside(tmp_path).append("so-y-te", {OLD: PUBLISHED, LIST: DERIVED, FEED: DERIVED})

    def guard(so_y_te: SiteManifest | None = None, **answered: tuple[str, ...]) -> AddressGuard:
        manifests = {
            name: SiteManifest(slug="", digest="1", agency=None, addresses=answered.get(name, ())) for name in VERSIONS
        }
        manifests["so-y-te"] = so_y_te or SiteManifest(slug="so-y-te", digest="2", agency=None)
        return AddressGuard(
            tmp_path,
            tmp_path / "public",
            Kinds(),
            lambda name, digest: manifests[name],
            content="content",
            today=date(2019, 9, 24),
            allow_loss=False,
        )

    return guard


MOVED = {OLD: "so-y-te/tin-tuc/2020/moi/"}


def of(moved: dict[str, str], *left_out: str, withdrawn: tuple[str, ...] = ()) -> LinkOutcome:
    return LinkOutcome(digests={}, left_out=left_out, problems={}, moved=moved, withdrawn=withdrawn)


def test_what_nobody_settles_is_named_with_the_lines_that_do(answering: Answering) -> None:
    with pytest.raises(LostAddressError) as stopped:
        answering().settle(VERSIONS, of({}))

    told = stopped.value.render()
    assert f"aliases: [/{OLD}]" not in told  # without kinds nobody knows that it was a text
    assert f'"/{OLD}" was published' in told


@pytest.mark.parametrize("settled", [of(MOVED), of({}, withdrawn=(OLD,))])
def test_what_leads_on_or_was_withdrawn_is_settled(answering: Answering, settled: LinkOutcome) -> None:
    assert answering().settle(VERSIONS, settled).let_go == ()


@pytest.mark.parametrize("name", ["province", "catalogue", "portal"])
def test_a_page_of_others_settles_it(answering: Answering, name: str) -> None:
    assert OLD in answering(**{name: (OLD,)}).settle(VERSIONS, of({})).checked["so-y-te"].published


def test_what_follows_from_what_was_withdrawn_was_withdrawn_too(answering: Answering) -> None:
    guard, record, page = answering(portal=("so-y-te/",)), f"{OLD}index.json", f"{OLD}ban-cu/"
    guard.ledger.append("so-y-te", {record: DERIVED, page: DERIVED})

    settled = guard.settle(VERSIONS, of({}, withdrawn=(OLD,)))
    of_one_that_is_gone = guard.settle(VERSIONS, of({record: "so-y-te/"}, withdrawn=(OLD,)))

    assert settled.withdrawn == of_one_that_is_gone.withdrawn == {record, page}
    assert settled.led_on == dict.fromkeys((record, page), OLD) | dict.fromkeys((LIST, FEED), "so-y-te/")


def test_what_follows_from_a_page_that_moved_leads_to_the_like_one_of_the_new(answering: Answering) -> None:
    new = MOVED[OLD]
    guard = answering(portal=("so-y-te/", new, f"{new}index.json"))
    guard.ledger.append("so-y-te", {f"{OLD}index.json": DERIVED, f"{OLD}ban-cu/": DERIVED})

    led_on = guard.settle(VERSIONS, of(MOVED)).led_on

    assert (led_on[f"{OLD}index.json"], led_on[f"{OLD}ban-cu/"]) == (f"{new}index.json", new)


def test_what_follows_leads_to_the_nearest_above_and_never_to_what_leads_on(answering: Answering) -> None:
    guard = answering(portal=("so-y-te/",))

    assert guard.settle(VERSIONS, of(MOVED)).led_on == {LIST: "so-y-te/", FEED: "so-y-te/"}
    moved = MOVED | {"so-y-te/tin-tuc/": "so-noi-vu/tin-tuc/"}
    assert guard.settle(VERSIONS, of(moved)).led_on == {LIST: "so-noi-vu/tin-tuc/", FEED: "so-noi-vu/tin-tuc/"}
    assert answering().settle(VERSIONS, of(MOVED)).led_on == {LIST: "", FEED: ""}


def test_versions_are_read_once_however_many_addresses_lead_on() -> None:
    """Seven thousand of them took a second, of each edit."""
    page = "so-y-te/tin-tuc/2019/bai-7/"
    read: list[str] = []

    def manifest_of(name: str, digest: str) -> SiteManifest:
        read.append(name)
        own = (page,) if name == "so-y-te" else ()
        return SiteManifest(slug="", digest=digest, agency=None, addresses=own)

    answers = Answers(VERSIONS, manifest_of, of({}))

    listed = [f"so-y-te/tin-tuc/2019/bai-{number}/" for number in range(50)]
    assert [address for address in listed if answers.has(address)] == [page]
    assert sorted(read) == sorted(VERSIONS)


def test_nothing_is_led_on_where_a_file_stands_in_the_place_of_a_folder(answering: Answering) -> None:
    guard = answering(portal=("so-y-te/tin-tuc/trang",))

    assert guard.settle(VERSIONS, of(MOVED)).led_on == {FEED: ""}


def test_a_site_that_is_left_out_leads_to_its_notice_until_it_is_mended(answering: Answering) -> None:
    guard = answering(portal=("so-y-te/",))
    versions = {name: digest for name, digest in VERSIONS.items() if name != "so-y-te"}

    settled = guard.settle(versions, of({}, "so-y-te"))

    assert settled.led_on[OLD] == "so-y-te/"
    assert settled.checked["so-y-te"].published == (OLD,)


def test_who_settled_it_is_asked_again_although_its_site_is_as_it_was(answering: Answering) -> None:
    guard = answering()
    guard.remember(VERSIONS, guard.settle(VERSIONS, of(MOVED)))
    assert guard.ledger.checked()["so-y-te"].published == (OLD,)

    guard.settle(VERSIONS, of(MOVED))
    with pytest.raises(LostAddressError):
        guard.settle(VERSIONS, of({}))


def test_linking_is_told_of_what_a_site_does_not_settle_itself(answering: Answering) -> None:
    new = Version("so-y-te", "2")
    site = SiteManifest(slug="so-y-te", digest="2", agency=None)

    assert answering(site).missing([new]) == [("so-y-te", OLD)]
    assert answering(site.model_copy(update={"moved": MOVED})).missing([new]) == []
    assert answering(site.model_copy(update={"withdrawn": (OLD,), "addresses": (OLD,)})).missing([new]) == []
    assert answering().missing([], gone=[new]) == [("so-y-te", OLD)]
