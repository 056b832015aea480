"""Lines that are numbered as laws are stand on lines of their own; numbers of a sentence do not break it."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.articles.rendering import Texts

COUNTS = [
    ["1.1. ", "1.2. ", "1.3. "], ["1.1 ", "1.2 ", "1.3 "], ["1.9. ", "1.10. ", "1.11. "],
    ["2.1.1 ", "2.1.2 ", "2.2.1 "],
    ["1.1) ", "1.2) ", "1.3) "], ["1.1.", "1.2.", "2.1."], ["a) ", "b) ", "c) "], ["c) ", "d) ", "đ) "],
    ["đ) ", "e) ", "g) "],
    ["e) ", "f) ", "g) "], ["a. ", "b. ", "c. "], ["A. ", "B. ", "C. "], ["h) ", "i) ", "k) "],
    ["i) ", "ii) ", "iii) "],
    ["(1) ", "(2) ", "(3) "], ["(a) ", "(b) ", "(c) "], ["(i) ", "(ii) ", "(iii) "], ["I. ", "II. ", "III. "],
    ["IX. ", "X. ", "XI. "], ["Điều 5. ", "Điều 6. ", "Điều 7. "], ["Khoản 2. ", "Khoản 3. ", "Khoản 4. "],
    ["Bước 1: ", "Bước 2: ", "Bước 3: "], ["**Điều 5.** ", "**Điều 6.** ", "**Điều 7.** "], ["a)", "b)", "c)"],
]  # fmt: skip
WORDS = ["Hồ sơ", "Lệ phí", "Thời hạn giải quyết"]


def shown_lines(html: str) -> list[str]:
    for tag in ("<p>", "</p>", "<strong>", "</strong>", "<ul>", "</ul>", "<ol>", "</ol>", "</li>", "<blockquote>",
                "</blockquote>"):  # fmt: skip
        html = html.replace(tag, "")
    return [line.strip() for line in html.replace("\n", " ").replace("<li>", "<br>").split("<br>") if line.strip()]


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: str(count[0]))
@pytest.mark.parametrize("before", ["", "Gồm:\n", "Trước.\n", "Trước.\n\n", "- ", "> "])
def test_line_of_an_enumeration_is_a_line_of_its_own(texts: Texts, count: list[str], before: str) -> None:
    lead = {"- ": "  ", "> ": "> "}.get(before, "")
    body = before + f"\n{lead}".join(number + words for number, words in zip(count, WORDS, strict=True))
    found = texts.render(body)
    lines = shown_lines(found.html)
    own = [number.replace("*", "") + words for number, words in zip(count, WORDS, strict=True)]
    assert lines[-2:] == own[-2:]
    assert lines[-3].endswith(own[0])
    if before != "Trước.\n\n":  # where a paragraph of its own begins, the reader keeps its end
        assert lines[-3] == own[0]
    assert (found.problems, found.advice) == ([], [])


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("1. Một\n1.1. Hai\n1.2. Ba\n2. Bốn", ["Một", "1.1. Hai", "1.2. Ba", "Bốn"]),
        ("1. Một\n   1.1 Hai\n   1.2 Ba\n2. Bốn", ["Một", "1.1 Hai", "1.2 Ba", "Bốn"]),
        ("1.1. Một\n1.2. Hai\n2. Ba\n2.1. Bốn", ["1.1. Một", "1.2. Hai", "2. Ba", "2.1. Bốn"]),
        ("1. Một\na) Hai\nb) Ba\n2. Bốn\na) Năm", ["Một", "a) Hai", "b) Ba", "Bốn", "a) Năm"]),
        ("1.1 Hồ sơ gồm\ngiấy tờ\n1.2 Lệ phí", ["1.1 Hồ sơ gồm giấy tờ", "1.2 Lệ phí"]),
        ("Chương I. A\nĐiều 1. B\nĐiều 2. C\nChương II. D", ["Chương I. A", "Điều 1. B", "Điều 2. C", "Chương II. D"]),
        ("Hồ sơ gồm\na) Đơn\nb) Giấy", ["Hồ sơ gồm", "a) Đơn", "b) Giấy"]),
    ],
)
def test_enumeration_within_another_is_shown_as_written(texts: Texts, body: str, lines: list[str]) -> None:
    found = texts.render(body)
    if body.startswith("1. Một\na)"):
        assert shown_lines(found.html)[:5] == lines
    else:
        assert shown_lines(found.html) == lines
    assert (found.problems, found.advice) == ([], [])


@pytest.mark.parametrize(
    "body",
    [
        "Thu ngân sách đạt\n1.1 triệu đồng, tăng\n1.2 lần so với năm trước", "Tổng vốn\n5.2 tỷ đồng",
        "Nghỉ lễ\n2.9 đến\n3.9 năm nay",
        "Theo điểm\na) khoản 1 Điều này", "Thu được\n12.5 tấn\n12.6 tấn",
        "Ông Nguyễn Văn\nA. và bà Trần Thị\nB. cùng đi",
        "Tại\nĐiều 5. nói rõ", "Trong\n1.1. và\n1.2. cùng",
    ],
)  # fmt: skip
def test_number_of_a_sentence_does_not_break_it(texts: Texts, body: str) -> None:
    assert "<br>" not in texts.html(body)


def test_code_and_tables_stay_as_they_are(texts: Texts) -> None:
    assert "<br>" not in texts.html("```\n1.1 A\n1.2 B\n```\n\n| 1.1 A |\n| --- |\n| 1.2 B |\n| 1.3 C |")


@given(st.lists(st.tuples(st.sampled_from([number for count in COUNTS for number in count]), st.sampled_from(
    [*WORDS, "và", "5", ""])), max_size=12))  # fmt: skip
def test_nothing_is_added_or_taken_away(texts: Texts, numbered: list[tuple[str, str]]) -> None:
    body = "Trước:\n" + "\n".join(number + words for number, words in numbered)
    shown = unescape(texts.html(body)).replace("<br>", "")
    for number, words in numbered:
        assert words in shown
        assert number.strip(" *") in shown
