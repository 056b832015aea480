"""Markdown as people type it and paste it from a word processor: what every other preview shows, or is told."""

from __future__ import annotations

from html import unescape

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
        ("\uf0a8 Một\n\uf0a8 Hai", UL),
        ("\uf0fcMột\n\ue123\u00a0Hai", UL),
        ("Gồm:\n\uf8ff\tMột\n\uf06c\tHai", f"<p>Gồm:</p>\n{UL}"),
    ],
)  # fmt: skip
def test_list_or_heading_is_one(texts: Texts, body: str, html: str) -> None:
    assert texts.html(body) == html
    assert (texts.problems(body), texts.advice(body)) == ([], [])


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("* Một\n** Hai\n** Ba\n*** Bốn\n* Năm", "<Một<Hai><Ba<Bốn>>><Năm>"),
        ("- Một\n-- Hai\n--- Ba\n-- Bốn", "<Một<Hai<Ba>><Bốn>>"),
        ("+ Một\n++ Hai\n+ Ba", "<Một<Hai>><Ba>"),
        ("* Một\n*** Hai\n*** Ba\n** Bốn", "<Một<Hai><Ba><Bốn>>"),
        ("• Một\n**\u00a0Hai\n• Ba", "<Một<Hai>><Ba>"),
        ("  * Một\n  ** Hai", "<Một<Hai>>"),
        ("\t* Một\n\t** Hai", "<Một<Hai>>"),
        ("> * Một\n> ** Hai", "<blockquote><Một<Hai>></blockquote>"),
        ("* Một\n\n** Hai", "<<p>Một</p><Hai>>"),
        ("* Một\n** Hai **đậm** nhé", "<Một<Hai <strong>đậm</strong> nhé>>"),
        ("1. Một\n** Hai\n2. Ba", "<ol><li>Một<Hai></li><li>Ba</li></ol>"),
        ("10. Một\n** Hai", '<ol start="10"><li>Một<Hai></li></ol>'),
    ],
)
def test_entry_within_an_entry_as_wikis_have_it_is_one(texts: Texts, body: str, html: str) -> None:
    """In `html` each entry of a list stands between < and >."""
    assert (texts.problems(body), texts.advice(body)) == ([], [])
    shown = texts.html(body).replace("\n", "")
    for tag, short in (("</li></ul>", ">"), ("<ul><li>", "<"), ("</li><li>", "><")):
        if "<ol" not in html or tag != "</li><li>":
            shown = shown.replace(tag, short)
    assert shown == html


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("** Một\n** Hai", 1),
        ("* Một\n\nĐoạn.\n\n** Hai", 5),
        ("Chữ\n** Một", 2),
        ("** Một ** hai", 1),
        ("* A\n** B ** c", 2),
    ],
)
def test_stars_of_no_list_are_shown_and_told(texts: Texts, body: str, line: int) -> None:
    assert "** " in texts.html(body)
    assert [told for told, _ in texts.advice(body)] == [line]


@pytest.mark.parametrize(
    "path",
    [
        r"D:\_mau", r"C:\(cũ)\x", r"D:\mau\_moi_\x_", r"\\may-chu\chung\_mau", r"C:\Program Files\_x\#1",
        r"d:\~tam\-a\.b\!c\*.doc", r"Z:\[2019]\{a}\x", "D:\\", r"E:\Văn bản\(mới)\&amp",
        r"%APPDATA%\_x\(y)", r"%TEMP%\[1]", r"%ProgramFiles(x86)%\_x\*.doc", r"..\_mau\(cũ)", r"..\..\_a\*.doc*",
        r".\_a", r"~\_x", r"mau\_a\(b)", r"mau\x\_y", r"thu-muc\_moi\[1].doc", r"\_mau\(cũ)",
        r"D:\_mau\(cũ)\*tat_ca*\[1].docx", r"\\may-chu\chung\_mau\[2025]", r"D:\mau\*bao*cao*.doc", r"D:\a_b_\_c_\d",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Lưu ở {} nhé", "({})", "- {}", "## {}", "| A |\n| --- |\n| {} |", "{}\nHai"])
def test_path_of_windows_is_shown_as_typed(texts: Texts, path: str, around: str) -> None:
    found = texts.render(around.format(path))
    assert unescape(path.replace("&", "&amp;")) in unescape(found.html)
    assert (found.problems, found.advice) == ([], [])


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (r"a\_b\_c \*d\*", "a_b_c *d*"),
        (r"D:\\_mau", r"D:\_mau"),
        (r"Ổ D:\mau và \*sao\*", r"Ổ D:\mau và *sao*"),
        ("Ở C:\\mau nhé\\\nhai", "Ở C:\\mau nhé<br>\nhai"),
        (r"Tỷ lệ 1:\_ và http:\_x", "Tỷ lệ 1:_ và http:_x"),
        (r"`D:\_mau`", r"<code>D:\_mau</code>"),
        (r"`..\_a\(b)`", r"<code>..\_a\(b)</code>"),
        (r"\*không nghiêng\* \*nghiêng\* a\[1\] f\(x\)", "*không nghiêng* *nghiêng* a[1] f(x)"),
        (r"Còn nữa...\*x\*", "Còn nữa...*x*"),
        (r"Ở ..\mau và \*sao\*", r"Ở ..\mau và *sao*"),
        (r"**D:\_mau\(cũ)** và **E:\x**", r"<strong>D:\_mau\(cũ)</strong> và <strong>E:\x</strong>"),
        (r"_D:\_mau_ ~~..\_a~~", r"<em>D:\_mau</em> <s>..\_a</s>"),
        (r"Tại:\\may-chu\chung\_mau", r"Tại:\\may-chu\chung\_mau"),
        (r"[D:\_mau\[1].docx](https://x.example/) [mau\_a\(b)](https://x.example/)",
         r'<a href="https://x.example/" rel="noopener">D:\_mau\[1].docx</a> '
         r'<a href="https://x.example/" rel="noopener">mau\_a\(b)</a>'),
    ],
)  # fmt: skip
def test_backslash_elsewhere_keeps_the_sign_behind_it(texts: Texts, body: str, html: str) -> None:
    assert texts.html(body) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (r"mau\_cu", r"mau\_cu"),
        (r"Tệp mau\_a\_b.doc nhé", r"mau\_a\_b.doc"),
        (r"- x mau\(cu) y", r"mau\(cu)"),
        (r"| mau\[1].doc |", r"mau\[1].doc"),
        (r"a\_b và `a\_b`", r"a\_b"),
    ],
)
def test_backslash_of_which_nobody_can_know_is_told(texts: Texts, body: str, words: str) -> None:
    before = "| A |\n| --- |" if body.startswith("|") else "Trước.\n"
    assert texts.advice(f"{before}\n{body}\n") == [(3, f'the backslash in "{words}" is not shown')]


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
