"""Numbers of documents: what is meant by what people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.documents.numbers import DocumentNumber, read_number


@pytest.mark.parametrize(
    ("written", "canonical", "slug"),
    [
        ("12/2019/QĐ-UBND", "12/2019/QĐ-UBND", "12-2019-qd-ubnd"),
        ("7/2019/QĐ-UBND", "07/2019/QĐ-UBND", "7-2019-qd-ubnd"),
        ("01 /2018/TT-VPCP", "01/2018/TT-VPCP", "1-2018-tt-vpcp"),
        ("QĐ2338-BTP", "2338/QĐ-BTP", "2338-qd-btp"),
        ("QĐ/0001-BTP", "01/QĐ-BTP", "1-qd-btp"),
        ("Số: 45/KH-UBND", "45/KH-UBND", "45-kh-ubnd"),
        ("123/UBND\u2013NCTH", "123/UBND-NCTH", "123-ubnd-ncth"),
        ("12a/QĐ-UBND", "12a/QĐ-UBND", "12a-qd-ubnd"),
        ("60/2014/QH13", "60/2014/QH13", "60-2014-qh13"),
    ],
)
def test_number_is_read_as_it_was_meant(written: str, canonical: str, slug: str) -> None:
    read = read_number(written)

    assert read is not None
    assert (read.canonical, read.slug) == (canonical, slug)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("42/2022/NĐCP", "42/2022/NĐ-CP"), ("3713/QD-BTP", "3713/QĐ-BTP"), ("QĐ/0001-BTP", "1/QĐ-BTP"),
        ("05/2019/qđ-ubnd", "5 / 2019 / QĐ - UBND"),
    ],
)  # fmt: skip
def test_two_ways_to_write_one_number_have_one_key(one: str, other: str) -> None:
    first, second = read_number(one), read_number(other)

    assert first is not None
    assert second is not None
    assert first.key == second.key


@pytest.mark.parametrize("written", ["", "abc", "12", "12/2019", "/QĐ-UBND", "12/2019/", "123456/QĐ-UBND", "x" * 500])
def test_what_is_no_number_is_none(written: str) -> None:
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("written", "central"),
    [
        ("63/2010/NĐ-CP", True), ("42/2022/NĐCP", True), ("60/2014/QH13", True), ("07/2019/TT-BTP", True),
        ("28/2018/QĐ-TTg", True), ("12/2019/QĐ-UBND", False), ("15/TB-STP", False), ("3/KH-BDT", False),
    ],
)  # fmt: skip
def test_numbers_of_the_state_are_told_from_those_of_a_province(written: str, *, central: bool) -> None:
    read = read_number(written)

    assert read is not None
    assert read.is_central is central


@given(
    st.builds(
        DocumentNumber,
        st.integers(0, 99999),
        st.sampled_from(["", "a", "B"]),
        st.none() | st.integers(1900, 2100),
        st.from_regex(r"[A-ZĐ]{2,4}(?:-[A-ZĐ]{2,5}){0,2}", fullmatch=True),
    )
)
def test_number_that_is_written_as_it_should_be_is_read_again(number: DocumentNumber) -> None:
    assert read_number(number.canonical) == number
