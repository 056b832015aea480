"""Content records as YAML the way people write it here: plain where that is safe, quoted where not, long text folded.

What is written is what `plugins.portal.yaml_source` reads again, whatever the text; codes and what looks like a number,
a date or a word of YAML stand in single quotes, for other readers too. Ten times as fast as the dumper of pyyaml.
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
_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")


def record_text(record: ContentModel, schema: str) -> str:
    """The record without what is left at its default, its schema named on the first line."""
    lines = [f"# yaml-language-server: $schema={schema}"]
    _mapping(record.model_dump(exclude_defaults=True), "", "", lines)
    return "\n".join(lines) + "\n"


def field_text(name: str, value: object) -> str:
    """One field of a record's outermost level, with the line's end."""
    lines: list[str] = []
    _mapping({name: value}, "", "", lines)
    return "\n".join(lines) + "\n"


def _mapping(fields: Mapping[str, object], lead: str, indent: str, lines: list[str]) -> None:
    """Each field on lines of its own; `lead` stands before the first, `indent` before the others."""
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            lines.append(f"{lead}{name}:")
            _mapping(value, indent + "  ", indent + "  ", lines)
        elif isinstance(value, list | tuple) and value:
            lines.append(f"{lead}{name}:")
            _entries(value, indent + "  ", lines)
        else:
            _value(f"{lead}{name}: ", value, indent + "  ", lines)
        lead = indent


def _entries(entries: Iterable[object], indent: str, lines: list[str]) -> None:
    for entry in entries:
        if isinstance(entry, dict) and entry:
            _mapping(entry, f"{indent}- ", indent + "  ", lines)
        else:
            _value(f"{indent}- ", entry, indent + "  ", lines)


def _value(lead: str, value: object, indent: str, lines: list[str]) -> None:
    if not isinstance(value, str):
        lines.append(lead + _other(value))
        return
    short = len(lead) + len(value) <= WIDTH and "\n" not in value
    if short or not _foldable(value):
        lines.append(lead + scalar(value))
    else:
        lines.append(f"{lead}>-")
        lines.extend(_folded(value, indent))


def _foldable(value: str) -> bool:
    """Whether it would come back the same: not where a line of it begins or ends with a blank."""
    blanks = value != value.strip() or "\t" in value or "\n " in value or " \n" in value
    return not blanks and not _UNPRINTABLE.search(value)


def _folded(value: str, indent: str) -> Iterator[str]:
    """Each of the text's own line ends is an empty line more; those between are blanks."""
    for number, paragraph in enumerate(value.split("\n")):
        if number:
            yield ""
        if paragraph:
            yield from (indent + line for line in _broken(paragraph, WIDTH - len(indent)))


def _broken(paragraph: str, width: int) -> Iterator[str]:
    """Lines broken at single blanks: where several stand together a break would lose all but one."""
    breaks = _BREAK.sub("\n", paragraph)
    begun = 0
    while len(paragraph) - begun > width:
        end = breaks.rfind("\n", begun, begun + width + 1)
        if end < 0:
            end = breaks.find("\n", begun + width)
        if end < 0:
            break
        yield paragraph[begun:end]
        begun = end + 1
    yield paragraph[begun:]


def scalar(value: str) -> str:
    """A text on one line: plain, in single quotes, or escaped."""
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    if "\n" in value or _UNPRINTABLE.search(value):
        # JSON's quoting is YAML's; what YAML cannot hold as it is, JSON's own escapes leave alone.
        quoted = json.dumps(value, ensure_ascii=False)
        return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04X}", quoted)
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
        if value:
            raise TypeError(f"no model has a list in a list: {value!r}")
        return "{}" if isinstance(value, dict) else "[]"
    return str(value)
