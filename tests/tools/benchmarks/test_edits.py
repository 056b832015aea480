"""The edits between builds, and that an output without them is no measurement."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from plugins.portal.problems import PortalError
from tools.benchmarks.edits import Edits, Expected, Targets, marked
from tools.corpus import CorpusPlan, add_documents, write_corpus

PLAN = CorpusPlan(agencies=5, procedures=30, news=60, pages=12)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("corpus") / "content"
    write_corpus(content, PLAN)
    return content


@pytest.mark.parametrize(
    "written",
    [
        "title: Lịch tiêm\ndate: 2019",
        "title: 'Lịch: tiêm'\ndate: 2019",
        "title: >-\n  Lịch\n  tiêm\ndate: 2019",
        "date: 2019\ntitle: Lịch tiêm",
    ],
)
def test_mark_stands_once_at_the_end_of_a_field_however_it_is_written(written: str) -> None:
    before = yaml.safe_load(written)
    after = yaml.safe_load(marked(marked(written, "title", 7), "title", 12))

    assert after == before | {"title": f"{before['title']} (sửa 12)"}


def test_field_that_is_not_there_cannot_be_edited() -> None:
    with pytest.raises(PortalError, match="no field name"):
        marked("title: Lịch tiêm", "name", 1)


def test_article_that_is_edited_is_the_newest_of_its_agency(content: Path) -> None:
    article = content / Targets.of(content).article
    dates = [
        yaml.safe_load(file.read_text("utf-8").split("---")[1])["date"] for file in article.parents[1].rglob("*.md")
    ]

    assert yaml.safe_load(article.read_text("utf-8").split("---")[1])["date"] == max(dates)


def test_document_that_is_edited_is_the_newest_with_a_text_of_its_agency(content: Path, tmp_path: Path) -> None:
    copy = tmp_path / "content"
    shutil.copytree(content, copy)
    add_documents(copy, replace(PLAN, documents=40))
    expected = Edits(copy, Targets.of(copy)).document(3)
    edited = [file for file in copy.rglob("documents/*/*.md") if "(sửa 3)" in file.read_text("utf-8")]
    days = [file.read_text("utf-8").split("issued: ")[1][:10] for file in edited[0].parents[1].rglob("*.md")]

    assert len(edited) == 1
    assert edited[0].read_text("utf-8").split("issued: ")[1][:10] == max(days)
    assert expected[0].address == f"{edited[0].parts[-4]}/van-ban/{edited[0].parts[-2]}"


def test_edited_again_an_article_has_the_last_sentence_once(content: Path) -> None:
    edits = Edits(content, Targets.of(content))
    for turn in (1, 2):
        edits.article(turn)
    written = (content / edits.targets.article).read_text("utf-8")

    assert written.endswith("\n\nĐính chính lần 2.\n")
    assert written.count("Đính chính lần") == written.count("(sửa 2)") == 1


@pytest.mark.parametrize("address", ["a.html", "list", "none"])
def test_output_without_an_edit_is_refused(tmp_path: Path, address: str) -> None:
    (tmp_path / "list").mkdir()
    for page in ("a.html", "list/index.html"):
        (tmp_path / page).write_text("Lịch tiêm (sửa 1)", encoding="utf-8")

    with pytest.raises(PortalError, match="Hugo did not take in an edit"):
        Expected(address, "(sửa 2)").check(tmp_path, "Hugo")


@pytest.mark.parametrize("address", ["a.html", "list"])
def test_output_with_it_is_taken(tmp_path: Path, address: str) -> None:
    (tmp_path / "list" / "trang" / "2").mkdir(parents=True)
    for page in ("a.html", "list/trang/2/index.html"):
        (tmp_path / page).write_text("Lịch tiêm (sửa 2)", encoding="utf-8")

    assert Expected(address, "(sửa 2)").is_in(tmp_path)
