"""What a release must not have when it goes live: found by joining what is known of each of its versions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from plugins.portal import addresses
from plugins.portal.problems import PortalError, Problem, Text, Translate, in_order, text
from plugins.portal.site_names import STORED_PROVINCE
from plugins.releases.version_facts import VersionFacts

MOST_FILES = 20_000
"""More than what common static hosts take."""
MOST_BYTES = 25 * 1024 * 1024
"""Of one file: more than what common static hosts take."""
MOST_TOLD = 10
"""Findings that the sentence of a refusal has; that there are more it says."""


class ReleaseFaultsError(PortalError):
    """What was to be published has faults: what is live stays."""

    def __init__(self, findings: Sequence[Problem]) -> None:
        self.findings = tuple(findings)
        self._sentence = text(
            "nothing is changed, for what was to be published has faults ({number}); tell those who run the portal "
            "(PORTAL_CHECK_RELEASES = False publishes it as it is)",
            number=len(findings),
        )
        super().__init__(self.render())

    def render(self, translate: Translate = str) -> str:
        """The sentence, and a line for each of the first findings."""
        told = [f"  {finding.render(translate)}" for finding in self.findings[:MOST_TOLD]]
        more = ["  …"] if len(self.findings) > MOST_TOLD else []
        return "\n".join([self._sentence.render(translate), *told, *more])


@dataclass(frozen=True)
class Checked:
    """The versions that a release is put together from."""

    facts: Mapping[str, VersionFacts]
    """By name of the site or of the pages about all sites."""
    drafts: Collection[str] = ()
    """Addresses of what is not public yet."""
    led_on: Collection[str] = ()
    """Addresses that lead on because what stood there is no more."""
    kept: Collection[str] = ()
    """Names of the sites that stay as they were: what others or the clock took meanwhile is no fault of theirs."""
    left_out: Collection[str] = ()
    """Names of the sites that are not shown: pages about all sites lead to what would be there."""
    promised: Collection[str] = ()
    """Addresses that the versions together say that the release has."""
    vanished: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By name the files that a version was written with and that do not lie beside the releases."""
    now: datetime | None = None
    """With its zone: what is dated later is not public; None where drafts are shown."""

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(file for facts in self.facts.values() for file in facts.files)

    @cached_property
    def leads_on(self) -> dict[str, str]:
        """By address the one that it leads on to, with the place; neither has a leading slash."""
        return {
            addresses.answered_by(file): target.removeprefix("/")
            for facts in self.facts.values()
            for file, target in facts.leads_on.items()
        }

    @cached_property
    def _answered(self) -> frozenset[str]:
        """The addresses that files answer."""
        return frozenset(map(addresses.answered_by, self.files))

    def answers(self, address: str) -> bool:
        """Whether there is a file, or the server leads on to a folder, or what is written later is meant."""
        if address in self._answered:  # nearly every link
            return True
        files = self.files
        if addresses.saved_as(address) in files or address in self.led_on or address.startswith(addresses.LIVE):
            return True
        return f"{address}/index.html" in files

    def is_left_out(self, address: str) -> bool:
        """Whether it would be for a site to have it that is not shown; what is no agency's is the province's."""
        first = address.partition("/")[0]
        return first in self.left_out or (STORED_PROVINCE in self.left_out and first not in self.facts)

    def has_id(self, address: str, wanted: str) -> bool:
        """Whether there is an element with that id on the page at an address."""
        return " " not in wanted and any(
            f" {wanted} " in ids for ids in self._places.get(addresses.saved_as(address), ())
        )

    @cached_property
    def _places(self) -> dict[str, list[str]]:
        """By file the ids on the page, each between blanks; of each version that has it."""
        places: dict[str, list[str]] = {}
        for facts in self.facts.values():
            for file, ids in facts.places.items():
                places.setdefault(file, []).append(f" {ids} ")
        return places


