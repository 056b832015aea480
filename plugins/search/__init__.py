"""Search: what can be found is counted when a site is compiled, and put together when the province is linked.

How the page of results looks does not belong here (theme/), nor what is counted of a kind: that the kind says.
Its layers are a contract in pyproject.toml.
`reference` asks questions of an index through lunr itself, for the command line, `report` and the tests.
"""

from __future__ import annotations


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.search import runs

    runs.connect()
