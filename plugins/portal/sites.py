"""A site's folder read whole: its records, its texts, its files, and every problem in them.

First gather all, then write: nothing is built before everything is read and checked. A site is read without looking
at any other; what it says about others (a procedure's code, an agency's slug) is kept as `Reference` for the linking.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar
from urllib.parse import quote, unquote, urlsplit

from pydantic import BaseModel

from plugins.portal import addresses
from plugins.portal.advice import (
    Advice,
    agency_advice,
    article_advice,
    date_advice,
    days_of_the_past,
    far_dates,
    procedure_advice,
)
from plugins.portal.agency import Agency, Lifecycle
from plugins.portal.article import Article, Page
from plugins.portal.characters import shown_name
from plugins.portal.dossier_figures import DossierFigureList, PublishedPeriod
from plugins.portal.entries import Entry, Source, TextSource
from plugins.portal.fields import texts_in
from plugins.portal.file_places import placed
from plugins.portal.front_matter import read_text_file
from plugins.portal.identifiers import SLUG_MAX_LENGTH, is_slug, slugify
from plugins.portal.kinds import AnyKind, CardT, ContentKind, Kinds, RecordT
from plugins.portal.litter import copied_from, is_litter
from plugins.portal.liveness import sign_of_life
from plugins.portal.manifest import FarDate, Reference
from plugins.portal.problems import Problem, Text, did_you_mean, in_order, text
from plugins.portal.procedure import Form, Procedure
from plugins.portal.province import FieldList, LegalStatus, LegalStatusList, LifeEvent, LifeEventList, Province
from plugins.portal.reading import MAX_MEDIA_BYTES, Found, Obstacle, UnreadableError, read_text, slug_of, walk
from plugins.portal.remedies import media_name
from plugins.portal.synonyms import SynonymList
from plugins.portal.validation import field_name, field_names, validate
from plugins.portal.values import clock, day
from plugins.portal.yaml_comments import swallowed_comments
from plugins.portal.yaml_source import Loc, YamlError, YamlSource, read_yaml

MEDIA_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG\r\n",), ".gif": (b"GIF8",),
    ".webp": (b"RIFF",), ".pdf": (b"%PDF-",), ".docx": (b"PK",), ".xlsx": (b"PK",), ".odt": (b"PK",), ".ods": (b"PK",),
    ".doc": (b"\xd0\xcf\x11\xe0",), ".xls": (b"\xd0\xcf\x11\xe0",), ".zip": (b"PK",), ".csv": (), ".txt": (),
}  # fmt: skip
"""The kinds of file that a site may offer, with how each begins.

SVG and HTML are not among them: they can run scripts."""
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})
"""Those that browsers show as pictures."""

LEGAL_STATUS = "legal-status.yaml"
PROVINCE_RECORD = "province.yaml"
SHARED_FILES = (PROVINCE_RECORD, "fields.yaml", LEGAL_STATUS)
"""Files of the province's folder that every site is built from; the last need not be there."""
LIFE_EVENTS = "life-events.yaml"
SYNONYMS = "synonyms.yaml"
DOSSIER_FIGURES = "dossier-figures.yaml"
OWN_FILES = (*SHARED_FILES, LIFE_EVENTS, SYNONYMS, DOSSIER_FIGURES)
"""Records beside the folders of the province."""
AGENCY = "agency.yaml"

_UNREADABLE = "\ufffd"
"""In names as they are shown: stands for bytes that are no UTF-8, and for controls."""

