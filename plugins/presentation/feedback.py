"""What readers may say of a page: plain links to a form elsewhere, which is told of which page and what about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Feedback:
    """The addresses of the form for one page."""

    helpful: str
    unhelpful: str
    mistake: str


def feedback_of(form: str | None, portal: str) -> Callable[[str], Feedback | None]:
    """What gives the links of a page by its address below the portal's public one; None where there is no form.

    The form's address gets two parameters: `page` is the page's public address, `about` is `helpful`, `unhelpful` or
    `mistake`. What it has already, a query and a place, stays.
    """

    def links(page: str) -> Feedback | None:
        if not form:
            return None
        addresses = (
            _with_query(form, page=f"{portal}/{page}", about=what) for what in ("helpful", "unhelpful", "mistake")
        )
        return Feedback(*addresses)

    return links


def _with_query(form: str, **more: str) -> str:
    parts = urlsplit(form)
    query = "&".join(filter(None, (parts.query, urlencode(more))))
    return parts._replace(path=parts.path or "/", query=query).geturl()
