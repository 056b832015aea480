"""Where a site's files belong, and what to do with one that lies elsewhere or is called otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from plugins.portal.identifiers import slugify
from plugins.portal.nearness import nearest
from plugins.portal.problems import Text, text

FOLDERS = ("news", "pages", "procedures", "media")
_SUFFIXES = {"news": ".md", "pages": ".md", "procedures": ".yaml", "media": ".yaml"}

_CALLED = {
    "tin": "news", "tin-tuc": "news", "tin-bai": "news", "bai-viet": "news", "articles": "news", "posts": "news",
    "trang": "pages", "cac-trang": "pages", "thu-tuc": "procedures", "tthc": "procedures", "anh": "media",
    "hinh": "media", "hinh-anh": "media", "tep": "media", "tai-lieu": "media", "images": "media", "files": "media",
}  # fmt: skip
"""What people call the folders."""
_TEXTS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".txt", ".text")
_RECORDS = (".yaml", ".yml")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
_DOCUMENTS = (".doc", ".docx", ".odt", ".pdf", ".xls", ".xlsx", ".ods", ".zip")


@dataclass(frozen=True)
class Misplaced:
    """What is wrong with where a file lies or how it is called."""

    inside: str
    """The file, or its folder where the whole folder is meant."""
    message: Text
    hint: Text


def placed(inside: str, records: Sequence[str], kinds: Mapping[str, str]) -> Misplaced:
    """What to say of a file that the portal does not know there.

    `records` are those beside a site's folders, `kinds` the folders of other kinds of content with the suffix of their
    files.
    """
    path = PurePosixPath(inside)
    top, depth = path.parts[0], len(path.parts)
    folders = (*FOLDERS, *kinds)
    if depth == 1:
        return _beside_the_folders(path, records, folders)
    if top not in folders:
        return _in_an_unknown_folder(top, folders)
    return _in_a_known_folder(path, records, folders, {**_SUFFIXES, **kinds})


def _beside_the_folders(path: PurePosixPath, records: Sequence[str], folders: Sequence[str]) -> Misplaced:
    stem, suffix = _parted(path)
    meant = nearest(f"{stem}{'.yaml' if suffix in _RECORDS else suffix}", records)
    if meant is not None and meant != path.name and suffix in (*_RECORDS, *_TEXTS):
        return Misplaced(path.name, text("not called as the portal knows it"), text("rename it to {name}", name=meant))
    if suffix in (".md", ".markdown"):
        message = text("a text does not belong here")
        return Misplaced(path.name, message, text("move it to news/ and the folder of its year, or to pages/"))
    return _unknown(path, records, folders)


def _in_an_unknown_folder(top: str, folders: Sequence[str]) -> Misplaced:
    meant = _CALLED.get(slugify(top)) or nearest(top, folders)
    message = text("not a folder that the portal knows")
    if meant is not None:
        return Misplaced(top, message, text('rename the folder to "{name}"', name=meant))
    names = ", ".join(f"{name}/" for name in folders)
    return Misplaced(top, message, text("move what is in it to one of {names}, or remove it", names=names))


def _in_a_known_folder(
    path: PurePosixPath, records: Sequence[str], folders: Sequence[str], suffixes: Mapping[str, str]
) -> Misplaced:
    top = path.parts[0]
    stem, suffix = _parted(path)
    wanted = suffixes[top]
    is_text = wanted == ".md"
    if suffix in (_TEXTS if is_text else _RECORDS):
        if path.suffix == wanted:
            home = f"{top}/{path.name}"
            return Misplaced(str(path), text("lies in a folder too many"), text("move it to {name}", name=home))
        message = text("its name does not end in {suffix}", suffix=wanted)
        return Misplaced(str(path), message, text("rename it to {name}", name=f"{stem}{wanted}"))
    if suffix in _PICTURES or (is_text and suffix in _DOCUMENTS):
        message = text("a file of this kind does not belong here")
        hint = (
            text("move it to media/")
            if suffix in _PICTURES or not is_text
            else text("move it to media/ and name it in a text that ends in .md")
        )
        return Misplaced(str(path), message, hint)
    if is_text or suffix in _TEXTS:
        message = text("its name does not end in {suffix}", suffix=wanted)
        hint = text("rename it to {name} if it is one, or remove it", name=f"{stem}{wanted}")
        return Misplaced(str(path), message, hint)
    return _unknown(path, records, folders)


def _unknown(path: PurePosixPath, records: Sequence[str], folders: Sequence[str]) -> Misplaced:
    names = ", ".join([*records, *(f"{name}/" for name in folders)])
    hint = text("move it to one of {names}, or remove it", names=names)
    return Misplaced(str(path), text("not a file that the portal knows here"), hint)


def _parted(path: PurePosixPath) -> tuple[str, str]:
    """The name and its suffix in small letters; Windows hides one that it knows, and `x.md` becomes `x.md.txt`."""
    stem, suffix = path.stem, path.suffix.lower()
    inner = PurePosixPath(stem)
    if suffix == ".txt" and inner.suffix.lower() in (*_TEXTS, *_RECORDS):
        return inner.stem, inner.suffix.lower()
    return stem, suffix