NOTHING = YamlSource(None, None, 1)
"""Of a text whose fields cannot be read."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class ArticleSource(TextSource):
    """A news article."""

    record: Article


@dataclass(frozen=True)
class PageSource(TextSource):
    """A standing page."""

    record: Page


AnyText = ArticleSource | PageSource | Entry[Any]


@dataclass(frozen=True)
class ProcedureSource:
    """A procedure and its place."""

    source: Source
    record: Procedure


@dataclass(frozen=True)
class Shared:
    """What every site reads besides its own folder."""

    province: Province
    fields: Mapping[str, str]
    """Names of the fields of administration by slug."""
    legal_status: Mapping[str, LegalStatus] = field(default_factory=dict)
    """What became of the documents that procedures rest on, by their number in small letters."""
    references: tuple[Reference, ...] = ()
    """What the province's record says of agencies and procedures."""

    def field_name(self, slug: str) -> str:
        """What people call a field of administration; of one that the province's list has not, its slug in words."""
        return self.fields.get(slug) or slug.replace("-", " ").capitalize()


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
    shown: str
    agency: Agency | None
    name_line: int | None = None
    """Where the agency's record has its name."""
    articles: tuple[ArticleSource, ...] = ()
    pages: tuple[PageSource, ...] = ()
    procedures: tuple[ProcedureSource, ...] = ()
    entries: tuple[Entry[Any], ...] = ()
    """Of other kinds of content, in order of their files."""
    unread: tuple[TextSource, ...] = ()
    """Texts whose records are not in order: what is wrong in the texts is told in the same round."""
    media: Mapping[str, Found] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    """Files that are not taken for a reason that was told, under the names that they have and are to have."""
    references: tuple[Reference, ...] = ()
    promised: tuple[str, ...] = ()
    """The codes that procedure files are named after, also of those that cannot be read."""
    claims: tuple[str, ...] = ()
    """The addresses that its records take, sorted."""
    life_events: tuple[LifeEvent, ...] = ()
    """Of the province's own folder, in the order of its file."""
    synonyms: SynonymList = field(default_factory=SynonymList)
    """Of the province's own folder."""
    dossier_figures: tuple[PublishedPeriod, ...] = ()
    """What was published of earlier periods; of the province's own folder, in the order of its file."""
    hidden: Mapping[str, AnyText] = field(default_factory=dict)
    """Every text that is not public, by its file as seen from the site's folder."""
    scheduled: tuple[datetime, ...] = ()
    """When the passing of time will change the site; in order."""
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    """What should be looked at, but keeps nothing from being shown."""
    far_dates: tuple[FarDate, ...] = ()
    """Days that may lie far ahead."""

    @property
    def drafts(self) -> tuple[str, ...]:
        """The addresses of what is not public, sorted."""
        return tuple(sorted(self.address_of(entry) for entry in self.hidden.values()))

    def of(self, kind: ContentKind[RecordT, CardT]) -> list[Entry[RecordT]]:
        """The entries of one kind, in the order of its lists."""
        own = [(kind.card_of(self.slug, self.name, entry), entry) for entry in self.entries if entry.kind == kind.name]
        return [entry for _, entry in sorted(own, key=lambda pair: (kind.order(pair[0]), pair[0].url))]

    def address_of(self, entry: AnyText) -> str:
        """Where a text of the site has its page."""
        if isinstance(entry, Entry):
            return entry.address
        if isinstance(entry, ArticleSource):
            return addresses.article(self.slug, entry.record.date, entry.slug)
        return addresses.page(self.slug, entry.slug)

    @cached_property
    def texts(self) -> Mapping[str, AnyText]:
        """Everything with a page and a text by its file, as seen from the site's folder."""
        entries: list[AnyText] = [*self.articles, *self.pages, *self.entries]
        return {entry.source.inside: entry for entry in entries}

    def file_link(self, inside: str) -> FileLink:
        """A file of the site's media folder, ready to be offered."""
        name = PurePosixPath(inside)
        return FileLink(name.name, addresses.media(self.slug, inside), self.media[inside].size, name.suffix[1:].upper())

    @property
    def name(self) -> str:
        """What people call it; its slug where its own record cannot be read."""
        return self.agency.name if self.agency else self.slug


@dataclass(frozen=True)
class TextWithRecord(Generic[Model]):
    """A text as its file holds it, and the record above it; None where that is not in order."""

    text: TextSource
    record: Model | None


