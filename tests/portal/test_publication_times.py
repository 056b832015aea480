"""From when until when a record is public, and a notice of the province stands: to the minute, by the given moment."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.portal.shared_reading import load_shared
from plugins.portal.site_names import PROVINCE
from plugins.portal.site_reading import load_site
from plugins.portal.sites import Site
from tests.portal.contents import ARTICLE, KINDS, PAGE, PROVINCE_RECORD, ContentFolder

NOON = datetime(2019, 9, 24, 12)
MIDNIGHT = datetime(2019, 9, 25)
TEXTS = {"news/2019/tin.md": ARTICLE.replace("2019-09-24", "2019-09-20"), "pages/trang.md": PAGE}


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path)


def read(content: ContentFolder, now: datetime, *, drafts: bool = False, slug: str = "so-y-te") -> Site:
    return load_site(content.folder, "content", slug, content.shared(), drafts=drafts, now=now, kinds=KINDS)


def write(content: ContentFolder, inside: str, **fields: str) -> None:
    more = "".join(f"{name}: {value}\n" for name, value in fields.items())
    content.write(inside, TEXTS[inside].replace("title:", f"{more}title:"))


def state(site: Site) -> str:
    return "public" if site.entries else "to come" if site.hidden else "over" if site.ended else "nothing"


@pytest.mark.parametrize("inside", TEXTS)
@pytest.mark.parametrize(
    ("fields", "now", "expected"),
    [
        ({"publish_from": "2019-09-24 12:00"}, NOON.replace(hour=11, minute=59, second=59), "to come"),
        ({"publish_from": "2019-09-24 12:00"}, NOON, "public"),
        ({"publish_from": "2019-09-24T05:00:00Z"}, NOON.replace(second=1), "public"),
        ({"publish_from": "2019-09-24T05:01:00Z"}, NOON, "to come"),
        ({"publish_from": "2019-09-25"}, NOON.replace(hour=23, minute=59), "to come"),
        ({"publish_from": "2019-09-25"}, MIDNIGHT, "public"),
        ({"publish_until": "2019-09-24 12:00"}, NOON.replace(hour=11, minute=59, second=59), "public"),
        ({"publish_until": "2019-09-24 12:00"}, NOON, "over"),
        ({"publish_until": "2019-09-24T06:00:00+01:00"}, NOON, "over"),
        ({"publish_until": "2019-09-24"}, NOON.replace(hour=23, minute=59, second=59), "public"),
        ({"publish_until": "2019-09-24"}, MIDNIGHT, "over"),
        ({"publish_from": "2019-09-24", "publish_until": "2019-09-24"}, NOON, "public"),
    ],
)
def test_record_is_public_from_its_beginning_until_its_end(
    inside: str, fields: dict[str, str], now: datetime, expected: str, content: ContentFolder
) -> None:
    write(content, inside, **fields)
    site = read(content, now)

    assert (site.problems, state(site)) == ((), expected)
    assert bool(site.scheduled) == (expected != "over" and ("publish_until" in fields or expected == "to come"))
    assert all(moment > now for moment in site.scheduled)
    assert site.withdrawn == (tuple(entry.address for entry in site.ended.values()) if expected == "over" else ())


def test_both_moments_are_known_beforehand(content: ContentFolder) -> None:
    write(content, "pages/trang.md", publish_from="2019-09-25", publish_until="2019-09-30")

    assert read(content, NOON).scheduled == (MIDNIGHT, datetime(2019, 10, 1))


def test_article_is_public_from_the_later_of_its_date_and_its_beginning(content: ContentFolder) -> None:
    write(content, "news/2019/tin.md", publish_from="2019-09-19")
    told = [advice.render() for advice in read(content, NOON).advice]

    assert read(content, datetime(2019, 9, 19, 12)).scheduled == (datetime(2019, 9, 20),)
    assert told == [
        "content/agencies/so-y-te/news/2019/tin.md:2: publish_from: publish_from lies before date, 20/09/2019: "
        "it changes nothing (remove it, or mend one)"
    ]


@pytest.mark.parametrize("drafts", [True, False])
def test_what_is_over_is_told_and_shown_nowhere_but_its_files_stay(content: ContentFolder, *, drafts: bool) -> None:
    write(content, "pages/trang.md", publish_until="2019-09-01", publish_from="2019-08-01")
    content.write("media/bang.csv", "a,b\n")
    content.write("pages/trang.md", (content.agency / "pages/trang.md").read_text("utf-8") + "{static}/media/bang.csv")
    site = read(content, NOON, drafts=drafts)

    assert (site.problems, site.entries, site.drafts, site.scheduled) == ((), (), (), ())
    assert list(site.media) == ["media/bang.csv"]
    assert site.withdrawn == ("so-y-te/trang/",)
    assert [advice.render() for advice in site.advice] == [
        "content/agencies/so-y-te/pages/trang.md:2: publish_until: has not been public since 02/09/2019 "
        "(mend the date if it is wrong)"
    ]


def test_draft_stays_one_whatever_its_end(content: ContentFolder) -> None:
    write(content, "pages/trang.md", status="draft", publish_until="2019-09-01")
    site = read(content, NOON)

    assert (state(site), site.scheduled, site.withdrawn) == ("to come", (), ())


@pytest.mark.parametrize("inside", TEXTS)
@pytest.mark.parametrize("until", ["2019-09-24", "2019-09-25 00:00"])
def test_end_that_does_not_lie_after_the_beginning_is_a_problem(
    inside: str, until: str, content: ContentFolder
) -> None:
    write(content, inside, publish_from="2019-09-25", publish_until=until)

    assert [problem.render() for problem in read(content, NOON).problems] == [
        f"content/agencies/so-y-te/{inside}:3: publish_until: publish_until does not lie after publish_from "
        "(exchange them or mend one)"
    ]


def test_end_that_does_not_lie_after_the_date_is_a_problem(content: ContentFolder) -> None:
    write(content, "news/2019/tin.md", publish_until="2019-09-19")

    assert [(problem.line, problem.message.render()) for problem in read(content, NOON).problems] == [
        (2, "publish_until does not lie after date")
    ]


def province(content: ContentFolder, more: str) -> None:
    content.write_province("province.yaml", f"{PROVINCE_RECORD}{more}")


NOTICES = """\
notice: Cổng bảo trì
notice_en: Maintenance
notice_from: 2019-09-24 12:00
notice_until: 2019-09-24 13:00
emergency:
  title: Bão
  publish_until: 2019-09-24
