"""What is made of the theme: one style sheet of all components, and a typeface that has all of Vietnamese."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from plugins.presentation.theme_files import (
    COMPONENTS,
    JOINED,
    LICENSE,
    STYLE_SHEET,
    Font,
    fonts,
    script,
    sheets,
    style_sheet,
    write_theme_files,
)
from tests.needed import program
from tests.provinces import ROOT, SmallProvince
from tests.waiting import PATIENCE

THEME = ROOT / "theme"
VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
MOST_OF_FONTS = 40 * 1024
"""Bytes of all weights together."""
UNLAYERED = {"styles/hidden.css", "styles/_layers.css", f"{COMPONENTS}/dossiers/style.css"}
"""The order itself, what scripts show and hide (!important turns the order of layers round), and tables of figures."""
OF_ALL_PAGES = sorted((THEME / "styles").glob("*.css"))
OF_COMPONENTS = sorted((THEME / COMPONENTS).glob("*/style.css"))


def last_line(path: Path) -> str:
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip(" }")][-1]


@pytest.mark.parametrize("name", sheets(THEME))
def test_style_sheet_has_every_component_of_it_and_no_comment(name: str) -> None:
    sheet = style_sheet(THEME, name)
    parts = [THEME / COMPONENTS / component / "style.css" for component in sheets(THEME)[name]]

    assert "/*" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert [path.parent.name for path in parts if last_line(path) not in sheet] == []
    assert [path.name for path in OF_ALL_PAGES if (last_line(path) in sheet) is not (name == STYLE_SHEET)] == []


def test_every_look_of_a_component_is_in_one_style_sheet() -> None:
    assert len(OF_ALL_PAGES) > 10
    assert sorted(component for components in sheets(THEME).values() for component in components) == [
        path.parent.name for path in OF_COMPONENTS
    ]
    assert list((THEME / "static").rglob("*.css")) == []


SCRIPTS = sorted(path.relative_to(THEME / "static").as_posix() for path in (THEME / "static").rglob("*.js"))
REACHED = """
const text = await import('node:fs').then(({ readFileSync }) => readFileSync(0, 'utf8'));
const { SourceTextModule } = await import('node:vm');
const names = new SourceTextModule(text).dependencySpecifiers;
console.log(JSON.stringify(names));
"""


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_is_whole_without_comments_and_asks_for_none_that_it_brings_along(name: str) -> None:
    """What node says of the text that browsers get: that it is a module, and which others it asks for first."""
    text = script(THEME, name)
    done = subprocess.run(
        [program("node", "nodejs"), "--experimental-vm-modules", "--input-type=module", "--eval", REACHED],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 0, done.stderr
    brought = {Path(part).name for part in JOINED.get(name, ())}
    assert not brought & {Path(other).name for other in json.loads(done.stdout)}
    assert not re.search(r"^\s|/\*\*|^//", text, re.MULTILINE)
    source = "".join((THEME / "static" / part).read_text("utf-8") for part in (*JOINED.get(name, ()), name))
    offered = re.findall(r"^export (?:async )?(?:const|function|class) \w+", source, re.MULTILINE)
    assert [entry for entry in offered if entry not in text] == []
    assert len(source) / 5 < len(text) < len(source)


@pytest.mark.parametrize("path", [*OF_ALL_PAGES, *OF_COMPONENTS], ids=lambda path: path.relative_to(THEME).as_posix())
def test_component_stands_in_layers_that_the_first_file_orders(path: Path) -> None:
    ordered = (THEME / "styles/_layers.css").read_text("utf-8").split("@layer ")[1].split(";")[0].split(", ")
    used = re.findall(r"^@layer (\w+) \{", path.read_text("utf-8"), re.MULTILINE)

    assert set(used) <= set(ordered)
    assert bool(used) is (path.relative_to(THEME).as_posix() not in UNLAYERED)


def test_colours_of_the_dark_scheme_are_those_of_the_light_one() -> None:
    tokens = (THEME / "styles/tokens.css").read_text("utf-8")
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")
    named = set(re.findall(r"(--[\w-]+): (?:#|rgb)", light))

    assert set(re.findall(r"(--[\w-]+):", dark)) <= set(re.findall(r"(--[\w-]+):", light))
    assert named - set(re.findall(r"(--[\w-]+):", dark)) == {"--gold", "--focus"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("theme")
    write_theme_files(THEME, folder / "out", folder / "kept")
    return folder


def test_typeface_has_every_letter_of_vietnamese_in_few_bytes(made: Path) -> None:
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", *TONES)} | set("đ")
    every = letters | {letter.upper() for letter in letters} | set("bcdghklmnpqrstvx0123456789₫–…“”")
    written = [(made / "out" / font.name).read_bytes() for font in fonts()]

    assert len(letters) == 12 * 6 + 1
    for content in written:
        assert every - {chr(code) for code in TTFont(BytesIO(content)).getBestCmap()} == set()
    assert sum(map(len, written)) <= MOST_OF_FONTS
    assert "SIL OPEN FONT LICENSE" in (made / "out" / LICENSE).read_text("utf-8")


def test_typeface_is_made_once_and_the_same_each_time(made: Path) -> None:
    font = Font(400)
    [kept] = (made / "kept").glob("400-*")

    assert kept.read_bytes() == font.subset()
    kept.write_bytes(b"of an earlier build")
    write_theme_files(THEME, made / "again", made / "kept")
    assert (made / "again" / font.name).read_bytes() == b"of an earlier build"


def test_pages_ask_for_what_was_made_under_the_address_that_the_style_sheet_names(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    files = province.files()
    sheet = files["theme/portal.css"].decode()

    assert sheet == style_sheet(THEME)
    for font in fonts():
        assert f"theme/{font.name}" in files
        assert f'url("{font.name}?v={font.digest}")' in sheet
        for page in ("", "so-y-te/"):
            assert f'<link rel="preload" href="/theme/{font.name}?v={font.digest}"' in province.page(page)
