"""What pages say of themselves to search engines and to who passes them on."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from lxml import etree

from plugins.portal import addresses
from tests.demo.built import DemoPortal, is_moved, listed, words
from tests.profiles import CPSV_AP, DCAT_AP, misfits
from tests.waiting import PATIENCE

SHAPES: dict[str, set[str]] = {
    "GovernmentOrganization": {"name", "url"},
    "NewsArticle": {"headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "WebSite": {"name", "url", "potentialAction"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "DataCatalog": {"name", "dataset"},
    "Dataset": {"name", "description", "license", "creator", "distribution"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "GovernmentService": {"name", "serviceOperator", "areaServed", "url"},
    "PostalAddress": {"streetAddress", "addressCountry"},
    "Place": set(),
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes"},
    "Organization": {"name"},
    "Audience": {"audienceType"}, "AdministrativeArea": {"name"}, "Thing": {"name"}, "Offer": {"price"},
    "ServiceChannel": {"serviceUrl"},
    "Legislation": {"name", "legislationType", "legislationDate"}, "eli:LegalResource": {"eli:type_document"},
}  # fmt: skip
"""What search engines want of each, by their documentation."""
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
Node = dict[str, Any]


def nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


DATA = "//script[@type='application/ld+json']/text()"
WITHOUT_TYPES = re.compile("query-input|.+:.+")
"""What schema.org's own documents put on an action without a type for it, and words of other vocabularies."""


@pytest.fixture(scope="module")
def told(public: DemoPortal) -> dict[str, list[Node]]:
    """By page everything that it says it is about."""
    return {
        address: [node for text in page.xpath(DATA) for node in nodes(json.loads(text))]
        for address, page in public.pages.items()
    }


def types_of(node: Node) -> tuple[str, ...]:
    told = node["@type"]
    return (told,) if isinstance(told, str) else tuple(told)


def asked_of(node: Node) -> set[str]:
    return set().union(*(SHAPES[name] for name in types_of(node)))


def of_type(told: list[Node], kind: str) -> list[Node]:
    return [node for node in told if kind in types_of(node)]


def test_everything_told_has_what_is_asked_of_its_kind(told: dict[str, list[Node]]) -> None:
    lacking = [
        f"{address}: {node['@type']}: {sorted(asked_of(node) - node.keys())}"
        for address, own in told.items()
        for node in own
        if not asked_of(node) <= node.keys() and node.keys() != {"@id"}
    ]

    assert {name for own in told.values() for node in own for name in types_of(node)} >= {
        "GovernmentOrganization", "NewsArticle", "BreadcrumbList", "WebSite", "SearchAction", "Dataset",
        "GovernmentService", "OpeningHoursSpecification",
    }  # fmt: skip
    assert not lacking, listed(lacking)


def form(value: Any) -> Any:
    """Equal for what has the same properties of the same kinds; terms of closed lists are themselves."""
    if isinstance(value, dict):
        return tuple((key, form(inner)) for key, inner in sorted(value.items()))
    if isinstance(value, list):
        return frozenset(map(form, value))
    closed = isinstance(value, str) and (
        (value.isalpha() and value.isascii()) or value.startswith("https://schema.org/")
    )
    return value if closed else type(value).__name__


