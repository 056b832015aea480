"""The settings of one site's Pelican run, made from the portal's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from pelican.settings import Settings, read_settings

from plugins.portal import addresses
from plugins.portal.site_names import PROVINCE, is_agency
from plugins.portal.site_run import SETTING, RunKind, SiteRun

_WITHOUT_EFFECT = {
    "PATH",
    "OUTPUT_PATH",
    "THEME",
    "CACHE_PATH",
    "DEBUG",
    "MARKDOWN",  # of Pelican's own reader, which writes into it when it is made; ours takes no settings
    "PORTAL_ROOT",
    "PORTAL_ALERTS_PATH",
    "PORTAL_ALLOW_LOSS",
    "PORTAL_COMMIT",
    "PORTAL_FILE_STORE",
    "PORTAL_BUILD_PATH",
    "PORTAL_SHOWN_BUILD_PATH",
    "PORTAL_SHOWN_OUTPUT_PATH",
    "PORTAL_JOBS",
    "PORTAL_KEEP_ADDRESSES",
    "PORTAL_KEPT_RELEASES",
    "PORTAL_MOST_QUARANTINED",
    "PORTAL_SIGNING_KEY",
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

_TEMPLATES: Mapping[str, Mapping[str, str]] = {
    "site": {"contact": addresses.CONTACT},
    "portal": {
        "home": "",
        "directory": addresses.AGENCIES,
        "search": addresses.SEARCH,
        "statistics": addresses.STATISTICS,
        "lookup": addresses.LOOKUP,
        "sitemap": addresses.SITE_MAP,
        "error_404": "404.html",
        "offline": addresses.OFFLINE,
    },
}
"""The pages of each run that are made of a template alone, with their addresses; plugins have more as `TEMPLATES`."""
_AGENCY_TEMPLATES = {"agency": "", "agency_search": addresses.SEARCH}
LINKED_RUNS: tuple[RunKind, ...] = ("catalogue", "filled", "search", "portal")


def fixed_addresses(plugins: Sequence[str]) -> tuple[str, ...]:
    """The pages that every portal with these plugins has, whatever its content."""
    templates = (_templates(kind, plugins).values() for kind in LINKED_RUNS)
    others = (getattr(import_module(name), "FIXED_ADDRESSES", ()) for name in plugins)
    return tuple(chain(*templates, *others))


def addresses_of_each_site(plugins: Sequence[str]) -> tuple[str, ...]:
    """The pages and files that a site with these plugins has, whatever is in its folder: below its home."""
    return (*_templates("site", plugins).values(), *_AGENCY_TEMPLATES.values(), addresses.style_of(PROVINCE))


def _templates(kind: RunKind, plugins: Sequence[str]) -> dict[str, str]:
    """The pages of a run that are made of a template alone, with their addresses below the site's home."""
    pages = dict(_TEMPLATES.get(kind, {}))
    for name in plugins:
        pages |= getattr(import_module(name), "TEMPLATES", {}).get(kind, {})
    return pages


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
    return list(dict.fromkeys([*settings["PORTAL_SITE_PLUGINS"], *kinds]))


def _is_plain(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_plain(key) and _is_plain(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(_is_plain(inner) for inner in value)
    return value is None or isinstance(value, str | int | float | bool)


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
        # Names of files say no day: `2019-15-2019-qd-syt.pdf` would be one of the fifteenth month.
        "FILENAME_METADATA": "",
        "LOAD_CONTENT_CACHE": False,
        "CACHE_CONTENT": False,
        "STATIC_URL": home + "{path}",
        "STATIC_SAVE_AS": home + "{path}",
        "PAGINATION_PATTERNS": [
            (1, "{url}", "{save_as}"),
            (2, "{base_name}/trang/{number}/", "{base_name}/trang/{number}/index.html"),
        ],
    }
    templates = _templates(run.kind, override["PLUGINS"])
    if run.kind == "portal":
        # They bring the theme's files for all.
        override["THEME_STATIC_PATHS"] = ["static"]
        if run.preview:
            templates["problems"] = addresses.PROBLEMS
    elif run.kind == "site":
        override["STATIC_PATHS"] = sorted(site.media.keys() - site.pictures.keys() - site.stored)  # written otherwise
        templates |= _AGENCY_TEMPLATES if is_agency(site.slug) else {}
        templates = {name: home + address for name, address in templates.items()}
    for name in override["PLUGINS"]:
        override |= getattr(import_module(name), "run_settings", _nothing)(run)
    override["DIRECT_TEMPLATES"] = list(templates)
    for name, address in templates.items():
        override[f"{name.upper()}_URL"] = address
        override[f"{name.upper()}_SAVE_AS"] = addresses.saved_as(address)
    return read_settings(path=None, override=override)


def _nothing(run: SiteRun) -> Mapping[str, Any]:
    return {}
