"""HTML in texts: kept in a safe form, shown as the text that it is, or told with its line."""

from __future__ import annotations

import pytest

from tests.articles.rendering import Texts


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Ghi <họ và tên>, gửi <Tên cơ quan>.", "<p>Ghi &lt;họ và tên&gt;, gửi &lt;Tên cơ quan&gt;.</p>"),
        ("<Họ tên> ghi đầu dòng", "<p>&lt;Họ tên&gt; ghi đầu dòng</p>"),
        ("<noi nhan>", "<p>&lt;noi nhan&gt;</p>"),
        ("Gửi <noi nhan>.", "<p>Gửi &lt;noi nhan&gt;.</p>"),
        ("Chỉ số <b và lớn hơn >c thì khám", "<p>Chỉ số &lt;b và lớn hơn &gt;c thì khám</p>"),
        ("Chỉ số <b va lon hon >c", "<p>Chỉ số &lt;b va lon hon &gt;c</p>"),
        ("Trẻ <6 tuổi, người >60", "<p>Trẻ &lt;6 tuổi, người &gt;60</p>"),
        ("a<b, c>d; 5 < 6 > 4", "<p>a&lt;b, c&gt;d; 5 &lt; 6 &gt; 4</p>"),
        ("<Ghi chú: xem>", "<p>&lt;Ghi chú: xem&gt;</p>"),
        ("<ghichu:xem>", "<p>&lt;ghichu:xem&gt;</p>"),
        ("Tỉ lệ <m:n> là 1.", "<p>Tỉ lệ &lt;m:n&gt; là 1.</p>"),
        ("<x:y> là tỉ lệ; <w:h> và <v:v>", "<p>&lt;x:y&gt; là tỉ lệ; &lt;w:h&gt; và &lt;v:v&gt;</p>"),
        ("Ghi <o:p>, <st1:a>, <m:r/n>.", "<p>Ghi &lt;o:p&gt;, &lt;st1:a&gt;, &lt;m:r/n&gt;.</p>"),
        ("<m:n>x</m:n> <st1:place>", "<p>&lt;m:n&gt;x&lt;/m:n&gt; &lt;st1:place&gt;</p>"),
        ("<b text> <p title lon>", "<p>&lt;b text&gt; &lt;p title lon&gt;</p>"),
        ("</họ> </noi>", "<p>&lt;/họ&gt; &lt;/noi&gt;</p>"),
        ("<![CDATA[ chữ ]]>", "<p>&lt;![CDATA[ chữ ]]&gt;</p>"),
        ("<!chú ý> <?", "<p>&lt;!chú ý&gt; &lt;?</p>"),
        ("&lt;b&gt;", "<p>&lt;b&gt;</p>"),
        ("\\<b>", "<p>&lt;b&gt;</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
    ],
)
def test_text_in_angle_brackets_is_text(texts: Texts, body: str, html: str) -> None:
    assert texts.html(body) == html
    assert (texts.problems(body), texts.advice(body)) == ([], [])


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<p><b>Đậm</b> <i>nghiêng</i> <u>gạch</u> <s>bỏ</s></p>",
         "<p><b>Đậm</b> <i>nghiêng</i> <u>gạch</u> <s>bỏ</s></p>"),
        ("m<sup>2</sup> H<sub>2</sub>O <small>nhỏ</small> <mark>x</mark>",
         "<p>m<sup>2</sup> H<sub>2</sub>O <small>nhỏ</small> <mark>x</mark></p>"),
        ("<strike>a</strike> <tt>b</tt> <acronym title='Ủy ban'>UB</acronym>",
         '<p><s>a</s> <code>b</code> <abbr title="Ủy ban">UB</abbr></p>'),
        ('<p class="MsoNormal" style="margin:0" align=left lang=VI><span lang=EN-US>Chữ</span><o:p></o:p></p>',
         "<p><span>Chữ</span></p>"),
        ('<span style="font-weight:bold">a</span> <span style=\'font-style: italic\'>b</span>',
         "<p><span><b>a</b></span> <span><i>b</i></span></p>"),
        ('<font color=red style="text-decoration:underline">a</font> <font size=2>b</font>', "<p><u>a</u> b</p>"),
        ("<h1>Mục</h1>", "<h2>Mục</h2>"),
        ("<center>Giữa</center>", "<div>Giữa</div>"),
        ('<ol start="3" type="a"><li value="5">x</li></ol>', '<ol start="3" type="a"><li value="5">x</li></ol>'),
        ("<ul><li>một<li>hai</ul>", "<ul><li>một</li><li>hai</li></ul>"),
        ("<p>một<p>hai", "<p>một</p><p>hai</p>"),
        ("một<br>hai<br/>ba", "<p>một<br>hai<br>ba</p>"),
        ("<details><summary>Xem</summary>Chữ</details>", "<details><summary>Xem</summary>Chữ</details>"),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>"),
        ("<!--[if gte mso 9]><xml>x</xml><![endif]-->Chữ", "<p>Chữ</p>"),
        ("<![if !supportLists]>Chữ<![endif]>", "<p>Chữ</p>"),
        ('Ở <st1:place w:st="on"><st1:City w:st="on">Vị Thanh</st1:City></st1:place>', "<p>Ở Vị Thanh</p>"),
        ("Hết<o:p/> <m:oMath><m:r>x</m:r></m:oMath>", "<p>Hết x</p>"),
        ('Hình<v:shape id="_x0000_i1025" o:spid="a"><v:imagedata src="x" o:title="y"/></v:shape>', "<p>Hình</p>"),
        ('<a href="/x/"title="y">x</a>', '<p><a href="/x/" title="y" rel="noopener">x</a></p>'),
        ('<a href="/x/" download>Tải mẫu</a>', '<p><a href="/x/" rel="noopener">Tải mẫu</a></p>'),
        ('<a download href=/x/?a=1>x</a>', '<p><a href="/x/?a=1" rel="noopener">x</a></p>'),
        ('<p align>Giữa</p> <abbr title>UB</abbr>', "<p>Giữa</p> <p><abbr title=\"\">UB</abbr></p>"),
        ("Xem <time datetime='2019-09-24'>hôm nay</time>", '<p>Xem <time datetime="2019-09-24">hôm nay</time></p>'),
        ('<a href="/don-vi/" target=_blank>x</a>', '<p><a href="/don-vi/" rel="noopener">x</a></p>'),
        ('<img src="{static}/media/anh.png" alt="Ảnh" width=3>', '<p><img alt="Ảnh" src="/so-y-te/media/anh.png"></p>'),
    ],
)  # fmt: skip
def test_html_of_word_is_kept_without_its_dress(texts: Texts, body: str, html: str) -> None:
    assert texts.html(body) == html
    assert (texts.problems(body), texts.advice(body)) == ([], [])


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<font color=red>T</font>hông báo", "<p>Thông báo</p>"),
        ("một<br/>hai</br>ba", "<p>một<br>hai<br>ba</p>"),
        ("một</p>hai<section>ba</section>", "<p>một hai ba</p>"),
        ("Hậu<o:p></o:p>Giang", "<p>HậuGiang</p>"),
        ("<p>Hậu<font size=2>Giang</font></p>", "<p>HậuGiang</p>"),
        ("<table><font size=2><tr><td>x</td></tr></font></table>", "<table><tbody><tr><td>x</td></tr></tbody></table>"),
    ],
)
def test_words_that_grow_together_where_a_tag_was_are_no_loss(texts: Texts, body: str, html: str) -> None:
    assert (texts.html(body), texts.problems(body)) == (html, [])


