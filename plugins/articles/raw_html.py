"""HTML within Markdown, as word processors and other sites leave it: what of it is kept, and in which form.

Sanitising alone would drop in silence what it does not know. So every tag is looked at here first, with its line: kept,
written otherwise (`<strike>` as `<s>`, bold of a style as `<b>`), left out without a word where it says nothing
(`<font>`, `class`), or left out and told. What only looks like a tag (`<họ và tên>`, `<b và lớn hơn >c`) is text. What
comes out is balanced, so that no element that somebody forgot to close reaches into the rest of the page. Nothing here
keeps the page safe: that is done behind it, by `nh3`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

from plugins.articles.completeness import words
from plugins.articles.html_vocabulary import (
    ALIGNED,
    CLOSED_BY,
    HIDDEN,
    HIDES,
    INLINE,
    KEPT,
    KEPT_ATTRIBUTES,
    MOST_CELLS,
    NEED_NOT_BE_CLOSED,
    OFTEN_LEFT_OUT,
    RENAMED,
    SCOPES,
    SHOWS_SOMETHING,
    SPANS,
    STYLES,
    VALUES,
    VOID,
    WITHIN,
    WITHIN_WORDS,
    says_nothing,
)
from plugins.articles.remarks import Remarks
from plugins.articles.tags import OTHER_MARKUP, TAG, Tag, TagNames, read_tag
from plugins.portal.problems import text
from plugins.portal.yaml_grammar import MAX_DEPTH

LEFT_OUT = "\ufdd0"
"""Stands in the page where a tag was left out, until its words are compared: they are apart there as in the text.

A character that is none, by Unicode's own rule."""
_GAP = "\ufdd1"
"""The same where the tag stood between words."""
_GAPS = re.compile(f"{_GAP}+")
_NO_GAP = re.compile(f"(?<=>){_GAP}|{_GAP}(?=<)")
_TRACES = re.compile(f"[{LEFT_OUT}{_GAP}]")
_MARKDOWN = re.compile(r"\*\*\w|\]\(\S")
_ENDS_HIDING = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in HIDDEN}


@dataclass
class _Open:
    """An element that is open: its name in the text, what stands for it in the page, and the line it began on."""

    name: str
    ends: str
    line: int
    block: bool
    written: str = ""
    """Its name in the text, where another stands in the page."""
    within_words: bool = False
    """Whether it began between words of a paragraph of Markdown, where every element ends by a tag of its own."""


Resolve = Callable[[str, bool, int], str]
"""Gives the address of a link or picture as written on a line; empty where it was refused, and told."""


