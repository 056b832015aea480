"""What a build is made from, taken once when it begins: content, theme, figures, and the shared records in force."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.builder.snapshot import OBSTACLES, Tree, TreeReader
from plugins.builder.stored_files import fetching
from plugins.portal.agency import Agency
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.digests import Digest
from plugins.portal.dossiers import HISTORY, LAST_GOOD
from plugins.portal.files import replace_text
from plugins.portal.kinds import AnyKind, Codes, Kinds
from plugins.portal.problems import ContentFolderError, Problem, SettingsError, in_order, text
from plugins.portal.reading import slug_of, unreadable
from plugins.portal.record_files import ADDRESSES, AGENCY, SHARED_FILES
from plugins.portal.settled_addresses import SettledAddressList
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_names import AGENCIES, PROVINCE, STORED_PROVINCE, folder_of, is_agency, site_of, with_province
from plugins.portal.validation import field_names, right_part
from plugins.portal.yaml_source import read_yaml

CONTENT = "content"
THEME = "theme"
FIGURES = "figures"


@dataclass(frozen=True)
class Sources:
    """Copies that nobody edits while the build runs."""

    content: Path
    """With the folders `province` and `agencies` in it."""
    display_path: str
    """The content folder as people see it in reports."""
    province: Tree
    agencies: Mapping[str, Tree]
    """By slug, in order of slug."""
    theme: Tree
    figures: Tree
    """The last good figures of dossiers and their history."""
    problems: tuple[Problem, ...]
    """Of folders that cannot be an agency's."""
    kinds: Kinds
    """Of content."""

    def tree(self, slug: str) -> Tree:
        """A site's folder; the province's own has the empty slug."""
        return self.agencies[slug] if is_agency(slug) else self.province

    def fingerprint(self, path: str) -> str:
        """Of a site's file, by its path from the content folder; empty where there is none."""
        slug = site_of(path)
        if is_agency(slug) and slug not in self.agencies:
            return ""
        return self.tree(slug).files.get(path.removeprefix(f"{folder_of(slug)}/"), "")

    def codes(self, slug: str) -> tuple[str, ...]:
        """The codes that files of a folder are named after, sorted."""
        return tuple(sorted(file.rpartition("/")[2].rpartition(".")[0] for file in self._coded_files(slug)))

    def file_of(self, slug: str, code: str) -> str:
        """The file of a folder that is named after a code, from the content folder."""
        kind, _ = self._coded(slug, code)
        return f"{folder_of(slug)}/{kind.folder}/{code}{kind.suffix}"

    def words_of(self, slug: str, code: str) -> Codes:
        """What is said of a code that a folder has a file of."""
        return self._coded(slug, code)[1]

    def paths_of_coded(self, slug: str) -> Iterator[tuple[str, str]]:
        """The files of a folder that are named after codes: from the folder, and from the content folder."""
        return ((inside, f"{folder_of(slug)}/{inside}") for inside in self._coded_files(slug))

    def _coded(self, slug: str, code: str) -> tuple[AnyKind, Codes]:
        files = self.tree(slug).files
        return next(
            (kind, kind.codes)
            for kind in self.kinds
            if kind.codes is not None and f"{kind.folder}/{code}{kind.suffix}" in files
        )

    def _coded_files(self, slug: str) -> Iterator[str]:
        coded = self.kinds.coded
        return (inside for inside in self.tree(slug).files if any(kind.takes(inside) for kind in coded))

    @property
    def coded_files(self) -> set[tuple[str, str]]:
        """The folder's slug and the code of every file that is named after one."""
        return {(slug, code) for slug in with_province(self.agencies) for code in self.codes(slug)}

    def without(self, refused: Collection[str]) -> Sources:
        """Without folders that cannot be an agency's after all."""
        return replace(self, agencies={slug: tree for slug, tree in self.agencies.items() if slug not in refused})

    def at_the_root(self) -> dict[str, str]:
        """The files of the province that have their pages at the portal's root, by address."""
        kinds = [kind for kind in self.kinds if kind.home is None]
        files = (inside for inside in self.province.files if any(kind.takes(inside) for kind in kinds))
        return {slug_of(inside): inside for inside in files}


