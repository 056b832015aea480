"""A site's folder read whole: its records, its texts, its files, and every problem in them.

First gather all, then write: nothing is built before everything is read and checked. A site is read without looking
at any other; what it says about others (a procedure's code, an agency's slug) is kept as `Reference` for the linking.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import BaseModel

from plugins.portal import addresses
from plugins.portal.advice import Advice, agency_advice, date_advice, days_of_the_past, entries_twice, far_dates
from plugins.portal.agency import Agency, Lifecycle
from plugins.portal.characters import shown_name
from plugins.portal.damaged_text import conflicts_in, without_marks
from plugins.portal.dossier_figures import DossierFigureList
from plugins.portal.entries import NOTHING, Entry, Source, TextSource
from plugins.portal.fields import as_far_as_right
from plugins.portal.file_places import MEDIA, Folder, placed
from plugins.portal.front_matter import read_text_file
from plugins.portal.identifiers import SLUG_MAX_LENGTH, is_slug
from plugins.portal.kinds import AnyKind, Around, Kinds, PageAddressError, Remark
from plugins.portal.litter import copied_from, is_litter
from plugins.portal.liveness import sign_of_life
from plugins.portal.manifest import FarDate, Reference
from plugins.portal.media import MEDIA_SIGNATURES, begins_as, instead_of_content, instead_of_kind, too_large
from plugins.portal.odd_signs import latin_slug, odd_signs
from plugins.portal.problems import Problem, Text, did_you_mean, in_order, text
from plugins.portal.province import FieldList, LegalStatusList, LifeEventList, Province
from plugins.portal.reading import (
    MAX_MEDIA_BYTES,
    Found,
    Obstacle,
    UnreadableError,
    Untaken,
    read_damaged,
    slug_of,
    walk,
)
from plugins.portal.references import (
    addresses_on_the_portal,
    meanings_of,
    reference,
    references_of_agency,
    references_of_events,
    references_of_province,
)
from plugins.portal.remedies import media_name
from plugins.portal.shared import Shared
from plugins.portal.site_names import AGENCIES, PROVINCE, folder_of, is_agency
from plugins.portal.sites import Site
from plugins.portal.stages import in_stage
from plugins.portal.synonyms import SynonymList
from plugins.portal.validation import field_name, field_names, right_part, validate
from plugins.portal.values import clock, day
from plugins.portal.yaml_comments import swallowed_comments
from plugins.portal.yaml_escapes import fault_of_escapes
from plugins.portal.yaml_source import Loc, YamlError, YamlSource, read_yaml

LEGAL_STATUS = "legal-status.yaml"
PROVINCE_RECORD = "province.yaml"
_PICTURE: Loc = ("picture", "file")
SHARED_FILES = (PROVINCE_RECORD, "fields.yaml", LEGAL_STATUS)
"""Files of the province's folder that every site is built from; the last need not be there."""
LIFE_EVENTS = "life-events.yaml"
SYNONYMS = "synonyms.yaml"
DOSSIER_FIGURES = "dossier-figures.yaml"
OWN_FILES = (*SHARED_FILES, LIFE_EVENTS, SYNONYMS, DOSSIER_FIGURES)
"""Records beside the folders of the province."""
AGENCY = "agency.yaml"

