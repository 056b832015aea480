"""Who performs a procedure, and where."""

from __future__ import annotations

import pytest

from plugins.portal.agency import Agency
from plugins.portal.manifest import SiteManifest
from plugins.procedures.performers import in_many_places
from plugins.procedures.places import performs, places
from tests.procedures.cards import card

COMMUNES = (
    {"name": "Xã A", "code": "31001", "counters": ({"name": "Một cửa xã A"},)},
    {"name": "Xã B", "code": "31002"},
)


def agency(slug: str, kind: str, **more: object) -> SiteManifest:
    record = {"name": slug.upper(), "kind": kind, "summary": "S", "counters": ({"name": f"Một cửa {slug}"},)} | more
    return SiteManifest(slug=slug, digest="", agency=Agency.model_validate(record))


AGENCIES = (
    agency("so-y-te", "department"),
    agency("huyen-a", "district", communes=COMMUNES),
    agency("huyen-b", "district", lifecycle={"state": "dissolved", "date": "2019-01-01"}),
    agency("xa-c", "commune"),
)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (("district",), [("huyen-a", 1, 0)]),
        (("commune",), [("huyen-a", 0, 2), ("xa-c", 1, 0)]),
        (("district", "commune"), [("huyen-a", 1, 2), ("xa-c", 1, 0)]),
        (("province",), []),
    ],
    ids=lambda value: "-".join(value) if value and isinstance(value[0], str) else "",
)
def test_every_active_agency_of_the_level_performs_what_the_province_owns(
    levels: tuple[str, ...], expected: list[tuple[str, int, int]]
) -> None:
    found = places(card(performed_by=levels), AGENCIES)

    assert [(place.slug, len(place.counters), len(place.communes)) for place in found] == expected


def test_agencies_that_are_named_perform_and_no_others() -> None:
    named = card(performed_by=("district",), performing_agencies=("so-y-te",))

    assert [(place.slug, place.counters[0].name) for place in places(named, AGENCIES)] == [
        ("so-y-te", "Một cửa so-y-te")
    ]


def test_owner_does_not_perform_for_itself() -> None:
    own = card(agency_slug="so-y-te", performing_agencies=("so-y-te", "huyen-a"))

    assert [performs(manifest, own) for manifest in AGENCIES] == [False, True, False, False]


def test_procedure_of_an_agency_is_performed_there_whatever_its_level() -> None:
    assert places(card(agency_slug="so-y-te", performed_by=("district",)), AGENCIES) == ()
    assert not in_many_places(card(agency_slug="so-y-te", performed_by=("district",)))
