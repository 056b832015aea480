"""What the records of a folder say of others: kept as `Reference` until all sites are known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel

from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.entries import Source
from plugins.portal.fields import texts_in
from plugins.portal.manifest import Reference
from plugins.portal.province import LifeEventList, Province
from plugins.portal.settled_addresses import SettledAddressList
from plugins.portal.synonyms import SynonymList
from plugins.portal.yaml_source import Loc, field_name


def reference(kind: str, target: str, source: Source, loc: Loc, fragment: str = "") -> Reference:
    """What a field of a record names."""
    return Reference.model_validate(
        {
            "kind": kind,
            "target": target,
            "fragment": fragment,
            "path": source.path,
            "line": source.yaml.line_of(loc),
            "field": field_name(loc),
        }
    )


def references_of_province(source: Source, record: Province) -> Iterable[Reference]:
    """What the province puts into an order or names as most used."""
    for index, code in enumerate(record.most_used):
        yield reference("procedure", code, source, ("most_used", index))
    for index, slug in enumerate(record.agency_order):
        yield reference("agency", slug, source, ("agency_order", index))


def references_of_agency(source: Source, record: Agency) -> Iterable[Reference]:
    """The agencies that an agency belongs to, or that took its place."""
    if record.parent is not None:
        yield reference("agency", record.parent, source, ("parent",))
    for index, successor in enumerate(record.lifecycle.successors):
        yield reference("agency", successor, source, ("lifecycle", "successors", index))


def references_of_events(source: Source, events: LifeEventList) -> Iterable[Reference]:
    """The procedures that life events take."""
    for e, event in enumerate(events.life_events):
        for s, step in enumerate(event.steps):
            for p, code in enumerate(step.procedures):
                yield reference("procedure", code, source, ("life_events", e, "steps", s, "procedures", p))


def meanings_of(source: Source, synonyms: SynonymList) -> Iterable[Reference]:
    """Words that texts should have, for people mean them."""
    for s, synonym in enumerate(synonyms.synonyms):
        for m, meaning in enumerate(synonym.mean):
            yield reference("words", meaning, source, ("synonyms", s, "mean", m))


def targets_of(source: Source, settled: SettledAddressList) -> Iterable[Reference]:
    """What addresses lead to at which nothing stands any more."""
    for index, entry in enumerate(settled.addresses):
        if entry is not None and entry.to is not None:
            yield reference("address", entry.to.removeprefix("/"), source, ("addresses", index, "to"))


def addresses_on_the_portal(source: Source, record: BaseModel, portal: str) -> Iterable[Reference]:
    """Addresses in a record that lead to the portal itself, written with its public address: they can be looked for."""
    if (urlsplit(portal).hostname or portal) not in source.yaml.text:
        return
    for loc, url in texts_in(record):
        if url.lower().startswith(("http://", "https://")) and (path := addresses.path_on_portal(url, portal)):
            parts = urlsplit(path)
            address, fragment = (unicodedata.normalize("NFC", unquote(part)) for part in (parts.path, parts.fragment))
            yield reference("address", address.lstrip("/"), source, loc, fragment)
