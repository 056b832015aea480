"""Linking: which version of each agency's site the portal shows, and what is to be told about sites together.

A site's new version is shown if it was compiled, if its own addresses that it names are there, and if none of its files
is of a code that another owns. Otherwise its last good version stays; where there is none, the site is left out with a
notice. A former or local code that another owns costs nothing but that code: it leads to the other's record.

Nobody is held back by what others do: a link to what another site has renamed, withdrawn or deleted is shown as text,
and whoever wrote it is advised. And what is decided follows from the content alone: who owns a code does not depend on
what was shown before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from plugins.portal import addresses
from plugins.portal.kinds import AnyKind, Codes, Kinds
from plugins.portal.leading_on import is_for, leading_on, settled_by
from plugins.portal.manifest import CodedCard, Reference, RemovedRecord, Settlement, SiteManifest, cards_of
from plugins.portal.page_places import no_such_place
from plugins.portal.predecessors import ClosedAgencies, successors
from plugins.portal.problems import Problem, Text, did_you_mean, in_order, text
from plugins.portal.reading import Untaken
from plugins.portal.record_files import ADDRESSES
from plugins.portal.site_names import PROVINCE, folder_of, is_agency, stored
from plugins.portal.unseen_pages import may_be_written
from plugins.portal.values import day


@dataclass(frozen=True)
class Candidate:
    """A site in this build, and what the portal showed of it before."""

    new: SiteManifest
    last_good: SiteManifest | None


WrittenLater = Callable[[Sequence[SiteManifest]], Iterable[str]]
"""The addresses that pages about all sites will have, where these sites are shown."""
PlacesOf = Callable[[SiteManifest, str], Collection[str] | None]
"""The ids on the page of a site at an address; None where nobody knows."""


def nothing_more(manifests: Sequence[SiteManifest]) -> Iterable[str]:
    return ()


def nobody_knows(manifest: SiteManifest, address: str) -> Collection[str] | None:
    return None


@dataclass(frozen=True)
class Circumstances:
    """What linking has to know besides the sites."""

    fixed: Collection[str] = ()
    """Addresses that the portal has whatever the content."""
    of_each: Collection[str] = ()
    """Addresses below its home that a site has whatever is in its folder."""
    written: WrittenLater = nothing_more
    """Those that it will have where certain sites are shown; asked only if a link leads to none that is known."""
    places: PlacesOf = nobody_knows
    """The places on the pages of a site."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Of codes that more than one site asks for: the slug of the one that keeps it."""
    removed: Collection[RemovedRecord] = ()
    """Records with codes that were taken out of a folder: a page stands at their address there."""
    former: Mapping[str, str] = field(default_factory=dict)
    """By an address that a page or file had before it was renamed, the one that it has now."""
    gone: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By slug of an agency that has no folder any more, the addresses that it had published."""
    kinds: Kinds = field(default_factory=Kinds)
    lost: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    """By slug what is wrong with new versions that would let addresses lead nowhere."""

    def may_be_written(self, manifest: SiteManifest, address: str) -> bool:
        """Whether a site that could not be compiled may have a page or file there once it can."""
        return may_be_written(manifest, address, self.of_each, self.kinds)


@dataclass(frozen=True)
class Linked:
    """The outcome for every site, by slug and in order of slug; the province's own folder has the empty slug."""

    manifests: Mapping[str, SiteManifest]
    """A last good version is shown without the procedures that others own by now."""
    left_out: Mapping[str, SiteManifest]
    """Sites without a version that can be shown: what is known of them."""
    problems: Mapping[str, tuple[Problem, ...]]
    """What keeps new versions from being shown; only of those sites that have any."""
    advice: Mapping[str, tuple[Problem, ...]]
    """What keeps nothing from being shown: links to what others do not have, or not yet."""
    promised: Mapping[str, str]
    """Codes that others may link to but that cannot be shown now, with the agency whose site is broken."""
    unlinked: Mapping[str, tuple[str, ...]]
    """For each site that is shown in its new version: the targets whose links its texts must show as text, sorted."""
    moved: Mapping[str, str]
    """Every address that leads on, with the one that it leads to, at which there is something."""
    given_up: Mapping[str, Settlement]
    """What was withdrawn and has no page of its own that says so, by address."""


