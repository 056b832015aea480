"""`portal server-files`: the files that servers in public are set up with, for these settings and this content."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from plugins.builder.folders import content_display_path
from plugins.dossiers.settings import backend_settings
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.folder_reader import FolderReader
from plugins.portal.problems import ContentFolderError, Text, text
from plugins.portal.shared_reading import shared_records_in
from plugins.portal.site_names import PROVINCE, folder_of
from plugins.server_files import read_values, rendered, write_files
from plugins.server_files.writing import Outcome

OUTCOMES: dict[Outcome, tuple[str, Text]] = {
    "written": ("green", text("{path}: written")),
    "unchanged": ("dim", text("{path}: as it was")),
    "kept": ("dim", text("{path}: changed by you, and left; there is nothing new in it")),
    "beside": ("yellow", text("{path}: changed by you, and left; what is new lies beside it as {name}.new")),
}


def write_server_files(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> bool:
    """Carry out the command; True where every file is as it would be written, or has nothing to take over.

    Raises `PortalError` where the command cannot run: a value that no server's file may hold, a folder that cannot be
    written.
    """
    translate = load_catalogue(MESSAGES, arguments.lang or settings["DEFAULT_LANG"]).gettext
    url, where = _address(settings, arguments.lang or settings["DEFAULT_LANG"])
    backend = backend_settings(settings)
    values = read_values(
        settings,
        url,
        where,
        environment=Path(sys.prefix),
        settings_file=Path(arguments.settings),
        user=arguments.user,
        backend_url=backend.url,
        look_up_url=backend.lookup_url,
        state=backend.state_path,
    )
    results = write_files(Path(arguments.folder), rendered(values))
    for file in results:
        style, sentence = OUTCOMES[file.outcome]
        told = text(sentence.msgid, path=file.path, name=file.path.name).render(translate)
        console.print(told, style=style, markup=False, highlight=False, soft_wrap=True)
    return all(file.outcome != "beside" for file in results)


def _address(settings: dict[str, Any], language: str) -> tuple[str, str]:
    """The portal's address, and where in the content it stands. Raises `ContentFolderError` where there is none."""
    folder = folder_of(PROVINCE)
    reader = FolderReader(Path(settings["PATH"], folder), f"{content_display_path(settings)}/{folder}", PROVINCE)
    record = shared_records_in(reader).province
    if record is None:
        raise ContentFolderError(reader.problems[0].render(load_catalogue(MESSAGES, language).gettext))
    source, province = record
    return province.url, f"{source.path}:{source.yaml.line_of(('url',))}"
