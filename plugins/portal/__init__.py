"""The domain of the portal: types, parsing and problems. No Pelican, no network, no page.

What it writes are the schemas for editors (`schemas`) and what a run keeps for the next (`earlier_pages`).

Its layers are a contract in pyproject.toml.
"""
