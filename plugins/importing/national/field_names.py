"""What stands where the name of a field of administration should, and is none: it must not become one."""

from __future__ import annotations

import re

from plugins.importing.national.draft import quoted
from plugins.portal.damaged_text import find_damage
from plugins.portal.identifiers import fold
from plugins.portal.odd_signs import odd_signs
from plugins.portal.problems import Text, text

SEVERAL = re.compile(r"\s*[;|]\s*")
"""What stands between fields where one cell names several."""
_MARKUP = re.compile(r"[<>{}]|&#?\w+;|\*\*|__|\]\(")
_HEADINGS = frozenset(
    """
    linh vuc|ten linh vuc|linh vuc thuc hien|linh vuc thu tuc|ma linh vuc|ma thu tuc|ten thu tuc|ma tthc|ten tthc|ma so
    |thu tuc|thu tuc hanh chinh|ten thu tuc hanh chinh|ma thu tuc hanh chinh|cap|cap thuc hien|cap giai quyet|cap tinh
    |cap huyen|cap xa|co quan|co quan thuc hien|co quan giai quyet|don vi thuc hien|muc do|muc do dvc|trang thai|stt|tt
    |tinh trang|ghi chu|so quyet dinh|quyet dinh cong bo|loai thu tuc|doi tuong|doi tuong thuc hien|thoi han giai quyet
    |phi le phi|ten|ma|field
    """.replace("\n", "")
    .replace("  ", "")
    .split("|")
)
"""Headings of columns, and what stands below others of them, folded."""
_NOTHING = frozenset(
    """
    chua xac dinh|khong xac dinh|chua ro|khong ro|chua phan loai|chua cap nhat|dang cap nhat|chua co|khong co|khong
    |khong co du lieu|chua co du lieu|chua co thong tin|chua chon|chon linh vuc|tat ca|tat ca linh vuc|de trong|trong
    |n a|na|null|none|nil|nan|undefined|unknown|tbd|tba|todo|test|xxx|x|true|false|linh vuc 1
    """.replace("\n", "")
    .replace("  ", "")
    .split("|")
)
"""What people and systems write where they have no value."""
FIELD_FAULTS = {
    "lost": 'letters were lost, a ? stands in their place: "{got}"',
    "markup": 'marks of a page, not a name: "{got}"',
    "none": 'no name of a field of administration: "{got}"',
    "several": 'more than one field of administration: "{got}"',
}
"""What is wrong with a name, by its kind."""


def field_fault(name: str) -> Text | None:
    """Why a text names no field of administration; None where it may be one."""
    damage = find_damage(name)
    if damage is not None:
        return damage.message
    if "?" in name:
        return _fault("lost", name)
    if _MARKUP.search(name):
        return _fault("markup", name)
    sign = next(odd_signs(name), None)
    if sign is not None:
        return sign.message
    letters = sum(map(str.isalpha, name))
    words = " ".join("".join(letter if letter.isalnum() else " " for letter in fold(name)).split())
    if letters < 2 or words in _NOTHING or words in _HEADINGS:
        return _fault("none", name)
    if SEVERAL.search(name):
        return _fault("several", name)
    return None


def _fault(kind: str, name: str) -> Text:
    return text(FIELD_FAULTS[kind], got=quoted(name))