def take_sources(
    settings: Mapping[str, Any],
    content: Path,
    snapshot: Path,
    display_path: str,
    kinds: Kinds,
    changing: Callable[[], None] = lambda: None,
) -> Sources:
    """Bring the copies below `snapshot` up to date. Raises `OSError` where they cannot be written.

    `changing` is called before each change of a copy. Raises `PortalError` where the store of large files is none.
    """
    if not (content / STORED_PROVINCE).is_dir():
        raise ContentFolderError(
            text("{path}: no folder province/ in it: is this a content folder?", path=display_path)
        )
    reader = TreeReader(snapshot, changing, fetching(settings))
    try:
        slugs, problems = agency_slugs(content, display_path, kinds.reserved)
    except OSError as error:
        reason, remedy = unreadable(error)
        raise ContentFolderError(
            text(
                "the content folder cannot be read: {path}: {reason} ({remedy})",
                path=f"{display_path}/{AGENCIES}",
                reason=reason,
                remedy=remedy,
            )
        ) from error
    agencies = {}
    for slug in slugs:
        folder = content / folder_of(slug)
        tree = reader.read(folder, f"{CONTENT}/{folder_of(slug)}", f"{display_path}/{folder_of(slug)}")
        if tree.files or tree.obstacles or folder.is_dir():
            agencies[slug] = tree
    reader.keep_only(f"{CONTENT}/{AGENCIES}", agencies)
    own = folder_of(PROVINCE)
    province = reader.read(content / own, f"{CONTENT}/{own}", f"{display_path}/{own}")
    reader.forget_unused()
    return Sources(
        content=reader.folder(CONTENT),
        display_path=display_path,
        province=province,
        agencies=agencies,
        theme=_theme(reader, settings["THEME"]),
        figures=reader.read(
            Path(settings["PORTAL_ROOT"], settings["DOSSIER_STATE_PATH"]), FIGURES, FIGURES, _is_of_the_figures
        ),
        problems=tuple(problems),
        kinds=kinds,
    )


def _theme(reader: TreeReader, folder: str) -> Tree:
    tree = reader.read(Path(folder), THEME, folder)
    if tree.obstacles:
        problem = tree.obstacles[0].problem
        raise SettingsError(
            text("the theme cannot be used: {path}: {reason}", path=problem.path, reason=problem.message)
        )
    return tree


def _is_of_the_figures(inside: str) -> bool:
    return inside == LAST_GOOD or inside.startswith(f"{HISTORY}/")


class CheckedShared(BaseModel):
    """What a check of the shared records brought to light."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    problems: tuple[Problem, ...]
    protocol: tuple[str, ...] = ()
    """The agencies that the province names in its order of protocol."""
    scheduled: tuple[datetime, ...] = ()
    """When the passing of time changes the records, in Vietnam, without a zone; in order."""


def check_shared(content: str, display_path: str) -> str:
    """Read the records that all sites share, in a process of its own: they may be anything. Gives JSON."""
    shared, problems = load_shared(Path(content), display_path)
    if shared is None:
        return CheckedShared(problems=problems).model_dump_json()
    moments = tuple(sorted({notice.moment for notice in shared.province.notice_times()}))
    return CheckedShared(problems=problems, protocol=shared.province.agency_order, scheduled=moments).model_dump_json()


class _InForce(BaseModel):
    """Which records are in force."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: str = ""
    files: dict[str, str] = {}
    """The fingerprint of each; of a file that need not be there and is not, nothing."""
    protocol: tuple[str, ...] = ()
    scheduled: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class SharedRecords:
    """The records that all sites share, as they are in force: of a file that is broken the last good one."""

    folder: Path
    """A content folder with these records only."""
    fingerprint: str
    """Of the files."""
    protocol: tuple[str, ...]
    """The agencies in the order that the province gives; others follow."""
    scheduled: tuple[datetime, ...] = ()
    """When the passing of time changes them, in Vietnam, without a zone; in order."""

    def fingerprint_at(self, now: datetime) -> str:
        """Of the records as they are at a moment: each that has passed makes others of them."""
        passed = [moment for moment in self.scheduled if moment <= now]
        if not passed:
            return self.fingerprint
        digest = Digest()
        digest.add(self.fingerprint, passed[-1].isoformat())
        return digest.hex()


