"""Paragraphs and tables of a document, and the same as Markdown of the portal's grammar: no HTML, and no word is lost.

Parts, chapters, sections and articles become headings, so that articles can be linked to (`#dieu-5`); clauses that are
numbered one after the other become the list that the anchors of clauses count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_HEADING = re.compile(
    r"(?P<kind>(?i:Phần|Chương|Mục|Tiểu mục|Điều))\s+(?P<number>\d{1,3}[a-zđ]?|[IVXLC]{1,7}|thứ \w+)\b(?P<rest>.*)"
)
_RANKS = {"phần": 0, "chương": 1, "mục": 2, "tiểu mục": 3, "điều": 4}
_CLAUSE = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?=\S)")
_BEGINS_A_LIST = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_ESCAPED = re.compile(r"([\\`*_\[\]<>|~{}$^])")
_BULLET = re.compile(r"[-–—•+·▪]\s*(?=\S)")
LONGEST_HEADING = 160
"""Characters: what is longer is an article of one sentence, not the name of one."""
_WIDEST_CLAUSE = 3


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    words: str
    """Plain, in NFC; empty of an empty line."""
    marked: str = ""
    """As Markdown, where some of it is bold or leads somewhere; else what `words` says."""
    strong: bool = False
    """Whether all of it is bold."""
    level: int | None = None
    """Of a list that the word processor numbers itself, from 0."""
    counted: bool = False
    """Whether that list has numbers."""

    @property
    def markdown(self) -> str:
        return self.marked or escaped(self.words)


@dataclass(frozen=True)
class Table:
    """A table; each cell has its paragraphs."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]

    @property
    def columns(self) -> int:
        return max(map(len, self.rows), default=0)

    def column(self, number: int) -> Iterator[Paragraph]:
        """The paragraphs of a column, from above."""
        for row in self.rows:
            if number < len(row):
                yield from row[number]


Block = Paragraph | Table


def escaped(words: str) -> str:
    """Words that Markdown takes for nothing else."""
    return _ESCAPED.sub(r"\\\1", words)


def is_rule(words: str) -> bool:
    """Whether a line is only drawn."""
    return bool(words) and not re.search(r"\w", words.replace("_", ""))


@dataclass
class _Writer:
    written: list[str] = field(default_factory=list)
    open_headings: list[int] = field(default_factory=list)
    clause: int = 0
    """The number of the clause that is written; 0 where none is."""
    indent: int = 0
    counters: list[int] = field(default_factory=list)

    def heading(self, rank: int, words: str) -> None:
        while self.open_headings and self.open_headings[-1] >= rank:
            self.open_headings.pop()
        self.open_headings.append(rank)
        self.ends_lists()
        self.written.append(f"{'#' * min(6, 1 + len(self.open_headings))} {words}")

    def ends_lists(self) -> None:
        self.clause = self.indent = 0
        self.counters.clear()

    def paragraph(self, words: str) -> None:
        self.written.append(" " * self.indent + words)

    def numbered(self, number: int, words: str) -> None:
        """A clause; one that does not follow the one before is a paragraph, for a list would count on by itself."""
        if self.clause and number != self.clause + 1:
            self.ends_lists()
            self.written.append(f"{number}\\. {words}")
            return
        self.clause, self.indent = number, len(f"{number}. ")
        self.written.append(f"{number}. {words}")

    def listed(self, level: int, *, counted: bool, words: str) -> None:
        self.clause = 0
        del self.counters[level + 1 :]
        self.counters += [0] * (level + 1 - len(self.counters))
        self.counters[level] += 1
        sign = f"{self.counters[level]}." if counted else "-"
        self.written.append(f"{' ' * 3 * level}{sign} {words}")
        self.indent = 0


def as_markdown(blocks: Sequence[Block]) -> str:
    """The text below a record. Chapters that are named on the next line are headings of one line."""
    writer = _Writer()
    position = 0
    while position < len(blocks):
        block = blocks[position]
        position += 1
        if isinstance(block, Table):
            _write_table(writer, block)
            continue
        if not block.words or is_rule(block.words):
            continue
        heading = _HEADING.fullmatch(block.words)
        if heading is None or not _is_heading(block, heading):
            _write_paragraph(writer, block)
            continue
        words = escaped(block.words)
        rest = heading["rest"].strip(" .:")
        if not rest and heading["kind"].casefold() != "điều" and position < len(blocks):
            name = blocks[position]
            if isinstance(name, Paragraph) and _is_name(name):
                words = f"{words.rstrip('.: ')}. {escaped(name.words)}"
                position += 1
        writer.heading(_RANKS[heading["kind"].casefold()], words)
    return "\n\n".join(writer.written)


def _is_heading(block: Paragraph, heading: re.Match[str]) -> bool:
    if len(block.words) > LONGEST_HEADING or not heading["kind"][0].isupper():
        return False
    if heading["rest"] and heading["rest"][0] not in ".: ":
        return False
    if heading["kind"].casefold() != "điều":
        return not heading["rest"].strip(" .:") or heading["rest"].lstrip()[0] in ".:-–" or block.strong
    return block.strong or not block.words.rstrip().endswith((".", ";", ":", ","))


def _is_name(paragraph: Paragraph) -> bool:
    """Whether a line is what the chapter before it is called."""
    words = paragraph.words
    return 0 < len(words) <= LONGEST_HEADING and (words.isupper() or paragraph.strong) and not _HEADING.match(words)


def _write_paragraph(writer: _Writer, block: Paragraph) -> None:
    words = block.markdown
    if block.level is not None:
        writer.listed(min(block.level, 8), counted=block.counted, words=words)
        return
    writer.counters.clear()
    clause = _CLAUSE.match(block.words)
    if clause is not None and words.startswith(clause[0]) and len(clause["number"]) <= _WIDEST_CLAUSE:
        writer.numbered(int(clause["number"]), words[clause.end() :])
        return
    if _HEADING.match(block.words) and block.words.startswith("Điều"):
        writer.ends_lists()
    writer.paragraph(_BEGINS_A_LIST.sub(r"\1\\\2", _begun(words), count=1) if clause is None else words)


def _begun(words: str) -> str:
    """Words that begin with a sign which would be a heading or a list, each as it is."""
    if (bullet := _BULLET.match(words)) is not None:
        return f"- {words[bullet.end() :]}"
    return f"\\{words}" if words[:1] in ("#", "=", ":") else words


def _write_table(writer: _Writer, table: Table) -> None:
    writer.ends_lists()
    if table.columns == 1 or (len(table.rows) == 1 and table.columns == 2):  # laid out, not counted up
        for row in table.rows:
            for cell in row:
                for paragraph in cell:
                    if paragraph.words and not is_rule(paragraph.words):
                        _write_paragraph(writer, paragraph)
        writer.ends_lists()
        return
    lines = []
    for row in table.rows:
        cells = ["<br>".join(paragraph.markdown for paragraph in cell if paragraph.words) for cell in row]
        cells += [""] * (table.columns - len(cells))
        lines.append(f"| {' | '.join(cells)} |")
    lines.insert(1, "|" + " --- |" * table.columns)
    writer.written.append("\n".join(lines))
