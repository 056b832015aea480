"""Asking an address for its receipt, bounded in time and size."""

from __future__ import annotations

from contextlib import closing
from urllib.parse import urlsplit

import requests
from pydantic import ValidationError
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError

from plugins.deadline import Deadline, within
from plugins.portal import addresses
from plugins.portal.problems import PortalError, Text, text
from plugins.releases.receipts import Receipt

SECONDS = 10.0
"""For all of it, from the name's resolution to the last byte."""
MAX_BYTES = 4_000_000
"""Of a receipt; one of 200 sites has some 40 kB."""
CHUNK_BYTES = 65_536


class UnreachableError(PortalError):
    """No receipt is to be had at an address; whether anything is live there nobody can tell."""


def fetch_receipt(address: str, seconds: float = SECONDS) -> Receipt:
    """The receipt of what an address shows; raises `UnreachableError`."""
    if not _is_address(address):
        raise UnreachableError(
            text("{address}: is no address of a portal; write it as https://portal.example.vn", address=address)
        )
    url = f"{address.rstrip('/')}/{addresses.LIVE_RELEASE}"
    deadline = Deadline(seconds)
    try:
        return Receipt.model_validate_json(within(deadline, lambda: _fetch(url, deadline)))
    except TimeoutError as error:
        raise _unreachable(url, text("it had not answered after {seconds} seconds", seconds=seconds)) from error
    except ValidationError as error:
        raise _unreachable(url, text("what is there is no receipt of a release")) from error
    except (requests.RequestException, HTTPError, ValueError, OSError) as error:
        raise _unreachable(url, _reason(error)) from error


def _is_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _fetch(url: str, deadline: Deadline) -> bytes:
    with requests.Session() as session:
        # Of the environment we take proxies alone: a ~/.netrc would send a password along.
        session.trust_env = False
        session.proxies = get_environ_proxies(url)
        session.headers.update({"Accept": "application/json", "User-Agent": "cau-noi", "Cache-Control": "no-cache"})
        with closing(session.get(url, timeout=deadline.left or SECONDS, stream=True)) as response:
            response.raise_for_status()
            body = bytearray()
            for chunk in response.iter_content(CHUNK_BYTES):
                body += chunk
                if len(body) > MAX_BYTES:
                    raise _unreachable(url, text("what is there is larger than any receipt"))
            return bytes(body)


def _reason(error: Exception) -> Text:
    if isinstance(error, requests.HTTPError) and error.response is not None:
        status = error.response.status_code
        return text("it answers with the status {status}", status=status)
    if isinstance(error, requests.exceptions.SSLError):
        return text("its certificate is not trusted here")
    if isinstance(error, requests.Timeout):
        return text("it does not answer in time")
    return text("it cannot be reached")


def _unreachable(url: str, why: Text) -> UnreachableError:
    return UnreachableError(text("{url}: nobody can tell what is live there: {reason}", url=url, reason=why))
