"""What a text seems to mean and Markdown does not do: told as advice, or as a problem where something would be lost.

Each check reads the parser's tokens or the text's lines; together they cost a small part of what parsing does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from itertools import pairwise
from typing import Any

from markdown_it.common.utils import isValidEntityCode, unescapeAll
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.utils import EnvType

from plugins.articles.abbreviations import abbreviations_of
from plugins.articles.footnotes import notes_of
from plugins.articles.grammar import AT
from plugins.articles.html_vocabulary import KEPT, RENAMED
from plugins.articles.numbering import is_numbered
from plugins.articles.remarks import Remarks
from plugins.portal.characters import FORBIDDEN
from plugins.portal.odd_signs import odd_signs
from plugins.portal.problems import shortened, text

_TABLE_LINE = re.compile(r"\|[^\n|]+\|")
_NUMBERED = re.compile(
    r"(?:[a-zđ][).][ \t]|[0-9]{1,2}(?:[.)](?=[^\W\d])|/[ \t])|[a-zđ]/[ \t]|[0-9]{1,3}[.)][ \t]+[^\W\d]"
    r"|[IVX]{1,4}[.)][ \t]|[0-9]{1,2}(?:\.[0-9]{1,2})+[ \t]*[-\u2013:/][ \t]"
    r"|(?:Điều|Khoản|Mục|Chương|Phần|Bước) [0-9IVX]{1,4}[ \t]+\S)"
)
_MARKED = re.compile("[\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?[ \\t]*\\S")
"""A line that begins with a picture: `✓ Đơn`, `👉 Đơn`, `① Đơn`."""
_CELLS = re.compile(r"[^\t\n]*[^\s]\t+[^\s]")
"""A line as spreadsheets are pasted, with tabs between its cells."""
_BETWEEN_STARS = re.compile(r"[0-9]\*([0-9][^*\n]*)\*[0-9]")
_LABELLED = re.compile(r"[^\W\d_][^\n:.!?;,|<\[]{1,25}:[ \t]*\S")
_ENTRY_WITHIN = re.compile(r"^\*{2,6}[ \t]+(?=[^\s*])(?![^\n]*\*\*)", re.MULTILINE)
"""An entry within an entry as wikis have it, below none that it belongs to."""
_DRAWN = re.compile(
    r"^[ \t>]*+(?:\+(?:[-=:]+\+)+|(?=[^\n]*\+)(?=[^\n]*(?:--|==))[+|][-+=: ]+[+|]"
    r"|[-=]{2,}(?:\+[-=]{2,})+|[\u2500-\u257f]{3,})[ \t]*$"
    r"|^(?=[^\n]*\S[ ]{2,}\S)[^\n]*\n[ ]{0,3}(?:={3,}|-{3,})(?:[ ]+(?:={2,}|-{2,}))+[ ]*$",
    re.MULTILINE,
)
"""A line of a table that is drawn: `+----+----+`, `|----+----|`, `----+----`, `├──┼──┤`; `---- ----` below cells."""
_STARS = re.compile(r"(?<![*\\])\*\*(?=\w)|(?<=\w)\*\*(?!\*)|(?<!\*)\*\*[^*]+\*\*(?!\*)")
_ATTRIBUTE_LIST = re.compile(r"\{:?[ \t]*[.#][\w-][^{}\n]*\}")
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\n]{1,100})\]")
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S|[/#{]|www\.")
_NUMBER_ENTITY = re.compile(r"(?<!\\)(&#(?:([0-9]{1,8})|[xX]([0-9a-fA-F]{1,6}));)")
_EMPTY = re.compile(r"<([A-Za-z][A-Za-z0-9]*)>\s*</\1\s*>", re.IGNORECASE)
_EMPTY_LINK = re.compile(r"<a\s(?=[^<>]*href)[^<>]*>(?:\s|&nbsp;|<(?!/?a\b|img\b)[^<>]*>)*+</a\s*>", re.IGNORECASE)
_HAS_ADDRESS = re.compile(r"<a\s[^<>]*href")
_AS_A_WORD = re.compile(r"[^\W_] </?(?i:br|hr|wbr) ?/?> (?=[^\W\d_])")
_BEGINS_WITH_WORD = re.compile(r"<p>[ \t]+\w", re.IGNORECASE)
_MAY_BE_EMPTY = frozenset({"td", "th", "tr", "li", "dd", "p", "colgroup", "thead", "tbody", "tfoot"})
"""Cells and lines that are left free."""
_LOST = 0xFFFD
"""Stands for a letter that was lost."""
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_QUOTED = re.compile(r"[ \t]*>+\w")
_ESCAPE_WITHIN = re.compile(
    r"(?:(?<=[^\W_])|(?<=[)\]]))\\(?:[_{~#$%@&](?=[^\W_])|\((?=[^()\\\s]{1,100}\))|\[(?=[^\[\]\\\s]{1,100}\](?!\()))"
)
"""A backslash within a word, as in `mau\\_cu`: an escape, or the folder of a file of Windows."""


def check_tokens(tokens: Sequence[Token], lines: list[str], remarks: Remarks) -> None:
    """Tables, lists, quotations and paragraphs that are read otherwise than they look."""
    numbers: list[_Numbers] = []
    for token in tokens:
        if remarks.has_much_advice:
            break
        kind = token.type
        if kind == "inline":
            _check_paragraph(token, remarks)
        elif kind == "ordered_list_open":
            numbers.append(_Numbers(int(token.attrs.get("start", 1))))
        elif kind == "list_item_open" and token.info and numbers:
            numbers[-1].note(token)
        elif kind == "ordered_list_close":
            numbers.pop().tell(remarks)
        elif kind == "blockquote_open" and token.map and _QUOTED.match(lines[token.map[0]]):
            message = text("a line that begins with > is a quotation")
            remarks.advice(token.map[0], message, text("write \\> where it means more than"))
        elif kind == "fence":
            _check_fence(token, remarks)
    _check_rows(tokens, lines, remarks)


def _check_rows(tokens: Sequence[Token], lines: list[str], remarks: Remarks) -> None:
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and columns:
            _check_row(lines[token.map[0]], token.map[0], columns, remarks)


class _Numbers:
    """The numbers of a list as they were written, beside those that are shown."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.written: list[tuple[int, int]] = []

    def note(self, token: Token) -> None:
        self.written.append((int(token.info), token.map[0] if token.map else 0))

    def tell(self, remarks: Remarks) -> None:
        """A list that is numbered 1, 1, 1 counts itself; any other is meant as it is written."""
        if len({number for number, _ in self.written}) == 1:
            return
        for position, (number, line) in enumerate(self.written):
            if number != self.start + position:
                message = text(
                    "the number {written} of the list is shown as {shown}", written=number, shown=self.start + position
                )
                hint = text("number the list without gaps, or write {number}\\. to keep the number", number=number)
                remarks.advice(line, message, hint)
                return


