"""The signatures of the files of a site's documents, each file checked once: what was seen is kept by its bytes.

What an agency could write is never asked, only the bytes of the file and the certificates that the province trusts. A
file is looked at in a process of its own with limits of time and memory, and the library for it is loaded where there
is a file that nobody has looked at before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from plugins.documents.confined import confined
from plugins.documents.evidence import Evidence, Fault
from plugins.documents.trusted_files import digest_of
from plugins.portal.cache import Cache
from plugins.portal.division import in_parts
from plugins.portal.value_digest import value_digest

if TYPE_CHECKING:
    from plugins.documents.trust import TrustFolder

    Check = Callable[[bytes, TrustFolder], Evidence]

MOST_BYTES = 100_000_000
"""Of a file that is looked at."""
SHARE = 25
"""Files that are worth a process."""

_LOOKS = TypeAdapter(list[tuple[Evidence, bool]])


def check_bytes(content: bytes, trust: TrustFolder) -> Evidence:
    """What the signatures of a file say; never raises for what is in it, and ends in bounded time and memory."""
    from plugins.documents.signatures import check_file  # takes a second

    return _look(check_file, content, trust)[0]


def _look(check: Check, content: bytes, trust: TrustFolder) -> tuple[Evidence, bool]:
    """What was seen in a file, and whether another look would see the same."""
    bare = Evidence(sha256=hashlib.sha256(content).hexdigest(), trusted=trust.digest)
    if len(content) > MOST_BYTES:
        return bare.model_copy(update={"fault": "too_large"}), True
    answer = confined(lambda: check(content, trust).model_dump_json().encode())
    if isinstance(answer, bytes):
        return Evidence.model_validate_json(answer), True
    fault: Fault = "broken" if answer == "broken" else "too_costly"
    return bare.model_copy(update={"fault": fault}), answer != "late"


class CheckedFiles:
    """Looks at the files of one site, each only once."""

    def __init__(self, trust: Path | None, cache: Cache, code: str) -> None:
        """`trust` is the folder of certificates that are trusted; `code` is the fingerprint of what checks."""
        self._trust = trust
        self._cache = cache
        self._code = code
        self._trusted = digest_of(trust) if trust is not None else ""

    def check(self, files: Sequence[tuple[Path, str]]) -> list[Evidence]:
        """What was seen in each, given with the fingerprint of its content: what was seen before is not read again.

        Those that are new are looked at by as many processes as may work at them.
        """
        kept = [self._kept(fingerprint) for _, fingerprint in files]
        new = [path for (path, _), evidence in zip(files, kept, strict=True) if evidence is None]
        looks = chain.from_iterable(map(_LOOKS.validate_json, self._look_at(new)))
        evidence = []
        for (_, fingerprint), known in zip(files, kept, strict=True):
            if known is None:
                known, is_sure = next(looks)
                if is_sure:
                    self._cache.put(self._key(fingerprint), known.model_dump_json())
            evidence.append(known)
        return evidence

    def _look_at(self, files: Sequence[Path]) -> list[bytes]:
        if not files:
            return []
        from plugins.documents.signatures import check_file  # once, before other processes are forked from this one
        from plugins.documents.trust import TrustFolder

        trust = TrustFolder.of(self._trust) if self._trust is not None else TrustFolder()

        def look(part: Sequence[Path]) -> bytes:
            return _LOOKS.dump_json([_look(check_file, path.read_bytes(), trust) for path in part])

        return in_parts(files, look, SHARE)

    def _key(self, fingerprint: str) -> str:
        return value_digest("signatures", self._code, fingerprint, self._trusted)

    def _kept(self, fingerprint: str) -> Evidence | None:
        try:
            evidence = Evidence.model_validate_json(self._cache.get(self._key(fingerprint)) or "")
        except ValidationError:
            return None
        return evidence if evidence.trusted == self._trusted else None
