"""Whatever a record holds, it becomes a draft whose procedure is valid and clean, or a refusal; nothing is raised."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plugins.importing.national import Draft, Refusal, exchange, sheet, web_records
from plugins.portal.characters import FORBIDDEN, tidy
from plugins.portal.procedure import Procedure
from tests.importing.national_records import RECORD
from tests.importing.test_national_exchange import RECORD as ANSWER

PARTS = [
    "Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính", "5 Ngày làm việc", "Miễn phí", "50 Việt Nam Đồng", "Bước 1:",
    "Bước 2:", "\n", "(", ")", "a)",
    "Tên giấy tờMẫu đơn, tờ khaiSố lượng", "1 bản chính", "2 bản sao", "Mã: KQ.G15.000031",
    "12/2015/NĐ-CP", "Không có thông tin", ";", ",", "Cấp tỉnh", "Công dân Việt Nam", "1.000500", "0", "\u200b",
    "\ud800", "\x1b[31m", "Ð", "e\u0301", "\u202e", "Hình thức nộpThời gianPhí, lệ phíMô tả",
    "Tên văn bản pháp lýMã văn bản",
    "99999999", "31/02/2019", "https://example.vn/a", "đ" * 2_100,
]  # fmt: skip
KEYS = ["TENTRINHTU", "TRUONGHOP", "GIAYTO", "THOIGIAN", "KENH", "PHILEPHI", "SOTIEN", "TENGIAYTO", "URL"]
texts = st.lists(st.sampled_from(PARTS), max_size=12).map(" ".join) | st.text(max_size=30)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)


def check(outcome: Draft | Refusal) -> None:
    """What is said is printable; what is taken is as the content's own reading would have it."""
    said = [outcome.reason] if isinstance(outcome, Refusal) else [doubt.message for doubt in outcome.doubts]
    for message in said:
        shown = message.render()
        assert shown.encode()
        assert not FORBIDDEN.search(shown)
    if isinstance(outcome, Draft):
        assert Procedure.model_validate_json(outcome.procedure.model_dump_json(), strict=False) == outcome.procedure
        written = outcome.procedure.model_dump_json()
        assert tidy(written) == written


@given(st.dictionaries(st.sampled_from(sorted(RECORD)), texts | values, max_size=6))
def test_whatever_a_record_of_the_crawl_holds(changes: dict[str, Any]) -> None:
    check(web_records.convert_object({**RECORD, **changes}))


@given(st.dictionaries(st.sampled_from(sorted(ANSWER)), values, max_size=6))
def test_whatever_an_answer_of_the_service_holds(changes: dict[str, Any]) -> None:
    check(exchange.convert_object({**ANSWER, **changes}))


HEADINGS = [spellings[0] for spellings in sheet.SPELLINGS.values()]


@given(st.lists(texts, max_size=len(HEADINGS) - 4))
def test_whatever_the_cells_of_a_row_hold(cells: list[str]) -> None:
    headings = sheet.read_headings(HEADINGS)
    assert headings is not None
    check(sheet.convert_row(headings, ["1.000500", "Cấp thẻ", "Thử nghiệm", "Cấp xã", *cells]))


@given(st.lists(texts, max_size=len(HEADINGS)))
def test_whatever_a_row_holds(cells: list[str]) -> None:
    headings = sheet.read_headings(HEADINGS)
    assert headings is not None
    check(sheet.convert_row(headings, cells))
