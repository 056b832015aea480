"""What a kind may say of its files, each on the tests' own kind: no more than its description is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from plugins.portal.kinds import Kinds, Later, Remark
from plugins.portal.problems import text
from plugins.portal.site_reading import load_site
from plugins.portal.sites import Site
from tests.kinds import KINDS, Notice
from tests.portal.contents import AGENCY, ContentFolder, said

KIND = KINDS[0]
NOW = datetime(2026, 10, 1, 8, 0)
NOTICE = "---\ntitle: Nghỉ lễ\nsummary: Có người trực.\nuntil: 2027-09-05\n---\nXem.\n"


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def read(content: ContentFolder, *, drafts: bool = False, **otherwise: Any) -> Site:
    kinds = Kinds([replace(KIND, **otherwise)])
    return load_site(content.folder, "content", AGENCY, content.shared(), drafts=drafts, now=NOW, kinds=kinds)


def test_entry_of_a_day_to_come_is_not_public_before_and_that_is_told(content: ContentFolder) -> None:
    content.write("notices/nghi.md", NOTICE)
    day = datetime(2027, 9, 5)
    site = read(content, public_from=lambda notice: (("until",), datetime.combine(notice.until, datetime.min.time())))

    assert (site.entries, site.drafts, site.scheduled) == ((), ("so-y-te/thong-bao/nghi/",), (day,))
    assert said(site.advice) == [
        "notices/nghi.md:4: until: is not public before 05/09/2027 (mend the date if it is wrong)"
    ]
    assert [entry.public for entry in read(content).entries] == [True]


def test_entry_that_has_ended_is_shown_nowhere_and_its_address_is_remembered(content: ContentFolder) -> None:
    content.write("notices/nghi.md", NOTICE)
    end = datetime(2027, 9, 5)
    site = read(content, public_until=lambda notice: (("until",), end))
    assert ([entry.public for entry in site.entries], site.scheduled, site.withdrawn) == ([True], (end,), ())

    over = read(content, public_until=lambda notice: (("until",), datetime(2019, 9, 5)))
    assert (over.entries, over.hidden, over.scheduled) == ((), {}, ())
    assert over.withdrawn == ("so-y-te/thong-bao/nghi/",)


def test_record_that_speaks_of_a_day_to_come_is_another_until_then(content: ContentFolder) -> None:
    content.write("notices/nghi.md", NOTICE)

    def later(notice: Notice) -> Later[Notice]:
        return Later(("until",), moment, text("not yet"), notice.model_copy(update={"title": "Chưa"}))

    moment = datetime(2027, 1, 1)
    site = read(content, later=later)
    assert [entry.record.title for entry in site.of(KIND)] == ["Chưa"]
    assert site.scheduled == (moment,)
    moment = NOW
    assert [entry.record.title for entry in read(content, later=later).of(KIND)] == ["Nghỉ lễ"]


@pytest.mark.parametrize("drafts", [True, False])
def test_file_that_only_drafts_offer_is_no_more_public_than_they_are(content: ContentFolder, *, drafts: bool) -> None:
    content.write("media/don.pdf", b"%PDF-1.4")
    content.write("notices/nghi.md", NOTICE.replace("---\nXem", "forms: [media/don.pdf]\nstatus: draft\n---\nXem"))

    assert list(read(content, drafts=drafts).media) == (["media/don.pdf"] if drafts else [])


def test_remark_that_is_told_once_is_told_of_the_first_record(content: ContentFolder) -> None:
    for name in ("a", "b"):
        content.write(f"notices/{name}.md", NOTICE)

    def remarks(notice: Notice, around: object) -> list[Remark]:
        return [Remark(("title",), text("odd"), text("mend it"), once=notice.title)]

    assert said(read(content, remarks=remarks).advice) == ["notices/a.md:2: title: odd (mend it)"]


@pytest.mark.parametrize("nested", [True, False])
def test_files_lie_deeper_only_where_the_kind_says_so(content: ContentFolder, *, nested: bool) -> None:
    content.write("notices/2027/nghi.md", NOTICE)
    site = read(content, nested=nested)

    assert [entry.address for entry in site.entries] == (["so-y-te/thong-bao/nghi/"] if nested else [])
    assert [problem.message.msgid for problem in site.problems] == ([] if nested else ["lies in a folder too many"])


def test_folder_that_people_call_otherwise_is_told_with_its_name(content: ContentFolder) -> None:
    content.write("thong-bao/nghi.md", NOTICE)

    assert said(read(content, called=("thong-bao",)).problems) == [
        'thong-bao: not a folder that the portal knows (rename the folder to "notices")'
    ]


def test_text_beside_the_folders_is_told_where_each_kind_has_its_texts(content: ContentFolder) -> None:
    content.write("nghi.md", NOTICE)

    assert said(read(content).problems) == ["nghi.md: a text does not belong here (move it to notices/)"]
    told = said(read(content, belongs=text("news/ and the folder of its year")).problems)
    assert told == ["nghi.md: a text does not belong here (move it to news/ and the folder of its year)"]


def test_page_of_a_kind_without_a_list_takes_no_name_that_the_site_has(content: ContentFolder) -> None:
    content.write("notices/lien-he.md", NOTICE)
    content.write("notices/khac.md", NOTICE)
    site = read(content, home=None)

    assert [entry.address for entry in site.entries] == ["so-y-te/khac/"]
    assert said(site.problems) == ["notices/lien-he.md: the address /lien-he/ is taken (rename the file)"]
