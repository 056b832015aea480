"""Lists of news: what stands first, which go with an article, and the lists of topics and years."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from plugins.articles.cards import ArticleCard
from plugins.articles.news import (
    MOST_PAGES,
    PER_PAGE,
    RELATED,
    NewsList,
    by_topic,
    by_year,
    list_pages,
    related,
    topic_link,
    with_lead,
)
from plugins.portal.picture import ShownPicture
from plugins.portal.values import VIETNAM
from tests.provinces import SmallProvince

NEWEST = datetime(2019, 9, 24, 8, 30, tzinfo=VIETNAM)
TEXT = """\
---
title: Tin {number}
date: 2019-09-{number:02d} 08:00
summary: Tóm tắt {number}.
topics: [{topics}]
---
Nội dung.
"""


def card(number: int, *topics: str, picture: str | None = None, year: int = 2019) -> ArticleCard:
    """The newest has the number 0."""
    date = (NEWEST - timedelta(hours=number)).replace(year=year)
    url = f"tin-tuc/{number}/"
    pictured = ShownPicture(url=picture, width=9, height=9) if picture else None
    return ArticleCard(title=f"Tin {number}", url=url, date=date, picture=pictured, topics=topics)


def article(number: int, *topics: str) -> Any:
    """As Pelican gives it."""
    return SimpleNamespace(
        title=f"Tin {number}", url=f"{number}", date=NEWEST - timedelta(hours=number), picture=None, draft=False,
        source=SimpleNamespace(summary="", topics=topics),
    )  # fmt: skip


def test_of_the_newest_the_first_with_a_picture_stands_first() -> None:
    cards = [card(0), card(1), card(2, picture="a.png"), card(3, picture="b.png")]

    lead, others = with_lead(cards)

    assert lead == cards[2]
    assert others == (cards[0], cards[1], cards[3])


def test_old_picture_does_not_push_away_what_is_new() -> None:
    cards = [*map(card, range(9)), card(9, picture="a.png")]

    assert with_lead(cards)[0] == cards[0]
    assert with_lead([]) == (None, ())


def test_only_the_first_page_of_a_list_has_a_lead() -> None:
    articles = [article(number) for number in range(3)]

    assert (NewsList.of(articles, 1).lead, NewsList.of(articles, 2).lead) == (NewsList.of(articles, 2).others[0], None)


def test_what_is_about_the_same_goes_with_an_article_before_what_is_near_in_time() -> None:
    articles = [article(0, "Y tế"), article(1), article(2), article(3, "y tế"), article(4), article(5)]
    titles = {one.title: [other.title for other in others] for one, others in related(articles)}

    assert titles["Tin 0"] == ["Tin 3", "Tin 1", "Tin 2", "Tin 4"]
    assert titles["Tin 4"] == ["Tin 5", "Tin 3", "Tin 2", "Tin 1"]


def test_new_article_changes_what_goes_with_a_few_and_not_with_all() -> None:
    before = [article(number, "Y tế") for number in range(1, 40)]
    urls = {one.url: [other.url for other in others] for one, others in related(before)}
    after = {one.url: [other.url for other in others] for one, others in related([article(0, "Y tế"), *before])}

    assert 0 < sum(after[url] != urls[url] for url in urls) <= RELATED


def test_no_article_goes_with_itself_or_twice_with_another() -> None:
    for one, others in related([article(number, "Y tế", "Y  tế", "Giáo dục") for number in range(8)]):
        assert one.url not in {other.url for other in others}
        assert len({other.url for other in others}) == len(others) == RELATED


def test_topic_is_one_however_it_is_written_and_called_as_most_write_it() -> None:
    cards = [card(0, "đất đai"), card(1, "Đất đai", "Giáo dục"), card(2, "Đất đai", "đất đai"), card(3, "!!!")]

    assert by_topic(cards) == {"dat-dai": ("Đất đai", cards[:3]), "giao-duc": ("Giáo dục", [cards[1]])}
    assert topic_link("!!!").url is None


def test_years_are_listed_the_newest_first() -> None:
    cards = [card(0, year=2018), card(1, year=2019)]

    assert by_year(cards) == {2019: [cards[1]], 2018: [cards[0]]}


@pytest.mark.parametrize("number", [0, 1, PER_PAGE, PER_PAGE + 1, PER_PAGE * MOST_PAGES, PER_PAGE * MOST_PAGES + 1])
def test_list_shows_each_of_the_newest_once_and_tells_where_it_ends(number: int) -> None:
    cards = [card(n) for n in range(number)]
    pages = list(list_pages("x/", cards))
    shown = [one for page in pages for one in ((page.lead, *page.others) if page.lead else page.others)]

    assert shown == cards[: PER_PAGE * MOST_PAGES]
    assert [page.url for page in pages] == list(pages[0].urls)
    assert [page.previous_url for page in pages[1:]] == [page.url for page in pages[:-1]]
    assert [page.next_url for page in pages] == [*(page.url for page in pages[1:]), None]
    assert pages[-1].shortened == (number > PER_PAGE * MOST_PAGES)


def test_article_leads_to_its_topics_its_agency_and_what_goes_with_it(tmp_path: Any) -> None:
    province = SmallProvince.of(tmp_path)
    for number, topics in ((1, "Y tế"), (2, "Giáo dục"), (3, "y tế")):
        text = TEXT.format(number=number, topics=topics)
        province.write(f"agencies/so-y-te/news/2019/tin-so-{number}.md", text)
    assert province.build().problems == ()

    page = html.document_fromstring(province.page("so-y-te/tin-tuc/2019/tin-so-1"))
    links = page.xpath("//main//a/@href")

    assert "/tin-tuc/chu-de/y-te/" in links
    assert page.xpath("//*[@aria-labelledby='tin-lien-quan']//li/a/@href")[0] == "/so-y-te/tin-tuc/2019/tin-so-3/"
    assert page.xpath("//*[@aria-labelledby='co-quan-dang-tin']//h2/a/@href") == ["/so-y-te/"]
    topic = html.document_fromstring(province.page("tin-tuc/chu-de/y-te"))
    assert topic.xpath("//article//a/@href") == ["/so-y-te/tin-tuc/2019/tin-so-3/", "/so-y-te/tin-tuc/2019/tin-so-1/"]
    assert "/tin-tuc/2019/" in topic.xpath("//nav//a/@href")
    assert "/so-y-te/tin-tuc/2019/tin-so-2/" in html.document_fromstring(province.page("tin-tuc/2019")).xpath(
        "//a/@href"
    )


def test_edit_writes_the_lists_anew_that_show_the_article_and_no_others(tmp_path: Any) -> None:
    province = SmallProvince.of(tmp_path)
    for number, topic in ((1, "Y tế"), (2, "Dược"), (3, "Y tế")):
        province.write(f"agencies/so-y-te/news/2019/tin-{number}.md", TEXT.format(number=number, topics=topic))
    province.build()
    before = files_of_lists(province)
    province.edit("agencies/so-y-te/news/2019/tin-2.md", "Tin 2", "Tin hai")

    province.build()

    after = files_of_lists(province)
    written = {address for address, inode in after.items() if before[address] != inode}
    assert "Tin hai" in province.page("tin-tuc/chu-de/duoc")
    assert written == {"tin-tuc/chu-de/duoc/", "tin-tuc/2019/", "tin-tuc/cac-co-quan/"}


def files_of_lists(province: SmallProvince) -> dict[str, int]:
    """Which file each list of all sites' news is: one that is taken over is the same file."""
    lists = [*(f"tin-tuc/chu-de/{slug}/" for slug in ("y-te", "duoc")), "tin-tuc/2019/", "tin-tuc/cac-co-quan/"]
    return {address: (province.output / address / "index.html").stat().st_ino for address in lists}
