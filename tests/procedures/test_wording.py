"""What is to be paid and how long it takes, as people read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.procedure import Fee, TimeLimit
from plugins.portal.vocabulary import FEE_KINDS
from plugins.procedures.wording import ANY_FEE, fee_kind, fee_words, limit_words, says_when


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (Fee(kind="fee", amount=50_000, per="bản"), "Lệ phí: 50.000\u00a0đồng / bản"),
        (Fee(kind="charge", amount=8_000), "Phí: 8.000\u00a0đồng"),
        (Fee(amount=8_000), "Phí, lệ phí: 8.000\u00a0đồng"),
        (Fee(note="Theo nghị quyết"), "Phí, lệ phí: Theo nghị quyết"),
        (Fee(kind="fee", note="Theo nghị quyết"), "Lệ phí: Theo nghị quyết"),
        (Fee(amount=0), "Miễn phí"),
        (Fee(kind="fee", amount=0, per="trẻ em"), "Miễn phí (trẻ em)"),
        (Fee(kind="fee", note="Lệ phí trước bạ: 0,5%"), "Lệ phí trước bạ: 0,5%"),
        (Fee(kind="fee", note="Thuế thu nhập cá nhân: 2%"), "Thuế thu nhập cá nhân: 2%"),
        (Fee(kind="charge", note="phí thẩm định 1%"), "phí thẩm định 1%"),
        (Fee(kind="fee", note="Mức phí theo thông tư"), "Mức phí theo thông tư"),
        (Fee(kind="fee", note="Mức thu lệ phí theo thông tư"), "Mức thu lệ phí theo thông tư"),
        (Fee(kind="fee", note="Tiền cấp bản đồ"), "Tiền cấp bản đồ"),
        (Fee(kind="fee", note="Không thu"), "Không thu"),
        (Fee(kind="fee", note="Miễn cho hộ nghèo"), "Miễn cho hộ nghèo"),
        (Fee(kind="fee", amount=2_000, note="Thuế môn bài"), "2.000\u00a0đồng"),
        (Fee(kind="fee", note="Phíck thử"), "Lệ phí: Phíck thử"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fee_is_called_once_and_by_its_own_name(fee: Fee, words: str) -> None:
    assert fee_words(fee) == words


@given(
    st.sampled_from([None, "fee", "charge"]),
    st.sampled_from(["Lệ phí", "Phí", "Thuế", "Tiền", "Mức thu phí"]),
    st.text("abcđ 0123:", max_size=20),
)
def test_no_label_stands_before_a_note_that_begins_with_a_name(kind: str | None, name: str, rest: str) -> None:
    fee = Fee.model_validate({"kind": kind, "note": f"{name} {rest}".strip()})

    assert fee_words(fee) == fee.note
    assert fee_kind(fee) is ANY_FEE


@pytest.mark.parametrize("kind", [*FEE_KINDS])
def test_kind_is_what_the_record_says(kind: str) -> None:
    fee = Fee.model_validate({"kind": kind, "amount": 5})

    assert fee_kind(fee) == FEE_KINDS[kind]


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("Không quá 10 ngày", False),
        ("Trong thời hạn 10 ngày kể từ ngày nhận đủ hồ sơ hợp lệ", False),
        ("không quá 10 ngày làm việc, kể từ khi nhận hồ sơ", False),
        ("Không quá 10 ngày; phải xác minh thì 20 ngày", True),
        ("Không quá 12 ngày", True),
        ("hồ sơ phải xác minh", True),
        ("xã đảo", True),
        ("Theo Nghị định 155/2018/NĐ-CP", False),
        ("Không quá 10 ngày theo Thông tư liên tịch số 09/2016/TTLT-BTP-BTNMT", False),
        ("theo quy định của pháp luật", False),
        ("Theo Nghị định 155/2018/NĐ-CP, trường hợp phải xác minh", True),
        (None, False),
    ],
)
def test_note_that_repeats_the_number_is_no_condition(note: str | None, says: bool) -> None:
    assert says_when(TimeLimit(amount=10, unit="day", note=note)) is says


@pytest.mark.parametrize(
    ("amount", "note"), [(3, "Không quá 03 ngày"), (2.5, "Không quá 2,5 ngày"), (1_000, "1.000 giờ")]
)
def test_number_is_the_same_however_it_is_written(amount: float, note: str) -> None:
    assert not says_when(TimeLimit(amount=amount, unit="hour", note=note))


def test_fee_that_only_cites_a_circular_holds_always() -> None:
    assert not says_when(Fee(kind="charge", amount=5_700_000, note="Thông tư 278/2016/TT-BTC"))
    assert says_when(Fee(kind="charge", amount=5_700_000, note="phòng khám đa khoa"))
    assert not says_when(Fee(kind="charge", note="Theo nghị quyết"))


def test_limit_without_a_number_is_its_note() -> None:
    assert limit_words(TimeLimit(amount=2.5, unit="month")) == "2,5 tháng"
    assert limit_words(TimeLimit(note="Theo hẹn")) == "Theo hẹn"
    assert not says_when(TimeLimit(note="Theo hẹn"))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Fee(kind="fee", amount=50_000, per="copy"), "Fee: 50,000\u00a0VND / copy"),
        (Fee(amount=8_000), "Charge or fee: 8,000\u00a0VND"),
        (Fee(amount=0, per="child"), "Free of charge (child)"),
        (TimeLimit(amount=1, unit="working_day"), "1 working day"),
        (TimeLimit(amount=1, unit="hour"), "1 hour"),
        (TimeLimit(amount=2.5, unit="month"), "2.5 months"),
        (TimeLimit(note="At once"), "At once"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fees_and_time_limits_are_said_in_english(answer: Fee | TimeLimit, words: str) -> None:
    assert (fee_words(answer, "en") if isinstance(answer, Fee) else limit_words(answer, "en")) == words
