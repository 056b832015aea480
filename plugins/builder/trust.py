"""The certificates that the province trusts, as they are in force: of a file that is broken the last good one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from plugins.builder.sources import Sources
from plugins.portal.digests import Digest
from plugins.portal.files import replace_in_place, replace_text
from plugins.portal.problems import Problem, text
from plugins.portal.record_files import TRUST, is_in_trust
from plugins.portal.site_names import STORED_PROVINCE

NAMES = TypeAdapter(list[str])


@dataclass(frozen=True)
class TrustInForce:
    """What sites with signed files are built from besides."""

    folder: Path
    fingerprint: str
    """Of the files; empty where there are none."""


class _Noted(BaseModel):
    """What is in force, and what was wrong with the newest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: str = ""
    newest: dict[str, str] = {}
    in_force: dict[str, str] = {}
    """The fingerprint of each file by its name."""
    faulty: tuple[str, ...] = ()


def check_trust(folder: str) -> str:
    """The names of the files of a folder that cannot be read, in a process of its own: they may be anything. JSON."""
    from plugins.documents.trust import faulty_files

    return NAMES.dump_json(faulty_files(Path(folder))).decode()


def trust_in_force(
    sources: Sources, folder: Path, engine: str, check: Callable[[str], str]
) -> tuple[TrustInForce, tuple[Problem, ...]]:
    """The certificates in force, and what is wrong with the newest of them.

    `folder` is where those in force are kept, `check` runs `check_trust` where nothing can happen to us.
    """
    newest = {
        PurePosixPath(inside).name: fingerprint
        for inside, fingerprint in sources.province.files.items()
        if is_in_trust(inside)
    }
    kept, note = folder / TRUST, folder / "in-force.json"
    noted = _noted(note)
    if (noted.engine, noted.newest) != (engine, newest) or _names(kept) != noted.in_force.keys():
        kept.mkdir(parents=True, exist_ok=True)
        before = _names(kept)
        faulty = NAMES.validate_json(check(str(sources.province.folder / TRUST))) if newest else []
        in_force = {name: fingerprint for name, fingerprint in newest.items() if name not in faulty}
        for name in in_force:
            replace_in_place(kept / name, (sources.province.folder / TRUST / name).read_bytes())
        in_force |= {name: noted.in_force[name] for name in faulty if name in noted.in_force and name in before}
        for name in before - in_force.keys():
            (kept / name).unlink()
        noted = _Noted(engine=engine, newest=newest, in_force=in_force, faulty=tuple(faulty))
        replace_text(note, noted.model_dump_json())
    digest = Digest()
    for name, fingerprint in sorted(noted.in_force.items()):
        digest.add(name, fingerprint)
    trust = TrustInForce(kept, digest.hex() if noted.in_force else "")
    return trust, tuple(_problem(sources, name) for name in noted.faulty)


def _problem(sources: Sources, name: str) -> Problem:
    return Problem(
        path=f"{sources.display_path}/{STORED_PROVINCE}/{TRUST}/{name}",
        message=text("is no certificate and no list of revoked ones"),
        hint=text("put it here as the authority gave it (PEM or DER), or remove it; until then the last good holds"),
    )


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _noted(note: Path) -> _Noted:
    try:
        return _Noted.model_validate_json(note.read_bytes())
    except (FileNotFoundError, ValidationError):
        return _Noted()
