"""How people speak of procedures: the file `synonyms.yaml`, which search looks things up in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from plugins.portal.fields import ContentModel, Many, Word


def _with_a_letter(phrase: str) -> str:
    if not any(character.isalnum() for character in phrase):
        raise PydanticCustomError("phrase_without_letter", "not of this kind", {"got": phrase})
    return phrase


Phrase = Annotated[Word, AfterValidator(_with_a_letter)]


class Synonym(ContentModel):
    """What people say, and what the official texts call it."""

    say: Annotated[Many[Phrase], Field(min_length=1)]
    """Such as `sổ đỏ`; a syllable typed without marks finds it too."""
    mean: Annotated[Many[Phrase], Field(min_length=1)]
    """Such as `giấy chứng nhận quyền sử dụng đất`; searched besides what was typed, and not looked up again."""


def _each_said_once(synonyms: tuple[Synonym, ...]) -> tuple[Synonym, ...]:
    seen: set[str] = set()
    for phrase in (spoken for synonym in synonyms for spoken in synonym.say):
        if phrase.casefold() in seen:
            raise PydanticCustomError("said_twice", "not of this kind", {"got": phrase})
        seen.add(phrase.casefold())
    return synonyms


def _without_cycles(synonyms: tuple[Synonym, ...]) -> tuple[Synonym, ...]:
    leads_to = {
        spoken.casefold(): [meaning.casefold() for meaning in synonym.mean]
        for synonym in synonyms
        for spoken in synonym.say
    }
    for spoken in leads_to:
        if spoken in _reached(leads_to[spoken], leads_to):
            raise PydanticCustomError("means_itself", "not of this kind", {"got": spoken})
    return synonyms


def _reached(begin: Iterable[str], leads_to: dict[str, list[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(begin)
    while waiting:
        phrase = waiting.pop()
        if phrase not in reached:
            reached.add(phrase)
            waiting += leads_to.get(phrase, ())
    return reached


class SynonymList(ContentModel):
    """The file `synonyms.yaml`."""

    synonyms: Annotated[Many[Synonym], AfterValidator(_each_said_once), AfterValidator(_without_cycles)] = ()
    stop_phrases: Many[Phrase] = ()
    """Said around what is wanted, such as `tôi muốn`: left out, unless nothing else was typed."""
    stop_words: Many[Phrase] = ()
    """Left out where they are typed with just these marks, in a query that has marks."""
