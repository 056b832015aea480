"""The files of media/ that records and texts name: which are missing, and which only what is hidden uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel

from plugins.portal.agency import Agency
from plugins.portal.entries import Entry, Source
from plugins.portal.fields import as_far_as_right
from plugins.portal.folder_reader import FolderReader, RightPart
from plugins.portal.gathering import Gathered
from plugins.portal.kinds import Kinds
from plugins.portal.problems import Problem, did_you_mean, text
from plugins.portal.province import Province
from plugins.portal.sites import Site
from plugins.portal.validation import field_name
from plugins.portal.yaml_source import Loc

_PICTURE: Loc = ("picture", "file")


def missing_files(site: Site, named: Iterable[tuple[Source, Loc, str]]) -> Iterable[Problem]:
    """Files that records name and that are not in media/."""
    for source, loc, file in named:
        if file not in site.media and file not in site.told:
            yield Problem(
                path=source.path,
                line=source.yaml.line_of(loc),
                field=field_name(loc),
                message=text('there is no file "{name}"', name=file),
                hint=did_you_mean(file, site.media, text("put the file there, or write the name of one in media/")),
            )


def named_files(site: Site, gathered: Gathered, reader: FolderReader) -> Iterable[tuple[Source, Loc, str]]:
    """The files that records name, also those that are not in order, as far as they are right."""
    records = (gathered.province, gathered.agency)
    own: list[tuple[Source, BaseModel]] = [whole for whole in records if whole is not None]
    own += [(part.source, part.lenient) for part in reader.parts]
    for source, record in own:
        if isinstance(record, Agency) and record.logo is not None:
            yield source, ("logo",), record.logo
        if isinstance(record, Agency | Province) and record.picture is not None:
            yield from ((source, _PICTURE, file) for file in (record.picture.file,) if file is not None)
    entries = [(entry.source, entry.record) for entry in site.entries]
    for source, record in (*entries, *((part.source, part.lenient) for part in reader.parts)):
        kind = reader.kinds.of_file(source.inside)
        if kind is not None:
            named = as_far_as_right(kind.files, record)
            yield from ((source, loc, file) for loc, file in named if file is not None)


def without_hidden_files(site: Site, named: Iterable[tuple[Source, Loc, str]], reader: FolderReader) -> Site:
    """The site without the files that only entries use which are not public: they are not public either.

    Nor are those of a draft that is not in order: it is no less a draft.
    """
    kinds = reader.kinds
    drafts = {part.source.inside for part in reader.parts if _is_draft(part, kinds)}
    of_drafts = {file for source, _, file in named if source.inside in drafts}
    theirs = of_drafts | {file for entry in site.hidden.values() for file in _used(entry, site.media, kinds)}
    if not theirs:
        return site
    public = {file for source, _, file in named if source.inside not in drafts}
    public |= {file for entry in site.entries for file in _used(entry, theirs, kinds)}
    hidden = theirs - public
    return replace(
        site,
        media={file: status for file, status in site.media.items() if file not in hidden},
        withheld={file: status for file, status in site.media.items() if file in hidden},
    )


def _is_draft(part: RightPart, kinds: Kinds) -> bool:
    """Whether a record that is not in order says, as far as it is right, that it is not public."""
    kind = kinds.of_file(part.source.inside)
    return kind is not None and not kind.is_public(part.lenient)


def _used(entry: Entry[Any], files: Iterable[str], kinds: Kinds) -> Iterable[str]:
    """The files of these that an entry shows or offers, in its record or in its text."""
    own = {file for _, file in kinds.named(entry.kind).files(entry.record)}
    return (file for file in files if file in own or file in entry.body or quote(file) in entry.body)
