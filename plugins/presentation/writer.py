"""Pelican's writer, but for feeds: readers take them elsewhere, so their addresses are whole and ids their own."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.liveness import sign_of_life
from plugins.portal.site_run import site_run

_FROM_THE_ROOT = re.compile(r"""(<\w+(?:\s+[\w-]+="[^"]*")*?\s+(?:href|src)=")/(?!/)""")
"""In a tag only: a text may speak of `href="/`."""


class PortalWriter(Writer):  # type: ignore[misc]  # Pelican is not typed
    """Writes feeds with the portal's public address, while pages have none."""

    def write_file(self, *args: Any, **kwargs: Any) -> Any:
        sign_of_life()
        return super().write_file(*args, **kwargs)

    def write_feed(self, elements: Any, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        public = self._public
        return super().write_feed(elements, context | {"SITEURL": public, "FEED_DOMAIN": public}, *args, **kwargs)

    @property
    def _public(self) -> str:
        return site_run(self.settings).shared.province.url.rstrip("/")

    def _create_new_feed(self, feed_type: str, feed_title: str | None, context: dict[str, Any]) -> Any:
        """A feed of the site's own: Pelican would name the portal's home as its page and its id."""
        feed = super()._create_new_feed(feed_type, feed_title, context)
        home = f"{self._public}/{addresses.site_home(site_run(self.settings).site.slug)}"
        # What people wrote is plain text, and so is Atom's title: Pelican would take what stands in < and > for HTML.
        feed.feed |= {"link": home, "id": home, "title": self.settings["SITENAME"]}
        return feed

    def _add_item_to_the_feed(self, feed: Any, item: Any) -> None:
        super()._add_item_to_the_feed(feed, item)
        entry = feed.items[-1]
        # Atom's summary is HTML here.
        entry |= {"title": item.source.title, "description": escape(item.source.summary, quote=False)}
        entry["author_name"] = item.source.author or self.settings["SITENAME"]
        entry["content"] = _FROM_THE_ROOT.sub(rf"\g<1>{self._public}/", entry["content"])
