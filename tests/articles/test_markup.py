"""Markdown that anybody may have written, as HTML that is safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.articles.links import HEADING_PREFIX, Rendered
from plugins.articles.markup import Renderer
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import Translate
from plugins.portal.sites import Site
from tests.portal.contents import ARTICLE, PAGE, SHOWN, ContentFolder

HERE = f"{SHOWN}/pages/trang.md"
FIRST_LINE = 4
"""Of the Markdown, behind the front matter of `PAGE`."""
NESTED = "{line}: nested deeper than 40 levels (flatten it)"
LESS = "remove them, or split the paragraph"
WRITE_TEXT = "write {filename}/ and the file as it lies in the site, such as {filename}/news/2019/its-name.md"
KINDS_OF_LINK = (
    "link to https://…, mailto:, tel:, procedure:code, agency:slug, /address/, {filename}/… or {static}/media/…"
)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> ContentFolder:
    content = ContentFolder.of(tmp_path_factory.mktemp("markup") / "content")
    content.write("media/mau/don.pdf", b"%PDF-1.4")
    content.write("media/anh.png", b"\x89PNG\r\n")
    content.write("news/2019/tin.md", ARTICLE)
    content.write("pages/trang.md", PAGE)
    return content


def rendered(content: ContentFolder, body: str, site_url: str = "", inside: str = "pages/trang.md") -> Rendered:
    """The text of a page (or of another file of the site) as HTML."""
    content.write(inside, (PAGE if inside.startswith("pages") else ARTICLE) + body)
    site: Site = content.load()
    assert site.problems == ()
    return Renderer(site, site_url).render(site.texts[inside])


def said(found: Rendered, translate: Translate = str) -> list[str]:
    return [problem.render(translate).replace(f"{HERE}:", "") for problem in found.problems]


def refers(found: Rendered) -> list[tuple[str, str, int | None]]:
    return [(reference.kind, reference.target, reference.line) for reference in found.references]


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Chữ **đậm**.", "<p>Chữ <strong>đậm</strong>.</p>"),
        ("# Mục Đầu", f'<h2 id="{HEADING_PREFIX}muc-dau">Mục Đầu</h2>'),
        ("###### Sâu", f'<h6 id="{HEADING_PREFIX}sau">Sâu</h6>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("Từ\n:   nghĩa", "<dl>\n<dt>Từ</dt>\n<dd>nghĩa</dd>\n</dl>"),
        ("UBND\n\n*[UBND]: Ủy ban", '<p><abbr title="Ủy ban">UBND</abbr></p>'),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_html(content: ContentFolder, body: str, html: str) -> None:
    assert rendered(content, body).html == html


def test_table_keeps_its_alignment_without_a_style(content: ContentFolder) -> None:
    html = rendered(content, "| A | B |\n| --- | --: |\n| 1 | 2 |").html
    assert '<td align="right">2</td>' in html
    assert "style" not in html


def test_footnotes_lead_there_and_back(content: ContentFolder) -> None:
    html = rendered(content, "Chữ[^1].\n\n[^1]: Chú thích.").html
    ids = set(re.findall(r'id="([^"]*)"', html))
    assert ids == {"fn:1", "fnref:1"}
    assert set(re.findall(r'href="#([^"]*)"', html)) == ids


@pytest.mark.parametrize("label", ["a.b", "chú thích", "số-1"])
def test_footnotes_of_any_label_lead_there_and_back(content: ContentFolder, label: str) -> None:
    html = rendered(content, f"Chữ[^{label}].\n\n[^{label}]: Chú thích.").html
    targets = set(re.findall(r'href="#([^"]*)"', html))
    assert len(targets) == 2
    assert targets == set(re.findall(r'id="([^"]*)"', html))
    assert not any(re.search(r"\s", target) for target in targets)  # no id may hold a blank


def test_headings_of_one_name_have_ids_of_their_own(content: ContentFolder) -> None:
    ids = re.findall(r'id="([^"]*)"', rendered(content, "# A\n\n# A\n\n# ???\n\n# 北京\n").html)
    assert len(set(ids)) == 4
    assert all(each.startswith(HEADING_PREFIX) for each in ids)


def test_one_renderer_serves_many_texts_without_mixing_them(content: ContentFolder) -> None:
    content.write("pages/trang.md", f"{PAGE}# A\n\n[a](agency:b)[^1]\n\n[^1]: x\n\n[x]: https://x.example\n")
    content.write("news/2019/tin.md", f"{ARTICLE}# A\n\n[a][x]\n")
    site = content.load()
    renderer = Renderer(site, "")
    first = renderer.render(site.texts["pages/trang.md"])
    second = renderer.render(site.texts["news/2019/tin.md"])
    assert first.html.count("muc-a") == 1
    assert second.html == '<h2 id="muc-a">A</h2>\n<p>[a][x]</p>'
    assert (len(first.references), second.references, second.problems) == (1, [], [])
    content.write("news/2019/tin.md", ARTICLE)


@pytest.mark.parametrize(
    ("target", "href", "reference"),
    [
        ("https://x.example/a?b=c&d#e", "https://x.example/a?b=c&amp;d#e", None),
        ("HTTP://x.example/", "HTTP://x.example/", None),
        ("mailto:a@x.example", "mailto:a@x.example", None),
        ("tel:+84%20293%203878%20888", "tel:+842933878888", None),
        ("#", "#", None),
        ("procedure:1.001193", "https://p.example/thu-tuc/1.001193/", ("procedure", "1.001193")),
        ("Procedure:1.001193", "https://p.example/thu-tuc/1.001193/", ("procedure", "1.001193")),
        ("agency:so-tu-phap", "https://p.example/so-tu-phap/", ("agency", "so-tu-phap")),
        ("agency:so-tu-phap/", "https://p.example/so-tu-phap/", ("agency", "so-tu-phap")),
        (
            "agency:so-tu-phap/tin-tuc/2019/a/#b",
            "https://p.example/so-tu-phap/tin-tuc/2019/a/#b",
            ("address", "so-tu-phap/tin-tuc/2019/a/"),
        ),
        ("/don-vi/?a=b#c", "https://p.example/don-vi/?a=b#c", ("address", "don-vi/")),
        ("/gi%E1%BB%9Bi/", "https://p.example/gi%E1%BB%9Bi/", ("address", "giới/")),
        ("/", "https://p.example/", None),
        ("{filename}/news/2019/tin.md", "https://p.example/so-y-te/tin-tuc/2019/tin/", None),
        (
            "{filename}../news/2019/tin.md#a",
            "https://p.example/so-y-te/tin-tuc/2019/tin/#a",
            ("address", "so-y-te/tin-tuc/2019/tin/"),
        ),
        ("{filename}./trang.md", "https://p.example/so-y-te/trang/", None),
        ("{static}/media/mau/don.pdf", "https://p.example/so-y-te/media/mau/don.pdf", None),
        ("{attach}../media/mau/don.pdf", "https://p.example/so-y-te/media/mau/don.pdf", None),
    ],
)
def test_link_is_resolved(content: ContentFolder, target: str, href: str, reference: tuple[str, str] | None) -> None:
    found = rendered(content, f"[chữ]({target})", "https://p.example")
    assert said(found) == []
    assert found.html == f'<p><a href="{href}" rel="noopener">chữ</a></p>'
    assert refers(found) == ([(*reference, FIRST_LINE)] if reference else [])


def test_picture_of_the_site_is_shown(content: ContentFolder) -> None:
    found = rendered(content, '![Ảnh "đẹp"]({static}/media/anh.png)')
    assert (said(found), found.html) == (
        [], '<p><img alt="Ảnh &quot;đẹp&quot;" src="/so-y-te/media/anh.png"></p>',
    )  # fmt: skip


def test_address_of_a_person_is_hidden_from_robots_and_no_problem(content: ContentFolder) -> None:
    found = rendered(content, "<lienhe@x.example>")
    assert said(found) == []
    assert 'href="mailto:lienhe@x.example"' in found.html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,x", "DATA:text/html;base64,x",
        "ftp://x.example", "&#106;avascript:alert(1)", "&#x6A;avascript&colon;alert(1)",
        "java&#09;script:alert(1)", "trang.html", "../so-tu-phap/", "{author}x", "{tag}x", "{index}", "?a=b",
    ],
)  # fmt: skip
def test_link_of_another_kind_is_reported_and_leads_nowhere(content: ContentFolder, target: str) -> None:
    found = rendered(content, f"[chữ]({target})")
    assert said(found) == [f'{FIRST_LINE}: links such as "{target}" are not allowed ({KINDS_OF_LINK})']
    assert found.html == '<p><a href="" rel="noopener">chữ</a></p>'


def test_link_by_reference_is_reported_where_its_address_stands(content: ContentFolder) -> None:
    found = rendered(content, "[a][x]\n\nChữ.\n\n[x]: javascript:alert(1)\n")
    assert said(found) == [f'{FIRST_LINE + 4}: links such as "javascript:alert(1)" are not allowed ({KINDS_OF_LINK})']


def test_forbidden_link_is_reported_in_vietnamese(content: ContentFolder) -> None:
    found = rendered(content, "[a](javascript:x)")
    assert said(found, load_catalogue(MESSAGES, "vi").gettext) == [
        f'{FIRST_LINE}: không được dùng liên kết như "javascript:x" '
        "(dùng https://…, mailto:, tel:, procedure:mã, agency:tên, /địa-chỉ/, {filename}/… hoặc {static}/media/…)"
    ]


@pytest.mark.parametrize("target", ["http://[x", "https://[::1", "//[x", "{filename}//[x", "{static}//[::1/a.pdf"])
def test_address_that_cannot_be_parsed_is_reported(content: ContentFolder, target: str) -> None:
    assert len(rendered(content, f"[a](<{target}>)").problems) == 1


@pytest.mark.parametrize(
    "target", ["https://evil.example/x", "data:image/png;base64,AAAA", "procedure:1.001193", "JAVASCRIPT:x"]
)
def test_picture_from_elsewhere_is_reported(content: ContentFolder, target: str) -> None:
    found = rendered(content, f"![a]({target})")
    assert said(found) == [
        f"{FIRST_LINE}: pictures must be files of this site "
        "(put the picture in media/ and write {static}/media/its-name)"
    ]
    assert found.html == '<p><img alt="a" src=""></p>'


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("procedure:1.1193", '"1.1193" is no procedure\'s code (such as procedure:1.001193)'),
        ("procedure:", '"" is no procedure\'s code (such as procedure:1.001193)'),
        ("procedure:1.001193#phi", '"1.001193#phi" is no procedure\'s code (write procedure:1.001193)'),
        ("agency:Sở Y tế", '"Sở Y tế" is no agency\'s name (write agency:so-y-te)'),
        ("agency:So-Y-Te", '"So-Y-Te" is no agency\'s name (write agency:so-y-te)'),
        ("agency:../evil", '".." is no agency\'s name (such as agency:so-y-te)'),
        ("agency://evil.example", '"" is no agency\'s name (such as agency:so-y-te)'),
        ("{filename}/news/2019/tinn.md", 'there is no file "news/2019/tinn.md" (did you mean "news/2019/tin.md"?)'),
        ("{filename}tin.md", 'there is no file "pages/tin.md" (did you mean "news/2019/tin.md"?)'),
        ("{filename}/media/mau/don.pdf", 'there is no file "media/mau/don.pdf" (write {static}/media/mau/don.pdf)'),
        ("{filename}/../../province/pages/x.md", f'there is no file "../../province/pages/x.md" ({WRITE_TEXT})'),
        ("{filename}", f'there is no file "pages" ({WRITE_TEXT})'),
        ("{static}/media/don.pdf", 'there is no file "media/don.pdf" (did you mean "media/mau/don.pdf"?)'),
        ("{static}/pages/trang.md", 'there is no file "pages/trang.md" (write {filename}/pages/trang.md)'),
        (
            "{static}/agency.yaml",
            'there is no file "agency.yaml" (put the file in media/ and write {static}/media/agency.yaml)',
        ),
        (
            "{attach}/media/khong.pdf",
            'there is no file "media/khong.pdf" (put the file in media/ and write {static}/media/khong.pdf)',
        ),
    ],
)
def test_link_that_leads_nowhere_is_reported(content: ContentFolder, target: str, expected: str) -> None:
    found = rendered(content, f"Chữ.\n\n[chữ](<{target}>)")
    assert said(found) == [f"{FIRST_LINE + 2}: {expected}"]
    assert found.html == '<p>Chữ.</p>\n<p><a href="" rel="noopener">chữ</a></p>'


def test_file_is_looked_for_from_where_the_text_lies(content: ContentFolder) -> None:
    found = rendered(content, "[a]({filename}tin.md) [b]({static}../../media/anh.png)", inside="news/2019/tin.md")
    assert said(found) == []
    content.write("news/2019/tin.md", ARTICLE)


def test_lines_of_links_are_those_of_the_file(content: ContentFolder) -> None:
    body = "Chữ.\n\n[a](procedure:1.000001)\n\n- [b](agency:b)\n- [c](/c/)\n\n```\n[d](agency:d)\n```\n"
    assert refers(rendered(content, body)) == [
        ("procedure", "1.000001", FIRST_LINE + 2),
        ("agency", "b", FIRST_LINE + 4),
        ("address", "c/", FIRST_LINE + 5),
    ]


def test_line_is_right_where_an_earlier_link_begins_the_same(content: ContentFolder) -> None:
    assert refers(rendered(content, "[a](/gioi-thieu/)\n\n[b](/gioi)\n")) == [
        ("address", "gioi-thieu/", FIRST_LINE),
        ("address", "gioi", FIRST_LINE + 2),
    ]


def test_line_is_right_where_the_text_names_the_target_before(content: ContentFolder) -> None:
    assert refers(rendered(content, "Viết agency:b như sau.\n\n[b](agency:b)\n")) == [("agency", "b", FIRST_LINE + 2)]


def test_one_mistake_made_twice_is_reported_twice(content: ContentFolder) -> None:
    found = rendered(content, "[a](agency:B)\n\n[a](agency:B)\n")
    assert [problem.line for problem in found.problems] == [FIRST_LINE, FIRST_LINE + 2]


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<script>alert(1)</script>chữ", "<p>chữ</p>"),
        ("<b onclick=alert(1)>chữ</b>", "<p><b>chữ</b></p>"),
        ('<p style="x" class="y" id="main">chữ</p>', "<p>chữ</p>"),
        ("<svg onload=alert(1)>chữ", "<p>chữ</p>"),
        ("<svg/onload=alert(1)>chữ", "<p>&lt;svg/onload=alert(1)&gt;chữ</p>"),
        ("<iframe src=https://evil.example></iframe>chữ", "<p>chữ</p>"),
        ("<form action=/x><input name=y></form>chữ", "<p>chữ</p>"),
        ("<style>p{}</style>chữ", "<p>chữ</p>"),
        ("<!-- ghi chú -->chữ", "<p>chữ</p>"),
        ("<base href=https://evil.example>chữ", "<p>chữ</p>"),
        ('<a href="javascript:alert(1)">chữ</a>', '<p><a rel="noopener">chữ</a></p>'),
        ('<a href=" java\tscript:alert(1)">chữ</a>', '<p><a rel="noopener">chữ</a></p>'),
        ('<a href="java\nscript:alert(1)">chữ</a>', '<p><a rel="noopener">chữ</a></p>'),
        ('<a href="java&#10;script&colon;alert(1)">chữ</a>', '<p><a rel="noopener">chữ</a></p>'),
        ('<a href="&#106;avascript:alert(1)">chữ</a>', '<p><a rel="noopener">chữ</a></p>'),
        ('<a href="data:text/html,x" target=_top>chữ</a>', '<p><a rel="noopener">chữ</a></p>'),
        (
            '<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
            '<p>&lt;mtext&gt;&lt;/mtext&gt;&lt;mglyph&gt;<img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></p>',
        ),
    ],
)
def test_raw_html_keeps_its_words_and_loses_what_could_harm(content: ContentFolder, body: str, html: str) -> None:
    found = rendered(content, body).html
    assert found.strip() == html
    assert not list(harm(found))


@pytest.mark.parametrize(
    "body",
    [
        '<a href="//evil.example/">chữ</a>',
        '<div><a href="//evil.example/">chữ</a></div>',
        '<a href="\\\\evil.example/">chữ</a>',
        '<img src="https://evil.example/x.png" alt="a">',
        '<img src="//evil.example/x.png" alt="a">',
    ],
)
def test_raw_html_is_held_to_the_same_rules_as_markdown(content: ContentFolder, body: str) -> None:
    """A link without a scheme to another host, and a picture from elsewhere, must not slip in as HTML."""
    found = rendered(content, body)
    assert "evil.example" not in found.html
    assert len(found.problems) == 1


def test_raw_link_of_ours_is_resolved_as_in_markdown(content: ContentFolder) -> None:
    found = rendered(content, 'Chữ.\n\n<a href="procedure:1.001193">chữ</a>')
    assert refers(found) == [("procedure", "1.001193", FIRST_LINE + 2)]
    assert 'href="/thu-tuc/1.001193/"' in found.html


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("/\\evil.example", None),
        ("/%5Cevil.example", "\\evil.example"),
        ("/\t/evil.example", None),
        ("/ /evil.example", " /evil.example"),
    ],
)
def test_address_that_browsers_could_take_for_another_host_is_refused_or_looked_for_in_the_portal(
    content: ContentFolder, target: str, address: str | None
) -> None:
    found = rendered(content, f"[a](<{target}>)")
    assert not re.search(r'href="[/\\][/\\]', found.html)
    assert len(found.problems) == (address is None)
    assert [(reference.kind, reference.target) for reference in found.references] == (
        [] if address is None else [("address", address)]
    )


class _Found(HTMLParser):
    """Every element with its attributes, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, attrs))


