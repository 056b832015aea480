"""What open pages on a desk are told of builds: they load themselves again, and say what is wrong with the content."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PREFIX = "/_desk/"
"""Addresses that no portal has: a slug has no underscore."""
EVENTS = f"{PREFIX}events"
_STATIC = Path(__file__).parent / "static"
FILES = {f"{PREFIX}{path.name}": path for path in sorted(_STATIC.iterdir())}
"""What pages load from the desk's server, by address."""
HEARTBEAT = 15.0
"""Seconds after which something is said to who listens, so that a page that was closed is noticed."""
MOST = 50
"""Problems that a page shows; the board of problems has all."""


@dataclass(frozen=True)
class Told:
    """What is said of a build."""

    number: int
    heading: str = ""
    """Empty where nothing is wrong."""
    problems: tuple[str, ...] = ()

    @property
    def event(self) -> bytes:
        """As a server-sent event."""
        data = json.dumps({"heading": self.heading, "problems": self.problems}, ensure_ascii=False)
        return f"event: built\ndata: {data}\n\n".encode()


class Reloading:
    """The last build, and who waits for the next one. One thread builds, others answer browsers."""

    def __init__(self) -> None:
        self._last = Told(0)
        self._changed = threading.Condition()
        self._ended = False

    def built(self, heading: str, problems: Sequence[str]) -> None:
        """Tell all open pages that there is a new portal, and what is wrong with the content."""
        with self._changed:
            self._last = Told(self._last.number + 1, heading, tuple(problems[:MOST]))
            self._changed.notify_all()

    def end(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def events(self) -> Iterator[bytes]:
        """What is said to one page: how things stand, then each build; ends when the server does."""
        known = -1

        def there_is_more() -> bool:
            return self._ended or self._last.number != known

        while True:
            with self._changed:
                self._changed.wait_for(there_is_more, HEARTBEAT)
                if self._ended:
                    return
                told = self._last
            yield told.event if told.number != known else b": still here\n\n"
            known = told.number


def with_script(page: bytes, tag: str) -> bytes:
    """A page as it is shown on a desk; `tag` stands for its content."""
    head = f'<link rel="stylesheet" href="{PREFIX}desk.css"></head>'.encode()
    script = f'<script type="module" src="{PREFIX}desk.js" data-desk-tag="{tag}"></script></body>'.encode()
    return page.replace(b"</head>", head, 1).replace(b"</body>", script, 1)
