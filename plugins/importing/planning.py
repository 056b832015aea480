"""What an import is going to do, worked out whole before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from plugins.importing.administrative_fields import FieldNames
from plugins.importing.folders import FIELDS_FILE, MAX_LEDGER_BYTES, ContentFolder, check_owner, read_content
from plugins.importing.ledger import LEDGER, Entry, ledger_text
from plugins.importing.merging import CannotMerge, FieldChange, first_entry, merge
from plugins.importing.national import Doubt, DoubtKind, Draft, Refusal
from plugins.importing.national.draft import doubt
from plugins.importing.national.faults import same_steps
from plugins.importing.sources import Notice, Record, read_source
from plugins.portal.problems import Text, text
from plugins.portal.procedure import Procedure
from plugins.portal.reading import MAX_TEXT_BYTES
from plugins.portal.yaml_text import record_text

Stage = Literal["reading", "planning", "writing"]
Progress = Callable[[Stage, int, int | None], None]
"""Told the stage, how much of it is done, and of how much, if that is known."""
State = Literal["new", "updated", "unchanged"]

REFUSED = {
    "differs": "the code {code} stands in {place} too, with other contents: keep one of them",
    "two_folders": "the code {code} has a file in more than one folder: {places}; keep one of them",
    "deleted": "{place} was imported before, and an editor deleted it (--overwrite writes it again)",
    "too_large": "its file would be larger than {limit} bytes: shorten its texts in the source",
    "no_field": "field: {reason}: write the name of one field of administration (lĩnh vực) in the source",
    "no_field_but": "field: {reason}: write the name of one field of administration (lĩnh vực), such as {near}",
    "not_mergeable": "{place}: {problem}: mend this file, then import again",
}


@dataclass(frozen=True)
class Taken:
    """A record that was taken, and what becomes of its file."""

    code: str
    name: str
    file: str
    line: int
    """Where the record stands in what is imported."""
    path: str
    """The content's file, as people are told of it."""
    state: State
    doubts: tuple[Doubt, ...] = ()
    changes: tuple[FieldChange, ...] = ()

    @property
    def conflicts(self) -> tuple[FieldChange, ...]:
        """Fields that were kept although the import says something else."""
        return tuple(change for change in self.changes if change.kind == "conflict")


@dataclass(frozen=True)
class Refused:
    """A record that was not taken, and why."""

    file: str
    line: int
    code: str
    reason: Text


@dataclass(frozen=True)
class Write:
    """A file to write, with the text that it must still have then."""

    inside: str
    before: str | None
    after: str


@dataclass(frozen=True)
class ImportSummary:
    """An import in numbers; `read` is the sum of fully, doubtful, duplicates and refused."""

    read: int
    fully: int
    doubtful: int
    doubts: Mapping[DoubtKind, int]
    """How many there are of each kind."""
    duplicates: int
    """Records that say the same as an earlier one."""
    refused: int
    new: int
    updated: int
    unchanged: int
    conflicts: int
    """Fields that an editor changed and that were kept."""
    overwritten: int
    """Fields that an editor changed and that were replaced."""
    fields: tuple[str, ...]
    """Fields of administration that were added, by name."""
    written: int
    """Files; 0 where nothing was carried out."""

    @property
    def complete(self) -> bool:
        """Whether all was taken as it came."""
        return not self.refused and not self.conflicts


@dataclass(frozen=True)
class ImportPlan:
    """All that an import found and is going to write."""

    content: ContentFolder
    taken: tuple[Taken, ...]
    refused: tuple[Refused, ...]
    duplicates: tuple[tuple[Record, Record], ...]
    """Each with the earlier record that says the same."""
    notices: tuple[Notice, ...]
    fields: tuple[str, ...]
    writes: tuple[Write, ...]

    def summary(self, written: int = 0) -> ImportSummary:
        """The import in numbers."""
        states = Counter(taken.state for taken in self.taken)
        doubtful = sum(bool(taken.doubts) for taken in self.taken)
        changes = Counter(change.kind for taken in self.taken for change in taken.changes)
        doubts = Counter(doubt.kind for taken in self.taken for doubt in taken.doubts)
        return ImportSummary(
            read=len(self.taken) + len(self.refused) + len(self.duplicates),
            fully=len(self.taken) - doubtful,
            doubtful=doubtful,
            doubts=dict(sorted(doubts.items())),
            duplicates=len(self.duplicates),
            refused=len(self.refused),
            new=states["new"],
            updated=states["updated"],
            unchanged=states["unchanged"],
            conflicts=changes["conflict"],
            overwritten=changes["overwritten"],
            fields=self.fields,
            written=written,
        )


