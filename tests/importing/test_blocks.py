"""Single fields of a file exchanged: every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.importing.blocks import Blocks, NotInBlocks
from plugins.importing.merging import ORDER
from plugins.portal.yaml_source import parse_yaml
from plugins.portal.yaml_text import field_text
from tests.portal.test_yaml_text import texts

FILE = """\
# yaml-language-server: $schema=x
# Lời của người biên tập.
code: '1.000500'   # mã quốc gia
name: >-
  Cấp thẻ

field: thu-nghiem
# Về cấp thực hiện
performed_by:
- commune
- province
keywords: [thẻ,
  'làm # thẻ']
description: |
  Dòng một # không phải ghi chú

  Dòng hai

conditions:
  - Đủ tuổi
  # nhớ hỏi lại
# Hết tệp.
"""


def test_a_field_is_exchanged_and_all_else_stays() -> None:
    blocks = Blocks(FILE)
    blocks.put("performed_by", "performed_by:\n  - ministry\n")
    assert blocks.text(ORDER) == FILE.replace("performed_by:\n- commune\n- province\n", "performed_by:\n  - ministry\n")


def test_block_scalars_and_lists_in_brackets_are_exchanged_whole() -> None:
    blocks = Blocks(FILE)
    blocks.put("name", "name: Đổi thẻ\n")
    blocks.put("keywords", "keywords:\n  - thẻ\n")
    blocks.put("description", "description: Ngắn\n")
    assert blocks.text(ORDER) == (
        FILE.replace("name: >-\n  Cấp thẻ\n", "name: Đổi thẻ\n")
        .replace("keywords: [thẻ,\n  'làm # thẻ']\n", "keywords:\n  - thẻ\n")
        .replace(
            "description: |\n  Dòng một # không phải ghi chú\n\n  Dòng hai\n",
            "description: Ngắn\n",
        )
    )


def test_a_new_field_stands_where_the_model_has_it() -> None:
    blocks = Blocks(FILE)
    blocks.put("kind", "kind: other\n")
    blocks.put("decision", "decision:\n  number: 1/QĐ\n")
    blocks.put("review_by", "review_by: 2020-01-01\n")
    written = blocks.text(ORDER)
    assert list(dict(parse_yaml(written).value or {})) == [  # type: ignore[arg-type]  # it is a mapping
        "code",
        "name",
        "decision",
        "field",
        "kind",
        "performed_by",
        "keywords",
        "description",
        "conditions",
        "review_by",
    ]
    assert "field: thu-nghiem\nkind: other\n# Về cấp" in written
    assert written.endswith("  # nhớ hỏi lại\nreview_by: 2020-01-01\n# Hết tệp.\n")


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("code", True),
        ("name", False),
        ("performed_by", False),
        ("keywords", False),
        ("description", False),
        ("conditions", True),
    ],
)
def test_a_comment_within_a_field_is_told_from_text_that_looks_like_one(name: str, remark: bool) -> None:
    assert Blocks(FILE).has_remark(name) is remark


def test_fields_know_their_lines() -> None:
    blocks = Blocks(FILE)
    assert (blocks.line("code"), blocks.line("performed_by"), blocks.line("status")) == (3, 9, None)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_end_as_those_of_the_file_do(end: str) -> None:
    blocks = Blocks(FILE.replace("\n", end))
    blocks.put("performed_by", "performed_by:\n  - ministry\n")
    blocks.put("kind", "kind: other\n")
    written = blocks.text(ORDER)
    assert written.count("\n") == written.count(end)


def test_a_file_without_a_last_line_end_gets_one_only_where_something_follows() -> None:
    blocks = Blocks("code: '1.000500'\nname: Cấp thẻ")
    blocks.put("name", "name: Đổi thẻ\n")
    assert blocks.text(ORDER) == "code: '1.000500'\nname: Đổi thẻ"
    blocks.put("status", "status: abolished\n")
    assert blocks.text(ORDER) == "code: '1.000500'\nname: Đổi thẻ\nstatus: abolished\n"


@pytest.mark.parametrize("written", ["{code: a, name: b}\n", "- a\n", "a\n", "", "  code: a\n"])
def test_a_file_that_is_no_list_of_fields_on_lines_of_their_own_is_told(written: str) -> None:
    with pytest.raises(NotInBlocks):
        Blocks(written)


def test_a_byte_order_mark_stays_at_the_beginning() -> None:
    blocks = Blocks("\ufeffcode: '1.000500'\nname: Cấp thẻ\n")
    blocks.put("name", "name: Đổi thẻ\n")
    assert blocks.text(ORDER) == "\ufeffcode: '1.000500'\nname: Đổi thẻ\n"


@given(texts, texts, st.booleans())
def test_exchanging_changes_the_field_and_no_other(old: str, new: str, remark: bool) -> None:
    margin = "# ghi chú\n" if remark else ""
    first, last = field_text("name", old) + margin, margin + field_text("conditions", [old])
    before = first + field_text("description", old) + last
    blocks = Blocks(before)
    blocks.put("description", field_text("description", new))
    after = blocks.text(ORDER)
    assert parse_yaml(after).value == {"name": old, "description": new, "conditions": [old]}
    assert after.startswith(first)
    assert after.endswith(last)
