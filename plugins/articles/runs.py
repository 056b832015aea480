"""What news and pages do in Pelican's runs, and how Markdown is read there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pelican import Pelican, signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.readers import MarkdownReader, Readers

from plugins.articles.cards import newest_first
from plugins.articles.kinds import ARTICLE, PAGE
from plugins.articles.markup import Renderer
from plugins.articles.news import (
    FirstNews,
    NewsGenerator,
    NewsList,
    SiteFeedGenerator,
    related,
    topic_link,
)
from plugins.articles.reader import TextReader
from plugins.articles.structured_data import article_data
from plugins.articles.translations import translations, without_original
from plugins.portal.site_run import SETTING, SiteRun, site_run


def as_in_lists(article: Article) -> Any:
    """The order of Pelican's articles, whose own leaves those of one minute in the order of a set."""
    return newest_first(article.date, article.slug)


def run_settings(run: SiteRun) -> dict[str, Any]:
    """What Pelican, which writes the news and pages of a site, is to know of them."""
    if run.kind != "site":
        return {}
    return {
        "ARTICLE_PATHS": [ARTICLE.folder],
        "PAGE_PATHS": [PAGE.folder],
        "ARTICLE_ORDER_BY": as_in_lists,
        # Two articles of one name in different years are no translations of each other.
        "ARTICLE_TRANSLATION_ID": None,
        "PAGE_TRANSLATION_ID": None,
        "PAGINATED_TEMPLATES": {"news": None},
        # A feed without articles would be dated now: it would differ with every build.
        "FEED_ATOM": ARTICLE.feed_of(run.site.slug) if run.site.of(ARTICLE) else None,
    }


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
    # To these texts the files are there that are published with them.
    site = replace(run.site, media={**run.site.media, **run.site.withheld})
    renderer = Renderer(site, settings["SITEURL"], run.unlinked)
    for entry in site.hidden.values() if run.kind == "site" else ():
        rendered = renderer.render(entry)
        run.advice.extend([*rendered.problems, *rendered.advice])


def offer_rendering(pelican: Pelican) -> None:
    """Render the site's texts: templates and plugins of the run find the HTML of an entry's text as `text_html`."""
    settings = pelican.settings
    if SETTING in settings and site_run(settings).kind == "site":
        reader = TextReader(settings)
        reader.render_all()
        settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {
            "text_html": reader.check_file,
            "news_list": NewsList.of,
            "article_data": article_data,
        }


def choose_first_news(generator: ArticlesGenerator) -> None:
    if SETTING in generator.settings:
        generator.context["first_news"] = FirstNews.of(generator.articles)
        for article, others in related(generator.articles):
            article.metadata["related"] = others
            article.metadata["topic_links"] = tuple(map(topic_link, article.source.topics))


def choose_translations(generator: PagesGenerator) -> None:
    """Pages that say the same in different languages know of each other; what names none is told."""
    if SETTING in generator.settings:
        run = site_run(generator.settings)
        for page, others in translations(generator.pages):
            page.metadata["translations"] = others
        unseen = (*run.site.hidden.values(), *run.site.ended.values())
        run.advice.extend(without_original(run.site.of(PAGE), unseen))


def add_generator(pelican: Pelican) -> type | None:
    """Pelican itself writes the news and pages of a site; those of all sites are told to the pages about them."""
    settings = pelican.settings
    generators = {"site": SiteFeedGenerator, "portal": NewsGenerator}
    return generators.get(site_run(settings).kind) if SETTING in settings else None


def connect() -> None:
    # Without the library of its own reader Pelican would say of every text that it cannot be read.
    MarkdownReader.file_extensions = []
    signals.readers_init.connect(use_reader)
    signals.initialized.connect(offer_rendering)
    signals.get_generators.connect(add_generator)
    signals.article_generator_finalized.connect(choose_first_news)
    signals.page_generator_finalized.connect(choose_translations)
    signals.finalized.connect(look_at_hidden_texts)
