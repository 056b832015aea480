"""Places of articles and clauses in the text of a document."""

from __future__ import annotations

import pytest

from plugins.documents.anchors import with_anchors


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ('<h2 id="muc-dieu-5">Điều 5. A</h2>', '<h2 id="muc-dieu-5"><span id="dieu-5"></span>Điều 5. A</h2>'),
        ("<p><strong>Điều 12a.</strong> B</p>", '<p><span id="dieu-12a"></span><strong>Điều 12a.</strong> B</p>'),
        ("<p>Theo Điều 5.</p>", "<p>Theo Điều 5.</p>"),
        ("<p>Điều kiện 5</p>", "<p>Điều kiện 5</p>"),
        ("<ol><li>A</li></ol>", "<ol><li>A</li></ol>"),
    ],
)
def test_article_is_what_begins_so(html: str, written: str) -> None:
    assert with_anchors(html).html == written


def test_clauses_are_the_numbers_below_an_article_and_not_those_within_them() -> None:
    html = (
        "<h3>Điều 1</h3><ol><li>A<ol><li>a</li></ol></li><li>B</li></ol><p>x</p>"
        '<ol start="3"><li>C</li></ol><ul><li>D</li></ul>'
    )
    text = with_anchors(html)

    assert text.html.count("<li>") == 2
    assert [f'id="dieu-1-khoan-{number}"' in text.html for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_article_that_is_quoted_has_no_second_place() -> None:
    text = with_anchors("<p>Điều 1. Sửa đổi</p><p>Điều 5. Cũ</p><p>Điều 5. Thi hành</p><p>Điều 1. Lần nữa</p>")

    assert [article.anchor for article in text.articles] == ["dieu-1", "dieu-5"]
    assert text.html.count('id="dieu-5"') == 1


def test_text_without_articles_is_as_it_was() -> None:
    assert with_anchors("<p>Chữ</p>").html == "<p>Chữ</p>"
