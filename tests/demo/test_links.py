"""Every link of every page leads somewhere, and every page is put together as a page should be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from urllib.parse import urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from plugins.portal import addresses
from plugins.portal.addresses import is_past_version
from tests.demo.built import DemoPortal, is_moved, listed, words

SCHEMES = {"http", "https", "mailto", "tel"}
LOCAL = re.compile(rb"localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0")
TEXT = (".html", ".xml", ".atom", ".json", ".css", ".js", ".txt", ".svg")
SITEMAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def offending(portal: DemoPortal, wrong: Callable[[HtmlElement], list[str]], of: str = "/html") -> list[str]:
    """What is wrong on each page, behind the page's address; there must be some of what is looked at (`of`)."""
    assert any(page.xpath(of) for page in portal.pages.values()), of
    return [f"/{address}: {what}" for address, page in portal.pages.items() for what in wrong(page)]


def locations(portal: DemoPortal, name: str) -> list[str]:
    """What a sitemap or an index of them lists, as written; the file must be valid XML."""
    return [str(found) for found in etree.fromstring(portal.read(name)).xpath("//s:loc/text()", namespaces=SITEMAPS)]


def listed_pages(portal: DemoPortal) -> list[str]:
    """What all sitemaps of the index list."""
    indexed = [portal.inside("", location) for location in locations(portal, "sitemap.xml")]
    found = [location for inside in indexed if inside for location in locations(portal, inside[0])]
    assert len(found) > 500
    return found


def test_every_internal_link_leads_to_a_file(portal: DemoPortal) -> None:
    broken = [
        f"/{page}: {link}"
        for page, link in portal.links()
        if (inside := portal.inside(page, link)) and not portal.answers(inside[0])
    ]

    assert not broken, listed(broken)


def test_every_fragment_is_an_id_of_the_page_that_it_leads_to(portal: DemoPortal) -> None:
    ids = {address: set(page.xpath("//@id")) for address, page in portal.pages.items()}
    broken = [
        f"/{page}: {link}"
        for page, link in portal.links()
        if (inside := portal.inside(page, link)) and inside[1] and inside[1] not in ids.get(inside[0], ())
    ]

    assert not broken, listed(broken)


def test_links_that_leave_the_portal_are_to_the_web_mail_or_telephone(portal: DemoPortal) -> None:
    strange = [
        f"/{page}: {link}"
        for page, link in portal.links()
        if not portal.inside(page, link) and urlsplit(link.strip()).scheme.lower() not in SCHEMES
    ]

    assert not strange, listed(strange)


def test_labels_and_descriptions_name_ids_of_their_page(portal: DemoPortal) -> None:
    def wrong(page: HtmlElement) -> list[str]:
        ids = set(page.xpath("//@id"))
        named = page.xpath("//@for | //@aria-labelledby | //@aria-describedby | //@aria-controls")
        return [f'{name.attrname}="{name}"' for name in named if not ids.issuperset(name.split())]

    for kind in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        assert not (found := offending(portal, wrong, f"//@{kind}")), listed(found)


def test_ids_are_unique_on_each_page(portal: DemoPortal) -> None:
    def wrong(page: HtmlElement) -> list[str]:
        return [f"#{name} {times} times" for name, times in Counter(page.xpath("//@id")).items() if times > 1]

    assert not (found := offending(portal, wrong)), listed(found)


def test_every_page_has_one_h1(portal: DemoPortal) -> None:
    def wrong(page: HtmlElement) -> list[str]:
        headings = [words(heading) for heading in page.iter("h1")]
        return [] if len(headings) == 1 and headings[0] else [f"h1 {headings}"]

    assert not (found := offending(portal, wrong)), listed(found)


def test_no_heading_in_main_skips_a_level(portal: DemoPortal) -> None:
    def wrong(page: HtmlElement) -> list[str]:
        skipped, before = [], 0
        for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"):
            level = int(heading.tag[1])
            if level > before + 1:
                skipped.append(f'{heading.tag} "{words(heading)}" after h{before}')
            before = level
        return skipped

    assert not (found := offending(portal, wrong)), listed(found)


def test_every_heading_has_words_besides_what_it_counts(portal: DemoPortal) -> None:
    def wrong(page: HtmlElement) -> list[str]:
        headings = page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
        return [f'{heading.tag} "{told}"' for heading in headings if not any(map(str.isalpha, told := words(heading)))]

    assert not (found := offending(portal, wrong)), listed(found)


def test_every_page_has_one_main(portal: DemoPortal) -> None:
    assert not (
        found := offending(portal, lambda page: [] if len(list(page.iter("main"))) == 1 else ["no main, or several"])
    ), listed(found)


def test_every_picture_has_an_alt(portal: DemoPortal) -> None:
    found = offending(portal, lambda page: [str(source) for source in page.xpath("//img[not(@alt)]/@src")], "//img")

    assert not found, listed(found)


def test_pictures_of_articles_and_pages_say_what_they_show(portal: DemoPortal) -> None:
    silent = "//article[@class='text']//img[not(normalize-space(@alt))]/@src"

    found = offending(portal, lambda page: [str(src) for src in page.xpath(silent)], "//article[@class='text']//img")

    assert not found, listed(found)


def test_every_page_says_that_it_is_vietnamese_but_for_those_in_english(portal: DemoPortal) -> None:
    found = offending(portal, lambda page: [] if page.get("lang") == "vi" else [f"lang {page.get('lang')}"])

    english = ("about-hau-giang/", "api/v1/en/", "en.html", "lien-he/en/")
    assert sorted(found) == [f"/{page}: lang en" for page in english], listed(found)


def test_text_in_english_says_that_it_is_english(portal: DemoPortal) -> None:
    [heading] = portal.pages["about-hau-giang/"].iter("h1")

    assert heading.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") == "en"


