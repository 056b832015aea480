"""Compiling one site: from its folder to its pages and its manifest, in a process of its own.

These functions are what a worker runs. They take plain jobs, leave their outcome in the site's store and return
nothing large: a record crosses from one process to another as a file, never as a pickle of what an agency wrote.
"""

from __future__ import annotations

import gzip
import io
import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pelican import Pelican
from pydantic import TypeAdapter

from plugins.agencies.digests import Digest, catalogue_digest, search_digest, site_digest
from plugins.agencies.site_settings import FIXED_ADDRESSES, site_settings
from plugins.agencies.store import CATALOGUE, PORTAL, SEARCH, SiteStore, site_store
from plugins.portal import addresses
from plugins.portal.cards import agency_card, failed_manifest, manifest_of, page_cards
from plugins.portal.linking import Candidate, Linked, link
from plugins.portal.manifest import AgencyCard, ManifestModel, RemovedProcedure, SiteManifest
from plugins.portal.problems import Problem, in_order, text
from plugins.portal.revisions import Revision
from plugins.portal.site_run import Neighbours, RunKind, SiteRun
from plugins.portal.sites import Shared, Site, load_shared, load_site
from plugins.portal.synonyms import SynonymList

COMPRESSED = {".html", ".css", ".js", ".json", ".xml", ".atom", ".svg", ".csv", ".txt"}
WORTH_COMPRESSING = 1_400
"""Bytes: what fits one packet gains nothing."""
ASIDE = "aside"
"""The folder of a version for what its pages are not."""
UNREPEATABLE = "changed-while-building"
"""Stands for the digest of a version whose sources changed while it was built: it is built again."""


@dataclass(frozen=True)
class Job:
    """One site to build, in words that any process understands."""

    content: str
    shown: str
    """The content folder as people see it in reports."""
    slug: str
    """Empty for the province's own folder, and for the pages about all sites."""
    digest: str
    engine: str
    store: str
    """The folder of all sites' stores."""
    settings: Mapping[str, Any]
    agencies: tuple[str, ...] = ()
    """For the province's own folder: the addresses that its pages must not take."""
    history: str = ""
    """The file with the history of the site's procedures; empty where there is none."""
    history_mark: str = ""
    """The digest of that history."""
    versions: tuple[tuple[str, str, str], ...] = ()
    """For linking: each site's slug, its new version, and the one shown before where that is another.

    For the catalogue and search: the version that is shown."""
    removed: tuple[RemovedProcedure, ...] = ()
    """For linking: procedures that once were in the content."""
    facts: str = ""
    """For the catalogue: the file that linking left for it."""


HISTORY = TypeAdapter(dict[str, tuple[Revision, ...]])
"""The history of a site's procedures by code, as its file holds it."""


class LinkOutcome(ManifestModel):
    """What linking decided, as a file beside the linked pages."""

    shown: dict[str, str]
    """The digest that each site is shown in."""
    left_out: tuple[str, ...]
    problems: dict[str, tuple[Problem, ...]]
    catalogue: str
    """The digest of the catalogue that goes with it."""
    search: str
    """The digest of the search that goes with it."""


class CatalogueFacts(ManifestModel):
    """What of the shown sites the catalogue is made of: another article changes nothing in it."""

    own: SiteManifest
    manifests: tuple[SiteManifest, ...]
    agencies: tuple[AgencyCard, ...]
    with_news: bool
    """Whether the province's own site has articles."""
    promised: dict[str, str]
    removed: tuple[RemovedProcedure, ...]

    @classmethod
    def of(cls, neighbours: Neighbours) -> CatalogueFacts:
        return cls(
            own=_without_texts(neighbours.own),
            manifests=tuple(_without_texts(manifest) for manifest in neighbours.manifests),
            agencies=tuple(card.model_copy(update={"articles": 0}) for card in neighbours.agencies),
            with_news=bool(neighbours.own.articles),
            promised=dict(neighbours.promised),
            removed=neighbours.removed,
        )


def _without_texts(manifest: SiteManifest) -> SiteManifest:
    """The manifest without what the catalogue does not show; of its articles it keeps that there is a feed of them."""
    feed = (addresses.feed(manifest.slug),) if manifest.articles else ()
    emptied: dict[str, object] = dict.fromkeys(("articles", "references", "problems", "advice"), ())
    unseen = {"synonyms": SynonymList(), "search": "", "dossier_figures": ()}
    cards = tuple(card.model_copy(update={"path": ""}) for card in manifest.procedures)
    return manifest.model_copy(update=emptied | unseen | {"procedures": cards, "addresses": feed, "digest": ""})


def read_shared(content: str, shown: str) -> str:
    """The problems that keep every site from being built, as JSON lines; empty where there are none."""
    shared, problems = load_shared(Path(content), shown)
    return "" if shared is not None else "\n".join(problem.model_dump_json() for problem in problems)


