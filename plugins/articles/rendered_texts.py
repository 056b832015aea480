"""Texts that were rendered before: taken from the cache where everything that they were made of is as it was.

Besides the text itself that is what its links were resolved by: the files of the site that they name, and which of what
they lead to is not there now. Both are kept with the HTML and asked again. What has problems is rendered each time:
hints speak of the whole site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from plugins.articles.links import Rendered
from plugins.articles.markup import Renderer
from plugins.portal.cache import Cache
from plugins.portal.division import in_parts
from plugins.portal.entries import TextSource
from plugins.portal.liveness import sign_of_life
from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem
from plugins.portal.value_digest import value_digest

SHARE = 250
"""Texts that are worth a process."""


class _Made(BaseModel):
    """A text's HTML and what it was made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    html: str
    references: tuple[Reference, ...]
    advice: tuple[Problem, ...]
    problems: tuple[Problem, ...] = ()
    """None of a text that is kept."""
    files: dict[str, str]
    """By the path that a link named: what the site had there."""
    unlinked: tuple[str, ...]
    """Of what it refers to: what led nowhere."""

    @property
    def rendered(self) -> Rendered:
        return Rendered(html=self.html, references=[*self.references], advice=[*self.advice], problems=[*self.problems])


_MADE = TypeAdapter(list[_Made])


class RenderedTexts:
    """Renders the texts of one site, each only once."""

    def __init__(self, renderer: Renderer, cache: Cache, code: str) -> None:
        """`code` is the fingerprint of what renders."""
        self._renderer = renderer
        self._cache = cache
        self._code = code

    def render(self, entries: Sequence[TextSource]) -> Iterator[Rendered]:
        """The HTML of each text; with problems in it the HTML is not to be used.

        Those that are new are rendered by as many processes as may work at them.
        """
        keys = [value_digest("text", self._code, *self._renderer.inputs(entry)) for entry in entries]
        kept = [self._kept(key) for key in keys]
        new = [entry for entry, known in zip(entries, kept, strict=True) if known is None]
        made = chain.from_iterable(map(_MADE.validate_json, in_parts(new, self._render, SHARE)))
        for key, known in zip(keys, kept, strict=True):
            if known is None:
                known = next(made)
                if not known.problems:
                    self._cache.put(key, known.model_dump_json())
            yield known.rendered

    def _kept(self, key: str) -> _Made | None:
        kept = _read(self._cache.get(key))
        return kept if kept is not None and self._holds(kept) else None

    def _render(self, entries: Sequence[TextSource]) -> bytes:
        return _MADE.dump_json([self._made(entry) for entry in entries])

    def _made(self, entry: TextSource) -> _Made:
        sign_of_life()
        rendered = self._renderer.render(entry)
        return _Made(
            html=rendered.html,
            references=tuple(rendered.references),
            advice=tuple(rendered.advice),
            problems=tuple(rendered.problems),
            files=rendered.files,
            unlinked=self._renderer.unlinked(rendered.references),
        )

    def _holds(self, kept: _Made) -> bool:
        files = all(self._renderer.state_of(inside) == state for inside, state in kept.files.items())
        return files and self._renderer.unlinked(kept.references) == kept.unlinked


def _read(kept: str | None) -> _Made | None:
    try:
        return _Made.model_validate_json(kept) if kept is not None else None
    except ValidationError:
        return None
