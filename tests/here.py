"""Doing a build's tasks in this process: a build of a small province is then no dearer than its pages.

The processes of a real build begin with nothing of the one before; so must each task here. What functions remember
(`functools.cache` in the plugins), which plugins Pelican has at work and what it has said once are as before for the
next one. What is made of the same bytes again, templates that Jinja compiles, catalogues of translations, fonts and the
handbook, and what follows from the code alone, as schemas and the engine's fingerprint do, is remembered for all
builds: that takes most of the time off a clean build, and changes no page. What a task is given and gives is pickled,
as it is on its way to a process and back.

Limits, signals and breakdowns are of real processes: tests about these have them (`SmallProvince.build`).
"""

from __future__ import annotations

import pickle
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any, ParamSpec, TypeVar
from unittest.mock import patch

from blinker import Signal
from jinja2 import Environment
from markupsafe import Markup
from pelican.log import LimitFilter
from pelican.plugins import signals

from plugins import languages
from plugins.builder import engine_memory
from plugins.builder.folders import ENGINE
from plugins.builder.workers import DENIALS, WorkerCrashedError, WorkerDeniedError, WorkerError
from plugins.handbook import runs as handbook
from plugins.presentation.theme_files import Font

P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K")

OF_THE_CODE = (
    *("plugins.builder.engine_memory", "plugins.portal.schemas", "plugins.portal.validation"),
    *("plugins.presentation.icons", "plugins.presentation.template_cache", "plugins.languages"),
)
"""Modules whose functions remember what follows from code and libraries alone, which do not change while it runs, or
from all that they are given."""
SIGNALS: tuple[Any, ...] = tuple(signal for signal in vars(signals).values() if isinstance(signal, Signal))
"""What Pelican's plugins are connected to, for all runs of a process."""
RECEIVERS = ("receivers", "_by_receiver", "_by_sender", "_weak_senders")
"""Attributes of a signal that say who is connected to it."""
SAID = ("_ignore", "_raised_messages", "_group_count")
"""Attributes in which Pelican keeps for all runs of a process what it does not say again."""


class Here(Executor):
    """Does each task at once, and tells of one that fails as a process of the build's own would."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        call, given, named = pickle.loads(pickle.dumps((fn, args, kwargs)))  # noqa: S301  # made just now
        try:
            with _as_in_a_new_process():
                value = call(*given, **named)
            future.set_result(pickle.loads(pickle.dumps(value)))  # noqa: S301
        except Exception as error:  # noqa: BLE001  # the edge of what would be a process
            future.set_exception(_as_told(error))
        return future


def _as_told(error: Exception) -> WorkerError:
    if isinstance(error, OSError) and error.errno in DENIALS:
        return WorkerDeniedError(error.errno, str(error.filename2 or error.filename or ""))
    last = traceback.format_exception_only(error)[-1].strip()
    return WorkerCrashedError(last, traceback.format_exc())


@contextmanager
def _as_in_a_new_process() -> Iterator[None]:
    """A task begins without what others have left behind, and leaves nothing behind itself."""
    _forget()
    connected = [(signal, name, getattr(signal, name).copy()) for signal in SIGNALS for name in RECEIVERS]
    said = [(name, getattr(LimitFilter, name).copy()) for name in SAID]
    try:
        yield
    finally:
        for signal, name, value in connected:
            setattr(signal, name, value)
        for name, value in said:
            setattr(LimitFilter, name, value)


def _forget() -> None:
    """Forget what functions of the plugins have answered, but for what follows from the code."""
    if REMEMBERED.modules != len(sys.modules):
        REMEMBERED.modules = len(sys.modules)
        REMEMBERED.clear = list(_clearing())
    for clear in REMEMBERED.clear:
        clear()


def _clearing() -> Iterator[Callable[[], None]]:
    for name, module in list(sys.modules.items()):
        for value in list(vars(module).values()) if name.startswith("plugins.") else ():
            if hasattr(value, "cache_clear") and value.__module__ not in OF_THE_CODE:
                yield value.cache_clear


class _Remembered:
    """Templates, catalogues, fonts and handbooks by what they are made of, fingerprints of the engine by its modules,
    and how to forget the rest."""

    def __init__(self) -> None:
        self.templates: dict[tuple[str, str | None, bool, str], CodeType] = {}
        self.catalogues: dict[tuple[bytes, str], bytes] = {}
        self.fonts: dict[tuple[int, str], bytes] = {}
        self.engines: dict[tuple[object, ...], str] = {}
        self.engine_memory = b""
        self.engine_of_programs = b""
        self.given_to_programs: list[Path] = []
        self.made_of_the_theme: dict[str, bytes] = {}
        self.handbooks: dict[str, tuple[Markup, Markup]] = {}
        self.clear: list[Callable[[], None]] = []
        self.modules = 0


REMEMBERED = _Remembered()
"""For all builds of this process: they are few, the theme's own and what a test puts over them."""