def _check_row(line: str, number: int, columns: int, remarks: Remarks) -> None:
    cells = [cell.strip() for cell in escapedSplit(line.strip().lstrip("> \t"))]
    cells = cells[1:] if cells and not cells[0] else cells
    cells = cells[:-1] if cells and not cells[-1] else cells
    extra = [cell for cell in cells[columns:] if cell]
    if extra:
        message = text(
            'a row of {cells} cells in a table of {columns} columns: "{extra}" would not be shown',
            cells=len(cells), columns=columns, extra=" | ".join(extra),
        )  # fmt: skip
        remarks.problem(number, message, text("write a heading for each column; write \\| for the sign itself"))
    elif len(cells) < columns:
        message = text("a row of {cells} cells in a table of {columns} columns", cells=len(cells), columns=columns)
        remarks.advice(
            number, message, text("write | for each cell, also for an empty one; leave an empty line behind the table")
        )


def _check_fence(token: Token, remarks: Remarks) -> None:
    first, behind = token.map or (0, 0)
    content = token.content.count("\n") + bool(token.content and not token.content.endswith("\n"))
    if behind - first < content + 2:
        message = text("what begins with {marks} is not closed: all that follows is shown as code", marks=token.markup)
        remarks.advice(first, message, text("write {marks} on a line of its own where it ends", marks=token.markup))


def check_drawn_tables(tokens: Sequence[Token], body: str, remarks: Remarks) -> None:
    """Advice for each table that is drawn with signs: its lines are put into one paragraph."""
    drawn, line, counted_to = set(), 0, 0
    for match in _DRAWN.finditer(body):
        line, counted_to = line + body.count("\n", counted_to, match.start()), match.start()
        drawn.add(line + match.group().count("\n"))
    if not drawn:
        return
    lines = body.split("\n")
    others = {n for t in tokens if t.type in ("fence", "table_open") and t.map for n in range(*t.map)}
    told_to = -1
    for number in sorted(drawn - others):
        if number > told_to and not remarks.has_much_advice:
            message = text("a table drawn with signs is no table")
            hint = text("write each row as | cell | cell |, and | --- | --- | below the heading")
            remarks.advice(number, message, hint)
            told_to = next((end for end in range(number, len(lines)) if not lines[end].strip()), len(lines))