def compile_site(job: Job) -> float:
    """Build a site; a version with problems is kept for what it says, without pages. Gives the seconds it took."""
    started = time.monotonic()
    shared = _shared(job)
    drafts = job.settings["PORTAL_PREVIEW"]
    site = load_site(Path(job.content), job.shown, job.slug, shared, drafts=drafts, agencies=job.agencies)
    store = site_store(Path(job.store), job.slug)
    staged = store.stage(job.digest)
    run = SiteRun(
        site=site,
        shared=shared,
        preview=drafts,
        pages=page_cards(site),
        has_news=bool(site.articles),
        history=HISTORY.validate_json(Path(job.history).read_bytes()) if job.history else {},
        aside=staged / ASIDE,
    )
    manifest = _build(run, job, staged)
    if site_digest(job.engine, Path(job.content), job.slug, job.agencies, job.history_mark) != job.digest:
        manifest = manifest.model_copy(update={"digest": UNREPEATABLE})
    store.keep(job.digest, manifest)
    return time.monotonic() - started


def link_province(job: Job) -> float:
    """Decide which version of each site is shown, and build the pages about all of them. Gives the seconds it took."""
    started = time.monotonic()
    stores = Path(job.store)
    shared = _shared(job)
    candidates = {version[0]: _candidate(stores, *version) for version in job.versions}
    linked = link(list(candidates.values()), FIXED_ADDRESSES)
    neighbours = replace(_neighbours(linked, shared.province.agency_order), removed=job.removed)
    store = SiteStore(stores / PORTAL)
    staged = store.stage(job.digest)
    manifest = _build(_run_over_all(job, shared, neighbours, "portal"), job, staged)
    facts = CatalogueFacts.of(neighbours).model_dump_json()
    (staged / "catalogue.json").write_text(facts, "utf-8")
    outcome = LinkOutcome(
        shown={
            slug: new if linked.shown[slug] is candidates[slug].new else last_good
            for slug, new, last_good in job.versions
            if slug in linked.shown
        },
        left_out=tuple(linked.left_out),
        problems=dict(linked.problems),
        catalogue=catalogue_digest(job.engine, Path(job.content), facts),
        search=search_digest(
            job.engine,
            [(slug, manifest.search) for slug, manifest in sorted(linked.shown.items())],
            neighbours.own.synonyms.model_dump_json(),
        ),
    )
    (staged / "linked.json").write_text(outcome.model_dump_json(indent=1) + "\n", "utf-8")
    store.keep(job.digest, manifest)
    return time.monotonic() - started


def build_catalogue(job: Job) -> float:
    """Build the pages about all procedures from what linking left of them. Gives the seconds it took.

    `job.versions` are the shown versions: pages with open places are taken from them.
    """
    started = time.monotonic()
    stores = Path(job.store)
    facts = CatalogueFacts.model_validate_json(Path(job.facts).read_bytes())
    neighbours = Neighbours(
        own=facts.own,
        agencies=facts.agencies,
        manifests=facts.manifests,
        promised=facts.promised,
        removed=facts.removed,
        versions={slug: site_store(stores, slug).version(digest) for slug, digest, _ in job.versions},
    )
    store = SiteStore(stores / CATALOGUE)
    run = replace(_run_over_all(job, _shared(job), neighbours, "catalogue"), has_news=facts.with_news)
    store.keep(job.digest, _build(run, job, store.stage(job.digest)))
    return time.monotonic() - started


def build_search(job: Job) -> float:
    """Put together what all shown sites give to search. Gives the seconds it took."""
    started = time.monotonic()
    stores = Path(job.store)
    versions = {slug: digest for slug, digest, _ in job.versions}
    own = site_store(stores, "").manifest(versions[""]) if "" in versions else None
    neighbours = Neighbours(
        own=own or SiteManifest(slug="", digest="", agency=None),
        agencies=(),
        manifests=(),
        versions={slug: site_store(stores, slug).version(digest) for slug, digest in versions.items()},
    )
    store = SiteStore(stores / SEARCH)
    before = store.www(shown) if (shown := store.shown_digest()) else None
    run = replace(_run_over_all(job, _shared(job), neighbours, "search"), before=before)
    store.keep(job.digest, _build(run, job, store.stage(job.digest)))
    return time.monotonic() - started


def _run_over_all(job: Job, shared: Shared, neighbours: Neighbours, kind: RunKind) -> SiteRun:
    nobody = Site(slug="", folder=Path(job.content) / "province", shown=f"{job.shown}/province", agency=None)
    return SiteRun(
        site=nobody,
        shared=shared,
        preview=job.settings["PORTAL_PREVIEW"],
        kind=kind,
        pages=neighbours.own.pages,
        has_news=bool(neighbours.own.articles),
        neighbours=neighbours,
    )


def _shared(job: Job) -> Shared:
    shared, problems = load_shared(Path(job.content), job.shown)
    if shared is None:
        # The parent looked before it started any of us: somebody has changed the file since.
        raise RuntimeError("\n".join(problem.render() for problem in problems))
    return shared


