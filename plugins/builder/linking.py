"""The jobs about all sites: deciding what is shown, and the pages made from every site's manifest."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from plugins.builder.digests import catalogue_digest, filled_digest, search_digest
from plugins.builder.jobs import (
    CatalogueFacts,
    CatalogueJob,
    Compiled,
    FillingJob,
    GivenUp,
    LinkJob,
    LinkOutcome,
    OpenPages,
    SearchFacts,
    SearchJob,
    Version,
    Workplace,
)
from plugins.builder.kinds import load_kinds
from plugins.builder.linked_addresses import written_by
from plugins.builder.pelican_run import build
from plugins.builder.permanent_addresses import keep_permanent, leading_to_records
from plugins.builder.site_settings import addresses_of_each_site, fixed_addresses, run_plugins
from plugins.portal import addresses
from plugins.portal.alerts import alerts_digest
from plugins.portal.cards import agency_card
from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.cross_checks import advice_between
from plugins.portal.earlier_pages import EarlierPages
from plugins.portal.kept_addresses import LostAddresses
from plugins.portal.kinds import Kinds
from plugins.portal.linking import Candidate, Circumstances, Linked, link
from plugins.portal.manifest import SiteManifest, cards_of
from plugins.portal.page_places import ids_of
from plugins.portal.placeholders import LEADING_ON
from plugins.portal.problems import Problem, in_order, text
from plugins.portal.record_files import ADDRESSES, AGENCY
from plugins.portal.shared import Shared
from plugins.portal.site_names import CATALOGUE, FILLED, PORTAL, PROVINCE, SEARCH, folder_of
from plugins.portal.site_run import Neighbours, RunKind, SiteRun
from plugins.portal.sites import Site


def link_province(job: LinkJob) -> Compiled:
    """Decide which version of each site is shown, and build the pages about all of them.

    Where sites are to be compiled once more first, the outcome says so and nothing is built.
    """
    started = time.monotonic()
    workplace = job.workplace
    shared = workplace.shared_records()
    kinds = load_kinds(workplace.settings["PORTAL_KINDS"])
    candidates = {version.slug: _candidate(workplace, version) for version in job.versions}
    around = Circumstances(
        fixed=fixed_addresses(run_plugins(workplace.settings)),
        of_each=addresses_of_each_site(run_plugins(workplace.settings)),
        written=written_by(run_plugins(workplace.settings), kinds),
        places=partial(_places, workplace),
        owners=dict(job.owners),
        removed=job.removed,
        former=dict(job.inputs.former),
        gone={slug: published for slug, *published in job.inputs.gone},
        kinds=kinds,
    )
    linked = link(list(candidates.values()), around)
    gone = {version.slug: _candidate(workplace, version) for version in job.gone}
    if lost := _lost(job, linked, candidates | gone, around):
        candidates |= {slug: candidate for slug, candidate in gone.items() if slug in lost}
        linked = link(list(candidates.values()), replace(around, lost=lost))
    store = workplace.store(PORTAL)
    digest = job.digest(linked.problems)
    staged = store.stage(digest, workplace.engine)
    unlinked = {
        slug: keys
        for slug, keys in linked.unlinked.items()
        if keys != linked.manifests[slug].unlinked and slug not in job.as_they_are
    }
    if unlinked:
        outcome = LinkOutcome(digests={}, left_out=(), problems={}, unlinked=unlinked)
        manifest = SiteManifest(slug=PROVINCE, digest=digest, agency=None)
        staged.www.mkdir()
    else:
        linked = replace(
            linked,
            advice=_merged(linked.advice, advice_between(linked.manifests, workplace.display_path, kinds, shared)),
        )
        neighbours = replace(_neighbours(linked, shared.province.agency_order), removed=job.removed)
        run = replace(
            _run_over_all(workplace, shared, _as_called_now(neighbours, shared, workplace), "portal"),
            earlier=EarlierPages(staged, store.reusable(workplace.engine)),
        )
        manifest = build(run, workplace.settings, staged, digest)
        outcome = _outcome(job, linked, neighbours, kinds, staged)
    (staged.folder / "linked.json").write_text(outcome.model_dump_json(indent=1) + "\n", "utf-8")
    store.keep(digest, manifest)
    return Compiled(time.monotonic() - started, digest)


def _lost(
    job: LinkJob, linked: Linked, candidates: Mapping[str, Candidate], around: Circumstances
) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with new versions that let addresses lead nowhere which the last good version has.

    Such a site stays as it was; where there is nothing to stay, whoever publishes is told.
    """
    leading = {*linked.moved, *linked.given_up}
    left = _no_longer_taken(job, linked, candidates, leading)
    missing = {slug: lost for slug, *lost in job.inputs.missing if slug not in (*linked.problems, *left)}
    if not missing:
        return left
    for kind in around.kinds.coded:
        leading.update(f"{kind.list_of(past.agency)}{past.code}/" for past in around.removed)
    dead = {}
    for slug, addresses_of_site in missing.items():
        last_good = candidates[slug].last_good
        has = set(last_good.addresses) if last_good is not None else set()
        if own := [address for address in addresses_of_site if address in has and address not in leading]:
            dead[slug] = own
    if not dead:
        return left
    written = frozenset((*around.fixed, *around.written(list(linked.manifests.values()))))
    words = LostAddresses(
        around.kinds, job.workplace.display_path, job.workplace.now.date(), linked.manifests, around.former
    )
    lost = {slug: [address for address in own if address not in written] for slug, own in dead.items()}
    return left | {slug: words.problems(slug, own) for slug, own in lost.items() if own}


