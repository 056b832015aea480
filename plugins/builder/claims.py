"""Who owns what two folders ask for: a procedure's code, or an address at the portal's root.

What is decided must not depend on what was built before: the same content gives the same portal on any machine. So who
came first is asked of git, which follows a file through renames and knows who had it before it was away for a while;
where git does not know, the province and its order of protocol decide. A former code that a record lists is asked for
as well. Whoever does not get a procedure's code is shown without this one procedure, and is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from plugins.builder.code_holders import Claim, Holders, Present, holders
from plugins.builder.former_codes import former_codes
from plugins.builder.git_log import first_commits
from plugins.builder.kept_lineages import LineageMemory
from plugins.builder.lineage import Moment
from plugins.builder.sources import Sources
from plugins.portal.problems import Problem, Text, text
from plugins.portal.record_files import AGENCY
from plugins.portal.site_names import PROVINCE, folder_of, stored, with_province


@dataclass(frozen=True)
class Claims:
    """What was decided."""

    owners: Mapping[str, str] = field(default_factory=dict)
    """Of codes that more than one folder asks for: the slug of the one that keeps it; the province's is empty."""
    doubled: Mapping[str, Mapping[str, Problem]] = field(default_factory=dict)
    """By the slug of a folder, the codes that it has a file for and that are another's, with what is to be said."""
    refused: Mapping[str, Problem] = field(default_factory=dict)
    """Folders that cannot be an agency's, for the province has a page of this name."""
    pages_that_agencies_have: tuple[str, ...] = ()
    """Addresses that pages of the province ask for, and that are agencies'; sorted."""
    unknown: Text | None = None
    """Why git could not be asked who was first, or not for all of the past; None also where nobody had to ask."""

    def others_codes(self, slug: str) -> tuple[str, ...]:
        """The codes that a folder has a file for and that are another's; sorted."""
        return tuple(sorted(self.doubled.get(slug, ())))

    @property
    def problems(self) -> dict[str, tuple[Problem, ...]]:
        """What is to be said of doubled codes, by the slug of the folder."""
        return {slug: tuple(problems.values()) for slug, problems in self.doubled.items()}

    def problem_of_history(self, folder: str) -> tuple[Problem, ...]:
        """What the province is told where codes are asked for by several and git does not know who was first."""
        if self.unknown is None:
            return ()
        return (
            Problem(
                path=folder,
                message=text(
                    "who had these codes first is not known, the order of protocol decides: {codes}",
                    codes=", ".join(sorted(self.owners)[:MOST_NAMED])
                    + (", …" if len(self.owners) > MOST_NAMED else ""),
                ),
                hint=self.unknown,
            ),
        )


MOST_NAMED = 10
"""Codes in one sentence."""


@dataclass(frozen=True)
class _Asking:
    """A folder that asks for a code."""

    slug: str
    file: str
    """From the content folder."""
    by_name: bool
    """Whether the file is named after the code; else it lists the code as a former one."""


@dataclass(frozen=True)
class ClaimsMemory:
    """Where is kept what need not be found out anew; nothing that is decided depends on it."""

    folder: Path
    engine: str
    """Stands for the code that found it out."""

    @property
    def former_codes(self) -> Path:
        return self.folder / "former-codes.json"

    @property
    def lineages(self) -> LineageMemory:
        return LineageMemory(self.folder / "lineages.json", self.engine)


def settle_claims(
    sources: Sources, content: Path, protocol: Sequence[str], memory: ClaimsMemory | None = None
) -> Claims:
    """Decide for every code and every address that two ask for; `content` is the folder that git knows."""
    rank = {slug: position for position, slug in enumerate(with_province(protocol))}
    pages = sources.at_the_root()
    contested = [slug for slug in sources.agencies if slug in pages]
    refused = [slug for slug in contested if slug not in rank and not _was_first(content, slug, pages[slug])]
    sources = sources.without(refused)
    claimants = _claimants(sources, memory)
    asked = _ask(sources, content, claimants, memory)
    owners = {code: _owner(code, asking, asked, rank) for code, asking in claimants.items()}
    return Claims(
        owners={code: owner.slug for code, owner in owners.items()},
        doubled=_doubled(sources, claimants, owners),
        refused={slug: _refusal(sources, slug, pages[slug]) for slug in refused},
        pages_that_agencies_have=tuple(slug for slug in contested if slug not in refused),
        unknown=asked.note,
    )


