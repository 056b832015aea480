"""The domain of the portal: types, parsing and problems. No Pelican, no network, no output.

Its layers are a contract in pyproject.toml.
"""
