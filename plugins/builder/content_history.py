"""What became of each file that is named after a code, read from the content's git repository with one call a build.

History follows the code, not the path: an agency is merged, its files move to another folder and keep their past.
What was read is kept in the build folder, so that the next build reads only the commits that are new. It gives the
same history as reading anew: kept changes go through the same gathering as git's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from plugins.builder.git_log import Commit, commits
from plugins.builder.git_session import GitError
from plugins.portal.characters import FORBIDDEN, tidy
from plugins.portal.digests import Digest
from plugins.portal.files import replace_text
from plugins.portal.identifiers import NATIONAL_CODE, SLUG
from plugins.portal.problems import Text, text
from plugins.portal.revisions import Revision
from plugins.portal.site_names import AGENCIES, PROVINCE, STORED_PROVINCE, folder_of, site_of
from plugins.portal.values import VIETNAM, day

MAX_CHANGES = 10
"""Of each procedure, the newest."""
MAX_HISTORY_CHARACTERS = 200_000_000
"""Of all texts before and after changes together; older changes are then left out."""
TIME_LIMIT = 120.0
"""In seconds, for reading a whole history; a province's takes a few."""

_LAST_SECOND = 253_370_764_800  # 9999-01-01; git takes any number for a date


@dataclass(frozen=True)
class CodedFiles:
    """The files whose history is told."""

    folders: Collection[str]
    """In the folder of a site: those of the kinds whose files are named after codes."""

    @property
    def patterns(self) -> list[str]:
        """Of paths from the content folder."""
        sites = (folder_of(PROVINCE), folder_of("*"))
        return [f"{site}/{folder}/*.yaml" for folder in self.folders for site in sites]

    @cached_property
    def path(self) -> re.Pattern[str]:
        """Of one file, with its `agency` and `code`."""
        folders = "|".join(map(re.escape, self.folders))
        site = f"{STORED_PROVINCE}|{AGENCIES}/(?P<agency>{SLUG.pattern})"
        return re.compile(rf"(?:{site})/(?:{folders})/(?P<code>{NATIONAL_CODE.pattern})\.yaml")


@dataclass(frozen=True)
class Departure:
    """A procedure's file was taken out of a folder: it was moved to another, or removed for good."""

    code: str
    agency: str
    """The folder's slug; empty for the province's own."""
    moment: datetime
    """When it last was, in Asia/Ho_Chi_Minh."""


@dataclass(frozen=True)
class ContentHistory:
    """The last changes of every procedure; empty where there is no git or nothing is committed."""

    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """By code; the newest first."""
    removed: Mapping[str, Revision] = field(default_factory=lambda: MappingProxyType({}))
    """By code, the removal of those whose file is nowhere now: its last text is `before`, and `after` is empty."""
    departures: tuple[Departure, ...] = ()
    """From every folder that once had a procedure and does not now; in order of code and folder."""
    note: Text | None = None
    """Why there is no history, or not all of it, where somebody could do something about it."""

    def of(self, code: str) -> tuple[Revision, ...]:
        """The last changes of a procedure, the newest first."""
        return self.revisions.get(code, ())

    def digest(self, codes: Iterable[str]) -> str:
        """Stands for the changes of these procedures; empty where there is none."""
        revisions = [(code, revision) for code in sorted(set(codes)) for revision in self.of(code)]
        digest = Digest()
        for code, revision in revisions:
            digest.add(code, revision.commit, revision.moment.isoformat(), revision.before, revision.after)
        return digest.hex() if revisions else ""


def read_history(
    content: Path,
    kept: Path,
    files: CodedFiles,
    time_limit: float = TIME_LIMIT,
    max_characters: int = MAX_HISTORY_CHARACTERS,
    present: Set[tuple[str, str]] | None = None,
) -> ContentHistory:
    """The history of the procedures in the content folder; `kept` is a file that remembers it between builds.

    `present` are the folder and the code of each file that is there now, committed or not; they are looked for where
    they are not given.

    Never raises for what git says or does not say: the history is then empty, and has a note.
    """
    if not files.folders:
        return ContentHistory()
    known = _read_kept(kept, files)
    reader, gathering = _Reader(files), _Gathering(max_characters)
    newest, oldest, met = "", None, False
    try:
        with closing(commits(content, files.patterns, known.newest, time_limit)) as log:
            for commit in log:
                newest, oldest = newest or commit.name, commit
                met = commit.name == known.newest
                gathering.depart(_departures(commit, files))
                if met or not gathering.take_all(reader.events(commit)):
                    break
    except GitError as error:
        return ContentHistory(note=error.note)
    if met:
        gathering.take_all(known.events())
        gathering.depart((left.code, left.agency, left.seconds) for left in known.departures)
    shallow = oldest is not None and oldest.shallow and not met
    if newest not in ("", known.newest) and not gathering.full and not shallow:
        replace_text(kept, _Kept.of(newest, gathering, files).model_dump_json() + "\n")
    present = _files_in(content, files) if present is None else present
    return ContentHistory(
        revisions=gathering.revisions(),
        removed=gathering.removed({code for _, code in present}),
        departures=gathering.departures(present),
        note=_note(gathering.full, oldest if shallow else None),
    )


