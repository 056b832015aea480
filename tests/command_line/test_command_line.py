"""`portal` as a person runs it: what it prints, and the exit codes that scripts rely on."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from plugins.command_line.arguments import parser
from plugins.portal.schemas import MODELS
from tests.here import keep_theme
from tests.portal.contents import KINDS
from tests.programs import SCRIPTS
from tests.provinces import ROOT, SmallProvince
from tests.waiting import PATIENCE


def portal(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPTS / "portal", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "200"} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def places(province: SmallProvince) -> list[str | Path]:
    # A settings file of its own keeps the versions inside the temporary folder.
    keep_theme(province.folder / "build")
    settings = province.folder / "settings.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"THEME = {str(ROOT / 'theme')!r}\nPORTAL_BUILD_PATH = {str(province.folder / 'build')!r}\n"
        f"DOSSIER_STATE_PATH = {str(province.folder / 'state')!r}\n"
    )
    return ["--settings", settings, "--content", province.content, "--output", province.output]


def test_clean_content_builds_with_exit_code_0_and_a_table_of_sites(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)

    done = portal("build", *places(province))

    assert (done.returncode, done.stderr) == (0, "")
    assert "[1/4]" in done.stdout  # plain lines where there is no terminal
    for word in ("Các trang của cổng", "so-y-te", "so-tu-phap", "đã dựng", "Số trang", "Giây", "Vấn đề"):
        assert word in done.stdout


def test_problems_are_said_in_vietnamese_with_exit_code_1(tmp_path: Path) -> None:
    done = portal("build", *places(SmallProvince.of(tmp_path, "missing-field")))

    assert done.returncode == 1
    assert "khong-tieu-de.md:2: title: thiếu trường bắt buộc (hãy bổ sung)" in done.stdout


def test_problems_are_said_in_english_on_demand(tmp_path: Path) -> None:
    done = portal("build", *places(SmallProvince.of(tmp_path, "missing-field")), "--lang", "en")

    assert "khong-tieu-de.md:2: title: required field is missing (add it)" in done.stdout


def test_what_cannot_run_says_why_with_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    missing = portal("build", "--content", tmp_path / "nothing")
    empty = portal("build", "--content", tmp_path / "empty")
    settings = portal("build", "--settings", tmp_path / "none.py")
    unknown = portal("build", "so-yte", *places(SmallProvince.of(tmp_path)))

    assert [done.returncode for done in (missing, empty, settings, unknown)] == [2, 2, 2, 2]
    assert "không có thư mục nội dung này" in missing.stderr
    assert "bên trong không có thư mục province/: đây có phải thư mục nội dung không?" in empty.stderr
    assert "không có tệp cài đặt này" in settings.stderr
    assert unknown.stderr == 'portal: không có cơ quan "so-yte" (ý bạn là "so-y-te"?)\n'


def test_plain_pelican_builds_the_same_portal(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    assert portal("build", *places(province)).returncode == 0
    built = province.files()
    other = SmallProvince.of(tmp_path / "other")
    arguments = [str(other.content), "-s", str(places(other)[1]), "-o", str(other.output)]

    done = subprocess.run(
        [SCRIPTS / "pelican", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert other.files() == built
    again = portal("build", *places(other))
    assert "đã dựng" not in again.stdout  # both count the same things as changes


def test_plain_pelican_fails_on_problems_when_asked_to(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path, "bad-date")
    arguments = [str(province.content), "-s", str(places(province)[1]), "-o", str(province.output)]

    done = subprocess.run(
        [SCRIPTS / "pelican", *arguments, "--fatal", "errors"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode != 0
    assert "ngay-sai.md:3: date:" in done.stdout


def test_publishing_builds_with_the_public_settings(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    settings = tmp_path / "public.py"
    conf = (ROOT / "publishconf.py").read_text(encoding="utf-8").replace("Path(__file__).parent", f"{str(ROOT)!r}")
    settings.write_text(f"{conf}\nPORTAL_BUILD_PATH = {str(tmp_path / 'build')!r}\nTHEME = {str(ROOT / 'theme')!r}\n")

    done = portal("build", "--settings", settings, "--content", province.content, "--output", province.output)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Sitemap: https://thunghiem.example/sitemap.xml" in (province.output / "robots.txt").read_text("utf-8")
    assert 'href="/don-vi/"' in province.page("")
    assert (province.output / "index.html.gz").is_file()


@pytest.mark.parametrize("name", ["pelicanconf.py", "publishconf.py"])
def test_console_scripts_can_read_the_settings(name: str) -> None:
    done = subprocess.run(
        [SCRIPTS / "pelican", "-s", name, "--print-settings", "PORTAL_COMPRESS"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 0, done.stderr
    assert f"PORTAL_COMPRESS: {name == 'publishconf.py'}" in done.stdout


def test_schema_writes_one_file_for_each_kind_of_content(tmp_path: Path) -> None:
    done = portal("schema", tmp_path)

    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{name}.schema.json" for name in (*MODELS, *(kind.name for kind in KINDS))
    )


def test_schema_writes_also_those_of_kinds_that_settings_name(tmp_path: Path) -> None:
    settings = tmp_path / "settings.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\nPORTAL_KINDS += ['tests.kinds']\n",
        "utf-8",
    )
    done = portal("schema", tmp_path / "schemas", "--settings", settings)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "schemas/notice.schema.json").is_file()


def test_corpus_is_written_and_builds(tmp_path: Path) -> None:
    size = ["--agencies", "5", "--procedures", "60", "--news", "80", "--pages", "12", "--seed", "7"]
    province = SmallProvince(tmp_path)

    written = portal("corpus", province.content, *size)
    done = portal("build", *places(province))

    assert written.returncode == 0
    assert "60 procedures" in written.stdout
    assert done.returncode == 0, done.stdout
    assert len(list((province.output / "thu-tuc").glob("?.??????"))) == 60


def commands(root: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser; one of several kinds is named with its kind, as `bench search`."""
    kinds = [action for action in root._actions if isinstance(action, argparse._SubParsersAction)]
    if not kinds:
        yield before.strip(), root
    for action in kinds:
        for name, inner in action.choices.items():
            yield from commands(inner, f"{before} {name}")


