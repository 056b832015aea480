"""The content folder as an import sees it: where procedures lie, who is called what, and what must not be touched."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from plugins.importing.ledger import LEDGER, read_ledger
from plugins.importing.national.cleaning import one_line
from plugins.importing.problems import ImportStopped
from plugins.portal.agency import Agency
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.characters import FORBIDDEN, shown_name, tidy
from plugins.portal.identifiers import fold, is_national_code
from plugins.portal.problems import Problem, did_you_mean
from plugins.portal.procedure import Procedure
from plugins.portal.reading import MAX_TEXT_BYTES
from plugins.portal.record_files import AGENCY, FIELDS
from plugins.portal.shared import Shared
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_names import PROVINCE, STORED_PROVINCE, folder_of, with_province
from plugins.portal.system_errors import reason
from plugins.portal.validation import validate
from plugins.portal.yaml_source import YamlError, parse_yaml

FIELDS_FILE = f"{STORED_PROVINCE}/{FIELDS}"
MAX_LEDGER_BYTES = 50_000_000
"""A code takes 400 bytes; what one may import at a time takes 20 MB."""
LOCAL_LEVELS = frozenset({"district", "commune"})
"""What many agencies perform belongs to the province."""


@dataclass(frozen=True)
class ContentFolder:
    """What is there before an import."""

    root: Path
    display_path: str
    shared: Shared
    slugs: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    """The files of each code, relative to the content folder; more than one only by mistake."""

    @cached_property
    def agencies(self) -> dict[str, str]:
        """Slugs by folded name, of agencies that are active.

        An agency whose record cannot be read owns nothing by its name; `portal check` says what is wrong with it.
        """
        slugs: dict[str, str] = {}
        for slug in self.slugs:
            written = self.text(f"{folder_of(slug)}/{AGENCY}")
            try:
                agency = validate(Agency, parse_yaml(tidy(written or "")), "")[0]
            except YamlError:
                continue
            if agency is not None and agency.lifecycle.state == "active":
                slugs.setdefault(_name(agency.name), slug)
        return slugs

    def owner(self, procedure: Procedure, into: str | None) -> str:
        """The folder, relative to the content folder, that a new procedure belongs to."""
        if into is not None:
            return folder_of(PROVINCE if into == STORED_PROVINCE else into)
        if not LOCAL_LEVELS.intersection(procedure.performed_by):
            for body in (*procedure.performing_bodies, procedure.competent_body or ""):
                slug = self.agencies.get(_name(body))
                if slug is not None:
                    return folder_of(slug)
        return folder_of(PROVINCE)

    def path_of(self, inside: str) -> str:
        """A file of the folder as people are told of it."""
        return f"{self.display_path}/{inside}"

    def text(self, inside: str, limit: int = MAX_TEXT_BYTES) -> str | None:
        """The text of a file byte for byte; None where there is none. Raises `ImportStopped` where it is not text."""
        path = self.root / inside
        location = self.path_of(inside)
        self.check_way(inside)
        try:
            with open(path, "rb", opener=_open_without_following) as stream:  # Path.open has no opener
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise ImportStopped("{path} is not an ordinary file", path=location)
                raw = stream.read(limit + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ImportStopped("{path} cannot be read: {reason}", path=location, reason=reason(error)) from error
        try:
            written = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ImportStopped("{path} is not written in UTF-8: save it again as UTF-8", path=location) from error
        if len(raw) > limit or FORBIDDEN.search(written):
            raise ImportStopped("{path} is too large or holds control characters: mend it first", path=location)
        return written

    def check_way(self, inside: str) -> None:
        """Raise `ImportStopped` where a link stands on the way to a file or in its place: it may lead elsewhere."""
        path = self.root
        for part in PurePosixPath(inside).parts:
            path = path / part
            if path.is_symlink():
                location = self.path_of(path.relative_to(self.root).as_posix())
                raise ImportStopped(
                    "{path} is a link to another place: put the file or folder itself there", path=location
                )

    def ledger(self, folder: str) -> dict[str, dict[str, str]]:
        """What earlier imports remember of a folder."""
        inside = f"{folder}/procedures/{LEDGER}"
        written = self.text(inside, MAX_LEDGER_BYTES)
        return {} if written is None else read_ledger(written, self.path_of(inside))

    @property
    def folders(self) -> tuple[str, ...]:
        """Those that procedures may lie in, relative to the content folder; the province's first."""
        return tuple(map(folder_of, with_province(self.slugs)))


def read_content(root: Path) -> ContentFolder:
    """Look at a content folder. Raises `ImportStopped` where it is none, or its shared files cannot be read."""
    display_path = _display_path(root)
    if not (root / STORED_PROVINCE).is_dir():
        raise ImportStopped("{path}: no folder province/ in it: is this a content folder?", path=display_path)
    shared, problems = load_shared(root, display_path)
    if shared is None:
        raise _stopped_by(problems[0])
    slugs, _ = agency_slugs(root, display_path)
    places: dict[str, list[str]] = defaultdict(list)
    for folder in map(folder_of, with_province(slugs)):
        for code in _codes(root / folder / "procedures"):
            places[code].append(f"{folder}/procedures/{code}.yaml")
    return ContentFolder(
        root, display_path, shared, tuple(slugs), {code: tuple(files) for code, files in places.items()}
    )


def _display_path(root: Path) -> str:
    here = Path.cwd()
    absolute = root.absolute()
    return shown_name((absolute.relative_to(here) if absolute.is_relative_to(here) else root).as_posix())


def _stopped_by(problem: Problem) -> ImportStopped:
    location = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    return ImportStopped("{place}: {problem}: mend it first", place=location, problem=problem.message)


def _codes(folder: Path) -> list[str]:
    names = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    stems = (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    return [stem for stem in stems if is_national_code(stem)]


def _name(written: str) -> str:
    return fold(one_line(written))


def _open_without_following(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def check_owner(content: ContentFolder, into: str | None) -> None:
    """Raise `ImportStopped` for a folder that is not there."""
    if into is not None and into not in (STORED_PROVINCE, *content.slugs):
        raise ImportStopped(
            'unknown agency "{slug}" ({hint})', slug=into, hint=did_you_mean(into, (STORED_PROVINCE, *content.slugs))
        )
