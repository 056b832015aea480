"""All that a folder says of others, also in records that are not in order, as far as they are right."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from plugins.portal.agency import Agency
from plugins.portal.entries import Source
from plugins.portal.fields import as_far_as_right
from plugins.portal.folder_reader import FolderReader
from plugins.portal.gathering import Gathered
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import Reference
from plugins.portal.province import LifeEventList, Province
from plugins.portal.references import (
    addresses_on_the_portal,
    meanings_of,
    reference,
    references_of_agency,
    references_of_events,
    references_of_province,
    targets_of,
)
from plugins.portal.settled_addresses import SettledAddressList
from plugins.portal.shared import Shared
from plugins.portal.synonyms import SynonymList


def references_within(gathered: Gathered, shared: Shared, reader: FolderReader) -> Iterable[Reference]:
    """What records say of others, also those that are not in order, as far as they are right."""
    records: list[tuple[Source, BaseModel]] = [(part.source, part.lenient) for part in reader.parts]
    entries = [(entry.source, entry.record) for entry in gathered.entries]
    own = (gathered.province, gathered.agency, *entries, gathered.events, gathered.synonyms, gathered.settled)
    records += [whole for whole in own if whole is not None]
    for source, record in records:
        named = [r for r in as_far_as_right(_named_by, source, record, reader.kinds) if r.target]
        kind = reader.kinds.of_file(source.inside)
        for unknown in (r for r in named if kind is not None and r.kind not in reader.kinds.targets):
            reader.report(
                source.inside,
                'the kind "{kind}" names "{target}", a target of the kind "{unknown}", which nobody can look for',
                "tell who looks after the portal: targets are of {known}",
                line=unknown.line,
                kind=kind.name if kind is not None else "",
                target=unknown.target,
                unknown=unknown.kind,
                known=", ".join(sorted(reader.kinds.targets)),
            )
        yield from (r for r in named if kind is None or r.kind in reader.kinds.targets)
        if isinstance(record, Agency) or reader.kinds.of_file(source.inside):
            yield from addresses_on_the_portal(source, record, shared.province.url)


def _named_by(source: Source, record: BaseModel, kinds: Kinds) -> Iterable[Reference]:
    kind = kinds.of_file(source.inside)
    if kind is not None:
        for target in kind.targets(record):
            if target.name:
                yield reference(target.kind, target.name, source, target.loc)
    elif isinstance(record, Province):
        yield from references_of_province(source, record)
    elif isinstance(record, Agency):
        yield from references_of_agency(source, record)
    elif isinstance(record, LifeEventList):
        yield from references_of_events(source, record)
    elif isinstance(record, SynonymList):
        yield from meanings_of(source, record)
    elif isinstance(record, SettledAddressList):
        yield from targets_of(source, record)
