"""Asking git about a folder that anybody may have written.

git may be missing, slow or wary: its processes get no shell, no network and no questions, a time after which they are
killed, and no settings by which the content could start a program.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Timer
from typing import IO

from plugins.portal.problems import Text, text
from plugins.portal.system_errors import reason

_CONFIGURATION = (
    "core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true", "log.diffMerges=first-parent",
)  # fmt: skip
_NOTHING_TO_READ = ("not a git repository", "does not have any commits yet", "bad default revision", "single revision")
_UNTRUSTED = re.compile(r"dubious ownership|unsafe repository")
_TRUST = re.compile(r"safe\.directory (.+)")


class GitError(Exception):
    """There is no history to be had; `note` says why, where somebody could do something about it."""

    def __init__(self, note: Text | None) -> None:
        super().__init__(note.render() if note else "no repository, or nothing committed in it")
        self.note = note


@dataclass(frozen=True)
class Process:
    """A process of git at work."""

    session: Session
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
        """Wait for the end; raise `GitError` unless all went well."""
        failed = self.process.wait() != 0
        if self.session.late.is_set():
            limit = f"{self.session.time_limit:g}"
            raise GitError(text("reading the history from git took longer than {limit} seconds", limit=limit))
        if failed:
            self.errors.seek(0)
            raise GitError(_explain(self.errors.read(10_000).decode("utf-8", "replace")))


@dataclass(eq=False)
class Session:
    """Processes of git about a folder, which have so many seconds together."""

    git: str
    folder: Path
    time_limit: float
    around: ExitStack
    late: Event = field(default_factory=Event)
    processes: list[Process] = field(default_factory=list)

    def log(self, options: Sequence[str], pathspecs: Sequence[str]) -> Process:
        return self.start(["log", *options, "--", *pathspecs])

    def says(self, *words: str) -> str:
        """What a command prints. Raises `GitError` unless all went well."""
        process = self.start(words)
        printed = process.output.read().decode("utf-8", "surrogateescape")
        process.check()
        return printed

    def top(self) -> Path:
        """The folder of the repository that the folder lies in. Raises `GitError` where it lies in none."""
        return Path(self.says("rev-parse", "--show-toplevel").rstrip("\n")).resolve()

    def full_name(self, commit: str) -> str:
        """Of a commit, which may be called by a branch or a tag. Raises `GitError` where there is none."""
        return self.says("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}").strip()

    def start(self, words: Sequence[str], stdin: int = subprocess.DEVNULL) -> Process:
        settings = [part for setting in _CONFIGURATION for part in ("-c", setting)]
        command = [self.git, "--no-pager", "-C", str(self.folder), *settings, *words]
        errors = self.around.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # closed where the session ends
        try:
            # A session of its own, so that what git starts can be killed with it.
            started = subprocess.Popen(  # noqa: S603  # no shell, and nothing of the content in the command
                command, stdin=stdin, stdout=subprocess.PIPE, stderr=errors, env=_environment(), start_new_session=True
            )
        except OSError as error:
            message = text("git cannot read the history of the content: {reason}", reason=reason(error))
            raise GitError(message) from error
        process = Process(self, self.around.enter_context(started), errors)
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
def session(folder: Path, time_limit: float) -> Iterator[Session]:
    git = shutil.which("git")
    if git is None:
        raise GitError(text("git is not installed: pages cannot show what changed"))
    with ExitStack() as around:
        session = Session(git, folder, time_limit, around)
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
