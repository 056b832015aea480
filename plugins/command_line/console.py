"""Where commands write: nothing that stands at the other end stops what they do."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata

from rich.console import Console

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


def let_anything_be_written() -> None:
    """Let a terminal of any encoding, or none, take what we say: what it does not know is said in plainer letters."""
    codecs.register_error(PLAINER, _plainer)
    if sys.stdout is None or sys.stderr is None:  # started with them closed
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # for the rest of the process
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=PLAINER)


class PatientConsole(Console):
    """A console whose reader may leave (`portal build | head`): the command goes on, and its exit code is right."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
