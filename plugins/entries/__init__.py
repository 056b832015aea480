"""What every content kind gets without code of its own: pages, lists of a site and of all, feeds.

It loops over the kinds of the run (`PORTAL_KINDS`) and names none. What only one kind shows does not belong here: a
kind that wants other pages writes them with a plugin of its own.
"""

from __future__ import annotations


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.entries import runs

    runs.connect()
