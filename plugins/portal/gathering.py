"""All files of a folder, each read for what its place says it is: a record, an entry of a kind, a file to offer.

What is told of a file that is none of them is told here too; what records mean for each other is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.dossier_figures import DossierFigureList
from plugins.portal.entries import Entry, Source, TextSource
from plugins.portal.file_places import MEDIA
from plugins.portal.folder_reader import FolderReader, TextWithRecord, plain_name
from plugins.portal.kinds import AnyKind, Kinds, PageAddressError
from plugins.portal.liveness import sign_of_life
from plugins.portal.media import (
    MEDIA_SIGNATURES,
    OF_LETTERS,
    begins_as,
    fault_of_text,
    instead_of_content,
    instead_of_kind,
    too_large,
)
from plugins.portal.pointers import is_pointer, pointer_to
from plugins.portal.problems import text
from plugins.portal.province import LifeEventList, Province
from plugins.portal.reading import MAX_MEDIA_BYTES, Obstacle, SourceFile, slug_of, walk
from plugins.portal.record_files import (
    ADDRESSES,
    AGENCY,
    CERTIFICATES,
    DOSSIER_FIGURES,
    LIFE_EVENTS,
    OF_AGENCY,
    OWN_FILES,
    REVOCATIONS,
    SYNONYMS,
    TRUST,
    is_in_trust,
)
from plugins.portal.remedies import media_name
from plugins.portal.settled_addresses import SettledAddressList
from plugins.portal.site_names import is_agency
from plugins.portal.synonyms import SynonymList

_UNREADABLE = "\ufffd"
"""In names as they are shown: stands for bytes that are no UTF-8, and for controls."""


@dataclass
class Gathered:
    """What the files of a folder hold."""

    agency: tuple[Source, Agency] | None = None
    province: tuple[Source, Province] | None = None
    events: tuple[Source, LifeEventList] | None = None
    synonyms: tuple[Source, SynonymList] | None = None
    figures: tuple[Source, DossierFigureList] | None = None
    settled: tuple[Source, SettledAddressList] | None = None
    entries: list[Entry[Any]] = field(default_factory=list)
    unread: list[TextSource] = field(default_factory=list)
    media: dict[str, SourceFile] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    """Those of `media` that came from the store of large files."""
    paths: set[str] = field(default_factory=set)
    """Of all files, from the folder."""
    promised: tuple[str, ...] = ()
    """The codes that files are named after, also those that cannot be read."""


def gather(reader: FolderReader, obstacles: Iterable[Obstacle], passed_over: Set[str]) -> Gathered:
    """Read a whole folder; `obstacles` are known of it beforehand, files `passed_over` belong to others."""
    files, more = walk(reader.folder, reader.display_path)
    for obstacle in (*obstacles, *more):
        reader.rejected.add(obstacle.inside)
        (reader.problems if obstacle.stops else reader.advice).append(obstacle.problem)
    reader.rejected |= passed_over
    reader.files = {plain_name(file.inside) for file in files}
    gathered = Gathered(paths={file.inside for file in files})
    for file in files:
        if file.inside not in passed_over:
            _take(reader, file, gathered)
    gathered.promised = _promised(reader.kinds, (gathered.paths | reader.rejected) - passed_over)
    return gathered


def _take(reader: FolderReader, file: SourceFile, gathered: Gathered) -> None:
    """Read a file for what its place in the folder says it is."""
    sign_of_life()
    top, _, below = file.inside.partition("/")
    if _UNREADABLE in file.inside:
        reader.rejected.add(file.inside)
        reader.report(
            file.inside,
            "its name has letters that cannot be read",
            "rename it: names are UTF-8, without control characters",
        )
        return
    if not below and _take_record(reader, file, gathered):
        return
    if top == MEDIA and below:
        _take_media(reader, file, gathered)
    elif top == TRUST and not is_agency(reader.slug):
        _look_at_trust(reader, file)
    elif (kind := reader.kinds.of_file(file.inside)) is not None:
        _entry(reader, file, kind, gathered)
    else:
        reader.rejected.add(file.inside)
        reader.misplaced(file)
    if top != MEDIA:
        reader.look_for_copies(file)


def _look_at_trust(reader: FolderReader, file: SourceFile) -> None:
    """A file beside the certificates that the province trusts; they themselves are read before sites are."""
    if not is_in_trust(file.inside):
        reader.rejected.add(file.inside)
        reader.report(
            file.inside,
            "is no certificate and no list of revoked ones",
            "files of {folder} end in {suffixes}, and lie in no folder below it; remove it, above all if it is a key",
            folder=f"{TRUST}/",
            suffixes=", ".join((*CERTIFICATES, *REVOCATIONS)),
        )


def _take_record(reader: FolderReader, file: SourceFile, gathered: Gathered) -> bool:
    """Read one of the records that stand beside the folders; whether it is one."""
    if file.inside == ADDRESSES:
        gathered.settled = reader.yaml_record(SettledAddressList, file)
    elif is_agency(reader.slug):
        if file.inside == AGENCY:
            gathered.agency = reader.yaml_record(Agency, file)
    elif file.inside == LIFE_EVENTS:
        gathered.events = reader.yaml_record(LifeEventList, file)
    elif file.inside == SYNONYMS:
        gathered.synonyms = reader.yaml_record(SynonymList, file)
    elif file.inside == DOSSIER_FIGURES:
        gathered.figures = reader.yaml_record(DossierFigureList, file)
    return file.inside in (OF_AGENCY if is_agency(reader.slug) else OWN_FILES)


def _promised(kinds: Kinds, paths: Iterable[str]) -> tuple[str, ...]:
    """The codes that files of coded kinds are named after."""
    coded = [kind for kind in kinds if kind.codes]
    return tuple(sorted({PurePosixPath(path).stem for kind in coded for path in paths if kind.takes(path)}))


def _entry(reader: FolderReader, file: SourceFile, kind: AnyKind, gathered: Gathered) -> None:
    """A file of a content kind: a text with its record, or a record alone."""
    if file.inside.endswith(".md"):
        read = reader.front_matter(kind.model, file)
    else:
        alone = reader.yaml_record(kind.model, file)
        read = None if alone is None else TextWithRecord(TextSource(alone[0], slug_of(file.inside), "", 1), alone[1])
    slug = PurePosixPath(file.inside).stem if kind.codes else reader.slug_for(file)
    taken = not kind.has_list and slug in reader.taken
    if taken:
        reader.report(file.inside, "the address /{address}/ is taken", "rename the file", address=slug)
    record = None if read is None else read.record
    address = None if record is None or not slug or taken else _address(reader, file, kind, record, slug)
    if read is None or record is None or address is None:
        reader.rejected.add(file.inside)
        if read is not None:
            gathered.unread.append(read.text)
        return
    reader.claims[address].append(file.inside)
    written = read.text
    gathered.entries.append(
        Entry(
            written.source,
            slug,
            written.body,
            written.body_line,
            kind.name,
            record,
            address,
            uncertain=written.uncertain,
            damaged_letters=written.damaged_letters,
        )
    )


def _address(reader: FolderReader, file: SourceFile, kind: AnyKind, record: BaseModel, slug: str) -> str | None:
    """Where an entry's page will stand; None, and told, where its kind gives it no address of its own."""
    try:
        address = kind.address(reader.slug, record, slug)
    except PageAddressError as error:
        reader.report(
            file.inside,
            'the kind "{kind}" gives it the address "{address}", which is none below its list',
            "tell who looks after the portal: page of the kind must give parts of letters and digits, such as a/b/",
            kind=kind.name,
            address=error,
        )
        return None
    first = address.removeprefix(addresses.site_home(reader.slug)).partition("/")[0]
    if not kind.has_list and first in reader.taken:
        reader.report(file.inside, "the address /{address}/ is taken", "rename the file", address=first)
        return None
    return address


