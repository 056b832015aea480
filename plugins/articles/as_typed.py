"""Lines of Markdown as people type and paste them, put as CommonMark reads them; no line is added or taken away.

CommonMark knows `-`, `*`, `+` and numbers at the beginning of a line, and a plain blank behind them. Word processors
bring other bullets (`•`, `o`, `–`), no-break blanks behind them, and blanks of other widths as first-line indents;
people leave out the blank, and write `** ` for an entry within an entry, as in a wiki. Files are named with blanks
(`[bài](media/lịch tiêm.pdf)`), which end a target of CommonMark. Lines that are numbered (`numbering`) are
lines of their own. Lines of code (between ``` or ~~~) stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.articles.numbering import break_numbered_lines, may_be_numbered
from plugins.articles.remarks import Remarks
from plugins.portal.problems import text

WIDE_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks that are none to Markdown, as the inside of a character class."""
_BULLETS = "•·▪▫■□◦‣⁃●○◆◇➢➤►▶❖\ue000-\uf8ff"
"""Bullets of word processors, which no sentence begins with, as the inside of a character class; the last are of their
symbol fonts, each sign of which stands for whatever the font draws there."""
_DASHES = "–—−‐‑"
_LEAD = rf"[ \t>{WIDE_BLANKS}]*"
_BLANK = rf"[ \t{WIDE_BLANKS}]"

_UNUSUAL = re.compile(
    rf"^(?:[ \t>]*[{WIDE_BLANKS}]"
    rf"|{_LEAD}(?:[-*+]|[0-9]{{1,9}}[.)]|\#{{1,6}})[ \t]*[{WIDE_BLANKS}]"
    rf"|{_LEAD}[{_BULLETS}{_DASHES}]"
    rf"|{_LEAD}[o§]{_BLANK}"
    rf"|{_LEAD}(?:\*{{2,6}}|-{{2,6}}|\+{{2,6}}){_BLANK}"
    rf"|(?:[ ]{{4}}|[ ]{{0,3}}\t)[ \t]*(?:[-*+]|[0-9]{{1,9}}[.)])[ \t]"
    rf"|{_LEAD}-[^\W\d_]"
    rf"|[ ]{{0,3}}\#{{1,6}}[^\s\#])"
    r"|\]\([^()\n<]*[^()\n<\s][ ]",
    re.MULTILINE,
)
"""The beginning of a line that may have to be put otherwise, or a target with a blank; most texts have none."""
_TARGET = re.compile(r"""\]\([ ]*((?![ <])(?:[^()<>"'\n`]|\([^()<>"'\n`]{0,100}\)){1,300}?)[ ]{0,9}\)""")
_OF_FILE = re.compile(r"\{(?:filename|static|attach)\}|media/|.*\.[A-Za-z0-9]{2,5}(?:#\S*)?$")
"""What a target with blanks begins or ends like where it is one, and no remark in parentheses."""
_FENCE = re.compile(rf"{_LEAD}(?:[-*+]{_BLANK}+|[0-9]{{1,9}}[.)]{_BLANK}+)*(`{{3,}}|~{{3,}})([^\n]*)")
_INDENT = re.compile(rf"[ \t>]*[{WIDE_BLANKS}][ \t>{WIDE_BLANKS}]*")
_MARKER = re.compile(rf"({_LEAD}(?:[-*+]|[0-9]{{1,9}}[.)]|\#{{1,6}}))([ \t]*[{WIDE_BLANKS}]{_BLANK}*)")
_BULLET = re.compile(rf"({_LEAD})([{_BULLETS}])({_BLANK}*)")
_DOUBTFUL_BULLET = re.compile(rf"({_LEAD})([{_DASHES}]|-(?=[^\W\d_])|[o§](?={_BLANK}+\w))({_BLANK}*)")
_LIST_LINE = re.compile(rf"{_LEAD}(?:[-*+]|[0-9]{{1,9}}[.)]){_BLANK}")
_ENTRY = re.compile(r"([ \t>]*)([-*+]|[0-9]{1,9}[.)])[ \t]")
_NESTED = re.compile(rf"{_LEAD}(\*{{2,6}}|-{{2,6}}|\+{{2,6}}){_BLANK}+(?=[^\s*+-])")
_HEADING = re.compile(r"([ ]{0,3})(#{1,6})([^\s#][^\n]*)")
_NEAR = 3
"""Lines within which a second bullet of the kind makes the first one a bullet: a dash may also begin a sentence."""


def put_as_markdown(body: str, remarks: Remarks) -> tuple[str, list[str]]:
    """The text with its lines put as CommonMark reads them, and the letters that were bullets.

    Lines keep their numbers. What had to be guessed is told to `remarks`.
    """
    if _UNUSUAL.search(body) is None:
        return _with_numbered_lines(body, remarks), []
    lines = body.split("\n")
    bullets: list[str] = []
    doubtful: list[tuple[int, str]] = []
    for number in _prose(lines):
        lines[number] = _plain_blanks(lines[number])
        if "](" in lines[number] and "`" not in lines[number]:  # code stays as it is
            lines[number] = _TARGET.sub(_whole_target, lines[number])
        bullet = _BULLET.match(lines[number])
        if bullet is not None:
            lines[number] = _as_entry(bullet, lines[number])
        elif _DOUBTFUL_BULLET.match(lines[number]) and _may_begin_a_list(lines, number):
            doubtful.append((number, lines[number].lstrip(" \t>")[0]))
        elif lines[number].lstrip(" ").startswith("#"):
            lines[number] = _heading(lines[number], number, remarks)
    for number in _in_company(doubtful):
        match = _DOUBTFUL_BULLET.match(lines[number])
        if match is not None:
            bullets.append(match.group(2))
            lines[number] = _as_entry(match, lines[number])
    _nest(lines)
    _out_of_the_margin(lines)
    return _with_numbered_lines("\n".join(lines), remarks), bullets


