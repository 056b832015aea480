"""Which version of each site the portal shows, and what is wrong between sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal import addresses
from plugins.portal.linking import MOST_HINTS, Candidate, Circumstances, Linked
from plugins.portal.linking import link as link_kinds
from plugins.portal.manifest import Reference, RemovedRecord, SiteManifest
from plugins.portal.problems import Problem, Translate, text
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.kinds import procedures_of
from tests.portal.contents import KINDS


def link(candidates: Sequence[Candidate], around: Circumstances | None = None) -> Linked:
    return link_kinds(candidates, replace(around or Circumstances(), kinds=KINDS))


BROKEN = (Problem(path="content/x", message=text("not an ordinary file")),)


def card(slug: str, code: str) -> ProcedureCard:
    return ProcedureCard(
        code=code,
        title="Thủ tục",
        url=addresses.procedure(slug, code),
        agency_slug=slug,
        agency_name=slug,
        field="ho-tich",
        field_name="Hộ tịch",
        online_level=None,
        online_mode=None,
        performed_by=("province",),
        audiences=(),
        status="in_force",
        path=f"content/{slug or 'province'}/{code}.yaml",
    )


def site(
    slug: str,
    digest: str = "new",
    codes: tuple[str, ...] = (),
    pages: tuple[str, ...] = (),
    to: tuple[str, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> SiteManifest:
    """A manifest; `to` are references such as `procedure:1.000001`, each on a line of its own."""
    return SiteManifest(
        slug=slug,
        digest=digest,
        agency=None,
        promised=codes,
        addresses=tuple(f"{addresses.site_home(slug)}{page}/" for page in pages),
        references=tuple(
            Reference.model_validate(
                {"kind": kind, "target": target, "path": f"content/{slug}/x.md", "line": number, "field": ""}
            )
            for number, (kind, _, target) in enumerate((written.partition(":") for written in to), 1)
        ),
        problems=problems,
    ).with_cards("procedure", [card(slug, code) for code in codes if not problems])


def fresh(*manifests: SiteManifest) -> list[Candidate]:
    return [Candidate(manifest, None) for manifest in manifests]


def rendered(problems: Mapping[str, tuple[Problem, ...]], translate: Translate = str) -> dict[str, list[str]]:
    return {slug: [problem.render(translate) for problem in several] for slug, several in problems.items()}


def said(linked: Linked, translate: Translate = str) -> dict[str, list[str]]:
    return rendered(linked.problems, translate)


def digests(linked: Linked) -> dict[str, str]:
    return {slug: manifest.digest for slug, manifest in linked.manifests.items()}


def test_sites_without_problems_are_shown_in_order() -> None:
    linked = link(fresh(site("so-y-te"), site(""), site("so-tu-phap")))
    assert list(linked.manifests) == ["", "so-tu-phap", "so-y-te"]
    assert (linked.problems, linked.left_out, linked.promised, linked.advice) == ({}, {}, {}, {})


def test_references_that_lead_nowhere_are_shown_as_text_and_told_with_the_nearest() -> None:
    writer = site("a", to=("procedure:1.000002", "agency:so-yte", "address:so-y-te/gioi/", "address:khong-co/"))
    linked = link(fresh(writer, site("so-y-te", codes=("1.000001",), pages=("gioi-thieu",))))
    as_text = "; meanwhile the link is shown as text)"
    assert rendered(linked.advice) == {
        "a": [
            f'content/a/x.md:1: there is no procedure "1.000002" (did you mean "1.000001"?{as_text}',
            f'content/a/x.md:2: unknown agency "so-yte" (did you mean "so-y-te"?{as_text}',
            f'content/a/x.md:3: there is no page at "/so-y-te/gioi/" (did you mean "/so-y-te/gioi-thieu/"?{as_text}',
            'content/a/x.md:4: there is no page at "/khong-co/" '
            f"(look for the page on the portal, and copy its address{as_text}",
        ]
    }
    assert linked.unlinked == {
        "a": ("address:khong-co/", "address:so-y-te/gioi/", "agency:so-yte", "procedure:1.000002"),
        "so-y-te": (),
    }
    assert (digests(linked), linked.problems) == ({"a": "new", "so-y-te": "new"}, {})


def test_reference_that_leads_nowhere_is_told_in_vietnamese() -> None:
    linked = link(fresh(site("a", to=("agency:so-yte",)), site("so-y-te")))
    assert rendered(linked.advice, load_catalogue(MESSAGES, "vi").gettext) == {
        "a": [
            'content/a/x.md:1: không có cơ quan "so-yte" '
            '(ý bạn là "so-y-te"?; trong lúc này liên kết được hiện như chữ thường)'
        ]
    }


def test_reference_of_a_record_keeps_its_field_and_is_no_link_in_a_text() -> None:
    reference = Reference(
        kind="agency", target="b", path="content/a/agency.yaml", line=4, field="lifecycle.successors[0]"
    )
    linked = link(fresh(site("a").model_copy(update={"references": (reference,)})))
    assert rendered(linked.advice) == {
        "a": [
            'content/a/agency.yaml:4: lifecycle.successors[0]: unknown agency "b" '
            "(write the name of a folder in agencies/)"
        ]
    }
    assert linked.unlinked == {"a": ()}


def test_references_that_lead_somewhere_are_silent() -> None:
    writer = site(
        "a",
        to=(
            "procedure:1.000001", "procedure:1.000009", "agency:b", "address:b/", "address:b/gioi-thieu/",
            "address:thu-tuc/1.000001/", "address:gioi-thieu/", "address:don-vi/", "agency:a",
        ),
    )  # fmt: skip
    owner = site("b", codes=("1.000001",), pages=("gioi-thieu",))
    province = site("", codes=("1.000009",), pages=("gioi-thieu",))
    linked = link(fresh(writer, owner, province), Circumstances(fixed=("don-vi/",)))
    assert (linked.problems, linked.advice, linked.unlinked["a"]) == ({}, {}, ())


def test_last_good_version_stays_where_the_new_one_is_broken() -> None:
    linked = link([Candidate(site("a", problems=BROKEN), site("a", "old"))])
    assert digests(linked) == {"a": "old"}
    assert said(linked) == {"a": ["content/x: not an ordinary file"]}


def test_site_that_never_was_good_is_left_out() -> None:
    linked = link(fresh(site("a", problems=BROKEN), site("b")))
    assert (digests(linked), list(linked.left_out)) == ({"b": "new"}, ["a"])


def test_links_to_a_site_that_cannot_be_shown_now_are_text_and_nobody_is_told() -> None:
    broken = site("b", codes=("1.000001",), pages=("gioi-thieu",), problems=BROKEN)
    writer = site("a", to=("procedure:1.000001", "agency:b", "address:b/gioi-thieu/", "address:b/nobody-knows/"))
    linked = link(fresh(writer, broken))
    assert (list(linked.problems), linked.advice) == (["b"], {})
    assert digests(linked) == {"a": "new"}
    assert linked.promised == {"1.000001": "b"}
    # The agency's address and the procedure's have a notice; its pages do not answer.
    assert linked.unlinked == {"a": ("address:b/gioi-thieu/", "address:b/nobody-knows/")}


def test_code_that_a_last_good_version_shows_is_not_only_promised() -> None:
    linked = link([Candidate(site("b", codes=("1.000001",), problems=BROKEN), site("b", "old", codes=("1.000001",)))])
    assert linked.promised == {}


def test_name_of_a_broken_file_that_is_no_code_is_not_promised() -> None:
    assert link(fresh(site("b", codes=("khai-sinh", "1.000001"), problems=BROKEN))).promised == {"1.000001": "b"}


@pytest.mark.parametrize("before", [None, site("a", "old")], ids=["fresh", "shown before"])
def test_what_another_removes_holds_nobody_back(before: SiteManifest | None) -> None:
    linked = link(
        [
            Candidate(site("a", to=("procedure:1.000001", "address:b/cu/", "agency:c")), before),
            Candidate(site("b", "new"), site("b", "old", codes=("1.000001",), pages=("cu",))),
        ]
    )
    assert (digests(linked), linked.problems) == ({"a": "new", "b": "new"}, {})
    assert linked.unlinked["a"] == ("address:b/cu/", "agency:c", "procedure:1.000001")
    assert [problem.line for problem in linked.advice["a"]] == [1, 2, 3]


@pytest.mark.parametrize("target", ["procedure:1.000001", "address:thu-tuc/1.000001/"])
def test_procedure_that_was_removed_is_told_with_the_day(target: str) -> None:
    removed = [
        RemovedRecord(code="1.000001", agency=slug, name="Thủ tục", removed=datetime(2019, 9, day, tzinfo=UTC))
        for slug, day in (("b", 24), ("c", 1))
    ]
    linked = link(fresh(site("a", to=(target,))), Circumstances(removed=removed))
    assert rendered(linked.advice) == {
        "a": [
            'content/a/x.md:1: the procedure "1.000001" was removed on 24/09/2019 '
            "(name another one, or remove it here; meanwhile the link is shown as text)"
        ]
    }


@pytest.mark.parametrize("written", [True, False], ids=["on a desk", "in public"])
def test_link_to_a_draft_is_told_alike_on_a_desk_and_in_public(*, written: bool) -> None:
    pages = ("nhap",) if written else ()
    owner = site("b", pages=pages).model_copy(update={"drafts": ("b/nhap/",)})
    linked = link(fresh(site("a", to=("address:b/nhap/",)), owner))
    assert rendered(linked.advice) == {
        "a": [
            'content/a/x.md:1: the page at "/b/nhap/" is not public yet '
            "(its link is shown as text until it is published)"
        ]
    }
    assert linked.unlinked["a"] == (() if written else ("address:b/nhap/",))


def test_site_that_links_to_a_page_that_it_has_itself_removed_is_told_and_stays() -> None:
    linked = link([Candidate(site("a", to=("address:a/cu/",)), site("a", "old", pages=("cu",)))])
    hint = "look for the page on the portal, and copy its address"
    assert said(linked) == {"a": [f'content/a/x.md:1: there is no page at "/a/cu/" ({hint})']}
    assert digests(linked) == {"a": "old"}


def test_province_is_held_back_only_by_what_is_surely_its_own() -> None:
    own = link(fresh(site("", to=("address:tin-tuc/2019/mi/",), pages=("tin-tuc/2019/moi",))))
    assert said(own) == {
        "": ['content//x.md:1: there is no page at "/tin-tuc/2019/mi/" (did you mean "/tin-tuc/2019/moi/"?)']
    }
    others = link(fresh(site("", to=("address:a/cu/", "address:once-an-agency/"), pages=("once-a-page",)), site("a")))
    assert rendered(others.advice) == {
        "": [
            'content//x.md:1: there is no page at "/a/cu/" '
            "(look for the page on the portal, and copy its address; meanwhile the link is shown as text)",
            'content//x.md:2: there is no page at "/once-an-agency/" '
            '(did you mean "/once-a-page/"?; meanwhile the link is shown as text)',
        ]
    }
    assert others.problems == {}


def test_page_of_a_version_that_stays_is_there_although_the_new_one_dropped_it() -> None:
    linked = link(
        [
            Candidate(site("a", to=("address:b/cu/",)), None),
            Candidate(site("b", problems=BROKEN), site("b", "old", pages=("cu",))),
        ]
    )
    assert (digests(linked), linked.unlinked) == ({"a": "new", "b": "old"}, {"a": ()})


def twice(code: str, *slugs: str) -> str:
    files = ", ".join(sorted(f"content/{slug or 'province'}/{code}.yaml" for slug in slugs))
    return f'procedure "{code}" has more than one file: {files} (keep it with its owner and remove the others)'


@pytest.mark.parametrize("shown_before", [True, False])
def test_owner_is_who_is_given_whatever_was_shown_before(*, shown_before: bool) -> None:
    owner, other = site("b", codes=("1.000001",)), site("a", codes=("1.000001",))
    before = [owner, site("a", "old")] if shown_before else [None, None]
    linked = link([Candidate(owner, before[0]), Candidate(other, before[1])], Circumstances(owners={"1.000001": "b"}))
    assert said(linked) == {"a": [f"content/a/1.000001.yaml: code: {twice('1.000001', 'a', 'b')}"]}
    assert digests(linked) == ({"a": "old", "b": "new"} if shown_before else {"b": "new"})


def test_without_an_owner_given_the_first_in_order_has_the_code_and_all_others_are_told() -> None:
    linked = link(fresh(*(site(slug, codes=("1.000001",)) for slug in "cab")))
    assert said(linked) == {
        slug: [f"content/{slug}/1.000001.yaml: code: {twice('1.000001', 'a', 'b', 'c')}"] for slug in "bc"
    }
    assert digests(linked) == {"a": "new"}


def test_without_an_owner_given_the_province_has_the_code() -> None:
    linked = link(fresh(site("", codes=("1.000001",)), site("a", codes=("1.000001",))))
    assert said(linked) == {"a": [f"content/a/1.000001.yaml: code: {twice('1.000001', '', 'a')}"]}


def test_who_names_anothers_code_as_a_former_one_costs_the_owner_nothing() -> None:
    taker = site("a", codes=("1.000002",))
    taker = taker.with_cards("procedure", [procedures_of(taker)[0].model_copy(update={"other_codes": ("1.000001",)})])
    linked = link(fresh(taker, site("b", codes=("1.000001",))))
    assert linked.problems == {}
    assert rendered(linked.advice) == {
        "a": [
            'content/a/1.000002.yaml: the code "1.000001" leads to more than one procedure: '
            "content/a/1.000002.yaml, content/b/1.000001.yaml (name it in one of them only)"
        ]
    }
    assert digests(linked) == {"a": "new", "b": "new"}
    assert [card.codes for card in procedures_of(linked.manifests["a"])] == [("1.000002",)]


LOCAL = "1.000002.000.00.00.H30"


def test_local_code_that_two_name_leads_to_the_procedure_whose_code_it_begins_with() -> None:
    own, other = site("b", codes=("1.000002",)), site("a", codes=("1.000001",))
    sites = [
        manifest.with_cards("procedure", [procedures_of(manifest)[0].model_copy(update={"other_codes": (LOCAL,)})])
        for manifest in (own, other)
    ]
    linked = link(fresh(*sites))
    assert (digests(linked), linked.problems, list(linked.advice)) == ({"a": "new", "b": "new"}, {}, ["a"])
    codes = {slug: procedures_of(manifest)[0].other_codes for slug, manifest in linked.manifests.items()}
    assert codes == {"a": (), "b": (LOCAL,)}


def test_owner_that_cannot_be_shown_now_keeps_its_code() -> None:
    broken = site("a", codes=("1.000001",), problems=BROKEN)
    linked = link(fresh(broken, site("b", codes=("1.000001",))), Circumstances(owners={"1.000001": "a"}))
    assert list(linked.problems) == ["a", "b"]


def test_code_may_move_from_one_agency_to_another_in_one_build() -> None:
    linked = link(
        [
            Candidate(site("a"), site("a", "old", codes=("1.000001",))),
            Candidate(site("b", codes=("1.000001",)), site("b", "old")),
        ]
    )
    assert (said(linked), digests(linked)) == ({}, {"a": "new", "b": "new"})


def test_code_moves_although_the_version_that_gives_it_up_is_refused() -> None:
    """What the one leaves broken is not felt by the other."""
    linked = link(
        [
            Candidate(site("a", problems=BROKEN), site("a", "old", codes=("1.000001", "1.000002"))),
            Candidate(site("b", codes=("1.000001",)), site("b", "old")),
        ]
    )
    assert digests(linked) == {"a": "old", "b": "new"}
    assert [card.code for card in procedures_of(linked.manifests["a"])] == ["1.000002"]


_SLUGS = "abc"
_CODES = ("1.000001", "1.000002")


@st.composite
def _candidates(draw: st.DrawFn) -> list[Candidate]:
    """Three agencies whose last good versions go together; their new versions say what they like."""
    owners = {code: draw(st.sampled_from([*_SLUGS, None])) for code in _CODES}
    targets = [f"address:{slug}/{page}/" for slug in _SLUGS for page in ("cu", "moi")]
    candidates = []
    for slug in _SLUGS:
        mine = tuple(code for code, owner in owners.items() if owner == slug)
        new = site(
            slug,
            codes=tuple(draw(st.sets(st.sampled_from(_CODES)))),
            pages=tuple(draw(st.sets(st.sampled_from(["cu", "moi"])))),
            to=tuple(draw(st.sets(st.sampled_from(targets), max_size=2))),
            problems=draw(st.sampled_from([(), (), BROKEN])),
        )
        candidates.append(Candidate(new, site(slug, "old", codes=mine, pages=("cu",))))
    return candidates


@given(_candidates())
def test_no_two_agencies_ever_show_one_code(candidates: list[Candidate]) -> None:
    shown = link(candidates).manifests.values()
    codes = [card.code for manifest in shown for card in procedures_of(manifest)]
    assert len(codes) == len(set(codes))


@given(_candidates())
def test_every_link_of_a_new_version_leads_somewhere_or_is_shown_as_text(candidates: list[Candidate]) -> None:
    linked = link(candidates)
    answers = {address for manifest in linked.manifests.values() for address in manifest.addresses}
    for slug, unlinked in linked.unlinked.items():
        dead = {r.key for r in linked.manifests[slug].references if r.target not in answers}
        assert dead == set(unlinked)


@given(_candidates())
def test_nobody_is_held_back_by_what_others_do(candidates: list[Candidate]) -> None:
    """A site that is in order by itself is shown, unless it takes a code of another."""
    linked = link(candidates)
    for candidate in candidates:
        new = candidate.new
        own = {r.target for r in new.references if r.target.startswith(f"{new.slug}/")} <= set(new.addresses)
        takes = any(
            code in other.new.promised for code in new.promised for other in candidates if other.new.slug < new.slug
        )
        if own and not new.problems and not takes:
            assert linked.manifests[new.slug] is new


@given(_candidates())
def test_what_is_shown_in_its_new_version_does_not_depend_on_what_was_shown_before(
    candidates: list[Candidate],
) -> None:
    remembered = link(candidates)
    forgotten = link([Candidate(candidate.new, None) for candidate in candidates])
    assert said(remembered) == said(forgotten)
    assert [slug for slug, version in digests(remembered).items() if version == "new"] == list(forgotten.manifests)


@given(_candidates())
def test_every_agency_is_shown_or_left_out_and_the_order_of_candidates_says_nothing(
    candidates: list[Candidate],
) -> None:
    linked = link(candidates)
    assert sorted([*linked.manifests, *linked.left_out]) == list(_SLUGS)
    turned = link(candidates[::-1])
    assert (digests(turned), said(turned)) == (digests(linked), said(linked))


def test_addresses_that_are_written_later_are_asked_for_only_where_a_link_leads_to_none_that_is_known() -> None:
    asked: list[list[str]] = []

    def written(manifests: Sequence[SiteManifest]) -> list[str]:
        asked.append([manifest.slug for manifest in manifests])
        return ["thu-tuc/linh-vuc/ho-tich/"]

    around = Circumstances(written=written)
    assert link(fresh(site("a", to=("address:a/",))), around).advice == {}
    assert asked == []
    known = site("a", to=("address:thu-tuc/linh-vuc/ho-tich/", "address:thu-tuc/linh-vuc/ho-tch/"))
    linked = link(fresh(known, site("b")), around)
    assert rendered(linked.advice) == {
        "a": [
            'content/a/x.md:2: there is no page at "/thu-tuc/linh-vuc/ho-tch/" '
            '(did you mean "/thu-tuc/linh-vuc/ho-tich/"?; meanwhile the link is shown as text)'
        ]
    }
    assert asked == [["a", "b"]]


def test_codes_that_are_near_are_national_ones_each_once() -> None:
    owner = site("b", codes=("1.000001", "1.000003", "2.999999"))
    local = [card.model_copy(update={"other_codes": (f"{card.code}.000.00.00.H30",)}) for card in procedures_of(owner)]
    owner = owner.with_cards("procedure", local)
    linked = link(fresh(site("a", to=("procedure:1.000002",)), owner))
    [told] = rendered(linked.advice)["a"]
    assert "(did you mean one of these: 1.000001, 1.000003?;" in told


def test_place_that_is_not_on_the_page_of_another_is_advised_and_the_link_stays() -> None:
    reference = Reference(kind="address", target="b/gioi-thieu/", fragment="muc-mt", path="content/a/x.md", line=3)
    writer = site("a").model_copy(update={"references": (reference,)})

    def places(manifest: SiteManifest, address: str) -> list[str] | None:
        return ["muc-mot", "muc-hai"] if (manifest.slug, address) == ("b", "b/gioi-thieu/") else None

    linked = link(fresh(writer, site("b", pages=("gioi-thieu",))), Circumstances(places=places))
    assert rendered(linked.advice) == {
        "a": ['content/a/x.md:3: the page "/b/gioi-thieu/" has no place "#muc-mt" (did you mean "muc-mot"?)']
    }
    assert (linked.problems, linked.unlinked) == ({}, {"a": (), "b": ()})
    there = writer.model_copy(update={"references": (reference.model_copy(update={"fragment": "muc-hai"}),)})
    assert link(fresh(there, site("b", pages=("gioi-thieu",))), Circumstances(places=places)).advice == {}
    assert link(fresh(writer, site("b", pages=("gioi-thieu",)))).advice == {}


def test_nobody_waits_for_thousands_of_hints() -> None:
    codes = tuple(f"1.{number:06d}" for number in range(3_000))
    writer = site("a", to=tuple(f"procedure:2.{number:06d}" for number in range(2_000)))
    hints = rendered(link(fresh(writer, site("b", codes=codes))).advice)["a"]
    assert len(hints) == 2_000
    assert sum("did you mean" in hint for hint in hints) == MOST_HINTS
