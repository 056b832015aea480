"""What search over all sites is made of: their counts, and how people speak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import normalize

from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem, text
from plugins.portal.synonyms import SynonymList
from plugins.search.index import Index
from plugins.search.kinds import IndexKind
from plugins.search.queries import Speech, Vocabulary, speech_of
from plugins.search.segments import read_segments
from plugins.search.shards import Spoken
from plugins.search.syllables import folded, syllables

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


def spoken(synonyms: SynonymList, vocabulary: Vocabulary) -> Spoken:
    """How people speak, for browsers.

    A phrase stands beside its rarest syllable: a query that has it asks for the terms of that, too.
    """
    phrases: dict[str, list[tuple[list[str], tuple[str, ...]]]] = defaultdict(list)
    for synonym in synonyms.synonyms:
        by_syllable: dict[str, list[str]] = defaultdict(list)
        for phrase in synonym.say:
            if plain := [folded(syllable) for syllable in syllables(phrase)]:
                by_syllable[min(plain, key=lambda syllable: (vocabulary.get(syllable, 0), syllable))].append(phrase)
        for syllable, texts in by_syllable.items():
            phrases[syllable].append((texts, synonym.mean))
    return Spoken(_words_around(synonyms), phrases)


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
