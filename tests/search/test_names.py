"""What is there to ask and to narrow down by is said once: by the list of indexes, and by kinds of their facets."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from plugins.portal.kinds import Facet, Kinds
from plugins.portal.problems import PortalError
from plugins.portal.vocabulary import Term
from plugins.search.kinds import KINDS, facets, index_named
from plugins.search.views import SearchView
from tests.kinds import KINDS as NOTICES
from tests.portal.contents import KINDS as ALL
from tests.provinces import CAPABILITIES, ROOT, SmallProvince

SCRIPTS = sorted((ROOT / "theme/static/search").glob("*.js"))
TEMPLATES = [
    ROOT / "theme/templates" / name for name in ("components/search/macros.html", "search.html", "agency_search.html")
]
OUTSIDE = [
    *SCRIPTS,
    *TEMPLATES,
    *(ROOT / "plugins/command_line").glob("*.py"),
    *(ROOT / "plugins/presentation").glob("*.py"),
    *(ROOT / "tools/benchmarks" / name for name in ("browsing.py", "documents.py", "measuring.py")),
    ROOT / "plugins/portal/kinds.py",
]
"""What asks indexes and shows facets, and is neither search nor a kind."""
PAGES = ("tim-kiem/", "so-y-te/tim-kiem/")


def names() -> set[str]:
    return {index.name for index in KINDS} | {facet.name for facet in facets(ALL)}


def named_in(written: str) -> set[str]:
    return set(re.findall(r"""(?<=["'`])[\w-]+(?=["'`])""", written)) & names()


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_index_and_no_facet_is_named_a_second_time(path: Path) -> None:
    assert named_in(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("written", ["find(scope, 'thu-tuc', query)", 'choices=("tin",)', "facets['muc-do']", "`loai`"])
def test_name_is_seen_wherever_it_stands(written: str) -> None:
    assert len(named_in(written)) == 1


def test_facets_are_offered_once_each_whoever_declares_them() -> None:
    declared = [facet.name for facet in facets(ALL)]

    assert declared == ["loai", "linh-vuc", "co-quan", "cap", "muc-do"]
    assert [facet.name for facet in facets(())] == ["loai", "co-quan"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_index_has_its_words_in_both_languages(language: str) -> None:
    view = SearchView.of(ALL, language)

    assert [index.name for index in view.indexes] == [index.name for index in KINDS]
    assert all(index.label for index in view.indexes)
    assert all({"{query}", "{count}"} <= set(re.findall(r"{\w+}", index.counted)) for index in view.indexes)
    assert all("{count}" in index.suggested for index in view.indexes)
    assert [bool(index.instead) for index in view.indexes] == [False, *(True for _ in KINDS[1:])]
    assert all(facet.label for facet in view.facets)


def test_unknown_index_is_told_with_those_that_are_there() -> None:
    with pytest.raises(PortalError, match=re.escape('search has no index "tim" (did you mean "tin"?)')):
        index_named("tim")
    with pytest.raises(PortalError, match="known: thu-tuc, tin"):
        index_named("khong-co-muc-nay")
    assert index_named(None) is KINDS[0]


def offered(province: SmallProvince, page: str) -> dict[str, str]:
    """The words above each choice of a search page, by its name."""
    tree = html.document_fromstring(province.page(page))
    labels = {label.get("for"): label.text_content() for label in tree.xpath("//fieldset//label")}
    return {select.get("name"): labels[select.get("id")] for select in tree.xpath("//fieldset//select")}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    built = SmallProvince.of(tmp_path_factory.mktemp("names"))
    assert built.problems(built.build()) == []
    return built


def test_search_page_offers_the_facets_and_the_indexes_that_there_are(province: SmallProvince) -> None:
    usual = {"loai": "Loại", "linh-vuc": "Lĩnh vực", "co-quan": "Cơ quan", "cap": "Cấp thực hiện", "muc-do": "Mức độ"}

    assert list(offered(province, PAGES[0]).items()) == list(usual.items())
    assert list(offered(province, PAGES[1]).items()) == [("pham-vi", "Tìm trong"), *usual.items()]
    for page in PAGES:
        tabs = html.document_fromstring(province.page(page)).xpath("//nav[@id='search-kinds']/a")
        assert [(tab.get("data-index"), tab.text_content().strip()) for tab in tabs] == [
            ("thu-tuc", "Thủ tục, cơ quan"),
            ("tin", "Tin tức và trang"),
        ]


def test_every_facet_that_an_index_has_is_offered(province: SmallProvince) -> None:
    written = [json.loads(province.files()[f"tim-kiem/{index.name}.json"]) for index in KINDS]
    given = {facet["name"] for manifest in written for facet in manifest["facets"]}

    assert given == set(offered(province, PAGES[0]))


def test_facet_of_a_new_kind_is_offered_with_the_usual_ones(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    text = "---\ntitle: Nghỉ lễ\nsummary: Bộ phận một cửa nghỉ.\nuntil: 2019-09-05\n---\nXem.\n"
    province.write("agencies/so-y-te/notices/nghi-le.md", text)
    report = province.build(PORTAL_KINDS=[*CAPABILITIES, "tests.search.narrowed"])

    assert province.problems(report) == []
    assert offered(province, PAGES[0])["nam"] == "Năm"
    index = json.loads(province.files()["tim-kiem/tin.json"])
    values = {facet["name"]: facet["values"] for facet in index["facets"]}
    assert values["nam"] == ["2019"]
    assert "Thông báo" in values["loai"]
    assert "Sở Y tế" in values["co-quan"]


@pytest.mark.parametrize("name", ["", "q", "Năm", "a b", "a/b", "a&b"])
def test_facet_that_cannot_stand_in_an_address_is_told_at_start(name: str) -> None:
    odd = replace(NOTICES[0], facets=(Facet(name, Term("Năm", "Year")),))

    with pytest.raises(PortalError, match='the kind "notice": its facet'):
        Kinds([odd])


def test_facets_that_are_none_are_told_at_start() -> None:
    odd = replace(NOTICES[0], facets=("nam",))  # type: ignore[arg-type]

    with pytest.raises(PortalError, match='the kind "notice": facets must be a tuple of Facet'):
        Kinds([odd])
