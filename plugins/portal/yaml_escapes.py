r"""What escapes bring into values in double quotes: `"C:\temp"` holds a tab, and `"\u0430"` a letter of Russian.

The file itself holds none of it, so that what looks at files as they are written does not see it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.portal.characters import FORBIDDEN
from plugins.portal.damaged_text import find_damage
from plugins.portal.problems import Text, shortened, text
from plugins.portal.yaml_faults import quoted

_OF_PATH = re.compile(
    r"""(?<!\w)[A-Za-z]:\\(?!\\|n[^A-Za-z0-9])|%[\w()]+%\\(?!\\)|(?<![\w.\\])\.{1,2}\\(?!\\)"""
    r"""|\A"\\\\[\w.$-]+\\(?!\\)|(?<![\W_])\\[tabfver0](?=[^\W\d_])"""
)
r"""A backslash of a path (`C:\temp`, `..\new`), or one within a word that begins what no word has (`thu-muc\temp`)."""


@dataclass(frozen=True)
class Escaped:
    """What is written with escapes."""

    line: int
    """Of the file, from 1."""
    raw: str
    """With its quotes."""
    value: str


Fault = tuple[Text, Text]
"""What is wrong, and what to do."""


def control_character(raw: str, value: str) -> Fault | None:
    """The fault of a value that holds what no file may hold: it cannot be read on."""
    forbidden = FORBIDDEN.search(value)
    if forbidden is None:
        return None
    name = f"U+{ord(forbidden.group()):04X}"
    hint = text("delete it, or use single quotes if the backslash is meant")
    return _fault_of_path(raw) or (text("holds the control character {name}", name=name), hint)


def fault_of_escapes(escaped: Escaped) -> Fault | None:
    """What escapes do that nobody means."""
    damage = find_damage(escaped.value)
    return _fault_of_path(escaped.raw) or (None if damage is None else (damage.message, damage.hint))


def _fault_of_path(raw: str) -> Fault | None:
    if _OF_PATH.search(raw) is None:
        return None
    message = text("a backslash means something else in double quotes")
    mended = quoted(raw[1:-1].replace("\\\\", "\\").replace('\\"', '"'))
    return message, text("use single quotes: {value}", value=shortened(mended))
