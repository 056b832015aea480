"""Damaging what builds keep to be quicker: an entry that is not whole has to be a miss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

CACHES = ("**/*cache*/**/*", "**/templates/*.cache")
"""Files that may be anything: each is an entry of a cache, which says of itself whether it is whole."""
NOTES = ("*/snapshot/index/**/*.json", "*/history.json")
"""Files that are replaced in one step: what can befall them is a disk that was full, or another program's version."""


def damage_caches(build: Path, chance: Random) -> Iterator[str]:
    """Damage some entries of the caches below a build folder; says of each what was done."""
    entries = _files(build, CACHES)
    notes = _files(build, NOTES)
    some = chance.sample(entries, min(len(entries), chance.randrange(1, 4)))
    chosen = entries if chance.random() < 0.2 else some  # all of them, as where a disk filled up under a copy
    how = chance.choice(("truncated", "empty", "other bytes", "one bit", "foreign", "gone"))
    for path in chosen:
        _damage(path, how, chance, entries)
    if chosen:
        named = ", ".join(path.name for path in chosen[:3])
        yield f"({len(chosen)} of {len(entries)} entries of caches: {how}: {named})"
    if notes and chance.random() < 0.5:
        note = chance.choice(notes)
        how = chance.choice(("truncated", "empty", "other bytes", "gone"))
        _damage(note, how, chance, notes)
        yield f"({note.relative_to(build)}: {how})"


def _files(build: Path, patterns: tuple[str, ...]) -> list[Path]:
    """Theirs below the build folder, but for what the snapshot has of the content and the theme."""
    found = {path for pattern in patterns for path in build.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "trees" not in path.relative_to(build).parts)


def _damage(path: Path, how: str, chance: Random, others: list[Path]) -> None:
    content = path.read_bytes()
    if how == "truncated":
        content = content[: chance.randrange(len(content) or 1)]
    elif how == "empty":
        content = b""
    elif how == "other bytes":
        content = chance.randbytes(len(content))
    elif how == "one bit" and content:
        place = chance.randrange(len(content))
        content = content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
    elif how == "foreign":
        other = chance.choice(others)
        content = other.read_bytes() if other.is_file() else b""
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(content)
