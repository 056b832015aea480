"""What a file does to the content: a new record, or what becomes of one that is there.

Files are packages of the document axis (edXML), documents in Word and PDF, and lists of documents. Nothing is replaced
that an editor wrote: whoever calls writes the files of a plan, all of them or none. What is taken in twice changes
nothing. A record that may not be for everybody is a draft, which a person publishes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import yaml

from plugins.documents.apart import Read, read_apart
from plugins.documents.edxml import Attachment, Package, PackageError, read_package
from plugins.documents.file_store import FileStore, pointer_of
from plugins.documents.filing import Filed, Filing, Original
from plugins.documents.kinds import DOCUMENT
from plugins.documents.numbers import DocumentNumber, NumberKey, read_number
from plugins.documents.pdf import read_pdf
from plugins.documents.registers import LeftOut, Register, Row, Rows, read_csv, read_rows
from plugins.documents.signed_by import is_perhaps_signed, trusted_in, with_signer
from plugins.documents.site_records import SUFFIXES, SiteRecords, fields_in, fields_of, files_of
from plugins.documents.transcripts import Basis, NotTakenError, Transcript
from plugins.documents.vocabulary import ABBREVIATIONS, DOCUMENT_TYPES
from plugins.documents.word import read_word
from plugins.documents.word_parts import check_archive
from plugins.portal.files import replace_in_place
from plugins.portal.front_matter import read_text_file
from plugins.portal.identifiers import fold
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.portal.pointers import MOST_BYTES, pointed_at, pointer_to
from plugins.portal.problems import Text, Translate, text
from plugins.portal.reading import MAX_MEDIA_BYTES
from plugins.portal.site_names import folder_of, site_of
from plugins.portal.validation import field_names, validate
from plugins.portal.yaml_source import parse_yaml

if TYPE_CHECKING:
    from plugins.documents.trust import TrustFolder


@dataclass(frozen=True)
class Plan:
    """What a file comes to: files to write, and what is told."""

    files: Mapping[str, bytes]
    """By their path from the content folder."""
    told: tuple[Text, ...]
    complete: bool = True
    """False where parts of the file were left out, each with its reason."""
    stored: tuple[bytes, ...] = ()
    """What goes into the store of large files; of these `files` has the pointers."""

    @property
    def paths(self) -> list[str]:
        """Sorted."""
        return sorted(self.files)


_BEGINS_XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")
STORED_FROM = 1_000_000
"""Bytes of a file from which on it goes into the store, where there is one: git keeps every version for ever."""
Beside = Callable[[str], bytes | None]
"""The content of a file that lies beside another, by its name; None where there is none."""
Sheets = Callable[[bytes, str], Iterator[tuple[str, Rows]]]
"""The sheets of a workbook. Raises `NotTakenError`."""


@dataclass(frozen=True)
class Agencies:
    """Whose folder is whose, and how they are called."""

    codes: Mapping[str, str]
    """Slugs by code."""
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Slug and proper name, by the name without marks, as `folded` gives it."""

    def called(self, name: str) -> tuple[str, str] | None:
        """Who is called so, in whatever letters."""
        return self.names.get(folded(name))


def folded(name: str) -> str:
    """A name in letters that do not depend on how it is typed: `UBND TỈNH` as `Ủy ban nhân dân tỉnh`."""
    words = fold(name).replace("-", " ").split()
    return " ".join(
        {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "tp": "thanh pho"}.get(w, w) for w in words
    )


