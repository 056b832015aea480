"""The pictures of one site: encoded where they were not, told where they cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from plugins.pictures.faults import PictureError
from plugins.pictures.kept import ORIGINAL, KeptPicture, KeptPictures
from plugins.portal import addresses
from plugins.portal.liveness import sign_of_life
from plugins.portal.media import is_picture
from plugins.portal.picture import PictureCopy, ShownPicture
from plugins.portal.problems import Problem, in_order
from plugins.portal.sites import Site
from plugins.portal.stages import in_stage


@dataclass
class SitePictures:
    """What came of the pictures of a site."""

    pictures: dict[str, ShownPicture] = field(default_factory=dict)
    """Of those that are public, by their files as seen from the site's folder."""
    files: dict[str, Path] = field(default_factory=dict)
    """What is to stand at each address."""
    problems: list[Problem] = field(default_factory=list)

    def put_into(self, site: Site) -> Site:
        """The site with its pictures, and with what is wrong with them."""
        return replace(site, pictures=self.pictures, problems=in_order([*site.problems, *self.problems]))


@in_stage("pictures")
def take_pictures(
    site: Site, fingerprints: Mapping[str, str], kept: KeptPictures, published: Path | None
) -> SitePictures:
    """Bring the pictures of a site into the form that the public gets.

    `fingerprints` are of the content of its files, by file; `published` is the folder of what is shown now. Those that
    are not public yet are looked at too: what is wrong with them is told before their day.
    """
    taken = SitePictures()
    for inside, file in sorted({**site.withheld, **site.media}.items()):
        if not is_picture(inside):
            continue
        sign_of_life()
        address = addresses.media(site.slug, inside)
        key = kept.key(fingerprints[inside], PurePosixPath(inside).suffix)
        try:
            picture = kept.get(key, partial(_published, published, address)) or _encoded(key, file.path, kept)
        except PictureError as error:
            path = f"{site.display_path}/{inside}"
            taken.problems.append(Problem(path=path, message=error.message, hint=error.hint))
            continue
        if inside in site.media:
            copies = {addresses.picture_copy(address, width): path for width, path in picture.copies.items()}
            taken.files |= {address: picture.original, **copies}
            taken.pictures[inside] = _as_pages_have_it(picture, address)
    kept.close()
    return taken


def _as_pages_have_it(picture: KeptPicture, address: str) -> ShownPicture:
    copies = [PictureCopy(url=addresses.picture_copy(address, width), width=width) for width in picture.copies]
    if copies and address.endswith(".webp"):
        copies.append(PictureCopy(url=address, width=picture.width))
    return ShownPicture(url=address, width=picture.width, height=picture.height, copies=tuple(copies))


def _encoded(key: str, path: Path, kept: KeptPictures) -> KeptPicture:
    # Pillow takes a while to load, and most builds meet no new picture.
    from plugins.pictures.encoding import encoded

    made = encoded(path.read_bytes(), path.suffix)
    return kept.put(key, (made.width, made.height), made.original, made.copies)


def _published(folder: Path | None, address: str, name: str) -> Path | None:
    if folder is None:
        return None
    return folder / (address if name == ORIGINAL else addresses.picture_copy(address, int(name)))
