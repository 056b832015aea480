"""Addresses that lead on because git knows what was renamed: read from real repositories, without a build."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from plugins.builder.former_addresses import AddressedFiles, Present, RenameMemory, former_addresses
from plugins.builder.git_session import Process, Session
from tests.portal.contents import KINDS
from tests.repositories import Repository

FILES = AddressedFiles(KINDS, ("", "lien-he/", "site.css"))
HEALTH, JUSTICE = "agencies/so-y-te", "agencies/so-tu-phap"
AGENCY = "name: {name}\nkind: department\nsummary: Cơ quan của tỉnh, làm việc ở trụ sở chính.\n"
LONG = "".join(f"Dòng thứ {number} của bài, đủ dài để nhận ra.\n" for number in range(12))


def article(day: str = "2019-09-24", more: str = "") -> str:
    return f"---\ntitle: Tin\ndate: {day} 08:00\nsummary: Tóm tắt.\n---\n{LONG}{more}"


def page(more: str = "") -> str:
    return f"---\ntitle: Giới thiệu\n---\n{LONG[:200]}{more}{LONG[200:]}"


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A province with an agency that has a text of each kind, and a file."""
    made = Repository.in_(tmp_path / "content")
    made.write(f"{HEALTH}/agency.yaml", AGENCY.format(name="Sở Y tế"))
    made.write(f"{HEALTH}/news/2019/tiem.md", article())
    made.write(f"{HEALTH}/pages/gioi-thieu.md", page())
    made.write(f"{HEALTH}/media/mau.csv", "a,b\n1,2\n")
    made.commit()
    return made


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "build" / "renames.json"


def former(repository: Repository | Path, kept: Path, code: str = "1") -> dict[str, str]:
    content = repository.root if isinstance(repository, Repository) else repository

    def fingerprint(path: str) -> str:
        file = content / path
        return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""

    return former_addresses(content, FILES, Present(content, fingerprint), RenameMemory(kept, code))


def rename(repository: Repository, *moves: tuple[str, str]) -> None:
    for old, new in moves:
        repository.move(old, new)
    repository.commit()


@pytest.mark.parametrize(
    ("old", "new", "leads_on"),
    [
        ("news/2019/tiem.md", f"{HEALTH}/news/2019/tiem-chung.md", ("tin-tuc/2019/tiem/", "tin-tuc/2019/tiem-chung/")),
        ("pages/gioi-thieu.md", f"{HEALTH}/pages/ve-so.md", ("gioi-thieu/", "ve-so/")),
        ("media/mau.csv", f"{HEALTH}/media/mau-moi.csv", ("media/mau.csv", "media/mau-moi.csv")),
    ],
)
def test_what_was_renamed_leads_from_where_it_was(
    repository: Repository, kept: Path, old: str, new: str, leads_on: tuple[str, str]
) -> None:
    assert former(repository, kept) == {}
    rename(repository, (f"{HEALTH}/{old}", new))

    assert former(repository, kept) == {f"so-y-te/{leads_on[0]}": f"so-y-te/{leads_on[1]}"}


def test_what_moved_to_another_site_leads_there(repository: Repository, kept: Path) -> None:
    rename(
        repository,
        (f"{HEALTH}/news/2019/tiem.md", f"{JUSTICE}/news/2019/tiem.md"),
        (f"{HEALTH}/pages/gioi-thieu.md", "province/pages/ve-tinh.md"),
    )

    assert former(repository, kept) == {
        "so-y-te/tin-tuc/2019/tiem/": "so-tu-phap/tin-tuc/2019/tiem/",
        "so-y-te/gioi-thieu/": "ve-tinh/",
    }


def test_old_address_has_the_year_of_the_old_text_and_the_new_one_that_of_now(
    repository: Repository, kept: Path
) -> None:
    repository.move(f"{HEALTH}/news/2019/tiem.md", f"{HEALTH}/news/2020/tiem.md")
    repository.save(f"{HEALTH}/news/2020/tiem.md", article("2020-01-02"))
    assert former(repository, kept) == {"so-y-te/tin-tuc/2019/tiem/": "so-y-te/tin-tuc/2020/tiem/"}

    repository.write(f"{HEALTH}/news/2020/tiem.md", article("2021-01-02"))  # not committed
    assert former(repository, kept) == {"so-y-te/tin-tuc/2019/tiem/": "so-y-te/tin-tuc/2021/tiem/"}


def test_moved_first_and_dated_later_leads_on(repository: Repository, kept: Path) -> None:
    rename(repository, (f"{HEALTH}/news/2019/tiem.md", f"{HEALTH}/news/2020/tiem.md"))
    assert former(repository, kept) == {}

    repository.save(f"{HEALTH}/news/2020/tiem.md", article("2020-01-02"))
    assert former(repository, kept) == {"so-y-te/tin-tuc/2019/tiem/": "so-y-te/tin-tuc/2020/tiem/"}


