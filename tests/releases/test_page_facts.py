"""A page is read at once where nothing is wrong with it, and tag by tag otherwise: both say the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.releases.page_facts import FileFacts, facts_of_file

PORTAL = "https://tinh-thu.example"
PATH = "so-y-te/tin-tuc/index.html"
COMMENT = "<!-- a comment says nothing, and is read tag by tag -->"
HEAD = '<html lang="vi"><head><title>Tin tức</title></head><body><h1>Tin tức</h1>'
PARTS = (
    '<a href="/so-y-te/">',
    '<a href="../lien-he/?q=1#gio">',
    '<a href="#muc">',
    '<a href="https://TINH-thu.example:443/don-vi/#so">',
    '<a href="https://khac.example/a">',
    '<a href="mailto:a@b.example">',
    '<a href="http://[">',
    "<a href='/mot/' id=hai>",
    "</a>",
    '<header class="masthead">',
    "</header>",
    "<main\n id='noi-dung'>",
    "</main>",
    '<nav id="trinh-don">',
    "</nav>",
    "<footer>",
    "</footer>",
    '<svg viewBox="0 0 1 1">',
    '<path d="M0 0"/>',
    "<title>Hình</title>",
    "<title></title>",
    "</svg>",
    '<p id="muc">',
    "</p>",
    "<br>",
    "<br/>",
    "<P>",
    "<h1>",
    "</h1>",
    '<img srcset="/a.webp 1x, /b.webp 2x" src="/a.png" alt="a > b">',
    '<meta name="robots" content="noindex">',
    '<meta property="og:url" content="https://tinh-thu.example/so-y-te/">',
    '<meta http-equiv="refresh" content="0; url=/moi/">',
    '<meta property="article:published_time" content="2019-03-01">',
    '<script type="application/ld+json">{"a":"b"}</script>',
    '<script>if (a < b) "</p>"</script>',
    "<style>a > b {}</style>",
    "<textarea>x",
    "</textarea >",
    " < ",
    '"',
    "chữ &amp; số ",
    "<!doctype html>",
)

NESTED = ("<nav>", "</nav>", "<p>", "</p>", "<b>", "</b>")


def facts(html: str) -> FileFacts:
    return facts_of_file(PATH, html.encode(), PORTAL)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(NESTED) | st.sampled_from(PARTS), max_size=14), st.integers(min_value=0, max_value=14))
def test_pages_read_at_once_say_what_they_say_tag_by_tag(parts: list[str], where: int) -> None:
    whole = "".join(parts)
    with_comment = "".join((*parts[:where], COMMENT, *parts[where:]))
    if "<textarea>" in parts or '"' in parts or " < " in parts:
        with_comment = f"{COMMENT}{whole}"  # a comment within these would be no comment

    assert facts(f"{HEAD}{whole}</body></html>") == facts(f"{COMMENT}{HEAD}{with_comment}</body></html>")


@pytest.mark.parametrize("piece", ["<header>", "<main>", "<footer>", "<nav>"])
def test_same_piece_is_judged_by_what_stands_around_it(piece: str) -> None:
    ended = piece.replace("<", "</")
    good = f"{HEAD}{piece}<p id='a'></p>{ended}</body></html>"
    left_open = f"{HEAD}{piece}<p id='a'></p></body></html>"
    twice = f"{HEAD}{piece}<p id='a'></p>{ended}{piece}<p id='a'></p>{ended}</body></html>"

    assert facts(good).faults == ()
    assert [fault.msgid for fault in facts(left_open).faults] == ["<{name}> is not closed (line {line})"]
    assert [fault.msgid for fault in facts(twice).faults] == ['the id "{name}" is there {times} times']
    assert facts(good).faults == ()
