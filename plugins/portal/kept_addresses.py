"""Which addresses of a site are kept for ever, and what is said of one that would lead nowhere.

What an editor published, as the page of a record or a file, stays until somebody says what becomes of it. What follows
from that, such as the seventh page of a list, a feed or the copy of a picture, leads on by itself to what stands above
it. What changes its name with its content, or is asked for by pages alone, is not kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from plugins.portal import addresses
from plugins.portal.kinds import AnyKind, Kinds
from plugins.portal.manifest import SiteManifest
from plugins.portal.media import is_picture
from plugins.portal.nearness import nearest
from plugins.portal.problems import Problem, Text, text
from plugins.portal.record_files import ADDRESSES, AGENCY
from plugins.portal.site_names import PROVINCE, folder_of, is_agency

MOST_NAMED = 10
"""Addresses of one site that are told: who reads of a hundred looks for what they have in common."""
_FOR_PAGES_ALONE = ("theme/", addresses.LIVE, "sitemaps/", addresses.PROBLEMS, addresses.COMPONENTS)


def is_kept(address: str) -> bool:
    """Whether people may have kept an address, or written it down; home is always there."""
    if address.startswith(_FOR_PAGES_ALONE):
        return False
    if address.endswith("/"):
        return True
    in_search = f"/{addresses.SEARCH}" in f"/{address}"  # files called after their content
    return "/" in address and not in_search and not address.endswith(f"/{addresses.style_of(PROVINCE)}")


def is_file(address: str) -> bool:
    """Whether it is one of the files that a site offers, and no picture: these are there for pages."""
    return f"/{addresses.MEDIA}" in f"/{address}" and not is_picture(address)


@dataclass(frozen=True)
class KeptAddresses:
    """The addresses of one site, or of pages about all sites."""

    published: frozenset[str]
    """Of what an editor published."""
    derived: frozenset[str]
    """Of what follows from it."""

    @classmethod
    def of(cls, site: SiteManifest) -> KeptAddresses:
        """Those of a compiled site."""
        own = {card["url"] for cards in site.cards.values() for card in cards}
        return cls._sorted_out(site.addresses, own | {addresses.site_home(site.slug), *site.withdrawn, *site.moved})

    @classmethod
    def of_files(cls, files: Iterable[str], home: str) -> KeptAddresses:
        """Those of files of which nobody knows any more what they were made of: lists and records look alike."""
        return cls._sorted_out([addresses.answered_by(file) for file in files if not file.endswith(".gz")], {home})

    @classmethod
    def _sorted_out(cls, answered: Iterable[str], own: Collection[str]) -> KeptAddresses:
        kept = {address for address in answered if is_kept(address)}
        published = {address for address in kept if address in own or is_file(address)}
        return cls(frozenset(published), frozenset(kept - published))


@dataclass(frozen=True)
class LostAddresses:
    """Says what is to be done about addresses that would lead nowhere."""

    kinds: Kinds
    content: str
    """The content folder as people see it."""
    today: date
    continued_by: Mapping[str, SiteManifest]
    """The sites that may have what continues them, by slug."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """By an address that a page or file had before git renamed it, the one that it had last."""

    def problems(self, site: str, lost: Sequence[str]) -> tuple[Problem, ...]:
        """What a site's editors are told, each with what they paste."""
        told = [self.problem(site, address) for address in sorted(lost)[:MOST_NAMED]]
        if len(lost) > MOST_NAMED:
            more = text("{number} more addresses of the site would lead nowhere", number=len(lost) - MOST_NAMED)
            told.append(Problem(path=f"{self.content}/{folder_of(site)}", message=more))
        return tuple(told)

    def problem(self, site: str, address: str) -> Problem:
        kind = self._kind(site, address)
        message = text('"/{address}" was published, and would lead nowhere now', address=address)
        if address in self.renamed:
            message = text(
                '"/{address}" was published and renamed to "/{now}", where nothing is now',
                address=address,
                now=self.renamed[address],
            )
        return Problem(path=self._file(site, address, kind), message=message, hint=self._remedy(site, address, kind))

    def _kind(self, site: str, address: str) -> AnyKind | None:
        """The kind whose records have such addresses; None for what is no record's."""
        below = address.removeprefix(addresses.site_home(site))
        if not below or is_file(address):
            return None
        lists = [kind for kind in self.kinds if below.startswith(kind.list_address)]
        return max(lists, key=lambda kind: len(kind.list_address), default=None)

    def _file(self, site: str, address: str, kind: AnyKind | None) -> str:
        """Where it most likely came from, as seen by people."""
        below = address.removeprefix(addresses.site_home(site))
        if kind is not None:
            below = f"{kind.folder}/{below.removeprefix(kind.list_address).rstrip('/')}{kind.suffix}"
        return f"{self.content}/{folder_of(site)}/{below or AGENCY}"

    def _remedy(self, site: str, address: str, kind: AnyKind | None) -> Text:
        if site not in self.continued_by and is_agency(site):
            return text(
                "if another agency took its place, write in that one's agency.yaml predecessors: [{slug}]; else bring "
                "the folder back, and say in its record what became of the agency",
                slug=site,
            )
        if kind is None:
            return text(
                "bring it back, or write in {file}, below addresses:, - {open}address: /{address}, to: /…{close}, "
                "and in the place of to, "
                'if nothing continues it, withdrawn: {open}date: {day}, reason: "{reason}"{close}',
                file=ADDRESSES, address=address, open="{", close="}", day=self.today.isoformat(),
                reason=text("the reason"),
            )  # fmt: skip
        if kind.codes:
            return text("bring the record back, or list its code among the former codes of the one that continues it")
        values = {
            "alias": f"aliases: [/{address}]", "open": "{", "close": "}",
            "day": self.today.isoformat(), "reason": text("the reason"),
        }  # fmt: skip
        if site in self.continued_by and address in self.continued_by[site].drafts:
            return text(
                "it is not public any more: publish it again, or write in it "
                'withdrawn: {open}date: {day}, reason: "{reason}"{close}',
                **{name: value for name, value in values.items() if name != "alias"},
            )
        values |= {"file": ADDRESSES, "address": address}
        if near := self._continuation(site, address):
            return text(
                'if "/{near}" continues it, write there {alias}; else write in {file}, below addresses:, '
                "- {open}address: /{address}, "
                'withdrawn: {open}date: {day}, reason: "{reason}"{close}{close}, or to: /… in the place of withdrawn',
                near=near,
                **values,
            )
        return text(
            "in the record that continues it write {alias}; else write in {file}, below addresses:, "
            "- {open}address: /{address}, "
            'withdrawn: {open}date: {day}, reason: "{reason}"{close}{close}, or to: /… in the place of withdrawn',
            **values,
        )

    def _continuation(self, site: str, address: str) -> str:
        """The page of the site that most likely continues one: of the same name in another year, or of nearly it.

        Not of another site: no page of its own can have been there before.
        """
        own = sorted(_pages(self.continued_by[site]))
        name = addresses.last_part(address)
        same = next((page for page in own if addresses.last_part(page) == name and page != address), None)
        return same or nearest(address, own) or ""


def _pages(manifest: SiteManifest) -> set[str]:
    has = set(manifest.addresses)
    return {card["url"] for cards in manifest.cards.values() for card in cards if card["url"] in has}
