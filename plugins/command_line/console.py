"""Where commands write: nothing that stands at the other end stops what they do."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from typing_extensions import Buffer

PLAINER = "portal-plainer"
_SIGNS = {
    "✗": "x",
    "…": "...",
    "–": "-",
    "—": "-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "→": "->",
    "đ": "d",
    "Đ": "D",
}
"""In reports `?` stands for advice: no other sign may become one."""


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Letters without their marks and signs as typewriters have them, for what an encoding does not know."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    plain = "".join(_SIGNS.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in letters)
    return "".join(letter if letter.isascii() else "*" for letter in plain), error.end


class _Patient(io.FileIO):
    """A file that goes on taking what the system refuses to write, such as on a full disk; it is then lost."""

    refusal: OSError | None = None
    """The first one."""

    def write(self, written: Buffer, /) -> int:
        try:
            return super().write(written) or 0
        except OSError as error:
            if error.errno in (errno.EPIPE, errno.EAGAIN):  # a reader that leaves, or is slow, is another matter
                raise
            self.refusal = self.refusal or error
            return memoryview(written).nbytes


@dataclass(frozen=True)
class StandardOutput:
    """Where a command says what it has to say."""

    file: _Patient | None
    """None where something else stands in for it, as in tests."""

    def refusal(self) -> OSError | None:
        """Why not all could be written, if it could not."""
        if self.file is None:
            return None
        sys.stdout.flush()
        return self.file.refusal


def let_anything_be_written() -> StandardOutput:
    """Let a terminal of any encoding, or none, take what we say: what it does not know is said in plainer letters.

    What the system refuses to write stops nothing either: it is told afterwards.
    """
    codecs.register_error(PLAINER, _plainer)
    if sys.stdout is None or sys.stderr is None:  # started with them closed
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # for the rest of the process
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    output = None
    if sys.stdout is sys.__stdout__ and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout, output = _patient(sys.stdout)
    if sys.stderr is sys.__stderr__ and isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr, _ = _patient(sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=PLAINER)
    return StandardOutput(output)


def _patient(stream: io.TextIOWrapper) -> tuple[io.TextIOWrapper, _Patient]:
    """A stream that writes where this one does, in the same way, and is not stopped by a refusal."""
    raw = _Patient(stream.fileno(), "w", closefd=False)
    at_once = stream.write_through
    return io.TextIOWrapper(
        raw if at_once else io.BufferedWriter(raw),
        encoding=stream.encoding,
        line_buffering=stream.line_buffering,
        write_through=at_once,
    ), raw


class PatientConsole(Console):
    """A console whose reader may leave (`portal build | head`): the command goes on, and its exit code is right."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
