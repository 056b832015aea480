"""What a procedure does is told by the first words of its name."""

from __future__ import annotations

import pytest

from plugins.procedures.acts import CHANGING_WEIGHT, ENDING_WEIGHT, act_weight, without_saying_so


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("Đăng ký khai sinh", 1.0),
        ("Thủ tục đăng ký khai tử", 1.0),
        ("Cấp Giấy phép xây dựng", 1.0),
        ("Đổi mới công nghệ", CHANGING_WEIGHT),
        ("Thủ tục đăng ký lại kết hôn", CHANGING_WEIGHT),
        ("Cấp lại giấy phép lái xe", CHANGING_WEIGHT),
        ("Đăng ký thay đổi nội dung đăng ký hộ kinh doanh", CHANGING_WEIGHT),
        ("Thông báo tạm ngừng kinh doanh", CHANGING_WEIGHT),
        ("Chứng nhận lại chủng loại gạo thơm", CHANGING_WEIGHT),
        ("Cấp phép lái xe", 1.0),
        ("Xoá đăng ký thường trú", ENDING_WEIGHT),
        ("Đề nghị thu hồi giấy phép", ENDING_WEIGHT),
        ("Thủ tục đăng ký chấm dứt giám hộ", ENDING_WEIGHT),
        ("Đăng ký", 1.0),
        ("", 1.0),
    ],
)
def test_beginning_counts_more_than_changing_and_that_more_than_ending(name: str, weight: float) -> None:
    assert act_weight(name) == weight


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Thủ tục đăng ký khai tử", "đăng ký khai tử"),
        ("THỦ TỤC: Kiểm tra", "Kiểm tra"),
        ("Thu\u0309 tu\u0323c đăng ký", "đăng ký"),
        ("Thủ tục", "Thủ tục"),
        ("Hủy thủ tục đăng ký", "Hủy thủ tục đăng ký"),
        ("Thủ tụcđăng ký", "Thủ tụcđăng ký"),
    ],
)
def test_name_is_counted_without_saying_that_it_is_a_procedure(name: str, rest: str) -> None:
    assert without_saying_so(name) == rest
