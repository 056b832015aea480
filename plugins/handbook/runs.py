"""What writes the handbook's page in the run about all sites."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markdown import Markdown
from markdown.extensions.toc import TocExtension, slugify_unicode
from markupsafe import Markup
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.site_run import SETTING, site_run


def handbook_html(text: str) -> tuple[Markup, Markup]:
    """The handbook, and the list of its parts; headings have the ids that links in it have on code hosts."""
    contents = TocExtension(slugify=slugify_unicode, toc_depth="2-3")
    reader = Markdown(extensions=["tables", "fenced_code", contents], output_format="html")
    html = Markup(reader.convert(text))  # noqa: S704  # the project's own documentation
    return html, Markup(reader.toc)  # type: ignore[attr-defined]  # noqa: S704  # the extension sets it


@dataclass(frozen=True)
class Handbook:
    """The handbook as its page shows it; made into HTML where that page has to be written anew."""

    text: str
    """Markdown."""

    @property
    def html(self) -> Markup:
        return self._parts[0]

    @property
    def contents(self) -> Markup:
        """The list of its parts."""
        return self._parts[1]

    @cached_property
    def _parts(self) -> tuple[Markup, Markup]:
        return handbook_html(self.text)


class HandbookGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Writes the handbook's page."""

    def generate_output(self, writer: Writer) -> None:
        handbook = Handbook(self.settings["PORTAL_HANDBOOK"])
        writer.write_page(addresses.saved_as(addresses.HANDBOOK), self.get_template("handbook"), handbook=handbook)


def add_generator(pelican: Pelican) -> type | None:
    settings = pelican.settings
    if SETTING not in settings or not settings["PORTAL_HANDBOOK"]:
        return None
    run = site_run(settings)
    return HandbookGenerator if run.kind == "portal" and run.preview else None


def connect() -> None:
    signals.get_generators.connect(add_generator)
