"""Words that YAML takes for a comment and their author did not: `title: Lịch tiêm #1`, `colour: #106d6a`.

Behind a blank, `#` begins a comment wherever a text is not in quotes. What stands right behind the `#` was meant; what
stands behind a blank more may be a remark, or not. So may what stands behind a text in quotes: whoever writes
`title: "Kế hoạch" #5` means all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from plugins.portal.problems import shortened
from plugins.portal.yaml_faults import quoted
from plugins.portal.yaml_source import Loc, YamlSource

_COMMENT = re.compile(r"[ \t]+(#.*)")
_BELOW = re.compile(r"[ \t]*(#.*)")
_NEEDS_NO_QUOTES = re.compile(
    r"(?!0[0-9]{8})[a-z0-9_.:~-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:]+|(?i:true|false|null)", re.ASCII
)
"""Numbers, days, codes and names of a closed list: nobody writes a number sign into them. Behind a telephone stands an
extension."""


@dataclass(frozen=True)
class SwallowedComment:
    """A comment that may have been meant as text."""

    loc: Loc
    """The field that it stands behind."""
    line: int
    """In the whole file, from 1."""
    comment: str
    """With its number sign."""
    meant: bool
    """Whether it cannot have been meant as a remark."""
    quoted_line: str = ""
    """The line as it is to be written if it was not; empty where the value stands on several."""


def swallowed_comments(written: str, source: YamlSource) -> Iterator[SwallowedComment]:
    """The comments behind values of `written`, from which `source` was read, that look like a part of them."""
    if " #" in written or "\t#" in written:
        lines = written.split("\n")
        for loc, node in _values(source.root, ()):
            yield from _behind(loc, node, lines, source.first_line)


def _values(node: Node | None, loc: Loc) -> Iterator[tuple[Loc, ScalarNode]]:
    """Every value that stands on its line, in quotes or not, with its place."""
    if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
        yield loc, node
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _values(value, (*loc, str(key.value)))
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from _values(value, (*loc, index))


def _behind(loc: Loc, node: ScalarNode, lines: list[str], first_line: int) -> Iterator[SwallowedComment]:
    number, column = node.end_mark.line, node.end_mark.column
    line = lines[number] if number < len(lines) else ""
    match = _COMMENT.fullmatch(line, column)
    if match is None and not node.style and not line[column:].strip() and node.value and number + 1 < len(lines):
        below = lines[number + 1]
        deeper = len(below) - len(below.lstrip(" ")) > len(line) - len(line.lstrip(" -"))
        match, number = (_BELOW.fullmatch(below) if deeper else None), number + 1
    if match is None:
        return
    comment = match.group(1).strip()
    meant = not node.style and comment[1:2].strip() not in ("", "#", "!")
    if meant or node.style or _NEEDS_NO_QUOTES.fullmatch(str(node.value)) is None:
        yield SwallowedComment(loc, first_line + number, comment, meant, _quoted(node, line, column, number))


def _quoted(node: ScalarNode, line: str, column: int, number: int) -> str:
    """The line with the value and what stands behind it in quotes."""
    if node.start_mark.line != number or node.end_mark.line != number:
        return ""
    begun = node.start_mark.column if node.value or node.style else column
    value = f"{node.value}{line[column:]}" if node.style else line[begun:]
    return shortened(f"{line[:begun].strip()} {quoted(value.strip())}")
