"""Published documents (văn bản), a kind of content: their numbers, what became of them, their pages and lists.

Other kinds of content do not belong here: what rests on a document is known by references to its number.

Its layers are a contract in pyproject.toml.
"""

from __future__ import annotations

from plugins.documents.kinds import KINDS

__all__ = ["KINDS"]
