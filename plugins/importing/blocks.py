"""A YAML file as its author wrote it, of which single top-level fields are exchanged: all else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from plugins.portal.yaml_source import YamlError, parse_yaml

_LINE = re.compile("[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|\\Z)")
"""A line as libyaml counts them."""
_HASH = re.compile(r"(?<!\S)#.*")


class NotInBlocks(Exception):  # noqa: N818  # the name says what the file is
    """The file is no block mapping of one field after the other, such as `{code: ..., name: ...}` on one line."""


class Blocks:
    """The lines of each top-level field. Raises `YamlError` where the text is not YAML, and `NotInBlocks`."""

    def __init__(self, written: str) -> None:
        self._lines = _LINE.findall(written)
        if self._lines and not self._lines[-1]:
            self._lines.pop()
        self.newline = "\r\n" if self._lines and self._lines[0].endswith("\r\n") else "\n"
        self._places = self._ranges(parse_yaml(written).root)
        self._new: dict[str, str] = {}

    def _ranges(self, root: Node | None) -> dict[str, tuple[int, int]]:
        if not isinstance(root, MappingNode) or root.flow_style:
            raise NotInBlocks
        begins = [key.start_mark.line for key, _ in root.value]
        ends = [*begins[1:], len(self._lines)]
        if any(key.start_mark.column for key, _ in root.value) or len(set(begins)) < len(begins):
            raise NotInBlocks
        places: dict[str, tuple[int, int]] = {}
        for (key, value), begin, limit in zip(root.value, begins, ends, strict=True):
            last = max(begin, _last_line(value))
            # A remark indented below the last entry belongs to the field; one at the margin to what follows.
            below = [n for n in range(last + 1, limit) if self._lines[n].strip() and self._lines[n][0] in " \t"]
            end = max([last, *below]) + 1
            while end > begin + 1 and not self._lines[end - 1].strip():
                end -= 1
            places[str(key.value)] = (begin, end)
        return places

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def line(self, name: str) -> int | None:
        """The line (from 1) on which a field begins."""
        return self._places[name][0] + 1 if name in self._places else None

    def has_remark(self, name: str) -> bool:
        """Whether somebody wrote a comment within the field: a `#` without which its value is the same."""
        begin, end = self._places[name]
        block = "".join(self._lines[begin:end])
        value = parse_yaml(block).value
        return any(_value_without(block, hash_sign) == [value] for hash_sign in _HASH.finditer(block))

    def put(self, name: str, block: str) -> None:
        """Exchange a field, or add one that is not there."""
        self._new[name] = block.replace("\n", self.newline)

    def below(self, name: str, entries: Sequence[str]) -> str:
        """The file with further entries at the end of a field that is a list, indented as its others are."""
        begin, end = self._places.get(name, (0, 0))
        marks = [line for line in self._lines[begin:end] if line.lstrip(" ").startswith("- ")]
        if not marks:
            raise NotInBlocks
        indent = " " * (len(marks[0]) - len(marks[0].lstrip(" ")))
        added = "".join(f"{indent}{line}" for entry in entries for line in entry.splitlines(keepends=True))
        lines = [*self._lines]
        if not lines[end - 1].endswith(("\n", "\r")):
            lines[end - 1] += self.newline
        return "".join([*lines[:end], added.replace("\n", self.newline), *lines[end:]])

    def text(self, order: Sequence[str]) -> str:
        """The file with the fields that were put; those that are new stand where `order` has them."""
        after: dict[int, list[str]] = {}
        lines = [*self._lines]
        for name in (name for name in order if name in self._new):
            if name in self._places:
                begin, end = self._places[name]
                self._exchange(lines, begin, end, self._new[name])
            else:
                earlier = [self._places[other][1] for other in order[: order.index(name)] if other in self._places]
                after.setdefault(max(earlier, default=min(begin for begin, _ in self._places.values())), []).append(
                    self._new[name]
                )
        for line_number in sorted(after, reverse=True):
            before = next((n for n in range(line_number - 1, -1, -1) if lines[n]), None)
            if before is not None and not lines[before].endswith(("\n", "\r")):
                lines[before] += self.newline
            lines[line_number:line_number] = after[line_number]
        return "".join(lines)

    def _exchange(self, lines: list[str], begin: int, end: int, block: str) -> None:
        """Line by line empty but the first, so that the places of the others stay."""
        ended = lines[end - 1].endswith(("\n", "\r"))
        lines[begin:end] = [block if ended else block.removesuffix(self.newline), *[""] * (end - begin - 1)]


def _value_without(block: str, hash_sign: re.Match[str]) -> list[object]:
    try:
        return [parse_yaml(block[: hash_sign.start()] + block[hash_sign.end() :]).value]
    except YamlError:
        return []  # the mark was no comment: without it the text is no YAML any more


def _last_line(node: Node) -> int:
    """The line on which a value ends; of lists and mappings, which libyaml ends where the next begins, their leaf's."""
    if isinstance(node, SequenceNode | MappingNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    end = node.end_mark
    before = isinstance(node, ScalarNode) and end.column == 0 and end.line > node.start_mark.line
    return int(end.line) - 1 if before else int(end.line)
