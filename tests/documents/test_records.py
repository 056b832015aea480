"""Files of documents as a folder has them: what is read, and what is told with file, line and remedy."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.documents.kinds import DOCUMENT
from plugins.documents.numbering import numbering_problems
from plugins.portal.site_reading import load_site
from plugins.portal.sites import Site
from tests.documents.cards import card
from tests.portal.contents import AGENCY, KINDS, ContentFolder, said

RECORD = """\
number: 12/2019/QĐ-UBND
type: decision
title: Ban hành Quy định quản lý chợ
issued: 2019-04-15
effective_from: 2019-05-01
"""
TO = "agency: Sở, email: a@b.vn"
FILE = "documents/2019/quan-ly-cho.yaml"


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def read(content: ContentFolder, now: datetime = datetime(2026, 1, 1)) -> Site:
    return load_site(content.folder, "content", AGENCY, content.shared(), drafts=True, now=now, kinds=KINDS)


def test_record_alone_and_record_with_its_text_are_documents_alike(content: ContentFolder) -> None:
    content.write(FILE, RECORD)
    content.write("documents/2019/moi.md", f"---\n{RECORD.replace('12/', '13/')}---\n## Điều 1. Phạm vi\n\nChợ.\n")
    site = read(content)

    assert said([*site.problems, *site.advice]) == []
    assert sorted(entry.address for entry in site.of(DOCUMENT)) == [
        "so-y-te/van-ban/2019/12-2019-qd-ubnd/",
        "so-y-te/van-ban/2019/13-2019-qd-ubnd/",
    ]
    assert list(site.texts) == ["documents/2019/moi.md"]


def test_two_files_of_one_number_are_told(content: ContentFolder) -> None:
    content.write(FILE, RECORD)
    content.write("documents/2019/khac.yaml", RECORD.replace("12/", "012/"))

    assert [problem.message.msgid for problem in read(content).problems] == [
        "would be written to the same address as others, {address}: {files}"
    ] * 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("number: 12/2019/QĐ-UBND", "number: mười hai",
         ':1: number: "mười hai" is no number of a document '
         "(write number, year where it has one, and notation: 12/2019/QĐ-UBND or 45/KH-UBND)"),
        ("number: 12/2019/QĐ-UBND\n", "", ":1: it has no number (add number, such as 12/2019/QĐ-UBND)"),
        ("type: decision", "type: decree", ":2: type: expected one of resolution, decision"),
        ("effective_from: 2019-05-01", "effective_from: 2019-05-01\neffective_to: 2019-04-30",
         ":6: effective_to: effective_to is before effective_from (exchange them or mend one)"),
        ("type: decision", "type: decision\nfiles: [{file: media/khong.pdf}]",
         ':3: files[0].file: there is no file "media/khong.pdf"'),
        ("type: decision", f"type: decision\nconsultation: {{begins: 2019-01-02, ends: 2019-01-01, {TO}}}",
         ":3: consultation.ends: ends does not lie after begins"),
        ("type: decision", "type: decision\nconsultation: {begins: 2019-01-02, ends: 2019-01-03, agency: Sở}",
         ":3: consultation: it does not say where opinions are sent (add email, address or url)"),
    ],
)  # fmt: skip
def test_what_is_wrong_keeps_the_site_back(content: ContentFolder, old: str, new: str, told: str) -> None:
    content.write(FILE, RECORD.replace(old, new))

    [problem] = said(read(content).problems)
    assert problem.startswith(f"{FILE}{told}")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("number: 12/2019/QĐ-UBND", "number: 12 /2019/QĐ-UBND",
         ':1: number: the number "12 /2019/QĐ-UBND" is taken for 12/2019/QĐ-UBND (write it so: it is shown so)'),
        ("issued: 2019-04-15", "issued: 2018-04-15",
         ":4: issued: its number has the year 2019, and it was issued on 15/04/2018 (mend one of them)"),
        ("type: decision", "type: plan",
         ':2: type: its number says "Quyết định", its type "Kế hoạch" (mend one of them)'),
        ("type: decision", "type: decision\nfield: ho-tic",
         ':3: field: unknown field of administration "ho-tic" (did you mean "ho-tich"?)'),
        ("effective_from: 2019-05-01", "effective_from: 2019-04-01",
         ":5: effective_from: it applies from a day before 15/04/2019, its issue (mend one of them if it is wrong)"),
    ],
)  # fmt: skip
def test_what_is_odd_is_told_and_keeps_nothing_back(content: ContentFolder, old: str, new: str, told: str) -> None:
    content.write(FILE, RECORD.replace(old, new))
    site = read(content)

    assert said(site.problems) == []
    assert said(site.advice) == [f"{FILE}{told}"]


def test_document_in_the_folder_of_another_year_is_told(content: ContentFolder) -> None:
    content.write("documents/2018/a.yaml", RECORD)

    assert said(read(content).advice) == [
        "documents/2018/a.yaml:4: issued: it is a document of 2019, in the folder of 2018 "
        "(mend number or day, or move the file to documents/2019/)"
    ]


def test_days_of_a_document_are_looked_at_in_turn_and_ask_for_a_new_build(content: ContentFolder) -> None:
    asked = "consultation: {begins: 2019-02-01, ends: 2019-03-01, agency: Sở, email: a@b.vn}\n"
    content.write(FILE, f"{RECORD}effective_to: 2020-12-31\n{asked}")
    turns = [datetime(2019, 2, 1), datetime(2019, 3, 2), datetime(2019, 5, 1), datetime(2021, 1, 1)]
    seen = []
    for now in (datetime(2019, 1, 1), *turns):
        site = read(content, now)
        [entry] = site.of(DOCUMENT)
        seen.append((entry.record.asks, entry.record.has_begun, entry.record.has_ended))
        assert {turn for turn in turns if turn > now} <= set(site.scheduled)

    assert seen == [
        ("to_come", False, False), ("open", False, False), ("closed", False, False), ("closed", True, False),
        ("closed", True, True),
    ]  # fmt: skip


def test_draft_for_comment_needs_no_number(content: ContentFolder) -> None:
    asked = "consultation: {begins: 2019-02-01, ends: 2019-03-01, agency: Sở, address: Số 1}\n"
    content.write("documents/2019/du-thao-cho.yaml", RECORD.replace("number: 12/2019/QĐ-UBND\n", "") + asked)
    site = read(content)

    assert said(site.problems) == []
    assert [entry.address for entry in site.of(DOCUMENT)] == ["so-y-te/van-ban/2019/du-thao-cho/"]


def test_numbers_that_are_missing_or_there_twice_are_told_by_agency_and_year() -> None:
    cards = [
        *(card(f"{number}/2019/QĐ-UBND") for number in (1, 2, 5, 7)),
        card("2/2019/QĐ-UBND", path="z.yaml"),
        card("9/2018/QĐ-UBND", "2018-01-01"),
        card("3/KH-SYT"),
        card("8/KH-SYT"),
        card("4/2019/QĐ-UBND", agency_slug="so-tu-phap"),
    ]
    told = [(agency, problem.render()) for agency, problem in numbering_problems(cards)]

    assert told == [
        ("so-y-te", 'z.yaml:2: number: the number "02/2019/QĐ-UBND" of 2019 is that of '
         "so-y-te/documents/2-2019-qd-ubnd.yaml too (keep one of them, or mend a number)"),
        ("so-y-te", "so-y-te/documents/5-2019-qd-ubnd.yaml:2: number: of 2019 there is no document of the numbers "
         "3–4, 6, such as this one (publish them too, or mend the number)"),
    ]  # fmt: skip


def test_relation_to_what_is_no_number_is_advice(content: ContentFolder) -> None:
    fields = "number: 01/2019/QĐ-SYT\ntype: decision\ntitle: A\nissued: 2019-03-02\n"
    content.write("documents/2019/a.yaml", f"{fields}relations: [{{kind: repeals, number: '9'}}]\n")
    site = read(content)

    assert said(site.problems) == []
    assert [problem.message.render() for problem in site.advice] == ['"9" is no number of a document']