def _was_first(content: Path, slug: str, page: str) -> bool:
    """Whether an agency had its folder before the province had a page of its name."""
    record, page = f"{folder_of(slug)}/{AGENCY}", f"{folder_of(PROVINCE)}/{page}"
    commits = first_commits(content, [record, page])
    return record in commits and commits[record] < commits.get(page, float("inf"))


def _refusal(sources: Sources, slug: str, page: str) -> Problem:
    file = f"{sources.display_path}/{folder_of(PROVINCE)}/{page}"
    return Problem(
        path=f"{sources.display_path}/{folder_of(slug)}",
        message=text("the province has a page at this address: {file}", file=file),
        hint=text("choose another name for the folder"),
    )


def _claimants(sources: Sources, memory: ClaimsMemory | None) -> dict[str, list[_Asking]]:
    """The codes that more than one folder asks for, with who does; in order."""
    former = former_codes(sources, memory.former_codes, memory.engine) if memory else former_codes(sources)
    claimants: dict[str, list[_Asking]] = defaultdict(list)
    for slug in with_province(sources.agencies):
        for code in sources.codes(slug):
            claimants[code].append(_Asking(slug, sources.file_of(slug, code), by_name=True))
        for code, file in former.get(slug, {}).items():
            claimants[code].append(_Asking(slug, file, by_name=False))
    several = {code: asking for code, asking in sorted(claimants.items()) if len({a.slug for a in asking}) > 1}
    # Of one folder that asks in two files linking tells; the one that is named after the code stands for both.
    return {
        code: list({a.slug: a for a in sorted(asking, key=_last_by_name)}.values()) for code, asking in several.items()
    }


def _last_by_name(asking: _Asking) -> tuple[str, bool]:
    return asking.slug, asking.by_name


def _ask(
    sources: Sources, content: Path, claimants: Mapping[str, Sequence[_Asking]], memory: ClaimsMemory | None
) -> Holders:
    claims = [Claim(asking.file, code) for code, everyone in claimants.items() for asking in everyone]
    if not claims:
        return Holders()
    files = {sources.file_of(slug, code) for slug, code in sources.coded_files}
    records = {f"{folder_of(slug)}/{AGENCY}" for slug, tree in sources.agencies.items() if AGENCY in tree.files}
    patterns = [*(f"**/{kind.folder}/**" for kind in sources.kinds.coded), f"{folder_of('*')}/{AGENCY}"]
    present = Present(sources.content, files | records)
    kept = memory.lineages if memory else None
    return holders(content, patterns, claims, present, sources.kinds.former_codes, kept)


def _owner(code: str, everyone: Sequence[_Asking], asked: Holders, rank: Mapping[str, int]) -> _Asking:
    """Who has the code: the first; of two at one moment a file that is named after it, then the order of protocol."""

    def precedence(asking: _Asking) -> tuple[Moment, bool, int, str]:
        moment = asked.moments.get(Claim(asking.file, code), Moment(inf))
        return moment, not asking.by_name, rank.get(asking.slug, len(rank)), asking.slug

    return min(everyone, key=precedence)


def _line_of_code(sources: Sources, code: str, slug: str) -> int | None:
    """Where a file says its code; the file may be anything, and is not read for more."""
    path = sources.content / sources.file_of(slug, code)
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    return next((number for number, line in enumerate(lines, 1) if line.startswith("code:")), None)


def _doubled(
    sources: Sources, claimants: Mapping[str, Sequence[_Asking]], owners: Mapping[str, _Asking]
) -> dict[str, dict[str, Problem]]:
    """Of files that are named after a code of another's; of a former code that is another's linking tells."""
    doubled: dict[str, dict[str, Problem]] = defaultdict(dict)
    for code, everyone in claimants.items():
        owner = owners[code]
        files = ", ".join(sorted(f"{sources.display_path}/{asking.file}" for asking in everyone if asking.by_name))
        for asking in everyone:
            if asking.by_name and asking is not owner:
                codes = sources.words_of(asking.slug, code)
                holder = stored(owner.slug)
                former = f"{sources.display_path}/{owner.file}"
                doubled[asking.slug][code] = Problem(
                    path=f"{sources.display_path}/{asking.file}",
                    line=_line_of_code(sources, code, asking.slug),
                    field="code",
                    message=codes.twice(code, files) if owner.by_name else codes.is_former(code, former),
                    hint=codes.owned(holder) if owner.by_name else codes.former_owned(holder),
                )
    return dict(doubled)
