"""Markdown that anybody may have written, as HTML that is safe to show, with everything told that an editor must know.

as_typed        lines as people type them, put as CommonMark reads them
grammar         parsed (footnotes, abbreviations, raw_html: what CommonMark has not, or has for programmers); limits
writing         written as HTML, links resolved (links), headings with ids
(nh3)           sanitised: what is safe is decided here and nowhere else
narrower_copies pictures with their size, and what a phone loads of them
checks          what looks like something and is read as something else
completeness    every word that went in comes out, or is told
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import nh3

from plugins.articles.as_typed import put_as_markdown
from plugins.articles.checks import (
    check_definitions_used,
    check_drawn_tables,
    check_elements,
    check_entities,
    check_shown,
    check_signs,
    check_tokens,
    uncounted_lines,
)
from plugins.articles.completeness import tell_lost_elements, tell_what_is_missing
from plugins.articles.grammar import TAGS, portal_markdown
from plugins.articles.limits import TooMuchError
from plugins.articles.links import SCHEMES, LinkResolver, Rendered
from plugins.articles.narrower_copies import with_copies
from plugins.articles.raw_html import without_traces
from plugins.articles.records import Page
from plugins.articles.remarks import Remarks
from plugins.articles.tags import TagNames
from plugins.articles.writing import HtmlWriter, Writing
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.characters import tidy
from plugins.portal.entries import Entry, TextSource
from plugins.portal.manifest import Reference
from plugins.portal.sites import Site

_PLAIN = (
    "p br hr strong em b i u s del ins sub sup small mark code kbd samp var cite q dfn span pre blockquote ul dl dt dd "
    "table caption thead tbody tfoot tr figure figcaption div address summary wbr"
)
_ALLOWED: dict[str, set[str]] = {name: set() for name in _PLAIN.split()} | {
    "*": {"title"},
    "a": {"href", "id", "aria-label"},
    "abbr": set(),
    "img": {"src", "alt"},
    "li": {"id", "value"},
    "ol": {"start", "type", "reversed"},
    "sup": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "details": {"open"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
"""Elements that a text may use, with their attributes; no classes, no styles. `raw_html` writes nothing else."""


class Renderer:
    """Renders the texts of one site; one parser serves them all."""

    def __init__(self, site: Site, site_url: str, unlinked: Collection[str] = (), portal_url: str = "") -> None:
        self._links = LinkResolver(site, site_url, unlinked, portal_url)
        self._site = site
        self._urls = (site_url, portal_url)
        self._markdown = portal_markdown()
        self._writer = HtmlWriter(self._markdown)
        self._sanitiser = nh3.Cleaner(
            tags=set(_ALLOWED) - {"*"},
            attributes=_ALLOWED,
            url_schemes=SCHEMES,
            attribute_filter=self._links.keep_attribute,
            link_rel="noopener",
        )

    def inputs(self, entry: TextSource) -> tuple[object, ...]:
        """All that the HTML and the remarks of a text are made of, but for what its links find at the other end."""
        address = entry.address if isinstance(entry, Entry) else None
        return (*self._urls, self._site.slug, entry.source.path, entry.source.inside, address, entry.public,
                _language(entry), entry.body_line, entry.body, sorted(entry.uncertain),
                entry.damaged_letters)  # fmt: skip

    def state_of(self, inside: str) -> str:
        """All that a link to a file of the site depends on."""
        return self._links.state_of(inside)

    def unlinked(self, references: Iterable[Reference]) -> tuple[str, ...]:
        """Of what is referred to: what leads nowhere now."""
        return self._links.unlinked(references)

    def render(self, entry: TextSource) -> Rendered:
        """The text's HTML; with problems in it the HTML is not to be used."""
        rendered = Rendered()
        remarks = Remarks(entry.source.path, entry.body_line, rendered.problems, rendered.advice)
        self._links.begin(entry, rendered)
        try:
            rendered.html = self._render(entry, remarks)
            self._links.end(rendered.html)
        except TooMuchError as error:
            remarks.problem(error.line, error.message, error.hint)
        remarks.shorten()
        if entry.uncertain or entry.damaged_letters:
            rendered.problems[:] = [p for p in rendered.problems if p.line not in entry.uncertain]
            rendered.references[:] = [r for r in rendered.references if r.line not in entry.uncertain]
            rendered.advice[:] = [
                a for a in rendered.advice if a.line not in entry.uncertain and not entry.damaged_letters
            ]
        return rendered

    def _render(self, entry: TextSource, remarks: Remarks) -> str:
        writing = Writing.of(remarks, self._links.resolve, load_catalogue(MESSAGES, _language(entry)).gettext)
        original = tidy(entry.body) if "\r" in entry.body else entry.body  # what was read from a file has none
        body, bullets = put_as_markdown(original, remarks)
        writing.html.names = TagNames.of(body)
        env: dict[str, object] = {TAGS: writing.html.names}
        tokens = self._markdown.parse(body, env)
        written = self._writer.write(tokens, self._markdown.options, env, writing)
        cleaned = self._sanitiser.clean(written)
        tell_lost_elements(written, cleaned, writing.html.written, remarks)
        marked = self._links.without_dead_links(cleaned)
        html = tidy(without_traces(marked)).strip()  # an entity may have brought what nobody sees
        html = with_copies(html, self._site, self._urls[0])
        lines = body.split("\n")
        check_entities(original, tokens, remarks)
        check_signs(lines, remarks)
        check_elements(tokens, remarks)
        check_shown(tokens, env, remarks)
        check_drawn_tables(tokens, body, remarks)
        check_tokens(tokens, lines, remarks)
        check_definitions_used(tokens, env, remarks)
        if not writing.html.too_deep:
            uncounted = [*bullets, *writing.uncounted, *uncounted_lines(tokens, env, lines)]
            tell_what_is_missing(original, tidy(marked), uncounted, writing.added, remarks)
        return html


def _language(entry: TextSource) -> str:
    """Of the words that footnotes and the like need."""
    return entry.record.language if isinstance(entry, Entry) and isinstance(entry.record, Page) else "vi"