MOST_ODD_SIGNS = 50
"""Of one file that are told; with these mended the rest is."""
_UNREADABLE = "\ufffd"
"""In names as they are shown: stands for bytes that are no UTF-8, and for controls."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class RightPart:
    """A record that is not in order: what is right of it is checked in the same round."""

    source: Source
    strict: BaseModel
    """Without what is wrong: what would need it cannot be told."""
    lenient: BaseModel
    """With nothing in its place: for what looks at each field by itself."""


@dataclass(frozen=True)
class TextWithRecord(Generic[Model]):
    """A text as its file holds it, and the record above it; None where that is not in order."""

    text: TextSource
    record: Model | None


@dataclass(frozen=True)
class _ReadText:
    """The text of a file, which may be damaged."""

    written: str
    """Of a conflict with both versions, without the marks."""
    uncertain: frozenset[int]
    """Lines that are parts of a conflict."""
    damaged_letters: bool

    @cached_property
    def certain(self) -> str:
        """With remarks of YAML in the place of the lines of a conflict: for the fields."""
        if not self.uncertain:
            return self.written
        lines = self.written.split("\n")
        return "\n".join("#" if number in self.uncertain else line for number, line in enumerate(lines, 1))

    def fields(
        self,
        yaml: YamlSource | None,
        errors: Collection[YamlError],
        names: Collection[str],
        body_line: int | None = None,
    ) -> tuple[YamlSource | None, Collection[YamlError]]:
        """What was read of the fields and is certain; None where a conflict may be about all of them.

        `body_line` is the line on which the text below them begins.
        """
        lines = self.certain.split("\n")
        end = len(lines) + 1 if body_line is None else body_line
        within = {number for number in self.uncertain if number < end}
        if not within:
            return yaml, errors
        written = [n for n, line in enumerate(lines[: end - 1], 1) if line.strip() and n not in within]
        following = {written[at] for n in within if (at := bisect(written, n)) < len(written)}
        before = {written[at - 1] for n in within if (at := bisect(written, n))}
        doubtful = within | before
        nested = any(lines[n - 1][:1].isspace() and lines[n - 1].strip()[:1] != "-" for n in following)
        if yaml is None or nested or any(error.line in doubtful | following for error in errors):
            return None, ()
        versions = self.written.split("\n")
        inside = {name for n in within for name in re.findall(r"\b([a-z_]+) *:", versions[n - 1])}
        return replace(yaml, doubtful=yaml.doubtful | doubtful, lost=yaml.lost | inside.intersection(names)), errors


class _Reader:
    """Reads one site's folder; gathers what it finds and what is wrong."""

    def __init__(self, folder: Path, display_path: str, slug: str, kinds: Kinds | None = None) -> None:
        self.folder = folder
        self.kinds = kinds or Kinds()
        self.display_path = display_path
        self.slug = slug
        self.problems: list[Problem] = []
        self.advice: list[Problem] = []
        self.parts: list[RightPart] = []
        self.claims: dict[str, list[str]] = defaultdict(list)
        self.far_dates: list[FarDate] = []
        self.files: set[str] = set()
        """All files of the folder, as `_plain` has them."""
        self._told: set[tuple[str, str]] = set()
        """What remarks that are told once were about, with their messages."""
        self._misplaced: set[str] = set()
        self.taken: Collection[str] = ()
        """Names that no page of the site may have."""
        self.folders = [Folder(kind.folder, kind.suffix, kind.called, kind.belongs) for kind in self.kinds]
        self.rejected: set[str] = set()
        """Files that are there and cannot be taken, under the names that they have and are to have: nobody is told
        besides that they are missing."""

    def report(self, inside: str, message: str, hint: str, line: int | None = None, **params: object) -> None:
        used = {name: value for name, value in params.items() if f"{{{name}}}" in message}
        advice = {name: value for name, value in params.items() if f"{{{name}}}" in hint}
        self.tell(inside, text(message, **used), text(hint, **advice), line)

    def tell(self, inside: str, message: Text, hint: Text, line: int | None = None) -> None:
        path = f"{self.display_path}/{inside}" if inside else self.display_path
        self.problems.append(Problem(path=path, line=line, message=message, hint=hint))

    def text(self, file: Found) -> _ReadText | None:
        """The text of a file; what is damaged in it is told, and the rest can be looked at."""
        path = f"{self.display_path}/{file.inside}"
        try:
            written, damages = read_damaged(file)
        except UnreadableError as error:
            self.problems.append(Problem(path=path, line=error.line, message=error.message, hint=error.hint))
            return None
        self.problems.extend(Problem(path=path, line=d.line, message=d.message, hint=d.hint) for d in damages)
        uncertain = frozenset(line for conflict in conflicts_in(written) for line in conflict.lines)
        return _ReadText(without_marks(written), uncertain, any(damage.of_letters for damage in damages))

    def source(self, file: Found, yaml: YamlSource | None, errors: Iterable[YamlError]) -> Source | None:
        """Where the fields of a file stand, as far as they could be read; what is wrong with them is reported."""
        path = f"{self.display_path}/{file.inside}"
        self.problems.extend(
            Problem(path=path, line=error.line, field=error.name, message=error.message, hint=error.hint)
            for error in errors
        )
        if yaml is None:
            return None
        return Source(path, file.inside, replace(yaml, doubtful=yaml.doubtful | self._comments(path, yaml)))

    def _comments(self, path: str, yaml: YamlSource) -> set[int]:
        """Tell what YAML takes for remarks; gives the lines that were certainly meant otherwise."""
        meant = set()
        for comment in swallowed_comments(yaml.text, yaml):
            message = text('"{words}" is not read: behind a blank, # begins a remark', words=comment.comment)
            hint = text("put the whole value in quotes if it belongs to it")
            if comment.quoted_line:
                hint = text("put the whole value in quotes if it belongs to it: {line}", line=comment.quoted_line)
            problem = Problem(path=path, line=comment.line, field=field_name(comment.loc), message=message, hint=hint)
            (self.problems if comment.meant else self.advice).append(problem)
            if comment.meant:
                meant.add(comment.line)
        return meant

    def record(self, model: type[Model], source: Source) -> Model | None:
        record, problems = validate(model, source.yaml, source.path)
        self.problems.extend(problems)
        right = record or right_part(model, source.yaml)
        if record is None:
            lenient = right_part(model, source.yaml, nothing_for_the_rest=True)
            self.parts.append(RightPart(source, right, lenient))
        self.advise(source, date_advice(right, source.yaml))
        self.advise(source, entries_twice(right))
        self.far_dates.extend(far_dates(right, source.yaml, source.path))
        return record

    def yaml_record(self, model: type[Model], file: Found) -> tuple[Source, Model] | None:
        written = self.text(file)
        if written is None:
            return None
        self.tell_odd_signs(file, written.certain, named_only=written.damaged_letters)
        names = field_names(model)
        source = self.source(file, *written.fields(*read_yaml(written.certain, 1, names), names))
        if not written.damaged_letters:
            self.tell_escapes(source)
        record = None if source is None else self.record(model, source)
        return None if source is None or record is None else (source, record)

    def front_matter(self, model: type[Model], file: Found) -> TextWithRecord[Model] | None:
        """A text and its record, which is None where it is not in order: the text can be checked all the same."""
        written = self.text(file)
        if written is None:
            return None
        names = field_names(model)
        parts = read_text_file(written.certain, names)
        fields = "\n".join(written.certain.split("\n")[: parts.body_line - 1])  # the text has its own checks
        self.tell_odd_signs(file, fields, named_only=written.damaged_letters)
        source = self.source(file, *written.fields(parts.fields, parts.errors, names, parts.body_line))
        if not written.damaged_letters:
            self.tell_escapes(source)
        record = None if source is None else self.record(model, source)
        if source is None:
            source = Source(f"{self.display_path}/{file.inside}", file.inside, NOTHING)
        body = parts.body
        if written.uncertain:  # with both versions: what one has must not be missed
            body = "\n".join(written.written.split("\n")[parts.body_line - 1 :])
        text_source = TextSource(
            source,
            slug_of(file.inside),
            body,
            parts.body_line,
            uncertain=written.uncertain,
            damaged_letters=written.damaged_letters,
        )
        return TextWithRecord(text_source, record)

    def tell_odd_signs(self, file: Found, written: str, *, named_only: bool) -> None:
        """Advice for what looks like letters and is none, in a file's fields and in its name, or in that alone."""
        path = f"{self.display_path}/{file.inside}"
        signs = list(islice(odd_signs("" if named_only else written), MOST_ODD_SIGNS))
        self.advice.extend(Problem(path=path, line=1 + s.line, message=s.message, hint=s.hint) for s in signs)
        named = odd_signs(PurePosixPath(file.inside).name)
        self.advice.extend(Problem(path=path, message=sign.message, hint=sign.hint) for sign in named)

    def tell_escapes(self, source: Source | None) -> None:
        """The same for what escapes of YAML bring; paths and damaged text are problems."""
        if source is None:
            return
        path = source.path
        for escaped in source.yaml.escaped:
            fault = fault_of_escapes(escaped)
            if fault is not None:
                self.problems.append(Problem(path=path, line=escaped.line, message=fault[0], hint=fault[1]))
                continue
            signs = [(sign.message, sign.hint) for sign in islice(odd_signs(escaped.value), MOST_ODD_SIGNS)]
            if "\t" in escaped.value:
                hint = text("write a blank, or use single quotes if the backslash is meant")
                signs.append((text("holds a tab"), hint))
            self.advice.extend(Problem(path=path, line=escaped.line, message=m, hint=h) for m, h in signs)

    def slug_for(self, file: Found) -> str:
        slug = slug_of(file.inside)
        if not slug or len(slug) > SLUG_MAX_LENGTH:
            self.report(
                file.inside,
                "its name makes no address",
                "name the file with letters, digits and hyphens, at most {limit} characters",
                limit=SLUG_MAX_LENGTH,
            )
        return slug

    def advise(self, source: Source, advice: Iterable[Advice]) -> None:
        self.advice.extend(
            Problem(path=source.path, line=source.yaml.line_of(loc), field=field_name(loc), message=message, hint=hint)
            for loc, message, hint in advice
        )

    def remark(self, source: Source, remark: Remark) -> None:
        if remark.once:
            key = (remark.message.msgid, remark.once)
            if key in self._told:
                return
            self._told.add(key)
        problem = Problem(
            path=source.path,
            line=source.yaml.line_of(remark.loc),
            field=field_name(remark.loc) if remark.names_field else "",
            message=remark.message,
            hint=remark.hint,
        )
        (self.problems if remark.stops else self.advice).append(problem)

    def misplaced(self, file: Found) -> None:
        """Report a file that has no business where it is; of a folder that is not known, only the folder."""
        own = (AGENCY,) if is_agency(self.slug) else OWN_FILES
        placement = placed(file.inside, own, self.folders)
        root = Path(file.path).parents[file.inside.count("/")]
        if placement.meant and (root / placement.meant).exists():
            placement = placement.beside_it()
        if placement.inside not in self._misplaced:
            self._misplaced.add(placement.inside)
            path = f"{self.display_path}/{placement.inside}"
            self.problems.append(Problem(path=path, message=placement.message, hint=placement.hint))

    def look_for_copies(self, file: Found) -> None:
        path = PurePosixPath(file.inside)
        original = copied_from(path.stem)
        if original is not None and _plain(str(path.with_name(f"{original}{path.suffix}"))) in self.files:
            message = text('looks like a copy of "{name}"', name=f"{original}{path.suffix}")
            hint = text("delete it, or give it a name of its own: as it is, both are published")
            self.advice.append(Problem(path=f"{self.display_path}/{file.inside}", message=message, hint=hint))

    def collisions(self) -> None:
        for address, claimants in sorted(self.claims.items()):
            if len(claimants) > 1:
                everyone = ", ".join(sorted(claimants))
                for claimant in sorted(claimants):
                    self.report(
                        claimant,
                        "would be written to the same address as others, {address}: {files}",
                        "rename all but one of them",
                        address=f"/{address}",
                        files=everyone,
                    )


