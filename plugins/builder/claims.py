"""Who owns what two folders ask for: a procedure's code, or an address at the portal's root.

What is decided must not depend on what was built before: the same content gives the same portal on any machine. So who
came first is asked of git, and where git does not know, the province and its order of protocol decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.builder.git_log import first_commits
from plugins.builder.sources import Sources
from plugins.portal.problems import Problem, text
from plugins.portal.sites import AGENCY


@dataclass(frozen=True)
class Claims:
    """What was decided."""

    owners: Mapping[str, str] = field(default_factory=dict)
    """Of codes that more than one folder has a file for: the slug of the one that keeps it; the province's is empty."""
    refused: Mapping[str, Problem] = field(default_factory=dict)
    """Folders that cannot be an agency's, for the province has a page of this name."""
    pages_that_agencies_have: tuple[str, ...] = ()
    """Addresses that pages of the province ask for, and that are agencies'; sorted."""


def settle_claims(sources: Sources, content: Path, protocol: Sequence[str]) -> Claims:
    """Decide for every code and every address that two ask for; `content` is the folder that git knows."""
    rank = {slug: position for position, slug in enumerate(["", *protocol])}
    pages = sources.pages_of_the_province()
    contested = [slug for slug in sources.agencies if slug in pages]
    refused = [slug for slug in contested if slug not in rank and not _was_first(content, slug, pages[slug])]
    return Claims(
        owners=_owners(sources, content, rank),
        refused={slug: _refusal(sources, slug, pages[slug]) for slug in refused},
        pages_that_agencies_have=tuple(slug for slug in contested if slug not in refused),
    )


def _was_first(content: Path, slug: str, page: str) -> bool:
    """Whether an agency had its folder before the province had a page of its name."""
    record, page = f"agencies/{slug}/{AGENCY}", f"province/{page}"
    commits = first_commits(content, [record, page])
    return record in commits and commits[record] < commits.get(page, float("inf"))


def _refusal(sources: Sources, slug: str, page: str) -> Problem:
    return Problem(
        path=f"{sources.shown}/agencies/{slug}",
        message=text("the province has a page at this address: {file}", file=f"{sources.shown}/province/{page}"),
        hint=text("choose another name for the folder"),
    )


def _owners(sources: Sources, content: Path, rank: Mapping[str, int]) -> dict[str, str]:
    claimants: dict[str, list[str]] = defaultdict(list)
    for slug in ("", *sources.agencies):
        for code in sources.codes(slug):
            claimants[code].append(slug)
    contested = {code: slugs for code, slugs in sorted(claimants.items()) if len(slugs) > 1}
    files = {(code, slug): _file(code, slug) for code, slugs in contested.items() for slug in slugs}
    commits = first_commits(content, list(files.values())) if files else {}

    def precedence(code: str, slug: str) -> tuple[float, int, str]:
        return commits.get(files[code, slug], float("inf")), rank.get(slug, len(rank)), slug

    return {code: min(slugs, key=lambda slug: precedence(code, slug)) for code, slugs in contested.items()}


def _file(code: str, slug: str) -> str:
    return f"{f'agencies/{slug}' if slug else 'province'}/procedures/{code}.yaml"
