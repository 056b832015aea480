"""Lists of documents: cut into pages, narrowed down, and every address known beforehand."""

from __future__ import annotations

from plugins.documents.lists import DocumentLists
from plugins.documents.permanent import leading_to
from plugins.documents.validity import Register
from plugins.portal.paging import PER_PAGE
from tests.documents.cards import card


def lists(*numbers: int, agency: str = "so-y-te") -> DocumentLists:
    cards = [card(f"{number}/2019/QĐ-SYT", agency_slug=agency, agency_name=agency) for number in numbers]
    return DocumentLists(Register(cards), "Tỉnh")


def test_long_list_is_cut_into_pages_that_lead_to_each_other() -> None:
    pages = {page.url: page for page in lists(*range(1, PER_PAGE + 2)).pages()}
    first, second = pages["van-ban/"], pages["van-ban/trang/2/"]

    assert (len(first.rows), len(second.rows)) == (PER_PAGE, 1)
    assert (first.pager.next_url, second.pager.previous_url) == (second.url, first.url)
    assert (first.pager.total, second.facets) == (PER_PAGE + 1, ())


def test_agency_has_narrower_lists_only_where_its_list_is_long() -> None:
    few = {page.url for page in lists(1, 2).pages()}
    many = {page.url for page in lists(*range(1, PER_PAGE + 2)).pages()}

    assert {url for url in few if url.startswith("so-y-te/")} == {"so-y-te/van-ban/"}
    assert {"so-y-te/van-ban/2019/", "so-y-te/van-ban/loai/quyet-dinh/trang/2/"} <= many


def test_addresses_are_those_of_the_pages() -> None:
    for made in (lists(), lists(1, agency=""), lists(*range(1, 120))):
        assert sorted(made.addresses()) == sorted(page.url for page in made.pages())


def test_numbers_of_every_list_add_up() -> None:
    everything = lists(*range(1, 8))
    first = next(page for page in everything.pages() if page.url == "van-ban/")

    assert {facet.slug: sum(link.total for link in facet.links) for facet in first.facets} == {
        "loai": 7, "nam": 7, "hieu-luc": 7, "co-quan": 7,
    }  # fmt: skip


def test_nothing_is_offered_to_narrow_by_that_no_document_has() -> None:
    first = next(page for page in lists(*range(1, 8)).pages() if page.url == "van-ban/")
    fielded = [card("1/2019/QĐ-SYT", field="duoc-pham", field_name="Dược phẩm"), card("2/2019/QĐ-SYT")]
    with_field = next(page for page in DocumentLists(Register(fielded), "Tỉnh").pages() if page.url == "van-ban/")

    assert first.narrowing is not None
    assert with_field.narrowing is not None
    assert "linh-vuc" not in dict(first.narrowing.facets)
    assert "linh-vuc" in dict(with_field.narrowing.facets)


def test_number_leads_to_the_last_document_that_has_it() -> None:
    cards = [card("4/KH-UBND", f"{year}-01-05", type="plan", agency_slug="") for year in (2018, 2020, 2019)]

    assert [(move.address, move.target) for move in leading_to(cards)] == [
        ("van-ban/so/04-kh-ubnd/", "van-ban/2020/4-kh-ubnd/"),
        ("van-ban/so/4-kh-ubnd/", "van-ban/2020/4-kh-ubnd/"),
    ]


def test_number_that_agencies_have_alike_leads_to_the_list_of_all_but_the_provinces_own_goes_first() -> None:
    alike = [card("4/KH-UBND", type="plan", agency_slug=agency) for agency in ("huyen-a", "huyen-b")]
    own = card("4/KH-UBND", "2018-01-05", type="plan", agency_slug="")

    assert {m.target for m in leading_to(alike) if "/so/" in m.address} == {"van-ban/"}
    assert {m.target for m in leading_to([*alike, own]) if "/so/" in m.address} == {own.url}
