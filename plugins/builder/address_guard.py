"""A guard against dead addresses: what was ever published answers, leads on, or was let go by somebody who said so.

What is known of a version of which no address leads nowhere is noted, so that a site costs nothing while it stays as it
is: of each address that it does not answer itself it is looked at again who does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from plugins.builder.jobs import LinkOutcome, Version
from plugins.portal import addresses
from plugins.portal.kept_addresses import MOST_NAMED, KeptAddresses, LostAddresses
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import LostAddressError, Text, text
from plugins.portal.record_files import ADDRESSES
from plugins.portal.site_names import CATALOGUE, FILLED, PERMANENT, PORTAL, PROVINCE, SEARCH, STORED_PROVINCE, stored
from plugins.portal.system_errors import reason
from plugins.releases.address_ledger import CHECKED, DERIVED, LET_GO, PUBLISHED, AddressLedger, Checked, Standing
from plugins.releases.file_lists import read_list
from plugins.releases.layout import LED_ON, VERSIONS
from plugins.releases.records import Release, ReleaseRecord, in_order
from plugins.releases.showing import live_release

_KEEP_NONE = (SEARCH, LED_ON, FILLED)
"""Versions whose files are called after their content, lead on, or are pages of sites, which keep their addresses."""
_OF_ALL = (CATALOGUE, PERMANENT, PORTAL)
"""Versions of pages about all sites, whose addresses are kept."""
ManifestOf = Callable[[str, str], SiteManifest | None]
"""The manifest of a version, by the name of its site and its digest; None where it is not known any more."""


@dataclass(frozen=True)
class Settled:
    """What becomes of the addresses that no version of a release answers."""

    led_on: Mapping[str, str]
    """Those that lead on to what stands above them."""
    withdrawn: frozenset[str]
    """Those of which somebody has withdrawn what they followed from, whether they lead on or not."""
    let_go: tuple[str, ...]
    """Those that somebody lets lead nowhere."""
    checked: Mapping[str, Checked]
    """What may be noted, once the release is live."""


@dataclass
class AddressGuard:
    """Looks after the addresses of one portal."""

    releases: Path
    output: Path
    kinds: Kinds
    manifest_of: ManifestOf
    content: str
    """The content folder as people see it."""
    today: date
    allow_loss: bool
    renamed: Mapping[str, str] = field(default_factory=dict)
    """By an address that a page or file had before git renamed it, the one that it had last."""
    notes: list[Text] = field(default_factory=list)
    """What whoever builds is told."""
    _unwritten: dict[str, Text] = field(default_factory=dict)
    """Why addresses could not be noted, by site."""
    _unheard_of: dict[str, Sequence[str]] = field(default_factory=dict)
    """Addresses that are noted, by site, and that no release has."""

    def __post_init__(self) -> None:
        self.ledger = AddressLedger.beside(self.releases)

    def take_in_live(self) -> None:
        """Add what the live release has and the ledger lacks: before the first publish, or after one that was killed.

        Whoever calls it publishes alone.
        """
        live = live_release(self.output)
        if live is None or live.record is None:
            return
        self.ledger.check_sizes()
        checked = self.ledger.checked()
        for name, digest in live.record.versions.items():
            noted = checked.get(name)
            is_noted = noted is not None and noted.version == digest and noted.size == self.ledger.size(name)
            if name not in _KEEP_NONE and not is_noted:
                self._add(name, self._kept(name, digest, live.record.manifests.get(name, "")))
        self._take_in_led_on(live.record, checked.keys())

    def _take_in_led_on(self, record: ReleaseRecord, had: Collection[str]) -> None:
        """Add what leads on in the live release and is of agencies without a version, of which the ledger has nothing.

        Nothing else knows what these had published. It is told of those that the ledger `had`, which has lost it.
        """
        closed: dict[str, set[str]] = defaultdict(set)
        for address in (*record.moved, *record.withdrawn):
            name = address.partition("/")[0]
            if name not in record.versions and addresses.site_home(name) in record.moved:
                closed[name].add(address)
        for name, led_on in sorted(closed.items()):
            if self.ledger.size(name):
                continue
            self._add(name, KeptAddresses(frozenset(led_on), frozenset()))
            if name in had or not had:
                path = self.ledger.folder / f"{name}.txt"
                self.notes.append(text("{path}: is gone; what leads on in the live release was noted again", path=path))

    def missing(self, versions: Iterable[Version], gone: Iterable[Version] = ()) -> list[tuple[str, ...]]:
        """The slug of each site whose new version lacks what an editor had published, and the addresses, in order.

        Of those that are gone it is all that they had.
        """
        if self.allow_loss:
            return []
        checked, versions = self.ledger.checked(), list(versions)
        sites = {version.slug for version in versions}
        missing = [(version.slug, *self._unanswered(version.slug, "", None, checked)[0]) for version in gone]
        for version in versions:
            manifest = self.manifest_of(stored(version.slug), version.digest)
            if manifest is not None and not manifest.problems:
                published, _ = self._unanswered(stored(version.slug), version.digest, manifest, checked)
                given_up = {address for address, way in manifest.settled.items() if way.to is None}
                settled = manifest.moved.keys() | {*manifest.withdrawn, *given_up}
                others = sites - {version.slug}  # what is below their addresses is theirs
                lost = [
                    address
                    for address in published
                    if address not in settled and address.partition("/")[0] not in others and self._was_there(address)
                ]
                if lost:
                    missing.append((version.slug, *lost))
        return sorted(missing)

    def gone(self, slugs: Iterable[str]) -> list[tuple[str, ...]]:
        """The slug of each of these agencies, which have no folder any more, and all that it published, in order."""
        checked = self.ledger.checked()
        had = ((slug, self._unanswered(slug, "", None, checked)) for slug in slugs)
        return [(slug, *published, *derived) for slug, (published, derived) in had]

    def settle(self, versions: Mapping[str, str], outcome: LinkOutcome) -> Settled:
        """What becomes of every address that these versions do not answer where they did.

        Raises `LostAddressError` where an editor published it, and nobody has said what becomes of it.
        """
        answers = Answers(versions, self.manifest_of, outcome)
        before, checked, lost = self.ledger.checked(), {}, {}
        led_on: dict[str, str] = {}
        for name in sorted({*versions, *self.ledger.names()}.difference(_KEEP_NONE)):
            digest = versions.get(name, "")
            manifest = self.manifest_of(name, digest) if digest else None
            published, derived = self._unanswered(name, digest, manifest, before)
            dead = [address for address in published if not answers.settle(address)]
            follow = [address for address in derived if not answers.settle(address)]
            if name in outcome.left_out:  # it is broken, and a notice stands there until it is mended
                dead, follow = [], [*dead, *follow]
            if not self.allow_loss:
                self._unheard_of[name] = [address for address in dead if not self._was_there(address)]
                dead = [address for address in dead if address not in self._unheard_of[name]]
            if dead:
                lost[name] = dead
            led_on |= {address: answers.above(address) for address in follow if not answers.is_below_file(address)}
            left = tuple(address for address in published if address not in dead)
            checked[name] = Checked(version=digest, size=0, published=left, derived=tuple(derived))
        if lost and not self.allow_loss:
            raise self._error(lost, answers)
        gone = tuple(sorted(address for dead in lost.values() for address in dead))
        withdrawn = {address for address, above in led_on.items() if above in outcome.withdrawn}
        withdrawn |= {address for address in outcome.moved if _page_of_file(address) in outcome.withdrawn}
        return Settled(led_on, frozenset(withdrawn), gone, checked)

    def remember(self, versions: Mapping[str, str], settled: Settled) -> None:
        """Note what has gone live, and what was let go. What cannot be noted now is told, and the next publish does it.

        Whoever calls it publishes alone.
        """
        before = self.ledger.checked()
        for name, checked in settled.checked.items():
            noted = before.get(name)
            if noted is None or noted.version != checked.version or noted.size != self.ledger.size(name):
                self._remember(name, checked.version, settled.let_go)
        self._note_checked(settled.checked)
        if settled.let_go:
            named = ", ".join(f"/{address}" for address in settled.let_go[:MOST_NAMED])
            named += ", …" if len(settled.let_go) > MOST_NAMED else ""
            number = len(settled.let_go)
            self.notes.append(text("{number} addresses lead nowhere from now on: {names}", number=number, names=named))

    def _note_checked(self, checked: Mapping[str, Checked]) -> None:
        """Note of which versions all is settled and noted."""
        noted = {name: entry for name, entry in checked.items() if name not in self._unwritten}
        sized = {name: entry.model_copy(update={"size": self.ledger.size(name)}) for name, entry in noted.items()}
        try:
            self.ledger.note_checked(sized)
        except OSError as error:
            self._cannot_note(CHECKED, error)

    def _append(self, name: str, lines: Mapping[str, Standing]) -> None:
        """Add lines; where that cannot be, the next publish does it: nobody is kept from publishing by it."""
        try:
            self.ledger.append(name, lines)
        except OSError as error:
            self._cannot_note(name, error)

    def _cannot_note(self, name: str, error: OSError) -> None:
        path = error.filename or self.ledger.folder
        self._unwritten[name] = text(
            "{path}: the addresses that are live now could not be noted: {reason}; the next publish does it",
            path=path, reason=reason(error),
        )  # fmt: skip

    def told(self) -> tuple[Text, ...]:
        """What whoever builds is told, with what of the ledger is damaged."""
        unheard_of = {name: self._of_no_release(name, told) for name, told in self._unheard_of.items() if told}
        damage = unheard_of | self.ledger.damage | self._unwritten
        return (*self.notes, *(damage[name] for name in sorted(damage)))

    def _of_no_release(self, name: str, told: Sequence[str]) -> Text:
        named = ", ".join(f"/{address}" for address in told[:MOST_NAMED]) + (", …" if len(told) > MOST_NAMED else "")
        return text(
            "{path}: {number} addresses in it are of no release that is kept, and lead nowhere: {names}; remove these "
            "lines if they are not this portal's, else write in {file} what becomes of them",
            path=self.ledger.path(name), number=len(told), names=named, file=ADDRESSES,
        )  # fmt: skip

    def _remember(self, name: str, digest: str, let_go: Sequence[str]) -> None:
        known = self.ledger.read(name)
        lines: dict[str, Standing] = {address: LET_GO for address in let_go if known.get(address) == PUBLISHED}
        if digest:
            kept = self._kept(name, digest, "")
            lines |= dict.fromkeys((a for a in kept.derived if known.get(a) not in (DERIVED, PUBLISHED)), DERIVED)
            lines |= dict.fromkeys((a for a in kept.published if known.get(a) != PUBLISHED), PUBLISHED)
        self._append(name, lines)

    def _add(self, name: str, kept: KeptAddresses) -> None:
        """Add what is not known; of what was let go nobody is asked again because an older release shows it."""
        known = self.ledger.read(name)
        lines: dict[str, Standing] = dict.fromkeys((a for a in kept.derived if a not in known), DERIVED)
        lines |= dict.fromkeys((a for a in kept.published if known.get(a, DERIVED) == DERIVED), PUBLISHED)
        self._append(name, lines)

    def _kept(self, name: str, digest: str, list_digest: str) -> KeptAddresses:
        """The addresses of a version: by its manifest, and where that is no more by the list of its files."""
        manifest = self.manifest_of(name, digest)
        if manifest is not None:
            return KeptAddresses.of(manifest)
        files = read_list(self.releases / VERSIONS / name / digest, list_digest) or {}
        return KeptAddresses.of_files(files, addresses.site_home(_site_of(name)))

    def _unanswered(
        self, name: str, digest: str, manifest: SiteManifest | None, checked: Mapping[str, Checked]
    ) -> tuple[Sequence[str], Sequence[str]]:
        """What of a site's addresses its version does not answer: what was published, and what followed; in order."""
        noted = checked.get(name)
        if noted is not None and noted.version == digest and noted.size == self.ledger.size(name):
            return noted.published, noted.derived
        answered = set(manifest.addresses) if manifest is not None else set()
        known = sorted(self.ledger.read(name).items())
        published = [a for a, standing in known if standing == PUBLISHED and a not in answered]
        return published, [a for a, standing in known if standing == DERIVED and a not in answered]

    def _error(self, lost: Mapping[str, Sequence[str]], answers: Answers) -> LostAddressError:
        """Which addresses, whose, and what settles each; the first few."""
        words = LostAddresses(self.kinds, self.content, self.today, answers.sites(), self.renamed)
        every = [(_site_of(name), address) for name, dead in sorted(lost.items()) for address in dead]
        told = [words.problem(site, address) for site, address in every[:MOST_NAMED]]
        return LostAddressError(len(every), told, str(self.ledger.folder))

    def _was_there(self, address: str) -> bool:
        """Whether a release that is kept answers an address; where none is, nobody knows, and it counts as if one did.

        What none answers leads nowhere already, whatever is published: it came by a hand or a stray file, and stops
        nobody.
        """
        releases = self._releases
        return not releases or any(_answers_at(release, address) for release in releases)

    @cached_property
    def _releases(self) -> tuple[Release, ...]:
        return tuple(in_order(self.releases))


