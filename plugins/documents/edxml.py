"""Packages of the national document axis (edXML), as they come: both shapes, and never more than was asked for.

Source: QCVN 102:2016/BTTTT. A: attachments behind the envelope, base64; B: `http://www.go.vn/eDoc`, attachments within
the manifest. Prefixes and namespaces differ in the wild, so elements are known by their own names alone. No DTD, no
entity and no network: whoever sends one is refused. Staff, mobile numbers and routes are not read.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from plugins.documents.confidential import perhaps_secret
from plugins.documents.numbers import DocumentNumber, read_number
from plugins.documents.transcripts import Basis, NotTakenError, too_large
from plugins.documents.xml_elements import Bounds, XmlRefusedError, walk_xml
from plugins.portal.characters import FORBIDDEN
from plugins.portal.problems import Text, text
from plugins.portal.reading import MAX_MEDIA_BYTES

MOST_BYTES = 150_000_000
_BOUNDS = Bounds(elements=20_000, depth=40)
_NOTHING = {"", "n/a", "na", "null"}
_YEARS = range(1945, 2101)
"""In which documents are issued; others are slips of the pen."""
_DAYS = ("%Y/%m/%d", "%Y-%m-%d", "%d/%m/%Y")

Business = Literal["new", "withdraw", "update", "replace"]
_BUSINESS: dict[str, Business] = {"": "new", "0": "new", "1": "withdraw", "2": "update", "3": "replace"}


class PackageError(NotTakenError):
    """A package that cannot be taken; says why."""


@dataclass(frozen=True)
class Attachment:
    """A file of a package."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Package:
    """What a package says of a document."""

    organ: str
    """Who sent it, by its code."""
    organ_name: str
    number: DocumentNumber
    issued: date
    type_name: str
    subject: str
    position: str
    signer: str
    business: Business
    reason: str
    about: tuple[Basis, ...]
    """What it withdraws, updates or replaces."""
    attachments: tuple[Attachment, ...]
    held_back: tuple[Text, ...]
    """Why a person has to look at it before it is published; empty where nobody has to."""
    remarks: tuple[Text, ...] = ()
    """What it does not say, or says twice."""


