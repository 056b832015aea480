"""Vietnamese in the encodings of fonts from before Unicode, read as Unicode: `C«ng b¸o tØnh`, `Coâng baùo tænh`.

TCVN 5712:1993 (VN3, "ABC", fonts named .Vn…) and VNI (fonts named VNI-…) put Vietnamese letters where other alphabets
have theirs. A word is taken for one of these if it is no Vietnamese syllable as it stands, and is one when put back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT, _BREVE = "\u0302", "\u0306"
_VNI_HATS = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVES = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}


def _vni() -> dict[str, str]:
    pairs = {vowel + accent: vowel + tone for vowel in "aeouy" for accent, tone in _VNI_TONES.items()}
    pairs |= {vowel + accent: vowel + _HAT + tone for vowel in "aeo" for accent, tone in _VNI_HATS.items()}
    pairs |= {f"a{accent}": "a" + _BREVE + tone for accent, tone in _VNI_BREVES.items()}
    for horned in ("ô", "ö"):
        pairs |= {horned + accent: _VNI_SINGLE[horned] + tone for accent, tone in _VNI_TONES.items()}
    pairs |= _VNI_SINGLE
    return {written: unicodedata.normalize("NFC", meant) for written, meant in pairs.items()}


_VNI = _vni()
_VNI_MARK = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)), re.IGNORECASE)
_ONSET = "|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu"
_OPEN = (
    "a|ai|ao|au|ay|âu|ây|e|eo|ê|êu|i|ia|iêu|iu|o|oa|oai|oao|oay|oe|oeo|oi|ô|ôi|ơ|ơi|u|ua|uây|uê|ui|uôi|uơ|uy|uya|uyu|ư|ưa|"
    "ưi|ươi|ươu|ưu|y|yêu|am|an|ang|anh|ăm|ăn|ăng|âm|ân|âng|em|en|eng|êm|ên|ênh|iêm|iên|iêng|im|in|inh|oan|oang|oanh|oam|"
    "oăm|oăn|oăng|oen|om|on|ong|ôm|ôn|ông|ơm|ơn|uân|uâng|uênh|um|un|ung|uôm|uôn|uông|uyên|uynh|ynh|yn|ươm|ươn|ương|ưm|ưng|yêm|yên"
)
_STOPPED = (
    "ac|ach|ap|at|ăc|ăp|ăt|âc|âp|ât|ec|ep|et|êch|êp|êt|ich|iêc|iêp|iêt|ip|it|oac|oach|oat|oap|oăc|oăt|oc|oet|op|ot|ôc|ôp|"
    "ôt|ơp|ơt|uât|uc|uêch|uôc|uôt|up|ut|uych|uyêt|uyt|ươc|ươp|ươt|ưc|ưt|yêt|yt|ych|yp"
)
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_TONES_OF_STOPPED = ("\u0301", "\u0323")
_ONSETS = frozenset(_ONSET.split("|"))
_OPEN_RESTS, _STOPPED_RESTS = frozenset(_OPEN.split("|")), frozenset(_STOPPED.split("|"))
"""What follows the onset of a syllable. Not as a pattern: to compile one took each process of a build 25 ms."""
_TONE = re.compile(f"[{_TONES}]")

_CANDIDATE = re.compile("[A-Za-z\u00a1-\u00ff]+")
_STRANGE = re.compile("[¡-¿Ä-ÇËÎ-ÑÖ-ØÛÜÞßä-çëî-ñö-øûüþÿ]")
"""Characters that proper Vietnamese has none of, or only as signs between words."""
_STRANGE_PAIR = re.compile("[aeAE][À-ÿ]|[oO][ÂÊÔÙÚÕâêôùúõ]")
"""Vowels that do not stand together in it. Only lines with either are looked at closely: looking is cheap."""
_PROPER = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
"""Letters that no legacy font shows: where there are many, the text is Unicode."""
_CERTAIN = re.compile("[A-Za-z][¡-¿][A-Za-z]|[a-z][Æ-ß]")
"""What no word of any language has: a sign within a word, a capital after a small letter."""


_MOST_QUOTED = 6
"""Words of a line, with what stands between them."""


@dataclass(frozen=True)
class LegacyText:
    """A line of a text in an old encoding."""

    line: int
    """From 1."""
    font: str
    words: str
    """As they stand."""
    meant: str
    """As they were meant."""


def is_syllable(word: str) -> bool:
    """Whether a word (in NFC) could be a Vietnamese one by its spelling."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = "".join(_TONE.findall(apart))
    bare = unicodedata.normalize("NFC", _TONE.sub("", apart))
    rests = {bare.removeprefix(onset) for onset in _ONSETS if bare.startswith(onset)}
    if tones in _TONES_OF_STOPPED and not rests.isdisjoint(_STOPPED_RESTS):
        return True
    return len(tones) <= 1 and not rests.isdisjoint(_OPEN_RESTS)


