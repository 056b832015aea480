"""What a build makes of emergency notices: they are in its pages until their end, and then nothing is left of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from lxml import html

from plugins.portal.alerts import FILE, Alert, AlertList, UnusableAlertsError
from plugins.portal.values import VIETNAM
from tests.provinces import SmallProvince

PAST, FUTURE = (datetime(year, 12, 1, 18, tzinfo=VIETNAM) for year in (2019, 2099))
HOSTILE = '<b>Nước</b> & "lũ" {{ 7 * 7 }}'


class Built:
    """A small province built without a notice, with one for an agency, with one for all, and after their ends."""

    def __init__(self, province: SmallProvince) -> None:
        self._province = province
        self.without = self._files()
        self.agency = self._files(Alert(agency="so-y-te", level="warning", text=HOSTILE, until=FUTURE))
        self.everywhere = self._files(Alert(level="danger", text="Bão số 5", until=FUTURE))
        self.ended = self._files(Alert(level="danger", text="Bão số 4", until=PAST))

    def _files(self, *alerts: Alert) -> dict[str, bytes]:
        state = self._province.folder / "state"
        state.mkdir(exist_ok=True)
        (state / FILE).write_text(AlertList(alerts=alerts).model_dump_json(), encoding="utf-8")
        assert self._province.problems(self._province.build(conf="publishconf.py")) == []
        return {name: (self._province.output / name).read_bytes() for name in self._province.files()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(SmallProvince.of(tmp_path_factory.mktemp("alerts")))


def pages(files: Mapping[str, bytes]) -> dict[str, str]:
    """Those that have a header, which are not only to lead on."""
    texts = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    return {name: text for name, text in texts.items() if 'class="masthead"' in text}


def lines(page: str) -> list[tuple[str | None, str | None, str]]:
    """Name, end and text of the notices of an emergency on a page."""
    tree = html.fromstring(page.encode())
    return [(e.get("aria-label"), e.get("data-until"), e.text_content()) for e in tree.xpath("//aside[@data-until]")]


def test_notice_of_an_agency_stands_on_all_of_its_pages_and_changes_no_other(built: Built) -> None:
    expected = ("Cảnh báo", "2099-12-01T18:00:00+07:00", f"Cảnh báo: {HOSTILE}")
    own = {name for name in pages(built.agency) if name.startswith("so-y-te/")}

    assert len(own) > 5
    told = {name: lines(page) for name, page in pages(built.agency).items() if lines(page)}
    assert told == {name: [expected] for name in own}
    changed = {name for name, content in built.agency.items() if built.without.get(name) != content}
    assert {name for name in changed if not name.startswith("so-y-te/")} == {"api/v1/alerts.json", "live/alert.json"}


def test_notice_for_all_stands_before_the_others_on_every_page(built: Built) -> None:
    expected = ("Khẩn cấp", "2099-12-01T18:00:00+07:00", "Khẩn cấp: Bão số 5")

    in_english = ("Emergency", "2099-12-01T18:00:00+07:00", "Emergency: Bão số 5")
    told = {name: lines(page) for name, page in pages(built.everywhere).items()}
    assert told.pop("api/v1/en/index.html") == [in_english]
    assert {name for name, said in told.items() if said != [expected]} == set()
    home = html.fromstring(built.everywhere["index.html"])
    assert [line.get("aria-label") for line in home.xpath("//div[@class='notices']/aside")] == ["Khẩn cấp", "Thông báo"]


def test_build_after_the_end_is_byte_for_byte_as_if_there_had_been_none(built: Built) -> None:
    assert built.ended == built.without
    assert all(lines(page) == [] for page in pages(built.without).values())


def test_browsers_are_told_what_stands(built: Built) -> None:
    [told] = json.loads(built.agency["live/alert.json"])["alerts"]

    assert told == {
        "agency": "so-y-te", "label": "Cảnh báo", "lang": "vi", "level": "warning", "text": HOSTILE,
        "until": "2099-12-01T18:00:00+07:00",
    }  # fmt: skip
    assert built.without["live/alert.json"] == b'{"alerts":[],"version":1}\n'
    assert "live/alert.json.gz" not in built.agency


def test_every_page_asks_what_stands(built: Built) -> None:
    assert {name for name, page in pages(built.without).items() if page.count("/theme/alert.js?v=") != 1} == set()


def test_notice_is_said_in_its_own_language_on_pages_in_english(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    (tmp_path / "state").mkdir()
    alerts = AlertList(alerts=(Alert(level="danger", text="Bão số 5", until=FUTURE),))
    (tmp_path / "state" / FILE).write_text(alerts.model_dump_json(), encoding="utf-8")
    province.build(DEFAULT_LANG="en")

    assert 'aria-label="Emergency"' in province.page("")
    assert '<span>Emergency: <span lang="vi">Bão số 5</span></span>' in province.page("")


def test_build_that_cannot_know_what_stands_changes_nothing_that_is_live(tmp_path: Path) -> None:
    """An emergency notice must not go away with the next edit because a disk has lost a byte."""
    province = SmallProvince.of(tmp_path)
    state = tmp_path / "state" / FILE
    state.parent.mkdir()
    alerts = AlertList(alerts=(Alert(level="danger", text="Bão số 5", until=FUTURE),))
    state.write_text(alerts.model_dump_json(), encoding="utf-8")
    province.build()
    before = province.files()
    state.write_text(alerts.model_dump_json()[:-1], encoding="utf-8")
    province.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    with pytest.raises(UnusableAlertsError, match="is damaged"):
        province.build()
    assert province.files() == before
    state.unlink()
    province.build()
    assert province.shows("so-y-te/moi")