def link(candidates: Sequence[Candidate], around: Circumstances = Circumstances()) -> Linked:  # frozen
    """Decide for every site. The order of the candidates makes no difference."""
    in_turn = sorted(candidates, key=lambda candidate: candidate.new.slug)
    owners = _Owners(in_turn, around)
    problems = _problems(in_turn, owners, around)
    manifests: dict[str, SiteManifest] = {}
    left_out: dict[str, SiteManifest] = {}
    for candidate in in_turn:
        slug = candidate.new.slug
        if slug not in problems:
            manifests[slug] = owners.without_others_names(candidate.new)
        elif candidate.last_good is not None:
            manifests[slug] = owners.without_others_codes(candidate.last_good)
        else:
            left_out[slug] = candidate.new
    kinds = around.kinds
    codes = {code for manifest in manifests.values() for _, card in kinds.coded_cards(manifest) for code in card.codes}
    everything = [*(candidate.new for candidate in in_turn), *manifests.values()]
    of_files = {code: m.slug for m in everything for code in m.promised if code not in codes}
    promised = {code: slug for code, slug in of_files.items() if any(_codes(kind).is_one(code) for kind in kinds.coded)}
    drafts = {address for candidate in in_turn for address in candidate.new.drafts}
    held_back = {candidate.new.slug: candidate.new for candidate in in_turn if candidate.new.slug in problems}
    known = _Known(manifests, left_out, promised, drafts, held_back, around)
    return Linked(
        manifests=manifests,
        left_out=left_out,
        problems=problems,
        advice=_advice(in_turn, known, owners),
        promised=dict(sorted(promised.items())),
        unlinked={c.new.slug: known.unlinked(c.new) for c in in_turn if c.new.slug not in problems},
        moved=known.moved,
        given_up=known.given_up,
    )


def _problems(
    candidates: Sequence[Candidate], owners: _Owners, around: Circumstances
) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with each site's new version, for those that have anything wrong."""
    problems: dict[str, tuple[Problem, ...]] = {}
    for candidate in candidates:
        new = candidate.new
        dead = _dead_ends(new, around)
        if wrong := in_order([*new.problems, *owners.conflicts(new), *dead, *around.lost.get(new.slug, ())]):
            problems[new.slug] = wrong
    return problems


def _dead_ends(new: SiteManifest, around: Circumstances) -> list[Problem]:
    """What is wrong with what a site says of its own addresses."""
    own = _own_addresses(new, around)
    dead = [
        reference
        for reference in new.references
        if reference.kind == "address" and _is_own(new.slug, reference.target, around)
        if reference.target not in own
        and not (new.problems and addresses.page_of_document(reference.target) in own)
        and not around.may_be_written(new, reference.target)
    ]
    moved = leading_on(around.former, [new], own) if dead else {}
    return [
        _at(reference, *_no_end(reference.target)) if reference.target in new.settled else _no_page(reference, own)
        for reference in dead
        if reference.target not in moved
    ]


def _is_own(site: str, address: str, around: Circumstances) -> bool:
    """Whether it is for the site itself to have a page there.

    Of the province only its files and what stands below lists that it writes itself surely are: any other address may
    have been an agency's, or is that of a page about all sites.
    """
    first, _, rest = address.partition("/")
    if site:  # the lists of records with codes hold others' too
        return first == site and not rest.startswith(tuple(kind.list_address for kind in around.kinds.in_catalogue))
    written = (kind for kind in around.kinds if kind.written_by_itself and not kind.codes)
    own = [kind.list_of(PROVINCE) for kind in written if kind.list_address]
    about_all = tuple(page for page in around.fixed if page not in own and page.startswith(tuple(own)))
    return address.startswith((*own, addresses.MEDIA)) and not address.startswith(about_all)


