"""Files that are made of the theme: style sheets of its components, scripts, the typeface cut down to Vietnamese.

What every page is made of stands in the theme's `styles/`, what one component looks like in its folder of
`templates/components/`; browsers get one sheet for all pages, and at most one more for a page of a certain kind,
without comments. So they get scripts: those that are never of use without each other in one file, each request of which
costs as much as two kilobytes. The typeface comes from an installed package (Be Vietnam Pro, SIL Open Font License)
with thirty languages; pages need the letters of Vietnamese, a tenth of its bytes.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import brotli  # what fontTools packs WOFF2 with: pages depend on it
import fontpkg_be_vietnam_pro as typeface
import fontTools
import yaml
from rjsmin import jsmin

from plugins.portal.files import replace_durably

STYLES = "styles"
COMPONENTS = "templates/components"
"""Has a folder for each component: `macros.html`, `examples.yaml` and, where it has a look of its own, `style.css`."""
STYLE_SHEET = "portal.css"
"""Of all pages."""
SHEETS = f"{STYLES}/sheets.yaml"
"""Says which style sheets there are, and of which components."""
FONTS = "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
"""Of the typeface, with the names of its files."""
LICENSE = f"{FONTS}/OFL.txt"
"""Goes wherever the typeface goes: its license wants it."""
LETTERS = (
    "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x1EA0, 0x1EFA))))
    + "ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323–—‘’“”„…•‰₫→←↑↓›‹−≤≥≈"
)
"""Vietnamese, the languages west of it, and the signs that pages have."""
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
SEARCHING = ("fetching.js", "search/syllables.js", "search/queries.js", "search/shards.js")
JOINED: Mapping[str, tuple[str, ...]] = {"search/finding.js": SEARCHING, "search/page.js": ("texts.js",)}
"""Scripts with those that they bring along, which come first: none of these keeps anything that another might have."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"^import .* from '(.*)';\n", re.MULTILINE)
_INDENTED = re.compile(r"\s*\n\s*")
# What is shown until the typeface is there has its widths and heights, so that lines break where they will: for each
# font that a device may have, by weight, the names that it goes by and the size at which Vietnamese prose is as wide.
_STANDING_IN: Mapping[str, Mapping[int, tuple[tuple[str, ...], float]]] = {
    "Arial": {
        400: (("Arial", "Liberation Sans", "Arimo"), 108.3),
        600: (("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Arimo Bold"), 103.2),
    },
    "Roboto": {400: (("Roboto", "Roboto-Regular"), 110.3), 600: (("Roboto Bold", "Roboto-Bold"), 110.6)},
    "DejaVu": {400: (("DejaVu Sans", "Verdana"), 96.1), 600: (("DejaVu Sans Bold", "Verdana Bold"), 87.5)},
}
_LOCAL = 'local("{}")'
_ASCENT, _DESCENT = 1000, 265
"""Of the typeface, in thousandths."""


@dataclass(frozen=True)
class Font:
    """One weight of the typeface."""

    weight: int

    @property
    def name(self) -> str:
        """Where it stands among the theme's files."""
        return f"{FONTS}/be-vietnam-pro-{self.weight}.woff2"

    @property
    def source(self) -> bytes:
        """The font file with all letters."""
        return (files(typeface) / "files" / f"BeVietnamPro-{WEIGHTS[self.weight]}.ttf").read_bytes()

    @property
    def digest(self) -> str:
        """Of all that it is made of: the address says it before anything is made."""
        made_by = (fontTools.version, brotli.version, LETTERS, FEATURES)
        return hashlib.blake2b(self.source + repr(made_by).encode(), digest_size=4).hexdigest()

    def kept_in(self, folder: Path) -> Path:
        """Its file where fonts that were made are kept for the next build."""
        return folder / f"{self.weight}-{self.digest}.woff2"

    def subset(self) -> bytes:
        """The font with `LETTERS` alone, as WOFF2; takes a third of a second."""
        from fontTools import subset  # a tenth of a second to load, and fonts that were made are kept
        from fontTools.ttLib import TTFont

        options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
        font = TTFont(BytesIO(self.source), recalcTimestamp=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=LETTERS)
        subsetter.subset(font)
        font.flavor = "woff2"
        made = BytesIO()
        font.save(made)
        return made.getvalue()