@dataclass
class _Element:
    name: str
    words: list[str] = field(default_factory=list)
    children: list[_Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        words = " ".join(FORBIDDEN.sub(" ", "".join(self.words)).split())
        return "" if words.casefold() in _NOTHING else words

    def every(self, *names: str) -> Iterator[_Element]:
        """Elements of these names, at any depth, in order."""
        for child in self.children:
            if child.name in names:
                yield child
            yield from child.every(*names)

    def first(self, *names: str) -> str:
        """The text of the first such element that says something; empty where none does."""
        return next((element.text for element in self.every(*names) if element.text), "")


def read_package(written: bytes, largest: int = MAX_MEDIA_BYTES) -> Package:
    """The document of a package, of whose files none has more bytes than `largest`. Raises `NotTakenError`."""
    root = _parsed(written)
    header = next(root.every("MessageHeader"), None)
    if header is None:
        raise PackageError(text("it is no edXML package: it has no MessageHeader"))
    sender = next(header.every("From"), None) or _Element("From")
    number = _number("/".join(filter(None, (header.first("CodeNumber"), header.first("CodeNotation")))))
    if number is None:
        raise PackageError(text("the package has no number that can be read"))
    subject = header.first("Subject")
    if not subject:
        raise PackageError(text("the package has no subject"))
    issued = _day(header.first("PromulgationDate"))
    if issued is None:
        raise PackageError(text("the package has no day of issue that can be read"))
    signer = next(header.every("SignerInfo"), None) or _Element("SignerInfo")
    code = root.first("BussinessDocType", "BusinessDocType")
    if code not in _BUSINESS:
        raise PackageError(text('the package asks for "{business}", which is unknown', business=code))
    business, about = _BUSINESS[code], tuple(_about(root))
    return Package(
        organ=sender.first("OrganId"),
        organ_name=sender.first("OrganName"),
        number=number,
        issued=issued,
        type_name=header.first("TypeName"),
        subject=subject,
        position=signer.first("Position"),
        signer=signer.first("FullName", "Signer"),
        business=business,
        reason=root.first("BussinessDocReason", "BusinessDocReason"),
        about=tuple(other for other in about if business != "replace" or other.number.key != number.key),
        attachments=tuple(_attachments(root, largest)),
        held_back=tuple(_held_back(header, subject, number)),
        remarks=tuple(_remarks(signer, business, about, number)),
    )


def _remarks(signer: _Element, business: Business, about: Sequence[Basis], number: DocumentNumber) -> Iterator[Text]:
    if not signer.first("FullName", "Signer"):
        yield text("it does not say who signed it")
    if business == "replace" and not [other for other in about if other.number.key != number.key]:
        yield text("it does not say what it replaces")


def _held_back(header: _Element, subject: str, number: DocumentNumber) -> Iterator[Text]:
    if header.first("SphereOfPromulgation"):
        yield text("it is for some readers only: {sphere}", sphere=header.first("SphereOfPromulgation"))
    yield from perhaps_secret(subject, number)
    if ":" in header.first("PromulgationDate"):
        yield text("its day of issue has a time, and may be the day on which it was sent")


def _number(written: str) -> DocumentNumber | None:
    return read_number(written) if written else None


def _about(root: _Element) -> Iterator[Basis]:
    """`000.00.00.H30,2019/04/15,12/2019/QĐ-UBND`: the number is behind the last comma, and before it the day."""
    trace = next(root.every("Bussiness", "Business"), None)
    for element in trace.every("DocumentId") if trace is not None else ():
        before, _, written = element.text.rpartition(",")
        number = _number(written)
        if number is not None:
            yield Basis(number, _day(before.rpartition(",")[2].strip()))


def _day(written: str) -> date | None:
    """In any of the three orders that are met; of a moment, its day."""
    for form in _DAYS:
        try:
            day = datetime.strptime(written.split(" ")[0], form).date()
        except ValueError:
            continue
        return day if day.year in _YEARS else None
    return None


def _attachments(root: _Element, largest: int) -> Iterator[Attachment]:
    for element in root.every("Attachment"):
        name = element.first("AttachmentName", "FileName", "Description")
        content = next((c for c in element.every("Content", "ContentTransferEncoded") if c.text), None)
        encoded = "".join((content or element).words)
        if not name:
            raise PackageError(text("a file of the package has no name"))
        if len(encoded) > largest * 4 // 3 + 100_000 + largest // 30:  # base64, and the ends of its lines
            raise too_large(name, largest)
        try:
            decoded = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError) as error:
            raise PackageError(text('the file "{name}" is not written in base64', name=name)) from error
        if len(decoded) > largest:
            raise too_large(name, largest)
        if decoded:
            yield Attachment(name, decoded)


def _parsed(written: bytes) -> _Element:
    """The elements of a package, by their own names. Raises `PackageError` for what no package has."""
    if len(written) > MOST_BYTES:
        raise PackageError(text("the package is larger than 150 MB"))
    root = _Element("")
    path = [root]

    def begin(name: str, attributes: dict[str, str]) -> None:
        element = _Element(name)
        path[-1].children.append(element)
        path.append(element)

    try:
        walk_xml(written, _BOUNDS, begin, lambda name: path.pop(), lambda words: path[-1].words.append(words))
    except XmlRefusedError as error:
        raise PackageError(_refused(error)) from error
    return root


def _refused(error: XmlRefusedError) -> Text:
    if error.fault == "declared":
        return text("the package has a DTD or an entity: it is refused")
    if error.fault == "too_many_parts":
        return text("the package has too many parts")
    return text("line {line} is no XML: {reason}", line=error.line, reason=error.reason)
