"""A release beside its record: each kind of damage is told by its path, and nothing else is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.portal.files import replace_text
from plugins.portal.problems import PortalError
from plugins.releases import file_lists
from plugins.releases.records import named_release, record_file
from plugins.releases.verifying import verify
from tests.releases.hand_made import HandMade


@pytest.fixture
def portal(tmp_path: Path) -> HandMade:
    portal = HandMade(tmp_path)
    portal.publish(so_y_te="1")
    portal.publish(so_y_te="2")
    return portal


def differences(portal: HandMade) -> list[tuple[str, str]]:
    verified = verify(named_release(portal.releases, portal.live))
    return [(difference.kind, difference.path) for difference in verified.differences]


def test_release_as_it_was_put_together_differs_in_nothing(portal: HandMade) -> None:
    verified = verify(named_release(portal.releases, portal.live))

    assert verified.differences == ()
    # But for those below live/, which change without a build.
    assert verified.files == len([name for name in portal.held() if not name.startswith("live/")]) == 10


def test_files_that_change_without_a_build_are_no_difference(portal: HandMade) -> None:
    replace_text(portal.output / "live/dossiers.json", "newer")
    (portal.output / "live/.dossiers.json.abc.unfinished").write_text("begun", encoding="utf-8")

    assert differences(portal) == []


PAGE = "so-y-te/index.html"
ALTERED = "so-y-te/tin-tuc/2019/a/index.html"


def version(portal: HandMade, name: str = "so-y-te") -> Path:
    return portal.releases / "versions" / name / portal.versions[name]


def same_length(portal: HandMade) -> None:
    path = version(portal) / ALTERED
    path.write_text(path.read_text(encoding="utf-8").replace("2", "9", 1), encoding="utf-8")


def keeping_its_time(portal: HandMade) -> None:
    path = version(portal) / ALTERED
    before = path.stat()
    same_length(portal)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def led_to(path: Path, target: str | Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
    path.symlink_to(target)


def of_the_release(portal: HandMade, name: str) -> Path:
    return portal.releases / portal.live / name


Damage = Callable[[HandMade], object]
DAMAGES: dict[str, tuple[Damage, list[tuple[str, str]]]] = {
    "a byte": (same_length, [("altered", ALTERED)]),
    "a byte, and the old time": (keeping_its_time, [("altered", ALTERED)]),
    "longer": (lambda p: replace_text(version(p) / ALTERED, "longer than it was, by far"), [("altered", ALTERED)]),
    "emptied": (lambda p: (version(p) / ALTERED).write_bytes(b""), [("altered", ALTERED)]),
    "removed": (lambda p: (version(p) / ALTERED).unlink(), [("missing", ALTERED)]),
    "folder removed": (
        lambda p: shutil.rmtree(version(p) / "so-y-te/tin-tuc"),
        [("missing", ALTERED)],
    ),
    "version removed": (
        lambda p: shutil.rmtree(version(p, "so-tu-phap")),
        [
            ("missing", "so-tu-phap/index.html"),
            ("missing", "so-tu-phap/media/a.pdf"),
            ("missing", "so-tu-phap/tin-tuc/2019/a/index.html"),
        ],
    ),
    "a file more": (lambda p: (version(p) / "so-y-te/media/b.pdf").touch(), [("added", "so-y-te/media/b.pdf")]),
    "a folder more": (lambda p: (version(p) / "so-y-te/media/b").mkdir(), [("added", "so-y-te/media/b")]),
    "a file at the top": (lambda p: of_the_release(p, "google.html").touch(), [("added", "google.html")]),
    "no file below live": (
        lambda p: of_the_release(p, "live/dossiers.json").unlink(), [("missing", "live/dossiers.json")],
    ),
    "a file below live": (lambda p: of_the_release(p, "live/x.json").touch(), [("added", "live/x.json")]),
    "a folder for a file": (
        lambda p: folder_instead(version(p) / ALTERED),
        [("added", ALTERED), ("missing", ALTERED)],
    ),
    "a link for a file": (
        lambda p: led_to(version(p) / ALTERED, "/etc/hostname"),
        [("elsewhere", ALTERED)],
    ),
    "a link to the same bytes": (
        lambda p: led_to(version(p) / ALTERED, shutil.copy(version(p) / ALTERED, p.folder / "same")),
        [("elsewhere", ALTERED)],
    ),
    "a link below live": (
        lambda p: led_to(of_the_release(p, "live/dossiers.json"), "/etc/hostname"),
        [("elsewhere", "live/dossiers.json")],
    ),
    "a link at the top to another site": (
        lambda p: led_to(of_the_release(p, "so-tu-phap"), f"../versions/so-y-te/{p.versions['so-y-te']}/so-y-te"),
        [("elsewhere", "so-tu-phap")],
    ),
    "a link at the top to nothing": (
        lambda p: led_to(of_the_release(p, "so-tu-phap"), "nowhere"),
        [("elsewhere", "so-tu-phap")],
    ),
    "a link to an older version": (
        lambda p: led_to((portal_page := of_the_release(p, "so-y-te").resolve()) / "media",
                         portal_page / "../../../versions/so-y-te/1/so-y-te/media"),
        [("elsewhere", "so-y-te/media")],
    ),
    "a link around": (lambda p: led_to(version(p) / "so-y-te/tin-tuc", ".."), [("elsewhere", "so-y-te/tin-tuc")]),
    "a list": (
        lambda p: file_lists.list_file(version(p)).write_text("{}", encoding="utf-8"),
        [("list", "so-y-te")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_told_by_its_path_and_nothing_else_is(name: str, portal: HandMade) -> None:
    damage, told = DAMAGES[name]

    damage(portal)

    assert sorted(differences(portal)) == sorted(told)


def test_each_file_is_missed_and_each_altered_one_is_seen(portal: HandMade) -> None:
    names = sorted(name for name in portal.held() if not name.startswith("live/"))
    for name in names:
        path = (portal.output / name).resolve()
        content = path.read_bytes()
        path.write_bytes(content[:-1] + b"#")
        assert differences(portal) == [("altered", name)]
        path.unlink()
        assert differences(portal) == [("missing", name)]
        path.write_bytes(content)
    assert len(names) == 10
    assert differences(portal) == []


def test_record_that_cannot_be_read_is_told(portal: HandMade) -> None:
    record_file(portal.releases / portal.live).write_text("{", encoding="utf-8")

    with pytest.raises(PortalError, match="has no record that can be read"):
        differences(portal)


def test_only_what_changed_is_read_for_the_next_release(portal: HandMade, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken over from the version before is the same file, and known."""
    read: list[str] = []
    known = file_lists.sha256_of

    def noted(path: str) -> str:
        read.append(path)
        return known(path)

    monkeypatch.setattr(file_lists, "sha256_of", noted)
    before = version(portal)
    portal.versions["so-y-te"] = "3"
    new = version(portal)
    shutil.copytree(before, new, copy_function=os.link)
    (new / PAGE).unlink()
    (new / PAGE).write_text("so-y-te 3: another", encoding="utf-8")

    portal.publish()

    assert read == [str(new / PAGE)]
    assert differences(portal) == []
