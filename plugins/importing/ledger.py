"""What was last imported into a folder of procedures: a hash for each field of each code, in a file beside them.

By it an import tells a value that it wrote itself from one that an editor changed. One code a line, in order, so that
two branches of the content merge.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from plugins.importing.problems import ImportStopped

LEDGER = ".imported.json"
"""Hidden: the portal passes over it."""
HASH_LENGTH = 12
"""Enough to tell two values of one field apart."""

Entry = Mapping[str, str]
_ENTRIES = TypeAdapter(dict[str, dict[str, str]])


def fingerprint(value: object) -> str:
    """The hash of a field's value, as `model_dump` in the mode of JSON gives it."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:HASH_LENGTH]


def read_ledger(written: str, path: str) -> dict[str, dict[str, str]]:
    """The hashes by code and field. Raises `ImportStopped` for a file that somebody or a merge has damaged."""
    try:
        return _ENTRIES.validate_python(json.loads(written), strict=True)
    except json.JSONDecodeError as error:
        line = error.lineno
    except (ValidationError, RecursionError):
        line = 1
    raise ImportStopped(
        "{path}:{line}: is not what an import wrote: take it back from git, or delete it"
        " (then every difference counts as an editor's)",
        path=path,
        line=line,
    )


def ledger_text(entries: Mapping[str, Entry]) -> str:
    """The file: sorted, one code a line."""
    lines = (
        f"{json.dumps(code)}: {json.dumps(dict(entry), sort_keys=True)}" for code, entry in sorted(entries.items())
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"