class _Reader:
    """Reads one site's folder; gathers what it finds and what is wrong."""

    def __init__(self, folder: Path, shown: str, slug: str, kinds: Kinds | None = None) -> None:
        self.folder = folder
        self.kinds = kinds or Kinds()
        self.shown = shown
        self.slug = slug
        self.problems: list[Problem] = []
        self.advice: list[Problem] = []
        self.claims: dict[str, list[str]] = defaultdict(list)
        self.far_dates: list[FarDate] = []
        self.files: set[str] = set()
        """All files of the folder, as `_plain` has them."""
        self.unknown_fields: set[str] = set()
        """Fields of administration that were told to be unknown."""
        self._misplaced: set[str] = set()
        self.taken: Collection[str] = ()
        """Names that no page of the site may have."""
        self.rejected: set[str] = set()
        """Files that are there and cannot be taken, under the names that they have and are to have: nobody is told
        besides that they are missing."""

    def report(self, inside: str, message: str, hint: str, line: int | None = None, **params: object) -> None:
        used = {name: value for name, value in params.items() if f"{{{name}}}" in message}
        advice = {name: value for name, value in params.items() if f"{{{name}}}" in hint}
        self.problems.append(
            Problem(
                path=f"{self.shown}/{inside}" if inside else self.shown,
                line=line,
                message=text(message, **used),
                hint=text(hint, **advice),
            )
        )

    def text(self, file: Found) -> str | None:
        try:
            return read_text(file)
        except UnreadableError as error:
            self.problems.append(
                Problem(path=f"{self.shown}/{file.inside}", line=error.line, message=error.message, hint=error.hint)
            )
            return None

    def source(self, file: Found, yaml: YamlSource | None, errors: Iterable[YamlError]) -> Source | None:
        """Where the fields of a file stand, as far as they could be read; what is wrong with them is reported."""
        path = f"{self.shown}/{file.inside}"
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
        if record is not None:
            self.advise(source, date_advice(record, source.yaml))
            self.far_dates.extend(far_dates(record, source.yaml, source.path))
        return record

    def yaml_record(self, model: type[Model], file: Found) -> tuple[Source, Model] | None:
        written = self.text(file)
        if written is None:
            return None
        source = self.source(file, *read_yaml(written, 1, field_names(model)))
        record = None if source is None else self.record(model, source)
        return None if source is None or record is None else (source, record)

    def front_matter(self, model: type[Model], file: Found) -> TextWithRecord[Model] | None:
        """A text and its record, which is None where it is not in order: the text can be checked all the same."""
        written = self.text(file)
        if written is None:
            return None
        parts = read_text_file(written, field_names(model))
        source = self.source(file, parts.fields, parts.errors)
        record = None if source is None else self.record(model, source)
        if source is None:
            source = Source(f"{self.shown}/{file.inside}", file.inside, NOTHING)
        return TextWithRecord(TextSource(source, slug_of(file.inside), parts.body, parts.body_line), record)

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

    def misplaced(self, file: Found) -> None:
        """Report a file that has no business where it is; of a folder that is not known, only the folder."""
        own = (AGENCY,) if self.slug else OWN_FILES
        place = placed(file.inside, own, {kind.folder: kind.suffix for kind in self.kinds})
        if place.inside not in self._misplaced:
            self._misplaced.add(place.inside)
            path = f"{self.shown}/{place.inside}"
            self.problems.append(Problem(path=path, message=place.message, hint=place.hint))

    def look_for_copies(self, file: Found) -> None:
        path = PurePosixPath(file.inside)
        original = copied_from(path.stem)
        if original is not None and _plain(str(path.with_name(f"{original}{path.suffix}"))) in self.files:
            message = text('looks like a copy of "{name}"', name=f"{original}{path.suffix}")
            hint = text("delete it, or give it a name of its own: as it is, both are published")
            self.advice.append(Problem(path=f"{self.shown}/{file.inside}", message=message, hint=hint))

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


def load_shared(content: Path, shown: str) -> tuple[Shared | None, tuple[Problem, ...]]:
    """What all sites read: the province's record and its fields of administration; None if they cannot be read."""
    reader = _Reader(content / "province", f"{shown}/province", "")
    records = _shared_records(reader)
    if records.province is None or records.fields is None or reader.problems:
        return None, in_order(reader.problems)
    return records.shared(), ()


def read_as_far_as_possible(content: Path, shown: str) -> Shared:
    """The same where something is wrong with it: enough to find out what is wrong with the sites, not to show them."""
    return _shared_records(_Reader(content / "province", f"{shown}/province", "")).shared()


@dataclass(frozen=True)
class _SharedRecords:
    """The records that all sites share, as far as they are in order."""

    province: tuple[Source, Province] | None
    fields: tuple[Source, FieldList] | None
    legal: tuple[Source, LegalStatusList] | None

    def shared(self) -> Shared:
        """With something in the place of what is missing, of which nobody complains."""
        nothing = Province(name="?", site_name="?", summary="?", url="https://province.invalid")
        references = tuple(_references_of_province(*self.province)) if self.province else ()
        fields = {entry.slug: entry.name for entry in self.fields[1].fields} if self.fields else AnyField()
        documents = {document.number.casefold(): document for document in self.legal[1].documents} if self.legal else {}
        return Shared(self.province[1] if self.province else nothing, fields, documents, references)


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


