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
        ("a) Đơn;\nc) Giấy;", [(2, "lines that are shown as one paragraph")]),
        *(
            (body, [(2, "lines that are shown as one paragraph")])
            for body in ("a/ Đơn\nb/ Ảnh", "1.1- Đơn\n1.2- Ảnh", "1.1: Đơn\n1.2: Ảnh", "Điều 5 Đơn\nĐiều 6 Ảnh")
        ),
        ("a) Một\n- Đơn\n- Ảnh\nb) Hai", [(4, "a numbered line behind a list is shown within its last entry")]),
        ("1.1 Một\n- Đơn\n1.2 Hai", [(3, "a numbered line behind a list is shown within its last entry")]),
        ("1.1. Đơn\n1.3. Ảnh", [(2, "lines that are shown as one paragraph")]),
        ("1.1 đơn\n1.2 ảnh", [(2, "lines that are shown as one paragraph")]),
        ("Theo điểm\na) khoản 1 và điểm\nb) khoản 2", [(3, "lines that are shown as one paragraph")]),
        ("Gồm:\n1.Đơn\n2.Ảnh", [(3, "lines that are shown as one paragraph")]),
        ("I. Mục đích\nIII. Yêu cầu", [(2, "lines that are shown as one paragraph")]),
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
    ("body", "lines"),
    [
        ("+----+----+\n| a | b |\n+====+====+\n| c | d |\n+----+----+\n\nSau.\n\n+---+\n| a |\n+---+", [1, 9]),
        ("Gồm:\n+----+\n| a  |\n+----+", [2]),
        ("+:--:+---+\n| a  | b |\n+----+---+", [1]),
        ("+-+-+\n|a|b|\n+-+-+", [1]),
        ("a | b\n---+---\n1 | 2", [2]),
        ("| a | b |\n|---+---|\n| 1 | 2 |", [2]),
        ("┌──┬──┐\n│a │b │\n└──┴──┘", [1]),
        ("Mã   Tên\n---- ----\n1    a", [2]),
        ("=====  ====\na      b\n=====  ====", [3]),
        ("> +---+---+\n> | a | b |\n> +---+---+", [1]),
        ("    +---+---+\n    | a | b |\n    +---+---+", [1]),
    ],
)
def test_table_that_is_drawn_is_told_once_with_its_line(texts: Texts, body: str, lines: list[int]) -> None:
    assert texts.problems(body) == []
    assert texts.advice(body) == [(line, "a table drawn with signs is no table") for line in lines]


@pytest.mark.parametrize(
    "piece",
    [
        "-",
        "+",
        "+-",
        "--+",
        " ",
        "─",
        "-- ==\n",
        "** ",
        "** a\n",
        "* a\n** b\n",
        "a:\\",
        "\\\\a\\",
        "\\_",
        "a\\_",
        "..\\",
        "%a%\\",
        "a) ",
        "a) x\n",
        "1.1. x\n",
        "(1) x\nđ) y\n",
    ],
)
def test_much_of_such_signs_is_looked_at_in_a_moment(texts: Texts, piece: str) -> None:
    assert texts.render(piece * (40_000 // len(piece))) is not None


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ("Chữ.\n\nNộp \uf0fc đủ", [(3, "U+F0FC"), ]),
        ("| a |\n| --- |\n| \uf0a8 |", [(3, "U+F0A8")]),
        ("Một &#61607; hai", [(1, "U+F0A7")]),
        ("Thông bаo và 𝐓in\n\n- сộng", [(1, "U+0430"), (1, "U+1D413"), (3, "U+0441")]),
        ("## Tіn mới", [(1, "U+0456")]),
    ],
)  # fmt: skip
def test_sign_that_is_not_what_it_looks_like_is_told_with_its_line(
    texts: Texts, body: str, advice: list[tuple[int, str]]
) -> None:
    told = texts.advice(body)
    assert [line for line, _ in told] == [line for line, _ in advice]
    assert all(code in message for (_, message), (_, code) in zip(told, advice, strict=True))


@pytest.mark.parametrize(
    "body",
    [
        f"{TABLE}| 1 | 2 | |\n| \\| | `\\|` |\n", "1. Một\n1. Hai\n1. Ba\n", "7. Một\n8. Hai\n", "0. Một\n1. Hai\n",
        "> Trích\n", "```python\nx\n```\n", "**Đậm**, *nghiêng* và ***cả hai***", "2 ** 3", "12.5 tấn\n13.2 tấn",
        "năm\n2019. Năm\n2020. Sau", "Điểm\n2. 5 và\n3. 6",
        "Một ✓\nHai ✓", "✓ Chỉ một dòng\ncó dấu", "A:\tmột dòng\ncó phím Tab",
        "2\\*3\\*4", "a\\[1\\] f\\(x\\) \\_x 1\\. `a\\_b`",
        "[a][b]\n\n[b]: /c/ 'tên'\n", "Chữ[^1] và[^1].\n\n[^1]: Một, xem[^2].\n[^2]: Hai.\n",
        "UB và UB\n\n*[UB]: Ủy ban\n", "Kính gửi: Sở\nÔng A nói", "Họ tên: ______\n\nNgày sinh: ____ Nơi sinh: ____",
        "Tên:____Ngày:____", "a | b", "{x} {{ y }} %s", "~~bỏ~~ ~5 km", "https://x.example/a_b_c?d=e&f=g#h",
        "Chữ\n\n---- ----\n\nChữ", "```\n+--+--+\n| a|b |\n```", f"{TABLE}| +--+ | --+-- |\n",
        "2 + 3 = 5\n+ 84 123", "Chữ\n-- Tác giả",
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


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ("Xem\n[](agency:so-y-te) nhé", [(2, "a link without a text is not seen")]),
        ("[ ](https://a.example)", [(1, "a link without a text is not seen")]),
        ("[\u00a0](https://a.example) và [&nbsp;](/x/)", [(1, "a link without a text is not seen")] * 2),
        ("[****](https://a.example)", []),
        ("[][a]\n\n[a]: https://a.example", [(1, "a link without a text is not seen")]),
        ('Một\nhai <a href="/gioi-thieu/"></a>', [(2, "a link without a text is not seen")]),
        ('<p>\n<a href="/gioi-thieu/"><span class=x> </span></a></p>', [(2, "a link without a text is not seen")]),
        ('<a name="x"></a>Chữ <a href="/x/"><b>x</b></a> [`x`](/x/) [**x**](/x/)', []),
        ('[![Ảnh]({static}/media/anh.png)](/x/) <a href="/x/"><img src="{static}/media/anh.png" alt="A"></a>', []),
        ('`<a href="/x/"></a>` và `[](/x/)`', []),
        ("Chữ.\n\n## \n\nChữ.", [(3, "a heading without a text")]),
        ("##\n\nChữ.", [(1, "a heading without a text")]),
        ("## Mục\n\nMục hai\n---", []),
        ("Chữ[^1].\n\n[^1]:\n\nHết.", [(3, 'the footnote "[^1]" says nothing')]),
        ("Chữ[^1].\n\n[^1]:\n\n    Ghi chú.", []),
    ],
)
def test_what_shows_nothing_is_told(texts: Texts, body: str, advice: list[tuple[int, str]]) -> None:
    assert (texts.advice(body), texts.problems(body)) == (advice, [])