def _own_addresses(manifest: SiteManifest, around: Circumstances) -> set[str]:
    known = (*manifest.addresses, *manifest.drafts, *manifest.withdrawn)
    return {*around.fixed, *known, *_always(manifest.slug, around.kinds)}


def _always(site: str, kinds: Kinds) -> set[str]:
    """The addresses that a site has whatever is in its folder."""
    lists = (kind.list_of(site) for kind in kinds.coded)
    return {addresses.site_home(site), addresses.statistics_of(site), *lists}


def _codes(kind: AnyKind) -> Codes:
    """What is said of the codes of a kind that has them."""
    if kind.codes is None:
        raise TypeError(f"records of the kind {kind.name} have no codes")
    return kind.codes


def _no_page(reference: Reference, known: Iterable[str]) -> Problem:
    return _at(reference, _no_page_at(reference.target), _near_page(reference.target, known))


def _no_end(address: str) -> tuple[Text, Text]:
    """What is said of an address that was to lead on."""
    message = text("/{address} leads nowhere itself, or back to where it came from", address=address)
    return message, text("name the page or file at which it is to end")


def _near_page(address: str, known: Iterable[str]) -> Text:
    """The remedy for an address that is none: one that is near, of all that the portal has."""
    usual = text("look for the page on the portal, and copy its address")
    return did_you_mean(f"/{address}", (f"/{name}" for name in known), usual)


def _no_page_at(address: str) -> Text:
    return text('there is no page at "/{target}"', target=address)


def _is_file(address: str) -> bool:
    """Whether an address is one of a site's files, which have no page."""
    return "/media/" in f"/{address}"


def _at(reference: Reference, message: Text, hint: Text) -> Problem:
    return Problem(path=reference.path, line=reference.line, field=reference.field, message=message, hint=hint)


