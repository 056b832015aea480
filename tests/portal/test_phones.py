"""Telephone numbers as people write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from plugins.portal.agency import Agency, Contact
from plugins.portal.phones import Phone


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("(0293) 3878 888", ["02933878888"]),
        ("0293 3878 888", ["02933878888"]),
        ("0293.3878888", ["02933878888"]),
        ("0293-3878-888", ["02933878888"]),
        ("02933 878 888", ["02933878888"]),
        ("0913 123 456", ["0913123456"]),
        ("+84 293 3878 888", ["+842933878888"]),
        ("(+84) 293 3878 888", ["+842933878888"]),
        ("+84 (0)293 3878 888", ["+842933878888"]),
        ("0084 293 3878 888", ["+842933878888"]),
        ("84 293 3878 888", ["+842933878888"]),
        ("(84-293) 3878 888", ["+842933878888"]),
        ("+1 202 555 0100", ["+12025550100"]),
        ("1022", ["1022"]),
        ("113", ["113"]),
        ("115", ["115"]),
        ("1900 1234", ["19001234"]),
        ("1800.599.920", ["1800599920"]),
        ("0293 3878 888 - 0293 3878 889", ["02933878888", "02933878889"]),
        ("0293 3878 888 – 0293 3878 889", ["02933878888", "02933878889"]),
        ("0293 3878 888-0293 3878 889", ["02933878888", "02933878889"]),
        ("0293 3878 888 / 0293 3878 889", ["02933878888", "02933878889"]),
        ("0293 3878 888/0913123456", ["02933878888", "0913123456"]),
        ("0293 3878 888; 1022", ["02933878888", "1022"]),
        ("0293 3878 888, 0293 3878 889", ["02933878888", "02933878889"]),
        ("0293 3878 888 hoặc 0913123456", ["02933878888", "0913123456"]),
        ("0293\u200b 3878\u00a0888", ["02933878888"]),
        ("\u200e0293 3878 888\u200f", ["02933878888"]),
        ("0293 3878 888 máy lẻ 12", ["02933878888;ext=12"]),
        ("0293 3878 888, máy lẻ 12", ["02933878888;ext=12"]),
        ("0293 3878 888 (nhánh 3)", ["02933878888;ext=3"]),
        ("0293 3878 888 ext. 12; 1022", ["02933878888;ext=12", "1022"]),
        ("ĐT: 0293 3878 888", ["02933878888"]),
        ("Đường dây nóng: 1022 - Di động: 0913 123 456", ["1022", "0913123456"]),
        ("0293 3878 888 (giờ hành chính)", ["02933878888"]),
        ("1022 (24/7); 115 (cấp cứu, cả đêm)", ["1022", "115"]),
        ("115 (cấp cứu, ngày và đêm) hoặc 1022 (hỏi và đáp; 24/7)", ["115", "1022"]),
        ("0293 3878 888 (gặp ông A hoặc bà B - văn thư)", ["02933878888"]),
        ("ĐT: 0293 3878 888 - Fax: 0293 3878 889", ["02933878888", ""]),
    ],
)
def test_every_number_can_be_dialled(written: str, dialled: list[str]) -> None:
    phone = Phone.parse(written)
    assert [number.dial for number in phone.numbers] == dialled


@pytest.mark.parametrize("number", [113, 115, 1022])
def test_short_number_needs_no_quotes(number: int) -> None:
    assert Phone.parse(number).numbers[0].dial == str(number)


def test_what_stands_around_a_number_is_kept() -> None:
    [first, second] = Phone.parse("ĐT: (0293) 3878 888 máy lẻ 12 (giờ hành chính); 1022").numbers
    assert (first.before, first.text, first.after) == ("ĐT:", "(0293) 3878 888", "máy lẻ 12 (giờ hành chính)")
    assert (second.before, second.text, second.after) == ("", "1022", "")


@pytest.mark.parametrize(
    ("written", "fault", "part"),
    [
        ("3878 888", "area_code", "3878 888"),
        ("0293 3878", "length", "0293 3878"),
        ("0293 38788 8899", "length", "0293 38788 8899"),
        ("0293 3878 888 / 889", "shortened", "889"),
        ("0293 3878 888-889", "length", "0293 3878 888-889"),
        ("293 3878 888", "no_zero", "293 3878 888"),
        ("0293,3878888", "length", "0293"),
        ("gọi tổng đài", "form", "gọi tổng đài"),
        ("0293 3878 888 gặp anh Nam", "form", "0293 3878 888 gặp anh Nam"),
        ("", "form", ""),
        ("0293 3878 888 " * 40, "form", ""),
        (293.3878888, "quotes", ""),
        (True, "form", ""),
        (None, "form", ""),
    ],
)
def test_what_cannot_be_dialled_is_refused_with_the_reason(written: object, fault: str, part: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        Phone.parse(written)
    context = caught.value.context or {}
    assert (context["fault"], context.get("part", "")) == (fault, part)


@given(st.text("0123456789 +-–/;,.()hoặcmáylẻ\u200b", max_size=40) | st.text(max_size=40))
def test_any_text_is_refused_or_dialled_by_digits_alone(written: str) -> None:
    try:
        numbers = Phone.parse(written).numbers
    except PydanticCustomError:
        return
    assert numbers
    assert all(re.fullmatch(r"(?:\+?\d{3,17}(?:;ext=\d{1,6})?)?", number.dial) for number in numbers)


def test_numbers_stay_numbers_from_one_process_to_another() -> None:
    contact = Contact.model_validate({"phone": "(0293) 3878 888; 1022"})
    again = Contact.model_validate_json(contact.model_dump_json())
    assert contact.model_dump() == {**dict.fromkeys(Contact.model_fields), "phone": "(0293) 3878 888; 1022"}
    assert again.phone is not None
    assert [number.dial for number in again.phone.numbers] == ["02933878888", "1022"]


def test_editors_tools_take_a_telephone_number_for_text() -> None:
    schema = Agency.model_json_schema()["$defs"]["Contact"]["properties"]["phone"]
    assert schema["anyOf"] == [{"type": "string"}, {"type": "null"}]
