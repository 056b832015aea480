"""What every page needs: the site it belongs to, its language, and how values are written.

Templates of any plugin find here their menu, filters, assets and the names of other agencies. It writes no pages but
those that each site has in another language than the portal's own.
"""

from __future__ import annotations

from plugins.portal import addresses

__all__ = ["FIXED_ADDRESSES", "register"]

FIXED_ADDRESSES = (addresses.ENGLISH, addresses.LIVE_ALERTS, addresses.SERVICE_WORKER, addresses.WEB_MANIFEST)


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.presentation import runs

    runs.connect()
