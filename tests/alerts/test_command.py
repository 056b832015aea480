"""`portal alert` as an operator in a hurry runs it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from plugins.command_line import main
from plugins.command_line.alerts import show_standing
from plugins.command_line.settings import read_portal_settings
from plugins.portal.alerts import FILE
from plugins.portal.values import VIETNAM
from plugins.releases.composing import assemble
from plugins.releases.showing import show
from tests.provinces import ROOT, SmallProvince


def tomorrow() -> str:
    """A moment that the command takes, whenever it is run."""
    return f"{datetime.now(VIETNAM) + timedelta(days=1):%Y-%m-%d} 18:00"


class Operator:
    """A portal that is shown, and what is said of it."""

    def __init__(self, province: SmallProvince, capsys: pytest.CaptureFixture[str]) -> None:
        self.province = province
        self.output = province.folder / "public"
        self.conf = province.folder / "settings.py"
        places = {
            "PATH": province.content, "OUTPUT_PATH": self.output, "THEME": ROOT / "theme",
            "DOSSIER_STATE_PATH": province.folder / "state",
        }  # fmt: skip
        lines = [f"{name} = {str(path)!r}\n" for name, path in places.items()]
        begin = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom publishconf import *\n"
        self.conf.write_text(begin + "".join(lines), encoding="utf-8")
        self._capsys = capsys

    def alerts(self, *words: str) -> tuple[int, str, str]:
        code = main(["alert", "--settings", str(self.conf), "--lang", "en", *words])
        told = self._capsys.readouterr()
        return code, told.out, told.err

    def live(self, folder: Path | None = None) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(((folder or self.output) / "live/alert.json").read_bytes())["alerts"]
        return found


@pytest.fixture
def operator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    made = Operator(SmallProvince.of(tmp_path), capsys)
    made.output.mkdir()
    return made


def test_notice_is_said_listed_and_ended(operator: Operator) -> None:
    said = operator.alerts("Nước lên nhanh", "--level", "danger", "--agency", "so-y-te", "--until", tomorrow())
    listed = operator.alerts()
    live = operator.live()
    ended = operator.alerts("--end", "--agency", "so-y-te")
    again = operator.alerts("--end", "--agency", "so-y-te")

    assert (said[0], said[2]) == (0, "")
    assert said[1].startswith(f"{operator.output}/live/alert.json\nso-y-te, until ")
    assert listed == (0, said[1].partition("\n")[2], "")
    assert listed[1].endswith(" 18:00 (danger): Nước lên nhanh\n")
    [line] = live
    assert (line["agency"], line["label"], line["text"]) == ("so-y-te", "Khẩn cấp", "Nước lên nhanh")
    assert line["until"].endswith("T18:00:00+07:00")
    assert ended == (0, f"{operator.output}/live/alert.json\nNo notice stands.\n", "")
    assert again[:1] == (0,)
    assert again[1].startswith("there was no such notice\n")
    assert operator.live() == []


def test_several_portals_are_told_and_a_missing_one_before_anything_is_said(operator: Operator) -> None:
    others = [operator.province.folder / name for name in ("a", "b")]
    for folder in others:
        folder.mkdir()
    words = [word for folder in others for word in ("--output", str(folder))]

    assert operator.alerts("Bão", "--until", tomorrow(), *words)[0] == 0
    assert [operator.live(folder) == [] for folder in others] == [False, False]
    assert not (operator.output / "live").exists()

    code, _, errors = operator.alerts("Lũ", "--until", tomorrow(), "--output", str(operator.province.folder / "none"))
    assert (code, "there is no portal; build it first" in errors) == (2, True)
    assert "Lũ" not in (operator.province.folder / "state" / FILE).read_text("utf-8")


def test_notice_outlives_the_release_that_it_was_said_in(operator: Operator) -> None:
    """A release that comes later, or back, has the file of its own day."""
    operator.output.rmdir()
    settings = read_portal_settings(operator.conf, {}, None)
    releases = operator.output.with_name("public.releases")
    page = releases / "versions" / "portal" / "1" / "live" / "alert.json"
    page.parent.mkdir(parents=True)
    page.write_text('{"alerts":[]}', encoding="utf-8")
    (releases / "versions" / "so-y-te" / "2").mkdir(parents=True)
    first = assemble(releases, {"portal": "1"}, ["portal"])
    show(first, operator.output)
    operator.alerts("Bão", "--until", tomorrow())
    assert json.loads(page.read_bytes()) == {"alerts": []}, "what was compiled is not written into"

    show(assemble(releases, {"portal": "1", "so-y-te": "2"}, ["portal"]), operator.output)
    assert operator.live() == []
    show_standing(settings)

    assert [line["text"] for line in operator.live()] == ["Bão"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Bão",), "say until when the notice stands: --until '2026-12-01 18:00'"),
        (("--until", "2099-01-01 18:00"), "write the text of the notice, or --end"),
        (("--agency", "so-y-te"), "write the text of the notice, or --end"),
        (("Bão", "--end"), "--end takes a notice away: leave out its text and --until"),
        (("Bão", "--until", "2019-09-24 18:00"), "is not within the next 30 days"),
        (("Bão", "--until", "soon"), "'soon' is no moment"),
        (("--end", "--agency", "so-yte"), 'unknown agency "so-yte" (did you mean "so-y-te"?)'),
    ],
)
def test_words_that_cannot_be_meant_change_nothing(operator: Operator, words: tuple[str, ...], said: str) -> None:
    code, _, errors = operator.alerts(*words)

    assert (code, said in errors) == (2, True), errors
    assert not (operator.output / "live").exists()
