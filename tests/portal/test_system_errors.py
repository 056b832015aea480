"""What the system refuses is said in one way, in Vietnamese; nothing that is shown has the system's own words."""

from __future__ import annotations

import ast
import errno
import os
from collections.abc import Iterator

import pytest

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import text
from plugins.portal.system_errors import reason, reason_of
from tests.provinces import ROOT

USUAL = [
    errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENOTDIR, errno.EISDIR,
    errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EMFILE, errno.ENFILE, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO,
    errno.EEXIST, errno.ENOTEMPTY, errno.ETXTBSY, errno.EBUSY, errno.ECONNREFUSED, errno.ETIMEDOUT, errno.EPIPE,
    errno.EXDEV, errno.EFBIG, errno.ECONNRESET, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EINVAL, errno.ENOMEM,
]  # fmt: skip
MAKES_ERRORS = {"plugins/portal/files.py"}
"""Raises an error of the system itself, with its words."""


@pytest.mark.parametrize("number", USUAL, ids=errno.errorcode.__getitem__)
def test_usual_error_is_said_in_vietnamese_and_in_the_words_of_the_system(number: int) -> None:
    translate = load_catalogue(MESSAGES, "vi").gettext
    error = OSError(number, os.strerror(number))

    assert reason(error).render() == os.strerror(number)
    assert not reason(error).render(translate).isascii()
    assert reason(error).render(translate) != os.strerror(number)


@pytest.mark.parametrize(("number", "said"), [(99_999, "lỗi hệ thống số 99999"), (0, "lỗi hệ thống số ?")])
def test_other_errors_are_said_by_their_number(number: int, said: str) -> None:
    assert reason_of(number).render(load_catalogue(MESSAGES, "vi").gettext) == said


def test_words_for_what_is_being_done_come_first() -> None:
    assert reason(OSError(errno.EACCES, ""), {errno.EACCES: text("it is a link")}).msgid == "it is a link"


def words_of_the_system(tree: ast.AST) -> Iterator[int]:
    """Lines on which the words of an `OSError`, or it as a whole, become a part of what is said."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "strerror":
            yield node.lineno
        if isinstance(node, ast.ExceptHandler) and node.name and _is_of_the_system(node.type):
            for inner in ast.walk(node):
                if isinstance(inner, ast.FormattedValue):
                    shown = [inner.value]
                elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id in _SAYS:
                    shown = [*inner.args, *(keyword.value for keyword in inner.keywords)]
                else:
                    continue
                yield from (part.lineno for part in shown if isinstance(part, ast.Name) and part.id == node.name)


_SAYS = {"str", "repr", "text", "PortalError", "SettingsError", "ImportStopped"}


def _is_of_the_system(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id.endswith(("OSError", "FileExistsError")) for name in names)


def test_every_place_that_shows_an_error_of_the_system_says_it_in_one_way() -> None:
    paths = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "plugins").rglob("*.py")}
    assert len(paths) > 200
    told = {name: [*words_of_the_system(ast.parse(path.read_text(encoding="utf-8")))] for name, path in paths.items()}
    assert {name for name, lines in told.items() if lines} == MAKES_ERRORS


@pytest.mark.parametrize(
    "code",
    ["x.strerror", "os.strerror(5)", "try: ...\nexcept OSError as e: f'{e}'",
     "try: ...\nexcept (OSError, ValueError) as e: text('a {b}', b=e)", "try: ...\nexcept OSError as e: str(e)"],
)  # fmt: skip
def test_words_of_the_system_are_found(code: str) -> None:
    assert list(words_of_the_system(ast.parse(code)))


def test_gateway_whose_port_is_taken_says_so_in_vietnamese() -> None:
    translate = load_catalogue(MESSAGES, "vi").gettext
    taken = OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
    own = load_catalogue(ROOT / "plugins" / "gateway", "vi").gettext
    message = text(
        "GATEWAY_PORT: cannot listen on {address}: {reason}; take another one", address="a", reason=reason(taken)
    )
    said = message.render(lambda msgid: own(msgid) if own(msgid) != msgid else translate(msgid))
    assert said == "GATEWAY_PORT: không mở được a: chương trình khác đang dùng địa chỉ và cổng này; hãy chọn cổng khác"
