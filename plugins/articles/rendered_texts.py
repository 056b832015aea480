"""Texts that were rendered before: taken from the cache where everything that they were made of is as it was.

Besides the text itself that is what its links were resolved by: the files of the site that they name, and which of what
they lead to is not there now. Both are kept with the HTML and asked again. What has problems is rendered each time:
hints speak of the whole site.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.articles.links import Rendered
from plugins.articles.markup import Renderer
from plugins.portal.cache import Cache
from plugins.portal.entries import TextSource
from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem
from plugins.portal.value_digest import value_digest


class _Kept(BaseModel):
    """A text's HTML and what it was made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    html: str
    references: tuple[Reference, ...]
    advice: tuple[Problem, ...]
    files: dict[str, str]
    """By the path that a link named: what the site had there."""
    unlinked: tuple[str, ...]
    """Of what it refers to: what led nowhere."""


class RenderedTexts:
    """Renders the texts of one site, each only once."""

    def __init__(self, renderer: Renderer, cache: Cache, code: str) -> None:
        """`code` is the fingerprint of what renders."""
        self._renderer = renderer
        self._cache = cache
        self._code = code

    def render(self, entry: TextSource) -> Rendered:
        """The text's HTML; with problems in it the HTML is not to be used."""
        key = value_digest("text", self._code, *self._renderer.inputs(entry))
        kept = _read(self._cache.get(key))
        if kept is not None and self._holds(kept):
            return Rendered(html=kept.html, references=[*kept.references], advice=[*kept.advice])
        rendered = self._renderer.render(entry)
        if not rendered.problems:
            unlinked = self._renderer.unlinked(rendered.references)
            made = _Kept(
                html=rendered.html,
                references=tuple(rendered.references),
                advice=tuple(rendered.advice),
                files=rendered.files,
                unlinked=unlinked,
            )
            self._cache.put(key, made.model_dump_json())
        return rendered

    def _holds(self, kept: _Kept) -> bool:
        files = all(self._renderer.state_of(inside) == state for inside, state in kept.files.items())
        return files and self._renderer.unlinked(kept.references) == kept.unlinked


def _read(kept: str | None) -> _Kept | None:
    try:
        return _Kept.model_validate_json(kept) if kept is not None else None
    except ValidationError:
        return None
