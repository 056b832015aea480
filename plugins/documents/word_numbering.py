"""The numbers that Word counts by itself (`Điều 5.`, `a)`), written into the text of a file before a library reads it.

Libraries tell that a paragraph is numbered, and not by what: the words before a number, and where it begins anew, lie
in `word/numbering.xml`. What is counted here is what Word shows: ECMA-376 part 1, 17.9. A format of numbers that is not
known leaves its paragraphs as they are, for whoever reads them to tell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
LEVELS = 9
LONGEST = 60
"""Letters of what stands before and behind a number."""
_MOST = 3_000
"""Numbers beyond it are written in digits."""
_UTF8 = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_COUNTED_LEVEL = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class _Level:
    """How a level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    font: str = ""
    strong: bool = False
    restarts: bool = True
    digits_only: bool = False

    @property
    def is_counted(self) -> bool:
        return self.form not in ("bullet", "none")

    @property
    def is_known(self) -> bool:
        return self.form in _FORMS


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    by_style: dict[str, int] = field(default_factory=dict)
    """Levels by the style of paragraphs that are of them without saying so."""
    taken_from: str = ""
    """The style that has its levels."""
    gives_to: str = ""


@dataclass
class _Number:
    """An instance of a list: what paragraphs name."""

    of: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    """a, b, …, z, aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str, "decimalZero": lambda number: f"{number:02d}", "lowerRoman": _roman, "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(), "upperLetter": lambda number: _letters(number).upper(),
    "none": lambda number: "",
}  # fmt: skip


@dataclass
class _Numbering:
    """All lists of a file, and which styles are of which."""

    lists: dict[str, _List] = field(default_factory=dict)
    numbers: dict[str, _Number] = field(default_factory=dict)
    styles: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)
    normal: str = ""

    def of_style(self, style: str) -> tuple[str, int | None]:
        seen: set[str] = set()
        while style and style not in seen:
            if style in self.styles:
                return self.styles[style]
            seen.add(style)
            style = self.based_on.get(style, "")
        return "", None

    def list_of(self, number: str) -> tuple[str, _List] | None:
        """The list of an instance by its id, and itself; one that is another's under its name is that."""
        for _ in range(4):  # a list may lead to a style and this to a list; round and round it leads nowhere
            instance = self.numbers.get(number)
            made = self.lists.get(instance.of) if instance is not None else None
            if instance is None or made is None:
                return None
            if not made.taken_from:
                return instance.of, made
            for name, other in self.lists.items():
                if other.gives_to == made.taken_from and other.levels:
                    return name, other
            number = self.styles.get(made.taken_from, ("", None))[0]
        return None


