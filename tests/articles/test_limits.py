"""What is made of marks is refused in a moment with its line; what is text is never refused, however long."""

from __future__ import annotations

import threading
import time

import pytest

from tests.articles.rendering import Texts, words_of
from tests.processors import took_less
from tests.waiting import PATIENCE

pytestmark = pytest.mark.heavy

LIMIT = 2.0
"""Seconds of a processor of the usual speed that a text may take, by the issue that asks for it."""

SLOWER_THAN_PROSE = 15
"""How many times what prose of the same length takes a text of many small parts may take."""
SENTENCE = (
    "Trẻ **dưới 6 tuổi** đã [khai sinh](procedure:1.001193) thì _được_ khám miễn phí ở trạm y tế xã (mẫu `A-1`), "
)

MADE_OF_MARKS = [
    "[", "]", "[]", "![", "[a](", "[a](b)", "[[a]]", "[a][", "[a]", "[a\n",
    "*", "_", "*a ", "**a ", "*a_ ", "*a**", "a* ", "`a", "``a` ", "~~a ", "[^1]",
    "<", "<a ", "<b>", "</a>", "<a b=", "<a b='", "<!-- ", "<br>", "<?", "<http://a", "&amp;", "&a ", "\\", "\\[",
    ">", "> ", "- ", "1. ", "[^1]: ", "![| --- |", "![chữ thường dài ", "<div>\n", "<div>\n\n", "<ul><li>",
]  # fmt: skip
ORDINARY = [
    "<https://a.example/> ",
    "https://a.example/(",
    "http://a.example ",
    "http:",
    "://",
    "<td><b>",
    "a|b\n-|-\n",
    "- a\n",
    "-a\n",
    "##a\n",
    "#\n",
    "• a\n",
    "a\n: b\n",
    "'",
    "|",
]
"""Made of little but letters: all of it is shown."""
NESTED = {
    "lists in lists": "".join(f"{'  ' * depth}- a\n" for depth in range(300)),
    "quotations in quotations": "".join(f"{'> ' * depth}a\n" for depth in range(300)),
    "runs of backticks": " ".join("`" * length for length in range(1, 440)),
    "brackets around brackets": "[" * 20_000 + "]" * 20_000,
    "links around links": "[a](" * 10_000 + ")" * 10_000,
    "reference definitions": "".join(f"[a{number}]: /b/\n" for number in range(4_000)),
    "definitions of one label": "[a]: /b/\n" * 5_000,
    "footnote definitions": "".join(f"x[^{number}]\n\n[^{number}]: y\n\n" for number in range(2_500)),
    "footnotes of one label": "[^1]: x\n\n" * 5_000,
    "abbreviations": "".join(f"*[A{number}]: b\n" for number in range(3_000)) + "A1 A2 " * 1_000,
    "abbreviations of one word": "*[A]: b\n" * 5_000,
    "empty rows": "|a|b|\n|-|-|\n" + "|\n" * 50_000,
    "empty rows of many cells": "|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "| |\n" * 25_000,
    "elements in elements": "<div>" * 9_000,
}


@pytest.mark.parametrize("size", [40_000, 100_000])
@pytest.mark.parametrize("piece", MADE_OF_MARKS)
def test_text_of_marks_is_a_problem_with_its_line(texts: Texts, piece: str, size: int) -> None:
    body = "Đoạn đầu.\n\n" + piece * (size // len(piece))
    started = time.process_time()
    problems = texts.problems(body)
    assert took_less(time.process_time() - started, LIMIT)
    assert problems
    assert min(line for line, _ in problems) >= 3


@pytest.mark.parametrize("piece", ORDINARY)
def test_text_of_many_small_parts_is_taken_in_time(texts: Texts, piece: str) -> None:
    """As many letters of prose take a fifteenth of it at least, on a slow machine and on a fast one."""
    prose = (f"{SENTENCE * 4}\n\n" * 150)[:60_000]
    ratios = []
    for _ in range(3):  # a busy machine makes one of them slower than it is
        started = time.process_time()
        texts.render(prose)
        between = time.process_time()
        found = texts.render(piece * (60_000 // len(piece)))
        ratios.append((time.process_time() - between) / (between - started))
        if ratios[-1] < SLOWER_THAN_PROSE:
            break
    assert min(ratios) < SLOWER_THAN_PROSE
    assert found.problems == []


@pytest.mark.parametrize("body", NESTED.values(), ids=NESTED)
def test_deep_or_endless_construction_is_a_problem_with_its_line(texts: Texts, body: str) -> None:
    started = time.process_time()
    problems = texts.problems(f"Đoạn đầu.\n\n{body}")
    assert took_less(time.process_time() - started, LIMIT)
    assert problems
    assert min(line for line, _ in problems) >= 3


def test_remedy_is_said(texts: Texts) -> None:
    [problem] = texts.render("Đoạn đầu.\n\n" + "[" * 40_000).problems
    assert problem.render().endswith(
        ":6: more than 1000 marks such as [ * ` < in one paragraph (remove them, or split the paragraph)"
    )


def test_threads_get_the_same_answer(texts: Texts) -> None:
    """No signal and no clock is asked."""
    found = []
    thread = threading.Thread(target=lambda: found.extend(texts.problems("[" * 40_000)))
    thread.start()
    thread.join(PATIENCE)
    assert found == texts.problems("[" * 40_000)


@pytest.mark.parametrize(
    "body",
    [
        ("Trẻ em dưới sáu tuổi được khám bệnh miễn phí tại trạm y tế của xã nơi đang ở. " * 4 + "\n\n") * 3_000,
        "Trẻ em dưới sáu tuổi được khám bệnh miễn phí tại trạm y tế. " * 16_000,
        (SENTENCE * 4 + "\n\n") * 700,
        "- Một mục của danh sách dài\n" * 20_000,
        "| Xã | Số hồ sơ |\n| --- | ---: |\n" + "| Vị Thanh | 12 |\n" * 20_000,
        "<table>" + "<tr><td>Vị Thanh</td><td>12</td></tr>\n" * 10_000 + "</table>",
        "Chữ\n\n" + "".join(f"Điều {n}[^{n}].\n\n[^{n}]: Sửa đổi.\n\n" for n in range(900)),
        "Họ và tên: " + "." * 200 + "\n\n" + "_" * 200 + "\n\n" + "-" * 200 + "\n",
    ],
    ids=["prose", "one line", "marked prose", "list", "table", "table of HTML", "900 footnotes", "form"],
)  # fmt: skip
def test_long_ordinary_texts_are_taken(texts: Texts, body: str) -> None:
    found = texts.render(body)
    assert (found.problems, found.advice) == ([], [])
    assert len(found.html) > len(words_of(body))


@pytest.mark.parametrize("piece", [SENTENCE + "\n\n", "- a\n", "a|b\n-|-\n", "## Mục\n\n", "<p>a\n", "a\n: b\n\n"])
def test_time_grows_with_the_text_and_not_with_its_square(texts: Texts, piece: str) -> None:
    def seconds(size: int) -> float:
        body = piece * (size // len(piece))
        started = time.process_time()
        texts.render(body)
        return time.process_time() - started

    # Eight times the text in eight times the time; a square would be sixty-four.
    assert seconds(80_000) < 24 * min(seconds(10_000) for _ in range(3)) + 0.2
