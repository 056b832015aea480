"""Doing a build's tasks in this process: a build of a small province is then no dearer than its pages.

The processes of a real build begin with nothing of the one before; so must a build here. What functions remember of
files (`functools.cache` in the plugins) is forgotten before it. What is made of the same bytes again, templates that
Jinja compiles and catalogues of translations, is remembered for all builds by these bytes: that takes most of the time
off a clean build, and changes no page.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from types import CodeType
from typing import Any, ParamSpec, TypeVar
from unittest.mock import patch

from jinja2 import Environment

from plugins import languages
from plugins.builder.workers import WorkerCrashedError

P = ParamSpec("P")
T = TypeVar("T")

OF_THE_CODE = "plugins.builder.engine"
"""Remembers the fingerprint of the code, which does not change while it runs."""


class Here(Executor):
    """Does each task at once, and tells of one that fails as a process of the build's own would."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # the edge of what would be a process
            last = traceback.format_exception_only(error)[-1].strip()
            future.set_exception(WorkerCrashedError(last, traceback.format_exc()))
        return future


def forget() -> None:
    """Forget what functions of the plugins have answered, but for the fingerprint of the code that runs."""
    for name, module in list(sys.modules.items()):
        for value in list(vars(module).values()) if name.startswith("plugins.") else ():
            if hasattr(value, "cache_clear") and value.__module__ != OF_THE_CODE:
                value.cache_clear()


@contextmanager
def remembering_by_content() -> Iterator[None]:
    """While the block runs, templates and catalogues of the same bytes are compiled once."""
    templates: dict[tuple[str, str | None, bool], CodeType] = {}
    catalogues: dict[tuple[bytes, str], bytes] = {}
    compile_template, compile_catalogue = Environment.compile, languages.compiled

    def template(self: Environment, source: Any, name: str | None = None, *args: Any, **kwargs: Any) -> Any:
        key = (source, name, bool(self.autoescape))
        if not isinstance(source, str) or key not in templates:
            code = compile_template(self, source, name, *args, **kwargs)
            if not isinstance(code, CodeType):
                return code
            templates[key] = code
        return templates[key]

    def catalogue(source: bytes, language: str) -> bytes:
        if (source, language) not in catalogues:
            catalogues[source, language] = compile_catalogue(source, language)
        return catalogues[source, language]

    with patch.object(Environment, "compile", template), patch.object(languages, "compiled", catalogue):
        yield