def _is_proper(word: str) -> bool:
    """Whether a word is Vietnamese as it stands: a capital within it shows that it is not."""
    return is_syllable(word) and (word.islower() or word.istitle() or word.isupper())


def legacy_lines(written: str) -> Iterator[LegacyText]:
    """Each line that is in one of these encodings; where one surely is, also those that only seem to be in it."""
    doubtful: list[LegacyText] = []
    certain: set[str] = set()
    for number, line in _strange_lines(written):
        for legacy, is_certain in _readings(number, line):
            if not is_certain and legacy.font not in certain:
                doubtful.append(legacy)
                continue
            certain.add(legacy.font)
            yield from (earlier for earlier in doubtful if earlier.font in certain and earlier.line != number)
            doubtful = [earlier for earlier in doubtful if earlier.font not in certain]
            yield legacy
            break


def _readings(number: int, line: str) -> Iterator[tuple[LegacyText, bool]]:
    """The line as of either font, where most of its words would be Vietnamese then, and whether that is sure."""
    for font, decoded in (("TCVN3/ABC", _from_tcvn3), ("VNI", _from_vni)):
        meant = [
            (match, decoded_word)
            for match in _CANDIDATE.finditer(line)
            if (decoded_word := decoded(match.group())) != match.group()
            and is_syllable(decoded_word)
            and not _is_proper(match.group())
        ]
        if len(meant) > len(_PROPER.findall(line)):
            certain = len(meant) > 1 or any(_CERTAIN.search(match.group()) for match, _ in meant)
            yield LegacyText(number, font, *_quoted(line, meant[:_MOST_QUOTED])), certain


def _quoted(line: str, meant: list[tuple[re.Match[str], str]]) -> tuple[str, str]:
    """What stands from the first of the words to the last, and the same with each as it was meant."""
    start, end = meant[0][0].start(), meant[-1][0].end()
    parts, position = [], start
    for match, decoded_word in meant:
        parts += [line[position : match.start()], decoded_word]
        position = match.end()
    return line[start:end], "".join(parts)


def _strange_lines(written: str) -> Iterator[tuple[int, str]]:
    if _STRANGE.search(written) or _STRANGE_PAIR.search(written):
        for number, line in enumerate(written.split("\n"), 1):
            if _STRANGE.search(line) or _STRANGE_PAIR.search(line):
                yield number, line


def encoding_of(font: str) -> Literal["", "tcvn3", "tcvn3_capitals", "vni"]:
    """The encoding that a font shows letters in, by its name: `.VnTime`, `.VnTimeH` (capitals only), `VNI-Times`."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return "tcvn3_capitals" if name.endswith("h") else "tcvn3"
    return "vni" if name.startswith("vni-") else ""


def from_font(font: str, words: str) -> str:
    """Words as a font shows them. Those that have letters which no such font has are Unicode, whatever it is called."""
    encoding = encoding_of(font)
    if not encoding or _PROPER.search(words):
        return words
    if encoding == "vni":
        return _from_vni(words)
    meant = _from_tcvn3(words)
    return meant.upper() if encoding == "tcvn3_capitals" else meant


def _from_tcvn3(word: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in word)


def _from_vni(word: str) -> str:
    def meant(match: re.Match[str]) -> str:
        letters = _VNI[match.group().lower()]
        return letters.upper() if match.group()[0].isupper() else letters

    return _VNI_MARK.sub(meant, word)