class AnyField(dict[str, str]):
    """The fields of administration where nobody knows them: any may be one."""

    def __contains__(self, slug: object) -> bool:
        return True


def _province_reader(content: Path, display_path: str) -> _Reader:
    own = folder_of(PROVINCE)
    return _Reader(content / own, f"{display_path}/{own}", PROVINCE)


def load_shared(content: Path, display_path: str) -> tuple[Shared | None, tuple[Problem, ...]]:
    """What all sites read: the province's record and its fields of administration; None if they cannot be read."""
    reader = _province_reader(content, display_path)
    records = _shared_records(reader)
    if records.province is None or records.fields is None or reader.problems:
        return None, in_order(reader.problems)
    return records.shared(), ()


def read_as_far_as_possible(content: Path, display_path: str) -> Shared:
    """The same where something is wrong with it: enough to find out what is wrong with the sites, not to show them."""
    return _shared_records(_province_reader(content, display_path)).shared()


@dataclass(frozen=True)
class _SharedRecords:
    """The records that all sites share, as far as they are in order."""

    province: tuple[Source, Province] | None
    fields: tuple[Source, FieldList] | None
    legal: tuple[Source, LegalStatusList] | None

    def shared(self) -> Shared:
        """With something in the place of what is missing, of which nobody complains."""
        nothing = Province(name="?", site_name="?", summary="?", url="https://province.invalid")
        fields = {entry.slug: entry.name for entry in self.fields[1].fields} if self.fields else AnyField()
        documents = {document.number.casefold(): document for document in self.legal[1].documents} if self.legal else {}
        return Shared(self.province[1] if self.province else nothing, fields, documents)


