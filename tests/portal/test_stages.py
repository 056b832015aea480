"""Stages of a build tell how long they took, each for itself, while somebody wants to know."""

from __future__ import annotations

import pytest

from plugins.portal import stages
from plugins.portal.stages import in_stage, in_stage_while_open, profiling


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(stages, "time", clock)
    return clock


def test_stage_within_another_is_told_for_itself(clock: Clock) -> None:
    @in_stage("write")
    def write() -> None:
        clock.now += 2

    @in_stage("render")
    def render() -> str:
        clock.now += 5
        write()
        write()
        clock.now += 1
        return "page"

    with profiling() as profile:
        assert render() == "page"
        write()

    assert profile.seconds == {"write": 6, "render": 6}


def test_stage_that_fails_is_told_too(clock: Clock) -> None:
    @in_stage("read")
    def read() -> None:
        clock.now += 3
        raise ValueError("unreadable")

    with profiling() as profile:
        with pytest.raises(ValueError, match="unreadable"):
            read()
        in_stage("write")(lambda: None)()

    assert profile.seconds == {"read": 3, "write": 0}


def test_what_is_done_with_something_open_is_a_stage(clock: Clock) -> None:
    class File:
        def __enter__(self) -> File:
            clock.now += 1
            return self

        def __exit__(self, *_: object) -> None:
            clock.now += 4

    with profiling() as profile, in_stage_while_open("write", File()) as file:
        assert isinstance(file, File)
        clock.now += 2

    assert profile.seconds == {"write": 7}


def test_nothing_is_timed_where_nobody_wants_to_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "time", None)
    opened = memoryview(b"")

    assert in_stage("read")(lambda: "record")() == "record"
    assert in_stage_while_open("write", opened) is opened