class _Owners:
    """Whose each code is: one record has it, and all others that ask for it are told.

    A record owns the code that its file is named after before any that names it as a local or former one. Of two
    files, and of two records that name one, it is the one that the circumstances say is the owner's; where nothing is
    given the province's, else the first in order of slug, so that the outcome is the same whatever was shown before.
    """

    def __init__(self, candidates: Sequence[Candidate], around: Circumstances) -> None:
        self._kinds = around.kinds
        files: dict[str, set[str]] = defaultdict(set)
        self._cards: dict[str, list[CodedCard]] = defaultdict(list)
        for candidate in candidates:
            own = [card for _, card in self._kinds.coded_cards(candidate.new)]
            for code in (*candidate.new.promised, *(card.code for card in own)):
                files[code].add(candidate.new.slug)
            for card in own:
                for code in dict.fromkeys(card.codes):
                    self._cards[code].append(card)
        self._by_file = {code: _owner(slugs, around.owners.get(code)) for code, slugs in files.items()}
        self._by_name = {
            code: min(cards, key=partial(_closeness, code, around.owners.get(code))).agency_slug
            for code, cards in self._cards.items()
            if code not in self._by_file
        }

    def conflicts(self, manifest: SiteManifest) -> list[Problem]:
        """What holds a site back: files of codes that are not its own, and codes that it gives to two records."""
        return [problem for problem, holds in self._conflicts(manifest) if holds]

    def advice(self, manifest: SiteManifest) -> list[Problem]:
        """The former and local codes of a site's records that lead to another's."""
        return [problem for problem, holds in self._conflicts(manifest) if not holds]

    def _conflicts(self, manifest: SiteManifest) -> Iterable[tuple[Problem, bool]]:
        for kind, card in self._kinds.coded_cards(manifest):
            for code in dict.fromkeys(card.codes):
                if not self._may_have(code, card):
                    problem = self._more_than_one(_codes(kind), code, card)
                    yield problem, code == card.code or self._owner(code) == card.agency_slug

    def _owner(self, code: str) -> str:
        return self._by_file[code] if code in self._by_file else self._by_name[code]

    def without_others_names(self, manifest: SiteManifest) -> SiteManifest:
        """A new version whose records have no former or local codes that lead to another's record."""

        def named(card: CodedCard) -> CodedCard:
            return _with_names(card, [code for code in card.other_codes if self._owner(code) == card.agency_slug])

        return self._with_cards(manifest, lambda cards: map(named, cards))

    def _may_have(self, code: str, card: CodedCard) -> bool:
        if code in self._by_file:
            own = code == card.code and self._by_file[code] == card.agency_slug
            return own and self._only_one_of_its_site(code, card)
        return self._by_name[code] == card.agency_slug and self._only_one_of_its_site(code, card)

    def _only_one_of_its_site(self, code: str, card: CodedCard) -> bool:
        return sum(other.agency_slug == card.agency_slug for other in self._cards[code]) == 1

    def _more_than_one(self, codes: Codes, code: str, card: CodedCard) -> Problem:
        paths = {other.path for other in self._cards[code]}
        owner = self._by_file.get(code)
        if owner is not None and not any(other.agency_slug == owner for other in self._cards[code]):
            paths.add(text("the folder of {agency}", agency=stored(owner)).render())
        everyone = ", ".join(sorted(paths))
        position = card.places.get(code)
        line = position.line if position else None
        if code == card.code:
            message = codes.twice(code, everyone)
            hint = text("keep it with its owner and remove the others")
            return Problem(path=card.path, line=line, field="code", message=message, hint=hint)
        message = codes.leads_twice(code, everyone)
        hint = text("name it in one of them only")
        return Problem(path=card.path, line=line, field=position.field if position else "", message=message, hint=hint)

    def without_others_codes(self, manifest: SiteManifest) -> SiteManifest:
        """A last good version without the records, and the names of some, that have become others'."""

        def own(code: str) -> bool:
            return self._by_file.get(code, self._by_name.get(code, manifest.slug)) == manifest.slug

        def kept(cards: Iterable[CodedCard]) -> Iterable[CodedCard]:
            return (_with_names(card, [c for c in card.other_codes if own(c)]) for card in cards if own(card.code))

        return self._with_cards(manifest, kept)

    def _with_cards(
        self, manifest: SiteManifest, change: Callable[[Iterable[CodedCard]], Iterable[CodedCard]]
    ) -> SiteManifest:
        """The manifest with other cards of records that have codes; itself where they are the same."""
        for kind in self._kinds.coded:
            cards: tuple[CodedCard, ...] = cards_of(manifest, kind.name, kind.card_type)
            changed = tuple(change(cards))
            if changed != cards:
                manifest = manifest.with_cards(kind.name, changed)
        return manifest


def _with_names(card: CodedCard, names: Sequence[str]) -> CodedCard:
    """The card with these former and local codes."""
    return card if tuple(names) == card.other_codes else card.model_copy(update={"other_codes": tuple(names)})


def _closeness(code: str, owner: str | None, card: CodedCard) -> tuple[bool, bool, str]:
    """Who comes first of those that name a code: its owner, then who has the record whose code it begins with."""
    return card.agency_slug != owner, not code.startswith(f"{card.code}."), card.agency_slug


def _owner(slugs: Collection[str], given: str | None) -> str:
    return given if given is not None and given in slugs else min(slugs)  # the province's is the empty one


MOST_HINTS = 50
"""Unknown names of one build for which near ones are looked for: that takes a while, and nobody reads a thousand."""