def _shared_records(reader: _Reader) -> _SharedRecords:
    return _SharedRecords(
        _named(reader, PROVINCE_RECORD, Province),
        _named(reader, "fields.yaml", FieldList),
        _named(reader, LEGAL_STATUS, LegalStatusList) if _is_there(reader.folder / LEGAL_STATUS) else None,
    )


def _plain(name: str) -> str:
    """Names that differ in case or form only, as copies of one file do on some systems, are one."""
    return unicodedata.normalize("NFC", name).casefold()


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _named(reader: _Reader, name: str, model: type[Model]) -> tuple[Source, Model] | None:
    path = reader.folder / name
    if path.is_symlink() or not path.is_file():
        reader.report(name, "required file is missing", "add it")
        return None
    return reader.yaml_record(model, Found(str(path), name, path.stat().st_size))


def agency_slugs(
    content: Path, display_path: str, more_reserved: Collection[str] = ()
) -> tuple[list[str], list[Problem]]:
    """The agencies' folders, in order, and those that cannot be an agency's: `more_reserved` are addresses of kinds."""
    reserved = addresses.RESERVED_AT_ROOT | set(more_reserved)
    folder = content / AGENCIES
    slugs: list[str] = []
    problems: list[Problem] = []
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if is_litter(entry.name):
            continue
        path = f"{display_path}/{AGENCIES}/{shown_name(entry.name)}"
        if entry.is_symlink() or not entry.is_dir():
            message, hint = text("not a folder of an agency"), text("put each agency in a folder of its own here")
        elif not is_slug(entry.name):
            near = latin_slug(shown_name(entry.name))
            near = near if is_slug(near) and near not in reserved else "co-quan"
            message, hint = text("its name makes no address"), text('rename the folder to "{name}"', name=near)
        elif entry.name in reserved:
            message, hint = text("the portal uses this address itself"), text("choose another name for the folder")
        else:
            slugs.append(entry.name)
            continue
        problems.append(Problem(path=path, message=message, hint=hint))
    return slugs, problems


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
    folder = content / folder_of(slug)
    reader = _Reader(folder, f"{display_path}/{folder_of(slug)}", slug, kinds)
    reader.taken = addresses.RESERVED_IN_SITE if is_agency(slug) else addresses.RESERVED_AT_ROOT | set(agencies)
    reader.taken = {*reader.taken, *reader.kinds.reserved}
    files, more = walk(folder, reader.display_path)
    for obstacle in (*obstacles, *more):
        reader.rejected.add(obstacle.inside)
        reader.problems.append(obstacle.problem)
    doubled = {f"{kind.folder}/{code}{kind.suffix}" for kind in kinds.coded for code in others_codes}
    reader.rejected |= doubled
    reader.files = {_plain(file.inside) for file in files}
    gathered = _Gathered()
    for file in files:
        if file.inside in doubled:
            continue
        _take(reader, file, gathered)
    if not is_agency(slug):
        _look_at_shared_records(reader, gathered)
    for source, agency in _records_of(Agency, gathered.agency, reader):
        reader.advise(source, agency_advice(agency, slug))
    there = {"", AGENCY}.intersection(reader.rejected) or any(file.inside == AGENCY for file in files)
    if is_agency(slug) and not there:
        reader.report(AGENCY, "required file is missing", "add it")
    for inside in gathered.media:
        reader.claims[addresses.media(slug, inside)].append(inside)
    timing = _Timing(reader, now)
    entries = [timing.entry(entry, shared) for entry in gathered.entries]
    for part in reader.parts:
        timing.part(part, shared)
    hidden = {entry.source.inside: entry for entry in entries if not entry.public}
    site = Site(
        slug=slug,
        folder=folder,
        display_path=reader.display_path,
        agency=timing.agency(gathered.agency),
        name_line=gathered.agency[0].yaml.line_of(("name",)) if gathered.agency else None,
        entries=tuple(entry for entry in entries if drafts or entry.public),
        unread=tuple(gathered.unread),
        media=gathered.media,
        told=Untaken(frozenset(reader.rejected)),
        references=tuple(_references(gathered, shared, reader)),
        promised=_promised(kinds, {*(file.inside for file in files), *reader.rejected} - doubled),
        claims=tuple(sorted(reader.claims)),
        life_events=gathered.events[1].life_events if gathered.events else (),
        synonyms=gathered.synonyms[1] if gathered.synonyms else SynonymList(),
        dossier_figures=gathered.figures[1].periods if gathered.figures else (),
        hidden=hidden,
        scheduled=timing.moments,
    )
    named = list(_named_files(site, gathered.province, gathered.agency, reader))
    reader.problems.extend(_missing_files(site, named))
    reader.collisions()
    if not drafts:
        public = _without_files_of(site, {file for _, _, file in named}, kinds)
        withheld = {file: status for file, status in site.media.items() if file not in public}
        site = replace(site, media=public, withheld=withheld)
    return replace(
        site,
        problems=in_order(reader.problems),
        advice=in_order(reader.advice),
        far_dates=tuple(reader.far_dates),
    )


