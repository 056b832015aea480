"""What a process is given to do: one type for each kind of job, in words that any process understands."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter

from plugins.builder.digests import LinkInputs, link_digest
from plugins.builder.store import SiteStore, site_store
from plugins.portal import addresses
from plugins.portal.alerts import Alert
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import AgencyCard, ManifestModel, RemovedRecord, SiteManifest
from plugins.portal.problems import Problem
from plugins.portal.revisions import Revision
from plugins.portal.shared import Shared
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_names import PROVINCE
from plugins.portal.site_run import Neighbours
from plugins.portal.synonyms import SynonymList

HISTORY = TypeAdapter(dict[str, tuple[Revision, ...]])
"""The history of a site's procedures by code, as its file holds it."""


@dataclass(frozen=True)
class Workplace:
    """Where all jobs of a build find what they work from, and where they leave what they made."""

    content: str
    """The copy of the content folder that the build took."""
    shared: str
    """A content folder with the records that all sites share, as they are in force."""
    display_path: str
    """The content folder as people see it in reports."""
    stores: str
    """The folder of all sites' stores."""
    code: str
    """The fingerprint of the code and the libraries."""
    engine: str
    """The fingerprint of the code, the theme and the settings."""
    cache: str
    """The file of what was worked out before."""
    pictures: str
    """The folder of pictures that were encoded before."""
    shared_fingerprint: str
    """Of the records that all sites share."""
    now: datetime
    """When the build began, in Vietnam, without a zone: what is dated later is not public."""
    settings: Mapping[str, Any]
    """Plain values, with the theme and the figures as the build took them."""
    profile: bool = False
    """Whether it is to be told where the time goes."""
    alerts: tuple[Alert, ...] = ()
    """Emergency notices that stand now."""
    trust: str = ""
    """The folder of the certificates that signatures are checked against; empty where there are none."""
    trust_fingerprint: str = ""
    """Of the files in it."""

    @property
    def preview(self) -> bool:
        return bool(self.settings["PORTAL_PREVIEW"])

    def store(self, name: str) -> SiteStore:
        """The store of a site, or of linked pages; the province's own folder has the empty name."""
        return site_store(Path(self.stores), name)

    def shared_records(self) -> Shared:
        """The records that all sites share, as they are now. They were checked before any job began."""
        shared, problems = load_shared(Path(self.shared), self.display_path)
        if shared is None:
            raise RuntimeError("\n".join(problem.render() for problem in problems))
        return shared.at(self.now)


@dataclass(frozen=True)
class CompileJob:
    """One site to compile from its folder."""

    workplace: Workplace
    slug: str
    """Empty for the province's own folder."""
    digest: str
    """The version that it becomes."""
    inputs: str
    """The digest of what it is made from, whatever the time."""
    taken: tuple[str, ...] = ()
    """For the province's own folder: the agencies' addresses that its pages ask for."""
    others_codes: tuple[str, ...] = ()
    """Codes of its procedure files that are another's: these files are passed over."""
    obstacles: str = ""
    """The file with what could not be read of the folder; empty where there is nothing."""
    pictures: tuple[tuple[str, str], ...] = ()
    """The files of its pictures, each with the fingerprint of its content."""
    checked: tuple[tuple[str, str], ...] = ()
    """The same of the files that signatures are looked for in."""
    history: str = ""
    """The file with the history of the site's procedures; empty where there is none."""
    unlinked: tuple[str, ...] = ()
    """Targets of links that lead nowhere now, as `Reference.key` has them: their links are shown as text."""
    refused: tuple[Problem, ...] = ()
    """What keeps the site from being shown; its folder is read all the same: all is told at once."""
    only_read: bool = False
    """Nothing can be built, for the records that all sites share were never good: find what is wrong besides."""


@dataclass(frozen=True)
class Version:
    """A version of a site that takes part in a link."""

    slug: str
    digest: str
    last_good: str = ""
    """The version that the portal shows, where it is another one."""


@dataclass(frozen=True)
class LinkJob:
    """Decide which version of each site is shown, and build the pages about all of them."""

    workplace: Workplace
    inputs: LinkInputs
    versions: tuple[Version, ...]
    removed: tuple[RemovedRecord, ...] = ()
    """Procedures that once were in the content."""
    owners: tuple[tuple[str, str], ...] = ()
    """The codes that more than one folder has a file for, each with the slug of its owner."""
    gone: tuple[Version, ...] = ()
    """The last versions of sites that have no folder any more: one stays where its addresses would lead nowhere."""
    as_they_are: tuple[str, ...] = ()
    """Sites that are not compiled once more, whatever their links lead to."""

    def digest(self, refused: Container[str] | None = None) -> str:
        """Of everything that the linked pages are made from.

        A last good version is part of it only where the new one is refused: `refused` says which are, once that is
        known. So the pages are the same as those of the next build, in which nothing has changed.
        """
        versions = [
            (version.slug, version.digest, version.last_good if refused is None or version.slug in refused else "")
            for version in (*self.versions, *self.gone)
        ]
        return link_digest(self.workplace.engine, versions, self.inputs)


@dataclass(frozen=True)
class CatalogueJob:
    """Build the pages about all procedures."""

    workplace: Workplace
    digest: str
    versions: tuple[Version, ...]
    """Those that are shown: documents of the API are taken from them."""
    facts: str
    """The file that linking left for it."""


