"""Records that nobody could read are refused, and nothing of them comes into the content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plugins.importing import carry_out, plan_import
from tests.provinces import SmallProvince

HEADINGS = "Mã thủ tục,Tên thủ tục,Lĩnh vực,Cấp thực hiện\n"
RECORD = {
    "ma_thu_tuc": "1.000500",
    "ten_thu_tuc": "Cấp thẻ thử nghiệm",
    "linh_vuc": "Thử nghiệm",
    "cap_thuc_hien": "Cấp tỉnh",
    "trinh_tu_thuc_hien": "Bước 1: Nộp đơn.",
}
GOOD = "1.009999,Cấp phép thử Dược,Thử nghiệm,Cấp tỉnh\n"


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path / "tinh")


def files(province: SmallProvince) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in province.content.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "row",
    [
        "1.009998,CÊp phÐp thö,D\u00adîc phÈm,Cấp tỉnh\n",
        "1.009998,Cấp phép thử,D\u00adîc phÈm,Cấp tỉnh\n",
        "1.009998,CÊp phÐp thö,Thử nghiệm khác,Cấp tỉnh\n",
        "1.009998,Caáp pheùp thöû,Döôïc phaåm,Cấp tỉnh\n",
        "1.009998,Cáº¥p phÃ©p,DÆ°á»£c pháº©m,Cấp tỉnh\n",
        "1.009998,Cấp ph\ufffdp,Dược ph\ufffdm,Cấp tỉnh\n",
        "1.009998,Cấp phép,#REF!,Cấp tỉnh\n",
        "1.009998,Cấp phép,#N/A,Cấp tỉnh\n",
    ],
    ids=["TCVN3", "TCVN3 field", "TCVN3 name", "VNI", "encoding", "lost", "#REF!", "#N/A"],
)
def test_damaged_record_is_refused_and_leaves_no_field_behind(province: SmallProvince, row: str) -> None:
    before = files(province)
    source = province.folder / "bang.csv"
    source.write_text(HEADINGS + row, encoding="utf-8")

    plan = plan_import(province.content, [source], into="so-y-te")
    carry_out(plan)

    assert [(refused.code, refused.line) for refused in plan.refused] == [("1.009998", 2)]
    assert (plan.taken, plan.fields, files(province)) == ((), (), before)


def test_others_of_the_same_file_are_taken(province: SmallProvince) -> None:
    source = province.folder / "bang.csv"
    source.write_text(HEADINGS + "1.009998,CÊp phÐp thö,D\u00adîc phÈm,Cấp tỉnh\n" + GOOD, encoding="utf-8")

    plan = plan_import(province.content, [source], into="so-y-te")

    assert [taken.code for taken in plan.taken] == ["1.009999"]
    assert plan.fields == ("Thử nghiệm",)


@pytest.mark.parametrize(
    "field", ["ten_thu_tuc", "linh_vuc", "trinh_tu_thuc_hien", "ket_qua_xu_ly", "co_quan_thuc_hien"]
)
def test_damage_anywhere_in_a_record_refuses_it(province: SmallProvince, field: str) -> None:
    """Its file would be refused by every build, and with it all of its agency's news."""
    source = province.folder / "mot.jsonl"
    source.write_text(json.dumps({**RECORD, field: "Së Y tÕ th«ng b¸o"}), encoding="utf-8")

    plan = plan_import(province.content, [source])

    assert [refused.code for refused in plan.refused] == ["1.000500"]
    assert "letters of an old font (TCVN3/ABC), not of Unicode" in plan.refused[0].reason.render()


@pytest.mark.parametrize(
    ("changed", "doubts"),
    [
        ({"ten_thu_tuc": "Cấp \u202ethẻ thử"}, [("name", "control_characters")]),
        ({"linh_vuc": "Thử \x01nghiệm"}, [("field", "control_characters")]),
        ({"ten_thu_tuc": "Cấp\x0bthẻ \u200ethử"}, []),
    ],
    ids=["direction", "control", "breaks and invisible marks"],
)
def test_controls_are_left_out_with_a_doubt(
    province: SmallProvince, changed: dict[str, Any], doubts: list[Any]
) -> None:
    source = province.folder / "mot.jsonl"
    source.write_text(json.dumps({**RECORD, **changed}), encoding="utf-8")

    [taken] = plan_import(province.content, [source]).taken

    assert [(doubt.field, doubt.kind) for doubt in taken.doubts] == doubts
    assert taken.name.replace("thử nghiệm", "thử") == "Cấp thẻ thử"


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("D??c ph?m", 'letters were lost, a ? stands in their place: "D??c ph?m"'),
        ("Dược рhẩm", '"р" (U+0440) in "рhẩm" looks like a letter and is none: search does not find it'),
        ("Dược phẩm<br>", 'marks of a page, not a name: "Dược phẩm<br>"'),
        ("Dược&nbsp;phẩm", 'marks of a page, not a name: "Dược&nbsp;phẩm"'),
        ("Hộ tịch; Dược phẩm", 'more than one field of administration: "Hộ tịch; Dược phẩm"'),
        ("12345", 'no name of a field of administration: "12345"'),
        ("Lĩnh vực", 'no name of a field of administration: "Lĩnh vực"'),
        ("Tên thủ tục", 'no name of a field of administration: "Tên thủ tục"'),
        ("Chưa xác định", 'no name of a field of administration: "Chưa xác định"'),
        ("(N/A)", 'no name of a field of administration: "(N/A)"'),
    ],
)
def test_what_is_no_name_of_a_field_becomes_none(province: SmallProvince, field: str, reason: str) -> None:
    before = files(province)
    source = province.folder / "bang.csv"
    source.write_text(f"{HEADINGS}1.009998,Cấp phép thử,{field},Cấp tỉnh\n", encoding="utf-8")

    plan = plan_import(province.content, [source], into="so-y-te")
    carry_out(plan)

    write = "write the name of one field of administration (lĩnh vực)"
    near = "Hộ tịch, Dược phẩm" if "; " in field else "Dược phẩm"
    remedy = f"{write}, such as {near}" if "h?m" in field or "hẩm" in field else f"{write} in the source"
    assert [(refused.line, refused.reason.render()) for refused in plan.refused] == [(2, f"field: {reason}: {remedy}")]
    assert (plan.summary().complete, plan.fields, files(province)) == (False, (), before)


def test_damage_of_name_and_field_is_told_at_once(province: SmallProvince) -> None:
    source = province.folder / "bang.csv"
    source.write_text(f"{HEADINGS}1.009998,Cấp ph\ufffdp,D??c ph?m,Cấp tỉnh\n", encoding="utf-8")

    [refused] = plan_import(province.content, [source], into="so-y-te").refused

    assert refused.reason.render() == (
        'name cannot be read by people (a letter was lost (U+FFFD): "Cấp ph\ufffdp"; '
        'and field: letters were lost, a ? stands in their place: "D??c ph?m"): mend it in the source'
    )


@pytest.mark.parametrize("field", ["Hoạt động khác", "Thuế", "Quản lý thuế, phí", "Vốn 100 phần trăm", "Y tế (dược)"])
def test_whatever_may_be_a_field_is_added(province: SmallProvince, field: str) -> None:
    source = province.folder / "bang.csv"
    source.write_text(f'{HEADINGS}1.009998,Cấp phép thử,"{field}",Cấp tỉnh\n', encoding="utf-8")

    assert plan_import(province.content, [source], into="so-y-te").fields == (field,)
