"""Places on pages that links may lead to: the ids that stand in their HTML."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem, did_you_mean, text

_ID = re.compile(r"""\bid=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


OWN_TEXT = "(text)"
"""Ends what stands for the address of a text whose record cannot be read: it has none, and may link to itself."""
_VALUE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
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


@dataclass(frozen=True)
class Furniture:
    """The ids that a page may have from its templates, whatever its text."""

    ids: frozenset[str]
    patterns: re.Pattern[str]
    """Of those that are made up of values."""

    @classmethod
    def of(cls, templates: Iterable[str]) -> Furniture:
        ids = frozenset().union(*(ids_in(template) for template in templates))
        made_up = [each for each in ids if "{" in each]
        # What is made of values alone stands on pages about all sites, of which nothing is said here.
        parts = sorted(_VALUE.split(each) for each in made_up)
        patterns = "|".join(".+".join(map(re.escape, each)) for each in parts if re.search("[a-z]", "".join(each)))
        return cls(ids.difference(made_up), re.compile(patterns or "(?!)"))

    def may_have(self, fragment: str) -> bool:
        return fragment in self.ids or self.patterns.fullmatch(fragment) is not None


def missing_in_texts(
    references: Iterable[Reference], texts: Mapping[str, str], pages: Collection[str], furniture: Furniture
) -> Iterator[Problem]:
    """The same where no page was written: from the HTML of texts by address, and the ids that any page may have.

    `pages` are the addresses of pages without a text of their own.
    """
    ids = {address: ids_in(html) for address, html in texts.items()}
    for reference in references:
        if not reference.fragment or furniture.may_have(reference.fragment):
            continue
        if reference.target in ids and reference.fragment not in ids[reference.target]:
            yield no_such_place(reference, ids[reference.target])
        elif reference.target in pages:
            yield no_such_place(reference, ())


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
    if reference.target.endswith(OWN_TEXT):
        message = text('there is no place "#{name}" on this page', name=reference.fragment)
    else:
        page = reference.target
        message = text('the page "/{target}" has no place "#{place}"', target=page, place=reference.fragment)
    hint = did_you_mean(reference.fragment, ids, text("look at the page for the ids of its headings"))
    return Problem(path=reference.path, line=reference.line, field=reference.field, message=message, hint=hint)
