"""Which version of each site the portal shows, and what is wrong between sites."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal import addresses
from plugins.portal.linking import Candidate, Linked, link
from plugins.portal.manifest import ProcedureCard, Reference, SiteManifest
from plugins.portal.problems import Problem, Translate, text

BROKEN = (Problem(path="content/x", message=text("not an ordinary file")),)


def card(slug: str, code: str) -> ProcedureCard:
    return ProcedureCard(
        code=code,
        name="Thủ tục",
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
        procedures=tuple(card(slug, code) for code in codes if not problems),
        promised=codes,
        addresses=tuple(addresses.page(slug, page) for page in pages),
        references=tuple(
            Reference.model_validate(
                {"kind": kind, "target": target, "path": f"content/{slug}/x.md", "line": number, "field": ""}
            )
            for number, (kind, _, target) in enumerate((written.partition(":") for written in to), 1)
        ),
        problems=problems,
    )


def fresh(*manifests: SiteManifest) -> list[Candidate]:
    return [Candidate(manifest, None) for manifest in manifests]


def said(linked: Linked, translate: Translate = str) -> dict[str, list[str]]:
    return {slug: [problem.render(translate) for problem in found] for slug, found in linked.problems.items()}


def digests(linked: Linked) -> dict[str, str]:
    return {slug: manifest.digest for slug, manifest in linked.shown.items()}


def test_sites_without_problems_are_shown_in_order() -> None:
    linked = link(fresh(site("so-y-te"), site(""), site("so-tu-phap")))
    assert list(linked.shown) == ["", "so-tu-phap", "so-y-te"]
    assert (linked.problems, linked.left_out, linked.promised) == ({}, {}, {})


def test_references_that_lead_nowhere_are_reported_with_the_nearest() -> None:
    writer = site("a", to=("procedure:1.000002", "agency:so-yte", "address:so-y-te/gioi/", "address:khong-co/"))
    linked = link(fresh(writer, site("so-y-te", codes=("1.000001",), pages=("gioi-thieu",))))
    assert said(linked) == {
        "a": [
            'content/a/x.md:1: there is no procedure "1.000002" (did you mean "1.000001"?)',
            'content/a/x.md:2: unknown agency "so-yte" (did you mean "so-y-te"?)',
            'content/a/x.md:3: there is no page at "/so-y-te/gioi/" (did you mean "so-y-te/gioi-thieu/"?)',
            'content/a/x.md:4: there is no page at "/khong-co/" (none is known here)',
        ]
    }
    assert (digests(linked), list(linked.left_out)) == ({"so-y-te": "new"}, ["a"])


def test_reference_that_leads_nowhere_is_reported_in_vietnamese() -> None:
    linked = link(fresh(site("a", to=("agency:so-yte",)), site("so-y-te")))
    assert said(linked, load_catalogue(MESSAGES, "vi").gettext) == {
        "a": ['content/a/x.md:1: không có cơ quan "so-yte" (ý bạn là "so-y-te"?)']
    }


def test_reference_keeps_its_field_in_the_report() -> None:
    writer = site("a").model_copy(
        update={
            "references": (
                Reference(
                    kind="agency", target="b", path="content/a/agency.yaml", line=4, field="lifecycle.successors[0]"
                ),
            )
        }
    )
    assert said(link(fresh(writer))) == {
        "a": ['content/a/agency.yaml:4: lifecycle.successors[0]: unknown agency "b" (known: a)']
    }


def test_references_that_lead_somewhere_are_silent() -> None:
    writer = site(
        "a",
        to=(
            "procedure:1.000001", "procedure:1.000009", "agency:b", "address:b/", "address:b/gioi-thieu/",
            "address:thu-tuc/1.000001/", "address:gioi-thieu/", "address:don-vi/", "agency:a",
        ),
    )  # fmt: skip
    owner = site("b", codes=("1.000001",), pages=("gioi-thieu",))
    linked = link(fresh(writer, owner, site("", codes=("1.000009",), pages=("gioi-thieu",))), fixed=("don-vi/",))
    assert said(linked) == {}


def test_last_good_version_stays_where_the_new_one_is_broken() -> None:
    linked = link([Candidate(site("a", problems=BROKEN), site("a", "old"))])
    assert digests(linked) == {"a": "old"}
    assert said(linked) == {"a": ["content/x: not an ordinary file"]}


def test_site_that_never_was_good_is_left_out() -> None:
    linked = link(fresh(site("a", problems=BROKEN), site("b")))
    assert (digests(linked), list(linked.left_out)) == ({"b": "new"}, ["a"])


def test_nobody_is_held_back_by_somebody_elses_mistake() -> None:
    broken = site("b", codes=("1.000001",), pages=("gioi-thieu",), problems=BROKEN)
    writer = site("a", to=("procedure:1.000001", "agency:b", "address:b/gioi-thieu/", "address:b/nobody-knows/"))
    linked = link(fresh(writer, broken))
    assert list(linked.problems) == ["b"]
    assert digests(linked) == {"a": "new"}
    assert linked.promised == {"1.000001": "b"}


def test_code_that_a_last_good_version_shows_is_not_only_promised() -> None:
    linked = link([Candidate(site("b", codes=("1.000001",), problems=BROKEN), site("b", "old", codes=("1.000001",)))])
    assert linked.promised == {}


def test_name_of_a_broken_file_that_is_no_code_is_not_promised() -> None:
    assert link(fresh(site("b", codes=("khai-sinh", "1.000001"), problems=BROKEN))).promised == {"1.000001": "b"}


def test_removed_page_is_reported_to_those_who_link_to_it() -> None:
    linked = link(
        [
            Candidate(site("a", to=("procedure:1.000001", "address:b/cu/")), site("a", "old")),
            Candidate(site("b", "new"), site("b", "old", codes=("1.000001",), pages=("cu",))),
        ]
    )
    assert said(linked) == {
        "a": [
            'content/a/x.md:1: there is no procedure "1.000001" (none is known here)',
            'content/a/x.md:2: there is no page at "/b/cu/" (known: b/, b/thu-tuc/)',
        ]
    }
    assert digests(linked) == {"a": "old", "b": "new"}


def test_removed_agency_is_reported_to_those_who_link_to_it_and_they_stay() -> None:
    unchanged = site("a", to=("agency:b",))
    linked = link([Candidate(unchanged, unchanged)])
    assert said(linked) == {"a": ['content/a/x.md:1: unknown agency "b" (known: a)']}
    assert digests(linked) == {"a": "new"}


def test_site_that_links_to_a_page_that_it_has_itself_removed_is_told() -> None:
    linked = link([Candidate(site("a", to=("address:a/cu/",)), site("a", "old", pages=("cu",)))])
    assert said(linked) == {"a": ['content/a/x.md:1: there is no page at "/a/cu/" (known: a/, a/thu-tuc/)']}
    assert digests(linked) == {"a": "old"}


def test_page_of_a_version_that_stays_is_there_although_the_new_one_dropped_it() -> None:
    linked = link(
        [
            Candidate(site("a", to=("address:b/cu/",)), None),
            Candidate(site("b", problems=BROKEN), site("b", "old", pages=("cu",))),
        ]
    )
    assert (digests(linked), list(linked.problems)) == ({"a": "new", "b": "old"}, ["b"])


def test_page_of_a_version_that_stays_for_its_links_is_there() -> None:
    linked = link(
        [
            Candidate(site("a", to=("address:b/cu/",)), None),
            Candidate(site("b", to=("agency:khong-co",)), site("b", "old", pages=("cu",))),
        ]
    )
    assert (digests(linked), list(linked.problems)) == ({"a": "new", "b": "old"}, ["b"])


def test_two_that_link_to_what_the_other_removed_do_not_both_appear() -> None:
    linked = link(
        [
            Candidate(site("a", to=("address:b/cu/",)), site("a", "old", pages=("cu",))),
            Candidate(site("b", to=("address:a/cu/",)), site("b", "old", pages=("cu",))),
        ]
    )
    assert digests(linked) != {"a": "new", "b": "new"}
    assert linked.problems


def test_page_that_is_removed_after_all_is_reported_down_a_chain() -> None:
    """`a` stays for its own mistake, so `b` may drop its page, so `c` must not link to that page."""
    linked = link(
        [
            Candidate(site("a", to=("agency:khong-co",)), site("a", "old", pages=("cu",))),
            Candidate(site("b", to=("address:a/cu/",)), site("b", "old", pages=("cu",))),
            Candidate(site("c", to=("address:b/cu/",)), site("c", "old")),
        ]
    )
    assert digests(linked) == {"a": "old", "b": "new", "c": "old"}
    assert list(linked.problems) == ["a", "c"]


def twice(code: str, *slugs: str) -> str:
    files = ", ".join(sorted(f"content/{slug or 'province'}/{code}.yaml" for slug in slugs))
    return f'procedure "{code}" has more than one file: {files} (keep it with its owner and remove the others)'


def test_newcomer_must_not_take_a_code_that_another_shows() -> None:
    owner = site("a", codes=("1.000001",))
    linked = link([Candidate(owner, owner), Candidate(site("b", codes=("1.000001",)), site("b", "old"))])
    assert said(linked) == {"b": [f"content/b/1.000001.yaml: code: {twice('1.000001', 'a', 'b')}"]}
    assert digests(linked) == {"a": "new", "b": "old"}


def test_newcomers_with_one_code_are_all_refused_and_all_files_named() -> None:
    linked = link(fresh(*(site(slug, codes=("1.000001",)) for slug in "cab")))
    assert said(linked) == {
        slug: [f"content/{slug}/1.000001.yaml: code: {twice('1.000001', 'a', 'b', 'c')}"] for slug in "abc"
    }
    assert digests(linked) == {}


def test_province_must_not_take_a_code_that_an_agency_shows() -> None:
    owner = site("a", codes=("1.000001",))
    linked = link([Candidate(owner, owner), Candidate(site("", codes=("1.000001",)), None)])
    assert said(linked) == {"": [f"content/province/1.000001.yaml: code: {twice('1.000001', '', 'a')}"]}


def test_of_newcomers_the_province_owns_the_code() -> None:
    linked = link(fresh(site("", codes=("1.000001",)), site("a", codes=("1.000001",))))
    assert said(linked) == {"a": [f"content/a/1.000001.yaml: code: {twice('1.000001', '', 'a')}"]}


def test_code_may_move_from_one_agency_to_another_in_one_build() -> None:
    linked = link(
        [
            Candidate(site("a"), site("a", "old", codes=("1.000001",))),
            Candidate(site("b", codes=("1.000001",)), site("b", "old")),
        ]
    )
    assert (said(linked), digests(linked)) == ({}, {"a": "new", "b": "new"})


def test_code_does_not_move_while_the_version_that_gives_it_up_is_refused() -> None:
    linked = link(
        [
            Candidate(site("a", problems=BROKEN), site("a", "old", codes=("1.000001",))),
            Candidate(site("b", codes=("1.000001",)), site("b", "old")),
        ]
    )
    assert digests(linked) == {"a": "old", "b": "old"}


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
    shown = link(candidates).shown.values()
    codes = [card.code for manifest in shown for card in manifest.procedures]
    assert len(codes) == len(set(codes))


@given(_candidates())
def test_every_link_of_a_new_version_that_is_shown_leads_somewhere(candidates: list[Candidate]) -> None:
    linked = link(candidates)
    # What a refused version was going to offer counts as there: nobody is held back by somebody else's mistake.
    refused = [candidate.new for candidate in candidates if candidate.new.slug in linked.problems]
    there = {address for manifest in (*linked.shown.values(), *refused) for address in manifest.addresses}
    unreadable = {manifest.slug for manifest in refused if manifest.problems}
    dead = [
        reference.target
        for manifest in linked.shown.values()
        for reference in manifest.references
        if reference.target not in there and reference.target[0] not in unreadable
    ]
    assert dead == []


@given(_candidates())
def test_every_agency_is_shown_or_left_out_and_the_order_of_candidates_says_nothing(
    candidates: list[Candidate],
) -> None:
    linked = link(candidates)
    assert sorted([*linked.shown, *linked.left_out]) == list(_SLUGS)
    turned = link(candidates[::-1])
    assert (digests(turned), said(turned)) == (digests(linked), said(linked))