def _references_of_province(source: Source, record: Province) -> Iterable[Reference]:
    for index, code in enumerate(record.most_used):
        yield _reference("procedure", code, source, ("most_used", index))
    for index, slug in enumerate(record.agency_order):
        yield _reference("agency", slug, source, ("agency_order", index))


def _named(reader: _Reader, name: str, model: type[Model]) -> tuple[Source, Model] | None:
    path = reader.folder / name
    if path.is_symlink() or not path.is_file():
        reader.report(name, "required file is missing", "add it")
        return None
    return reader.yaml_record(model, Found(path, name, path.stat().st_size))


def agency_slugs(content: Path, shown: str, more_reserved: Collection[str] = ()) -> tuple[list[str], list[Problem]]:
    """The agencies' folders, in order, and those that cannot be an agency's: `more_reserved` are addresses of kinds."""
    reserved = addresses.RESERVED_AT_ROOT | set(more_reserved)
    folder = content / "agencies"
    slugs: list[str] = []
    problems: list[Problem] = []
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if is_litter(entry.name):
            continue
        place = f"{shown}/agencies/{shown_name(entry.name)}"
        if entry.is_symlink() or not entry.is_dir():
            message, hint = text("not a folder of an agency"), text("put each agency in a folder of its own here")
        elif not is_slug(entry.name):
            near = slugify(shown_name(entry.name))
            near = near if is_slug(near) and near not in reserved else "co-quan"
            message, hint = text("its name makes no address"), text('rename the folder to "{name}"', name=near)
        elif entry.name in reserved:
            message, hint = text("the portal uses this address itself"), text("choose another name for the folder")
        else:
            slugs.append(entry.name)
            continue
        problems.append(Problem(path=place, message=message, hint=hint))
    return slugs, problems


