"""What templates may do with a value."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from plugins.portal.opening import english_days
from plugins.portal.values import clock, day, isodate, number, paragraphs
from plugins.portal.vocabulary import Term

_WIDE = re.compile(r"(<table\b[^>]*>)|(</table>)|<pre>")
_ALIGNED = re.compile(r'(<t[dh]\b[^>]*?) align="(left|center|right)"')
_MEGABYTE = 1024 * 1024
_TABLE = {"vi": "Bảng", "en": "Table"}


def prose(html: str, language: str = "vi") -> Markup:
    """An editor's text, sanitised before, for a page: what is too wide for it scrolls by itself, also by keyboard."""
    numbers = count(1)

    def wrap(match: re.Match[str]) -> str:
        if match[1]:
            name = f"{_TABLE[language]} {next(numbers)}"
            return f'<div class="wide" role="group" tabindex="0" aria-label="{name}">{match[1]}'
        return "</table></div>" if match[2] else '<pre tabindex="0">'

    aligned = _ALIGNED.sub(r'\1 class="\2"', html)  # the attribute is obsolete, and a style is forbidden
    return Markup(_WIDE.sub(wrap, aligned))  # noqa: S704  # sanitised by the articles' reader


def file_size(size: int, language: str = "vi") -> str:
    """Bytes as people read them: `12 KB`, `1,5 MB`; in English `1.5 MB`."""
    if size < _MEGABYTE:
        return f"{number((size + 1023) // 1024, language)} KB"
    return f"{number(round(size / _MEGABYTE, 1), language)} MB"


def zalo_share(address: str) -> str:
    """Where Zalo asks with whom an address is to be shared. Zalo describes only the script of its button; this is what
    that button opens: the address as JSON, in base64."""
    told = b64encode(json.dumps({"url": address}, separators=(",", ":")).encode()).decode()
    return f"https://button-share.zalo.me/share_external?d={quote(told, safe='')}"


def in_words(written: str | None, english: str | None = None, *, language: str) -> str:
    """What the province wrote in Vietnamese, for a page in a language: its English where there is one."""
    return (english if language == "en" and english else written) or ""


def written(words: str | None, english: str | None = None, *, language: str) -> Markup:
    """The same as HTML: on a page in English what there is in Vietnamese alone says that it is."""
    if language == "vi" or english or not words or not any(map(str.isalpha, words)):
        return escape(in_words(words, english, language=language))
    return Markup('<span lang="vi">{}</span>').format(words)


def weekdays(days: str, *, language: str) -> Markup:
    """Days of opening hours as the page's language says them, where they can be read."""
    return written(days, english_days(days) if language == "en" else None, language=language)


def current(url: str, here: str, home_url: str) -> str:
    """`aria-current` of a menu's entry on the page `here`: "page", "true" on a page below it, else empty."""
    if url == here:
        return "page"
    return "true" if url != home_url and here.startswith(url) else ""


def filters(language: str) -> dict[str, Callable[..., Any]]:
    """The filters by name, for pages whose own words are in a language."""

    def say(term: Term) -> str:
        return term.say(language)

    def explain(term: Term) -> str:
        return term.explain(language)

    return {
        "day": partial(day, language=language),
        "clock": partial(clock, language=language),
        "isodate": isodate,
        "current": current,
        "number": partial(number, language=language),
        "paragraphs": paragraphs,
        "prose": prose,
        "file_size": partial(file_size, language=language),
        "zalo_share": zalo_share,
        "say": say,
        "in_words": partial(in_words, language=language),
        "written": partial(written, language=language),
        "weekdays": partial(weekdays, language=language),
        "explain": explain,
    }
