"""Each word of a text is on its page, or what is told names its line: for any text, by readers of their own."""

from __future__ import annotations

import pytest
from hypothesis import Phase, example, given, settings

from plugins.articles.completeness import tell_lost_elements, tell_what_is_missing, visible_text, words
from plugins.articles.remarks import Remarks
from tests.articles.made_up import SYLLABLES
from tests.articles.made_up import texts as made_up_texts
from tests.articles.rendering import FIRST_LINE, Texts, is_shown, shown_words, words_of
from tests.portal.contents import ARTICLE
from tests.provinces import SmallProvince

SYLLABLE = frozenset(SYLLABLES)


def lost(texts: Texts, body: str) -> list[tuple[int, str]]:
    """Words that are neither on the page nor on a line of which something is told."""
    found = texts.render(body)
    shown = frozenset(shown_words(found.html))
    told = {(remark.line or 0) - FIRST_LINE for remark in [*found.problems, *found.advice]}
    return [
        (number, word)
        for number, line in enumerate(body.split("\n"))
        for word in words_of(line)
        if word in SYLLABLE and number not in told and not is_shown(word, line, found.html, shown)
    ]


@settings(max_examples=400)
@given(made_up_texts)
@example("<style\nc='' t=''>ác</style>")
@example("g<script>  \nác</script>")
@example("[a]:\nác")
@example("| a | b |\n|---|---|\n| 1 | 2 | ác |")
@example("<table><tr><td>ác<!-- ải")
@example("``` ác ải\n")
@example("1. ác\n\n    <div>ải\n")
@example("[^1]: ác\n\n    ải\n")
@example('![ác](x "ải") [ấm][ận]')
@example('[\n]("bác")')
@example('[á\n](\n"bác")')
def test_no_word_of_any_text_is_lost_in_silence(texts: Texts, body: str) -> None:
    assert lost(texts, body) == []


@settings(max_examples=200)
@given(made_up_texts)
def test_what_is_told_stands_on_a_line_of_the_text(texts: Texts, body: str) -> None:
    found = texts.render(body)
    lines = {remark.line for remark in [*found.problems, *found.advice]}
    assert lines <= set(range(FIRST_LINE, FIRST_LINE + body.count("\n") + 1))
    assert all(remark.hint for remark in [*found.problems, *found.advice])


@settings(max_examples=200)
@given(made_up_texts)
def test_same_text_is_rendered_the_same_whatever_came_before(texts: Texts, body: str) -> None:
    first = texts.render(body)
    assert texts.render(body) == first


def _missing(
    body: str, html: str, uncounted: tuple[str, ...] = (), added: tuple[str, ...] = ()
) -> list[tuple[int, str]]:
    remarks = Remarks("x.md", 1)
    tell_what_is_missing(body, html, uncounted, added, remarks)
    return [(problem.line or 0, str(problem.message.params["words"])) for problem in remarks.problems]


@pytest.mark.parametrize(
    ("body", "html", "expected"),
    [
        ("một hai", "<p>một hai</p>", []),
        ("Một HAI", "<p>một <b>hai</b></p>", []),
        ("một\nhai ba", "<p>một</p>", [(2, "hai ba")]),
        ("một hai bốn\n\nhai ba", "<p>một hai bốn</p>\n<p>ba</p>", [(3, "hai")]),
        ("hai ba\n\nmột hai", "<p>hai ba</p>\n<p>một</p>", [(3, "hai")]),
        ("a &lt; b &nbsp;c", "<p>a &lt; b &nbsp;c</p>", []),
        ("`&nbsp;` d", "<p><code>&amp;nbsp;</code> d</p>", []),
        ("ảnh", '<p><img alt="ảnh" src="x"></p>', []),
        ("tên", '<p><a href="x" title="tên">x</a></p>', [(1, "tên")]),
        ("p em td", "<table><tr><td><p><em></em></p></td></tr></table>", [(1, "p em td")]),
        ('<"một>" hai', '<p><img alt="&lt;&quot;một&gt;&quot;" src="a>b"> hai</p>', []),
    ],
)
def test_net_compares_words_that_went_in_with_those_that_came_out(
    body: str, html: str, expected: list[tuple[int, str]]
) -> None:
    assert _missing(body, html) == expected


def test_net_counts_what_was_accounted_for_and_what_was_added() -> None:
    assert _missing("[một](hai)", "<p>một</p>", uncounted=("hai",)) == []
    assert _missing("một[^hai] 1", "<p>một<sup>1</sup></p>", uncounted=("hai",), added=("1",)) == [(1, "1")]


