"""Releases of real builds, and the commands that people give: of one province, published a few times for all tests."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plugins.command_line import main
from plugins.portal.problems import PortalError
from plugins.releases.publication import Address, roll_back
from plugins.releases.showing import known_live_release
from plugins.releases.verifying import verify
from plugins.serving.server import PortalServer
from tests.provinces import ROOT, SmallProvince
from tests.releases.test_signing import made_key, signers_of
from tests.repositories import Repository

NEWS = "agencies/so-y-te/news/2019/tiem-chung.md"
RECORD = "agencies/so-tu-phap/agency.yaml"


@dataclass
class Published:
    """A province in a repository, what it has published, and its commits."""

    province: SmallProvince
    repository: Repository
    key: Path
    commits: list[str] = field(default_factory=list)

    def publish(self, commit: str, key: str = "") -> str:
        """Publish a commit; the sentence about what is held, if there is one."""
        report = self.province.build(PORTAL_COMMIT=commit, PORTAL_SIGNING_KEY=key or str(self.key))
        return report.held.render() if report.held else ""

    def receipt(self) -> dict[str, Any]:
        given: dict[str, Any] = json.loads((self.province.output / "live/release.json").read_bytes())
        return given

    def command(self, *words: str) -> list[str]:
        settings = self.province.folder / "settings.py"
        settings.write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
            f"THEME = {str(ROOT / 'theme')!r}\nPATH = {str(self.province.content)!r}\n"
            f"OUTPUT_PATH = {str(self.province.output)!r}\n",
            encoding="utf-8",
        )
        return [*words, "--settings", str(settings), "--lang", "en"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Three commits, of which the second breaks an agency and the third leaves it broken."""
    province = SmallProvince.of(tmp_path_factory.mktemp("published"))
    published = Published(province, Repository.in_(province.content), made_key(province.folder / "key"))
    for edits in ({}, {RECORD: "name: ["}, {NEWS: "---\ntitle: Mới\ndate: 2019-09-22\nsummary: S\n---\nX\n"}):
        for path, written in edits.items():
            province.write(path, written)
        published.commits.append(published.repository.commit())
        assert published.publish(published.commits[-1]) == ""
    return published


def sites(published: Published) -> dict[str, dict[str, str]]:
    given: dict[str, dict[str, str]] = published.receipt()["sites"]
    return given


def test_receipt_has_the_commit_and_what_each_site_shows_of_it(published: Published) -> None:
    first, _, third = published.commits
    given = published.receipt()

    assert (given["commit"], given["release"]) == (third, published.province.output.resolve().name)
    assert {name: site["commit"] for name, site in sites(published).items()} == {
        "province": third, "so-y-te": third, "so-tu-phap": first,
    }  # fmt: skip


def test_site_in_quarantine_is_named_with_file_and_line(published: Published) -> None:
    [site] = published.receipt()["quarantined"]

    assert (site["site"], site["kept"]) == ("so-tu-phap", True)
    assert ("content/agencies/so-tu-phap/agency.yaml", 1) in {(p["path"], p["line"]) for p in site["problems"]}
    assert str(published.province.folder) not in json.dumps(published.receipt())


def test_release_is_what_its_record_says_and_damage_is_seen(published: Published) -> None:
    output = published.province.output
    verified = verify(known_live_release(output))
    assert (verified.differences, verified.files > 60) == ((), True)

    page = (output / "so-y-te/index.html").resolve()
    before = page.read_bytes()
    page.write_bytes(before + b"\n")
    try:
        [difference] = verify(known_live_release(output)).differences
        assert (difference.kind, difference.path) == ("altered", "so-y-te/index.html")
    finally:
        page.write_bytes(before)


