"""Letters that are not what they look like are told; whole words of other scripts, and symbols, never are."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.odd_signs import as_digits, as_it_looks, latin_slug, odd_signs
from tests.needed import shared
from tests.portal.contents import AGENCY_RECORD, ARTICLE, PAGE, PROCEDURE, SHOWN, ContentFolder
from tests.portal.test_damaged_text import texts_in
from tests.provinces import ROOT

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tthc-clean.jsonl.gz"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bаo", "bao"), ("sо-y-te", "so"), ("сộng", "cộng"), ("Tіn", "Tin"), ("UBNН", "UBNH"), ("хin", "xin"),
        ("рhép", "phép"),
        ("nhιều", "nhiều"), ("cοn", "con"), ("UΒND", "UBND"), ("NỘΙ", "NỘI"), ("tάi", "tái"), ("cо̣̂ng", "cộng"),
        ("о̣̂ng", "ộng"),
        ("𝐓𝐡𝐨̂𝐧𝐠", "Thông"), ("𝘣𝘢́𝘰", "báo"), ("𝟐𝟎𝟏𝟗", "2019"), ("𝕋in", "Tin"), ("Ｔhông", "Thông"), ("mɑng", "mang"),
        ("ɡì", "gì"),
        ("khoản а", "a"), ("А4", "A4"), ("BTС151", "BTC151"),
    ],
)  # fmt: skip
def test_letter_that_is_none_is_told_with_its_word_and_what_it_looks_like(written: str, meant: str) -> None:
    [sign] = odd_signs(f"Dòng đầu\n{written}\n")

    assert sign.line == 1
    assert sign.message.render().endswith("looks like a letter and is none: search does not find it")
    assert sign.hint.render() == f'type it again: "{meant}"'


@pytest.mark.parametrize(
    ("written", "meant"),
    [("ﬁle", "file"), ("oﬃce", "office"), ("ﬂash", "flash"), ("hồ sơ-ﬀ", "ff"), ("Oﬀ", "Off"), ("ﬆ", "st")],
)
def test_ligature_is_told_with_its_letters(written: str, meant: str) -> None:
    [sign] = odd_signs(f"Dòng đầu\n{written}\n")

    assert (sign.line, sign.hint.render()) == (1, f'type it again: "{meant}"')
    assert sign.message.render().endswith("is several letters in one sign")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.О04616", "004616"), ("0293 З878 888", "3878"), ("0293 3878 88О", "880"), ("О9О3", "0903"), ("20Ο6", "2006"),
        ("ο912", "0912"), ("Ӏ22", "122"), ("2О1l", "2011"),
    ],
)  # fmt: skip
def test_letter_among_digits_is_meant_as_a_digit(written: str, meant: str) -> None:
    [sign] = odd_signs(written)

    assert sign.hint.render() == f'type it again: "{meant}"'
    assert sign.message.render().endswith("looks like a digit and is none")


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("1.О04616", "1.004616"), ("1.OO4616", "1.004616"), ("1.0O46l6", "1.004616"),
        ("0293 З878 888", "0293 3878 888"),
        ("ĐT: O293 ЗО78 888", "ĐT: 0293 3078 888"), ("Ông Olo", "Ông Olo"),
        ("số 5 hẻm O", "số 5 hẻm 0"), ("B12", "B12"),
    ],
)  # fmt: skip
def test_number_is_read_in_letters_that_look_like_digits(written: str, digits: str) -> None:
    assert as_digits(written) == digits


@pytest.mark.parametrize(("name", "slug"), [("sở-y-tе", "so-y-te"), ("Sо Y tế", "so-y-te"), ("ｓo-y-te", "so-y-te")])
def test_slug_is_made_of_the_letters_that_a_name_seems_to_have(name: str, slug: str) -> None:
    assert latin_slug(name) == slug


@pytest.mark.parametrize(
    "written",
    [
        "Владимир Путин, Москва; Сосо, СССР", "А. С. Пушкин и Я", "Ελλάδα και Κύπρος",
        "https://ru.wikipedia.org/wiki/Москва",
        "10 µm, 5 μm, 3 μmol, kΩ, MΩ, 100 Ω, π = 3,14; α, β, γ, ο", "Δt, λmax, σx, TNFα, IFNγ, NFκB, Σ",
        "5α-reductase, β2",
        "ăâđêôơư ĂÂĐÊÔƠƯ ặ ß œ æ ñ Å ª º m² H₂O °C", "北京 ＡＴＭ, 東京, 한국", "① ⓐ Ⅳ ✓ ☐ → • ½ € 👉",
        "/ɡɑː/", "ภาษาไทย, ພາສາລາວ, ភាសាខ្មែរ",
    ],
)  # fmt: skip
def test_other_scripts_and_symbols_are_told_nothing(written: str) -> None:
    assert list(odd_signs(written)) == []


@pytest.mark.parametrize("code", [0xE000, 0xF0A8, 0xF0B7, 0xF0FC, 0xF8FF, 0xF0000])
def test_sign_of_a_symbol_font_is_told_once_in_a_line(code: int) -> None:
    [sign] = odd_signs(f"a\nNộp {chr(code)} đủ {chr(code)}\n")
    assert (sign.line, sign.message.render()) == (
        1, f'the sign U+{code:04X} of a symbol font in "Nộp □ đủ □" is shown as an empty box'
    )  # fmt: skip


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x24F) | st.sampled_from("ạặệộủỹỄỰĐđ"), max_size=200))
def test_text_in_latin_letters_is_told_nothing(written: str) -> None:
    assert list(odd_signs(written)) == []


@given(st.text(max_size=300))
def test_any_text_is_looked_at_without_an_error(written: str) -> None:
    for sign in odd_signs(written):
        assert 0 <= sign.line <= written.count("\n")
        assert as_it_looks(written) == unicodedata.normalize("NFC", as_it_looks(written))


def test_no_text_of_the_demonstration_is_told() -> None:
    files = [path for path in (ROOT / "content").rglob("*") if path.suffix in (".md", ".yaml")]
    assert len(files) > 300
    assert [path for path in files if list(odd_signs(path.read_text(encoding="utf-8")))] == []


@pytest.mark.shared
def test_of_real_records_only_what_is_wrong_is_told() -> None:
    """There are 33 signs of Wingdings in them, and a file named `BTС151` with a Russian letter."""
    with gzip.open(shared(SHARED), "rt", encoding="utf-8") as stream:
        told = [sign.message for line in stream for text in texts_in(json.loads(line)) for sign in odd_signs(text)]
    assert {message.params["word"] for message in told if "word" in message.params} == {"BTС151"}


@pytest.mark.parametrize(
    ("inside", "written", "line"),
    [
        ("news/2019/tin.md", ARTICLE.replace("Tin\n", "Tіn\n"), 2),
        ("news/2019/tin.md", ARTICLE.replace("vắn", "\uf0fc"), 4),
        ("pages/trang.md", "---\ntitle: 𝐓𝐫𝐚𝐧𝐠\n---\nChữ.\n", 2),
        ("agency.yaml", AGENCY_RECORD.replace("Về y", "Về у"), 3),
        ("procedures/1.004616.yaml", PROCEDURE.replace("chứng", "сhứng"), 2),
        ("pages/trаng.md", PAGE, None),
    ],
    ids=["title", "summary", "styled", "agency", "procedure", "name of a file"],
)
def test_it_is_told_of_fields_and_names_with_the_line(
    tmp_path: Path, inside: str, written: str, line: int | None
) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write(inside, written)
    site = content.load()
    assert site.problems == ()
    [advice] = [advice for advice in site.advice if advice.path == f"{SHOWN}/{inside}"]
    assert advice.line == line
    assert advice.hint is not None


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ('title: "\\u0430bc"', 2), ('title: "𝐓in"', 2), ('title: "Tin \\ufb01"', 2), ('title: "A B\\t C"', 2),
        ('title: "T\\u0456n\\nhai"', 2),
    ],
)  # fmt: skip
def test_it_is_told_of_what_escapes_of_yaml_bring(tmp_path: Path, field: str, line: int) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write("pages/trang.md", f"---\n{field}\n---\nChữ.\n")
    site = content.load()
    assert site.problems == ()
    assert [advice.line for advice in site.advice if advice.path.endswith("trang.md")] == [line]


@pytest.mark.parametrize("name", ["sở-y-tе", "Sở Y tе"])
def test_folder_of_an_agency_is_to_be_renamed_in_latin_letters(tmp_path: Path, name: str) -> None:
    content = ContentFolder.of(tmp_path / "content")
    (content.folder / "agencies" / name).mkdir()
    _, problems = agency_slugs(content.folder, "content")
    assert [problem.hint.render() for problem in problems if problem.hint] == ['rename the folder to "so-y-te"']


def test_slug_with_such_a_letter_is_told_besides_that_it_leads_nowhere(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write("procedures/1.004616.yaml", PROCEDURE.replace("duoc-pham", "duос-pham"))
    site = content.load()
    translate = load_catalogue(MESSAGES, "vi").gettext
    told = "\n".join(advice.render(translate) for advice in site.advice)
    assert "1.004616.yaml:3: " in told
    assert 'trông như chữ Việt nhưng là ký tự khác: tìm kiếm không thấy (gõ lại: "duoc")' in told


@pytest.mark.parametrize("piece", ["а", "а ", "bа", "bа\n", "𝐓", "\ue000", "\ue000\n", "о̣", "µ", "αb "])
def test_much_text_is_looked_at_in_a_moment(piece: str) -> None:
    times = 100_000 // len(piece)
    signs = list(odd_signs(piece * times))
    assert len(signs) in (0, 1, times)
