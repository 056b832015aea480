"""Releases that take each other's place, forwards and back, while nginx answers: each answer is of a live one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

import pytest

from plugins.releases.publication import let_go, roll_back
from tests.releases.hand_made import HandMade
from tests.serving.nginx import PATIENCE, served
from tests.waiting import until

REQUESTS, SWAPS, READERS = 1000, 20, 4
PAGES = {
    "/": ("portal", "index.html"),
    "/so-y-te/": ("so-y-te", "so-y-te/index.html"),
    "/so-y-te/media/a.pdf": ("so-y-te", "so-y-te/media/a.pdf"),
    "/so-y-te/tin-tuc/2019/a/": ("so-y-te", "so-y-te/tin-tuc/2019/a/index.html"),
    "/so-tu-phap/": ("so-tu-phap", "so-tu-phap/index.html"),
    "/so-y-te/thu-tuc/": ("catalogue", "so-y-te/thu-tuc/index.html"),
}
MOVED = "/cu/a.pdf"
"""A file that leads on to another one in each release."""


class Large(HandMade):
    """Pages so long that none goes out at once."""

    def content(self, name: str, version: str, file: str) -> str:
        return super().content(name, version, file) * 2000

    def publish_all(self, version: str) -> None:
        """Publish another version of everything."""
        self.versions = dict.fromkeys(self.versions, version)
        self.moved = {MOVED[1:]: moved_to(version)}
        self.publish()


def moved_to(version: str) -> str:
    """Where the file leads on to in a release."""
    return f"so-y-te/media/{version}.pdf"


@dataclass(frozen=True)
class Answer:
    """What was answered, and which versions were live, or became so, while it was asked for."""

    address: str
    status: int
    said: str
    versions: frozenset[str]

    def is_right(self, portal: Large) -> bool:
        if self.address == MOVED:
            return self.status == 301 and self.said in {f"/{moved_to(version)}" for version in self.versions}
        name, file = PAGES[self.address]
        return self.status == 200 and self.said in {portal.content(name, version, file) for version in self.versions}


@dataclass
class Load:
    """Readers who ask one page after the other; each version is named before it is swapped to."""

    port: int
    live: list[str]
    swaps: int = 0
    """How many of them are done."""
    answers: list[Answer] = field(default_factory=list)

    def read(self, number: int) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        addresses = [*PAGES, MOVED]
        for turn in count(number):
            if len(self.answers) >= REQUESTS and self.swaps >= SWAPS:
                break
            address, begun = addresses[turn % len(addresses)], self.swaps
            connection.request("GET", address)
            response = connection.getresponse()
            said = response.getheader("Location") or response.read().decode()
            response.read()
            self.answers.append(Answer(address, response.status, said, frozenset(self.live[begun:])))
        connection.close()

    def swap_to(self, version: str, swap: Callable[[], object]) -> None:
        """When so many more answers are there since the swap before."""
        wanted = len(self.answers) + REQUESTS // SWAPS
        until(lambda: len(self.answers) >= wanted, "answers", seconds=PATIENCE)
        self.live.append(version)
        swap()
        self.swaps += 1


@pytest.fixture
def portal() -> Iterator[Large]:
    """In a folder that a web server may read."""
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        Path(name).chmod(0o755)
        portal = Large(Path(name))
        portal.publish_all("0")
        yield portal


def test_every_answer_is_whole_and_of_a_release_that_is_live(portal: Large) -> None:
    with served(portal.output, portal.folder / "nginx") as address, ThreadPoolExecutor(READERS) as readers:
        load = Load(int(address.rstrip("/").rpartition(":")[2]), ["0"])
        reading = [readers.submit(load.read, number) for number in range(READERS)]
        for round_ in range(SWAPS // 4):
            one, two = f"{round_}a", f"{round_}b"
            load.swap_to(one, partial(portal.publish_all, one))
            load.swap_to(two, partial(portal.publish_all, two))
            load.swap_to(one, partial(roll_back, portal.address, "", portal.now))
            load.swap_to(two, partial(let_go, portal.address, portal.now))
        for reader in reading:
            reader.result(timeout=PATIENCE)

    assert (load.swaps, len(load.answers) >= REQUESTS) == (SWAPS, True)
    wrong = [answer for answer in load.answers if not answer.is_right(portal)]
    assert [(answer.address, answer.status, answer.said[:60], sorted(answer.versions)) for answer in wrong] == []
    pages = [answer for answer in load.answers if answer.address != MOVED]
    assert {answer.said.split()[1] for answer in pages} == {f"{version}:" for version in load.live}
