"""What commits did to files, newest first: `git log` names the blobs, `git cat-file` gives them.

git may be missing, slow or wary, and what it prints was written by anybody: its processes get no shell, no network and
no questions, a time after which they are killed, and their output is read by zero bytes and the sizes that it tells, so
that no name and no line of a file can pass for anything else.

Of 2,000 commits in a folder of 1,000 procedures this takes half the time of reading patches with whole files as context
(0.54 of it, 0.56 of the processor's): what was there before a commit is what an older one left there, and read once.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from threading import Event, Timer
from typing import IO

from plugins.builder.kept_lineages import KeptLineages, LineageMemory, keep
from plugins.builder.lineage import (
    ALIKE,
    Line,
    Lineages,
    Moment,
    Step,
    Within,
    folder_of,
    is_record,
    likeness,
    name_of,
)
from plugins.portal.problems import Text, text
from plugins.portal.reading import MAX_TEXT_BYTES

MAX_PATHS = 10_000
"""So many files are asked for by name at once; a command cannot hold any number."""
MAX_COMMIT_BYTES = 256_000_000
"""Of the files of one commit together; what goes beyond it is not read."""

MAX_KEPT_BYTES = 64_000_000
"""Of texts that are kept until the older commit comes that wrote them."""

_CONFIGURATION = (
    "core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true", "log.diffMerges=first-parent",
)  # fmt: skip
_OPTIONS = (
    # A merge is the moment a change went live.
    "--first-parent", "-m", "--raw", "--no-abbrev", "-z", "--relative", "--no-renames", "-O/dev/null", "--no-color",
    "--no-ext-diff", "--no-notes",
    # Of decorations only `grafted` is asked for, which marks where a shallow clone ends.
    "--decorate-refs-exclude=*", "--format=commit %H %ct %D",
)  # fmt: skip
_ADDITIONS = (
    "--first-parent", "-m", "--relative", "--no-renames", "--diff-filter=A", "--name-only", "-z", "-O/dev/null",
    "--no-color", "--no-ext-diff", "--no-notes", "--decorate-refs-exclude=*", "--format=commit %H %D",
)  # fmt: skip
_MOVES = (
    "--first-parent", "-m", "--relative", "-M", "-l1000", "--diff-filter=ACDR", "--name-status", "-z", "-O/dev/null",
    "--no-color", "--no-ext-diff", "--no-notes", "--decorate-refs-exclude=*", "--format=commit %H %D",
)  # fmt: skip
_CHUNK = 65_536
_COMMIT = re.compile(rb"\n?commit ([0-9a-f]{40,64}) (-?[0-9]+) (.*)", re.DOTALL)
_CHANGE = re.compile(rb"\n?:([0-7]{6}) ([0-7]{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [A-Z][0-9]*")
_BLOB = re.compile(rb"[0-9a-f]{40,64} blob ([0-9]+)\n")
_OBJECT = re.compile(rb"[0-9a-f]{40,64} ([a-z]+) ([0-9]+)\n")
_PLAIN = re.compile(r"[\w./-]+")
"""Of paths that git takes as they are, wherever they stand."""
_REGULAR = re.compile(rb"100[0-7]{3}")
_NOTHING_TO_READ = ("not a git repository", "does not have any commits yet", "bad default revision", "single revision")
_UNTRUSTED = re.compile(r"dubious ownership|unsafe repository")
_TRUST = re.compile(r"safe\.directory (.+)")


class GitLogError(Exception):
    """There is no history to be had; `note` says why, where somebody could do something about it."""

    def __init__(self, note: Text | None) -> None:
        super().__init__(note.render() if note else "no repository, or nothing committed in it")
        self.note = note


@dataclass(frozen=True)
class FileChange:
    """A file before and after a commit; None where it was not there, is no regular file, or is too large."""

    path: str
    """From the folder that was asked about, with forward slashes."""
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True)
class Commit:
    """One commit, with what it did to the files that were asked about."""

    name: str
    seconds: int
    """Since 1970: when it was committed."""
    shallow: bool
    """Whether the clone ends here: all files then look new."""
    files: tuple[FileChange, ...] = ()


def commits(folder: Path, patterns: Sequence[str], until: str, time_limit: float) -> Generator[Commit, None, None]:
    """The commits on the first-parent line that touched files of `folder`, newest first.

    The commit named `until` is the last, given without its files; git is then ended. So it is when the iterator is
    closed. Raises `GitLogError` where there is no history, or not within `time_limit` seconds.
    """
    with _session(folder, time_limit) as git:
        log = git.log(_OPTIONS, [f":(glob){pattern}" for pattern in patterns])
        for commit in _read(log.output, until, _Blobs(git)):
            yield commit
            if commit.name == until:
                return
        log.check()


def first_commits(folder: Path, paths: Sequence[str], time_limit: float = 60.0) -> dict[str, int]:
    """When each of these files came into the folder, or came back: a smaller number is an earlier commit.

    Of what lies before the end of a shallow clone only that is known: it was there before all that came later. What is
    not committed is left out; so is everything where git cannot be asked: who asks has to have another answer for that.
    """
    moments: dict[str, int] = {}
    try:
        with _session(folder, time_limit) as git:
            log = git.log(_ADDITIONS, [f":(literal){path}" for path in paths[:MAX_PATHS]])
            number = 0
            for token in log.output.read().decode("utf-8", "surrogateescape").split("\0"):
                if token.startswith("commit "):
                    number -= 1
                elif token:
                    moments.setdefault(token.removeprefix("\n"), number)
            log.check()
    except GitLogError:
        return {}
    return moments


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


def first_holders(
    folder: Path, patterns: Sequence[str], paths: Sequence[str], present: Set[str], time_limit: float = 60.0
) -> dict[str, Moment]:
    """When the file that is now at each of these paths first had this name, in whatever folder it then was."""
    claims = [Claim(path, name_of(path)) for path in paths]
    held = holders(folder, patterns, claims, Present(folder, present), _lists_nothing, time_limit=time_limit)
    return {claim.path: moment for claim, moment in held.moments.items()}


def _lists_nothing(written: bytes) -> Collection[str]:
    return ()


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
        with _session(folder, time_limit) as git:
            note = _cut_off(git)
            head = git.says("rev-parse", "--verify", "HEAD").strip()
            history = _History(git, head, patterns, present, lists)
            # A clone that ends somewhere may be made deeper, and then tells more of the same commit.
            lineages = history.lineages({claim.code for claim in claims}, None if note else memory)
            return Holders(_moments(history, lineages, claims), note)
    except GitLogError as error:
        return Holders(note=error.note)


def _cut_off(git: _Session) -> Text | None:
    if not git.says("rev-parse", "--is-shallow-repository").startswith("true"):
        return None
    return text("the content lies in a shallow clone, whose history is cut off; run git fetch --unshallow")


def _moments(history: _History, lineages: Lineages, claims: Collection[Claim]) -> dict[Claim, Moment]:
    lineages.take(history.uncommitted(lineages.files.keys()), inf)
    moments: dict[Claim, Moment] = {}
    unknown: dict[Claim, Set[str]] = {}
    for claim in claims:
        line = lineages.files.get(claim.path, Line())
        away = lineages.left.get((folder_of(claim.path), claim.code), Line())
        if known := [past.since[claim.code] for past in (line, away) if claim.code in past.since]:
            moments[claim] = min(known)
        else:
            unknown[claim] = line.paths
    moments |= history.listed(unknown)
    return {claim: moment for claim, moment in moments.items() if moment.step != inf}


@dataclass
class _History:
    """What git says of the content folder's past: the `Evidence` of lineages."""

    git: _Session
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
        if kept.commit and not self._comes_after(kept.commit):
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

    def _comes_after(self, commit: str) -> bool:
        """Whether a commit is on the first-parent line of the newest one."""
        if commit == self.head:
            return True
        try:
            line = self.git.says("rev-list", "--first-parent", "--parents", self.head, f"^{commit}").splitlines()
        except GitLogError:  # the repository is another one, or what was rewritten is gone from it
            return False
        return bool(line) and line[-1].split()[1:2] == [commit]

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
        log = self.git.log((*_OPTIONS, self.head), [f":(literal){path}" for path in paths[:MAX_PATHS]])
        for commit in _read(log.output, "", _Blobs(self.git)):
            for file in commit.files:
                for claim in (claim for claim, paths in unknown.items() if file.path in paths):
                    if file.after is not None and claim.code in self.former(file.after):
                        first[claim] = commit.name
        log.check()
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

    git: _Session
    _process: _Process | None = None
    _known: dict[tuple[str, str], bytes | None] = field(default_factory=dict)

    def read(self, commit: str, path: str) -> bytes | None:
        """None for what is not there, or too large. Raises `GitLogError`."""
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
        content = _content(self._process.output, int(told[2]))
        self._process.output.read(1)
        return content if told[1] == b"blob" else None


