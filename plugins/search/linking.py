"""What search over all sites is made of: their counts, and how people speak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from unicodedata import normalize

from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem, text
from plugins.portal.synonyms import SynonymList
from plugins.portal.values import compact_json
from plugins.search.index import Index
from plugins.search.kinds import IndexKind
from plugins.search.queries import Speech, speech_of
from plugins.search.segments import read_segments
from plugins.search.syllables import folded, syllables

DRAWERS = 256
"""Files of phrases."""
MOST_TOLD = 5
"""Meanings that find nothing, one by one."""


def linked_index(
    kind: IndexKind, versions: Mapping[str, CompiledVersion], known_bodies: Mapping[str, Sequence[int]] | None = None
) -> Index:
    """The index over sites, from their compiled versions by slug."""
    paths = ((slug, version.aside / kind.segment) for slug, version in versions.items())
    return Index.of(read_segments(paths), common=kind.common, known_bodies=known_bodies)


def speech(synonyms: SynonymList) -> Speech:
    """How people speak, as queries are understood by it."""
    entries = ((synonym.say, synonym.mean) for synonym in synonyms.synonyms)
    return speech_of(entries, **_words_around(synonyms))


def _words_around(synonyms: SynonymList) -> dict[str, tuple[str, ...]]:
    """What is said around phrases, by the name of the list."""
    return {
        "stop_phrases": synonyms.stop_phrases,
        "stop_words": synonyms.stop_words,
        "circumstance_words": synonyms.circumstance_words,
        "need_words": synonyms.need_words,
        "words_between": synonyms.words_between,
    }


def speech_files(synonyms: SynonymList) -> dict[str, str]:
    """How people speak, for browsers, by the name of the file: a query needs the drawers of its own words."""
    drawers: list[list[tuple[list[str], tuple[str, ...]]]] = [[] for _ in range(DRAWERS)]
    for synonym in synonyms.synonyms:
        by_drawer: dict[int, list[str]] = defaultdict(list)
        for phrase in synonym.say:
            if spoken := syllables(phrase):
                by_drawer[drawer(folded(spoken[0]))].append(phrase)
        for number, phrases in by_drawer.items():
            drawers[number].append((phrases, synonym.mean))
    contents: dict[str, object] = {str(number): entries for number, entries in enumerate(drawers)}
    contents["dem"] = _words_around(synonyms)
    return {f"{name}.json": compact_json(c) for name, c in contents.items()}


def drawer(syllable: str) -> int:
    """Where phrases are kept that begin with a folded syllable; `theme/static/search/queries.js` counts the same."""
    return reduce(lambda hashed, letter: (hashed * 31 + ord(letter)) % DRAWERS, syllable, 0)


def unknown_words(references: Iterable[Reference], index: Index) -> Iterable[Problem]:
    """Meanings of synonyms that find nothing: one of their syllables is in no procedure.

    Each by itself where they are few, which may be slips of the pen; of many, words for procedures that the portal
    does not have, it is told how many they are.
    """
    told = [
        (reference, normalize("NFC", unknown[0]))
        for reference in references
        if reference.kind == "words"
        and (unknown := [s for s in syllables(reference.target) if folded(s) not in index.places])
    ]
    hint = text("write the words that the official texts have, or remove it")
    for reference, syllable in told[:1] if len(told) > MOST_TOLD else told:
        if len(told) > MOST_TOLD:
            message = text(
                '{number} meanings find nothing; of the first, "{words}", no procedure has "{unknown}"',
                number=len(told), words=reference.target, unknown=syllable,
            )  # fmt: skip
        else:
            message = text(
                '"{words}" finds nothing: no procedure has "{unknown}"', words=reference.target, unknown=syllable
            )
        yield Problem(path=reference.path, line=reference.line, field=reference.field, message=message, hint=hint)