_SAFE = re.compile(r"(?:https?:|mailto:|tel:|#|/(?![/\\])|\{(?:filename|static|attach)\}|$)", re.IGNORECASE)
_OWN_IDS = re.compile(rf"{HEADING_PREFIX}.*|fn(?:ref)?\d*[:-].+", re.DOTALL)
_HARMFUL = {
    "script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "base", "meta", "link",
    "template", "noscript", "textarea", "select", "video", "audio", "frame", "frameset", "html", "head", "body",
}  # fmt: skip


def harm(html: str) -> Iterator[str]:
    """What in the HTML could run, dress up, or take a place of the page's own."""
    for tag, attributes in _Found(html).elements:
        if tag in _HARMFUL:
            yield tag
        for name, value in attributes:
            # As a browser does: blanks before it go, and breaks anywhere in it.
            squeezed = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value or "")
            if name.startswith("on") or name in ("style", "class", "srcset", "action", "formaction", "target", "name"):
                yield name
            elif name == "id" and not _OWN_IDS.fullmatch(squeezed):
                yield f"id={value}"
            elif name in ("href", "src") and re.match(r"(?:javascript|vbscript|data|file|blob):", squeezed, re.I):
                yield f"{name}={value}"


_FRAGMENTS = st.sampled_from(
    [
        "<script>", "</script>", "<SCRIPT SRC=//evil.example>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
        '<a href="javascript:alert(1)">', "<a href=data:text/html,x>", "</a>", "[a](javascript:alert(1))",
        "[a](JAVA\tSCRIPT:alert(1))", "![a](data:image/svg+xml,x)", "[a]: javascript:alert(1)\n", "[a][a]", "[a]",
        "<javascript:alert(1)>", "<p style=x id=main class=y>", '<h2 id="noi-dung">', "<style>", "</style>", "<!--",
        "-->", "<![CDATA[", "]]>", "<?php", "?>", "<math>", "<mtext>", "<table>", "<td>", "<noscript>",
        "<template>", "<textarea>", "<title>", "<iframe srcdoc='<script>'>",
        "<a id=muc-x name=y onclick=z>", "&lt;script&gt;", "&#60;script&#62;",
        "# a {onclick=x}\n", "```\n", "`", "**", "_", "\n", "\n\n", "    ", "\t", ">", "> ", "- ", "1. ",
        "|a|b|\n|-|-|\n", "[^1]", "[^1]: <script>\n", "*[a]: \"><script>\n",
        '"', "'", "=", "\\", "](", "](<", ")", "a", "b", "x\n:   y\n",
        "[TOC]\n", "wzxhzdk:0", "\u0002wzxhzdk:0\u0003", "klzzwxh:0000", "&colon;", "&Tab;", "\u2028",
        '<a href="', "<img alt='", "<div\n", "<br/", "</", "<a <b", "{: onclick=x id=main }",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_FRAGMENTS | st.text(max_size=3), max_size=14).map("".join))
