"""`portal releases`, `rollback`, `release`, `verify` and `status`.

Whoever steps back is in a hurry: what builds, and what asks other machines, is loaded by those alone that need it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console

from plugins.portal.problems import PortalError, text
from plugins.releases.display import ReleaseDisplay
from plugins.releases.listing import list_releases
from plugins.releases.publication import Address, let_go, roll_back
from plugins.releases.receipts import Receipt
from plugins.releases.records import named_release
from plugins.releases.showing import known_live_release
from plugins.releases.signing import signer_of
from plugins.releases.status import (
    AskedFile,
    NoRepository,
    Status,
    repository_path,
    status_of_commit,
    status_of_file,
    status_of_release,
)
from plugins.releases.verifying import verify

EXIT_CODES = {"live": 0, "not live": 1, "unknown": 2}


def _display(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> ReleaseDisplay:
    return ReleaseDisplay(console, arguments.lang or settings["DEFAULT_LANG"], ZoneInfo(settings["TIMEZONE"]))


@contextmanager
def _told_in_a_sentence(folder: Path, *, changed: bool) -> Iterator[None]:
    """Raise `PortalError` where the system refuses something; what is shown is as it was."""
    try:
        yield
    except OSError as error:
        from plugins.builder.refusals import reason

        path, why = error.filename2 or error.filename or folder, reason(error.errno or 0)
        if changed:
            raise PortalError(text("{path}: cannot be changed: {reason}", path=path, reason=why)) from error
        raise PortalError(text("{path} cannot be read: {reason}", path=path, reason=why)) from error


def show_releases(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """List them. Raises `PortalError` where there are none."""
    address = Address.of(settings)
    with _told_in_a_sentence(address.releases, changed=False):
        releases = list_releases(address.output)
        if not releases.rows:
            known_live_release(address.output)
    _display(arguments, settings, console).listed(releases)


def go_back(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """Show an older release, and hold it. Raises `PortalError` where that cannot be."""
    address = Address.of(settings)
    if arguments.release == "":  # a variable of a script that says nothing
        raise PortalError(text("the id of the release is empty; portal releases lists them"))
    with _told_in_a_sentence(address.releases, changed=True):
        release = roll_back(address, arguments.release or "", _now(settings))
    _display(arguments, settings, console).gone_back(release)


def go_on(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """Show the newest release, and hold none. Raises `PortalError` where that cannot be."""
    address = Address.of(settings)
    with _told_in_a_sentence(address.releases, changed=True):
        release = let_go(address, _now(settings))
    _display(arguments, settings, console).let_go(release)


def _now(settings: dict[str, Any]) -> datetime:
    return datetime.now(ZoneInfo(settings["TIMEZONE"]))


def verify_release(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> bool:
    """Compare a release with its record; True where nothing differs. Raises `PortalError` where that cannot be told."""
    address = Address.of(settings)
    named = arguments.release
    with _told_in_a_sentence(address.releases, changed=False):
        release = named_release(address.releases, named) if named else known_live_release(address.output)
        signer = signer_of(release.folder, arguments.signers) if arguments.signers else ""
        verified = verify(release)
    _display(arguments, settings, console).verified(release, verified, signer)
    return not verified.differences


def _of_commit(receipt: Receipt, commit: str, content: Path) -> Status:
    """Also where there is no repository here: a commit that is live is known by its name."""
    from plugins.builder.content_repository import NoRepositoryError, content_repository

    try:
        with content_repository(content) as repository:
            inside = repository_path(repository.root, content.resolve()) or ""
            return status_of_commit(receipt, commit, repository, "" if inside == "." else inside)
    except NoRepositoryError:
        return status_of_commit(receipt, commit, NoRepository())


def ask_status(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> int:
    """Say whether something is live at an address; the exit code. Raises `PortalError` where nobody can tell."""
    from plugins.builder.content_repository import content_repository
    from plugins.releases.asking import fetch_receipt

    receipt = fetch_receipt(arguments.url)
    content = Path(settings["PATH"])
    if arguments.file is not None:
        with content_repository(content) as repository:
            if arguments.file.is_dir():
                raise PortalError(text("{path}: is a folder; name a file", path=arguments.file))
            path = repository_path(repository.root, arguments.file)
            if path is None:
                raise PortalError(text("{path}: does not lie in the repository of the content", path=arguments.file))
            below = repository_path(content.resolve(), arguments.file) or ""
            status = status_of_file(receipt, AskedFile(path, below, repository.blob_of(arguments.file)), repository)
    elif arguments.commit is not None:
        status = _of_commit(receipt, arguments.commit, content)
    else:
        status = status_of_release(receipt)
    _display(arguments, settings, console).status(status)
    return EXIT_CODES[status.answer]
