"""A folder in which somebody has put everything that could keep a build waiting, lead it astray or break it down."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.provinces import SmallProvince, site


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    province = SmallProvince.of(tmp_path)
    agency = province.content / "agencies" / "so-y-te"
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật", encoding="utf-8")
    os.mkfifo(agency / "news" / "2019" / "ong.md")
    (agency / "media" / "mat.txt").symlink_to(secret)
    (agency / "pages" / "ra-ngoai").symlink_to(tmp_path)
    agency.joinpath(*["d"] * 200).mkdir(parents=True)
    with (agency / "media" / "lon.pdf").open("wb") as file:
        file.truncate(10**12)  # a terabyte of nothing
    (agency / "procedures" / "1.000001.yaml").write_text("[" * 200_000)
    (agency / "pages" / "dao-chieu.md").write_text("---\ntitle: a\u202eb\n---\nx", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(agency) + b"/news/2019/\xff.md")).write_text("x")
    Path(os.fsdecode(os.fsencode(agency.parent) + b"/\xff")).mkdir()
    (agency.parent / "Sở Lạ").mkdir()
    (agency.parent / "duong-tat").symlink_to(tmp_path)
    return province


def test_everything_hostile_is_reported_and_the_others_are_built(province: SmallProvince) -> None:
    report = province.build(own_processes=True)

    assert province.problems(report) == [
        'content/agencies/Sở Lạ: its name makes no address (rename the folder to "so-la")',
        "content/agencies/duong-tat: not a folder of an agency (put each agency in a folder of its own here)",
        'content/agencies/\ufffd: its name makes no address (rename the folder to "co-quan")',
        "content/agencies/so-y-te/d/d/d/d/d/d/d: folders nested too deep (move it further up)",
        "content/agencies/so-y-te/media/lon.pdf: larger than 10000000 bytes (make it smaller or split it)",
        "content/agencies/so-y-te/media/mat.txt: a link to another place (put the file itself here)",
        "content/agencies/so-y-te/news/2019/ong.md: not an ordinary file (remove it)",
        "content/agencies/so-y-te/news/2019/\ufffd.md: its name has letters that cannot be read"
        " (rename it: names are UTF-8, without control characters)",
        "content/agencies/so-y-te/pages/dao-chieu.md:2: holds the control character U+202E (delete it)",
        "content/agencies/so-y-te/pages/ra-ngoai: a link to another place (put the file itself here)",
        "content/agencies/so-y-te/procedures/1.000001.yaml:1: nested deeper than 40 levels (flatten it)",
    ]
    assert site(report, "so-tu-phap").outcome == "built"
    assert site(report, "portal").outcome == "built"


def test_nothing_outside_the_folder_reaches_the_portal(province: SmallProvince) -> None:
    province.build(own_processes=True)

    files = province.files()
    assert {"index.html", "so-tu-phap/index.html"} <= files.keys()
    assert [name for name, body in files.items() if "bí mật".encode() in body] == []
