"""What the province's home shows of the news."""

from __future__ import annotations

from datetime import datetime, timedelta

from plugins.articles.cards import ArticleCard
from plugins.articles.kinds import ARTICLE
from plugins.articles.news import NEWS_SHOWN, OWN_NEWS_SHOWN, HomeView
from plugins.portal.values import VIETNAM

NEWEST = datetime(2019, 9, 24, 8, 30, tzinfo=VIETNAM)


def articles(site: str, number: int, older_by: int = 0) -> list[ArticleCard]:
    return [
        ArticleCard(
            title=f"Tin {n}",
            url=f"{site}tin-tuc/2019/{n}/",
            date=NEWEST - timedelta(days=n, hours=older_by),
            summary="",
        )
        for n in range(number)
    ]


def urls(cards: tuple[ArticleCard, ...]) -> list[str]:
    return [card.url for card in cards]


def test_no_article_is_shown_twice() -> None:
    own, theirs = articles("", 20), articles("so-y-te/", 20, older_by=1)
    home = HomeView.of(own, sorted([*own, *theirs], key=ARTICLE.order))

    assert urls(home.own_news) == [card.url for card in own[:OWN_NEWS_SHOWN]]
    assert urls(home.other_news) == [card.url for card in theirs[: NEWS_SHOWN - OWN_NEWS_SHOWN]]


def test_own_news_that_is_no_longer_first_stands_among_the_others() -> None:
    own = articles("", OWN_NEWS_SHOWN + 1)
    home = HomeView.of(own, own)

    assert urls(home.other_news) == [own[-1].url]


def test_home_without_news_shows_none() -> None:
    assert HomeView.of([], []) == HomeView((), ())