def load_site(
    content: Path,
    shown: str,
    slug: str,
    shared: Shared,
    *,
    drafts: bool,
    now: datetime = datetime.max,
    agencies: Collection[str] = (),
    others_codes: Collection[str] = (),
    obstacles: Iterable[Obstacle] = (),
    kinds: Kinds | None = None,
) -> Site:
    """Read the folder of an agency, or of the province where `slug` is empty; never raises for what is in it.

    With `drafts` also what is not public is part of the site. What is dated later than `now` (in Vietnam, without a
    zone) is not public yet. `agencies` are the addresses that the province's own pages must not take; files of
    `others_codes` are passed over, for these procedures are others'; `obstacles` is what the folder holds beside its
    files. `kinds` are the kinds of content besides news, pages and procedures.
    """
    relative = f"agencies/{slug}" if slug else "province"
    folder = content / relative
    reader = _Reader(folder, f"{shown}/{relative}", slug, kinds)
    reader.taken = addresses.RESERVED_IN_SITE if slug else addresses.RESERVED_AT_ROOT | set(agencies)
    reader.taken = {*reader.taken, *reader.kinds.reserved}
    files, more = walk(folder, reader.shown)
    for obstacle in (*obstacles, *more):
        reader.rejected.add(obstacle.inside)
        reader.problems.append(obstacle.problem)
    doubled = {f"procedures/{code}.yaml" for code in others_codes}
    reader.rejected |= doubled
    reader.files = {_plain(file.inside) for file in files}
    found = _Gathered()
    for file in files:
        if file.inside in doubled:
            continue
        _take(reader, file, shared, found)
    if found.agency:
        reader.advise(found.agency[0], agency_advice(found.agency[1], slug))
    if slug and reader.rejected.isdisjoint({"", AGENCY}) and not any(file.inside == AGENCY for file in files):
        reader.report(AGENCY, "required file is missing", "add it")
    for inside in found.media:
        reader.claims[addresses.media(slug, inside)].append(inside)
    timing = _Timing(reader, now)
    articles, pages = timing.articles(found.articles), timing.pages(found.pages)
    texts: list[AnyText] = [*articles, *pages, *found.entries]
    hidden = [entry for entry in texts if not entry.public]
    timing.look_for_days_to_come([(entry.source, entry.record) for entry in found.entries])
    site = Site(
        slug=slug,
        folder=folder,
        shown=reader.shown,
        agency=timing.agency(found.agency),
        name_line=found.agency[0].yaml.line_of(("name",)) if found.agency else None,
        articles=tuple(a for a in articles if drafts or a.public),
        pages=tuple(p for p in pages if drafts or p.public),
        procedures=tuple(timing.procedures(found.procedures)),
        entries=tuple(entry for entry in found.entries if drafts or entry.public),
        unread=tuple(found.unread),
        media=found.media,
        told=frozenset(reader.rejected),
        references=(*(() if slug else shared.references), *_references(found, shared, reader.kinds)),
        promised=_promised({*(file.inside for file in files), *reader.rejected} - doubled),
        claims=tuple(sorted(reader.claims)),
        life_events=found.events[1].life_events if found.events else (),
        synonyms=found.synonyms[1] if found.synonyms else SynonymList(),
        dossier_figures=found.figures[1].periods if found.figures else (),
        hidden={entry.source.inside: entry for entry in hidden},
        scheduled=timing.moments,
    )
    named = [*_named_files(site, found.agency), *_files_of_entries(site.entries, reader.kinds)]
    reader.problems.extend(_missing_files(site, named, reader.rejected))
    reader.collisions()
    if not drafts:
        site = replace(site, media=_without_files_of(hidden, site, {file for _, _, file in named}))
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

    def articles(self, articles: Iterable[ArticleSource]) -> list[ArticleSource]:
        timed = [replace(article, public=self._is_public(article)) for article in articles]
        for article in timed:
            to_come = article.record.status == "published" and not article.public
            self.reader.advise(article.source, article_advice(article.record, article.source.inside, to_come=to_come))
        self.look_for_days_to_come([(entry.source, entry.record) for entry in timed if entry.public])
        return timed

    def pages(self, pages: Sequence[PageSource]) -> list[PageSource]:
        self.look_for_days_to_come([(page.source, page.record) for page in pages])
        return [replace(page, public=page.record.status == "published") for page in pages]

    def _is_public(self, article: ArticleSource) -> bool:
        if article.record.status != "published":
            return False
        if article.record.date > self.now:
            when = clock(article.record.date)
            message = text("is not public before {when}", when=when)
            self._later(article.source, ("date",), article.record.date, message, text("mend the date if it is wrong"))
            return False
        return True

    def procedures(self, procedures: Sequence[ProcedureSource]) -> list[ProcedureSource]:
        """The procedures as they are now: one that will be abolished is in force until its last day is over."""
        self.look_for_days_to_come([(procedure.source, procedure.record) for procedure in procedures])
        return [self._procedure(procedure) for procedure in procedures]

    def _procedure(self, procedure: ProcedureSource) -> ProcedureSource:
        record, last = procedure.record, procedure.record.effective_to
        if record.status != "abolished" or last is None:
            return procedure
        end = datetime.combine(last, time.min) + timedelta(days=1)
        if end <= self.now:
            return procedure
        message = text("the procedure is shown as in force until {day}", day=day(last))
        self._later(procedure.source, ("effective_to",), end, message, text("mend the date if it is wrong"))
        return replace(procedure, record=record.model_copy(update={"status": "in_force"}))

    def look_for_days_to_come(self, records: Iterable[tuple[Source, BaseModel]]) -> None:
        """Tell of days that say what has happened, and that have not come yet."""
        for source, record in records:
            for loc, value in days_of_the_past(record, source.yaml):
                moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)
                if moment > self.now:
                    message = text("{day} is still to come", day=day(moment))
                    self._later(source, loc, moment, message, text("mend the date if it is wrong"))

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
        self.reader.far_dates = [found for found in far if (found.path, found.field) != (source.path, told)]


def _without_files_of(hidden: Iterable[TextSource], site: Site, named: set[str]) -> Mapping[str, Found]:
    """The site's media without the files that only texts use which are not public: they are not public either."""
    theirs = {file for entry in hidden for file in site.media if _names(entry, file)}
    if not theirs:
        return site.media
    public = named | {file for entry in site.texts.values() for file in theirs if _names(entry, file)}
    return {file: status for file, status in site.media.items() if file not in theirs - public}


