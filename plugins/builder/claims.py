"""Who owns what two folders ask for: a procedure's code, or an address at the portal's root.

What is decided must not depend on what was built before: the same content gives the same portal on any machine. So who
came first is asked of git, which follows a file through renames; where git does not know, the province and its order of
protocol decide. Whoever does not get a procedure's code is shown without this one procedure, and is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.builder.git_log import first_commits, first_holders
from plugins.builder.sources import Sources
from plugins.portal.problems import Problem, text
from plugins.portal.site_reading import AGENCY


@dataclass(frozen=True)
class Claims:
    """What was decided."""

    owners: Mapping[str, str] = field(default_factory=dict)
    """Of codes that more than one folder has a file for: the slug of the one that keeps it; the province's is empty."""
    doubled: Mapping[str, Mapping[str, Problem]] = field(default_factory=dict)
    """By the slug of a folder, the codes that it has a file for and that are another's, with what is to be said."""
    refused: Mapping[str, Problem] = field(default_factory=dict)
    """Folders that cannot be an agency's, for the province has a page of this name."""
    pages_that_agencies_have: tuple[str, ...] = ()
    """Addresses that pages of the province ask for, and that are agencies'; sorted."""

    def others_codes(self, slug: str) -> tuple[str, ...]:
        """The codes that a folder has a file for and that are another's; sorted."""
        return tuple(sorted(self.doubled.get(slug, ())))

    @property
    def problems(self) -> dict[str, tuple[Problem, ...]]:
        """What is to be said of doubled codes, by the slug of the folder."""
        return {slug: tuple(problems.values()) for slug, problems in self.doubled.items()}


def settle_claims(sources: Sources, content: Path, protocol: Sequence[str]) -> Claims:
    """Decide for every code and every address that two ask for; `content` is the folder that git knows."""
    rank = {slug: position for position, slug in enumerate(["", *protocol])}
    pages = sources.at_the_root()
    contested = [slug for slug in sources.agencies if slug in pages]
    refused = [slug for slug in contested if slug not in rank and not _was_first(content, slug, pages[slug])]
    sources = sources.without(refused)
    claimants = _claimants(sources)
    owners = _owners(sources, content, rank, claimants)
    return Claims(
        owners=owners,
        doubled=_doubled(sources, claimants, owners),
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


def _claimants(sources: Sources) -> dict[str, list[str]]:
    """The codes that more than one folder has a file for, with the slugs of these folders; in order."""
    claimants: dict[str, list[str]] = defaultdict(list)
    for slug in ("", *sources.agencies):
        for code in sources.codes(slug):
            claimants[code].append(slug)
    return {code: slugs for code, slugs in sorted(claimants.items()) if len(slugs) > 1}


def _owners(
    sources: Sources, content: Path, rank: Mapping[str, int], claimants: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    files = {(code, slug): sources.file_of(slug, code) for code, slugs in claimants.items() for slug in slugs}
    present = {sources.file_of(slug, code) for slug, code in sources.coded_files} if files else set()
    patterns = [f"**/{kind.folder}/**" for kind in sources.kinds.coded]
    moments = first_holders(content, patterns, list(files.values()), present) if files else {}

    def precedence(code: str, slug: str) -> tuple[float, int, str]:
        return moments.get(files[code, slug], float("inf")), rank.get(slug, len(rank)), slug

    return {code: min(slugs, key=lambda slug: precedence(code, slug)) for code, slugs in claimants.items()}


def _line_of_code(sources: Sources, code: str, slug: str) -> int | None:
    """Where a file says its code; the file may be anything, and is not read for more."""
    path = sources.content / sources.file_of(slug, code)
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    return next((number for number, line in enumerate(lines, 1) if line.startswith("code:")), None)


def _doubled(
    sources: Sources, claimants: Mapping[str, Sequence[str]], owners: Mapping[str, str]
) -> dict[str, dict[str, Problem]]:
    doubled: dict[str, dict[str, Problem]] = defaultdict(dict)
    for code, slugs in claimants.items():
        files = {slug: f"{sources.shown}/{sources.file_of(slug, code)}" for slug in slugs}
        everyone = ", ".join(sorted(files.values()))
        for slug in slugs:
            if slug != owners[code]:
                codes = sources.words_of(slug, code)
                doubled[slug][code] = Problem(
                    path=files[slug],
                    line=_line_of_code(sources, code, slug),
                    field="code",
                    message=codes.twice(code, everyone),
                    hint=codes.owned(owners[code] or "province"),
                )
    return dict(doubled)
