"""Markdown as people type it and paste it from a word processor: what every other preview shows, or is told."""

from __future__ import annotations

import pytest

from tests.articles.rendering import Texts

UL = "<ul>\n<li>Một</li>\n<li>Hai</li>\n</ul>"
OL = "<ol>\n<li>Một</li>\n<li>Hai</li>\n</ol>"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Gồm:\n- Một\n- Hai", f"<p>Gồm:</p>\n{UL}"),
        ("Gồm:\n* Một\n* Hai", f"<p>Gồm:</p>\n{UL}"),
        ("Gồm:\n1. Một\n2. Hai", f"<p>Gồm:</p>\n{OL}"),
        ("Gồm:\n\t- Một\n\t- Hai", f"<p>Gồm:</p>\n{UL}"),
        ("Gồm:\n    - Một\n    - Hai", f"<p>Gồm:</p>\n{UL}"),
        ("Gồm:\n\u00a0\u00a0- Một\n\u00a0\u00a0- Hai", f"<p>Gồm:</p>\n{UL}"),
        ("    - Một\n    - Hai", UL),
        ("-\u00a0Một\n-\u00a0Hai", UL),
        ("-\u3000Một\n-\u2003Hai", UL),
        ("1.\u00a0Một\n2.\u00a0\u00a0Hai", OL),
        ("1)\u202fMột\n2)\u202fHai", OL),
        ("#\u00a0Mục", '<h2 id="muc-muc">Mục</h2>'),
        ("###\u3000Mục", '<h3 id="muc-muc">Mục</h3>'),
        ("• Một\n• Hai", UL),
        ("•\tMột\n•\tHai", UL),
        ("•Một\n•Hai", UL),
        ("·\u00a0\u00a0Một\n·\u00a0\u00a0Hai", UL),
        ("\uf0b7\tMột\n\uf0b7\tHai", UL),
        ("▪ Một\n▪ Hai", UL),
        ("Gồm:\n• Một\n• Hai", f"<p>Gồm:</p>\n{UL}"),
        ("– Một\n– Hai", UL),
        ("Gồm:\n– Một\n– Hai", f"<p>Gồm:</p>\n{UL}"),
        ("—\tMột\n—\tHai", UL),
        ("-Một\n-Hai", UL),
        ("§ Một\n§ Hai", UL),
        ("o\tMột\no\tHai", UL),
        ("- Một\n  - Trong\n- Hai", "<ul>\n<li>Một\n<ul>\n<li>Trong</li>\n</ul>\n</li>\n<li>Hai</li>\n</ul>"),
        ("• Một\n  o Trong\n  o Nữa\n• Hai",
         "<ul>\n<li>Một\n<ul>\n<li>Trong</li>\n<li>Nữa</li>\n</ul>\n</li>\n<li>Hai</li>\n</ul>"),
        ("Gồm:\n\n    1. Một\n    2. Hai\n\nHết.", f"<p>Gồm:</p>\n{OL}\n<p>Hết.</p>"),
        ("\t- Một\n\t\t- Trong\n\t- Hai", "<ul>\n<li>Một\n<ul>\n<li>Trong</li>\n</ul>\n</li>\n<li>Hai</li>\n</ul>"),
        ("> • Một\n> • Hai", f"<blockquote>\n{UL}\n</blockquote>"),
    ],
)  # fmt: skip
def test_list_or_heading_is_one(texts: Texts, body: str, html: str) -> None:
    assert texts.html(body) == html
    assert (texts.problems(body), texts.advice(body)) == ([], [])


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Cầu xây từ năm\n1990. Sau đó", "<p>Cầu xây từ năm\n1990. Sau đó</p>"),
        ("Tuyến Cần Thơ\n– Cà Mau dài", "<p>Tuyến Cần Thơ\n– Cà Mau dài</p>"),
        ("– Ông A nói.", "<p>– Ông A nói.</p>"),
        ("Từ Cần Thơ\n-Hậu Giang", "<p>Từ Cần Thơ\n-Hậu Giang</p>"),
        ("-5 độ\n-3 độ", "<p>-5 độ\n-3 độ</p>"),
        ("o mèo", "<p>o mèo</p>"),
        ("Ghi vào\no mục 1", "<p>Ghi vào\no mục 1</p>"),
        ("§1 Phạm vi", "<p>§1 Phạm vi</p>"),
        ("a • b", "<p>a • b</p>"),
        ("**Một** - hai", "<p><strong>Một</strong> - hai</p>"),
        ("5 * 3 * 2 = 30", "<p>5 * 3 * 2 = 30</p>"),
    ],
)
def test_signs_in_prose_stay_signs(texts: Texts, body: str, html: str) -> None:
    assert texts.html(body) == html
    assert (texts.problems(body), texts.advice(body)) == ([], [])


