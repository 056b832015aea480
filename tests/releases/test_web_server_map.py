"""What web servers are told of addresses that lead on: those of the live release, in words that they cannot misread."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from plugins.portal.release_names import ADDRESSES_MAP, REDIRECTS
from plugins.portal.values import VIETNAM
from plugins.releases.publication import Address, let_go, roll_back
from plugins.releases.records import ReleaseRecord, read_record, write_record
from plugins.releases.showing import live_release
from plugins.releases.web_server_map import write_web_server_map
from tests.provinces import SmallProvince

NOW = datetime(2026, 11, 29, 8, 30, tzinfo=VIETNAM)


def answers(province: SmallProvince) -> dict[str, str]:
    """By pattern what is answered."""
    lines = (province.releases / ADDRESSES_MAP).read_text("utf-8").splitlines()
    return dict(line.removesuffix(";").split(" ") for line in lines)


def note(release: Path, **facts: object) -> None:
    record = read_record(release)
    assert isinstance(record, ReleaseRecord)
    write_record(release, record.model_copy(update=facts))


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    """With two releases; the newest is live."""
    province = SmallProvince.of(tmp_path_factory.mktemp("map"))
    province.build()
    record = province.content / "agencies/so-y-te/agency.yaml"
    record.write_text(f"{record.read_text('utf-8')}name_en: Health\n", "utf-8")
    province.build()
    return province


def test_map_is_of_the_live_release_whichever_it_is(province: SmallProvince) -> None:
    address = Address(province.output, (), "vi")
    newest = live_release(province.output)
    assert newest is not None
    note(
        newest.folder,
        moved={"cu/": "so-y-te/", "cu/a.pdf": "so-y-te/media/b.pdf"},
        withdrawn=("so-y-te/media/c.pdf", "so-y-te/x/"),
    )
    write_web_server_map(province.releases, province.output)
    told = answers(province)
    wanted = {f"{newest.short}/cu/": "/so-y-te/", f"{newest.short}/cu/a.pdf": "/so-y-te/media/b.pdf",
              f"{newest.short}/so-y-te/x/": "410", f"{newest.short}/so-y-te/media/c.pdf": "410"}  # fmt: skip
    assert {key: next((v for pattern, v in told.items() if re.fullmatch(pattern.strip('"~'), key)), "") for key in
            wanted} == wanted  # fmt: skip
    assert not re.fullmatch(next(iter(told)).strip('"~'), f"{newest.short}/cu/a-pdf")

    assert (province.releases / REDIRECTS).read_text("utf-8").splitlines() == [
        "/cu/a.pdf /so-y-te/media/b.pdf 301!",
        "/so-y-te/media/c.pdf /404.html 410!",
        "/cu/ /so-y-te/ 301!",
        "/so-y-te/x/ /so-y-te/x/index.html 410!",
    ]

    roll_back(address, "", NOW)
    assert answers(province) == {}
    assert (province.releases / REDIRECTS).read_text("utf-8") == ""
    let_go(address, NOW)
    assert answers(province) == told


def test_what_a_server_would_read_otherwise_is_not_told(province: SmallProvince) -> None:
    newest = live_release(province.output)
    assert newest is not None
    odd = ("a;b/", 'a"/', "a b/", "$host/", "a{/", "\n", "", "/a/", "https://b.vn/")
    note(newest.folder, moved=dict.fromkeys(odd, "so-y-te/") | {"cu/": odd[0]}, withdrawn=odd)

    write_web_server_map(province.releases, province.output)

    assert answers(province) == {}
    assert (province.releases / REDIRECTS).read_text("utf-8") == ""


def test_map_that_says_the_same_is_left_alone_for_a_server_would_be_reloaded(province: SmallProvince) -> None:
    file = province.releases / ADDRESSES_MAP
    write_web_server_map(province.releases, province.output)
    before = file.stat().st_mtime_ns

    write_web_server_map(province.releases, province.output)

    assert file.stat().st_mtime_ns == before
