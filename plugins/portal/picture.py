"""Pictures: as records name them, and as pages show them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from plugins.portal.fields import ContentModel, MediaPath, Sentence, Word


class Picture(ContentModel):
    """The picture shown with an article, an agency or the province; its text stands in for it where it is not seen."""

    file: MediaPath
    text: Sentence
    """What the picture shows, for those who cannot see it."""
    caption: Sentence | None = None
    """What stands below it."""
    credit: Word | None = None
    """Whose it is: who took it, or where it comes from."""


class PictureCopy(BaseModel):
    """A WebP file of a picture."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    """Without a leading slash."""
    width: int
    """In points."""


class ShownPicture(BaseModel):
    """A picture at its address, with narrower copies beside it of which a browser takes one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    """Without a leading slash."""
    width: int
    """In points, when it stands upright."""
    height: int
    copies: tuple[PictureCopy, ...] = ()
    """What a browser chooses from, narrowest first; none where the picture is small enough as it is."""

    def srcset(self, site_url: str) -> str:
        """What a browser chooses from, as HTML's `srcset` has it; empty where there is nothing to choose."""
        return ", ".join(f"{site_url}/{copy.url} {copy.width}w" for copy in self.copies)
