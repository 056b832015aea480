"""One digest for any value that a page may be made of; equal digests mean equal values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache

from pydantic import BaseModel

from plugins.portal.digests import SIZE


def value_digest(*values: object) -> str:
    """Hexadecimal. Takes texts, numbers, days, records, dataclasses, and tuples, lists, sets and mappings of these.

    Raises `TypeError` for anything else: what cannot be told apart by its value must not be part of a key.
    """
    hashed = hashlib.blake2b(digest_size=SIZE)
    _add(hashed.update, values)
    return hashed.hexdigest()


def _add(update: Callable[[bytes], None], value: object) -> None:
    """Everything goes in with its type and its length, so that no two values run together."""
    if value is None or isinstance(value, bool | int | float):
        _written(update, "plain", repr(value))
    elif isinstance(value, Enum):
        _written(update, type(value).__qualname__, value.name)
    elif isinstance(value, str):
        _written(update, "text", value)
    elif isinstance(value, date):  # a moment too
        _written(update, type(value).__name__, value.isoformat())
    elif isinstance(value, BaseModel):
        _written(update, type(value).__qualname__, value.model_dump_json())
    elif isinstance(value, tuple | list):
        _several(update, "list", value)
    elif isinstance(value, Set):
        _several(update, "set", sorted(value_digest(member) for member in value))
    elif isinstance(value, Mapping):
        _several(update, "mapping", (pair for item in sorted(value.items()) for pair in item))
    elif is_dataclass(value) and not isinstance(value, type):
        _several(update, type(value).__qualname__, (getattr(value, name) for name in _names(type(value))))
    else:
        raise TypeError(f"{type(value).__qualname__} has no digest")


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _written(update: Callable[[bytes], None], kind: str, written: str) -> None:
    raw = written.encode("utf-8", "surrogateescape")
    update(f"{kind} {len(raw)}:".encode())
    update(raw)


def _several(update: Callable[[bytes], None], kind: str, values: Iterable[object]) -> None:
    listed = list(values)
    update(f"{kind} {len(listed)}:".encode())
    for value in listed:
        _add(update, value)
