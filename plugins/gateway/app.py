"""The HTTP of the gateway: a WSGI application that answers three addresses, each with GET and HEAD only.

What it answers, with every status and header, is described in plugins/dossiers/contract/openapi.yaml.
"""

from __future__ import annotations

import gzip
import hmac
import json
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from http import HTTPStatus
from time import perf_counter
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from plugins.gateway.limits import LookupLimit, client_of
from plugins.gateway.log import server_log
from plugins.gateway.lookup import LookupSource, NotShown
from plugins.gateway.problems import MEDIA_TYPE, Headers, RequestError, UnavailableError
from plugins.gateway.questions import read_code, read_question
from plugins.gateway.settings import GatewaySettings
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import Unavailable
from plugins.portal.problems import text

STATISTICS, HEALTH, DOSSIERS = "/v1/statistics", "/v1/health", "/v1/dossiers/"
SECURITY: Headers = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
)
"""Sent with every answer: it is JSON, and nothing else may be made of it."""
BUSY = "gateway.busy"
"""Set in the environment of a lookup that came when too many waited already."""
PREFLIGHT_SECONDS = 86_400
GZIP_FROM = 1_000
"""Bytes; what is shorter travels in one packet anyway."""
KEPT_PACKED = 64
"""Answers of statistics that are kept packed: their questions are few, and come again and again."""
_TAGS = re.compile(r'(?:W/)?"([^"]*)"')
_QUALITY_0 = re.compile(r";\s*q=0(?:\.0{1,3})?\s*$")

LOG = server_log(__name__)
Packing = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Response:
    """An answer before it is fitted to what the client takes."""

    status: HTTPStatus
    body: bytes = b""
    headers: Headers = ()
    media_type: str = "application/json"
    etag: str = ""
    """Without quotation marks; empty where answers are not compared."""


def make_app(
    settings: GatewaySettings, statistics_source: StatisticsSource, lookup_source: LookupSource
) -> WSGIApplication:
    """The gateway as WSGI callable."""
    return _Gateway(settings, statistics_source, lookup_source)


