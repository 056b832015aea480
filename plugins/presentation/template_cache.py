"""Compiled templates on disk, each with a digest: an entry that is not whole, or is another's, is a miss.

Jinja's own cache looks at the digest of the source alone, and loads whatever follows it: a file that a full disk or a
bad one has cut short or changed would break every page, and go on to do so until somebody finds it.
"""

from __future__ import annotations

import marshal
import secrets
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket, bc_magic

from plugins.languages import catalogue_digest
from plugins.portal.digests import Digest

SIZE = 16
"""Bytes of the digest at the beginning of an entry."""


class TemplateCache(BytecodeCache):
    """Entries are files of a folder, which several processes may read and write at a time.

    `words` is the digest of what is put into the templates as they are compiled. Wherever a template lies, its entry is
    the same: it serves as well where the project's folder was moved, or in another clone that was given the cache.
    """

    def __init__(self, folder: Path, words: str) -> None:
        self._folder = folder
        self.words = words

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        digest = Digest()
        digest.add(name, self.words)
        return digest.hex()

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            written = self._file(bucket).read_bytes()
        except OSError:
            return  # not there yet, or not to be read
        content = written[SIZE:]
        if written[:SIZE] == _digest(bucket, content):
            bucket.code = _code(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        content = marshal.dumps(bucket.code)
        file = self._file(bucket)
        aside = file.with_name(f"{file.name}.{secrets.token_hex(4)}.new")  # another machine may be writing the same
        aside.write_bytes(_digest(bucket, content) + content)
        aside.replace(file)

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"__jinja2_{bucket.key}.cache"  # as Jinja called those without a digest, which go


def template_cache(settings: Mapping[str, Any], language: str) -> TemplateCache:
    """The templates of all sites, compiled for one language: only we write there."""
    folder = Path(settings["PORTAL_BUILD_PATH"]) / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return TemplateCache(folder, catalogue_digest(settings["THEME"], language))


@lru_cache(maxsize=500)
def _code(content: bytes) -> CodeType:
    """The code of an entry that is whole. Each generator of each site loads the same few: they are taken apart once."""
    code: CodeType = marshal.loads(content)  # noqa: S302  # only we write there
    return code


def _digest(bucket: Bucket, content: bytes) -> bytes:
    """Of an entry, and of what it is kept for: a template, what its source was, and this version of Python."""
    digest = blake2b(b"\n".join((bucket.key.encode(), bucket.checksum.encode(), bc_magic, b"")), digest_size=SIZE)
    digest.update(content)
    return digest.digest()