def of_schema_org(node: Any) -> Any:
    """What is said in words of schema.org alone."""
    if isinstance(node, list):
        return [of_schema_org(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    types = [name for name in types_of(node) if ":" not in name] if "@type" in node else []
    kept = {key: of_schema_org(inner) for key, inner in node.items() if not WITHOUT_TYPES.fullmatch(key)}
    return kept | ({"@type": types[0]} if types else {})


def test_everything_told_has_the_types_of_schema_org(public: DemoPortal, page_tools: Path, tmp_path: Path) -> None:
    by_form: dict[Any, tuple[str, Node]] = {}
    for address, page in public.pages.items():
        for block in map(json.loads, page.xpath(DATA)):
            assert block.pop("@context")
            for node in block.get("@graph", [block]):
                by_form.setdefault(form(node), (address, of_schema_org(node)))
    names = sorted({node["@type"] for _, node in by_form.values()})
    lines = [
        f"import type {{ {', '.join(names)} }} from 'schema-dts';",
        "type Told = Exclude<GovernmentOrganization, string>;",
        "// @ts-expect-error: no organization has this",
        "export const unknown: Told = {'@type': 'GovernmentOrganization', hasMap: ''};",
        "// @ts-expect-error: no day is called so",
        "export const undated: Told = {'@type': 'GovernmentOrganization', location: {'@type': 'Place', "
        "openingHoursSpecification: {'@type': 'OpeningHoursSpecification', dayOfWeek: 'Someday'}}};",
        *(
            f"export const n{number}: Exclude<{node['@type']}, string> = {json.dumps(node, ensure_ascii=False)}; "
            f"// {address}"
            for number, (address, node) in enumerate(by_form.values())
        ),
    ]
    (tmp_path / "told.ts").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(page_tools)
    command = [str(page_tools / ".bin/tsc"), *"--noEmit --strict --skipLibCheck --moduleResolution bundler".split()]
    command += [*"--module esnext --target es2023".split(), "told.ts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=PATIENCE)

    assert len(by_form) > 20
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_every_procedure_fits_cpsv_ap_and_the_catalogue_of_data_dcat_ap(public: DemoPortal) -> None:
    context = json.loads(public.read("api/v1/context.jsonld"))
    documents = [json.loads(public.read(f"api/v1/procedures/{entry.code}.json")) for entry in public.catalogue]
    lines = [line for document in documents for line in misfits({**document, **context}, CPSV_AP)]

    assert not lines, listed(lines)
    assert misfits(json.loads(public.read("api/v1/catalog.jsonld")), DCAT_AP) == []


def test_every_article_tells_that_it_is_news(public: DemoPortal, told: dict[str, list[Node]]) -> None:
    for pages in public.articles.values():
        for address in pages:
            [article] = of_type(told[address], "NewsArticle")
            assert article["headline"] == words(public.pages[address].xpath("//h1")[0])
            assert article["mainEntityOfPage"] == f"{public.url}{address}"
            published = datetime.fromisoformat(article["datePublished"])
            assert published <= datetime.fromisoformat(article["dateModified"])


def test_every_agency_tells_how_to_reach_it(public: DemoPortal, told: dict[str, list[Node]]) -> None:
    reachable = 0
    for slug in public.agencies:
        [agency] = [node for node in of_type(told[f"{slug}/"], "GovernmentOrganization") if "@id" in node]
        assert agency["url"] == f"{public.url}{slug}/"
        page = public.pages[f"{slug}/"]
        if "telephone" in agency:
            reachable += 1
            assert f"tel:{agency['telephone']}" in page.xpath("//main//a/@href")
        for hours in agency.get("location", {}).get("openingHoursSpecification", ()):
            assert hours["opens"] < hours["closes"]
            assert hours["dayOfWeek"]

    assert reachable > 40


def test_home_tells_how_it_is_searched(public: DemoPortal, told: dict[str, list[Node]]) -> None:
    [site] = of_type(told[""], "WebSite")
    template = site["potentialAction"]["target"]["urlTemplate"]
    [name] = public.pages[""].xpath("//form[@role='search']//input/@name | //form//input[@type='search']/@name")[:1]

    assert template == f"{public.url}{addresses.SEARCH}?{name}={{search_term_string}}"


def test_way_to_a_page_is_the_one_that_it_shows(public: DemoPortal, told: dict[str, list[Node]]) -> None:
    looked_at = 0
    for address, page in public.pages.items():
        for way in of_type(told[address], "BreadcrumbList"):
            looked_at += 1
            links = page.xpath("//nav[@class='breadcrumb']//a/@href")
            steps = [step["item"] for step in way["itemListElement"]]
            assert steps == [f"{public.url}{str(link).lstrip('/')}" for link in links], address
            assert [step["position"] for step in way["itemListElement"]] == list(range(1, len(steps) + 1))

    assert looked_at > 500


def test_every_page_has_a_picture_for_who_passes_it_on(public: DemoPortal) -> None:
    wrong = []
    for address, page in public.pages.items():
        if is_moved(page) or "." in address:
            continue
        pictures = page.xpath("//meta[@property='og:image']/@content")
        cards = page.xpath("//meta[@name='twitter:card']/@content")
        if len(pictures) != 1 or cards not in (["summary"], ["summary_large_image"]):
            wrong.append(f"{address}: {pictures} {cards}")
        elif not public.answers(str(pictures[0]).removeprefix(public.url).partition("?")[0]):
            wrong.append(f"{address}: {pictures[0]}")

    assert not wrong, listed(wrong)


def test_sitemaps_say_when_pages_changed(public: DemoPortal) -> None:
    changed: dict[str, str] = {}
    for name in public.files:
        if name.startswith("sitemaps/") and name.endswith(".xml"):
            for url in etree.fromstring(public.read(name)):
                day = url.findtext(f"{SITEMAPS}lastmod")
                if day:
                    changed[url.findtext(f"{SITEMAPS}loc") or ""] = str(date.fromisoformat(day))
    known = {
        item["url"]: item["modified"][:10]
        for name in ("articles", "pages", "procedures")
        for item in json.loads(public.read(f"api/v1/{name}.json"))["items"]
        if item["modified"]
    }

    assert len(known) > 250
    assert {url: changed.get(url) for url in known} == known
    index = etree.fromstring(public.read("sitemap.xml"))
    assert max(entry.findtext(f"{SITEMAPS}lastmod") or "" for entry in index) == max(changed.values())


def test_procedures_stay_small_with_all_that_they_tell(public: DemoPortal) -> None:
    sheet = len(brotli.compress(public.read("theme/portal.css")))
    sizes = {
        item["code"]: len(brotli.compress(public.read(f"{item['url'].removeprefix(public.url)}index.html"))) + sheet
        for item in json.loads(public.read("api/v1/procedures.json"))["items"]
    }

    assert {code: size for code, size in sizes.items() if size > 14 * 1024} == {}
