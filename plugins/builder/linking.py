"""The jobs about all sites: deciding what is shown, and the pages made from every site's manifest."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from plugins.builder.compiling import shared_records
from plugins.builder.digests import catalogue_digest, search_digest
from plugins.builder.jobs import (
    CatalogueFacts,
    CatalogueJob,
    Compiled,
    LinkJob,
    LinkOutcome,
    SearchFacts,
    SearchJob,
    Version,
    Workplace,
)
from plugins.builder.kinds import load_kinds
from plugins.builder.linked_addresses import written_by
from plugins.builder.pelican_run import build
from plugins.builder.site_settings import fixed_addresses, run_plugins
from plugins.builder.store import CATALOGUE, PORTAL, SEARCH
from plugins.portal import addresses
from plugins.portal.cards import agency_card
from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.cross_checks import advice_between
from plugins.portal.earlier_pages import EarlierPages
from plugins.portal.linking import Candidate, Circumstances, Linked, link
from plugins.portal.manifest import SiteManifest, cards_of
from plugins.portal.page_places import ids_of
from plugins.portal.problems import Problem, in_order
from plugins.portal.shared import Shared
from plugins.portal.site_run import Neighbours, RunKind, SiteRun
from plugins.portal.sites import Site


def link_province(job: LinkJob) -> Compiled:
    """Decide which version of each site is shown, and build the pages about all of them.

    Where sites are to be compiled once more first, the outcome says so and nothing is built.
    """
    started = time.monotonic()
    place = job.place
    shared = shared_records(place.shared, place.shown)
    kinds = load_kinds(place.settings["PORTAL_KINDS"])
    candidates = {version.slug: _candidate(place, version) for version in job.versions}
    linked = link(
        list(candidates.values()),
        Circumstances(
            fixed=fixed_addresses(run_plugins(place.settings)),
            written=written_by(run_plugins(place.settings), kinds),
            places=partial(_places, place),
            owners=dict(job.owners),
            removed=job.removed,
            kinds=kinds,
        ),
    )
    store = place.store(PORTAL)
    digest = job.digest(linked.problems)
    staged = store.stage(digest)
    unlinked = {
        slug: keys
        for slug, keys in linked.unlinked.items()
        if keys != linked.shown[slug].unlinked and slug not in job.as_they_are
    }
    if unlinked:
        outcome = LinkOutcome(shown={}, left_out=(), problems={}, unlinked=unlinked)
        manifest = SiteManifest(slug="", digest=digest, agency=None)
        staged.www.mkdir()
    else:
        linked = replace(
            linked, advice=_merged(linked.advice, advice_between(linked.shown, place.shown, kinds, shared))
        )
        neighbours = replace(_neighbours(linked, shared.province.agency_order), removed=job.removed)
        run = _run_over_all(place, shared, _as_called_now(neighbours, shared, place), "portal")
        manifest = build(run, place.settings, staged, digest)
        outcome = _outcome(job, linked, neighbours, staged)
    (staged.folder / "linked.json").write_text(outcome.model_dump_json(indent=1) + "\n", "utf-8")
    store.keep(digest, manifest)
    return Compiled(time.monotonic() - started, digest)


def _outcome(job: LinkJob, linked: Linked, neighbours: Neighbours, staged: CompiledVersion) -> LinkOutcome:
    place = job.place
    facts = CatalogueFacts.of(neighbours, load_kinds(place.settings["PORTAL_KINDS"])).model_dump_json()
    (staged.folder / "catalogue.json").write_text(facts, "utf-8")
    spoken = SearchFacts.of(neighbours.own).model_dump_json()
    (staged.folder / "search.json").write_text(spoken, "utf-8")
    shown = {
        version.slug: version.last_good if version.slug in linked.problems else version.digest
        for version in job.versions
        if version.slug in linked.shown
    }
    return LinkOutcome(
        shown={slug: digest or _only(job, slug) for slug, digest in shown.items()},
        left_out=tuple(linked.left_out),
        problems=dict(linked.problems),
        advice=dict(linked.advice),
        catalogue=catalogue_digest(place.engine, place.shared_fingerprint, facts),
        search=search_digest(
            place.engine,
            [(slug, manifest.search) for slug, manifest in sorted(linked.shown.items())],
            neighbours.own.synonyms.model_dump_json(),
        ),
    )


def _only(job: LinkJob, slug: str) -> str:
    """The version that is both the new and the last good one."""
    return next(version.digest for version in job.versions if version.slug == slug)


def _merged(*several: Mapping[str, Sequence[Problem]]) -> dict[str, tuple[Problem, ...]]:
    slugs = sorted({slug for advice in several for slug in advice})
    return {slug: in_order(problem for advice in several for problem in advice.get(slug, ())) for slug in slugs}


def build_catalogue(job: CatalogueJob) -> Compiled:
    """Build the pages about all procedures from what linking left of them."""
    started = time.monotonic()
    place = job.place
    facts = CatalogueFacts.model_validate_json(Path(job.facts).read_bytes())
    neighbours = Neighbours(
        own=facts.own,
        agencies=facts.agencies,
        manifests=facts.manifests,
        promised=facts.promised,
        removed=facts.removed,
        versions=_folders(place, job.versions),
    )
    store = place.store(CATALOGUE)
    shared = shared_records(place.shared, place.shown)
    # Not in the facts: documents of the API are those of the versions, with the names of their time.
    staged = store.stage(job.digest, place.engine)
    run = replace(
        _run_over_all(place, shared, _as_called_now(neighbours, shared, place), "catalogue"),
        earlier=EarlierPages(staged, store.reusable(place.engine)),
    )
    store.keep(job.digest, build(run, place.settings, staged, job.digest))
    return Compiled(time.monotonic() - started, job.digest)


def build_search(job: SearchJob) -> Compiled:
    """Put together what all shown sites give to search."""
    started = time.monotonic()
    place = job.place
    facts = SearchFacts.model_validate_json(Path(job.facts).read_bytes())
    neighbours = Neighbours(
        own=facts.own,
        agencies=(),
        manifests=(),
        versions=_folders(place, job.versions),
    )
    store = place.store(SEARCH)
    staged = store.stage(job.digest, place.engine)
    shared = shared_records(place.shared, place.shown)
    run = replace(
        _run_over_all(place, shared, neighbours, "search"), before=store.reusable(place.engine), memos=staged.memos
    )
    store.keep(job.digest, build(run, place.settings, staged, job.digest))
    return Compiled(time.monotonic() - started, job.digest)


def _folders(place: Workplace, versions: Sequence[Version]) -> dict[str, CompiledVersion]:
    return {version.slug: place.store(version.slug).version(version.digest) for version in versions}


def _run_over_all(place: Workplace, shared: Shared, neighbours: Neighbours, kind: RunKind) -> SiteRun:
    nobody = Site(slug="", folder=Path(place.content) / "province", shown=f"{place.shown}/province", agency=None)
    return SiteRun(
        site=nobody,
        shared=shared,
        preview=place.preview,
        kind=kind,
        kinds=load_kinds(place.settings["PORTAL_KINDS"]),
        engine=place.engine,
        neighbours=neighbours,
    )


def _places(place: Workplace, manifest: SiteManifest, address: str) -> Collection[str] | None:
    """The ids on the page of a compiled site; None where the page is written later, or has open places."""
    page = place.store(manifest.slug).www(manifest.digest) / addresses.saved_as(address)
    return ids_of(page) if page.is_file() else None


def _candidate(place: Workplace, version: Version) -> Candidate:
    store = place.store(version.slug)
    manifest = store.manifest(version.digest)
    if manifest is None:
        raise RuntimeError(f"no manifest of {store.folder.name} at {version.digest}")
    if store.shown_digest() == version.digest:
        return Candidate(manifest, manifest)
    return Candidate(manifest, store.manifest(version.last_good) if version.last_good else None)


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
        advice=linked.advice,
    )


def _as_called_now(neighbours: Neighbours, shared: Shared, place: Workplace) -> Neighbours:
    """With the names that what all sites share has now.

    A site that is kept as it was has those of that time: two lists of one field would stand at one address.
    """
    kinds = load_kinds(place.settings["PORTAL_KINDS"])

    def named(manifest: SiteManifest) -> SiteManifest:
        for kind in kinds:
            cards = cards_of(manifest, kind.name, kind.card_type)
            renamed = tuple(kind.as_called_now(card, shared) for card in cards)
            if renamed != cards:
                manifest = manifest.with_cards(kind.name, renamed)
        return manifest

    return replace(neighbours, own=named(neighbours.own), manifests=tuple(map(named, neighbours.manifests)))