@dataclass
class _Timing:
    """Decides what is public now, and notes when that will change."""

    reader: _Reader
    now: datetime
    _moments: set[datetime] = field(default_factory=set)

    @property
    def moments(self) -> tuple[datetime, ...]:
        return tuple(sorted(self._moments))

    def entry(self, entry: Entry[Any], shared: Shared) -> Entry[Any]:
        """The entry with whether it is public; what is odd in its record is told."""
        kind = self.reader.kinds.named(entry.kind)
        published = kind.is_public(entry.record)
        to_come = published and self._is_to_come(kind.public_from(entry.record), entry.source)
        for remark in kind.remarks(entry.record, Around(self.reader.slug, entry.source, shared, to_come)):
            self.reader.remark(entry.source, remark)
        if not to_come and (published or kind.public_from(entry.record) is None):
            self._look_for_days_to_come(entry.source, entry.record)
        return replace(entry, record=self._as_it_is_now(entry, kind), public=published and not to_come)

    def _as_it_is_now(self, entry: Entry[Any], kind: AnyKind) -> Any:
        """The record, or what it is until a day of which it speaks; then it is told."""
        later = kind.later(entry.record)
        if later is None or later.moment <= self.now:
            return entry.record
        self._later(entry.source, later.loc, later.moment, later.message, text("mend the date if it is wrong"))
        return later.meanwhile

    def part(self, part: RightPart, shared: Shared) -> None:
        """Tell what is odd in what is right of a record that is not in order."""
        kind = self.reader.kinds.of_file(part.source.inside)
        if kind is None:
            return
        around = Around(self.reader.slug, part.source, shared)
        for remark in as_far_as_right(kind.remarks, part.strict, around):
            if part.source.yaml.line_of(remark.loc) not in part.source.yaml.doubtful:
                self.reader.remark(part.source, remark)
        for beginning in as_far_as_right(_beginnings, kind, part.strict):
            if self._is_to_come(beginning, part.source):
                return
        self._look_for_days_to_come(part.source, part.strict)

    def _look_for_days_to_come(self, source: Source, record: BaseModel) -> None:
        """Tell of days that say what has happened, and that have not come yet."""
        for loc, value in days_of_the_past(record, source.yaml):
            moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)
            if moment > self.now:
                message = text("{day} is still to come", day=day(moment))
                self._later(source, loc, moment, message, text("mend the date if it is wrong"))

    def _is_to_come(self, beginning: tuple[Loc, datetime] | None, source: Source) -> bool:
        """Whether a record becomes public later; then it is told when."""
        if beginning is None or beginning[1] <= self.now:
            return False
        loc, moment = beginning
        message = text("is not public before {when}", when=clock(moment))
        self._later(source, loc, moment, message, text("mend the date if it is wrong"))
        return True

    def agency(self, entry: tuple[Source, Agency] | None) -> Agency | None:
        """The agency as it is now: what will become of it later is not told yet."""
        if entry is None:
            return None
        source, agency = entry
        change = agency.lifecycle.date
        if agency.lifecycle.state == "active" or change is None or datetime.combine(change, time.min) <= self.now:
            return agency
        message = text("the agency is shown as active until {day}", day=day(change))
        hint = text("mend the date if it is wrong")
        self._later(source, ("lifecycle", "date"), datetime.combine(change, time.min), message, hint)
        return agency.model_copy(update={"lifecycle": Lifecycle()})

    def _later(self, source: Source, loc: Loc, moment: datetime, message: Text, hint: Text) -> None:
        self._moments.add(moment)
        line, told = source.yaml.line_of(loc), field_name(loc)
        self.reader.advice.append(Problem(path=source.path, line=line, field=told, message=message, hint=hint))
        far = self.reader.far_dates  # that it is still to come says enough
        self.reader.far_dates = [far_date for far_date in far if (far_date.path, far_date.field) != (source.path, told)]


