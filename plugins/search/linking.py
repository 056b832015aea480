"""What search over all sites is made of: their counts, and how people speak."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import ascii_lowercase, digits

from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem, text
from plugins.portal.synonyms import SynonymList
from plugins.search.index import Index
from plugins.search.kinds import IndexKind
from plugins.search.queries import Speech, speech_of
from plugins.search.segments import read_segments
from plugins.search.syllables import folded, syllables


def linked_index(kind: IndexKind, versions: Mapping[str, Path]) -> Index:
    """The index over sites, from the folders of their compiled versions by slug."""
    paths = ((slug, version / "aside" / kind.segment) for slug, version in versions.items())
    return Index.of(read_segments(paths), common=kind.common)


def speech(synonyms: SynonymList) -> Speech:
    """How people speak, as queries are understood by it."""
    entries = ((synonym.say, synonym.mean) for synonym in synonyms.synonyms)
    return speech_of(entries, synonyms.stop_phrases, synonyms.stop_words)


def speech_files(synonyms: SynonymList) -> dict[str, str]:
    """How people speak, for browsers, by the name of the file: a query needs the letters that its words begin with."""
    by_letter: dict[str, list[tuple[list[str], tuple[str, ...]]]] = {letter: [] for letter in ascii_lowercase + digits}
    for synonym in synonyms.synonyms:
        said: dict[str, list[str]] = defaultdict(list)
        for phrase in synonym.say:
            if spoken := syllables(phrase):
                said[folded(spoken[0])[0]].append(phrase)
        for letter, phrases in said.items():
            by_letter[letter].append((phrases, synonym.mean))
    stops = {"stop_phrases": synonyms.stop_phrases, "stop_words": synonyms.stop_words}
    contents: dict[str, object] = {**by_letter, "dem": stops}
    return {f"{name}.json": json.dumps(c, ensure_ascii=False, separators=(",", ":")) for name, c in contents.items()}


def unknown_words(references: Iterable[Reference], index: Index) -> Iterable[Problem]:
    """Meanings of synonyms that find nothing: one of their syllables is in no procedure."""
    for reference in references:
        if reference.kind != "words":
            continue
        unknown = [s for s in syllables(reference.target) if folded(s) not in index.places]
        if unknown:
            message = text(
                '"{words}" finds nothing: no procedure has "{unknown}"', words=reference.target, unknown=unknown[0]
            )
            hint = text("write the words that the official texts have, or remove it")
            yield Problem(path=reference.path, line=reference.line, field=reference.field, message=message, hint=hint)