def _no_longer_taken(
    job: LinkJob, linked: Linked, candidates: Mapping[str, Candidate], leading: Collection[str]
) -> dict[str, tuple[Problem, ...]]:
    """Sites whose new versions do not name an agency among their predecessors any more whose addresses led to them.

    It is they who let these lead nowhere, and nobody else is held up.
    """
    problems: dict[str, tuple[Problem, ...]] = {}
    for gone in (slug for slug, *_ in job.inputs.gone if addresses.site_home(slug) not in leading):
        for slug, candidate in candidates.items():
            before = candidate.last_good.agency if candidate.last_good is not None else None
            is_ours = slug in linked.manifests and slug not in linked.problems
            if is_ours and before is not None and gone in before.predecessors:
                message = text('the addresses of "{slug}" led here, and would lead nowhere now', slug=gone)
                hint = text("name it among the predecessors again, or say in {file} of the province what became of it",
                            file=ADDRESSES)  # fmt: skip
                path = f"{job.workplace.display_path}/{folder_of(slug)}/{AGENCY}"
                told = Problem(path=path, line=None, field="predecessors", message=message, hint=hint)
                problems[slug] = (*problems.get(slug, ()), told)
    return problems


def _outcome(
    job: LinkJob, linked: Linked, neighbours: Neighbours, kinds: Kinds, staged: CompiledVersion
) -> LinkOutcome:
    workplace = job.workplace
    facts = CatalogueFacts.of(neighbours, kinds).model_dump_json()
    (staged.folder / "catalogue.json").write_text(facts, "utf-8")
    spoken = SearchFacts.of(neighbours.own).model_dump_json()
    (staged.folder / "search.json").write_text(spoken, "utf-8")
    opened = OpenPages.of(neighbours)
    (staged.folder / "open.json").write_text(opened.model_dump_json(), "utf-8")
    leading = leading_to_records(neighbours, kinds)
    permanent = keep_permanent(workplace, leading, (staged.open / LEADING_ON).read_text("utf-8"))
    catalogue = catalogue_digest(workplace.engine, workplace.shared_fingerprint, facts, alerts_digest(workplace.alerts))
    digests = {
        version.slug: version.last_good if version.slug in linked.problems else version.digest
        for version in (*job.versions, *job.gone)
        if version.slug in linked.manifests
    }
    own = (address for manifest in linked.manifests.values() for address in manifest.withdrawn)
    return LinkOutcome(
        moved=dict(linked.moved),
        withdrawn=tuple(sorted({*own, *linked.given_up})),
        given_up={
            address: GivenUp(day=way.withdrawn, reason=way.reason)
            for address, way in linked.given_up.items()
            if way.withdrawn is not None
        },
        digests={slug: digest or _only(job, slug) for slug, digest in digests.items()},
        left_out=tuple(linked.left_out),
        problems=dict(linked.problems),
        advice=dict(linked.advice),
        catalogue=catalogue,
        permanent=permanent,
        filled=filled_digest(catalogue, opened.by_site.items()),
        search=search_digest(
            workplace.engine,
            [(slug, manifest.search) for slug, manifest in sorted(linked.manifests.items())],
            neighbours.own.synonyms.model_dump_json(),
        ),
    )


def _only(job: LinkJob, slug: str) -> str:
    """The version that is both the new and the last good one."""
    return next(version.digest for version in (*job.versions, *job.gone) if version.slug == slug)


def _merged(*several: Mapping[str, Sequence[Problem]]) -> dict[str, tuple[Problem, ...]]:
    slugs = sorted({slug for advice in several for slug in advice})
    return {slug: in_order(problem for advice in several for problem in advice.get(slug, ())) for slug in slugs}


def build_catalogue(job: CatalogueJob) -> Compiled:
    """Build the pages about all procedures from what linking left of them."""
    started = time.monotonic()
    facts = CatalogueFacts.model_validate_json(Path(job.facts).read_bytes())
    _build_from(facts, job, CATALOGUE)
    return Compiled(time.monotonic() - started, job.digest)


def fill_pages(job: FillingJob) -> Compiled:
    """Complete the pages that sites left open: apart from the catalogue, for many an article changes one of them."""
    started = time.monotonic()
    facts = CatalogueFacts.model_validate_json(Path(job.facts).read_bytes())
    opened = OpenPages.model_validate_json(Path(job.open_pages).read_bytes()).by_site

    def with_open_pages(manifest: SiteManifest) -> SiteManifest:
        return manifest.model_copy(update={"open_pages": opened.get(manifest.slug, {})})

    whole = {"own": with_open_pages(facts.own), "manifests": tuple(map(with_open_pages, facts.manifests))}
    _build_from(facts.model_copy(update=whole), job, FILLED)
    return Compiled(time.monotonic() - started, job.digest)


