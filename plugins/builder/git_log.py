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
from collections.abc import Generator, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from threading import Event, Timer
from typing import IO

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
_REGULAR = re.compile(rb"100[0-7]{3}")
_NOTHING_TO_READ = ("not a git repository", "does not have any commits yet", "bad default revision")
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


def first_holders(
    folder: Path, patterns: Sequence[str], paths: Sequence[str], present: Set[str], time_limit: float = 60.0
) -> dict[str, int]:
    """When the file that is now at each of these paths first had this name, in whatever folder it then was.

    A smaller number is an earlier commit. Files are followed through renames among what the `patterns` (globs) match:
    one that leaves a folder in the commit in which one of its name comes into another has moved, however it was edited;
    else git says what it takes for a rename. What is not committed continues a file of its name that is committed, but
    not `present` any more. What has no such past is left out; so is everything where git cannot be asked.
    """
    try:
        with _session(folder, time_limit) as git:
            log = git.log(_MOVES, [f":(glob){pattern}" for pattern in patterns])
            moves = list(_moves(log.output.read().decode("utf-8", "surrogateescape").split("\0")))
            log.check()
    except GitLogError:
        return {}
    committed = _at_the_end(moves)
    following: dict[str, set[str]] = {}
    for path in paths:
        gone = {other for other in committed if _name(other) == _name(path) and other not in present}
        for begin in {path} if path in committed else gone:
            following.setdefault(begin, set()).add(path)
    moments: dict[str, int] = {}
    for number, move in enumerate(moves):
        arrived = {path: following.pop(path) for path in move.came if path in following}
        for path, followers in arrived.items():
            for follower in followers:
                if _name(path) == _name(follower):
                    moments[follower] = -number
            for before in move.before(path):
                following.setdefault(before, set()).update(followers)
    return moments


@dataclass
class _Moves:
    """Which files a commit brought, and which it took away."""

    came: dict[str, str] = field(default_factory=dict)
    """The path of each, with the one that git takes it to have had before; empty where it is new."""
    went: set[str] = field(default_factory=set)

    def before(self, path: str) -> set[str]:
        """Where a file that came was before; more than one where nobody can tell."""
        renamed, name = self.came[path], _name(path)
        if renamed and _name(renamed) == name:
            return {renamed}
        moved = {old for new, old in self.came.items() if old and _name(old) == _name(new)}
        return {old for old in self.went - moved if _name(old) == name} or ({renamed} if renamed else set())


def _name(path: str) -> str:
    return PurePosixPath(path).stem


def _moves(tokens: Iterable[str]) -> Iterator[_Moves]:
    """Of each commit, newest first."""
    moves: _Moves | None = None
    rest = iter(tokens)
    for token in rest:
        if token.startswith("commit "):
            if moves is not None:
                yield moves
            moves = _Moves()
        elif moves is not None and (status := token.removeprefix("\n")):
            old = next(rest, "") if status[0] in "CDR" else ""
            new = next(rest, "") if status[0] != "D" else ""
            if old and status[0] != "C":  # of one file that became two, git calls one of them a copy
                moves.went.add(old)
            if new:
                moves.came[new] = old
    if moves is not None:
        yield moves


def _at_the_end(moves: Iterable[_Moves]) -> set[str]:
    """The files that are there after all of these commits, newest first."""
    there: set[str] = set()
    known: set[str] = set()
    for move in moves:
        there |= move.came.keys() - known
        known |= move.came.keys() | move.went
    return there


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
        left, content = int(told[1]), None
        if left <= MAX_TEXT_BYTES:
            content, left = output.read(left), 0
        while left > 0 and (passed := output.read(min(left, MAX_TEXT_BYTES))):
            left -= len(passed)
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