@dataclass(frozen=True)
class FillingJob:
    """Complete the pages that sites left open."""

    workplace: Workplace
    digest: str
    versions: tuple[Version, ...]
    """Those that are shown: the open pages are taken from them."""
    facts: str
    """The file that linking left for the catalogue."""
    open_pages: str
    """The file that says which pages are open."""


@dataclass(frozen=True)
class SearchJob:
    """Put together what all shown sites give to search."""

    workplace: Workplace
    digest: str
    versions: tuple[Version, ...]
    facts: str
    """The file that linking left for it."""


@dataclass(frozen=True)
class TaskProfile:
    """How long a process took, and its stages."""

    name: str
    """The site, or what is done about all of them."""
    seconds: float
    stages: Mapping[str, float]
    """Seconds of each; they are not the whole."""


@dataclass(frozen=True)
class Compiled:
    """What came of a job."""

    seconds: float
    digest: str
    """The version that it became."""
    profile: TaskProfile | None = None
    """Where the time went, if somebody wants to know."""


class GivenUp(ManifestModel):
    """Since when and why nothing stands at an address."""

    day: date
    reason: str


class LinkOutcome(ManifestModel):
    """What linking decided, as a file beside the linked pages."""

    digests: dict[str, str]
    """The digest that each site is shown in."""
    left_out: tuple[str, ...]
    problems: dict[str, tuple[Problem, ...]]
    advice: dict[str, tuple[Problem, ...]] = Field(default={})
    """What the sites together bring to light, for each site that should look at it."""
    unlinked: dict[str, tuple[str, ...]] = Field(default={})
    """Sites whose pages show another set of links as text than they have to: they are to be compiled with this one.

    Then nothing else was built."""
    catalogue: str = ""
    """The digest of the catalogue that goes with it."""
    permanent: str = ""
    """The digest of the addresses that lead to records and go with it; empty where there are none."""
    filled: str = ""
    """The digest of the pages of sites, completed, that go with it."""
    search: str = ""
    """The digest of the search that goes with it."""
    moved: dict[str, str] = Field(default={})
    """Every address of the whole portal that leads on, with the page that it leads to."""
    withdrawn: tuple[str, ...] = ()
    """Addresses of pages that say that they were withdrawn, and of files that were."""
    given_up: dict[str, GivenUp] = Field(default={})
    """Those of them at which no site has a page."""


class CatalogueFacts(ManifestModel):
    """What of the shown sites the catalogue is made of: another article changes nothing in it."""

    own: SiteManifest
    manifests: tuple[SiteManifest, ...]
    agencies: tuple[AgencyCard, ...]
    promised: dict[str, str]
    removed: tuple[RemovedRecord, ...]

    @classmethod
    def of(cls, neighbours: Neighbours, kinds: Kinds) -> CatalogueFacts:
        coded = {kind.name for kind in kinds.in_catalogue}
        agencies = (
            card.model_copy(update={"counts": {name: n for name, n in card.counts.items() if name in coded}})
            for card in neighbours.agencies
        )
        return cls(
            own=_without_texts(neighbours.own, kinds),
            manifests=tuple(_without_texts(manifest, kinds) for manifest in neighbours.manifests),
            agencies=tuple(agencies),
            promised=dict(neighbours.promised),
            removed=neighbours.removed,
        )


class OpenPages(ManifestModel):
    """Which pages the shown sites left open."""

    by_site: dict[str, dict[str, str]]
    """By slug: the address of each with the digest of what it has so far."""

    @classmethod
    def of(cls, neighbours: Neighbours) -> OpenPages:
        return cls(by_site={m.slug: m.open_pages for m in neighbours.all_manifests if m.open_pages})


class SearchFacts(ManifestModel):
    """What search needs to know of the province's own folder beside what was counted in it."""

    own: SiteManifest

    @classmethod
    def of(cls, own: SiteManifest) -> SearchFacts:
        spoken = tuple(reference for reference in own.references if reference.kind == "words")
        return cls(own=SiteManifest(slug=PROVINCE, digest="", agency=None, synonyms=own.synonyms, references=spoken))


def _without_texts(manifest: SiteManifest, kinds: Kinds) -> SiteManifest:
    """The manifest without what the catalogue does not show: of the news it keeps that there is a feed of them."""
    feed = kinds.with_feed
    feeds = (feed.feed_of(manifest.slug),) if feed is not None and feed.name in manifest.cards else ()
    # Pages of records that have become others', in a version that stays: they have their addresses still.
    urls = {card.url for _, card in kinds.coded_cards(manifest)}
    lists = tuple(kind.list_of(manifest.slug) for kind in kinds.coded)
    stay = tuple(a for a in manifest.addresses if a.startswith(lists) and a.endswith("/") and a not in urls)
    stay = tuple(address for address in stay if not addresses.is_past_version(address))
    emptied: dict[str, object] = dict.fromkeys(("references", "problems", "advice", "unlinked"), ())
    unseen = {"synonyms": SynonymList(), "search": "", "dossier_figures": (), "open_pages": {}}
    cards: dict[str, tuple[dict[str, Any], ...]] = dict.fromkeys(manifest.cards, ())  # menus say which kinds there are
    for kind in kinds:
        if kind.name in cards and kind.codes is not None:
            cards[kind.name] = tuple({**card, "path": "", "places": {}} for card in manifest.cards[kind.name])
        elif kind.name in cards and (kind.in_catalogue or kind.menu_title is not None):
            cards[kind.name] = manifest.cards[kind.name]
    return manifest.model_copy(update=emptied | unseen | {"cards": cards, "addresses": (*feeds, *stay), "digest": ""})
