"""What YAML takes for a remark is told where it may have been meant as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.yaml_comments import swallowed_comments
from plugins.portal.yaml_source import Loc, parse_yaml
from tests.portal.contents import AGENCY_RECORD, ContentFolder, said
from tests.provinces import ROOT


def found(written: str) -> list[tuple[Loc, int, str, bool]]:
    return [(c.loc, c.line, c.comment, c.meant) for c in swallowed_comments(written, parse_yaml(written))]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("title: Lịch tiêm #1\n", (("title",), 1, "#1", True)),
        ("a: b\ncolour: #106d6a\n", (("colour",), 2, "#106d6a", True)),
        ("a:\n  - Một\n  - Quyết định #5 năm\n", (("a", 1), 3, "#5 năm", True)),
        ("a: Một\n  hai #3 của\nb: c\n", (("a",), 2, "#3 của", True)),
        ("a: Một\n  #hai\nb: c\n", (("a",), 2, "#hai", True)),
        ("a: Một\t#hai\n", (("a",), 1, "#hai", True)),
        ("amount: 500 #000\n", (("amount",), 1, "#000", True)),
        ("a: [{b: Một}]\nc:\n  d: Hai #x\n", (("c", "d"), 3, "#x", True)),
        ("title: Phòng # 1\n", (("title",), 1, "# 1", False)),
        ("summary: Tiêm # thứ Hai\n", (("summary",), 1, "# thứ Hai", False)),
        ('title: "Kế hoạch" #5\n', (("title",), 1, "#5", False)),
        ("title: 'Hội nghị' # 5\n", (("title",), 1, "# 5", False)),
        ("address: '12' # hẻm 5\n", (("address",), 1, "# hẻm 5", False)),
        ("phone: 02933878888 # máy lẻ 12\n", (("phone",), 1, "# máy lẻ 12", False)),
    ],
)
def test_words_behind_a_number_sign_are_found(written: str, expected: tuple[Loc, int, str, bool]) -> None:
    assert found(written) == [expected]


@pytest.mark.parametrize(
    "written",
    [
        "amount: 50000 # đồng\n", "kind: department # Sở\n", "date: 2019-09-24 08:30 # sáng\n", "a: true # có\n",
        "a: 'Lịch #1'\n", "a: 'Một'\n  # hai\n", "a: >-\n  Lịch #1\n", "a: |\n  # Một\n",
        "# yaml-language-server: $schema=x\na: Một\n", "a: # ghi chú\n  b: 1\n", "a: Một\n#b: Hai\nc: Ba\n",
        "- a: Một\n  #b: Hai\n  c: Ba\n", "a:\n  - Một\n  #- Hai\n", "a: C# và F#\n", "a: https://x.example/#y\n",
        "a: [b, c] # d\n", "", "# một\n",
    ],
)  # fmt: skip
def test_remarks_and_quoted_texts_are_none(written: str) -> None:
    assert found(written) == []


def test_no_record_of_the_demonstration_has_any() -> None:
    files = [*(ROOT / "content").rglob("*.yaml")]
    assert len(files) > 100
    assert [path for path in files if found(path.read_text(encoding="utf-8"))] == []


def test_they_are_told_with_line_and_field(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write("agency.yaml", AGENCY_RECORD + "colour: #106d6a\n")
    content.write("pages/mot.md", "---\n# nháp\ntitle: Lịch tiêm #1\n---\n")
    content.write("pages/hai.md", "---\ntitle: Phòng khám # 1\n---\n")
    site = content.load()
    vietnamese = load_catalogue(MESSAGES, "vi").gettext
    told = "không được đọc: sau dấu cách, # mở đầu một ghi chú (nếu đó là nội dung thì đặt cả giá trị trong dấu nháy: "
    assert said(site.problems, vietnamese) == [
        f'agency.yaml:4: colour: "#106d6a" {told}colour: \'#106d6a\')',
        f'pages/mot.md:3: title: "#1" {told}title: \'Lịch tiêm #1\')',
    ]  # fmt: skip
    assert said(site.advice, vietnamese) == [f"pages/hai.md:2: title: \"# 1\" {told}title: 'Phòng khám # 1')"]
