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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import Pelican

from plugins.agencies.digests import site_digest
from plugins.agencies.site_settings import FIXED_ADDRESSES, site_settings
from plugins.agencies.store import PORTAL, SiteStore, site_store
from plugins.portal.cards import agency_card, failed_manifest, manifest_of, page_cards
from plugins.portal.linking import Candidate, Linked, link
from plugins.portal.manifest import ManifestModel, SiteManifest
from plugins.portal.problems import Problem, in_order, text
from plugins.portal.site_run import Neighbours, SiteRun
from plugins.portal.sites import Shared, Site, load_shared, load_site

COMPRESSED = {".html", ".css", ".js", ".json", ".xml", ".atom", ".svg", ".csv", ".txt"}
WORTH_COMPRESSING = 1_400
"""Bytes: what fits one packet gains nothing."""
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
    versions: tuple[tuple[str, str, str], ...] = ()
    """For linking: each site's slug, its new version, and the one shown before where that is another."""


class LinkOutcome(ManifestModel):
    """What linking decided, as a file beside the linked pages."""

    shown: dict[str, str]
    """The digest that each site is shown in."""
    left_out: tuple[str, ...]
    problems: dict[str, tuple[Problem, ...]]


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
    run = SiteRun(site=site, shared=shared, preview=drafts, pages=page_cards(site))
    manifest = _build(run, job, store.stage(job.digest) / "www")
    if site_digest(job.engine, Path(job.content), job.slug, job.agencies) != job.digest:
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
    neighbours = _neighbours(linked, shared.province.agency_order)
    nobody = Site(slug="", folder=Path(job.content) / "province", shown=f"{job.shown}/province", agency=None)
    run = SiteRun(
        site=nobody,
        shared=shared,
        preview=job.settings["PORTAL_PREVIEW"],
        pages=neighbours.own.pages,
        neighbours=neighbours,
    )
    store = SiteStore(stores / PORTAL)
    staged = store.stage(job.digest)
    manifest = _build(run, job, staged / "www")
    outcome = LinkOutcome(
        shown={
            slug: new if linked.shown[slug] is candidates[slug].new else last_good
            for slug, new, last_good in job.versions
            if slug in linked.shown
        },
        left_out=tuple(linked.left_out),
        problems=dict(linked.problems),
    )
    (staged / "linked.json").write_text(outcome.model_dump_json(indent=1) + "\n", "utf-8")
    store.keep(job.digest, manifest)
    return time.monotonic() - started


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
    order = {slug: position for position, slug in enumerate(protocol)}
    slugs = sorted(everyone, key=lambda slug: (order.get(slug, len(order)), slug))
    return Neighbours(
        own=own,
        agencies=tuple(agency_card(everyone[slug], available=slug in linked.shown) for slug in slugs),
        manifests=tuple(linked.shown[slug] for slug in slugs if slug in linked.shown),
        promised=linked.promised,
        problems=linked.problems,
    )


def _build(run: SiteRun, job: Job, www: Path) -> SiteManifest:
    """The site's pages in `www` and its manifest; with any problem the manifest is a failed one."""
    site = run.site
    if site.problems:
        return failed_manifest(site, job.digest, site.problems)
    www.mkdir(parents=True)
    noted = run_pelican(run, job.settings, www)
    problems = [*run.problems, *noted, *_strays(site, www)]
    if problems:
        return failed_manifest(site, job.digest, problems)
    if job.settings["PORTAL_COMPRESS"]:
        _compress(www)
    references = sorted(
        {*site.references, *run.references}, key=lambda r: (r.path, r.line or 0, r.field, r.kind, r.target)
    )
    return manifest_of(site, run.shared, job.digest, references, _addresses(www))


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
        if path.suffix in COMPRESSED and path.stat().st_size > WORTH_COMPRESSING:
            packed = gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(packed)
