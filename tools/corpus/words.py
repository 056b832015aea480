"""Reads the words that made-up texts are put together from."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter

T = TypeVar("T")


def load(name: str, kind: type[T]) -> T:
    """A file of words beside this one, as that type; a `ValidationError` names the word that does not fit."""
    written = Path(__file__).with_name(name).read_text("utf-8")
    return TypeAdapter(kind).validate_python(yaml.load(written, Loader=yaml.CSafeLoader))  # a safe one