def _beginnings(kind: AnyKind, record: BaseModel) -> Iterable[tuple[Loc, datetime] | None]:
    """When a record becomes public, where it does."""
    if kind.is_public(record):
        yield kind.public_from(record)


def _without_files_of(site: Site, named: set[str], kinds: Kinds) -> Mapping[str, Found]:
    """The site's media without the files that only entries use which are not public: they are not public either."""
    theirs = {file for entry in site.hidden.values() for file in _used(entry, site.media, kinds)}
    if not theirs:
        return site.media
    public = named | {file for entry in site.entries for file in _used(entry, theirs, kinds)}
    return {file: status for file, status in site.media.items() if file not in theirs - public}


def _used(entry: Entry[Any], files: Iterable[str], kinds: Kinds) -> Iterable[str]:
    """The files of these that an entry shows or offers, in its record or in its text."""
    own = {file for _, file in kinds.named(entry.kind).files(entry.record)}
    return (file for file in files if file in own or file in entry.body or quote(file) in entry.body)


@dataclass
class _Gathered:
    """What the files of a folder hold."""

    agency: tuple[Source, Agency] | None = None
    province: tuple[Source, Province] | None = None
    events: tuple[Source, LifeEventList] | None = None
    synonyms: tuple[Source, SynonymList] | None = None
    figures: tuple[Source, DossierFigureList] | None = None
    entries: list[Entry[Any]] = field(default_factory=list)
    unread: list[TextSource] = field(default_factory=list)
    media: dict[str, Found] = field(default_factory=dict)


