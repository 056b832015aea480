"""YAML that anybody may have written: composed by libyaml, read with line numbers, without its traps.

The subset is YAML 1.2's core schema with what fifty agencies' files must not do taken out:
no anchors and aliases (they explode), no tags, no duplicate keys, no deep nesting (libyaml's composer recurses in C).
A number with a leading zero is text, and so are dates and clock times: the field's type decides.

What cannot be read is told with the remedy (`yaml_faults`), and the reading goes on as if that had been carried out: an
editor is told everything at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # compiled, not in the types
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import BaseResolver

from plugins.portal.characters import tidy
from plugins.portal.problems import Text, text
from plugins.portal.yaml_escapes import Escaped, control_character
from plugins.portal.yaml_faults import (
    Allowance,
    Fault,
    diagnose,
    listed_names,
    named_later,
    quote_line,
    run_together,
)
from plugins.portal.yaml_grammar import MAX_DEPTH, first_error, may_be_deep

MAX_FAULTS = 20
"""Faults of one file's grammar that are told; whoever made more will not read them."""
MAX_ERRORS = 200
"""Other errors of one file that are told."""

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

    def __init__(self, line: int, message: Text, hint: Text | None = None, name: str = "") -> None:
        super().__init__(message.render())
        self.line = line
        self.message = message
        self.hint = hint
        self.name = name
        """The field in which it is, where it is known."""


@dataclass(frozen=True)
class YamlSource:
    """A document's values, and where each of them stands."""

    value: Value
    root: Node | None
    first_line: int
    text: str = ""
    """What was read, with what was mended to read on."""
    doubtful: frozenset[int] = frozenset()
    """Lines with a fault that was told: what else is wrong there follows from it."""
    lost: frozenset[str] = frozenset()
    """Fields that may stand on lines that could not be read."""
    escaped: tuple[Escaped, ...] = ()
    """What is written with escapes (`"\\u0430"`): the file does not show what it holds."""

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

    def raw(self, loc: Loc) -> str | None:
        """What stands at `loc` on one line, quotes and brackets and all; None where it takes several."""
        node = self._node(loc)
        last = node
        while last is not None and last.value and not getattr(last, "flow_style", True):
            # libyaml ends what is not in brackets where the next thing begins.
            last = last.value[-1][1] if isinstance(last, MappingNode) else last.value[-1]
        if node is None or last is None or node.start_mark.line != last.end_mark.line:
            return None
        return self.text.split("\n")[node.start_mark.line][node.start_mark.column : last.end_mark.column].strip()

    def written(self, loc: Loc) -> str | None:
        """The scalar at `loc` as its author typed it; None where it is no scalar."""
        node = self._node(loc)
        return str(node.value) if isinstance(node, ScalarNode) else None

    def entries(self, loc: Loc) -> list[str | None]:
        """The entries of the list at `loc` as `written` has each of them."""
        node = self._node(loc)
        entries = node.value if isinstance(node, SequenceNode) else []
        return [str(entry.value) if isinstance(entry, ScalarNode) else None for entry in entries]

    def is_quoted(self, loc: Loc) -> bool:
        """Whether the scalar at `loc` is text because of its quotes."""
        node = self._node(loc)
        return isinstance(node, ScalarNode) and node.style in ("'", '"')

    def _node(self, loc: Loc) -> Node | None:
        node = self.root
        for step in loc:
            if node is None:
                return None
            _, node = _child(node, step)
        return node


