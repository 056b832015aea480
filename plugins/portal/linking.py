"""Linking: which version of each agency's site the portal shows, and what is wrong between sites.

A site's new version is shown if it was compiled, if everything that it says of others is true, and if it takes no code
that another owns. Otherwise its last good version stays; where there is none, the site is left out with a notice.
What a broken site was going to offer still counts as known: nobody is held back by somebody else's mistake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plugins.portal import addresses
from plugins.portal.identifiers import is_national_code
from plugins.portal.manifest import ProcedureCard, Reference, SiteManifest
from plugins.portal.problems import Problem, did_you_mean, in_order, text


@dataclass(frozen=True)
class Candidate:
    """A site in this build, and what the portal showed of it before."""

    new: SiteManifest
    last_good: SiteManifest | None

    @property
    def unchanged(self) -> bool:
        return self.last_good is self.new


@dataclass(frozen=True)
class Linked:
    """The outcome for every site, by slug and in order of slug; the province's own folder has the empty slug."""

    shown: Mapping[str, SiteManifest]
    left_out: Mapping[str, SiteManifest]
    """Sites without a version that can be shown: what is known of them."""
    problems: Mapping[str, tuple[Problem, ...]]
    """Only of those sites that have any."""
    promised: Mapping[str, str]
    """Codes that others may link to but that cannot be shown now, with the agency whose site is broken."""


def link(candidates: Sequence[Candidate], fixed: Collection[str] = ()) -> Linked:
    """Decide for every site; `fixed` are the addresses that the portal has whatever the content."""
    problems = _problems(candidates, fixed)
    shown: dict[str, SiteManifest] = {}
    left_out: dict[str, SiteManifest] = {}
    for candidate in sorted(candidates, key=lambda c: c.new.slug):
        slug = candidate.new.slug
        if slug not in problems or candidate.unchanged:
            shown[slug] = candidate.new
        elif candidate.last_good is not None:
            shown[slug] = candidate.last_good
        else:
            left_out[slug] = candidate.new
    codes = {code for manifest in shown.values() for card in manifest.procedures for code in card.codes}
    offered = _offered(candidates, set(problems))
    promised = {code: m.slug for m in offered for code in m.promised if code not in codes and is_national_code(code)}
    return Linked(shown, left_out, problems, dict(sorted(promised.items())))