def test_merged_cells_stay_merged(texts: Texts) -> None:
    body = (
        "<table border=1>\n<caption>Số hồ sơ</caption>\n<colgroup><col span=2 width=10></colgroup>\n"
        '<tr><th rowspan="2" scope=col>Đơn vị</th><th colspan="2" style="text-align:center">Số</th></tr>\n'
        "<tr><th>Đúng<th>Trễ</tr>\n<tr><td colspan=1>A<td>10<td align=right>2\n</table>"
    )
    assert texts.html(body).replace("\n", "") == (
        '<table><caption>Số hồ sơ</caption><colgroup><col span="2"></colgroup><tbody>'
        '<tr><th rowspan="2" scope="col">Đơn vị</th><th align="center" colspan="2">Số</th></tr>'
        '<tr><th>Đúng</th><th>Trễ</th></tr><tr><td>A</td><td>10</td><td align="right">2</td></tr></tbody></table>'
    )
    assert (texts.problems(body), texts.advice(body)) == ([], [])


def test_table_within_whose_cells_markdown_stands(texts: Texts) -> None:
    html = texts.html("<table>\n<tr><td>\n\n- **một**\n- hai\n\n</td></tr>\n</table>\n\nSau.")
    assert "<td>" in html
    assert "<li><strong>một</strong></li>" in html
    assert html.endswith("</table>\n<p>Sau.</p>")


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ('Xem\n<a href="ftp://x/mau.doc">mẫu</a>', [(2, 'links such as "ftp://x/mau.doc" are not allowed')]),
        ('<a href="file:///C:/mau.doc">mẫu</a>', [(1, 'links such as "file:///C:/mau.doc" are not allowed')]),
        ('<a href="mau-don.docx">mẫu</a>', [(1, 'links such as "mau-don.docx" are not allowed')]),
        ('<p>\n<img src="data:image/png;base64,iVBO" alt="Sơ đồ">\n</p>', [(2, "pictures must be files of this site")]),
        ('<img src="file:///C:/a.jpg" alt="Ảnh">', [(1, "pictures must be files of this site")]),
        ('<img src="{static}/media/khong.png" alt="x">', [(1, 'there is no file "media/khong.png"')]),
        ("Chữ <img alt=x>", [(1, "<img> names no picture")]),
        ("<iframe src=https://x.example></iframe>", [(1, "<iframe> cannot be shown")]),
        ("a\n\n<video src=x.mp4></video>", [(3, "<video> cannot be shown")]),
        ("<form><input type=text value=x></form>", [(1, "<form> cannot be shown"), (1, "<input> cannot be shown")]),
        ("<svg viewBox='0 0 1 1'><text>Chữ</text></svg>", [(1, "<svg> cannot be shown")]),
        ("<!-- chưa đóng\n\nmột\nhai", [
            (1, "the comment <!-- is not closed: what follows would not be shown"),
            (3, 'these words would not be shown: "một"'), (4, 'these words would not be shown: "hai"'),
        ]),
        ("<script>\nmột", [
            (1, "<script> is not closed: what follows would not be shown"),
            (2, 'these words would not be shown: "một"'),
        ]),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_a_problem(texts: Texts, body: str, problems: list[tuple[int, str]]) -> None:
    assert texts.problems(body) == problems


