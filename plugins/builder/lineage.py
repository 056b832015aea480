"""Which file continues which, where folders and names change and others make copies; from what came and what went.

Nothing here asks git: steps are taken from the oldest to the newest, and what they do not say by themselves is asked
of an `Evidence`. A file of an agency whose folder moves continues the one that it had there, whoever else has a file of
that name by now. Of several files that could continue one, the most alike does; of two that are quite alike nobody can
tell, and both do. What was removed waits for its folder to bring it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from plugins.portal.record_files import AGENCY
from plugins.portal.site_names import folder_of, is_agency, site_of

ALIKE = 0.5
"""From here on a file is another one edited; git draws the line here too."""


class Moment(NamedTuple):
    """When something was first live; an earlier one is smaller."""

    step: float
    within: float = 0
    """Of what one merge brought: its place on the branch; 0 where branches cannot be compared."""


@dataclass(frozen=True)
class Step:
    """What one change of what is live did to files. Paths are from the content folder."""

    came: Mapping[str, str]
    """Files that are new at their path, with the path that git takes each to have had before; empty for none."""
    went: Set[str]
    commit: str = ""
    """Empty for what is not committed."""


class Within(NamedTuple):
    """What the branches of a merge say of a file that it brought."""

    origin: str
    """Where the file was when the branch began; empty where it was not there."""
    position: float
    """When it came: its place on the branch."""


class Evidence(Protocol):
    """What is asked where a step does not say by itself what continues what."""

    def inside(self, step: Step, names: Collection[str]) -> Mapping[str, Within]:
        """Of a merge, what its branches did with files of these names, by path; nothing of other steps."""

    def likeness(self, step: Step, old: str, new: str) -> float:
        """From 0 (nothing in common) to 1 (the same), of a file before a step and one after it."""

    def lists(self, step: Step, new: str, name: str) -> bool:
        """Whether a file after a step lists a name as one that it had formerly."""


@dataclass
class Line:
    """One file through all its paths."""

    since: dict[str, Moment] = field(default_factory=dict)
    """When it first had each name."""
    paths: set[str] = field(default_factory=set)
    origin: str = ""
    """Where it was when the branch began that is looked at."""


def name_of(path: str) -> str:
    """What a file is called after: without its folder and ending."""
    return PurePosixPath(path).stem


def is_record(path: str) -> bool:
    """Whether it is the file that makes a folder an agency's."""
    slug = site_of(path)
    return is_agency(slug) and path == f"{folder_of(slug)}/{AGENCY}"


def likeness(before: bytes, after: bytes) -> float:
    """From 0 to 1: the share of bytes in lines that both texts have."""
    if before == after:
        return 1.0
    lines, others = Counter(before.splitlines(keepends=True)), Counter(after.splitlines(keepends=True))
    common = sum(len(line) * number for line, number in (lines & others).items())
    return common / max(len(before), len(after))


