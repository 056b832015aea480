"""Life events: what happens to people, and the procedures that it takes, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from plugins.portal import addresses
from plugins.portal.province import LifeEvent, LifeEventStep
from plugins.portal.vocabulary import LIFE_EVENT_GROUPS
from plugins.procedures.cards import ProcedureCard

FIRST = 8
"""Shown where there is no room for all."""


@dataclass(frozen=True)
class LifeEventView:
    """A life event with its procedures; those that cannot be shown now are left out of its steps."""

    event: LifeEvent
    url: str
    steps: tuple[tuple[LifeEventStep, tuple[ProcedureCard, ...]], ...]


def life_event_views(events: Iterable[LifeEvent], by_code: Mapping[str, ProcedureCard]) -> list[LifeEventView]:
    """The events in the order of their file."""
    return [
        LifeEventView(
            event=event,
            url=f"{addresses.LIFE_EVENTS}{event.slug}/",
            steps=tuple(
                (step, tuple(by_code[code] for code in step.procedures if code in by_code)) for step in event.steps
            ),
        )
        for event in events
    ]


def grouped(views: Iterable[LifeEventView], language: str) -> list[tuple[str, list[LifeEventView]]]:
    """By what their group is called, groups in the vocabulary's order, in a group as given."""
    groups = list(LIFE_EVENT_GROUPS)
    ordered = sorted(views, key=lambda view: groups.index(view.event.group))
    of_group = groupby(ordered, key=lambda view: view.event.group)
    return [(LIFE_EVENT_GROUPS[key].say(language), list(group)) for key, group in of_group]
