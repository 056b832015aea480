"""The two parts of a text file: the fields between two lines `---`, and the Markdown below.

Where the lines are missing or not quite right, what was meant is told, and the parts are found all the same, so that
the fields and the text can be checked in the same round.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from plugins.portal.problems import text
from plugins.portal.yaml_grammar import first_error
from plugins.portal.yaml_source import YamlError, YamlSource, read_yaml

_WHOLE = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"---[ \t]*")
_ALMOST = re.compile(r"[ \t]*(?:-{4,}|[-–—]{1,3}|- - -|…|\.{3}|\+{3}|\*{3,}|_{3,}|={3,}|~{3,}|`{3}\w*)[ \t]*")
"""What word processors and other systems make of a line `---`."""
_INDENTED_FENCE = re.compile(r"[ \t]+---[ \t]*|---[ \t]*[^\s-].*")
_BLOCK = re.compile(r"^[a-z][a-z_]*[ ]*:[ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$")
"""The beginning of a text of several lines."""
_FIELD = re.compile(r"(?P<name>[a-z][a-z_]*)[ ]*(?P<sign>[:=])(?:[ \t]|$)")


@dataclass(frozen=True)
class TextFile:
    """A text file in its parts."""

    fields: YamlSource | None
    """None where they cannot be read."""
    body: str
    body_line: int
    """The line of the file on which the Markdown begins."""
    errors: tuple[YamlError, ...] = ()


def read_text_file(written: str, names: Collection[str]) -> TextFile:
    """The parts of a text file with everything that is wrong with its fields; `names` are those that it may have."""
    whole = _WHOLE.match(written)
    if whole is not None:
        fields, errors = read_yaml(whole.group(1), 2, names, in_front_matter=True)
        body_line = written.count("\n", 0, whole.end()) + 1
        parts = TextFile(fields, written[whole.end() :], body_line, tuple(errors))
        if errors or "\n\n" in whole.group(1):
            return _closed_too_late(written, names, body_line - 2) or parts
        return parts
    lines = written.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return TextFile(None, "", 1, (_none_at_all(),))
    return _from(lines, first, names)


def _none_at_all() -> YamlError:
    hint = text("begin the file with a line ---, then the fields, then another line ---")
    return YamlError(1, text("has no front matter"), hint)


def _from(lines: Sequence[str], first: int, names: Collection[str]) -> TextFile:
    """The parts where the whole does not begin and end as it should."""
    opening, below = lines[first], lines[first + 1] if first + 1 < len(lines) else ""
    begins = first + 1
    error: YamlError | None = None
    if _FENCE.fullmatch(opening):
        if first:
            message = text("something stands before the first line ---")
            error = YamlError(1, message, text("delete the empty lines at the top of the file"))
    elif opening.startswith("---") and _is_field(joined := opening[3:].lstrip(), names):
        error, begins = _not_exactly(first, opening), first
        lines = [*lines[:first], joined, *lines[first + 1 :]]
    elif (_ALMOST.fullmatch(opening) or _INDENTED_FENCE.fullmatch(opening)) and _is_field(below, names):
        error = _not_exactly(first, opening)
    elif _is_field(opening, names):
        message = text("the first line --- is missing")
        error, begins = YamlError(first + 1, message, text("add a line --- above this line")), first
    elif (below_it := _further_down(lines, names)) is not None:
        begins = below_it
        message = text("something stands before the first line ---")
        error = YamlError(1, message, text("delete what stands above it, or move it below the second ---"))
    else:
        return TextFile(None, "\n".join(lines), 1, (_none_at_all(),))
    ends, body, unclosed = _end(lines, begins, names)
    fields, errors = read_yaml("\n".join(lines[begins:ends]), begins + 1, names, in_front_matter=True)
    outer = [fault for fault in (error, unclosed) if fault is not None]
    return TextFile(fields, "\n".join(lines[body:]), body + 1, (*outer, *errors))


def _further_down(lines: Sequence[str], names: Collection[str]) -> int | None:
    """The line behind a mark with fields below it, near the top of the file; None where there is none."""
    return next(
        (
            n + 1
            for n in range(1, min(20, len(lines) - 1))
            if _FENCE.fullmatch(lines[n]) and _is_field(lines[n + 1], names)
        ),
        None,
    )


def _end(lines: Sequence[str], begins: int, names: Collection[str]) -> tuple[int, int, YamlError | None]:
    """Where the fields end, where the text begins, and what is wrong between them."""
    block = False  # a text of several lines is under way: it may have empty lines, and lines of hyphens
    for number in range(begins, len(lines)):
        if _FENCE.fullmatch(lines[number]):
            return number, number + 1, None
        if block and (not lines[number].strip() or lines[number][0].isspace()):
            continue
        block = _BLOCK.search(lines[number]) is not None
        if _ALMOST.fullmatch(lines[number]) or _INDENTED_FENCE.fullmatch(lines[number]):
            return number, number + 1, _not_exactly(number, lines[number])
        if not _may_be_inside(lines, number, names):
            break
    else:
        number = len(lines)
    last = number - 1
    while last > begins and not lines[last].strip():
        last -= 1
    hint = text("add a line --- below this line")
    return last + 1, number, YamlError(last + 1, text("the second line --- is missing"), hint)


def _closed_too_late(written: str, names: Collection[str], closing: int) -> TextFile | None:
    """The parts where the line `---` that ends the fields is one of the text's own, further down."""
    lines = written.split("\n")
    ends, body, unclosed = _end(lines, 1, names)
    if unclosed is None or ends >= closing:
        return None
    between = lines[body:closing]
    if any(_is_field(line, names) for line in between) or not (len(between) > 2 or any(not line for line in between)):
        return None  # a line that is none of the fields', and is told as that
    inside = "\n".join(lines[1:ends])
    if not inside.strip() or first_error(inside) is not None:
        return None
    fields, errors = read_yaml(inside, 2, names, in_front_matter=True)
    return TextFile(fields, "\n".join(lines[body:]), body + 1, (unclosed, *errors))


def _not_exactly(number: int, line: str) -> YamlError:
    message = text('expected a line of exactly three hyphens, got "{line}"', line=line.rstrip()[:40])
    return YamlError(number + 1, message, text("write only --- on this line"))


def _is_field(line: str, names: Collection[str]) -> bool:
    match = _FIELD.match(line)
    return match is not None and (not names or match["name"] in names)


def _may_be_inside(lines: Sequence[str], number: int, names: Collection[str]) -> bool:
    """Whether a line looks as if it belonged to the fields."""
    line = lines[number]
    if not line.strip():  # between fields it may be empty, and before the line that ends them
        following = next((below for below in lines[number + 1 :] if below.strip()), "")
        return _FENCE.fullmatch(following) is not None or any(
            _is_field(below, names) for below in lines[number + 1 : number + 3]
        )
    if line.startswith((" ", "\t", "#", "- ")):
        return number == 0 or bool(lines[number - 1].strip())
    return _FIELD.match(line) is not None or re.match(r"[a-z][a-z_]*\s*[:=]", line) is not None
