"""The net below all rules: each word of a text is on its page, or was accounted for; what is not is told with its line.

It knows nothing of Markdown and nothing of HTML but how to take tags away: what no rule has thought of is caught too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import pairwise

from plugins.articles.remarks import Remarks
from plugins.portal.characters import tidy
from plugins.portal.problems import text

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_PICTURE = re.compile(r'<img\b[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ALTERNATIVE = re.compile(r'\balt="([^"]*)"')
_ELEMENT = re.compile("<([a-z][a-z0-9]*)")
SHOWN_WORDS = 12
"""Of what is missing on a line."""


def words(source: str) -> list[str]:
    """The words and numbers of a text as they are compared: without capitals and marks between them."""
    return _WORD.findall(source.casefold())


def visible_text(html: str) -> str:
    """What sanitised HTML says to a reader: its text, and what stands for pictures."""
    if "<img" in html:
        html = _PICTURE.sub(lambda match: f" {' '.join(_ALTERNATIVE.findall(match.group()))} ", html)
    stripped = _TAG.sub(" ", html)
    return unescape(stripped) if "&" in stripped else stripped


def tell_what_is_missing(
    body: str, html: str, uncounted: Iterable[str], added: Iterable[str], remarks: Remarks
) -> None:
    """A problem for each line of `body` with words that the sanitised `html` does not show, if it has none yet.

    `uncounted` are parts of the text that are no words of it (addresses, tags), `added` words of the page that nobody
    wrote.
    """
    visible = Counter(words(visible_text(html)))
    visible.subtract(words(" ".join(added)))
    visible.update(words(unescape(" ".join(uncounted))))
    missing = Counter(words(_read(body))) - visible
    if missing and "&" in body:
        # In code an entity is what it looks like.
        missing &= Counter(words(body)) - visible
    if missing:
        told = remarks.lines_with_problems()
        for line, lost in sorted(_located(body, missing, words(visible_text(html)), told).items()):
            if line not in told:
                _tell(line, lost, remarks)


def tell_lost_elements(written: str, html: str, elements: Sequence[tuple[str, int]], remarks: Remarks) -> None:
    """Advice for each of the `elements` of a text (name, line) that was `written` and that the sanitised `html` lacks.

    Of several of one name those are taken first of which nothing was told.
    """
    if not elements:
        return
    lost = Counter(_ELEMENT.findall(written)) - Counter(_ELEMENT.findall(html))
    told = remarks.lines_told()
    for name, count in lost.items():
        lines = [line for element, line in elements if element == name and line not in told]
        for line in lines[-count:]:
            message = text("{tag} is left out", tag=f"<{name}>")
            remarks.advice(line, message, text("remove it; write Markdown instead of HTML where you can"))


def _read(body: str) -> str:
    return tidy(unescape(body)) if "&" in body else body


def _tell(line: int, lost: list[str], remarks: Remarks) -> None:
    listed = " ".join(lost[:SHOWN_WORDS]) + (" …" if len(lost) > SHOWN_WORDS else "")
    hint = text("write it otherwise: look at the marks around it, such as < > [ ] | ` and &")
    remarks.problem(line, text('these words would not be shown: "{words}"', words=listed), hint)


def _located(body: str, missing: Counter[str], visible: list[str], told: set[int]) -> dict[int, list[str]]:
    """The missing words by their line, counted from 0.

    Of a word that stands in several places those are taken first of which something was `told`, and those whose
    neighbours on the page are others.
    """
    neighbours = set(pairwise(visible))
    places: dict[str, list[tuple[bool, int, int]]] = {word: [] for word in missing}
    for number, line in enumerate(_read_lines(body)):
        line_words = words(line)
        for position, word in enumerate(line_words):
            if word in places:
                before = (line_words[position - 1], word) in neighbours if position else True
                after = (word, line_words[position + 1]) in neighbours if position + 1 < len(line_words) else True
                places[word].append((number not in told, before + after, number))
    lost: dict[int, list[str]] = {}
    for word, count in missing.items():
        for *_, number in sorted(places[word])[:count]:
            lost.setdefault(number, []).append(word)
    return lost


def _read_lines(body: str) -> list[str]:
    return [_read(line) for line in body.split("\n")]