def _check_paragraph(token: Token, remarks: Remarks) -> None:
    first = token.map[0] if token.map else 0
    content = token.content
    drawn = "\n" in content and _DRAWN.search(content)
    if "\n" in content and not drawn:
        _check_lines(content, first, remarks)
    if content.startswith("|") and not drawn and _TABLE_LINE.match(content) and token.level == 1:
        message = text("lines with | that are no table")
        remarks.advice(first, message, text("write | --- | below the heading, once for each column of it"))
    if "** " in content and (within := _ENTRY_WITHIN.search(content)) is not None:
        message = text('"{marks}" at the beginning of a line is shown as it is', marks=within.group().strip())
        hint = text("write - before an entry, and four blanks and - before an entry within it")
        remarks.advice(first + content.count("\n", 0, within.start()), message, hint)
    stars = _BETWEEN_STARS.search(content) if "*" in content else None
    if stars is not None and any(child.type == "em_open" for child in token.children or ()):
        message = text('the signs * around "{words}" are not shown', words=stars.group(1))
        line = first + content.count("\n", 0, stars.start())
        remarks.advice(line, message, text("write × or \\* where you multiply"))
    if "\\" in content and _ESCAPE_WITHIN.search(content):
        _check_escapes(token, content, first, remarks)
    for child in token.children or ():
        if child.type == "text" and child.content:
            _check_text(child.content, content, first, remarks)


def _check_escapes(token: Token, content: str, first: int, remarks: Remarks) -> None:
    r"""Whether `mau\_cu` means `mau_cu` nobody can know; what is shown with its backslash is not told."""
    visible = "".join(child.content for child in token.children or () if child.type == "text")
    prose = _CODE_SPAN.sub(lambda code: " " * len(code.group()), content) if "`" in content else content
    for match in _ESCAPE_WITHIN.finditer(prose):
        start = max(content.rfind(blank, 0, match.start()) for blank in " \t\n") + 1
        word = content[start:].split(maxsplit=1)[0]
        if content[max(match.start() - 20, start) : match.end()] not in visible:
            message = text('the backslash in "{words}" is not shown', words=shortened(word))
            hint = text("write \\\\ if it belongs to the path of a file, or remove it")
            remarks.advice(first + content.count("\n", 0, match.start()), message, hint)
            return


def _check_text(visible: str, content: str, first: int, remarks: Remarks) -> None:
    """Marks that were meant to do something and are shown instead."""
    if "**" in visible and _STARS.search(visible):
        hint = text("write no blank inside **…**, and a blank or a mark behind it; write \\* for the sign itself")
        remarks.advice(first + _line_within(content, "**"), text("the marks ** are shown as they are"), hint)
    if "](" in visible or "] (" in visible:
        hint = text("write [text](address) without a blank between; an address with blanks stands in < and >")
        remarks.advice(first + _line_within(content, "]"), text("a link is shown as it is written"), hint)
    if "[^" in visible and (reference := _FOOTNOTE_MARK.search(visible)):
        message = text('no footnote "[^{label}]" is written', label=reference.group(1))
        hint = text("write what it says on a line of its own: [^{label}]: …", label=reference.group(1))
        remarks.advice(first + _line_within(content, reference.group()), message, hint)
    if "{" in visible and (attributes := _ATTRIBUTE_LIST.search(visible)):
        message = text('"{marks}" is shown as it is', marks=attributes.group())
        remarks.advice(
            first + _line_within(content, attributes.group()), message, text("remove it: looks are the theme's")
        )


def _check_lines(content: str, first: int, remarks: Remarks) -> None:
    """Lines that look like lines of their own, and are put into one paragraph."""
    lines = content.split("\n")
    if "\t" in content and (second := _second_in_turn(_CELLS, lines)) is not None:
        message = text("lines with tabs between cells that are no table")
        remarks.advice(
            first + second - 1, message, text("write each as | cell | cell |, and | --- | below the heading")
        )
        return
    numbered = _second_of(lines, is_numbered)
    for second in (numbered, *(_second_in_turn(pattern, lines) for pattern in (_NUMBERED, _MARKED, _LABELLED))):
        if second is not None:
            message = text("lines that are shown as one paragraph")
            hint = text("leave an empty line between them, write a list, or end a line with \\ to break it there")
            remarks.advice(first + second, message, hint)
            return


def _second_in_turn(pattern: re.Pattern[str], lines: Sequence[str]) -> int | None:
    """The number of the first line of the kind that follows another of it."""
    return _second_of(lines, lambda line: pattern.match(line) is not None)