def findings(release: Checked) -> tuple[Problem, ...]:
    """What is wrong with a release, page by page."""
    return in_order(
        finding
        for find in (_missing, _faults, _dead_links, _bad_redirects, _unlisted, _not_public)
        for finding in find(release)
    )


def _finding(file: str, message: Text) -> Problem:
    return Problem(path=f"/{addresses.answered_by(file)}", message=message)


def missing(release: Checked) -> tuple[Problem, ...]:
    """What was written and is not there, or was not written: versions that are made anew may have it."""
    return tuple(_missing(release))


def _missing(release: Checked) -> Iterator[Problem]:
    for files in release.vanished.values():
        yield from (_finding(file, text("it was written, and is not there any more")) for file in files)
    for address in release.promised:
        if not release.answers(address):
            yield _finding(address, text("nothing is there, and every release of these sites has it"))


def _faults(release: Checked) -> Iterator[Problem]:
    for facts in release.facts.values():
        for file, faults in facts.faults.items():
            yield from (_finding(file, fault) for fault in faults)


def _dead_links(release: Checked) -> Iterator[Problem]:
    for name, facts in release.facts.items():
        if name in release.kept:
            continue
        for target, file in facts.asked.items():
            address, _, fragment = target.partition("#")
            if not release.answers(address):
                if not release.is_left_out(address):
                    yield _finding(file, text("it leads to /{target}, where nothing is", target=address))
            elif (
                fragment not in ("", "top")
                and address not in release.leads_on
                and not release.has_id(address, fragment)
            ):
                yield _finding(file, text("it leads to /{target}, and there is no such place", target=target))


def _bad_redirects(release: Checked) -> Iterator[Problem]:
    for address, target in release.leads_on.items():
        onward = addresses.without_fragment(target)
        if onward not in release.leads_on:
            continue
        if _comes_back(release.leads_on, address):
            message = text("it leads on to /{target}, which leads back", target=onward)
        else:
            message = text("it leads on to /{target}, which leads on as well", target=onward)
        yield _finding(addresses.saved_as(address), message)


def _comes_back(leads_on: Mapping[str, str], address: str) -> bool:
    seen: set[str] = set()
    while address in leads_on and address not in seen:
        seen.add(address)
        address = addresses.without_fragment(leads_on[address])
    return address in seen


def _unlisted(release: Checked) -> Iterator[Problem]:
    """Pages in sitemaps that search engines are asked to pass over, unless the whole portal is to be passed over."""
    passed_over = {file for facts in release.facts.values() for file in facts.noindex}
    if addresses.saved_as("") in passed_over:
        return
    for facts in release.facts.values():
        for address, sitemap in facts.listed.items():
            if addresses.saved_as(address) in passed_over:
                yield _finding(sitemap, text("it lists /{target}, which asks not to be found", target=address))


def _not_public(release: Checked) -> Iterator[Problem]:
    if release.now is None:
        return
    for address in release.drafts:
        if addresses.saved_as(address) in release.files:
            yield _finding(address, text("it is a draft"))
    for name, facts in release.facts.items():
        if name in release.kept:  # shown already: under a clock that was ahead, and was set right since
            continue
        for file, written in facts.published.items():
            moment = _moment(written)
            if moment is None or moment > release.now:
                yield _finding(file, text("it is dated later than now: {moment}", moment=written))


def _moment(written: str) -> datetime | None:
    """None where it is no moment with a zone."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def notes(release: Checked) -> tuple[Text, ...]:
    """What common static hosts would not take of a release."""
    exceeded = []
    if (number := len(release.files)) > MOST_FILES:
        exceeded.append(text("{number} files: common static hosts take {most}", number=number, most=MOST_FILES))
    for file, size in (facts.largest for facts in release.facts.values()):
        if size > MOST_BYTES:
            megabytes = size // (1024 * 1024)
            exceeded.append(text("/{file} has {size} MB: common static hosts take 25", file=file, size=megabytes))
    return tuple(exceeded)