def test_every_page_has_a_title_and_a_description(portal: DemoPortal) -> None:
    def wrong(page: HtmlElement) -> list[str]:
        title = "".join(page.xpath("//head/title/text()")).strip()
        description = "".join(page.xpath("//meta[@name='description']/@content")).strip()
        return ([] if title else ["title"]) + ([] if description or is_moved(page) else ["description"])

    assert not (found := offending(portal, wrong)), listed(found)


def test_no_two_pages_have_one_title(portal: DemoPortal) -> None:
    titled: dict[str, list[str]] = defaultdict(list)
    for address, page in portal.pages.items():
        if not is_moved(page):
            titled["".join(page.xpath("//head/title/text()")).strip()].append(f"/{address}")
    shared = [f'"{title}": {", ".join(pages)}' for title, pages in titled.items() if len(pages) > 1]

    assert not shared, listed(shared)


def test_no_page_has_scripts_or_styles_of_its_own(portal: DemoPortal) -> None:
    def wrong(page: HtmlElement) -> list[str]:
        # Data for search engines is no script: no browser runs it.
        own = page.xpath("//script[not(@src) and not(@type='application/ld+json')] | //style")
        inside = [html.tostring(found, encoding="unicode")[:80] for found in own]
        attributes = page.xpath("//@style | //@*[starts-with(local-name(), 'on')]")
        return inside + [f'{found.attrname}="{found}"' for found in attributes]

    assert not (found := offending(portal, wrong)), listed(found)


def test_scripts_styles_and_pictures_come_from_the_portal_itself(portal: DemoPortal) -> None:
    sources = "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='manifest']/@href"
    foreign = [
        f"/{address}: {source}"
        for address, page in portal.pages.items()
        for source in page.xpath(sources)
        if not portal.inside(address, source)
    ]

    assert not foreign, listed(foreign)


def test_index_for_search_leads_to_pages(portal: DemoPortal) -> None:
    broken = [f"{entry.code}: /{entry.url}" for entry in portal.catalogue if not portal.answers(entry.url)]

    assert not broken, listed(broken)


def test_desk_asks_search_engines_to_stay_away(desk: DemoPortal) -> None:
    found = offending(
        desk, lambda page: [] if page.xpath("//meta[@name='robots' and @content='noindex']") else ["indexed"]
    )

    assert not found, listed(found)
    assert desk.read("robots.txt").decode().splitlines() == ["User-agent: *", "Disallow: /"]


def test_public_demonstration_asks_search_engines_to_stay_away(public: DemoPortal) -> None:
    found = offending(
        public, lambda page: [] if page.xpath("//meta[@name='robots' and @content='noindex']") else ["indexed"]
    )

    assert not found, listed(found)
    assert public.read("robots.txt").decode().splitlines() == ["User-agent: *", "Disallow: /"]


def test_no_public_file_names_the_desk(public: DemoPortal) -> None:
    found = [name for name in public.files if name.endswith(TEXT) and LOCAL.search(public.read(name))]

    assert not found, listed(found)


def test_pages_name_the_portals_host_only_where_they_are_known_by_it(portal: DemoPortal) -> None:
    """So they work at any address: by the machine's number, on a trial host, over http."""
    known_by = (
        "//link[@rel='canonical' or @hreflang]/@href | //meta[@property='og:url' or @property='og:image']/@content"
    )
    whole = Counter((f"/{page}", link) for page, link in portal.links() if link.startswith(portal.url.rstrip("/")))
    known = Counter(
        (f"/{address}", str(link)) for address, page in portal.pages.items() for link in page.xpath(known_by)
    )

    assert not (found := whole - known), listed(f"{page}: {link}" for page, link in found)


def test_links_inside_the_portal_begin_at_its_root(portal: DemoPortal) -> None:
    odd = [
        f"/{page}: {link}"
        for page, link in portal.links()
        if portal.inside(page, link) and not link.startswith(("/", "#", portal.url.rstrip("/")))
        if (page, link) != (addresses.OFFLINE, "")  # it stands in the place of any page, and asks for that again
    ]

    assert not odd, listed(odd)


def test_canonical_address_is_whole_and_the_pages_own(portal: DemoPortal) -> None:
    wrong = []
    for address, page in portal.pages.items():
        expected = [portal.url + address]
        if address in ("404.html", addresses.OFFLINE):
            expected = []
        elif is_moved(page):
            expected = [
                portal.url + inside[0] for a in page.xpath("//main//a/@href") if (inside := portal.inside("", a))
            ]
        elif is_past_version(address):
            expected = [portal.url + address.partition("ban-cu/")[0]]
        if (found := page.xpath("//link[@rel='canonical']/@href")) != expected:
            wrong.append(f"/{address}: {found}")

    assert not wrong, listed(wrong)


def test_index_of_sitemaps_lists_every_sitemap(portal: DemoPortal) -> None:
    found = set(locations(portal, "sitemap.xml"))
    expected = {portal.url + name for name in portal.files if re.fullmatch(r"sitemaps/.+\.xml", name)}

    assert found == expected, listed(found ^ expected)


def test_sitemaps_list_pages_that_exist_and_each_once(portal: DemoPortal) -> None:
    pages = listed_pages(portal)
    absent = [page for page in pages if not (inside := portal.inside("", page)) or inside[0] not in portal.pages]
    twice = [f"{page} {times} times" for page, times in Counter(pages).items() if times > 1]

    assert not absent, listed(absent)
    assert not twice, listed(twice)


def test_page_of_problems_is_on_the_desk_only(desk: DemoPortal, public: DemoPortal) -> None:
    assert addresses.PROBLEMS in desk.pages
    assert addresses.PROBLEMS not in public.pages