def _names(entry: TextSource, file: str) -> bool:
    """Whether a text shows or offers a file."""
    if isinstance(entry, ArticleSource):
        picture = entry.record.picture
        if file in entry.record.attachments or (picture is not None and picture.file == file):
            return True
    return file in entry.body or quote(file) in entry.body


@dataclass
class _Gathered:
    """What the files of a folder hold."""

    agency: tuple[Source, Agency] | None = None
    events: tuple[Source, LifeEventList] | None = None
    synonyms: tuple[Source, SynonymList] | None = None
    figures: tuple[Source, DossierFigureList] | None = None
    articles: list[ArticleSource] = field(default_factory=list)
    pages: list[PageSource] = field(default_factory=list)
    procedures: list[ProcedureSource] = field(default_factory=list)
    entries: list[Entry[Any]] = field(default_factory=list)
    unread: list[TextSource] = field(default_factory=list)
    media: dict[str, Found] = field(default_factory=dict)


def _take(reader: _Reader, file: Found, shared: Shared, found: _Gathered) -> None:
    """Read a file for what its place in the folder says it is."""
    sign_of_life()
    path = PurePosixPath(file.inside)
    top, depth = path.parts[0], len(path.parts)
    if _UNREADABLE in file.inside:
        reader.rejected.add(file.inside)
        reader.report(
            file.inside,
            "its name has letters that cannot be read",
            "rename it: names are UTF-8, without control characters",
        )
        return
    if depth == 1 and _take_record(reader, file, found):
        return
    if top == "media" and depth > 1:
        _take_media(reader, file, found)
    elif top == "news" and depth > 1 and path.suffix == ".md":
        _article(reader, file, found)
    elif top == "pages" and depth == 2 and path.suffix == ".md":
        _page(reader, file, found)
    elif _is_procedure(file.inside):
        found.procedures.extend(_procedure(reader, file, shared))
    elif (kind := reader.kinds.in_folder(top)) is not None and depth == 2 and path.suffix == kind.suffix:
        _entry(reader, file, kind, found)
    else:
        reader.rejected.add(file.inside)
        reader.misplaced(file)
    if top != "media":
        reader.look_for_copies(file)


def _take_record(reader: _Reader, file: Found, found: _Gathered) -> bool:
    """Read one of the records that stand beside the folders; whether it is one."""
    if reader.slug:
        if file.inside == AGENCY:
            found.agency = reader.yaml_record(Agency, file)
        return file.inside == AGENCY
    if file.inside == LIFE_EVENTS:
        found.events = reader.yaml_record(LifeEventList, file)
    elif file.inside == SYNONYMS:
        found.synonyms = reader.yaml_record(SynonymList, file)
    elif file.inside == DOSSIER_FIGURES:
        found.figures = reader.yaml_record(DossierFigureList, file)
    return file.inside in OWN_FILES


def _promised(paths: Iterable[str]) -> tuple[str, ...]:
    """The codes that procedure files are named after."""
    return tuple(sorted({PurePosixPath(path).stem for path in paths if _is_procedure(path)}))


def _is_procedure(inside: str) -> bool:
    path = PurePosixPath(inside)
    return len(path.parts) == 2 and path.parts[0] == "procedures" and path.suffix == ".yaml"


def _article(reader: _Reader, file: Found, found: _Gathered) -> None:
    read = reader.front_matter(Article, file)
    slug = reader.slug_for(file)
    if read is None or read.record is None or not slug:
        _unread(reader, file, read, found)
        return
    reader.claims[addresses.article(reader.slug, read.record.date, slug)].append(file.inside)
    text_source = read.text
    found.articles.append(ArticleSource(text_source.source, slug, text_source.body, text_source.body_line, read.record))


def _page(reader: _Reader, file: Found, found: _Gathered) -> None:
    read = reader.front_matter(Page, file)
    slug = reader.slug_for(file)
    if slug in reader.taken:
        reader.report(file.inside, "the address /{address}/ is taken", "rename the file", address=slug)
    if read is None or read.record is None or not slug or slug in reader.taken:
        _unread(reader, file, read, found)
        return
    reader.claims[addresses.page(reader.slug, slug)].append(file.inside)
    text_source = read.text
    found.pages.append(PageSource(text_source.source, slug, text_source.body, text_source.body_line, read.record))


