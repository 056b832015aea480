"""`portal serve`: the portal on a desk, built anew when its content changes, with figures that move."""

from __future__ import annotations

import argparse
import errno
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console

from plugins.builder.folders import shown_sites
from plugins.builder.reports import BuildReport
from plugins.demonstration.embedded import EmbeddedBackend, EmbeddedBackendError
from plugins.dossiers.portal_figures import PortalFigures
from plugins.dossiers.settings import backend_settings, with_environment
from plugins.gateway.process import GatewayStartError
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.alerts import alerts_folder
from plugins.portal.problems import PortalError, Problem, SettingsError, Text, text
from plugins.portal.system_errors import reason
from plugins.serving import PortalServer, Reloading, changes

REFRESH_SECONDS = 5
"""Between two looks at the embedded backend; it costs nobody anything."""
REFRESH_SECONDS_OF_OTHERS = 60


_REASONS: dict[int, Text] = {
    errno.EADDRINUSE: text("another program listens there"),
    errno.EADDRNOTAVAIL: text("this machine has no such address"),
    errno.EACCES: text("the right to listen there is missing"),
}


class Builds(Protocol):
    """Builds the portal and says how it went."""

    def __call__(
        self, settings: dict[str, Any], arguments: argparse.Namespace, console: Console, *, changes_only: bool = False
    ) -> BuildReport: ...


class ServedPortal:
    """A portal that is served until the person ends it."""

    def __init__(
        self,
        arguments: argparse.Namespace,
        console: Console,
        read_settings: Callable[..., dict[str, Any]],
        build: Builds,
        say: Callable[[PortalError], None],
    ) -> None:
        self._arguments = arguments
        self._console = console
        self._read_settings = read_settings
        self._build = build
        self._say = say
        self._settings = read_settings(arguments)
        self._embedded = self._embedded_backend()
        self._reloading = Reloading()
        language = arguments.lang or self._settings["DEFAULT_LANG"]
        self._ = load_catalogue(Path(__file__).parent, language).gettext
        self._in_messages = load_catalogue(MESSAGES, language).gettext

    def run(self) -> None:
        """Serve until Ctrl+C. Raises `PortalError` where it cannot begin."""
        figures = PortalFigures(self._settings, self._console, self._arguments.lang, self._say)
        server = self._server(figures.look_up_url, self._reloading)
        seconds = REFRESH_SECONDS if self._embedded else REFRESH_SECONDS_OF_OTHERS
        with ExitStack() as running:
            built = self._embedded is not None and self._start(self._embedded, server.address, running)
            self._build_with(figures, changes_only=built)
            address = running.enter_context(server.running())
            running.enter_context(figures.kept_fresh(seconds))
            self._tell("The portal is at {address} (Ctrl+C ends it)", "bold green", address=address)
            for _changed in changes([Path(self._settings["PATH"]), Path(self._settings["THEME"])]):
                try:
                    self._build_with(figures, changes_only=True)
                except PortalError as error:
                    self._say(error)  # the next change may mend it; what is shown stays
                    self._show([error])

    def _embedded_backend(self) -> EmbeddedBackend | None:
        """The one of our own, where neither the settings nor the environment name another."""
        named = backend_settings(self._settings)
        if named.url:
            return None
        port = self._arguments.port + 1 if self._arguments.port else 0
        embedded = EmbeddedBackend.beside(named.state_path, port)
        # Notices are real ones, whoever tells of dossiers.
        notices = str(alerts_folder(with_environment(self._settings)))
        embedded.use()
        self._settings = self._read_settings(self._arguments, PORTAL_ALERTS_PATH=notices, **embedded.portal_settings)
        return embedded

    def _server(self, look_up_url: str, reloading: Reloading) -> PortalServer:
        bind, port = self._arguments.bind, self._arguments.port
        try:
            return PortalServer(Path(self._settings["OUTPUT_PATH"]), bind, port, look_up_url, reloading)
        except OSError as error:
            address = f"{bind}:{port}"
            raise SettingsError(
                text(
                    "cannot listen on {address}: {reason}; use --port", address=address, reason=reason(error, _REASONS)
                )
            ) from error

    def _start(self, embedded: EmbeddedBackend, portal: str, running: ExitStack) -> bool:
        """Let the backend answer; True where the portal had to be built for that.

        The portal is served also where its backend does not start: that is what it has to stand.
        """
        built = False
        try:
            sites = shown_sites(self._settings)
            if not (sites and embedded.has_table(sites)):
                # What dossiers can be about is known once the portal is built.
                self._build(self._settings, self._arguments, self._console)
                built = True
                sites = shown_sites(self._settings)
                self._tell("Making up a year of dossiers for the embedded backend.", "")
                embedded.write_table(sites)
            self._settings["DOSSIER_LOOKUP_EXAMPLE"] = embedded.example(sites)
            number = running.enter_context(embedded.running(sites, _origins(portal)))
        except (EmbeddedBackendError, GatewayStartError) as error:
            self._say(error)
            return built
        self._tell(
            "A made-up backend answers at {address}; to unplug it: kill {process}",
            "",
            address=embedded.url,
            process=number,
        )
        self._tell("Dossiers to look up: {codes}", "", codes=", ".join(embedded.worth_a_look(sites)))
        return built

    def _build_with(self, figures: PortalFigures, *, changes_only: bool = False) -> None:
        figures.fetch()
        report = self._build(self._settings, self._arguments, self._console, changes_only=changes_only)
        figures.write()
        self._show(report.problems)

    def _show(self, problems: Sequence[Problem | PortalError]) -> None:
        """Let the open pages know of the build."""
        heading = self._("To be mended: {number}").format(number=len(problems)) if problems else ""
        self._reloading.built(heading, [problem.render(self._in_messages) for problem in problems])

    def _tell(self, message: str, style: str, **values: object) -> None:
        self._console.print(
            self._(message).format(**values), style=style, markup=False, highlight=False, soft_wrap=True
        )


def _origins(portal: str) -> list[str]:
    """People write this machine's name in two ways."""
    own = portal.rstrip("/")
    port = own.rpartition(":")[2]
    return list(dict.fromkeys([own, f"http://localhost:{port}", f"http://127.0.0.1:{port}"]))
