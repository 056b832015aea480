"""A portal in English: none of the portal's own words is Vietnamese. Its content here has no Vietnamese letter."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from plugins.portal import addresses
from tests.dossiers.made_up import keep, row, snapshot, statistics
from tests.provinces import SmallProvince
from tests.repositories import begin, commit

VIETNAMESE = re.compile(r"[^\x00-\x7f\u00a0·–—…“”‘’→×©]+")
CITED = re.compile(r"\d+/\d+/NĐ-CP|NĐ \d+/\d+")
"""Numbers of documents are the same in every language."""
GLOSSES = re.compile(r"\((?:lĩnh vực|số bộ hồ sơ|trường hợp|xuất trình|quyết định công bố)\)")
"""In the models' own English, behind what they explain to programmers of the API."""
MARKED = re.compile(r"(<a [^>]*\blang=\"vi\"[^>]*>)[^<]*")
"""A link to pages in Vietnamese says so in Vietnamese, and that it does."""
BUILT = (".html", ".json", ".csv", ".xml", ".atom", ".txt")

PROVINCE = """\
name: Testland
site_name: Portal of Testland
summary: A portal to try.
url: https://testland.example
national_procedure_url: https://national.example/procedures/{code}
notice: This is a trial.
responsible: The office of Testland
contact: {address: 1 Main Street, phone: '0293.3878.888', email: office@testland.example}
counters: [{name: Main counter, hours: [{days: Monday to Friday, times: [07:00-11:00]}]}]
most_used: ['1.000001']
figures: [{label: Area, value: 1600 km2, as_of: '2019', source: Yearbook}]
"""
LIFE_EVENTS = """\
life_events:
  - {slug: birth, name: A child is born, summary: What to do., steps: [{title: Register, procedures: ['1.000001']}]}
  - {slug: shop, name: Open a shop, group: business, summary: What to do., steps: [{title: Register}]}
"""
FIGURES = """\
periods:
  - {label: The year 2018, last_day: 2018-12-31, received: 64786, resolved: 60903, early: 45249, on_time: 11391,
     quoted_rate: 94.28, source: Yearbook}
  - {label: The year 2017, last_day: 2017-12-31, received: 111500, resolved: 108200, before_deadline: 105600,
     approximate: true, source: Yearbook}
"""
LEGAL_STATUS = """\
documents:
  - {number: 1/2010/QH12, status: expired, since: 2018-10-10, replaced_by: 2/2018/QH14, note: All of it.}
  - {number: 2/2010/QH12, status: partly_expired}
"""
HEALTH = """\
name: Department of Health
kind: department
summary: Looks after health.
colour: '#0b5d3b'
contact: {address: 2 Main Street, phone: '0293.3878.889', website: https://health.example}
counters: [{name: Counter of health, hours: [{days: Monday, times: [07:00-11:00]}]}]
sample: true
"""
DISTRICT = """\
name: District of Test
kind: district
summary: Looks after a district.
communes: [{name: Commune of Test, code: '31333'}]
lifecycle: {state: merged, date: 2019-07-01, successors: [health], basis: A resolution}
"""
PROCEDURE = """\
code: '1.000001'
local_codes: [1.000001.000.00.00.H30]
superseded_codes: ['1.000009']
name: License for a pharmacy
field: health
kind: specific
performed_by: [province, district]
competent_body: The department
audiences: [citizen, enterprise, foreigner]
description: A license.
conditions: [To have a pharmacist.]
decision: {number: 12/QD, date: 2019-01-02, issuer: The office}
steps:
  - {case: New, steps: [File it., Fetch it.]}
  - {case: Lost, steps: [Say so.]}
channels:
  - kind: in_person
    time_limits: [{amount: 1, unit: day}, {amount: 12.5, unit: working_day, note: If it is to be looked into}]
    fees: [{kind: fee, amount: 50000, per: copy}, {kind: charge, note: By the rate, url: https://rates.example}]
  - kind: online
    url: https://file.example
    time_limits: [{amount: 2, unit: month}]
    fees: [{amount: 0}]
  - {kind: post, time_limits: [{amount: 8, unit: hour}], fees: [{amount: 1200}]}
papers:
  - case: New
    papers: [{name: Form, originals: 1, copies: 2, forms: [{name: Form 1}]}, {name: Card, show_only: true}]
  - papers: [{name: Request, originals: 1}]
  - {case: Lost, papers: [{name: Report, copies: 1}]}
  - {case: Stolen, papers: [{name: Report, copies: 1}]}
dossier_sets: 1
results: [{name: License, code: KQ.1}]
legal_basis:
  - {number: 1/2010/QH12, title: Law, issued: 2010-06-17, issuer: Assembly}
  - {number: 2/2010/QH12, title: Another law}
related: ['1.000002']
online_level: 4
online_mode: full
postal_reception: true
postal_return: false
online_payment: true
effective_from: 2019-01-02
reviewed: 2019-09-24
review_by: 2030-01-01
"""
CHANGED = (
    PROCEDURE.replace("amount: 50000", "amount: 30000")
    .replace("amount: 12.5", "amount: 7.125")
    .replace("online_payment: true", "online_payment: false")
    .replace("date: 2019-01-02, issuer", "date: 2019-02-03, issuer")
    .replace("online_level: 4", "online_level: 3")
    .replace("audiences: [citizen, enterprise", "audiences: [citizen, cooperative")
    .replace("copies: 2", "copies: 3")
    .replace("issued: 2010-06-17", "issued: 2010-06-18")
    .replace("kind: specific", "kind: other")
    .replace("  - {kind: post, time_limits: [{amount: 8, unit: hour}], fees: [{amount: 1200}]}\n", "")
)
OTHERS = {
    "agencies/health/procedures/1.000002.yaml": "{status: suspended, performing_agencies: [test]}",
    "province/procedures/1.000003.yaml": "{status: abolished, effective_to: 2019-01-01, successor: '1.000001'}",
    "province/procedures/1.000004.yaml": "{performed_by: [district, commune], online_mode: partial, online_level: 1}",
}
ARTICLE = (
    "---\ntitle: {title}\ndate: 2019-09-2{day} 08:30\nsummary: It opens.\n---\nMore of [it](procedure:1.000001).\n"
)
PAGE = "---\ntitle: About\norder: 10\nlanguage: {language}\nupdated: 2019-09-24\n---\nAbout it.\n"
RULES = """\
---
number: 2/2019/QD-UB
type: decision
title: Rules of pharmacies
summary: Where they may be.
issued: 2019-02-03
effective_from: 2019-03-01
issuers: [{agency: The office, position: Chair, name: A name}]
field: health
relations: [{kind: replaces, number: 1/2018/QD-UB, note: All of it.}, {kind: based_on, number: 2/2018/QH14}]
recipients: All.
gazette: {number: '7', date: 2019-02-20}
---
## Rules

One.
"""
DRAFT = """\
type: decision
title: Draft rules
issued: 2019-08-01
consultation:
  begins: 2019-08-01
  ends: {ends}
  agency: Department of Health
  email: health@testland.example
  answers: [{{about: One, by: A body, opinion: Say more., answer: Said., taken: true}}]
"""
DOCUMENTS = {
    "old": "{number: 1/2018/QD-UB, type: decision, title: Old rules, issued: 2018-01-02, effective_from: 2018-02-01}",
    "plan": "{number: 5/KH, type: plan, title: A plan, issued: 2019-01-02, scanned: true}",
    "closed": DRAFT.format(ends="2019-09-01"),
    "open": DRAFT.format(ends="2030-09-01"),
}
CONTENT = {
    "agencies/health/documents/2019/rules.md": RULES,
    **{f"agencies/health/documents/2019/{name}.yaml": written for name, written in DOCUMENTS.items()},
    "province/province.yaml": PROVINCE,
    "province/fields.yaml": "fields: [{slug: health, name: Health}, {slug: trade, name: Trade}]\n",
    "province/life-events.yaml": LIFE_EVENTS,
    "province/dossier-figures.yaml": FIGURES,
    "province/legal-status.yaml": LEGAL_STATUS,
    "province/news/2019/opened.md": ARTICLE.format(title="Opened", day=4),
    "province/pages/about.md": PAGE.format(language="vi"),
    "agencies/health/agency.yaml": HEALTH,
    "agencies/health/news/2019/new.md": ARTICLE.format(title="New", day=3),
    "agencies/health/pages/about.md": PAGE.format(language="en"),
    "agencies/test/agency.yaml": DISTRICT,
}


