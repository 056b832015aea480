"""The catalogue: every number agrees with every other, and with the lists that it stands for."""

from __future__ import annotations

from hypothesis import given, settings

from plugins.portal.paging import PER_PAGE, paged
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.catalogue import Catalogue, Listing
from tests.procedures.cards import card, catalogues

PROVINCE = "Tỉnh Thử"


def lists(catalogue: Catalogue) -> dict[str, Listing]:
    """The lists by address; two of one address would be one lost."""
    found = list(catalogue.listings())
    assert len({listing.url for listing in found}) == len(found)
    return {listing.url: listing for listing in found}


@given(catalogues())
@settings(max_examples=60)
def test_levels_modes_fields_and_agencies_each_add_up_to_the_total(cards: list[ProcedureCard]) -> None:
    counts = Catalogue(cards, PROVINCE).counts

    assert counts.total + counts.abolished == len(cards)
    assert sum(level.exact for level in counts.by_level) == counts.total
    for parts in (counts.by_mode, counts.by_field, counts.by_agency):
        assert sum(part.total for part in parts) == counts.total


@given(catalogues())
@settings(max_examples=60)
def test_cumulative_levels_are_the_sums_of_the_exact_ones(cards: list[ProcedureCard]) -> None:
    levels = {level.level: level for level in Catalogue(cards, PROVINCE).counts.by_level}

    for number in (1, 2, 3, 4):
        assert levels[number].cumulative == sum(levels[higher].exact for higher in range(number, 5))


@given(catalogues())
@settings(max_examples=60)
def test_every_number_is_the_length_of_the_list_that_it_leads_to(cards: list[ProcedureCard]) -> None:
    catalogue = Catalogue(cards, PROVINCE)
    found = lists(catalogue)
    counts = catalogue.counts
    parts = [*counts.by_mode, *counts.by_field, *counts.by_agency, *counts.by_audience, *counts.by_performing]
    refined = [link for listing in found.values() for group in listing.refinements for link in group.links]

    assert {part.url: part.total for part in (*parts, *refined, *catalogue.letters)}.items() <= {
        url: listing.total for url, listing in found.items()
    }.items()
    assert sum(letter.total for letter in catalogue.letters) == counts.total
    assert {level.url: level.exact for level in counts.by_level if level.url}.items() <= {
        url: listing.total for url, listing in found.items()
    }.items()


@given(catalogues())
@settings(max_examples=60)
def test_list_narrowed_down_holds_exactly_what_has_both(cards: list[ProcedureCard]) -> None:
    catalogue = Catalogue(cards, PROVINCE)
    values = {facet.slug: facet.values_of for facet in catalogue.facets}

    for listing in catalogue.listings():
        if listing.chosen:
            wanted = [
                card.code
                for card in catalogue.cards
                if all(any(v.slug == c.slug for v in values[c.facet](card)) for c in listing.chosen)
            ]
            assert [card.code for card in listing.cards] == wanted


def test_long_list_can_be_narrowed_down_by_links_to_lists_that_exist() -> None:
    fields = ("ho-tich", "dat-dai")
    cards = [
        card(f"1.{n:06d}", field=fields[n % 2], online_level=2 + (n % 3 == 0), audiences=("citizen",))
        for n in range(150)
    ]
    found = lists(Catalogue(cards, PROVINCE))
    listing = found["thu-tuc/linh-vuc/ho-tich/"]

    assert {group.label: [(link.url, link.total) for link in group.links] for group in listing.refinements} == {
        "Mức độ trực tuyến": [
            ("thu-tuc/linh-vuc/ho-tich/muc-do/2/", 50),
            ("thu-tuc/linh-vuc/ho-tich/muc-do/3/", 25),
        ]
    }
    narrowed = found["thu-tuc/linh-vuc/ho-tich/muc-do/3/"]
    assert narrowed.heading == "Hộ tịch – Mức độ 3"
    assert [(chosen.value, chosen.remove_url) for chosen in narrowed.chosen] == [
        ("Hộ tịch", "thu-tuc/muc-do/3/"),
        ("Mức độ 3", "thu-tuc/linh-vuc/ho-tich/"),
    ]


def test_short_list_is_not_narrowed_down() -> None:
    cards = [card(f"1.{n:06d}", online_level=1 + n % 4) for n in range(PER_PAGE)]
    found = lists(Catalogue(cards, PROVINCE))

    assert {"thu-tuc/tat-ca/", "thu-tuc/muc-do/1/"} <= found.keys()
    assert all(len(listing.chosen) < 2 and not listing.refinements for listing in found.values())


def test_abolished_procedures_are_listed_apart_and_counted_nowhere_else() -> None:
    gone = card("1.000002", status="abolished", online_level=4)
    catalogue = Catalogue([card(), gone, card("1.000003", status="suspended")], PROVINCE)
    holding = [url for url, listing in lists(catalogue).items() if gone in listing.cards]

    assert catalogue.counts.total == 2
    assert holding == ["thu-tuc/da-bai-bo/"]


def test_names_stand_under_their_initial_without_the_word_procedure() -> None:
    names = {
        "1.000001": "Thủ tục đăng ký",
        "1.000002": "Dạy",
        "1.000003": "Ông",
        "1.000004": "“Ấp”",
        "1.000005": "5 sao",
    }
    catalogue = Catalogue([card(code, title=name) for code, name in names.items()], PROVINCE)

    assert [(letter.slug, letter.name) for letter in catalogue.letters] == [
        ("a", "A"), ("d", "D"), ("dd", "Đ"), ("o", "O"), ("so", "0-9"),
    ]  # fmt: skip


def test_pages_of_a_list_hold_each_procedure_once() -> None:
    cards = [card(f"1.{n:06d}") for n in range(2 * PER_PAGE + 1)]
    pages = list(paged(cards, "thu-tuc/tat-ca/"))

    assert [part for _, _, page in pages for part in page] == cards
    assert [(address, pager.previous_url, pager.next_url) for address, pager, _ in pages] == [
        ("thu-tuc/tat-ca/", None, "thu-tuc/tat-ca/trang/2/"),
        ("thu-tuc/tat-ca/trang/2/", "thu-tuc/tat-ca/", "thu-tuc/tat-ca/trang/3/"),
        ("thu-tuc/tat-ca/trang/3/", "thu-tuc/tat-ca/trang/2/", None),
    ]


def test_empty_list_has_one_page() -> None:
    nothing: list[ProcedureCard] = []
    [(address, pager, part)] = paged(nothing, "thu-tuc/tat-ca/")

    assert (address, pager.pages, list(part)) == ("thu-tuc/tat-ca/", 1, [])


@given(catalogues())
@settings(max_examples=60)
def test_addresses_are_known_without_making_the_lists(cards: list[ProcedureCard]) -> None:
    catalogue = Catalogue(cards, PROVINCE)
    pages = [url for listing in catalogue.listings() for url, _, _ in paged(listing.cards, listing.url)]

    assert sorted(catalogue.addresses()) == sorted(pages)
