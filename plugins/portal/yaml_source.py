"""YAML that anybody may have written: composed by libyaml, read with line numbers, without its traps.

The subset is YAML 1.2's core schema with what fifty agencies' files must not do taken out:
no anchors and aliases (they explode), no tags, no duplicate keys, no deep nesting (libyaml's composer recurses in C).
A number with a leading zero is text, and so are dates and clock times: the field's type decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # compiled, not in the types
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import BaseResolver

from plugins.portal.characters import FORBIDDEN, tidy
from plugins.portal.problems import Text, text

MAX_DEPTH = 40

Loc = tuple[int | str, ...]
Value = bool | int | float | str | list["Value"] | dict[str, "Value"] | None

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class _Composer(CParser, BaseResolver):
    """libyaml's parser and composer with no implicit types: those are ours, below."""

    def __init__(self, stream: str) -> None:
        CParser.__init__(self, stream)
        BaseResolver.__init__(self)


class YamlError(Exception):
    """The text is not YAML that we read; carries the line (from 1) and what to say."""

    def __init__(self, line: int, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.render())
        self.line = line
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class YamlSource:
    """A document's values, and where each of them stands."""

    value: Value
    root: Node | None
    first_line: int

    def line_of(self, loc: Loc) -> int:
        """The line (from 1, in the whole file) of the value at `loc`, or of its nearest enclosing one."""
        node, line = self.root, self.first_line
        for step in (*loc, None):
            if node is None:
                break
            line = self.first_line + node.start_mark.line
            if step is None:
                break
            key, node = _child(node, step)
            if key is not None:
                line = self.first_line + key.start_mark.line
        return line

    def written(self, loc: Loc) -> str | None:
        """The scalar at `loc` as its author typed it; None where it is no scalar."""
        node = self.root
        for step in loc:
            if node is None:
                return None
            _, node = _child(node, step)
        return str(node.value) if isinstance(node, ScalarNode) else None


def _child(node: Node, step: int | str) -> tuple[Node | None, Node | None]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == step:
                return key, value
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None


def parse_yaml(source: str, first_line: int = 1) -> YamlSource:
    """Parse one document; raise `YamlError` at the first place that cannot be read.

    `first_line` is the line of the file on which `source` begins (front matter begins on line 2).
    """
    try:
        _refuse_deep_or_aliased(source, first_line)
        composer = _Composer(source)
        try:
            root = composer.get_single_node()
        finally:
            composer.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(
            first_line + min(mark.line if mark else 0, source.count("\n")),  # libyaml's end is a line further
            text("cannot be read as YAML: {reason}", reason=error.problem or error.context or "?"),
            text("check the indentation, the colons and the quotes on this line and the one before"),
        ) from error
    except yaml.YAMLError as error:
        raise YamlError(first_line, text("cannot be read as YAML: {reason}", reason=error)) from error
    return YamlSource(None if root is None else _construct(root, first_line, 0), root, first_line)


def _refuse_deep_or_aliased(source: str, first_line: int) -> None:
    """Look at the events before composing, where the text could hold an alias or a tag, or nest deeply in one line.

    Most files can do neither and are spared the second pass.
    """
    busiest = max((line.count("- ") + line.count("? ") for line in source.split("\n")), default=0)
    harmless = not any(mark in source for mark in "&*!")
    if harmless and source.count("[") + source.count("{") + busiest <= MAX_DEPTH:
        return
    depth = 0
    for event in yaml.parse(source, Loader=yaml.CSafeLoader):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if getattr(event, "anchor", None) is not None:
            raise YamlError(
                line,
                text("anchors (&) and aliases (*) are not allowed"),
                text("write the value out, or put text that begins with & or * in quotes"),
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise YamlError(line, text('the tag "{tag}" is not allowed', tag=tag), text("remove it"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep(line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(line: int) -> YamlError:
    return YamlError(line, text("nested deeper than {limit} levels", limit=MAX_DEPTH), text("flatten it"))


def _construct(node: Node, first_line: int, depth: int) -> Value:
    line = first_line + node.start_mark.line
    if isinstance(node, ScalarNode):
        return _scalar(node, line)
    if depth >= MAX_DEPTH:
        raise _too_deep(line)
    if isinstance(node, SequenceNode):
        return [_construct(child, first_line, depth + 1) for child in node.value]
    if isinstance(node, MappingNode):
        values: dict[str, Value] = {}
        for key, child in node.value:
            key_line = first_line + key.start_mark.line
            if not isinstance(key, ScalarNode):
                raise YamlError(key_line, text("a field's name must be plain text"), text("put it in quotes"))
            if key.value in values:
                raise YamlError(
                    key_line, text('field "{name}" is given twice', name=key.value), text("keep one of them")
                )
            values[key.value] = _construct(child, first_line, depth + 1)
        return values
    raise TypeError(f"no such node in YAML: {node!r}")


def _scalar(node: ScalarNode, line: int) -> Value:
    written = str(node.value)
    if node.style:  # quoted or block: text, whatever it looks like
        forbidden = FORBIDDEN.search(written)
        if forbidden is not None:  # an escape such as "\0" brings in what the file itself may not hold
            name = f"U+{ord(forbidden.group()):04X}"
            raise YamlError(line, text("holds the control character {name}", name=name), text("delete it"))
        return tidy(written)
    if written in _WORDS:
        return _WORDS[written]
    if len(written) <= 18 and _INTEGER.fullmatch(written):
        return int(written)
    if len(written) <= 24 and _FLOAT.fullmatch(written):
        return float(written)
    return written
