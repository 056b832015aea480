"""Text in old fonts, wrong encodings, or with the marks of a conflict is told; whole text never is."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.articles.markup import Renderer
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.damaged_text import find_damage
from plugins.portal.legacy_fonts import is_syllable
from plugins.portal.problems import in_order
from tests.needed import shared
from tests.portal.contents import AGENCY_RECORD, ARTICLE, PAGE, PROCEDURE, ContentFolder, said
from tests.provinces import ROOT

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tthc-clean.jsonl.gz"


def told(written: str) -> tuple[int, str] | None:
    damage = find_damage(written)
    return None if damage is None else (damage.line, damage.message.render())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("C«ng b¸o tØnh", "Công báo tỉnh"),
        ("Së Y tÕ th«ng b¸o lÞch tiªm chñng.", "Sở Y tế thông báo lịch tiêm"),
        ("CÊp phÐp thö D\u00adîc", "Cấp phép thử Dược"),
        ("céng hoµ x· héi chñ nghÜa viÖt nam", "hoà xã hội chủ nghĩa việt"),
        ("b¸o", "báo"),
        ("Coâng baùo tænh", "Công báo tỉnh"),
        ("Sôû Y teá thoâng baùo", "Sở Y tế thông báo"),
        ("UYÛ BAN NHAÂN DAÂN TÆNH", "UỶ BAN NHÂN DÂN TỈNH"),
        ("ñaïi hoäi", "đại hội"),
    ],
)
def test_text_of_an_old_font_is_told_with_what_it_was_meant_to_be(written: str, meant: str) -> None:
    damage = find_damage(f"Dòng đầu.\n{written}\n")
    assert damage is not None
    assert damage.line == 2
    assert damage.message.render().startswith("letters of an old font (")
    assert damage.hint.render() == f'convert it to Unicode, for one with Unikey (here: "{meant}")'


@pytest.mark.parametrize(
    "meant", ["Sở Y tế thông báo về việc nghỉ lễ", "Ủy ban nhân dân tỉnh quyết định", "thủ tục đăng ký"]
)
def test_text_whose_letters_became_question_marks_is_told(meant: str) -> None:
    lost = meant.encode("cp1252", "replace").decode("cp1252")

    assert told(f"Dòng đầu.\n{lost}\n") == (2, f'letters were lost, a ? stands in their place: "{lost}"')


@pytest.mark.parametrize(
    "asked",
    [
        "Ai được cấp? ở đâu? khi nào? bao lâu?",
        "Xem https://a.example/?a=b&c?d=e và /tim-kiem/?q=khai?sinh?tu",
        "Có/không? Đúng?Sai",
        "title: Bao giờ có kết quả? Hỏi ai?",
    ],
)
def test_questions_and_addresses_are_no_lost_letters(asked: str) -> None:
    assert told(asked) is None


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
@pytest.mark.parametrize("written", ["Thông báo lịch tiêm", "Sở Y tế", "“Đăng ký”", "hồ sơ – một cửa…", "ư", "Đ"])
def test_text_read_in_a_wrong_encoding_is_told(written: str, encoding: str, times: int) -> None:
    misread = written
    for _ in range(times):
        misread = "".join(_as(encoding, byte) for byte in misread.encode("utf-8"))
    found = told(f"a\n\n{misread}")
    assert found is not None
    assert found[0] == 3
    assert found[1].startswith("letters in a wrong encoding: ")


def _as(encoding: str, byte: int) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:  # Windows leaves five places empty and shows them as controls
        return chr(byte)


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> nhanh-khac", "||||||| gốc", ">>>>>>>", "<<<<<<<\tx"])
def test_marks_of_a_conflict_are_told(mark: str) -> None:
    assert told(f"a: b\n{mark}\nc: d\n") == (2, f'a mark of two versions that were not put together: "{mark}"')


@pytest.mark.parametrize(
    "written", ["Tiêu đề\n=======\n", "=======", ">>>>>> sáu", "chữ <<<<<<< HEAD", "<<<<<<<<< chín"]
)
def test_what_only_looks_like_a_conflict_is_whole(written: str) -> None:
    assert told(written) is None


def test_lost_letters_are_told() -> None:
    assert told("một\nđăng k\ufffd khai sinh") == (2, 'a letter was lost (U+FFFD): "đăng k\ufffd khai sinh"')


@pytest.mark.parametrize(
    "written",
    [
        "THỊ XÃ” và “XÃ…” và ‘MÃ’ – XÃ\u00a0HỘI, MÃ•, «XÃ»",
        "Müller, café, Beyoncé, Noël, São Paulo, Citroën, señor, Málaga, João, Zoë, façade, naïve, Ångström, Malmö",
        "Ø20, 10µm, 5 m², «ý kiến», Nestlé®, «âm nhạc», 50 °C, ½ suất, © 2019, § 5, 3×4, A·B, ±2",
        "hoá, toàn, khoẻ, thuý, Quý, giữa, xoài, quà, oà, ào ào, úi chà, uỷ, khuỷu, ngoằn ngoèo",
        "Côte d'Ivoire, crème brûlée, à la carte, El Niño",
        "Ù ù, Ô, Á à, ý, Ý",
        "HOÀ AN, HOÁ CHẤT, QUÝ, THUÝ, OÁI OĂM",
        "Kính gửi: UBND các xã, phường; Số: 12/QĐ-UBND",
        "Tiếng Pháp: où, déjà, là-bas, hôtel, forêt, garçon, cœur; Đức: für, schön, Straße, Öl, Äpfel",
    ],
)
def test_whole_text_is_not_told(written: str) -> None:
    assert told(written) is None


def test_no_text_of_the_demonstration_is_told() -> None:
    files = [path for path in (ROOT / "content").rglob("*") if path.suffix in (".md", ".yaml")]
    assert len(files) > 300
    assert [path for path in files if find_damage(path.read_text(encoding="utf-8"))] == []


@pytest.mark.shared
def test_no_text_of_real_records_is_told() -> None:
    with gzip.open(shared(SHARED), "rt", encoding="utf-8") as stream:
        found = [text for line in stream for text in texts_in(json.loads(line)) if find_damage(text)]
    assert found == []


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(inner)


def test_words_of_the_demonstration_are_syllables() -> None:
    """Else proper words could be taken for an old font's."""
    words = [
        word
        for path in (ROOT / "content").rglob("*.md")
        for word in re.findall(r"[^\W\d_]+", path.read_text(encoding="utf-8"))
        if not word.isascii()
    ]
    others = Counter(word for word in words if not is_syllable(word))
    assert others.total() < len(words) / 500, others.most_common(20)


