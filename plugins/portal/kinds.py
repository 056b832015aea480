"""Content kinds: all that the rest of the house knows of what a province publishes, one description each.

A capability exports its kinds as `KINDS`, and `PORTAL_KINDS` in the settings names the capability: reading, linking,
manifests, schemas, lists, search, menus, sitemaps, feeds and the API loop over them and know none by name. Kinds are
handed to whoever needs them; this package imports none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from plugins.portal import addresses
from plugins.portal.entries import Entry
from plugins.portal.file_places import FOLDERS
from plugins.portal.identifiers import is_slug
from plugins.portal.manifest import Card, SiteManifest
from plugins.portal.problems import SettingsError, Text, text
from plugins.portal.vocabulary import Term
from plugins.portal.yaml_source import Loc

RecordT = TypeVar("RecordT", bound=BaseModel)
CardT = TypeVar("CardT", bound=Card)


@dataclass(frozen=True)
class Target:
    """What a record says of something else: linking looks whether it is there."""

    kind: Literal["procedure", "agency", "address"]
    name: str
    """A procedure's code, an agency's slug, or an address without its leading slash."""
    loc: Loc


@dataclass(frozen=True)
class Remark:
    """What is odd in a record; what `stops` keeps the site's new version from being shown."""

    loc: Loc
    message: Text
    hint: Text
    stops: bool = False


@dataclass(frozen=True)
class Indexed:
    """What search counts of an entry, in the order of its weight, and the line below its name in a result."""

    title: str
    keywords: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    summary: str = ""
    meta: str = ""


def _no_targets(record: Any) -> Iterable[Target]:
    return ()


def _no_files(record: Any) -> Iterable[tuple[Loc, str]]:
    return ()


def _no_remarks(record: Any) -> Iterable[Remark]:
    return ()


@dataclass(frozen=True)
class ContentKind(Generic[RecordT, CardT]):
    """One kind of content.

    What has no default is all that a kind must say. Functions are pure: they see a record and nothing
    else, so that what they give depends on nothing else.
    """

    name: str
    """In schemas, manifests and search; letters, digits and hyphens."""
    many: Term
    """What people call its list."""
    folder: str
    """In a site's folder; its files lie directly in it."""
    model: type[RecordT]
    card_type: type[CardT]
    card: Callable[[RecordT], Mapping[str, object]]
    """The fields of a card but for its address and its site."""
    home: str = ""
    """Below a site's home, the address of its list, such as `van-ban/`. The folder's name where it is empty."""
    suffix: Literal[".yaml", ".md"] = ".md"
    order: Callable[[CardT], Any] = field(default=lambda card: card.title)
    """By what cards are sorted in lists."""
    is_public: Callable[[RecordT], bool] = field(default=lambda record: True)
    targets: Callable[[RecordT], Iterable[Target]] = _no_targets
    files: Callable[[RecordT], Iterable[tuple[Loc, str]]] = _no_files
    """What of media/ it shows or offers."""
    remarks: Callable[[RecordT], Iterable[Remark]] = _no_remarks
    indexed: Callable[[RecordT], Indexed] | None = None
    """None where search is not to find it."""
    in_menu: bool = True
    """Whether sites that have any show the list in their menu."""
    feed_moment: Callable[[CardT], datetime] | None = None
    """When a card's entry was published or changed, as feeds say it; None where there is no feed."""
    api: str = ""
    """Its name below `/api/v1/`; empty where programs are not given it."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What the model's fields mean, in Vietnamese."""

    @property
    def list_address(self) -> str:
        """Below a site's home."""
        return self.home or f"{self.folder}/"

    def address(self, site: str, slug: str) -> str:
        """The page of an entry, without a leading slash."""
        return f"{self.list_of(site)}{slug}/"

    def list_of(self, site: str) -> str:
        """The list of a site; of the province, of all sites."""
        return f"{addresses.site_home(site)}{self.list_address}"

    def feed_of(self, site: str) -> str:
        return f"{self.list_of(site)}feed.atom"

    @property
    def api_address(self) -> str:
        return f"{addresses.API}{self.api}.json"

    def card_of(self, site: str, site_name: str, entry: Entry[RecordT]) -> CardT:
        """What others see of an entry."""
        return self.card_type.model_validate(
            {
                **self.card(entry.record),
                "url": self.address(site, entry.slug),
                "agency_slug": site,
                "agency_name": site_name,
            }
        )


