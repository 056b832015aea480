"""Titles and summaries are plain text: whatever signs are in them, they read the same wherever they appear."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html

from plugins.builder.folders import shown_sites
from plugins.portal.yaml_text import scalar
from plugins.search.kinds import OTHERS, SOUGHT_FIRST, IndexKind
from plugins.search.linking import linked_index, speech
from plugins.search.reference import Searcher
from tests.provinces import SmallProvince, files_below

NASTY = [
    "Trẻ <6 tuổi & người \"già\" >60 tuổi, ]]> 'phí' 5 < 6",
    "Viết &lt;b&gt; và &amp;#60; &nbsp; &copy không; <b>đậm</b> <script>alert(1)</script> </title>",
    "Mẫu {{ province.name }} %s {0} \\u003c $1 --> <!-- ghi --> `x` *y* [z](javascript:x)",
]
ADDRESS = "so-y-te/tin-tuc/2019/thu/"


@pytest.fixture(scope="module", params=NASTY, ids=["angles", "entities", "templates"])
def nasty(request: pytest.FixtureRequest) -> str:
    text: str = request.param
    return text


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory, nasty: str) -> SmallProvince:
    """A province in which an article, a page, a procedure and an agency all have the name."""
    built = SmallProvince.of(tmp_path_factory.mktemp("plain"))
    name = scalar(nasty)
    built.write(
        "agencies/so-y-te/news/2019/thu.md", f"---\ntitle: {name}\ndate: 2019-09-28\nsummary: {name}\n---\nChữ.\n"
    )
    built.write("agencies/so-y-te/pages/trang-thu.md", f"---\ntitle: {name}\nsummary: {name}\n---\nChữ.\n")
    for path in ("agencies/so-y-te/agency.yaml", "agencies/so-y-te/procedures/1.004616.yaml"):
        record = (built.content / path).read_text(encoding="utf-8")
        built.write(path, re.sub(r"^name: .*$", lambda _: f"name: {name}", record, count=1, flags=re.MULTILINE))
    assert built.problems(built.build()) == []
    return built


def pages(province: SmallProvince) -> Iterator[tuple[str, html.HtmlElement]]:
    for name, content in province.files().items():
        if name.endswith(".html"):
            yield name, html.document_fromstring(content.decode("utf-8"))


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def strings(value: object) -> Iterator[str]:
    """Every text within what JSON holds."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(inner)


def searcher(province: SmallProvince, kind: IndexKind) -> Searcher:
    shown = shown_sites(province.settings())
    index = linked_index(kind, {slug: entry.version for slug, entry in shown.items()})
    return Searcher(index, speech(shown[""].manifest.synonyms))


def test_article_says_it_in_its_heading_title_and_cards(province: SmallProvince, nasty: str) -> None:
    page = html.document_fromstring(province.page(ADDRESS))

    assert said(page.xpath("//h1")[0]) == nasty
    assert said(page.xpath("//p[@class='lead']")[0]) == nasty
    assert page.xpath("//head/title")[0].text_content().startswith(f"{nasty} – ")
    for place in ("@property='og:title'", "@property='og:description'", "@name='description'"):
        assert page.xpath(f"//meta[{place}]/@content") == [nasty]


@pytest.mark.parametrize(
    ("address", "places"),
    [(ADDRESS, 4), ("so-y-te/", 8), ("so-y-te/trang-thu/", 4), ("so-y-te/thu-tuc/1.004616/", 4)],
    ids=["article", "agency", "page", "procedure"],
)
def test_every_link_to_it_says_it(province: SmallProvince, nasty: str, address: str, places: int) -> None:
    """Lists, menus, breadcrumbs, the directory, the catalogue: a link has the whole name, or other words of ours."""
    with_name = 0
    mutilated = []
    for name, page in pages(province):
        for link in page.xpath(f"//a[@href='/{address}']"):
            text = said(link)
            with_name += nasty in text
            if nasty not in text and set(re.findall(r"\w{4,}", text)) & set(re.findall(r"\w{4,}", nasty)):
                mutilated.append(f"{name}: {text}")
    assert mutilated == []
    assert with_name >= places


