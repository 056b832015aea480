"""One digest for everything that a site is built from."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agencies.digests import SIZE, Digest, LinkInputs, engine_digest, link_digest, site_digest
from tests.portal.contents import AGENCY, ARTICLE, PAGE, ContentFolder
from tests.provinces import ROOT


def digest_of(*parts: str | bytes) -> str:
    digest = Digest()
    digest.add(*parts)
    return digest.hex()


def tree_digest(folder: Path) -> str:
    digest = Digest()
    digest.add_tree(folder)
    return digest.hex()


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    content = ContentFolder.of(tmp_path / "content")
    content.write("news/2019/tin.md", ARTICLE)
    content.write("media/a.csv", "a,b")
    return content


def own(content: ContentFolder) -> str:
    return site_digest("engine", content.folder, AGENCY)


parts = st.lists(st.text(max_size=4) | st.binary(max_size=4), max_size=4)


@given(parts, parts)
def test_parts_never_run_together(one: list[str | bytes], other: list[str | bytes]) -> None:
    raw = [
        [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in each]
        for each in (one, other)
    ]
    assert (digest_of(*one) == digest_of(*other)) == (raw[0] == raw[1])


def test_digest_is_short_hexadecimal() -> None:
    assert len(digest_of("a")) == SIZE * 2
    int(digest_of("a"), 16)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.write("news/2019/tin.md", ARTICLE + "x"),
        lambda c: c.write("pages/moi.md", PAGE),
        lambda c: (c.agency / "media/a.csv").unlink(),
        lambda c: (c.agency / "media/a.csv").rename(c.agency / "media/b.csv"),
        lambda c: c.write_province("province.yaml", "name: Khác\n"),
        lambda c: c.write_province("fields.yaml", "fields: []\n"),
        lambda c: (c.agency / "link").symlink_to("agency.yaml"),
        lambda c: os.mkfifo(c.agency / "pipe"),
        lambda c: c.write("news/__pycache__/tin.md", ARTICLE),
    ],
    ids=["edit", "new", "removed", "renamed", "province", "fields", "link", "pipe", "odd folder"],
)
def test_every_change_of_a_sites_sources_changes_its_digest(
    content: ContentFolder, change: Callable[[ContentFolder], object]
) -> None:
    before = own(content)
    change(content)
    assert own(content) != before


def test_change_in_a_folder_that_python_would_skip_is_seen(content: ContentFolder) -> None:
    """The site takes such a file for news: nobody must have to wonder why an edit does not appear."""
    content.write("news/__pycache__/tin-hai.md", ARTICLE)
    assert "news/__pycache__/tin-hai.md" in content.load().texts
    before = own(content)
    content.write("news/__pycache__/tin-hai.md", ARTICLE + "sửa")
    assert own(content) != before


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.write("news/2019/tin.md", ARTICLE),
        lambda c: os.utime(c.agency / "agency.yaml", (1, 1)),
        lambda c: c.write("../so-tu-phap/agency.yaml", "name: Sở Tư pháp\n"),
        lambda c: c.write_province("pages/trang.md", PAGE),
        lambda c: c.folder.rename(c.folder.with_name("moved")).rename(c.folder),
    ],
    ids=["same bytes", "time", "another agency", "page of the province", "moved there and back"],
)
def test_nothing_else_changes_it(content: ContentFolder, change: Callable[[ContentFolder], object]) -> None:
    before = own(content)
    change(content)
    assert own(content) == before


def test_same_content_in_another_place_has_the_same_digest(content: ContentFolder, tmp_path: Path) -> None:
    before = own(content)
    content.folder.rename(tmp_path / "elsewhere")
    assert own(ContentFolder(tmp_path / "elsewhere")) == before


def test_engine_and_slug_are_part_of_the_digest(content: ContentFolder) -> None:
    assert site_digest("other", content.folder, AGENCY) != own(content)
    (content.agency).rename(content.folder / "agencies" / "so-khac")
    assert site_digest("engine", content.folder, "so-khac") != digest_of()
    assert len({site_digest("engine", content.folder, slug) for slug in ("so-khac", "")}) == 2


def test_agencies_are_part_of_the_digest_of_the_provinces_folder(content: ContentFolder) -> None:
    found = {site_digest("engine", content.folder, "", agencies) for agencies in ((), ("a",), ("a", "b"), ("ab",))}
    assert len(found) == 4


def test_link_goes_in_as_where_it_leads_and_is_not_followed(content: ContentFolder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("một", encoding="utf-8")
    (content.agency / "link").symlink_to(secret)
    (content.agency / "folder").symlink_to(tmp_path, target_is_directory=True)
    before = own(content)
    secret.write_text("hai", encoding="utf-8")
    assert own(content) == before
    (content.agency / "link").unlink()
    (content.agency / "link").symlink_to(tmp_path / "other.txt")
    assert own(content) != before


def test_name_that_is_not_utf8_can_be_digested(content: ContentFolder) -> None:
    before = own(content)
    (content.agency / "\udcff.md").touch()
    assert own(content) != before


def test_contents_of_two_files_do_not_change_places_unseen(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, first, second in ((one, "1", "2"), (other, "2", "1")):
        folder.mkdir()
        (folder / "a").write_text(first)
        (folder / "b").write_text(second)
    assert tree_digest(one) != tree_digest(other)


def test_engine_digest_sees_theme_and_settings(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    (theme / "templates").mkdir(parents=True)
    (theme / "templates" / "base.html").write_text("a")
    before = engine_digest(theme, {"A": 1, "B": [1, 2]})
    assert engine_digest(theme, {"B": [1, 2], "A": 1}) == before
    assert engine_digest(theme, {"A": 1, "B": [2, 1]}) != before
    (theme / "templates" / "base.html").write_text("b")
    assert engine_digest(theme, {"A": 1, "B": [1, 2]}) != before


def test_link_digest_sees_every_version_and_the_provinces_record(content: ContentFolder, tmp_path: Path) -> None:
    versions = [("a", "1", "0"), ("b", "2", "")]
    inputs = LinkInputs(settings={}, figures=tmp_path / "state", removed=())
    before = link_digest("engine", content.folder, versions, inputs)
    others = [
        [("a", "1", "0"), ("b", "3", "")],
        [("a", "1", ""), ("b", "2", "0")],
        [("a", "1", "0")],
        [("b", "2", ""), ("a", "1", "0")],
        [("a", "10", ""), ("b", "2", "")],
    ]
    found = {link_digest("engine", content.folder, other, inputs) for other in others}
    assert len(found) == len(others)
    assert before not in found
    content.write_province("province.yaml", "name: Khác\n")
    assert link_digest("engine", content.folder, versions, inputs) != before


def test_link_digest_sees_figures_settings_of_linked_pages_and_removed_procedures(
    content: ContentFolder, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    inputs = LinkInputs(settings={"A": 1}, figures=state, removed=("1.000001",))

    def digest(changed: LinkInputs = inputs) -> str:
        return link_digest("engine", content.folder, [], changed)

    found = [digest(), digest(replace(inputs, settings={"A": 2})), digest(replace(inputs, removed=()))]
    (state / "history").mkdir(parents=True)
    (state / "last-good.json").write_text("1")
    found.append(digest())
    (state / "history" / "2019-09.jsonl").write_text("1")
    found.append(digest())
    assert len(set(found)) == 5
    (state / "lock").touch()
    assert digest() == found[-1]


def test_digest_does_not_depend_on_the_process(content: ContentFolder) -> None:
    code = (
        "import sys; from pathlib import Path; from plugins.agencies.digests import *; "
        "print(site_digest(engine_digest(Path(sys.argv[1]), {'A': 1}), Path(sys.argv[2]), sys.argv[3]))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code, str(ROOT / "theme" / "templates"), str(content.folder), AGENCY],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
