"""What every page is given in Pelican's runs: variables, filters, one environment, our writer, the theme's files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from pelican import Pelican, signals
from pelican.generators import Generator

from plugins.languages import load_catalogue
from plugins.portal import addresses, vocabulary
from plugins.portal.alerts import concerning, live_alerts
from plugins.portal.site_run import SETTING, site_run
from plugins.presentation import structured_data
from plugins.presentation.accents import accent_rules
from plugins.presentation.feedback import feedback_of
from plugins.presentation.filling import FillingGenerator
from plugins.presentation.filters import filters
from plugins.presentation.icons import icon
from plugins.presentation.installing import write_installable
from plugins.presentation.kept_parts import KeptParts
from plugins.presentation.open_pages import AgencyLinks
from plugins.presentation.other_languages import ContactGenerator, EnglishGenerator
from plugins.presentation.template_cache import template_cache
from plugins.presentation.template_words import TemplateWords, install_words
from plugins.presentation.theme_files import write_theme_files
from plugins.presentation.unlisted_templates import UnlistedTemplates
from plugins.presentation.views import Assets, SiteView
from plugins.presentation.writer import PortalWriter

ENVIRONMENT = "PORTAL_TEMPLATES"
"""In the settings of a run: what its templates are loaded by."""


def prepare_settings(pelican: Pelican) -> None:
    """Strict, escaping templates; autoescape is off in Pelican's own settings."""
    settings = pelican.settings
    if SETTING not in settings:
        return
    run = site_run(settings)
    catalogue = load_catalogue(settings["THEME"], settings["DEFAULT_LANG"])
    view = SiteView.of(run, catalogue.gettext, settings["DEFAULT_LANG"])
    assets = Assets(settings["THEME"])
    names = AgencyLinks.of(run, settings["SITEURL"], catalogue.gettext)
    settings["JINJA_ENVIRONMENT"] = settings["JINJA_ENVIRONMENT"] | {
        "autoescape": True,
        "undefined": StrictUndefined,
        "extensions": ["jinja2.ext.i18n", TemplateWords, KeptParts, UnlistedTemplates],
        "trim_blocks": True,
        "lstrip_blocks": True,
        # Compiling the templates is half the time of a small site; sites share the result, and only we write it.
        "bytecode_cache": template_cache(settings, settings["DEFAULT_LANG"]),
    }
    settings["JINJA_FILTERS"] = settings["JINJA_FILTERS"] | filters(settings["DEFAULT_LANG"])
    settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {
        "site": view,
        "portal_language": settings["DEFAULT_LANG"],
        "leads_home": "",
        "province": run.shared.province,
        "agency": run.site.agency,
        "preview": run.preview,
        "alerts_on": partial(concerning, run.alerts),
        "addresses": addresses,
        "vocabulary": vocabulary,
        "asset": assets.url,
        "fonts": assets.fonts(),
        "icon": icon,
        "feedback": feedback_of(run.shared.province.feedback_url, run.shared.province.url),
        "file_link": run.site.file_link,
        "agency_link": names.link,
        **structured_data.functions(run.shared.province),
        # For pages that are written about a site from its manifest.
        "site_of": partial(
            SiteView.of_manifest,
            kinds=run.kinds,
            province=run.shared.province,
            translate=catalogue.gettext,
            language=settings["DEFAULT_LANG"],
        ),
    }


def share_environment(generator: Generator) -> None:
    """One environment for all generators of a run, which differ in nothing that templates see.

    Each would load the same templates. It speaks the theme's words in the site's language.
    """
    settings = generator.settings
    if SETTING not in settings:
        return
    if ENVIRONMENT not in settings:
        settings[ENVIRONMENT] = generator.env
        install_words(generator.env, load_catalogue(settings["THEME"], settings["DEFAULT_LANG"]))
    generator.env = settings[ENVIRONMENT]


def choose_writer(pelican: Pelican) -> Any:
    return PortalWriter if SETTING in pelican.settings else None


def write_accent(pelican: Pelican) -> None:
    """An agency's colour, as a style sheet of its own: the CSP allows no style in the page."""
    if SETTING not in pelican.settings:
        return
    site = site_run(pelican.settings).site
    if site.agency is not None and site.agency.colour is not None:
        path = Path(pelican.output_path) / addresses.style_of(site.slug)
        path.write_text(accent_rules(site.agency.colour), encoding="utf-8")


def write_files_of_theme(pelican: Pelican) -> None:
    """What is made of the theme, once for all sites: with the pages about all, which bring its other files too.

    And what is made of these pages.
    """
    settings = pelican.settings
    if SETTING in settings and site_run(settings).kind == "portal":
        kept = Path(settings["PORTAL_BUILD_PATH"]) / "fonts"
        output, variables = Path(pelican.output_path), settings["JINJA_GLOBALS"]
        write_theme_files(Path(settings["THEME"]), output / settings["THEME_STATIC_DIR"], kept)
        language = settings["DEFAULT_LANG"]
        translate = load_catalogue(settings["THEME"], language).gettext
        province = site_run(settings).shared.province
        write_installable(output, province, language, variables["asset"], variables["fonts"], translate)
        path = output / addresses.LIVE_ALERTS
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(live_alerts(site_run(settings).alerts, language, translate))


def add_generator(pelican: Pelican) -> type | None:
    settings = pelican.settings
    generators = {"site": ContactGenerator, "filled": FillingGenerator, "portal": EnglishGenerator}
    return generators.get(site_run(settings).kind) if SETTING in settings else None


def connect() -> None:
    signals.get_generators.connect(add_generator)
    signals.initialized.connect(prepare_settings)
    signals.generator_init.connect(share_environment)
    signals.get_writer.connect(choose_writer)
    signals.finalized.connect(write_accent)
    signals.finalized.connect(write_files_of_theme)
