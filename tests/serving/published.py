"""A small province, published as `portal publish` does it, with something of every kind that a portal may offer."""

from __future__ import annotations

import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.portal.media import MEDIA_SIGNATURES
from tests.provinces import SmallProvince
from tests.repositories import begin, commit

PICTURE = "agencies/so-y-te/media/anh.png"
FORM = "agencies/so-y-te/media/mau-don.txt"
NEWS = "so-y-te/tin-tuc/2019/co-anh/"
_ARTICLE = """\
---
title: Tin có ảnh
date: 2019-09-22
summary: Ảnh và mẫu đơn.
picture: {file: media/anh.png, text: Một ô màu}
attachments: [%s]
---
Tải [mẫu đơn]({static}/media/mau-don.txt), xem [thủ tục](procedure:1.004616).
"""


def png(width: int, height: int) -> bytes:
    """A grey picture of that size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@contextmanager
def published() -> Iterator[SmallProvince]:
    """The province in a folder that other users may read, as a web server's has to be."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    try:
        folder.chmod(0o755)
        province = SmallProvince.of(folder)
        begin(province)
        for number, (suffix, signatures) in enumerate(MEDIA_SIGNATURES.items()):
            begins = signatures[0] if signatures else "tệp\n".encode()
            write(province, f"agencies/so-y-te/media/tep-{number}{suffix}", begins + b"." * 2000)
        write(province, PICTURE, png(3, 2))
        write(province, FORM, b"Don so 1\n")
        names = sorted(path.name for path in (province.content / "agencies/so-y-te/media").iterdir())
        article = _ARTICLE % ", ".join(f"media/{name}" for name in names)
        commit(province, "agencies/so-y-te/news/2019/co-anh.md", article, "2019-09-24")
        publish(province)
        yield province
    finally:
        shutil.rmtree(folder)


def write(province: SmallProvince, path: str, content: bytes) -> None:
    """Write a file of the content folder that is no text."""
    file = province.content / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def publish(province: SmallProvince) -> None:
    """Publish, and see to it that nothing was held back."""
    problems = province.problems(province.build(conf="publishconf.py"))
    assert not problems, "\n".join(problems)


def move(province: SmallProvince, old: str, new: str, day: str) -> None:
    """Move a file of the content, commit and publish."""
    written = (province.content / old).read_text(encoding="utf-8")
    (province.content / old).unlink()
    commit(province, new, written, day)
    publish(province)