def test_renamed_folder_of_an_agency_leads_on_with_all_that_it_has(repository: Repository, kept: Path) -> None:
    rename(repository, (HEALTH, "agencies/so-suc-khoe"))

    below = ("", "tin-tuc/", "tin-tuc/feed.atom", "thu-tuc/", "lien-he/", "gioi-thieu/", "tin-tuc/2019/tiem/",
             "media/mau.csv", "van-ban/", "van-ban/feed.atom")  # fmt: skip
    expected = {f"so-y-te/{address}": f"so-suc-khoe/{address}" for address in below}
    assert former(repository, kept) == expected | {"so-lieu/so-y-te/": "so-lieu/so-suc-khoe/"}


def test_agency_that_goes_as_another_comes_does_not_lead_to_it(repository: Repository, kept: Path) -> None:
    for inside in ("news/2019/tiem.md", "pages/gioi-thieu.md", "media/mau.csv"):
        (repository.root / HEALTH / inside).unlink()
    rename(repository, (f"{HEALTH}/agency.yaml", f"{JUSTICE}/agency.yaml"))

    assert former(repository, kept) == {}


def test_all_former_addresses_lead_to_the_last(repository: Repository, kept: Path) -> None:
    for old, new in (("gioi-thieu", "a"), ("a", "b"), ("b", "c")):
        rename(repository, (f"{HEALTH}/pages/{old}.md", f"{HEALTH}/pages/{new}.md"))

    expected = dict.fromkeys(("so-y-te/gioi-thieu/", "so-y-te/a/", "so-y-te/b/"), "so-y-te/c/")
    assert former(repository, kept) == expected


def test_name_that_two_files_had_leads_to_the_last_of_them(repository: Repository, kept: Path) -> None:
    pages = f"{HEALTH}/pages"
    rename(repository, (f"{pages}/gioi-thieu.md", f"{pages}/a.md"))
    repository.save(f"{pages}/gioi-thieu.md", "---\ntitle: Khác\n---\nMột trang khác hẳn, không giống trang cũ.\n")
    rename(repository, (f"{pages}/gioi-thieu.md", f"{pages}/b.md"), (f"{pages}/a.md", f"{pages}/c.md"))

    assert former(repository, kept) == {"so-y-te/gioi-thieu/": "so-y-te/b/", "so-y-te/a/": "so-y-te/c/"}


def test_two_that_changed_names_lead_to_each_other_for_linking_to_drop(repository: Repository, kept: Path) -> None:
    pages = f"{HEALTH}/pages"
    repository.save(f"{pages}/khac.md", "---\ntitle: Khác\n---\nMột trang khác hẳn, không giống trang cũ.\n")
    for old, new in (("gioi-thieu", "x"), ("khac", "gioi-thieu"), ("x", "khac")):
        rename(repository, (f"{pages}/{old}.md", f"{pages}/{new}.md"))

    assert former(repository, kept) == {
        "so-y-te/gioi-thieu/": "so-y-te/khac/", "so-y-te/khac/": "so-y-te/gioi-thieu/", "so-y-te/x/": "so-y-te/khac/"
    }  # fmt: skip


def test_nothing_leads_to_where_it_was(repository: Repository, kept: Path) -> None:
    for old, new in (("gioi-thieu", "a"), ("a", "gioi-thieu")):
        rename(repository, (f"{HEALTH}/pages/{old}.md", f"{HEALTH}/pages/{new}.md"))

    assert former(repository, kept) == {"so-y-te/a/": "so-y-te/gioi-thieu/"}


def test_what_is_gone_leads_to_where_it_was_last_for_others_may_continue_it(repository: Repository, kept: Path) -> None:
    rename(repository, (f"{HEALTH}/pages/gioi-thieu.md", f"{HEALTH}/pages/a.md"))
    repository.move(f"{HEALTH}/news/2019/tiem.md", f"{HEALTH}/news/2020/tiem.md")
    repository.save(f"{HEALTH}/news/2020/tiem.md", article("2020-01-02"))
    for inside in ("pages/a.md", "news/2020/tiem.md"):
        (repository.root / HEALTH / inside).unlink()
    expected = {
        "so-y-te/gioi-thieu/": "so-y-te/a/", "so-y-te/tin-tuc/2019/tiem/": "so-y-te/tin-tuc/2020/tiem/"
    }  # fmt: skip

    assert former(repository, kept) == expected
    repository.commit()
    assert former(repository, kept) == expected


def test_merge_counts_as_what_went_live_with_it(repository: Repository, kept: Path) -> None:
    repository.git("checkout", "--quiet", "-b", "sua")
    rename(repository, (f"{HEALTH}/pages/gioi-thieu.md", f"{HEALTH}/pages/nhap.md"))
    rename(repository, (f"{HEALTH}/pages/nhap.md", f"{HEALTH}/pages/ve-so.md"))
    repository.git("checkout", "--quiet", "main")
    assert former(repository, kept) == {}
    repository.git("merge", "--quiet", "--no-ff", "-m", "nhập", "sua")

    assert former(repository, kept) == {"so-y-te/gioi-thieu/": "so-y-te/ve-so/"}


