"""Pelican's reader for articles and pages. They were read and checked before; here they become HTML."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican.readers import BaseReader

from plugins.articles.kinds import ARTICLE, PAGE
from plugins.articles.markup import Renderer
from plugins.articles.records import Article, Page
from plugins.articles.rendered_texts import RenderedTexts
from plugins.portal import addresses
from plugins.portal.characters import FORBIDDEN, shown_name
from plugins.portal.entries import Entry, TextSource
from plugins.portal.liveness import sign_of_life
from plugins.portal.site_run import site_run
from plugins.portal.sites import Site


class TextReader(BaseReader):  # type: ignore[misc]  # Pelican is not typed
    """Reads `.md` files of the site that the run is about."""

    enabled = True
    file_extensions = ("md",)

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self._run = site_run(settings)

    @cached_property
    def _renderer(self) -> RenderedTexts:
        """Made with the first text: each of Pelican's generators has a reader, and few read anything."""
        run, settings = self._run, self.settings
        renderer = Renderer(run.site, settings["SITEURL"], run.unlinked, run.shared.province.url)
        return RenderedTexts(renderer, run.cache, run.code)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The HTML and the metadata of a text; one that is not to be published is skipped."""
        inside = shown_name(Path(os.path.relpath(source_path, self._run.site.folder)).as_posix())
        entry = self._run.site.texts.get(inside)
        if entry is None or entry.kind not in (ARTICLE.name, PAGE.name):
            return "", {"status": "skip", "title": inside}
        return self.check_file(inside), _metadata(entry, self._run.site)

    def render_all(self) -> None:
        """Render all texts of the site."""
        texts = self._run.site.texts
        self._run.rendered.update(zip(texts, self._checked(tuple(texts.values())), strict=True))

    def check_file(self, inside: str) -> str:
        """The HTML of a text of the site, by its file."""
        return self._run.rendered[inside]

    def check(self, entry: TextSource) -> str:
        """The HTML of a text that has no page, for its record is not in order."""
        return next(self._checked([entry]))

    def _checked(self, entries: Sequence[TextSource]) -> Iterator[str]:
        """The HTML of each text; what is wrong in it, and what it refers to, is left with the run.

        No page with problems is shown, but all are told: the HTML must not keep the rest from being built.
        """
        for rendered in self._renderer.render(entries):
            sign_of_life()
            self._run.problems.extend(rendered.problems)
            self._run.references.extend(rendered.references)
            self._run.advice.extend(rendered.advice)
            yield FORBIDDEN.sub("", rendered.html) if rendered.problems else rendered.html


def _metadata(entry: Entry[Article] | Entry[Page], site: Site) -> dict[str, Any]:
    record = entry.record
    metadata: dict[str, Any] = {
        "title": record.title,
        "slug": entry.slug,
        "summary": record.summary or "",
        "source": record,
        # A draft stands where the article will stand: on a desk it is shown in its place, elsewhere not at all.
        "status": "published",
        "draft": not entry.public,
    }
    if isinstance(record, Article):
        metadata["date"] = record.date
        metadata["picture"] = site.pictures.get(record.picture.file) if record.picture else None
        metadata["attachment_links"] = [site.file_link(file) for file in record.attachments]
        if record.modified is not None:
            metadata["modified"] = record.modified
    return metadata | {"url": entry.address, "save_as": addresses.saved_as(entry.address)}
