"""Pages of a site that say the same in different languages: one names the other as its original."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from plugins.articles.records import Page
from plugins.portal.entries import Entry
from plugins.portal.problems import Problem, did_you_mean, text


def translations(pages: Sequence[Any]) -> Iterator[tuple[Any, tuple[tuple[str, str], ...]]]:
    """Each of Pelican's pages of a site with language and address of those that say the same; one of each language."""
    records = {page.slug: page.source for page in pages}
    originals = {slug: _original(slug, records) for slug in records}
    together: dict[str, dict[str, str]] = defaultdict(dict)
    for page in sorted(pages, key=lambda page: (page.source.translation_of is not None, page.source.order, page.slug)):
        together[originals[page.slug]].setdefault(page.source.language, page.url)
    for page in pages:
        of_all = together[originals[page.slug]]
        if of_all[page.source.language] == page.url:
            yield page, tuple(sorted((spoken, url) for spoken, url in of_all.items() if url != page.url))


def _original(slug: str, records: Mapping[str, Page]) -> str:
    """The name of the page that a page translates; its own where it translates none, or none in another language."""
    page = records[slug]
    named = records.get(page.translation_of or "")
    return page.translation_of if page.translation_of and named and named.language != page.language else slug


def without_original(entries: Sequence[Entry[Page]], hidden: Iterable[Entry[Any]]) -> Iterable[Problem]:
    """What to say of pages that name no page in another language as their original; it may be hidden, or have ended."""
    pages = [*entries, *(entry for entry in hidden if isinstance(entry.record, Page))]
    languages = {entry.slug: entry.record.language for entry in pages}
    for entry in entries:
        page, source = entry.record, entry.source
        if page.translation_of is None or languages.get(page.translation_of, page.language) != page.language:
            continue
        others = [slug for slug, language in languages.items() if language != page.language]
        yield Problem(
            path=source.path,
            line=source.yaml.line_of(("translation_of",)),
            field="translation_of",
            message=text('there is no page "{name}" in another language in this folder', name=page.translation_of),
            hint=did_you_mean(page.translation_of, others, text("name the file of the other page, without .md")),
        )
