"""Where a site's files belong, and what to do with one that lies elsewhere or is called otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from plugins.portal.nearness import nearest
from plugins.portal.odd_signs import latin_slug
from plugins.portal.problems import Text, text

MEDIA = "media"
"""The folder of files that texts and records show or offer."""
_CALLED = ("anh", "hinh", "hinh-anh", "tep", "tai-lieu", "images", "files")
"""What people call it."""
_TEXTS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".txt", ".text")
_RECORDS = (".yaml", ".yml")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
_SHORTCUTS = (".lnk", ".url", ".webloc", ".desktop")
_DOCUMENTS = (".doc", ".docx", ".odt", ".pdf", ".xls", ".xlsx", ".ods", ".zip")


@dataclass(frozen=True)
class Folder:
    """A folder of a site whose files are known."""

    name: str
    suffix: str
    """Of its files."""
    called: Sequence[str] = ()
    """What else people call it."""
    belongs: Text | None = None
    """Where in it texts belong; its name where there is nothing to say."""


@dataclass(frozen=True)
class Misplaced:
    """What is wrong with where a file lies or how it is called."""

    inside: str
    """The file, or its folder where the whole folder is meant."""
    message: Text
    hint: Text
    meant: str = ""
    """What it should be called, below the site's folder, where that is the remedy."""

    def beside_it(self) -> Misplaced:
        """The same where a file or folder of the right name is there already."""
        return replace(
            self, hint=text("{name} is there too: put both together there, and remove this", name=self.meant)
        )


def placed(inside: str, records: Sequence[str], known: Sequence[Folder]) -> Misplaced:
    """What to say of a file that the portal does not know there.

    `records` are those beside a site's folders, `known` its folders but for that of media.
    """
    path = PurePosixPath(inside)
    top, depth = path.parts[0], len(path.parts)
    if path.suffix.lower() in _SHORTCUTS:
        message = text("a shortcut to a file, not the file itself")
        return Misplaced(inside, message, text("remove it, and put the file itself here if it is missing"))
    folders = [*known, Folder(MEDIA, ".yaml", _CALLED)]
    names = [folder.name for folder in folders]
    if depth == 1:
        return _beside_the_folders(path, records, folders)
    if top not in names:
        return _in_an_unknown_folder(top, folders)
    return _in_a_known_folder(path, records, names, folders[names.index(top)].suffix)


def _beside_the_folders(path: PurePosixPath, records: Sequence[str], folders: Sequence[Folder]) -> Misplaced:
    stem, suffix = _parted(path)
    meant = nearest(f"{stem}{'.yaml' if suffix in _RECORDS else suffix}", records)
    if meant is not None and meant != path.name and suffix in (*_RECORDS, *_TEXTS):
        message = text("not called as the portal knows it")
        return Misplaced(path.name, message, text("rename it to {name}", name=meant), meant)
    where = [folder.belongs or f"{folder.name}/" for folder in folders if folder.suffix == ".md"]
    if suffix in (".md", ".markdown") and where:
        return Misplaced(
            path.name, text("a text does not belong here"), text("move it to {place}", place=_either(where))
        )
    return _unknown(path, records, [folder.name for folder in folders])


def _either(places: Sequence[str | Text]) -> str | Text:
    """One of several, in words."""
    first, *others = places
    for other in others:
        first = text("{place}, or to {other}", place=first, other=other)
    return first


def _in_an_unknown_folder(top: str, folders: Sequence[Folder]) -> Misplaced:
    called = {name: folder.name for folder in folders for name in folder.called}
    meant = called.get(latin_slug(top)) or nearest(top, [folder.name for folder in folders])
    message = text("not a folder that the portal knows")
    if meant is not None:
        return Misplaced(top, message, text('rename the folder to "{name}"', name=meant), meant)
    names = ", ".join(f"{folder.name}/" for folder in folders)
    return Misplaced(top, message, text("move what is in it to one of {names}, or remove it", names=names))


def _in_a_known_folder(path: PurePosixPath, records: Sequence[str], folders: Sequence[str], wanted: str) -> Misplaced:
    top = path.parts[0]
    stem, suffix = _parted(path)
    is_text = wanted == ".md"
    if suffix in (_TEXTS if is_text else _RECORDS):
        if path.suffix == wanted:
            home = f"{top}/{path.name}"
            return Misplaced(str(path), text("lies in a folder too many"), text("move it to {name}", name=home))
        message = text("its name does not end in {suffix}", suffix=wanted)
        hint = text("rename it to {name}", name=f"{stem}{wanted}")
        return Misplaced(str(path), message, hint, str(path.with_name(f"{stem}{wanted}")))
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
