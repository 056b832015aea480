"""News articles and pages: the reader that turns their Markdown into safe HTML.

Other kinds of content do not belong here, nor what lists show of a text: that is its card (plugins/portal/cards.py).
"""

from __future__ import annotations

from functools import cache

from pelican import Pelican, signals
from pelican.readers import MarkdownReader, Readers

from plugins.articles.markup import Renderer
from plugins.articles.reader import TextReader
from plugins.portal.site_run import SETTING, site_run


def use_reader(readers: Readers) -> None:
    """Markdown is ours to read, and nothing else is text."""
    static = readers.reader_classes["static"]
    readers.reader_classes = {"static": static, "md": TextReader}


def look_at_hidden_texts(pelican: Pelican) -> None:
    """What is wrong in drafts, told although they are not shown: for `portal check`, which shows nothing."""
    settings = pelican.settings
    if SETTING not in settings or not settings["PORTAL_CHECK_DRAFTS"]:
        return
    run = site_run(settings)
    renderer = Renderer(run.site, settings["SITEURL"], run.unlinked)
    for entry in run.site.hidden.values() if run.kind == "site" else ():
        rendered = renderer.render(entry)
        run.advice.extend([*rendered.problems, *rendered.advice])


def offer_rendering(pelican: Pelican) -> None:
    """Templates and plugins of the run find the HTML of an entry's text as `text_html`; what is wrong in it is told."""
    settings = pelican.settings
    if SETTING in settings and site_run(settings).kind == "site":
        check = cache(TextReader(settings).check_file)  # search asks for what the page has
        settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {"text_html": check}


def register() -> None:
    # Without the library of its own reader Pelican would say of every text that it cannot be read.
    MarkdownReader.file_extensions = []
    signals.readers_init.connect(use_reader)
    signals.initialized.connect(offer_rendering)
    signals.finalized.connect(look_at_hidden_texts)
