"""Records as YAML the way people write it here: plain where that is safe, quotes where it is not, long text folded.

What is written is what `plugins.portal.yaml_source` reads again, whatever the text; codes and what looks like a number,
a date or a word of YAML stand in single quotes, for other readers too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from plugins.portal.fields import ContentModel

WIDTH = 110
"""Where lines of long text are broken."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()/%;–+]|-(?=\w)|(?<= )-(?= )|:(?=\w))*(?<![ ])")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_NOT_FOLDED = re.compile(r"\A\s|\s\Z|\t|^ | $", re.MULTILINE)
"""A line that begins or ends with a blank would not come back the same."""
_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")


def record_text(record: ContentModel, schema: str) -> str:
    """The record without what is left at its default, its schema named on the first line."""
    values = record.model_dump(exclude_defaults=True)
    lines = [f"# yaml-language-server: $schema={schema}"]
    return "\n".join([*lines, *_mapping(values, "")]) + "\n"


def field_text(name: str, value: object) -> str:
    """One field of a record's outermost level, with the line's end."""
    return "\n".join(_mapping({name: value}, "")) + "\n"


def _mapping(fields: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            yield f"{indent}{name}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list | tuple) and value:
            yield f"{indent}{name}:"
            yield from _entries(value, indent + "  ")
        else:
            yield from _value(f"{indent}{name}: ", value, indent + "  ")


def _entries(entries: Iterable[object], indent: str) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, dict) and entry:
            first, *others = _mapping(entry, indent + "  ")
            yield f"{indent}- {first.removeprefix(indent + '  ')}"
            yield from others
        else:
            yield from _value(f"{indent}- ", entry, indent + "  ")


def _value(lead: str, value: object, indent: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield lead + _other(value)
        return
    short = len(lead) + len(value) <= WIDTH
    if (short and "\n" not in value) or _UNPRINTABLE.search(value) or _NOT_FOLDED.search(value):
        yield lead + scalar(value)
    else:
        yield f"{lead}>-"
        yield from _folded(value, indent)


def _folded(value: str, indent: str) -> Iterator[str]:
    """Each of the text's own line ends is an empty line more; those between are blanks."""
    for number, paragraph in enumerate(value.split("\n")):
        if number:
            yield ""
        if paragraph:
            yield from (indent + line for line in _broken(paragraph, WIDTH - len(indent)))


def _broken(paragraph: str, width: int) -> Iterator[str]:
    """Lines broken at single blanks: where several stand together a break would lose all but one."""
    line = ""
    for part in _BREAK.split(paragraph):
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line


def scalar(value: str) -> str:
    """A text on one line: plain, in single quotes, or escaped."""
    if "\n" in value or _UNPRINTABLE.search(value):
        # JSON's quoting is YAML's; what YAML cannot hold as it is, JSON's own escapes leave alone.
        quoted = json.dumps(value, ensure_ascii=False)
        return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04X}", quoted)
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return "'" + value.replace("'", "''") + "'"


def _other(value: object) -> str:
    if value is True or value is False or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list | tuple):
        return "{}" if isinstance(value, dict) else "[]"
    return str(value)