def _problems(candidates: Sequence[Candidate], fixed: Collection[str]) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with each site's new version, for those that have anything wrong.

    Refusing a version brings its last good one back, whose pages and codes are there again: that can mend one site's
    links and spoil another's codes. So first those are refused that are wrong whatever the others do, then one at a
    time, in order of slug, until every version that is left goes together with all that is shown.
    """
    in_turn = sorted(candidates, key=lambda candidate: candidate.new.slug)
    taken = _taken_twice(candidates)
    anything = _Known(_offered(candidates, {candidate.new.slug for candidate in candidates}), fixed)
    found: dict[str, list[Problem]] = {}
    for candidate in in_turn:
        slug = candidate.new.slug
        if wrong := [*candidate.new.problems, *taken.get(slug, ()), *anything.check(candidate.new)]:
            found[slug] = wrong
    while True:
        known = _Known(_offered(candidates, set(found)), fixed)
        kept = _codes_that_stay(candidates, set(found))
        for candidate in in_turn:
            wrong = [*known.check(candidate.new), *_taken_from(kept, candidate.new)]
            if wrong and candidate.new.slug not in found:
                found[candidate.new.slug] = wrong
                break
        else:
            also = {c.new.slug: known.check(c.new) for c in candidates}
            return {slug: in_order([*wrong, *also[slug]]) for slug, wrong in sorted(found.items())}


def _codes_that_stay(candidates: Sequence[Candidate], rejected: set[str]) -> dict[str, ProcedureCard]:
    """The codes that last good versions go on showing, because the new ones are refused."""
    return {
        code: card
        for candidate in candidates
        if candidate.new.slug in rejected and candidate.last_good is not None
        for card in candidate.last_good.procedures
        for code in card.codes
    }


def _taken_from(kept: Mapping[str, ProcedureCard], manifest: SiteManifest) -> list[Problem]:
    return [
        _more_than_one_file(code, card, [card.path, kept[code].path])
        for card in manifest.procedures
        for code in card.codes
        if code in kept and kept[code].agency_slug != manifest.slug
    ]


def _more_than_one_file(code: str, card: ProcedureCard, files: Iterable[str]) -> Problem:
    everyone = ", ".join(sorted(files))
    if code == card.code:
        message = text('procedure "{code}" has more than one file: {files}', code=code, files=everyone)
        hint = text("keep it with its owner and remove the others")
        return Problem(path=card.path, field="code", message=message, hint=hint)
    message = text('the code "{code}" leads to more than one procedure: {files}', code=code, files=everyone)
    return Problem(path=card.path, message=message, hint=text("name it in one of them only"))


def _offered(candidates: Sequence[Candidate], rejected: set[str]) -> list[SiteManifest]:
    """Every version that somebody may link to: the new ones, and the last good ones that stay."""
    return [
        manifest
        for candidate in candidates
        for manifest in (candidate.new, candidate.last_good if candidate.new.slug in rejected else None)
        if manifest is not None
    ]


class _Known:
    """Everything that a reference may name."""

    def __init__(self, manifests: Sequence[SiteManifest], fixed: Collection[str]) -> None:
        self.agencies = {manifest.slug for manifest in manifests if manifest.slug}
        self.broken = {manifest.slug for manifest in manifests if manifest.problems}
        self.codes = {code for m in manifests for card in m.procedures for code in card.codes} | {
            c for m in manifests for c in m.promised
        }
        self.addresses = {*fixed, *(address for manifest in manifests for address in manifest.addresses)}
        for slug in self.agencies:
            self.addresses |= {addresses.site_home(slug), addresses.catalogue_of(slug), addresses.statistics_of(slug)}
        self.addresses.update(addresses.permalink(code) for code in self.codes)

    def check(self, manifest: SiteManifest) -> list[Problem]:
        return [problem for reference in manifest.references for problem in self._check(reference)]

    def _check(self, reference: Reference) -> list[Problem]:
        if reference.kind == "procedure" and reference.target not in self.codes:
            message = text('there is no procedure "{target}"', target=reference.target)
            hint = did_you_mean(reference.target, self.codes)
        elif reference.kind == "agency" and reference.target not in self.agencies:
            message = text('unknown agency "{target}"', target=reference.target)
            hint = did_you_mean(reference.target, self.agencies)
        elif reference.kind == "address" and not self._answers(reference.target):
            beginning = reference.target.partition("/")[0]
            message = text('there is no page at "/{target}"', target=reference.target)
            hint = did_you_mean(reference.target, {a for a in self.addresses if a.partition("/")[0] == beginning})
        else:
            return []
        return [Problem(path=reference.path, line=reference.line, field=reference.field, message=message, hint=hint)]

    def _answers(self, address: str) -> bool:
        """Whether a page is there; of a site that cannot be read nobody knows, and nobody is blamed."""
        beginning = address.partition("/")[0]
        return address in self.addresses or (beginning if beginning in self.agencies else "") in self.broken


def _taken_twice(candidates: Sequence[Candidate]) -> dict[str, list[Problem]]:
    """Codes that more than one procedure has: reported to all but its owner, naming all files.

    Who showed the code before owns it; of newcomers the province does, and among agencies none.
    """
    cards: dict[str, list[ProcedureCard]] = defaultdict(list)
    for candidate in candidates:
        for card in candidate.new.procedures:
            for code in dict.fromkeys(card.codes):
                cards[code].append(card)
    shown_before = {
        (card.agency_slug, card.code, code)
        for candidate in candidates
        if candidate.last_good is not None
        for card in candidate.last_good.procedures
        for code in card.codes
    }
    found: dict[str, list[Problem]] = defaultdict(list)
    for code, claimants in sorted(cards.items()):
        if len(claimants) == 1:
            continue
        owners = [card for card in claimants if (card.agency_slug, card.code, code) in shown_before]
        owners = owners or [card for card in claimants if not card.agency_slug]
        files = [card.path for card in claimants]
        for card in claimants:
            if owners != [card]:
                found[card.agency_slug].append(_more_than_one_file(code, card, files))
    return found
