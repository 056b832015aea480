"""One digest for any value that a page may be made of; equal digests mean equal values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel

from plugins.portal.digests import SIZE

Update = Callable[[bytes], None]
"""What takes the next bytes of a digest."""


def value_digest(*values: object) -> str:
    """Hexadecimal. Takes texts, numbers, days, records, dataclasses, and tuples, lists, sets and mappings of these.

    Raises `TypeError` for anything else: what cannot be told apart by its value must not be part of a key.
    """
    hashed = hashlib.blake2b(digest_size=SIZE)
    _add(hashed.update, values)
    return hashed.hexdigest()


def _add(update: Update, value: Any) -> None:
    """Everything goes in with its type and its length, so that no two values run together."""
    _way_of(value.__class__)(update, value)


@cache
def _way_of(kind: type) -> Callable[[Update, Any], None]:
    """How values of a type go in. Found once for each type: hundreds of values of a few types stand on each page."""
    name = kind.__qualname__
    if kind is type(None) or issubclass(kind, bool | int | float):
        return lambda update, value: _written(update, "plain", repr(value))
    if issubclass(kind, Enum):
        return lambda update, value: _written(update, name, value.name)
    if issubclass(kind, str):
        return lambda update, value: _written(update, "text", value)
    if issubclass(kind, date):  # a moment too
        return lambda update, value: _written(update, kind.__name__, value.isoformat())
    if issubclass(kind, BaseModel):
        return lambda update, value: _written(update, name, value.model_dump_json())
    if issubclass(kind, tuple | list):
        return lambda update, value: _several(update, "list", value)
    if issubclass(kind, Set):
        return lambda update, value: _several(update, "set", sorted(value_digest(member) for member in value))
    if issubclass(kind, Mapping):
        return lambda update, value: _several(
            update, "mapping", [part for pair in sorted(value.items()) for part in pair]
        )
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        return lambda update, value: _several(update, name, [getattr(value, name) for name in names])
    raise TypeError(f"{name} has no digest")


def _written(update: Update, kind: str, written: str) -> None:
    raw = written.encode("utf-8", "surrogateescape")
    update(f"{kind} {len(raw)}:".encode())
    update(raw)


def _several(update: Update, kind: str, values: Collection[object]) -> None:
    update(f"{kind} {len(values)}:".encode())
    for value in values:
        _add(update, value)
