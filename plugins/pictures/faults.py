"""What keeps a picture from being shown."""

from __future__ import annotations

from plugins.portal.problems import Text


class PictureError(Exception):
    """A file that is no picture for a page; carries what to say and what to do."""

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message.render())
        self.message = message
        self.hint = hint