@dataclass
class Lineages:
    """The files that are there after the steps that were taken, each with its past."""

    evidence: Evidence
    names: Collection[str]
    """Those about which nothing may be left unclear: a merge is looked into for them."""
    files: dict[str, Line] = field(default_factory=dict)
    left: dict[tuple[str, str], Line] = field(default_factory=dict)
    """What was removed and nothing continues, by the folder and the name that it had."""
    moved: dict[str, str] = field(default_factory=dict)
    """Where the folders of agencies have moved to."""

    def take(self, step: Step, number: float) -> None:
        """Take the next step."""
        folders = self._move_folders(step)
        within = self.evidence.inside(step, self.names) if self._is_unclear(step) else {}
        continued = self._continued(step, within)
        gone = {path: self.files.pop(path) if path in self.files else _from_before(path) for path in step.went}
        for old, new in folders.items():
            for folder, name in [key for key in self.left if key[0] == old]:
                self.left[new, name] = self.left.pop((folder, name))
        for path in step.came:
            self._arrive(path, gone, continued.get(path, ""), Moment(number, _position(path, within)))
        for path in gone.keys() - set(continued.values()):
            self.left[self._home(path), name_of(path)] = gone[path]

    def _move_folders(self, step: Step) -> dict[str, str]:
        """Take in which folders move; of this step, where from and where to."""
        folders = folders_that_moved(step)
        for record in filter(is_record, step.came):
            self.moved.pop(site_of(record), None)
        self.moved |= folders
        return folders

    def _home(self, path: str) -> str:
        """The folder that the agency has by now in whose folder a file lay."""
        folder = site_of(path)
        for _ in range(len(self.moved)):  # no further than there are moves: two folders may have changed their names
            if folder not in self.moved:
                break
            folder = self.moved[folder]
        return folder

    def _arrive(self, path: str, gone: Mapping[str, Line], before: str, moment: Moment) -> None:
        past = gone[before] if before else self.left.pop((site_of(path), name_of(path)), Line())
        line = Line(dict(past.since), past.paths | {path}, past.origin)
        line.since.setdefault(name_of(path), moment)
        self.files[path] = line

    def _is_unclear(self, step: Step) -> bool:
        """Whether, of a name that matters, a file came with another or where another went: a merge may bring both."""
        came = Counter(name_of(path) for path in step.came if name_of(path) in self.names)
        return any(number > 1 for number in came.values()) or any(name_of(path) in came for path in step.went)

    def _continued(self, step: Step, within: Mapping[str, Within]) -> dict[str, str]:
        """The path before the step of each file that came and that was there before."""
        waiting = {path for path in step.went if not is_record(path)}
        by_name: dict[str, list[str]] = {}
        for path in sorted(waiting):
            by_name.setdefault(name_of(path), []).append(path)

        def of_branches(new: str) -> Iterable[str]:
            return [within[new].origin] if new in within else []

        claimed = [old for name in self._came_elsewhere(step) for old in by_name.get(name, ())]

        def called_so(new: str) -> Iterable[str]:
            return by_name.get(name_of(new), ())

        def renamed(new: str) -> Iterable[str]:
            return [step.came[new]]

        def renumbered(new: str) -> Iterable[str]:
            here = [old for old in claimed if old in waiting and self._home(old) == site_of(new)]
            return self._renumbered(step, new, here)

        def at_home(olds: Callable[[str], Iterable[str]]) -> Callable[[str], Iterable[str]]:
            return lambda new: [old for old in olds(new) if self._home(old) == site_of(new)]

        # What a branch added is no other file, although one of its name went with the same merge.
        coming = [path for path in step.came if path not in within or within[path].origin]
        continued: dict[str, str] = {}
        for olds in (of_branches, at_home(called_so), at_home(renamed), renumbered, called_so, renamed):
            pairs = [(new, old) for new in coming if new not in continued for old in olds(new) if old in waiting]
            chosen = dict(self._chosen(step, pairs))
            continued |= chosen
            waiting -= set(chosen.values())
        return continued

    def _came_elsewhere(self, step: Step) -> set[str]:
        """Names that matter and that files came with."""
        return {name for name in map(name_of, step.came) if name in self.names}

    def _renumbered(self, step: Step, new: str, claimed: Iterable[str]) -> Iterator[str]:
        """The files whose names others have taken, that a new one of the same agency seems to be under another name.

        git names one file at most that continues another: an exact copy, wherever it lies, before an edited file.
        """
        for old in claimed:
            if name_of(old) != name_of(new) and not is_record(new) and step.came[new] in ("", old):
                alike = self.evidence.likeness(step, old, new) >= ALIKE
                if alike or self.evidence.lists(step, new, name_of(old)):
                    yield old

    def _chosen(self, step: Step, pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Of the pairs of a new and an old path those that are most alike; both of two that are equally so."""
        new_names, old_names = Counter(new for new, _ in pairs), Counter(old for _, old in pairs)
        scores = {
            (new, old): self.evidence.likeness(step, old, new) if new_names[new] > 1 or old_names[old] > 1 else 1.0
            for new, old in pairs
        }
        paired: set[str] = set()
        of_old: dict[str, float] = {}
        for new, old in sorted(scores, key=lambda pair: (-scores[pair], pair)):
            if new not in paired and of_old.get(old, scores[new, old]) == scores[new, old]:
                paired.add(new)
                of_old[old] = scores[new, old]
                yield new, old


def _from_before(path: str) -> Line:
    """A file that was there before the first step that was taken."""
    return Line({name_of(path): Moment(-1)}, {path}, path)


def _position(path: str, within: Mapping[str, Within]) -> float:
    return within[path].position if path in within else 0


def folders_that_moved(step: Step) -> dict[str, str]:
    """The new slug of each agency whose folder was renamed: where its record went, and most of its files."""
    records = [path for path in step.came if is_record(path)]
    ended = {site_of(path) for path in step.went if is_record(path)}
    if not records or not ended:
        return {}
    moves = Counter((site_of(old), site_of(new)) for new, old in step.came.items() if old)
    votes: dict[str, dict[str, tuple[bool, int]]] = {}
    for record in records:
        new = site_of(record)
        for old in ended - {new}:
            if weight := moves[old, new]:
                votes.setdefault(old, {})[new] = (site_of(step.came[record]) == old, weight)
    moved: dict[str, str] = {}
    for old, candidates in sorted(votes.items()):
        best = max(candidates.values())
        winners = [new for new, weight in candidates.items() if weight == best]
        if len(winners) == 1 and winners[0] not in moved.values():
            moved[old] = winners[0]
    return moved
