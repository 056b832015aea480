"""What can be checked of each version, worked out once and kept beside it, so that a release costs what has changed.

<version>/links.json          what the version says, as releases are checked by it
<version>/memos/links.json    the same of each of its files, for the next version to take over
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.compressed_copies import SUFFIX
from plugins.portal.division import in_parts
from plugins.portal.files import replace_text
from plugins.portal.problems import Text
from plugins.releases.page_facts import READ, FileFacts, facts_of_file
from plugins.releases.records import ReleaseModel

FILE = "links.json"
SHARE = 200
"""Files that are worth a process."""
_FACTS = TypeAdapter(dict[str, FileFacts])
Facts = Mapping[str, FileFacts]


class VersionFacts(ReleaseModel):
    """What a version says that is checked together with the others."""

    files: tuple[str, ...] = ()
    """Every file but compressed copies."""
    largest: tuple[str, int] = ("", 0)
    """The largest of them, with its size in bytes."""
    asked: dict[str, str] = Field(default={})
    """Addresses that it leads to, with the place where one is meant, each with one file that does."""
    places: dict[str, str] = Field(default={})
    """By file its ids, with blanks between."""
    leads_on: dict[str, str] = Field(default={})
    """By file the address that it leads on to, with a leading slash."""
    noindex: tuple[str, ...] = ()
    published: dict[str, str] = Field(default={})
    listed: dict[str, str] = Field(default={})
    """By address the sitemap that lists it."""
    faults: dict[str, tuple[Text, ...]] = Field(default={})
    """By file what is wrong with it by itself."""


def read_facts(version: CompiledVersion) -> VersionFacts | None:
    """What was noted of a version; None where nothing was."""
    try:
        return VersionFacts.model_validate_json((version.folder / FILE).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return None


def note_facts(
    version: CompiledVersion, before: CompiledVersion | None, portal: str, taken_over: Collection[str] = ()
) -> VersionFacts:
    """Work out and note what a version says; files that are those of the one `before` are not read again.

    `portal` is the public address. Those `taken_over` are known to be files of the one before.
    """
    known = _known(before) if before is not None else {}
    sizes = dict(_files(str(version.www), ""))
    facts: dict[str, FileFacts] = {}
    left = []
    made, former = str(version.www), str(before.www) if before is not None else ""
    for path in sizes:
        if path.rpartition(".")[2] in READ:
            if path in known and (path in taken_over or _is_same(f"{made}/{path}", f"{former}/{path}")):
                facts[path] = known[path]
            else:
                left.append(path)
    facts |= _read(version.www, left, known, portal)
    whole = _together(sizes, facts)
    version.memos.mkdir(exist_ok=True)
    replace_text(version.memos / FILE, _FACTS.dump_json(dict(sorted(facts.items())), exclude_defaults=True).decode())
    replace_text(version.folder / FILE, whole.model_dump_json(exclude_defaults=True))
    return whole


def vanished_files(facts: VersionFacts, www: Path) -> Collection[str]:
    """What a version was written with and what is not below this folder."""
    return set(facts.files) - {path for path, _ in _files(str(www), "")}


def without(facts: VersionFacts, tops: Collection[str]) -> VersionFacts:
    """The same without what lies below these names at the top."""

    def stays(file: str) -> bool:
        return file.partition("/")[0] not in tops

    if all(map(stays, facts.files)):
        return facts
    by_file = ("places", "leads_on", "published", "faults")
    kept = {name: {file: value for file, value in getattr(facts, name).items() if stays(file)} for name in by_file}
    by_value = ("asked", "listed")
    kept |= {name: {key: file for key, file in getattr(facts, name).items() if stays(file)} for name in by_value}
    lists = {name: tuple(filter(stays, getattr(facts, name))) for name in ("files", "noindex")}
    return facts.model_copy(update={**kept, **lists})


def _known(before: CompiledVersion) -> Facts:
    try:
        return _FACTS.validate_json((before.memos / FILE).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return {}


def _files(folder: str, inside: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as listing:
        for entry in listing:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{inside}{entry.name}/")
            elif not entry.name.endswith(SUFFIX):
                yield f"{inside}{entry.name}", entry.stat(follow_symlinks=False).st_size


def _is_same(made: str, before: str) -> bool:  # texts, for it is asked for thousands of times
    try:
        return os.path.samefile(made, before)  # noqa: PTH121
    except FileNotFoundError:
        return False


def _read(www: Path, paths: Sequence[str], known: Facts, portal: str) -> dict[str, FileFacts]:
    def read(part: Sequence[str]) -> bytes:
        return _FACTS.dump_json({path: _facts(www, path, known, portal) for path in part}, exclude_defaults=True)

    read_in_parts = in_parts(paths, read, SHARE) if paths else []
    return {path: facts for part in read_in_parts for path, facts in _FACTS.validate_json(part).items()}


def _facts(www: Path, path: str, known: Facts, portal: str) -> FileFacts:
    content = (www / path).read_bytes()
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    if path in known and known[path].digest == digest:
        return known[path]
    return facts_of_file(path, content, portal).model_copy(update={"digest": digest})


def _together(sizes: Mapping[str, int], facts: Facts) -> VersionFacts:
    in_turn = sorted(facts.items())
    return VersionFacts(
        files=tuple(sorted(sizes)),
        largest=max(sizes.items(), key=lambda file: (file[1], file[0]), default=("", 0)),
        asked=_first((link, path) for path, each in in_turn for link in each.links),
        places={path: " ".join(each.ids) for path, each in in_turn if each.ids},
        leads_on={path: each.leads_on for path, each in in_turn if each.leads_on},
        noindex=tuple(path for path, each in in_turn if each.noindex),
        published={path: each.published for path, each in in_turn if each.published},
        listed=_first((address, path) for path, each in in_turn for address in each.listed),
        faults={path: each.faults for path, each in in_turn if each.faults},
    )


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    by_name: dict[str, str] = {}
    for name, value in pairs:
        by_name.setdefault(name, value)
    return by_name


def missing_files(facts: VersionFacts, below: str) -> dict[str, str]:
    """What a site leads to below an address where it alone has files, and does not have: by address the file."""
    files: Collection[str] = set(facts.files)
    asked = ((target.partition("#")[0], file) for target, file in facts.asked.items())
    return {target: file for target, file in asked if target.startswith(below) and target not in files}
