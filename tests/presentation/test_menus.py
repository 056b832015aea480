"""The menu fits on one line: at most seven entries, with the way to reach the site; the rest stands in the footer."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from plugins.presentation.views import MOST_IN_MENU
from tests.provinces import SmallProvince

PAGE = "---\ntitle: Trang {number}\nmenu: Trang {number}\norder: {number}\n---\nMột câu.\n"
ENGLISH = "---\ntitle: About\nmenu: About us\nlanguage: en\norder: 1\n---\nA sentence.\n"


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    made = SmallProvince.of(tmp_path_factory.mktemp("menus"))
    for number in range(1, 10):
        made.write(f"province/pages/trang-{number}.md", PAGE.format(number=number))
    made.write("province/pages/about.md", ENGLISH)
    made.build()
    return made


def links(page: str, path: str) -> list[str]:
    return [link.text_content().strip() for link in html.document_fromstring(page).xpath(f"{path}//a")]


def test_menu_has_no_more_entries_than_fit_and_the_footer_has_the_others(province: SmallProvince) -> None:
    page = province.page("trang-1/")
    menu = links(page, "//nav[@class='menu']//li[not(@class)]")  # other languages stand there on a phone
    pages = {f"Trang {number}" for number in range(1, 10)}

    assert len(menu) == MOST_IN_MENU
    assert (menu[0], menu[-1]) == ("Trang chủ", "Liên hệ")
    assert pages - set(menu) <= set(links(page, "//footer"))
    assert pages - set(menu)


def test_page_in_another_language_is_reached_from_the_header_and_leads_back(province: SmallProvince) -> None:
    [link] = html.document_fromstring(province.page("trang-1/")).xpath("//ul[@class='tools']//a[@hreflang='en']")
    [back] = html.document_fromstring(province.page("about/")).xpath("//ul[@class='tools']//a[@lang='vi']")

    assert (link.text_content(), link.get("href"), link.get("lang")) == ("English", "/about/", "en")
    assert "About us" not in links(province.page("trang-1/"), "//nav[@class='menu']")
    assert (back.text_content(), back.get("href")) == ("Tiếng Việt", "/")


def test_hotline_is_within_reach_on_every_page(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    record = (made.content / "province/province.yaml").read_text("utf-8")
    made.write("province/province.yaml", f"{record}hotline: 1022\nemergency: {{title: Bão số 5, text: Ở trong nhà.}}\n")
    made.build()

    for address in ("", "so-y-te/", "tim-kiem/"):
        assert html.document_fromstring(made.page(address)).xpath("//header//a[@href='tel:1022']"), address
    [emergency] = html.document_fromstring(made.page("")).xpath("//main/section[@class='emergency']")
    assert "Bão số 5" in emergency.text_content()
    assert "Ở trong nhà." in emergency.text_content()
    assert emergency.getnext().xpath(".//h1")