@dataclass(frozen=True)
class _Process:
    """A process of git at work."""

    session: _Session
    process: subprocess.Popen[bytes]
    errors: IO[bytes]

    @property
    def output(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def ask(self, line: bytes) -> None:
        """Write a line that it waits for; where it has ended, its output tells."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            os.write(self.process.stdin.fileno(), line)  # at once: nothing is left to be written when it is closed

    def end(self) -> None:
        """Kill it and what it may have started."""
        with suppress(ProcessLookupError):
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)

    def check(self) -> None:
        """Wait for the end; raise `GitLogError` unless all went well."""
        failed = self.process.wait() != 0
        if self.session.late.is_set():
            limit = f"{self.session.time_limit:g}"
            raise GitLogError(text("reading the history from git took longer than {limit} seconds", limit=limit))
        if failed:
            self.errors.seek(0)
            raise GitLogError(_explain(self.errors.read(10_000).decode("utf-8", "replace")))


@dataclass(eq=False)
class _Session:
    """Processes of git about a folder, which have so many seconds together."""

    git: str
    folder: Path
    time_limit: float
    around: ExitStack
    late: Event = field(default_factory=Event)
    processes: list[_Process] = field(default_factory=list)

    def log(self, options: Sequence[str], pathspecs: Sequence[str]) -> _Process:
        return self.start(["log", *options, "--", *pathspecs])

    def says(self, *words: str) -> str:
        """What git prints. Raises `GitLogError`."""
        process = self.start(words)
        printed = process.output.read().decode("utf-8", "surrogateescape")
        process.check()
        return printed

    def start(self, words: Sequence[str], stdin: int = subprocess.DEVNULL) -> _Process:
        settings = [part for setting in _CONFIGURATION for part in ("-c", setting)]
        command = [self.git, "--no-pager", "-C", str(self.folder), *settings, *words]
        errors = self.around.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # closed where the session ends
        try:
            # A session of its own, so that what git starts can be killed with it.
            started = subprocess.Popen(  # noqa: S603  # no shell, and nothing of the content in the command
                command, stdin=stdin, stdout=subprocess.PIPE, stderr=errors, env=_environment(), start_new_session=True
            )
        except OSError as error:
            reason = error.strerror or error
            raise GitLogError(text("git cannot read the history of the content: {reason}", reason=reason)) from error
        process = _Process(self, self.around.enter_context(started), errors)
        self.processes.append(process)
        if self.late.is_set():
            process.end()
        return process

    def end(self) -> None:
        for process in self.processes:
            process.end()

    def expire(self) -> None:
        self.late.set()
        self.end()


def _explain(errors: str) -> Text | None:
    if any(reason in errors for reason in _NOTHING_TO_READ):
        return None
    if _UNTRUSTED.search(errors):
        named = _TRUST.search(errors)
        return text(
            "git does not read the content's repository, which belongs to another user: "
            "run git config --global --add safe.directory {folder}",
            folder=named[1] if named else "…",
        )
    lines = errors.strip().splitlines()
    return text("git cannot read the history of the content: {reason}", reason=lines[-1] if lines else "?")


@contextmanager
def _session(folder: Path, time_limit: float) -> Iterator[_Session]:
    git = shutil.which("git")
    if git is None:
        raise GitLogError(text("git is not installed: pages cannot show what changed"))
    with ExitStack() as around:
        session = _Session(git, folder, time_limit, around)
        timer = Timer(time_limit, session.expire)
        timer.start()
        try:
            yield session
        finally:
            session.end()
            timer.cancel()
            timer.join()


def _environment() -> dict[str, str]:
    """The environment without what would send git elsewhere: in a hook, GIT_DIR is set."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(("GIT_CONFIG_", "GIT_CEILING_"))
    }
    return own | {
        "LC_ALL": "C",
        "LANGUAGE": "",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        # A clone without all texts would fetch them one by one.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
    }