def _build_from(facts: CatalogueFacts, job: CatalogueJob | FillingJob, kind: RunKind) -> None:
    """Build the pages of a run over all sites from these facts, and keep them under the name of the run."""
    workplace = job.workplace
    neighbours = Neighbours(
        own=facts.own,
        agencies=facts.agencies,
        manifests=facts.manifests,
        promised=facts.promised,
        removed=facts.removed,
        versions=_folders(workplace, job.versions),
    )
    store = workplace.store(kind)
    shared = workplace.shared_records()
    # Not in the facts: documents of the API are those of the versions, with the names of their time.
    staged = store.stage(job.digest, workplace.engine)
    run = replace(
        _run_over_all(workplace, shared, _as_called_now(neighbours, shared, workplace), kind),
        earlier=EarlierPages(staged, store.reusable(workplace.engine)),
    )
    store.keep(job.digest, build(run, workplace.settings, staged, job.digest))


def build_search(job: SearchJob) -> Compiled:
    """Put together what all shown sites give to search."""
    started = time.monotonic()
    workplace = job.workplace
    facts = SearchFacts.model_validate_json(Path(job.facts).read_bytes())
    neighbours = Neighbours(
        own=facts.own,
        agencies=(),
        manifests=(),
        versions=_folders(workplace, job.versions),
    )
    store = workplace.store(SEARCH)
    staged = store.stage(job.digest, workplace.engine, workplace.code)
    shared = workplace.shared_records()
    run = replace(
        _run_over_all(workplace, shared, neighbours, "search"),
        before=store.of_code(workplace.code),
        memos=staged.memos,
    )
    store.keep(job.digest, build(run, workplace.settings, staged, job.digest))
    return Compiled(time.monotonic() - started, job.digest)


def _folders(workplace: Workplace, versions: Sequence[Version]) -> dict[str, CompiledVersion]:
    return {version.slug: workplace.store(version.slug).version(version.digest) for version in versions}


def _run_over_all(workplace: Workplace, shared: Shared, neighbours: Neighbours, kind: RunKind) -> SiteRun:
    nobody = Site(
        slug=PROVINCE,
        folder=Path(workplace.content, folder_of(PROVINCE)),
        display_path=f"{workplace.display_path}/{folder_of(PROVINCE)}",
        agency=None,
    )
    return SiteRun(
        site=nobody,
        shared=shared,
        preview=workplace.preview,
        kind=kind,
        kinds=load_kinds(workplace.settings["PORTAL_KINDS"]),
        engine=workplace.engine,
        neighbours=neighbours,
        alerts=workplace.alerts,
    )


def _places(workplace: Workplace, manifest: SiteManifest, address: str) -> Collection[str] | None:
    """The ids on the page of a compiled site; None where the page is written later, or has open places."""
    page = workplace.store(manifest.slug).www(manifest.digest) / addresses.saved_as(address)
    return ids_of(page) if page.is_file() else None


def _candidate(workplace: Workplace, version: Version) -> Candidate:
    store = workplace.store(version.slug)
    manifest = store.manifest(version.digest)
    if manifest is None:
        raise RuntimeError(f"no manifest of {store.folder.name} at {version.digest}")
    if store.current_digest() == version.digest:
        return Candidate(manifest, manifest)
    return Candidate(manifest, store.manifest(version.last_good) if version.last_good else None)


def _neighbours(linked: Linked, protocol: Sequence[str]) -> Neighbours:
    everyone = {**linked.manifests, **linked.left_out}
    own = everyone.pop(PROVINCE)
    if PROVINCE in linked.left_out:  # nothing of it can be shown, so nothing may be listed
        own = SiteManifest(slug=PROVINCE, digest=own.digest, agency=None, problems=own.problems)
    order = {slug: position for position, slug in enumerate(protocol)}
    slugs = sorted(everyone, key=lambda slug: (order.get(slug, len(order)), slug))
    return Neighbours(
        own=own,
        agencies=tuple(agency_card(everyone[slug], available=slug in linked.manifests) for slug in slugs),
        manifests=tuple(linked.manifests[slug] for slug in slugs if slug in linked.manifests),
        promised=linked.promised,
        problems=linked.problems,
        advice=linked.advice,
    )


def _as_called_now(neighbours: Neighbours, shared: Shared, workplace: Workplace) -> Neighbours:
    """With the names that what all sites share has now.

    A site that is kept as it was has those of that time: two lists of one field would stand at one address.
    """
    renamed_kinds = load_kinds(workplace.settings["PORTAL_KINDS"]).renamed

    def named(manifest: SiteManifest) -> SiteManifest:
        for kind in renamed_kinds:
            cards = cards_of(manifest, kind.name, kind.card_type)
            renamed = tuple(kind.as_called_now(card, shared) for card in cards)
            if renamed != cards:
                manifest = manifest.with_cards(kind.name, renamed)
        return manifest

    return replace(neighbours, own=named(neighbours.own), manifests=tuple(map(named, neighbours.manifests)))
