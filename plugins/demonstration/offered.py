"""What dossiers can be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from plugins.demonstration.calendar import Numbers, Reals

USUAL_WORKING_DAYS = 5
"""Where a procedure says none."""
MOST_WORKING_DAYS = 60
"""Longer ones are cut to that, or hardly any dossier of a year would be due within it."""
_SHARES = (("ubnd-", 12.0), ("van-phong-dang-ky-dat-dai", 30.0), ("cong-an-", 6.0), ("so-", 3.0))
"""How many dossiers come to agencies whose slug begins so; to others 1. Districts and land registration get most."""
_OVERDUE = {"van-phong-dang-ky-dat-dai": 0.13, "so-xay-dung": 0.11, "trung-tam-phuc-vu-hanh-chinh-cong": 0.004}
"""The shares of dossiers that are overdue at agencies known for being slow or quick."""
_LEAST_OVERDUE, _MOST_OVERDUE = 0.006, 0.09
_LEAST_ON_THE_DAY, _MOST_ON_THE_DAY = 0.08, 0.4
"""Between which those of all others lie: most agencies are rather punctual, a few are not."""


@dataclass(frozen=True)
class Offered:
    """A procedure at an agency that handles it."""

    procedure: str
    """The national code."""
    procedure_name: str
    agency: str
    """The agency's slug."""
    agency_name: str
    field: str
    """The field's slug."""
    field_name: str
    working_days: int | None
    """How long it may take; None where that is not known."""
    agency_code: str
    """The first part of a dossier's code, `000.00.14.H30`."""


def working_days(offered: Sequence[Offered]) -> Numbers:
    """How long each may take in the demonstration."""
    days = [USUAL_WORKING_DAYS if offer.working_days is None else offer.working_days for offer in offered]
    return np.clip(np.array(days, np.int64), 1, MOST_WORKING_DAYS)


def shares(offered: Sequence[Offered]) -> Reals:
    """The share of all dossiers that is about each; quick ones are asked for more often."""
    asked = working_days(offered) ** -0.5
    agencies = np.unique([offer.agency for offer in offered], return_inverse=True)[1]
    among = asked / np.bincount(agencies, asked)[agencies]
    wanted = among * [_share(offer.agency) for offer in offered]
    normalised: Reals = wanted / wanted.sum()
    return normalised


def usual_endings(offered: Sequence[Offered]) -> Reals:
    """How dossiers about each usually end: a row of the shares that are early, on time and overdue.

    Agencies differ, as they do in life; the same agency always has the same shares.
    """
    return np.array([_usual_ending(offer.agency) for offer in offered], np.float64)


def _usual_ending(agency: str) -> tuple[float, float, float]:
    punctual, hasty = (part / 255 for part in blake2b(agency.encode(), digest_size=2).digest())
    overdue = _OVERDUE.get(agency, _LEAST_OVERDUE + (_MOST_OVERDUE - _LEAST_OVERDUE) * punctual**2)
    on_time = _LEAST_ON_THE_DAY + (_MOST_ON_THE_DAY - _LEAST_ON_THE_DAY) * hasty
    return 1 - on_time - overdue, on_time, overdue


def _share(agency: str) -> float:
    return next((share for beginning, share in _SHARES if agency.startswith(beginning)), 1.0)
