"""Files of one site's folder read into records, with every problem in them.

What is in no file (what is public now, what others must know of it) does not belong here.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from pydantic import BaseModel

from plugins.portal import addresses
from plugins.portal.advice import Advice, date_advice, entries_twice, far_dates
from plugins.portal.damaged_text import conflicts_in, without_marks
from plugins.portal.entries import NOTHING, Source, TextSource
from plugins.portal.file_places import Folder, placed
from plugins.portal.front_matter import read_text_file
from plugins.portal.identifiers import SLUG_MAX_LENGTH
from plugins.portal.kinds import Kinds, Remark
from plugins.portal.litter import copied_from
from plugins.portal.manifest import FarDate
from plugins.portal.odd_signs import odd_signs
from plugins.portal.problems import Problem, Text, text
from plugins.portal.reading import SourceFile, UnreadableError, read_damaged, slug_of
from plugins.portal.record_files import OF_AGENCY, OWN_FILES
from plugins.portal.site_names import is_agency
from plugins.portal.validation import field_name, field_names, right_part, validate
from plugins.portal.written_text import WrittenText
from plugins.portal.yaml_comments import swallowed_comments
from plugins.portal.yaml_escapes import fault_of_escapes
from plugins.portal.yaml_source import YamlError, YamlSource, read_yaml

MOST_ODD_SIGNS = 50
"""Of one file that are told; with these mended the rest is."""

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


class FolderReader:
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
        """All files of the folder, as `plain_name` has them."""
        self._told: set[tuple[str, str]] = set()
        """What remarks that are told once were about, with their messages."""
        self._misplaced: set[str] = set()
        self.taken: Collection[str] = ()
        """Names that no page of the site may have."""
        self.folders = [Folder(kind.folder, kind.suffix, kind.called, kind.belongs) for kind in self.kinds]
        self.rejected: set[str] = set()
        """Files that are there and cannot be taken, under the names that they have and are to have: nobody is told
        besides that they are missing."""

    def begin_otherwise(self) -> Text:
        """What to do with an address that is not below the site's home."""
        return text(
            "write an address that begins with /{home}; one of an agency whose place this one took, if predecessors "
            "in agency.yaml names that",
            home=addresses.site_home(self.slug),
        )

    def report(self, inside: str, message: str, hint: str, line: int | None = None, **params: object) -> None:
        used = {name: value for name, value in params.items() if f"{{{name}}}" in message}
        advice = {name: value for name, value in params.items() if f"{{{name}}}" in hint}
        self.tell(inside, text(message, **used), text(hint, **advice), line)

    def tell(self, inside: str, message: Text, hint: Text, line: int | None = None) -> None:
        path = f"{self.display_path}/{inside}" if inside else self.display_path
        self.problems.append(Problem(path=path, line=line, message=message, hint=hint))

    def text(self, file: SourceFile) -> WrittenText | None:
        """The text of a file; what is damaged in it is told, and the rest can be looked at."""
        path = f"{self.display_path}/{file.inside}"
        try:
            written, damages = read_damaged(file)
        except UnreadableError as error:
            self.problems.append(Problem(path=path, line=error.line, message=error.message, hint=error.hint))
            return None
        self.problems.extend(Problem(path=path, line=d.line, message=d.message, hint=d.hint) for d in damages)
        uncertain = frozenset(line for conflict in conflicts_in(written) for line in conflict.lines)
        return WrittenText(without_marks(written), uncertain, any(damage.of_letters for damage in damages))

    def source(self, file: SourceFile, yaml: YamlSource | None, errors: Iterable[YamlError]) -> Source | None:
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

    def yaml_record(self, model: type[Model], file: SourceFile) -> tuple[Source, Model] | None:
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

    def front_matter(self, model: type[Model], file: SourceFile) -> TextWithRecord[Model] | None:
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

    def tell_odd_signs(self, file: SourceFile, written: str, *, named_only: bool) -> None:
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

    def slug_for(self, file: SourceFile) -> str:
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

    def misplaced(self, file: SourceFile) -> None:
        """Report a file that has no business where it is; of a folder that is not known, only the folder."""
        own = OF_AGENCY if is_agency(self.slug) else OWN_FILES
        placement = placed(file.inside, own, self.folders)
        root = Path(file.path).parents[file.inside.count("/")]
        if placement.meant and (root / placement.meant).exists():
            placement = placement.beside_it()
        if placement.inside not in self._misplaced:
            self._misplaced.add(placement.inside)
            path = f"{self.display_path}/{placement.inside}"
            self.problems.append(Problem(path=path, message=placement.message, hint=placement.hint))

    def look_for_copies(self, file: SourceFile) -> None:
        path = PurePosixPath(file.inside)
        original = copied_from(path.stem)
        if original is not None and plain_name(str(path.with_name(f"{original}{path.suffix}"))) in self.files:
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


def plain_name(name: str) -> str:
    """Names that differ in case or form only, as copies of one file do on some systems, are one."""
    return unicodedata.normalize("NFC", name).casefold()