@example("<scr<script>ipt>alert(1)</scr</script>ipt>")
@example('[a](<javascript:alert(1)> "t")')
@example('![a" onerror="alert(1)](x "b\' onload=c")')
@example("[a](https://x.example/\"onmouseover='alert(1)')")
def test_no_mixture_of_hostile_fragments_does_harm(content: ContentFolder, body: str) -> None:
    site = content.load()
    entry = site.texts["pages/trang.md"]
    found = Renderer(site, "").render(replace(entry, body=body))
    assert list(harm(found.html)) == []
    assert "<script" not in found.html.lower()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_target_of_any_link_is_safe_or_reported(content: ContentFolder, target: str) -> None:
    site = content.load()
    entry = site.texts["pages/trang.md"]
    found = Renderer(site, "").render(replace(entry, body=f"[a]: <{target}>\n\n[a]"))
    hrefs = [
        value or "" for _, attrs in _Found(found.html).elements for name, value in attrs if name in ("href", "src")
    ]
    assert all(_SAFE.match(href) for href in hrefs)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- " * 2_000 + "x", NESTED.format(line=FIRST_LINE)),
        ("\n".join("    " * level + "- x" for level in range(200)), NESTED.format(line=FIRST_LINE + 19)),
        (">" * 3_000 + "x", NESTED.format(line=FIRST_LINE)),
        ("*x " * 2_000, f"{FIRST_LINE}: more than 1000 marks such as [ * ` < in one paragraph ({LESS})"),
        ("<div>" * 5_000 + "x", NESTED.format(line=FIRST_LINE)),
        ("[" * 500 + "x" + "]" * 500, 1),
        ("\n\n".join(f"[^{n}]: x[^{n + 1}]" for n in range(300)) + "\n\nx[^0]", 301),
    ],
    ids=["lists in a line", "lists by indentation", "quotations", "emphasis", "elements", "brackets", "footnotes"],
)
def test_deep_nesting_is_rendered_with_all_its_words_or_reported(
    content: ContentFolder, body: str, expected: int | str
) -> None:
    rendering = rendered(content, body)
    text = re.sub(r"<[^>]*>", "", rendering.html)
    if isinstance(expected, str):
        assert said(rendering) == [expected]
    else:
        assert (said(rendering), text.count("x")) == ([], expected)


def test_site_folder_is_not_touched_by_rendering(content: ContentFolder) -> None:
    def state() -> list[tuple[Path, int]]:
        return [(path, path.stat().st_mtime_ns) for path in sorted(content.folder.rglob("*"))]

    site = content.load()
    before = state()
    Renderer(site, "").render(site.texts["pages/trang.md"])
    assert state() == before
