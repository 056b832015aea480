"""The editors' handbook, a page of the portal on a desk: beside the list of what is to be mended.

Its text is the project's own (`PORTAL_HANDBOOK`, docs/content.md), so that Python-Markdown may read it as it is.
Nothing that an agency writes comes here: that is for plugins/articles, which takes nothing on trust.
"""

from __future__ import annotations


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.handbook import runs

    runs.connect()
