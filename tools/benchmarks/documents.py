"""Which pages the portal's own indexes contain: the same ones are given to the other engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from plugins.portal.problems import PortalError
from plugins.search.kinds import IndexKind

SEARCH_FOLDER = "tim-kiem"

Read = TypeVar("Read")


class _Manifest(BaseModel):
    """What of an index's manifest tells its documents."""

    blocks: list[tuple[int, int, str]]
    """Site, number of the first document, how many documents, mark of their cards."""
    cards: int
    """Documents in one file of cards."""


_MANIFEST = TypeAdapter(_Manifest)
_CARDS = TypeAdapter(list[tuple[str, str, str, str] | tuple[str, str, str, str, str]])
"""Title, address, code, summary; of an agency what else is shown of it."""
"""Title, address below the portal's root, line of facts, summary."""


@dataclass(frozen=True)
class BuiltPortal:
    """A built portal, and what is searched in it."""

    output: Path
    index: IndexKind
    pages: tuple[str, ...]
    """The addresses of all documents of the index, below the portal's root."""

    @classmethod
    def read(cls, output: Path, index: IndexKind) -> BuiltPortal:
        """Raises a `PortalError` where there is none."""
        pages = set(_addresses(output / SEARCH_FOLDER / index.name))
        return cls(output, index, tuple(sorted(pages)))


def _addresses(base: Path) -> list[str]:
    manifest = _read(base.with_name(f"{base.name}.json"), _MANIFEST)
    files = (
        base / f"{fingerprint}-{at}.json"
        for _, count, fingerprint in manifest.blocks
        for at in range((count + manifest.cards - 1) // manifest.cards)
    )
    return [card[1] for file in files for card in _read(file, _CARDS)]


def _read(path: Path, adapter: TypeAdapter[Read]) -> Read:
    try:
        return adapter.validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise PortalError(f"{path}: no such file: there is no portal to measure yet; run portal build first") from error
    except ValidationError as error:
        raise PortalError(f"{path}: not a file of this portal's search; run portal build again") from error
