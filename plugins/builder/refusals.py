"""What the machine may refuse a build, and what ends its processes: as one sentence for whoever runs it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.builder.workers import (
    WorkerCrashedError,
    WorkerDeniedError,
    WorkerError,
    WorkerKilledError,
    WorkerLostError,
    WorkerStuckError,
)
from plugins.portal.problems import BuildFolderError, Problem, Text, text
from plugins.portal.system_errors import reason_of

_REASONS = {
    errno.ENOSPC: text("the disk is full; make room"),
    errno.EDQUOT: text("the disk's quota is used up; make room"),
    errno.EROFS: text("it cannot be written to; mount it for writing or set another folder"),
    errno.EACCES: text(
        "the right to read or write there is missing; give it to the user who builds, or set another folder"
    ),
    errno.EPERM: text(
        "the right to read or write there is missing; give it to the user who builds, or set another folder"
    ),
    errno.EIO: text("the disk fails; look at it before building again"),
    errno.EMFILE: text("too many files are open; raise the limit (ulimit -n)"),
    errno.ENFILE: text("too many files are open on this machine"),
    **dict.fromkeys(
        (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.EINVAL),
        text("something that is none of the portal's stands in its way there; move it elsewhere"),
    ),
    errno.ENOENT: text("it has been removed meanwhile; build again"),
}


@contextmanager
def told_in_a_sentence(folder: Path) -> Iterator[None]:
    """Raise `BuildFolderError` where the system refuses something; `folder` is named where it does not say of what."""
    try:
        yield
    except OSError as error:
        raise _refusal(error.errno or 0, str(error.filename2 or error.filename or folder)) from error
    except WorkerDeniedError as error:
        raise _refusal(error.number, error.path or str(folder)) from error


def reason(number: int) -> Text:
    """Why the system refused something, by the number of its error, with what to do."""
    return reason_of(number, _REASONS)


def _refusal(number: int, path: str) -> BuildFolderError:
    return BuildFolderError(text("cannot build: {path}: {reason}", path=path, reason=reason(number)))


def breakdown(path: str, error: WorkerError) -> Problem:
    """What is said of a process that did not come to its end."""
    if isinstance(error, WorkerCrashedError):
        message = text("building the site failed: {reason}", reason=error)
    elif isinstance(error, WorkerLostError):
        message = text("building the site was ended: several machines went away with it, {worker} last", worker=error)
    elif isinstance(error, WorkerKilledError):
        message = text("building the site was ended by force: {reason}", reason=_end_of(error))
    elif isinstance(error, WorkerStuckError):
        message = text("building the site was ended: it had not gone on for {limit} seconds", limit=error)
    else:
        message = text("building the site failed: {reason}", reason=error)
    return Problem(path=path, message=message, hint=text("look at its last change; tell those who run the portal"))


def _end_of(error: WorkerKilledError) -> str | Text:
    """What ended a process: a signal by its name, which is the same in all languages, or a number in words."""
    code = error.exit_code
    if code is not None and code >= 0:
        return text("exit code {number}", number=code)
    if code is not None and str(error) == f"signal {-code}":  # it has no name
        return text("signal {number}", number=-code)
    return str(error)
