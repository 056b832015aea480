"""The one exception of an import: what keeps it from running at all, said in the portal's languages."""

from __future__ import annotations

from plugins.portal.problems import PortalError, text


class ImportStopped(PortalError):  # noqa: N818  # the name says what happened
    """Nothing is written; carries the sentence and its parameters, which name the file, the line and the remedy."""

    def __init__(self, msgid: str, **params: object) -> None:
        self.message = text(msgid, **params)
        super().__init__(self.message.render())
