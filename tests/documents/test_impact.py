"""What rests on a document: listed before it ends, told to its owners when it does."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.documents.cards import DocumentCard
from plugins.documents.citations import problems_between
from plugins.documents.impact import impact
from plugins.documents.pages import cited_document
from plugins.portal.manifest import SiteManifest
from tests.documents.cards import card, relation

OLD = "03/2015/QĐ-SYT"


def cited(target: str, path: str, kind: str = "number") -> dict[str, Any]:
    return {"kind": kind, "target": target, "path": path, "line": 4, "field": "legal_basis[0].number"}


def manifests(*cards: DocumentCard, **references: list[dict[str, Any]]) -> dict[str, SiteManifest]:
    made = {
        slug: SiteManifest(slug=slug, digest="", agency=None).model_copy(
            update={"references": SiteManifest.model_validate(
                {"slug": slug, "digest": "", "agency": None, "references": named}).references}
        )
        for slug, named in references.items()
    }  # fmt: skip
    made["so-y-te"] = made.get("so-y-te", SiteManifest(slug="so-y-te", digest="", agency=None))
    return made | {"so-y-te": made["so-y-te"].with_cards("document", cards)}


def told(*cards: DocumentCard, **references: list[dict[str, Any]]) -> list[tuple[str, str]]:
    sites = manifests(*cards, **references)
    return [(slug, problem.render()) for slug, problem in problems_between(cards, sites)]


def test_whoever_cites_a_document_that_ended_is_told_what_ended_it() -> None:
    old = card(OLD, "2015-01-01")
    new = card("12/2019/QĐ-SYT", "2019-04-15", relation("replaces", OLD))

    assert told(old, new, tu_phap=[cited("3/2015/QD-SYT", "a.yaml"), cited("9/2015/QĐ-SYT", "b.yaml")]) == [
        ("tu_phap", "a.yaml:4: legal_basis[0].number: 03/2015/QĐ-SYT has not applied since 15/04/2019 "
         "(look whether 12/2019/QĐ-SYT, which ended it, is to be cited)"),
    ]  # fmt: skip


def test_whoever_cites_a_document_that_will_end_is_told_before() -> None:
    old = card(OLD, "2015-01-01")
    new = card("12/2019/QĐ-SYT", "2019-04-15", relation("replaces", OLD), has_begun=False)

    assert told(old, new, tu_phap=[cited(OLD, "a.yaml")]) == [
        ("tu_phap", "a.yaml:4: legal_basis[0].number: 03/2015/QĐ-SYT will not apply from 15/04/2019 on "
         "(from then on cite 12/2019/QĐ-SYT)"),
    ]  # fmt: skip


def test_nobody_is_told_of_a_document_that_applies() -> None:
    assert told(card(OLD, "2015-01-01"), tu_phap=[cited(OLD, "a.yaml")]) == []


def test_impact_lists_fields_texts_and_documents() -> None:
    old = card(OLD, "2015-01-01")
    new = card("12/2019/QĐ-SYT", "2019-04-15", relation("amends", OLD))
    sites = manifests(
        old, new, tu_phap=[cited("QĐ3-SYT", "no.yaml"), cited(OLD, "a.yaml"), cited(old.url, "b.md", kind="address")]
    )
    listed = impact(sites, "3/2015/QĐSYT")

    assert listed is not None
    assert listed.documents == (old,)
    assert [(resting.path, resting.words) for resting in listed.resting] == [
        ("so-y-te/documents/12-2019-qd-syt.yaml", "12/2019/QĐ-SYT: Sửa đổi, bổ sung"), ("a.yaml", ""), ("b.md", ""),
    ]  # fmt: skip


def test_impact_of_a_law_that_the_portal_has_not_lists_who_names_it() -> None:
    listed = impact(manifests(tu_phap=[cited("63/2010/NĐ-CP", "a.yaml")]), "63/2010/NĐCP")

    assert listed is not None
    assert (listed.documents, [resting.path for resting in listed.resting]) == ((), ["a.yaml"])
    assert impact({}, "không phải số") is None


@pytest.mark.parametrize(
    "written",
    [
        "3/2015/qd-syt",
        "Quyết định 3/2015/QĐ-SYT",
        "Quyết định số 03/2015/QĐ-SYT",
        "số: 3/2015/QĐ-SYT",
    ],
)
def test_number_is_asked_for_as_people_say_it(written: str) -> None:
    listed = impact(manifests(card(OLD, "2015-01-01")), written)

    assert listed is not None
    assert [document.number for document in listed.documents] == [OLD]


@pytest.mark.parametrize("written", ["3/QĐ-SYT", "3/2016/QĐ-SYT", "3/2015/QĐ-STY", "3/QĐ-UBND"])
def test_number_that_nothing_names_and_that_may_be_mistyped_is_told_with_what_may_be_meant(written: str) -> None:
    listed = impact(manifests(card(OLD, "2015-01-01"), card("4/2015/QĐ-SYT", "2015-02-01")), written)

    assert listed is not None
    assert (listed.documents, listed.resting, listed.alike) == ((), (), (OLD,))


def test_places_are_left_for_documents_of_a_province_alone() -> None:
    assert "3-2015-qd-syt" in cited_document(OLD)
    assert cited_document("63/2010/NĐ-CP") == cited_document("Luật") == ""
