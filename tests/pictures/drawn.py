"""Pictures as phones, scanners and mischief-makers write them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageCms

GPS = 0x8825
MAKE = 0x010F
ORIENTATION = 0x0112
SECRET = "Telephone of Mr Tu"


def photograph(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture that no format makes small: the left half is bright, the right half dark, with grain."""
    grain = np.random.default_rng(7).integers(0, 40, (height, width, 3))
    light = np.where(np.arange(width) < width / 2, 200, 20)[None, :, None]
    return Image.fromarray((light + grain).astype("uint8")).convert(mode)


def written(image: Image.Image, name: str, **options: Any) -> bytes:
    stream = BytesIO()
    image.save(stream, name, **options)
    return stream.getvalue()


def png(width: int = 2, height: int = 2) -> bytes:
    """A picture of one colour."""
    return written(Image.new("RGB", (width, height), (90, 120, 60)), "PNG")


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: whose it is, where it was, and how it was held."""
    told = Image.Exif()
    told[MAKE] = SECRET
    told[ORIENTATION] = orientation
    told.get_ifd(GPS).update({1: "N", 2: (9.0, 47.0, 4.0), 3: "E", 4: (105.0, 28.0, 12.0)})
    return told


def from_a_phone(width: int, height: int, name: str = "JPEG", orientation: int = 1) -> bytes:
    """A photograph with all that tells of who took it, where and when."""
    return written(photograph(width, height), name, exif=exif(orientation), xmp=f"<x>{SECRET}</x>".encode())


def head_of_png(width: int, height: int) -> bytes:
    """A PNG that says that it is so large, in a hundred bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def head_of_webp(width: int, height: int) -> bytes:
    """The same of WebP."""
    size = (width - 1) | (height - 1) << 14
    picture = b"\x2f" + struct.pack("<I", size) + b"\0" * 9
    body = b"WEBPVP8L" + struct.pack("<I", len(picture)) + picture
    return b"RIFF" + struct.pack("<I", len(body)) + body


def several(name: str, **options: Any) -> bytes:
    """A picture that moves."""
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 120, 240)]
    return written(frames[0], name, save_all=True, append_images=frames[1:], duration=200, **options)


def profile() -> bytes:
    """Of colours that are not sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