@pytest.mark.parametrize("written", [b"\xff\xfe\x00", b"", b"---\ntitle: [\n", b"khong co gi\n" * 20])
def test_text_that_says_no_year_has_no_address(repository: Repository, kept: Path, written: bytes) -> None:
    repository.save(f"{HEALTH}/news/2019/hong.md", written)
    rename(repository, (f"{HEALTH}/news/2019/hong.md", f"{HEALTH}/news/2019/lanh.md"))
    repository.save(f"{HEALTH}/news/2019/lanh.md", article())

    assert former(repository, kept) == {}


def test_content_may_lie_anywhere_in_its_repository(tmp_path: Path, kept: Path) -> None:
    repository = Repository.in_(tmp_path / "cổng")
    folder = f"nội dung/{HEALTH}/pages"
    repository.save(f"{folder}/gioi-thieu.md", page())
    rename(repository, (f"{folder}/gioi-thieu.md", f"{folder}/ve-so.md"))

    assert former(repository.root / "nội dung", kept) == {"so-y-te/gioi-thieu/": "so-y-te/ve-so/"}


def test_without_git_or_commits_nothing_leads_on(tmp_path: Path, kept: Path) -> None:
    (tmp_path / "content").mkdir()
    assert former(tmp_path / "content", kept) == {}
    assert former(Repository.in_(tmp_path / "content"), kept) == {}
    assert not kept.exists()


def test_shallow_clone_knows_what_it_has_and_keeps_nothing(repository: Repository, kept: Path, tmp_path: Path) -> None:
    pages = f"{HEALTH}/pages"
    for old, new in (("gioi-thieu", "a"), ("a", "b")):
        rename(repository, (f"{pages}/{old}.md", f"{pages}/{new}.md"))
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth", "2", f"file://{repository.root}", str(clone))

    assert former(clone, kept) == {"so-y-te/a/": "so-y-te/b/"}
    assert not kept.exists()


def test_history_that_was_rewritten_is_read_anew(repository: Repository, kept: Path) -> None:
    pages = f"{HEALTH}/pages"
    rename(repository, (f"{pages}/gioi-thieu.md", f"{pages}/a.md"))
    assert former(repository, kept) == {"so-y-te/gioi-thieu/": "so-y-te/a/"}
    repository.git("reset", "--quiet", "--hard", "HEAD^")
    rename(repository, (f"{pages}/gioi-thieu.md", f"{pages}/b.md"))

    assert former(repository, kept) == {"so-y-te/gioi-thieu/": "so-y-te/b/"}


@pytest.mark.parametrize("damage", ["", "{", '{"version": 0}', '{"version": 1, "code": "1", "commit": "x"}'])
def test_what_was_kept_and_cannot_be_understood_is_read_anew(repository: Repository, kept: Path, damage: str) -> None:
    rename(repository, (f"{HEALTH}/pages/gioi-thieu.md", f"{HEALTH}/pages/a.md"))
    known = former(repository, kept)
    kept.write_text(damage)

    assert former(repository, kept) == known
    assert former(repository, kept, code="2") == known


def test_reading_on_gives_what_reading_anew_gives(repository: Repository, kept: Path) -> None:
    random = Random(16)  # noqa: S311
    pages = f"{HEALTH}/pages"
    names = ["a", "b", "c", "gioi-thieu"]
    for number in range(14):
        there = sorted(path.stem for path in (repository.root / pages).glob("*.md"))
        name, other = random.choice(names), random.choice(names)
        if name not in there:
            repository.write(f"{pages}/{name}.md", page(f"Trang {number}.\n"))
        elif name != other:
            repository.move(f"{pages}/{name}.md", f"{pages}/{other}.md")
        else:
            (repository.root / f"{pages}/{name}.md").unlink()
        repository.commit()
        if random.random() < 0.6:
            assert former(repository, kept) == former(repository, kept.with_name(f"{number}.json"))
    assert former(repository, kept) == former(repository, kept.with_name("anew.json")) != {}


def test_what_is_known_costs_one_question_and_no_text(
    repository: Repository, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(repository, (f"{HEALTH}/pages/gioi-thieu.md", f"{HEALTH}/pages/a.md"))
    known = former(repository, kept)
    asked: list[str] = []
    start = Session.start

    def counted(session: Session, words: Sequence[str], *more: int) -> Process:
        asked.append(words[0])
        return start(session, words, *more)

    monkeypatch.setattr(Session, "start", counted)
    monkeypatch.setattr(AddressedFiles, "address", lambda *given: pytest.fail("a text was read"))

    assert former(repository, kept) == known
    assert asked == ["rev-parse"]
    repository.save(f"{HEALTH}/pages/b.md", "---\ntitle: Khác\n---\n")
    assert former(repository, kept) == known
    assert asked == ["rev-parse", "rev-parse", "rev-list", "log"]
