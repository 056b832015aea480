"""A guard against losing much at once: a checkout that stopped half way must not take a province off the web."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from plugins.builder.reports import pages_of
from plugins.portal.kinds import entries_of
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import LossError, Text, Translate, text
from plugins.releases.records import QuarantinedSite

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
MOST_NAMED = 20
"""Sites in quarantine that a refusal names."""

_REMEDY = text("if it is meant, say --allow-loss; else look whether the content folder is whole")


def check_sites(
    published: Collection[str],
    present: Collection[str],
    protocol: Sequence[str],
    settled: Callable[[], Collection[str]] = frozenset,
) -> None:
    """Raise `LossError` where too many agencies have no folder any more.

    `published` are the agencies that the portal shows; where there are none, `protocol` says which there should be.
    `settled`, which is asked only if many are lost, are those of which somebody says what became of them.
    """
    lost = sorted(set(published) - set(present))
    if published:
        if len(lost) > FEW_SITES:
            lost = sorted({*lost}.difference(settled()))
        if (len(lost) > FEW_SITES and len(lost) > SHARE * len(published)) or not present:
            raise LossError(_loss(text("{number} of {all} agencies", number=len(lost), all=len(published)), lost))
        return
    missing = sorted(set(protocol) - set(present))
    if len(missing) > FEW_SITES and len(missing) > SHARE_OF_PROTOCOL * len(set(protocol)):
        raise LossError(_loss(text("{number} of {all} agencies", number=len(missing), all=len(set(protocol))), missing))


ANY_PAGE = ""
"""What is counted beside the kinds of content, which go by their names."""
WITHDRAWN = "/withdrawn"
"""What is counted too, where there is any: what was public, and whose record says that it is so no more."""
SoMany = Callable[[int, int], Text]
"""Says so many of so many entries of a kind."""


def counted(manifests: Iterable[SiteManifest | None]) -> Counter[str]:
    """How many pages these versions have, how many entries of each kind, and how many that were withdrawn."""
    counts: Counter[str] = Counter()
    for manifest in manifests:
        if manifest is not None:
            counts[ANY_PAGE] += pages_of(manifest)
            counts.update({kind: len(cards) for kind, cards in manifest.cards.items()})
            if manifest.withdrawn:
                counts[WITHDRAWN] += len(manifest.withdrawn)
    return counts


LosingMost = Callable[[str], Sequence[str]]
"""Names those who lose most entries of a kind."""


def nobody(kind: str) -> Sequence[str]:
    return ()


def losing_most(before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]]) -> LosingMost:
    """Both by site, what `counted` gives of each: of what is shown and of what is to be."""

    def names(kind: str) -> Sequence[str]:
        lost = {name: counts.get(kind, 0) - after.get(name, {}).get(kind, 0) for name, counts in before.items()}
        in_turn = sorted(lost.items(), key=lambda each: (-each[1], each[0]))
        return [f"{name}: {number}" for name, number in in_turn if number > 0]

    return names


def check_pages(
    before: Mapping[str, int],
    after: Mapping[str, int],
    words: Mapping[str, SoMany] = {},
    losing: LosingMost = nobody,
    led_on: int = 0,
) -> None:
    """Raise `LossError` where too many pages, or nearly all of one kind, would not be there any more.

    Both are what `counted` gives, of what is shown and of what is to be; `words` are those of kinds. What its own
    record takes off the portal is not missed, nor are the pages whose addresses are newly `led_on`.
    """
    meant = max(0, after.get(WITHDRAWN, 0) - before.get(WITHDRAWN, 0)) + led_on
    for kind, number in before.items():
        if kind == WITHDRAWN:
            continue
        lost = number - after.get(kind, 0) - meant
        few, share = (FEW_PAGES, SHARE) if kind == ANY_PAGE else (FEW_ENTRIES, SHARE_OF_KIND)
        if lost > few and lost > share * number:
            raise LossError(_vanishing(_entries(kind, lost, number, words), losing(kind)))


def _entries(kind: str, lost: int, number: int, words: Mapping[str, SoMany]) -> Text:
    if kind == ANY_PAGE:
        return text("{number} of {all} pages", number=lost, all=number)
    return words[kind](lost, number) if kind in words else entries_of(kind, lost, number)


def check_quarantine(quarantined: Sequence[QuarantinedSite], sites: int, share: float) -> None:
    """Raise `LossError` where more than a share of all sites cannot be shown as their folders say: it is no one's slip.

    It names each with the first of its problems.
    """
    if len(quarantined) <= FEW_SITES or len(quarantined) <= share * sites:
        return
    raise QuarantineError(quarantined, sites)


class QuarantineError(LossError):
    """Too many sites cannot be shown as their folders say."""

    def __init__(self, quarantined: Sequence[QuarantinedSite], sites: int) -> None:
        self._quarantined = quarantined
        self._sentence = text(
            "nothing is changed, for {number} of {all} sites cannot be shown as their folders say; mend what they "
            "share (portal check tells all), or say --allow-loss to publish without what is new in them",
            number=len(quarantined),
            all=sites,
        )
        super().__init__(self.render())

    def render(self, translate: Translate = str) -> str:
        """The sentence, and a line for each site with the first of its problems."""
        named = [
            f"  {site.site}: {site.problems[0].render(translate) if site.problems else '…'}"
            for site in self._quarantined[:MOST_NAMED]
        ]
        more = ["  …"] if len(self._quarantined) > MOST_NAMED else []
        return "\n".join([self._sentence.render(translate), *named, *more])


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")


def _vanishing(what: Text, names: Sequence[str]) -> Text:
    if not names:
        return text("nothing is changed, for {what} would disappear: {remedy}", what=what, remedy=_REMEDY)
    return text(
        "nothing is changed, for {what} would disappear ({names}): {remedy}",
        what=what,
        names=_named(names),
        remedy=_REMEDY,
    )


def _loss(what: Text, names: Sequence[str]) -> Text:
    return text(
        "nothing is changed, for {what} are missing ({names}): {remedy}", what=what, names=_named(names), remedy=_REMEDY
    )