def _take(reader: _Reader, file: Found, gathered: _Gathered) -> None:
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
    elif (kind := reader.kinds.of_file(file.inside)) is not None:
        _entry(reader, file, kind, gathered)
    else:
        reader.rejected.add(file.inside)
        reader.misplaced(file)
    if top != MEDIA:
        reader.look_for_copies(file)


def _take_record(reader: _Reader, file: Found, gathered: _Gathered) -> bool:
    """Read one of the records that stand beside the folders; whether it is one."""
    if is_agency(reader.slug):
        if file.inside == AGENCY:
            gathered.agency = reader.yaml_record(Agency, file)
        return file.inside == AGENCY
    if file.inside == LIFE_EVENTS:
        gathered.events = reader.yaml_record(LifeEventList, file)
    elif file.inside == SYNONYMS:
        gathered.synonyms = reader.yaml_record(SynonymList, file)
    elif file.inside == DOSSIER_FIGURES:
        gathered.figures = reader.yaml_record(DossierFigureList, file)
    return file.inside in OWN_FILES


def _promised(kinds: Kinds, paths: Iterable[str]) -> tuple[str, ...]:
    """The codes that files of coded kinds are named after."""
    coded = [kind for kind in kinds if kind.codes]
    return tuple(sorted({PurePosixPath(path).stem for kind in coded for path in paths if kind.takes(path)}))


def _entry(reader: _Reader, file: Found, kind: AnyKind, gathered: _Gathered) -> None:
    """A file of a content kind: a text with its record, or a record alone."""
    if kind.suffix == ".md":
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