@dataclass
class TakingIn:
    """Takes files into a content folder, one after the other; each folder of a site is looked through once."""

    content: Path
    agencies: Agencies
    into: str | None = None
    """Where all go, whoever sent them; None where their codes or heads say it."""
    given: Mapping[str, object] = field(default_factory=dict)
    """What a person says of a document in a file, by the fields of `Transcript`."""
    translate: Translate = str
    """For remarks in records."""
    sheets: Sheets | None = None
    """What reads workbooks; None where nobody has any."""
    store: FileStore | None = None
    """Where large files go; None where they go into `media/`, as far as they may."""
    _records: dict[str, SiteRecords] = field(default_factory=dict)

    def plan(self, written: bytes, name: str = "", beside: Beside = lambda name: None) -> Plan:
        """What a file does; `name` is what it is called. Raises `NotTakenError`: then nothing is to be done."""
        plan = self._plan(written, name, beside)
        for path in plan.files:
            if not (self.content / path).parent.resolve().is_relative_to(self.content.resolve()):
                raise NotTakenError(
                    text("{path} would be written behind a link, outside the content: take the link away", path=path)
                )
        return plan if self.store is None else _with_pointers(plan)

    @property
    def _largest(self) -> int:
        """Bytes of a file that is taken."""
        return MAX_MEDIA_BYTES if self.store is None else MOST_BYTES

    def _plan(self, written: bytes, name: str, beside: Beside) -> Plan:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in (".csv", ".tsv"):
            return self._of_register(read_csv(written), beside)
        if suffix == ".xlsx" and self.sheets is not None:
            return self._of_register(read_rows(self.sheets(written, name)), beside)
        if suffix in (".xls", ".xlsm", ".xlsb", ".ods"):
            raise NotTakenError(text("save the list as .xlsx, or as CSV UTF-8"))
        read = _reader(written, suffix)
        if read is None and not written.lstrip()[:4].startswith(_BEGINS_XML):
            raise NotTakenError(text("it is neither edXML, Word (.docx), PDF nor a list (.csv, .xlsx)"))
        if read is None:
            return self._of_package(read_package(written, self._largest))
        return self._of_file(read, Original(name, written))

    def carry_out(self, plan: Plan) -> None:
        """Write the files of a plan; records last, so that none names a file that is not there.

        Raises `NotStoredError` where the store of large files takes none, and `OSError` of the machine: then
        nothing is written, or what was is put back.
        """
        for content in plan.stored:
            assert self.store is not None
            self.store.write(content)
        before: dict[Path, bytes | None] = {}
        try:
            for path, written in sorted(plan.files.items(), key=lambda entry: entry[0].endswith(SUFFIXES)):
                target = self.content / path
                target.parent.mkdir(parents=True, exist_ok=True)
                _put(target, written, before)
                if not path.endswith(SUFFIXES):
                    other = target.with_name(pointed_at(target.name))
                    _put(other if other != target else target.with_name(pointer_to(target.name)), None, before)
        except OSError:
            _put_back(before)
            raise
        for target in before:
            for records in self._records.values():
                if target.is_relative_to(records.folder):
                    records.note(target)

    def _of_site(self, site: str) -> SiteRecords:
        if site not in self._records:
            self._records[site] = SiteRecords.of(self.content / folder_of(site))
        return self._records[site]

    def _of_file(self, read: Read, original: Original) -> Plan:
        transcript = read_apart(read, original.content).readable()
        if read is read_pdf and is_perhaps_signed(original.content):
            transcript = with_signer(transcript, original.content, self._trusted, self._proper_name)
        transcript = transcript.with_given(self.given)
        site = self._site_of(transcript)
        filed = self._filing(site).file(transcript, original)
        _check_records(filed.files)
        return Plan(_inside(site, filed.files), filed.told)

    @cached_property
    def _trusted(self) -> TrustFolder:
        return trusted_in(self.content)

    def _of_register(self, register: Register, beside: Beside) -> Plan:
        """The rows of a list, each taken or left out by itself."""
        files: dict[str, bytes] = {}
        told: list[Text] = []
        left_out = 0
        numbers: dict[tuple[str, NumberKey, int], int] = {}
        for row in register.rows:
            if isinstance(row, LeftOut):
                left_out += 1
                told.append(row.why)
                continue
            try:
                filed = self._of_row(row, beside, numbers)
            except NotTakenError as error:
                left_out += 1
                told.append(text("row {row}: {message}", row=row.number, message=error.message))
                continue
            files |= filed.files
            told += [text("row {row}: {message}", row=row.number, message=reason) for reason in filed.told]
        if register.unknown:
            told.append(
                text("headings that are not known were passed over: {names}", names=", ".join(register.unknown))
            )
        taken = len(register.rows) - left_out
        told.append(text("{number} of {all} rows are taken in", number=taken, all=len(register.rows)))
        return Plan(files, tuple(told), complete=not left_out)

    def _of_row(self, row: Row, beside: Beside, numbers: dict[tuple[str, NumberKey, int], int]) -> Filed:
        """The files of a row, from the content folder. Raises `NotTakenError`."""
        transcript = row.transcript
        assert transcript.number is not None
        assert transcript.year is not None
        site = self._site_of(transcript)
        first = numbers.setdefault((site, transcript.number.key, transcript.year), row.number)
        if first != row.number:
            raise NotTakenError(text("its number is that of row {row} too", row=first))
        original = None
        if row.file:
            content = beside(row.file)
            if content is None:
                raise NotTakenError(text('there is no file "{name}" beside the list', name=row.file))
            original = Original(row.file, content)
            transcript = replace(transcript, held_back=(*transcript.held_back, *_looked_through(row.file, content)))
        filed = self._filing(site).file_row(transcript, original)
        _check_records(filed.files)
        return Filed(_inside(site, filed.files), filed.told)

    def _site_of(self, transcript: Transcript) -> str:
        called = self.agencies.called(transcript.agency)
        site = self.into if self.into is not None else called[0] if called is not None else None
        if site is not None:
            return site
        if not transcript.agency:
            raise NotTakenError(text("it names no agency; name a folder with --into"))
        raise NotTakenError(text('no agency is called "{name}"; name a folder with --into', name=transcript.agency))

    def _filing(self, site: str) -> Filing:
        return Filing(self._of_site(site), self.translate, self._proper_name, self._largest)

    def _proper_name(self, name: str) -> str | None:
        called = self.agencies.called(name)
        return called[1] if called is not None else None

    def _of_package(self, package: Package) -> Plan:
        site = self.agencies.codes.get(package.organ) if self.into is None else self.into
        if site is None:
            raise PackageError(text('no agency has the code "{code}"; name a folder with --into', code=package.organ))
        folder = self.content / folder_of(site)
        number = package.number.canonical
        files: dict[str, bytes]
        if package.business == "withdraw":
            files = dict(_withdrawn(package, folder, self._of_site(site)))
            number = ", ".join(about.number.canonical for about in package.about) or number
            done = text("{number} is withdrawn", number=number)
        else:
            reasons = [why for file in package.attachments for why in _looked_through(file.name, file.content)]
            package = replace(package, held_back=(*package.held_back, *reasons))
            files = dict(_record(package, site, folder, self._of_site(site)))
            done = text("{number} is taken in", number=number)
        _check_records(files)
        records = self._of_site(site)
        changed = {path: new for path, new in files.items() if not records.holds(path, new)}
        told = (
            done if changed else text("{number} is there already: nothing to do", number=number),
            *(package.remarks if changed else ()),
            *package.held_back,
        )
        return Plan(_inside(site, changed), told)


