"""Pagefind on the same pages: its index, and the smallest page that can ask it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from plugins.portal.problems import PortalError
from tools.benchmarks.documents import BuiltPortal

BUNDLE = "pagefind"
_TIME_LIMIT = 1_800
"""Seconds."""
_LEFT_OUT = ".places, [aria-labelledby=cac-buoc], [aria-labelledby=cach-nop]"
"""What is not in the portal's own index either: counters, steps, and ways to file."""
_PAGE = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Pagefind</title><script src="ask.js"></script>'
# What a page with ten results does; Pagefind is loaded by the first question, like the portal's own search.
_SCRIPT = """window.ask = async (query) => {
  const pagefind = await import('./pagefind/pagefind.js');
  const { results } = await pagefind.search(query);
  return (await Promise.all(results.slice(0, 10).map((result) => result.data()))).length;
};
"""


def pagefind_site(portal: BuiltPortal, folder: Path) -> Path:
    """Index a built portal's pages into `folder`; gives the folder to serve.

    Only these pages are handed over, and of each what the portal's own index has of it, as well as a selector can
    say it: menus, lists and old versions would make Pagefind's index larger for nothing.
    """
    pages, site = folder / "pages", folder / "shown"
    for address in portal.pages:
        copy = pages / address / "index.html"
        copy.parent.mkdir(parents=True)
        try:
            shutil.copyfile(portal.output / address / "index.html", copy)
        except FileNotFoundError as error:
            raise PortalError(
                f"{error.filename}: a page that search knows is missing; run portal build again"
            ) from error
    site.mkdir()
    (site / "index.html").write_text(_PAGE, encoding="utf-8")
    (site / "ask.js").write_text(_SCRIPT, encoding="utf-8")
    _index(pages, site / BUNDLE)
    return site


def _index(pages: Path, bundle: Path) -> None:
    command = [
        sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(bundle),
        "--force-language", "vi", "--root-selector", "main", "--exclude-selectors", _LEFT_OUT, "--quiet",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603  # no shell, and nothing of the content in the command
        command, capture_output=True, text=True, timeout=_TIME_LIMIT, check=False
    )
    if done.returncode or not (bundle / "pagefind.js").is_file():
        raise PortalError(f"pagefind could not index the pages: {done.stderr.strip() or done.stdout.strip()}")
