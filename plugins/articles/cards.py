"""What others see of news and pages."""

from __future__ import annotations

from datetime import datetime

from plugins.portal.manifest import Card
from plugins.portal.picture import ShownPicture
from plugins.portal.vocabulary import Language


class ArticleCard(Card):
    """What a list shows of an article."""

    date: datetime
    featured: bool = False
    picture: ShownPicture | None = None
    topics: tuple[str, ...] = ()

    @property
    def draft(self) -> bool:
        """Others see of a site what is public."""
        return False


class PageCard(Card):
    """What a menu shows of a page."""

    menu: str
    """Its name in the menu."""
    order: int = 100
    """Its place there."""
    language: Language = "vi"
    """Of its text."""
