"""Values of fields in a few words, for those who compare what is there with what comes."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.portal import vocabulary
from plugins.portal.vocabulary import Term

MAX_WORDS = 70
"""Characters of a value that are shown."""
BEFORE = 15
"""Characters that are shown before the first difference."""

_TERMS: Mapping[str, Mapping[str, Term]] = {
    "kind": {**vocabulary.CHANNELS, **vocabulary.FEE_KINDS, **vocabulary.PROCEDURE_KINDS},
    "unit": vocabulary.TIME_UNITS,
    "performed_by": vocabulary.PERFORMING_LEVELS,
    "audiences": vocabulary.AUDIENCES,
    "status": vocabulary.PROCEDURE_STATUSES,
    "online_mode": vocabulary.ONLINE_MODES,
}
"""The closed lists whose keys people read by their terms."""


def in_words(name: str, value: object) -> str:
    """The value of a field, as `model_dump` in the mode of JSON gives it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict):
        return ", ".join(filter(None, (in_words(key, under) for key, under in value.items())))
    if isinstance(value, list):
        return "; ".join(filter(None, (in_words(name, entry) for entry in value)))
    term = _TERMS.get(name, {}).get(str(value))
    return " ".join((term.vi if term else str(value)).split())


def difference(old: str, new: str) -> tuple[str, str]:
    """Both texts, shortened to what stands around their first difference."""
    if max(len(old), len(new)) <= MAX_WORDS:
        return old, new
    pairs = enumerate(zip(old, new, strict=False))
    begin = max(
        0,
        next((position for position, (old_part, new_part) in pairs if old_part != new_part), min(len(old), len(new)))
        - BEFORE,
    )
    return _window(old, begin), _window(new, begin)


def _window(written: str, begin: int) -> str:
    part = written[begin : begin + MAX_WORDS]
    return ("…" if begin and part else "") + part + ("…" if begin + MAX_WORDS < len(written) else "")
