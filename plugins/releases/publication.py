"""What goes live: a release that a build gave, an older one that is gone back to, or one that was held back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from plugins.portal import addresses
from plugins.portal.files import replace_text
from plugins.portal.problems import PortalError, Text, text
from plugins.portal.site_names import LINKED
from plugins.releases.feed import feed_bytes
from plugins.releases.history import How, gone_live, read_history, write_history
from plugins.releases.layout import LED_ON, is_release, releases_of
from plugins.releases.locking import publishing_alone
from plugins.releases.pins import Pin, pin, read_pin, unpin
from plugins.releases.receipts import Receipt, held_receipt, read_receipt, receipt_of, write_receipt
from plugins.releases.records import Release, in_order, named_release, read_record
from plugins.releases.showing import check_output, known_live_release, live_release, show
from plugins.releases.web_server_answers import write_answers, write_redirects


@dataclass(frozen=True)
class Address:
    """Where releases go live, and how that is told there."""

    output: Path
    linked: Collection[str]
    """The names of the pages about all sites, among the versions."""
    language: str

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Address:
        """Where the portal of these settings goes live."""
        return cls(Path(settings["OUTPUT_PATH"]), (*LINKED, LED_ON), settings["DEFAULT_LANG"])

    @property
    def releases(self) -> Path:
        return releases_of(self.output)

    def go_live(self, release: Release, how: How, now: datetime, *, held: bool = False) -> None:
        """Let a release be shown, in one step; its receipt, the feed in it and what it answers are there beforehand."""
        check_output(self.output)
        live = live_release(self.output)
        before = self._receipt(live)
        receipt = receipt_of(release, before, now, self.linked, self.language)
        write_receipt(release.folder, held_receipt(receipt, self._newest()) if held else receipt)
        if live is None or live.name != release.name:
            self._tell(release, how, now)
        elif not (release.folder / addresses.LIVE_RELEASES).is_file():
            self._write_feed(release)
        write_answers(self.releases, release)
        write_redirects(self.releases, release)
        show(release.folder, self.output)

    def tell_of_waiting(self, newest: Release) -> None:
        """Let the receipt of what is held say which release waits."""
        live = live_release(self.output)
        if live is not None and (receipt := self._receipt(live)) is not None:
            write_receipt(live.folder, held_receipt(receipt, newest))
        if live is not None:  # of which an older program may have noted nothing
            write_answers(self.releases, live)

    def _newest(self) -> Release | None:
        known = in_order(self.releases)
        return known[-1] if known else None

    def _receipt(self, release: Release | None) -> Receipt | None:
        return read_receipt(release.folder) if release is not None else None

    def _tell(self, release: Release, how: How, now: datetime) -> None:
        write_history(self.releases, read_history(self.releases).with_entry(gone_live(release, how, now)))
        self._write_feed(release)

    def _write_feed(self, release: Release) -> None:
        written = feed_bytes(read_history(self.releases), self.language)
        replace_text(release.folder / addresses.LIVE_RELEASES, written.decode())


def publish(address: Address, folder: Path, now: datetime) -> Pin | None:
    """Let a release that was put together go live, unless another is held: then the pin is given.

    What is held is shown again where the link to it has been taken away by hand. Whoever calls it publishes alone.
    """
    release, held = Release(folder, read_record(folder)), read_pin(address.releases)
    if held is not None and live_release(address.output) is not None:
        address.tell_of_waiting(release)
        return held
    kept = _held_release(address.releases, held)
    if kept is not None:
        address.go_live(kept, "taken back", now, held=True)
        return held
    address.go_live(release, "published", now, held=held is not None)
    return None


def _held_release(releases: Path, held: Pin | None) -> Release | None:
    """The release that is held, where it is whole."""
    if held is None or not is_release(held.release):
        return None
    folder = releases / held.release
    release = Release(folder, read_record(folder))
    return release if folder.is_dir() and release.is_whole else None


def held_sentence(held: Pin, release: Path) -> Text:
    """What a build tells whose release does not go live."""
    new = Release(release, None).short
    if not held.release:
        return text(
            "This build is release {new}. It does not go live, for the note of what is held (pin.json) cannot be read: "
            "portal release removes it and shows the newest.",
            new=new,
        )
    return text(
        "This build is release {new}. It does not go live, for release {held} is held since a rollback: "
        "portal release shows the newest.",
        new=new,
        held=held.short,
    )


def roll_back(address: Address, wanted: str, now: datetime) -> Release:
    """Show a release again, and hold it; with no name the one before that which is shown.

    Raises `PortalError` where there is none such, or it is not whole: what is shown stays.
    """
    if not address.releases.is_dir():
        known_live_release(address.output)
    with publishing_alone(address.releases):
        check_output(address.output)
        release = named_release(address.releases, wanted) if wanted else _one_before(address)
        if not release.is_whole:
            raise PortalError(
                text("release {id} is not whole, and not shown; portal releases lists the others", id=release.short)
            )
        before = read_pin(address.releases)
        # First: one that is killed in between has to be told once more, and no build undoes it.
        pin(address.releases, release.name, now)
        try:
            _take_over_what_is_of_now(address, release)
            address.go_live(release, "taken back", now, held=True)
        except OSError:
            _hold_as_before(address, before)
            raise
    return release


def _hold_as_before(address: Address, before: Pin | None) -> None:
    """Of a step back that could not be taken nothing is left: what is built goes live, or not, as it did."""
    if before is None or before.since is None:
        unpin(address.releases)
    else:
        pin(address.releases, before.release, before.since)


def _take_over_what_is_of_now(address: Address, release: Release) -> None:
    """Figures and emergency notices are those of now, whatever release shows them.

    Of a release that knows neither, no page asks for them.
    """
    live = live_release(address.output)
    if live is None or live.name == release.name:
        return
    for file in (addresses.LIVE_FIGURES, addresses.LIVE_ALERTS):
        newer, older = (entry.folder / file for entry in (live, release))
        if newer.is_file() and older.is_file():
            replace_text(older, newer.read_text("utf-8"))


def _one_before(address: Address) -> Release:
    live, known = known_live_release(address.output), in_order(address.releases)
    names = [release.name for release in known]
    earlier: Sequence[Release] = known[: names.index(live.name)]
    if live.record is None:  # nobody knows how old it is
        earlier = [release for release in known if release.name != live.name]
    whole = [release for release in earlier if release.is_whole]
    if not whole:
        raise PortalError(text("there is no release before {id}, which is shown", id=live.short))
    return whole[-1]


def let_go(address: Address, now: datetime) -> Release:
    """Hold nothing any more, and show the newest release that is whole; raises `PortalError` where there is none."""
    if not address.releases.is_dir():
        known_live_release(address.output)
    with publishing_alone(address.releases):
        whole = [release for release in in_order(address.releases) if release.is_whole]
        if not whole:
            raise PortalError(text("{path}: there is no release that is whole; publish one", path=address.releases))
        _take_over_what_is_of_now(address, whole[-1])
        address.go_live(whole[-1], "let go", now)
        unpin(address.releases)
    return whole[-1]