"""


@pytest.mark.parametrize(
    ("now", "stand"),
    [
        (NOON.replace(hour=11, minute=59), (None, None, "Bão")),
        (NOON, ("Cổng bảo trì", "Maintenance", "Bão")),
        (NOON.replace(hour=13), (None, None, "Bão")),
        (MIDNIGHT, (None, None, None)),
    ],
)
def test_notice_of_the_province_stands_in_its_time_alone(
    now: datetime, stand: tuple[str | None, ...], content: ContentFolder
) -> None:
    province(content, NOTICES)
    record = content.shared().at(now).province

    assert (record.notice, record.notice_en, record.emergency and record.emergency.title) == stand


def test_notices_that_do_not_stand_are_told_with_their_lines(content: ContentFolder) -> None:
    province(content, NOTICES)

    def told(now: datetime) -> list[str]:
        site = read(content, now, slug=PROVINCE)
        return [f"{advice.line} {advice.field}: {advice.message.render()}" for advice in site.advice]

    assert told(NOON.replace(hour=8)) == ["7 notice_from: the notice is not shown before 24/09/2019 12:00"]
    assert told(NOON) == []
    assert told(MIDNIGHT) == [
        "8 notice_until: the notice has not been shown since 24/09/2019 13:00",
        "11 emergency.publish_until: the notice has not been shown since 25/09/2019",
    ]


def test_notice_whose_end_does_not_lie_after_its_beginning_is_a_problem(content: ContentFolder) -> None:
    province(content, "notice: A\nnotice_from: 2019-09-25\nnotice_until: 2019-09-24\n")

    _, problems = load_shared(content.folder, "content")
    assert [problem.render() for problem in problems] == [
        "content/province/province.yaml:7: notice_until: notice_until does not lie after notice_from "
        "(exchange them or mend one)"
    ]
