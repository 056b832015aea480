"""Addresses that pages of a site had before, as their records list them: each leads to where the page is now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plugins.portal import addresses
from plugins.portal.entries import Entry
from plugins.portal.folder_reader import FolderReader
from plugins.portal.problems import Problem, Text, text
from plugins.portal.validation import field_name

_FIELD = "aliases"


def aliases(entries: Iterable[Entry[Any]], predecessors: Iterable[str], reader: FolderReader) -> dict[str, Entry[Any]]:
    """By address the entry that it leads to; what is no address of the site's own keeps it from being shown.

    Its own are also those of agencies whose place it took: `predecessors` are the slugs that its record names.
    A page goes before an alias, and of two records that list one the first has it: that is told, and stops nobody.
    """
    known: dict[str, Entry[Any]] = {}
    own = (reader.slug, *predecessors)
    for entry in entries:
        if not entry.public:
            continue
        for index, written in enumerate(reader.kinds.named(entry.kind).aliases(entry.record)):
            address = written.removeprefix("/")
            if (wrong := _not_of_the_site(address, own, reader)) is not None:
                reader.problems.append(_problem(entry, index, *wrong))
            elif (idle := _idle(address, entry, known, reader)) is not None:
                reader.advice.append(_problem(entry, index, idle, text("remove it from aliases")))
            else:
                known[address] = entry
    return dict(sorted(known.items()))


def _not_of_the_site(address: str, own: Iterable[str], reader: FolderReader) -> tuple[Text, Text] | None:
    """What is wrong with an address that no page of these slugs, which are one site's, could have had; what to do."""
    if any(kind.could_be_at(slug, address, reader.taken) for slug in own for kind in reader.kinds):
        return None
    home = addresses.site_home(reader.slug)
    message = text("no page of this site can have been at /{address}", address=address)
    if not address.startswith(home):
        return message, reader.begin_otherwise()
    return message, text("write the address that it had, such as /{home}tin-tuc/2019/ten-bai/, or remove it", home=home)


def _idle(address: str, entry: Entry[Any], known: dict[str, Entry[Any]], reader: FolderReader) -> Text | None:
    """Why an alias leads nobody on."""
    if reader.claims.get(address):
        return text("/{address} is the address of a page: nobody is led on from there", address=address)
    if address in known and known[address] is not entry:
        return text(
            "/{address} leads to another page already: {file}", address=address, file=known[address].source.path
        )
    return None


def _problem(entry: Entry[Any], index: int, message: Text, hint: Text) -> Problem:
    source, loc = entry.source, (_FIELD, index)
    return Problem(path=source.path, line=source.yaml.line_of(loc), field=field_name(loc), message=message, hint=hint)