@dataclass(frozen=True)
class Answers:
    """Who answers an address in a release that is to be."""

    versions: Mapping[str, str]
    manifest_of: ManifestOf
    outcome: LinkOutcome
    _manifests: dict[str, SiteManifest | None] = field(default_factory=dict, init=False, compare=False)
    """Of the versions that were asked about, by name: there may be thousands of addresses, of a few sites."""

    def settle(self, address: str) -> bool:
        """Whether it has a page or a file, or leads on to one."""
        return address in self.outcome.moved or address in self.outcome.withdrawn or self.has(address)

    def has(self, address: str) -> bool:
        return not address or any(_has(manifest, address) for manifest in self._may_have(address))

    def above(self, address: str) -> str:
        """The nearest address above one at which there is a page, or was; never one that leads on further.

        Where that leads on, it is what has the same name below the new one, if there is such.
        """
        followed = address
        while address:
            address = f"{address.rstrip('/').rpartition('/')[0]}/".lstrip("/")
            if address in self.outcome.moved:
                target = self.outcome.moved[address]
                like = f"{target}{followed.removeprefix(address)}"
                return like if target.endswith("/") and like not in self.outcome.moved and self.has(like) else target
            if address in self.outcome.withdrawn or self.has(address):
                return address
        return ""

    def is_below_file(self, address: str) -> bool:
        """Whether a file stands where the folder of its page would."""
        parts = address.rstrip("/").split("/")
        return any(self.has("/".join(parts[:number])) for number in range(1, len(parts) + 1))

    def sites(self) -> dict[str, SiteManifest]:
        """The sites by slug."""
        names = (name for name in self.versions if name not in (*_OF_ALL, *_KEEP_NONE))
        return {m.slug: m for name in names if (m := self._manifest(name)) is not None}

    def _may_have(self, address: str) -> Iterator[SiteManifest]:
        """The versions that may have pages there: of its own site, of the province, of what is about all."""
        for name in dict.fromkeys((address.partition("/")[0], STORED_PROVINCE, *_OF_ALL)):
            if name in self.versions and (manifest := self._manifest(name)) is not None:
                yield manifest

    def _manifest(self, name: str) -> SiteManifest | None:
        if name not in self._manifests:
            self._manifests[name] = self.manifest_of(name, self.versions[name])
        return self._manifests[name]


def _site_of(name: str) -> str:
    """The slug of the site whose version has that name; that of the province for pages about all sites."""
    return PROVINCE if name in (STORED_PROVINCE, *_OF_ALL) else name


def _answers_at(release: Release, address: str) -> bool:
    """Whether a release has a page or a file at an address, leads on from it, or says that it was withdrawn."""
    record = release.record
    if record is not None and (address in record.moved or address in record.withdrawn):
        return True
    return (release.folder / addresses.saved_as(address)).exists()


def _page_of_file(address: str) -> str | None:
    """The page that a file lies beside; None of what is none."""
    return None if address.endswith("/") else f"{address.rpartition('/')[0]}/"


def _has(manifest: SiteManifest, address: str) -> bool:
    position = bisect_left(manifest.addresses, address)
    return position < len(manifest.addresses) and manifest.addresses[position] == address
