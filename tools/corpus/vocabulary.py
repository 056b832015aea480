"""What the corpus speaks of: subjects with their phrases, bodies, places and the small words between them.

The words stand in words.yaml: our own throughout, Vietnamese of the civil service in its plain form. The order of a
list matters: the first phrases are used most (`sentences.zipf`), the last ones are the rare terms that a search engine
has to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugins.portal.vocabulary import AgencyKind
from tools.corpus.words import load

SubjectKey = Literal[
    "health", "agriculture", "land", "education", "transport", "justice", "culture", "labour", "investment", "it",
    "environment", "social", "construction", "home_affairs", "trade", "finance",
]  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """A subject of public administration and the phrases that sentences about it are made of."""

    name: str
    """The topic of its articles."""
    things: tuple[str, ...]
    """Nouns: what it is about."""
    deeds: tuple[str, ...]
    """Verbs with their objects: what is done."""
    people: tuple[str, ...]
    """Nouns: whom it concerns."""
    troubles: tuple[str, ...]
    """Nouns: what goes wrong."""
    remedies: tuple[str, ...]
    """Verbs with their objects: what is done about it."""
    gains: tuple[str, ...]
    """Clauses: what comes of it."""
    events: tuple[str, ...]
    """Nouns: occasions that people are called to."""
    tallies: tuple[str, ...]
    """Nouns: what is counted, for tables."""


@dataclass(frozen=True)
class Body:
    """A provincial body: an agency of the corpus before it has a place in it."""

    name: str
    short_name: str
    kind: AgencyKind
    subjects: tuple[SubjectKey, ...]
    parent: str = ""
    """The full name of the body it belongs to; empty if to none."""


@dataclass(frozen=True)
class Vocabulary:
    """All of words.yaml."""

    subjects: dict[SubjectKey, Subject]
    office: str
    """The full name of the body that others belong to."""
    bodies: tuple[Body, ...]
    """In the order in which a corpus takes them: the large bodies first."""
    place_beginnings: tuple[str, ...]
    place_endings: tuple[str, ...]
    place_sides: tuple[str, ...]
    seasons: tuple[str, ...]
    times: tuple[str, ...]
    partners: tuple[str, ...]
    manners: tuple[str, ...]
    qualities: tuple[str, ...]
    links: tuple[str, ...]
    colours: tuple[str, ...]


_WORDS = load("words.yaml", Vocabulary)
SUBJECTS = _WORDS.subjects
OFFICE = _WORDS.office
BODIES = _WORDS.bodies
PLACE_BEGINNINGS = _WORDS.place_beginnings
PLACE_ENDINGS = _WORDS.place_endings
PLACE_SIDES = _WORDS.place_sides
SEASONS = _WORDS.seasons
TIMES = _WORDS.times
PARTNERS = _WORDS.partners
MANNERS = _WORDS.manners
QUALITIES = _WORDS.qualities
LINKS = _WORDS.links
COLOURS = _WORDS.colours
ALL_SUBJECTS: tuple[SubjectKey, ...] = tuple(SUBJECTS)
