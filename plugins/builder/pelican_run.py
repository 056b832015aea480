"""One run of Pelican, and the manifest of what came of it."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.readers import Readers

from plugins.builder.digests import TreeDigest
from plugins.builder.page_writing import write_pending
from plugins.builder.site_settings import site_settings
from plugins.compression import compressed
from plugins.portal import addresses
from plugins.portal.cards import Outcome, failed_manifest, manifest_of
from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.compressed_copies import SUFFIX, gets_copy
from plugins.portal.division import in_parts
from plugins.portal.earlier_pages import digest_of
from plugins.portal.files import link_or_copy
from plugins.portal.liveness import sign_of_life
from plugins.portal.manifest import Reference, SiteManifest
from plugins.portal.page_places import OWN_TEXT, Furniture, missing_in_texts, missing_places
from plugins.portal.problems import Problem, in_order, text
from plugins.portal.site_names import is_agency
from plugins.portal.site_run import SiteRun
from plugins.portal.sites import Site
from plugins.portal.stages import in_stage
from plugins.releases.version_facts import missing_files, note_facts

SHARE = 500
"""Files that are worth a process."""
LOG = "pelican.log"
"""The file of a version that says what the libraries logged."""
TOLD_OTHERWISE = ("Empty alt attribute for image",)
"""How messages of Pelican begin that the checks of texts tell with file and line."""


def build(
    run: SiteRun, settings: Mapping[str, Any], staged: CompiledVersion, digest: str, *, only_read: bool = False
) -> SiteManifest:
    """The site's pages in the staged version, and its manifest; with any problem the manifest is a failed one.

    Where it is `only_read` there are no pages, whether or not there are problems.
    """
    site = run.site
    www = staged.www
    www.mkdir(parents=True)
    if site.problems or only_read:
        check_texts(run, settings, www)
        return _failed(run, digest, [*site.problems, *run.problems])
    run_pelican(run, settings, www)
    _link(run.picture_files, www)
    _link(_stored(site) if run.kind == "site" else {}, www)
    problems = [
        *run.problems,
        *_logged(site, run.logged, staged, digest),
        *(_strays(site, www) if run.kind == "site" else ()),
    ]
    open_pages = _set_aside(run, www, staged.open)
    problems += missing_places([*site.references, *run.references], [www])
    if settings["PORTAL_CHECK_RELEASES"] and not problems:
        problems += _faults(run, staged)
    if problems:
        return _failed(run, digest, problems)
    if settings["PORTAL_COMPRESS"]:
        _compress(www)
    run.earlier.write_down()
    site = replace(site, advice=in_order([*site.advice, *run.advice]))
    outcome = Outcome(
        references=_references(run),
        unlinked=tuple(sorted(run.unlinked)),
        written=tuple(_addresses(www)),
        open_pages=open_pages,
        changed=run.changed,
        counted=_counted(run.aside),
    )
    return manifest_of(site, run.shared, digest, outcome, run.kinds)


@in_stage("write")
def _faults(run: SiteRun, staged: CompiledVersion) -> Iterator[Problem]:
    """What is wrong with the pages that were written: a site with any is kept back, as with what its editors wrote.

    The pages about all sites are looked at when they are to go live: there is nobody else to keep back.
    """
    before = run.before or run.earlier.before
    taken_over = run.earlier.taken_over if before == run.earlier.before else ()
    facts = note_facts(staged, before, run.shared.province.url.rstrip("/"), taken_over)
    if run.kind != "site":
        return
    sources = {addresses.saved_as(entry.address): entry.source.inside for entry in run.site.texts.values()}
    media = addresses.media(run.site.slug, addresses.MEDIA)
    told = [(file, fault) for file, faults in facts.faults.items() for fault in faults]
    told += [
        (file, text("it leads to /{target}, where nothing is", target=target))
        for target, file in missing_files(facts, media).items()
    ]
    for file, fault in told:
        path = f"{run.site.display_path}/{sources[file]}" if file in sources else run.site.display_path
        message = text("the page /{page} cannot be shown: {fault}", page=addresses.answered_by(file), fault=fault)
        yield Problem(path=path, message=message, hint=text("tell those who run the portal if the content is right"))


def _stored(site: Site) -> Mapping[str, Path]:
    """The files from the store of large files, by address: but for pictures, of which pages show something else."""
    inside = sorted(site.stored & (site.media.keys() - site.pictures.keys()))
    return {addresses.media(site.slug, file): site.media[file].path for file in inside}


@in_stage("write")
def _link(files: Mapping[str, Path], www: Path) -> None:
    """What pages show of the pictures of media/, and large files: Pelican has copied the others."""
    for address, file in files.items():
        (www / address).parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(file, www / address)


def _failed(run: SiteRun, digest: str, problems: Iterable[Problem]) -> SiteManifest:
    """What is left of a site that cannot be shown: all that is wrong with it, also between it and others."""
    site = replace(run.site, advice=in_order([*run.site.advice, *run.advice]))
    return failed_manifest(site, digest, problems, _references(run))


def _references(run: SiteRun) -> tuple[Reference, ...]:
    references = {*run.site.references, *run.references}
    return tuple(sorted(references, key=lambda r: (r.path, r.line or 0, r.field, r.kind, r.target, r.fragment)))


def check_texts(run: SiteRun, settings: Mapping[str, Any], www: Path) -> None:
    """Find what is wrong in the texts of a site whose records are not in order: editors are told all at once.

    No page is written, so that nothing depends on records that are not there.
    """
    pelican = Pelican(site_settings(run, settings, www))
    reader = Readers(pelican.settings).readers["md"]
    site = run.site
    written = {entry.address: run.rendered[inside] for inside, entry in site.texts.items()}
    own = {f"{entry.source.inside}{OWN_TEXT}": reader.check(entry) for entry in site.unread}
    templates = Path(settings["THEME"], "templates").rglob("*.html")
    furniture = Furniture.of(path.read_text("utf-8") for path in templates)
    pages = {address for address in site.claims if address.endswith("/")} - written.keys()
    pages.add(addresses.contact_of(site.slug))
    references = [*site.references, *run.references]
    run.problems.extend(missing_in_texts(references, {**written, **own}, pages, furniture))
    run.references[:] = [reference for reference in run.references if reference.target not in own]


def _counted(aside: Path) -> str:
    """The digest of what search counted; empty where there is nothing."""
    if not aside.is_dir():
        return ""
    digest = TreeDigest()
    digest.add_tree(aside)
    return digest.hex()


def _set_aside(run: SiteRun, www: Path, aside: Path) -> dict[str, str]:
    """Take pages with open places out of what is shown; gives the digest of each."""
    digests = {}
    for address in run.open_pages:
        file = addresses.saved_as(address)
        digests[address] = run.earlier.digest(file) or digest_of((www / file).read_bytes())
        (aside / file).parent.mkdir(parents=True, exist_ok=True)
        (www / file).rename(aside / file)
    return digests


@in_stage("render")
def run_pelican(run: SiteRun, settings: Mapping[str, Any], www: Path) -> None:
    """One run of Pelican over the site."""
    log = _Log(run.logged)
    logging.getLogger().addHandler(log)
    try:
        with redirect_stdout(io.StringIO()):
            Pelican(site_settings(run, settings, www)).run()
            write_pending(run)
    finally:
        logging.getLogger().removeHandler(log)


class _Log(logging.Handler):
    """Keeps the warnings and errors of the libraries, but for those that the site is told in its own words."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(TOLD_OTHERWISE):
            return
        if record.exc_info and record.exc_info[1] is not None:
            message = f"{message}: {record.exc_info[1]}"
        self._messages.append(" ".join(message.split()))


