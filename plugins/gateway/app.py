"""The HTTP of the gateway: a WSGI application that answers three addresses, each with GET and HEAD only.

What it answers, with every status and header, is described in plugins/dossiers/contract/openapi.yaml. Requests are read
and answers written by Werkzeug, but for what it reads more freely than the contract does: it takes `//v1/health` for
`/v1/health`, a tag without quotation marks for one with them, and no token with `=` in its middle; and
`make_conditional` would answer If-Match, of which the contract says nothing.
"""

from __future__ import annotations

import gzip
import hmac
import json
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from http import HTTPStatus
from time import perf_counter
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wrappers import Request, Response

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
JSON = "application/json"
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
LOG = server_log(__name__)
Packing = Callable[[bytes], bytes]


class Answer(Response):
    """An answer with the status as the standard writes it; one without a body has no media type."""

    default_mimetype = None

    def __init__(
        self,
        body: bytes = b"",
        status: HTTPStatus = HTTPStatus.OK,
        headers: Headers = (),
        media_type: str | None = JSON,
    ) -> None:
        super().__init__(body, _status_line(status), headers, content_type=media_type)


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
        request, route = Request(environ), _route(_path(environ))
        response = self._answer(route, request)
        self._share(route, request, response)
        _pack(request, response, self._pack_once if route == STATISTICS else self._pack)
        LOG.info(
            "%s %s %d %d bytes %.1f ms",
            request.method if request.method in _METHODS else "other",
            _LOGGED[route],
            response.status_code,
            len(response.data),
            (perf_counter() - started) * 1_000,
        )
        return response(environ, start_response)

    def _answer(self, route: str, request: Request) -> Response:
        try:
            return self._respond(route, request)
        except RequestError as error:
            return _problem(error)
        except Unavailable as error:
            LOG.warning("%s", error)
            return _problem(UnavailableError(error))
        except Exception as error:  # noqa: BLE001  # the process's edge: one request fails, the gateway goes on
            LOG.error("request failed\n%s", self._without_secrets(error, request.environ))  # noqa: TRY400
            detail = "The gateway has failed; its log says why."
            return _problem(RequestError(HTTPStatus.INTERNAL_SERVER_ERROR, detail))

    def _respond(self, route: str, request: Request) -> Response:
        if not route:
            raise RequestError(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        if request.method == "OPTIONS" and self._portal(route, request):
            return Answer(b"", HTTPStatus.NO_CONTENT, _PREFLIGHT, None)
        if request.method not in ("GET", "HEAD"):
            allowed = "GET, HEAD, OPTIONS" if self._portal(route, request) else "GET, HEAD"
            raise RequestError(
                HTTPStatus.METHOD_NOT_ALLOWED, "Only reading is allowed here: GET or HEAD.", (("Allow", allowed),)
            )
        return {STATISTICS: self._counts, DOSSIERS: self._dossier, HEALTH: self._health}[route](request)

    def _counts(self, request: Request) -> Response:
        self._check_token(request.headers.get("Authorization", ""))
        answer = self._statistics.answer_if_begun(read_question(request.environ.get("QUERY_STRING", "")))
        response = Answer(answer.body)
        response.headers["Cache-Control"] = f"private, max-age={int(self._settings.fresh_for)}"
        # A packed answer has other bytes, so its tag is the weak one.
        response.set_etag(answer.etag, weak=_is_packed(request, response))
        if _has(request, answer.etag):
            response.status = _status_line(HTTPStatus.NOT_MODIFIED)
            response.data = b""
        return response

    def _check_token(self, authorization: str) -> None:
        scheme, _, presented = authorization.partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(
            presented.strip().encode("latin-1"), self._token.encode("ascii")
        ):
            raise RequestError(
                HTTPStatus.UNAUTHORIZED,
                "Statistics are given to whoever shows the token of this gateway.",
                (("WWW-Authenticate", 'Bearer realm="dossier statistics"'),),
            )

    def _dossier(self, request: Request) -> Response:
        code = read_code(_path(request.environ).removeprefix(DOSSIERS))
        peer, forwarded_for = request.remote_addr or "", request.headers.get("X-Forwarded-For", "")
        wait = self._limit.take(client_of(peer, forwarded_for, self._settings.trusted_proxy))
        if wait:
            raise RequestError(
                HTTPStatus.TOO_MANY_REQUESTS,
                "Too many dossiers were asked for; wait as long as Retry-After says.",
                (("Retry-After", str(wait)),),
            )
        if request.environ.get(BUSY):
            raise Unavailable(text("too many dossiers are being looked up"), "busy")
        try:
            dossier = self._lookup.dossier(code)
        except NotShown as error:
            raise RequestError(HTTPStatus.CONFLICT, str(error)) from error
        if dossier is None:
            raise RequestError(HTTPStatus.NOT_FOUND, "No dossier has this code.")
        return Answer(dossier.model_dump_json().encode())

    def _health(self, _: Request) -> Response:
        as_of, inventory = self._statistics.state()
        failure = self._lookup.failure()
        if failure is not None:
            message = text("dossiers cannot be looked up: {why}", why=failure.message)
            raise Unavailable(message, failure.reason)
        document = {"ok": True, "as_of": as_of.isoformat(), **inventory.document()}
        reading = self._statistics.failure()
        if reading is not None:
            document["failing"] = {"reason": reading.reason, "detail": reading.message.render()}
        return Answer(json.dumps(document, ensure_ascii=False).encode())

    def _portal(self, route: str, request: Request) -> str:
        """The portal whose page asks, where it is one of ours and may."""
        origin = request.headers.get("Origin", "")
        return origin if route == DOSSIERS and origin in self._settings.origins else ""

    def _share(self, route: str, request: Request, response: Response) -> None:
        """Say who may read the answer and keep it; also of failures, for the page must learn of those as well."""
        headers = response.headers
        headers.extend(SECURITY)
        if route != DOSSIERS:
            headers.setdefault("Cache-Control", "no-store")
            headers["Vary"] = "Accept-Encoding"
            return
        headers["Cache-Control"] = "private, no-store"
        headers["Vary"] = "Origin, Accept-Encoding"
        if portal := self._portal(route, request):
            headers["Access-Control-Allow-Origin"] = portal
            headers["Access-Control-Expose-Headers"] = "Retry-After"

    def _without_secrets(self, error: Exception, environ: WSGIEnvironment) -> str:
        """The traceback, without what the request said: libraries put parameters into their messages."""
        told = "".join(traceback.format_exception(error))
        asked = _path(environ).removeprefix(DOSSIERS) if _route(_path(environ)) == DOSSIERS else ""
        secrets = (self._token, asked, environ.get("QUERY_STRING", ""), environ.get("HTTP_AUTHORIZATION", ""))
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            told = told.replace(secret, "***")
        return told


_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_LOGGED: Mapping[str, str] = {STATISTICS: STATISTICS, HEALTH: HEALTH, DOSSIERS: DOSSIERS + "...", "": "elsewhere"}
"""What the log calls an address: a dossier's code is not for it."""
_PREFLIGHT: Headers = (
    ("Access-Control-Allow-Methods", "GET, HEAD"),
    ("Access-Control-Max-Age", str(PREFLIGHT_SECONDS)),
)


def _status_line(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}"


def _path(environ: WSGIEnvironment) -> str:
    """The path as it came: Werkzeug's makes one slash of several."""
    path: str = environ.get("PATH_INFO", "")
    return path


def _route(path: str) -> str:
    if path.startswith(DOSSIERS):
        return DOSSIERS
    return path if path in (STATISTICS, HEALTH) else ""


def _problem(error: RequestError) -> Response:
    return Answer(error.body(), error.status, error.headers, MEDIA_TYPE)


def _has(request: Request, etag: str) -> bool:
    """Whether the client has it already; weak tags count, for they are those of packed answers."""
    tags = request.if_none_match
    return tags.star_tag or (tags.contains_weak(etag) and f'"{etag}"' in request.headers["If-None-Match"])


def _is_packed(request: Request, response: Response) -> bool:
    """Whether the client takes it packed, and it is worth that."""
    return len(response.data) >= GZIP_FROM and request.accept_encodings["gzip"] > 0


def _pack(request: Request, response: Response, pack: Packing) -> None:
    if _is_packed(request, response):
        response.data = pack(response.data)
        response.headers["Content-Encoding"] = "gzip"
