"""Sequences of edits in public: no address that was ever live becomes a 404, whatever people do and forget."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from plugins.portal import addresses
from plugins.portal.kept_addresses import is_kept
from plugins.portal.problems import LossError, LostAddressError
from plugins.releases.records import read_record
from tests.provinces import SmallProvince
from tests.sequences.desk import Desk
from tests.sequences.numbers import numbers
from tests.sequences.sequence import Way, Workshop, build_here, steps_of, workshop

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def public() -> Iterator[Workshop]:
    settings = {"PORTAL_KEEP_ADDRESSES": True, "PORTAL_ALLOW_LOSS": False, "PORTAL_COMPRESS": False}
    with workshop(Way(conf="publishconf.py", settings=settings)) as made:
        yield made


def answered(province: SmallProvince) -> set[str]:
    """Every address that is answered by a file, or led on by the web server."""
    record = read_record(province.output.resolve())
    assert record is not None
    return {addresses.answered_by(file) for file in province.files()} | record.moved.keys()


@pytest.mark.parametrize("number", numbers(0.2))
def test_what_was_live_is_answered_for_ever(number: int, public: Workshop) -> None:
    public.go(())
    desk = Desk(SmallProvince(public.work))
    live = answered(desk.province)
    for step in steps_of(f"addresses {number}", public.way):
        told = list(public.edit(desk, step, Random(step.seed)))  # noqa: S311
        try:
            build_here(desk, public.way)
        except (LostAddressError, LossError):
            told.append("nothing was changed")
        now = answered(desk.province)
        assert not [address for address in live - now if is_kept(address)], told
        live |= now
