"""Records with another procedure's text: told by what name and text share, and by comparing records."""

from __future__ import annotations

import pytest

from plugins.importing.national.faults import LONG_STEPS, faults_of, same_steps
from plugins.portal.procedure import Procedure

ABOUT_BEES = (
    "Chủ trại ong nộp đơn đăng ký nuôi ong mật ở ấp. Cán bộ xem trại ong, đếm thùng ong và hỏi nơi đặt thùng. "
    "Trại ong đạt thì chủ trại nhận giấy đăng ký nuôi ong mật; chưa đạt thì được hướng dẫn chuyển thùng ong ra xa nhà. "
) * 4
ABOUT_BOATS = (
    "Chủ ghe đem ghe đến bến. Người kiểm tra đo chiều dài ghe, xem máy, xem áo phao và đèn. Ghe đủ điều kiện thì chủ "
    "ghe được sơn số lên mạn; thiếu áo phao thì mua thêm rồi đưa ghe trở lại bến vào hôm sau để xem lần nữa. "
) * 4


def procedure(name: str, steps: str, code: str = "1.000500") -> Procedure:
    return Procedure.model_validate(
        {"code": code, "name": name, "field": "mau", "performed_by": ["commune"], "steps": [{"steps": [steps]}]}
    )


def test_text_that_shares_nothing_with_the_name_is_doubted() -> None:
    name = "Đăng ký nuôi ong mật ở ấp"
    assert [doubt.kind for doubt in faults_of(procedure(name, ABOUT_BOATS))] == ["text_of_another"]
    assert list(faults_of(procedure(name, ABOUT_BEES))) == []


@pytest.mark.parametrize(("name", "steps"), [("Đăng ký ghe", ABOUT_BEES), ("Đăng ký nuôi ong mật ở ấp", "Nộp đơn.")])
def test_short_names_and_short_texts_are_too_little_to_judge_by(name: str, steps: str) -> None:
    assert list(faults_of(procedure(name, steps))) == []


@pytest.mark.parametrize("heading", ["Mã thủ tục: 1.000777", "- Mã số TTHC: 1.000777", "mã tthc 1.000777"])
def test_heading_with_another_code_is_doubted(heading: str) -> None:
    said = [doubt.message.render() for doubt in faults_of(procedure("Cấp thẻ", f"Mở đầu.\n{heading}\nNộp đơn."))]
    assert said == ["names the code 1.000777, which is another procedure's"]


def test_own_code_and_codes_cited_in_a_sentence_are_not_doubted() -> None:
    steps = "Mã thủ tục: 1.000500\nKèm kết quả của thủ tục 1.000777 nếu có."
    assert list(faults_of(procedure("Cấp thẻ", steps))) == []


def test_same_long_steps_under_dissimilar_names_are_doubted_on_both_sides() -> None:
    found = same_steps(
        [
            procedure("Đăng ký nuôi ong mật", ABOUT_BEES, "1.000001"),
            procedure("Cấp biển số ghe máy", ABOUT_BEES, "1.000002"),
            procedure("Đăng ký nuôi ong mật lần hai", ABOUT_BEES, "1.000003"),
            procedure("Đổi biển số ghe máy", ABOUT_BOATS, "1.000004"),
        ]
    )
    assert {code: doubts[0].message.params["code"] for code, doubts in found.items()} == {
        "1.000001": "1.000002",
        "1.000002": "1.000001",
        "1.000003": "1.000002",
    }


def test_short_steps_may_be_the_same_everywhere() -> None:
    short = "Nộp đơn, nhận kết quả."
    assert len(short) < LONG_STEPS
    assert same_steps([procedure("Một việc", short, "1.000001"), procedure("Điều khác", short, "1.000002")]) == {}
