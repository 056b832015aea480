"""Places on pages that links may lead to: the ids that stand in their HTML."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem, did_you_mean, text

_ID = re.compile(r"""\bid=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


_LEADS_ON = re.compile(r"<meta[^>]* http-equiv=[\"']?refresh", re.IGNORECASE)


def ids_in(html: str) -> frozenset[str]:
    """The ids in HTML, or in a template of it."""
    return frozenset(next(filter(None, groups), "") for groups in _ID.findall(html))


def ids_of(page: Path) -> frozenset[str] | None:
    """The ids in a page that was written, none of what is no page; None where it leads on to another."""
    if page.suffix != ".html":
        return frozenset()
    html = page.read_text(encoding="utf-8")
    if _LEADS_ON.search(html):
        return None
    return ids_in(html)


def missing_in_texts(
    references: Iterable[Reference], texts: Mapping[str, str], furniture: Collection[str]
) -> Iterator[Problem]:
    """The same where no page was written: from the HTML of texts by address, and the ids that any page may have."""
    ids = {address: ids_in(html) for address, html in texts.items()}
    for reference in references:
        known = ids.get(reference.target) if reference.fragment else None
        if known is not None and reference.fragment not in known and reference.fragment not in furniture:
            yield no_such_place(reference, known)


def missing_places(references: Iterable[Reference], folders: Collection[Path]) -> Iterator[Problem]:
    """References to places that pages below these folders do not have; of pages elsewhere nothing is said."""
    for reference in references:
        if not reference.fragment:
            continue
        pages = (folder / addresses.saved_as(reference.target) for folder in folders)
        page = next((page for page in pages if page.is_file()), None)
        ids = ids_of(page) if page else None
        if ids is not None and reference.fragment not in ids:
            yield no_such_place(reference, ids)


def no_such_place(reference: Reference, ids: Collection[str]) -> Problem:
    """What to say of a place that a page does not have."""
    message = text('the page "/{target}" has no place "#{place}"', target=reference.target, place=reference.fragment)
    hint = did_you_mean(reference.fragment, ids, text("look at the page for the ids of its headings"))
    return Problem(path=reference.path, line=reference.line, field=reference.field, message=message, hint=hint)
