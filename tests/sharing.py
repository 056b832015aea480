"""What is dear to make and needed by several processes of tests is made by one of them; the others wait for it.

pytest-xdist gives each process its own session: what has the scope of a session would be made once for each.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")


def for_all(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of this run of the tests, the same in each of its processes."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def locked(path: Path, *, exclusive: bool = True) -> Iterator[None]:
    """Hold the lock of a file, which is made where it is not there; the limit of a test limits the waiting for it."""
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], T]) -> T:
    """What `make` gives, which gets an empty folder of that name; no process may change a file of it afterwards."""
    root = for_all(factory)
    made = root / f"{name}.pickle"
    with locked(root / f"{name}.lock"):
        if made.exists():
            kept: T = pickle.loads(made.read_bytes())  # noqa: S301  # written by a process of these tests
            return kept
        value = make(Path(tempfile.mkdtemp(prefix=f"{name}-", dir=root)))
        made.write_bytes(pickle.dumps(value))
        return value
