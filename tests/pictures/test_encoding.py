"""What comes of a picture: upright, in a few widths, with nothing of who took it; or why it cannot be shown."""

from __future__ import annotations

import random
import warnings
from io import BytesIO
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from plugins.pictures.containers import holds_nothing_else
from plugins.pictures.encoding import KEPT, LEAN, MOST_PIXELS, WIDTHS, EncodedPicture, encoded
from plugins.pictures.faults import PictureError
from plugins.portal.media import WIDEST
from tests.pictures.drawn import (
    SECRET,
    exif,
    from_a_phone,
    head_of_png,
    head_of_webp,
    photograph,
    png,
    profile,
    several,
    written,
)

NAMES = {".jpg": "JPEG", ".png": "PNG", ".gif": "GIF", ".webp": "WEBP"}


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def everything(made: EncodedPicture) -> list[bytes]:
    return [made.original, *made.copies.values()]


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".png", ".webp"])
def test_nothing_of_who_took_it_and_where_is_left(suffix: str) -> None:
    content = from_a_phone(700, 400, {".jpeg": "JPEG"}.get(suffix) or NAMES[suffix])
    assert SECRET.encode() in content

    made = encoded(content, suffix)

    assert len(made.copies) > 0
    for file in everything(made):
        image = opened(file)
        assert not dict(image.getexif())
        assert not {"exif", "xmp", "comment", "icc_profile", "XML:com.adobe.xmp"} & image.info.keys()
        assert not any(word in file for word in (SECRET.encode(), b"Exif", b"http://ns.adobe", b"GPS"))


def test_comments_and_texts_are_left_out_too() -> None:
    gif = written(photograph(300, 200, "P"), "GIF", comment=SECRET.encode())
    jpeg = written(photograph(300, 200), "JPEG", comment=SECRET.encode())

    for content, suffix in ((gif, ".gif"), (jpeg, ".jpg")):
        assert SECRET.encode() in content
        assert SECRET.encode() not in b"".join(everything(encoded(content, suffix)))


