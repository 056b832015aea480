"""Which folders of the content are agencies', and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.characters import shown_name
from plugins.portal.identifiers import is_slug
from plugins.portal.litter import is_litter
from plugins.portal.odd_signs import latin_slug
from plugins.portal.problems import Problem, text
from plugins.portal.site_names import AGENCIES


def agency_slugs(
    content: Path, display_path: str, more_reserved: Collection[str] = ()
) -> tuple[list[str], list[Problem]]:
    """The agencies' folders, in order, and those that cannot be an agency's: `more_reserved` are addresses of kinds."""
    reserved = addresses.RESERVED_AT_ROOT | set(more_reserved)
    folder = content / AGENCIES
    slugs: list[str] = []
    problems: list[Problem] = []
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if is_litter(entry.name):
            continue
        path = f"{display_path}/{AGENCIES}/{shown_name(entry.name)}"
        if entry.is_symlink() or not entry.is_dir():
            message, hint = text("not a folder of an agency"), text("put each agency in a folder of its own here")
        elif not is_slug(entry.name):
            near = latin_slug(shown_name(entry.name))
            near = near if is_slug(near) and near not in reserved else "co-quan"
            message, hint = text("its name makes no address"), text('rename the folder to "{name}"', name=near)
        elif entry.name in reserved:
            message, hint = text("the portal uses this address itself"), text("choose another name for the folder")
        else:
            slugs.append(entry.name)
            continue
        problems.append(Problem(path=path, message=message, hint=hint))
    return slugs, problems
