"""What synthetic procedures are named and made of: fields, objects, acts, papers and the laws they rest on.

A name is act + object + circumstance. The words stand in procedure_words.yaml: the names, papers and steps are our own;
the laws are real ones of 2000-2019, cited by their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugins.portal.vocabulary import Audience
from tools.corpus.vocabulary import SubjectKey
from tools.corpus.words import load

ActKind = Literal["licence", "registration", "status", "attestation", "petition", "benefit", "appraisal"]


@dataclass(frozen=True)
class Act:
    """What an agency does with an object, and in which circumstances it can happen."""

    verb: str
    result: str
    """What the citizen gets; `{object}` stands for the object."""
    circumstances: tuple[str, ...]


@dataclass(frozen=True)
class Matter:
    """An object of procedures, and the everyday words for it."""

    name: str
    everyday: tuple[str, ...]


@dataclass(frozen=True)
class Law:
    """A law in force at some time between 2015 and 2019."""

    title: str
    number: str


@dataclass(frozen=True)
class FieldVocabulary:
    """A field of administration and what its procedures are about."""

    name: str
    subject: SubjectKey
    local: bool
    """Whether districts and communes perform it: then the province owns the record."""
    matters: dict[ActKind, tuple[Matter, ...]]
    audiences: tuple[Audience, ...]
    laws: tuple[Law, ...]
    papers: tuple[str, ...]
    """Papers of this field, besides the application."""


@dataclass(frozen=True)
class ProcedureVocabulary:
    """All of procedure_words.yaml; in steps and descriptions `{who}`, `{where}`, `{act}` and `{matter}` are filled."""

    acts: dict[ActKind, tuple[Act, ...]]
    fields: tuple[FieldVocabulary, ...]
    """In the order of their weight: the first fields of each kind have the most procedures."""
    common_papers: tuple[str, ...]
    shown_papers: tuple[str, ...]
    paper_cases: tuple[str, ...]
    steps: tuple[str, ...]
    descriptions: tuple[str, ...]
    conditions: tuple[str, ...]
    performers: dict[str, str]
    """By level, what its bodies are called."""


_WORDS = load("procedure_words.yaml", ProcedureVocabulary)
ACTS = _WORDS.acts
FIELDS = _WORDS.fields
COMMON_PAPERS = _WORDS.common_papers
SHOWN_PAPERS = _WORDS.shown_papers
PAPER_CASES = _WORDS.paper_cases
STEPS = _WORDS.steps
DESCRIPTIONS = _WORDS.descriptions
CONDITIONS = _WORDS.conditions
PERFORMERS = _WORDS.performers