class _Blobs:
    """The texts of a repository, asked for by name; git is started at the first."""

    def __init__(self, git: _Session) -> None:
        self._git = git
        self._process: _Process | None = None
        self._kept: dict[bytes, bytes] = {}
        self._room = MAX_KEPT_BYTES

    def read(self, mode: bytes, name: bytes) -> bytes | None:
        """None for what is not there, no regular file, or too large. Raises `GitLogError`."""
        if not _REGULAR.fullmatch(mode):
            return None
        kept = self._kept.pop(name, None)
        if kept is not None:
            self._room += len(kept)
            return kept
        return self._ask(name)

    def keep(self, name: bytes, content: bytes | None) -> None:
        """Until it is read the next time."""
        if content is not None and name not in self._kept and len(content) <= self._room:
            self._kept[name] = content
            self._room -= len(content)

    def _ask(self, name: bytes) -> bytes | None:
        if self._process is None:
            self._process = self._git.start(("cat-file", "--batch"), subprocess.PIPE)
        self._process.ask(name + b"\n")
        output = self._process.output
        header = output.readline()
        told = _BLOB.fullmatch(header)
        if told is None:
            raise self._failure(header)
        content = _content(output, int(told[1]))
        if output.read(1) != b"\n":
            raise self._failure(b"")
        return content

    def _failure(self, told: bytes) -> GitLogError:
        """Of what is no text: git has ended, or has no such object, as in a clone without all texts."""
        assert self._process is not None
        if not told.endswith(b"\n"):
            try:
                self._process.check()
            except GitLogError as error:
                return error
        reason = told.decode("utf-8", "replace").strip() or "git cat-file"
        return GitLogError(text("git cannot read the history of the content: {reason}", reason=reason))


