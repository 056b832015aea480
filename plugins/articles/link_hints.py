"""What to write instead of a link that leads nowhere: worked out from what was written and from the site's files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from plugins.portal.identifiers import is_national_code, is_slug, slugify
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.portal.nearness import near_names
from plugins.portal.phones import NotAPhoneError, Phone
from plugins.portal.problems import Text, did_you_mean, shortened, text
from plugins.portal.remedies import EMAIL, media_name
from plugins.portal.sites import Site

_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_OLD_FILE_LINK = re.compile(
    r"(?:\|(?P<old>filename|static|attach)\||\{\{?\s*(?P<braces>filename|static|attach)\s*\}?\})(?P<path>.*)"
)
_DISK = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)


def kinds_of_link() -> Text:
    """Every way to write a link."""
    return text(
        "link to https://…, mailto:, tel:, procedure:code, agency:slug, /address/, {{filename}}/… or {{static}}/media/…"
    )


@dataclass(frozen=True)
class WrittenLink:
    """A link of no kind that the portal knows."""

    target: str
    path: str
    """Without query and fragment, in plain letters."""
    here: PurePosixPath
    """The folder of the text, in the site."""
    site: Site

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix.lower()


def instead_of(link: WrittenLink) -> Text:
    """The remedy for a link: what it was most likely meant to be, written as it should be."""
    return next((hint for guess in _GUESSES if (hint := guess(link)) is not None), None) or kinds_of_link()


def _old_file_link(link: WrittenLink) -> Text | None:
    match = _OLD_FILE_LINK.fullmatch(link.target)
    if match is None:
        return None
    return _write(f"{{{match['old'] or match['braces']}}}/{match['path'].strip().lstrip('/')}")


def _address_elsewhere(link: WrittenLink) -> Text | None:
    if link.target.startswith("//"):
        return _write(f"https://{link.target.lstrip('/')}")
    if EMAIL.fullmatch(link.target):
        return _write(f"mailto:{link.target}")
    return _write(f"procedure:{link.target}") if is_national_code(link.target) else None


def _file(link: WrittenLink) -> Text | None:
    if _DISK.match(link.target):
        return _to_media(link.path)
    if link.suffix in (".md", ".markdown"):
        return _to_text(link.path, link.here, link.site)
    if link.suffix in MEDIA_SIGNATURES or link.path.startswith("media/"):
        return _to_media(link.path, link.here, link.site.media)
    return None


def _host(link: WrittenLink) -> Text | None:
    is_host = _HOST.fullmatch(link.target) and link.suffix not in (".html", ".htm", ".php", ".aspx", ".yaml")
    return _write(f"https://{link.target}") if is_host else None


def _number_or_name(link: WrittenLink) -> Text | None:
    if (dialled := _dialled(link.target)) is not None:
        return _write(f"tel:{dialled}")
    name = link.target.strip("/")
    if is_slug(name):
        return text("write /{name}/ for a page of the portal, agency:{name} for an agency", name=name)
    return None


_GUESSES: tuple[Callable[[WrittenLink], Text | None], ...] = (
    _old_file_link, _address_elsewhere, _file, _host, _number_or_name,
)  # fmt: skip


def instead_of_picture(link: WrittenLink) -> Text:
    """The remedy for a picture that is no file of the site."""
    if link.suffix in MEDIA_SIGNATURES:
        return _to_media(link.path, link.here, link.site.media)
    return text("put the picture in media/ and write {{static}}/media/its-name")


def _write(value: str) -> Text:
    return text("write {value}", value=shortened(value))


def _to_media(path: str, here: PurePosixPath | None = None, media: Collection[str] = ()) -> Text:
    name = re.split(r"[\\/]", path)[-1]
    wanted = media_name(f"media/{name}")
    candidates = [normalised(here / path)] if here is not None else []
    candidates += [path.lstrip("./"), path.lstrip("/"), wanted]
    for candidate in candidates:
        if candidate in media:
            return _write(f"{{static}}/{candidate}")
    same = [inside for inside in sorted(media) if inside.endswith(f"/{wanted.removeprefix('media/')}")]
    if len(same) == 1:
        return _write(f"{{static}}/{same[0]}")
    return text("put the file in media/ and write {value}", value=f"{{static}}/{wanted}")


def _to_text(path: str, here: PurePosixPath, site: Site) -> Text:
    for candidate in (normalised(here / path), path.lstrip("/"), path):
        if candidate in site.texts:
            return _write(f"{{filename}}/{candidate}")
    name = PurePosixPath(path).name
    same = [inside for inside in sorted(site.texts) if PurePosixPath(inside).name == name]
    near = same or near_names(normalised(here / path), site.texts, 2)
    if len(near) == 1:
        return _write(f"{{filename}}/{near[0]}")
    return text("write {{filename}}/ and the file as it lies in the site, such as {{filename}}/news/2019/its-name.md")


def _dialled(target: str) -> str | None:
    if not re.fullmatch(r"[+(]?\d[\d .()-]{6,20}", target):
        return None
    try:
        return Phone(target).numbers[0].dial
    except NotAPhoneError:
        return None


def missing_file(inside: str, what: str, site: Site, own: str) -> Text:
    """The remedy for `{filename}` or `{static}` with a file that is not there."""
    if what == "filename" and inside in site.media:
        return _write(f"{{static}}/{inside}")
    if what != "filename" and inside in site.texts:
        return _write(f"{{filename}}/{inside}")
    if what == "filename" and f"{inside}.md" in site.texts:
        return _write(f"{{filename}}/{inside}.md")
    known = [name for name in (site.texts if what == "filename" else site.media) if name != own]
    usual = (
        text("write {{filename}}/ and the file as it lies in the site, such as {{filename}}/news/2019/its-name.md")
        if what == "filename"
        else text("put the file in media/ and write {value}", value=f"{{static}}/{media_name(_in_media(inside))}")
    )
    return did_you_mean(inside, known, usual)


def _in_media(inside: str) -> str:
    return inside if inside.startswith("media/") else f"media/{PurePosixPath(inside).name}"


def no_such_place(fragment: str, ids: Collection[str], prefix: str) -> Text:
    """The remedy for a place that the page does not have."""
    meant = f"{prefix}{slugify(fragment)}"
    if meant in ids:
        return text('did you mean "{name}"?', name=f"#{meant}")
    places = sorted(f"#{each}" for each in ids if each.startswith(prefix))
    if not places:
        return text("the page has no headings; remove the link")
    return did_you_mean(f"#{fragment}", places, text("write # and the id of a heading, such as {name}", name=places[0]))


def normalised(path: PurePosixPath) -> str:
    """The path without `.` and `..`."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", "..", "/"):
            parts.append(part)
    return "/".join(parts)
