"""How people speak of procedures: the file `synonyms.yaml`, which search looks things up in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from plugins.portal.fields import Conflict, ContentModel, Many, Word


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


def _each_said_once(record: SynonymList) -> Iterator[Conflict]:
    """Not by two synonyms: that one of them says it twice does no harm."""
    spoken = [{phrase.casefold(): phrase for phrase in _phrases(synonym, "say")} for synonym in record.synonyms]
    met: Counter[str] = Counter()
    for phrases in spoken:
        for folded, phrase in phrases.items():
            met[folded] += 1
            if met[folded] == 2:
                yield Conflict("said_twice", ("synonyms",), {"got": phrase})


def _without_cycles(record: SynonymList) -> Iterator[Conflict]:
    leads_to = {
        spoken.casefold(): [meaning.casefold() for meaning in _phrases(synonym, "mean")]
        for synonym in record.synonyms
        for spoken in _phrases(synonym, "say")
    }
    told: set[str] = set()
    for spoken in leads_to:
        reached = _reached(leads_to[spoken], leads_to)
        if spoken in reached and spoken not in told:
            told |= {other for other in reached if spoken in _reached(leads_to.get(other, ()), leads_to)}
            yield Conflict("means_itself", ("synonyms",), {"got": spoken})


def _phrases(synonym: Synonym, name: str) -> list[str]:
    """The phrases of one of a synonym's lists that are right by themselves."""
    return [phrase for phrase in getattr(synonym, name, ()) if phrase is not None]


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

    checks = (_each_said_once, _without_cycles)

    synonyms: Many[Synonym] = ()
    stop_phrases: Many[Phrase] = ()
    """Said around what is wanted, such as `tôi muốn`: left out, unless nothing else was typed."""
    stop_words: Many[Phrase] = ()
    """Left out where they are typed with just these marks, in a query that has marks."""
    circumstance_words: Many[Phrase] = ()
    """Such as `cho` or `khi`: what follows says for whom, where or when, and counts half."""
    need_words: Many[Phrase] = ()
    """Such as `muốn` or `đổi`: what follows says what is needed, also after a circumstance."""
    words_between: Many[Phrase] = ()
    """Small words such as `mới` or `cái`, which may stand inside a phrase of `say`."""
