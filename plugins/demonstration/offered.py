"""What dossiers can be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plugins.demonstration.calendar import Numbers, Reals

USUAL_WORKING_DAYS = 5
"""Where a procedure says none."""
MOST_WORKING_DAYS = 60
"""Longer ones are cut to that, or hardly any dossier of a year would be due within it."""
_SHARES = (("ubnd-", 12.0), ("van-phong-dang-ky-dat-dai", 30.0), ("cong-an-", 6.0), ("so-", 3.0))
"""How many dossiers come to agencies whose slug begins so; to others 1. Districts and land registration get most."""


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


def _share(agency: str) -> float:
    return next((share for beginning, share in _SHARES if agency.startswith(beginning)), 1.0)