def _second_of(lines: Sequence[str], is_one: Callable[[str], bool]) -> int | None:
    """The same for any kind of line; one that is broken off before it is a line of its own."""
    matched = [is_one(line) for line in lines]
    return next(
        (
            number
            for number in range(1, len(lines))
            if matched[number] and matched[number - 1] and not lines[number - 1].endswith(("  ", "\\"))
        ),
        None,
    )


def _line_within(content: str, passage: str) -> int:
    return content.count("\n", 0, max(content.find(passage), 0))


def check_definitions_used(tokens: Sequence[Token], env: EnvType, remarks: Remarks) -> None:
    """What is defined and nothing refers to: footnotes, addresses of links, abbreviations."""
    notes = notes_of(env)
    for note in notes.defined:
        if not note.references:
            message = text('the footnote "[^{label}]" would not be shown', label=note.label)
            hint = text("write [^{label}] in the text where it belongs, and each label once", label=note.label)
            remarks.problem(note.line, message, hint)
    for abbreviation in abbreviations_of(env).defined:
        if not abbreviation.met:
            message = text('the abbreviation "{letters}" is not in the text', letters=abbreviation.letters)
            remarks.advice(abbreviation.line, message, text("remove its line, and keep one for each abbreviation"))
    _check_references(tokens, env, remarks)


def _check_references(tokens: Sequence[Token], env: EnvType, remarks: Remarks) -> None:
    for label, definition in _unused_references(tokens, env):
        line = definition["map"][0]
        address = unescapeAll(definition["href"])
        hint = text("remove the line, or write a blank before the colon if you mean the text itself")
        if _is_address(definition):
            message = text('the address of "[{label}]" is used by no link', label=label.lower())
            remarks.advice(line, message, hint)
        else:
            message = text('"[{label}]: {address}" would not be shown', label=label.lower(), address=address)
            remarks.problem(line, message, hint)


def _unused_references(tokens: Sequence[Token], env: EnvType) -> list[tuple[str, dict[str, Any]]]:
    """Definitions that no link refers to, with their labels."""
    used = {child.meta.get("label") for token in tokens for child in token.children or ()}
    unused = [(label, definition) for label, definition in env.get("references", {}).items() if label not in used]
    return unused + [(definition["label"], definition) for definition in env.get("duplicate_refs", ())]


def _is_address(definition: dict[str, Any]) -> bool:
    """Whether it was meant as one: `[Lưu ý]: mang-theo` is none."""
    return bool(_ADDRESS.match(unescapeAll(definition["href"]))) and not definition["title"]


def check_entities(body: str, tokens: Sequence[Token], remarks: Remarks) -> None:
    """A problem for each entity that brings what a file itself may not hold: `&#12;`, `&#x202E;`."""
    if "&#" not in body:
        return
    code = {line for token in tokens if token.type == "fence" and token.map for line in range(*token.map)}
    for number, line in enumerate(body.split("\n")):
        if number not in code and "&#" in line:
            for entity, decimal, hexadecimal in _NUMBER_ENTITY.findall(_CODE_SPAN.sub("", line)):
                character = int(decimal) if decimal else int(hexadecimal, 16)
                if not isValidEntityCode(character) or FORBIDDEN.search(chr(character)) or character == _LOST:
                    message = text("{entity} stands for a character that must not be in a text", entity=entity)
                    remarks.problem(number, message, text("delete it"))


def check_signs(lines: list[str], remarks: Remarks) -> None:
    """Advice for each sign that is not what it looks like, also where an entity brings it."""
    seen = (unescape(line).replace("\n", " ") if "&#" in line else line for line in lines)
    for sign in odd_signs("\n".join(seen)):
        if remarks.has_much_advice:
            break
        remarks.advice(sign.line, sign.message, sign.hint)


def check_elements(tokens: Sequence[Token], remarks: Remarks) -> None:
    """Advice for elements that show nothing, such as `<b></b>`, and for those whose names look like words."""
    for token in tokens:
        first = token.map[0] if token.map else 0
        if token.type == "html_block":
            _tell_empty(token.content, first, remarks)
            if _BEGINS_WITH_WORD.match(token.content) and "</p" not in token.content.lower():
                hint = text("write </{tag}> where it ends, or &lt;{tag}> if you mean the text itself", tag="p")
                remarks.advice(first, text("<{tag}> is not closed", tag="p"), hint)
        elif token.type == "inline" and "<" in token.content:
            children = token.children or ()
            for child in children:
                at = child.meta.get(AT, 0)
                if child.type != "html_inline" or at < 2 or not (match := _AS_A_WORD.match(token.content, at - 2)):
                    continue
                if token.content[match.end()].islower():
                    name = child.content.strip("</ >")
                    message = text("<{tag}> is shown as a break, not as a word", tag=name)
                    hint = text("write &lt;{tag}> if you mean the text itself", tag=name)
                    remarks.advice(first + token.content.count("\n", 0, at), message, hint)
            for child, then in pairwise(child for child in children if child.type != "text" or child.content.strip()):
                if child.type == then.type == "html_inline" and _EMPTY.fullmatch(child.content + then.content):
                    at = first + token.content.count("\n", 0, child.meta.get(AT, 0))
                    _tell_empty(child.content + then.content, at, remarks)


