"""Writing the files: what an operator has changed since is never replaced.

Each begins with a line that holds the digest of what follows it. A file that still has the digest that it says is ours
to replace; another one stays, and the new text is put beside it under the same name with `.new`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from plugins.portal.digests import Digest
from plugins.portal.files import replace_durably
from plugins.portal.problems import PortalError, text
from plugins.portal.system_errors import reason

Outcome = Literal["written", "unchanged", "kept", "beside"]
NEW = ".new"
_FIRST_LINE = re.compile(r"# Written by `portal server-files`[^\n]*; what follows has the digest ([0-9a-f]{32})\.\n")


class UnwritableError(PortalError):
    """A file cannot be written, or one that somebody has changed is in the way of the new one."""


@dataclass(frozen=True)
class Written:
    """What became of one file."""

    path: Path
    outcome: Outcome
    """written; unchanged: it was so already; kept: changed by somebody, and there is nothing new to take over;
    beside: changed by somebody, and what is new lies beside it."""


def write_files(folder: Path, files: Mapping[str, str]) -> list[Written]:
    """Write each file into the folder. Raises `UnwritableError`; what was written before that stays."""
    return [_write(folder / name, body) for name, body in files.items()]


def _write(path: Path, body: str) -> Written:
    try:
        there = _text_of(path)
        if there is None or _is_ours(there):
            return Written(path, _replace(path, body, there))
        match = _FIRST_LINE.match(there)
        if match and match[1] == _digest(body):
            return Written(path, "kept")
        beside = path.with_name(path.name + NEW)
        earlier = _text_of(beside)
        if earlier is not None and not _is_ours(earlier):
            raise UnwritableError(
                text("{path} was changed by somebody; take over what you need of it and remove it", path=beside)
            )
        _replace(beside, body, earlier)
        return Written(path, "beside")
    except OSError as error:
        raise UnwritableError(
            text("{path}: cannot be written: {reason}; check its rights and the disk", path=path, reason=reason(error))
        ) from error


def _replace(path: Path, body: str, there: str | None) -> Outcome:
    whole = (
        "# Written by `portal server-files`, which leaves it alone once it is changed; what follows has the digest"
        f" {_digest(body)}.\n{body}"
    )
    if there == whole:
        return "unchanged"
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_durably(path, whole.encode(), 0o644)
    return "written"


def _text_of(path: Path) -> str | None:
    """None where there is no such file; what is no text of ours has other letters in the place of some."""
    try:
        return path.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return None


def _is_ours(there: str) -> bool:
    match = _FIRST_LINE.match(there)
    return match is not None and match[1] == _digest(there[match.end() :])


def _digest(body: str) -> str:
    digest = Digest()
    digest.add(body)
    return digest.hex()
