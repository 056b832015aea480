"""One request to the backend, bounded in time, size, attempts and whereabouts.

The token goes to the backend's own origin alone; every failure is a `BackendError`, and none of them holds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import time
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from pydantic_core import from_json
from requests.utils import get_environ_proxies
from urllib3.exceptions import NameResolutionError, ReadTimeoutError

from plugins.deadline import Deadline, within
from plugins.dossiers.connections import Line, WatchedAdapter
from plugins.dossiers.failures import (
    BackendError,
    BadAnswer,
    ConnectionFailed,
    Declined,
    OutOfTime,
    Reason,
    SentElsewhere,
)
from plugins.dossiers.settings import BackendSettings, is_loopback

Result = TypeVar("Result")

CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0
"""Of silence; both are cut to what is left of the time limit."""
MAX_BYTES = 4_000_000
"""Of an answer, unpacked; one of 300 bodies and 1,000 fields has some 400 kB."""
MAX_PROBLEM_BYTES = 16_384
"""Of a problem document; one has some 500."""
COLUMNS = ("code", "channel", "received_at", "due_at", "resolved_at")
"""Of a backend's dossiers, as the contract has them."""
UNKNOWN_COLUMN = "?"
CHUNK_BYTES = 65_536
MAX_REDIRECTS = 3
PAUSES = (0.25, 0.75)
"""Seconds before the second and the third attempt; always the same, for refreshes come one at a time."""
_WORTH_ANOTHER_TRY: frozenset[Reason] = frozenset({"unreachable", "server_error", "rate_limited", "truncated"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')


@dataclass(frozen=True)
class Fetched:
    """A backend's answer, as bytes."""

    body: bytes
    etag: str
    """Empty where it gave none."""


class _UnledSession(requests.Session):
    """Follows no redirect, nor prepares to: requests would read all of its body for that, however large it is."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class BackendClient(AbstractContextManager["BackendClient"]):
    """Asks one backend within one deadline."""

    def __init__(self, settings: BackendSettings, deadline: Deadline) -> None:
        self._settings = settings
        self._deadline = deadline
        self._line = Line()
        self._session = self._new_session()

    def __exit__(self, *ended: object) -> None:
        self._session.close()

    def fetch(self, address: str, etag: str, read: Callable[[Fetched], Result]) -> Result | None:
        """What `read` makes of the answer, or None where nothing changed since `etag`. Raises `BackendError`.

        Reading is within the deadline too: an answer may be made to be slow to read.
        """

        def work() -> Result | None:
            answer = self._persistently(self._settings.url + address, etag)
            return None if answer is None else read(answer)

        try:
            return within(self._deadline, work)
        except TimeoutError as error:
            self._line.hang_up()
            raise self._out_of_time() from error

    def _new_session(self) -> requests.Session:
        session = _UnledSession()
        adapter = WatchedAdapter(self._line)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        # Of the environment we take proxies alone: a ~/.netrc would put its own password in the token's place.
        session.trust_env = False
        session.proxies = {} if is_loopback(self._settings.host) else get_environ_proxies(self._settings.url)
        session.verify = str(self._settings.ca_file) if self._settings.ca_file else True
        session.headers.update({"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "cau-noi"})
        token = self._settings.token.get_secret_value()
        if token:
            session.headers["Authorization"] = f"Bearer {token}"
        return session

    def _persistently(self, url: str, etag: str) -> Fetched | None:
        """Again where that may help, and never again where the backend said no."""
        for pause in PAUSES:
            try:
                return self._once(url, etag)
            except BackendError as error:
                wait = self._wait(error, pause)
                if wait is None:
                    raise
            if self._line.cut.wait(wait):
                raise self._out_of_time()
        return self._once(url, etag)

    def _wait(self, error: BackendError, pause: float) -> float | None:
        """Seconds until the next attempt; None where there is to be none."""
        if error.reason not in _WORTH_ANOTHER_TRY:
            return None
        asked = error.retry_after if isinstance(error, Declined) else None
        wait = pause if asked is None else max(asked, pause)
        return wait if wait < self._deadline.left else None

    def _once(self, url: str, etag: str) -> Fetched | None:
        try:
            for _ in range(MAX_REDIRECTS + 1):
                with closing(self._get(url, etag)) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._answer(response, etag)
                    url = self._next(url, response)
        except requests.RequestException as error:
            raise self._connection_failed(error) from error
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            # What requests lets through of answers that are hardly HTTP.
            raise ConnectionFailed("unreachable", host=self._settings.host) from error
        raise SentElsewhere("redirect_loop", host=self._settings.host)

    def _get(self, url: str, etag: str) -> requests.Response:
        left = self._deadline.left
        if not left:
            raise self._out_of_time()
        return self._session.get(
            url,
            headers={"If-None-Match": etag} if etag else {},
            timeout=(min(CONNECT_SECONDS, left), min(READ_SECONDS, left)),
            # Followed by ourselves, on the same origin: requests goes to other hosts too.
            allow_redirects=False,
            stream=True,
        )

    def _next(self, url: str, response: requests.Response) -> str:
        location = response.headers.get("Location", "")
        try:
            target = urljoin(url, location)
            same = bool(location) and _origin(target) == _origin(url)
        except ValueError:
            same = False
        if not same:
            raise SentElsewhere("redirected_away", host=self._settings.host)
        return target

    def _answer(self, response: requests.Response, etag: str) -> Fetched | None:
        if response.status_code == 304 and etag:
            return None
        if response.status_code != 200:
            raise self._declined(response)
        given = response.headers.get("ETag", "")
        return Fetched(self._body(response), given if _ETAG.fullmatch(given) else "")

    def _body(self, response: requests.Response, most: int = MAX_BYTES) -> bytes:
        """The body as it comes, and no more of it than we take; a small one may unpack to a gigantic one."""
        declared = response.headers.get("Content-Length", "")
        if declared.isdecimal() and len(declared) < 20 and int(declared) > most:
            raise _too_big()
        body = bytearray()
        try:
            while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
                body += chunk
                if len(body) > most:
                    raise _too_big()
                if self._deadline.over:
                    raise self._out_of_time()
        except ReadTimeoutError as error:
            raise ConnectionFailed("too_slow", host=self._settings.host) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise BadAnswer("truncated") from error
        return bytes(body)

    def _declined(self, response: requests.Response) -> Declined:
        status, host = response.status_code, self._settings.host
        retry_after = _retry_after(response.headers.get("Retry-After", ""))
        if status in (401, 403):
            return Declined("unauthorised", host=host, status=status)
        if status == 429:
            return Declined("rate_limited", retry_after, host=host)
        if status == 503 and (column := self._unreliable_column(response)) is not None:
            return Declined("unreliable", host=host, column=column)
        if status >= 500:
            return Declined("server_error", retry_after, host=host, status=status)
        return Declined("rejected", host=host, status=status)

    def _unreliable_column(self, response: requests.Response) -> str | None:
        """The column that keeps a backend of our contract from giving figures; None where that is not why.

        Of what it says no word is repeated but one of these.
        """
        try:
            problem = from_json(self._body(response, MAX_PROBLEM_BYTES), allow_inf_nan=False)
        except (BackendError, ValueError):
            return None
        if not isinstance(problem, dict) or problem.get("reason") != "rows":
            return None
        column = problem.get("column")
        return column if column in COLUMNS else UNKNOWN_COLUMN

    def _connection_failed(self, error: requests.RequestException) -> ConnectionFailed:
        host = self._settings.host
        if isinstance(error, requests.exceptions.SSLError):
            return ConnectionFailed("untrusted", host=host)
        if isinstance(error, requests.Timeout):
            return ConnectionFailed("too_slow", host=host)
        cause = getattr(error.args[0], "reason", None) if error.args else None
        if isinstance(cause, NameResolutionError):
            return ConnectionFailed("unknown_host", host=host)
        return ConnectionFailed("unreachable", host=host)

    def _out_of_time(self) -> OutOfTime:
        return OutOfTime("time_limit", host=self._settings.host, seconds=self._settings.time_limit)


def _too_big() -> BadAnswer:
    return BadAnswer("too_big", limit=MAX_BYTES // 1_000_000)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or usual


def _retry_after(value: str) -> float | None:
    """Seconds, from the number or the moment that the header may hold."""
    if value.isdecimal() and len(value) < 10:
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except (ValueError, OverflowError):
        return None
