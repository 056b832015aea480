"""Rows of lists, rendered once for all the lists that they stand in, and for as long as they show the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

from markupsafe import Markup
from pydantic import TypeAdapter

from plugins.portal.earlier_pages import EarlierPages, digest_of
from plugins.portal.value_digest import value_digest

_ROWS = TypeAdapter(dict[str, str])


class RenderedRows:
    """The rows of one kind: an entry stands in some six to twenty lists, and most edits change one entry.

    `render` gives a row as HTML from the values that it shows, which are those of `value_digest`, and from nothing else
    but the code and the settings. `file` is where a version remembers its rows, among its memos: by the digest of all
    that they show.
    """

    def __init__(self, earlier: EarlierPages, file: str, render: Callable[..., str]) -> None:
        self._note, self._render = earlier.now.memos / file, render
        self._rows: dict[Hashable, tuple[str, Markup]] = {}
        self._before = _read(earlier.before.memos / file) if earlier.before else {}

    def of(self, name: Hashable, *values: object) -> Markup:
        """The row that shows these values; `name` tells it from the others of this version."""
        if name not in self._rows:
            key = value_digest(*values)
            written = self._before.get(key) or self._render(*values)
            self._rows[name] = key, Markup(written)  # noqa: S704  # a template's own output
        return self._rows[name][1]

    def write_down(self) -> None:
        """Note them in the version being made, behind their digest."""
        written = _ROWS.dump_json(dict(sorted(self._rows.values())))
        self._note.parent.mkdir(exist_ok=True)
        self._note.write_bytes(digest_of(written).encode() + b"\n" + written)


def _read(note: Path) -> dict[str, str]:
    """The rows of a version before; none where their note is missing or any byte of it is another."""
    try:
        digest, _, written = note.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return {}
    return _ROWS.validate_json(written) if digest == digest_of(written).encode() else {}
