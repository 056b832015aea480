"""`portal import procedures` as a person runs it: what it says, and the exit codes that scripts rely on."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from plugins.command_line.arguments import parser
from plugins.command_line.importing import DOUBT_NAMES, ImportDisplay
from plugins.importing import carry_out, plan_import
from tests.importing.test_import import NEW, RECORD, edited, files, source
from tests.provinces import ROOT, SmallProvince
from tests.waiting import PATIENCE


def portal(province: SmallProvince, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            Path(sys.executable).parent / "portal",
            "import",
            "procedures",
            *map(str, arguments),
            "--content",
            province.content,
        ],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path / "tinh")


def test_all_taken_is_exit_code_0_with_the_sums_in_vietnamese(province: SmallProvince) -> None:
    done = portal(province, source(province, RECORD))
    assert (done.returncode, done.stderr) == (0, "")
    assert (province.content / NEW).is_file()
    assert "province/fields.yaml: thêm lĩnh vực mới: Thử nghiệm" in done.stdout
    rows = {
        cells[1].strip(): cells[2].strip() for line in done.stdout.splitlines() if len(cells := line.split("│")) == 4
    }
    assert (rows["Số bản ghi đã đọc"], rows["Nhận trọn vẹn"], rows["Số tệp đã ghi"]) == ("1", "1", "3")


def test_refusals_and_conflicts_are_exit_code_1_and_named_with_their_places(province: SmallProvince) -> None:
    carry_out(plan_import(province.content, [source(province, RECORD)]))
    edited(province, NEW, "- name: Thẻ", "- name: Thẻ của tôi")
    doubtful = {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa", "doi_tuong_thuc_hien": "Người lạ"}
    records = source(province, doubtful, {**RECORD, "ma_thu_tuc": "9.1"})
    done = portal(province, records)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(
        f'{records}:2: 9.1: không nhận: không có mã dạng 1.001193 mà là "9.1": sửa mã ở nguồn\n'
        f'{records}:1: 1.000500 audiences: đối tượng "Người lạ" không nhận biết được: đã bỏ\n'
    )
    assert (
        f'{province.content.as_posix()}/{NEW}:15: results: giữ "Thẻ của tôi" của người biên tập; '
        'bản nhập ghi "Thẻ nhựa" (muốn lấy bản nhập: --overwrite)\n'
    ) in done.stdout


def test_what_cannot_be_read_is_exit_code_2_and_nothing_is_written(province: SmallProvince) -> None:
    before = files(province)
    broken = province.folder / "broken.jsonl"
    broken.write_text(json.dumps(RECORD) + "\n" + json.dumps(RECORD)[:-20], encoding="utf-8")
    done = portal(province, broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"portal: {broken}:2: hết tệp giữa một bản ghi, hãy lấy lại tệp\n"
    english = portal(province, broken, "--lang", "en", "--into", "so-y-te")
    assert english.stderr == f"portal: {broken}:2: ends in the middle of a record: fetch it again\n"
    assert portal(province, source(province, RECORD), "--into", "so-yte").stderr == (
        'portal: không có cơ quan "so-yte" (ý bạn là "so-y-te"?)\n'
    )
    assert files(province) == before


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(province: SmallProvince) -> None:
    before = files(province)
    done = portal(province, source(province, RECORD), "--dry-run", "--lang", "en")
    assert done.returncode == 0
    assert "Nothing was written (--dry-run); 3 files would be." in done.stdout
    assert files(province) == before


def shown(province: SmallProvince, *, terminal: bool, language: str = "vi") -> str:
    written = StringIO()
    display = ImportDisplay(Console(file=written, force_terminal=terminal, width=100), language)
    with display.progress() as progress:
        plan = plan_import(province.content, [source(province, RECORD)], progress=progress)
        carry_out(plan, progress)
    return written.getvalue()


def test_progress_is_a_bar_on_a_terminal_and_nothing_elsewhere(province: SmallProvince, tmp_path: Path) -> None:
    assert "Đang đọc bản ghi" in shown(province, terminal=True)
    assert shown(SmallProvince.of(tmp_path / "khac"), terminal=False) == ""


def test_every_change_is_shown_in_words(province: SmallProvince) -> None:
    carry_out(plan_import(province.content, [source(province, RECORD)]))
    edited(province, NEW, "- name: Thẻ", "- name: Thẻ của tôi")
    coming = {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa", "so_quyet_dinh": "1/QĐ", "cap_thuc_hien": "Cấp bộ"}
    written = StringIO()
    display = ImportDisplay(Console(file=written, width=300), "vi")
    display.findings(plan_import(province.content, [source(province, coming)], overwrite=True))
    lines = [line.split(".yaml", 1)[1] for line in written.getvalue().splitlines()]
    assert lines == [
        ': decision: thêm: "1/QĐ"',
        ':5: performed_by: "Cấp tỉnh" → "Cấp bộ"',
        ':15: results: đã thay "Thẻ của tôi" của người biên tập bằng "Thẻ nhựa"',
    ]


def test_a_long_change_is_shortened_to_what_differs(province: SmallProvince) -> None:
    long = "Nộp đơn ở quầy số một, đợi gọi tên, " * 20
    carry_out(plan_import(province.content, [source(province, {**RECORD, "trinh_tu_thuc_hien": f"{long} rồi về."})]))
    coming = source(province, {**RECORD, "trinh_tu_thuc_hien": f"{long} rồi nhận thẻ."})
    [change] = plan_import(province.content, [coming]).taken[0].changes
    assert change.old == "…i gọi tên, rồi về."
    assert change.new == "…i gọi tên, rồi nhận thẻ."


def test_every_option_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    commands = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    kinds = next(a for a in commands.choices["import"]._actions if isinstance(a, argparse._SubParsersAction))
    options = {option for action in kinds.choices["procedures"]._actions for option in action.option_strings}
    rows = [line for line in text.splitlines() if line.startswith("| `--")]
    documented = {option for option in options if any(f"`{option}" in row and "import" in row for row in rows)}
    assert options - documented == {"-h", "--help"}
    assert "`portal import procedures FILE...`" in text


def test_every_kind_of_doubt_is_documented() -> None:
    text = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    assert [name for name in DOUBT_NAMES.values() if f"| {name} |" not in text] == []
