"""The words of the national database's closed lists, as our own keys."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plugins.importing.national.cleaning import one_line
from plugins.importing.national.draft import DoubtKind, Doubts
from plugins.portal.identifiers import SLUG_MAX_LENGTH, fold, slugify
from plugins.portal.vocabulary import AUDIENCES as AUDIENCE_TERMS
from plugins.portal.vocabulary import PROCEDURE_KINDS, PROCEDURE_STATUSES, Term

_LETTER = re.compile(r"[^\W_]")


class Words:
    """A closed list as people write it, with or without its diacritics, and the key that each word stands for."""

    def __init__(self, keys: Mapping[str, str], kind: DoubtKind) -> None:
        self._keys = {fold(word): key for word, key in keys.items()}
        self._kind = kind
        # The longest first: "Tổ chức (không ..." must not be taken for another value that begins alike.
        longest_first = sorted(self._keys, key=lambda word: (-len(word), word))
        ends = {word: r"(?!\w)" if word[-1].isalnum() else "" for word in longest_first}
        self._pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}{ends[word]}" for word in longest_first))

    def single(self, written: str, field: str, doubts: Doubts) -> str | None:
        """The key of the word; a doubt where there is a word, but none that is known."""
        line = one_line(written)
        key = self._keys.get(fold(line).rstrip(". "))
        if line and key is None:
            doubts.add(field, self._kind, got=line)
        return key

    def several(self, written: str, field: str, doubts: Doubts) -> tuple[str, ...]:
        """The keys of all words that are written, in order; a doubt names what is left of the text.

        The values contain commas: they are looked for as they stand, never split.
        """
        line = one_line(written)
        folded = fold(line)
        left = _without(line, folded, self._pattern)
        if _LETTER.search(left):
            parts = (part.strip() for part in re.split("[,;]", left))
            doubts.add(field, self._kind, got=", ".join(part for part in parts if part))
        return tuple(dict.fromkeys(self._keys[word] for word in self._pattern.findall(folded)))

    def within(self, written: str) -> str | None:
        """The key of the first word that the text contains."""
        match = self._pattern.search(fold(one_line(written)))
        return self._keys[match[0]] if match else None


def _without(line: str, folded: str, pattern: re.Pattern[str]) -> str:
    """What is left of the line without the words, with its diacritics where folding kept its length."""
    source = line if len(line) == len(folded) else folded
    left, end = "", 0
    for match in pattern.finditer(folded):
        left, end = left + source[end : match.start()], match.end()
    return left + source[end:]


def _terms(terms: Mapping[str, Term]) -> dict[str, str]:
    return {term.vi: key for key, term in terms.items()}


LEVELS = Words(
    {
        "cấp bộ": "ministry",
        "cấp trung ương": "ministry",
        "cấp tỉnh": "province",
        "cấp huyện": "district",
        "cấp xã": "commune",
        "cơ quan khác": "other",
    },
    "unknown_level",
)
LEVEL_NUMBERS = {"0": "ministry", "1": "province", "2": "district", "3": "commune"}
AUDIENCES = Words(
    {
        "Doanh nghiệp Việt Nam": "enterprise",
        "Người nước ngoài cư trú tại Việt Nam": "foreigner",
        **_terms(AUDIENCE_TERMS),
    },
    "unknown_audience",
)
KINDS = Words(
    {
        "TTHC được giao luật quy định chi tiết": "detailed_by_law",  # so on the national portal
        "TTHC không được luật giao cho địa phương quy định": "not_delegated",
        "TTHC không được luật giao cho địa phương quy định (hoặc được giao)": "not_delegated",
        "Loại khác / TTHC đặc thù": "other",
        **_terms(PROCEDURE_KINDS),
    },
    "unknown_kind",
)
CHANNELS = Words(
    {
        "trực tuyến": "online",
        "qua mạng": "online",
        "bưu chính": "post",
        "bưu điện": "post",
        "trực tiếp": "in_person",
    },
    "unknown_channel",
)
CHANNEL_NUMBERS = {"1": "in_person", "2": "online", "3": "post"}
FEE_NUMBERS = {"1": "charge", "2": "fee"}
UNITS = {"ngày làm việc": "working_day", "ngày": "day", "giờ": "hour", "tháng": "month"}
STATUSES = Words(
    {
        "hết hiệu lực": "abolished",
        "bãi bỏ": "abolished",
        "bị bãi bỏ": "abolished",
        "tạm ngưng": "suspended",
        **_terms(PROCEDURE_STATUSES),
    },
    "unknown_status",
)


def field_slug(name: str) -> str:
    """The slug of a field of administration, cut at a whole word."""
    slug = slugify(name)
    return slug if len(slug) <= SLUG_MAX_LENGTH else slug[: SLUG_MAX_LENGTH + 1].rpartition("-")[0]
