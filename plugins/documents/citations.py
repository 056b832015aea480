"""What sites are told of documents once all are known: numbers, statuses, and what rests on documents that ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.documents.cards import DocumentCard
from plugins.documents.numbering import numbering_problems
from plugins.documents.validity import Register, State
from plugins.portal.manifest import Reference, SiteManifest
from plugins.portal.problems import Problem, Text, text
from plugins.portal.values import day

NUMBER = "number"
"""The kind of references that name a document by its number."""


@dataclass(frozen=True)
class Citation:
    """A place that names a document."""

    site: str
    reference: Reference
    document: DocumentCard


def citations(register: Register, manifests: Mapping[str, SiteManifest]) -> Iterator[Citation]:
    """Every place of all sites that names a document which the portal has, in order of site and file."""
    for slug, manifest in sorted(manifests.items()):
        for reference in manifest.references:
            document = register.of_number(reference.target) if reference.kind == NUMBER else None
            if document is not None:
                yield Citation(slug, reference, document)


def problems_between(
    cards: Iterable[DocumentCard], manifests: Mapping[str, SiteManifest]
) -> Iterator[tuple[str, Problem]]:
    """What is odd, each with the slug of the site that should look at it."""
    register = Register(cards)
    yield from numbering_problems(register.cards)
    yield from _statuses(register)
    yield from _unclear_relations(register)
    for citation in citations(register, manifests):
        told = of_ended(register, citation.document)
        if told is not None:
            message, hint = told
            at = citation.reference
            yield citation.site, Problem(path=at.path, line=at.line, field=at.field, message=message, hint=hint)


def _statuses(register: Register) -> Iterator[tuple[str, Problem]]:
    for card in register.cards:
        message = register.contradiction(card)
        if message is not None:
            hint = text("take status out, mend the days, or say expiry_reason or expired_part")
            yield card.agency_slug, _at(card, card.lines.get("status"), "status", message, hint)


def _unclear_relations(register: Register) -> Iterator[tuple[str, Problem]]:
    for card in register.cards:
        for index, relation in enumerate(card.relations):
            several = register.named(relation.number, relation.issued)
            field = f"relations[{index}].number"
            if len(several) > 1:
                message = text('"{number}" is the number of {count} documents', number=relation.number,
                               count=len(several))  # fmt: skip
                hint = text("say the day of the one that is meant in issued")
                yield card.agency_slug, _at(card, relation.line, field, message, hint)
            elif several and several[0].url == card.url:
                message = text("the document names itself")
                yield card.agency_slug, _at(card, relation.line, field, message, text("mend the number"))


def _at(card: DocumentCard, line: int | None, field: str, message: Text, hint: Text) -> Problem:
    return Problem(path=card.path, line=line or None, field=field, message=message, hint=hint)


def of_ended(register: Register, card: DocumentCard) -> tuple[Text, Text] | None:
    """What is said to those who cite a document that applies no more, or soon will not; None of any other."""
    state = register.state(card)
    if state.validity == "expired":
        since = text("since {day}", day=day(state.since)) if state.since else text("any more")
        return text("{number} has not applied {since}", number=card.number, since=since), _remedy(state)
    if state.to_come is not None:
        effect = state.to_come
        message = text("{number} will not apply from {day} on", number=card.number, day=day(effect.since))
        return message, text("from then on cite {number}", number=effect.source.number)
    return None


def _remedy(state: State) -> Text:
    if state.by is None:
        return text("look for what applies in its place")
    return text("look whether {number}, which ended it, is to be cited", number=state.by.number)
