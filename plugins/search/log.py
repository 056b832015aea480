"""What people looked for and did not find, from the log of the server that serves: counted, and nobody is in it.

The search page has the query in its address, and a form or a link asks the server for it. Of a line only the query is
kept; one with six digits on end (a number of a person or a dossier, a telephone) is left out, and so is what few asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from plugins.portal import addresses
from plugins.search.syllables import folded, syllables

FITS = 0.55
"""The share of a query that its best answer has, from which it answers it; `FIT` of `search/finding.js` is the same."""
LEAST = 3
"""Times that something is asked before it is listed."""
LONGEST = 200
_REQUEST = re.compile(r'"GET (\S+) HTTP/[0-9.]+" 2')
_PERSONAL = re.compile(r"[0-9](?:[ .-]?[0-9]){5}|@")
_CODE = re.compile(r"^\s*[0-9]\.[0-9]{6}")


@dataclass(frozen=True)
class Missed:
    """Something that was asked and found nothing, or nothing that fits."""

    query: str
    times: int
    nearest: str
    """The title of what comes nearest; empty where there is nothing."""


@dataclass(frozen=True)
class LogSummary:
    """What a log says of searching."""

    queries: int
    """All that were asked."""
    left_out: int
    """Those that may be of a person."""
    missed: tuple[Missed, ...]
    """The most asked first."""


def summed_up(lines: Iterable[str], best: Callable[[str], tuple[str, float] | None], least: int = LEAST) -> LogSummary:
    """Count what the lines of an access log (nginx's `combined`) say was asked.

    `best` gives the title of the best answer to a query, and the share of it that the answer has; None where there is
    none. The same words with and without marks are one query.
    """
    spelt: dict[str, Counter[str]] = {}
    asked = left_out = 0
    for query in filter(None, map(_query, lines)):
        asked += 1
        if _PERSONAL.search(query) and not _CODE.match(query):
            left_out += 1
        else:
            spelt.setdefault(" ".join(map(folded, syllables(query))), Counter())[query] += 1
    missed = []
    for spellings in spelt.values():
        times = spellings.total()
        query = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
        answer = best(query) if times >= least else None
        if times >= least and (answer is None or answer[1] < FITS):
            missed.append(Missed(query, times, answer[0] if answer else ""))
    return LogSummary(asked, left_out, tuple(sorted(missed, key=lambda each: (-each.times, each.query))))


def _query(line: str) -> str | None:
    """What a line asks the search page for; None where it asks for something else."""
    if (request := _REQUEST.search(line)) is None:
        return None
    try:
        address = urlsplit(request[1])
    except ValueError:  # anybody may ask for anything
        return None
    if not address.path.endswith(f"/{addresses.SEARCH}"):
        return None
    asked = parse_qs(address.query, max_num_fields=20).get("q", [""])[0] if address.query.count("&") < 20 else ""
    return " ".join(asked[:LONGEST].split()) or None
