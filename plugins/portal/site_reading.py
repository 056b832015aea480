"""A site's folder read whole: its records, its texts, its files, and every problem in them.

First gather all, then write: nothing is built before everything is read and checked. A site is read without looking
at any other; what it says about others (a procedure's code, an agency's slug) is kept as `Reference` for the linking.
The steps are modules of their own: `gathering` (by `folder_reader`), `timing`, `outgoing` and `named_files`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.advice import agency_advice
from plugins.portal.agency import Agency
from plugins.portal.aliases import aliases
from plugins.portal.entries import Source
from plugins.portal.folder_reader import FolderReader, Model, RightPart
from plugins.portal.gathering import Gathered, gather
from plugins.portal.kinds import Kinds
from plugins.portal.named_files import missing_files, named_files, without_hidden_files
from plugins.portal.outgoing import references_within
from plugins.portal.problems import in_order
from plugins.portal.reading import Obstacle, Untaken
from plugins.portal.record_files import AGENCY
from plugins.portal.settlements import settlements
from plugins.portal.shared import Shared
from plugins.portal.shared_reading import shared_records_in
from plugins.portal.site_names import PROVINCE, folder_of, is_agency
from plugins.portal.sites import Site
from plugins.portal.stages import in_stage
from plugins.portal.synonyms import SynonymList
from plugins.portal.timing import Timing


@in_stage("read")
def load_site(
    content: Path,
    display_path: str,
    slug: str,
    shared: Shared,
    *,
    drafts: bool,
    now: datetime = datetime.max,
    agencies: Collection[str] = (),
    others_codes: Collection[str] = (),
    obstacles: Iterable[Obstacle] = (),
    kinds: Kinds,
) -> Site:
    """Read the folder of an agency, or of the province where `slug` is empty; never raises for what is in it.

    With `drafts` also what is not public is part of the site. What is dated later than `now` (in Vietnam, without a
    zone) is not public yet. `agencies` are the addresses that the province's own pages must not take; files of
    `others_codes` are passed over, for these records are others'; `obstacles` is what the folder holds beside its
    files. `kinds` are the kinds of content.
    """
    reader = FolderReader(content / folder_of(slug), f"{display_path}/{folder_of(slug)}", slug, kinds)
    reader.taken = _names_taken(slug, agencies, kinds)
    doubled = {f"{kind.folder}/{code}{kind.suffix}" for kind in kinds.coded for code in others_codes}
    gathered = gather(reader, obstacles, doubled)
    _look_at_own_records(reader, gathered)
    site = _site(reader, gathered, shared, Timing(reader, now), drafts=drafts)
    named = list(named_files(site, gathered, reader))
    reader.problems.extend(missing_files(site, named))
    reader.collisions()
    _hold_nobody_up_for_drafts(reader)
    return replace(
        site if drafts else without_hidden_files(site, named, reader),
        problems=in_order(reader.problems),
        advice=in_order(reader.advice),
        far_dates=tuple(reader.far_dates),
    )


def _hold_nobody_up_for_drafts(reader: FolderReader) -> None:
    """What is wrong with drafts that may be unfinished is told, and keeps the rest of the site from nothing."""
    drafts = {part.source.path for part in reader.parts if _may_be_unfinished(part, reader.kinds)}
    reader.advice.extend(problem for problem in reader.problems if problem.path in drafts)
    reader.problems[:] = [problem for problem in reader.problems if problem.path not in drafts]


def _may_be_unfinished(part: RightPart, kinds: Kinds) -> bool:
    kind = kinds.of_file(part.source.inside)
    return kind is not None and kind.may_be_unfinished is not None and kind.may_be_unfinished(part.lenient)


def _names_taken(slug: str, agencies: Collection[str], kinds: Kinds) -> Collection[str]:
    """What no page of a site may be called."""
    if is_agency(slug):
        return addresses.RESERVED_IN_SITE | kinds.reserved
    return addresses.RESERVED_AT_ROOT | kinds.reserved | set(agencies)


def _look_at_own_records(reader: FolderReader, gathered: Gathered) -> None:
    """What in the records beside the folders should be looked at, and whether they are there."""
    if not is_agency(reader.slug):
        _look_at_shared_records(reader, gathered)
    for source, agency in _records_of(Agency, gathered.agency, reader):
        reader.advise(source, agency_advice(agency, reader.slug))
    told = {"", AGENCY}.intersection(reader.rejected)
    if is_agency(reader.slug) and not told and AGENCY not in gathered.paths:
        reader.report(AGENCY, "required file is missing", "add it")


def _site(reader: FolderReader, gathered: Gathered, shared: Shared, timing: Timing, *, drafts: bool) -> Site:
    """All of what was gathered, as it is now; what is wrong in it is with the reader."""
    for inside in gathered.media:
        reader.claims[addresses.media(reader.slug, inside)].append(inside)
    read = [timing.entry(entry, shared) for entry in gathered.entries]
    ended = {entry.source.inside: entry for entry in read if entry.withdrawn is not None}
    entries = [entry for entry in read if entry.source.inside not in ended]
    if gathered.province is not None:
        timing.notices(*gathered.province)
    if gathered.settled is not None:
        timing.settlements(*gathered.settled)
    for part in reader.parts:
        timing.part(part, shared)
    predecessors = gathered.agency[1].predecessors if gathered.agency else ()
    led_on = aliases(read, predecessors, reader)
    return Site(
        slug=reader.slug,
        folder=reader.folder,
        display_path=reader.display_path,
        agency=timing.agency(gathered.agency),
        name_line=gathered.agency[0].yaml.line_of(("name",)) if gathered.agency else None,
        entries=tuple(entry for entry in entries if drafts or entry.public),
        unread=tuple(gathered.unread),
        media=gathered.media,
        stored=frozenset(gathered.stored),
        told=Untaken(frozenset(reader.rejected)),
        references=tuple(references_within(gathered, shared, reader)),
        promised=gathered.promised,
        claims=tuple(sorted(reader.claims)),
        life_events=gathered.events[1].life_events if gathered.events else (),
        synonyms=gathered.synonyms[1] if gathered.synonyms else SynonymList(),
        dossier_figures=gathered.figures[1].periods if gathered.figures else (),
        hidden={entry.source.inside: entry for entry in entries if not entry.public},
        aliases=led_on,
        settled=settlements(gathered.settled, led_on, predecessors, reader),
        ended=ended,
        scheduled=timing.moments,
    )


def _records_of(
    model: type[Model], whole: tuple[Source, Model] | None, reader: FolderReader
) -> Iterable[tuple[Source, Model]]:
    """A record beside the folders, or what is right of it."""
    if whole is not None:
        yield whole
    yield from ((part.source, part.strict) for part in reader.parts if isinstance(part.strict, model))


def _look_at_shared_records(reader: FolderReader, gathered: Gathered) -> None:
    """What the records that all sites share say of others, and what in them should be looked at.

    What is wrong with them is told where they are checked; here it is of the newest, whichever are in force.
    """
    newest = FolderReader(reader.folder, reader.display_path, PROVINCE)
    gathered.province = shared_records_in(newest).province
    reader.advice.extend(newest.advice)
    reader.far_dates.extend(newest.far_dates)
    reader.parts.extend(newest.parts)
