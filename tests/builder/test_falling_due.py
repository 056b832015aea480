"""What falls due: an hour of a province in which things begin and end, with `portal publish --due` asked in between.

One province for all: each step is a moment, at which the command is given as a timer gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plugins.builder import building, preparation
from plugins.command_line import due, main
from plugins.portal.alerts import FILE, Alert, AlertList
from plugins.portal.values import VIETNAM
from plugins.releases.due import DueNote, read_due
from plugins.releases.layout import DUE
from plugins.releases.pins import pin, unpin
from plugins.releases.records import newest_record
from plugins.releases.showing import known_live_release
from tests.provinces import ROOT, SmallProvince

TEXT = "---\ntitle: {title}\n{fields}---\n{body}\n"
NEWS = "date: 2019-09-20\nsummary: S\n"
ENDING, BEGINNING = "so-y-te/tin-tuc/2019/het-han", "so-y-te/sap-co"


class _Clock(datetime):
    """Stands still, at a moment in Vietnam."""

    moment = datetime(2019, 9, 24, 12)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Clock:
        return cls.fromisoformat(cls.moment.replace(tzinfo=VIETNAM).astimezone(tz).isoformat())


def at(clock: str) -> datetime:
    """That time of the day of these tests."""
    return datetime.fromisoformat(f"2019-09-24T{clock}")


@dataclass
class Timer:
    """A province, and what the timer's command did."""

    province: SmallProvince
    patch: pytest.MonkeyPatch
    built: list[str] = field(default_factory=list)
    """The clock at each build that the command began."""

    def tick(self, clock: str, *words: str) -> bool:
        """Whether the command builds at that time."""
        self.patch.setattr(_Clock, "moment", at(clock))
        before = len(self.built)
        places = ("--content", str(self.province.content), "--output", str(self.province.output))
        self.code = main(["publish", "--due", "--settings", self.settings(), "--lang", "en", *places, *words])
        return len(self.built) > before

    def settings(self) -> str:
        path = self.province.folder / "settings.py"
        path.write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom publishconf import *\n"
            f"THEME = {str(ROOT / 'theme')!r}\nPORTAL_BUILD_PATH = {str(self.province.folder / 'build')!r}\n",
            encoding="utf-8",
        )
        return str(path)

    def publish(self, clock: str, **override: Any) -> Any:
        """Publish as ever, at that time."""
        self.patch.setattr(_Clock, "moment", at(clock))
        return self.province.build(conf="publishconf.py", PORTAL_KEEP_ADDRESSES=True, **override)

    def begin(self, settings: dict[str, Any], *_: object, **__: object) -> Any:
        """In the place of a build that the command begins."""
        self.built.append(f"{_Clock.moment:%H:%M:%S}")
        return self.publish(f"{_Clock.moment:%H:%M:%S}", PORTAL_COMMIT=settings["PORTAL_COMMIT"])

    @property
    def note(self) -> DueNote:
        note = read_due(self.province.releases)
        assert note is not None
        return note

    @property
    def next(self) -> str:
        return f"{self.note.next.astimezone(VIETNAM):%H:%M}" if self.note.next else ""


@pytest.fixture
def timer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Timer]:
    province = SmallProvince.of(tmp_path)
    timer = Timer(province, monkeypatch)
    monkeypatch.setattr(preparation, "datetime", _Clock)
    monkeypatch.setattr(due, "datetime", _Clock)
    monkeypatch.setattr(building, "build_portal", timer.begin)
    yield timer
    assert len(timer.built) == len(set(timer.built))  # nothing is published twice


def write_all(province: SmallProvince) -> None:
    """Everything that begins or ends."""
    fields = f"{NEWS}publish_until: 2019-09-24 12:10\n"
    province.write("agencies/so-y-te/news/2019/het-han.md", TEXT.format(title="Sắp hết", fields=fields, body="X"))
    links = "[a]({filename}het-han.md) [b](/so-y-te/tin-tuc/2019/het-han/)"
    province.write("agencies/so-y-te/news/2019/dan.md", TEXT.format(title="Dẫn", fields=NEWS, body=links))
    fields = "publish_from: 2019-09-24T05:20:00Z\n"
    province.write("agencies/so-y-te/pages/sap-co.md", TEXT.format(title="Sắp có", fields=fields, body="X"))
    ends = "notice: Bảo trì\nnotice_until: 2019-09-24 12:30\n"
    emergency = "emergency: {title: Bão, publish_from: 2019-09-24 12:40}\n"
    province.edit("province/province.yaml", "notice: Trang", f"{ends}{emergency}responsible: Trang")
    procedure = "agencies/so-y-te/procedures/1.004616.yaml"
    written = (province.content / procedure).read_text("utf-8")
    province.write(procedure, f"{written}status: abolished\neffective_to: 2019-09-24\nsuccessor: '2.000488'\n")
    state = province.folder / "state"
    state.mkdir()
    alert = Alert(level="danger", text="Lũ", until=at("12:50").replace(tzinfo=VIETNAM))
    (state / FILE).write_text(AlertList(alerts=(alert,)).model_dump_json(), encoding="utf-8")


