"""One Pelican run over one site: what its plugins work from, and where they leave what they find.

Handed to the run in its settings as `PORTAL_SITE_RUN`; it lives and dies with the process that compiles the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.portal.manifest import AgencyCard, PageCard, ProcedureCard, Reference, SiteManifest
from plugins.portal.problems import Problem
from plugins.portal.sites import Shared, Site

SETTING = "PORTAL_SITE_RUN"


@dataclass(frozen=True)
class Neighbours:
    """What the pages about the whole province are made of: the sites' manifests, and nothing else."""

    own: SiteManifest
    """Of the province's own folder."""
    agencies: tuple[AgencyCard, ...]
    """In the order of protocol, also those that cannot be shown."""
    manifests: tuple[SiteManifest, ...]
    """Of the agencies that are shown, in the same order."""
    promised: Mapping[str, str] = field(default_factory=dict)
    """Codes that cannot be shown now, with the agency whose site is broken."""
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def procedures(self) -> tuple[ProcedureCard, ...]:
        """The whole catalogue."""
        return tuple(card for manifest in (self.own, *self.manifests) for card in manifest.procedures)


@dataclass(frozen=True)
class SiteRun:
    """The site being built, and the problems and references that building it brings to light."""

    site: Site
    shared: Shared
    preview: bool
    """On a desk: drafts are shown, and search engines are told to stay away."""
    pages: tuple[PageCard, ...] = ()
    """What stands in the menu of the site."""
    neighbours: Neighbours | None = None
    """Only when the province is linked; its own folder is then not read: `site` has no texts."""
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        """Whether the site has articles, in this run or in the one that compiled its own folder."""
        return bool(self.neighbours.own.articles if self.neighbours else self.site.articles)

    @property
    def linked(self) -> Neighbours:
        """The neighbours of a run that links the province; a plugin asks for them in no other."""
        if self.neighbours is None:
            raise TypeError("this run compiles one site and knows no other")
        return self.neighbours


def site_run(settings: Mapping[str, Any]) -> SiteRun:
    """The run that a plugin finds itself in."""
    run: SiteRun = settings[SETTING]
    return run
