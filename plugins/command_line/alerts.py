"""`portal alert`: an emergency notice said, ended or listed; and the notices of a portal that was just built."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from plugins.alerts import AlertStore, alert_of, check_portal, show_alerts
from plugins.alerts.saying import check_agency
from plugins.dossiers.settings import with_environment
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.alerts import EVERYWHERE, Alert, alerts_folder, standing_alerts
from plugins.portal.problems import SettingsError, Translate, text
from plugins.portal.values import VIETNAM, clock


def alert(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """Carry out the command. Raises `PortalError` where it cannot: what was said is then said nowhere."""
    _check_words(arguments)
    language = arguments.lang or settings["DEFAULT_LANG"]
    store = AlertStore(alerts_folder(with_environment(settings)))
    now, agency = datetime.now(VIETNAM), arguments.agency or EVERYWHERE
    tell = _Telling(console, language)
    if arguments.words is None and not arguments.end:
        tell.standing(store.standing(now))
        return
    agencies, _ = agency_slugs(Path(settings["PATH"]), settings["PATH"])
    outputs = [Path(folder) for folder in arguments.outputs or [settings["OUTPUT_PATH"]]]
    for folder in outputs:
        check_portal(folder)
    if arguments.end:
        check_agency(agency, agencies)
        alerts, ended = store.end(agency, now)
        if not ended:
            tell.line("yellow", text("there was no such notice").render(tell.translate))
    else:
        wanted = alert_of(arguments.words, arguments.level, agency, arguments.until, agencies, now)
        alerts = store.say(wanted, now)
    for folder in outputs:
        tell.line("dim", str(_show(folder, alerts, settings)))
    tell.standing(alerts)


def show_standing(settings: dict[str, Any]) -> None:
    """Put the notices that stand now beside pages that were just built: a release may bring those of its own day."""
    output = Path(settings["OUTPUT_PATH"])
    if output.is_dir():
        alerts = standing_alerts(alerts_folder(with_environment(settings)), datetime.now(VIETNAM))
        _show(output, alerts, settings)


def _show(folder: Path, alerts: Sequence[Alert], settings: dict[str, Any]) -> Path:
    language = settings["DEFAULT_LANG"]
    return show_alerts(folder, alerts, language, load_catalogue(settings["THEME"], language).gettext)


def _check_words(arguments: argparse.Namespace) -> None:
    """Raise `SettingsError` for words of the command that do not go together."""
    if arguments.end and (arguments.words is not None or arguments.until is not None):
        raise SettingsError(text("--end takes a notice away: leave out its text and --until"))
    if arguments.words is not None and arguments.until is None:
        raise SettingsError(text("say until when the notice stands: --until '2026-12-01 18:00'"))
    if arguments.words is None and not arguments.end and (arguments.until or arguments.agency):
        raise SettingsError(text("write the text of the notice, or --end; without both all that stand are listed"))


class _Telling:
    """Says on a console which notices stand."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._language = language
        self.translate: Translate = load_catalogue(MESSAGES, language).gettext

    def standing(self, alerts: Sequence[Alert]) -> None:
        if not alerts:
            self.line("", text("No notice stands.").render(self.translate))
        for alert in alerts:
            where = text("all pages") if alert.agency == EVERYWHERE else alert.agency
            sentence = text(
                "{where}, until {moment} ({level}): {words}",
                where=where,
                moment=clock(alert.until.astimezone(VIETNAM), self._language),
                level=alert.level,
                words=alert.text,
            )
            self.line("", sentence.render(self.translate))

    def line(self, style: str, sentence: str) -> None:
        self._console.print(sentence, style=style, markup=False, highlight=False, soft_wrap=True)