def _take_media(reader: FolderReader, file: SourceFile, gathered: Gathered) -> None:
    if is_pointer(file.inside):
        return  # what it stands for lies beside it, or is an obstacle
    suffix = PurePosixPath(file.inside).suffix
    wanted = media_name(file.inside)
    is_stored = pointer_to(file.inside) in gathered.paths
    if file.size > MAX_MEDIA_BYTES and not is_stored:
        reader.tell(file.inside, *too_large(file.inside))
    elif suffix.lower() not in MEDIA_SIGNATURES:
        message = text('files of the kind "{kind}" cannot be offered', kind=suffix)
        reader.tell(file.inside, message, instead_of_kind(suffix))
    elif file.inside != wanted:
        reader.report(file.inside, "its name does not stand well in an address", "rename it to {name}", name=wanted)
        _check_content(reader, file, suffix.lower())
    elif not _check_content(reader, file, suffix):
        pass
    else:
        gathered.media[file.inside] = file
        if is_stored:
            gathered.stored.add(file.inside)
        return
    reader.rejected |= {file.inside, wanted}


def _check_content(reader: FolderReader, file: SourceFile, suffix: str) -> bool:
    """Whether a file of media begins as its kind does; otherwise it is told."""
    if suffix in OF_LETTERS and (fault := fault_of_text(file)) is not None:
        reader.tell(file.inside, *fault)
        return False
    if begins_as(file, MEDIA_SIGNATURES[suffix]):
        return True
    message = text("is no {kind} file", kind=suffix[1:].upper())
    reader.tell(file.inside, message, instead_of_content(file, media_name(file.inside)))
    return False