def test_page_says_what_its_html_says() -> None:
    assert words(visible_text('<p title="không">Một<img alt="hai &amp; ba" src="x">4<b>5</b></p>')) == [
        "một", "hai", "ba", "4", "5",
    ]  # fmt: skip


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(body=made_up_texts)
@example("# ác\n\n- ải\n- <b>ấm</b>\n\n<ận> `ẳng` | ắt\n\n~~ẫu~~ <!-- ệch -->\n")
def test_words_reach_the_built_page_or_the_report(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    """The whole chain: read, compiled by Pelican, written, linked."""
    province = SmallProvince.of(tmp_path_factory.mktemp("chain"))
    file = "agencies/so-y-te/news/2019/thu.md"
    province.write(file, f"{ARTICLE}{body}")

    report = province.build("so-y-te")

    problems = [problem for problem in report.problems if problem.path.endswith(file)]
    told = {advice.line for entry in report.sites for advice in entry.advice if advice.path.endswith(file)}
    shown = province.shows("so-y-te/tin-tuc/2019/thu")
    assert shown or problems
    assert all(problem.line for problem in problems)
    page = province.page("so-y-te/tin-tuc/2019/thu") if shown else ""
    words_shown = frozenset(shown_words(page)) if shown else SYLLABLE
    assert [
        word
        for number, line in enumerate(body.split("\n"), ARTICLE.count("\n") + 1)
        for word in words_of(line)
        if word in SYLLABLE and number not in told and not is_shown(word, line, page, words_shown)
    ] == []


ELEMENTS = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br "
    "button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu "
    "menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture "
    "plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select slot small source span "
    "strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt "
    "u ul var video wbr xmp"
).split()
"""All names of elements that HTML has or had."""


SENTENCES = (
    "Chọn thẻ <{}> rồi bấm.", "Chọn thẻ <{}>, rồi bấm.", "<{}> là thẻ đầu trang", "- Mục <{}> của trang",
    "Trước đó\nbấm <{}> rồi chọn", "Cuối là </{}> đúng không", "Thẻ <{}></{}> trống",
)  # fmt: skip
DO_WHAT_THEY_SAY = {
    "br": ("Chọn thẻ <{}>, rồi bấm.", "<{}> là thẻ đầu trang", "Thẻ <{}></{}> trống"),
    "hr": ("Chọn thẻ <{}>, rồi bấm.", "<{}> là thẻ đầu trang"),
    "wbr": ("Chọn thẻ <{}>, rồi bấm.", "<{}> là thẻ đầu trang"),
    **dict.fromkeys(("p", "li", "font"), ("Thẻ <{}></{}> trống",)),
}
"""Where an element may have been meant: a break, a free line, what Word leaves behind."""


@pytest.mark.parametrize("name", ELEMENTS)
def test_name_of_an_element_that_stands_as_a_word_is_shown_or_told_with_its_line(texts: Texts, name: str) -> None:
    for sentence in set(SENTENCES) - set(DO_WHAT_THEY_SAY.get(name, ())):
        for written in (name, name.upper()):
            body = sentence.replace("{}", written)
            found = texts.render(body)
            line = FIRST_LINE + body[: body.find("<")].count("\n")
            told = {remark.line for remark in [*found.problems, *found.advice]}
            shown = any(f"&lt;{tag}&gt;" in found.html for tag in (written, f"/{written}"))
            assert told | ({line} if shown else set()) == {line}, body


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Chọn thẻ <title> rồi bấm <link>", "<p>Chọn thẻ &lt;title&gt; rồi bấm &lt;link&gt;</p>"),
        ("<main> là **phần chính**", "<p>&lt;main&gt; là <strong>phần chính</strong></p>"),
        ("Kết thúc bằng </body>.", "<p>Kết thúc bằng &lt;/body&gt;.</p>"),
        ("<table><tr><td>Thẻ <meta></td></tr></table>",
         "<table><tbody><tr><td>Thẻ &lt;meta&gt;</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_element_that_would_only_disappear_is_the_text_that_it_is(texts: Texts, body: str, html: str) -> None:
    assert (texts.html(body), texts.problems(body), texts.advice(body)) == (html, [], [])


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ("Một\n<section>hai</section>", [(2, "<section> is left out")]),
        ("<html>\n<body>\nMột\n</body>\n</html>", [(1, "<html> is left out"), (2, "<body> is left out")]),
        ("<a>Một</a>", [(1, "<a> is left out")]),
        ("Một</b> hai", [(1, "</b> is left out")]),
        ("Một\n\nHai <b></b> ba", [(3, "<b> is empty and shows nothing")]),
        ("<div>\n<menu></menu>\n</div>", [(2, "<menu> is empty and shows nothing")]),
        ("<menu>Một", [(1, "<menu> is not closed")]),
        ("Chọn <br> rồi bấm", [(1, "<br> is shown as a break, not as a word")]),
        ("<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>", []),
        ("Số 2 <br> Vị Thanh<br>Hậu Giang", []),
        ('<a name="_Toc1"></a>Một <span lang=VI></span> <font color=red></font><o:p></o:p>', []),
        ("<p>Một<ul><li>hai</ul></p>", []),
    ],
)
def test_tag_that_has_no_effect_is_told(texts: Texts, body: str, advice: list[tuple[int, str]]) -> None:
    assert (texts.problems(body), texts.advice(body)) == ([], advice)


def test_net_compares_elements_that_went_in_with_those_that_came_out() -> None:
    remarks = Remarks("x.md", 1)
    elements = [("b", 0), ("td", 1), ("td", 2)]
    tell_lost_elements("<b>a</b><td>b</td><td>c</td>", "<b>a</b><td>b</td>c", elements, remarks)
    assert [(advice.line, advice.message.render()) for advice in remarks.told] == [(3, "<td> is left out")]
