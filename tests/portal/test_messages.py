"""Every sentence that a person may be told has a translation, and no translation is left over."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from rich.console import Console

from plugins.builder.display import OUTCOMES, STAGES, BuildDisplay
from plugins.builder.reports import BuildReport, SiteReport
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import Problem, Text, text
from plugins.portal.validation import KINDS, UNKNOWN_KIND
from tests.portal.test_mistakes import english
from tests.provinces import ROOT

PLUGINS = ROOT / "plugins"
DISPLAY = PLUGINS / "builder" / "display.py"
SHOWN_INSTEAD_OF_VALUES = {"nothing", "named fields", "a list"}
"""What `validation._show` says of a value that cannot be quoted."""


def _flat(found: str | tuple[str | None, ...]) -> Iterator[str]:
    """A message as `babel` extracts it: one msgid, or the sentence and the remedy of `report`."""
    for msgid in (found,) if isinstance(found, str) else found:
        if msgid:
            yield msgid


def extracted(folder: Path, keywords: dict[str, tuple[int, ...] | None]) -> set[str]:
    """The messages of a folder; what dossiers and gateway say is held to catalogues of their own."""
    found = extract_from_dir(
        folder,
        method_map=[("dossiers/**.py", "ignore"), ("gateway/**.py", "ignore"), ("**.py", "python")],
        keywords=keywords,
    )
    return {msgid for _, _, messages, _, _ in found for msgid in _flat(messages)}


def _problem_messages() -> set[str]:
    return extracted(PLUGINS, {"text": None, "report": (2, 3)}) | {
        msgid for pair in (*KINDS.values(), UNKNOWN_KIND) for msgid in pair
    }


def _display_messages() -> set[str]:
    """What the display says with `_`, and the words that it looks up from a table."""
    said = {msgid for msgid in extracted(DISPLAY.parent, {"_": None}) if msgid.strip()}
    return said | set(OUTCOMES.values()) | set(STAGES.values()) | {"Site", "Outcome", "Pages", "Seconds", "Problems"}


def _strings_of_the_code() -> set[str]:
    """Every string literal of the plugins: what is none of them can never be looked up."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in PLUGINS.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (MESSAGES / "translations" / "vi.po").open("rb") as stream:
        return read_po(stream, locale="vi", abort_invalid=True)


def entries(catalogue: Catalog) -> dict[str, Message]:
    return {str(message.id): message for message in catalogue if message.id}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_messages_are_found_in_the_code() -> None:
    """Without this a change of names could leave the tests below with nothing to look at."""
    assert {"has no front matter", "delete it", 'unknown field "{name}"', "add one"} <= _problem_messages()
    assert {"Building the portal", "built", "Seconds"} <= _display_messages()


def test_every_message_has_a_translation(catalogue: Catalog) -> None:
    translated = {msgid for msgid, message in entries(catalogue).items() if message.string and not message.fuzzy}
    wanted = _problem_messages() | _display_messages() | SHOWN_INSTEAD_OF_VALUES
    assert sorted(wanted - translated) == []


def test_no_translation_is_left_over(catalogue: Catalog) -> None:
    used = _problem_messages() | _display_messages() | SHOWN_INSTEAD_OF_VALUES
    assert sorted(set(entries(catalogue)) - used) == []


def test_words_shown_instead_of_values_stand_in_the_code() -> None:
    assert _strings_of_the_code() >= SHOWN_INSTEAD_OF_VALUES


def test_translations_keep_the_placeholders(catalogue: Catalog) -> None:
    found = {msgid: str(message.string) for msgid, message in entries(catalogue).items()}
    assert {msgid: said for msgid, said in found.items() if placeholders(msgid) != placeholders(said)} == {}


def test_translations_are_vietnamese_and_not_the_english_again(catalogue: Catalog) -> None:
    assert [msgid for msgid, message in entries(catalogue).items() if message.string == msgid] == []


def test_translations_hold_no_english_but_names_and_what_is_to_be_typed(catalogue: Catalog) -> None:
    problems = _problem_messages()
    told = {str(message.string) for msgid, message in entries(catalogue).items() if msgid in problems}
    assert [sentence for sentence in sorted(told) if english(sentence)] == []


def test_catalogue_has_no_obsolete_or_doubtful_entries(catalogue: Catalog) -> None:
    assert not catalogue.obsolete
    assert [msgid for msgid, message in entries(catalogue).items() if message.fuzzy] == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (text("links such as \"{target}\" are not allowed", target="x{0}"), 'không được dùng liên kết như "x{0}"'),
        (text("put the picture in media/ and write {{static}}/media/its-name"),
         "đặt ảnh vào media/ và ghi {static}/media/tên-ảnh"),
        (text("nested deeper than {limit} levels", limit=40), "lồng sâu quá 40 cấp"),
        (text("did you mean \"{name}\"?", name=""), 'ý bạn là ""?'),
    ],
)  # fmt: skip
def test_message_is_said_in_vietnamese_with_its_values(said: Text, expected: str) -> None:
    assert said.render(load_catalogue(MESSAGES, "vi").gettext) == expected


@pytest.mark.parametrize("word", ["Site", "Pages", "built", "delete it"])
def test_value_that_happens_to_be_a_message_is_left_as_it_is(word: str) -> None:
    """A page may be called `Pages`: what an editor wrote is quoted, not translated."""
    said = text('unknown field "{name}"', name=word).render(load_catalogue(MESSAGES, "vi").gettext)
    assert said == f'không có trường "{word}"'


def _shown(language: str, *, terminal: bool = True) -> str:
    problem = Problem(path="content/x.md", line=3, message=text("has no front matter"), hint=text("delete it"))
    report = BuildReport(
        sites=(
            SiteReport("portal", "built", 12, 1.5),
            SiteReport("a", "unchanged", 3, 0.0),
            SiteReport("b", "kept", 3, 0.25, (problem,)),
            SiteReport("c", "left out", 0, 0.0),
        ),
        release=None,
        seconds=2.0,
    )
    written = StringIO()
    console = Console(file=written, width=100, force_terminal=terminal, color_system=None)
    BuildDisplay(console, language).report(report)
    return written.getvalue()


def test_report_is_shown_in_vietnamese_throughout() -> None:
    said = _shown("vi")
    assert "✗ content/x.md:3: thiếu phần thông tin đầu tệp (hãy xóa)" in said
    for word in ("Các trang của cổng", "Kết quả", "Số trang", "Giây", "Vấn đề", "đã dựng", "không đổi"):
        assert word in said
    for word in ("Site", "Outcome", "Pages", "Seconds", "Problems", "built", "unchanged", "left out", "version"):
        assert word not in said


def test_who_pushes_is_told_what_became_of_what_changed_alone() -> None:
    said = _shown("vi", terminal=False)
    assert "đã dựng" in said
    assert "không đổi" not in said


def test_report_is_shown_in_english_too() -> None:
    said = _shown("en")
    for word in ("Site", "Outcome", "Pages", "built", "last good version kept", "left out", "has no front matter"):
        assert word in said