def _logged(site: Site, messages: Sequence[str], staged: CompiledVersion, digest: str) -> Iterable[Problem]:
    """What libraries log is a problem, and nothing that an editor understands: it is kept for those who do."""
    if messages:
        (staged.folder / LOG).write_text("".join(f"{message}\n" for message in messages), "utf-8")
        file = f"sites/{staged.folder.parent.name}/{digest}/{LOG}"
        message = text("the site could not be built as it should be: {file} says why", file=file)
        hint = text("tell those who run the portal if the content is right")
        yield Problem(path=site.display_path, message=message, hint=hint)


def _strays(site: Site, www: Path) -> Iterable[Problem]:
    """What an agency's run wrote outside its own address: it would meet another site's files; and links anywhere."""
    for folder, folders, files in os.walk(www):
        for name in (*folders, *files):
            if os.path.islink(f"{folder}/{name}"):  # noqa: PTH114  # for thousands of files
                message = text("the site would publish a link to another file: {name}", name=name)
                yield Problem(path=site.display_path, message=message, hint=text("tell those who run the portal"))
    if is_agency(site.slug):
        for entry in sorted(www.iterdir()):
            if entry.name != site.slug:
                message = text("the site would write to /{name}, outside its own address", name=entry.name)
                yield Problem(path=site.display_path, message=message, hint=text("tell those who run the portal"))


def _addresses(www: Path) -> Sequence[str]:
    """The addresses that the written files answer."""
    top = len(str(www)) + 1
    files = [f"{folder}/{name}"[top:] for folder, _, names in os.walk(www) for name in names if name[-3:] != ".gz"]
    return [file[: -len("index.html")] if f"/{file}".endswith("/index.html") else file for file in files]


@in_stage("compress")
def _compress(www: Path) -> None:
    """A gzip copy beside every text file that has none yet."""
    in_parts(list(_without_copy(www)), _compress_files, SHARE)


def _without_copy(www: Path) -> Iterator[str]:
    """The files that are to have a copy and have none."""
    top = len(str(www)) + 1
    for folder, _, _ in os.walk(www):
        with os.scandir(folder) as listing:
            files = {entry.name: entry for entry in listing if entry.is_file()}
        for name, entry in files.items():
            if f"{name}{SUFFIX}" not in files and gets_copy(entry.path[top:], entry.stat().st_size):
                yield entry.path


def _compress_files(files: Sequence[str]) -> bytes:
    for file in files:
        Path(f"{file}{SUFFIX}").write_bytes(compressed(Path(file).read_bytes()))
        sign_of_life()
    return b""  # all is in the files