AnyKind = ContentKind[Any, Any]


class KindError(SettingsError):
    """Kinds that cannot be together, or one that cannot be at all; names all that are concerned."""


class Kinds:
    """The kinds of a portal, in the order of the settings. Raises `KindError` for what cannot be meant."""

    def __init__(self, kinds: Sequence[AnyKind] = ()) -> None:
        for kind in kinds:
            _check(kind)
        for what, key in _UNIQUE:
            _check_unique(kinds, what, key)
        self._kinds = tuple(kinds)
        self._by_name = {kind.name: kind for kind in kinds}
        self._by_folder = {kind.folder: kind for kind in kinds}

    def __iter__(self) -> Iterator[AnyKind]:
        return iter(self._kinds)

    def in_folder(self, folder: str) -> AnyKind | None:
        return self._by_folder.get(folder)

    def named(self, name: str) -> AnyKind:
        return self._by_name[name]

    @property
    def folders(self) -> tuple[str, ...]:
        return tuple(self._by_folder)

    def linked_addresses(self, manifests: Sequence[SiteManifest]) -> Iterator[str]:
        """Where lists of all sites and answers of the API stand, when these sites are shown."""
        for kind in self.found_in(manifests):
            yield kind.list_of("")
            if kind.feed_moment is not None:
                yield kind.feed_of("")
            if kind.api:
                yield kind.api_address

    def found_in(self, manifests: Sequence[SiteManifest]) -> list[AnyKind]:
        """The kinds that any of these sites has something of."""
        return [kind for kind in self._kinds if any(kind.name in manifest.cards for manifest in manifests)]

    @property
    def reserved(self) -> frozenset[str]:
        """First parts of addresses that no page and no agency may take."""
        return frozenset(kind.list_address.partition("/")[0] for kind in self._kinds)


_UNIQUE: tuple[tuple[str, Callable[[AnyKind], str]], ...] = (
    ("name", lambda kind: kind.name),
    ("folder", lambda kind: kind.folder),
    ("address", lambda kind: kind.list_address),
    ("api", lambda kind: kind.api),
)


def _check_unique(kinds: Sequence[AnyKind], what: str, key: Callable[[AnyKind], str]) -> None:
    known: dict[str, AnyKind] = {}
    for kind in kinds:
        value = key(kind)
        if value and value in known:
            message = text(
                'the kinds "{first}" and "{second}" have the same {what}, "{value}": give one of them another',
                first=known[value].name,
                second=kind.name,
                what=what,
                value=value,
            )
            raise KindError(message)
        known[value] = kind


def _check(kind: AnyKind) -> None:
    if not is_slug(kind.name):
        raise KindError(text('the kind "{name}": its name must be letters, digits and hyphens', name=kind.name))
    if not (isinstance(kind.model, type) and issubclass(kind.model, BaseModel)):
        raise KindError(text('the kind "{name}" has no model: name a pydantic model', name=kind.name))
    if not (isinstance(kind.card_type, type) and issubclass(kind.card_type, Card)):
        raise KindError(text('the kind "{name}": card_type must be a Card', name=kind.name))
    if not is_slug(kind.folder) or kind.folder in FOLDERS:
        message = text(
            'the kind "{name}": a site has a folder "{folder}" of its own, or it is none', name=kind.name,
            folder=kind.folder,
        )  # fmt: skip
        raise KindError(message)
    first = kind.list_address.removesuffix("/")
    if not kind.list_address.endswith("/") or not is_slug(first) or first in addresses.RESERVED_AT_ROOT:
        message = text(
            'the kind "{name}": its address "{address}" must be one part below a site, such as "su-kien/", and none '
            "that the portal has",
            name=kind.name,
            address=kind.list_address,
        )
        raise KindError(message)
