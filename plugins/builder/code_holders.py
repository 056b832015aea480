"""Since when files have had the codes that they ask for: what git says of them, for `lineage.py` to decide by."""

from __future__ import annotations

import re
import subprocess
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from plugins.builder.git_log import MAX_PATHS, changes, content_of, is_before
from plugins.builder.git_session import GitError, Process, Session, session
from plugins.builder.kept_lineages import KeptLineages, LineageMemory, keep
from plugins.builder.lineage import (
    ALIKE,
    Line,
    Lineages,
    Moment,
    Step,
    Within,
    is_record,
    likeness,
    name_of,
)
from plugins.portal.problems import Text, text
from plugins.portal.site_names import site_of

_MOVES = (
    "--first-parent", "-m", "--relative", "-M", "-l1000", "--diff-filter=ACDR", "--name-status", "-z", "-O/dev/null",
    "--no-color", "--no-ext-diff", "--no-notes", "--decorate-refs-exclude=*", "--format=commit %H %D",
)  # fmt: skip
_OBJECT = re.compile(rb"[0-9a-f]{40,64} ([a-z]+) ([0-9]+)\n")
_PLAIN = re.compile(r"[\w./-]+")
"""Of paths that git takes as they are, wherever they stand."""


@dataclass(frozen=True)
class Claim:
    """A file that asks for a code: by its name, or as a former code that it lists."""

    path: str
    code: str


@dataclass(frozen=True)
class Present:
    """What lies in the content folder now, committed or not."""

    folder: Path
    """Where it is read; it may be a copy."""
    files: Set[str]
    """All that the patterns match that are asked with."""


@dataclass(frozen=True)
class Holders:
    """Since when files have had what they ask for."""

    moments: Mapping[Claim, Moment] = field(default_factory=dict)
    """What is not committed has none."""
    note: Text | None = None
    """Why this is not known, or not for all of the past."""


def holders(
    folder: Path,
    patterns: Sequence[str],
    claims: Collection[Claim],
    present: Present,
    lists: Callable[[bytes], Collection[str]],
    memory: LineageMemory | None = None,
    time_limit: float = 60.0,
) -> Holders:
    """Since when each file has had the code that it asks for, through all that became of it: see `Lineages`.

    `patterns` are globs of the files among which they are followed, the records of agencies with them, by which the
    renaming of a folder is known; `lists` gives the former codes that a text lists. A code is held from the first
    moment that the file was named after it, or its agency had such a file, or it listed it, also if it was away
    meanwhile. With a `memory` only the commits are read that are new since it was written.
    """
    if not claims:
        return Holders()
    try:
        with session(folder, time_limit) as git:
            note = _cut_off(git)
            head = git.says("rev-parse", "--verify", "HEAD").strip()
            history = _History(git, head, patterns, present, lists)
            # A clone that ends somewhere may be made deeper, and then tells more of the same commit.
            lineages = history.lineages({claim.code for claim in claims}, None if note else memory)
            return Holders(_moments(history, lineages, claims), note)
    except GitError as error:
        return Holders(note=error.note)


def _cut_off(git: Session) -> Text | None:
    if not git.says("rev-parse", "--is-shallow-repository").startswith("true"):
        return None
    return text("the content lies in a shallow clone, whose history is cut off; run git fetch --unshallow")


def _moments(history: _History, lineages: Lineages, claims: Collection[Claim]) -> dict[Claim, Moment]:
    lineages.take(history.uncommitted(lineages.files.keys()), inf)
    moments: dict[Claim, Moment] = {}
    unknown: dict[Claim, Set[str]] = {}
    for claim in claims:
        line = lineages.files.get(claim.path, Line())
        away = lineages.left.get((site_of(claim.path), claim.code), Line())
        if known := [past.since[claim.code] for past in (line, away) if claim.code in past.since]:
            moments[claim] = min(known)
        else:
            unknown[claim] = line.paths
    moments |= history.listed(unknown)
    return {claim: moment for claim, moment in moments.items() if moment.step != inf}


