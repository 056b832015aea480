"""Addresses of records that changed: aliases lead on, and what was withdrawn says so and is in no list."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.portal.site_reading import load_site
from tests.portal.contents import KINDS, ContentFolder
from tests.provinces import SmallProvince

NOW = datetime(2019, 9, 24)
NEWS = "agencies/so-y-te/news/2019"
OLD, KEPT, GONE = "so-y-te/tin-tuc/2018/cu/", "so-y-te/tin-tuc/2019/moi/", "so-y-te/tin-tuc/2019/da-go/"


def article(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2019-09-01\nsummary: Tóm tắt.\n{more}---\nNội dung.\n"


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    province = SmallProvince.of(tmp_path_factory.mktemp("settled"))
    aliases = f"aliases: [/{OLD}, /{GONE}, /so-y-te/trang-cu/]\n"
    province.write(f"{NEWS}/moi.md", article("Bài mới", aliases))
    province.write(f"{NEWS}/nua.md", article("Bài nữa", f"aliases: [/{OLD}]\n"))
    withdrawn = 'withdrawn: {date: 2019-09-20, reason: "Số liệu sai <b>"}\n'
    province.write(f"{NEWS}/da-go.md", article("Bài đã gỡ", withdrawn))
    english = "title: About us\nlanguage: en\n"
    province.write("agencies/so-y-te/pages/about.md", f"---\n{english}{withdrawn}---\nText.\n")
    province.write("agencies/so-y-te/pages/in-english.md", f"---\n{english}aliases: [/so-y-te/english/]\n---\nText.\n")
    return province


@pytest.fixture(scope="module")
def advice(province: SmallProvince) -> list[str]:
    report = province.build(conf="publishconf.py", PORTAL_KEEP_ADDRESSES=True, PORTAL_CHECK_RELEASES=True)
    assert province.problems(report) == []
    return [told.render() for told in report.advice]


def test_alias_leads_to_the_record_from_any_address_that_it_may_have_had(
    province: SmallProvince, advice: list[str]
) -> None:
    for address in (OLD, "so-y-te/trang-cu/"):
        assert f"url=/{KEPT}" in province.page(address).replace("url=https://portal.example.vn/", "url=/")


def test_page_goes_before_an_alias_and_the_first_record_before_another(advice: list[str]) -> None:
    told = [line.split("content/", 1)[1] for line in advice if "aliases" in line]

    assert len(told) == 2
    assert told[0].startswith(f"{NEWS}/moi.md:5: aliases[1]: /{GONE} is the address of a page")
    assert told[1].startswith(f"{NEWS}/nua.md:5: aliases[0]: /{OLD} leads to another page already")


def test_what_was_withdrawn_says_since_when_and_why_and_is_in_no_list(
    province: SmallProvince, advice: list[str]
) -> None:
    page = province.page(GONE)

    assert "20/09/2019" in page
    assert "Số liệu sai &lt;b&gt;" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Nội dung." not in page
    naming = {
        name
        for name, content in province.files().items()
        if not name.startswith(GONE)
        and name != f"{KEPT}index.json"  # its record lists that address among its aliases
        and not name.endswith(".gz")
        and ("Bài đã gỡ".encode() in content or b"da-go/" in content)
    }
    assert naming == set()


@pytest.mark.parametrize(
    ("alias", "told"),
    [
        ("/so-tu-phap/tin-tuc/2019/a/", "write an address that begins with /so-y-te/"),
        ("/tin-tuc/2019/a/", "write an address that begins with /so-y-te/"),
        ("/so-y-te/tin-tuc/2019/", "write the address that it had"),
        ("/so-y-te/tin-tuc/trang/2/", "write the address that it had"),
        ("/so-y-te/lien-he/", "write the address that it had"),
        ("/so-y-te/thu-tuc/1.004616/", "write the address that it had"),
        ("/so-y-te/media/a/", "write the address that it had"),
        ("/so-y-te/", "write the address that it had"),
        ("/", "write it as the browser shows it"),
        ("so-y-te/a/", "write it as the browser shows it"),
        ("/so-y-te/../a/", "write it as the browser shows it"),
        ("https://portal.example.vn/so-y-te/a/", "write it as the browser shows it"),
    ],
)
def test_alias_that_no_page_of_the_site_can_have_had_is_a_problem_of_its_line(
    alias: str, told: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = ContentFolder.of(tmp_path_factory.mktemp("alias"))
    content.write("news/2019/tin.md", article("Tin", f"aliases: ['{alias}']\n"))

    loaded = load_site(content.folder, "content", "so-y-te", content.shared(), drafts=False, now=NOW, kinds=KINDS)

    [problem] = [problem.render() for problem in loaded.problems]
    assert problem.startswith("content/agencies/so-y-te/news/2019/tin.md:5: aliases[0]: ")
    assert told in problem


@pytest.mark.parametrize(("address", "words"), [("about", "was withdrawn on 20 September 2019"), ("english", "Go to:")])
def test_what_was_in_english_says_in_english_what_became_of_it(
    address: str, words: str, province: SmallProvince, advice: list[str]
) -> None:
    page = province.page(f"so-y-te/{address}")

    assert '<html lang="en">' in page
    assert words in page
