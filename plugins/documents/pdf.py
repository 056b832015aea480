"""The text of PDF files, through pypdf, as far as they have one: a picture of paper is told, and nothing in it guessed.

What runs (JavaScript, programs to start) or hides (files within it) is refused. How long it takes is bounded by whoever
calls: a file may be made to be read for ever.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from plugins.documents.blocks import Paragraph, as_markdown, is_rule
from plugins.documents.confidential import perhaps_not_public, perhaps_secret
from plugins.documents.heads import read_basis, read_effect, read_head
from plugins.documents.old_fonts import OldFonts
from plugins.documents.transcripts import Doubt, NotTakenError, Transcript
from plugins.portal.legacy_fonts import encoding_of, legacy_lines
from plugins.portal.problems import Text, text

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 500
"""Of which the text is read; the file is kept whole."""
MOST_LOOKED_AT = 5_000
"""Pages; a file of more is no document of an office."""
_LEAST_LETTERS = 25
"""On a page with text; a picture may have a stamp or the number of a page above it."""
_MOST_TORN = 0.06
"""Of words: single letters that are no word. Texts that are whole have one in a hundred."""
_MOST_UNKNOWN = 0.01
"""Of letters: signs that no font explains."""
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"}
_UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)|/g\d+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_WORD = re.compile(r"[^\W\d_]+")
_ALONE = re.compile(r"[bcdđghklmnpqrstvx]", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVXLC]|Căn cứ\b|Kính gửi|Nơi nhận|Theo đề nghị|Xét\b"
    r"|\d{1,3}(?:\.\d{1,3})*[.)]\s|[a-zđ]\)\s|[-–+•]\s?\S|(?:TM|KT|TL)\."
)
_SUBSET = re.compile(r"[A-Z]{6}\+")
_NAMED = re.compile(r"(?:Điều|Chương|Mục|Phần)\s+[\dIVXLC]")
_LONGEST_NAME = 70
"""Letters of a line that may be all of a name."""
_ENDS = re.compile(r"[.;:!?…]$|^[^a-zà-ỹ]*$")
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?-?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*-?", re.IGNORECASE)
_DAMAGED = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError, AssertionError,
    ZeroDivisionError, NotImplementedError, OSError, zlib.error, struct.error,
)  # fmt: skip
"""What pypdf stumbles over in files that are not well made, beside its own errors."""


def read_pdf(written: bytes) -> Transcript:
    """What a file says. Raises `NotTakenError`."""
    import pypdf  # only who takes in PDF files needs it
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends by itself is nothing that anybody can do
    try:
        reader = pypdf.PdfReader(io.BytesIO(written), strict=False)
        _check(reader)
        number = len(reader.pages)
        fonts = OldFonts()
        pages = [_lines(_words(page, fonts)) for page in _first(reader, MOST_PAGES)]
    except NotTakenError:
        raise
    except (PyPdfError, *_DAMAGED) as error:
        raise NotTakenError(text("it is no PDF file that can be read: make it again")) from error
    return _transcript(pages, number, tuple(fonts.losses()))


def _words(page: Any, fonts: OldFonts) -> str:
    """The text of a page; what is in an old font as that shows it, where the file names its fonts."""
    chunks: list[tuple[str, str]] = []

    def note(words: str, _matrix: Any, _text: Any, font: Any, _size: Any) -> None:
        name = str(font.get("/BaseFont", "")) if font else ""
        chunks.append((words, _SUBSET.sub("", name.lstrip("/")).partition(",")[0]))

    words: str = page.extract_text(visitor_text=note)
    if not any(encoding_of(font) for _, font in chunks):
        return words
    meant = [(fonts.meant(font, written), font) for written, font in chunks]
    for line, font in meant:
        fonts.note(font, unicodedata.normalize("NFC", line).strip())
    return "".join(line for line, _ in meant)


def _first(reader: PdfReader, most: int) -> Iterator[Any]:
    for number in range(min(len(reader.pages), most)):
        yield reader.pages[number]


def _check(reader: PdfReader) -> None:
    """Raises `NotTakenError` for what no document of an office needs."""
    from pypdf.errors import DependencyError

    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError):
        locked = True
    if locked:
        raise NotTakenError(text("it is encrypted: save it without a password"))
    catalog = _resolved(reader.trailer["/Root"])
    names = _resolved(catalog.get("/Names", {}))
    if "/JavaScript" in names or "/AA" in catalog or _acts(catalog.get("/OpenAction")):
        raise _active()
    if "/XFA" in _resolved(catalog.get("/AcroForm", {})):
        raise _active()
    if "/EmbeddedFiles" in names or "/AF" in catalog:
        raise NotTakenError(text("it has other files within it: make it without them"))
    _check_pages(reader)
    _check_objects(reader)


def _check_objects(reader: PdfReader) -> None:
    """Whatever else a viewer may come to: fields, bookmarks, one action after another."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    while waiting:
        thing = waiting.pop()
        if (number := getattr(thing, "idnum", None)) is not None:
            if (number, thing.generation) in seen:
                continue
            seen.add((number, thing.generation))
            thing = thing.get_object()
        if isinstance(thing, dict):
            if "/JS" in thing or thing.get("/S") in _ACTIONS:
                raise _active()
            if "/EF" in thing:
                raise NotTakenError(text("it has other files within it: make it without them"))
            waiting += thing.values()
        elif isinstance(thing, list):
            waiting += thing