@pytest.mark.parametrize("name", ["script", "style"])
def test_element_without_an_end_that_hides_what_follows_is_told_once(texts: Texts, name: str) -> None:
    body = f"Một <{name}> hai"

    assert (texts.problems(body), texts.advice(body)) == (
        [(1, f"<{name}> is not closed: what follows would not be shown")],
        [],
    )


@pytest.mark.parametrize("body", ["![]({static}/media/anh.png)", "![ ]({static}/media/anh.png)",
                                  "<img src='{static}/media/anh.png'>", "<img src='{static}/media/anh.png' alt>",
                                  "<img src={static}/media/anh.png alt>", "<img alt src='{static}/media/anh.png'/>",
                                  "<img src='{static}/media/anh.png' alt=''>",
                                  "![][a]\n\n[a]: {static}/media/anh.png"])  # fmt: skip
def test_picture_without_a_text_is_a_problem(texts: Texts, body: str) -> None:
    assert texts.problems(f"Trước.\n\n{body}") == [(3, "a picture without a text that stands for it")]


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ("Chữ <b>đậm\n\nnữa", [(1, "<b> is not closed")]),
        ("Chữ\n<i>nghiêng <u>gạch</i>", [(2, "<u> is not closed")]),
        ("<div>\n\nChữ", [(1, "<div> is not closed")]),
        ("<!-- nháp: xem lại\nsố liệu -->\nChữ", [
            (1, "a comment <!-- … --> is not shown"), (2, "a comment <!-- … --> is not shown"),
        ]),
        ("Chữ <!-- nháp --> nữa", [(1, "a comment <!-- … --> is not shown")]),
        ("<script>alert(1)</script>", [(1, "<script> is left out")]),
        ("<script>viết('chữ')</script>", [(1, "<script> is left out")]),
        ("<style>p {color: red}</style>Chữ", [(1, "<style> is left out")]),
        ("<!DOCTYPE html>", [(1, "<!DOCTYPE html> is left out")]),
        ("<p onclick='x()'>Chữ</p>", [(1, "the attribute onclick of <p> is left out")]),
        ("<table summary='Số liệu'><tr><td>x</td></tr></table>", [(1, "the attribute summary of <table> is left out")]),
        ("Một\n\n<p hidden>ghi chú</p>", [(3, "<p> hides its words, but everybody will read them")]),
        *(
            (f"<span style='{style}'>ghi chú</span>", [(1, "<span> hides its words, but everybody will read them")])
            for style in ("color:red; display:none", "mso-hide:all", "visibility: hidden")
        ),
        ("<font style='DISPLAY : NONE'>a</font>", [(1, "<font> hides its words, but everybody will read them")]),
        ("<q cite='x'>a</q>", [(1, "the attribute cite of <q> is left out")]),
        ("<table><tr><td colspan=0>x</td></tr></table>", [(1, 'colspan="0" of <td> is left out')]),
        ("<table><tr><td rowspan=65534>x</td></tr></table>", [(1, 'rowspan="65534" of <td> is left out')]),
        ("<td>x</td>", [(1, "<td> stands outside of <table>")]),
        ("<li>x", [(1, "<li> stands outside of <ul>")]),
        ("<div>\n**đậm** [x](/a/)\n</div>", [(1, "Markdown within HTML is shown as it is")]),
    ],
)  # fmt: skip
def test_what_may_not_be_meant_so_is_told(texts: Texts, body: str, advice: list[tuple[int, str]]) -> None:
    assert (texts.problems(body), texts.advice(body)) == ([], advice)


def test_element_that_is_not_closed_ends_with_its_paragraph(texts: Texts) -> None:
    assert texts.html("Chữ <b>đậm\n\nnữa") == "<p>Chữ <b>đậm</b></p>\n<p>nữa</p>"


def test_lines_within_a_block_of_html_are_those_of_the_file(texts: Texts) -> None:
    body = "Một.\n\n<table>\n<tr>\n<td><a href='x.doc'>a</a></td>\n<td\n  colspan=0>b</td>\n</tr>\n</table>\n\n<b>c"
    assert [line for line, _ in texts.problems(body)] == [5]
    assert [line for line, _ in texts.advice(body)] == [6, 11]