def field_name(loc: Loc) -> str:
    """`("channels", 1, "fee")` as people write it: `channels[1].fee`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")


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
    read, errors = read_yaml(source, first_line)
    if errors or read is None:
        raise errors[0]
    return read


def read_yaml(
    source: str, first_line: int = 1, names: Collection[str] = (), *, in_front_matter: bool = False
) -> tuple[YamlSource | None, list[YamlError]]:
    """Read one document as far as it can be read, with everything that is wrong with it, in order of lines.

    `names` are the fields that it may have, which helps to guess what was meant. None where reading cannot go on.
    """
    errors: list[YamlError] = []
    doubtful: set[int] = set()
    lost: set[str] = set()
    allowance = Allowance()
    source = _with_plain_blanks(source)
    for attempt in range(MAX_FAULTS):
        try:
            if attempt and (error := first_error(source)):  # ten times as fast as composing
                raise error
            root = _compose(source)
        except yaml.MarkedYAMLError as error:
            fault = diagnose(source, error, names, in_front_matter=in_front_matter, allowance=allowance)
        except yaml.YAMLError:
            errors.append(YamlError(first_line, text("cannot be read from here on")))
            break
        except _RefusedError as refused:
            fault = refused.fault
        else:
            misshapen = _misshapen(source, root, names)
            if misshapen is None:
                return _built(source, root, first_line, errors, doubtful, lost)
            fault = misshapen
        errors.extend(
            YamlError(first_line + told.line, told.message, told.hint, told.name)
            for told in (fault, *fault.also)
            if first_line + told.line not in doubtful
        )
        doubtful.update(first_line + line for line in fault.touched)
        lost |= fault.lost
        if fault.repaired is None:
            break
        source = fault.repaired
    return None, sorted(errors, key=lambda error: error.line)


def _misshapen(source: str, root: Node | None, names: Collection[str]) -> Fault | None:
    """What keeps a text that can be read from being a record: told here, for nothing of it is lost by that."""
    if isinstance(root, ScalarNode):
        return run_together(source, names)
    if isinstance(root, SequenceNode) and names:
        return listed_names(source, names)
    return None


def _built(
    source: str, root: Node | None, first_line: int, errors: list[YamlError], doubtful: set[int], lost: set[str]
) -> tuple[YamlSource | None, list[YamlError]]:
    """The values of a composed document; what is wrong with them comes to `errors`."""
    constructor = _Constructor(source.split("\n"), first_line)
    try:
        value = None if root is None else constructor.value(root, 0)
    except YamlError as error:  # nested too deep: nothing inside is looked at
        return None, [*errors, error]
    doubtful.update(error.line for error in constructor.errors)
    errors = sorted([*errors, *constructor.errors], key=lambda error: error.line)
    escaped = tuple(constructor.escaped)
    return YamlSource(value, root, first_line, source, frozenset(doubtful), frozenset(lost), escaped), errors


_ODD_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_STRUCTURE = re.compile(
    "^[ \u00a0\u2000-\u200a\u202f\u3000-]*(?:[^\\W\\d][\\w]*[ \u00a0]*:[ \u00a0\u2000-\u200a\u202f\u3000]+)?", re.M
)


def _with_plain_blanks(source: str) -> str:
    """No-break and other odd blanks, as word processors leave them, made plain where they shape the document."""
    if _ODD_BLANKS.search(source) is None:
        return source
    return _STRUCTURE.sub(lambda match: _ODD_BLANKS.sub(" ", match.group()), source)


def _compose(source: str) -> Node | None:
    _refuse_deep_or_aliased(source)
    composer = _Composer(source)
    try:
        root: Node | None = composer.get_single_node()
    finally:
        composer.dispose()
    return root


class _RefusedError(Exception):
    """The grammar is kept, and what it says is not allowed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message.render())
        self.fault = fault


