"""Chance with a memory: sentences from templates, with words as unevenly used as in real texts.

A subject's phrases follow Zipf's law over the corpus; an article draws a few of them and comes back to those, as a
writer does, so that a term that occurs at all in a text occurs there several times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from string import Formatter
from typing import TypeVar

from tools.corpus.vocabulary import (
    ALL_SUBJECTS,
    LINKS,
    MANNERS,
    PARTNERS,
    QUALITIES,
    SEASONS,
    SUBJECTS,
    TIMES,
    SubjectKey,
)
from tools.corpus.words import load

T = TypeVar("T")
_SENTENCES = load("sentences.yaml", dict[str, tuple[str, ...]])


def stream(seed: int, name: str) -> Random:
    """The chance of one part of the corpus: more news must not change the procedures."""
    return Random(f"{seed}:{name}")  # noqa: S311  # reproducible texts, no secrets


def zipf(rng: Random, choices: Sequence[T]) -> T:
    """One of the choices, the n-th about n times as rarely as the first."""
    return choices[int((len(choices) + 1) ** rng.random()) - 1]


def some(rng: Random, choices: Sequence[T], count: int) -> list[T]:
    """Up to `count` different choices, the first ones most likely."""
    chosen: dict[T, None] = {}
    for _ in range(4 * count):
        chosen[zipf(rng, choices)] = None
        if len(chosen) == min(count, len(choices)):
            break
    return list(chosen)


def begun(sentence: str) -> str:
    """The sentence with a capital letter at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def continued(phrase: str) -> str:
    """The phrase as it stands inside a sentence, unless it begins with an abbreviation."""
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() or phrase[1:2] == " " else phrase


class Voice:
    """What one text speaks of: for each slot a few phrases, used in turn."""

    def __init__(self, slots: dict[str, list[str]]) -> None:
        self._slots = slots
        self._turn = dict.fromkeys(slots, -1)

    def next(self, slot: str) -> str:
        """The next phrase of the slot."""
        templates = self._slots[slot]
        self._turn[slot] += 1
        return templates[self._turn[slot] % len(templates)]


@dataclass(frozen=True)
class Template:
    """A sentence with slots, taken apart once."""

    parts: tuple[tuple[str, str | None], ...]

    def filled(self, voice: Voice) -> str:
        """The sentence in the words of `voice`."""
        return begun("".join(literal + (voice.next(slot) if slot else "") for literal, slot in self.parts))


def templates(sentences: Iterable[str]) -> tuple[Template, ...]:
    """Sentences with slots in braces."""
    return tuple(
        Template(tuple((literal, slot) for literal, slot, _, _ in Formatter().parse(sentence)))
        for sentence in sentences
    )


def phrase(voice: Voice, rng: Random, choices: Sequence[Template]) -> str:
    """One of the sentences."""
    return choices[int(rng.random() * len(choices))].filled(voice)


_AMOUNTS = ("hơn {}", "gần {}", "khoảng {}", "trên {}", "{}")


def _amount(rng: Random) -> str:
    return _AMOUNTS[int(rng.random() * len(_AMOUNTS))].format(int(10 ** (1 + 2 * rng.random())))


def voice_of(rng: Random, subject: SubjectKey, body: str, places: Iterable[str], year: int) -> Voice:
    """The voice of a text about `subject`; one in four borrows a little from another subject."""
    own = SUBJECTS[subject]
    things, deeds = some(rng, own.things, 5), some(rng, own.deeds, 4)
    if rng.random() < 0.25:
        other = SUBJECTS[rng.choice(ALL_SUBJECTS)]
        things.append(zipf(rng, other.things))
        deeds.append(zipf(rng, other.deeds))
    return Voice(
        {
            "thing": things,
            "deed": deeds,
            "people": some(rng, own.people, 3),
            "trouble": some(rng, own.troubles, 3),
            "remedy": some(rng, own.remedies, 5),
            "gain": some(rng, own.gains, 3),
            "event": some(rng, own.events, 2),
            "body": [body, "đơn vị", "cơ quan chuyên môn"],
            "place": list(places),
            "year": [str(year)],
            "partner": some(rng, PARTNERS, 3),
            "time": some(rng, TIMES, 4),
            "season": some(rng, SEASONS, 2),
            "manner": some(rng, MANNERS, 4),
            "quality": some(rng, QUALITIES, 4),
            "link": some(rng, LINKS, 5),
            "amount": [_amount(rng) for _ in range(5)],
        }
    )


HEADLINES = templates(_SENTENCES["headlines"])
PAGE_TITLES = templates(_SENTENCES["page_titles"])
OPENINGS = templates(_SENTENCES["openings"])
MIDDLES = templates(_SENTENCES["middles"])
TROUBLES = templates(_SENTENCES["troubles"])
REMEDIES = templates(_SENTENCES["remedies"])
CLOSINGS = templates(_SENTENCES["closings"])
HEADINGS = templates(_SENTENCES["headings"])
LIST_LEADS = templates(_SENTENCES["list_leads"])
LIST_ENTRIES = templates(_SENTENCES["list_entries"])
DOCUMENT_TITLES = templates(_SENTENCES["document_titles"])
ARTICLE_NAMES = templates(_SENTENCES["article_names"])
EFFECT_NAMES = templates(_SENTENCES["effect_names"])
PROCEDURE_LINKS = _SENTENCES["procedure_links"]
AGENCY_LINKS = _SENTENCES["agency_links"]
ARTICLE_LINKS = _SENTENCES["article_links"]
