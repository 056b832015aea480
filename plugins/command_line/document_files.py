"""`portal import documents`: files of documents, each taken in or set aside by itself; and a folder of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from plugins.documents.file_store import NotStoredError, file_store
from plugins.documents.inbox import Inbox, InboxBusyError, content_beside, content_of
from plugins.documents.registers import MOST_COLUMNS, Rows
from plugins.documents.said_by_hand import NotSaidError, read_given
from plugins.documents.stored_media import store_file
from plugins.documents.taking_in import Agencies, TakingIn, folded
from plugins.documents.transcripts import NotTakenError
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.characters import shown_name
from plugins.portal.problems import PortalError, Text, Translate, did_you_mean, text
from plugins.portal.record_files import AGENCY, PROVINCE_RECORD
from plugins.portal.site_names import PROVINCE, STORED_PROVINCE, folder_of, is_agency, with_province
from plugins.portal.system_errors import reason
from plugins.portal.yaml_source import YamlError, parse_yaml

MOST_TOLD = 20
"""Files of a list that are told by their names."""


def import_documents(arguments: argparse.Namespace, settings: Mapping[str, Any], console: Console) -> bool:
    """Take in each file, tell what was done with it or why not; whether all were taken in.

    Raises `PortalError` where the command cannot run: nothing to take in, an unknown agency, a field that is none.
    """
    content = Path(settings["PATH"])
    sites = with_province(agency_slugs(content, str(content))[0])
    into = None if arguments.into is None else PROVINCE if arguments.into == STORED_PROVINCE else arguments.into
    if into is not None and into not in sites:
        hint = did_you_mean(into, sites)
        raise PortalError(text('unknown agency "{slug}" ({hint})', slug=into, hint=hint))
    translate = load_catalogue(MESSAGES, arguments.lang or settings["DEFAULT_LANG"]).gettext
    store = file_store(settings["PORTAL_FILE_STORE"], Path(settings["PORTAL_ROOT"]))
    taking_in = TakingIn(content, _agencies(content, sites), into, _given(arguments), translate, _sheets, store)
    if bool(arguments.files) == (arguments.folder is not None):
        raise PortalError(text("name files, or a folder with --from"))
    if arguments.folder is None:
        return _take_files(taking_in, arguments, translate, console)
    return _take_folder(taking_in, arguments, translate, console)


def store_documents(arguments: argparse.Namespace, settings: Mapping[str, Any], console: Console) -> bool:
    """Put each file into the store, and a pointer in its place; whether all went there.

    Raises `PortalError` where no store is set, or none that can be.
    """
    translate = load_catalogue(MESSAGES, arguments.lang or settings["DEFAULT_LANG"]).gettext
    store = file_store(settings["PORTAL_FILE_STORE"], Path(settings["PORTAL_ROOT"]))
    if store is None:
        raise PortalError(text("no store is set: write a folder or an address into PORTAL_FILE_STORE"))
    everything = True
    for path in arguments.files:
        try:
            pointer, instead = store_file(path, Path(settings["PATH"]), store)
        except NotStoredError as error:
            everything, told = False, text("not stored: {reason}", reason=error.message)
        else:
            told = text("it is in the store: sha256 {hash}", hash=pointer.sha256)
            if instead is not None:
                told = text("it is in the store; commit {path} in its place", path=instead)
        _tell(console, translate, str(path), [told])
    return everything


def _given(arguments: argparse.Namespace) -> Mapping[str, object]:
    try:
        given = read_given(arguments.given)
    except NotSaidError as error:
        raise PortalError(error.message) from error
    if given and (arguments.folder is not None or ("number" in given and len(arguments.files) > 1)):
        raise PortalError(text("--given is for one file"))
    return given


def _take_files(taking_in: TakingIn, arguments: argparse.Namespace, translate: Translate, console: Console) -> bool:
    everything = True
    with Progress(console=console, transient=True) as bar:
        for path in bar.track(arguments.files):
            try:
                beside = partial(content_beside, path.parent)
                plan = taking_in.plan(content_of(path), shown_name(path.name), beside)
                if not arguments.dry_run:
                    taking_in.carry_out(plan)
                told = [*plan.told, *_written(plan.paths)]
                everything = everything and plan.complete
            except (NotTakenError, NotStoredError) as error:
                everything, told = False, [text("set aside: {reason}", reason=error.message)]
            except OSError as error:
                where = str(error.filename) if error.filename not in (None, str(path), str(path.resolve())) else ""
                why = text("{path} cannot be written: {reason}", path=where, reason=reason(error))
                everything, told = False, [text("set aside: {reason}", reason=why if where else reason(error))]
            _tell(console, translate, str(path), told)
    return everything


def _take_folder(taking_in: TakingIn, arguments: argparse.Namespace, translate: Translate, console: Console) -> bool:
    everything = True
    try:
        inbox = Inbox(Path(arguments.folder), taking_in, translate)
        for outcome in inbox.preview() if arguments.dry_run else inbox.take():
            everything = everything and outcome.taken
            _tell(console, translate, str(outcome.path), outcome.told)
    except InboxBusyError:
        _tell(console, translate, arguments.folder, [text("another command takes it in: nothing to do")])
    except OSError as error:
        raise PortalError(
            text("the folder {folder} cannot be taken in: {reason}", folder=arguments.folder, reason=reason(error))
        ) from error
    return everything


def _tell(console: Console, translate: Translate, where: str, told: Sequence[Text]) -> None:
    for line in told:
        console.print(f"{shown_name(where)}: {line.render(translate)}", markup=False, highlight=False, soft_wrap=True)


def _written(paths: Sequence[str]) -> list[Text]:
    if len(paths) > MOST_TOLD:
        return [text("writes {number} files", number=len(paths))]
    return [text("writes {path}", path=path) for path in paths]


def _sheets(written: bytes, name: str) -> Iterator[tuple[str, Rows]]:
    """The sheets of a workbook. Raises `NotTakenError`."""
    from plugins.importing.problems import ImportStopped
    from plugins.importing.sources import check_members
    from plugins.importing.workbooks import rows_of

    try:
        check_members(written, name)
        for title, rows in rows_of(written, name, MOST_COLUMNS):
            yield title, _rows(rows)
    except ImportStopped as error:
        raise _unreadable() from error


def _rows(rows: Rows) -> Rows:
    from plugins.importing.problems import ImportStopped

    try:
        yield from rows
    except ImportStopped as error:
        raise _unreadable() from error


def _unreadable() -> NotTakenError:
    return NotTakenError(
        text(
            "it is no workbook that can be read, or unpacks to more than 150 MB: save it again as .xlsx or CSV UTF-8,"
            " a long one in parts"
        )
    )


def _agencies(content: Path, sites: tuple[str, ...]) -> Agencies:
    """Who has which code and name, by their records; those that cannot be read have none."""
    codes: dict[str, str] = {}
    names: dict[str, tuple[str, str]] = {}
    for slug in sites:
        record = content / folder_of(slug) / (AGENCY if is_agency(slug) else PROVINCE_RECORD)
        try:
            value = parse_yaml(record.read_text(encoding="utf-8")).value
        except (OSError, UnicodeDecodeError, YamlError):
            continue
        if not isinstance(value, dict):
            continue
        if isinstance(code := value.get("code"), str):
            codes[code] = slug
        if isinstance(name := value.get("name"), str):
            names |= {folded(called): (slug, called) for called in _called(name, is_agency(slug))}
    return Agencies(codes, names)


def _called(name: str, is_agency: bool) -> Iterator[str]:
    """How heads name it: a province by its committee and its council."""
    yield name
    if not is_agency:
        lower = f"{name[:1].lower()}{name[1:]}"
        yield from (f"Ủy ban nhân dân {lower}", f"Hội đồng nhân dân {lower}")