def _check_records(files: Mapping[str, bytes]) -> None:
    """Raises `NotTakenError` for a record that is to be public and no agency could publish: nobody is held up by it."""
    for path, written in files.items():
        if not path.endswith(SUFFIXES):
            continue
        words, names = written.decode(), field_names(DOCUMENT.model)
        source = read_text_file(words, names).fields if path.endswith(".md") else parse_yaml(words)
        if source is None or not isinstance(source.value, dict) or source.value.get("publication") == "draft":
            continue
        _, problems = validate(DOCUMENT.model, source, path)
        if problems:
            message = text(
                "no record could hold it: {field}: {message}", field=problems[0].field, message=problems[0].message
            )
            raise NotTakenError(message)


def _with_pointers(plan: Plan) -> Plan:
    """The same with large files in the store, and pointers in their place."""
    files: dict[str, bytes] = {}
    stored: dict[str, bytes] = {}
    for path, written in plan.files.items():
        inside = path.removeprefix(f"{folder_of(site_of(path))}/")
        if inside.startswith("media/") and len(written) >= STORED_FROM:
            pointer = pointer_of(written)
            files[pointer_to(path)] = pointer.written
            stored[pointer.sha256] = written
        else:
            files[path] = written
    return replace(plan, files=files, stored=tuple(stored.values()))


