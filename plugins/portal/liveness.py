"""Signs of life: how a long task says that it goes on.

Whoever runs a task in a process of its own cannot see whether it works or hangs. So what takes long in sum calls
`sign_of_life` between its steps, and the one who waits counts silence, not time.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

LISTENER: ContextVar[Callable[[], None]] = ContextVar("listener")
"""Whom the process tells; not set where nobody waits."""


def sign_of_life() -> None:
    """Tell whoever waits that the task goes on."""
    listener = LISTENER.get(None)
    if listener is not None:
        listener()