class _Known:
    """Everything that a link may lead to in the portal as it will be shown."""

    def __init__(
        self,
        manifests: Mapping[str, SiteManifest],
        left_out: Mapping[str, SiteManifest],
        promised: Mapping[str, str],
        drafts: Collection[str],
        held_back: Mapping[str, SiteManifest],
        around: Circumstances,
    ) -> None:
        self._around = around
        self._manifests = manifests
        self._held_back = held_back
        self._hints = 0
        self._promised = promised
        self._left_out = left_out
        self.agencies = {slug for slug in (*manifests, *left_out) if is_agency(slug)}
        kinds = around.kinds
        self._coded = {kind.name: kind for kind in kinds.coded}
        self.codes = {code for m in manifests.values() for _, card in kinds.coded_cards(m) for code in card.codes}
        self.drafts = drafts
        self.withdrawn = {address for m in manifests.values() for address in m.withdrawn}
        self.addresses = {*around.fixed, *(address for m in manifests.values() for address in m.addresses)}
        for slug in self.agencies:
            self.addresses |= _always(slug, kinds)
        for kind in kinds.coded:
            self.addresses.update(f"{kind.list_of(PROVINCE)}{code}/" for code in (*self.codes, *promised))
            self.addresses.update(f"{kind.list_of(past.agency)}{past.code}/" for past in around.removed)
        closed = ClosedAgencies(kinds, manifests, around.of_each, around.gone)
        self.moved = leading_on(around.former, manifests.values(), self.addresses, closed.ways())
        self.standing = frozenset(self.addresses)
        self.addresses |= self.moved.keys()
        self.given_up = self._given_up(closed)
        self.withdrawn |= self.given_up.keys()
        self.addresses.update(address for address in self.given_up if not _is_file(address))
        self._removed = {past.code: past for past in sorted(around.removed, key=lambda past: past.removed)}

    def _given_up(self, closed: ClosedAgencies) -> dict[str, Settlement]:
        """What was withdrawn and has no record that says so, by address in order; nothing else may stand there."""
        settled = settled_by(self._manifests.values())
        given_up = {address: settled[home] for address, home in closed.withdrawn().items()}
        given_up |= {address: way for address, way in settled.items() if way.to is None}
        return {address: way for address, way in sorted(given_up.items()) if address not in self.addresses}

    def leads_somewhere(self, reference: Reference) -> bool:
        """Whether something answers: a notice also does."""
        if reference.kind in self._coded:
            return reference.target in self.codes or reference.target in self._promised
        if reference.kind == "agency":
            return reference.target in self.agencies
        return reference.kind != "address" or reference.target in self.addresses or reference.target in self.written

    @cached_property
    def written(self) -> frozenset[str]:
        """Every address of pages about all sites."""
        return frozenset(self._around.written(list(self._manifests.values())))

    def unlinked(self, manifest: SiteManifest) -> tuple[str, ...]:
        """Targets in the texts of a site whose links must be shown as text."""
        texts = (reference for reference in manifest.references if not reference.field)
        return tuple(sorted({r.key for r in texts if not self.leads_somewhere(r)}))

    def advise(self, manifest: SiteManifest) -> list[Problem]:
        """The references of a site that lead nowhere, or nowhere in public, each with the reason.

        Of pages of its own that will be there as soon as its problems are mended nothing is said.
        """
        own = manifest.addresses if manifest.problems else ()
        references = (r for r in manifest.references if r.kind != "address" or r.target not in own)
        advice = [told for reference in references if (told := self._advise(reference)) is not None]
        return [*advice, *self._idle(manifest)]

    def _idle(self, manifest: SiteManifest) -> Iterable[Problem]:
        """What a site says of addresses of which others say it, or at which there is something."""
        for address, way in manifest.settled.items():
            message, hint = text("/{address} is the address of a page", address=address), text("remove it here")
            if not is_for(manifest, address, self.agencies):
                message = text("/{address} is another agency's, which says itself what becomes of it", address=address)
                hint = text("write it in {file}", file=f"{folder_of(address.partition('/')[0])}/{ADDRESSES}")
            elif address not in self.standing:
                continue
            yield Problem(path=way.path, line=way.line, field=way.field, message=message, hint=hint)

    def _advise(self, reference: Reference) -> Problem | None:
        target = reference.target
        if reference.kind == "address" and target in self.drafts:
            message = text('the page at "/{target}" is not public yet', target=target)
            if not target.endswith("/"):
                message = text('the file at "/{target}" is not public yet', target=target)
            return _at(reference, message, text("its link is shown as text until it is published"))
        if reference.kind == "address" and (now := self.moved.get(target)) is not None:
            message = text('what was at "/{target}" is at "/{address}" now', target=target, address=now)
            return _at(reference, message, text("write the new address: the old one takes readers a step longer"))
        if reference.kind == "address" and target in self.withdrawn:
            message = text('the page at "/{target}" is not public any more', target=target)
            return _at(reference, message, text("name another one, or remove it here"))
        if self.leads_somewhere(reference):
            return self._look_for_place(reference)
        if self._is_being_mended(reference):
            return None
        message, remedy = self._reason(reference)
        if not reference.field:
            if _is_file(target):
                remedy = text("{remedy}; meanwhile its words stand in its place", remedy=remedy)
            else:
                remedy = text("{remedy}; meanwhile the link is shown as text", remedy=remedy)
        return _at(reference, message, remedy)

    def _look_for_place(self, reference: Reference) -> Problem | None:
        """What to say where a page is there and the place on it is not: the link leads to the page's beginning."""
        site = self._manifests.get(reference.target.partition("/")[0], self._manifests.get(PROVINCE))
        places = self._around.places(site, reference.target) if site is not None and reference.fragment else None
        if places is None or reference.fragment in places:
            return None
        return no_such_place(reference, places)

    def _is_being_mended(self, reference: Reference) -> bool:
        """Whether it may be a page of a site that cannot be shown now, or not as it is written: nobody knows."""
        if (kind := self._coded.get(reference.kind)) is not None:
            # Of a folder that cannot be read nobody knows the codes.
            return any(
                not m.promised and kind.folder in Untaken(frozenset(m.untaken)) for m in self._held_back.values()
            )
        first = reference.target.partition("/")[0]
        slug = first if first in self.agencies else ""
        if reference.kind != "address" or slug in self._left_out:
            return reference.kind == "address"
        new = self._held_back.get(slug)
        return new is not None and (
            addresses.page_of_document(reference.target) in new.addresses
            or self._around.may_be_written(new, reference.target)
        )

    def _reason(self, reference: Reference) -> tuple[Text, Text]:
        target = reference.target
        kind = self._coded.get(reference.kind) or self._of_permalink(target)
        removed = self._removed.get(target if reference.kind in self._coded else addresses.last_part(target))
        if removed is not None and kind is not None:
            message = _codes(kind).removed(removed.code, day(removed.removed))
            return message, text("name another one, or remove it here")
        if reference.kind in self._coded and kind is not None:
            codes = _codes(kind)
            known = (code for code in (*self.codes, *self._promised) if codes.is_one(code))
            return codes.none(target), self._near(target, known, codes.look_for)
        if reference.kind == "agency":
            if after := successors(self._manifests.values()).get(target):
                message = text('the agency "{target}" has no folder any more', target=target)
                return message, text("name the one that took its place: {names}", names=", ".join(after))
            usual = text("write the name of a folder in agencies/")
            return text('unknown agency "{target}"', target=target), self._near(target, self.agencies, usual)
        if _is_file(target):
            message = text('there is no file at "/{target}"', target=target)
            return message, text("put the file into your own media/ folder, and name it there")
        if target in settled_by(self._manifests.values()):
            return _no_end(target)
        return _no_page_at(target), self._near_page(target)

    def _near(self, target: str, known: Iterable[str], usual: Text) -> Text:
        self._hints += 1
        return did_you_mean(target, known if self._hints <= MOST_HINTS else (), usual)

    def _near_page(self, target: str) -> Text:
        self._hints += 1
        return _near_page(target, {*self.addresses, *self.written} if self._hints <= MOST_HINTS else ())

    def _of_permalink(self, address: str) -> AnyKind | None:
        """The kind whose records have addresses such as this one for ever."""
        code = addresses.last_part(address)
        return next((kind for kind in self._coded.values() if address == f"{kind.list_of(PROVINCE)}{code}/"), None)


def _advice(candidates: Sequence[Candidate], known: _Known, owners: _Owners) -> dict[str, tuple[Problem, ...]]:
    advice = {c.new.slug: in_order([*known.advise(c.new), *owners.advice(c.new)]) for c in candidates}
    return {slug: problems for slug, problems in advice.items() if problems}