def fonts() -> tuple[Font, ...]:
    return tuple(Font(weight) for weight in WEIGHTS)


@cache
def sheets(theme: Path) -> Mapping[str, tuple[str, ...]]:
    """By name of each style sheet that pages link, the components whose looks it has, in order."""
    written = yaml.load((theme / SHEETS).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {name: tuple(components) for name, components in written.items()}


@cache
def style_sheet(theme: Path, name: str = STYLE_SHEET) -> str:
    """One of `sheets` as browsers get it; that of all pages has the fonts first. Raises `KeyError` for another name."""
    paths = [theme / COMPONENTS / component / "style.css" for component in sheets(theme)[name]]
    if name == STYLE_SHEET:
        paths = [*sorted((theme / STYLES).glob("*.css")), *paths]
    parts = [path.read_text(encoding="utf-8") for path in paths]
    fonts_first = [_font_faces()] if name == STYLE_SHEET else []
    return _INDENTED.sub("\n", _COMMENT.sub("", "\n".join((*fonts_first, *parts)))).strip() + "\n"


@cache
def script(theme: Path, name: str) -> str:
    """A script of the theme's static folder as browsers get it, with those that it is `JOINED` with."""
    parts = (*JOINED.get(name, ()), name)

    def kept(part: str, line: re.Match[str]) -> str:
        return "" if posixpath.normpath(posixpath.join(posixpath.dirname(part), line[1])) in parts else line[0]

    texts = ((part, (theme / "static" / part).read_text(encoding="utf-8")) for part in parts)
    text = "".join(_IMPORT.sub(partial(kept, part), written) for part, written in texts)
    return f"{jsmin(text)}\n"


def _font_faces() -> str:
    own = [
        f'@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {font.weight}; font-display: swap; '
        f'src: url("{font.name}?v={font.digest}") format("woff2"); }}'
        for font in fonts()
    ]
    standing_in = [
        f'@font-face {{ font-family: "Be Vietnam Pro in {name}"; font-weight: {weight}; size-adjust: {size}%; '
        f"ascent-override: {_ASCENT / size * 10:.1f}%; descent-override: {_DESCENT / size * 10:.1f}%; "
        f"line-gap-override: 0%; src: {', '.join(map(_LOCAL.format, installed))}; }}"
        for name, weights in _STANDING_IN.items()
        for weight, (installed, size) in weights.items()
    ]
    return "\n".join([*own, *standing_in])


def write_style_sheets(theme: Path, output: Path) -> None:
    """Write each of `sheets` into a folder that is there."""
    for name in sheets(theme):
        (output / name).write_text(style_sheet(theme, name), encoding="utf-8")


def write_theme_files(theme: Path, output: Path, kept: Path) -> None:
    """Write what pages need of the theme besides its static files; fonts that were made before come from `kept`."""
    (output / FONTS).mkdir(parents=True, exist_ok=True)
    write_style_sheets(theme, output)
    for path in (theme / "static").rglob("*.js"):
        name = path.relative_to(theme / "static").as_posix()
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        replace_durably(output / name, script(theme, name).encode(), 0o644)
    (output / LICENSE).write_bytes((files(typeface) / "LICENSE").read_bytes())
    for font in fonts():
        (output / font.name).write_bytes(_made_once(font, kept))


def _made_once(font: Font, kept: Path) -> bytes:
    file = font.kept_in(kept)
    if file.is_file():
        return file.read_bytes()
    kept.mkdir(parents=True, exist_ok=True)
    made = font.subset()
    replace_durably(file, made, 0o644)  # another process may be writing the same
    return made
