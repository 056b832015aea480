"""`portal import documents`: packages of the document axis, each taken in or set aside by itself."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from plugins.documents.edxml import MOST_BYTES, PackageError
from plugins.documents.taking_in import TakingIn
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.problems import PortalError, Text, did_you_mean, text
from plugins.portal.record_files import AGENCY, PROVINCE_RECORD
from plugins.portal.site_names import PROVINCE, STORED_PROVINCE, folder_of, is_agency, with_province
from plugins.portal.system_errors import reason
from plugins.portal.yaml_source import YamlError, parse_yaml


def import_documents(arguments: argparse.Namespace, settings: Mapping[str, Any], console: Console) -> bool:
    """Take in each file, tell what was done with it or why not; whether all were taken in."""
    content = Path(settings["PATH"])
    sites = with_province(agency_slugs(content, str(content))[0])
    into = None if arguments.into is None else PROVINCE if arguments.into == STORED_PROVINCE else arguments.into
    if into is not None and into not in sites:
        hint = did_you_mean(into, sites)
        raise PortalError(text('unknown agency "{slug}" ({hint})', slug=into, hint=hint))
    taking_in = TakingIn(content, _codes(content, sites), into)
    translate = load_catalogue(MESSAGES, arguments.lang or settings["DEFAULT_LANG"]).gettext
    everything = True
    with Progress(console=console, transient=True) as bar:
        for path in bar.track(arguments.files):
            try:
                with path.open("rb") as file:
                    plan = taking_in.plan(file.read(MOST_BYTES + 1))
                if not arguments.dry_run:
                    taking_in.carry_out(plan)
                told = [*plan.told, *map(_written, plan.paths)]
            except PackageError as error:
                everything, told = False, [text("set aside: {reason}", reason=error.message)]
            except OSError as error:
                everything, told = False, [text("set aside: {reason}", reason=reason(error))]
            for line in told:
                words = f"{path}: {line.render(translate)}"
                console.print(words, markup=False, highlight=False, soft_wrap=True)
    return everything


def _written(path: str) -> Text:
    return text("writes {path}", path=path)


def _codes(content: Path, sites: tuple[str, ...]) -> dict[str, str]:
    """Slugs by the codes that records name; those that cannot be read have none."""
    codes = {}
    for slug in sites:
        record = content / folder_of(slug) / (AGENCY if is_agency(slug) else PROVINCE_RECORD)
        try:
            value = parse_yaml(record.read_text(encoding="utf-8")).value
        except (OSError, UnicodeDecodeError, YamlError):
            continue
        code = value.get("code") if isinstance(value, dict) else None
        if isinstance(code, str):
            codes[code] = slug
    return codes