class _Counter:
    """Counts paragraphs as they come."""

    def __init__(self, numbering: _Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, number: str, level: int | None, style: str) -> tuple[str, _Level] | None:
        """What Word writes before a paragraph, and its level; None where it is not numbered, or nobody knows how."""
        known = self._numbering.list_of(number)
        if known is None:
            return None
        name, made = known
        at = min(made.by_style.get(style, 0) if level is None else level, LEVELS - 1)
        instance = self._numbering.numbers[number]
        levels = {**made.levels, **instance.levels}
        own = levels.get(at)
        if own is None:
            return None
        counts = self._counts.setdefault(name, {})
        start = instance.starts.get(at, own.start)
        if at in instance.starts and (number, at) not in self._begun:
            counts.pop(at, None)
        self._begun.add((number, at))
        counts[at] = counts[at] + 1 if at in counts else start
        for deeper in [other for other in counts if other > at and levels.get(other, _Level()).restarts]:
            del counts[deeper]
        if not own.is_counted:
            return None
        if not all(levels[other].is_known for other in self._named(own) if other in levels):
            return None
        return self._written(own, levels, counts), own

    def _named(self, level: _Level) -> Iterator[int]:
        return (int(match[1]) - 1 for match in _COUNTED_LEVEL.finditer(level.text))

    def _written(self, own: _Level, levels: Mapping[int, _Level], counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = levels.get(at, _Level())
            count = counts.setdefault(at, level.start)
            form = "decimal" if own.digits_only or not 0 < count <= _MOST else level.form
            return _FORMS[form](count)

        return _COUNTED_LEVEL.sub(number, own.text[:LONGEST])[: 2 * LONGEST].strip()


def with_numbers(written: bytes) -> tuple[bytes, bool]:
    """The file with Word's own numbers in its text, and whether all of them are there.

    The parts were looked through before: they are XML within bounds, or expat raises as it does for whoever reads them.
    """
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        names = set(archive.namelist())
        if NUMBERING not in names or DOCUMENT not in names:
            return written, True
        text = archive.read(DOCUMENT)
        if text.startswith((b"\xff\xfe", b"\xfe\xff")) or _UTF8.search(text[:200]):
            return written, False
        numbering = _read_numbering(archive.read(NUMBERING))
        if STYLES in names:
            _read_styles(archive.read(STYLES), numbering)
        insertions, are_all = _insertions(text, numbering)
        if not insertions:
            return written, are_all
        numbered = io.BytesIO()
        with zipfile.ZipFile(numbered, "w") as copy:
            for member in archive.infolist():
                content = archive.read(member)
                copy.writestr(member.filename, _spliced(text, insertions) if member.filename == DOCUMENT else content)
    return numbered.getvalue(), are_all


def _spliced(text: bytes, insertions: Mapping[int, bytes]) -> bytes:
    parts, begun = [], 0
    for position, added in sorted(insertions.items()):
        parts += [text[begun:position], added]
        begun = position
    return b"".join([*parts, text[begun:]])


class _Walk:
    """Goes through XML by the elements' own names and values."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = lambda name, values: self.begin(name, _values(values))
        self.parser.EndElementHandler = lambda name: self.end(name.rpartition(":")[2])

    def begin(self, name: str, values: Mapping[str, str]) -> None:
        """An element begins; `name` has its prefix."""

    def end(self, name: str) -> None:
        """An element ends."""


def _values(values: Mapping[str, str]) -> dict[str, str]:
    return {key.rpartition(":")[2]: value for key, value in values.items()}


def _number(written: str | None, otherwise: int = 0) -> int:
    """A number in an attribute, never one that would take long to write."""
    return min(int(written), 32_767) if written is not None and re.fullmatch(r"\d{1,9}", written) else otherwise


class _NumberingWalk(_Walk):
    def __init__(self, numbering: _Numbering) -> None:
        super().__init__()
        self._numbering = numbering
        self._list: _List | None = None
        self._instance: _Number | None = None
        self._override: int | None = None
        self._level: _Level | None = None
        self._at = 0
        self._style = ""

    def begin(self, name: str, values: Mapping[str, str]) -> None:
        name, value = name.rpartition(":")[2], values.get("val", "")
        if name == "abstractNum":
            self._list = self._numbering.lists.setdefault(values.get("abstractNumId", ""), _List())
        elif name == "num":
            self._instance = self._numbering.numbers.setdefault(values.get("numId", ""), _Number())
        elif name == "lvl":
            self._level, self._at, self._style = _Level(), _number(values.get("ilvl")), ""
        elif name == "lvlOverride":
            self._override = _number(values.get("ilvl"))
        elif name == "startOverride" and self._instance is not None and self._override is not None:
            self._instance.starts[self._override] = _number(value, 1)
        elif name == "abstractNumId" and self._instance is not None:
            self._instance.of = value
        elif name == "numStyleLink" and self._list is not None:
            self._list.taken_from = value
        elif name == "styleLink" and self._list is not None:
            self._list.gives_to = value
        elif self._level is not None:
            self._of_level(name, values, value)

    def _of_level(self, name: str, values: Mapping[str, str], value: str) -> None:
        assert self._level is not None
        changed: dict[str, object] = {}
        if name == "start":
            changed = {"start": _number(value, 1)}
        elif name == "numFmt":
            changed = {"form": value}
        elif name == "lvlText":
            changed = {"text": value}
        elif name == "rFonts":
            changed = {"font": values.get("ascii", "")}
        elif name == "b":
            changed = {"strong": value not in ("0", "false")}
        elif name == "lvlRestart":
            changed = {"restarts": value != "0"}
        elif name == "isLgl":
            changed = {"digits_only": value not in ("0", "false")}
        elif name == "pStyle":
            self._style = value
        self._level = replace(self._level, **changed)  # type: ignore[arg-type]  # fields by their names

    def end(self, name: str) -> None:
        if name == "lvl" and self._level is not None:
            if self._instance is not None:
                self._instance.levels[self._at] = self._level
            elif self._list is not None:
                self._list.levels[self._at] = self._level
                if self._style:
                    self._list.by_style[self._style] = self._at
            self._level = None
        elif name == "abstractNum":
            self._list = None
        elif name == "num":
            self._instance = None
        elif name == "lvlOverride":
            self._override = None


def _read_numbering(written: bytes) -> _Numbering:
    numbering = _Numbering()
    _NumberingWalk(numbering).parser.Parse(written, True)
    return numbering


class _StylesWalk(_Walk):
    def __init__(self, numbering: _Numbering) -> None:
        super().__init__()
        self._numbering = numbering
        self._style = ""
        self._number: str = ""
        self._level: int | None = None

    def begin(self, name: str, values: Mapping[str, str]) -> None:
        name, value = name.rpartition(":")[2], values.get("val", "")
        if name == "style":
            self._style, self._number, self._level = values.get("styleId", ""), "", None
            if values.get("type") == "paragraph" and values.get("default") in ("1", "true"):
                self._numbering.normal = self._style
        elif name == "basedOn" and self._style:
            self._numbering.based_on[self._style] = value
        elif name == "numId" and self._style:
            self._number = value
        elif name == "ilvl" and self._style:
            self._level = _number(value)

    def end(self, name: str) -> None:
        if name == "style":
            if self._number:
                self._numbering.styles[self._style] = (self._number, self._level)
            self._style = ""


def _read_styles(written: bytes, numbering: _Numbering) -> None:
    _StylesWalk(numbering).parser.Parse(written, True)


@dataclass
class _Paragraph:
    """A paragraph that is open."""

    prefix: str
    style: str = ""
    number: str | None = None
    level: int | None = None
    at: int | None = None
    """Where a run may be put: behind its properties."""
    strong: bool = False
    has_words: bool = False

    def note(self, name: str, value: str) -> None:
        """One of its properties."""
        if name == "pStyle":
            self.style = value
        elif name == "numId":
            self.number = value
        elif name == "ilvl":
            self.level = _number(value)
        elif name == "b":
            self.strong = value not in ("0", "false")


class _DocumentWalk(_Walk):
    """Notes for each numbered paragraph where its number is to stand."""

    def __init__(self, text: bytes, numbering: _Numbering) -> None:
        super().__init__()
        self._text = text
        self._numbering = numbering
        self._counter = _Counter(numbering)
        self._open: list[_Paragraph] = []
        self._passed = 0
        """Within how many elements that say how something was, or would be."""
        self._properties = 0
        self._words = 0
        self.insertions: dict[int, bytes] = {}
        self.are_all = True
        self.parser.CharacterDataHandler = self._letters

    def begin(self, name: str, values: Mapping[str, str]) -> None:
        prefix, colon, own = name.rpartition(":")
        if own in _PASSED:
            self._passed += 1
        if self._passed:
            return
        if own == "p":
            self._open.append(_Paragraph(prefix + colon))
        elif own == "pPr" and self._open:
            self._properties += 1
        elif own == "t":
            self._words += 1
        elif self._properties and self._open:
            self._open[-1].note(own, values.get("val", ""))

    def _letters(self, words: str) -> None:
        if self._words and not self._passed and self._open and words.strip():
            self._open[-1].has_words = True

    def end(self, name: str) -> None:
        if name in _PASSED:
            self._passed -= 1
            return
        if self._passed or not self._open:
            return
        if name == "pPr":
            self._properties -= 1
            index = self.parser.CurrentByteIndex
            # Of an element without content, what is told is where it has ended.
            ends = self._text.startswith(b"</", index)
            self._open[-1].at = self._text.index(b">", index) + 1 if ends else index
        elif name == "t":
            self._words -= 1
        elif name == "p":
            self._number_of(self._open.pop())

    def _number_of(self, paragraph: _Paragraph) -> None:
        style = paragraph.style or self._numbering.normal
        number, level = self._numbering.of_style(style)
        if paragraph.number is not None:
            number = paragraph.number
        level = paragraph.level if paragraph.level is not None else level
        if not number or number == "0":
            return
        label = self._counter.label(number, level, style)
        if label is None:
            self.are_all = self.are_all and not self._is_counted(number, level, style)
            return
        words, own = label
        if words and paragraph.has_words and paragraph.at is not None:
            of = paragraph.prefix
            look = f"<{of}rFonts {of}ascii={quoteattr(own.font)}/>" if own.font else ""
            look += f"<{of}b/>" if own.strong or paragraph.strong else ""
            run = f'<{of}r><{of}rPr>{look}</{of}rPr><{of}t xml:space="preserve">{escape(words)} </{of}t></{of}r>'
            self.insertions[paragraph.at] = run.encode()
        elif words and paragraph.has_words:
            self.are_all = False

    def _is_counted(self, number: str, level: int | None, style: str) -> bool:
        known = self._numbering.list_of(number)
        if known is None:
            return False
        at = min(known[1].by_style.get(style, 0) if level is None else level, LEVELS - 1)
        own = known[1].levels.get(at)
        return own is not None and own.is_counted


_PASSED = {"pPrChange", "del", "moveFrom", "Choice"}
"""What was there before somebody changed it, and what is there once more for newer programs."""


def _insertions(text: bytes, numbering: _Numbering) -> tuple[dict[int, bytes], bool]:
    walk = _DocumentWalk(text, numbering)
    walk.parser.Parse(text, True)
    return walk.insertions, walk.are_all
