"""The files of media/ that a site may offer: what kinds there are, and whether a file is what its name says."""

from __future__ import annotations

from pathlib import PurePosixPath

from plugins.portal.problems import Text, text
from plugins.portal.reading import MAX_MEDIA_BYTES, SourceFile

MEDIA_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG\r\n",), ".gif": (b"GIF8",),
    ".webp": (b"RIFF",), ".pdf": (b"%PDF-",), ".docx": (b"PK",), ".xlsx": (b"PK",), ".odt": (b"PK",), ".ods": (b"PK",),
    ".doc": (b"\xd0\xcf\x11\xe0",), ".xls": (b"\xd0\xcf\x11\xe0",), ".zip": (b"PK",), ".csv": (), ".txt": (),
}  # fmt: skip
"""The kinds of file that a site may offer, with how each begins.

SVG and HTML are not among them: they can run scripts."""
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})
"""Those that browsers show as pictures."""
OF_LETTERS = frozenset({".csv", ".txt"})
"""Those that are nothing but letters."""
WIDEST = 1_920
"""Points of a picture that is shown: what is wider is made as wide as this."""
_OF_PHONES = (".heic", ".heif", ".avif")
_BRANDS_OF_PHONES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
"""After `ftyp` (ISO/IEC 23008-12): how the pictures begin that phones write and not all browsers show."""
_AS_JPG = text("save it as JPG; an iPhone does so itself after Settings > Camera > Formats > Most Compatible")


def is_picture(inside: str) -> bool:
    """Whether a file is a picture by its name."""
    return PurePosixPath(inside).suffix in PICTURES


def too_large(inside: str) -> tuple[Text, Text]:
    """What to say, and what to do, where a file has more than `MAX_MEDIA_BYTES`."""
    hint = text("save it smaller: {width} points are wide enough", width=WIDEST)
    if not is_picture(inside.lower()):
        hint = text("make it smaller or split it")
    return text("larger than {limit} bytes", limit=MAX_MEDIA_BYTES), hint


def instead_of_kind(suffix: str) -> Text:
    """What to do with a file that cannot be offered because of what it is."""
    if suffix.lower() in _OF_PHONES:
        return _AS_JPG
    return text("use one of {kinds}", kinds=", ".join(kind[1:] for kind in MEDIA_SIGNATURES))


def instead_of_content(file: SourceFile, wanted: str) -> Text:
    """What to do with a file that does not begin as its name says; `wanted` is how that is to be written."""
    start = _start(file)
    if start[4:8] == b"ftyp" and start[8:12] in _BRANDS_OF_PHONES:
        return _AS_JPG
    for suffix in PICTURES - {".jpeg"}:
        if suffix != PurePosixPath(wanted).suffix and start.startswith(MEDIA_SIGNATURES[suffix]):
            name = PurePosixPath(wanted).with_suffix(suffix)
            return text("it is a {kind} picture: rename it to {name}", kind=suffix[1:].upper(), name=name)
    return text("save it again in its own format, or rename it")


def begins_as(file: SourceFile, signatures: tuple[bytes, ...]) -> bool:
    """Whether a file begins as files of its kind do."""
    return not signatures or _start(file).startswith(signatures)


def fault_of_text(file: SourceFile) -> tuple[Text, Text, int] | None:
    """What is wrong with a file of letters, what to do, and its line: web servers and pages take it for UTF-8."""
    content = file.path.read_bytes()
    try:
        content.decode("utf-8")
        at = content.find(b"\0")  # every second byte of UTF-16
    except UnicodeDecodeError as error:
        at = error.start
    if at < 0:
        return None
    line = content.count(b"\n", 0, at) + 1
    return text("not written in UTF-8"), text("save it again as UTF-8 (in Excel: CSV UTF-8)"), line


def _start(file: SourceFile) -> bytes:
    with file.path.open("rb") as stream:
        return stream.read(16)


def may_be_signed(path: str) -> bool:
    """Whether a file is of the kind that has signatures within it."""
    name = path.rpartition("/")[2]
    return name.endswith(".pdf") and name != ".pdf"
