"""Characters that nobody sees: told where they could mislead, gone where they would keep a word from being found."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.articles.markup import Renderer
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_reading import load_site
from tests.articles.rendering import Texts
from tests.portal.contents import KINDS, PAGE, ContentFolder, said
from tests.provinces import ROOT

MARKS = [chr(code) for code in (0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0x3164, 0xFEFF)]
FORBIDDEN = ["&#12;", "&#x202E;", "&#x2066;", "&#0;", "&#128;", "&#xFFFD;", "&#xFFFF;", "&#1;", "&#127;"]
INVISIBLE = ["&lrm;", "&rlm;", "&shy;", "&zwj;", "&zwnj;", "&#x200B;", "&#173;", "&ZeroWidthSpace;", "&NoBreak;"]


@pytest.mark.parametrize("entity", FORBIDDEN)
@pytest.mark.parametrize(
    "around", ["Chữ {} nữa", "<p>Chữ {}</p>", '<p title="{}">Chữ</p>', "- **{}**", "[a](/b/ '{}')"]
)
def test_entity_of_a_forbidden_character_is_a_problem(texts: Texts, entity: str, around: str) -> None:
    message = f"{entity} stands for a character that must not be in a text"
    assert (3, message) in texts.problems(f"Chữ.\n\n{around.format(entity)}")


@pytest.mark.parametrize("body", ["`&#12;`", "```\n&#x202E;\n```", "\\&#12;", "&#12", "& #12;"])
def test_what_only_shows_such_an_entity_is_no_problem(texts: Texts, body: str) -> None:
    assert texts.problems(body) == []


@pytest.mark.parametrize("entity", INVISIBLE)
def test_entity_of_an_invisible_mark_is_gone(texts: Texts, entity: str) -> None:
    found = texts.render(f"quy{entity}ết định <b>quy{entity}ết</b>")
    assert (found.html, found.problems) == ("<p>quyết định <b>quyết</b></p>", [])


@pytest.mark.parametrize("mark", MARKS)
def test_invisible_marks_are_taken_out_when_read(tmp_path: Path, mark: str) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write("pages/trang.md", PAGE.replace("Trang", f"Quy{mark}ết định") + f"Quy{mark}ết\n")
    content.write("agency.yaml", f'name: "Sở\\u{ord(mark):04X} Y{mark} tế"\nkind: department\nsummary: Về y tế.\n')
    site = content.load()
    assert said(site.problems) == []
    page = site.texts["pages/trang.md"]
    assert (page.record.title, page.body, site.name) == ("Quyết định", "Quyết\n", "Sở Y tế")


@pytest.mark.parametrize("escape", ["\\u202E", "\\u0000", "\\x7F", "\\u2066"])
def test_escape_of_a_forbidden_character_in_yaml_is_a_problem(tmp_path: Path, escape: str) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write("pages/trang.md", f'---\ntitle: "Quy{escape}ết"\n---\nChữ.\n')
    [problem] = said(content.load().problems)
    assert problem.startswith("pages/trang.md:2: ")


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Quay lại chỗ có dấu chú thích 1"), ("en", "Back to where note 1 is referred to")]
)
def test_footnotes_speak_the_language_of_the_page(tmp_path: Path, language: str, said: str) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write(
        "pages/trang.md", f"---\ntitle: Trang\nlanguage: {language}\n---\nA[^1] và[^1].\n\n[^1]: Chú thích.\n"
    )
    site = content.load()
    html = Renderer(site, "").render(site.texts["pages/trang.md"]).html
    assert html.count(f'title="{said}" aria-label="{said}"') == 2
    assert "Jump" not in html


def test_texts_of_the_demonstration_are_told_nothing() -> None:
    content = ROOT / "content"
    shared, _ = load_shared(content, "content")
    assert shared is not None
    slugs, _ = agency_slugs(content, "content")
    rendered = 0
    for slug in ("", *slugs):
        site = load_site(content, "content", slug, shared, drafts=True, agencies=slugs, kinds=KINDS)
        renderer = Renderer(site, "")
        for entry in site.texts.values():
            found = renderer.render(entry)
            rendered += 1
            assert (found.problems, found.advice) == ([], [])
    assert rendered > 200
