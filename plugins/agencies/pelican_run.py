"""One run of Pelican, and the manifest of what came of it."""

from __future__ import annotations

import gzip
import io
import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican import Pelican

from plugins.agencies.digests import Digest
from plugins.agencies.site_settings import site_settings
from plugins.portal import addresses
from plugins.portal.cards import Outcome, failed_manifest, manifest_of
from plugins.portal.liveness import sign_of_life
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import Problem, in_order, text
from plugins.portal.site_run import SiteRun
from plugins.portal.sites import Site

COMPRESSED = {".html", ".css", ".js", ".json", ".xml", ".atom", ".svg", ".csv", ".txt"}
WORTH_COMPRESSING = 1_400
"""Bytes: what fits one packet gains nothing."""
ASIDE = "aside"
"""The folder of a version for what its pages are not."""


def build(run: SiteRun, settings: Mapping[str, Any], staged: Path, digest: str) -> SiteManifest:
    """The site's pages in the staged version, and its manifest; with any problem the manifest is a failed one."""
    site = run.site
    if site.problems:
        return failed_manifest(site, digest, site.problems)
    www = staged / "www"
    www.mkdir(parents=True)
    logged = run_pelican(run, settings, www)
    problems = [*run.problems, *logged, *(_strays(site, www) if run.kind == "site" else ())]
    if problems:
        return failed_manifest(site, digest, problems)
    open_pages = _set_aside(run.open_pages, www, staged / "open")
    if settings["PORTAL_COMPRESS"]:
        _compress(www)
    references = sorted(
        {*site.references, *run.references}, key=lambda r: (r.path, r.line or 0, r.field, r.kind, r.target)
    )
    site = replace(site, advice=in_order([*site.advice, *run.advice]))
    outcome = Outcome(
        references=tuple(references),
        unlinked=tuple(sorted(run.unlinked)),
        written=tuple(_addresses(www)),
        open_pages=open_pages,
        counted=_counted(run.aside),
    )
    return manifest_of(site, run.shared, digest, outcome)


def _counted(aside: Path) -> str:
    """The digest of what search counted; empty where there is nothing."""
    if not aside.is_dir():
        return ""
    digest = Digest()
    digest.add_tree(aside)
    return digest.hex()


def _set_aside(open_pages: Iterable[str], www: Path, aside: Path) -> dict[str, str]:
    """Take pages with open places out of what is shown; gives the digest of each."""
    digests = {}
    for address in open_pages:
        file = addresses.saved_as(address)
        digest = Digest()
        digest.add((www / file).read_bytes())
        digests[address] = digest.hex()
        (aside / file).parent.mkdir(parents=True, exist_ok=True)
        (www / file).rename(aside / file)
    return digests


def run_pelican(run: SiteRun, settings: Mapping[str, Any], www: Path) -> tuple[Problem, ...]:
    """One run of Pelican over the site. What Pelican only logs is a problem here."""
    log = _Log(run.site.shown)
    logging.getLogger().addHandler(log)
    try:
        with redirect_stdout(io.StringIO()):
            Pelican(site_settings(run, settings, www)).run()
    finally:
        logging.getLogger().removeHandler(log)
    return in_order(log.problems)


class _Log(logging.Handler):
    """Turns warnings and errors of the libraries into problems of the site."""

    def __init__(self, shown: str) -> None:
        super().__init__(logging.WARNING)
        self._shown = shown
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        written = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            written = f"{written}: {record.exc_info[1]}"
        message = text("the site could not be built: {reason}", reason=" ".join(written.split()))
        hint = text("tell those who run the portal if the content is right")
        self.problems.append(Problem(path=self._shown, message=message, hint=hint))


def _strays(site: Site, www: Path) -> Iterable[Problem]:
    """What an agency's run wrote outside its own address: it would meet another site's files."""
    if site.slug:
        for entry in sorted(www.iterdir()):
            if entry.name != site.slug:
                message = text("the site would write to /{name}, outside its own address", name=entry.name)
                yield Problem(path=site.shown, message=message, hint=text("tell those who run the portal"))


def _addresses(www: Path) -> Sequence[str]:
    """The addresses that the written files answer."""
    files = (path.relative_to(www).as_posix() for path in www.rglob("*") if path.is_file() and path.suffix != ".gz")
    return [file[: -len("index.html")] if f"/{file}".endswith("/index.html") else file for file in files]


def _compress(www: Path) -> None:
    """A gzip copy beside every text file, for web servers that send it as it is."""
    for path in www.rglob("*"):
        if path.parent == www / addresses.LIVE:
            continue  # a copy would go on saying what it says now
        if path.suffix in COMPRESSED and path.stat().st_size > WORTH_COMPRESSING:
            compressed = gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(compressed)
            sign_of_life()
