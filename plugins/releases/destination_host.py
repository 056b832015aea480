"""A folder of another machine, by rsync over ssh; neither here nor there is anything given to a shell.

    web@www.example.vn:/srv/www        ssh://web@www.example.vn:2222/srv/www

Which key, user and port are meant may as well stand in `~/.ssh/config`. Nobody is asked anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import unquote

from plugins.portal.problems import PortalError, Text, shortened, text
from plugins.portal.system_errors import reason
from plugins.releases.file_lists import Files
from plugins.releases.layout import WRITTEN_LATER
from plugins.releases.records import Release

SILENCE = 60
"""Seconds without a byte after which rsync gives up."""
TIME_LIMIT = 6 * 3600.0
"""Seconds that a step may take: a first one may have gigabytes to send over a slow line."""
_OPTIONS = (
    "--times", "--copy-links", "--perms", "--chmod=D755,F644", "--omit-dir-times",
    "-s", "--8-bit-output", "--out-format=%i %n", f"--timeout={SILENCE}",
)  # fmt: skip
_LIST = ("--files-from=-", "--from0")
_ITEMIZED = 11
"""Letters in which rsync says what it does with a file; its name follows behind a blank."""
SSH = "ssh -o BatchMode=yes -o ConnectTimeout=10"
_LOGIN = re.compile(r"([\w.-]+@)?(\w[\w.-]*|\[[0-9A-Fa-f:.]+\])", re.ASCII)
_VANISHED = 24
"""What rsync ends with where a file that is to go is not here any more, which it is not."""
_PARTIAL = 23
_NOTICE = ("warning:", "notice:")


@dataclass(frozen=True)
class HostDestination:
    """A folder of a host; it is made if it is missing, but not what it lies in."""

    login: str
    """The host, or the user and the host."""
    path: str
    port: int | None = None

    @classmethod
    def of(cls, written: str) -> HostDestination:
        """Read `host:/path` or `ssh://host/path`; raises `PortalError`."""
        port = None
        if written.startswith("ssh://"):
            parts = re.fullmatch(r"ssh://([^/]*?)(?::(\d{1,5}))?(/[^?#]*)", written, re.ASCII)
            path = unquote(parts[3]) if parts else ""
            port = int(parts[2]) if parts and parts[2] else None
        else:
            parts = re.fullmatch(r"([^/]*?):(/.*)", written)
            path = parts[2] if parts else ""
        login = parts[1] if parts else ""
        if not _LOGIN.fullmatch(login) or not _is_folder(path):
            raise PortalError(
                text("{path}: is no folder of a host; write host:/srv/www, user@host:/srv/www or "
                     "ssh://user@host:22/srv/www", path=written)
            )  # fmt: skip
        return cls(login, path.rstrip("/"), port)

    @property
    def name(self) -> str:
        return f"ssh://{self.login}:{self.port}{self.path}" if self.port else f"{self.login}:{self.path}"

    @property
    def batch(self) -> int:
        return 0

    def check(self, release: Release) -> None:
        if shutil.which("rsync") is None:
            raise PortalError(text("rsync is not installed; this mends it: sudo apt install rsync openssh-client"))

    def is_empty(self) -> bool:
        listed = self._run(["--list-only", "--dirs", self._there], fine=(_PARTIAL,))  # as of a folder that is missing
        return all(line.split(maxsplit=4)[4:] == ["."] for line in listed)

    def differing(self, release: Release, wanted: Files, known: Files) -> Mapping[str, bool]:
        # rsync takes a file for the same that has the size and the second of the last change, and no two contents that
        # follow each other at an address have both; files that are written while a release is shown may.
        differing = {
            path: True
            for path, listed in wanted.items()
            if path.partition("/")[0] in WRITTEN_LATER and known.get(path, listed) != listed
        }
        for path, change in self._transferred(release, wanted, "--dry-run"):
            is_new = change.endswith("+++++++++")
            if is_new or change[3] == "s" or known.get(path) != wanted[path]:  # else its time alone is another
                differing[path] = not is_new
        return differing

    def put(self, release: Release, paths: Sequence[str]) -> None:
        for _ in self._transferred(release, paths, "--ignore-times"):
            pass

    def remove(self, paths: Sequence[str], wanted: Files) -> None:
        if not paths:
            return
        needed = {folder for path in wanted for folder in PurePosixPath(path).parents}
        emptied = {folder for path in paths for folder in PurePosixPath(path).parents} - needed
        steps = [list(paths)]
        for _, folders in groupby(sorted(emptied, key=_depth, reverse=True), key=_depth):
            steps.append([str(folder) for folder in folders])
        with tempfile.TemporaryDirectory() as nothing:
            for step in steps:  # a folder that holds something stays
                words = ["--no-implied-dirs", "--delete-missing-args", *_LIST, f"{nothing}/", self._there]
                self._run(words, step, fine=(_VANISHED,))

    def finish(self) -> None:
        """rsync has renamed each file to where it belongs."""

    @property
    def _there(self) -> str:
        return f"{self.login}:{self.path}/"

    def _transferred(self, release: Release, paths: Iterable[str], how: str) -> Iterator[tuple[str, str]]:
        """Each file that rsync sends, or would, and what it says of it (`--itemize-changes` in `rsync(1)`)."""
        for line in self._run([how, *_LIST, f"{release.folder}/", self._there], paths):
            change, path = line[:_ITEMIZED], line[_ITEMIZED + 1 :]
            if change[1:2] == "f":
                yield path, change

    def _run(self, words: Sequence[str], paths: Iterable[str] = (), fine: Collection[int] = ()) -> list[str]:
        """The lines that rsync prints."""
        command = ["rsync", *_OPTIONS, *self._shell(), *words]
        surroundings = {**os.environ, "SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"}
        try:
            done = subprocess.run(  # noqa: S603  # no shell, and all paths go through its standard input
                command, input="\0".join(paths).encode(), capture_output=True, check=False, timeout=TIME_LIMIT,
                env=surroundings, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise self._refused(reason(error)) from error
        except subprocess.TimeoutExpired as error:
            raise self._refused(text("it had not answered after {seconds} seconds", seconds=TIME_LIMIT)) from error
        if done.returncode != 0 and done.returncode not in fine:
            raise self._refused(_why(done.stderr.decode("utf-8", "replace")))
        return done.stdout.decode("utf-8", "replace").splitlines()

    def _shell(self) -> list[str]:
        if "RSYNC_RSH" in os.environ:  # whoever sets it knows another way there
            return []
        return [f"--rsh={SSH} -p {self.port}" if self.port else f"--rsh={SSH}"]

    def _refused(self, why: Text | str) -> PortalError:
        return PortalError(
            text("{path}: rsync could not send there: {reason}; what was sent stays, and the next portal sync "
                 "completes it", path=self.name, reason=why)
        )  # fmt: skip


def _is_folder(path: str) -> bool:
    return path.startswith("/") and path.strip("/") != "" and path.isprintable()


def _depth(folder: PurePosixPath) -> int:
    return len(folder.parts)


def _why(told: str) -> str:
    """The line that says most: ssh's own is the first, and rsync names a file that failed before it sums up."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    telling = [line for line in lines if not line.lower().startswith(_NOTICE)]
    failed = [line for line in telling if "failed" in line or line.startswith("ssh: ")]
    return shortened((failed or telling or lines or ["?"])[0])
