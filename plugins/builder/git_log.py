"""What commits did to files, told by one `git log`, newest first.

git may be missing, slow or wary, and what it prints was written by anybody: the process gets no shell, no network and
no questions, a time after which it is killed, and its output is read by the line counts of its own headers, so that
no line of a file can pass for one.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event, Timer
from typing import IO

from plugins.portal.problems import Text, text
from plugins.portal.reading import MAX_TEXT_BYTES

MAX_PATHS = 10_000
"""So many files are asked for by name at once; a command cannot hold any number."""
MAX_COMMIT_BYTES = 256_000_000
"""Of the files of one commit together; what goes beyond it is not read."""

_CONFIGURATION = (
    "core.quotepath=false", "core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true",
    "log.diffMerges=first-parent", "diff.suppressBlankEmpty=false", "diff.interHunkContext=0",
)  # fmt: skip
_OPTIONS = (
    # A merge is the moment a change went live.
    "--first-parent", "-m", "-p", "--relative", "--no-renames", "-U1000000", "-O/dev/null", "--full-index",
    "--src-prefix=a/", "--dst-prefix=b/", "--text", "--no-color", "--no-ext-diff", "--no-textconv", "--no-notes",
    # Of decorations only `grafted` is asked for, which marks where a shallow clone ends.
    "--decorate-refs-exclude=*", "--format=commit %H %ct %D",
)  # fmt: skip
_ADDITIONS = (
    "--first-parent", "-m", "--relative", "--no-renames", "--diff-filter=A", "--name-only", "-z", "-O/dev/null",
    "--no-color", "--no-ext-diff", "--no-notes", "--decorate-refs-exclude=*", "--format=commit %H %D",
)  # fmt: skip
_COMMIT = re.compile(rb"commit ([0-9a-f]{40,64}) (-?[0-9]+) (.*)\n")
_FILE = re.compile(rb"diff --git a/(.+) b/\1\n")
_HUNK = re.compile(rb"@@ -[0-9]+(?:,([0-9]+))? \+[0-9]+(?:,([0-9]+))? @@")
_MODE = re.compile(rb"(new file mode|deleted file mode|old mode|new mode|index [0-9a-f]+\.\.[0-9a-f]+) ([0-9]{6})\n")
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
    with _running(folder, _OPTIONS, [f":(glob){pattern}" for pattern in patterns], time_limit) as log:
        for commit in _read(log.output, until):
            yield commit
            if commit.name == until:
                return
        log.check()


def first_commits(folder: Path, paths: Sequence[str], time_limit: float = 60.0) -> dict[str, int]:
    """When each of these files came into the folder, or came back: a smaller number is an earlier commit.

    What is not committed, or lies before the end of a shallow clone, is left out; so is everything where git cannot be
    asked: who asks has to have another answer for that.
    """
    moments: dict[str, int] = {}
    try:
        with _running(folder, _ADDITIONS, [f":(literal){path}" for path in paths[:MAX_PATHS]], time_limit) as log:
            number, shallow = 0, False
            for token in log.output.read().decode("utf-8", "surrogateescape").split("\0"):
                if token.startswith("commit "):
                    number, shallow = number - 1, "grafted" in token
                elif token and not shallow:
                    moments.setdefault(token.removeprefix("\n"), number)
            log.check()
    except GitLogError:
        return {}
    return moments


@dataclass(frozen=True)
class _Running:
    """A `git log` at work."""

    process: subprocess.Popen[bytes]
    output: IO[bytes]
    errors: IO[bytes]
    time_limit: float
    late: Event

    def end(self) -> None:
        """Kill git and what it may have started."""
        with suppress(ProcessLookupError):
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)

    def expire(self) -> None:
        self.late.set()
        self.end()

    def check(self) -> None:
        """Wait for the end; raise `GitLogError` unless all went well."""
        failed = self.process.wait() != 0
        if self.late.is_set():
            limit = f"{self.time_limit:g}"
            raise GitLogError(text("reading the history from git took longer than {limit} seconds", limit=limit))
        if failed:
            self.errors.seek(0)
            raise GitLogError(_explain(self.errors.read(10_000).decode("utf-8", "replace")))


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
def _running(folder: Path, options: Sequence[str], pathspecs: Sequence[str], time_limit: float) -> Iterator[_Running]:
    git = shutil.which("git")
    if git is None:
        raise GitLogError(text("git is not installed: pages cannot show what changed"))
    settings = [part for setting in _CONFIGURATION for part in ("-c", setting)]
    command = [git, "--no-pager", "-C", str(folder), *settings, "log", *options, "--", *pathspecs]
    with tempfile.TemporaryFile() as errors:
        try:
            # A session of its own, so that what git starts can be killed with it.
            process = subprocess.Popen(  # noqa: S603  # no shell, and nothing of the content in the command
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, env=_environment(),
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            reason = error.strerror or error
            raise GitLogError(text("git cannot read the history of the content: {reason}", reason=reason)) from error
        with process as started:
            assert started.stdout is not None
            log = _Running(started, started.stdout, errors, time_limit, Event())
            timer = Timer(time_limit, log.expire)
            timer.start()
            try:
                yield log
            finally:
                log.end()
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


@dataclass(eq=False)
class _Side:
    """A file as it is on one side of a change; lines of a file that is too large are let go."""

    there: bool = True
    size: int = 0
    lines: list[bytes] = field(default_factory=list)

    def add(self, line: bytes) -> None:
        self.size += len(line)
        if self.size <= MAX_TEXT_BYTES + 1:  # the last line feed may turn out not to be there
            self.lines.append(line)
        else:
            self.lines.clear()

    def end_without_line_feed(self) -> None:
        if self.lines:
            self.lines[-1] = self.lines[-1].removesuffix(b"\n")

    def content(self) -> bytes | None:
        content = b"".join(self.lines)
        fits = self.size <= MAX_TEXT_BYTES + 1 and len(content) <= MAX_TEXT_BYTES
        return content if self.there and fits else None


@dataclass(eq=False)
class _File:
    """A file's part of a patch, as far as it has been read."""

    path: str
    before: _Side = field(default_factory=_Side)
    after: _Side = field(default_factory=_Side)
    last: tuple[_Side, ...] = ()
    """The sides that the last line belongs to."""

    def take_mode(self, header: bytes, mode: bytes) -> None:
        regular = _REGULAR.fullmatch(mode) is not None
        self.before.there &= header != b"new file mode" and (regular or header == b"new mode")
        self.after.there &= header != b"deleted file mode" and (regular or header == b"old mode")

    def take_hunk(self, stream: IO[bytes], old: int, new: int) -> None:
        """Read the lines of a hunk: `old` of them stood there before, `new` of them after."""
        both = (self.before, self.after)
        one = {b"-": (self.before,), b"+": (self.after,)}
        while (old > 0 or new > 0) and (line := _line(stream)):
            mark = line[:1]
            if mark == b"\\":
                self.end_without_line_feed()
                continue
            self.last = one.get(mark, both)
            old -= mark != b"+"
            new -= mark != b"-"
            for side in self.last:
                side.add(line[1:])

    def end_without_line_feed(self) -> None:
        for side in self.last:
            side.end_without_line_feed()