def check_shown(tokens: Sequence[Token], env: EnvType, remarks: Remarks) -> None:
    """Advice for links, headings and footnotes without a text: readers see nothing, or a mark that says nothing."""
    notes = notes_of(env).defined
    for token, then in pairwise([*tokens, Token("end", "", 0)]):
        if token.type == "html_block":
            for link in _EMPTY_LINK.finditer(token.content):
                _tell_empty_link((token.map or [0])[0] + token.content.count("\n", 0, link.start()), remarks)
        elif token.type == "heading_open" and not _shows(then.children or ()):
            hint = text("write what the part is about, or remove the marks #")
            remarks.advice(token.map[0] if token.map else 0, text("a heading without a text"), hint)
        elif token.type == "inline" and ("](" in token.content or "][" in token.content or "<" in token.content):
            _check_links(token, remarks)
    for note in notes:
        if note.references and not any(token.content.strip() for token in note.tokens):
            message = text('the footnote "[^{label}]" says nothing', label=note.label)
            remarks.advice(note.line, message, text("write it behind the colon, or remove the mark from the text"))


def _check_links(token: Token, remarks: Remarks) -> None:
    line, begun, since = token.map[0] if token.map else 0, -1, 0
    children = token.children or []
    for number, child in enumerate(children):
        raw = child.content.lower() if child.type == "html_inline" else ""
        if child.type == "link_open" or (raw.startswith("<a") and _HAS_ADDRESS.search(raw)):
            begun, since = number, line
        elif begun >= 0 and (child.type == "link_close" or raw.startswith("</a")):
            if not _shows(children[begun + 1 : number]):
                _tell_empty_link(since, remarks)
            begun = -1
        line += child.type in ("softbreak", "hardbreak") or child.content.count("\n")


def _shows(children: Sequence[Token]) -> bool:
    """Whether parts of a paragraph show anything."""
    return any(
        child.type in ("image", "footnote_reference", "code_inline")
        or (child.type == "text" and child.content.strip())
        or (child.type == "html_inline" and child.content.lower().startswith("<img"))
        for child in children
    )


def _tell_empty_link(line: int, remarks: Remarks) -> None:
    if not remarks.has_much_advice:
        hint = text("write between [ and ] what people click on, or remove the link")
        remarks.advice(line, text("a link without a text is not seen"), hint)


def _tell_empty(content: str, first: int, remarks: Remarks) -> None:
    for match in _EMPTY.finditer(content) if not remarks.has_much_advice else ():
        name = match.group(1).lower()
        if name in KEPT | frozenset(RENAMED) and name not in _MAY_BE_EMPTY:
            message = text("<{tag}> is empty and shows nothing", tag=name)
            hint = text("remove it, or write &lt;{tag}> if you mean the text itself", tag=name)
            remarks.advice(first + content.count("\n", 0, match.start()), message, hint)


def uncounted_lines(tokens: Sequence[Token], env: EnvType, lines: list[str]) -> list[str]:
    """Lines of definitions, numbers of lists, names of languages: what was written and is no word of the text."""
    numbers = [token.info for token in tokens if token.type == "list_item_open" and token.info]
    languages = [token.info.strip() for token in tokens if token.type == "fence"]
    languages = [name for name in languages if name.isascii() and " " not in name]
    unused = [definition for _, definition in _unused_references(tokens, env)]
    defined = [
        line
        for definition in env.get("references", {}).values()
        if definition not in unused
        for line in _lines_of(definition, lines)
    ]
    defined += [lines[definition["map"][0]] for definition in unused if _is_address(definition)]
    defined += [lines[abbreviation.line] for abbreviation in abbreviations_of(env).defined]
    labels = [note.label for note in notes_of(env).defined]
    return [*numbers, *languages, *defined, *labels]


def _lines_of(definition: dict[str, Any], lines: list[str]) -> list[str]:
    return lines[slice(*definition["map"])]
