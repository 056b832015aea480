"""Markdown that anybody may have written, as HTML that is safe to show; its links are checked (see `links`)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from plugins.articles.links import HEADING_PREFIX, SCHEMES, LinkResolver, Rendered
from plugins.portal.identifiers import slugify
from plugins.portal.problems import Problem, text
from plugins.portal.sites import ArticleSource, PageSource, Site
from plugins.portal.yaml_source import MAX_DEPTH

_PLAIN = (
    "p br hr strong em del ins sub code pre blockquote ul dl dt dd table caption thead tbody tr figure figcaption div"
)
_ALLOWED: dict[str, set[str]] = {name: set() for name in _PLAIN.split()} | {
    "a": {"href", "title", "id"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"align"},
    "th": {"align", "scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
"""Elements that a text may use, with their attributes; no classes, no styles."""
_AUTOMATIC_MAIL = "\x02"
"""Python-Markdown hides mail addresses behind placeholders that begin so."""


class Renderer:
    """Renders the texts of one site; one Markdown instance serves them all."""

    def __init__(self, site: Site, site_url: str, unlinked: Collection[str] = ()) -> None:
        self._site = site
        self._links = LinkResolver(site, site_url, unlinked)
        self._markdown = Markdown(
            extensions=[
                "tables", "sane_lists", "footnotes", "def_list", "abbr",
                TocExtension(slugify=lambda value, separator: HEADING_PREFIX + slugify(value)),
                _PortalExtension(self._links.stand_in),
            ],
            extension_configs={"tables": {"use_align_attribute": True}},
            output_format="html",
        )  # fmt: skip

    def render(self, entry: ArticleSource | PageSource) -> Rendered:
        """The text's HTML; with problems in it the HTML is not to be used."""
        rendered = Rendered()
        self._links.begin(entry, rendered)
        try:
            unsafe = self._markdown.reset().convert(entry.body)
        except RecursionError:
            deep = text("nested deeper than {limit} levels", limit=MAX_DEPTH)
            problem = Problem(path=entry.source.path, line=entry.body_line, message=deep, hint=text("flatten it"))
            rendered.problems.append(problem)
            return rendered
        html = nh3.clean(
            unsafe,
            tags=set(_ALLOWED),
            attributes=_ALLOWED,
            url_schemes=SCHEMES | {"procedure", "agency"},
            attribute_filter=self._links.keep_attribute,
            link_rel="noopener",
        )
        rendered.html = self._links.without_dead_links(html)
        return rendered


class _PortalExtension(Extension):
    def __init__(self, resolve: Callable[[str, bool], str]) -> None:
        super().__init__()
        self.resolve = resolve

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        # Behind "inline" (20), which makes the links.
        md.treeprocessors.register(_TreeProcessor(self.resolve), "portal", 15)


class _TreeProcessor(Treeprocessor):
    def __init__(self, resolve: Callable[[str, bool], str]) -> None:
        super().__init__()
        self.resolve = resolve

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"  # the page has its own, the title
            attribute = {"a": "href", "img": "src"}.get(element.tag)
            target = element.get(attribute) if attribute else None
            if attribute and target is not None and _AUTOMATIC_MAIL not in target:
                element.set(attribute, self.resolve(target, element.tag == "img"))
