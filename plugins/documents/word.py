"""The text of Word files (.docx), through mammoth: what it leaves out, and what an old font cannot say, is told."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit
from xml.parsers import expat

from plugins.documents.blocks import Block, Paragraph, Table, as_markdown, escaped
from plugins.documents.confidential import perhaps_not_public, perhaps_secret
from plugins.documents.heads import read_basis, read_effect, read_foot, read_head
from plugins.documents.old_fonts import OldFonts, some
from plugins.documents.transcripts import Doubt, NotTakenError, Transcript
from plugins.documents.word_numbering import with_numbers
from plugins.documents.word_parts import WordParts, hidden_in, left_out_of, look_through
from plugins.portal.problems import text

_TAKES_LINKS = ("http", "https", "mailto")
_NUMBERED_ALREADY = re.compile(
    r"(?:Phần|Chương|Mục|Tiểu mục|Điều|Khoản|Phụ lục)\s+(?:\d|[IVXLC]+\b|thứ\b)|(?:\d{1,4}\.)*\d{1,4}[.)/:]\s"
    r"|(?:\d{1,4}\.)+\d{1,4}\s|\((?:\d{1,4}|[a-zđ]|[ivxlc]{1,7})\)\s|(?:[a-zđ]|[ivxlc]{1,7})[.)/]\s",
    re.IGNORECASE,
)
_CLAUSE_ALONE = re.compile(r"\d{1,3}[.)]")
_IGNORED = re.compile(r"An unrecognised element was ignored: (.*)")
_UNSEEN = {0xAD: None, 0x200B: None, 0xFEFF: None, 0x2060: None, 0xA0: " ", 0x2011: "-"}
_NOTE = "note:"


def read_word(written: bytes) -> Transcript:
    """What a file says. Raises `NotTakenError`."""
    parts = look_through(written)
    written, are_numbered = with_numbers(written)
    if are_numbered:
        parts.numbered_by_word.clear()
    document, messages = _parsed(written)
    reader = _Reader(document, messages, parts)
    blocks = reader.blocks(document.children)
    head = read_head(blocks)
    below = [*map(Paragraph, head.unread), *blocks[head.begins :]]
    signer, recipients, foot = read_foot(below)
    if foot is not None and signer.name:
        below = [*below[:foot], *below[foot + 1 :]]
    words = [paragraph.words for paragraph in _paragraphs(below)]
    effective, doubts = read_effect(words, head.issued)
    markdown = "\n\n".join(filter(None, (as_markdown(below), *reader.notes)))
    everything = "\n".join([*words, *parts.around])
    held_back = [*perhaps_secret(head.title, head.number), *hidden_in(parts)]
    held_back += perhaps_not_public([*head.lines, *parts.around], everything)
    return Transcript(
        number=head.number,
        type=head.type,
        title=head.title,
        issued=head.issued,
        effective_from=effective,
        agency=head.agency,
        signer=signer,
        basis=read_basis(words),
        recipients=recipients if signer.name else "",
        text=markdown,
        doubts=(*head.doubts, *doubts, *reader.losses(), *left_out_of(parts)),
        held_back=tuple(reason for position, reason in enumerate(held_back) if reason not in held_back[:position]),
    )


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for cell in row for paragraph in cell)


_DAMAGED = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, RecursionError, expat.ExpatError,
    zipfile.BadZipFile, zlib.error, AssertionError,
)  # fmt: skip
"""What mammoth stumbles over in files that are not well made: it has no error of its own for them."""


def _parsed(written: bytes) -> tuple[Any, list[str]]:
    """The elements of a file, as mammoth has them, and its messages. Raises `NotTakenError`."""
    import mammoth  # only who takes in Word files needs it

    documents = []

    def keep(document: Any) -> Any:
        documents.append(document)
        return document.copy(children=[])

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(written), transform_document=keep, include_embedded_style_map=False, external_file_access=False
        )
    except _DAMAGED as error:
        raise NotTakenError(text("it is no Word file that can be read: save it again in Word")) from error
    return documents[0], [message.message for message in result.messages]


@dataclass(frozen=True)
class _Span:
    """Words of one look."""

    words: str
    font: str = ""
    strong: bool = False
    slanted: bool = False
    href: str = ""

    def alike(self, other: _Span) -> bool:
        return replace(self, words="") == replace(other, words="")


class _Reader:
    """Makes blocks of what mammoth has read."""

    def __init__(self, document: Any, messages: Sequence[str], parts: WordParts) -> None:
        from mammoth import documents

        self._kinds = documents
        self._document = document
        self._parts = parts
        self._messages = messages
        self._old_fonts = OldFonts()
        self._links: dict[str, None] = {}
        self._counted = 0
        self._merged = 0
        self.notes: list[str] = []

    def blocks(self, elements: Sequence[Any]) -> list[Block]:
        blocks: list[Block] = []
        for element in elements:
            if isinstance(element, self._kinds.Paragraph):
                blocks += self._paragraphs(element)
            elif isinstance(element, self._kinds.Table):
                blocks.append(self._table(element))
        return blocks

    def _table(self, table: Any) -> Table:
        rows: list[tuple[tuple[Paragraph, ...], ...]] = []
        for row in table.children:
            cells: list[tuple[Paragraph, ...]] = []
            for cell in row.children:
                cells.append(tuple(_paragraphs(self.blocks(cell.children))))
                cells += [()] * (min(int(cell.colspan), 60) - 1)
                self._merged += cell.colspan > 1 or cell.rowspan > 1
            rows.append(tuple(cells))
        return Table(tuple(rows))

    def _paragraphs(self, paragraph: Any) -> Iterator[Paragraph]:
        """A paragraph; each of its lines, where it is broken into several."""
        default = self._font_of(paragraph.style_id or self._parts.normal)
        lines: list[list[_Span]] = [[]]
        for span in self._spans(paragraph.children, default, _Span("")):
            if span.words == "\n":
                lines.append([])
            elif lines[-1] and lines[-1][-1].alike(span):
                lines[-1][-1] = replace(span, words=lines[-1][-1].words + span.words)
            else:
                lines[-1].append(span)
        for spans in lines:
            meant = [replace(span, words=self._meant(span)) for span in spans]
            yield self._paragraph(meant, paragraph.numbering)

    def _paragraph(self, spans: Sequence[_Span], numbering: Any) -> Paragraph:
        words = _even("".join(span.words for span in spans))
        if numbering is not None and words and _NUMBERED_ALREADY.match(words):
            numbering = None
        strong = bool(words) and all(span.strong for span in spans if span.words.strip())
        plain = not any(span.href or span.slanted or (span.strong and not strong) for span in spans)
        if numbering is not None and words:
            self._counted += numbering.is_ordered
        return Paragraph(
            words=words,
            marked="" if plain else _marked([replace(span, strong=False) if strong else span for span in spans]),
            strong=strong,
            level=int(numbering.level_index) if numbering is not None and words else None,
            counted=numbering is not None and bool(numbering.is_ordered),
        )

    def _spans(self, elements: Sequence[Any], font: str, look: _Span) -> Iterator[_Span]:
        """Words with their looks; `\\n` alone is the end of a line."""
        kinds = self._kinds
        for element in elements:
            if isinstance(element, kinds.Run):
                own = element.font or self._font_of(element.style_id, "") or font
                inner = replace(look, strong=element.is_bold, slanted=element.is_italic, font=own)
                spans = self._spans(element.children, own, inner)
                if element.is_all_caps:
                    spans = (replace(span, words=self._meant(span).upper(), font="") for span in spans)
                yield from spans
            elif isinstance(element, kinds.Hyperlink):
                yield from self._spans(element.children, font, replace(look, href=self._href(element.href or "")))
            elif hasattr(element, "children"):
                yield from self._spans(element.children, font, look)
            else:
                yield from self._letters(element, replace(look, font=look.font or font))

    def _letters(self, element: Any, look: _Span) -> Iterator[_Span]:
        """What has no elements within it."""
        kinds = self._kinds
        if isinstance(element, kinds.Text):
            yield replace(look, words=element.value)
        elif isinstance(element, kinds.Tab):
            yield replace(look, words=" ")
        elif isinstance(element, kinds.Break):
            yield _Span("\n")
        elif isinstance(element, kinds.Checkbox):
            yield replace(look, words="☒" if element.checked else "☐")
        elif isinstance(element, kinds.NoteReference):
            yield self._note(element)

    def _note(self, reference: Any) -> _Span:
        note = self._document.notes.resolve(reference)
        words = " ".join(paragraph.markdown for paragraph in _paragraphs(self.blocks(note.body)) if paragraph.words)
        number = len(self.notes) + 1
        self.notes.append(f"[^{number}]: {words.strip()}")
        return _Span(f"[^{number}]", href=_NOTE)

    def _href(self, href: str) -> str:
        try:
            scheme = urlsplit(href).scheme
        except ValueError:
            scheme = ""
        if href and scheme not in _TAKES_LINKS:
            self._links[href[:100]] = None
            return ""
        return re.sub(r"[\s()<>\\]", lambda match: f"%{ord(match[0]):02X}", href) if href else ""

    def _font_of(self, style: str | None, otherwise: str | None = None) -> str:
        """The font of a style, or of what it is based on."""
        fonts, seen = self._parts.fonts, set[str]()
        while style and style not in seen:
            if style in fonts:
                return fonts[style]
            seen.add(style)
            style = self._parts.based_on.get(style)
        return fonts.get("", "") if otherwise is None else otherwise

    def _meant(self, span: _Span) -> str:
        """Words as the font shows them, in NFC; what an old font cannot say is kept for `losses`."""
        words = unicodedata.normalize("NFC", self._old_fonts.meant(span.font, span.words)).translate(_UNSEEN)
        self._old_fonts.note(span.font, words)
        return words

    def losses(self) -> Iterator[Doubt]:
        """What was read, but not with certainty."""
        yield from self._old_fonts.losses()
        if self._links:
            yield Doubt(
                "text", text("links that lead nowhere on the web are left out: {words}", words=some(self._links))
            )
        if self._counted:
            message = text("Word numbers {number} paragraphs by itself: compare their numbers", number=self._counted)
            yield Doubt("text", message)
        if self._merged:
            message = text(
                "{number} cells of tables were merged: each stands in the first of its cells", number=self._merged
            )
            yield Doubt("text", message)
        unknown = {match[1]: None for message in self._messages if (match := _IGNORED.match(message))}
        if unknown:
            yield Doubt("text", text("parts of it are left out: {words}", words=some(unknown)))


def _even(words: str) -> str:
    return " ".join(words.split())


def _marked(spans: Sequence[_Span]) -> str:
    """Spans as Markdown; emphasis that its signs would not make is left out rather than shown as signs."""
    written = ""
    for position, span in enumerate(spans):
        words = escaped(span.words) if span.href != _NOTE else span.words
        core = words.strip()
        if not core or span.href == _NOTE:
            written += words
            continue
        before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        following = after or "".join(later.words for later in spans[position + 1 :])
        apart = not (written + before)[-1:].isalnum() and not following[:1].isalnum()
        if span.href:
            core = f"[{core}]({span.href})"
        if apart and not (_CLAUSE_ALONE.fullmatch(span.words.strip()) and not written):
            signs = "**" * span.strong + "*" * span.slanted
            core = f"{signs}{core}{signs}"
        written += f"{before}{core}{after}"
    return _even(written)
