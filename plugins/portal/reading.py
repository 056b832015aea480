"""Reading files that anybody may have put there: bounded, regular, inside their folder, UTF-8, NFC."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from plugins.portal.characters import FORBIDDEN, shown_name, tidy, without_marks_of_numbers
from plugins.portal.damaged_text import Damage, control_characters, find_damages
from plugins.portal.identifiers import slugify
from plugins.portal.litter import is_litter
from plugins.portal.problems import Problem, Text, text
from plugins.portal.system_errors import reason

MAX_TEXT_BYTES = 1_000_000
MAX_MEDIA_BYTES = 10_000_000
MAX_FOLDER_DEPTH = 6
MAX_FILES = 50_000


@dataclass(frozen=True)
class SourceFile:
    """A regular file of a site's folder."""

    location: str
    """On the disk."""
    inside: str
    """Relative to the site's folder, with forward slashes, NFC."""
    size: int
    """In bytes."""
    status: os.stat_result | None = None
    """As the folder was walked."""

    @property
    def path(self) -> Path:
        return Path(self.location)  # made where it is needed: most files of a walk are not opened


class Obstacle(BaseModel):
    """Something in a site's folder that cannot be taken as its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inside: str
    """Relative to the site's folder; empty where the folder itself cannot be taken."""
    problem: Problem
    stops: bool = True
    """Whether the site is kept back for it."""


@dataclass(frozen=True)
class Untaken:
    """Files and folders of a site that cannot be taken; what lies in such a folder is as little known."""

    paths: frozenset[str] = frozenset()
    """As seen from the site's folder; the folder itself is empty."""

    def __contains__(self, inside: object) -> bool:
        if not isinstance(inside, str):
            return False
        above = (inside[:at] for at, sign in enumerate(inside) if sign == "/")
        return not self.paths.isdisjoint({"", inside, *above})


class UnreadableError(Exception):
    """The file cannot be taken as text; carries the line, if any, and what to say."""

    def __init__(self, message: Text, hint: Text, line: int | None = None) -> None:
        super().__init__(message.render())
        self.message = message
        self.hint = hint
        self.line = line


_REASONS = {
    errno.EACCES: text("the right to read it is missing"),
    errno.EPERM: text("the right to read it is missing"),
    errno.EIO: text("the disk fails to give it"),
    errno.ESTALE: text("the network drive has lost it"),
    errno.ENAMETOOLONG: text("its name is too long"),
    errno.ELOOP: text("it is a link"),
    errno.ENOENT: text("it is not there"),
    errno.EINVAL: text("it is no ordinary file"),
    errno.EISDIR: text("it is no ordinary file"),
}


def unreadable(error: OSError) -> tuple[Text, Text]:
    """What to say, and what to do, where the system does not give a file or folder."""
    return text("cannot be read: {reason}", reason=reason(error, _REASONS)), text("check its rights and the disk")


def walk(folder: Path, display_path: str) -> tuple[list[SourceFile], list[Obstacle]]:
    """Every content file below `folder`, in order of name, and what cannot be taken as content.

    What programs leave behind is passed over. Links are not followed: a site's content lies in its folder.
    What vanishes meanwhile was not there. A folder with more than `MAX_FILES` files is one obstacle and no files.
    """
    files: dict[str, SourceFile] = {}
    obstacles: list[Obstacle] = []

    def obstruct(inside: str, message: Text, hint: Text) -> None:
        path = f"{display_path}/{inside}" if inside else display_path
        obstacles.append(Obstacle(inside=inside, problem=Problem(path=path, message=message, hint=hint)))

    for entry in _entries(folder, "", 0):
        if isinstance(entry, _Closed):
            obstruct(entry.inside, *unreadable(entry.error))
        elif stat.S_ISLNK(entry.status.st_mode):
            obstruct(entry.inside, text("a link to another place"), text("put the file itself here"))
        elif stat.S_ISDIR(entry.status.st_mode):
            obstruct(entry.inside, text("folders nested too deep"), text("move it further up"))
        elif not stat.S_ISREG(entry.status.st_mode):
            obstruct(entry.inside, text("not an ordinary file"), text("remove it"))
        elif entry.inside in files:
            obstruct(
                entry.inside,
                text("two files have this name, spelt in two ways that look alike"),
                text("rename one of them"),
            )
        else:
            files[entry.inside] = SourceFile(entry.location, entry.inside, entry.status.st_size, entry.status)
        if len(files) > MAX_FILES or len(obstacles) > MAX_FILES:
            obstacles.clear()
            obstruct("", text("more than {limit} files", limit=MAX_FILES), text("split the site or remove files"))
            return [], obstacles
    return list(files.values()), obstacles


