"""The moment that tests of the gateway live in."""

from __future__ import annotations

from datetime import datetime, timedelta

from plugins.portal.values import VIETNAM

NOW = datetime(2019, 9, 24, 10, 15, tzinfo=VIETNAM)


class Clock:
    """Stands still until it is set."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **more: float) -> None:
        self.now += timedelta(**more)