def _note(full: bool, shallow_end: Commit | None) -> Text | None:
    if full:
        return text("the history of the content is too large: the oldest changes are not shown")
    if shallow_end is not None:
        return text(
            "the content lies in a shallow clone: changes before {day} are not known; run git fetch --unshallow",
            day=day(_moment(shallow_end.seconds)),
        )
    return None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(min(max(seconds, 0), _LAST_SECOND), VIETNAM)


def _files_in(content: Path, files: CodedFiles) -> set[tuple[str, str]]:
    """The folder and the code of each file that is there now, committed or not."""
    paths = (path.relative_to(content) for pattern in files.patterns for path in content.glob(pattern))
    return {(site_of(path.as_posix()), path.stem) for path in paths}


def _departures(commit: Commit, files: CodedFiles) -> Iterator[tuple[str, str, int]]:
    """The code, the folder and the time of each file that a commit took away."""
    for file in commit.files:
        named = files.path.fullmatch(file.path)
        if named and file.before is not None and file.after is None:
            yield named["code"], site_of(file.path), commit.seconds


@dataclass(frozen=True)
class _Event:
    """What a commit did to a procedure; None where it was nowhere, or nowhere as a text that can be read."""

    code: str
    commit: str
    seconds: int
    before: str | None
    after: str | None


@dataclass
class _Reader:
    """Takes commits for what they did to procedures."""

    _files: CodedFiles
    _oldest: dict[str, tuple[bytes | None, str | None]] = field(default_factory=dict)
    """The last text that was read of each code: most often the next one is the same."""

    def events(self, commit: Commit) -> Iterator[_Event]:
        pairs: dict[str, list[tuple[str | None, str | None]]] = {}
        for file in commit.files:
            named = self._files.path.fullmatch(file.path)
            if named is None:
                continue
            code = named["code"]
            after, before = self._read(code, file.after), self._read(code, file.before)
            if before != after:
                pairs.setdefault(code, []).append((before, after))
        for code, pair in sorted(pairs.items()):
            yield _Event(code, commit.name, commit.seconds, *_one_change(pair))

    def _read(self, code: str, content: bytes | None) -> str | None:
        known = self._oldest.get(code)
        if known is None or known[0] != content:
            known = self._oldest[code] = (content, _as_read(content))
        return known[1]


