"""What a package of the document axis does to the content: a new record, or what becomes of one that is there.

Nothing is written here, and nothing is replaced that an editor wrote: whoever calls writes the files of a plan, all of
them or none. What is taken in twice changes nothing. A record that may not be for everybody is a draft, which a person
publishes. Attachments go to `media/`, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import yaml

from plugins.documents.edxml import Attachment, Package, PackageError, read_package
from plugins.documents.kinds import DOCUMENT
from plugins.documents.numbers import DocumentNumber, NumberKey, read_number
from plugins.documents.vocabulary import ABBREVIATIONS, DOCUMENT_TYPES
from plugins.portal.files import replace_text
from plugins.portal.front_matter import read_text_file
from plugins.portal.identifiers import fold
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.portal.problems import Text, text
from plugins.portal.site_names import folder_of
from plugins.portal.validation import field_names
from plugins.portal.yaml_source import YamlError, parse_yaml


@dataclass(frozen=True)
class Plan:
    """What a package comes to: files to write, and what is told."""

    site: str
    files: Mapping[str, bytes]
    """By their path from the folder of the site."""
    told: tuple[Text, ...]

    @property
    def paths(self) -> list[str]:
        """From the content folder, sorted."""
        return sorted(f"{folder_of(self.site)}/{path}" for path in self.files)


Records = dict[tuple[NumberKey, int], str]
"""The files of a site's documents, by number and year."""


@dataclass
class TakingIn:
    """Takes packages into a content folder, one after the other; each folder of a site is looked through once."""

    content: Path
    sites: Mapping[str, str]
    """Slugs by the codes of agencies."""
    into: str | None = None
    """Where all packages go, whoever sent them; None where their codes say it."""
    _records: dict[str, Records] = field(default_factory=dict)

    def plan(self, written: bytes) -> Plan:
        """What a package does. Raises `PackageError`: then nothing is to be done."""
        package = read_package(written)
        site = self.sites.get(package.organ) if self.into is None else self.into
        if site is None:
            raise PackageError(text('no agency has the code "{code}"; name a folder with --into', code=package.organ))
        folder = self.content / folder_of(site)
        if site not in self._records:
            self._records[site] = _records(folder)
        number = package.number.canonical
        if package.business == "withdraw":
            files = dict(_withdrawn(package, folder, self._records[site]))
            done = text("{number} is withdrawn", number=number)
        else:
            files = dict(_record(package, folder, self._records[site]))
            done = text("{number} is taken in", number=number)
        changed = {path: new for path, new in files.items() if _present(folder / path) != new}
        told = (
            done if changed else text("{number} is there already: nothing to do", number=number),
            *package.held_back,
        )
        return Plan(site, changed, told)

    def carry_out(self, plan: Plan) -> None:
        """Write the files of a plan; the record last, so that it never names a file that is not there."""
        folder = self.content / folder_of(plan.site)
        for path, written in sorted(plan.files.items(), key=lambda entry: entry[0].endswith(_RECORDS)):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.endswith(_RECORDS):
                replace_text(target, written.decode())
                self._records[plan.site] |= _numbered(folder, target)
            else:
                target.write_bytes(written)


_RECORDS = (".yaml", ".md")


def _present(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _records(folder: Path) -> Records:
    """Those of a site; files that cannot be read are left alone."""
    records: Records = {}
    for path in sorted(folder.glob(f"{DOCUMENT.folder}/**/*")):
        if path.suffix in _RECORDS and path.is_file():
            records |= _numbered(folder, path)
    return records


def _numbered(folder: Path, path: Path) -> Records:
    """A file by its number and year; nothing where it has none that can be read."""
    fields = _fields(path)
    read = read_number(str(fields.get("number", "")))
    year = str(read.year or fields.get("issued", ""))[:4] if read is not None else ""
    return {(read.key, int(year)): path.relative_to(folder).as_posix()} if read is not None and year.isdigit() else {}


def _fields(path: Path) -> Mapping[str, object]:
    written = path.read_text(encoding="utf-8", errors="replace")
    try:
        source = (
            read_text_file(written, field_names(DOCUMENT.model)).fields if path.suffix == ".md" else parse_yaml(written)
        )
    except YamlError:
        return {}
    value = source.value if source is not None else None
    return value if isinstance(value, dict) else {}


def _file_of(records: Records, number: DocumentNumber, year: int) -> str | None:
    """The file of a number; of one without a year, of the given one or else of the only year that has it."""
    if (exact := records.get((number.key, number.year or year))) is not None:
        return exact
    several = [path for (key, _), path in records.items() if key == number.key]
    return several[0] if len(several) == 1 else None


def _withdrawn(package: Package, folder: Path, records: Records) -> Iterator[tuple[str, bytes]]:
    """The records that a package takes back, each with the day and the reason."""
    for number in package.about or (package.number,):
        path = _file_of(records, number, package.issued.year)
        if path is None:
            raise PackageError(text("there is no document {number} to withdraw", number=number.canonical))
        written = (folder / path).read_text(encoding="utf-8")
        if "withdrawn" in _fields(folder / path):
            continue
        reason = package.reason or package.subject
        line = _yaml({"withdrawn": {"date": package.issued, "reason": reason}})
        if path.endswith(".md"):
            head, _, body = written.removeprefix("---\n").partition("\n---\n")
            yield path, f"---\n{head}\n{line}---\n{body}".encode()
        else:
            yield path, f"{written.rstrip()}\n{line}".encode()


def _record(package: Package, folder: Path, records: Records) -> Iterator[tuple[str, bytes]]:
    """The record of a package and its files. An update is for one that is there; anything else must not be."""
    number, year = package.number, package.number.year or package.issued.year
    updated = package.about[0] if package.business == "update" and package.about else number
    known = _file_of(records, updated, year) if package.business == "update" else records.get((number.key, year))
    if package.business == "update" and known is None:
        raise PackageError(text("there is no document {number} to update", number=updated.canonical))
    files = {name: attachment.content for name, attachment in _named(package)}
    written = _yaml(_fields_of(package, list(files)))
    if known is not None:
        before = (folder / known).read_text(encoding="utf-8")
        if before == written:
            yield from files.items()
            yield known, written.encode()
            return
        if package.business != "update" or not before.startswith(_HEADING):
            raise PackageError(
                text("{number} is there and says something else: compare it with {path}", number=number.canonical,
                     path=known)
            )  # fmt: skip
    yield from files.items()
    yield known or f"{DOCUMENT.folder}/{year}/{number.slug}.yaml", written.encode()


_HEADING = "# Taken in from a package of the document axis.\n"


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
    if package.business == "replace":
        fields["relations"] = [{"kind": "replaces", "number": number.canonical} for number in package.about]
    if named := [{"file": file} for file in files]:
        fields["files"] = named
    if package.held_back:
        fields["publication"] = "draft"
    return fields


def _type(package: Package) -> str:
    """By its name, for numbers of types differ between systems; else by the notation."""
    names = {fold(term.vi): key for key, term in DOCUMENT_TYPES.items()}
    return names.get(fold(package.type_name)) or ABBREVIATIONS.get(package.number.parts[0], "other")


def _named(package: Package) -> Iterator[tuple[str, Attachment]]:
    """Each attachment with a name that a site may offer: what the sender called it is never a path."""
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
        yield f"media/{year}-{package.number.slug}{more}{signed}{suffix}", attachment
