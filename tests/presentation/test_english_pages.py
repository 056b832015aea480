"""A page in English on a portal in Vietnamese is in English all round, and what is not says that it is Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from lxml import html

from plugins.portal.opening import english_days
from tests.provinces import ROOT, SmallProvince

PROVINCE = """\
name_en: Test Province
site_name_en: Web portal of Test Province
notice_en: A test, not an official portal.
responsible: Văn phòng UBND tỉnh
hotline: '1022'
contact: {address: 12 đường Thử, phone: 'Tổng đài 0293 3878 888 (giờ hành chính)', email: office@test.example}
counters:
  - name: Trung tâm Phục vụ hành chính công
    address: 1 đường Thử
    hours:
      - {days: Thứ Hai - Thứ Sáu, times: ['07:00-11:00', '13:00-17:00']}
      - {days: Ngày rằm, times: [sáng]}
    note: Lấy số ở máy.
"""
ABOUT = "---\ntitle: About\nmenu: Introduction\nlanguage: en\nupdated: 2019-09-24\n{more}---\nA sentence.\n"
LONELY = "---\ntitle: Visas\nlanguage: en\norder: 200\n---\nAnother sentence.\n"
HEALTH = """\
name_en: Department of Health
contact: {address: 2 đường Thử}
head: {office: Giám đốc}
communes: [{name: Xã Một, code: '31001', counters: [{name: Một cửa, address: Ấp 1, phone: 0293 3878 891}]}]
"""
VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
SAID = ("aria-label", "placeholder", "alt", "title", "data-open", "data-today", "data-later")
ENGLISH = ("about/", "visas/", "lien-he/en/", "so-y-te/about-health/", "so-y-te/lien-he/en/")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    made = SmallProvince.of(tmp_path_factory.mktemp("english-pages"))
    for path, more in (("province/province.yaml", PROVINCE), ("agencies/so-y-te/agency.yaml", HEALTH)):
        made.write(path, f"{(made.content / path).read_text('utf-8')}{more}")
    made.write("province/pages/about.md", ABOUT.format(more="translation_of: gioi-thieu\n"))
    made.write("province/pages/visas.md", LONELY)
    made.write("agencies/so-y-te/pages/about-health.md", ABOUT.format(more="translation_of: gioi-thieu\n"))
    report = made.build(conf="publishconf.py", PORTAL_COMPRESS=False)
    assert made.problems(report) == []
    return made


def opened(province: SmallProvince, address: str) -> html.HtmlElement:
    return html.document_fromstring(province.page(address))


def spoken(element: html.HtmlElement) -> Iterator[str]:
    """What a page says in its own language: texts and attributes outside of parts that name another."""
    for part in element.iter():
        if not isinstance(part.tag, str) or part.tag in ("script", "style"):
            continue
        lines = [part.get("lang"), *(around.get("lang") for around in part.iterancestors())]
        if next(filter(None, lines)) != "en":
            continue
        yield from filter(None, (part.text, *(part.get(name) for name in SAID)))
        yield from (child.tail for child in part if child.tail)


@pytest.mark.parametrize("address", ENGLISH)
def test_nothing_around_a_page_in_english_is_vietnamese(province: SmallProvince, address: str) -> None:
    page = opened(province, address)
    with (ROOT / "theme/translations/vi.po").open("rb") as source:
        own_words = {message.string for message in read_po(source) if message.string and message.string != message.id}
    texts = [" ".join(text.split()) for text in spoken(page) if text.strip()]
    [description] = page.xpath("//meta[@name='description']/@content")

    assert page.get("lang") == "en"
    assert [text for text in (*texts, description) if VIETNAMESE.search(text)] == []
    assert [text for text in texts if text in own_words] == []
    assert {"Search", "Home", "Contact and counters", "Catalogue of procedures"} <= {*texts}


def test_what_the_province_wrote_in_vietnamese_alone_says_that_it_is(province: SmallProvince) -> None:
    contact = opened(province, "lien-he/en/")
    marked = {part.text_content() for part in contact.xpath("//body//span[@lang='vi']")}

    assert marked >= {
        "12 đường Thử", "Văn phòng UBND tỉnh", "Tổng đài", "(giờ hành chính)", "Lấy số ở máy.", "Ngày rằm", "sáng",
        "Trung tâm Phục vụ hành chính công",
    }  # fmt: skip
    assert "Monday–Friday" in contact.text_content()
    assert "07:00-11:00" in contact.text_content()


def test_entries_of_the_menu_that_lead_to_vietnamese_say_so(province: SmallProvince) -> None:
    menu = opened(province, "about/").xpath("//nav[@class='menu']//li[not(@class)]/a")
    entries = {link.text_content(): (link.get("href"), link.get("hreflang")) for link in menu}

    assert entries == {
        "Home": ("/", "vi"),
        "News": ("/tin-tuc/", "vi"),
        "Administrative procedures": ("/thu-tuc/", "vi"),
        "Agencies and districts": ("/don-vi/", "vi"),
        "Introduction": ("/about/", None),
        "Visas": ("/visas/", None),
        "Contact": ("/lien-he/en/", None),
    }


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("gioi-thieu/", "about/"),
        ("lien-he/", "lien-he/en/"),
        ("so-y-te/gioi-thieu/", "so-y-te/about-health/"),
        ("so-y-te/lien-he/", "so-y-te/lien-he/en/"),
    ],
)
def test_the_same_page_in_two_languages_leads_both_ways(province: SmallProvince, vietnamese: str, english: str) -> None:
    root = "https://thunghiem.example/"
    expected = {"vi": root + vietnamese, "en": root + english, "x-default": root + vietnamese}

    for address, other in ((vietnamese, english), (english, vietnamese)):
        page = opened(province, address)
        alternates = page.xpath("//head/link[@rel='alternate'][@hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in alternates} == expected
        switches = page.xpath("//ul[@class='tools']//a[@lang]") + page.xpath("//nav[@class='menu']//a[@lang]")
        assert [link.get("href") for link in switches] == [f"/{other}"] * 2


def test_a_page_without_the_same_in_another_language_leads_to_where_that_begins(province: SmallProvince) -> None:
    visas, article = opened(province, "visas/"), opened(province, "tin-tuc/2019/tin-cua-tinh/")

    assert visas.xpath("//ul[@class='tools']//a[@lang='vi']/@href") == ["/"]
    assert article.xpath("//ul[@class='tools']//a[@lang='en']/@href") == ["/about/"]
    assert not visas.xpath("//link[@hreflang]")


def test_an_agency_without_pages_in_english_leads_to_those_of_the_province(province: SmallProvince) -> None:
    for address in ("so-tu-phap/", "so-tu-phap/lien-he/", "so-tu-phap/thu-tuc/"):
        assert opened(province, address).xpath("//ul[@class='tools']//a[@lang='en']/@href") == ["/en.html"], address
    leading = html.document_fromstring((province.output / "en.html").read_text("utf-8"))

    assert leading.get("lang") == "en"
    assert leading.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/about/"]
    assert "This page is now at another address." in leading.text_content()
    assert "A test, not an official portal." in leading.text_content()


def test_a_province_without_english_leads_nobody_there(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    made.build()
    assert not opened(made, "so-tu-phap/").xpath("//a[@lang='en']")

    made.edit("province/province.yaml", "name: Tỉnh", "site_name_en: Portal\nname: Tỉnh")
    made.build()
    assert 'url=/"' in (made.output / "en.html").read_text("utf-8"), "no page in English: the home page"


def test_a_site_without_pages_in_english_has_no_contact_in_it(province: SmallProvince) -> None:
    assert not province.shows("so-tu-phap/lien-he/en/")
    assert not opened(province, "so-tu-phap/lien-he/").xpath("//head/link[@hreflang]")


def test_page_that_names_no_original_is_told(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    made.write("province/pages/about.md", ABOUT.format(more="translation_of: gioi-thiu\n"))
    made.write("province/pages/visas.md", ABOUT.format(more="translation_of: about\n"))

    advice = [line for line in made.advice(made.build()) if "translation_of" in line]

    assert advice == [
        'content/province/pages/about.md:6: translation_of: there is no page "gioi-thiu" in another language in this '
        'folder (did you mean "gioi-thieu"?)',
        'content/province/pages/visas.md:6: translation_of: there is no page "about" in another language in this '
        "folder (name the file of the other page, without .md)",
    ]
    assert not opened(made, "about/").xpath("//head/link[@hreflang]")


def test_a_page_whose_original_is_edited_stays_as_it_was_and_one_that_is_renamed_does_not(tmp_path: Path) -> None:
    """Pages are taken over from the version before: the other's address is part of what they show."""
    made = SmallProvince.of(tmp_path)
    made.write("province/pages/about.md", ABOUT.format(more="translation_of: gioi-thieu\n"))
    made.build()
    made.rename("province/pages/about.md", "province/pages/about-us.md")
    made.build()

    assert opened(made, "gioi-thieu/").xpath("//ul[@class='tools']//a[@lang='en']/@href") == ["/about-us/"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Thứ Hai - Thứ Sáu", "Monday–Friday"),
        ("Thứ Bảy", "Saturday"),
        ("Thứ Hai, thứ Tư và Chủ nhật", "Monday, Wednesday, Sunday"),
        ("Hằng ngày", "Monday–Sunday"),
        ("Ngày rằm", None),
    ],
)
def test_days_are_said_in_english_where_they_can_be_read(written: str, said: Any) -> None:
    assert english_days(written) == said
