"""What rests on a document: all that would have to be looked at when it ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.documents.cards import DocumentCard
from plugins.documents.citations import NUMBER
from plugins.documents.kinds import DOCUMENT
from plugins.documents.numbers import NumberKey, read_number
from plugins.documents.permanent import permanent_address
from plugins.documents.validity import Register
from plugins.documents.vocabulary import RELATIONS
from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest, cards_of

_TYPE_BEFORE = re.compile(r"^\s*(?:[^\W\d_]+\s+)+(?:số\s*:?\s*)?(?=\d)", re.IGNORECASE)
"""`Quyết định số`, as people say a number."""


@dataclass(frozen=True, order=True)
class Resting:
    """A line of a file that names a document."""

    site: str
    path: str
    line: int
    field: str
    """Empty where it is a link in a text."""
    words: str
    """What a document that names it does to it; empty for anything else."""


@dataclass(frozen=True)
class Impact:
    """A document, and all that names it."""

    documents: tuple[DocumentCard, ...]
    """Of the portal, with this number; several where years or agencies have it alike."""
    register: Register
    resting: tuple[Resting, ...]
    alike: tuple[str, ...] = ()
    """Where nothing of it is here: numbers of documents that may be meant."""


def impact(manifests: Mapping[str, SiteManifest], number: str) -> Impact | None:
    """What names a number, in order of site and file; None for what is no number of a document.

    The portal need not have the document: `63/2010/NĐ-CP` is looked for as well.
    """
    read = read_number(number) or read_number(_TYPE_BEFORE.sub("", number))
    if read is None:
        return None
    cards = [card for manifest in manifests.values() for card in cards_of(manifest, DOCUMENT.name, DocumentCard)]
    register = Register(cards)
    documents = tuple(register.named(read.canonical))
    resting = {*_references(manifests, read.key, documents), *_relations(cards, read.key)}
    alike = () if documents or resting else [card.number for card in cards if _is_alike(card.number, read.key)]
    return Impact(documents, register, tuple(sorted(resting)), tuple(dict.fromkeys(alike)))


def _is_alike(number: str, key: NumberKey) -> bool:
    """Whether a number may be meant by one that somebody wrote without its year, with another, or in part."""
    read = read_number(number)
    return read is not None and (read.number, read.letter) == (key.number, key.letter)


def _references(
    manifests: Mapping[str, SiteManifest], key: NumberKey, documents: Iterable[DocumentCard]
) -> Iterator[Resting]:
    led_to = {address for card in documents for address in (card.url, permanent_address(card))}
    led_to.update(addresses.numbered(card.slug) for card in documents)
    for slug, manifest in manifests.items():
        for reference in manifest.references:
            read = read_number(reference.target) if reference.kind == NUMBER else None
            if (read is not None and read.key == key) or (reference.kind == "address" and reference.target in led_to):
                yield Resting(slug, reference.path, reference.line or 0, reference.field, "")


def _relations(cards: Iterable[DocumentCard], key: NumberKey) -> Iterator[Resting]:
    for card in cards:
        for index, relation in enumerate(card.relations):
            read = read_number(relation.number)
            if read is not None and read.key == key:
                words = f"{card.number}: {RELATIONS[relation.kind].vi}"
                yield Resting(card.agency_slug, card.path, relation.line, f"relations[{index}].number", words)
