"""Names that become addresses."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.portal.identifiers import (
    AGENCY_CODE,
    LOCAL_CODE,
    SLUG,
    SLUG_MAX_LENGTH,
    fold,
    is_national_code,
    is_slug,
    slugify,
)

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
names = st.text() | st.text(VIETNAMESE + VIETNAMESE.upper() + " -_./(),0123456789")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sở Y tế", "so-y-te"),
        ("Đăng ký khai sinh", "dang-ky-khai-sinh"),
        ("ĐẮK LẮK", "dak-lak"),
        ("Thừa Thiên Huế", "thua-thien-hue"),
        ("  Văn phòng -- UBND (tỉnh)  ", "van-phong-ubnd-tinh"),
        ("Quyết định số 12/2019/QĐ-UBND", "quyet-dinh-so-12-2019-qd-ubnd"),
        ("Ðăng", "dang"),  # the Icelandic letter that old keyboards typed for Đ
        ("北京", ""),
        ("???", ""),
        ("", ""),
    ],
)
def test_name_becomes_the_slug_that_people_expect(name: str, slug: str) -> None:
    assert slugify(name) == slug


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Đường", "duong"), ("ĐƯỜNG", "duong"), ("phở", "pho"), ("Nguyễn Ðình", "nguyen dinh"), ("abc 1", "abc 1")],
)
def test_folding_takes_diacritics_and_case_away(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(names)
@example("İ")
@example("ẞ")
def test_slug_of_any_name_is_a_slug_or_empty(name: str) -> None:
    slug = slugify(name)
    assert slug == "" or SLUG.fullmatch(slug) is not None


@given(names)
@example("İ")
def test_slug_of_a_slug_is_itself(name: str) -> None:
    slug = slugify(name)
    assert slugify(slug) == slug


@given(names)
@example("İ")
@example("ẞ")
def test_folding_twice_changes_nothing_more(name: str) -> None:
    once = fold(name)
    assert fold(once) == once


@given(names)
def test_composed_and_decomposed_names_give_one_slug(name: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    assert slugify(composed) == slugify(decomposed)
    assert fold(composed) == fold(decomposed)


@given(st.text(VIETNAMESE + VIETNAMESE.upper() + " "))
def test_folding_leaves_no_letter_outside_ascii_in_vietnamese(name: str) -> None:
    assert set(fold(name)) <= set(string.ascii_lowercase + " ")
    assert len(fold(name)) == len(unicodedata.normalize("NFC", name))


@pytest.mark.parametrize("value", ["so-y-te", "a", "2019", "h30-1", "a" * SLUG_MAX_LENGTH])
def test_slug_may_stand_in_an_address(value: str) -> None:
    assert is_slug(value)


@pytest.mark.parametrize(
    "value",
    [
        "", "-", "So-y-te", "so--y-te", "-so", "so-", "so y te", "sở", "so-y-te\n", "../so-y-te", "so/y", "so.y", "٣",
        "a" * (SLUG_MAX_LENGTH + 1),
    ],
)  # fmt: skip
def test_anything_else_may_not_stand_in_an_address(value: str) -> None:
    assert not is_slug(value)


@pytest.mark.parametrize("code", ["1.001193", "2.000488", "3.000001", "6.999999"])
def test_national_code_is_known_by_its_shape(code: str) -> None:
    assert is_national_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "1.00119",
        "1.0011930",
        "7.001193",
        "0.001193",
        "1,001193",
        "1.001193\n",
        " 1.001193",
        "1.001193.000.00.00.H30",
        "1.٠٠١١٩٣",
    ],
)
def test_anything_else_is_no_national_code(code: str) -> None:
    assert not is_national_code(code)


def test_local_code_ends_with_the_agency() -> None:
    assert LOCAL_CODE.fullmatch("1.001193.000.00.00.H30")
    assert not LOCAL_CODE.fullmatch("1.001193.000.00.00.H3")
    assert not LOCAL_CODE.fullmatch("1.001193.H30")


@pytest.mark.parametrize("code", ["000.00.14.H30", "H30", "H30.14", "H30.14.1", "H30.1.2.3"])
def test_agency_code_may_be_of_either_standard(code: str) -> None:
    assert AGENCY_CODE.fullmatch(code)


@pytest.mark.parametrize("code", ["", "30", "H3", "H30.", "H30.1234", "H30.1.2.3.4", "000.00.H30", "h30.14"])
def test_anything_else_is_no_agency_code(code: str) -> None:
    assert not AGENCY_CODE.fullmatch(code)