@dataclass
class RawHtml:
    """Writes the HTML of one text. Lines are counted as in `Remarks`."""

    remarks: Remarks
    resolve: Resolve
    uncounted: list[str] = field(default_factory=list)
    """What was written and is no word of the text: tags, comments, scripts."""
    _open: list[_Open] = field(default_factory=list)
    _hiding: str = ""
    """The element whose content is passed over now."""
    _hiding_since: int = 0
    """The line on which it began."""
    _hidden: list[tuple[str, int]] = field(default_factory=list)
    """That content, each piece with its line."""
    too_deep: bool = False
    names: TagNames = field(default_factory=TagNames)
    """Of the whole text."""
    written: list[tuple[str, int]] = field(default_factory=list)
    """The elements that were written to the page, each with its line."""
    _balance: Counter[str] = field(default_factory=Counter)
    """How many of each element began and have not ended yet."""
    _in_block: bool = False

    def hides(self, written: str, line: int) -> bool:
        """Whether text is the content of a script or a style; then it is kept from the page."""
        if self._hiding:
            self._hidden.append((written, line))
        return bool(self._hiding)

    @property
    def depth(self) -> int:
        return len(self._open)

    def tag(self, written: str, line: int) -> str:
        """What stands for one piece of HTML, a tag or a comment: `LEFT_OUT` where nothing does."""
        return self._tag(written, line) or LEFT_OUT

    def _tag(self, written: str, line: int) -> str:
        if self.too_deep:
            return ""
        if self._hiding:
            if _ENDS_HIDING[self._hiding].match(written):
                self.uncounted.append(written)
                self._leave_hidden()
            else:
                self._hidden.append((written, line))
            return ""
        if written.startswith("<!--"):
            self._comment(written, line)
            return _GAP
        self.uncounted.append(written)
        tag = read_tag(written)
        if tag is None:  # the other markup
            if not written.startswith("<!["):
                self._left_out(written, line)
            return _GAP
        stands = self._end(tag, line) if tag.closing else self._start(tag, line)
        return stands or ("" if tag.name in WITHIN_WORDS or ":" in tag.name else _GAP)

    def block(self, content: str, line: int) -> str:
        """What stands for a block of HTML: its tags one by one, its text as paragraphs where it stands in none."""
        out: list[str] = []
        within = self.depth
        paragraph = False
        self._in_block = True
        for piece, is_text, at in self._pieces(content, line):
            name = "" if is_text else _name_of(piece)
            flows = bool(piece.strip()) if is_text else name in INLINE or name == "font"
            bare = not any(element.block for element in self._open)
            if flows and bare and not paragraph and not self._hiding and not _only_comment(piece, is_text):
                out.append("<p>")
                paragraph = True
            elif paragraph and name and name not in INLINE and name in KEPT | frozenset(RENAMED):
                out.append(self.close_to(within, at) + "</p>")
                paragraph = False
            out.append(self._text(piece, at) if is_text else self.tag(piece, at))
        if paragraph:
            out.append(self.close_to(within, line) + "</p>")
        self._in_block = False
        return "".join(out)

    def _text(self, written: str, line: int) -> str:
        """Text between tags, its entities left as they are."""
        if self.hides(written, line):
            return ""
        if _MARKDOWN.search(written):
            message = text("Markdown within HTML is shown as it is")
            self.remarks.advice(line, message, text("leave an empty line before and behind it, or write HTML"))
        return written.replace("<", "&lt;").replace(">", "&gt;")

    def close_to(self, depth: int, line: int) -> str:
        """End what was opened beyond that depth; what should have been closed is told."""
        ends = self._cut(depth)
        if self._hiding:
            message = text("<{tag}> is not closed: what follows would not be shown", tag=self._hiding)
            self.remarks.problem(self._hiding_since, message, text("remove it; scripts and styles are not taken"))
            self._hiding, self._hidden = "", []
        return ends

    def _cut(self, depth: int, closed: str = "") -> str:
        """End the elements beyond that depth; those but `closed` that nothing has ended are told."""
        ended = self._open[depth:]
        del self._open[depth:]
        for element in ended if not self.remarks.has_much_advice else ():
            need_not = element.name in NEED_NOT_BE_CLOSED and not element.within_words
            if not need_not and element.name != closed:
                name = element.written or element.name
                message = text("<{tag}> is not closed", tag=name)
                hint = text("write </{tag}> where it ends, or &lt;{tag}> if you mean the text itself", tag=name)
                self.remarks.advice(element.line, message, hint)
        return "".join(element.ends for element in reversed(ended))

    def _pieces(self, content: str, line: int) -> Iterator[tuple[str, bool, int]]:
        """Tags, comments and the text between them, whether each is text, and the line it begins on."""
        position = begun = 0
        lines = _LineCounter(content, line)
        while (start := content.find("<", position)) >= 0:
            end = self._end_of_piece(content, start)
            if end is None or (self._hiding and not _ENDS_HIDING[self._hiding].match(content, start)):
                position = start + 1
                continue
            if begun < start:
                yield content[begun:start], True, lines.at(begun)
            yield content[start:end], False, lines.at(start)
            position = begun = end
        if begun < len(content):
            yield content[begun:], True, lines.at(begun)

    def _end_of_piece(self, content: str, start: int) -> int | None:
        if content.startswith("<!--", start):
            end = content.find("-->", start + 2)
            return len(content) if end < 0 else end + 3
        other = OTHER_MARKUP.match(content, start)
        if other is not None:
            return other.end()
        tag = self.names.tag(content, start)
        return None if tag is None else start + len(tag.written)

    def _comment(self, written: str, line: int) -> None:
        if not written.endswith("-->"):
            message = text("the comment <!-- is not closed: what follows would not be shown")
            self.remarks.problem(line, message, text("write --> where it ends, or remove it"))
            return
        self.uncounted.append(written)
        word_to_itself = written.startswith("<!--[")  # Word's conditions hold programs' words
        for number, comment_line in enumerate(written.split("\n")):
            if words(comment_line) and not (word_to_itself and comment_line.isascii()):
                message = text("a comment <!-- … --> is not shown")
                self.remarks.advice(line + number, message, text("remove it if it is not needed"))

    def _leave_hidden(self) -> None:
        """Pass over what a script or a style said; words that a program does not use are told."""
        self._left_out(f"<{self._hiding}>", self._hiding_since)
        for written, line in self._hidden:
            self.uncounted.append(written)
            for number, source_line in enumerate(written.split("\n")):
                if not source_line.isascii() and line + number != self._hiding_since:
                    self._left_out(f"<{self._hiding}>", line + number)
        self._hiding, self._hidden = "", []

    def _left_out(self, written: str, line: int) -> None:
        if self.remarks.has_much_advice:
            return
        message = text("{tag} is left out", tag=_short(written))
        self.remarks.advice(line, message, text("remove it; write Markdown instead of HTML where you can"))

    def _start(self, tag: Tag, line: int) -> str:
        name = RENAMED.get(tag.name, tag.name)
        self._balance[name] += name not in VOID
        if name in HIDDEN:
            self._hiding, self._hiding_since = name, line
            return ""
        self._tell_hidden(tag, line)
        if name not in KEPT:
            if name in SHOWS_SOMETHING:
                message = text("<{tag}> cannot be shown", tag=name)
                hint = text("remove it, or put a link to it; write &lt;{tag}> if you mean the text itself", tag=name)
                self.remarks.problem(line, message, hint)
            elif name not in OFTEN_LEFT_OUT and ":" not in name:
                self._left_out(tag.written, line)
            dressed = self._of_style(tag) if name == "font" else ""
            return dressed + self._opened(tag, "".join(_ends(dressed)), line, block=False) if dressed else ""
        outer = WITHIN.get(name)
        if outer and not any(element.name in outer for element in self._open):
            self._outside(name, outer[0], line)
            return ""
        before = self._ended_by(name)
        if name == "a" and not tag.attributes.get("href"):
            if not tag.attributes:
                self._left_out(tag.written, line)
            return before  # a place to jump to, such as Word makes of headings
        return before + self._element(name, tag, line)

    def _tell_hidden(self, tag: Tag, line: int) -> None:
        """Advice for words that are not to be seen: a page shows all that its source has."""
        if ("hidden" in tag.attributes or HIDES.search(tag.attributes.get("style", ""))) and tag.name not in VOID:
            message = text("<{tag}> hides its words, but everybody will read them", tag=tag.name)
            self.remarks.advice(line, message, text("delete what is not for everybody"))

    def _outside(self, name: str, outer: str, line: int) -> None:
        if not self.remarks.has_much_advice:
            message = text("<{tag}> stands outside of <{outer}>", tag=name, outer=outer)
            self.remarks.advice(line, message, text("write <{outer}> before it and </{outer}> at the end", outer=outer))

    def _element(self, name: str, tag: Tag, line: int) -> str:
        attributes = self._attributes(name, tag, line)
        self.written.append((name, line))
        start = f"<{name}{attributes}>"
        if name in VOID:
            return start
        dressed = self._of_style(tag) if name == "span" else ""
        ends = "".join(_ends(dressed)) + f"</{name}>"
        opened = self._opened(tag, ends, line, block=name not in INLINE)
        return start + dressed + opened

    def _opened(self, tag: Tag, ends: str, line: int, *, block: bool) -> str:
        if len(self._open) >= MAX_DEPTH:
            if not self.too_deep:
                deep = text("nested deeper than {limit} levels", limit=MAX_DEPTH)
                self.remarks.problem(line, deep, text("flatten it"))
            self.too_deep = True
        name = RENAMED.get(tag.name, tag.name)
        self._open.append(_Open(name, ends, line, block, written=tag.name, within_words=not self._in_block))
        return ""

    def _ended_by(self, name: str) -> str:
        """What ends before such an element begins: an entry where the next begins, a paragraph before a block."""
        closed, scope = CLOSED_BY.get(name, frozenset()), SCOPES.get(name, frozenset())
        last = None
        for depth in range(len(self._open) - 1, -1, -1):
            element = self._open[depth]
            if element.name in scope:
                break
            if element.name in closed or (element.name == "p" and name not in INLINE):
                last = depth
            elif element.block and not closed:
                break
        return "" if last is None else self._cut(last)

    def _end(self, tag: Tag, line: int) -> str:
        name = RENAMED.get(tag.name, tag.name)
        if name == "br":
            return "<br>"  # as every browser takes it
        if not self._balance[name] and ":" not in name:
            self._left_out(tag.written, line)
        self._balance[name] = max(self._balance[name] - 1, 0)
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].name == name:
                return self._cut(depth, closed=name)
            if self._open[depth].name == "table":
                break  # nothing within a table ends what is around it
        return ""

    @staticmethod
    def _of_style(tag: Tag) -> str:
        """The elements that say what a style says, such as bold of Word."""
        style = tag.attributes.get("style", "")
        return "".join(f"<{name}>" for name, pattern in STYLES.items() if style and pattern.search(style))

    def _attributes(self, name: str, tag: Tag, line: int) -> str:
        kept: dict[str, str] = {}
        for attribute, value in tag.attributes.items():
            if attribute == "title" or attribute in KEPT_ATTRIBUTES.get(name, ()):
                kept |= self._attribute(name, attribute, value, line)
            elif not says_nothing(attribute) and not self.remarks.has_much_advice:
                message = text("the attribute {name} of <{tag}> is left out", name=attribute, tag=tag.name)
                self.remarks.advice(line, message, text("remove it; write what matters as text"))
        aligned = ALIGNED.search(tag.attributes.get("style", "")) if name in ("td", "th") else None
        if aligned is not None:
            kept.setdefault("align", aligned.group(1).lower())
        if name == "img":
            self._picture(tag, line)
        return "".join(f' {key}="{escape(value)}"' for key, value in sorted(kept.items()))

    def _attribute(self, name: str, attribute: str, value: str, line: int) -> dict[str, str]:
        """What is kept of an attribute that may be kept."""
        if attribute in ("href", "src"):
            address = self.resolve(value, name == "img", line)
            return {attribute: address} if address else {}
        if attribute in SPANS:
            return self._span(name, attribute, value, line)
        pattern = VALUES.get(attribute)
        return {attribute: value.strip()} if pattern is None or pattern.fullmatch(value.strip()) else {}

    def _picture(self, tag: Tag, line: int) -> None:
        if "src" not in tag.attributes:
            message = text("<img> names no picture")
            self.remarks.problem(line, message, text("write ![what it shows]({{static}}/media/its-name)"))
        elif not tag.attributes.get("alt", "").strip():
            without_alternative(self.remarks, line)

    def _span(self, name: str, attribute: str, value: str, line: int) -> dict[str, str]:
        number = int(value) if value.strip().isascii() and value.strip().isdigit() and len(value) < 6 else 0
        if 1 <= number <= MOST_CELLS:
            return {attribute: str(number)} if number > 1 else {}
        message = text('{name}="{value}" of <{tag}> is left out', name=attribute, value=_short(value), tag=name)
        self.remarks.advice(line, message, text("write a number from 1 to {limit}", limit=MOST_CELLS))
        return {}


