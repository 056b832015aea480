"""News articles and pages: front matter above, Markdown below."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from plugins.portal.fields import (
    ContentModel,
    Day,
    End,
    Many,
    MediaPath,
    Moment,
    PortalAddress,
    Sentence,
    Slug,
    Word,
    ends_later,
)
from plugins.portal.picture import Picture
from plugins.portal.settled_addresses import Withdrawn
from plugins.portal.vocabulary import Language, PublicationStatus


class Article(ContentModel):
    """The front matter of a news article, `news/<year>/<name>.md`; the file's name makes its address."""

    checks = (ends_later("publish_until", "publish_from"), ends_later("publish_until", "date"))

    title: Word
    date: Moment
    modified: Moment | None = None
    summary: Sentence
    author: Word | None = None
    """The issuing unit or the source, not a person's account."""
    topics: Many[Word] = ()
    picture: Picture | None = None
    attachments: Many[MediaPath] = ()
    featured: bool = False
    """Shown first on the site's home."""
    status: PublicationStatus = "published"
    publish_from: Moment | None = None
    """From when on it is public, where that is later than its date; a day alone means its beginning."""
    publish_until: End | None = None
    """Until when it is public; a day alone means its end."""
    aliases: Many[PortalAddress] = ()
    """Addresses that it had before: they lead to it."""
    withdrawn: Withdrawn | None = None


class Page(ContentModel):
    """The front matter of a standing page, `pages/<name>.md`."""

    checks = (ends_later("publish_until", "publish_from"),)

    title: Word
    summary: Sentence | None = None
    order: Annotated[int, Field(ge=0, le=999)] = 100
    """Its place in the site's menu; lower comes first."""
    menu: Word | None = None
    """Its name in the menu, when the title is too long for it."""
    updated: Day | None = None
    """The day of its last change, as readers are told."""
    language: Language = "vi"
    """The language of its text: screen readers pronounce it by that."""
    translation_of: Slug | None = None
    """The page of the same folder that says the same in another language: the name of its file, without `.md`."""
    status: PublicationStatus = "published"
    publish_from: Moment | None = None
    """From when on it is public; a day alone means its beginning."""
    publish_until: End | None = None
    """Until when it is public; a day alone means its end."""
    aliases: Many[PortalAddress] = ()
    """Addresses that it had before: they lead to it."""
    withdrawn: Withdrawn | None = None
