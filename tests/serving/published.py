"""A small province, published as `portal publish` does it, with something of every kind that a portal may offer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from plugins.portal.media import MEDIA_SIGNATURES, PICTURES
from tests.pictures.drawn import photograph, png, written
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


def drawn(suffix: str) -> bytes:
    """A picture in the format that files with that name have."""
    return written(photograph(60, 40), Image.registered_extensions()[suffix])


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
            content = drawn(suffix) if suffix in PICTURES else begins + b"." * 2000
            write(province, f"agencies/so-y-te/media/tep-{number}{suffix}", content)
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
