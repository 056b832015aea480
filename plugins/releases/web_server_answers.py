"""What a web server answers at addresses that lead on (301) or were withdrawn (410).

    <OUTPUT_PATH>.releases/answers/<id>/<address>/=301    a link; where it leads says where the address does
    <OUTPUT_PATH>.releases/answers/<id>/<address>/=410    a folder with nothing in it
    <OUTPUT_PATH>.releases/_redirects                     the same of the live release, in the words of static hosts:
                                                          address, target, 301 or 410

Folders, for nginx looks into one with each request and need not be told that there is another release: what it answers
is of the release that it shows, from the first request on, with as many addresses as there may be. The one thing of the
file system that its settings can send on is where a link leads (`$realpath_root`). So a link leads to a folder whose
own path says the target: `=page/so-y-te` is /so-y-te/, `=file/so-y-te/media/a.pdf` is a file. No address has a `=`.

What lies below one name at the top is kept once for all releases that answer the same there, as pages are.

Static hosts are given what is uploaded as a whole. Files come first: at their addresses no page can stand, and hosts
take so many lines only.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from plugins.portal.addresses import saved_as
from plugins.portal.digests import Digest
from plugins.portal.files import LONGEST_NAME, remove, replace_link, replace_text
from plugins.portal.release_names import ANSWERS, REDIRECTS, TO_FILES, TO_PAGES
from plugins.releases.layout import UNDONE, is_release
from plugins.releases.records import Release

WITHDRAWN = "410"
NOT_THERE = "404.html"
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*/?")
"""What may stand there: in everything else somebody could say something else to a server."""
_TOGETHER, _PARTS = "=together", "=parts"


def write_answers(releases: Path, release: Release) -> None:
    """Let what a release answers lie there, before it is shown. Of one that nobody knows, what is there stays.

    Whoever calls it publishes alone.
    """
    if release.record is None:
        return
    tops: dict[str, dict[str, str]] = defaultdict(dict)
    for address, answer in _answers(release).items():
        tops[address.partition("/")[0]][address] = answer
    folder = releases / ANSWERS
    parts = {top: _made_once(folder / _PARTS, answers, _write) for top, answers in tops.items()}
    together = _made_once(folder / _TOGETHER, parts, _link)
    replace_link(folder / release.name, f"{_TOGETHER}/{together}")


def write_redirects(releases: Path, release: Release) -> None:
    """Write what static hosts are given, where something of it has changed; `release` is about to be shown.

    Whoever calls it publishes alone.
    """
    written = "".join(f"{line}\n" for line in _redirects(release))
    file = releases / REDIRECTS
    if not file.is_file() or file.read_text("utf-8", "replace") != written:
        replace_text(file, written)


def sweep_answers(releases: Path) -> None:
    """Remove what releases answered that are not there any more. Whoever calls it publishes alone."""
    folder = releases / ANSWERS
    if not folder.is_dir():
        return
    needed = set()
    for link in folder.iterdir():
        if is_release(link.name) and (releases / link.name).is_dir() and link.is_symlink():
            needed.add(Path(link.readlink()).name)
        elif link.name not in (_TOGETHER, _PARTS):
            remove(link)
    _keep(folder / _TOGETHER, needed)
    links = (link for name in needed for link in (folder / _TOGETHER / name).glob("*"))
    _keep(folder / _PARTS, {link.readlink().parent.name for link in links})


def _keep(folder: Path, needed: set[str]) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in needed:
            remove(path)


def _made_once(folder: Path, entries: Mapping[str, str], write: Callable[[Path, Mapping[str, str]], None]) -> str:
    """The name of what was written of these entries, in this folder; written if it is not there yet."""
    digest = Digest()
    for entry in entries.items():
        digest.add(*entry)
    made = folder / digest.hex()
    if not made.is_dir():
        aside = made.with_name(f"{made.name}{UNDONE}")
        remove(aside)  # what a kill left
        aside.mkdir(parents=True)
        write(aside, entries)
        aside.rename(made)
    return made.name


def _link(together: Path, parts: Mapping[str, str]) -> None:
    for top, part in parts.items():
        (together / top).symlink_to(f"../../{_PARTS}/{part}/{top}")


def _write(part: Path, answers: Mapping[str, str]) -> None:
    made = {str(part)}

    def folder(path: str) -> str:  # as texts: there may be thousands
        if path not in made:
            folder(path.rpartition("/")[0])
            os.mkdir(path)  # noqa: PTH102
            made.add(path)
        return path

    without_slash = {address.rstrip("/"): answer for address, answer in answers.items()}
    for address, answer in without_slash.items():
        here = folder(f"{part}/{address}")
        if answer == WITHDRAWN:
            os.mkdir(f"{here}/={WITHDRAWN}")  # noqa: PTH102
        else:
            target = f"{TO_PAGES if answer.endswith('/') else TO_FILES}{answer}".rstrip("/")
            folder(f"{part}/{target}")
            os.symlink(f"{'../' * (address.count('/') + 1)}{target}", f"{here}/=301")  # noqa: PTH211


def _redirects(release: Release) -> Iterator[str]:
    """Of a withdrawn page the page itself is shown, of a file that of what is not there."""
    for address, answer in sorted(_answers(release).items(), key=lambda pair: (pair[0].endswith("/"), pair[0])):
        if answer == WITHDRAWN:
            page = saved_as(address) if address.endswith("/") else NOT_THERE
            yield f"/{address} /{page} {WITHDRAWN}!"
        else:
            yield f"/{address} {answer} 301!"


def _answers(release: Release) -> dict[str, str]:
    """By address, in order, what is answered: an address with its leading slash, or that it was withdrawn."""
    if release.record is None:
        return {}
    leads_to = {address: f"/{target}" for address, target in release.record.moved.items() if _is_address(target)}
    answers = dict.fromkeys(release.record.withdrawn, WITHDRAWN) | leads_to
    return {address: answer for address, answer in sorted(answers.items()) if address and _is_address(address)}


def _is_address(written: str) -> bool:
    if written == "":  # the home of the portal
        return True
    return _ADDRESS.fullmatch(written) is not None and all(len(part) <= LONGEST_NAME for part in written.split("/"))
