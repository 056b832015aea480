"""What a site's `addresses.yaml` says of addresses, as others have to know it."""

from __future__ import annotations

from collections.abc import Collection

from plugins.portal import addresses
from plugins.portal.entries import Source
from plugins.portal.folder_reader import FolderReader
from plugins.portal.manifest import Settlement
from plugins.portal.problems import Problem, Text, text
from plugins.portal.settled_addresses import SettledAddress, SettledAddressList
from plugins.portal.validation import field_name
from plugins.portal.yaml_source import Loc


def settlements(
    settled: tuple[Source, SettledAddressList] | None,
    aliases: Collection[str],
    predecessors: Collection[str],
    reader: FolderReader,
) -> dict[str, Settlement]:
    """By address, without a leading slash, in order; one that is not the site's keeps it from being shown.

    Its own are also those of agencies whose place it took: `predecessors` are the slugs that its record names.
    Where the site has a page or a file, and where one of its pages lists it among its `aliases`, that goes before.
    """
    if settled is None:
        return {}
    source, record = settled
    known: dict[str, Settlement] = {}
    for index, entry in enumerate(record.addresses):
        loc: Loc = ("addresses", index, "address")
        address, home = entry.address.removeprefix("/"), addresses.site_home(reader.slug)
        if not address.startswith(home) and address.partition("/")[0] not in predecessors:
            message = text("/{address} is no address of this site", address=address)
            hint = reader.begin_otherwise()
            reader.problems.append(_problem(source, loc, message, hint))
        elif reader.claims.get(address) or address == home:
            message = text("/{address} is the address of a page: nobody is led on from there", address=address)
            reader.advice.append(_problem(source, loc, message, text("remove it here")))
        elif address in aliases:
            message = text("/{address} leads to a page that lists it among its aliases", address=address)
            reader.advice.append(_problem(source, loc, message, text("remove it here or there")))
        else:
            known[address] = _settlement(source, loc, entry)
    return dict(sorted(known.items()))


def _settlement(source: Source, loc: Loc, entry: SettledAddress) -> Settlement:
    return Settlement(
        to=entry.to.removeprefix("/") if entry.to is not None else None,
        withdrawn=entry.withdrawn.date if entry.withdrawn is not None else None,
        reason=entry.withdrawn.reason if entry.withdrawn is not None else "",
        path=source.path,
        line=source.yaml.line_of(loc),
        field=field_name(loc),
    )


def _problem(source: Source, loc: Loc, message: Text, hint: Text) -> Problem:
    line = source.yaml.line_of(loc)
    return Problem(path=source.path, line=line, field=field_name(loc), message=message, hint=hint)