@dataclass(frozen=True)
class _Entry:
    location: str
    inside: str
    status: os.stat_result


@dataclass(frozen=True)
class _Closed:
    """A folder or file that the system does not let us look at."""

    inside: str
    error: OSError


def _entries(folder: Path | str, inside: str, depth: int) -> Iterator[_Entry | _Closed]:
    """What lies below a folder: all but the folders that are walked in turn."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return  # it was there when the folder above was listed
    except OSError as error:
        yield _Closed(inside.rstrip("/"), error)
        return
    for entry in entries:
        if is_litter(entry.name):
            continue
        name = inside + shown_name(entry.name)
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield _Closed(name, error)
            continue
        if stat.S_ISDIR(status.st_mode) and depth < MAX_FOLDER_DEPTH:
            yield from _entries(entry.path, f"{name}/", depth + 1)
        else:
            yield _Entry(entry.path, name, status)


class TooLargeError(Exception):
    """A file holds more than may be read of it."""


def read_bytes(path: Path, limit: int, attempts: int = 1) -> tuple[bytes, os.stat_result]:
    """The content of a regular file, and what it was when it was read.

    One that is written to meanwhile is read again, `attempts` times in all. Raises `TooLargeError` beyond `limit`
    bytes, and `OSError` for what cannot be opened or is no regular file.
    """
    # Between the look at the folder and this moment the file may have become a link, or a pipe.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as stream:  # noqa: PTH123  # a descriptor, not a path
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if status.st_size > limit:
            raise TooLargeError
        for _ in range(attempts):
            stream.seek(0)
            before = status
            content = stream.read(limit + 1)
            status = os.fstat(handle)
            if (before.st_size, before.st_mtime_ns, before.st_ctime_ns) == (
                status.st_size,
                status.st_mtime_ns,
                status.st_ctime_ns,
            ):
                break
    if len(content) > limit:
        raise TooLargeError
    return content, status


def read_text(file: SourceFile) -> str:
    """The text of a file: NFC, without a byte-order mark, invisible joiners and carriage returns.

    Raises `UnreadableError` for a file that is too large, is not UTF-8, is damaged or holds control characters.
    """
    written, damages = read_damaged(file)
    for damage in damages:
        raise UnreadableError(damage.message, damage.hint, damage.line)
    return written


def read_damaged(file: SourceFile) -> tuple[str, list[Damage]]:
    """The same of a file that may be damaged, and how it is: what else is wrong in it can be told at once."""
    try:
        # The size was looked at a moment ago; reading shows whether it still holds.
        raw, _ = read_bytes(file.path, MAX_TEXT_BYTES)
        written = raw.decode("utf-8")
    except TooLargeError as error:
        raise _too_large() from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnreadableError(text("not written in UTF-8"), text("save it again as UTF-8"), line) from error
    except OSError as error:
        raise UnreadableError(*unreadable(error)) from error
    written = without_marks_of_numbers(written)
    damages = [*find_damages(written), *control_characters(written)]
    damages.sort(key=lambda damage: damage.line)
    return tidy(FORBIDDEN.sub(" ", written)), damages


def _too_large() -> UnreadableError:
    return UnreadableError(
        text("larger than {limit} bytes", limit=MAX_TEXT_BYTES), text("split it, or move what is no text to media/")
    )


def slug_of(inside: str) -> str:
    """The slug that a file's name makes: `news/2019/Đăng ký.md` gives `dang-ky`; empty if nothing is left."""
    return slugify(Path(inside).stem)
