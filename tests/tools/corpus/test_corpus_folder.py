"""The folder that `write_corpus` writes: valid, exact, linked, the same every time, and whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from pydantic import BaseModel

from plugins.articles.records import Article, Page
from plugins.documents.kinds import DOCUMENT
from plugins.documents.numbering import numbering_problems
from plugins.portal.agency import Agency
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.identifiers import is_slug, slugify
from plugins.portal.problems import PortalError
from plugins.portal.procedure import Procedure
from plugins.portal.province import FieldList, Province
from plugins.portal.reading import read_text, walk
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_reading import load_site
from plugins.portal.validation import validate
from plugins.portal.yaml_source import parse_yaml
from plugins.procedures.kinds import PROCEDURE as PROCEDURES
from tests.portal.contents import KINDS
from tests.waiting import PATIENCE
from tools.corpus import CorpusPlan, CorpusSummary, write_corpus
from tools.corpus.articles import Names
from tools.corpus.plan import shares
from tools.corpus.sites import place_names

ROOT = Path(__file__).parents[3]
PLAN = CorpusPlan(agencies=50, procedures=193, news=600, pages=160, seed=7)
Model = TypeVar("Model", bound=BaseModel)
LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CorpusSummary]:
    folder = tmp_path_factory.mktemp("corpus") / "content"
    return folder, write_corpus(folder, PLAN)


@pytest.fixture(scope="module")
def folder(made: tuple[Path, CorpusSummary]) -> Path:
    return made[0]


def parted(path: Path) -> tuple[str, str]:
    """Front matter and body of a Markdown file."""
    before, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert before == ""
    return front, body


def words_of(body: str) -> int:
    """The words that a reader sees: no targets of links, no marks of tables and lists."""
    return sum(any(letter.isalnum() for letter in token) for token in LINK.sub("]", body).split())


def model_of(inside: str) -> type[BaseModel]:
    by_shape: dict[str, type[BaseModel]] = {
        r"province/province\.yaml": Province,
        r"province/fields\.yaml": FieldList,
        r"agencies/[^/]+/agency\.yaml": Agency,
        r"(?:province|agencies/[^/]+)/procedures/[^/]+\.yaml": Procedure,
        r"(?:province|agencies/[^/]+)/news/20\d\d/[^/]+\.md": Article,
        r"(?:province|agencies/[^/]+)/pages/[^/]+\.md": Page,
    }
    return next(model for shape, model in by_shape.items() if re.fullmatch(shape, inside))


def assert_every_file_is_valid(folder: Path) -> Counter[str]:
    files, obstacles = walk(folder, "content")
    problems = [obstacle.problem for obstacle in obstacles]
    counted: Counter[str] = Counter()
    for file in files:
        written = read_text(file)
        assert written == file.path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", written)
        source = parse_yaml(parted(file.path)[0], 2) if file.inside.endswith(".md") else parse_yaml(written)
        model = model_of(file.inside)
        problems += validate(model, source, file.inside)[1]
        counted[model.__name__] += 1
    assert [problem.render() for problem in problems] == []
    return counted


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return whole.hexdigest()


def read(model: type[Model], path: Path) -> Model:
    source = path.read_text(encoding="utf-8") if path.suffix == ".yaml" else parted(path)[0]
    return model.model_validate(parse_yaml(source).value)


def procedures_in(folder: Path) -> list[Procedure]:
    return [read(Procedure, path) for path in sorted(folder.glob("**/procedures/*.yaml"))]


def test_every_file_is_valid_and_the_numbers_are_those_of_the_plan(made: tuple[Path, CorpusSummary]) -> None:
    folder, summary = made
    counted = assert_every_file_is_valid(folder)
    assert counted == {"Province": 1, "FieldList": 1, "Agency": 50, "Procedure": 193, "Article": 600, "Page": 160}
    assert summary.files == PLAN.files == sum(counted.values())
    assert (summary.agencies, summary.procedures, summary.news, summary.pages) == (50, 193, 600, 160)


def test_the_portal_reads_every_site_without_a_problem(folder: Path) -> None:
    shared, problems = load_shared(folder, "content")
    assert shared is not None
    slugs, more = agency_slugs(folder, "content")
    assert len(slugs) == PLAN.agencies
    sites = [
        load_site(folder, "content", slug, shared, drafts=True, agencies=slugs, kinds=KINDS) for slug in ("", *slugs)
    ]
    assert [*problems, *more, *(problem for site in sites for problem in site.problems)] == []
    assert sum(len(site.of(PROCEDURES)) for site in sites) == PLAN.procedures


def test_levels_are_in_the_exact_proportion(made: tuple[Path, CorpusSummary]) -> None:
    folder, summary = made
    assert Counter(procedure.online_level for procedure in procedures_in(folder)) == {2: 140, 3: 42, 4: 11}
    assert summary.levels == {2: 140, 3: 42, 4: 11}
    assert shares(1930, (1399, 422, 109)) == [1399, 422, 109]
    assert shares(0, (1, 2)) == [0, 0]
    assert shares(1, (1, 1, 1)) == [1, 0, 0]


def test_procedures_have_codes_of_their_own_names_of_their_own_and_known_fields(folder: Path) -> None:
    procedures = procedures_in(folder)
    fields = read(FieldList, folder / "province/fields.yaml")
    assert len({procedure.code for procedure in procedures}) == len(procedures)
    assert len({procedure.name for procedure in procedures}) == len(procedures)
    assert {procedure.field for procedure in procedures} == {field.slug for field in fields.fields}


def test_districts_and_communes_perform_what_the_province_owns(folder: Path) -> None:
    of_province = procedures_in(folder / "province")
    assert len(of_province) == 193 - round(0.6 * 193)
    assert all(not {"district", "commune"}.isdisjoint(procedure.performed_by) for procedure in of_province)
    of_agencies = procedures_in(folder / "agencies")
    assert {procedure.performed_by for procedure in of_agencies} == {("province",)}


def test_texts_have_250_to_400_words(folder: Path) -> None:
    lengths = [words_of(parted(path)[1]) for path in folder.glob("**/*.md")]
    assert len(lengths) == 760
    assert 250 <= min(lengths) < 270
    assert 340 < max(lengths) <= 400


def test_titles_and_file_names_of_news_are_distinct_and_file_names_are_slugs(folder: Path) -> None:
    news = sorted(folder.glob("**/news/*/*.md"))
    assert all(is_slug(path.stem) and len(path.stem) <= 80 for path in folder.glob("**/*.md"))
    assert len({path.stem for path in news}) == len(news)
    titles = [read(Article, path).title for path in news]
    assert len(set(titles)) == len(titles)


def test_news_lie_in_the_folder_of_their_year_and_spread_over_five_years(folder: Path) -> None:
    years = Counter(path.parent.name for path in folder.glob("**/news/*/*.md"))
    assert sorted(years) == ["2015", "2016", "2017", "2018", "2019"]
    assert min(years.values()) > 50
    for path in folder.glob("**/news/*/*.md"):
        article = read(Article, path)
        assert str(article.date.year) == path.parent.name


def test_every_link_leads_to_something_in_the_corpus(folder: Path) -> None:
    codes = {path.stem for path in folder.glob("**/procedures/*.yaml")}
    agencies = {path.parent.name for path in folder.glob("agencies/*/agency.yaml")}
    kinds: Counter[str] = Counter()
    for path in folder.glob("**/*.md"):
        site = next(parent for parent in path.parents if parent.name == "province" or parent.parent.name == "agencies")
        for target in LINK.findall(parted(path)[1]):
            if target.startswith("{filename}/"):
                kinds["article"] += 1
                assert (site / target.removeprefix("{filename}/")).is_file()
            else:
                kind, _, name = target.partition(":")
                kinds[kind] += 1
                assert name in {"procedure": codes, "agency": agencies}[kind]
    assert min(kinds[kind] for kind in ("article", "procedure", "agency")) > 200


def test_texts_have_headings_lists_and_tables_with_a_warning(folder: Path) -> None:
    bodies = [parted(path)[1] for path in folder.glob("**/*.md")]
    assert all(body.count("\n## ") == 2 for body in bodies)
    assert sum("\n- " in body or "\n1. " in body for body in bodies) > len(bodies) / 3
    tables = [body for body in bodies if "\n| --- |" in body]
    assert len(tables) > len(bodies) / 10
    assert all("số liệu minh họa" in body for body in tables)


def test_words_are_as_unevenly_used_as_in_life(folder: Path) -> None:
    text = " ".join(LINK.sub("]", parted(path)[1]) for path in folder.glob("**/*.md"))
    used = Counter(re.findall(r"\w+", text.lower()))
    assert len(used) > 1_000
    frequent = [number for _, number in used.most_common(100)]
    assert frequent[0] > 5 * frequent[-1]
    assert sum(number < 20 for number in used.values()) > 100


def test_a_few_sites_have_most_of_the_news_and_every_site_has_its_standing_pages(folder: Path) -> None:
    sites = [folder / "province", *folder.glob("agencies/*")]
    news = sorted((len(list(site.glob("news/*/*.md"))) for site in sites), reverse=True)
    assert news[0] > 10 * news[-1]
    assert sum(news[:8]) > 300
    assert all((site / "pages/gioi-thieu.md").is_file() for site in sites)
    assert all((site / "pages/co-cau-to-chuc.md").is_file() for site in sites)


def test_the_province_says_that_it_is_generated(folder: Path) -> None:
    province = read(Province, folder / "province/province.yaml")
    assert province.notice == (
        "Nội dung do máy tạo để thử nghiệm: tỉnh, cơ quan, tin bài và số liệu ở đây không có thật."
    )
    assert set(province.agency_order) == {path.name for path in folder.glob("agencies/*")}


def test_agencies_have_parents_that_exist_and_say_that_they_are_samples(folder: Path) -> None:
    agencies = {path.parent.name: read(Agency, path) for path in folder.glob("agencies/*/agency.yaml")}
    assert all(agency.sample for agency in agencies.values())
    assert {agency.parent for agency in agencies.values() if agency.parent} <= set(agencies)
    assert len({agency.code for agency in agencies.values()}) == len(agencies)
    assert Counter(agency.kind for agency in agencies.values())["district"] == 8


def test_files_name_their_schema_relative_to_themselves(folder: Path) -> None:
    for path in [*folder.glob("**/*.yaml"), *folder.glob("**/*.md")]:
        found = re.search(r"^# yaml-language-server: \$schema=(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert found is not None
        assert (path.parent / found[1]).resolve().parent == (folder / "schemas").resolve()


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_same_plan_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path, hash_seed: str) -> None:
    plan = CorpusPlan(agencies=9, procedures=40, news=60, pages=25, seed=3)
    write_corpus(tmp_path / "here", plan)
    code = (
        "import sys; from pathlib import Path; from tools.corpus import *; "
        "write_corpus(Path(sys.argv[1]), CorpusPlan(agencies=9, procedures=40, news=60, pages=25, seed=3))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "there")], check=True, env=environment, cwd=ROOT, timeout=PATIENCE
    )
    assert digest(tmp_path / "here") == digest(tmp_path / "there")


def test_another_seed_gives_another_corpus_and_more_news_leave_the_procedures_alone(tmp_path: Path) -> None:
    small = CorpusPlan(agencies=3, procedures=20, news=10, pages=5, seed=1)
    write_corpus(tmp_path / "a", small)
    write_corpus(tmp_path / "b", CorpusPlan(agencies=3, procedures=20, news=10, pages=5, seed=2))
    write_corpus(tmp_path / "c", CorpusPlan(agencies=3, procedures=20, news=30, pages=5, seed=1))
    assert digest(tmp_path / "a") != digest(tmp_path / "b")
    assert procedures_in(tmp_path / "a") == procedures_in(tmp_path / "c")


@pytest.mark.parametrize(
    "plan",
    [
        CorpusPlan(agencies=0, procedures=0, news=0, pages=0),
        CorpusPlan(agencies=0, procedures=5, news=4, pages=3),
        CorpusPlan(agencies=1, procedures=5, news=4, pages=1),
        CorpusPlan(agencies=3, procedures=0, news=9, pages=6),
        CorpusPlan(agencies=160, procedures=30, news=20, pages=400),
    ],
)
def test_small_and_odd_plans_make_valid_folders(tmp_path: Path, plan: CorpusPlan) -> None:
    summary = write_corpus(tmp_path / "content", plan)
    assert sum(assert_every_file_is_valid(tmp_path / "content").values()) == plan.files == summary.files
    assert sum(summary.levels.values()) == plan.procedures


def test_names_of_procedures_do_not_run_out(tmp_path: Path) -> None:
    write_corpus(tmp_path / "content", CorpusPlan(agencies=0, procedures=3_500, news=0, pages=0))
    names = {procedure.name for procedure in procedures_in(tmp_path / "content")}
    assert len(names) == 3_500
    assert any(name.endswith(" (trường hợp 2)") for name in names)


def test_a_title_given_before_is_numbered_and_its_slug_too() -> None:
    names = Names()
    assert names.slug("Hộ tịch") == "ho-tich"
    assert names.slug("Hồ tích") == "ho-tich-2"
    assert not names.is_new("Hộ tịch")
    assert names.numbered("Hộ tịch") == "Hộ tịch (bài 2)"
    long = "mười chữ " * 12
    assert names.slug(long) == "muoi-chu-" * 8 + "muoi-chu"
    assert names.slug(long + "nữa") == "muoi-chu-" * 7 + "muoi-chu-2"


def test_places_have_slugs_of_their_own() -> None:
    slugs = [slugify(name) for name in islice(place_names(Random(1)), 20_000)]  # noqa: S311  # no secrets
    assert len(set(slugs)) == len(slugs)


def test_progress_is_told_until_the_last_file(tmp_path: Path) -> None:
    told: list[int] = []
    plan = CorpusPlan(agencies=2, procedures=50, news=150, pages=46)
    write_corpus(tmp_path / "content", plan, told.append)
    assert told == [100, 200, 250]
    assert plan.files == 250


def test_a_corpus_made_before_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    write_corpus(folder, CorpusPlan(agencies=2, procedures=5, news=5, pages=5, seed=1))
    write_corpus(folder, CorpusPlan(agencies=1, procedures=2, news=3, pages=2, seed=2))
    assert sum(assert_every_file_is_valid(folder).values()) == 10
    assert json.loads((folder / ".corpus.json").read_text(encoding="utf-8")) == {
        "made_by": "portal corpus", "agencies": 1, "procedures": 2, "news": 3, "pages": 2, "documents": 0,
        "seed": 2, "procedures_from": None,
    }  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["content"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_corpus(tmp_path, CorpusPlan(agencies=0, procedures=1, news=0, pages=0))
    assert (tmp_path / "province/province.yaml").is_file()


def test_an_interrupted_run_leaves_nothing_behind_and_the_corpus_made_before_alone(tmp_path: Path) -> None:
    def interrupt(written: int) -> None:
        raise KeyboardInterrupt

    plan = CorpusPlan(agencies=2, procedures=150, news=5, pages=5)
    with pytest.raises(KeyboardInterrupt):
        write_corpus(tmp_path / "new", plan, interrupt)
    assert list(tmp_path.iterdir()) == []
    write_corpus(tmp_path / "old", plan)
    before = digest(tmp_path / "old")
    with pytest.raises(KeyboardInterrupt):
        write_corpus(tmp_path / "old", CorpusPlan(agencies=2, procedures=150, news=5, pages=5, seed=9), interrupt)
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert digest(tmp_path / "old") == before


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("of mine", encoding="utf-8")
    with pytest.raises(PortalError) as refused:
        write_corpus(tmp_path, CorpusPlan(agencies=1, procedures=1, news=1, pages=1))
    assert str(refused.value) == (
        f"{tmp_path} is not empty and is no corpus made before: name another folder or empty it"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_corpus_to_which_something_was_added_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    write_corpus(folder, CorpusPlan(agencies=1, procedures=1, news=1, pages=1))
    (folder / ".git").mkdir()
    with pytest.raises(PortalError) as refused:
        write_corpus(folder, CorpusPlan(agencies=1, procedures=1, news=1, pages=1))
    assert str(refused.value) == f"{folder} holds what the corpus did not write (.git): move it elsewhere"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "content"
    file.write_text("", encoding="utf-8")
    with pytest.raises(PortalError) as refused:
        write_corpus(file, CorpusPlan(agencies=1, procedures=1, news=1, pages=1))
    assert str(refused.value) == f"{file} is not a folder: name a folder that does not exist yet"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    folder = tmp_path / "file" / "content"
    with pytest.raises(PortalError) as refused:
        write_corpus(folder, CorpusPlan(agencies=1, procedures=1, news=1, pages=1))
    assert str(refused.value).startswith(f"{folder} cannot be written: ")


def test_numbers_that_make_no_corpus_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PortalError) as refused:
        write_corpus(tmp_path / "content", CorpusPlan(news=-1))
    assert str(refused.value) == "news must be 0 or more, got -1"
    with pytest.raises(PortalError) as refused:
        write_corpus(tmp_path / "content", CorpusPlan(procedures=2_000_001))
    assert str(refused.value) == "procedures must be at most 2000000, got 2000001: codes run out"


def test_documents_are_read_without_a_problem_and_their_registers_have_no_gap(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    summary = write_corpus(folder, CorpusPlan(agencies=4, procedures=20, news=0, pages=0, documents=150))
    shared, _ = load_shared(folder, "content")
    assert shared is not None
    slugs, _ = agency_slugs(folder, "content")
    sites = [
        load_site(folder, "content", slug, shared, drafts=True, agencies=slugs, kinds=KINDS) for slug in ("", *slugs)
    ]

    assert [problem for site in sites for problem in (*site.problems, *site.advice)] == []
    cards = [card for site in sites for _, card in site.listed(DOCUMENT, shared)]
    assert (len(cards), summary.files) == (150, 150 + 20 + 4 + 2)
    assert len({card.url for card in cards}) == 150
    assert list(numbering_problems(cards)) == []
    assert any(card.relations for card in cards)
