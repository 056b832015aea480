"""One Pelican run: what its plugins work from, and where they leave what they find.

Handed to the run in its settings as `PORTAL_SITE_RUN`; it lives and dies with the process that it runs in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plugins.portal.alerts import Alert
from plugins.portal.cache import Cache
from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.earlier_pages import EarlierPages
from plugins.portal.kinds import CardT, ContentKind, Kinds, RecordT
from plugins.portal.manifest import AgencyCard, Reference, RemovedRecord, SiteManifest, cards_of
from plugins.portal.placeholders import Filler
from plugins.portal.problems import Problem
from plugins.portal.revisions import Revision
from plugins.portal.shared import Shared
from plugins.portal.sites import Site

SETTING = "PORTAL_SITE_RUN"

RunKind = Literal["site", "catalogue", "filled", "search", "portal"]
"""One site from its folder; the catalogue of all procedures; the pages that sites left open; search over all sites; all
other pages about them."""


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
    advice: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """What the sites together bring to light, by the slug of the site that should look at it."""
    removed: tuple[RemovedRecord, ...] = ()
    """Records with codes that were taken out of a folder, in order of code."""
    versions: Mapping[str, CompiledVersion] = field(default_factory=dict)
    """For the catalogue, open pages and search: the compiled version of each site, by slug."""

    @property
    def all_manifests(self) -> tuple[SiteManifest, ...]:
        """Every site that is shown, the province's own first."""
        return (self.own, *self.manifests)

    def cards(self, kind: ContentKind[RecordT, CardT]) -> list[CardT]:
        """Of all sites, in the order of the kind's lists."""
        return sorted(self.everywhere(kind), key=lambda card: (kind.order(card), card.url))

    def everywhere(self, kind: ContentKind[RecordT, CardT]) -> tuple[CardT, ...]:
        """Of all sites, site by site."""
        return tuple(card for manifest in self.all_manifests for card in cards_of(manifest, kind.name, kind.card_type))


@dataclass(frozen=True)
class SiteRun:
    """The pages being built, and the problems and references that building them brings to light."""

    site: Site
    """Empty where the pages are about all sites."""
    shared: Shared
    preview: bool
    """On a desk: drafts are shown, and search engines are told to stay away."""
    kind: RunKind = "site"
    kinds: Kinds = field(default_factory=Kinds)
    """Of content."""
    history: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    """The last changes of the site's records with codes, by code, newest first; empty where there is no git."""
    neighbours: Neighbours | None = None
    """Only for pages about all sites; no folder is then read: `site` has no texts."""
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    rendered: dict[str, str] = field(default_factory=dict)
    """The HTML of texts, by their files: search asks for what the page has."""
    changed: dict[str, datetime] = field(default_factory=dict)
    """By code, when what a record of the site says last changed, as far as the history of its file tells."""
    open_pages: list[str] = field(default_factory=list)
    """Addresses of pages with places that only linking can fill."""
    advice: list[Problem] = field(default_factory=list)
    """What should be looked at, but keeps nothing from being shown."""
    pending: dict[str, Callable[[], None]] = field(default_factory=dict)
    """By file, how a page is written that depends on no other: they are written last, several at a time."""
    logged: list[str] = field(default_factory=list)
    """What Pelican and other libraries had to say, a warning or an error each."""
    aside: Path = Path("aside")
    """A folder for what the pages are not: linking reads it from the compiled version."""
    unlinked: frozenset[str] = frozenset()
    """Targets of links that lead nowhere now, as `Reference.key` has them: their links are shown as text."""
    alerts: tuple[Alert, ...] = ()
    """Emergency notices that stand as the build begins: of a site those on its pages, else all."""
    before: CompiledVersion | None = None
    """The version that is shown now, if it is of the same code: what no theme has a part in may be taken over."""
    memos: Path = Path("memos")
    """A folder for what spares the next version work."""
    code: str = ""
    """The fingerprint of the code and the libraries."""
    engine: str = ""
    """The fingerprint of the code, the theme and the settings."""
    earlier: EarlierPages = field(default_factory=lambda: EarlierPages(CompiledVersion(Path())))
    """Of a site: its pages in the version that is shown now."""
    cache: Cache = field(default_factory=Cache)
    """What was worked out before, by whatever build."""
    fillers: dict[str, Filler] = field(default_factory=dict)
    """Where open pages are filled: by kind of placeholder, what fills those of that kind."""
    picture_files: Mapping[str, Path] = field(default_factory=dict)
    """What stands at the addresses of the site's pictures, and of their copies."""
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    """Of the content of the site's files that may be signed."""
    trust: Path | None = None
    """The folder of the certificates that the province trusts; None where it has named none."""

    @property
    def linked(self) -> Neighbours:
        """The neighbours of a run over all sites; a plugin asks for them in no other."""
        if self.neighbours is None:
            raise TypeError("this run compiles one site and knows no other")
        return self.neighbours


def site_run(settings: Mapping[str, Any]) -> SiteRun:
    """The run that a plugin finds itself in."""
    run: SiteRun = settings[SETTING]
    return run
