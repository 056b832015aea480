"""Pictures of a small province, built as in earnest."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import feedparser
import pytest
from lxml import html as lxml_html
from PIL import Image

from plugins.languages import MESSAGES, load_catalogue
from tests.pictures.drawn import SECRET, from_a_phone, photograph, png, several, written
from tests.provinces import ROOT, SmallProvince, files_below
from tests.waiting import PATIENCE

pytestmark = pytest.mark.heavy

VIETNAMESE = load_catalogue(MESSAGES, "vi").gettext
MEDIA = "agencies/so-y-te/media"
ARTICLE = """---
title: Lễ khai giảng
date: 2019-09-05 08:00
summary: Học sinh tựu trường.
picture:
  file: media/dau-bai.jpg
  text: Sân trường
  caption: Học sinh xếp hàng
  credit: Phòng Giáo dục
---
Hai ảnh: ![Lớp học]({static}/media/lop-hoc.png) và ![Bìa]({static}/media/bia.png "Bìa sách").

[Ảnh lớn]({static}/media/dau-bai.jpg)
"""
RIVER = """---
title: Mùa nước nổi
date: 2019-09-06 08:00
summary: Nước về.
picture: {file: media/song.webp, text: Sông}
---
Nước về.
"""
AGENCY = """name: Sở Y tế
kind: department
summary: Y tế.
picture: {file: media/tru-so.webp, text: Trụ sở, credit: Văn phòng Sở}
"""


def with_pictures(folder: Path) -> SmallProvince:
    province = SmallProvince.of(folder)
    for name, content in {
        "dau-bai.jpg": from_a_phone(2400, 1600, orientation=6),
        "lop-hoc.png": written(photograph(1000, 600).quantize(32), "PNG"),
        "bia.png": png(300, 200),
        "tru-so.webp": from_a_phone(1200, 750, "WEBP"),
    }.items():
        (province.content / MEDIA / name).write_bytes(content)
    (province.content / "province/media").mkdir(exist_ok=True)
    (province.content / "province/media/song.webp").write_bytes(written(photograph(1000, 400), "WEBP"))
    province.write("province/news/2019/song.md", RIVER)
    province.write("agencies/so-y-te/agency.yaml", AGENCY)
    province.write("agencies/so-y-te/news/2019/khai-giang.md", ARTICLE)
    return province


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    province = with_pictures(tmp_path_factory.mktemp("pictured"))
    assert province.build(conf="publishconf.py").problems == ()
    return province


def pictures(province: SmallProvince, page: str) -> dict[str, lxml_html.HtmlElement]:
    """The pictures of agencies on a page, by their address."""
    tree = lxml_html.fromstring(province.page(page))
    return {img.get("src"): img for img in tree.iter("img") if "/media/" in img.get("src")}


def published(province: SmallProvince, address: str) -> Image.Image:
    image = Image.open(BytesIO((province.output / address.lstrip("/")).read_bytes()))
    image.load()
    return image


@pytest.mark.parametrize(
    "page", ["so-y-te/tin-tuc/2019/khai-giang", "so-y-te", "so-y-te/tin-tuc", "tin-tuc/cac-co-quan", ""]
)
def test_every_picture_has_its_size_and_copies_that_are_there(built: SmallProvince, page: str) -> None:
    images = pictures(built, page)

    assert images
    for address, image in images.items():
        original = published(built, address)
        assert original.size == (int(image.get("width")), int(image.get("height")))
        assert image.get("decoding") == "async"
        sources = image.xpath("ancestor::picture//source")
        assert bool(sources) == (address != "/so-y-te/media/bia.png")
        for source in sources:
            assert source.get("type") == "image/webp"
            assert source.get("sizes")
            candidates = [candidate.split() for candidate in source.get("srcset").split(", ")]
            assert len(candidates) >= 2
            for copy, width in candidates:
                assert f"{published(built, copy).width}w" == width


def test_only_what_stands_first_on_a_page_is_loaded_at_once(built: SmallProvince) -> None:
    lazy = {
        page: {address.rpartition("/")[2] for address, image in pictures(built, page).items() if image.get("loading")}
        for page in ("so-y-te/tin-tuc/2019/khai-giang", "so-y-te", "")
    }

    assert lazy == {
        "so-y-te/tin-tuc/2019/khai-giang": {"lop-hoc.png", "bia.png"},
        "so-y-te": {"dau-bai.jpg"},
        "": set(),
    }


def test_caption_and_credit_stand_below_the_picture(built: SmallProvince) -> None:
    captions = {
        page: [" ".join(caption.text_content().split()) for caption in lxml_html.fromstring(built.page(page)).iter(
            "figcaption")]
        for page in ("so-y-te/tin-tuc/2019/khai-giang", "so-y-te")
    }  # fmt: skip

    assert captions == {
        "so-y-te/tin-tuc/2019/khai-giang": ["Học sinh xếp hàng Ảnh: Phòng Giáo dục"],
        "so-y-te": ["Ảnh: Văn phòng Sở"],
    }


def test_nothing_that_is_published_says_who_took_a_picture_and_where(built: SmallProvince) -> None:
    files = [path for path in files_below(built.output) if path.suffix in (".jpg", ".png", ".webp")]

    assert len(files) >= 10
    for path in files:
        content = path.read_bytes()
        assert SECRET.encode() not in content
        assert not dict(Image.open(BytesIO(content)).getexif())


def test_picture_that_a_text_links_to_stands_upright_at_its_own_address(built: SmallProvince) -> None:
    assert 'href="/so-y-te/media/dau-bai.jpg"' in built.page("so-y-te/tin-tuc/2019/khai-giang")
    assert published(built, "so-y-te/media/dau-bai.jpg").size == (1600, 2400)


def test_feed_and_preview_name_a_picture_that_is_there(built: SmallProvince) -> None:
    feed = feedparser.parse((built.output / "so-y-te/tin-tuc/feed.atom").read_bytes(), resolve_relative_uris=False)
    [content] = [entry.content[0].value for entry in feed.entries if entry.title == "Lễ khai giảng"]
    [preview] = re.findall(r'property="og:image" content="https://[^/]+/([^"]+)"', built.page(
        "so-y-te/tin-tuc/2019/khai-giang"))  # fmt: skip

    assert "<source" not in content
    assert re.findall(r'src="https://[^/]+/([^"]+)"', content) == ["so-y-te/media/lop-hoc.png", "so-y-te/media/bia.png"]
    assert published(built, preview).width == 1600


def test_editing_gives_what_building_from_nothing_gives(tmp_path: Path) -> None:
    edited, fresh = with_pictures(tmp_path / "edited"), with_pictures(tmp_path / "fresh")
    edited.build(conf="publishconf.py")
    for province in (edited, fresh):
        (province.content / MEDIA / "lop-hoc.png").write_bytes(from_a_phone(700, 500, "PNG"))
        (province.content / MEDIA / "tru-so.webp").write_bytes(png_as_webp())
        province.edit("agencies/so-y-te/news/2019/khai-giang.md", "Hai ảnh", "Xem ảnh")
        province.build(conf="publishconf.py")

    contents = [province.files() for province in (edited, fresh)]
    assert contents[0].keys() == contents[1].keys()
    assert [name for name, content in contents[0].items() if content != contents[1][name]] == []
    assert 'width="700" height="500"' in edited.page("so-y-te/tin-tuc/2019/khai-giang")
    assert not (edited.output / "so-y-te/media/lop-hoc.png.960.webp").exists()


def png_as_webp() -> bytes:
    return written(photograph(500, 300), "WEBP")


def test_edit_encodes_nothing_that_was_encoded_before(built: SmallProvince) -> None:
    """What encodes is not even loaded; told by a process of its own."""
    kept = built.folder / "build" / "pictures"
    before = {path: path.stat().st_ino for path in kept.rglob("*") if path.is_file()}
    built.edit("agencies/so-y-te/news/2019/khai-giang.md", "tựu trường", "đến trường")
    script = (
        "import sys\nfrom pathlib import Path\nfrom tests.provinces import SmallProvince\n"
        f"report = SmallProvince(Path({str(built.folder)!r})).build(conf='publishconf.py')\n"
        "assert report.problems == ()\n"
        "print('plugins.pictures.encoding' in sys.modules, 'PIL.ImageCms' in sys.modules)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE
    )

    assert done.stdout == "False False\n"
    assert {path: path.stat().st_ino for path in kept.rglob("*") if path.is_file()} == before
    assert "đến trường" in built.page("so-y-te/tin-tuc/2019/khai-giang")


REFUSED = {
    "hong.jpg": (from_a_phone(300, 200)[:-9_000], "ảnh bị hỏng"),
    "dong.gif": (several("GIF"), "đây là ảnh động"),
    "anh.jpg": (png(), "không phải là tệp JPG (đây là ảnh PNG: đổi tên thành media/anh.png)"),
    "iphone.jpg": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "không phải là tệp JPG (lưu ảnh thành JPG; iPhone tự lưu"),
    "iphone.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 40, 'không đăng được loại tệp ".heic" (lưu ảnh thành JPG'),
    "nang.png": (png() + b"\0" * 10_000_000, "(thu nhỏ ảnh rồi lưu lại: rộng 1920 điểm ảnh là đủ)"),
}


def test_picture_that_cannot_be_shown_is_a_problem_of_its_file_and_of_no_other_site(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    for name, (content, _) in REFUSED.items():
        (province.content / MEDIA / name).write_bytes(content)

    report = province.build()

    told = {problem.path.rpartition("/")[2]: problem.render(VIETNAMESE) for problem in report.problems}
    assert told.keys() == REFUSED.keys()
    assert [name for name, (_, words) in REFUSED.items() if words not in told[name]] == []
    assert all(f"/{MEDIA}/" in problem.path for problem in report.problems)
    assert not province.shows("so-y-te/lien-he")
    assert province.shows("so-tu-phap")


def test_picture_of_a_draft_is_looked_at_and_not_published(tmp_path: Path) -> None:
    province = with_pictures(tmp_path)
    province.edit("agencies/so-y-te/news/2019/khai-giang.md", "title:", "status: draft\ntitle:")
    province.build(conf="publishconf.py")
    assert not list((province.output / "so-y-te/media").glob("dau-bai*"))
    (province.content / MEDIA / "dau-bai.jpg").write_bytes(from_a_phone(300, 200)[:-9_000])

    [problem] = province.build(conf="publishconf.py").problems

    assert problem.path.endswith("media/dau-bai.jpg")
