"""Settings that cannot be meant are one sentence, before anything begins."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from plugins.command_line import main
from plugins.command_line.settings import PortalSettings, check_settings, read_portal_settings
from plugins.dossiers.settings import DEFAULTS
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import SettingsError
from tests.programs import SCRIPTS
from tests.provinces import ROOT, SmallProvince
from tests.waiting import PATIENCE

BEGIN = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
VIETNAMESE = load_catalogue(MESSAGES, "vi").gettext
WRONG: dict[str, list[Any]] = {
    "PORTAL_ROOT": ["", 5, None],
    "PATH": ["", 5, None],
    "OUTPUT_PATH": ["", ["public"], "a\0b"],
    "THEME": ["", 5],
    "DEFAULT_LANG": ["fr", "", 5],
    "TIMEZONE": ["Asia/Khong", "", "../etc", 7],
    "DEFAULT_PAGINATION": ["a", 0, -1, True, 2.5],
    "FEED_MAX_ITEMS": ["20", 0],
    "PORTAL_SITE_PLUGINS": [["x.y"], "plugins.articles", [5], [""]],
    "PORTAL_KINDS": [["plugins.khong"], "plugins.articles", None, [".articles"]],
    "PORTAL_PREVIEW": ["no", 1, None],
    "PORTAL_HANDBOOK": [5, None],
    "PORTAL_CHECK_DRAFTS": ["yes"],
    "PORTAL_COMPRESS": ["gzip", 0],
    "PORTAL_BUILD_PATH": ["", 5],
    "PORTAL_JOBS": ["x", -1, 1.5, True],
    "PORTAL_SITE_TIME_LIMIT": ["lau", 0, -5, float("nan"), float("inf")],
    "PORTAL_ALLOW_LOSS": ["no"],
    "PORTAL_MOST_QUARANTINED": ["ít", -0.1, 25, float("nan")],
    "PORTAL_CHECK_RELEASES": ["no"],
    "PORTAL_FILE_STORE": [5, None],
    "PORTAL_KEEP_ADDRESSES": ["no"],
    "PORTAL_COMMIT": [5, None],
    "PORTAL_KEPT_RELEASES": ["5", 0, -1],
    "PORTAL_ALERTS_PATH": [5, None],
    "PORTAL_SIGNING_KEY": [5, None],
}


def settings_file(folder: Path, lines: str) -> Path:
    path = folder / "my_settings.py"
    path.write_text(f"{BEGIN}{lines}\n", encoding="utf-8")
    return path


def read(folder: Path, lines: str = "") -> dict[str, Any]:
    return read_portal_settings(settings_file(folder, lines), {}, None)


def test_every_setting_is_looked_at() -> None:
    named = set(re.findall(r"^([A-Z_]+) = ", (ROOT / "pelicanconf.py").read_text("utf-8"), re.MULTILINE))
    portals = {name for name in named if name.startswith("PORTAL_")}

    assert set(WRONG) == set(PortalSettings.model_fields)
    assert portals <= set(WRONG)
    assert {name for name in named if name.startswith("DOSSIER_")} <= set(DEFAULTS)  # looked at where they are read


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_wrong_value_is_one_sentence_with_the_setting_and_what_to_write(name: str, value: object) -> None:
    right = {"PORTAL_ROOT": str(ROOT)} | {
        key: each for key, each in vars(__import__("pelicanconf")).items() if key.isupper() and key != "PORTAL_ROOT"
    }
    check_settings(right)
    with pytest.raises(SettingsError) as refused:
        check_settings(right | {name: value})

    english, vietnamese = str(refused.value), refused.value.render(VIETNAMESE)
    assert english.startswith(f"{name}: ")
    assert vietnamese.startswith(f"{name}: ")
    assert english != vietnamese
    assert "\n" not in english
    assert re.search(rf"write {name} = |mend its name or remove it", english)


def test_setting_that_is_missing_is_named() -> None:
    with pytest.raises(SettingsError, match="PORTAL_ROOT: is missing in the settings; write PORTAL_ROOT = "):
        check_settings({})


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("PATH = ", "my_settings.py:4: this line is no Python"),
        ("X = 1\nimport khong_co", "my_settings.py:5: there is no module khong_co"),
        ("X = 1 / 0", "my_settings.py:4: the settings cannot be read: ZeroDivisionError: division by zero"),
        ("X = KHONG", "my_settings.py:4: the settings cannot be read: NameError"),
        ("THEME = '/khong/co'", "THEME: there is no folder /khong/co"),
        ("THEME = '/'", "THEME: / has no templates/base.html; take it over from the theme that the portal comes with"),
    ],
)
def test_settings_file_that_cannot_be_used_is_told_with_its_line(lines: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, lines)
    assert told in str(refused.value)


def test_relative_paths_begin_at_the_projects_folder_wherever_the_settings_file_lies(tmp_path: Path) -> None:
    settings = read(tmp_path)

    assert {name: settings[name] for name in ("PATH", "OUTPUT_PATH", "THEME")} == {
        "PATH": str(ROOT / "content"),
        "OUTPUT_PATH": str(ROOT / "output"),
        "THEME": str(ROOT / "theme"),
    }


@pytest.mark.parametrize(
    ("lines", "arguments", "told"),
    [
        ("", ["--jobs", "-3"], "portal: --jobs: cần một số nguyên từ 0 trở lên, nhưng gặp -3; hãy viết --jobs 2"),
        ("PORTAL_JOBS = 'x'", [], "portal: PORTAL_JOBS: cần một số nguyên từ 0 trở lên, nhưng gặp 'x'"),
        ("X = (", [], "my_settings.py:4: dòng này không đúng cú pháp Python"),
        ("PORTAL_BUILD_PATH = '/proc/x'", [], "không dựng được: /proc/x: không tạo được thư mục ở đó"),
    ],
)
def test_command_ends_with_2_and_one_vietnamese_sentence(
    lines: str, arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    province = SmallProvince.of(tmp_path)
    path = settings_file(tmp_path, lines)
    places = ["--settings", str(path), "--content", str(province.content), "--output", str(province.output)]

    assert main(["build", *places, *arguments]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
    assert not province.output.exists()


def test_folder_that_was_removed_under_the_command_is_said_to_be(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    path = settings_file(tmp_path, "")
    done = subprocess.run(
        ["/bin/sh", "-c", f"rmdir {gone}; exec {SCRIPTS / 'portal'} build --settings {path}"],
        cwd=gone,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 2
    assert "thư mục nơi chạy lệnh đã bị xóa" in done.stderr
    assert "Traceback" not in done.stderr