def _content(output: IO[bytes], left: int) -> bytes | None:
    """What `cat-file` gives of so many bytes; None where they are too many, and passed over."""
    if left <= MAX_TEXT_BYTES:
        return output.read(left)
    while left > 0 and (passed := output.read(min(left, MAX_TEXT_BYTES))):
        left -= len(passed)
    return None


def _read(stream: IO[bytes], until: str, blobs: _Blobs) -> Iterator[Commit]:
    commit: Commit | None = None
    files: list[FileChange] = []
    room = MAX_COMMIT_BYTES
    tokens = _tokens(stream)
    for token in tokens:
        header, change = _COMMIT.fullmatch(token), _CHANGE.fullmatch(token)
        if header is not None:
            if commit is not None:
                yield replace(commit, files=tuple(files))
            commit, files, room = (
                Commit(header[1].decode(), int(header[2]), b"grafted" in header[3]),
                [],
                MAX_COMMIT_BYTES,
            )
            if commit.name == until:
                yield commit
                return
        elif change is not None:
            path = next(tokens, b"").decode("utf-8", "replace")
            if room < 0:
                continue
            after, before = blobs.read(change[2], change[4]), blobs.read(change[1], change[3])
            blobs.keep(change[3], before)
            room -= len(before or b"") + len(after or b"")
            if room >= 0:
                files.append(FileChange(path, before, after))
    if commit is not None:
        yield replace(commit, files=tuple(files))


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between zero bytes, as it comes."""
    rest = b""
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]  # of a pipe it has it
        *tokens, rest = (rest + chunk).split(b"\0")
        yield from tokens
    if rest:
        yield rest
