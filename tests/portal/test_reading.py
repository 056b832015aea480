"""Files that anybody may have put there."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal import reading
from plugins.portal.reading import (
    MAX_FOLDER_DEPTH,
    MAX_TEXT_BYTES,
    SourceFile,
    UnreadableError,
    read_text,
    slug_of,
    walk,
)


def found(path: Path, written: bytes) -> SourceFile:
    path.write_bytes(written)
    return SourceFile(str(path), path.name, len(written))


def refusal(file: SourceFile) -> tuple[int | None, str]:
    with pytest.raises(UnreadableError) as caught:
        read_text(file)
    return caught.value.line, f"{caught.value.message.render()} ({caught.value.hint.render()})"


def walked(folder: Path) -> tuple[list[str], list[str]]:
    files, obstacles = walk(folder, "content/x")
    return [file.inside for file in files], [obstacle.problem.render() for obstacle in obstacles]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("một\nhai\n".encode(), "một\nhai\n"),
        (b"", ""),
        ("\ufeffmột".encode(), "một"),
        ("một\r\nhai\r\n".encode(), "một\nhai\n"),
        ("một\rhai\r".encode(), "một\nhai\n"),
        (unicodedata.normalize("NFD", "Sở Y tế, Đường").encode(), "Sở Y tế, Đường"),
        ("a\u200bb\u00adc\u2060d\u200c\u200de".encode(), "abcde"),
        ("tab\tvà dấu cách\u00a0cứng".encode(), "tab\tvà dấu cách\u00a0cứng"),
        ("😀".encode(), "😀"),
    ],
    ids=["plain", "empty", "byte-order mark", "CRLF", "CR", "NFD", "invisible", "spaces", "astral"],
)
def test_text_is_read_in_one_form(written: bytes, read: str, tmp_path: Path) -> None:
    assert read_text(found(tmp_path / "a.md", written)) == read


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("một\nhai: ".encode() + "Sở".encode("cp1258", "replace") + b"\xff\n", 2),
        ("một".encode("utf-16"), 1),
        (b"\n\n\xc3", 3),
        (b"a\n\xed\xa0\x80", 2),  # half of a surrogate pair
        (b"\xc0\xaf", 1),  # a slash, overlong
    ],
    ids=["one byte", "UTF-16", "cut off", "surrogate", "overlong"],
)
def test_text_that_is_not_utf8_is_refused_at_its_line(written: bytes, line: int, tmp_path: Path) -> None:
    assert refusal(found(tmp_path / "a.md", written)) == (line, "not written in UTF-8 (save it again as UTF-8)")


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000"), ("\x08", "U+0008"), ("\x0c", "U+000C"), ("\x1b", "U+001B"), ("\x7f", "U+007F"),
        ("\x9b", "U+009B"), ("\u202a", "U+202A"), ("\u202e", "U+202E"), ("\u2066", "U+2066"), ("\u2069", "U+2069"),
        ("\ufffe", "U+FFFE"), ("\uffff", "U+FFFF"),
    ],
)  # fmt: skip
def test_control_character_is_refused_by_its_name(character: str, name: str, tmp_path: Path) -> None:
    file = found(tmp_path / "a.md", f"một\r\nhai{character}\n".encode())
    assert refusal(file) == (2, f"holds the control character {name} (delete it)")


def test_control_character_is_refused_in_vietnamese(tmp_path: Path) -> None:
    translate = load_catalogue(MESSAGES, "vi").gettext
    with pytest.raises(UnreadableError) as caught:
        read_text(found(tmp_path / "a.md", b"\0"))
    assert caught.value.message.render(translate) == "có ký tự điều khiển U+0000"
    assert caught.value.hint.render(translate) == "hãy xóa"


TOO_LARGE = f"larger than {MAX_TEXT_BYTES} bytes (split it, or move what is no text to media/)"


def test_text_up_to_the_limit_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    assert len(read_text(found(tmp_path / "a.md", b"a" * MAX_TEXT_BYTES))) == MAX_TEXT_BYTES
    assert refusal(found(tmp_path / "b.md", b"a" * (MAX_TEXT_BYTES + 1))) == (None, TOO_LARGE)


def test_file_that_has_grown_since_the_look_at_its_folder_is_refused(tmp_path: Path) -> None:
    file = found(tmp_path / "a.md", b"a")
    file.path.write_bytes(b"a" * (MAX_TEXT_BYTES + 1))
    assert refusal(file) == (None, TOO_LARGE)


def test_huge_sparse_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.touch()
    os.truncate(path, 1 << 40)
    [file], problems = walk(tmp_path, "content/x")
    assert problems == []
    assert refusal(file) == (None, TOO_LARGE)


def test_file_that_has_become_a_link_is_not_followed(tmp_path: Path) -> None:
    file = found(tmp_path / "a.md", b"a")
    file.path.unlink()
    file.path.symlink_to("/etc/hostname")
    assert refusal(file) == (
        None,
        "cannot be read: it is a link (check its rights and the disk)",
    )


def test_file_that_has_gone_or_become_a_folder_is_refused(tmp_path: Path) -> None:
    file = found(tmp_path / "a.md", b"a")
    file.path.unlink()
    assert refusal(file) == (None, "cannot be read: it is not there (check its rights and the disk)")
    file.path.mkdir()
    assert refusal(file) == (None, "cannot be read: it is no ordinary file (check its rights and the disk)")


def test_pipe_does_not_hold_the_reader_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    file = SourceFile(str(tmp_path / "a.md"), "a.md", 0)
    assert refusal(file) == (None, "cannot be read: it is no ordinary file (check its rights and the disk)")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_in_one_form_or_refused(tmp_path_factory: pytest.TempPathFactory, written: bytes) -> None:
    file = found(tmp_path_factory.getbasetemp() / "any.md", written)
    try:
        read = read_text(file)
    except UnreadableError as error:
        read, line = "", error.line
    else:
        line = None
    assert line is None or 1 <= line <= written.count(b"\n") + 1
    assert unicodedata.is_normalized("NFC", read)
    assert not {"\r", "\0"} & set(read)


def test_files_are_found_in_order_of_name(tmp_path: Path) -> None:
    for inside in ("pages/b.md", "agency.yaml", "pages/a.md", "news/2019/x.md"):
        (tmp_path / inside).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / inside).write_text(inside)
    files, problems = walk(tmp_path, "content/x")
    assert [(file.inside, file.size) for file in files] == [
        ("agency.yaml", 11), ("news/2019/x.md", 14), ("pages/a.md", 10), ("pages/b.md", 10),
    ]  # fmt: skip
    assert problems == []


def test_hidden_files_and_backups_are_passed_over(tmp_path: Path) -> None:
    for name in (".git", ".DS_Store", "a.md~", "a.md.bak", ".a.md.swp", "a.md.swp", "a.md"):
        (tmp_path / name).touch()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "b.md").touch()
    assert walked(tmp_path) == (["a.md"], [])


def test_links_of_every_kind_are_reported_and_not_followed(tmp_path: Path) -> None:
    content, outside = tmp_path / "content", tmp_path / "outside"
    content.mkdir()
    outside.mkdir()
    (outside / "secret.md").write_text("bí mật")
    (content / "a.md").touch()
    (content / "absolute").symlink_to("/etc/passwd")
    (content / "dangling").symlink_to("nowhere")
    (content / "file").symlink_to("a.md")
    (content / "folder").symlink_to("../outside", target_is_directory=True)
    (content / "loop").symlink_to(".")
    files, problems = walked(content)
    assert files == ["a.md"]
    assert problems == [
        f"content/x/{name}: a link to another place (put the file itself here)"
        for name in ("absolute", "dangling", "file", "folder", "loop")
    ]


def test_pipe_is_reported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert walked(tmp_path) == ([], ["content/x/a.md: not an ordinary file (remove it)"])


def test_folders_are_read_to_the_limit_and_reported_beyond_it(tmp_path: Path) -> None:
    deepest = tmp_path.joinpath(*["f"] * MAX_FOLDER_DEPTH)
    beyond = deepest / "g" / "h"
    beyond.mkdir(parents=True)
    (deepest / "a.md").touch()
    (beyond / "b.md").touch()
    assert walked(tmp_path) == (
        ["f/" * MAX_FOLDER_DEPTH + "a.md"],
        [f"content/x/{'f/' * MAX_FOLDER_DEPTH}g: folders nested too deep (move it further up)"],
    )


def test_names_are_given_composed_whatever_the_file_system_holds(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "Sở")).mkdir()
    (tmp_path / unicodedata.normalize("NFD", "Sở") / unicodedata.normalize("NFD", "Đề án.md")).write_text("a")
    [file], _ = walk(tmp_path, "content/x")
    assert file.inside == unicodedata.normalize("NFC", "Sở/Đề án.md")
    assert read_text(file) == "a"


def test_two_names_that_look_alike_are_told(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        (tmp_path / unicodedata.normalize(form, "giới.md")).write_text(form)
    assert walked(tmp_path) == (
        ["giới.md"],
        ["content/x/giới.md: two files have this name, spelt in two ways that look alike (rename one of them)"],
    )


def test_too_many_files_are_one_problem_and_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.md").touch()
        (tmp_path / f"{number}.link").symlink_to("nowhere")
    assert walked(tmp_path) == ([], ["content/x: more than 3 files (split the site or remove files)"])


def test_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert walked(tmp_path / "gone") == ([], [])


@pytest.mark.parametrize(
    ("inside", "slug"),
    [
        ("news/2019/Đăng ký.md", "dang-ky"),
        (unicodedata.normalize("NFD", "pages/Giới thiệu.md"), "gioi-thieu"),
        ("pages/a.b.md", "a-b"),
        ("pages/???.md", ""),
        ("pages/1.md", "1"),
    ],
)
def test_file_name_makes_the_slug(inside: str, slug: str) -> None:
    assert slug_of(inside) == slug