def without_traces(html: str) -> str:
    """The HTML without what stands for tags that were left out."""
    if _TRACES.search(html) is None:
        return html
    once = _GAPS.sub(_GAP, html.replace(LEFT_OUT, ""))
    return _NO_GAP.sub("", once).replace(_GAP, " ")


def without_alternative(remarks: Remarks, line: int) -> None:
    """A picture that says nothing to whoever cannot see it."""
    message = text("a picture without a text that stands for it")
    remarks.problem(line, message, text('say between [ and ] what it shows: ![what it shows](…), or alt="…" in HTML'))


def _ends(starts: str) -> Iterator[str]:
    """The end tags of start tags without attributes, in the order to write them."""
    for name in reversed(re.findall("<([a-z]+)>", starts)):
        yield f"</{name}>"


def _name_of(written: str) -> str:
    match = TAG.match(written)
    return match.group(2).lower() if match else ""


def _only_comment(piece: str, is_text: bool) -> bool:
    return not is_text and not TAG.match(piece)


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= 40 else f"{line[:40]}…"


class _LineCounter:
    """The line of rising positions of a text, each part counted once."""

    def __init__(self, source: str, first: int) -> None:
        self._source = source
        self._position = 0
        self._line = first

    def at(self, position: int) -> int:
        self._line += self._source.count("\n", self._position, position)
        self._position = position
        return self._line
