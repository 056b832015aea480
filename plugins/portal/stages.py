"""Where the time of a build goes: stages that say how long they took, while somebody wants to know.

What is a stage is marked where it is done, by `in_stage`; without `profiling` around it the mark costs the look at one
variable. A stage within another is told for itself: its time is not the outer one's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Literal, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SiteStage = Literal["read", "pictures", "render", "search", "compress", "write"]
"""Of a process that makes pages; what is none of them is told as the rest."""
BuildStage = Literal["sources", "plan", "compile", "link", "catalogue and search", "release"]
"""Of the build around these processes, which waits for them."""


class Profile:
    """Seconds by stage, in the order in which the stages were first left."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._within = [0.0]
        """What inner stages took, for each stage that is under way."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done in the block."""
        started = time.perf_counter()
        self._within.append(0.0)
        try:
            yield
        finally:
            taken = time.perf_counter() - started
            self.seconds[name] = self.seconds.get(name, 0.0) + taken - self._within.pop()
            self._within[-1] += taken

    @contextmanager
    def while_open(self, name: str, opened: AbstractContextManager[T]) -> Iterator[T]:
        """Time what is done with something that is open, and its closing."""
        with self.stage(name), opened as file:
            yield file


_PROFILE: ContextVar[Profile | None] = ContextVar("profile", default=None)


@contextmanager
def profiling() -> Iterator[Profile]:
    """Time the stages that are gone through in the block."""
    profile = Profile()
    token = _PROFILE.set(profile)
    try:
        yield profile
    finally:
        _PROFILE.reset(token)


def in_stage(name: SiteStage | BuildStage) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """What the function does is that stage."""

    def marked(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> T:
            profile = _PROFILE.get()
            if profile is None:
                return function(*args, **kwargs)
            with profile.stage(name):
                return function(*args, **kwargs)

        return timed

    return marked


def in_stage_while_open(name: SiteStage | BuildStage, opened: AbstractContextManager[T]) -> AbstractContextManager[T]:
    """What is done while it is open is that stage."""
    profile = _PROFILE.get()
    return opened if profile is None else profile.while_open(name, opened)
