"""Reading files that anybody may have put there: bounded, regular, inside their folder, UTF-8, NFC."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.portal.characters import FORBIDDEN, shown_name, tidy
from plugins.portal.identifiers import slugify
from plugins.portal.problems import Problem, Text, text

MAX_TEXT_BYTES = 1_000_000
MAX_MEDIA_BYTES = 10_000_000
MAX_FOLDER_DEPTH = 6
MAX_FILES = 50_000


@dataclass(frozen=True)
class Found:
    """A regular file of a site's folder."""

    path: Path
    inside: str
    """Relative to the site's folder, with forward slashes, NFC."""
    size: int
    """In bytes."""


class UnreadableError(Exception):
    """The file cannot be taken as text; carries the line, if any, and what to say."""

    def __init__(self, message: Text, hint: Text, line: int | None = None) -> None:
        super().__init__(message.render())
        self.message = message
        self.hint = hint
        self.line = line


def walk(folder: Path, shown: str) -> tuple[list[Found], list[Problem]]:
    """Every content file below `folder`, in order of name, and what must not be there.

    Hidden files and editors' backups are passed over. Links are not followed: a site's content lies in its folder.
    """
    found: list[Found] = []
    problems: list[Problem] = []
    for entry, inside, depth in _entries(folder, "", 0):
        place = f"{shown}/{inside}"
        if entry.is_symlink():
            problems.append(
                Problem(path=place, message=text("a link to another place"), hint=text("put the file itself here"))
            )
        elif entry.is_dir(follow_symlinks=False):
            if depth >= MAX_FOLDER_DEPTH:
                problems.append(
                    Problem(path=place, message=text("folders nested too deep"), hint=text("move it further up"))
                )
        elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            problems.append(Problem(path=place, message=text("not an ordinary file"), hint=text("remove it")))
        else:
            found.append(Found(Path(entry.path), inside, entry.stat(follow_symlinks=False).st_size))
        if len(found) > MAX_FILES:
            message = text("more than {limit} files", limit=MAX_FILES)
            problems.append(Problem(path=shown, message=message, hint=text("split the site or remove files")))
            break
    return found, problems


def _entries(folder: Path, inside: str, depth: int) -> Iterator[tuple[os.DirEntry[str], str, int]]:
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(("~", ".swp", ".bak")):
            continue
        name = shown_name(entry.name)
        yield entry, inside + name, depth
        if entry.is_dir(follow_symlinks=False) and depth < MAX_FOLDER_DEPTH:
            yield from _entries(Path(entry.path), f"{inside}{name}/", depth + 1)


def read_text(file: Found) -> str:
    """The text of a file: NFC, without a byte-order mark, invisible joiners and carriage returns.

    Raises `UnreadableError` for a file that is too large, is not UTF-8 or holds control characters.
    """
    if file.size > MAX_TEXT_BYTES:
        raise _too_large()
    try:
        # The size was looked at a moment ago; reading one byte more shows whether it still holds.
        with open(file.path, "rb", opener=_open_without_following) as stream:  # Path.open has no opener
            raw = stream.read(MAX_TEXT_BYTES + 1)
        if len(raw) > MAX_TEXT_BYTES:
            raise _too_large()
        written = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(text("not written in UTF-8"), text("save it again as UTF-8"), line) from error
    except OSError as error:
        raise UnreadableError(
            text("cannot be read: {reason}", reason=error.strerror or error), text("check the file and its rights")
        ) from error
    forbidden = FORBIDDEN.search(written)
    if forbidden is not None:
        line = written.count("\n", 0, forbidden.start()) + 1
        name = f"U+{ord(forbidden.group()):04X}"
        raise UnreadableError(text("holds the control character {name}", name=name), text("delete it"), line)
    return tidy(written)


def _too_large() -> UnreadableError:
    return UnreadableError(
        text("larger than {limit} bytes", limit=MAX_TEXT_BYTES), text("split it, or move what is no text to media/")
    )


def _open_without_following(path: str, flags: int) -> int:
    # Between the look at the folder and this moment the file may have become a link.
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def slug_of(inside: str) -> str:
    """The slug that a file's name makes: `news/2019/Đăng ký.md` gives `dang-ky`; empty if nothing is left."""
    return slugify(Path(inside).stem)
