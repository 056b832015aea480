"""A picture as somebody's phone or scanner wrote it, as files for pages. The only module that knows Pillow.

Whatever a file holds besides its picture (where and when it was taken, with what, by whom, a smaller picture of the
same, text behind its end) is left out: only points are taken over. Equal bytes give equal files.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

# Those that are used, registered by being loaded: else Pillow loads all of its forty to look for the reader of WebP.
from PIL import GifImagePlugin, Image, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from plugins.pictures.containers import holds_nothing_else
from plugins.pictures.faults import PictureError
from plugins.portal.media import WIDEST
from plugins.portal.problems import Text, text

WIDTHS = (480, 960, 1_600)
"""Points of the copies: a phone at twice and thrice its width, half a desk's screen at twice, all of one."""
MOST_PIXELS = 50_000_000
"""More than any camera of a civil servant's has; a decoded point takes four bytes of memory."""
LONGEST = 20_000
"""Points of a side."""
LEAN = 14_600
"""Bytes that a server sends at once (RFC 6928): of a picture that has no more there are no smaller copies."""
KEPT = 300_000
"""Bytes of a picture that stays as it is where nothing in its file needs to be changed."""
WEBP_LONGEST = 16_383
"""Points of a side that WebP can have."""

READERS = (GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
_FORMATS: Mapping[str, tuple[str, ...]] = {
    ".jpg": ("JPEG", "MPO"),  # many phones write a JPEG with a second picture behind it
    ".jpeg": ("JPEG", "MPO"),
    ".png": ("PNG",),
    ".gif": ("GIF",),
    ".webp": ("WEBP",),
}
_SAVED_AS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    ".jpg": ("JPEG", {"quality": 84, "optimize": True, "progressive": True}),
    ".jpeg": ("JPEG", {"quality": 84, "optimize": True, "progressive": True}),
    ".png": ("PNG", {"optimize": True}),
    ".gif": ("GIF", {}),
    ".webp": ("WEBP", {"quality": 84, "method": 4}),
}
_COPY: Mapping[str, Any] = {"quality": 78, "method": 4}
_TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By the orientation that EXIF tells: how to turn the picture upright."""
_ORIENTATION = 0x0112
_ON_ITS_SIDE = 5
"""Orientations from this on exchange width and height."""

_DAMAGED = (
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError, AttributeError),
    *(struct.error, zlib.error, MemoryError),
)
"""What Pillow raises at a damaged file: its readers take numbers from it on trust, and fail where these lead."""


@dataclass(frozen=True)
class EncodedPicture:
    """The files of a picture."""

    width: int
    """Of the picture at its own address, in points."""
    height: int
    original: bytes
    """For its own address, in the format that its name says."""
    copies: Mapping[int, bytes]
    """WebP, by width; narrowest first. None where the picture is small enough as it is."""


def encoded(content: bytes, suffix: str) -> EncodedPicture:
    """The picture of a file whose name ends so, such as `.jpg`.

    Raises `PictureError` for a file that is no picture to be shown, and nothing else whatever it holds.
    """
    with _no_warnings():
        image = _opened(content, suffix)
        try:
            return _encoded(image, content, suffix)
        except _DAMAGED as error:
            raise _damaged() from error


@contextmanager
def _no_warnings() -> Iterator[None]:
    """What Pillow warns of is either refused here or of no consequence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _opened(content: bytes, suffix: str) -> Image.Image:
    """The picture, of which only the head has been read."""
    try:
        image = Image.open(BytesIO(content), formats=_FORMATS[suffix])
        moves = image.format != "MPO" and getattr(image, "is_animated", False)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        message = text("the picture has more than {limit} million points", limit=MOST_PIXELS // 10**6)
        raise PictureError(message, _smaller()) from error
    except _DAMAGED as error:
        raise _damaged() from error
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST:
        message = text("the picture has {width} × {height} points, more than can be shown", width=width, height=height)
        raise PictureError(message, _smaller())
    if moves:
        message = text("the picture moves")
        hint = text("save one of its pictures as PNG or JPG; of a film, write a link to where it can be watched")
        raise PictureError(message, hint)
    return image


def _orientation(image: Image.Image) -> int:
    try:
        told = image.getexif().get(_ORIENTATION, 1)
    except _DAMAGED:
        return 1  # what cannot be read is left out as a whole
    return told if isinstance(told, int) and told in _TURNS else 1


def _encoded(image: Image.Image, content: bytes, suffix: str) -> EncodedPicture:
    is_photograph = image.format in ("JPEG", "MPO")
    if not is_photograph:
        image.load()  # first of all: to ask a PNG for its EXIF reads it, and would hide that it is damaged
    orientation = _orientation(image)
    size = image.size[::-1] if orientation >= _ON_ITS_SIDE else image.size
    width, height = _within(size, WIDEST)
    profile = image.info.get("icc_profile")
    if is_photograph:
        # A large one is read at half, a quarter or an eighth of its size where that is enough.
        image.draft(None, (height, width) if orientation >= _ON_ITS_SIDE else (width, height))
        image.load()
    stays = (width, height) == size and len(content) <= KEPT and holds_nothing_else(content)
    if stays and len(content) <= LEAN:
        return EncodedPicture(width, height, content, {})
    upright = image.transpose(_TURNS[orientation]) if orientation in _TURNS else image
    fitting = upright if upright.size == (width, height) else _resized(_plain(upright), (width, height))
    coloured = _in_srgb(fitting, profile) if profile else fitting
    original = content if stays else _saved(coloured, suffix)
    return EncodedPicture(width, height, original, dict(_copies(_plain(coloured), original, suffix)))


def _within(size: tuple[int, int], width: int) -> tuple[int, int]:
    """The size of a picture that is at most so wide."""
    if size[0] <= width:
        return size
    return width, max(1, round(size[1] * width / size[0]))


def _copies(image: Image.Image, original: bytes, suffix: str) -> Iterator[tuple[int, bytes]]:
    """Narrower ones, and one as wide where the original is no WebP itself; those alone that are smaller."""
    if len(original) <= LEAN:
        return
    own = () if suffix == ".webp" else (min(image.width, WIDTHS[-1]),)
    for width in sorted({*(width for width in WIDTHS if width < image.width), *own}):
        size = _within(image.size, width)
        if max(size) <= WEBP_LONGEST:
            copy = _written(_resized(image, size), "WEBP", _COPY)
            if len(copy) < len(original):
                yield width, copy


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _plain(image: Image.Image) -> Image.Image:
    """In tones of red, green and blue or grey, with or without transparency; but for CMYK, which needs its profile."""
    if image.mode.startswith("I"):  # 16 bits of grey: the upper eight are seen
        grey = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        grey.info.pop("transparency", None)  # it is told in 16 bits too
        return grey
    if image.has_transparency_data:
        return image if image.mode in ("RGBA", "LA") else image.convert("RGBA")
    if image.mode in ("1", "L"):
        return image.convert("L")
    return image if image.mode in ("RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """In the colours that pages have; as they are where the profile is damaged or of other colours."""
    from PIL import ImageCms  # few pictures have a profile

    plain = _plain(image)
    if plain.mode in ("L", "LA"):
        return plain
    coloured = plain.convert("RGB") if plain.mode == "RGBA" else plain
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(coloured, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *_DAMAGED):
        return image
    if turned is None:
        return image
    if plain.mode == "RGBA":
        turned.putalpha(plain.getchannel("A"))
    return turned


def _saved(image: Image.Image, suffix: str) -> bytes:
    """In the format of the file's name."""
    name, options = _SAVED_AS[suffix]
    if name == "JPEG":
        image = image if image.mode in ("RGB", "L") else image.convert("RGB")
    elif name == "WEBP" or image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        image = _plain(image)
    return _written(image, name, options)


def _written(image: Image.Image, name: str, options: Mapping[str, Any]) -> bytes:
    if image.mode == "CMYK":
        image = image.convert("RGB")
    bare = image.copy()
    # What was read with the picture would be written with it.
    bare.info = {key: value for key, value in image.info.items() if key == "transparency"}
    stream = BytesIO()
    bare.save(stream, name, **options)
    return stream.getvalue()


def _damaged() -> PictureError:
    message = text("the picture is damaged: it cannot be read to its end")
    return PictureError(message, text("save it again, or fetch it anew from where it came from"))


def _smaller() -> Text:
    return text("save it smaller: {width} points are wide enough", width=WIDEST)
