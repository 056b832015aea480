"""How many sequences are gone through, and which."""

from __future__ import annotations

import os

SEQUENCES = int(os.environ.get("PORTAL_SEQUENCES", "20"))
"""Of all files together, but for those with killed builds; `.ci/run` has 16."""
FIRST = int(os.environ.get("PORTAL_FIRST_SEQUENCE", "0"))
"""The number of the first: others than the usual ones begin at another."""


def numbers(share: float) -> range:
    """The numbers of the sequences of a file, which has such a share of all."""
    return range(FIRST, FIRST + max(1, round(SEQUENCES * share)))
