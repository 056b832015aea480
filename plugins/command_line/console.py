"""Where commands write: nothing that stands at the other end stops what they do."""

from __future__ import annotations

import os
import sys

from rich.console import Console


def let_anything_be_written() -> None:
    """Let a terminal of any encoding, or none, take what we say: a sign that it does not know becomes `?`."""
    if sys.stdout is None or sys.stderr is None:  # started with them closed
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # for the rest of the process
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


class PatientConsole(Console):
    """A console whose reader may leave (`portal build | head`): the command goes on, and its exit code is right."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
