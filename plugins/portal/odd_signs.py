"""Signs that look like what was meant and are something else: letters of another alphabet, and of symbol fonts.

`со` in Cyrillic looks like `co`, and `𝐭𝐢𝐧` of a page that makes bold letters like `tin`; nobody sees it, and search
finds neither. Whole words of another script are what they look like, and Greek letters stand for units and quantities.
Wingdings and its kin put their signs where Unicode has none (U+E000 to U+F8FF): without the font they are empty boxes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.portal.identifiers import slugify
from plugins.portal.problems import Text, shortened, text

_CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_OTHERS = "\u0530-\u058f\u13a0-\u13ff\uab70-\uabbf\u2c80-\u2cff\ua4d0-\ua4ff"
"""Armenian, Cherokee, Coptic and Lisu have many letters that look like Latin ones."""
_PHONETIC = "\u0251\u0261"
"""Of the Latin letters that only phonetics has those that look like `a` and `g`; some keyboards write them."""
_STYLED = "\U0001d400-\U0001d7ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
"""Letters and digits of formulas, and as wide as Chinese ones."""
_LIGATURES = "\ufb00-\ufb06"
"""Several letters in one sign, as they are copied from PDFs."""
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"

_ODD = re.compile(f"[{_CYRILLIC}{_GREEK}{_OTHERS}{_PHONETIC}{_STYLED}{_LIGATURES}{_PRIVATE}]")
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_FOREIGN = re.compile(f"[{_CYRILLIC}{_GREEK}{_OTHERS}{_PHONETIC}]")
_OF_STYLE = re.compile(f"[{_STYLED}{_LIGATURES}]")
_LIGATURE = re.compile(f"[{_LIGATURES}]")
_WIDE_SCRIPT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_OF_PRIVATE = re.compile(f"[{_PRIVATE}]")
_CYRILLIC_LETTER = re.compile(f"[{_CYRILLIC}]")
_PHONETIC_SIGN = re.compile("[\u0250-\u02af\u02b0-\u02ff]")
_SYMBOL = re.compile(
    "[ΓΔΘΛΞΠΣΦΨΩβγδεζηθλμξπστφχψω](?:[A-Za-z]{1,4}|max|min)|[A-Za-z]{1,3}[ΔΣΦΨΩβγδεζηθλμξπσφψω]"
    "|[A-Z0-9]{2,}[α-ω][A-Z0-9]*|[α-ω][A-Z0-9]{2,}|[A-Z][a-z]?[a-z]?[A-Z][α-ω]"
)
"""Units and quantities (`μm`, `kΩ`, `Δt`, `λmax`), and what is named with a Greek letter (`TNFα`, `NFκB`, `IgGκ`)."""
_LOOK = str.maketrans(
    dict(zip("аеорсухіјѕһԁԛԝѵкьӏвнмтг", "aeopcyxijshdqwvkblbhmtr", strict=True))
    | dict(zip("АВЕКМНОРСТУХІЈЅԚԜЬӀ", "ABEKMHOPCTYXIJSQWbl", strict=True))
    | dict(zip("αονρυικτχγηωεσςμβ", "aovpuiktxynweocub", strict=True))
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
    | dict(zip("օոսհցզՕՏԼ\u0251\u0261", "onuhgqOSLag", strict=True))
)
_ALONE = frozenset("аеорсухіАВЕКМНОРСТУХІ")
"""Letters of Cyrillic that also mislead as the only one of a word: `điểm а`, `А4`."""
_DIGIT_LOOK = str.maketrans("ОоΟοOoЗзІӀӏΙlIбЧ", "0000003311111164")
_LIKE_DIGITS = re.compile("[0-9ОоΟοOoЗзІӀӏΙlIбЧ]+")
_LEAST_DIGITS = 2
"""Digits of a word whose other letters look like digits, for those to be meant as such: `О2` is oxygen."""


@dataclass(frozen=True)
class OddSign:
    """A sign that is not what it looks like."""

    line: int
    """From 0."""
    message: Text
    hint: Text


def odd_signs(written: str) -> Iterator[OddSign]:
    """Each word of a text with such a sign; of those of symbol fonts one in a line."""
    if _ODD.search(written) is None:
        return
    for number, line in enumerate(written.split("\n")):
        if _ODD.search(line) is None:
            continue
        private = _OF_PRIVATE.search(line)
        if private is not None:
            code = f"U+{ord(private.group()):04X}"
            words = _OF_PRIVATE.sub("□", line[max(private.start() - 20, 0) : private.end() + 20].strip())
            message = text(
                'the sign {code} of a symbol font in "{words}" is shown as an empty box', code=code, words=words
            )
            yield OddSign(number, message, text("write the sign that is meant, such as ✓, ☐ or →, or delete it"))
        yield from (_of_word(number, word, odd) for word, odd in _odd_words(line))


def as_it_looks(word: str) -> str:
    """The word in the letters, or digits, that it seems to be written in, as far as they are known."""
    if _is_number(word):
        return word.translate(_DIGIT_LOOK)
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word)).translate(_LOOK)
    return unicodedata.normalize("NFC", plain)


def as_digits(written: str) -> str:
    """What is written with letters that look like digits as a number: `1.О04616`, `0293 3878 88O`.

    Where there is no digit at all it is left as it is.
    """
    if not any(character.isdigit() for character in written):
        return written
    return _WORD.sub(
        lambda word: word.group().translate(_DIGIT_LOOK) if _LIKE_DIGITS.fullmatch(word.group()) else word.group(),
        written,
    )


def latin_slug(name: str) -> str:
    """The address made of a name, with letters of other alphabets as the Latin ones that they look like."""
    return slugify(as_it_looks(name))


def _is_number(word: str) -> bool:
    digits = sum(map(str.isdigit, word))
    return digits >= _LEAST_DIGITS and _LIKE_DIGITS.fullmatch(word) is not None


def _of_word(number: int, word: str, odd: str) -> OddSign:
    code, meant = f"U+{ord(odd):04X}", as_it_looks(word)
    message = text(
        '"{sign}" ({code}) in "{word}" looks like a letter and is none: search does not find it',
        sign=odd, code=code, word=shortened(word),
    )  # fmt: skip
    if _LIGATURE.fullmatch(odd):
        message = text('"{sign}" ({code}) in "{word}" is several letters in one sign', sign=odd, code=code,
                       word=shortened(word))  # fmt: skip
    elif _is_number(word):
        message = text('"{sign}" ({code}) in "{word}" looks like a digit and is none', sign=odd, code=code,
                       word=shortened(word))  # fmt: skip
    if _ODD.search(meant):
        return OddSign(number, message, text("type the word again"))
    return OddSign(number, message, text('type it again: "{word}"', word=shortened(meant)))


def _odd_words(line: str) -> Iterator[tuple[str, str]]:
    """Words, each with its first letter that is none."""
    wide = _WIDE_SCRIPT.search(line) is not None
    in_russian = not set(_CYRILLIC_LETTER.findall(line)) <= _ALONE
    for match in _WORD.finditer(line):
        word = match.group()
        styled = _OF_STYLE.search(word)
        if styled is not None and not (wide and styled.group() >= "\uff10" and len(styled.group().encode()) == 3):
            yield word, styled.group()
        elif (foreign := _FOREIGN.search(word)) is not None:
            letters = [letter for letter in unicodedata.normalize("NFD", word) if letter.isalpha()]
            alone = len(letters) == 1 and letters[0] in _ALONE and not in_russian
            between_slashes = line[max(match.start() - 1, 0) : match.start()] == "/" and foreign.group() in _PHONETIC
            if alone or _is_number(word) or (_is_latin(word, foreign.group()) and not between_slashes):
                yield word, foreign.group()


def _is_latin(word: str, foreign: str) -> bool:
    """Whether a word with a letter of another script is a Latin one, and no symbol."""
    if _LATIN.search(word) is None:
        return False
    if foreign in _PHONETIC:
        return len(_PHONETIC_SIGN.findall(word)) == word.count(foreign)  # else it is phonetics
    return _SYMBOL.fullmatch(unicodedata.normalize("NFC", word)) is None
