"""What is sent with the answer at an address: headers, kinds of files, and how long a browser keeps it.

The desk's server sends it; the files for servers in public say the same in the words of each.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from os.path import splitext
from urllib.parse import parse_qs, urlsplit

from plugins.portal import addresses

POLICY = "Content-Security-Policy"
HEADERS = {
    POLICY: (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Sent with every answer."""

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".map": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".zip": "application/zip",
}
"""Of every kind of file that a portal has: browsers are told not to guess."""
UNKNOWN_TYPE = "application/octet-stream"
NAMED_TYPES = {
    "feed.json": "application/feed+json; charset=utf-8",
    "404.json": "application/problem+json; charset=utf-8",
}
"""Of files whose name says more than its end: JSON Feed, and what is not there below `/api/` (RFC 9457)."""

ASK_FIRST = "no-cache"
"""A browser may keep the answer, but asks each time whether it still holds."""
FOR_A_YEAR = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
"""Of what has a mark of the content behind its address, which nobody checks: a wrong one must not stay."""
NEVER_KEPT = "no-store"
FONTS = "/theme/fonts/"
"""Not sent to who saves data."""
_NAMED_AFTER_CONTENT = re.compile(r"/(?:[^/]+/)?tim-kiem/(?:thu-tuc|tin)/[^/]+\.json")
_OPEN_DATA = re.compile(r"/(?:api|live)(?:/.*)?|.*\.(?:json|jsonld|csv|atom|map)")


def content_type(name: str) -> str:
    """Of a file, by its name."""
    return NAMED_TYPES.get(name) or CONTENT_TYPES.get(splitext(name)[1], UNKNOWN_TYPE)  # noqa: PTH122  # a name alone


def headers_of(path: str, look_up_url: str = "", status: int = HTTPStatus.OK) -> dict[str, str]:
    """What is sent with the answer at a path, which may have a query.

    The page of the look-up alone may ask the system that answers it, at `look_up_url`.
    """
    headers = HEADERS | {"Cache-Control": cache_control(path, status)}
    address = path.partition("?")[0]
    if _OPEN_DATA.fullmatch(address):
        headers["Access-Control-Allow-Origin"] = "*"
    if look_up_url and address == f"/{addresses.LOOKUP}":
        parts = urlsplit(look_up_url)
        headers[POLICY] = policy_that_lets_ask(f" {parts.scheme}://{parts.netloc}")
    return headers


def policy_that_lets_ask(further: str) -> str:
    """The Content-Security-Policy of a page that may ask others than the portal; each stands behind a blank."""
    return HEADERS[POLICY].replace("connect-src 'self'", f"connect-src 'self'{further}")


def cache_control(path: str, status: int = HTTPStatus.OK) -> str:
    """How long a browser keeps an answer: for a year what is named after its content, for an hour a file of the theme
    that is asked for with a mark, and no other without asking.
    """
    address, _, query = path.partition("?")
    if status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        return ASK_FIRST
    if address.startswith(f"/{addresses.LIVE}"):
        return NEVER_KEPT
    if _NAMED_AFTER_CONTENT.fullmatch(address):
        return FOR_A_YEAR
    if address.startswith("/theme/") and "v" in parse_qs(query):
        return FOR_AN_HOUR
    return ASK_FIRST
