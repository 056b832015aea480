"""What became of documents: their relations in both directions, and from these and their days what still applies.

Nothing here depends on the day: cards say which of their days have come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from plugins.documents.cards import DocumentCard, RelationCard
from plugins.documents.numbers import NumberKey, read_number
from plugins.documents.vocabulary import VALIDITIES, Validity
from plugins.portal.manifest import ManifestModel
from plugins.portal.problems import Text, text

_WHOLLY = ("replaces", "repeals")
_STRONG = ("expired", "not_yet")
"""What days and relations alone decide."""


@dataclass(frozen=True)
class Effect:
    """What one document does to another that the portal has."""

    relation: RelationCard
    source: DocumentCard
    """Whose text says so."""

    @property
    def since(self) -> date:
        return self.source.effective_from or self.source.issued

    @property
    def has_begun(self) -> bool:
        """Whether the document that does it applies already; one without a day does from its issue on."""
        return self.source.has_begun is not False

    @property
    def ends_all(self) -> bool:
        return self.relation.kind in _WHOLLY and self.relation.part is None

    @property
    def ends_part(self) -> bool:
        return self.relation.kind == "amends" or (self.relation.kind in _WHOLLY and self.relation.part is not None)


@dataclass(frozen=True)
class State:
    """Whether a document applies, and why."""

    validity: Validity | None
    """None where nothing says so."""
    since: date | None = None
    by: DocumentCard | None = None
    """The document that made it so."""
    to_come: Effect | None = None
    """What will end it wholly, on a day that has not come."""


class DocumentState(ManifestModel):
    """The same for programs."""

    status: Validity | None
    """What days and relations of all documents say; what these leave open, as it is written. null where nothing does"""
    status_since: date | None
    """The day from which it holds, where one is known"""
    status_by: str
    """The number of the document that made it so; empty where none did"""


def states_of(cards: Sequence[DocumentCard]) -> dict[str, DocumentState]:
    """What is told of each document, by the address of its page."""
    register = Register(cards)
    states = {card.url: register.state(card) for card in register.cards}
    return {
        url: DocumentState(
            status=state.validity, status_since=state.since, status_by=state.by.number if state.by is not None else ""
        )
        for url, state in states.items()
    }


class Register:
    """Documents of all sites, by number."""

    def __init__(self, cards: Iterable[DocumentCard]) -> None:
        self.cards = sorted(cards, key=lambda card: (card.issued, card.url))
        self._states: dict[str, State] = {}
        self._by_key: dict[NumberKey, list[DocumentCard]] = defaultdict(list)
        for card in self.cards:
            if (key := card.key) is not None:
                self._by_key[key].append(card)

    def named(self, number: str, issued: date | None = None) -> list[DocumentCard]:
        """Those that a number may mean, the oldest first; `issued` tells those of one number apart."""
        read = read_number(number)
        cards = self._by_key.get(read.key, []) if read is not None else []
        if issued is not None and len(cards) > 1:
            cards = [card for card in cards if card.issued == issued] or [c for c in cards if c.year == issued.year]
        return cards

    def of_number(self, number: str, issued: date | None = None) -> DocumentCard | None:
        """The document of a number; None where there is none, or nobody can tell which."""
        cards = self.named(number, issued)
        return cards[0] if len(cards) == 1 else None

    def meant(self, card: DocumentCard, relation: RelationCard) -> DocumentCard | None:
        """The document that a relation of another names: of several the last that was there when it was issued."""
        cards = [other for other in self.named(relation.number, relation.issued) if other.url != card.url]
        earlier = [other for other in cards if other.issued <= card.issued]
        if earlier:
            return earlier[-1]
        return cards[0] if cards else None

    @cached_property
    def _effects(self) -> dict[str, list[Effect]]:
        effects: dict[str, list[Effect]] = defaultdict(list)
        for card in self.cards:
            for relation in card.relations:
                other = self.meant(card, relation)
                if other is not None:
                    effects[other.url].append(Effect(relation, card))
        return effects

    def effects_on(self, card: DocumentCard) -> list[Effect]:
        """What others do to a document, the oldest first."""
        return self._effects.get(card.url, [])

    def state(self, card: DocumentCard) -> State:
        """What is told of a document: what days and relations say; what these leave open, as it is written."""
        if card.url not in self._states:
            self._states[card.url] = self._state(card)
        return self._states[card.url]

    def _state(self, card: DocumentCard) -> State:
        derived = self._derived(card)
        if card.written_status is None or derived.validity in _STRONG or self.contradiction(card) is not None:
            return derived
        return State(card.written_status, to_come=derived.to_come)

    def _derived(self, card: DocumentCard) -> State:
        effects = self.effects_on(card)
        begun = [effect for effect in effects if effect.has_begun]
        whole = min((e for e in begun if e.ends_all), key=lambda effect: effect.since, default=None)
        if card.has_ended and card.effective_to is not None:
            end = card.effective_to + timedelta(days=1)
            if whole is None or whole.since > end:
                return State("expired", end)
        if whole is not None:
            return State("expired", whole.since, whole.source)
        to_come = min(
            (e for e in effects if e.ends_all and not e.has_begun), key=lambda effect: effect.since, default=None
        )
        if card.has_begun is False:
            return State("not_yet", card.effective_from, to_come=to_come)
        suspended = next(
            (e for e in reversed(begun) if e.relation.kind == "suspends" and not self._is_over(e.source)), None
        )
        if suspended is not None:
            return State("suspended", suspended.since, suspended.source, to_come)
        partly = max((e for e in begun if e.ends_part), key=lambda effect: effect.since, default=None)
        if partly is not None:
            return State("partly_expired", partly.since, partly.source, to_come)
        return State("in_force" if card.has_begun else None, card.effective_from, to_come=to_come)

    def _is_over(self, card: DocumentCard) -> bool:
        return card.has_ended or any(effect.ends_all and effect.has_begun for effect in self.effects_on(card))

    def contradiction(self, card: DocumentCard) -> Text | None:
        """What is wrong with the status that is written; None where there is none, or nothing."""
        written, derived = card.written_status, self._derived(card).validity
        if written is None or written == derived:
            return None
        if derived in _STRONG or (derived is not None and written in ("not_yet", "in_force")):
            return text(
                '"{status}" is written, but by its days and by other documents it is "{derived}"',
                status=VALIDITIES[written].vi,
                derived=VALIDITIES[str(derived)].vi,
            )
        if written in ("expired", "suspended") and card.expiry_reason is None:
            return text('"{status}" is written, and nothing says why', status=VALIDITIES[written].vi)
        if written == "partly_expired" and card.expired_part is None:
            return text('"{status}" is written, and nothing says which part', status=VALIDITIES[written].vi)
        return None
