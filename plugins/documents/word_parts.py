"""The parts of a Word file (.docx), looked through before a library reads any: nothing in them is ever run.

A file with macros, embedded objects, content from elsewhere, a DTD, or more than a document has, is refused as a whole,
with the part that is meant.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from plugins.documents.transcripts import Doubt, NotTakenError
from plugins.documents.xml_elements import Bounds, XmlRefusedError, walk_xml
from plugins.portal.problems import Text, text

MOST_UNPACKED = 60_000_000
"""Bytes of all parts together; the longest report of a year has a tenth of it."""
MOST_PARTS = 2_000
_BOUNDS = Bounds(elements=400_000, depth=100)
_CHUNK = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MACROS = re.compile(r"vbaProject|vbaData|macrosheet|\.bin$", re.IGNORECASE)
_OBJECTS = re.compile(r"/(?:embeddings|activeX|ctrlProps|webextensions)/", re.IGNORECASE)
_FIELDS = re.compile(
    r"(?:^|\s)(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_TEXTS = re.compile(r"word/(?:document\d*|footnotes|endnotes)\.xml")
_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")


@dataclass
class WordParts:
    """What looking through the parts of a file has told."""

    counts: Counter[str] = field(default_factory=Counter)
    """Elements of its texts, by name."""
    around: list[str] = field(default_factory=list)
    """Words above and below its pages."""
    fonts: dict[str, str] = field(default_factory=dict)
    """By the id of a style; that of all text under the empty one."""
    based_on: dict[str, str] = field(default_factory=dict)
    """Styles by those that are made from them."""
    normal: str = ""
    """The style of paragraphs that name none."""
    numbered_by_word: list[str] = field(default_factory=list)
    """Words that Word writes before a number: `Điều %1.`"""


def look_through(written: bytes) -> WordParts:
    """Look at every part of a file, within bounds. Raises `NotTakenError` for what no document of an office needs."""
    if written.startswith(_OLE):
        raise NotTakenError(
            text("it is a Word file of the old kind (.doc), or has a password: save it as .docx without")
        )
    parts = WordParts()
    no_word_file = text("it is no Word file that can be opened: fetch it again, or save it again")
    for member, content in _members(written, no_word_file):
        _check_kind(member.filename)
        _look_at(parts, member.filename, content)
    if not parts.counts["document"]:
        raise NotTakenError(text("it is no Word file: it has no word/document.xml"))
    return parts


def check_archive(written: bytes) -> None:
    """Raises `NotTakenError` for an archive of any kind that leads out of itself, unpacks to too much or is damaged."""
    damaged = text("it is cut short, damaged or encrypted: fetch it again, or pack it again")
    for _ in _members(written, damaged):
        pass


def _members(written: bytes, damaged: Text) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """The members of an archive with their content, within bounds. Raises `NotTakenError`, with `damaged` or better."""
    try:
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            members = archive.infolist()
            _check_names(members)
            room = MOST_UNPACKED
            for member in members:
                content = _unpacked(archive, member, room)
                room -= len(content)
                yield member, content
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise NotTakenError(damaged) from error


def _check_names(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_PARTS:
        raise NotTakenError(text("it has more than {limit} parts", limit=MOST_PARTS))
    names = Counter(member.filename.casefold() for member in members)
    for member in members:
        name = member.filename
        if "\\" in member.orig_filename or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise NotTakenError(text('"{part}" leads out of the file: it is refused', part=name))
        if names[name.casefold()] > 1:
            raise NotTakenError(text('"{part}" is in it twice: it is refused', part=name))
        if member.flag_bits & 1 or member.compress_type not in _METHODS:
            raise NotTakenError(text('"{part}" is encrypted, or packed in a way that Word does not use', part=name))


def _check_kind(name: str) -> None:
    if _MACROS.search(name):
        raise NotTakenError(text('it has macros ("{part}"): save it as .docx without them', part=name))
    if _OBJECTS.search(f"/{name}"):
        raise NotTakenError(text('it has another file within it ("{part}"): take that out', part=name))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    """The content of a part: sizes are counted as they come out, for what a file says of itself may be wrong."""
    if member.file_size > room:
        raise _too_large(member.filename)
    content = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > room:
                raise _too_large(member.filename)
    return bytes(content)


def _too_large(part: str) -> NotTakenError:
    limit = MOST_UNPACKED // 1_000_000
    return NotTakenError(text('it unpacks to more than {limit} MB, at "{part}"', limit=limit, part=part))


def _look_at(parts: WordParts, name: str, content: bytes) -> None:
    """Look at one part. Raises `NotTakenError`."""
    if not name.endswith((".xml", ".rels")):
        return
    look = _Look(parts, name)
    try:
        walk_xml(content, _BOUNDS, look.begin, look.end, look.words)
    except XmlRefusedError as error:
        if error.fault == "declared":
            raise NotTakenError(text('"{part}" has a DTD or an entity: it is refused', part=name)) from error
        if error.fault == "too_many_parts":
            raise NotTakenError(text('"{part}" has too many elements', part=name)) from error
        message = text('"{part}", line {line}: no XML: {reason}', part=name, line=error.line, reason=error.reason)
        raise NotTakenError(message) from error


class _Look:
    """What is looked at within one part, as its elements come."""

    def __init__(self, parts: WordParts, name: str) -> None:
        self._parts = parts
        self._name = name
        self._is_text = _TEXTS.fullmatch(name) is not None
        self._is_around = _AROUND.fullmatch(name) is not None
        self._style: str | None = None
        self._within: list[str] = []
        self._words: list[str] = []
        self._codes: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._within.append(name)
        values = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if self._is_text:
            self._parts.counts[name] += 1
            if name == "fldSimple":
                self._codes.append(f" {values.get('instr', '')} ")
            if name in ("OLEObject", "altChunk"):
                raise NotTakenError(text('it has another file within it ("{part}"): take that out', part=self._name))
        elif name == "Relationship" and values.get("TargetMode") == "External":
            if not values.get("Type", "").endswith("/hyperlink"):
                raise self._elsewhere(values.get("Target", ""))
        elif name in ("Override", "Default") and "macroenabled" in values.get("ContentType", "").casefold():
            raise NotTakenError(text('it has macros ("{part}"): save it as .docx without them', part=self._name))
        elif self._name == "word/styles.xml":
            self._look_at_style(name, values)
        elif name == "lvlText" and re.search(r"[^\W\d_]{2}", value := values.get("val", "")):
            self._parts.numbered_by_word.append(value)

    def _look_at_style(self, name: str, values: Mapping[str, str]) -> None:
        if name == "docDefaults":
            self._style = ""
        elif name == "style":
            self._style = values.get("styleId", "")
            if values.get("type") == "paragraph" and values.get("default") in ("1", "true"):
                self._parts.normal = self._style
        elif name == "rFonts" and self._style is not None and (font := values.get("ascii")):
            self._parts.fonts[self._style] = font
        elif name == "basedOn" and self._style:
            self._parts.based_on[self._style] = values.get("val", "")

    def _elsewhere(self, target: str) -> NotTakenError:
        message = text('"{part}" takes content from elsewhere: {target}', part=self._name, target=target.strip()[:100])
        return NotTakenError(message)

    def end(self, name: str) -> None:
        self._within.pop()
        if name != "p":
            return
        # A stamp and the code of a field may be cut into pieces, but not beyond their paragraph.
        words, code = " ".join("".join(self._words).split()), "".join(self._codes)
        self._words.clear()
        self._codes.clear()
        if self._is_around and words:
            self._parts.around.append(words)
        if _FIELDS.search(code):
            raise self._elsewhere(code)

    def words(self, words: str) -> None:
        if self._within and self._within[-1] == "instrText":
            self._codes.append(words)
        elif self._is_around:
            self._words.append(words)


def hidden_in(parts: WordParts) -> Iterator[Text]:
    """What readers of the Word file would see, though it is not in its text."""
    if parts.counts["commentReference"] or any(parts.counts[name] for name in _CHANGES):
        yield text("its Word file has comments or tracked changes, which everybody would see")
    if parts.counts["vanish"]:
        yield text("its Word file has hidden text, which everybody could see")


def left_out_of(parts: WordParts) -> Iterator[Doubt]:
    pictures = parts.counts["blip"] + parts.counts["imagedata"]
    if pictures:
        yield Doubt("text", text("{number} pictures are left out of the text", number=pictures))
    if formulas := parts.counts["oMath"]:
        yield Doubt("text", text("{number} formulas are left out of the text", number=formulas))
    if parts.numbered_by_word and parts.counts["numPr"]:
        words = ", ".join(dict.fromkeys(parts.numbered_by_word[:3]))
        yield Doubt(
            "text", text('Word writes numbers such as "{words}" by itself: write them into the text', words=words)
        )
