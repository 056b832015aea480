"""What was worked out before: values by the key of everything that they were worked out from.

One SQLite file for all sites and all processes; a build that finds it, also one of another clone or in CI, works out
only what is new. A value that is damaged or was written by somebody else is not there, and a cache that cannot be read
or written costs time and nothing else. What agencies wrote is kept as text, never as objects.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

FORMAT = 1
"""Of the file: one of another format is written anew."""
LIMIT = 512 * 2**20
"""Bytes of values that are kept; the oldest go."""
PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""
PAUSE = 0.005
"""Seconds before something that another process kept from being done is tried again."""
_CHECKSUM = 8
"""Bytes of a value's digest, in front of it."""


@dataclass
class Cache:
    """Values by key; without a file it holds nothing.

    Reads at once, writes when it is told that the work is done: a process that breaks down leaves nothing.
    """

    path: Path | None = None
    _new: dict[str, str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _file: sqlite3.Connection | None = None

    def get(self, key: str) -> str | None:
        """The value; None where there is none that is whole."""
        if self.path is None:
            return None
        try:
            row = self._opened(self.path).execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(self.path, error)
            return None
        value = _unpacked(row[0]) if row is not None else None
        if value is not None:
            self._used.add(key)
        return value

    def put(self, key: str, value: str) -> None:
        """Keep it once the work is done."""
        if self.path is not None:
            self._new[key] = value

    def close(self, today: int) -> None:
        """Write what is new, and when what was needed was needed last; `today` is the number of a day.

        Where it cannot be written, for want of room or rights, the next build works it out again.
        """
        if self.path is None:
            return
        try:
            file = self._opened(self.path)
            file.execute("BEGIN IMMEDIATE")
            with file:  # commits
                rows = [(key, _packed(value), today) for key, value in self._new.items()]
                file.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
                used = [(today, key, today) for key in sorted(self._used)]
                file.executemany("UPDATE entries SET used = ? WHERE key = ? AND used < ?", used)
                if rows:
                    self._forget_the_oldest(file)
        except sqlite3.Error as error:
            self._give_up(self.path, error)
        if self._file is not None:
            self._file.close()
            self._file = None
        self._new.clear()

    def _opened(self, path: Path) -> sqlite3.Connection:
        if self._file is None:
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _connected(path)
        return self._file

    def _give_up(self, path: Path, error: sqlite3.Error) -> None:
        """One that is no database, or a damaged one, makes room for a new one; another trouble may pass."""
        if isinstance(error, sqlite3.OperationalError) or not isinstance(error, sqlite3.DatabaseError):
            return
        if self._file is not None:
            self._file.close()
            self._file = None
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            with suppress(OSError):
                path.with_name(name).unlink()

    def _forget_the_oldest(self, file: sqlite3.Connection) -> None:
        if _bytes_used(file) <= LIMIT:
            return
        kept = 0
        for key, length in file.execute("SELECT key, length(value) FROM entries ORDER BY used DESC, key").fetchall():
            kept += length
            if kept > LIMIT * 3 // 4:
                file.execute("DELETE FROM entries WHERE key = ?", (key,))


def _connected(path: Path) -> sqlite3.Connection:
    """Opened, and made where there is none of this format."""
    file = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        if _format_of(file) != FORMAT:
            _keep_a_log(file)
            file.execute("BEGIN IMMEDIATE")
            if _format_of(file) != FORMAT:  # nobody else made it meanwhile
                file.execute("DROP TABLE IF EXISTS entries")
                file.execute("CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)")
                file.execute(f"PRAGMA user_version = {FORMAT}")
            file.execute("COMMIT")
        file.execute("PRAGMA synchronous = OFF")  # a loss of power may cost the cache, which is then made anew
    except sqlite3.Error:
        file.close()
        raise
    return file


def _keep_a_log(file: sqlite3.Connection) -> None:
    """Write into a log first: a kill leaves the file as it was, and readers do not wait for a writer.

    SQLite waits for nobody here: where several make the file at a time, all but one are refused at once.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            file.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(PAUSE)
        else:
            return


def _bytes_used(file: sqlite3.Connection) -> int:
    """As the file itself knows: to add up the values would read all of them after each site."""
    [pages, free, size] = (
        int(file.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def _format_of(file: sqlite3.Connection) -> int:
    with closing(file.execute("PRAGMA user_version")) as answer:
        return int(answer.fetchone()[0])


def _packed(value: str) -> bytes:
    raw = zlib.compress(value.encode("utf-8", "surrogateescape"), 1)
    return hashlib.blake2b(raw, digest_size=_CHECKSUM).digest() + raw


def _unpacked(stored: object) -> str | None:
    if (
        not isinstance(stored, bytes)
        or stored[:_CHECKSUM] != hashlib.blake2b(stored[_CHECKSUM:], digest_size=_CHECKSUM).digest()
    ):
        return None
    return zlib.decompress(stored[_CHECKSUM:]).decode("utf-8", "surrogateescape")
