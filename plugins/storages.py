"""Storages of others, reached by fsspec: `s3://bucket/portal`, `gs://…`, `abfs://…`, `webdav://…`."""

from __future__ import annotations

from typing import Any, NamedTuple

from plugins.portal.problems import PortalError, text


class StorageAddress(NamedTuple):
    """What an address leads to."""

    name: str
    """As people write it, without a slash at its end."""
    file_system: Any
    """Of fsspec."""
    root: str
    """As the file system has it."""


def storage_at(written: str) -> StorageAddress:
    """Read an address with a scheme that fsspec knows.

    Raises `PortalError` where a library for it is missing, and `ValueError` where fsspec knows no such scheme.
    """
    name = written.rstrip("/")
    try:
        from fsspec.core import url_to_fs

        file_system, root = url_to_fs(name)
    except ImportError as error:
        raise PortalError(
            text("{path}: a library for it is missing ({reason}); this mends it: .venv/bin/pip install -e "
                 "'.[sync]', and the library that fsspec has for that storage, as s3fs",
                 path=written, reason=str(error))
        ) from error  # fmt: skip
    return StorageAddress(name, file_system, root.rstrip("/"))