def test_pages_hold_nothing_that_the_name_could_have_brought(province: SmallProvince) -> None:
    for name, page in pages(province):
        assert page.xpath("//script[not(@src) and not(@type)] | //b[.='đậm'] | //title/*") == [], name


def test_feed_says_it(province: SmallProvince, nasty: str) -> None:
    written = (province.output / "so-y-te/tin-tuc/feed.atom").read_bytes()
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.fromstring(written)
    [entry] = [entry for entry in feed.iter(f"{atom}entry") if ADDRESS in str(entry.find(f"{atom}link").get("href"))]

    assert (entry.find(f"{atom}title").text, entry.find(f"{atom}title").get("type")) == (nasty, None)
    assert feed.find(f"{atom}title").text == nasty  # the agency's name
    # The summary is HTML in Atom: what it says once it is read as that.
    assert html.fragment_fromstring(entry.find(f"{atom}summary").text, create_parent="p").text_content() == nasty
    assert len(feedparser.parse(written).entries) == len(feed.findall(f"{atom}entry"))


def test_search_says_it(province: SmallProvince, nasty: str) -> None:
    cards = {
        card.url: card for kind in (OTHERS, SOUGHT_FIRST) for card in searcher(province, kind).index.cards.values()
    }
    for address in (ADDRESS, "so-y-te/trang-thu/", "so-y-te/thu-tuc/1.004616/"):
        assert cards[address].title == nasty
    assert cards[ADDRESS].summary == nasty


def test_programs_read_it(province: SmallProvince, nasty: str) -> None:
    api = province.output / "api/v1"
    index = json.loads((api / "procedures.json").read_text("utf-8"))
    table = csv.DictReader(io.StringIO((api / "procedures.csv").read_text("utf-8").removeprefix("\ufeff"), newline=""))
    record = json.loads((api / "procedures/1.004616.json").read_text("utf-8"))

    assert [row["name"] for row in index["items"] if row["code"] == "1.004616"] == [nasty]
    assert [row["name"] for row in table if row["code"] == "1.004616"] == [nasty]
    assert nasty in set(strings(record))


def test_structured_data_in_pages_says_it(province: SmallProvince, nasty: str) -> None:
    page = html.document_fromstring(province.page("so-y-te/thu-tuc/1.004616/"))
    [script] = page.xpath("//head/script[@type='application/ld+json']/text()")
    assert {nasty} & set(strings(json.loads(script)))


def test_sitemaps_stay_well_formed(province: SmallProvince) -> None:
    files = [path for path in files_below(province.output) if path.suffix in (".xml", ".atom")]
    roots = {etree.QName(etree.fromstring(path.read_bytes())).localname for path in files}

    assert roots == {"feed", "urlset", "sitemapindex"}


def test_manifest_of_the_installed_portal_says_the_provinces_names(province: SmallProvince) -> None:
    manifest = json.loads((province.output / "manifest.webmanifest").read_text("utf-8"))
    home = html.document_fromstring(province.page(""))

    assert manifest["name"] == said(home.xpath("//h1")[0])
    assert manifest["short_name"] == said(home.xpath("//a[@class='brand']//strong")[0])


def test_every_kind_of_output_is_looked_at(province: SmallProvince) -> None:
    """A kind that comes new must be looked at too."""
    kinds = {Path(name).suffix for name in province.files()}
    theme = {Path(name).suffix for name in province.files() if name.startswith("theme/")}
    assert kinds - theme <= {
        ".html", ".atom", ".json", ".jsonld", ".csv", ".xml", ".txt", ".map", ".bin", ".gz", ".webmanifest", "",
    }  # fmt: skip