def _candidate(stores: Path, slug: str, new: str, last_good: str) -> Candidate:
    store = site_store(stores, slug)
    manifest = store.manifest(new)
    if manifest is None:
        raise RuntimeError(f"no manifest of {store.folder.name} at {new}")
    if store.shown_digest() == new:
        return Candidate(manifest, manifest)
    return Candidate(manifest, store.manifest(last_good) if last_good else None)


def _neighbours(linked: Linked, protocol: Sequence[str]) -> Neighbours:
    everyone = {**linked.shown, **linked.left_out}
    own = everyone.pop("")
    if "" in linked.left_out:  # nothing of it can be shown, so nothing may be listed
        own = SiteManifest(slug="", digest=own.digest, agency=None, problems=own.problems)
    order = {slug: position for position, slug in enumerate(protocol)}
    slugs = sorted(everyone, key=lambda slug: (order.get(slug, len(order)), slug))
    return Neighbours(
        own=own,
        agencies=tuple(agency_card(everyone[slug], available=slug in linked.shown) for slug in slugs),
        manifests=tuple(linked.shown[slug] for slug in slugs if slug in linked.shown),
        promised=linked.promised,
        problems=linked.problems,
    )


def _build(run: SiteRun, job: Job, staged: Path) -> SiteManifest:
    """The site's pages in the staged version, and its manifest; with any problem the manifest is a failed one."""
    site = run.site
    if site.problems:
        return failed_manifest(site, job.digest, site.problems)
    www = staged / "www"
    www.mkdir(parents=True)
    noted = run_pelican(run, job.settings, www)
    problems = [*run.problems, *noted, *(_strays(site, www) if run.kind == "site" else ())]
    if problems:
        return failed_manifest(site, job.digest, problems)
    open_pages = _set_aside(run.open_pages, www, staged / "open")
    if job.settings["PORTAL_COMPRESS"]:
        _compress(www)
    references = sorted(
        {*site.references, *run.references}, key=lambda r: (r.path, r.line or 0, r.field, r.kind, r.target)
    )
    site = replace(site, advice=in_order([*site.advice, *run.advice]))
    return manifest_of(site, run.shared, job.digest, references, _addresses(www), open_pages, _counted(run.aside))


def _counted(aside: Path) -> str:
    """The digest of what search counted; empty where there is nothing."""
    if not aside.is_dir():
        return ""
    digest = Digest()
    digest.add_tree(aside)
    return digest.hex()


def _set_aside(open_pages: Iterable[str], www: Path, aside: Path) -> dict[str, str]:
    """Take pages with open places out of what is shown; gives the digest of each."""
    found = {}
    for address in open_pages:
        file = addresses.saved_as(address)
        digest = Digest()
        digest.add((www / file).read_bytes())
        found[address] = digest.hex()
        (aside / file).parent.mkdir(parents=True, exist_ok=True)
        (www / file).rename(aside / file)
    return found


def run_pelican(run: SiteRun, settings: Mapping[str, Any], www: Path) -> tuple[Problem, ...]:
    """One run of Pelican over the site. What Pelican only logs is a problem here."""
    notes = _Notes(run.site.shown)
    logging.getLogger().addHandler(notes)
    try:
        with redirect_stdout(io.StringIO()):
            Pelican(site_settings(run, settings, www)).run()
    finally:
        logging.getLogger().removeHandler(notes)
    return in_order(notes.problems)


class _Notes(logging.Handler):
    """Turns warnings and errors of the libraries into problems of the site."""

    def __init__(self, shown: str) -> None:
        super().__init__(logging.WARNING)
        self._shown = shown
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            said = f"{said}: {record.exc_info[1]}"
        message = text("the site could not be built: {reason}", reason=" ".join(said.split()))
        hint = text("tell those who run the portal if the content is right")
        self.problems.append(Problem(path=self._shown, message=message, hint=hint))


def _strays(site: Site, www: Path) -> Iterable[Problem]:
    """What an agency's run wrote outside its own address: it would meet another site's files."""
    if site.slug:
        for entry in sorted(www.iterdir()):
            if entry.name != site.slug:
                message = text("the site would write to /{name}, outside its own address", name=entry.name)
                yield Problem(path=site.shown, message=message, hint=text("tell those who run the portal"))


def _addresses(www: Path) -> list[str]:
    """The addresses that the written files answer."""
    files = (path.relative_to(www).as_posix() for path in www.rglob("*") if path.is_file() and path.suffix != ".gz")
    return [file[: -len("index.html")] if f"/{file}".endswith("/index.html") else file for file in files]


def _compress(www: Path) -> None:
    """A gzip copy beside every text file, for web servers that send it as it is."""
    for path in www.rglob("*"):
        if path.parent == www / addresses.LIVE:
            continue  # a copy would go on saying what it says now
        if path.suffix in COMPRESSED and path.stat().st_size > WORTH_COMPRESSING:
            packed = gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(packed)