def _inside(site: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files of a site by their path from the content folder."""
    return {f"{folder_of(site)}/{path}": written for path, written in files.items()}


def _reader(written: bytes, suffix: str) -> Read | None:
    """What reads a file by its content; None of a package."""
    if written.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or suffix in (".docx", ".docm", ".doc"):
        return read_word
    if written.startswith(b"%PDF-") or suffix == ".pdf":
        return read_pdf
    return None


def _looked_through(name: str, content: bytes) -> tuple[Text, ...]:
    """Why a file that comes with a record may not be for everybody. Raises `NotTakenError` for what is not offered."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    signatures = MEDIA_SIGNATURES.get(suffix)
    if not signatures or not content.startswith(signatures):  # told by whoever gives it a name in media/
        return ()
    try:
        if suffix in (".pdf", ".docx"):
            return read_apart(read_pdf if suffix == ".pdf" else read_word, content).readable().held_back
        if signatures == (b"PK",):
            check_archive(content)
    except NotTakenError as error:
        raise NotTakenError(text('the file "{name}": {reason}', name=name, reason=error.message)) from error
    return ()


def _put(target: Path, written: bytes | None, before: dict[Path, bytes | None]) -> None:
    """Write a file, or with None remove it; what was there is noted."""
    before.setdefault(target, target.read_bytes() if target.is_file() else None)
    if written is None:
        target.unlink(missing_ok=True)
    else:
        replace_in_place(target, written)


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    """As far as the machine lets: what cannot be put back is a file that no record names, or an old one."""
    for target, written in reversed(list(before.items())):
        with suppress(OSError):
            _put(target, written, {})


def _withdrawn(package: Package, folder: Path, records: SiteRecords) -> Iterator[tuple[str, bytes]]:
    """The records that a package takes back, each with the day and the reason."""
    for about in package.about or (Basis(package.number, package.issued),):
        path = _meant(about, package, records)
        if path is None:
            raise PackageError(text("there is no document {number} to withdraw", number=about.number.canonical))
        written = (folder / path).read_text(encoding="utf-8")
        fields = fields_of(folder / path)
        if "withdrawn" in fields:
            continue
        reason = package.reason or package.subject
        line = _yaml({"withdrawn": {"date": package.issued, "reason": reason}})
        if path.endswith(".md"):
            head, _, body = written.removeprefix("---\n").partition("\n---\n")
            withdrawn = f"---\n{head}\n{line}---\n{body}"
        else:
            withdrawn = f"{written.rstrip()}\n{line}"
        if fields_in(withdrawn, path).keys() != {*fields, "withdrawn"}:
            raise PackageError(text("{path} is not written line by line: write the field by hand: {line}", path=path,
                                    line=" ".join(line.split())))  # fmt: skip
        yield path, withdrawn.encode()


def _meant(about: Basis, package: Package, records: SiteRecords) -> str | None:
    """The record that a package is about: where it names the day, of that year and no other."""
    if about.issued is not None:
        return records.numbered(about.number, about.number.year or about.issued.year)
    return records.file_of(about.number, package.issued.year)


def _record(package: Package, site: str, folder: Path, records: SiteRecords) -> Iterator[tuple[str, bytes]]:
    """The record of a package and its files. An update is for one that is there; anything else must not be."""
    number, year = package.number, package.number.year or package.issued.year
    updated = package.about[0] if package.about else Basis(number, package.issued)
    known = _meant(updated, package, records) if package.business == "update" else records.numbered(number, year)
    if package.business == "update" and known is None:
        raise PackageError(text("there is no document {number} to update", number=updated.number.canonical))
    path = known or f"{DOCUMENT.folder}/{year}/{number.slug}.yaml"
    if known is None and records.has_file(path):
        raise PackageError(text("{path} is there, and nobody can read it: mend it, or take it away", path=path))
    own = files_of(fields_of(folder / known)) if known is not None else ()
    files = {name: attachment.content for name, attachment in _named(package, records, {*own})}
    fields = _fields_of(package, list(files))
    if known is not None:
        before = (folder / known).read_text(encoding="utf-8")
        earlier = fields_of(folder / known)
        if aliases := _addresses_before(earlier, package, site):
            fields["aliases"] = aliases
    written = _yaml(fields)
    if known is not None:
        if before == written:
            yield from files.items()
            yield known, written.encode()
            return
        if package.business != "update" or not before.startswith(_HEADING) or not earlier.keys() <= _WRITTEN:
            raise PackageError(
                text("{number} is there and says something else: compare it with {path}", number=number.canonical,
                     path=known)
            )  # fmt: skip
        if package.held_back and earlier.get("publication") != "draft":
            raise PackageError(text("{number} is public, and this file may not be: {reason}",
                                    number=updated.number.canonical, reason=package.held_back[0]))  # fmt: skip
    yield from files.items()
    yield path, written.encode()


_HEADING = "# Taken in from a package of the document axis.\n"
_WRITTEN = {"number", "type", "title", "issued", "issuers", "relations", "files", "publication", "aliases"}
"""What packages say: a record with anything else has been worked on by an editor, or was withdrawn."""


def _addresses_before(earlier: Mapping[str, object], package: Package, site: str) -> list[str]:
    """Where the page of a record was that a package gives another number, or another year."""
    before = earlier.get("aliases")
    addresses = [str(address) for address in before] if isinstance(before, list) else []
    read, issued = read_number(str(earlier.get("number", ""))), str(earlier.get("issued", ""))[:4]
    if read is not None and (read.year or issued.isdigit()):
        addresses.append(_address(site, read, read.year or int(issued)))
    own = _address(site, package.number, package.number.year or package.issued.year)
    return [address for address in dict.fromkeys(addresses) if address != own]


def _address(site: str, number: DocumentNumber, year: int) -> str:
    return f"/{DOCUMENT.list_of(site)}{year:04d}/{number.slug}/"


def _yaml(fields: Mapping[str, object]) -> str:
    written = yaml.safe_dump(dict(fields), allow_unicode=True, sort_keys=False, width=110)
    return f"{_HEADING}{written}" if "number" in fields else written


def _fields_of(package: Package, files: Iterable[str]) -> dict[str, object]:
    issuer = {"agency": package.organ_name, "position": package.position, "name": package.signer}
    fields: dict[str, object] = {
        "number": package.number.canonical,
        "type": _type(package),
        "title": package.subject,
        "issued": package.issued,
    }
    if package.organ_name:
        fields["issuers"] = [{name: words for name, words in issuer.items() if words}]
    if package.business == "replace" and package.about:
        fields["relations"] = [
            {"kind": "replaces", "number": about.number.canonical} | ({"issued": about.issued} if about.issued else {})
            for about in package.about
        ]
    if named := [{"file": file} for file in files]:
        fields["files"] = named
    if package.held_back:
        fields["publication"] = "draft"
    return fields


def _type(package: Package) -> str:
    """By its name, for numbers of types differ between systems; else by the notation."""
    names = {fold(term.vi): key for key, term in DOCUMENT_TYPES.items()}
    return names.get(fold(package.type_name)) or ABBREVIATIONS.get(package.number.parts[0], "other")


def _named(package: Package, records: SiteRecords, own: set[str]) -> Iterator[tuple[str, Attachment]]:
    """Each attachment with a name that a site may offer: what the sender called it is never a path.

    A file that is there stays what it is, but for those that are `own`, which an update may replace.
    """
    year = package.number.year or package.issued.year
    for index, attachment in enumerate(package.attachments, 1):
        suffix = PurePosixPath(attachment.name.replace("\\", "/")).suffix.lower()
        signatures = MEDIA_SIGNATURES.get(suffix)
        if signatures is None:
            raise PackageError(text('files of the kind "{kind}" cannot be offered', kind=suffix))
        if signatures and not attachment.content.startswith(signatures):
            raise PackageError(text('the file "{name}" is not what its name says', name=attachment.name))
        signed = ".signed" if attachment.name.lower().endswith(f".signed{suffix}") else ""
        more = f"-{index}" if len(package.attachments) > 1 else ""
        stem = f"media/{year}-{package.number.slug}{more}"
        names = (f"{stem}{again}{signed}{suffix}" for again in chain([""], map("-v{}".format, count(2))))
        yield (
            next(
                name
                for name in names
                if name in own or not records.has_file(name) or records.holds(name, attachment.content)
            ),
            attachment,
        )
