"""News and pages as kinds of content: all that the rest of the portal knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import PurePosixPath

from plugins.articles.cards import ArticleCard, PageCard, newest_first
from plugins.articles.records import Article, Page
from plugins.portal import addresses
from plugins.portal.advice import YEARS_AHEAD
from plugins.portal.entries import Withdrawal
from plugins.portal.fields import as_far_as_right
from plugins.portal.identifiers import SLUG
from plugins.portal.kinds import Around, ContentKind, Indexed, Remark
from plugins.portal.problems import text
from plugins.portal.values import clock, day
from plugins.portal.vocabulary import Term
from plugins.portal.yaml_source import Loc


def _article_card(article: Article, around: Around) -> dict[str, object]:
    picture = article.picture
    return {
        "title": article.title,
        "date": article.date,
        "summary": article.summary,
        "featured": article.featured,
        "picture": around.pictures.get(picture.file) if picture else None,
        "topics": article.topics,
        "modified": article.modified or article.date,
    }


def _files_of(article: Article) -> Iterable[tuple[Loc, str]]:
    if article.picture is not None:
        yield ("picture", "file"), article.picture.file
    for index, file in enumerate(article.attachments):
        yield ("attachments", index), file


def _public_from(article: Article) -> tuple[Loc, datetime]:
    later = article.publish_from
    return (("publish_from",), later) if later is not None and later > article.date else (("date",), article.date)


def _page_public_from(page: Page) -> tuple[Loc, datetime] | None:
    return None if page.publish_from is None else (("publish_from",), page.publish_from)


def _public_until(record: Article | Page) -> tuple[Loc, datetime] | None:
    return None if record.publish_until is None else (("publish_until",), record.publish_until)


def _withdrawal(record: Article | Page) -> Withdrawal | None:
    if record.withdrawn is None:
        return None
    return Withdrawal(datetime.combine(record.withdrawn.date, time.min), record.withdrawn.reason)


def _modified_later(article: Article, around: Around) -> Iterable[Remark]:
    if article.modified is not None and article.modified < article.date:
        message = text("modified lies before date, {day}", day=clock(article.date))
        yield Remark(("modified",), message, text("exchange them or mend one"))


def _published_before_its_date(article: Article, around: Around) -> Iterable[Remark]:
    if article.publish_from is not None and article.publish_from < article.date:
        message = text("publish_from lies before date, {day}: it changes nothing", day=clock(article.date))
        yield Remark(("publish_from",), message, text("remove it, or mend one"))


def _in_the_folder_of_its_year(article: Article, around: Around) -> Iterable[Remark]:
    folder = PurePosixPath(around.source.inside).parts[1]
    if re.fullmatch(r"\d{4}", folder) and int(folder) != article.date.year:
        if around.to_come and article.date.year > int(folder) + YEARS_AHEAD:
            return  # mistyped, and the file lies where it belongs: that the day is to come says enough
        message = text("the year is {year}, the folder's {folder}", year=article.date.year, folder=folder)
        hint = text("mend the date, or move the file to {name}", name=f"{ARTICLE.folder}/{article.date.year}/")
        yield Remark(("date",), message, hint)


def _remarks(article: Article, around: Around) -> Iterable[Remark]:
    for look in (_modified_later, _published_before_its_date, _in_the_folder_of_its_year):
        yield from as_far_as_right(look, article, around)


ARTICLE = ContentKind(
    name="article",
    many=Term("Tin tức", "News"),
    folder="news",
    nested=True,
    called=("tin", "tin-tuc", "tin-bai", "bai-viet", "articles", "posts"),
    belongs=text("news/ and the folder of its year"),
    home=addresses.NEWS,
    page=lambda article, slug: f"{article.date.year:04d}/{slug}/",
    page_form=re.compile(rf"\d{{4}}/(?:{SLUG.pattern})/"),
    model=Article,
    card_type=ArticleCard,
    card=_article_card,
    order=lambda card: newest_first(card.date, card.url),
    in_menu=lambda agency, has_any: True,
    is_public=lambda article: article.status == "published",
    public_from=_public_from,
    public_until=_public_until,
    withdrawal=_withdrawal,
    aliases=lambda article: article.aliases,
    files=_files_of,
    indexed=lambda article, language: Indexed(article.title, summary=article.summary, meta=day(article.date, language)),
    some=lambda number, out_of: text("{number} of {all} news articles", number=number, all=out_of),
    feed_moment=lambda card: card.date,
    remarks=_remarks,
    api="articles",
    written_by_itself=True,
)


def _page_card(page: Page, around: Around) -> dict[str, object]:
    return {
        "title": page.title,
        "summary": page.summary or "",
        "menu": page.menu or page.title,
        "order": page.order,
        "language": page.language,
        "modified": datetime.combine(page.updated, time.min) if page.updated else None,
    }


PAGE = ContentKind(
    name="page",
    many=Term("Trang giới thiệu", "Pages", slug="trang"),
    folder="pages",
    called=("trang", "cac-trang"),
    home=None,
    model=Page,
    card_type=PageCard,
    card=_page_card,
    order=lambda card: (card.order, card.url.rstrip("/")),
    in_menu=lambda agency, has_any: False,
    menu_title=lambda card: card.menu,
    language_of=lambda card: card.language,
    is_public=lambda page: page.status == "published",
    public_from=_page_public_from,
    public_until=_public_until,
    withdrawal=_withdrawal,
    aliases=lambda page: page.aliases,
    some=lambda number, out_of: text("{number} of {all} standing pages", number=number, all=out_of),
    indexed=lambda page, language: Indexed(page.title, summary=page.summary or ""),
    api="pages",
    written_by_itself=True,
)

KINDS = (ARTICLE, PAGE)