@given(st.text(max_size=300))
def test_any_text_is_looked_at_without_an_error(written: str) -> None:
    damage = find_damage(written)
    assert damage is None or 1 <= damage.line <= written.count("\n") + 1


@pytest.mark.parametrize("piece", ["µ", "a¸", "Ã¡ b\n", "oâ", "<<<<<<<", "á»", "¸¶·", "aù ", "\u00ad"])
def test_much_text_is_looked_at_in_a_moment(piece: str) -> None:
    damage = find_damage(piece * (300_000 // len(piece)))

    assert (damage is not None) == (piece == "Ã¡ b\n")


@pytest.mark.parametrize(
    ("inside", "written", "line"),
    [
        ("news/2019/tin.md", f"{ARTICLE}Chữ.\n\nC«ng b¸o tØnh\n", 8),
        ("pages/trang.md", f"{PAGE}<<<<<<< HEAD\nMột.\n=======\nHai.\n>>>>>>> khac\n", 4),
        ("news/2019/tin.md", ARTICLE.replace("Tin\n", "ThÃ´ng bÃ¡o\n"), 2),
        ("agency.yaml", AGENCY_RECORD + "# \ufffd\n", 4),
        ("procedures/1.004616.yaml", PROCEDURE.replace("Cấp chứng chỉ", "CÊp chøng chØ"), 2),
    ],
    ids=["text", "conflict", "title", "comment", "record"],
)
def test_damaged_file_is_a_problem_with_its_line(tmp_path: Path, inside: str, written: str, line: int) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write(inside, written)
    [problem] = [problem for problem in content.load().problems if problem.path.endswith(inside)]
    assert problem.line == line
    assert problem.hint is not None


DAMAGED = {
    "old font": ("Së Y tÕ th«ng b¸o", "letters of an old font (TCVN3/ABC)"),
    "encoding": ("Sá»Ÿ Y táº¿ thÃ´ng bÃ¡o", "letters in a wrong encoding"),
    "lost": ("Sở Y t\ufffd", "a letter was lost"),
    "questions": ("S? Y t? th?ng b?o v? vi?c", "letters were lost, a ?"),
    "direction": ("Sở \u202eY tế", "holds the control character U+202E"),
    "control": ("Sở Y\u202d tế\x01", "holds the control character U+202D, U+0001"),
    "conflict": ("<<<<<<< HEAD", "a mark of two versions"),
}


def told_lines(tmp_path: Path, written: str) -> list[tuple[int | None, str]]:
    content = ContentFolder.of(tmp_path / "content")
    content.write("pages/trang.md", written)
    problems = [problem for problem in content.load().problems if problem.path.endswith("trang.md")]
    return [(problem.line, problem.message.render()) for problem in in_order(problems)]


@pytest.mark.parametrize("kind", [kind for kind in DAMAGED if kind != "conflict"])
def test_each_damaged_line_is_told_at_once(tmp_path: Path, kind: str) -> None:
    line, message = DAMAGED[kind]
    written = f"---\ntitle: Một {line}\nsummary: Hai {line}\n---\n{line}\n\nChữ.\n\n{line}\n"

    told = told_lines(tmp_path, written)

    assert [number for number, said in told if said.startswith(message)] == [2, 3, 5, 9]
    assert len(told) == 4


def test_each_kind_of_damage_in_a_file_is_told_at_once(tmp_path: Path) -> None:
    lines = [line for line, _ in DAMAGED.values()]

    told = told_lines(tmp_path, PAGE + "\n\n".join(lines))

    assert [number for number, _ in told] == [4 + 2 * n for n in range(len(lines))]
    assert all(said.startswith(start) for (_, said), (_, start) in zip(told, DAMAGED.values(), strict=True))


def test_no_more_than_some_lines_of_a_kind_are_told_one_by_one(tmp_path: Path) -> None:
    told = told_lines(tmp_path, PAGE + "Së Y tÕ th«ng b¸o.\n\n" * 300)

    assert len(told) == 21
    assert told[-1] == (44, "from here on 280 more lines are damaged in the same way as those told")


def test_line_that_only_seems_to_be_of_an_old_font_is_told_where_others_surely_are(tmp_path: Path) -> None:
    seems = "Lµ"
    assert told(seems) is None
    assert [number for number, _ in told_lines(tmp_path, f"{PAGE}{seems}\n\nSë Y tÕ th«ng b¸o.")] == [4, 6]


@pytest.mark.parametrize("marks", ["\u202a\u202c", "\u202d\u202c", "\u2066\u2069", "\u2068\u2069"])
def test_marks_around_a_telephone_are_taken_away_without_a_word(tmp_path: Path, marks: str) -> None:
    before, behind = marks[0], marks[1]
    content = ContentFolder.of(tmp_path / "content")
    content.write("agency.yaml", f"{AGENCY_RECORD}contact:\n  phone: '{before}0293 {behind}3878 888{behind}'\n")
    content.write("pages/trang.md", f"{PAGE}Gọi {before}(0293) 3878 888{behind}.")

    site = content.load()

    assert site.problems == ()
    assert site.texts["pages/trang.md"].body == "Gọi (0293) 3878 888."


def test_it_is_said_in_vietnamese(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write("pages/trang.md", f"{PAGE}C«ng b¸o tØnh\n")
    assert said(content.load().problems, load_catalogue(MESSAGES, "vi").gettext) == [
        'pages/trang.md:4: chữ theo bảng mã cũ (TCVN3/ABC), không phải Unicode: "C«ng b¸o tØnh" '
        '(chuyển sang Unicode, ví dụ bằng Unikey (ở đây là: "Công báo tỉnh"))'
    ]


CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b\n"
MARK = 'a mark of two versions that were not put together: "<<<<<<< HEAD"'
AROUND_A_CONFLICT = {
    "in the text": (
        "---\ntitle: Tin\ndate: 31/02/2019\nsummary: S\n---\n[x](khong-co.md)\n"
        + CONFLICT.format("[y](mot.md) [^1]", "## Hai\n[y](hai.md)\n\n[^1]: Chú thích")
        + "[z](khong-co.md) [u](#muc-hai) [v](#muc-ba)\n",
        {3: "month 2", 6: "khong-co.md", 7: MARK, 15: "khong-co.md"},
    ),
    "twice": (f"{ARTICLE}{CONFLICT.format('a', 'b')}x\n{CONFLICT.format('c', 'd')}", {6: MARK, 12: MARK}),
    "in the fields": (
        "---\n" + CONFLICT.format("title: Một", "title: Hai") + "date: 2019-09-24\nsummary: S\nfeatured: đúng\n---\n"
        "[x](khong-co.md)\n",
        {2: MARK, 9: "expected true or false", 11: "khong-co.md"},
    ),
    "with a field's name": (
        "---\ntitle: T\n" + CONFLICT.format("picture:", "picture: # ảnh") + "  file: media/a.csv\n  text: Ảnh\n"
        "date: 2019-09-24\nsummary: S\n---\n[x](khong-co.md)\n",
        {3: MARK, 13: "khong-co.md"},
    ),
    "with a field's entries": (
        "---\ntitle: T\ndate: 2019-09-24\nsummary: S\ntopics:\n" + CONFLICT.format("  - a", "  - b") + "---\nx\n",
        {6: MARK},
    ),
    "with the end of the fields": (
        "---\ntitle: T\ndate: 2019-09-24\n"
        + CONFLICT.format("summary: S\n---", "summary: U\n---\nx")
        + "[x](khong-co.md)\n",
        {4: MARK, 12: "khong-co.md"},
    ),
    "in a record": (
        PROCEDURE + CONFLICT.format("kind: x", "kind: y") + "dossier_sets: mười\nrelated: []\n",
        {5: MARK, 10: "expected a whole number"},
    ),
    "a mark left over": (f"{ARTICLE}[x](khong-co.md)\n>>>>>>> b\n", {6: "khong-co.md", 7: "a mark of two versions"}),
}  # fmt: skip


@pytest.mark.parametrize("written", AROUND_A_CONFLICT)
def test_what_is_wrong_around_a_conflict_is_told_with_it_and_nothing_that_follows_from_it(
    tmp_path: Path, written: str
) -> None:
    file, expected = AROUND_A_CONFLICT[written]

    told = told_of(tmp_path, "procedures/1.004616.yaml" if file.startswith("code") else "news/2019/tin.md", file)

    assert {line for line, _ in told} == {*expected, *([15] if written == "in the text" else [])}
    assert all(any(number == line and words in message for number, message in told) for line, words in expected.items())
    assert len(told) == len(expected) + (written == "in the text")  # and the place that is not there


@pytest.mark.parametrize(
    "damaged", ["C«ng b¸o tØnh", "Coâng baùo tænh", "ThÃ´ng bÃ¡o", "Đăng k\ufffd", "Th?ng b?o l?ch ti?m ch?ng"]
)
def test_what_else_is_wrong_in_a_file_of_damaged_letters_is_told(tmp_path: Path, damaged: str) -> None:
    written = f"---\ntitle: {damaged}\ndate: 31/02/2019\nsummary: S\n---\n{damaged}\n\n[x](khong-co.md)\n"

    assert [line for line, _ in told_of(tmp_path, "news/2019/tin.md", written)] == [2, 3, 6, 8]


def told_of(folder: Path, inside: str, written: str) -> list[tuple[int | None, str]]:
    """The lines of all that is told of a file, with what is told, in order."""
    content = ContentFolder.of(folder / "content")
    content.write(inside, written)
    site = content.load()
    renderer = Renderer(site, "")
    texts = [renderer.render(entry) for entry in (*site.texts.values(), *site.unread) if inside.endswith(".md")]
    problems = [*site.problems, *site.advice, *(told for text in texts for told in (*text.problems, *text.advice))]
    return [(problem.line, problem.message.render()) for problem in in_order(problems)]


def test_many_conflicts_are_told_in_a_moment(tmp_path: Path) -> None:
    for piece in ("<<<<<<< a\n", "<<<<<<< a\nb: c\n>>>>>>> d\n", "a: b\n>>>>>>> d\n"):
        told = told_of(tmp_path / str(len(piece)), "agency.yaml", piece * (900_000 // len(piece)))
        assert 1 <= len(told) < 100
