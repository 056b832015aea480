"""Where everything stands on the portal. An address has no leading slash; a page's ends with one.

`/` home, `/tin-tuc/` news, `/thu-tuc/<code>/` procedures, `/don-vi/` agencies; an agency's own pages lie below
`/<slug>/`.
"""

from __future__ import annotations

from datetime import datetime

NEWS = "tin-tuc/"
AGENCY_NEWS = "tin-tuc/cac-co-quan/"
"""The latest of all agencies; no year's folder has this name."""
PROCEDURES = "thu-tuc/"
CONTACT = "lien-he/"
AGENCIES = "don-vi/"
SEARCH = "tim-kiem/"
SITE_MAP = "so-do-cong/"
PROBLEMS = "kiem-tra/"
MEDIA = "media/"

RESERVED_IN_SITE = frozenset({"tin-tuc", "thu-tuc", "lien-he", "media", "van-ban", "so-lieu", "index", "site"})
"""Names below a site that the portal uses itself: no page may take them."""
RESERVED_AT_ROOT = RESERVED_IN_SITE | {
    "province", "portal", "don-vi", "tim-kiem", "tra-cuu-ho-so", "so-do-cong", "kiem-tra", "api", "live", "theme",
}  # fmt: skip
"""Names at the portal's root: no agency and no page of the province may take them."""


def site_home(site: str) -> str:
    """The address of a site's home: empty for the province, `so-y-te/` for an agency."""
    return f"{site}/" if site else ""


def feed(site: str) -> str:
    """The address of a site's Atom feed."""
    return f"{site_home(site)}{NEWS}feed.atom"


def article(site: str, date: datetime, slug: str) -> str:
    return f"{site_home(site)}{NEWS}{date.year:04d}/{slug}/"


def page(site: str, slug: str) -> str:
    return f"{site_home(site)}{slug}/"


def procedure(site: str, code: str) -> str:
    return f"{site_home(site)}{PROCEDURES}{code}/"


def permalink(code: str) -> str:
    """The procedure's address for ever, whoever owns it."""
    return f"{PROCEDURES}{code}/"


def media(site: str, inside: str) -> str:
    """The address of a file; `inside` begins with `media/`."""
    return f"{site_home(site)}{inside}"


def saved_as(address: str) -> str:
    """The file in the output that answers at an address."""
    return f"{address}index.html" if not address or address.endswith("/") else address
