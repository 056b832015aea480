"""What a site's folder holds, read and checked (`site_reading`): its records, its texts, its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.dossier_figures import PublishedPeriod
from plugins.portal.entries import Entry, TextSource
from plugins.portal.kinds import CardT, ContentKind, RecordT
from plugins.portal.manifest import FarDate, Reference, Settlement
from plugins.portal.picture import ShownPicture
from plugins.portal.problems import Problem
from plugins.portal.province import LifeEvent
from plugins.portal.reading import SourceFile, Untaken
from plugins.portal.shared import Shared
from plugins.portal.synonyms import SynonymList


@dataclass(frozen=True)
class FileLink:
    """A file to download, with what a person wants to know before they do."""

    name: str
    url: str
    """Without a leading slash."""
    size: int
    """In bytes."""
    kind: str
    """Such as `PDF`."""


@dataclass(frozen=True)
class Site:
    """All that a site's folder holds. With problems it is not to be built."""

    slug: str
    """Empty for the province's own site."""
    folder: Path
    display_path: str
    agency: Agency | None
    name_line: int | None = None
    """Where the agency's record has its name."""
    entries: tuple[Entry[Any], ...] = ()
    """Of all kinds of content, in order of their files."""
    unread: tuple[TextSource, ...] = ()
    """Texts whose records are not in order: what is wrong in the texts is told in the same round."""
    media: Mapping[str, SourceFile] = field(default_factory=dict)
    stored: frozenset[str] = frozenset()
    """Those of all these that came from the store of large files: they are linked, never copied."""
    withheld: Mapping[str, SourceFile] = field(default_factory=dict)
    """Files of the media folder that only entries use which are not public."""
    pictures: Mapping[str, ShownPicture] = field(default_factory=dict)
    """What pages show of `media`, by file."""
    told: Untaken = field(default_factory=Untaken)
    """What is not taken for a reason that was told, under the names that it has and is to have."""
    references: tuple[Reference, ...] = ()
    promised: tuple[str, ...] = ()
    """The codes that files of coded kinds are named after, also of those that cannot be read."""
    claims: tuple[str, ...] = ()
    """The addresses that its records take, sorted."""
    life_events: tuple[LifeEvent, ...] = ()
    """Of the province's own folder, in the order of its file."""
    synonyms: SynonymList = field(default_factory=SynonymList)
    """Of the province's own folder."""
    dossier_figures: tuple[PublishedPeriod, ...] = ()
    """What was published of earlier periods; of the province's own folder, in the order of its file."""
    hidden: Mapping[str, Entry[Any]] = field(default_factory=dict)
    """Every entry that is not public, by its file as seen from the site's folder."""
    aliases: Mapping[str, Entry[Any]] = field(default_factory=dict)
    """By an address that its page had before, without a leading slash, the entry that it leads to."""
    ended: Mapping[str, Entry[Any]] = field(default_factory=dict)
    """Entries that are shown no more, by file: their addresses say so. Neither among the entries nor hidden."""
    settled: Mapping[str, Settlement] = field(default_factory=dict)
    """By address at which it has nothing, what its file says of it."""
    scheduled: tuple[datetime, ...] = ()
    """When the passing of time will change the site; in order."""
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    """What should be looked at, but keeps nothing from being shown."""
    far_dates: tuple[FarDate, ...] = ()
    """Days that may lie far ahead."""

    @property
    def drafts(self) -> tuple[str, ...]:
        """The addresses of what is not public, also of files that only such entries use; sorted."""
        files = (addresses.media(self.slug, file) for file in self.withheld)
        return tuple(sorted([*(entry.address for entry in self.hidden.values()), *files]))

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """The addresses of what was public and is so no more; sorted."""
        return tuple(sorted(entry.address for entry in self.ended.values()))

    def of(self, kind: ContentKind[RecordT, CardT]) -> list[Entry[RecordT]]:
        """The entries of one kind, in the order of their files."""
        return [entry for entry in self.entries if entry.kind == kind.name]

    def listed(self, kind: ContentKind[RecordT, CardT], shared: Shared) -> list[tuple[Entry[RecordT], CardT]]:
        """The entries of one kind with their cards, in the order of its lists."""
        own = [(entry, kind.card_of(entry, self.slug, self.name, shared, self.pictures)) for entry in self.of(kind)]
        return sorted(own, key=lambda pair: (kind.order(pair[1]), pair[1].url))

    @cached_property
    def texts(self) -> Mapping[str, Entry[Any]]:
        """Everything with a page and a text by its file, as seen from the site's folder."""
        return {entry.source.inside: entry for entry in self.entries if entry.source.inside.endswith(".md")}

    def file_link(self, inside: str) -> FileLink:
        """A file of the site's media folder, ready to be offered."""
        name = PurePosixPath(inside)
        return FileLink(name.name, addresses.media(self.slug, inside), self.media[inside].size, name.suffix[1:].upper())

    @property
    def own_picture(self) -> ShownPicture | None:
        """That stands for the agency."""
        picture = self.agency.picture if self.agency else None
        return self.pictures.get(picture.file) if picture else None

    @property
    def name(self) -> str:
        """What people call it; its slug where its own record cannot be read."""
        return self.agency.name if self.agency else self.slug
