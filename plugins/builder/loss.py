"""A guard against losing much at once: a checkout that stopped half way must not take a province off the web."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from plugins.builder.reports import pages_of
from plugins.portal.kinds import entries_of
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import LossError, Text, text

SHARE = 0.25
"""Of what is shown: so much may disappear in one build without a question."""
FEW_SITES = 2
"""So many agencies may always go."""
FEW_PAGES = 100
"""So many pages may always go."""
FEW_ENTRIES = 3
"""So many articles, or entries of another kind, may always go."""
SHARE_OF_KIND = 0.75
"""Of the entries of one kind: more than this is nearly all."""
SHARE_OF_PROTOCOL = 0.5
"""Of the agencies that the province names: so many of them may have no folder, where nothing was shown before."""

_REMEDY = text("if it is meant, say --allow-loss; else look whether the content folder is whole")


def check_sites(published: Collection[str], present: Collection[str], protocol: Sequence[str]) -> None:
    """Raise `LossError` where too many agencies have no folder any more.

    `published` are the agencies that the portal shows; where there are none, `protocol` says which there should be.
    """
    lost = sorted(set(published) - set(present))
    if published:
        if (len(lost) > FEW_SITES and len(lost) > SHARE * len(published)) or not present:
            raise LossError(_loss(text("{number} of {all} agencies", number=len(lost), all=len(published)), lost))
        return
    missing = sorted(set(protocol) - set(present))
    if len(missing) > FEW_SITES and len(missing) > SHARE_OF_PROTOCOL * len(set(protocol)):
        raise LossError(_loss(text("{number} of {all} agencies", number=len(missing), all=len(set(protocol))), missing))


ANY_PAGE = ""
"""What is counted beside the kinds of content, which go by their names."""
SoMany = Callable[[int, int], Text]
"""Says so many of so many entries of a kind."""


def counted(manifests: Iterable[SiteManifest | None]) -> Counter[str]:
    """How many pages these versions have, and how many entries of each kind."""
    counts: Counter[str] = Counter()
    for manifest in manifests:
        if manifest is not None:
            counts[ANY_PAGE] += pages_of(manifest)
            counts.update({kind: len(cards) for kind, cards in manifest.cards.items()})
    return counts


def check_pages(before: Mapping[str, int], after: Mapping[str, int], words: Mapping[str, SoMany] = {}) -> None:
    """Raise `LossError` where too many pages, or nearly all of one kind, would not be there any more.

    Both are what `counted` gives, of what is shown and of what is to be; `words` are those of kinds.
    """
    for kind, number in before.items():
        lost = number - after.get(kind, 0)
        few, share = (FEW_PAGES, SHARE) if kind == ANY_PAGE else (FEW_ENTRIES, SHARE_OF_KIND)
        if lost > few and lost > share * number:
            raise LossError(_loss(_entries(kind, lost, number, words), ()))


def _entries(kind: str, lost: int, number: int, words: Mapping[str, SoMany]) -> Text:
    if kind == ANY_PAGE:
        return text("{number} of {all} pages", number=lost, all=number)
    return words[kind](lost, number) if kind in words else entries_of(kind, lost, number)


def _loss(what: Text, names: Sequence[str]) -> Text:
    named = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    if not named:
        return text("nothing is changed, for {what} would disappear: {remedy}", what=what, remedy=_REMEDY)
    return text(
        "nothing is changed, for {what} are missing ({names}): {remedy}", what=what, names=named, remedy=_REMEDY
    )