@dataclass(eq=False)
class _Patch:
    """A commit's part of the log, as far as it has been read."""

    commit: Commit
    files: list[FileChange] = field(default_factory=list)
    file: _File = field(default_factory=lambda: _File(""))
    room: int = MAX_COMMIT_BYTES

    def take(self, line: bytes, stream: IO[bytes]) -> None:
        """Read a line of a file's headers, and the lines that it announces."""
        if line.startswith(b"diff --git "):
            self._end_file()
            named = _FILE.fullmatch(line)
            # git quotes names with control characters or quotes in them: no file of ours has such a name.
            self.file = _File(named[1].decode("utf-8", "replace") if named else "")
        elif hunk := _HUNK.match(line):
            self.file.take_hunk(stream, *(1 if count is None else int(count) for count in hunk.groups()))
        elif mode := _MODE.fullmatch(line):
            self.file.take_mode(mode[1], mode[2])
        elif line.startswith(b"\\"):
            self.file.end_without_line_feed()

    def _end_file(self) -> None:
        before, after = self.file.before.content(), self.file.after.content()
        self.room -= len(before or b"") + len(after or b"")
        if self.file.path and self.room >= 0:
            self.files.append(FileChange(self.file.path, before, after))

    def complete(self) -> Commit:
        self._end_file()
        return replace(self.commit, files=tuple(self.files))


def _read(stream: IO[bytes], until: str) -> Iterator[Commit]:
    patch: _Patch | None = None
    for line in iter(partial(_line, stream), b""):
        header = _COMMIT.fullmatch(line)
        if header is None:
            if patch is not None:
                patch.take(line, stream)
            continue
        if patch is not None:
            yield patch.complete()
        commit = Commit(header[1].decode(), int(header[2]), b"grafted" in header[3])
        if commit.name == until:
            yield commit
            return
        patch = _Patch(commit)
    if patch is not None:
        yield patch.complete()


def _line(stream: IO[bytes]) -> bytes:
    """The next line; of one that is longer than a whole file may be, only that much."""
    line = rest = stream.readline(MAX_TEXT_BYTES + 3)
    while rest and not rest.endswith(b"\n"):
        rest = stream.readline(MAX_TEXT_BYTES)
    return line
