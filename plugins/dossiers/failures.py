"""Why a refresh has no new figures. One small tree; each error has a machine's word and a person's sentence.

    BackendError               no new figures this time; the last good ones stay
    ├── ConnectionFailed       unknown_host, unreachable, untrusted, too_slow
    ├── OutOfTime              time_limit
    ├── Declined               unauthorised, rate_limited, rejected, server_error, unreliable
    ├── SentElsewhere          redirect_loop, redirected_away
    ├── BadAnswer              truncated, too_big, not_json, wrong, token_in_answer
    └── NotTaken               older, future, not_begun, other_period, shrunk, emptied

No sentence holds anything that a backend sent, nor the token, nor a query: of addresses the host alone.
"""

from __future__ import annotations

from typing import Literal

from plugins.portal.problems import text

Reason = Literal[
    "unknown_host", "unreachable", "untrusted", "too_slow", "time_limit", "unauthorised", "rate_limited", "rejected",
    "server_error", "unreliable", "redirect_loop", "redirected_away", "truncated", "too_big", "not_json", "wrong",
    "token_in_answer",
    "older", "future", "not_begun", "other_period", "shrunk", "emptied",
]  # fmt: skip

SENTENCES: dict[Reason, str] = {
    "unknown_host": "the name {host} is not known: check DOSSIER_BACKEND_URL and this machine's DNS",
    "unreachable": "{host} does not answer, or the connection broke",
    "untrusted": "{host} shows no certificate that this machine trusts: have it mended, or name DOSSIER_BACKEND_CA",
    "too_slow": "{host} kept us waiting too long",
    "time_limit": "{host} was not done within the {seconds} seconds of DOSSIER_TIME_LIMIT",
    "unauthorised": "{host} does not accept our token (status {status}): check DOSSIER_BACKEND_TOKEN",
    "rate_limited": "{host} asks for fewer requests (status 429): refresh less often",
    "rejected": "{host} does not take the request (status {status}): check DOSSIER_BACKEND_URL and DOSSIER_MAPPING",
    "server_error": "{host} has a fault of its own (status {status})",
    "unreliable": (
        "{host} gives no figures, for too many of its dossiers cannot be relied upon (column {column}):"
        " whoever runs it finds more in its log and at /v1/health"
    ),
    "redirect_loop": "{host} sends us round in circles",
    "redirected_away": "{host} sends us to another address, where the token must not go: check DOSSIER_BACKEND_URL",
    "truncated": "the answer broke off",
    "too_big": "the answer is larger than {limit} MB",
    "not_json": "the answer is no JSON",
    "wrong": "the answer is not as agreed: {place}: {fault}",
    "token_in_answer": "the answer holds our token: tell whoever runs {host}, and have the token replaced",
    "older": "the figures are older than the ones we have",
    "future": "the figures are from the future: check the clocks of {host} and of this machine",
    "not_begun": "the figures are of before the period: check the clocks of {host} and of this machine",
    "other_period": "the figures are of another period than the one asked for",
    "shrunk": "{what} fell from {before} to {after} within one period",
    "emptied": (
        "{what} fell from {before} to 0: check DOSSIER_BACKEND_URL and DOSSIER_MAPPING;"
        " where it is right, move last-good.json away"
    ),
}


class BackendError(Exception):
    """No new figures this time."""

    def __init__(self, reason: Reason, **params: object) -> None:
        self.reason = reason
        self.message = text(SENTENCES[reason], **params)
        super().__init__(self.message.render())


class ConnectionFailed(BackendError):  # noqa: N818  # the names of this tree say what happened
    """There was nobody to talk to, or nobody to trust."""


class OutOfTime(BackendError):  # noqa: N818
    """The time limit of the whole refresh is over."""


class Declined(BackendError):  # noqa: N818
    """The backend answered, and not with figures."""

    def __init__(self, reason: Reason, retry_after: float | None = None, **params: object) -> None:
        self.retry_after = retry_after
        """Seconds that the backend asks us to wait; None where it does not say."""
        super().__init__(reason, **params)


class SentElsewhere(BackendError):  # noqa: N818
    """Redirected further than we go."""


class BadAnswer(BackendError):  # noqa: N818
    """What came is no answer to what was asked."""


class NotTaken(BackendError):  # noqa: N818
    """The figures are well-formed, and not believed."""