class _Gateway:
    """Routes a request, and turns whatever happens into an answer."""

    def __init__(self, settings: GatewaySettings, statistics: StatisticsSource, lookup: LookupSource) -> None:
        self._settings = settings
        self._token = settings.token.get_secret_value()
        self._statistics = statistics
        self._lookup = lookup
        self._limit = LookupLimit(settings.lookups_per_minute)
        self._pack: Packing = partial(gzip.compress, compresslevel=6, mtime=0)
        self._pack_once: Packing = lru_cache(KEPT_PACKED)(self._pack)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = perf_counter()
        route = _route(environ.get("PATH_INFO", ""))
        response = self._answer(route, environ)
        response = _packed(response, environ, self._pack_once if route == STATISTICS else self._pack)
        LOG.info(
            "%s %s %d %d bytes %.1f ms",
            environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in _METHODS else "other",
            _SHOWN[route],
            response.status,
            len(response.body),
            (perf_counter() - started) * 1_000,
        )
        return _send(response, environ, start_response)

    def _answer(self, route: str, environ: WSGIEnvironment) -> Response:
        try:
            response = self._respond(route, environ)
        except RequestError as error:
            response = _problem(error)
        except Unavailable as error:
            LOG.warning("%s", error)
            response = _problem(UnavailableError(error))
        except Exception as error:  # noqa: BLE001  # the process's edge: one request fails, the gateway goes on
            LOG.error("request failed\n%s", self._without_secrets(error, environ))  # noqa: TRY400
            detail = "The gateway has failed; its log says why."
            response = _problem(RequestError(HTTPStatus.INTERNAL_SERVER_ERROR, detail))
        return self._shared(route, response, environ)

    def _respond(self, route: str, environ: WSGIEnvironment) -> Response:
        method = environ["REQUEST_METHOD"]
        if not route:
            raise RequestError(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        if method == "OPTIONS" and self._portal(route, environ):
            return Response(HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
        if method not in ("GET", "HEAD"):
            allowed = "GET, HEAD, OPTIONS" if self._portal(route, environ) else "GET, HEAD"
            raise RequestError(
                HTTPStatus.METHOD_NOT_ALLOWED, "Only reading is allowed here: GET or HEAD.", (("Allow", allowed),)
            )
        return {STATISTICS: self._counts, DOSSIERS: self._dossier, HEALTH: self._health}[route](environ)

    def _counts(self, environ: WSGIEnvironment) -> Response:
        self._check_token(environ.get("HTTP_AUTHORIZATION", ""))
        answer = self._statistics.answer_if_begun(read_question(environ.get("QUERY_STRING", "")))
        kept = f"private, max-age={int(self._settings.fresh_for)}"
        response = Response(HTTPStatus.OK, answer.body, (("Cache-Control", kept),), etag=answer.etag)
        if _has(environ.get("HTTP_IF_NONE_MATCH", ""), answer.etag):
            return replace(response, status=HTTPStatus.NOT_MODIFIED)
        return response

    def _check_token(self, authorization: str) -> None:
        scheme, _, shown = authorization.partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(
            shown.strip().encode("latin-1"), self._token.encode("ascii")
        ):
            raise RequestError(
                HTTPStatus.UNAUTHORIZED,
                "Statistics are given to whoever shows the token of this gateway.",
                (("WWW-Authenticate", 'Bearer realm="dossier statistics"'),),
            )

    def _dossier(self, environ: WSGIEnvironment) -> Response:
        code = read_code(environ["PATH_INFO"].removeprefix(DOSSIERS))
        peer, forwarded_for = environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", "")
        wait = self._limit.take(client_of(peer, forwarded_for, self._settings.trusted_proxy))
        if wait:
            raise RequestError(
                HTTPStatus.TOO_MANY_REQUESTS,
                "Too many dossiers were asked for; wait as long as Retry-After says.",
                (("Retry-After", str(wait)),),
            )
        if environ.get(BUSY):
            raise Unavailable(text("too many dossiers are being looked up"), "busy")
        try:
            dossier = self._lookup.dossier(code)
        except NotShown as error:
            raise RequestError(HTTPStatus.CONFLICT, str(error)) from error
        if dossier is None:
            raise RequestError(HTTPStatus.NOT_FOUND, "No dossier has this code.")
        return Response(HTTPStatus.OK, dossier.model_dump_json().encode())

    def _health(self, environ: WSGIEnvironment) -> Response:
        as_of, inventory = self._statistics.state()
        failure = self._lookup.failure()
        if failure is not None:
            message = text("dossiers cannot be looked up: {why}", why=failure.message)
            raise Unavailable(message, failure.reason)
        document = {"ok": True, "as_of": as_of.isoformat(), **inventory.document()}
        return Response(HTTPStatus.OK, json.dumps(document, ensure_ascii=False).encode(), _NOT_KEPT)

    def _portal(self, route: str, environ: WSGIEnvironment) -> str:
        """The portal whose page asks, where it is one of ours and may."""
        origin: str = environ.get("HTTP_ORIGIN", "")
        return origin if route == DOSSIERS and origin in self._settings.origins else ""

    def _shared(self, route: str, response: Response, environ: WSGIEnvironment) -> Response:
        """Who may read the answer and keep it; also of failures, for the page must learn of those as well."""
        if route == DOSSIERS:
            portal = self._portal(route, environ)
            opened = (("Access-Control-Allow-Origin", portal), ("Access-Control-Expose-Headers", "Retry-After"))
            headers = (("Cache-Control", "private, no-store"), ("Vary", "Origin, Accept-Encoding"))
            return replace(response, headers=(*response.headers, *headers, *(opened if portal else ())))
        kept = _NOT_KEPT if not any(name == "Cache-Control" for name, _ in response.headers) else ()
        return replace(response, headers=(*response.headers, *kept, ("Vary", "Accept-Encoding")))

    def _without_secrets(self, error: Exception, environ: WSGIEnvironment) -> str:
        """The traceback, without what the request said: libraries put parameters into their messages."""
        said = "".join(traceback.format_exception(error))
        asked = environ.get("PATH_INFO", "").removeprefix(DOSSIERS) if _route(environ["PATH_INFO"]) == DOSSIERS else ""
        secrets = (self._token, asked, environ.get("QUERY_STRING", ""), environ.get("HTTP_AUTHORIZATION", ""))
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            said = said.replace(secret, "***")
        return said


_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_SHOWN: Mapping[str, str] = {STATISTICS: STATISTICS, HEALTH: HEALTH, DOSSIERS: DOSSIERS + "...", "": "elsewhere"}
"""What the log calls an address: a dossier's code is not for it."""
_NOT_KEPT: Headers = (("Cache-Control", "no-store"),)
_PREFLIGHT: Headers = (
    ("Access-Control-Allow-Methods", "GET, HEAD"),
    ("Access-Control-Max-Age", str(PREFLIGHT_SECONDS)),
)


def _route(path: str) -> str:
    if path.startswith(DOSSIERS):
        return DOSSIERS
    return path if path in (STATISTICS, HEALTH) else ""


def _problem(error: RequestError) -> Response:
    return Response(error.status, error.body(), error.headers, MEDIA_TYPE)


def _has(if_none_match: str, etag: str) -> bool:
    """Whether the client has it already; weak tags count, for they are those of packed answers."""
    return if_none_match.strip() == "*" or etag in _TAGS.findall(if_none_match)


def _takes_gzip(accept_encoding: str) -> bool:
    taken = {part.partition(";")[0].strip(): not _QUALITY_0.search(part) for part in accept_encoding.lower().split(",")}
    return taken.get("gzip", taken.get("*", False))


def _packed(response: Response, environ: WSGIEnvironment, pack: Packing) -> Response:
    """Fitted to what the client takes. A packed answer has other bytes, so its tag is the weak one."""
    packs = len(response.body) >= GZIP_FROM and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = response.headers
    if response.etag:
        headers = (*headers, ("ETag", f'W/"{response.etag}"' if packs else f'"{response.etag}"'))
    if response.status in (HTTPStatus.NOT_MODIFIED, HTTPStatus.NO_CONTENT):
        return replace(response, body=b"", headers=headers)
    if packs:
        headers = (*headers, ("Content-Encoding", "gzip"))
        return replace(response, body=pack(response.body), headers=headers)
    return replace(response, headers=headers)


def _send(response: Response, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers: list[tuple[str, str]] = [*response.headers, *SECURITY]
    if response.status not in (HTTPStatus.NOT_MODIFIED, HTTPStatus.NO_CONTENT):
        headers += [("Content-Type", response.media_type), ("Content-Length", str(len(response.body)))]
    start_response(f"{response.status.value} {response.status.phrase}", headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else response.body]
