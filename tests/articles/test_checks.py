"""What looks like something that Markdown does not make of it: told with its line."""

from __future__ import annotations

import pytest

from tests.articles.rendering import Texts

TABLE = "| A | B |\n| --- | --- |\n"


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        (f"{TABLE}| 1 | 2 | ba |\n", [(3, 'a row of 3 cells in a table of 2 columns: "ba" would not be shown')]),
        (f"{TABLE}| 1 | `a|b` |\n", [(3, 'a row of 3 cells in a table of 2 columns: "b`" would not be shown')]),
        (f"> {TABLE.replace(chr(10), chr(10) + '> ')}| 1 | 2 | ba | bốn |\n",
         [(3, 'a row of 4 cells in a table of 2 columns: "ba | bốn" would not be shown')]),
        ("Chữ.\n\n[^1]: Chú thích.\n", [(3, 'the footnote "[^1]" would not be shown')]),
        ("Chữ[^1].\n\n[^1]: Một.\n[^1]: Hai.\n", [(4, 'the footnote "[^1]" would not be shown')]),
        ("[Lưu ý]: mang-theo-giấy\n\nChữ", [(1, '"[lưu ý]: mang-theo-giấy" would not be shown')]),
        ("[Điện thoại]: 0293.3878888\n", [(1, '"[điện thoại]: 0293.3878888" would not be shown')]),
        ('Chữ\n\n[a]: /b/ "tên trang"\n', [(3, '"[a]: /b/" would not be shown')]),
        ("``` một thông báo\nx\n```\n", [(1, 'these words would not be shown: "một thông báo"')]),
        ("![Ảnh [x](chu-y.html)]({static}/media/anh.png)", [(1, 'these words would not be shown: "chu y html"')]),
    ],
)  # fmt: skip
def test_words_that_markdown_drops_are_a_problem(texts: Texts, body: str, problems: list[tuple[int, str]]) -> None:
    assert texts.problems(body) == problems


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        (f"{TABLE}| 1 |\n", [(3, "a row of 1 cells in a table of 2 columns")]),
        (f"{TABLE}| 1 | 2 |\nGhi chú\n", [(4, "a row of 1 cells in a table of 2 columns")]),
        ("Chữ\n\n| A | B |\n| 1 | 2 |\n", [(3, "lines with | that are no table")]),
        ("| A | B |\n| --- |\n| 1 | 2 |\n", [(1, "lines with | that are no table")]),
        ("1. Một\n2. Hai\n4. Bốn\n", [(3, "the number 4 of the list is shown as 3")]),
        ("3. Một\n3. Hai\n5. Ba\n", [(2, "the number 3 of the list is shown as 4")]),
        ("Trẻ\n>60 tuổi\n", [(2, "a line that begins with > is a quotation")]),
        ("```\nmột\n\nhai\n", [(1, "what begins with ``` is not closed: all that follows is shown as code")]),
        ("Chữ ** đậm ** nữa", [(1, "the marks ** are shown as they are")]),
        ("Một\n**Lưu ý:**mang theo", [(2, "the marks ** are shown as they are")]),
        ("Xem [mẫu] (https://x.example)", [(1, "a link is shown as it is written")]),
        ("Xem [mẫu](https://x.example/mau don)", [(1, "a link is shown as it is written")]),
        ("Chữ[^2]", [(1, 'no footnote "[^2]" is written')]),
        ("## Mục {#muc}", [(1, '"{#muc}" is shown as it is')]),
        ("Chữ\n{: .lon }", [(2, '"{: .lon }" is shown as it is')]),
        ("[a]: https://x.example/\n\nChữ", [(1, 'the address of "[a]" is used by no link')]),
        ("Chữ\n\n*[UB]: Ủy ban\n", [(3, 'the abbreviation "UB" is not in the text')]),
        ("UB\n\n*[UB]: Ủy ban\n*[UB]: Uỷ ban\n", [(4, 'the abbreviation "UB" is not in the text')]),
        ("a) Đơn;\nb) Giấy;\nc) Ảnh.", [(2, "lines that are shown as one paragraph")]),
        ("Gồm:\n1.Đơn\n2.Ảnh", [(3, "lines that are shown as one paragraph")]),
        ("I. Mục đích\nII. Yêu cầu", [(2, "lines that are shown as one paragraph")]),
        ("Điều kiện:\n2. Hai\n3. Ba", [(3, "lines that are shown as one paragraph")]),
        ("Gồm:\n✓ Đơn\n✓ Giấy", [(3, "lines that are shown as one paragraph")]),
        ("👉 Đơn\n✅ Giấy", [(2, "lines that are shown as one paragraph")]),
        ("Gồm:\n①Đơn\n②Giấy", [(3, "lines that are shown as one paragraph")]),
        ("Tên\tSố\nA\t1\nB\t2", [(1, "lines with tabs between cells that are no table")]),
        ("Số liệu:\nPhòng A\t\t10\nPhòng B\t2", [(2, "lines with tabs between cells that are no table")]),
        ("Cộng\n2*3*4 = 24", [(2, 'the signs * around "3" are not shown')]),
        ("Địa chỉ: số 2\nĐiện thoại: 0293\n", [(2, "lines that are shown as one paragraph")]),
    ],
)
def test_what_may_not_be_meant_so_is_advice(texts: Texts, body: str, advice: list[tuple[int, str]]) -> None:
    assert (texts.problems(body), texts.advice(body)) == ([], advice)


