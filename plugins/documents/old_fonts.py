"""Words in fonts from before Unicode (TCVN3, VNI) as these show them, and a list of what they cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plugins.documents.transcripts import Doubt
from plugins.portal.legacy_fonts import encoding_of, from_font
from plugins.portal.problems import text

_BEGINS_A_SENTENCE = re.compile(r"(?:^|[.!?]\s+)([àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]\w*)")
_STILL_STRANGE = re.compile(r"[\x80-\xa6\xa8-\xaa\xac-\xaf\xb2-\xb6\xb8-\xba\xbc-\xbf\xd7]")


@dataclass
class OldFonts:
    """Reads the words of one file."""

    _lower: dict[str, None] = field(default_factory=dict)
    _unread: dict[str, None] = field(default_factory=dict)

    def meant(self, font: str, words: str) -> str:
        """Words as the font shows them; of any other font as they are."""
        return from_font(font, words)

    def note(self, font: str, meant: str) -> None:
        """Remember what of these words, which were `meant`, the font cannot say."""
        encoding = encoding_of(font)
        if encoding == "tcvn3":
            self._lower |= {match[1]: None for match in _BEGINS_A_SENTENCE.finditer(meant)}
        if encoding:
            self._unread |= dict.fromkeys(_STILL_STRANGE.findall(meant))

    def losses(self) -> Iterator[Doubt]:
        if self._lower:
            message = text("its old font has no capitals with tones: look at {words}", words=some(self._lower))
            yield Doubt("text", message)
        if self._unread:
            yield Doubt("text", text("letters of its old font are unknown: {words}", words=some(self._unread)))


def some(words: Iterable[str]) -> str:
    """The first of several words, quoted."""
    several = list(words)
    return ", ".join(f'"{word}"' for word in several[:8]) + (" …" if len(several) > 8 else "")
