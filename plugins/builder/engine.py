"""The fingerprint of the engine: of the code that pages come out of, and of the libraries under it.

What that is follows from the import statements, beginning at the builder and the plugins of a site's run: a list kept
by hand would leave out what is imported tomorrow, and pages would go on showing what older code made. An edit anywhere
else, in the gateway for one, builds nothing again.
"""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions, version
from importlib.util import find_spec, resolve_name
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
"""The folder of our own code."""
BUILDERS = ("plugins.builder.compiling", "plugins.builder.linking", "plugins.builder.warming", "plugins.collecting")
"""What the processes that build a site, or the pages about all, are started with."""

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<source>[\w.]+)[ \t]+import[ \t]*(?:\((?P<several>[^)]*)\)|(?P<names>[^\n;]+))"
    r"|import[ \t]+(?P<modules>[^\n;]+))",
    re.MULTILINE,
)
"""An import statement: the parser of Python takes a second for all files, and this is asked before every build."""
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?:\[(?P<extras>[^\]]*)\])?[^;]*(?:;(?P<marker>.*))?")
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")
_NAMESPACE = "pelican.plugins."
"""Where Pelican looks for plugins that were installed."""


@dataclass(frozen=True)
class Engine:
    """What every page is made with, beside content, theme and settings."""

    files: dict[str, Path]
    """Modules and what lies with them (translations, tables), by their path inside the folder that they are imported
    from."""
    libraries: tuple[str, ...]
    """The installed distributions, and those that they need in turn."""

    @classmethod
    def under(cls, site_plugins: Iterable[str], package: Path = PACKAGE) -> Engine:
        """What the run of a site with these plugins can load; `package` is the folder of our own code."""
        search = _Search(package)
        search.follow([*BUILDERS, *(name for plugin in site_plugins for name in _meant(plugin))])
        return cls(dict(sorted(search.files())), tuple(sorted(_with_what_they_need(search.libraries))))

    def fingerprint(self, version_of: Callable[[str], str] = version) -> str:
        """Hexadecimal; another one for every edit of the code and every upgrade of a library or of Python."""
        made_of = {
            "python": platform.python_version(),
            "libraries": {name: version_of(name) for name in self.libraries},
            "files": {inside: blake2b(path.read_bytes()).hexdigest() for inside, path in self.files.items()},
        }
        return blake2b(json.dumps(made_of, sort_keys=True).encode(), digest_size=16).hexdigest()


class _Search:
    """Follows import statements through whatever code belongs to no installed distribution."""

    def __init__(self, package: Path) -> None:
        self._roots: dict[str, Path | None] = {package.name: package.parent}
        """The folder in which the path of a package begins; None where a distribution brought it."""
        self._modules: dict[str, tuple[Path, Path]] = {}
        """The folder in which a module's path begins, and its file."""
        self.libraries: set[str] = set()

    def follow(self, names: Iterable[str]) -> None:
        """Add these modules and all that they import."""
        waiting = list(names)
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen or name.partition(".")[0] in sys.stdlib_module_names:
                continue
            seen.add(name)
            if file := self._file(name):
                self._modules[name] = file
                # Whoever imports a module loads the packages around it first.
                waiting += [name.rpartition(".")[0]] if "." in name else []
                waiting += imported(file[1], name)

    def files(self) -> Iterator[tuple[str, Path]]:
        for root, path in self._modules.values():
            beside = _beside(path.parent) if path.name == "__init__.py" else ()
            yield from ((file.relative_to(root).as_posix(), file) for file in (path, *beside))

    def _file(self, name: str) -> tuple[Path, Path] | None:
        """Where a module that is code of ours begins and lies; else its distribution is noted."""
        package = name if name.startswith(_NAMESPACE) else name.partition(".")[0]
        if package not in self._roots:
            self._roots[package] = self._root(package)
        root = self._roots[package]
        if root is None:
            return None
        base = root.joinpath(*name.split("."))
        candidates = (path for path in (base.with_name(f"{base.name}.py"), base / "__init__.py") if path.is_file())
        return next(((root, path) for path in candidates), None)

    def _root(self, package: str) -> Path | None:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            return None  # not installed: only where something is, it is used
        origin = Path(spec.origin)
        if brought := next((installed for installed in _likely(package) if _brought(installed, origin)), None):
            self.libraries.add(brought.name)
            return None
        inside = package.count(".") + (1 if spec.submodule_search_locations else 0)
        return origin.parents[inside]


def _meant(plugin: str) -> tuple[str, ...]:
    """The modules that Pelican would take for a plugin of this name."""
    return (plugin,) if "." in plugin else (plugin, f"{_NAMESPACE}{plugin}")


def imported(path: Path, module: str) -> Iterator[str]:
    """The full names that the import statements of a file may mean; a name imported from a package may be a module."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for match in _IMPORT.finditer(path.read_text(encoding="utf-8")) if path.suffix == ".py" else ():
        if modules := match["modules"]:
            yield from _names(modules)
            continue
        source = resolve_name(match["source"], package)
        yield source
        yield from (f"{source}.{name}" for name in _names(match["several"] or match["names"]))


def _names(written: str) -> list[str]:
    """The names of `a, b.c as d,  # why`."""
    parts = re.sub(r"#.*", "", written).replace("\\\n", " ").split(",")
    return [words[0] for part in parts if (words := part.split()) and re.fullmatch(r"[\w.]+", words[0])]


def _beside(folder: Path) -> Iterator[Path]:
    """What lies in a package and is no code: translations, tables; also in folders that are no packages themselves."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name != "__pycache__" and not (path / "__init__.py").is_file():
                yield from _beside(path)
        elif path.suffix not in (".py", ".pyc"):
            yield path


def _likely(module: str) -> Iterator[Distribution]:
    """All distributions; the one that is called as the module is, first."""
    with suppress(PackageNotFoundError):
        yield distribution(module.partition(".")[0])
    yield from distributions()


def _brought(installed: Distribution, origin: Path) -> bool:
    base = Path(str(installed.locate_file("")))
    return origin.is_relative_to(base) and f"{origin.relative_to(base).as_posix()}," in (
        installed.read_text("RECORD") or ""
    )


def _with_what_they_need(names: Iterable[str]) -> set[str]:
    """Distributions and all that they require, as far as it is installed here."""
    waiting: list[tuple[str, frozenset[str]]] = [(name, frozenset()) for name in names]
    seen: set[tuple[str, frozenset[str]]] = set()
    names_found: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        try:
            installed = distribution(wanted[0])
        except PackageNotFoundError:
            continue  # for another system or another Python
        names_found.add(_canonical(wanted[0]))
        waiting += _required(installed, wanted[1])
    return names_found


def _canonical(name: str) -> str:
    """One spelling for the name of a distribution (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _required(installed: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for written in installed.requires or ():
        match = _REQUIREMENT.match(written)
        if match is None:
            continue
        asked_for = set(_EXTRA.findall(match["marker"] or ""))
        if not asked_for or asked_for & extras:
            yield match["name"], frozenset(re.split(r"\s*,\s*", match["extras"].strip()) if match["extras"] else ())
