"""Single pages in another language than the portal's own: all that stands around their text is in it as well.

What the province wrote in its own language alone is shown as it is, and marked (the filter `written`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from jinja2 import Environment, Template
from markupsafe import Markup
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.languages import load_catalogue
from plugins.portal import addresses
from plugins.portal.site_names import PROVINCE
from plugins.portal.site_run import SiteRun, site_run
from plugins.presentation.filters import filters
from plugins.presentation.open_pages import AgencyLinks
from plugins.presentation.template_cache import template_cache
from plugins.presentation.template_words import install_words
from plugins.presentation.views import SiteView


@dataclass(frozen=True)
class OtherLanguage:
    """A site as its pages in another language have it."""

    language: str
    site: SiteView
    settings: Mapping[str, Any]
    _environments: dict[Environment, Environment]
    """By that of the portal's own language: each of Pelican's generators has one."""

    @classmethod
    def of(cls, run: SiteRun, settings: Mapping[str, Any], language: str) -> Self:
        translate = load_catalogue(settings["THEME"], language).gettext
        return cls(language, SiteView.of(run, translate, language, settings["DEFAULT_LANG"]), settings, {})

    def template(self, template: Template) -> Template:
        """The same template, which says the theme's words in this language."""
        own = template.environment
        if own not in self._environments:
            self._environments[own] = self._environment(own)
        if template.name is None:
            raise TypeError("a page is made of a template that has a name")
        return self._environments[own].get_template(template.name)

    def _environment(self, own: Environment) -> Environment:
        catalogue = load_catalogue(self.settings["THEME"], self.language)
        run = site_run(self.settings)
        options = self.settings["JINJA_ENVIRONMENT"] | {"bytecode_cache": template_cache(self.settings, self.language)}
        other = Environment(loader=own.loader, **options)  # noqa: S701  # they say that it escapes
        other.filters = own.filters | filters(self.language)
        other.globals = own.globals | {
            "site": self.site,
            "leads_home": Markup(' hreflang="{}"').format(self.settings["DEFAULT_LANG"]),  # for links to the others
            "agency_link": AgencyLinks.of(run, self.settings["SITEURL"], catalogue.gettext).link,
        }
        install_words(other, catalogue)
        return other


class ContactGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Writes how to reach a site in each other language that it has pages in."""

    def generate_output(self, writer: Writer) -> None:
        site: SiteView = self.settings["JINJA_GLOBALS"]["site"]
        for entry in site.contact_in:
            writer.write_page(addresses.saved_as(entry.url), self.get_template("contact"), entry.language)


class EnglishGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Writes the address that leads to the province in English, for sites that know nothing of its pages.

    It is always there, so that no link to it breaks; where there is nothing in English it leads home.
    """

    def generate_output(self, writer: Writer) -> None:
        site: SiteView = self.settings["JINJA_GLOBALS"]["site"]
        province = site_run(self.settings).shared.province
        heading = province.site_name_en or province.site_name
        target = next((entry.url for entry in site.languages if entry.language == "en"), addresses.site_home(PROVINCE))
        writer.write_page(addresses.ENGLISH, self.get_template("moved"), "en", heading=heading, target_url=target)