def _entry(reader: _Reader, file: Found, kind: AnyKind, found: _Gathered) -> None:
    """A file of a content kind: a text with its record, or a record alone."""
    if kind.suffix == ".md":
        read = reader.front_matter(kind.model, file)
    else:
        alone = reader.yaml_record(kind.model, file)
        read = None if alone is None else TextWithRecord(TextSource(alone[0], slug_of(file.inside), "", 1), alone[1])
    slug = reader.slug_for(file)
    if read is None or read.record is None or not slug:
        _unread(reader, file, read, found)
        return
    address = kind.address(reader.slug, slug)
    reader.claims[address].append(file.inside)
    source = read.text.source
    for remark in kind.remarks(read.record):
        line = source.yaml.line_of(remark.loc)
        problem = Problem(
            path=source.path, line=line, field=field_name(remark.loc), message=remark.message, hint=remark.hint
        )
        (reader.problems if remark.stops else reader.advice).append(problem)
    public = kind.is_public(read.record)
    found.entries.append(
        Entry(source, slug, read.text.body, read.text.body_line, kind.name, read.record, address, public=public)
    )


def _unread(reader: _Reader, file: Found, read: TextWithRecord[Any] | None, found: _Gathered) -> None:
    reader.rejected.add(file.inside)
    if read is not None:
        found.unread.append(read.text)


def _procedure(reader: _Reader, file: Found, shared: Shared) -> Iterable[ProcedureSource]:
    read = reader.yaml_record(Procedure, file)
    if read is None:
        return
    source, record = read
    reader.claims[addresses.procedure(reader.slug, record.code)].append(file.inside)
    if PurePosixPath(file.inside).stem != record.code:
        reader.report(
            file.inside,
            'the file is not named after its code "{code}"',
            "rename it to {code}.yaml, or mend the code",
            line=source.yaml.line_of(("code",)),
            code=record.code,
        )
    if record.field not in shared.fields and record.field not in reader.unknown_fields:
        reader.unknown_fields.add(record.field)
        reader.advise(source, [_unknown_field(record.field, shared)])
    reader.advise(source, procedure_advice(record, shared.legal_status))
    yield ProcedureSource(source, record)


def _unknown_field(slug: str, shared: Shared) -> Advice:
    """What to say of the first procedure of a site that names it: the list may be wrong as well as the procedure."""
    near = did_you_mean(slug, shared.fields, text("write one of those in fields.yaml"))
    shown_as = shared.field_name(slug)
    hint = text(
        '{remedy} or let the province add it to fields.yaml; until then it is "{name}"', remedy=near, name=shown_as
    )
    return ("field",), text('unknown field of administration "{name}"', name=slug), hint


def _take_media(reader: _Reader, file: Found, found: _Gathered) -> None:
    suffix = PurePosixPath(file.inside).suffix
    wanted = media_name(file.inside)
    if file.size > MAX_MEDIA_BYTES:
        reader.report(file.inside, "larger than {limit} bytes", "make it smaller or split it", limit=MAX_MEDIA_BYTES)
    elif suffix.lower() not in MEDIA_SIGNATURES:
        reader.report(
            file.inside,
            'files of the kind "{kind}" cannot be offered',
            "use one of {kinds}",
            kind=suffix,
            kinds=", ".join(kind[1:] for kind in MEDIA_SIGNATURES),
        )
    elif file.inside != wanted:
        reader.report(file.inside, "its name does not stand well in an address", "rename it to {name}", name=wanted)
    elif not _begins_as(file, MEDIA_SIGNATURES[suffix]):
        reader.report(
            file.inside, "is no {kind} file", "save it again in its own format, or rename it", kind=suffix[1:].upper()
        )
    else:
        found.media[file.inside] = file
        return
    reader.rejected |= {file.inside, wanted}


def _begins_as(file: Found, signatures: tuple[bytes, ...]) -> bool:
    with file.path.open("rb") as stream:
        start = stream.read(16)
    return not signatures or start.startswith(signatures)