def _address(reader: _Reader, file: Found, kind: AnyKind, record: BaseModel, slug: str) -> str | None:
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


def _take_media(reader: _Reader, file: Found, gathered: _Gathered) -> None:
    suffix = PurePosixPath(file.inside).suffix
    wanted = media_name(file.inside)
    if file.size > MAX_MEDIA_BYTES:
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
        return
    reader.rejected |= {file.inside, wanted}


def _check_content(reader: _Reader, file: Found, suffix: str) -> bool:
    """Whether a file of media begins as its kind does; otherwise it is told."""
    if begins_as(file, MEDIA_SIGNATURES[suffix]):
        return True
    message = text("is no {kind} file", kind=suffix[1:].upper())
    reader.tell(file.inside, message, instead_of_content(file, media_name(file.inside)))
    return False


def _references(gathered: _Gathered, shared: Shared, reader: _Reader) -> Iterable[Reference]:
    """What records say of others, also those that are not in order, as far as they are right."""
    records: list[tuple[Source, BaseModel]] = [(part.source, part.lenient) for part in reader.parts]
    entries = [(entry.source, entry.record) for entry in gathered.entries]
    own = (gathered.province, gathered.agency, *entries, gathered.events, gathered.synonyms)
    records += [whole for whole in own if whole is not None]
    for source, record in records:
        named = [r for r in as_far_as_right(_said_of_others, source, record, reader.kinds) if r.target]
        kind = reader.kinds.of_file(source.inside)
        for unknown in (r for r in named if kind is not None and r.kind not in reader.kinds.targets):
            reader.report(
                source.inside,
                'the kind "{kind}" names "{target}", a target of the kind "{unknown}", which nobody can look for',
                "tell who looks after the portal: targets are of {known}",
                line=unknown.line,
                kind=kind.name if kind is not None else "",
                target=unknown.target,
                unknown=unknown.kind,
                known=", ".join(sorted(reader.kinds.targets)),
            )
        yield from (r for r in named if kind is None or r.kind in reader.kinds.targets)
        if isinstance(record, Agency) or reader.kinds.of_file(source.inside):
            yield from addresses_on_the_portal(source, record, shared.province.url)


def _said_of_others(source: Source, record: BaseModel, kinds: Kinds) -> Iterable[Reference]:
    kind = kinds.of_file(source.inside)
    if kind is not None:
        for target in kind.targets(record):
            if target.name:
                yield reference(target.kind, target.name, source, target.loc)
    elif isinstance(record, Province):
        yield from references_of_province(source, record)
    elif isinstance(record, Agency):
        yield from references_of_agency(source, record)
    elif isinstance(record, LifeEventList):
        yield from references_of_events(source, record)
    elif isinstance(record, SynonymList):
        yield from meanings_of(source, record)


def _records_of(
    model: type[Model], whole: tuple[Source, Model] | None, reader: _Reader
) -> Iterable[tuple[Source, Model]]:
    """A record beside the folders, or what is right of it."""
    if whole is not None:
        yield whole
    yield from ((part.source, part.strict) for part in reader.parts if isinstance(part.strict, model))


def _missing_files(site: Site, named: Iterable[tuple[Source, Loc, str]]) -> Iterable[Problem]:
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


def _named_files(
    site: Site, province: tuple[Source, Province] | None, agency: tuple[Source, Agency] | None, reader: _Reader
) -> Iterable[tuple[Source, Loc, str]]:
    """The files that records name, also those that are not in order, as far as they are right."""
    own: list[tuple[Source, BaseModel]] = [whole for whole in (province, agency) if whole is not None]
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


def _look_at_shared_records(reader: _Reader, gathered: _Gathered) -> None:
    """What the records that all sites share say of others, and what in them should be looked at.

    What is wrong with them is told where they are checked; here it is of the newest, whichever are in force.
    """
    newest = _Reader(reader.folder, reader.display_path, PROVINCE)
    gathered.province = _shared_records(newest).province
    reader.advice.extend(newest.advice)
    reader.far_dates.extend(newest.far_dates)
    reader.parts.extend(newest.parts)
