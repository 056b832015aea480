"""Rows of sheets: headings as people spell them, cells as people fill them."""

from __future__ import annotations

import pytest

from plugins.importing.national import DoubtKind, Draft, Refusal
from plugins.importing.national.sheet import SPELLINGS, Headings, convert_row, is_section, read_headings
from plugins.portal.procedure import Channel, Fee, LegalBasis, Paper, Procedure, Result, TimeLimit

HEADINGS = ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cấp thực hiện"]
ROW = ["1", "1.000500", "Cấp thẻ thử nghiệm", "Thử nghiệm", "Cấp tỉnh"]


def headings(*more: str) -> Headings:
    found = read_headings([*HEADINGS, *more])
    assert found is not None
    return found


def drafted(**cells: str) -> Draft:
    """The row with further cells, whose headings have underscores for blanks."""
    names = [name.replace("_", " ") for name in cells]
    found = convert_row(headings(*names), [*ROW, *cells.values()])
    assert isinstance(found, Draft)
    return found


def converted(**cells: str) -> Procedure:
    return drafted(**cells).procedure


def kinds(**cells: str) -> list[tuple[str, DoubtKind]]:
    return [(doubt.field, doubt.kind) for doubt in drafted(**cells).doubts]


@pytest.mark.parametrize("spelling", ["MÃ SỐ TTHC", "ma thu tuc", "Mã thủ tục (quốc gia)", " Mã\nthủ tục "])
def test_headings_are_known_in_any_case_with_or_without_diacritics(spelling: str) -> None:
    found = read_headings([spelling, "Tên thủ tục"])
    assert found is not None
    assert found.columns == {"code": 0, "name": 1}


def test_every_spelling_of_a_heading_leads_to_one_column() -> None:
    for column, spellings in SPELLINGS.items():
        for spelling in spellings:
            found = read_headings(["Mã TTHC", "Tên TTHC", spelling])
            assert found is not None
            assert column in found.columns, spelling


def test_unknown_headings_are_named_and_numbering_is_passed_over() -> None:
    found = headings("Ghi chú", "Người nhập liệu")
    assert found.unknown == ("Người nhập liệu",)


def test_a_row_without_code_and_name_is_no_row_of_headings() -> None:
    assert read_headings(["DANH MỤC THỦ TỤC HÀNH CHÍNH"]) is None
    assert read_headings(ROW) is None


def test_titles_of_sections_and_empty_rows_are_no_records() -> None:
    assert is_section(headings(), ["", "", "", "", ""])
    assert is_section(headings(), ["I", "", "LĨNH VỰC THỬ NGHIỆM"])
    assert not is_section(headings(), ROW)
    assert not is_section(headings(), ["1", "", "Cấp thẻ", "Thử nghiệm", "Cấp tỉnh"])


def test_a_row_becomes_a_procedure() -> None:
    found = drafted()
    assert found.doubts == ()
    assert found.procedure == Procedure(
        code="1.000500", name="Cấp thẻ thử nghiệm", field="thu-nghiem", performed_by=("province",)
    )


def test_levels_may_be_written_without_the_word_for_level() -> None:
    row = ["1", "1.000500", "Cấp thẻ", "Thử nghiệm", "Tỉnh, cấp Huyện; Xã"]
    found = convert_row(headings(), row)
    assert isinstance(found, Draft)
    assert found.procedure.performed_by == ("province", "district", "commune")


@pytest.mark.parametrize(
    ("cells", "channel"),
    [
        (
            {"Thời_hạn": "05 ngày làm việc", "Lệ_phí": "50.000 đồng/bản", "Phí": "Không"},
            Channel(
                kind="in_person",
                time_limits=(TimeLimit(amount=5, unit="working_day"),),
                fees=(Fee(kind="fee", amount=50_000, per="bản"),),
            ),
        ),
        (
            {"Thời_hạn": "Không quá 30 ngày", "Lệ_phí": "Không", "Phí": "8000"},
            Channel(
                kind="in_person",
                time_limits=(TimeLimit(amount=30, unit="day"),),
                fees=(Fee(kind="fee", amount=0), Fee(kind="charge", amount=8_000)),
            ),
        ),
        (
            {"Thời_hạn": "Trả ngay trong 1 ngày làm việc", "Lệ_phí": "Phí: 20.000 đồng (một lần)", "Phí": ""},
            Channel(
                kind="in_person",
                time_limits=(TimeLimit(amount=1, unit="working_day", note="Trả ngay trong 1 ngày làm việc"),),
                fees=(Fee(kind="charge", amount=20_000, note="một lần"),),
            ),
        ),
        (
            {"Phí,_lệ_phí": "50.000 đồng/bản\nLệ phí: 8.000 đồng"},
            Channel(kind="in_person", fees=(Fee(amount=50_000, per="bản"), Fee(kind="fee", amount=8_000))),
        ),
        ({"Mức_thu": "Không"}, Channel(kind="in_person", fees=(Fee(amount=0),))),
    ],
)
def test_times_and_fees_are_read_from_their_columns(cells: dict[str, str], channel: Channel) -> None:
    assert converted(Cách_thức_thực_hiện="Trực tiếp", **cells).channels == (channel,)


