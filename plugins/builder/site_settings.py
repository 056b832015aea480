"""The settings of one site's Pelican run, made from the portal's."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from pelican.contents import Article
from pelican.settings import Settings, read_settings

from plugins.portal import addresses
from plugins.portal.site_run import SETTING, SiteRun

_WITHOUT_EFFECT = {
    "PATH",
    "OUTPUT_PATH",
    "THEME",
    "CACHE_PATH",
    "DEBUG",
    "MARKDOWN",  # of Pelican's own reader, which writes into it when it is made; ours takes no settings
    "PORTAL_ROOT",
    "PORTAL_ALLOW_LOSS",
    "PORTAL_BUILD_PATH",
    "PORTAL_JOBS",
    "PORTAL_KEPT_RELEASES",
    "PORTAL_SITE_TIME_LIMIT",
    "PLUGIN_PATHS",
    "PORT",
    "BIND",
    "DOSSIER_BACKEND_URL",
    "DOSSIER_BACKEND_CA",
    "DOSSIER_BACKEND_PLAIN_HTTP",
    "DOSSIER_BACKEND_TOKEN_FILE",
    "DOSSIER_SOURCE_NAME",  # kept with the figures, and shown with them
    "DOSSIER_MAPPING",
    "DOSSIER_STATE_PATH",
    "DOSSIER_TIME_LIMIT",
}
"""Settings that do not show in the output: they say where or how fast, or belong to what is not used."""

_LINKED_ONLY = {"PORTAL_HANDBOOK", "DOSSIER_LOOKUP_URL", "DOSSIER_LOOKUP_EXAMPLE", "DOSSIER_STALE_AFTER"}
"""Settings that show in the pages about all sites alone."""

_SITE_TEMPLATES = {"news": addresses.NEWS, "contact": addresses.CONTACT}
_AGENCY_TEMPLATES = {"agency": "", "agency_search": addresses.SEARCH}
_CATALOGUE_TEMPLATES = {"catalogue": addresses.PROCEDURES, "api": addresses.API}
_PORTAL_TEMPLATES = {
    "home": "",
    "agency_news": addresses.AGENCY_NEWS,
    "directory": addresses.AGENCIES,
    "search": addresses.SEARCH,
    "statistics": addresses.STATISTICS,
    "lookup": addresses.LOOKUP,
    "sitemap": addresses.SITE_MAP,
    "error_404": "404.html",
}

FIXED_ADDRESSES = (
    *_CATALOGUE_TEMPLATES.values(),
    addresses.API_ROOT,
    *_PORTAL_TEMPLATES.values(),
    *addresses.LISTS,
    *addresses.LIST_FOLDERS,
)
"""The pages that every portal has, whatever its content."""


def portable(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that are plain values: what a site is built with, in any process, on any machine."""
    return {key: value for key, value in sorted(settings.items()) if key.isupper() and _is_plain(value)}


def shaping(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Those of them that show in every site's pages."""
    return {key: value for key, value in portable(settings).items() if key not in _WITHOUT_EFFECT | _LINKED_ONLY}


def shaping_linked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Those that show in the pages about all sites besides."""
    return {key: value for key, value in portable(settings).items() if key in _LINKED_ONLY}


def run_plugins(settings: Mapping[str, Any]) -> list[str]:
    """The Pelican plugins of each run: those of the settings, and kinds of content that have one."""
    kinds = [name for name in settings["PORTAL_KINDS"] if hasattr(import_module(name), "register")]
    return [*settings["PORTAL_SITE_PLUGINS"], *kinds]


def _is_plain(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_plain(key) and _is_plain(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(_is_plain(inner) for inner in value)
    return value is None or isinstance(value, str | int | float | bool)


def newest_first(article: Article) -> tuple[float, str]:
    """Pelican's own order leaves articles of one minute in the order of a set."""
    return (-article.date.timestamp(), article.slug)


def site_settings(run: SiteRun, portal: Mapping[str, Any], www: Path) -> Settings:
    """Everything below the site's own address, nothing that Pelican would add by itself."""
    site = run.site
    home = addresses.site_home(site.slug)
    override: dict[str, Any] = dict(portal)
    override |= {
        SETTING: run,
        "PATH": str(site.folder),
        "OUTPUT_PATH": str(www),
        "PLUGINS": run_plugins(portal),
        "SITENAME": site.agency.name if site.agency else run.shared.province.site_name,
        "SITESUBTITLE": site.agency.summary if site.agency else run.shared.province.summary,
        # Addresses in pages begin at the root: a portal works wherever it is opened, by its number or on a trial host.
        # What leaves it is written with the province's address: feeds, sitemaps, open data, canonical addresses.
        "SITEURL": "",
        "FEED_DOMAIN": run.shared.province.url.rstrip("/"),
        "LOCALE": ["C.UTF-8", "C"],
        "DELETE_OUTPUT_DIRECTORY": False,
        "LOAD_CONTENT_CACHE": False,
        "CACHE_CONTENT": False,
        "STATIC_URL": home + "{path}",
        "STATIC_SAVE_AS": home + "{path}",
        "ARTICLE_ORDER_BY": newest_first,
        # Two articles of one name in different years are no translations of each other.
        "ARTICLE_TRANSLATION_ID": None,
        "PAGE_TRANSLATION_ID": None,
        "PAGINATED_TEMPLATES": {"news": None},
        "PAGINATION_PATTERNS": [
            (1, "{url}", "{save_as}"),
            (2, "{base_name}/trang/{number}/", "{base_name}/trang/{number}/index.html"),
        ],
    }
    if run.kind == "catalogue":
        templates = dict(_CATALOGUE_TEMPLATES)
    elif run.kind == "search":
        templates = {}
    elif run.kind == "portal":
        # They bring the theme's files for all.
        override["THEME_STATIC_PATHS"] = ["static"]
        templates = dict(_PORTAL_TEMPLATES)
        if run.preview:
            templates["problems"] = addresses.PROBLEMS
    else:
        # A feed without articles would be dated now: it would differ with every build.
        feed = addresses.feed(site.slug) if site.articles else None
        override |= {
            "ARTICLE_PATHS": ["news"],
            "PAGE_PATHS": ["pages"],
            "STATIC_PATHS": sorted(site.media),
            "FEED_ATOM": feed,
        }
        templates = _SITE_TEMPLATES | (_AGENCY_TEMPLATES if site.slug else {})
        templates = {name: home + address for name, address in templates.items()}
    override["DIRECT_TEMPLATES"] = list(templates)
    for name, address in templates.items():
        override[f"{name.upper()}_URL"] = address
        override[f"{name.upper()}_SAVE_AS"] = addresses.saved_as(address)
    return read_settings(path=None, override=override)
