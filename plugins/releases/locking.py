"""Whoever changes what is published does it alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.releases.layout import LOCK
from plugins.releases.rights import readable_by_all


@contextmanager
def publishing_alone(releases: Path) -> Iterator[None]:
    """Wait for whoever is changing these releases; the lock of one that was killed is free, for the system holds it.

    What is written meanwhile can be read by a web server.
    """
    with readable_by_all():
        releases.mkdir(parents=True, exist_ok=True)
        with (releases / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
