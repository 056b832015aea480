"""What the benchmark needs beyond the portal itself: a browser, its driver and a few packages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec

from plugins.portal.problems import PortalError

PACKAGES = ("selenium", "brotli", "pagefind")
PROGRAMS = ("chromium", "chromedriver")
_BROTLI_QUALITY = 11
"""The best there is: what a web server sends of files that were compressed beforehand."""


@dataclass(frozen=True)
class Tools:
    """Where everything is."""

    chromium: str
    chromedriver: str
    compress: Callable[[bytes], bytes]
    pagefind_version: str


def found_tools() -> Tools:
    """Everything that is needed; raises a `PortalError` that names all that is missing."""
    programs = needed(PACKAGES, PROGRAMS)
    return Tools(
        chromium=programs["chromium"],
        chromedriver=programs["chromedriver"],
        # By name: the portal itself does without brotli, and so do its type checks.
        compress=partial(import_module("brotli").compress, quality=_BROTLI_QUALITY),
        pagefind_version=version("pagefind"),
    )


def needed(packages: Sequence[str], programs: Sequence[str]) -> dict[str, str]:
    """Where the programs are; raises a `PortalError` that names all packages and programs that are missing."""
    places = {name: shutil.which(name) or "" for name in programs}
    lacking = {
        "pip install -e .[bench]": [name for name in packages if find_spec(name) is None],
        "sudo apt install chromium chromium-driver": [name for name, path in places.items() if not path],
    }
    if any(lacking.values()):
        remedies = "; ".join(f"{', '.join(names)} ({remedy})" for remedy, names in lacking.items() if names)
        raise PortalError(f"the benchmark needs what is not installed: {remedies}")
    return places