@pytest.mark.parametrize("indent", ["    ", "\t", "\t\t", "\u00a0" * 4, "\u3000\u3000", "  \u00a0\t"])
def test_indented_line_is_a_paragraph(texts: Texts, indent: str) -> None:
    body = f"Trước.\n\n{indent}Sáng 24/9, **họp** về [khai sinh](procedure:1.001193).\n{indent}Dòng hai."
    link = '<a href="/thu-tuc/1.001193/" rel="noopener">khai sinh</a>'
    assert texts.html(body) == (f"<p>Trước.</p>\n<p>Sáng 24/9, <strong>họp</strong> về {link}.\nDòng hai.</p>")


@pytest.mark.parametrize("fence", ["```", "~~~~", "```text"])
def test_code_between_fences_stays_as_it_is(texts: Texts, fence: str) -> None:
    code = "• Một\n\u00a0\u00a0– hai\n#ba\n    o bốn"
    body = f"{fence}\n{code}\n{fence.rstrip('tex')}\n\n• Hết"
    html = f"<pre><code>{code}\n</code></pre>\n<ul>\n<li>Hết</li>\n</ul>"
    assert texts.html(body) == html.replace("\u00a0", "&nbsp;")


def test_lines_that_word_breaks_stay_lines(texts: Texts) -> None:
    assert texts.html("Số 2, đường Hòa Bình  \nVị Thanh\\\nHậu Giang") == (
        "<p>Số 2, đường Hòa Bình<br>\nVị Thanh<br>\nHậu Giang</p>"
    )


@pytest.mark.parametrize(
    ("body", "html", "advice"),
    [
        ("##Mục một", '<h2 id="muc-muc-mot">Mục một</h2>', "a heading without a blank after the #"),
        ("#Giới thiệu", '<h2 id="muc-gioi-thieu">Giới thiệu</h2>', "a heading without a blank after the #"),
        ("#HậuGiang", "<p>#HậuGiang</p>", "a line that begins with # without a blank is no heading"),
        ("#Hậu #Giang", "<p>#Hậu #Giang</p>", "a line that begins with # without a blank is no heading"),
        ("#1 của tỉnh", "<p>#1 của tỉnh</p>", "a line that begins with # without a blank is no heading"),
    ],
)  # fmt: skip
def test_heading_without_a_blank_is_told(texts: Texts, body: str, html: str, advice: str) -> None:
    assert texts.html(f"Trước.\n\n{body}") == f"<p>Trước.</p>\n{html}"
    assert texts.advice(f"Trước.\n\n{body}") == [(3, advice)]


def test_lines_keep_their_numbers(texts: Texts) -> None:
    """Whatever is put otherwise before it is parsed, what is told stands on the line of the file."""
    body = "•\u00a0Một\n\n\u00a0\u00a0\u00a0Hai\n– Ba\n– Bốn [x](ftp://y)\n#Năm\n"
    assert [line for line, _ in texts.problems(body)] == [5]
    assert [line for line, _ in texts.advice(body)] == [6]
