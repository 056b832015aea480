"""Addresses that pages and files had before git renamed what they are made of: each leads to where it is now.

Nothing is asked of a page: the commits that are new are read with one call, and only of what they renamed a text is
looked at. What is kept between builds gives what reading anew gives. Where git does not know (there is none, the clone
ends before the commit, a file was removed and another written), nothing leads on by itself: `aliases` say it then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from plugins.builder.git_log import Rename, is_before, renames
from plugins.builder.git_session import GitError, Session, session
from plugins.builder.lineage import Step, folders_that_moved, is_record
from plugins.portal import addresses
from plugins.portal.characters import tidy
from plugins.portal.file_places import MEDIA
from plugins.portal.files import replace_text
from plugins.portal.front_matter import read_text_file
from plugins.portal.identifiers import is_slug
from plugins.portal.kinds import AnyKind, Kinds, PageAddressError
from plugins.portal.reading import slug_of
from plugins.portal.record_files import AGENCY
from plugins.portal.site_names import PROVINCE, folder_of, is_agency, site_of
from plugins.portal.validation import field_names, right_part, validate
from plugins.portal.yaml_source import read_yaml

TIME_LIMIT = 60.0
"""In seconds, for reading all renames of a history."""
MOST_READ = 100_000
"""Bytes of a text, from its beginning: fields stand there, and who wrote it may be anybody."""
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._/-]*")


@dataclass(frozen=True)
class AddressedFiles:
    """The files that have addresses of their own: records with a page, what is in media/, and agencies' records.

    Records with codes are none of them: their codes lead to them wherever they are.
    """

    kinds: Kinds
    of_each: Sequence[str] = ()
    """Below its home, the addresses that every site has."""

    @property
    def pathspecs(self) -> list[str]:
        sites = (folder_of(PROVINCE), folder_of("*"))
        folders = (MEDIA, *(kind.folder for kind in self.kinds if kind.codes is None))
        patterns = [f"{site}/{folder}/**" for folder in folders for site in sites]
        return [f":(glob){pattern}" for pattern in (*patterns, f"{folder_of('*')}/{AGENCY}")]

    def is_text(self, path: str) -> bool:
        """Whether what is in a file decides about its address."""
        return self._kind(path) is not None

    def address(self, path: str, written: bytes) -> str:
        """Where a file's page stands, or the file itself; empty where it has none."""
        site = site_of(path)
        if is_agency(site) and not is_slug(site):
            return ""
        kind, inside = self._kind(path), _inside(path)
        if kind is not None:
            return _page(kind, path, written)
        address = "" if is_record(path) else inside
        address = f"{addresses.site_home(site)}{address}"
        return address if _ADDRESS.fullmatch(address) else ""

    def _kind(self, path: str) -> AnyKind | None:
        kind = self.kinds.of_file(_inside(path))
        return kind if kind is not None and kind.codes is None else None

    def of_agency(self, slug: str) -> list[str]:
        """What stands at addresses that an agency has by its folder's name alone."""
        home = addresses.site_home(slug)
        lists = [kind.list_of(slug) for kind in self.kinds if kind.has_list]
        feeds = [kind.feed_of(slug) for kind in self.kinds if kind.has_feed]
        pages = [f"{home}{below}" for below in self.of_each if below.endswith("/")]
        return [*lists, *feeds, *pages, addresses.statistics_of(slug)]


def _inside(path: str) -> str:
    """Seen from the site's folder."""
    return path.removeprefix(f"{folder_of(site_of(path))}/")


def _page(kind: AnyKind, path: str, written: bytes) -> str:
    """Where the page of a record stands; empty where too little of it is right to tell."""
    text = tidy(written[:MOST_READ].decode("utf-8", "replace"))
    names = field_names(kind.model)
    fields = read_text_file(text, names).fields if path.endswith(".md") else read_yaml(text, 1, names)[0]
    slug = slug_of(path)
    if fields is None or not is_slug(slug):
        return ""
    record = validate(kind.model, fields, path)[0]
    try:
        return kind.address(site_of(path), record or right_part(kind.model, fields), slug)
    except PageAddressError:
        return ""
    except (AttributeError, TypeError):  # it needs a field that is not there
        if record is not None:
            raise
        return ""


@dataclass(frozen=True)
class Present:
    """The files that are there now, committed or not."""

    content: Path
    """The folder in which they are read."""
    fingerprint: Callable[[str], str]
    """Of a file's content, by its path from there; empty where there is no such file."""


@dataclass(frozen=True)
class RenameMemory:
    """Where what was read is kept between builds."""

    file: Path
    code: str
    """Stands for the code that reads it: what other code has kept is read anew."""


class _Arrival(NamedTuple):
    """Where a file came to when it was last renamed."""

    path: str
    address: str
    """That it had there; empty for none."""


