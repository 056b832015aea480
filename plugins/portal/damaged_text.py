"""Text that was damaged before it came here: by a conflict of versions, a wrong encoding, an old font.

It can be read, but not by people, and an editor who pasted it may not see it. Each kind is recognised by what proper
Vietnamese, and names of other languages, do not have; tests hold it to raise no false alarm on any content there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from plugins.portal.legacy_fonts import legacy_text
from plugins.portal.problems import Text, text

_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:[ \t].*)?")
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
MOST_CONFLICTS = 20
"""Of one file that are told."""


@dataclass(frozen=True)
class Damage:
    """The first place of a text that is damaged."""

    line: int
    """From 1."""
    message: Text
    hint: Text
    of_letters: bool = False
    """Whether letters are others than were meant, there and most likely elsewhere."""


def find_damage(written: str) -> Damage | None:
    """Where a text is damaged, as it stands in its file; None where it is whole."""
    return next(find_damages(written), None)


def find_damages(written: str) -> Iterator[Damage]:
    """Each conflict of a text as it stands in its file, and the first place that is damaged in each other way."""
    for conflict in islice(conflicts_in(written), MOST_CONFLICTS):
        message = text('a mark of two versions that were not put together: "{mark}"', mark=conflict.begins[:_SHOWN])
        hint = text("keep one version; remove the lines that begin with <<<<<<<, ======= and >>>>>>>")
        yield Damage(conflict.lines[0], message, hint)
    if _LOST in written:
        position = written.index(_LOST)
        message = text('a letter was lost (U+FFFD): "{words}"', words=_around(written, position))
        yield Damage(_line(written, position), message, text("type the word again"), of_letters=True)
    if "?" in written and (doubtful := _questioned(written)) is not None:
        message = text('letters were lost, a ? stands in their place: "{words}"', words=_around(written, doubtful))
        hint = text("open the original as UTF-8 and copy it again")
        yield Damage(_line(written, doubtful), message, hint, of_letters=True)
    misread = _MISREAD.search(written)
    if misread is not None:
        message = text('letters in a wrong encoding: "{words}"', words=_around(written, misread.start()))
        hint = text("open the original as UTF-8 and copy it again, or type it anew")
        yield Damage(_line(written, misread.start()), message, hint, of_letters=True)
        return  # such letters look like those of an old font too
    legacy = legacy_text(written)
    if legacy is not None:
        message = text(
            'letters of an old font ({font}), not of Unicode: "{words}"', font=legacy.font, words=legacy.words
        )
        hint = text('convert it to Unicode, for one with Unikey (here: "{meant}")', meant=legacy.meant)
        yield Damage(legacy.line, message, hint, of_letters=True)


@dataclass(frozen=True)
class Conflict:
    """A place of a file with two versions that were not put together."""

    begins: str
    """The line with which it begins."""
    lines: range
    """From 1, marks and all: of what stands there nobody knows what will stay."""


def conflicts_in(written: str) -> Iterator[Conflict]:
    """The conflicts of a text, in order; a mark that is left over from one is one by itself."""
    if not any(sign in written for sign in _CONFLICT_MARKS):
        return
    begun: Conflict | None = None
    for number, line in enumerate(written.split("\n"), 1):
        matched = _CONFLICT.fullmatch(line.rstrip("\r"))
        if matched is None or (begun is not None and line.startswith("|")):
            continue
        if begun is not None and line.startswith(">"):
            yield Conflict(begun.begins, range(begun.lines.start, number + 1))
            begun = None
            continue
        if begun is not None:
            yield begun
        begun = Conflict(matched.group(), range(number, number + 1))
        if not line.startswith("<"):
            yield begun
            begun = None
    if begun is not None:
        yield begun


def without_marks(written: str) -> str:
    """The text with an empty line in the place of each mark of a conflict: both versions stay."""
    conflicts = list(conflicts_in(written))
    lines = written.split("\n") if conflicts else []
    for number in (number for conflict in conflicts for number in conflict.lines):
        if _CONFLICT.fullmatch(lines[number - 1]) or lines[number - 1].startswith("======="):
            lines[number - 1] = ""
    return "\n".join(lines) if conflicts else written


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