def other_procedure(path: str, facts: str) -> str:
    """A short record that has these facts, as a flow of YAML."""
    performed = "" if "performed_by" in facts else "performed_by: [province]\n"
    inside = facts.removeprefix("{").removesuffix("}")
    lines = "\n".join(re.split(r", (?=\w+: )", inside))
    return f"code: '{Path(path).stem}'\nname: Procedure {Path(path).stem}\nfield: trade\n{performed}{lines}\n"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    """A province with all kinds of pages, public, built in English."""
    province = SmallProvince.of(tmp_path_factory.mktemp("english"))
    shutil.rmtree(province.content)
    for path, written in CONTENT.items():
        province.write(path, written)
    for path, facts in OTHERS.items():
        province.write(path, other_procedure(path, facts))
    begin(province)
    commit(province, "agencies/health/procedures/1.000001.yaml", PROCEDURE, "2019-09-01")
    commit(province, "agencies/health/procedures/1.000001.yaml", CHANGED, "2019-09-10")
    figures = statistics(
        row("health"),
        fields=[row("health")],
        channels=[row(channel) for channel in ("online", "in_person", "post")],
        months=[row("2019-01"), row("2019-02")],
    )
    keep(province.folder / "state", figures)
    report = province.build(conf="publishconf.py", DEFAULT_LANG="en", PORTAL_COMPRESS=False)
    assert province.problems(report) == []
    return province


