"""One Pelican run over one site: what its plugins work from, and where they leave what they find.

Handed to the run in its settings as `PORTAL_SITE_RUN`; it lives and dies with the process that compiles the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.portal.manifest import AgencyCard, ProcedureCard, Reference, SiteManifest
from plugins.portal.problems import Problem
from plugins.portal.sites import Shared, Site

SETTING = "PORTAL_SITE_RUN"


@dataclass(frozen=True)
class Neighbours:
    """What the province knows of the agencies when its own site is built: their manifests, and nothing else."""

    agencies: tuple[AgencyCard, ...]
    """In the order of protocol, also those that cannot be shown."""
    manifests: tuple[SiteManifest, ...]
    """Of the agencies that are shown, in the same order."""
    promised: Mapping[str, str] = field(default_factory=dict)
    """Codes that cannot be shown now, with the agency whose site is broken."""
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def procedures(self) -> tuple[ProcedureCard, ...]:
        return tuple(card for manifest in self.manifests for card in manifest.procedures)


@dataclass(frozen=True)
class SiteRun:
    """The site being built, and the problems and references that building it brings to light."""

    site: Site
    shared: Shared
    preview: bool
    """On a desk: drafts are shown, and search engines are told to stay away."""
    neighbours: Neighbours | None = None
    """Only for the province."""
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


def site_run(settings: Mapping[str, Any]) -> SiteRun:
    """The run that a plugin finds itself in."""
    run: SiteRun = settings[SETTING]
    return run
