"""Text that was damaged before it came here: by a conflict of versions, a wrong encoding, an old font.

It can be read, but not by people, and an editor who pasted it may not see it. Each kind is recognised by what proper
Vietnamese, and names of other languages, do not have; tests hold it to raise no false alarm on any content there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from plugins.portal.characters import FORBIDDEN
from plugins.portal.legacy_fonts import legacy_lines
from plugins.portal.problems import Text, text

_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:[ \t].*)?")
_CONFLICT_MARKS = ("<<<<<<<", ">>>>>>>", "|||||||")
_LOST = re.compile("\ufffd")
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
_EXCERPT = 60
_MOST_NAMED = 5
MOST_OF_A_KIND = 20
"""Places of one file that are told, of each kind of damage."""


@dataclass(frozen=True)
class Damage:
    """A line of a text that is damaged."""

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
    """Each line of a text, as it stands in its file, that is damaged in some way; of each way, so many at most."""
    misread = {line for line, _ in _places(written, _MISREAD)}
    # Letters in a wrong encoding look like those of an old font too.
    of_fonts = (damage for damage in _of_old_fonts(written) if damage.line not in misread)
    kinds = (_conflicts(written), _lost(written), _questioned(written), _misread(written), of_fonts)
    for damages in kinds:
        yield from islice(damages, MOST_OF_A_KIND)
        first_untold = next(damages, None)
        if first_untold is not None:
            count = 1 + sum(1 for _ in damages)
            message = text("from here on {count} more lines are damaged in the same way as those told", count=count)
            yield Damage(first_untold.line, message, text("look through the whole file"))


def _conflicts(written: str) -> Iterator[Damage]:
    for conflict in conflicts_in(written):
        message = text('a mark of two versions that were not put together: "{mark}"', mark=conflict.begins[:_EXCERPT])
        hint = text("keep one version; remove the lines that begin with <<<<<<<, ======= and >>>>>>>")
        yield Damage(conflict.lines[0], message, hint)


def _lost(written: str) -> Iterator[Damage]:
    for line, words in _places(written, _LOST):
        message = text('a letter was lost (U+FFFD): "{words}"', words=words)
        yield Damage(line, message, text("type the word again"), of_letters=True)


def _misread(written: str) -> Iterator[Damage]:
    for line, words in _places(written, _MISREAD):
        message = text('letters in a wrong encoding: "{words}"', words=words)
        hint = text("open the original as UTF-8 and copy it again, or type it anew")
        yield Damage(line, message, hint, of_letters=True)


def _of_old_fonts(written: str) -> Iterator[Damage]:
    for legacy in legacy_lines(written):
        message = text(
            'letters of an old font ({font}), not of Unicode: "{words}"', font=legacy.font, words=legacy.words
        )
        hint = text('convert it to Unicode, for one with Unikey (here: "{meant}")', meant=legacy.meant)
        yield Damage(legacy.line, message, hint, of_letters=True)


def control_characters(written: str) -> Iterator[Damage]:
    """Each line that holds characters that no text may hold, as far as they are told."""
    if FORBIDDEN.search(written) is None:
        return
    lines = ((number, FORBIDDEN.findall(line)) for number, line in enumerate(written.split("\n"), 1))
    for number, characters in islice(((n, characters) for n, characters in lines if characters), MOST_OF_A_KIND):
        names = ", ".join(f"U+{ord(character):04X}" for character in list(dict.fromkeys(characters))[:_MOST_NAMED])
        yield Damage(number, text("holds the control character {name}", name=names), text("delete it"))


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


def _questioned(written: str) -> Iterator[Damage]:
    """Lines with several words with a ? in the place of a letter: a question has it at its end alone."""
    for number, line in enumerate(written.split("\n"), 1) if "?" in written else ():
        inside = _QUESTIONED_INSIDE.search(line) if "?" in line else None
        if inside is not None and len(_QUESTIONED.findall(line)) >= _LEAST_QUESTIONED:
            words = _around(line, inside.start())
            message = text('letters were lost, a ? stands in their place: "{words}"', words=words)
            hint = text("open the original as UTF-8 and copy it again")
            yield Damage(number, message, hint, of_letters=True)


def _places(written: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Each line that has what is looked for, with the words around its first."""
    if pattern.search(written) is None:
        return
    for number, line in enumerate(written.split("\n"), 1):
        match = pattern.search(line)
        if match is not None:
            yield number, _around(line, match.start())


def _around(line: str, at: int) -> str:
    """The words around a place of a line."""
    return line[max(at - _EXCERPT // 2, 0) : at + _EXCERPT // 2].strip()