def written(portal: SmallProvince) -> dict[str, str]:
    """What was made of the content; not the theme's scripts, nor what schemas give as examples of it.

    Nor terms, which are in both languages, nor the words by which people look for an agency: those that they speak.
    """
    return {
        path: MARKED.sub(r"\1", GLOSSES.sub("", CITED.sub("", body.decode("utf-8-sig"))))
        for path, body in portal.files().items()
        if path.endswith(BUILT)
        and "tim-kiem/thu-tuc/" not in path
        and not path.startswith(("theme/", "api/v1/schemas/", "api/v1/openapi", "api/v1/terms.json"))
    }


def test_no_word_of_the_portals_own_is_vietnamese(portal: SmallProvince) -> None:
    files = written(portal)
    wrong = {
        path: sorted(set(words))
        for path, body in files.items()
        if (words := [body[m.start() - 30 : m.end() + 20] for m in VIETNAMESE.finditer(body)])
    }

    assert wrong == {}
    site = ("", "thu-tuc/1.000001/", "tin-tuc/2019/new/", "lien-he/", "tim-kiem/")
    pages = (
        "", "about/", "so-lieu/", "so-lieu/health/", "tim-kiem/", addresses.AGENCIES, f"{addresses.LIFE_EVENTS}birth/",
        "thu-tuc/", "thu-tuc/tat-ca/", "thu-tuc/da-bai-bo/", "thu-tuc/1.000001/", *(f"health/{page}" for page in site),
    )  # fmt: skip
    documents = ("van-ban/", *(f"health/van-ban/2019/{page}/" for page in ("2-2019-qd-ub", "open", "closed")))
    kinds = {*map(addresses.saved_as, (*pages, *documents)), "404.html", "live/dossiers.json", "thu-tuc/facets.json"}
    assert sorted(kinds - files.keys()) == []


def test_pages_say_which_language_they_are_in(portal: SmallProvince) -> None:
    pages = {path: html.document_fromstring(body) for path, body in written(portal).items() if path.endswith(".html")}
    languages = {path: page.get("lang") for path, page in pages.items()}

    assert {path: said for path, said in languages.items() if said != "en"} == {"about/index.html": "vi"}
    [header] = pages["about/index.html"].xpath("//header")
    [text] = pages["health/tin-tuc/2019/new/index.html"].xpath("//div[@class='prose']")
    assert header.get("lang") == "en"
    assert text.get("lang") == "vi"


def test_linked_data_says_that_its_words_are_english(portal: SmallProvince) -> None:
    files = portal.files()
    context, catalogue = (files[f"api/v1/{name}.jsonld"].decode() for name in ("context", "catalog"))

    assert set(re.findall(r'"@language": ?"(\w+)"', context)) == {"en"}
    assert set(re.findall(r"authority/language/(\w+)", catalogue)) == {"ENG"}


@pytest.mark.parametrize(
    "said",
    [
        "Free of charge", "Fee: 30,000\u00a0VND / copy", "1 day", "7.12 working days", "2 months",
        "Vietnamese citizens",
        "In person", "Level 3", "File online, pay and get the result at the counter", "Specific", "Partly expired",
        "24 September 2019",
    ],
)  # fmt: skip
def test_values_of_a_procedure_are_said_in_english(portal: SmallProvince, said: str) -> None:
    text = html.document_fromstring(portal.page("health/thu-tuc/1.000001/")).text_content()

    assert said in text


def test_history_is_told_in_english(portal: SmallProvince) -> None:
    page = html.document_fromstring(portal.page("health/thu-tuc/1.000001/"))
    [section] = page.xpath("//section[@aria-labelledby='lich-su']")
    text = " ".join(section.text_content().split())

    for said in (
        "50,000 VND / copy → 30,000 VND / copy", "12.5 working days", "7.125 working days", "Yes → No",
        "Announcing decision: issued: 2 January 2019 → 3 February 2019", "Level 4 → Level 3", "Cooperatives",
        "1 originals, 3 copies", "Fee (In person)",
    ):  # fmt: skip
        assert said in text


def test_figures_are_written_as_scripts_write_them(portal: SmallProvince) -> None:
    page = html.document_fromstring(portal.page(addresses.STATISTICS)).text_content()

    assert "64,786" in page
    assert "95.00%" in page
    assert snapshot(statistics()).source.removeprefix("https://").partition("/")[0] in page
