"""Carrying out a plan: each file written aside and put in place whole, so that an end in the middle breaks none."""

from __future__ import annotations

import os
from pathlib import Path

from plugins.importing.folders import MAX_LEDGER_BYTES, ContentFolder
from plugins.importing.planning import ImportPlan, ImportSummary, Progress, Write
from plugins.importing.problems import ImportStopped


def carry_out(plan: ImportPlan, progress: Progress | None = None) -> ImportSummary:
    """Write what the plan says. Raises `ImportStopped` where a file has changed since, or cannot be written.

    What was written before that is whole, and an import that is run again takes it up.
    """
    for done, write in enumerate(plan.writes, 1):
        _write(plan.content, write)
        if progress is not None:
            progress("writing", done, len(plan.writes))
    return plan.summary(written=len(plan.writes))


def _write(content: ContentFolder, write: Write) -> None:
    place = content.place(write.inside)
    if content.text(write.inside, MAX_LEDGER_BYTES) != write.before:
        raise ImportStopped("{path} was changed during the import: import again", path=place)
    path = content.root / write.inside
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        content.check_way(write.inside)
        _replace(path, write.after.encode())
    except OSError as error:
        raise ImportStopped("{path} cannot be written: {reason}", path=place, reason=error.strerror or error) from error


def _replace(path: Path, content: bytes) -> None:
    """Write a hidden file beside the one that it takes the place of; one that was left by a kill is written over."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o666)
        with open(handle, "wb") as stream:  # noqa: PTH123  # a descriptor, not a path
            stream.write(content)
        if path.exists():
            unfinished.chmod(path.stat().st_mode & 0o777)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