def _silent(stage: Stage, done: int, total: int | None) -> None:
    """Tell nobody."""


def plan_import(
    content: Path,
    files: Sequence[Path],
    into: str | None = None,
    *,
    overwrite: bool = False,
    progress: Progress = _silent,
) -> ImportPlan:
    """Read the files, compare them with the content and decide; nothing is written.

    `into` is the folder of what is new: an agency's slug, or `province`. With `overwrite` the import's values take the
    place of editors' too. Raises `ImportStopped` for a file or folder that cannot be read.
    """
    folder = read_content(content)
    check_owner(folder, into)
    records: list[Record] = []
    notices: list[Notice] = []
    for file in files:
        source = read_source(file, _counting_on(len(records), progress))
        records += source.records
        notices += source.notices
    return _Planner(folder, into, overwrite, progress).plan(records, notices)


def _counting_on(before: int, progress: Progress) -> Callable[[int], None]:
    return lambda done: progress("reading", before + done, None)


class _Planner:
    """Works out one plan."""

    def __init__(self, content: ContentFolder, into: str | None, overwrite: bool, progress: Progress) -> None:
        self._content = content
        self._into = into
        self._overwrite = overwrite
        self._progress = progress
        self._names = FieldNames(content.shared.fields)
        self._ledgers = {folder: content.ledger(folder) for folder in content.folders}
        self._entries: dict[str, dict[str, Entry]] = {}
        self._named: set[str] = set()
        """Slugs of fields of administration that files will name."""
        self._refused: list[Refused] = []
        self._taken: list[Taken] = []
        self._writes: list[Write] = []

    def plan(self, records: Sequence[Record], notices: Sequence[Notice]) -> ImportPlan:
        chosen, duplicates = self._each_once(records)
        known = {*self._content.places, *(drafted.procedure.code for _, drafted in chosen)}
        copied = same_steps(drafted.procedure for _, drafted in chosen)
        for done, (record, drafted) in enumerate(chosen, 1):
            if self._names_no_field(record, drafted):
                continue
            procedure, doubts = self._fitted(drafted, known)
            self._take(record, replace(drafted, procedure=procedure, doubts=(*doubts, *copied.get(procedure.code, ()))))
            self._progress("planning", done, len(chosen))
        self._names.keep(self._named)
        added = self._names.added
        return ImportPlan(
            content=self._content,
            taken=tuple(self._taken),
            refused=tuple(sorted(self._refused, key=lambda refusal: (refusal.file, refusal.line))),
            duplicates=tuple(duplicates),
            notices=tuple(notices),
            fields=tuple(added.values()),
            writes=(*self._fields_write(added), *self._with_ledgers()),
        )

    def _each_once(self, records: Iterable[Record]) -> tuple[list[tuple[Record, Draft]], list[tuple[Record, Record]]]:
        """The drafts by code, the records that repeat one, and (among the refused) those that contradict each other."""
        by_code: dict[str, list[tuple[Record, Draft]]] = defaultdict(list)
        for record in records:
            outcome = record.outcome
            if isinstance(outcome, Refusal):
                self._refused.append(Refused(record.file, record.line, outcome.code, outcome.reason))
            else:
                by_code[outcome.procedure.code].append((record, outcome))
        chosen: list[tuple[Record, Draft]] = []
        duplicates: list[tuple[Record, Record]] = []
        for code, entries in sorted(by_code.items()):
            first, *others = entries
            if all(other.procedure == first[1].procedure for _, other in others):
                chosen.append(first)
                duplicates += [(record, first[0]) for record, _ in others]
            else:
                self._contradict(code, [record for record, _ in entries])
        return chosen, duplicates

    def _refuse(self, record: Record, code: str, kind: str, **params: object) -> None:
        named = {name: value for name, value in {"code": code, **params}.items() if f"{{{name}}}" in REFUSED[kind]}
        self._refused.append(Refused(record.file, record.line, code, text(REFUSED[kind], **named)))

    def _contradict(self, code: str, records: Sequence[Record]) -> None:
        for record in records:
            places = ", ".join(f"{other.file}:{other.line}" for other in records if other is not record)
            self._refuse(record, code, "differs", place=places)

    def _names_no_field(self, record: Record, drafted: Draft) -> bool:
        """Whether what stands in the place of a new field's name is none; then the record waits, and it is told."""
        fault = self._names.fault(drafted.field_name)
        if fault is not None:
            reason, near = fault
            named = {"near": near} if near else {}
            kind = "no_field_but" if near else "no_field"
            self._refuse(record, drafted.procedure.code, kind, reason=reason, **named)
        return fault is not None

    def _fitted(self, drafted: Draft, known: set[str]) -> tuple[Procedure, tuple[Doubt, ...]]:
        """The procedure with the portal's slug of its field, and without links that would lead nowhere."""
        procedure = drafted.procedure
        related = tuple(code for code in procedure.related if code in known)
        lost = [doubt("related", "related_unknown", code=code) for code in procedure.related if code not in known]
        changed: dict[str, object] = {"field": self._names.slug(drafted.field_name)}
        if lost:
            changed["related"] = related
        return procedure.model_copy(update=changed), (*drafted.doubts, *lost)

    def _take(self, record: Record, drafted: Draft) -> None:
        code = drafted.procedure.code
        places = self._content.places.get(code, ())
        if len(places) > 1:
            paths = ", ".join(self._content.path_of(folder_path) for folder_path in places)
            self._refuse(record, code, "two_folders", places=paths)
            return
        folder = places[0].split("/procedures/")[0] if places else self._content.owner(drafted.procedure, self._into)
        try:
            self._put(record, drafted, folder)
        except CannotMerge as error:
            inside = f"{folder}/procedures/{code}.yaml"
            location = self._content.path_of(inside) + ("" if error.line is None else f":{error.line}")
            self._refuse(record, code, "not_mergeable", place=location, problem=error.message)

    def _put(self, record: Record, drafted: Draft, folder: str) -> None:
        """Put a record into its file, which may be there."""
        procedure, given = drafted.procedure, drafted.given
        inside = f"{folder}/procedures/{procedure.code}.yaml"
        written = self._content.text(inside)
        taken = Taken(
            procedure.code,
            procedure.name,
            record.file,
            record.line,
            self._content.path_of(inside),
            "new",
            drafted.doubts,
        )
        last = self._last(folder, procedure.code)
        entry: Entry | None = first_entry(procedure, given)
        if written is None and last is not None and not self._overwrite:
            self._refuse(record, procedure.code, "deleted", place=taken.path)
            return
        if written is None:
            after = record_text(procedure, f"{'../' * (folder.count('/') + 2)}schemas/procedure.schema.json")
        else:
            merged = merge(written, procedure, given, last, overwrite=self._overwrite)
            gone = tuple(doubt(name, "no_longer_given") for name in merged.no_longer_given)
            state: State = "unchanged" if merged.text == written else "updated"
            taken = replace(taken, state=state, changes=merged.changes, doubts=(*taken.doubts, *gone))
            after, entry = merged.text, merged.entry
        if len(after.encode()) > MAX_TEXT_BYTES:
            self._refuse(record, procedure.code, "too_large", limit=MAX_TEXT_BYTES)
            return
        if after != written:
            self._writes.append(Write(inside, written, after))
            self._named.add(procedure.field)
        if entry is not None and self._ledgers[folder].get(procedure.code) != entry:
            self._entries.setdefault(folder, {})[procedure.code] = entry
        self._taken.append(taken)

    def _last(self, folder: str, code: str) -> Entry | None:
        """What is remembered of a code in its folder; or in another, from which an editor has moved its file."""
        others = (ledger[code] for ledger in self._ledgers.values() if code in ledger)
        return self._ledgers[folder].get(code) or next(others, None)

    def _fields_write(self, added: Mapping[str, str]) -> list[Write]:
        if not added:
            return []
        written = self._content.text(FIELDS_FILE) or ""
        return [Write(FIELDS_FILE, written, self._names.text(written, self._content.path_of(FIELDS_FILE)))]

    def _with_ledgers(self) -> list[Write]:
        """The files folder by folder, each folder's ledger last: what it remembers is then there."""
        writes = sorted(self._writes, key=lambda write: write.inside)
        for folder, entries in sorted(self._entries.items()):
            inside = f"{folder}/procedures/{LEDGER}"
            after = ledger_text({**self._ledgers[folder], **entries})
            places = [n for n, write in enumerate(writes) if write.inside.startswith(f"{folder}/procedures/")]
            before = self._content.text(inside, MAX_LEDGER_BYTES)
            writes.insert(max(places, default=-1) + 1, Write(inside, before, after))
        return writes
