"""One digest for everything that a site is built from; equal digests mean equal bytes."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.builder.engine_memory import engine_fingerprint
from plugins.portal.digests import SIZE, Digest
from plugins.portal.reading import MAX_FOLDER_DEPTH, MAX_MEDIA_BYTES


class TreeDigest(Digest):
    """A digest into which folders go as well."""

    def add_tree(self, folder: Path) -> None:
        """Every file below a folder, by name and content.

        Anybody may have put the files there: links go in as where they lead, never as what they hold; what is larger
        than any content may be goes in by its size and time; nothing is opened that could keep us waiting.
        """
        for path, entry in _files(folder, "", 0):
            self.add(path)
            status = entry.stat(follow_symlinks=False)
            if entry.is_symlink():
                self.add("link", str(Path(entry.path).readlink()))
            elif not stat.S_ISREG(status.st_mode):
                self.add("not a file")
            elif status.st_size > MAX_MEDIA_BYTES:
                self.add("large", str(status.st_size), str(status.st_mtime_ns))
            else:
                self._add_content(entry.path)

    def _add_content(self, path: str) -> None:
        with open(path, "rb") as stream:  # noqa: PTH123  # half the time of Path.open, for ten thousand files
            self.add(hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=SIZE)).digest())


def _files(folder: str | Path, inside: str, depth: int) -> Iterable[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{inside}/{entry.name}"
        if entry.is_dir(follow_symlinks=False) and depth <= MAX_FOLDER_DEPTH:
            yield from _files(entry.path, path, depth + 1)
        else:
            yield path, entry


def code_digest(settings: Mapping[str, Any], memory: Path | None = None) -> str:
    """Of the code and the libraries under pages; `memory` is a file that spares the next process taking it again."""
    return engine_fingerprint((*settings.get("PORTAL_SITE_PLUGINS", ()), *settings.get("PORTAL_KINDS", ())), memory)


def engine_digest(
    theme: str, overrides: Sequence[Path], settings: Mapping[str, Any], memory: Path | None = None
) -> str:
    """Of everything that all sites share but content: code and libraries under pages, the settings, and the theme.

    `theme` is its fingerprint; `overrides` are folders of templates that go before the theme's.
    """
    digest = TreeDigest()
    digest.add("engine", code_digest(settings, memory), json.dumps(settings, sort_keys=True), theme)
    for folder in overrides:
        digest.add("override")
        if folder.is_dir():
            digest.add_tree(folder)
    return digest.hex()


@dataclass(frozen=True)
class SiteInputs:
    """What a site is built from beside the engine, each by its fingerprint."""

    slug: str
    shared: str
    """The records that all sites share."""
    folder: str
    """The site's own folder."""
    history: str = ""
    """The changes of its procedures; empty where there are none."""
    taken: Sequence[str] = ()
    """Of the province: the agencies' addresses that its pages ask for."""
    others_codes: Sequence[str] = ()
    """Codes of its procedure files that are another's."""
    unlinked: Sequence[str] = ()
    """Targets of links that are shown as text."""
    refused: Sequence[str] = ()
    """What keeps the site from being shown, as it is told."""
    only_read: bool = False
    """Whether nothing is built."""
    alerts: Sequence[str] = ()
    """Emergency notices on its pages."""
    trust: str = ""
    """The certificates that signatures of its files are checked against; empty where it has no such files."""


def site_digest(engine: str, inputs: SiteInputs) -> str:
    """Of everything that a site is built from."""
    digest = Digest()
    digest.add("site", engine, inputs.slug, inputs.shared, inputs.folder, inputs.history)
    digest.add("taken", *inputs.taken)
    digest.add("others codes", *inputs.others_codes)
    digest.add("unlinked", *inputs.unlinked)
    digest.add("alerts", *inputs.alerts)
    digest.add("trust", inputs.trust)
    if inputs.refused or inputs.only_read:
        digest.add("refused", str(inputs.only_read), *inputs.refused)
    return digest.hex()


@dataclass(frozen=True)
class LinkInputs:
    """What the pages about all sites are built from beside the sites."""

    shared: str
    """The fingerprint of the records that all sites share."""
    settings: Mapping[str, Any]
    """Those that show in these pages alone."""
    figures: str
    """The fingerprint of the last good figures of dossiers and their history."""
    removed: Sequence[str] = ()
    """The procedures that once were in the content."""
    owners: Sequence[tuple[str, str]] = ()
    """Codes that more than one folder has a file for, each with the slug of its owner."""
    alerts: Sequence[str] = ()
    """Emergency notices."""
    missing: Sequence[tuple[str, ...]] = ()
    """The slug of each site whose new version lacks pages and files that it had published, and their addresses."""
    former: Sequence[tuple[str, str]] = ()
    """Addresses that pages and files had before they were renamed, each with the one that it has now."""
    gone: Sequence[tuple[str, ...]] = ()
    """The slug of each agency that has no folder any more, and the addresses that it had published."""


def link_digest(engine: str, versions: Iterable[tuple[str, str, str]], inputs: LinkInputs) -> str:
    """Of the linked pages: what all sites share, of each site its slug and its versions new and last good."""
    digest = Digest()
    digest.add("link", engine, inputs.shared, json.dumps(inputs.settings, sort_keys=True), inputs.figures)
    digest.add("removed", *inputs.removed)
    digest.add("alerts", *inputs.alerts)
    for owner in inputs.owners:
        digest.add("owner", *owner)
    for site in inputs.missing:
        digest.add("missing", *site)
    for pair in inputs.former:
        digest.add("former", *pair)
    for agency in inputs.gone:
        digest.add("gone", *agency)
    for site in versions:
        digest.add("version", *site)
    return digest.hex()


def catalogue_digest(engine: str, shared: str, facts: str, alerts: Sequence[str] = ()) -> str:
    """Of the catalogue: what all sites share, the facts of the shown sites that it is made of, emergency notices."""
    digest = Digest()
    digest.add("catalogue", engine, shared, facts, *alerts)
    return digest.hex()


def permanent_digest(engine: str, page: str, leading: Iterable[tuple[str, str, str]]) -> str:
    """Of addresses that lead to records: the page of all of them, and each with what it leads to and its address."""
    digest = Digest()
    digest.add("permanent", engine, page)
    for way in leading:
        digest.add(*way)
    return digest.hex()


def filled_digest(catalogue: str, open_pages: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Of the pages that sites left open: what the catalogue is made of, and of each site its slug and open pages."""
    digest = Digest()
    digest.add("filled", catalogue)
    for slug, pages in open_pages:
        digest.add(slug, *(part for page in sorted(pages.items()) for part in page))
    return digest.hex()


def search_digest(engine: str, counted: Iterable[tuple[str, str]], speech: str) -> str:
    """Of search over all sites: of each site its slug and what was counted in it, and how people speak."""
    digest = Digest()
    digest.add("search", engine, speech)
    for site in counted:
        digest.add(*site)
    return digest.hex()
