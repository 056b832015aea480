"""Vietnamese first: every word of the theme's own has its translation, and no translation is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import brotli
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from plugins.presentation.kept_parts import KeptParts
from plugins.presentation.theme_files import script, style_sheet
from tests.provinces import ROOT

THEME = ROOT / "theme"
READING = {"extensions": f"{KeptParts.__module__}.{KeptParts.__name__}", "silent": "false"}
"""How templates are read; one that cannot be must not pass for one without words."""
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def used() -> set[str]:
    """The msgids of the templates, and of what plugins/presentation makes."""
    found: set[str] = set()
    methods = [("**.html", "jinja2.ext.babel_extract")]
    for _, _, message, _, _ in extract_from_dir(str(THEME / "templates"), methods, {"**.html": READING}):
        found.update([message] if isinstance(message, str) else [part for part in message if part])
    for path in (ROOT / "plugins/presentation").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                found.update(str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))
    return found


def catalogue() -> dict[str, list[str]]:
    with (THEME / "translations" / "vi.po").open("rb") as stream:
        messages = read_po(stream, locale="vi")
    translations: dict[str, list[str]] = {}
    for message in messages:
        said = [message.string] if isinstance(message.string, str) else list(message.string or ())
        for msgid in [message.id] if isinstance(message.id, str) else message.id:
            if msgid:
                translations[msgid] = said
    return translations


def test_every_word_of_the_theme_is_translated() -> None:
    translations = catalogue()

    assert len(used()) > 100
    assert sorted(msgid for msgid in used() if not all(translations.get(msgid, [""]))) == []


def test_no_translation_is_left_over() -> None:
    assert sorted(set(catalogue()) - used()) == []


def test_translations_keep_the_places_for_values() -> None:
    wrong = [
        (msgid, said)
        for msgid, strings in catalogue().items()
        for said in strings
        if not set(PLACEHOLDER.findall(said)) <= set(PLACEHOLDER.findall(msgid)) | {("num", "")}
    ]

    assert wrong == []


def loaded_with(name: str) -> int:
    """Bytes of a script and of all that it imports before anything is touched."""
    waiting, loaded = [THEME / "static" / name], dict[Path, str]()
    while waiting:
        path = waiting.pop().resolve()
        if path not in loaded:
            loaded[path] = path.read_text(encoding="utf-8")
            waiting += [path.parent / named for named in re.findall(r"^import .* from '(.*)';$", loaded[path], re.M)]
    assert len(loaded) > 1
    return sum(path.stat().st_size for path in loaded)


def test_theme_is_small() -> None:
    """A page is tens of kilobytes in all: one sheet, and one or two small modules where they serve."""
    sizes = {path.name: path.stat().st_size for path in (THEME / "static").iterdir() if path.is_file()}

    assert len(brotli.compress(style_sheet(THEME).encode())) <= 6_200  # of 14 KB for a procedure with its sheet
    assert sizes["groups.js"] <= 2_000
    assert sizes["alert.js"] <= 2_000  # on every page
    assert sizes["facets.js"] + sizes["filtering.js"] <= 9_950
    assert sizes["document_rows.js"] <= 1_200  # once a list of documents is touched
    assert sizes["checklist.js"] <= 4_000
    offline = {path.name: path.stat().st_size for path in (THEME / "static/offline").iterdir()}
    assert offline["register.js"] <= 1_100  # on every page
    assert offline["worker.js"] <= 8_500
    assert sizes["texts.js"] + sizes["fetching.js"] <= 1_500
    # A first query has 40 KB for all: scripts, index and results.
    assert (
        sum(len(brotli.compress(script(THEME, f"search/{name}.js").encode())) for name in ("page", "finding")) <= 10_300
    )
    assert loaded_with("search/box.js") <= 5_500
    assert not [path for path in Path(THEME / "templates").rglob("*.html") if "<script>" in path.read_text("utf-8")]
