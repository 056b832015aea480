"""Text that was damaged before it came here: by a conflict of versions, a wrong encoding, an old font.

It can be read, but not by people, and an editor who pasted it may not see it. Each kind is recognised by what proper
Vietnamese, and names of other languages, do not have; tests hold it to raise no false alarm on any content there is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.portal.legacy_fonts import legacy_text
from plugins.portal.problems import Text, text

_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?:[ \t].*)?$", re.MULTILINE)
_CONFLICT_MARKS = ("<<<<<<<", ">>>>>>>", "|||||||")
_LOST = "\ufffd"
# Bytes 0x80 to 0xBF as Windows-1252 and Latin-1 show them.
_NEXT = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u0080-\u00bf"
# Without those that may stand behind a capital Ã in Vietnamese: blanks, quotation marks, dashes, dots.
_NEXT_TO_A = "€‚ƒ„‹›†‡ˆ‰ŠŒŽ˜™šœžŸ\u0080-\u0084\u0086-\u009f¡-ª¬-¯±-¶¸-º¼-¿"
_MISREAD = re.compile(f"Ã[{_NEXT_TO_A}]|[ÄÅÆ][{_NEXT}]|á[»º][{_NEXT}]|â€[{_NEXT}]|ï»¿|ðŸ[{_NEXT}]")
_QUESTIONED_INSIDE = re.compile(r"(?<![\w/=&?.%#:])[^\W\d_]+\?[^\W\d_]+(?![\w=/])")
_QUESTIONED = re.compile(
    r"(?<![\w/=&?.%#:])(?:[^\W\d_]+\?(?:[^\W\d_]+(?![\w=/])|(?=[ ,][^\W\d_A-ZĐ]))|\?{1,2}[^\W\d_]+(?![\w=/]))"
)
_LEAST_QUESTIONED = 3
_SHOWN = 60


@dataclass(frozen=True)
class Damage:
    """The first place of a text that is damaged."""

    line: int
    """From 1."""
    message: Text
    hint: Text


def find_damage(written: str) -> Damage | None:
    """Where a text is damaged, as it stands in its file; None where it is whole."""
    conflict = _CONFLICT.search(written) if any(sign in written for sign in _CONFLICT_MARKS) else None
    if conflict is not None:
        message = text('a mark of two versions that were not put together: "{mark}"', mark=conflict.group()[:_SHOWN])
        hint = text("keep one version; remove the lines that begin with <<<<<<<, ======= and >>>>>>>")
        return Damage(_line(written, conflict.start()), message, hint)
    if _LOST in written:
        position = written.index(_LOST)
        message = text('a letter was lost (U+FFFD): "{words}"', words=_around(written, position))
        return Damage(_line(written, position), message, text("type the word again"))
    if "?" in written and (doubtful := _questioned(written)) is not None:
        message = text('letters were lost, a ? stands in their place: "{words}"', words=_around(written, doubtful))
        return Damage(_line(written, doubtful), message, text("open the original as UTF-8 and copy it again"))
    misread = _MISREAD.search(written)
    if misread is not None:
        message = text('letters in a wrong encoding: "{words}"', words=_around(written, misread.start()))
        hint = text("open the original as UTF-8 and copy it again, or type it anew")
        return Damage(_line(written, misread.start()), message, hint)
    legacy = legacy_text(written)
    if legacy is not None:
        message = text(
            'letters of an old font ({font}), not of Unicode: "{words}"', font=legacy.font, words=legacy.words
        )
        hint = text('convert it to Unicode, for one with Unikey (here: "{meant}")', meant=legacy.meant)
        return Damage(legacy.line, message, hint)
    return None


def _questioned(written: str) -> int | None:
    """Where a line has several words with a ? in the place of a letter: a question has it at its end alone."""
    for inside in _QUESTIONED_INSIDE.finditer(written):
        start = written.rfind("\n", 0, inside.start()) + 1
        end = written.find("\n", inside.end())
        line = written[start : len(written) if end < 0 else end]
        if len(_QUESTIONED.findall(line)) >= _LEAST_QUESTIONED:
            return inside.start()
    return None


def _line(written: str, position: int) -> int:
    return written.count("\n", 0, position) + 1


def _around(written: str, position: int) -> str:
    """The words around a place, on its line."""
    start = written.rfind("\n", 0, position) + 1
    end = written.find("\n", position)
    line = written[start : len(written) if end < 0 else end]
    at = position - start
    return line[max(at - _SHOWN // 2, 0) : at + _SHOWN // 2].strip()