def _one_change(pairs: list[tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    """What one commit did to all files of a code: a file edited in its place, else one moved, come or gone."""
    edited = next((pair for pair in pairs if None not in pair), None)
    if edited:
        return edited
    before = next((before for before, _ in pairs if before is not None), None)
    after = next((after for _, after in pairs if after is not None), None)
    return before, after


def _as_read(content: bytes | None) -> str | None:
    """The text as sites read it; None where they would refuse the file."""
    if content is None:
        return None
    try:
        written = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if FORBIDDEN.search(written) else tidy(written)


@dataclass
class _Gathering:
    """Changes as they are told, from the newest to the oldest."""

    max_characters: int
    changes: list[_Event] = field(default_factory=list)
    """In that order, at most `MAX_CHANGES` of a code; a removal, only where nothing newer is known of the code."""
    full: bool = False
    left: dict[tuple[str, str], int] = field(default_factory=dict)
    """When each code last left each folder."""
    _characters: int = 0
    _counts: dict[str, int] = field(default_factory=dict)
    _came: dict[str, _Event] = field(default_factory=dict)
    """Files that came where none was: the first of a procedure, unless it turns out to have been there before."""
    _oldest: dict[str, str | None] = field(default_factory=dict)
    """The oldest text that is known of each code."""

    def take_all(self, events: Iterable[_Event]) -> bool:
        """Take them in; False as soon as no more fits."""
        for event in events:
            self._take(event)
            if self.full:
                return False
        return True

    def depart(self, departures: Iterable[tuple[str, str, int]]) -> None:
        """Take in who left which folder, and when."""
        for code, agency, seconds in departures:
            self.left.setdefault((code, agency), seconds)

    def _take(self, event: _Event) -> None:
        if event.before == event.after:
            return
        known = event.code in self._oldest
        newer = self._oldest.get(event.code)
        if event.after == newer:
            event = replace(event, after=newer)  # one text in memory, not two
        self._oldest[event.code] = event.before
        came = self._came.pop(event.code, None)
        if event.before is None:
            self._came[event.code] = event
        elif event.after is None and came is not None:
            # Gone for a while: what changed is said at the commit that brought it back.
            self._keep(replace(came, before=event.before))
        elif event.after is not None or not known:
            self._keep(event)

    def _keep(self, event: _Event) -> None:
        count = self._counts.get(event.code, 0)
        if event.before == event.after or count == MAX_CHANGES:
            return
        self._characters += len(event.before or "") + len(event.after or "")
        self.full = self._characters > self.max_characters
        if not self.full:
            self._counts[event.code] = count + (event.after is not None)
            self.changes.append(event)

    def revisions(self) -> Mapping[str, tuple[Revision, ...]]:
        revisions_by_code: dict[str, list[Revision]] = {}
        for event in self.changes:
            if event.after is not None:
                revisions_by_code.setdefault(event.code, []).append(_revision(event))
        return MappingProxyType({code: tuple(revisions) for code, revisions in sorted(revisions_by_code.items())})

    def removed(self, present: Set[str]) -> Mapping[str, Revision]:
        """The procedures that are gone, but for those that are `present`, as when their file cannot be read."""
        gone = [event for event in self.changes if event.after is None and event.code not in present]
        return MappingProxyType({event.code: _revision(event) for event in sorted(gone, key=lambda event: event.code)})

    def departures(self, present: Set[tuple[str, str]]) -> tuple[Departure, ...]:
        """From the folders that a procedure has not come back to."""
        return tuple(
            Departure(code, agency, _moment(seconds))
            for (code, agency), seconds in sorted(self.left.items())
            if (agency, code) not in present
        )


def _revision(event: _Event) -> Revision:
    moment = _moment(event.seconds)
    return Revision(commit=event.commit, moment=moment, before=event.before or "", after=event.after or "")


class _KeptChange(BaseModel):
    """A change, with its texts by their places in the list of texts."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    code: Annotated[str, Field(pattern=rf"^{NATIONAL_CODE.pattern}\z")]
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40,64}\z")]
    seconds: int
    before: Annotated[int, Field(ge=0)]
    after: Annotated[int, Field(ge=0)] | None


class _KeptDeparture(BaseModel):
    """A departure, the newest of its code from its folder."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    code: Annotated[str, Field(pattern=rf"^{NATIONAL_CODE.pattern}\z")]
    agency: Annotated[str, Field(pattern=rf"^(?:{SLUG.pattern})?\z")]
    seconds: int


class _Kept(BaseModel):
    """What the last build read. One text is most often the end of a change and the beginning of the next."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[2] = 2
    newest: str = ""
    """The commit that was the newest then; all older ones are told of here."""
    folders: tuple[str, ...] = ()
    """Whose files are told of."""
    texts: tuple[str, ...] = ()
    changes: tuple[_KeptChange, ...] = ()
    departures: tuple[_KeptDeparture, ...] = ()

    @model_validator(mode="after")
    def _has_all_texts(self) -> _Kept:
        if any(max(change.before, change.after or 0) >= len(self.texts) for change in self.changes):
            raise ValueError("a text is missing")
        return self

    @classmethod
    def of(cls, newest: str, gathering: _Gathering, files: CodedFiles) -> _Kept:
        places: dict[str, int] = {}
        changes = tuple(
            _KeptChange(
                code=event.code,
                commit=event.commit,
                seconds=event.seconds,
                before=places.setdefault(event.before or "", len(places)),
                after=None if event.after is None else places.setdefault(event.after, len(places)),
            )
            for event in gathering.changes
        )
        departures = tuple(
            _KeptDeparture(code=code, agency=agency, seconds=seconds)
            for (code, agency), seconds in sorted(gathering.left.items())
        )
        return cls(
            newest=newest,
            folders=tuple(sorted(files.folders)),
            texts=tuple(places),
            changes=changes,
            departures=departures,
        )

    def events(self) -> Iterator[_Event]:
        for kept in self.changes:
            after = None if kept.after is None else self.texts[kept.after]
            yield _Event(kept.code, kept.commit, kept.seconds, self.texts[kept.before], after)


def _read_kept(path: Path, files: CodedFiles) -> _Kept:
    """What is kept; nothing where there is no such file or it cannot be understood: all is then read anew."""
    try:
        kept = _Kept.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return _Kept()
    return kept if kept.folders == tuple(sorted(files.folders)) else _Kept()
