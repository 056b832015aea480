"""An article in words of schema.org, for search engines."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from plugins.articles.records import Article
from plugins.portal.data_blocks import SCHEMA_ORG, data_block, known_of
from plugins.portal.picture import ShownPicture
from plugins.portal.values import rfc3339


def news_article(
    record: Article, date: datetime, picture: ShownPicture | None, page: str, publisher: tuple[str, str]
) -> dict[str, object]:
    """An article at a page; `publisher` is the name and the home of the site. Addresses are whole."""
    root = page[: page.index("/", page.index("//") + 2)]
    name, home = publisher
    organization = {"@type": "GovernmentOrganization", "name": name, "url": home}
    return {
        "@context": SCHEMA_ORG,
        "@type": "NewsArticle",
        "headline": record.title,
        "description": record.summary,
        "mainEntityOfPage": page,
        "inLanguage": "vi",
        "datePublished": rfc3339(date),
        "dateModified": rfc3339(record.modified or date),
        "author": {"@type": "Organization", "name": record.author} if record.author else organization,
        "publisher": organization,
        **known_of(image=f"{root}/{picture.url}" if picture else None),
    }


def article_data(
    record: Article, date: datetime, picture: ShownPicture | None, page: str, name: str, home: str
) -> Markup:
    """The same as part of the page."""
    return Markup(data_block(news_article(record, date, picture, page, (name, home))))  # noqa: S704  # harmless there
