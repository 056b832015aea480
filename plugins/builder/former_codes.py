"""The former codes that records list, which they ask for as for their own; of each text, counted once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.builder.sources import Sources
from plugins.portal.files import replace_text
from plugins.portal.site_names import with_province


class _Remembered(BaseModel):
    """What the files of the last build list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: str = ""
    """Stands for the code that read them."""
    codes: dict[str, tuple[str, ...]] = {}
    """By the fingerprint of the file."""


def former_codes(sources: Sources, memory: Path | None = None, engine: str = "") -> dict[str, dict[str, str]]:
    """By the slug of a folder, the former codes that its files list, with the file of each, from the content folder."""
    before = _read(memory)
    known = before.codes if before.engine == engine else {}
    codes: dict[str, tuple[str, ...]] = {}
    listed: dict[str, dict[str, str]] = {}
    for slug in with_province(sources.agencies):
        tree = sources.tree(slug)
        for inside, file in sources.paths_of_coded(slug):
            fingerprint = tree.files[inside]
            if fingerprint not in codes:
                codes[fingerprint] = known[fingerprint] if fingerprint in known else _listed_by(sources, file)
            for code in codes[fingerprint]:
                listed.setdefault(slug, {}).setdefault(code, file)
    remembered = _Remembered(engine=engine, codes=codes)
    if memory is not None and remembered != before:
        replace_text(memory, remembered.model_dump_json() + "\n")
    return listed


def _listed_by(sources: Sources, file: str) -> tuple[str, ...]:
    codes: Collection[str] = sources.kinds.former_codes((sources.content / file).read_bytes())
    return tuple(sorted(codes))


def _read(memory: Path | None) -> _Remembered:
    try:
        return _Remembered.model_validate_json(memory.read_bytes()) if memory is not None else _Remembered()
    except (OSError, ValidationError):
        return _Remembered()