@dataclass
class _History:
    """What git says of the content folder's past: the `Evidence` of lineages."""

    git: Session
    head: str
    """The commit that the folder is of."""
    patterns: Sequence[str]
    present: Present
    former: Callable[[bytes], Collection[str]]
    _texts: _Texts = field(init=False)

    def __post_init__(self) -> None:
        self._texts = _Texts(self.git)

    def steps(self, *revisions: str) -> list[Step]:
        """What came and went on the first-parent line, the oldest first: a merge is the moment a change went live."""
        log = self.git.log((*_MOVES, *revisions), [f":(glob){pattern}" for pattern in self.patterns])
        steps = list(_steps(log.output.read().decode("utf-8", "surrogateescape").split("\0")))
        log.check()
        return steps[::-1]

    def lineages(self, names: Collection[str], memory: LineageMemory | None) -> Lineages:
        """The files of the newest commit; what is remembered of an older one goes on from there."""
        kept = KeptLineages.read(memory, names, self.patterns)
        if kept.commit and not is_before(self.git, kept.commit, self.head):
            kept = KeptLineages()
        lineages = kept.lineages(self, names)
        if kept.commit == self.head:
            return lineages
        steps = self.steps(self.head, *([f"^{kept.commit}"] if kept.commit else []))
        for number, step in enumerate(steps, kept.steps):
            lineages.take(step, number)
        if memory is not None:
            keep(memory, self.head, kept.steps + len(steps), lineages, self.patterns)
        return lineages

    def inside(self, step: Step, names: Collection[str]) -> Mapping[str, Within]:
        """What the branches of a merge say of the files that it brought."""
        parents = self.git.says("rev-parse", f"{step.commit}^@").split() if step.commit else []
        within: dict[str, Within] = {}
        of_branch: dict[str, str] = {}
        for parent in parents[1:]:
            branch = Lineages(self, names)
            for number, inner in enumerate(self.steps(parent, f"^{parents[0]}"), 1):
                branch.take(inner, number)
            for path in step.came.keys() & branch.files.keys() - within.keys():
                line = branch.files[path]
                within[path] = Within(line.origin, line.since[name_of(path)].step)
                of_branch[path] = parent
        one_branch = len(set(of_branch.values())) == 1
        return {path: told if one_branch else told._replace(position=0) for path, told in within.items()}

    def likeness(self, step: Step, old: str, new: str) -> float:
        """How alike a file before a step and one after it are; not at all where one cannot be read."""
        before = self._texts.read(f"{step.commit}^1" if step.commit else self.head, old)
        after = self._after(step, new)
        return 0.0 if before is None or after is None else likeness(before, after)

    def lists(self, step: Step, new: str, name: str) -> bool:
        """Whether a file after a step lists a name as a former code."""
        return name in self.former(self._after(step, new) or b"")

    def _after(self, step: Step, path: str) -> bytes | None:
        if step.commit:
            return self._texts.read(step.commit, path)
        try:
            return (self.present.folder / path).read_bytes()
        except OSError:
            return None

    def uncommitted(self, committed: Set[str]) -> Step:
        """What is not committed yet, as if it were."""
        came, went = self.present.files - committed, committed - self.present.files
        step = Step(dict.fromkeys(came, ""), went)
        records: dict[str, str] = {}
        for old in sorted(filter(is_record, went)):
            alike = {new: self.likeness(step, old, new) for new in came - records.keys() if is_record(new)}
            best = max(alike.values(), default=0.0)
            nearest = [new for new, score in alike.items() if score == best >= ALIKE]
            if len(nearest) == 1:
                records[nearest[0]] = old
        return Step({**step.came, **records}, went)

    def listed(self, unknown: Mapping[Claim, Set[str]]) -> dict[Claim, Moment]:
        """When files first listed a code; `unknown` has the paths that each has had."""
        paths = sorted(path for paths in unknown.values() for path in paths if _PLAIN.fullmatch(path))
        if not paths:
            return {}
        first: dict[Claim, str] = {}
        for commit in changes(self.git, self.head, [f":(literal){path}" for path in paths[:MAX_PATHS]]):
            for file in commit.files:
                for claim in (claim for claim, paths in unknown.items() if file.path in paths):
                    if file.after is not None and claim.code in self.former(file.after):
                        first[claim] = commit.name
        if not first:
            return {}
        line = self.git.says("rev-list", "--first-parent", "--reverse", self.head).split()
        position = {commit: number for number, commit in enumerate(line)}
        moved = [position.get(step.commit, -1) for step in self.steps(self.head)]
        moments: dict[Claim, Moment] = {}
        for claim, name in first.items():
            if (rank := position.get(name)) is not None:
                number = bisect_left(moved, rank)
                # Commits that only edit files have their order between two steps.
                same = number < len(moved) and moved[number] == rank
                moments[claim] = Moment(number if same else number - 1 + rank / (len(line) + 1))
        return moments


def _steps(tokens: Iterable[str]) -> Iterator[Step]:
    """Of each commit, newest first."""
    commit = ""
    came: dict[str, str] = {}
    went: set[str] = set()
    rest = iter(tokens)
    for token in rest:
        if token.startswith("commit "):
            if commit:
                yield Step(came, went, commit)
            commit, came, went = token.split()[1], {}, set()
        elif commit and (status := token.removeprefix("\n")):
            old = next(rest, "") if status[0] in "CDR" else ""
            new = next(rest, "") if status[0] != "D" else ""
            if old and status[0] != "C":  # of one file that became two, git calls one of them a copy
                went.add(old)
            if new:
                came[new] = old
    if commit:
        yield Step(came, went, commit)


@dataclass
class _Texts:
    """Files of commits, each read once."""

    git: Session
    _process: Process | None = None
    _known: dict[tuple[str, str], bytes | None] = field(default_factory=dict)

    def read(self, commit: str, path: str) -> bytes | None:
        """None for what is not there, or too large. Raises `GitError`."""
        if (commit, path) not in self._known:
            self._known[commit, path] = self._ask(f"{commit}:./{path}") if _PLAIN.fullmatch(path) else None
        return self._known[commit, path]

    def _ask(self, name: str) -> bytes | None:
        if self._process is None:
            self._process = self.git.start(("cat-file", "--batch"), subprocess.PIPE)
        self._process.ask(name.encode() + b"\n")
        header = self._process.output.readline()
        told = _OBJECT.fullmatch(header)
        if told is None:
            if not header.endswith(b"\n"):
                self._process.check()
            return None
        content = content_of(self._process.output, int(told[2]))
        self._process.output.read(1)
        return content if told[1] == b"blob" else None