class _Kept(BaseModel):
    """What git renamed until a commit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    code: str = ""
    pathspecs: tuple[str, ...] = ()
    commit: Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40,64})?\z")] = ""
    """Empty where nothing is kept."""
    files: dict[str, _Arrival] = {}
    """By an address, where the file has come to that last had it and was renamed."""
    read: dict[str, tuple[str, str]] = {}
    """By such a path, the fingerprint of the file's content and the address that it has."""


def former_addresses(
    folder: Path, files: AddressedFiles, present: Present, memory: RenameMemory, time_limit: float = TIME_LIMIT
) -> dict[str, str]:
    """By an address that a file had under a former path, the address that it has now, or had last.

    `folder` is the content folder that git knows. At one address there may be another page by now, and at the other
    none any more: that is for linking to see.
    Never raises for what git says or does not say: then there are none.
    """
    known = _read_kept(memory, files)
    try:
        with session(folder, time_limit) as git:
            kept, is_whole = _brought_up_to_date(git, known, files)
    except GitError:
        return {}
    paths = {arrival.path for arrival in kept.files.values()}
    read = {path: now for path in paths if (now := _now(path, kept, files, present))}
    kept = kept.model_copy(update={"read": dict(sorted(read.items()))})
    if is_whole and kept != known:
        kept = kept.model_copy(update={"code": memory.code, "pathspecs": tuple(files.pathspecs)})
        replace_text(memory.file, kept.model_dump_json() + "\n")
    # Where a file is gone there may be who continues it.
    leads_to = {
        old: _Arrival(arrival.path, read[arrival.path][1]) if arrival.path in read else arrival
        for old, arrival in kept.files.items()
    }
    return dict(sorted(_pairs(leads_to, files)))


def _pairs(leads_to: Mapping[str, _Arrival], files: AddressedFiles) -> Iterator[tuple[str, str]]:
    for old, (path, now) in leads_to.items():
        if not now or now == old:
            continue
        yield old, now
        if is_record(path):  # a whole folder: its lists have the addresses of no file
            of_old, of_now = (files.of_agency(home.rstrip("/")) for home in (old, now))
            yield from zip(of_old, of_now, strict=True)


def _read_kept(memory: RenameMemory, files: AddressedFiles) -> _Kept:
    """Nothing where there is no such file, or it cannot be understood: all is then read anew."""
    try:
        kept = _Kept.model_validate_json(memory.file.read_bytes())
    except (OSError, ValidationError):
        return _Kept()
    return kept if (kept.code, kept.pathspecs) == (memory.code, tuple(files.pathspecs)) else _Kept()


def _brought_up_to_date(git: Session, known: _Kept, files: AddressedFiles) -> tuple[_Kept, bool]:
    """What git renamed until now, and whether all of the past is known: a clone that ends may be made deeper."""
    head, is_shallow = git.says("rev-parse", "HEAD", "--is-shallow-repository").split()
    if known.commit == head:
        return known, True
    if known.commit and not is_before(git, known.commit, head):
        known = _Kept()
    revisions = [head, *([f"^{known.commit}"] if known.commit else [])]
    arrivals = dict(known.files)
    for commit in renames(git, revisions, files.pathspecs, files.is_text):
        arrivals = _after(arrivals, commit, files)
    kept = known.model_copy(update={"commit": head, "files": dict(sorted(arrivals.items()))})
    return kept, is_shallow == "false"


def _now(path: str, kept: _Kept, files: AddressedFiles, present: Present) -> tuple[str, str] | None:
    """The fingerprint and the address of a file that is there; None for one that is not."""
    fingerprint, known = present.fingerprint(path), kept.read.get(path)
    if not fingerprint or (known is not None and known[0] == fingerprint):
        return known if fingerprint else None
    written = (present.content / path).read_bytes() if files.is_text(path) else b""
    return fingerprint, files.address(path, written)


def _after(before: Mapping[str, _Arrival], commit: Sequence[Rename], files: AddressedFiles) -> dict[str, _Arrival]:
    """Where the files are after a commit that had addresses before, with those that it renamed."""
    moves = {rename.old: rename for rename in commit if not is_record(rename.old)}
    together = {(site_of(move.old), site_of(move.new)) for move in moves.values()}
    # Records of agencies are alike: git takes one for another's where a folder goes as another comes.
    folders = folders_that_moved(Step({move.new: move.old for move in commit}, {move.old for move in commit}))
    records = (Rename(_record(old), _record(new), None, None) for old, new in folders.items() if (old, new) in together)
    moves |= {record.old: record for record in records}
    arrivals = {move.old: _Arrival(move.new, files.address(move.new, move.after or b"")) for move in moves.values()}
    had = {files.address(move.old, move.before or b""): arrivals[move.old] for move in moves.values()}
    after = {address: arrivals.get(arrival.path, arrival) for address, arrival in before.items()}
    return after | {address: arrival for address, arrival in had.items() if address}


def _record(slug: str) -> str:
    return f"{folder_of(slug)}/{AGENCY}"
