"""An article in words of schema.org, for search engines."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from plugins.articles.records import Article
from plugins.portal.data_blocks import SCHEMA_ORG, data_block, known_of
from plugins.portal.picture import ShownPicture
from plugins.portal.values import rfc3339


def article_data(
    record: Article, date: datetime, picture: ShownPicture | None, url: str, publisher: tuple[str, str], root: str,
    language: str,
) -> Markup:  # fmt: skip
    """An article at an address, as a part of its page; `publisher` is the name and the home of its site.

    `root` is the portal's address: no other is whole.
    """
    name, home = publisher
    organization = {"@type": "GovernmentOrganization", "name": name, "url": f"{root}/{home}"}
    described = {
        "@context": SCHEMA_ORG,
        "@type": "NewsArticle",
        "headline": record.title,
        "description": record.summary,
        "mainEntityOfPage": f"{root}/{url}",
        "inLanguage": language,
        "datePublished": rfc3339(date),
        "dateModified": rfc3339(record.modified or date),
        "author": {"@type": "Organization", "name": record.author} if record.author else organization,
        "publisher": organization,
        **known_of(image=f"{root}/{picture.url}" if picture else None),
    }
    return Markup(data_block(described))  # noqa: S704  # made harmless there
