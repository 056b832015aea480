"""One fault of an agency is told, and nothing besides that only follows from it: its pages were not written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.builder.store import SiteStore
from plugins.portal.manifest import SiteManifest
from tests.provinces import SmallProvince

SITE = "agencies/so-y-te"
LINKS = f"{SITE}/pages/lien-ket.md"
OTHERS_LINKS = "agencies/so-tu-phap/pages/lien-ket.md"
ARTICLE = "---\ntitle: Tin {number}\ndate: 2019-09-22\nsummary: S\n---\nX\n"
TO_FILES = """\
[tệp]({static}/media/lich-tiem.csv)
[tệp](/so-y-te/media/lich-tiem.csv)
[tệp](agency:so-y-te/media/lich-tiem.csv)
[bài]({filename}/news/2019/tiem-chung.md)
[bài](/so-y-te/tin-tuc/2019/tiem-chung/)
[trang](/so-y-te/gioi-thieu/)
[thủ tục](procedure:1.004616)
"""


def page_of_links(addresses: list[str]) -> str:
    return "---\ntitle: Liên kết\n---\n" + "".join(f"[x](/{address})\n" for address in addresses)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    """An agency, and another one, with links to every address that the first one writes."""
    made = SmallProvince.of(tmp_path_factory.mktemp("unseen"))
    for number in range(25):
        made.write(f"{SITE}/news/2019/tin-{number}.md", ARTICLE.format(number=number))
    made.write(LINKS, page_of_links([]))
    made.build()
    manifest = shown(made)
    assert {f"so-y-te/{each}" for each in ("", "lien-he/", "tim-kiem/", "site.css", "tin-tuc/", "tin-tuc/trang/2/")} < {
        *manifest.addresses
    }
    # What search reads is called after its content.
    links = page_of_links([each for each in manifest.addresses if not each.startswith("so-y-te/tim-kiem/tin/")])
    made.write(LINKS, links)
    made.write(OTHERS_LINKS, links)
    assert made.problems(made.build()) == []
    return made


def shown(province: SmallProvince) -> SiteManifest:
    manifest = SiteStore(province.build_folder / "sites/so-y-te").current()
    assert manifest is not None
    return manifest


FAULTS: dict[str, Callable[[SmallProvince], object]] = {
    "a new article": lambda p: p.write(f"{SITE}/news/2019/bad.md", "---\ntitle: X\n---\nX\n"),
    "an article that others link to": lambda p: p.edit(f"{SITE}/news/2019/tin-3.md", "2019-09-22", "hôm qua"),
    "a page that others link to": lambda p: p.edit(f"{SITE}/pages/gioi-thieu.md", "title:", "tilte:"),
    "front matter that is not closed": lambda p: p.write(f"{SITE}/news/2019/tin-3.md", "---\ntitle: X\n"),
    "its record": lambda p: p.edit(f"{SITE}/agency.yaml", "summary:", "sumary:"),
    "its record as a whole": lambda p: p.write(f"{SITE}/agency.yaml", "name: [\n"),
    "no record": lambda p: p.delete(f"{SITE}/agency.yaml"),
    "a picture": lambda p: p.write(f"{SITE}/media/anh.png", "no picture"),
    "a procedure": lambda p: p.write(f"{SITE}/procedures/1.004616.yaml", "name: [\n"),
}


FRESH = ("an article that others link to", "its record", "no record")
"""What a portal that was never built makes a difference to: texts, the record, and an agency that is none."""


@pytest.mark.parametrize(
    ("fault", "remembered"), [*((fault, True) for fault in FAULTS), *((fault, False) for fault in FRESH)]
)
def test_fault_of_an_agency_makes_none_of_its_links_wrong(
    fault: str, *, remembered: bool, whole: SmallProvince, tmp_path: Path
) -> None:
    province = SmallProvince(tmp_path)
    shutil.copytree(whole.content, province.content)
    if remembered:
        province.build()
    FAULTS[fault](province)
    report = province.build()

    assert province.problems(report)
    assert [each for each in (*province.problems(report), *province.advice(report)) if "lien-ket.md" in each] == []


def a_link(path: Path) -> None:
    """A file or folder that is not taken, whoever builds: rights stop no superuser."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    path.symlink_to("/khong-co")


UNTAKEN = {
    "a file to download": "media/lich-tiem.csv",
    "all files to download": "media",
    "an article": "news/2019/tiem-chung.md",
    "the articles of a year": "news/2019",
    "all articles": "news",
    "a page": "pages/gioi-thieu.md",
    "all pages but those of others": "pages",
    "a procedure": "procedures/1.004616.yaml",
    "all procedures": "procedures",
}


@pytest.mark.parametrize(
    ("what", "remembered"),
    [
        *((what, True) for what in UNTAKEN),
        ("a file to download", False),
        ("all articles", False),
        ("a procedure", False),
    ],
)
def test_what_cannot_be_taken_is_told_once_however_it_is_named(what: str, *, remembered: bool, tmp_path: Path) -> None:
    """In fields (an article of the base province offers the file), as files of the site and by address."""
    province = SmallProvince.of(tmp_path)
    everywhere = f"---\ntitle: Liên kết\n---\n{TO_FILES}"
    of_others = "".join(line for line in everywhere.splitlines(keepends=True) if "{" not in line)
    if remembered:
        province.build()
    where = [SITE if UNTAKEN[what] != "pages" else "agencies/so-tu-phap", "agencies/so-tu-phap", "province"]
    for site in dict.fromkeys(where):
        province.write(f"{site}/pages/lien-ket.md", everywhere if site == SITE else of_others)
    a_link(province.content / SITE / UNTAKEN[what])
    report = province.build()

    told = [*province.problems(report), *province.advice(report)]
    [problem] = told
    assert problem.startswith(f"content/{SITE}/{UNTAKEN[what]}: a link to another place")


def test_what_is_missing_beside_a_fault_is_told_in_the_same_round(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    missing = ("/so-y-te/tin-tuc/2019/khong-co/", "/so-y-te/khong-co/", "/so-y-te/media/khong-co.csv")
    province.write(LINKS, page_of_links([address.removeprefix("/") for address in missing]))
    FAULTS["a new article"](province)

    told = [each for each in province.problems(province.build()) if "lien-ket.md" in each]
    assert [any(f'"{address}"' in each for each in told) for address in missing] == [True] * 3