@pytest.mark.parametrize(
    "body",
    [
        f"{TABLE}| 1 | 2 | |\n| \\| | `\\|` |\n", "1. Một\n1. Hai\n1. Ba\n", "7. Một\n8. Hai\n", "0. Một\n1. Hai\n",
        "> Trích\n", "```python\nx\n```\n", "**Đậm**, *nghiêng* và ***cả hai***", "2 ** 3", "12.5 tấn\n13.2 tấn",
        "năm\n2019. Năm\n2020. Sau", "Điểm\n2. 5 và\n3. 6",
        "Một ✓\nHai ✓", "✓ Chỉ một dòng\ncó dấu", "A:\tmột dòng\ncó phím Tab",
        "2\\*3\\*4",
        "[a][b]\n\n[b]: /c/ 'tên'\n", "Chữ[^1] và[^1].\n\n[^1]: Một, xem[^2].\n[^2]: Hai.\n",
        "UB và UB\n\n*[UB]: Ủy ban\n", "Kính gửi: Sở\nÔng A nói", "Họ tên: ______\n\nNgày sinh: ____ Nơi sinh: ____",
        "Tên:____Ngày:____", "a | b", "{x} {{ y }} %s", "~~bỏ~~ ~5 km", "https://x.example/a_b_c?d=e&f=g#h",
        "<lienhe@x.example>", "Mã [ ] trống, [x] rồi", "C:\\Thư mục\\tệp",
    ],
)  # fmt: skip
def test_ordinary_texts_are_told_nothing(texts: Texts, body: str) -> None:
    assert (texts.problems(body), texts.advice(body)) == ([], [])


def test_lines_to_fill_in_are_no_emphasis(texts: Texts) -> None:
    assert texts.html("Tên:______Ngày:______ ****") == "<p>Tên:______Ngày:______ ****</p>"


@pytest.mark.parametrize("body", ["Ngày: __/__/____", "Số ___/BC-___", "__-__-____", "Số: __/QĐ-UBND"])
def test_blanks_of_forms_are_shown_as_typed(texts: Texts, body: str) -> None:
    assert texts.html(body) == f"<p>{body}</p>"


def test_a_text_of_one_mistake_is_not_ten_thousand_problems(texts: Texts) -> None:
    problems = texts.problems("[a](b.html)\n\n" * 3_000)
    assert 0 < len(problems) <= 51
    advice = texts.advice("Chữ ** đậm **\n\n" * 3_000)
    assert 0 < len(advice) <= 51
