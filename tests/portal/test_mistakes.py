"""What civil servants are told when they make a mistake: to the letter, in Vietnamese, with a remedy that works."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from plugins.articles.records import Article
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import Text
from plugins.portal.validation import _explain, field_names
from plugins.portal.yaml_faults import _REASONS, diagnose, told
from plugins.portal.yaml_grammar import first_error, reach
from plugins.portal.yaml_source import MAX_ERRORS, read_yaml
from tests.portal.contents import PAGE, PROCEDURE, ContentFolder
from tests.portal.mistakes import MISTAKES, Mistake

VIETNAMESE = load_catalogue(MESSAGES, "vi").gettext
NAMES = field_names(Article)
ENGLISH = re.compile(
    r"\b(?:the|is|are|was|not|expected|got|found|did|cannot|could|must|should|with|of|it|this|that|and|or|value|valid|"
    r"input|error|type|allowed|while|parsing|mapping|scanning|character|unable|missing|unknown|there|"
    r"write|put|add|remove|rename|see|delete|mend|save|keep)\b(?!:)",
    re.IGNORECASE,
)
"""Words of English that are no names of fields, no values and no Vietnamese."""


def english(said: str) -> list[str]:
    """The English words in what an editor is told; what is quoted, and what is to be typed, may be anything."""
    ours = re.sub(r'\{\w*\}|"[^"]*"|\'[^\']*\'|\w+/[\w/.-]+|<[^>]*>|https?://\S+|\bgit \w+.*', "", said)
    return ENGLISH.findall(ours)


def test_english_is_recognised_as_such() -> None:
    assert english("mapping values are not allowed in this context")
    assert english('thiếu "the field" (write name: value)')
    assert not english('trường "the file" được ghi hai lần (giữ lại một)')


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.path.name)
def test_mistake_is_told_to_the_letter(mistake: Mistake) -> None:
    assert mistake.told() == mistake.expected


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.path.name)
def test_mistake_is_told_with_its_line_and_a_remedy_and_without_english(mistake: Mistake) -> None:
    for line in mistake.expected.splitlines():
        assert re.fullmatch(rf"(?:\? )?{re.escape(mistake.inside)}:\d+: .+ \(.+\)", line)
        assert english(line.partition(": ")[2]) == []
    assert mistake.expected


FILES = {
    "news/2019/thu.MD": "tên tệp phải có đuôi .md (đổi tên thành thu.md)",
    "news/2019/thu.Markdown": "tên tệp phải có đuôi .md (đổi tên thành thu.md)",
    "news/2019/thu.txt": "tên tệp phải có đuôi .md (đổi tên thành thu.md)",
    "news/2019/thu.md.txt": "tên tệp phải có đuôi .md (đổi tên thành thu.md)",
    "news/2019/thu": "tên tệp phải có đuôi .md (đổi tên thành thu.md nếu đúng là bài viết, hoặc bỏ đi)",
    "news/2019/thu.docx": "loại tệp này không để ở đây (chuyển vào media/ rồi nhắc đến trong một bài viết có đuôi .md)",
    "news/2019/anh.JPG": "loại tệp này không để ở đây (chuyển vào media/)",
    "pages/2019/thu.md": "nằm thừa một thư mục (chuyển thành pages/thu.md)",
    "procedures/1.004616.yml": "tên tệp phải có đuôi .yaml (đổi tên thành 1.004616.yaml)",
    "procedures/1.004616.YAML": "tên tệp phải có đuôi .yaml (đổi tên thành 1.004616.yaml)",
    "procedures/1.004616.yaml.txt": "tên tệp phải có đuôi .yaml (đổi tên thành 1.004616.yaml)",
    "procedures/don.docx": (
        "không phải tệp mà cổng dùng ở đây "
        "(chuyển vào một trong agency.yaml, addresses.yaml, news/, pages/, procedures/, documents/, media/, hoặc bỏ đi)"
    ),
    "agency.yml": "tên tệp không đúng tên mà cổng dùng (đã có agency.yaml: gộp vào đó rồi xóa cái này)",
    "Agency.yaml": "tên tệp không đúng tên mà cổng dùng (đã có agency.yaml: gộp vào đó rồi xóa cái này)",
    "thu.md": "bài viết không để ở đây (chuyển vào thư mục năm trong news/, hoặc vào pages/)",
    "New/2019/thu.md": 'không phải thư mục mà cổng dùng (đổi tên thư mục thành "news")',
    "tin-tuc/2019/thu.md": 'không phải thư mục mà cổng dùng (đổi tên thư mục thành "news")',
    "Hình ảnh/a.png": 'không phải thư mục mà cổng dùng (đổi tên thư mục thành "media")',
    "ghi-chu/a.md": (
        "không phải thư mục mà cổng dùng (chuyển các tệp trong đó vào một trong news/, pages/, procedures/, "
        "documents/, media/, hoặc bỏ đi)"
    ),
}


@pytest.mark.parametrize("inside", FILES)
def test_file_in_a_wrong_place_or_of_a_wrong_name_is_told_where_it_belongs(tmp_path: Path, inside: str) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write(inside, "x")
    [told_of_it] = [line for line in content.problems(translate=VIETNAMESE) if not line.startswith("agency.yaml: ")]
    top = inside.partition("/")[0]
    place = inside if top in ("news", "pages", "procedures") else top

    assert told_of_it == f"{place}: {FILES[inside]}"
    assert english(FILES[inside]) == []


def test_folder_of_many_files_that_nobody_knows_is_told_once(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    for number in range(5):
        content.write(f"tin-tuc/2019/{number}.md", PAGE)

    assert len(content.problems()) == 1


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("thu - Copy.md", "thu.md"),
        ("thu (1).md", "thu.md"),
        ("thu - Bản sao.md", "thu.md"),
        ("Copy of thu.md", "thu.md"),
        ("Báo cáo (1).md", "Báo cáo.md"),
    ],
)
def test_copy_of_a_file_is_published_and_told(tmp_path: Path, name: str, original: str) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write(f"pages/{name}", PAGE)
    assert content.load().advice == ()  # of what is not there it is no copy

    content.write(f"pages/{original}", PAGE)
    site = content.load()

    assert site.problems == ()
    assert [advice.render(VIETNAMESE) for advice in site.advice] == [
        f'content/agencies/so-y-te/pages/{name}: có vẻ là bản sao của "{original}" '
        "(hãy xóa hoặc đặt tên riêng: hiện cả hai bản đều được đăng)"
    ]


LITTER = [
    "Thumbs.db", "media/Thumbs.db", "desktop.ini", "media/~$-khai.docx", "news/2019/#tiem-chung.md#",
    "news/2019/tiem-chung.md.orig", "~WRL0001.tmp", "news/2019/tiem-chung.md.rej", "pages/a.md.bak", "pages/a.md~",
    "pages/.a.md.swp", "media/Icon\r", "__MACOSX/media/a.png", "media/.DS_Store", ".~lock.a.odt#", "~lock.a.odt#",
    "media/a.pdf.crdownload", "news/2019/tin_BACKUP_812.md", "media/._anh.png",
    "~$a.docx", "a.tmp", "x.orig", "a~", "ehthumbs.db", "$RECYCLE.BIN/a.md", ".git/config", "news/.DS_Store",
]  # fmt: skip


@pytest.mark.parametrize("inside", LITTER)
def test_what_programs_leave_behind_is_passed_over_in_silence(tmp_path: Path, inside: str) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write(inside, "x")
    site = content.load()

    assert (site.problems, site.advice, dict(site.media)) == ((), (), {})


def test_name_that_differs_only_in_how_its_marks_are_stored_is_told(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    for form in ("NFC", "NFD"):
        content.write(unicodedata.normalize(form, "pages/lịch tiêm.md"), PAGE)

    [problem] = content.problems(translate=VIETNAMESE)
    assert problem.startswith("pages/lịch tiêm.md: ")
    assert english(problem) == []


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_no_kind_of_error_of_pydantic_is_told_in_its_own_words(kind: str) -> None:
    """Also kinds that no model of ours can raise today."""
    source, _ = read_yaml("title: x\nstatus: y\npicture: {}\n")
    assert source is not None
    context = dict.fromkeys(("min_length", "max_length", "ge", "le", "gt", "lt", "multiple_of"), 1)
    for loc in (("title",), ("status",), ("picture", "file"), ("topics", 0)):
        detail = ErrorDetails(type=kind, loc=loc, msg="Input should be a valid thing", input="x", ctx=context)
        message, hint = _explain(Article, source, detail)
        assert english(f"{message.render(VIETNAMESE)} {hint.render(VIETNAMESE)}") == []


@pytest.mark.parametrize("problem", [*(part for part, _ in _REASONS), "something that libyaml 0.3 says"])
def test_no_problem_of_libyaml_is_told_in_its_own_words(problem: str) -> None:
    message, hint = told(problem)
    assert english(f"{message.render(VIETNAMESE)} {hint.render(VIETNAMESE)}") == []
    assert message.render(VIETNAMESE) != message.render()


_PIECES = st.sampled_from(
    ["title: ", "date: ", "summary:", "topics:", "picture:", "  file: ", "Thông báo", ": ",
     "[", "]", "{", "}", '"', "'",
     "- ", "  - ", "-", "\t", " ", "  ", "\n", "\n", "\n", "#", " #1", "@", "%", "`", "*", "&", "!", "|", ">", ",", "?",
     "x", "“", "”", "=", "---", "...", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> b\n", "\\", "\u00a0", "a: b: c"]
)  # fmt: skip
_BROKEN = st.lists(_PIECES, max_size=30).map("".join)


def _texts(message: Text, hint: Text | None) -> Iterator[str]:
    yield message.render(VIETNAMESE)
    if hint is not None:
        yield hint.render(VIETNAMESE)


@given(_BROKEN)
@settings(max_examples=300, deadline=None)
@example("title: [\n- x")
def test_broken_yaml_of_any_kind_is_told_in_vietnamese_with_a_line_of_its_own(written: str) -> None:
    source, errors = read_yaml(written, 2, NAMES, in_front_matter=True)

    assert source is not None or errors
    assert len(errors) <= MAX_ERRORS + 30
    for error in errors:
        assert 2 <= error.line <= 2 + written.count("\n")
        for said in _texts(error.message, error.hint):
            assert english(said) == []


@given(_BROKEN)
@settings(max_examples=300, deadline=None)
def test_advised_remedy_works(written: str) -> None:
    """The text with the remedy carried out has as many lines, and is read further than it was."""
    error = first_error(written)
    if error is None:
        return
    fault = diagnose(written, error, NAMES)
    if fault.repaired is None:
        return
    after = first_error(fault.repaired)
    assert fault.repaired.count("\n") == written.count("\n")
    assert after is None or reach(after, fault.repaired) > reach(error, written)


_ADVISED = re.compile(r":(\d+): (?:\w+: )?.*\((?:đặt cả nội dung trong dấu nháy|thêm . ở cuối|ghi như sau): (.*)\)$")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.path.name)
def test_line_that_is_advised_mends_the_file(mistake: Mistake) -> None:
    """`đặt cả nội dung trong dấu nháy: LINE`: with that line in its place, nothing is told of it any more."""
    lines = mistake.written.split("\n")
    advised = {
        int(found[1]): found[2]
        for told in mistake.expected.splitlines()
        if (found := _ADVISED.search(told)) and not found[2].startswith("phone: ")  # it belongs on a line below
    }
    for number, line in advised.items():
        before = lines[number - 1]
        lines[number - 1] = before[: len(before) - len(before.lstrip())] + line
    after = mistake.told_of("\n".join(lines)) if advised else ""

    told = {int(found[1]) for line in after.splitlines() if (found := re.search(r":(\d+): ", line))}
    assert told & set(advised) == set()


def test_hostile_text_is_told_in_time() -> None:
    broken = ("a: b: c\n" * 100_000, "a: 'x\n" * 100_000, "\ta: b\n" * 100_000, "a " * 400_000 + ": b: c")
    for hostile in (*broken, PROCEDURE * 900):
        _, errors = read_yaml(hostile, 1, NAMES)
        assert len(errors) <= MAX_ERRORS + 30