def test_each_way_to_file_gets_the_times_and_fees() -> None:
    cells = {"Hình_thức_nộp": "Trực tiếp, trực tuyến hoặc qua bưu chính", "Thời_hạn": "2 giờ"}
    limits = (TimeLimit(amount=2, unit="hour"),)
    assert converted(**cells).channels == tuple(
        Channel.model_validate({"kind": kind, "time_limits": limits}) for kind in ("in_person", "online", "post")
    )


def test_a_flattened_table_in_a_cell_is_read_as_such() -> None:
    found = converted(Cách_thức_thực_hiện="Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày làm việcMiễn phí")
    assert found.channels == (
        Channel(kind="online", time_limits=(TimeLimit(amount=5, unit="working_day"),), fees=(Fee(amount=0),)),
    )


def test_papers_are_lines_with_their_counts() -> None:
    found = converted(Thành_phần_hồ_sơ="- Đơn (01 bản chính);\n- Ảnh màu: 02 bản sao\n3. Xuất trình: thẻ căn cước")
    assert converted(Thành_phần_hồ_sơ="--").papers == ()
    assert found.papers[0].papers == (
        Paper(name="Đơn", originals=1),
        Paper(name="Ảnh màu", copies=2),
        Paper(name="thẻ căn cước", show_only=True),
    )


def test_lists_in_a_cell_are_parted_by_lines_or_semicolons() -> None:
    found = converted(
        Kết_quả="Thẻ; Thông báo",
        Căn_cứ_pháp_lý="- Luật Thẻ số 3/2014/QH13\n- Thông tư về thẻ",
        Từ_khóa="thẻ, làm thẻ",
        Số_bộ_hồ_sơ="01 bộ",
        Mức_độ="Mức độ 4",
        Trạng_thái="Bãi bỏ",
    )
    assert found.results == (Result(name="Thẻ"), Result(name="Thông báo"))
    assert found.legal_basis == (
        LegalBasis(title="Luật Thẻ số 3/2014/QH13", number="3/2014/QH13"),
        LegalBasis(title="Thông tư về thẻ"),
    )
    assert found.keywords == ("thẻ", "làm thẻ")
    assert (found.dossier_sets, found.online_level, found.status) == (1, 4, "abolished")


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ({"Thời_hạn": "3 ngày"}, ("channels", "channel_assumed")),
        ({"Cách_thức_thực_hiện": "Trực tiếp\nTheo lịch hẹn"}, ("channels[0].note", "unknown_channel")),
        ({"Lệ_phí": "theo quy định"}, ("channels[0].fees[0]", "fee_as_text")),
        ({"Lệ_phí": "50"}, ("channels[0].fees[0].amount", "fee_in_thousands")),
        ({"Thời_hạn": "2 ngày hoặc 5 ngày"}, ("channels[0].time_limits[0]", "time_as_text")),
        ({"Thời_hạn": "5"}, ("channels[0].time_limits[0]", "unknown_unit")),
        ({"Đối_tượng": "Người lạ"}, ("audiences", "unknown_audience")),
        ({"Mức_độ": "3-4"}, ("online_level", "unknown_value")),
        ({"Số_bộ_hồ_sơ": "vài bộ"}, ("dossier_sets", "unknown_value")),
        ({"Số_quyết_định": "1/QĐ", "Ngày_công_bố": "hôm qua"}, ("decision.date", "bad_date")),
    ],
)
def test_what_is_doubtful_is_said_with_its_field(cells: dict[str, str], doubt: tuple[str, DoubtKind]) -> None:
    assert doubt in kinds(**cells)


def test_a_code_from_a_number_cell_gets_its_zeros_back_with_a_doubt() -> None:
    found = convert_row(headings(), ["1", "2.0002", *ROW[2:]])
    assert isinstance(found, Draft)
    assert found.procedure.code == "2.000200"
    assert [doubt.message.render() for doubt in found.doubts] == [
        'the code was written as the number 2.0002: it was read as "2.000200"'
    ]


def test_a_row_without_a_code_is_refused() -> None:
    found = convert_row(headings(), ["1", "", *ROW[2:]])
    assert isinstance(found, Refusal)
    assert found.kind == "no_code"
