"""What is wrong with a request, as `application/problem+json` (RFC 9457).

    RequestError                a request that is answered with a problem
    ├── BadRequestError         400, with everything that is wrong at once
    └── UnavailableError        503, with the reason for programs

No problem repeats what was asked: neither token nor code nor query find their way into a page or a log.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from plugins.gateway.tables import Unavailable

MEDIA_TYPE = "application/problem+json"
Headers = tuple[tuple[str, str], ...]
Parameter = Literal["from", "to", "by", "code", "query"]
"""`query` is the query as a whole, also a parameter that there is not: its name could be anything."""


@dataclass(frozen=True)
class ParameterProblem:
    """One thing wrong with one parameter."""

    parameter: Parameter
    detail: str


class RequestError(Exception):
    """A request that is answered with a problem."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Headers = ()) -> None:
        self.status = status
        self.detail = detail
        self.headers = headers
        super().__init__(detail)

    def body(self) -> bytes:
        """The problem as JSON; `title` is the status in words, for `type` says no more."""
        return json.dumps(self._members()).encode()

    def _members(self) -> dict[str, object]:
        return {"type": "about:blank", "title": self.status.phrase, "status": self.status.value, "detail": self.detail}


class UnavailableError(RequestError):
    """There is no answer for now; why, and after how many seconds it is worth asking again."""

    def __init__(self, failure: Unavailable) -> None:
        self._failure = failure
        detail = failure.message.render()
        headers = (("Retry-After", str(failure.retry_after)),)
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, f"{detail[:1].upper()}{detail[1:]}.", headers)

    def _members(self) -> dict[str, object]:
        column = {"column": self._failure.column} if self._failure.column else {}
        return super()._members() | {"reason": self._failure.reason} | column


class BadRequestError(RequestError):
    """A request whose parameters cannot be meant."""

    def __init__(self, errors: Sequence[ParameterProblem]) -> None:
        self.errors = tuple(errors)
        detail = "; ".join(f"{error.parameter}: {error.detail}" for error in self.errors)
        super().__init__(HTTPStatus.BAD_REQUEST, detail)

    def _members(self) -> dict[str, object]:
        errors = [{"parameter": error.parameter, "detail": error.detail} for error in self.errors]
        return super()._members() | {"errors": errors}