def _refuse_deep_or_aliased(source: str) -> None:
    """Look at the events before composing, where the text could hold an alias or a tag, or nest deeply in one line.

    Most files can do neither and are spared the second pass.
    """
    if not any(sign in source for sign in "&*!") and not may_be_deep(source):
        return
    depth = 0
    for event in yaml.parse(source, Loader=yaml.CSafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if getattr(event, "anchor", None) is not None:
            message = text("anchors (&) and aliases (*) are not allowed")
            hint = text("write the value out, or put text that begins with & or * in quotes")
            raise _RefusedError(_to_be_quoted(source, line, message, hint))
        tag = getattr(event, "tag", None)
        if tag is not None:
            message, hint = text('the tag "{tag}" is not allowed', tag=_as_written(tag)), text("remove it")
            if isinstance(event, yaml.ScalarEvent) and not _TAGS.match(tag):
                message = text("a value must not begin with {character} unless it is in quotes", character="!")
                hint = text("put the whole value in quotes")
            raise _RefusedError(_to_be_quoted(source, line, message, hint))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                message = text("nested deeper than {limit} levels", limit=MAX_DEPTH)
                raise _RefusedError(Fault(line, message, text("flatten it")))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


_OF_YAML = "tag:yaml.org,2002:"
_TAGS = re.compile(
    rf"{_OF_YAML}(?:python/.*|binary|bool|float|int|map|merge|null|omap|pairs|seq|set|str|timestamp|value|yaml)$"
    r"|(?!!|tag:yaml\.org)"
)
"""What programs write and mean as tags; whoever else begins a value with `!` means the sign."""


def _as_written(tag: str) -> str:
    """`tag:yaml.org,2002:int` as it stands in files, `!!int`."""
    if tag.startswith(_OF_YAML):
        return f"!!{tag.removeprefix(_OF_YAML)}"
    return tag if tag.startswith("!") else f"!<{tag}>"


def _to_be_quoted(source: str, line: int, message: Text, hint: Text) -> Fault:
    """What begins with & * or !: read on as if it were in quotes, with the whole line where that is what is told."""
    remedy = quote_line(source, line)
    if remedy is None:
        return Fault(line, message, hint)
    return remedy if remedy.message == message else replace(remedy, message=message, hint=hint)


def _too_deep(line: int) -> YamlError:
    return YamlError(line, text("nested deeper than {limit} levels", limit=MAX_DEPTH), text("flatten it"))


@dataclass
class _Constructor:
    """Makes values of nodes; gathers what is wrong with them on the way."""

    lines: list[str]
    first_line: int
    errors: list[YamlError] = field(default_factory=list)
    escaped: list[Escaped] = field(default_factory=list)

    def value(self, node: Node, depth: int) -> Value:
        line = self.first_line + node.start_mark.line
        if isinstance(node, ScalarNode):
            return self._scalar(node, line)
        if depth >= MAX_DEPTH:
            raise _too_deep(line)
        if isinstance(node, SequenceNode):
            return [self.value(child, depth + 1) for child in node.value]
        if isinstance(node, MappingNode):
            return self._mapping(node, depth)
        raise TypeError(f"no such node in YAML: {node!r}")

    def _mapping(self, node: MappingNode, depth: int) -> Value:
        values: dict[str, Value] = {}
        for key, child in node.value:
            if len(self.errors) > MAX_ERRORS:
                break
            line = self.first_line + key.start_mark.line
            if not isinstance(key, ScalarNode):
                self.errors.append(YamlError(line, text("a field's name must be plain text"), text("put it in quotes")))
            elif key.value in values:
                message = text('field "{name}" is given twice', name=key.value)
                self.errors.append(YamlError(line, message, text("keep one of them")))
            else:
                if key.style == '"':
                    self._look_at_escapes(key, line)
                values[key.value] = self.value(child, depth + 1)
        return values

    def _scalar(self, node: ScalarNode, line: int) -> Value:
        if node.style:  # quoted or block: text, whatever it looks like
            written = str(node.value)
            if node.style == '"':
                self._look_at_escapes(node, line)
            return tidy(written)
        if node.start_mark.line != node.end_mark.line:
            self._look_for_entries_in(node)
        return plain_value(str(node.value))

    def _look_at_escapes(self, node: ScalarNode, line: int) -> None:
        start, end = node.start_mark, node.end_mark
        rows = self.lines[start.line : end.line + 1]
        if not any("\\" in row for row in rows):
            return
        rows[-1] = rows[-1][: end.column]
        raw = "\n".join([rows[0][start.column :], *rows[1:]])
        if "\\" not in raw:
            return
        fault = control_character(raw, str(node.value))
        if fault is not None:
            self.errors.append(YamlError(line, *fault))
        else:
            self.escaped.append(Escaped(line, raw, tidy(str(node.value))))

    def _look_for_entries_in(self, node: ScalarNode) -> None:
        """A text that goes on for lines of which one looks like an entry or a field swallows that one silently."""
        for row in range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(self.lines))):
            fault = named_later(self.lines, row)
            if fault is not None:
                self.errors.append(YamlError(self.first_line + row, fault.message, fault.hint, fault.name))
                return


def plain_value(written: str) -> Value:
    """What a scalar without quotes means."""
    if written in _WORDS:
        return _WORDS[written]
    if len(written) <= 18 and _INTEGER.fullmatch(written):
        return int(written)
    if len(written) <= 24 and _FLOAT.fullmatch(written):
        return float(written)
    return written