def _check_pages(reader: PdfReader) -> None:
    if len(reader.pages) > MOST_LOOKED_AT:
        raise NotTakenError(text("it has more than {limit} pages: split it", limit=MOST_LOOKED_AT))
    for number, page in enumerate(_first(reader, MOST_LOOKED_AT), 1):
        if "/AA" in page:
            raise _active(number)
        for annotation in map(_resolved, _resolved(page.get("/Annots", ()))):
            if annotation.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Movie", "/Sound"):
                raise NotTakenError(text("it has other files within it, on page {page}", page=number))
            if "/AA" in annotation or _acts(annotation.get("/A")):
                raise _active(number)


def _resolved(value: Any) -> Any:
    resolved = value.get_object() if hasattr(value, "get_object") else value
    return resolved if resolved is not None else {}


def _acts(action: Any) -> bool:
    """Whether an action does more than lead somewhere."""
    action = _resolved(action)
    return isinstance(action, dict) and action.get("/S") in _ACTIONS


def _active(page: int | None = None) -> NotTakenError:
    if page is not None:
        return NotTakenError(text("it has something that runs when it is opened, on page {page}", page=page))
    return NotTakenError(text("it has something that runs when it is opened: make it without"))


def _lines(page: str) -> list[str]:
    # Codes that are no letters (half of a pair, controls) are told by `_illegible`, and can be written nowhere.
    whole = page.encode("utf-8", "replace").decode("utf-8")
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", whole).splitlines())
    kept = [_CONTROLS.sub("\ufffd", line.replace("\u00ad", "")) for line in lines]
    while kept and (not kept[0] or _PAGE_NUMBER.fullmatch(kept[0])):
        del kept[0]
    while kept and (not kept[-1] or _PAGE_NUMBER.fullmatch(kept[-1])):
        del kept[-1]
    return kept


def _transcript(pages: Sequence[Sequence[str]], number: int, losses: tuple[Doubt, ...]) -> Transcript:
    letters = [sum(map(len, _WORD.findall(" ".join(lines)))) for lines in pages]
    if not any(count >= _LEAST_LETTERS for count in letters):
        return Transcript(scanned=True, doubts=(Doubt("scanned", text("it has no text: nothing in it was read")),))
    illegible = _illegible("\n".join(line for lines in pages for line in lines))
    if illegible is not None:
        return Transcript(doubts=(Doubt("text", illegible),))
    lines = [Paragraph(line) for page in pages for line in page]
    head = read_head([Paragraph(line) for line in pages[0]])
    below = [*map(Paragraph, head.unread), *_paragraphs(lines[head.begins :])]
    words = [paragraph.words for paragraph in below]
    effective, doubts = read_effect(words, head.issued)
    if number > MOST_PAGES:
        doubts.append(Doubt("text", text("only the first {limit} pages are in the text", limit=MOST_PAGES)))
    if empty := [str(page) for page, count in enumerate(letters, 1) if count < _LEAST_LETTERS]:
        listed = ", ".join(empty[:20]) + (" …" if len(empty) > 20 else "")
        doubts.append(Doubt("text", text("pages without a text: {pages}", pages=listed)))
    held_back = [*perhaps_secret(head.title, head.number), *perhaps_not_public(head.lines, "\n".join(words))]
    return Transcript(
        number=head.number,
        type=head.type,
        title=head.title,
        issued=head.issued,
        effective_from=effective,
        agency=head.agency,
        basis=read_basis(words),
        text=as_markdown(below),
        doubts=(*head.doubts, *doubts, *losses),
        held_back=tuple(reason for position, reason in enumerate(held_back) if reason not in held_back[:position]),
    )


def _illegible(words: str) -> Text | None:
    """Why nobody can rely on the letters."""
    unknown = sum(len(match[0]) for match in _UNKNOWN.finditer(words))
    if unknown > _MOST_UNKNOWN * len(words):
        return text("letters of its text are unknown: nothing in it was read")
    if any(True for _ in legacy_lines(words)):
        return text("its text is in a font from before Unicode: nothing in it was read")
    tokens = _WORD.findall(words)
    torn = sum(1 for word in tokens if _ALONE.fullmatch(word) and word.islower())
    if torn > _MOST_TORN * len(tokens):
        return text("words of its text are torn apart: nothing in it was read")
    return None


def _paragraphs(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines put together: a paragraph ends with a sentence, or before what begins as one does."""
    paragraphs: list[str] = []
    ended, named = True, False
    for line in lines:
        words = line.words
        if not words or is_rule(words):
            ended = True
            continue
        if ended or _BEGINS.match(words) or (named and words[0].isupper()):
            paragraphs.append(words)
        else:
            paragraphs[-1] += f" {words}"
        ended = _ENDS.search(words) is not None
        # The name of an article ends without a sign; what stands below it begins with a capital.
        named = len(words) < _LONGEST_NAME and _NAMED.match(words) is not None
    return [Paragraph(words) for words in paragraphs]