def shared_in_force(
    sources: Sources, folder: Path, engine: str, check: Callable[[str, str], str]
) -> tuple[SharedRecords | None, tuple[Problem, ...]]:
    """The shared records and what is wrong with the newest of them; None where there are no good ones yet.

    `folder` is where those in force are kept, `check` runs `check_shared` where nothing can happen to us.
    """
    note = folder / "in-force.json"
    before = _noted(note)
    newest = {name: sources.province.files[name] for name in SHARED_FILES if name in sources.province.files}
    if (before.engine, before.files) == (engine, newest):
        return _records(folder, before), ()
    checked = CheckedShared.model_validate_json(check(str(sources.content), sources.display_path))
    problems, broken = _problems(sources, checked.problems)
    for name in set(SHARED_FILES) - broken:
        _take_over(sources.province.folder / name, folder / STORED_PROVINCE / name)
    files = {name: fingerprint for name, fingerprint in newest.items() if name not in broken}
    files |= {name: fingerprint for name, fingerprint in before.files.items() if name in broken}
    if broken:  # what is kept of the older ones may be good no more, for the engine may be another
        checked = CheckedShared.model_validate_json(check(str(folder), sources.display_path))
        if checked.problems:
            replace_text(note, _InForce(files=files).model_dump_json())
            return None, problems
    in_force = _InForce(engine=engine, files=files, protocol=checked.protocol, scheduled=checked.scheduled)
    replace_text(note, in_force.model_dump_json())
    return _records(folder, in_force), problems


def _noted(note: Path) -> _InForce:
    try:
        return _InForce.model_validate_json(note.read_bytes())
    except (FileNotFoundError, ValidationError):
        return _InForce()


def _problems(sources: Sources, checked: Iterable[Problem]) -> tuple[tuple[Problem, ...], set[str]]:
    """What is wrong, and with which files; one that cannot be read is not also missing."""
    obstacles = {o.inside: o.problem for o in sources.province.obstacles if o.inside in ("", *SHARED_FILES)}
    if "" in obstacles:
        return (obstacles[""],), set(SHARED_FILES)
    others = [problem for problem in checked if Path(problem.path).name not in obstacles]
    problems = in_order([*obstacles.values(), *others])
    return problems, {Path(problem.path).name for problem in problems}


def _take_over(newest: Path, kept: Path) -> None:
    if newest.is_file():
        replace_text(kept, newest.read_text("utf-8"))
    else:
        kept.unlink(missing_ok=True)


def _records(folder: Path, in_force: _InForce) -> SharedRecords:
    digest = Digest()
    digest.add(json.dumps(in_force.files, sort_keys=True))
    return SharedRecords(folder, digest.hex(), in_force.protocol, in_force.scheduled)


def note_obstacles(folder: Path, name: str, tree: Tree) -> str:
    """The file in which a site's process finds what could not be read of its folder; empty where there is nothing."""
    if not tree.obstacles:
        return ""
    path = folder / f"{name}.json"
    replace_text(path, OBSTACLES.dump_json(tree.obstacles).decode())
    return str(path)


def settled_agencies(sources: Sources) -> set[str]:
    """The agencies of which somebody says what became of their addresses, as far as that can be read.

    Records of others say that they took their place, and the province's file of addresses names their homes.
    """
    named: set[str] = set()
    for slug in sources.agencies:
        named.update(_right_part(Agency, sources.content / folder_of(slug) / AGENCY, "predecessors"))
    of_province = _right_part(SettledAddressList, sources.content / folder_of(PROVINCE) / ADDRESSES, "addresses")
    return named | {entry.address.strip("/") for entry in of_province if entry is not None}


def _right_part(model: type[BaseModel], file: Path, field: str) -> Sequence[Any]:
    """What is right of a list in a file; what is wrong is told where the folder is read."""
    try:
        fields = read_yaml(file.read_text("utf-8"), 1, field_names(model))[0]
    except (OSError, UnicodeDecodeError):
        return ()
    entries: Sequence[Any] = getattr(right_part(model, fields), field, ()) if fields is not None else ()
    return entries