@pytest.mark.parametrize("name", ["PNG", "WEBP", "GIF", "JPEG"])
def test_what_hides_behind_the_end_of_a_picture_is_not_published(name: str) -> None:
    behind = b"PK\x03\x04<script>alert(1)</script>"
    suffix = {value: key for key, value in NAMES.items()}[name]

    made = encoded(written(photograph(60, 40), name) + behind, suffix)

    assert behind not in b"".join(everything(made))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_stands_upright_whichever_way_the_phone_was_held(orientation: int) -> None:
    """Bright is left of dark when it stands upright."""
    upright = photograph(600, 400)
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    held = upright.transpose(turns[orientation]) if orientation in turns else upright

    made = encoded(written(held, "JPEG", quality=90, exif=exif(orientation)), ".jpg")

    assert (made.width, made.height) == (600, 400)
    for file in everything(made):
        image = opened(file).convert("L")
        assert image.width > image.height
        left, right = image.getpixel((image.width // 4, 30)), image.getpixel((image.width * 3 // 4, 30))
        assert isinstance(left, int)
        assert isinstance(right, int)
        assert left > right + 100


def test_no_copy_is_larger_than_the_picture_nor_wider_than_screens() -> None:
    small, middle, large = (encoded(from_a_phone(width, max(400, width // 2)), ".jpg") for width in (400, 1200, 4000))

    assert (small.width, sorted(small.copies)) == (400, [400])
    assert (middle.width, sorted(middle.copies)) == (1200, [480, 960, 1200])
    assert (large.width, large.height, sorted(large.copies)) == (WIDEST, WIDEST // 2, [*WIDTHS])
    for made in (small, middle, large):
        assert opened(made.original).size == (made.width, made.height)
        for width, file in made.copies.items():
            image = opened(file)
            assert (image.format, image.size) == ("WEBP", (width, round(made.height * width / made.width)))
            assert len(file) < len(made.original)


def test_large_photograph_held_upright_is_as_wide_as_others() -> None:
    made = encoded(from_a_phone(4000, 3000, orientation=6), ".jpg")

    assert (made.width, made.height) == (WIDEST, WIDEST * 4 // 3)


def test_small_clean_picture_stays_as_it_is() -> None:
    for name, suffix in (("PNG", ".png"), ("WEBP", ".webp")):
        content = written(Image.new("RGB", (800, 450), (90, 120, 60)), name)
        assert len(content) < LEAN

        assert encoded(content, suffix) == EncodedPicture(800, 450, content, {})


def test_clean_picture_loses_nothing_at_its_own_address() -> None:
    content = written(photograph(700, 300), "WEBP", quality=80)
    assert LEAN < len(content) < KEPT

    made = encoded(content, ".webp")

    assert made.original == content
    assert sorted(made.copies) == [480]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_colours_is_shown(mode: str) -> None:
    image = photograph(500, 300, "L").convert("I;16") if mode == "I;16" else photograph(500, 300, mode)

    made = encoded(written(image, "PNG"), ".png")

    for file in everything(made):
        assert opened(file).size[0] <= 500


def test_sixteen_bits_of_grey_are_not_all_white() -> None:
    image = Image.new("I;16", (700, 500))
    image.putdata([value * 40_503 % 65_536 for value in range(700 * 500)])

    made = encoded(written(image, "PNG"), ".png")

    assert opened(made.original).mode == "L"
    for file in everything(made):
        assert len(set(opened(file).convert("L").tobytes())) > 100


def test_cmyk_of_a_printing_house_becomes_what_browsers_show() -> None:
    image = Image.new("CMYK", (500, 300), (0, 255, 255, 0))

    made = encoded(written(image, "JPEG"), ".jpg")

    picture = opened(made.original)
    assert picture.mode == "RGB"
    pixel = picture.getpixel((9, 9))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200 > 60 > pixel[2]


def test_transparency_of_a_palette_is_kept() -> None:
    image = photograph(700, 400).quantize(64)
    image.paste(0, (0, 0, 200, 200))
    made = encoded(written(image, "PNG", transparency=0), ".png")

    assert len(made.copies) > 0
    for file in everything(made):
        assert opened(file).convert("RGBA").getchannel("A").getextrema()[0] == 0


@pytest.mark.parametrize("broken", [False, True])
def test_colours_of_another_profile_are_turned_into_those_of_pages(broken: bool) -> None:
    content = written(photograph(500, 300), "JPEG", icc_profile=profile()[: 60 if broken else None])

    assert b"ICC_PROFILE" not in encoded(content, ".jpg").original


def test_phone_that_writes_a_second_picture_behind_the_first_is_understood() -> None:
    stream = BytesIO()
    photograph(500, 300).save(stream, "MPO", save_all=True, append_images=[photograph(500, 300)])

    made = encoded(stream.getvalue(), ".jpg")

    assert opened(made.original).format == "JPEG"


DAMAGED = "the picture is damaged: it cannot be read to its end"
HOSTILE = {
    "half.jpg": (from_a_phone(400, 300)[:-9_000], DAMAGED),
    "half.png": (written(photograph(100, 100), "PNG")[:-900], DAMAGED),
    "half.webp": (written(photograph(200, 100), "WEBP")[:-900], DAMAGED),
    "half.gif": (written(photograph(200, 100, "P"), "GIF")[:-900], DAMAGED),
    "head-alone.png": (b"\x89PNG\r\n\x1a\n", DAMAGED),
    "empty.png": (b"", DAMAGED),
    "sound.webp": (b"RIFF\x24\0\0\0WAVEfmt ", DAMAGED),
    "png-called.jpg": (png(), DAMAGED),
    "bomb.png": (head_of_png(60_000, 60_000), "the picture has more than 50 million points"),
    "large.png": (head_of_png(9_000, 6_000), "the picture has 9000 × 6000 points, more than can be shown"),
    "long.png": (head_of_png(1, 30_000), "the picture has 1 × 30000 points, more than can be shown"),
    "bomb.webp": (head_of_webp(16_000, 16_000), "the picture has more than 50 million points"),
    "bomb.gif": (b"GIF89a\xff\xff\xff\xff\0\0\0" + b"," + b"\0" * 4 + b"\xff" * 4 + b"\0\2\2\x44\1\0;", None),
    "moves.gif": (several("GIF"), "the picture moves"),
    "moves.png": (several("PNG"), "the picture moves"),
    "moves.webp": (several("WEBP"), "the picture moves"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_picture_that_cannot_be_shown_is_told_with_a_remedy(name: str) -> None:
    content, message = HOSTILE[name]

    with pytest.raises(PictureError) as refused:
        encoded(content, PurePosixPath(name).suffix)

    assert message in (None, refused.value.message.render())
    assert refused.value.hint.render()


def test_limit_is_above_what_phones_take() -> None:
    assert MOST_PIXELS == 50_000_000


@given(st.sampled_from(sorted(NAMES)), st.integers(0, 2**32))
def test_damage_of_any_kind_is_told_and_nothing_else_is_raised(suffix: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # chooses what to damage
    content = bytearray(SMALL[suffix])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(min(len(content), chance.choice([60, 10**6])))
        match chance.randrange(3):
            case 0:
                content[at] = chance.choice([0, 255, chance.randrange(256)])
            case 1:
                del content[at : at + chance.randint(1, min(50, len(content) - 1))]
            case _:
                content[at:at] = chance.randbytes(chance.randint(1, 20))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            made = encoded(bytes(content), suffix)
        except PictureError:
            return
    assert opened(made.original).size == (made.width, made.height)


SMALL = {
    ".jpg": from_a_phone(40, 30),
    ".png": written(photograph(40, 30).quantize(20), "PNG"),
    ".gif": written(photograph(40, 30, "P"), "GIF"),
    ".webp": from_a_phone(40, 30, "WEBP"),
}


@pytest.mark.parametrize("suffix", sorted(NAMES))
def test_equal_bytes_give_equal_files(suffix: str) -> None:
    content = written(photograph(600, 300, "P" if suffix == ".gif" else "RGB"), NAMES[suffix])

    first = encoded(content, suffix)

    assert encoded(bytes(bytearray(content)), suffix) == first


@pytest.mark.parametrize(
    ("content", "clean"),
    [
        (png(), True),
        (written(photograph(20, 20), "WEBP"), True),
        (written(photograph(20, 20), "JPEG"), False),
        (written(photograph(20, 20, "P"), "GIF"), False),
        (png() + b"\0", False),
        (png()[:-4], False),
        (written(photograph(20, 20), "PNG", exif=exif()), False),
        (written(photograph(20, 20), "PNG", icc_profile=profile()), False),
        (written(photograph(20, 20), "WEBP", exif=exif()), False),
        (written(photograph(20, 20), "WEBP") + b"\0\0", False),
        (b"RIFF\x04\0\0\0WEBP", False),
        (b"", False),
    ],
)
def test_file_that_holds_something_else_than_its_picture_is_recognised(content: bytes, clean: bool) -> None:
    assert holds_nothing_else(content) == clean
