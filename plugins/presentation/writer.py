"""Pelican's writer, but for feeds: readers take them elsewhere, so their addresses are whole."""

from __future__ import annotations

from typing import Any

from pelican.writers import Writer

from plugins.portal.site_run import site_run


class PortalWriter(Writer):  # type: ignore[misc]  # Pelican is not typed
    """Writes feeds with the portal's public address, also on a desk where pages have none."""

    def write_feed(self, elements: Any, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        public = site_run(self.settings).shared.province.url.rstrip("/")
        return super().write_feed(elements, context | {"SITEURL": public, "FEED_DOMAIN": public}, *args, **kwargs)
