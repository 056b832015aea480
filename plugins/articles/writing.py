"""From the parser's tokens to HTML: links resolved with their line, headings with ids, raw HTML tag by tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from plugins.articles.completeness import words
from plugins.articles.footnotes import Note
from plugins.articles.grammar import AT, END
from plugins.articles.links import HEADING_PREFIX
from plugins.articles.raw_html import RawHtml, without_alternative
from plugins.articles.remarks import Remarks
from plugins.portal.identifiers import slugify
from plugins.portal.problems import Translate, text

Resolve = Callable[[str, bool, int, str], str]
"""Gives the address of a link or picture: what was meant, whether it is a picture, its line, and as it was written."""


@dataclass
class Writing:
    """One text being written. Lines are counted from 0 in the Markdown."""

    remarks: Remarks
    resolve: Resolve
    translate: Translate
    html: RawHtml
    uncounted: list[str] = field(default_factory=list)
    """What was written and is no word of the text: addresses, labels, tags."""
    added: list[str] = field(default_factory=list)
    """Words of the page that nobody wrote: the numbers of footnotes."""
    ids: Counter[str] = field(default_factory=Counter)
    line: int = 0
    """Of the paragraph being written."""
    paragraph: str = ""
    """As it was written."""
    counted_to: int = 0
    """The place in the paragraph up to which its lines are counted."""
    lines_before: int = 0
    breaks: int = 0
    """Breaks of lines in the paragraph so far."""

    @classmethod
    def of(cls, remarks: Remarks, resolve: Resolve, translate: Translate) -> Writing:
        def resolve_raw(address: str, picture: bool, line: int) -> str:
            return resolve(address, picture, line, address)

        uncounted: list[str] = []
        return cls(remarks, resolve, translate, RawHtml(remarks, resolve_raw, uncounted), uncounted)

    def begin(self, token: Token) -> None:
        """A paragraph (or heading, or cell) begins."""
        self.line = token.map[0] if token.map else self.line
        self.paragraph, self.counted_to, self.lines_before, self.breaks = token.content, 0, 0, 0

    def line_of(self, token: Token) -> int:
        """The line on which a construct of this paragraph begins."""
        at = token.meta.get(AT, 0)
        if at >= self.counted_to:
            self.lines_before += self.paragraph.count("\n", self.counted_to, at)
            self.counted_to = at
        return self.line + self.lines_before

    def line_of_address(self, token: Token) -> int:
        """The line on which the address of a link or picture stands: its text may go over several."""
        line = self.line_of(token)
        start, end = token.meta.get(AT, 0), token.meta.get(END, 0)
        address = self.paragraph.rfind("](", start, end)
        if address < 0 or self.paragraph.find("\n", start, end) < 0:
            return line
        while self.paragraph[address + 2 : address + 3].isspace():
            address += 1
        return line + self.paragraph.count("\n", start, address + 2)

    def heading_id(self, heading: str) -> str:
        """An id that no other heading of the text has."""
        wanted = HEADING_PREFIX + slugify(heading)
        anchor = wanted
        while anchor in self.ids:
            anchor = f"{wanted}_{self.ids[wanted]}"
            self.ids[wanted] += 1
        self.ids[anchor] += 1
        return anchor


class HtmlWriter(RendererHTML):
    """Writes the HTML of one text after another; it is not safe before it is sanitised."""

    def write(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType, writing: Writing) -> str:
        """The HTML of a text."""
        self._writing = writing
        html = self.render(tokens, options, env)
        return html + writing.html.close_to(0, writing.line)

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        out: list[str] = []
        rules = self.rules
        for index, token in enumerate(tokens):
            if token.type == "inline":
                if token.children:
                    self._writing.begin(token)
                    out.append(self._paragraph(token.children, options, env))
            elif token.type in rules:
                out.append(rules[token.type](tokens, index, options, env))
            else:
                out.append(self.renderToken(tokens, index, options, env))
        return "".join(out)

    def _paragraph(self, children: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        raw = self._writing.html
        depth = raw.depth
        written = self.renderInline(children, options, env)
        # What was opened within a paragraph ends with it.
        return written + raw.close_to(depth, self._writing.line)

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        content = tokens[idx].content
        return (
            "" if self._writing.html.hides(content, self._writing.line + self._writing.breaks) else escapeHtml(content)
        )

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        self._writing.breaks += 1
        return "\n"

    def hardbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        self._writing.breaks += 1
        return "<br>\n"

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self._writing.html.tag(tokens[idx].content, self._writing.line_of(tokens[idx]))

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        return self._writing.html.block(token.content, token.map[0] if token.map else 0)

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        heading = plain_text(tokens[idx + 1].children or ())
        tag = self._level(tokens[idx])
        return f'<{tag} id="{self._writing.heading_id(heading)}">'

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{self._level(tokens[idx])}>\n"

    @staticmethod
    def _level(token: Token) -> str:
        return "h2" if token.tag == "h1" else token.tag  # the page has its own h1, the title

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        end = next(number for number in range(idx, len(tokens)) if tokens[number].type == "link_close")
        href, title = self._address(tokens[idx], "href", plain_text(tokens[idx:end]), env)
        return f'<a href="{escapeHtml(href)}"{title}>'

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        alternative = " ".join(plain_text(token.children or ()).split())
        src, title = self._address(token, "src", alternative, env)
        if not alternative:
            without_alternative(self._writing.remarks, self._writing.line_of(token))
        return f'<img alt="{escapeHtml(alternative)}" src="{escapeHtml(src)}"{title}>'

    def _address(self, token: Token, attribute: str, link_text: str, env: EnvType) -> tuple[str, str]:
        """The address of a link or picture, and its title as an attribute."""
        writing = self._writing
        written = str(token.attrs[attribute])
        title = str(token.attrs.get("title", ""))
        line = writing.line_of_address(token)
        label = token.meta.get("label")
        if label:  # its address stands where the label is defined
            line = env["references"][label]["map"][0]
            if words(label) != words(link_text):  # it stands behind the text, not instead of it
                writing.uncounted.append(label)
        elif token.info != "auto":
            writing.uncounted += [written, title]
        resolved = writing.resolve(unescapeAll(written), attribute == "src", line, written)
        return resolved, f' title="{escapeHtml(title)}"' if title else ""

    def footnote_definition(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return ""

    def footnote_reference(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        note: Note = tokens[idx].meta["note"]
        writing = self._writing
        writing.uncounted.append(note.label)
        if "occurrence" not in tokens[idx].meta:
            return ""
        writing.added.append(str(note.number))
        own = _reference_anchor(note, tokens[idx].meta["occurrence"])
        return f'<sup id="{own}"><a href="#{_anchor(note)}">{note.number}</a></sup>'

    def footnotes_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<hr>\n<ol>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<li id="{_anchor(tokens[idx].meta["note"])}">'

    def footnote_back(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        note: Note = tokens[idx].meta["note"]
        message = text("Back to where note {number} is referred to", number=note.number)
        label = escapeHtml(message.render(self._writing.translate))
        attributes = f'title="{label}" aria-label="{label}"'
        anchors = [_reference_anchor(note, occurrence) for occurrence in range(1, note.references + 1)]
        return "".join(f'&#160;<a href="#{anchor}" {attributes}>↩</a>' for anchor in anchors)

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</li>\n"

    def footnotes_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</ol>\n"

    def _cell(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        style = str(token.attrs.get("style", ""))
        align = f' align="{style.removeprefix("text-align:")}"' if style else ""
        return f"<{token.tag}{align}>"

    th_open = _cell
    td_open = _cell

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<pre><code>{escapeHtml(tokens[idx].content)}</code></pre>\n"


def plain_text(tokens: Sequence[Token]) -> str:
    """What a line says without its marks: for ids, and in place of pictures."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "image":
            parts.append(plain_text(token.children or ()))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def _anchor(note: Note) -> str:
    """By its number: a label may hold blanks, which no id may."""
    return f"fn:{note.number}"


def _reference_anchor(note: Note, occurrence: int) -> str:
    return f"fnref:{note.number}" if occurrence == 1 else f"fnref{occurrence}:{note.number}"
