"""What others see of news and pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from plugins.portal.manifest import Card
from plugins.portal.picture import ShownPicture
from plugins.portal.vocabulary import Language


def newest_first(moment: datetime, name: str) -> tuple[timedelta, str]:
    """The order of news: by Vietnam's clock; of one minute, by address or slug."""
    return datetime.min - moment.replace(tzinfo=None), name.rstrip("/")


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
