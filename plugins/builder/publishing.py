"""Showing what was linked: a release, unless too much would be lost, and what is not needed any more forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.builder.address_guard import AddressGuard, Answers, Settled
from plugins.builder.falling_due import due_note
from plugins.builder.folders import root
from plugins.builder.jobs import GivenUp, LinkOutcome
from plugins.builder.link_stage import LinkedPages
from plugins.builder.loss import SoMany, check_pages, check_quarantine, counted, losing_most
from plugins.builder.preparation import Prepared
from plugins.builder.quarantine import quarantined_sites
from plugins.builder.refusals import reason
from plugins.builder.shown import counts_of_sites_shown, counts_shown
from plugins.builder.site_settings import fixed_addresses, run_plugins
from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest
from plugins.portal.placeholders import LEADING_ON, WITHDRAWN_ADDRESS
from plugins.portal.problems import Text, text
from plugins.portal.site_names import LINKED, PORTAL, PROVINCE, STORED_PROVINCE, stored
from plugins.portal.stages import in_stage
from plugins.portal.values import day
from plugins.releases.checking import Checked, ReleaseFaultsError, findings, missing, notes
from plugins.releases.composing import assemble, discard_pages, passed_over, take_pages
from plugins.releases.due import note_due
from plugins.releases.file_lists import list_file
from plugins.releases.layout import DUE, LED_ON, release_id, releases_of
from plugins.releases.led_on import Unanswered, take_led_on
from plugins.releases.locking import publishing_alone
from plugins.releases.pruning import spare_release, sweep
from plugins.releases.publication import Address, held_sentence, publish
from plugins.releases.records import ReleaseRecord, facts_of, newest_record
from plugins.releases.rights import mend_rights
from plugins.releases.showing import live_release
from plugins.releases.signing import check_signing_key, sign
from plugins.releases.version_facts import note_facts, read_facts, vanished_files, without


class Publisher:
    """Shows versions of sites together."""

    def __init__(self, build: Prepared, guard: AddressGuard | None = None) -> None:
        settings = build.settings
        self._build = build
        self._guard = guard
        self._address = Address.of(settings)
        self._kept: int = settings["PORTAL_KEPT_RELEASES"]
        self._key = signing_key(settings)
        check_signing_key(self._key)
        self.release: Path | None = None
        """What was put together last; None where this build has put nothing together."""
        self.held: Text | None = None
        """Why it is not shown, where another is held."""
        self.notes: tuple[Text, ...] = ()
        """What common static hosts would not take of it."""
        self.told: tuple[Text, ...] = ()
        """What could not be noted beside it."""

    @property
    def releases(self) -> Path:
        """The folder of the releases."""
        return self._address.releases

    @in_stage("release")
    def publish(self, pages: LinkedPages, *, complete: bool) -> None:
        """Show what linking decided, unless the pages about all sites cannot be shown and never were."""
        over_all = {name: self._good(name, digest) for name, digest in pages.versions.items()}
        if not all(over_all.values()):
            return
        versions = {stored(slug): digest for slug, digest in pages.outcome.digests.items()} | over_all
        counts = counted(self._build.store(name).manifest(digest) for name, digest in versions.items() if digest)
        if not self._build.settings["PORTAL_ALLOW_LOSS"]:
            self._check_loss(pages, versions, counts)
        with publishing_alone(self.releases):
            self._put_together(versions, self._facts(pages, versions, counts), pages.outcome)
            if complete:
                self._note_due()
                sweep(self.releases, self._address.output, self._kept)
        if complete:
            self._sweep_stores(versions)

    def _note_due(self) -> None:
        """Note when something falls due next. Without the note there are publishes that need not be."""
        try:
            note_due(self.releases, due_note(self._build), of_all=not self._build.stage.only)
        except OSError as error:
            self.told = (
                text("{path}: cannot be written: {reason}; portal publish --due publishes each time without it",
                     path=self.releases / DUE, reason=reason(error.errno or 0)),
            )  # fmt: skip

    def _check_loss(self, pages: LinkedPages, versions: Mapping[str, str], counts: Mapping[str, int]) -> None:
        settings = self._build.settings
        quarantined = [site for site in quarantined_sites(self._build, pages.outcome) if site.site != PORTAL]
        sites = len(self._build.stage.slugs) + len(self._build.claims.refused)
        check_quarantine(quarantined, sites, settings["PORTAL_MOST_QUARANTINED"])

        def losing(kind: str) -> Sequence[str]:  # worked out only where something is lost
            after = {name: counted([self._build.store(name).manifest(made)]) for name, made in versions.items()}
            return losing_most(counts_of_sites_shown(settings), after)(kind)

        check_pages(counts_shown(settings), counts, self._words_of_kinds(), losing, self._newly_led_on(pages.outcome))

    def _newly_led_on(self, outcome: LinkOutcome) -> int:
        """How many pages lead on that did not in the release that is live."""
        live = live_release(self._address.output)
        before = live.record.moved if live is not None and live.record is not None else {}
        return sum(address.endswith("/") for address in outcome.moved.keys() - before.keys())

    def _check(self, versions: Mapping[str, str], led_on: Collection[str], outcome: LinkOutcome) -> None:
        """Raise `ReleaseFaultsError` where these versions together are not fit to be shown."""
        portal = self._build.stage.workplace.shared_records().province.url.rstrip("/")
        left_alone = passed_over(versions, LINKED)
        facts, vanished, drafts, manifests = {}, {}, set(), []
        new = []
        for name, digest in versions.items():
            store = self._build.store(name)
            version = store.version(digest)
            noted = read_facts(version) or note_facts(version, None, portal)
            facts[name] = without(noted, left_alone.get(name, ()))
            pages = store.www(digest)
            if not list_file(pages.resolve()).exists():  # new: what lay there before is for `portal verify`
                new.append(store.version(digest))
                vanished[name] = vanished_files(noted, pages)
            manifest = store.manifest(digest)
            drafts |= set(manifest.drafts) if manifest is not None else set()
            manifests += [manifest] if manifest is not None and name not in LINKED else []
        is_public = not self._build.settings["PORTAL_PREVIEW"]
        now = self._now() if is_public else None
        kept = [
            stored(slug) for slug, digest in outcome.digests.items() if digest != self._build.stage.versions.get(slug)
        ]
        left_out = [stored(slug) for slug in outcome.left_out]
        promised = self._promised(manifests)
        checked = Checked(facts, drafts if is_public else (), led_on, kept, left_out, promised, vanished, now)
        if faults := findings(checked):
            if missing(checked):  # by no content, but by what happened to a process or a disk
                for version in new:
                    discard_pages(version.www)
                    shutil.rmtree(version.folder)
            raise ReleaseFaultsError(faults)
        self.notes = notes(checked)

    def _promised(self, manifests: Sequence[SiteManifest]) -> list[str]:
        """What a release of these sites has for certain: pages that every portal has, and the lists of the API.

        What is called after an agency or after what all sites share may be called otherwise where a site stays as it
        was: its version knows the names of then.
        """
        fixed = fixed_addresses(run_plugins(self._build.settings))
        if addresses.API not in fixed:  # a portal may be without it
            return sorted(fixed)
        lists = (addresses.api_list(kind.api) for kind in self._build.kinds.answered_in(manifests))
        return sorted({*fixed, *lists, addresses.API_INDEX, *addresses.API_DESCRIPTIONS.values()})

    def _put_together(self, versions: Mapping[str, str], facts: ReleaseRecord, outcome: LinkOutcome) -> None:
        settled = self._settle(versions, outcome)
        follow = settled.led_on if settled is not None else {}
        withdrawn = {*outcome.withdrawn, *(settled.withdrawn if settled is not None else ())}
        moved = {address: to for address, to in {**follow, **outcome.moved}.items() if address not in withdrawn}
        facts = facts.model_copy(update={"moved": moved, "withdrawn": tuple(sorted(withdrawn))})
        led_on = {**follow, **self._without_pages(versions, outcome)}
        for name, digest in versions.items():
            take_pages(self.releases, name, digest, self._build.store(name).www(digest))
        if self._build.settings["PORTAL_CHECK_RELEASES"]:
            self._check(versions, {*led_on, *outcome.given_up}, outcome)
        self._show(versions, self._led_on(versions, led_on, outcome.given_up), facts)
        if self._guard is not None and settled is not None and self.held is None:
            self._guard.remember(versions, settled)

    def _settle(self, versions: Mapping[str, str], outcome: LinkOutcome) -> Settled | None:
        """What becomes of addresses that were published; None where nobody keeps them."""
        if self._guard is None:
            return None
        self._guard.take_in_live()
        return self._guard.settle(versions, outcome)

    def _without_pages(self, versions: Mapping[str, str], outcome: LinkOutcome) -> dict[str, str]:
        """Of the addresses that lead on, those at which no version has a page that says so."""
        answers = Answers(versions, lambda name, digest: self._build.store(name).manifest(digest), outcome)
        return {address: target for address, target in outcome.moved.items() if not answers.has(address)}

    def _led_on(
        self, versions: Mapping[str, str], led_on: Mapping[str, str], given_up: Mapping[str, GivenUp]
    ) -> dict[str, str]:
        """The version of the pages that lead on, or say since when nothing stands there; by its name, if it has any."""
        pages = self._build.store(PORTAL).version(versions[PORTAL]).open
        language = self._build.settings["DEFAULT_LANG"]
        told = {address: (day(given.day, language), given.reason) for address, given in given_up.items()}
        if not led_on and not told:
            return {}
        page, withdrawn = ((pages / name).read_text("utf-8") for name in (LEADING_ON, WITHDRAWN_ADDRESS))
        digest = take_led_on(self.releases, Unanswered(led_on, told), page, withdrawn)
        return {LED_ON: digest} if digest else {}

    def _show(self, of_sites: Mapping[str, str], besides: Mapping[str, str], facts: ReleaseRecord) -> None:
        """Put together what is ready, and let it go live unless another release is held."""
        output, releases = self._address.output, self.releases
        versions = {**of_sites, **besides}
        is_new = not (releases / release_id(versions)).is_dir()
        spare = spare_release(releases, output, self._kept) if is_new else None
        release = assemble(releases, versions, (*besides, *LINKED), spare, facts)
        mend_rights(release)
        if self._key is not None:
            sign(release, self._key)
        # Only what goes together becomes the last good versions.
        for name, digest in of_sites.items():
            self._build.store(name).show(digest)
        pin = publish(self._address, release, self._now())
        self.release, self.held = release, held_sentence(pin, release) if pin else None

    def _facts(self, pages: LinkedPages, versions: Mapping[str, str], counts: Mapping[str, int]) -> ReleaseRecord:
        """What is noted beside the release."""
        quarantined = quarantined_sites(self._build, pages.outcome)
        as_they_were = {site.site for site in quarantined} | {
            stored(slug)
            for slug, digest in pages.outcome.digests.items()
            if digest != self._build.stage.versions.get(slug) or not self._is_built(slug)
        }
        facts = facts_of(newest_record(self.releases), versions, self._build.commit, as_they_were, self._now())
        of_all = (*LINKED, LED_ON)  # these change with nearly every edit
        changed = tuple(name for name in facts.changed if name not in of_all)
        more = {"counts": dict(counts), "quarantined": quarantined, "changed": changed or facts.changed}
        return facts.model_copy(update=more)

    def _is_built(self, slug: str) -> bool:
        """Whether this build was to renew the site, and has not left it as it was."""
        only = self._build.stage.only
        return not only or stored(slug) in only

    def _now(self) -> datetime:
        return datetime.now(ZoneInfo(self._build.settings["TIMEZONE"]))

    def _sweep_stores(self, versions: Mapping[str, str]) -> None:
        """Forget versions that are neither shown nor new, and the sites of folders that are no more."""
        for name, digest in versions.items():
            slug = PROVINCE if name == STORED_PROVINCE else name
            self._build.store(name).sweep({digest, self._build.stage.versions.get(slug, digest)})
            self._build.store(name).forget_schedules(self._build.stage.inputs.get(slug, ""))
        known = {STORED_PROVINCE, *LINKED, *versions, *self._build.sources.agencies, *self._build.claims.refused}
        for folder in (self._build.memory / "sites").iterdir():
            if folder.name not in known:
                shutil.rmtree(folder)

    def _words_of_kinds(self) -> dict[str, SoMany]:
        language = self._build.settings["DEFAULT_LANG"]
        return {kind.name: partial(kind.so_many, language) for kind in self._build.kinds}

    def _good(self, name: str, digest: str) -> str:
        """That version of linked pages if it has no problems, else the one shown before; empty if there is none."""
        store = self._build.store(name)
        manifest = store.manifest(digest)
        if manifest is None or not manifest.problems:
            return digest
        self._build.journal.blame(PORTAL, *manifest.problems)
        return store.current_digest()


def address_guard(build: Prepared) -> AddressGuard | None:
    """Who looks after the addresses of the portal; None where nobody is to."""
    settings, output = build.settings, Path(build.settings["OUTPUT_PATH"])
    if not settings["PORTAL_KEEP_ADDRESSES"] or build.stage.only_read:
        return None
    guard = AddressGuard(
        releases_of(output),
        output,
        build.kinds,
        lambda name, digest: build.store(name).manifest(digest),
        content=build.sources.display_path,
        today=build.stage.workplace.now.date(),
        allow_loss=settings["PORTAL_ALLOW_LOSS"],
        renamed=build.former,
    )
    if live_release(output) is not None:
        with publishing_alone(guard.releases):
            guard.take_in_live()
    return guard


def signing_key(settings: Mapping[str, Any]) -> Path | None:
    """The key that releases are signed with; None where they are not."""
    name: str = settings["PORTAL_SIGNING_KEY"]
    return Path(root(settings), name) if name else None