def test_each_moment_is_published_once_and_nothing_in_between(timer: Timer) -> None:
    province = timer.province
    write_all(province)
    shown = partial(_shown, province)
    assert timer.tick("12:00:00")  # nobody knows anything yet
    assert (shown(), timer.next) == ("ending news notice alert", "12:10")

    for clock, states, then in (
        ("12:10:00", "notice alert", "12:20"),
        ("12:20:00", "beginning notice alert", "12:30"),
        ("12:30:07", "beginning alert", "12:40"),
        ("12:40:00", "beginning emergency alert", "12:50"),
        ("12:50:59", "beginning emergency", "00:00"),
    ):
        earlier = f"{at(timer.next).replace(minute=at(timer.next).minute - 1):%H:%M}:59"
        assert not timer.tick(earlier)
        assert timer.tick(clock)
        assert not timer.tick(clock)
        assert (shown(), timer.next, timer.code) == (states, then, 0)
    record = newest_record(province.releases)
    assert record is not None
    assert (record.withdrawn, record.quarantined) == ((f"{ENDING}/", f"{ENDING}/index.json"), ())
    assert province.page("so-y-te/tin-tuc/2019/dan").count(f'href="/{ENDING}/"') == 2  # there it says so

    remembered = province.files()
    naming = {name for name, content in remembered.items() if b"het-han" in content}
    article, news = "so-y-te/tin-tuc/2019/dan", "so-y-te/tin-tuc"
    who_links = {f"{article}/index.html", f"{article}/index.json", f"{news}/feed.atom", f"{news}/feed.json"}
    assert naming == {*who_links, f"{ENDING}/index.html"}
    anew = SmallProvince.of(province.folder / "anew")
    write_all(anew)
    anew.build(conf="publishconf.py")
    assert anew.files() == remembered


def _shown(province: SmallProvince) -> str:
    """What of all that begins and ends can be seen."""
    home, agency = province.page(""), province.page("so-y-te")
    feed = (province.output / "so-y-te/tin-tuc/feed.atom").read_text("utf-8")
    states = {
        "ending": "chỉ được công bố đến" not in province.page(ENDING),
        "news": "Sắp hết" in home and "Sắp hết" in agency and "Sắp hết" in feed,
        "beginning": province.shows(BEGINNING) and "Sắp có" in agency,
        "notice": "Bảo trì" in home and "Bảo trì" in agency,
        "emergency": "Bão" in home,
        "alert": "Lũ" in home,
    }
    return " ".join(name for name, is_so in states.items() if is_so)


def test_what_falls_due_while_a_release_is_held_is_built_once_and_waits(timer: Timer) -> None:
    fields = "publish_from: 2019-09-24 12:20\n"
    timer.province.write("agencies/so-y-te/pages/sap-co.md", TEXT.format(title="Sắp có", fields=fields, body="X"))
    timer.publish("12:00:00")
    held = known_live_release(timer.province.output)
    pin(timer.province.releases, held.name, at("12:01").replace(tzinfo=VIETNAM))

    assert [timer.tick(f"12:{minute}:00") for minute in (19, 20, 21)] == [False, True, False]
    assert known_live_release(timer.province.output).name == held.name

    unpin(timer.province.releases)
    (timer.province.releases / DUE).write_text("damaged", encoding="utf-8")
    assert [timer.tick(f"12:{minute}:00") for minute in (22, 23)] == [True, False]
    assert timer.province.shows(BEGINNING)


def test_agency_in_quarantine_is_looked_at_at_its_moments_and_keeps_nobody_else(timer: Timer) -> None:
    province = timer.province
    fields = f"{NEWS}publish_until: 2019-09-24 12:10\n"
    for agency in ("so-y-te", "so-tu-phap"):
        province.write(f"agencies/{agency}/news/2019/het.md", TEXT.format(title="Hết", fields=fields, body="X"))
    timer.publish("12:00:00")
    province.write("agencies/so-tu-phap/news/2019/sai.md", TEXT.format(title="Sai", fields="date: x\n", body="X"))
    timer.publish("12:01:00")

    assert [timer.tick(f"12:{minute}:00") for minute in ("09", "10", "11")] == [False, True, False]
    ended = [f"{agency}/tin-tuc/2019/het" for agency in ("so-y-te", "so-tu-phap")]
    assert ["chỉ được công bố đến" in province.page(address) for address in ended] == [True, False]

    province.delete("agencies/so-tu-phap/news/2019/sai.md")
    timer.publish("12:12:00")
    assert "chỉ được công bố đến" in province.page("so-tu-phap/tin-tuc/2019/het")
    assert timer.next == ""


def test_nothing_is_read_where_nothing_is_due_and_sites_cannot_be_named(
    timer: Timer, capsys: pytest.CaptureFixture[str]
) -> None:
    timer.province.releases.mkdir()
    note = DueNote(at=at("12:00").replace(tzinfo=VIETNAM), next=at("14:00").replace(tzinfo=VIETNAM))
    (timer.province.releases / DUE).write_text(note.model_dump_json(), encoding="utf-8")

    assert not timer.tick("13:59:59", "--from", "main")
    assert (timer.code, capsys.readouterr().out) == (0, "Nothing has fallen due. Next: 2019-09-24 14:00.\n")
    assert not (timer.province.folder / "build").exists()

    assert not timer.tick("14:00:00", "so-y-te")
    assert timer.code == 2
    assert "leave out the names of sites" in capsys.readouterr().err


def test_build_that_is_waited_for_may_have_published_what_was_due(
    timer: Timer, monkeypatch: pytest.MonkeyPatch
) -> None:
    timer.province.releases.mkdir()
    path = timer.province.releases / DUE

    def published(settings: object) -> None:
        path.write_text(DueNote(at=at("14:00:01").replace(tzinfo=VIETNAM)).model_dump_json(), encoding="utf-8")

    monkeypatch.setattr(building, "await_running_build", published)
    assert not timer.tick("14:00:02")
