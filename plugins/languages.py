"""gettext catalogues, read from their `.po` sources so that no compiled file has to be committed.

Beside `plugins.portal` and `plugins.environment` what every capability may use.
"""

from __future__ import annotations

import gettext
import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

IN_WHOLE: frozenset[str] = frozenset({"en"})
"""Languages in which a page has all that stands around it as well, whatever the portal's own; in others the portal's
own words stay as they are, and are marked."""
MESSAGES = Path(__file__).parent / "portal"
"""Where the catalogue of problems lies."""
SOURCE_LANGUAGE = "en"
"""The language of msgids: it needs no catalogue."""


def catalogue_file(folder: str | Path, language: str) -> Path:
    """Where the catalogue of a folder lies; there is none for the source language."""
    return Path(folder) / "translations" / f"{language}.po"


@lru_cache(maxsize=64)
def _catalogue(path: Path, _modified: int, _size: int, _inode: int) -> gettext.GNUTranslations:
    """Read once in a process: a file with other content is another one, or has another time."""
    return _read(path.read_bytes(), path.stem)


@lru_cache(maxsize=64)
def _read(source: bytes, language: str) -> gettext.GNUTranslations:
    """Compiled once for all places in which it lies: a build reads a copy of the theme."""
    return gettext.GNUTranslations(BytesIO(compiled(source, language)))


def compiled(source: bytes, language: str) -> bytes:
    """What gettext reads of a `.po` source: the bytes of an `.mo` file."""
    written = BytesIO()
    write_mo(written, read_po(BytesIO(source), locale=language))
    return written.getvalue()


def load_catalogue(folder: str | Path, language: str) -> gettext.NullTranslations:
    """The catalogue `translations/<language>.po` of a folder; msgids themselves for the source language."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    path = catalogue_file(folder, language)
    status = path.stat()
    return _catalogue(path, status.st_mtime_ns, status.st_size, status.st_ino)


def catalogue_digest(folder: str | Path, language: str) -> str:
    """Of what `load_catalogue` would read, and of the language."""
    if language == SOURCE_LANGUAGE:
        return language
    source = catalogue_file(folder, language).read_bytes()
    return f"{language} {hashlib.blake2b(source, digest_size=16).hexdigest()}"


def load_catalogues(folders: Iterable[str | Path], language: str) -> Callable[[str], str]:
    """What says a sentence as the first of some catalogues that has it."""
    catalogues = [load_catalogue(folder, language) for folder in folders]

    def translate(msgid: str) -> str:
        return next((told for catalogue in catalogues if (told := catalogue.gettext(msgid)) != msgid), msgid)

    return translate
