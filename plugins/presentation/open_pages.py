"""Pages that only linking can complete, and the names of other agencies, which it knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from plugins.portal.manifest import AgencyCard
from plugins.portal.placeholders import placeholder
from plugins.portal.site_run import SiteRun


@dataclass(frozen=True)
class AgencyLinks:
    """How pages name other agencies."""

    agencies: Mapping[str, AgencyCard] | None
    """By slug; None where a site is compiled, which knows no other."""
    site_url: str
    translate: Callable[[str], str]
    """Says the theme's words in the site's language."""

    @classmethod
    def of(cls, run: SiteRun, site_url: str, translate: Callable[[str], str]) -> AgencyLinks:
        known = {card.slug: card for card in run.neighbours.agencies} if run.neighbours else None
        return cls(known, site_url, translate)

    def link(self, slug: str) -> Markup:
        """The agency's name as a link to its site; words without a link where the portal has no such agency."""
        if self.agencies is None:
            return Markup(placeholder("agency-link", slug))  # noqa: S704  # a slug is letters, digits and hyphens
        card = self.agencies.get(slug)
        if card is None or card.name == slug:  # of a site that cannot be read nobody knows the name
            return Markup("{} ({})").format(slug, _unknown(self.translate))
        return Markup('<a href="{}/{}">{}</a>').format(self.site_url, card.url, card.name)


def _unknown(_: Callable[[str], str]) -> str:
    return _("an agency that this portal does not show")