def options(command: argparse.ArgumentParser) -> set[str]:
    return {option for action in command._actions for option in action.option_strings} - {"-h", "--help"}


def table(heading: str) -> list[list[str]]:
    """The cells of the first table behind a line of docs/commands.md."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    lines = text.split(f"{heading}\n", 1)[1].split("\n| --- ", 1)[1].splitlines()[1:]
    return [line.strip("|").split("|") for line in takewhile(lambda line: line.startswith("|"), lines)]


def test_every_command_is_documented_and_no_other_is() -> None:
    documented = [cells[0].strip(" `").removeprefix("portal ") for cells in table("# Commands")]

    # Behind the name stand its arguments, in capitals.
    assert sorted(re.sub(r" \[?[A-Z].*", "", written) for written in documented) == sorted(
        name for name, _ in commands(parser())
    )


def test_every_option_of_every_command_is_documented_with_it_and_no_other_is() -> None:
    documented: dict[str, set[str]] = {}
    for named, of, _ in table("## Options"):
        for command in of.split(","):
            documented.setdefault(command.strip(), set()).update(re.findall(r"`(--[\w-]+)", named))
    wanted = {name: options(command) for name, command in commands(parser())}
    wanted["import"] = wanted.pop("import procedures")

    assert documented == {name: given for name, given in wanted.items() if given}


def test_make_says_of_every_target_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    done = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    said = dict(line.split("\t", 1) for line in done.stdout.splitlines())

    assert [f"make {target}" for target in re.findall(r"^([\w-]+):", text, re.MULTILINE)] == list(said)
    assert re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE) == [" ".join(said).replace("make ", "")]
    known = ("help", "serve", "build", "test", "test-fast", "check", "publish", "lock")
    assert set(said) >= {f"make {target}" for target in known}
    assert all(said.values())


def test_gateway_is_measured_and_what_cannot_be_is_refused() -> None:
    done = portal("bench", "gateway", "--dossiers", "2000", "--seconds", "0.2")
    nothing = portal("bench", "gateway", "--dossiers", "0")

    assert (done.returncode, done.stderr) == (0, "")
    for named in (
        r"new period, all five groupings +│ +300 │( +\d+\.\d │){3} +1/\d+\.\d │",
        r"this year, all five groupings +│ +[1-9]\d* │ +\d\.\d\d │",
        r"( *│ +\d+\.\d){3} │ +\d+\.\dx │",
    ):
        assert re.search(named, done.stdout), done.stdout
    assert (nothing.returncode, nothing.stderr) == (
        2,
        "portal: there is nothing to measure: use --dossiers and --seconds of more than 0\n",
    )


DRAFT = "---\ntitle: Nháp\ndate: 2019-09-20\nsummary: S\nstatus: draft\n---\n[mất](khong-co.md)\n"


def test_check_sees_what_the_public_will_see_and_tells_what_is_wrong_in_drafts(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write("agencies/so-y-te/news/2019/nhap.md", DRAFT)

    done = portal("check", "--content", province.content)

    assert done.returncode == 0
    assert "? " in done.stdout
    assert "so-y-te/news/2019/nhap.md:7: " in done.stdout


def test_check_lists_what_people_asked_and_has_no_page(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    line = '1.2.3.4 - - [05/Sep/2019:08:00:00 +0700] "GET /tim-kiem/?q={} HTTP/1.1" 200 9 "-" "-"\n'
    log = tmp_path / "access.log"
    log.write_text(3 * line.format("nu%C3%B4i+y%E1%BA%BFn") + 3 * line.format("khai+sinh"), encoding="utf-8")
    done = portal("check", "--content", province.content, "--log", log)

    assert done.returncode == 0
    told = [row.split() for row in done.stdout.splitlines() if row.strip()[:1] == "3"]
    assert ["3", "nuôi", "yến"] in [row[:3] for row in told]
    assert not any("khai" in row[1:3] for row in told)


def test_check_of_a_site_says_what_concerns_it_only(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path, "missing-field")
    for slug in ("so-y-te", "so-tu-phap"):
        province.write(
            f"agencies/{slug}/news/2019/sau.md", DRAFT.replace("status: draft\n", "").replace("2019-", "2091-")
        )

    done = portal("check", "so-tu-phap", "--content", province.content)

    assert done.returncode == 0
    assert "so-tu-phap/news/2019/sau.md" in done.stdout
    told = [line for line in done.stdout.splitlines() if not line.startswith("[")]  # but the progress
    assert "so-y-te" not in "\n".join(told)
    assert portal("check", "so-y-te", "--content", province.content).returncode == 1


def test_problems_of_one_site_do_not_drown_those_of_others(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path, "missing-field")
    for number in range(200):
        province.write(f"agencies/so-tu-phap/rac-{number}.md", "x")

    done = portal("build", *places(province))

    assert done.stdout.count("✗") == 50 + 1 + 1
    assert "còn 150 chỗ nữa của so-tu-phap; xem hết: portal check so-tu-phap" in done.stdout
    assert portal("check", "so-tu-phap", "--content", province.content).stdout.count("✗") == 200
