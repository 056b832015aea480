"""Where the grammar of YAML is not kept, as libyaml sees it; nothing is built."""

from __future__ import annotations

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # compiled, not in the types

MAX_DEPTH = 40
"""Levels of nesting that a record may have."""

Line = int
"""Counted from 0."""


def may_be_deep(source: str) -> bool:
    """Whether it could nest deeper than is allowed without as many indents; most files cannot."""
    brackets = source.count("[") + source.count("{")
    if brackets > MAX_DEPTH:
        return True
    return brackets + max((line.count("- ") + line.count("? ") for line in source.split("\n")), default=0) > MAX_DEPTH


def first_error(source: str) -> yaml.MarkedYAMLError | None:
    """Where libyaml cannot go on; None where the grammar is kept, or nests too deep, which is not looked into."""
    if may_be_deep(source):
        return _first_error_above_depth(source)
    parser = CParser(source)
    try:
        parser.raw_parse()
    except yaml.MarkedYAMLError as error:
        return error
    finally:
        parser.dispose()
    return None


def _first_error_above_depth(source: str) -> yaml.MarkedYAMLError | None:
    """As `first_error`, five times as slow: the time that libyaml takes grows with the square of the depth."""
    depth = 0
    try:
        for event in yaml.parse(source, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                return None
    except yaml.MarkedYAMLError as error:
        return error
    return None


def stopped_at(error: yaml.MarkedYAMLError, source: str) -> tuple[Line, Line]:
    """The line where the reading stopped, and the one where what was being read begins."""
    last = source.count("\n")
    if source.endswith("\n"):
        last -= 1
    yaml_mark = error.problem_mark or error.context_mark
    line = min(yaml_mark.line if yaml_mark else 0, max(last, 0))
    return line, min(error.context_mark.line, line) if error.context_mark else line


def reach(error: yaml.MarkedYAMLError, source: str) -> tuple[Line, int]:
    """How far the reading came. Of a quote or bracket that is never closed, to where that begins."""
    line, begun = stopped_at(error, source)
    unclosed = error.problem == "found unexpected end of stream" or (
        error.context is not None and "flow" in error.context and line > begun
    )
    if unclosed and error.context_mark:
        return begun, error.context_mark.column
    return line, error.problem_mark.column if error.problem_mark else 0