def _once(remembered: dict[K, T], key: K, make: Callable[[], T]) -> T:
    if key not in remembered:
        remembered[key] = make()
    return remembered[key]


@contextmanager
def remembering_by_content() -> Iterator[None]:
    """While the block runs, what is made of the same bytes is made once, and what follows from the code."""
    compile_template, compile_catalogue, subset_font = Environment.compile, languages.compiled, Font.subset
    take_fingerprint, make_handbook = engine_memory.remembered_fingerprint, handbook.handbook_html

    def template(self: Environment, source: Any, name: str | None = None, *args: Any, **kwargs: Any) -> Any:
        key = (source, name, bool(self.autoescape), getattr(self.bytecode_cache, "words", ""))
        if not isinstance(source, str) or key not in REMEMBERED.templates:
            code = compile_template(self, source, name, *args, **kwargs)
            if not isinstance(code, CodeType):
                return code
            REMEMBERED.templates[key] = code
        return REMEMBERED.templates[key]

    def catalogue(source: bytes, language: str) -> bytes:
        return _once(REMEMBERED.catalogues, (source, language), lambda: compile_catalogue(source, language))

    def font(self: Font) -> bytes:
        return _once(REMEMBERED.fonts, (self.weight, self.digest), lambda: subset_font(self))

    def engine(site_plugins: Sequence[str], *args: Any, **kwargs: Any) -> str:
        key = (*site_plugins, *sys.path, *map(str, args[1:]))  # the first of these is the file that remembers
        return _once(REMEMBERED.engines, key, lambda: take_fingerprint(site_plugins, *args, **kwargs))

    def handbook_html(text: str) -> tuple[Markup, Markup]:
        return _once(REMEMBERED.handbooks, text, lambda: make_handbook(text))

    with (
        patch.object(Environment, "compile", template),
        patch.object(languages, "compiled", catalogue),
        patch.object(Font, "subset", font),
        patch.object(engine_memory, "remembered_fingerprint", engine),
        patch.object(handbook, "handbook_html", handbook_html),
    ):
        yield


def keep_theme(build: Path) -> None:
    """Put what is made of the theme into a build folder, as a build before would have left it there.

    Fonts and compiled templates are half of what a small portal takes that is built for the first time. What programs
    knew of the engine that built in a folder before comes with it: a build looks at all of it again.
    """
    for name, made in _made_of_the_theme().items():
        file = build / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    _keep_engine_of_programs(build / ENGINE)


def _keep_engine_of_programs(file: Path) -> None:
    """As the last program left it that was given such a file."""
    for before in [given for given in REMEMBERED.given_to_programs if given.exists()]:
        REMEMBERED.engine_of_programs = before.read_bytes()
        REMEMBERED.given_to_programs.remove(before)
    if REMEMBERED.engine_of_programs and not file.exists():
        file.write_bytes(REMEMBERED.engine_of_programs)
    if file not in REMEMBERED.given_to_programs:
        REMEMBERED.given_to_programs.append(file)


def _made_of_the_theme() -> dict[str, bytes]:
    """By path in a build folder."""
    from tests.provinces import SmallProvince  # which builds with this module

    if not REMEMBERED.made_of_the_theme:
        with TemporaryDirectory() as folder:
            SmallProvince.of(Path(folder)).build()
            build = Path(folder, "build")
            files = [path for name in ("fonts", "templates") for path in (build / name).iterdir()]
            REMEMBERED.made_of_the_theme = {path.relative_to(build).as_posix(): path.read_bytes() for path in files}
    return REMEMBERED.made_of_the_theme


def keep_engine(build: Path) -> Callable[[], None]:
    """Put what the last build of its own processes knew of the engine into a build folder, if there was one.

    What is given is to be called when the folder has been built in. A build looks at all of it again before it relies
    on it.
    """
    file = build / ENGINE
    if REMEMBERED.engine_memory and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(REMEMBERED.engine_memory)

    def remember() -> None:
        if file.exists():
            REMEMBERED.engine_memory = file.read_bytes()

    return remember
