"""Gzip copies beside files of text, for web servers that send them as they are."""

from __future__ import annotations

from os.path import splitext

from plugins.portal import addresses

SUFFIX = ".gz"
KINDS = frozenset({".html", ".css", ".js", ".json", ".xml", ".atom", ".svg", ".csv", ".txt"})
"""Files whose content gets smaller, by their names' ends."""
WORTH_COMPRESSING = 1_400
"""Bytes: what fits one packet gains nothing."""
WORTH_OF_A_DOCUMENT = 8_000
"""Bytes of a document of the API: there is one for each page, and few are asked for."""
_DOCUMENT = f"/{addresses.document_of('')}"


def gets_copy(file: str, size: int) -> bool:
    """Whether a file of the portal, by its path below the root, has a copy beside it."""
    if file.startswith(addresses.LIVE):
        return False  # a copy would go on saying what it says now
    worth = WORTH_OF_A_DOCUMENT if file.endswith(_DOCUMENT) else WORTH_COMPRESSING
    return size > worth and splitext(file)[1] in KINDS  # noqa: PTH122  # a name of thousands
