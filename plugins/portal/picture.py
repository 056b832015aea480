"""Pictures that records show: the file, and what stands for it."""

from __future__ import annotations

from plugins.portal.fields import ContentModel, MediaPath, Sentence


class Picture(ContentModel):
    """The picture shown with an article, an agency or the province; its text stands in for it where it is not seen."""

    file: MediaPath
    text: Sentence
    """What the picture shows, for those who cannot see it."""