def _references(found: _Gathered, shared: Shared, kinds: Kinds) -> Iterable[Reference]:
    if found.agency is not None:
        source, record = found.agency
        if record.parent is not None:
            yield _reference("agency", record.parent, source, ("parent",))
        for index, successor in enumerate(record.lifecycle.successors):
            yield _reference("agency", successor, source, ("lifecycle", "successors", index))
    for procedure in found.procedures:
        yield from _references_of_procedure(procedure)
    for entry in found.entries:
        kind = kinds.named(entry.kind)
        for target in kind.targets(entry.record):
            yield _reference(target.kind, target.name, entry.source, target.loc)
    procedures = ((procedure.source, procedure.record) for procedure in found.procedures)
    others = ((entry.source, entry.record) for entry in found.entries)
    records: list[tuple[Source, BaseModel]] = [*filter(None, (found.agency,)), *procedures, *others]
    for pair in records:
        yield from _addresses_on_the_portal(pair, shared.province.url)
    if found.events is not None:
        yield from _references_of_events(*found.events)
    if found.synonyms is not None:
        yield from _meanings(*found.synonyms)


def _references_of_procedure(procedure: ProcedureSource) -> Iterable[Reference]:
    record, source = procedure.record, procedure.source
    for index, code in enumerate(record.related):
        yield _reference("procedure", code, source, ("related", index))
    if record.successor is not None:
        yield _reference("procedure", record.successor, source, ("successor",))
    for index, slug in enumerate(record.performing_agencies):
        yield _reference("agency", slug, source, ("performing_agencies", index))


def _references_of_events(source: Source, events: LifeEventList) -> Iterable[Reference]:
    for e, event in enumerate(events.life_events):
        for s, step in enumerate(event.steps):
            for p, code in enumerate(step.procedures):
                yield _reference("procedure", code, source, ("life_events", e, "steps", s, "procedures", p))


def _meanings(source: Source, synonyms: SynonymList) -> Iterable[Reference]:
    for s, synonym in enumerate(synonyms.synonyms):
        for m, meaning in enumerate(synonym.mean):
            yield _reference("words", meaning, source, ("synonyms", s, "mean", m))


def _addresses_on_the_portal(entry: tuple[Source, BaseModel], portal: str) -> Iterable[Reference]:
    """Addresses in a record that lead to the portal itself, written with its public address: they can be looked for."""
    source, record = entry
    if (urlsplit(portal).hostname or portal) not in source.yaml.text:
        return
    for loc, url in texts_in(record):
        if url.lower().startswith(("http://", "https://")) and (path := addresses.path_on_portal(url, portal)):
            parts = urlsplit(path)
            address, fragment = (unicodedata.normalize("NFC", unquote(part)) for part in (parts.path, parts.fragment))
            yield _reference("address", address.lstrip("/"), source, loc, fragment)


def _reference(kind: str, target: str, source: Source, loc: Loc, fragment: str = "") -> Reference:
    return Reference.model_validate(
        {
            "kind": kind,
            "target": target,
            "fragment": fragment,
            "path": source.path,
            "line": source.yaml.line_of(loc),
            "field": field_name(loc),
        }
    )


def _missing_files(
    site: Site, named: Iterable[tuple[Source, Loc, str]], rejected: Collection[str]
) -> Iterable[Problem]:
    """Files that records name and that are not in media/."""
    for source, loc, file in named:
        if file not in site.media and file not in rejected:
            yield Problem(
                path=source.path,
                line=source.yaml.line_of(loc),
                field=field_name(loc),
                message=text('there is no file "{name}"', name=file),
                hint=did_you_mean(file, site.media, text("put the file there, or write the name of one in media/")),
            )


def _files_of_entries(entries: Iterable[Entry[Any]], kinds: Kinds) -> Iterable[tuple[Source, Loc, str]]:
    for entry in entries:
        for loc, file in kinds.named(entry.kind).files(entry.record):
            yield entry.source, loc, file


def _named_files(site: Site, agency: tuple[Source, Agency] | None) -> Iterable[tuple[Source, Loc, str]]:
    if agency is not None and agency[1].logo is not None:
        yield agency[0], ("logo",), agency[1].logo
    for article in site.articles:
        if article.record.picture is not None:
            yield article.source, ("picture", "file"), article.record.picture.file
        for index, file in enumerate(article.record.attachments):
            yield article.source, ("attachments", index), file
    for procedure in site.procedures:
        for loc, form in _forms(procedure):
            if form.file is not None:
                yield procedure.source, (*loc, "file"), form.file


def _forms(procedure: ProcedureSource) -> Iterable[tuple[Loc, Form]]:
    for c, case in enumerate(procedure.record.papers):
        for p, paper in enumerate(case.papers):
            for f, form in enumerate(paper.forms):
                yield ("papers", c, "papers", p, "forms", f), form