def _with_numbered_lines(body: str, remarks: Remarks) -> str:
    """The text with lines that are numbered (`1.1.`, `a)`, `Điều 5.`) as lines of their own."""
    if not may_be_numbered(body):
        return body
    lines = body.split("\n")
    for number in break_numbered_lines(lines, list(_prose(lines))):
        if not remarks.has_much_advice:
            message = text("a numbered line behind a list is shown within its last entry")
            remarks.advice(number, message, text("leave an empty line before it"))
    return "\n".join(lines)


def _nest(lines: list[str]) -> None:
    """Put `** Hai` below `* Một` as an entry within it: so it is meant in a wiki, and CommonMark knows only indents."""
    lead, marker, depths, after_empty = "", "", [1], True
    for number in _prose(lines):
        line = lines[number]
        entry, nested = _ENTRY.match(line), _NESTED.match(line)
        if nested is not None and _nests(nested, marker, line):
            while depths and depths[-1] >= len(nested.group(1)):
                depths.pop()
            indent = " " * (len(marker) + 2 * len(depths) - 1)
            depths.append(len(nested.group(1)))
            lines[number] = f"{lead}{indent}{marker if len(marker) == 1 else '-'} {line[nested.end() :]}"
        elif entry is not None:
            lead, marker, depths = entry.group(1), entry.group(2), [1]
        elif after_empty and line.strip() and not line.startswith((" ", "\t")):
            marker = ""
        after_empty = not line.strip()


def _nests(nested: re.Match[str], marker: str, line: str) -> bool:
    """Whether the marks are those of the entry above, and nothing that begins to be bold."""
    sign = nested.group(1)[0]
    return bool(marker) and sign in ("*", marker) and line.count("**", nested.end()) % 2 == 0


def _out_of_the_margin(lines: list[str]) -> None:
    """Put lists that begin with an indent at the margin: beyond three blanks CommonMark does not tell their depth.

    Lists within lists stay where they are.
    """
    margin, in_list = 0, False
    after_empty = True
    for number in _prose(lines):
        line = lines[number].expandtabs(4) if lines[number][:1] in " \t" else lines[number]
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            after_empty = True
            continue
        entry = _LIST_LINE.match(line) is not None and not line.lstrip(" ").startswith(">")
        if margin and indent < margin:
            margin, in_list = 0, False
        if entry and not in_list and indent > 3:
            margin = indent
        if margin:
            lines[number] = line[margin:]
        in_list = entry or (in_list and (indent > 0 or not after_empty))
        after_empty = False


def _prose(lines: list[str]) -> Iterator[int]:
    """The numbers of the lines that are not code."""
    fence = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            if match and match.group(1).startswith(fence) and not match.group(2).strip():
                fence = ""
        elif match and "`" not in match.group(2):
            fence = match.group(1)
        else:
            yield number


def _plain_blanks(line: str) -> str:
    indent = _INDENT.match(line)
    if indent is not None:
        line = re.sub(f"[{WIDE_BLANKS}]", " ", indent.group()) + line[indent.end() :]
    marker = _MARKER.match(line)
    return line if marker is None else f"{marker.group(1)} {line[marker.end() :]}"


def _whole_target(match: re.Match[str]) -> str:
    """The target between < and >, so that it does not end with its first blank."""
    target = match.group(1)
    return f"](<{target}>)" if " " in target and _OF_FILE.match(target) else match.group()


def _as_entry(bullet: re.Match[str], line: str) -> str:
    """The line as an entry of a list: a blank behind the bullet, whatever stood there."""
    return f"{bullet.group(1)}- {line[bullet.end() :]}"


def _may_begin_a_list(lines: list[str], number: int) -> bool:
    """A dash within a sentence that runs over lines is none."""
    before = lines[number - 1].strip() if number else ""
    return not before or before.endswith((":", ";", ".", ",")) or bool(_begins_as_entry(lines[number - 1]))


def _begins_as_entry(line: str) -> bool:
    return _LIST_LINE.match(line) is not None or _DOUBTFUL_BULLET.match(line) is not None


def _in_company(doubtful: list[tuple[int, str]]) -> Iterator[int]:
    """Those with another of their kind near by."""
    for position, (number, bullet) in enumerate(doubtful):
        near = (*doubtful[max(position - 2, 0) : position], *doubtful[position + 1 : position + 3])
        if any(other == bullet and abs(line - number) <= _NEAR for line, other in near):
            yield number


def _heading(line: str, number: int, remarks: Remarks) -> str:
    """`##Mục` was meant as a heading; `#HậuGiang` may be a word to search for."""
    match = _HEADING.match(line)
    if match is None:
        return line
    indent, marks, rest = match.groups()
    doubtful = len(marks) == 1 and (" " not in rest.strip() or "#" in rest or rest[0].isdigit())
    if not remarks.has_much_advice:
        no_heading = text("a line that begins with # without a blank is no heading")
        message = no_heading if doubtful else text("a heading without a blank after the #")
        remarks.advice(number, message, text("write a blank after the #; write \\# where no heading is meant"))
    return line if doubtful else f"{indent}{marks} {rest}"