def lines(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_verify_tells_differences_and_signers_by_its_exit_code(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    signers = str(signers_of(published.key))
    assert main(published.command("verify", "--signers", signers)) == 0
    told = lines(capsys)
    assert "files are as its record says" in told
    assert "The record is signed by cong@example.vn." in told
    added = published.province.output / "google.html"
    added.touch()
    try:
        assert main(published.command("verify")) == 1
        assert "google.html: added" in lines(capsys)
    finally:
        added.unlink()
    assert main(published.command("verify", "ffff")) == 2
    assert main(published.command("verify", "--signers", f"{signers}.none")) == 2


def test_status_answers_by_its_exit_code(published: Published, capsys: pytest.CaptureFixture[str]) -> None:
    content = published.province.content
    server = PortalServer(published.province.output, port=0)
    with server.running() as url:
        asked: dict[int, list[Sequence[str]]] = {
            0: [(), ("--commit", published.commits[0]), (str(content / NEWS),)],
            1: [(str(content / RECORD),)],
            2: [("--commit", "khong-co"), (str(ROOT / "README.md"),)],
        }
        for code, questions in asked.items():
            for words in questions:
                assert main(published.command("status", url, *words)) == code, words
    told = lines(capsys)
    assert "content/agencies/so-tu-phap/agency.yaml:1: name: " in told
    assert "Since " in told


def test_nothing_goes_live_that_cannot_be_signed(published: Published) -> None:
    before = published.province.output.resolve()
    with pytest.raises(PortalError, match="PORTAL_SIGNING_KEY: there is no file"):
        published.publish(published.commits[0], key="/nowhere")
    assert published.province.output.resolve() == before


def test_rollback_holds_what_is_built_until_it_is_let_go(
    published: Published, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    province, third = published.province, published.commits[-1]
    newest = province.output.resolve()
    umask = os.umask(0o077)
    try:
        assert main(published.command("rollback")) == 0
    finally:
        os.umask(umask)
    held = province.output.resolve()
    assert held != newest
    assert (held / "live/release.json").stat().st_mode & 0o044 == 0o044

    assert "is held since a rollback" in published.publish(third)
    assert province.output.resolve() == held
    assert published.receipt()["waiting"]["commit"] == third

    assert main(published.command("releases")) == 0
    told = lines(capsys)
    assert "live, held" in told
    assert held.name[:12] in told
    assert main(published.command("release")) == 0
    assert province.output.resolve() == newest
    assert published.publish(third) == ""


def test_rollback_to_a_release_without_a_name_is_refused(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    before = published.province.output.resolve()

    assert main(published.command("rollback", "")) == 2
    assert "the id of the release is empty" in capsys.readouterr().err
    assert published.province.output.resolve() == before


def test_folder_that_refuses_to_be_written_is_told_and_nothing_changes(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    before, lock = published.province.output.resolve(), published.province.releases / "lock"
    lock.unlink()
    lock.mkdir()
    try:
        for command in ("rollback", "release"):
            assert main(published.command(command)) == 2
            assert (
                f"{lock}: cannot be changed: something that is none of the portal's stands in its way there"
                in capsys.readouterr().err
            )
    finally:
        lock.rmdir()
    assert published.province.output.resolve() == before


def test_a_record_that_cannot_be_read_is_told_of_its_release_alone(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    province = published.province
    live = province.output.resolve()
    record, kept = live.with_name(f"{live.name}.json"), live.with_name("kept.json")
    record.rename(kept)
    record.mkdir()
    try:
        assert main(published.command("releases")) == 0
        assert "record" in lines(capsys)
        assert main(published.command("verify")) == 2
        assert f"{live.name[:12]} has no record that can be read" in capsys.readouterr().err
    finally:
        record.rmdir()
        kept.rename(record)
    assert main(published.command("verify")) == 0


def test_link_that_leads_to_itself_shows_nothing_and_is_mended(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    output = published.province.output
    live = output.resolve()
    output.unlink()
    output.symlink_to(output.name)

    for command in ("verify", "rollback"):
        assert main(published.command(command)) == 2
        assert "no release is shown there; publish one first" in capsys.readouterr().err
    assert main(published.command("release")) == 0
    assert output.resolve() == live


def test_commit_without_a_name_is_refused(published: Published, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(published.command("publish", "--from", "")) == 2
    assert "--from: the name of the commit is empty" in capsys.readouterr().err


def test_commands_say_where_nothing_is_published(tmp_path: Path, published: Published) -> None:
    for command in ("releases", "rollback", "release", "verify"):
        assert main(published.command(command, "--output", str(tmp_path / "none"))) == 2
    assert list(tmp_path.iterdir()) == []


def test_two_who_publish_with_other_settings_take_turns(tmp_path: Path) -> None:
    """Each has a build folder of its own; what the other has pruned is made anew, and a step back leads to either's."""
    province = SmallProvince.of(tmp_path)
    ways: list[dict[str, Any]] = [
        {"PORTAL_BUILD_PATH": str(tmp_path / f"build-{number}"), "PORTAL_COMPRESS": compressed}
        for number, compressed in enumerate((True, False))
    ]
    shown = []
    for number, way in enumerate([*ways, ways[0]]):
        province.write(NEWS, f"---\ntitle: Lần {number}\ndate: 2019-09-22\nsummary: S\n---\nX\n")
        report = province.build(conf="publishconf.py", PORTAL_KEPT_RELEASES=2, PORTAL_KEEP_ADDRESSES=True, **way)
        assert (report.problems, report.notes, report.held) == ((), (), None)
        live = known_live_release(province.output)
        assert verify(live).differences == ()
        assert province.has("index.html.gz") == way["PORTAL_COMPRESS"]
        shown.append(live.name)

    back = roll_back(Address.of(province.settings("publishconf.py")), "", datetime(2030, 1, 1, tzinfo=UTC))

    assert (back.name, verify(back).differences) == (shown[-2], ())
    assert not province.has("index.html.gz")
    held = province.build(conf="publishconf.py", PORTAL_KEPT_RELEASES=2, PORTAL_KEEP_ADDRESSES=True, **ways[0]).held
    assert held is not None
    assert known_live_release(province.output).name == back.name
