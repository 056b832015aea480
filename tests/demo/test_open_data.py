"""What pages show is in the data: facts of pages are put together from JSON alone, and compared with the HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from lxml.html import HtmlElement

from plugins.portal import addresses
from tests.demo.built import DemoPortal, listed, words
from tests.shown import ToldData

Answer = dict[str, Any]


class Api:
    """The portal as a program knows it: nothing is asked but JSON."""

    def __init__(self, portal: DemoPortal) -> None:
        self._portal = portal
        self.index = self.at("api/v1/index.json")
        self._lists: dict[str, list[Answer]] = {}

    def at(self, address: str) -> Answer:
        read: Answer = json.loads(self._portal.read(address.removeprefix(self._portal.url)))
        return read

    def items(self, name: str) -> list[Answer]:
        """All items of a list, page by page."""
        if name not in self._lists:
            self._lists[name] = list(self._walked(f"api/v1/{name}.json"))
        return self._lists[name]

    def _walked(self, address: str | None) -> Iterator[Answer]:
        while address:
            page = self.at(address)
            yield from page["items"]
            address = page["links"]["next"]

    def item(self, name: str, identifier: str) -> Answer:
        return next(item for item in self.items(name) if item["id"] == identifier)

    def terms(self, name: str) -> dict[str, str]:
        """What the keys of a closed list are called."""
        return {key: term["vi"] for key, term in self.at("api/v1/terms.json")["lists"][name].items()}

    def path(self, url: str) -> str:
        """As a link of a page has it."""
        return f"/{url.removeprefix(self._portal.url)}"


@pytest.fixture(scope="module")
def api(public: DemoPortal) -> Api:
    return Api(public)


@pytest.fixture(scope="module")
def told(public: DemoPortal) -> ToldData:
    return ToldData(public.read, public.files, public.url)


def day(moment: str) -> str:
    return "/".join(reversed(moment[:10].split("-")))


def texts(page: HtmlElement, path: str) -> list[str]:
    found = [words(element) for element in page.xpath(path)]
    assert found, path
    return found


def dialled(page: HtmlElement, path: str) -> set[str]:
    return {str(link).removeprefix("tel:") for link in page.xpath(f"{path}//a[starts-with(@href, 'tel:')]/@href")}


def numbers(*told: Answer) -> set[str]:
    return {number["dial"] for answer in told for number in answer["numbers"] if number["dial"]}


def even(text: str) -> str:
    return " ".join(text.split())


def test_every_list_says_the_same_as_its_documents(api: Api) -> None:
    lists = [answer["name"] for answer in api.index["answers"] if answer["list"]]
    assert {"articles", "pages", "procedures", "agencies", "fields", "life-events", "counters", "alerts", "statistics",
            "legal-status"} <= set(lists)  # fmt: skip
    documents = 0
    for name in lists:
        items = api.items(name)
        identifiers = [item.get("id") or item["code"] for item in items]
        assert len(identifiers) == len(set(identifiers)), name
        assert api.at(f"api/v1/{name}.json")["total"] == len(items)
        for item in items:
            if item.get("document"):
                documents += 1
                document = api.at(item["document"])
                shared = item.keys() & document.keys()
                assert {key: item[key] for key in shared} == {key: document[key] for key in shared}

    assert documents > 400


def test_agency_has_lists_of_its_own(public: DemoPortal, api: Api) -> None:
    seen = 0
    for name in ("articles", "procedures", "pages"):
        everywhere = api.items(name)
        for agency in {item["agency"] for item in everywhere if item["agency"]}:
            own = api.at(f"api/v1/agencies/{agency}/{name}.json")
            assert own["links"]["self"] == f"{public.url}api/v1/agencies/{agency}/{name}.json"
            assert own["total"] == len([item for item in everywhere if item["agency"] == agency])
            assert own["items"] == [item for item in everywhere if item["agency"] == agency][: len(own["items"])]
            seen += 1

    assert seen > 50
    assert "api/v1/agencies/{agency}/articles.json" in str(api.index["answers"])


def test_every_answer_is_what_its_schema_says(public: DemoPortal, api: Api) -> None:
    answers = [name for name in public.files if name.startswith("api/v1/") or name.endswith("/index.json")]
    validators: dict[str, Draft202012Validator] = {}
    wrong, seen = [], 0
    for name in answers:
        answer = api.at(name) if name.endswith(".json") else {}
        address = answer.get("$schema", "")
        if not address.startswith(public.url):
            continue
        if address not in validators:
            schema = api.at(address)
            assert schema["$id"] == address
            Draft202012Validator.check_schema(schema)
            validators[address] = Draft202012Validator(schema)
        seen += 1
        wrong += [
            f"{name}: {error.json_path}: {error.message[:200]}" for error in validators[address].iter_errors(answer)
        ]

    assert seen > 400
    assert not wrong, listed(wrong)


def test_answers_have_whole_addresses_of_what_is_there(public: DemoPortal, api: Api) -> None:
    dead = []
    for answer in api.index["answers"]:
        for item in api.items(answer["name"]) if answer["list"] else []:
            for key in ("url", "document", "permalink"):
                if item.get(key) and not public.answers(item[key].removeprefix(public.url)):
                    dead.append(f"{answer['name']}: {item[key]}")
                assert urlsplit(item.get(key) or public.url).scheme == "https", item

    assert not dead, listed(dead)


def test_news_of_the_home_and_what_it_says_of_the_province(public: DemoPortal, api: Api) -> None:
    page = public.pages[""]
    province = api.at("api/v1/province.json")
    articles = {api.path(item["url"]): item for item in api.items("articles")}
    shown = page.xpath("//section[@aria-labelledby='tin-moi']//div[@class='news']//a[@href]")
    news = [link for link in shown if str(link.get("href")) in articles]

    assert texts(page, "//h1") == [province["site_name"]]
    assert len(news) == 6
    for link in news:
        item = articles[str(link.get("href"))]
        around = words(link.xpath("ancestor::*[self::li or self::article][1]")[0])
        assert words(link) == even(item["title"])
        assert day(item["date"]) in around
        assert (item["agency_name"] if item["agency"] else "") in around
    lead = articles[str(news[0].get("href"))]
    assert even(lead["summary"]) in words(page.xpath("//article[@class='lead-article']")[0])
    own = [item for item in articles.values() if not item["agency"]]
    assert lead == next((item for item in own if item["featured"]), next(item for item in own if item["picture"]))

    procedures = {item["code"]: item for item in api.items("procedures")}
    expected = [(even(procedures[code]["name"]), api.path(procedures[code]["url"])) for code in province["most_used"]]
    most_used = page.xpath("//section[@aria-labelledby='thuong-dung']//ul//a")
    assert [(words(link), link.get("href")) for link in most_used] == expected
    in_force = [item for item in procedures.values() if item["status"] != "abolished"]
    assert texts(page, "//dd[@data-count='tong']") == [str(len(in_force))]
    named = {(words(link), str(link.get("href"))) for link in page.xpath("//*[@id='danh-sach-co-quan']//a")}
    assert named == {(even(item["name"]), api.path(item["url"])) for item in api.items("agencies")}
    figures = [(even(figure["label"]), even(figure["value"])) for figure in province["figures"]]
    told = page.xpath("//dl[@class='in-figures']/div")
    assert sorted((words(row.xpath("dt")[0]), words(row.xpath("dd")[0])) for row in told) == sorted(figures)
    events = [(even(item["name"]), api.path(item["url"])) for item in api.items("life-events")]
    tiles = page.xpath("//section[@aria-labelledby='su-kien']//ul//a")
    assert [str(tile.get("href")) for tile in tiles] == [url for _, url in events[: len(tiles)]]
    assert all(name in words(tile) for tile, (name, _) in zip(tiles, events, strict=False))
    assert dialled(page, "//footer") == numbers(province["contact"])
    assert dialled(page, "//header") == numbers(province)


@pytest.mark.parametrize("slug", ["so-y-te", "ubnd-huyen-phung-hiep"])
def test_home_of_an_agency(public: DemoPortal, api: Api, slug: str) -> None:
    page = public.pages[f"{slug}/"]
    agency = api.at(api.item("agencies", slug)["document"])
    kinds = api.terms("agency_kinds")
    body = words(page.xpath("//main")[0])

    assert texts(page, "//h1") == [even(agency["name"])]
    assert texts(page, "//p[@class='lead']") == [even(agency["summary"])]
    assert kinds[agency["kind"]] in body
    told = [agency["contact"]["address"], *agency["duties"]]
    counters = [counter for counter in agency["counters"] if not counter["commune"]]
    for counter in counters:
        told += [counter["name"], counter["address"], counter["note"]]
        told += [f"{hours['days']}: {'; '.join(hours['times'])}" for hours in counter["hours"]]
    if agency["head"]:
        told += [agency["head"]["office"], agency["head"]["name"], agency["head"]["reception"]]
    told += [commune["name"] for commune in agency["communes"]]
    assert [text for text in told if text and even(text) not in body] == []
    firsts = {counter["commune_code"]: counter for counter in reversed(agency["counters"]) if counter["commune"]}
    known = numbers(*counters, *firsts.values()) | {number["dial"] for number in agency["contact"]["numbers"][:1]}
    head = page.xpath("//section[@aria-labelledby='dung-dau']")
    assert dialled(page, "//main") - (dialled(head[0], ".") if head else set()) == known
    if agency["picture"]:
        [picture] = page.xpath("//figure[contains(@class, 'pictured')]//img")
        assert picture.get("src") == api.path(agency["picture"]["url"])
        assert picture.get("alt") == agency["picture_text"]
    articles = {api.path(item["url"]): item for item in api.items("articles") if item["agency"] == slug}
    shown = [link for link in page.xpath("//main//a[@href]") if "/tin-tuc/20" in str(link.get("href"))]
    assert {str(link.get("href")) for link in shown} == {*list(articles)[:6]}
    assert all(words(link) == even(articles[str(link.get("href"))]["title"]) for link in shown)


def test_every_article(public: DemoPortal, api: Api) -> None:
    """Each of them: there is no second way to write one."""
    province = api.at("api/v1/province.json")
    contacts: dict[str, Answer] = {"": province["contact"]}
    contacts |= {item["id"]: api.at(item["document"])["contact"] for item in api.items("agencies")}
    assert len(api.items("articles")) > 150
    for item in api.items("articles"):
        article = api.at(item["document"])
        page, record = public.pages[api.path(item["url"]).lstrip("/")], article["record"]
        [text] = page.xpath("//article[@class='text']")
        meta = words(text.xpath("p[@class='meta']")[0])

        assert texts(text, "h1") == [even(article["title"])]
        assert texts(text, "p[@class='lead']") == [even(article["summary"])]
        assert day(article["date"]) in meta
        assert even(record.get("author", "")) in meta
        if "modified" in record:
            assert day(article["modified"]) in meta
        prose = html.fragment_fromstring(article["html"], create_parent="div")
        [written] = text.xpath("div[@class='prose']")
        assert words(written) == words(prose)
        for whole, short in zip(
            prose.xpath(".//a/@href | .//img/@src"), written.xpath(".//a/@href | .//img/@src"), strict=True
        ):
            assert short in (api.path(str(whole)), whole)
        pictures = [str(source) for source in text.xpath("figure//img/@src")]
        assert pictures == ([api.path(article["picture"]["url"])] if article["picture"] else [])
        if article["picture"]:
            assert text.xpath("figure//img/@alt") == [record["picture"]["text"]]
        files = text.xpath(".//section[@aria-labelledby='tep-kem-theo']//a")
        attached = [
            file for file in article["files"] if not article["picture"] or file["url"] != article["picture"]["url"]
        ]
        assert [link.get("href") for link in files] == [api.path(file["url"]) for file in attached]
        assert all(file["name"] in words(link) for link, file in zip(files, attached, strict=True))
        topics = [words(tag) for tag in text.xpath("p[@class='topics']//*[contains(@class, 'tag')]")]
        assert topics == [even(topic) for topic in article["topics"]]
        card = "//section[@aria-labelledby='co-quan-dang-tin']"
        assert texts(page, f"{card}/h2") == [article["agency_name"]]
        assert dialled(page, card) == numbers(contacts[article["agency"]])


def test_every_standing_page(public: DemoPortal, api: Api) -> None:
    assert len(api.items("pages")) > 50
    for item in api.items("pages"):
        document = api.at(item["document"])
        page = public.pages[api.path(item["url"]).lstrip("/")]
        prose = html.fragment_fromstring(document["html"], create_parent="div")

        assert texts(page, "//main//h1") == [even(document["title"])]
        assert words(page.xpath("//div[@class='prose']")[0]) == words(prose)


def record_texts(value: Any) -> Iterator[str]:
    """Every sentence of a record, as paragraphs of a page have it."""
    if isinstance(value, str):
        yield from (even(part) for part in re.split(r"\n\s*\n", value) if part.strip())
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("@id", "@type", "identifier"):
                yield from record_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from record_texts(inner)


def unsaid(procedure: Answer, body: str, api: Api) -> list[str]:
    """What the data of a procedure has and its page does not say."""
    audiences, levels = api.terms("audiences"), api.terms("online_levels")
    names = {item["code"]: even(item["name"]) for item in api.items("procedures")}
    told = [procedure["code"], *(audiences[key] for key in procedure.get("audiences", []))]
    if "online_level" in procedure:
        told.append(levels[str(procedure["online_level"])])
    told += [names[code] for code in procedure.get("related", [])]
    if "modified" in procedure:
        told.append(day(procedure["modified"]))
    for key in ("papers", "results", "conditions", "steps"):
        told += [text for text in record_texts(procedure.get(key, [])) if not text.startswith(("media/", "http"))]
    for paper in (paper for case in procedure.get("papers", []) for paper in case["papers"]):
        told += [str(paper[key]) for key in ("originals", "copies") if paper.get(key)]
    for document in procedure.get("legal_basis", []):
        told += [even(document[key]) for key in ("number", "title") if key in document]
    for fee in (fee for channel in procedure.get("channels", []) for fee in channel.get("fees", [])):
        told += [f"{fee['amount']:,}".replace(",", ".")] if fee.get("amount") else []
    return [text for text in told if text not in body]


def test_every_procedure(public: DemoPortal, api: Api) -> None:
    fields = {item["id"]: item for item in api.items("fields")}
    assert len(api.items("procedures")) > 70
    for item in api.items("procedures"):
        procedure = api.at(item["document"])
        page = public.pages[api.path(item["url"]).lstrip("/")]
        main = page.xpath("//main")[0]
        links = {str(link) for link in main.xpath(".//a/@href")}

        assert texts(page, "//h1") == [even(procedure["name"])]
        assert unsaid(procedure, words(main), api) == [], procedure["code"]
        assert {api.path(file["url"]) for file in procedure.get("files", [])} <= links
        assert len(procedure.get("history", [])) == len(main.xpath(".//section[@aria-labelledby='lich-su']/ol/li"))
        if procedure["status"] == "in_force":
            assert {procedure["national_url"], api.path(fields[procedure["field"]]["url"])} <= links


def test_every_kind_shows_on_its_pages_what_is_in_the_data(public: DemoPortal, told: ToldData) -> None:
    """Each text of each page; of kinds to come as well."""
    pages: dict[str, int] = {}
    wrong = []
    for name in told.kinds():
        pages[name], lines = told.unsaid_of(name, lambda address: public.pages[address])
        wrong += lines

    assert not wrong, listed(wrong)
    assert pages.keys() >= {"articles", "pages", "procedures", "documents", "agencies", "fields", "life-events"}
    assert sum(pages.values()) > 600


@pytest.mark.parametrize(
    "address",
    [
        "tin-tuc/", "lien-he/", "thu-tuc/su-kien/", "so-do-cong/", "van-ban/loai/quyet-dinh/",
        "so-y-te/tin-tuc/", "so-y-te/thu-tuc/", "so-y-te/van-ban/", "so-y-te/lien-he/",
    ],
)  # fmt: skip
def test_lists_show_what_is_in_the_data(public: DemoPortal, told: ToldData, address: str) -> None:
    assert told.unsaid(public.pages[address].xpath("//main")[0], told.at("api/v1/province.json")) == []


def test_text_that_is_in_no_answer_is_told(public: DemoPortal, told: ToldData) -> None:
    page = html.fragment_fromstring("<main><p>Mã 1.001193 · Hộ tịch</p><p>Mã 9.001193</p><p>Điện thoại</p></main>")

    assert told.unsaid(page) == ["Mã 9.001193"]


def test_every_document(public: DemoPortal, api: Api) -> None:
    types, relations = api.terms("document_types"), api.terms("relations")
    validities = api.terms("validities")
    assert len(api.items("documents")) > 100
    for item in api.items("documents"):
        document = api.at(item["document"])
        page = public.pages[api.path(item["url"]).lstrip("/")]
        body = words(page.xpath("//main")[0])
        told = [document["title"], document["number"], types[document["type"]], day(document["issued"])]
        told += document["issuers"]
        told += [validities[item["status"]]] if item["status"] else []
        for relation in document["relations"]:
            told += [relations[relation["kind"]], relation["number"]]
        if document["html"]:
            told.append(words(html.fragment_fromstring(document["html"], create_parent="div")))

        assert [text for text in told if even(text) not in body] == [], item["id"]
        links = {str(link) for link in page.xpath("//main//a/@href")}
        assert {api.path(file["url"]) for file in document["files"]} <= links


def test_every_life_event_and_field(public: DemoPortal, api: Api) -> None:
    procedures = {item["code"]: item for item in api.items("procedures")}
    for item in api.items("life-events"):
        event = api.at(item["document"])
        main = public.pages[api.path(item["url"]).lstrip("/")].xpath("//main")[0]
        codes = [code for step in event["steps"] for code in step["procedures"]]
        texts_of_steps = [text for text in record_texts(event["steps"]) if text not in codes]

        assert texts(main, ".//h1") == [even(event["name"])]
        assert [text for text in [even(event["summary"]), *texts_of_steps] if text not in words(main)] == []
        assert {api.path(procedures[code]["url"]) for code in codes} <= {str(link) for link in main.xpath(".//a/@href")}
    for item in api.items("fields"):
        field = api.at(item["document"])
        main = public.pages[api.path(item["url"]).lstrip("/")].xpath("//main")[0]
        if item["procedures"]:
            listed_there = {str(link) for link in main.xpath(".//a/@href")} & {
                api.path(procedure["url"]) for procedure in procedures.values()
            }
            assert listed_there == {api.path(procedures[code]["url"]) for code in field["codes"]}, item["id"]


def test_notices_and_statistics(public: DemoPortal, api: Api) -> None:
    home = words(public.pages[""])
    for notice in api.items("alerts"):
        assert [text for text in (notice["title"], notice["text"]) if text and even(text) not in home] == []
    figures = words(public.pages["so-lieu/"].xpath("//main")[0])
    published = [item for item in api.items("statistics") if item["grouping"] == "published"]
    assert published
    for item in published:
        told = [f"{item[key]:,}".replace(",", ".") for key in ("received_total", "resolved_total") if item[key]]
        assert [text for text in (*told, day(item["last_day"])) if text not in figures] == [], item["id"]


def test_old_code_is_answered_with_the_record_that_it_leads_to(api: Api) -> None:
    others = [(item["code"], other) for item in api.items("procedures") for other in item["other_codes"]]

    assert others
    for code, other in others:
        assert api.at(addresses.procedure_document(other))["code"] == code


def test_pages_of_the_api_lead_to_every_answer(public: DemoPortal, api: Api) -> None:
    for address in ("api/v1/", "api/v1/en/"):
        links = {str(link) for link in public.pages[address].xpath("//main//a/@href")}
        for answer in api.index["answers"]:
            if "{" not in answer["url"]:
                assert api.path(answer["url"]) in links
