"""News articles and pages: front matter above, Markdown below."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from plugins.portal.fields import ContentModel, Day, Many, MediaPath, Moment, Sentence, Slug, Word
from plugins.portal.picture import Picture
from plugins.portal.vocabulary import Language, PublicationStatus


class Article(ContentModel):
    """The front matter of a news article, `news/<year>/<name>.md`; the file's name makes its address."""

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


class Page(ContentModel):
    """The front matter of a standing page, `pages/<name>.md`."""

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
