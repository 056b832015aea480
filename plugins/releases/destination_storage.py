"""Object storage, and whatever else fsspec reaches: `s3://bucket/portal`, `gs://…`, `abfs://…`, `webdav://…`.

fsspec reads keys and addresses of services from the environment (`FSSPEC_S3_KEY`, `FSSPEC_S3_ENDPOINT_URL`) or from
where the service's own programs have them. A storage has no folders, and each object appears whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from plugins.portal.problems import PortalError, Text, shortened, text
from plugins.portal.system_errors import reason
from plugins.releases.file_lists import Files
from plugins.releases.records import Release
from plugins.storages import storage_at

BATCH = 500
"""How many files are sent before it is noted that they are there: listing a storage tells no content."""


@dataclass(frozen=True)
class StorageDestination:
    """What lies below an address of a storage."""

    name: str
    file_system: Any
    """Of fsspec."""
    root: str
    """As the file system has it."""
    batch: int = BATCH

    @classmethod
    def of(cls, written: str) -> StorageDestination:
        """Read an address with a scheme that fsspec knows; raises `PortalError`."""
        try:
            return cls(*storage_at(written))
        except ValueError as error:
            raise no_destination(written) from error

    def check(self, release: Release) -> None:
        """Nothing of what is here lies there."""

    def is_empty(self) -> bool:
        with _told(self.name), suppress(FileNotFoundError):
            self.file_system.invalidate_cache()
            return not self.file_system.ls(self.root, detail=False)
        return True

    def differing(self, release: Release, wanted: Files, known: Files) -> Mapping[str, bool]:
        sizes = self._sizes()
        return {
            path: path in sizes
            for path, listed in wanted.items()
            if known.get(path) != listed or sizes.get(path) != listed[0]
        }

    def put(self, release: Release, paths: Sequence[str]) -> None:
        with _told(self.name):
            self.file_system.put([str(release.folder / path) for path in paths], [self._at(path) for path in paths])

    def remove(self, paths: Sequence[str], wanted: Files) -> None:
        for path in paths:
            with _told(self.name), suppress(FileNotFoundError):
                self.file_system.rm_file(self._at(path))

    def finish(self) -> None:
        """A storage keeps what it has taken."""

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def _sizes(self) -> dict[str, int]:
        """Bytes of each file that is there, by path."""
        with _told(self.name), suppress(FileNotFoundError):
            self.file_system.invalidate_cache()
            listed = self.file_system.find(self.root, detail=True)
            return {path[len(self.root) + 1 :]: int(facts["size"]) for path, facts in listed.items()}
        return {}


def no_destination(written: str) -> PortalError:
    """What is told of an address that leads nowhere."""
    return PortalError(
        text("{path}: is nowhere that the portal can be sent to; name a folder (/srv/www), a host (host:/srv/www) "
             "or a storage (s3://bucket/portal)", path=written)
    )  # fmt: skip


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Let whatever a storage answers be one sentence: each library has exceptions of its own."""
    try:
        yield
    except Exception as error:  # the edge: nothing of ours runs within
        raise PortalError(
            text("{path}: cannot be written: {reason}; what was sent stays, and the next portal sync completes it",
                 path=name, reason=_reason(error))
        ) from error  # fmt: skip


def _reason(error: Exception) -> Text | str:
    if isinstance(error, OSError) and error.errno:
        return reason(error)
    return shortened(" ".join(str(error).split())) or type(error).__name__
