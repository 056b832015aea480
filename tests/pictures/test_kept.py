"""What was encoded is kept: whole or not at all, whoever writes beside, and not for ever."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from plugins.pictures import kept as kept_module
from plugins.pictures.kept import ORIGINAL, KeptPictures

COPIES = {480: b"narrow", 960: b"wide"}


def put(pictures: KeptPictures, key: str = "k", original: bytes = b"picture") -> None:
    pictures.put(key, (1280, 720), original, COPIES)


def test_picture_is_there_again_with_its_size_and_copies(tmp_path: Path) -> None:
    put(KeptPictures(tmp_path))

    picture = KeptPictures(tmp_path).get("k")

    assert picture is not None
    assert (picture.width, picture.height, picture.original.read_bytes()) == (1280, 720, b"picture")
    assert {width: path.read_bytes() for width, path in picture.copies.items()} == COPIES
    assert list(picture.copies) == [480, 960]
    assert KeptPictures(tmp_path).get("other") is None


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "no words", "other words"])
def test_damaged_picture_is_not_there_and_is_made_anew(damage: str, tmp_path: Path) -> None:
    pictures = KeptPictures(tmp_path)
    put(pictures)
    match damage:
        case "cut":
            (tmp_path / "k" / "480").write_bytes(b"nar")
        case "changed":
            (tmp_path / "k" / "480").write_bytes(b"NARROW")
        case "gone":
            (tmp_path / "k" / ORIGINAL).unlink()
        case "no words":
            (tmp_path / "k" / "picture.json").write_bytes(b"")
        case _:
            (tmp_path / "k" / "picture.json").write_bytes(b'{"width": "../../x", "height": 1, "files": {}}')
    assert pictures.get("k") is None

    put(pictures)

    assert pictures.get("k") is not None
    assert [path.name for path in tmp_path.iterdir()] == ["k"]


def test_what_is_published_as_it_is_kept_is_not_read_again(tmp_path: Path) -> None:
    pictures = KeptPictures(tmp_path / "pictures")
    put(pictures)
    for name in (ORIGINAL, "480", "960"):
        os.link(tmp_path / "pictures" / "k" / name, tmp_path / name)
    (tmp_path / "480").unlink()
    (tmp_path / "480").write_bytes(b"narrow")
    (tmp_path / "pictures" / "k" / "960").write_bytes(b"WIDE")
    assert pictures.get("k", lambda name: tmp_path / name) is not None

    (tmp_path / "pictures" / "k" / "480").write_bytes(b"NARROW")

    assert pictures.get("k", lambda name: tmp_path / name) is None


def test_of_many_writers_each_is_given_the_whole_picture(tmp_path: Path) -> None:
    given: list[bytes] = []

    def write() -> None:
        for _ in range(20):
            picture = KeptPictures(tmp_path).put("k", (1280, 720), b"picture", COPIES)
            given.append(picture.original.read_bytes())

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)

    assert given == [b"picture"] * 80
    assert [path.name for path in tmp_path.iterdir()] == ["k"]


def test_those_that_nobody_asked_for_go_when_all_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "LIMIT", 1_200)
    pictures = KeptPictures(tmp_path)
    for number in range(4):
        put(pictures, f"k{number}", b"p" * 300)
        os.utime(tmp_path / f"k{number}", (1_000 - number, 1_000 - number))  # years ago, each older than the one before
    (tmp_path / "left.by-a-kill.new").mkdir()
    os.utime(tmp_path / "left.by-a-kill.new", (0, 0))
    assert pictures.get("k3") is not None  # and so it is the newest

    pictures.close()

    left = {path.name for path in tmp_path.iterdir()}
    assert "k3" in left
    assert "k2" not in left
    assert "left.by-a-kill.new" not in left


def test_none_goes_that_was_asked_for_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "LIMIT", 0)
    pictures = KeptPictures(tmp_path)
    put(pictures)

    pictures.close()

    assert pictures.get("k") is not None


def test_key_is_another_for_another_file_and_another_pillow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = KeptPictures(tmp_path)
    keys = {pictures.key("a", ".jpg"), pictures.key("b", ".jpg"), pictures.key("a", ".png")}
    assert KeptPictures(tmp_path).key("a", ".jpg") in keys
    monkeypatch.setattr(kept_module, "version", lambda name: "0.0")

    assert len({*keys, KeptPictures(tmp_path).key("a", ".jpg")}) == 4
