"""`portal gateway`: the gateway in the foreground, until it is told to end."""

from __future__ import annotations

import argparse
import logging
import os
import threading
from pathlib import Path

from rich.console import Console

from plugins.gateway.ending import end_on_signals, wait_for
from plugins.languages import load_catalogue
from plugins.portal.problems import PortalError


def run_gateway(arguments: argparse.Namespace, console: Console) -> None:
    """Carry out the command. Ends with SIGTERM or Ctrl+C; raises `PortalError` where it cannot run."""
    ended = threading.Event()
    end_on_signals(ended)
    # What follows takes a moment to load: it can be ended by then.
    from plugins import gateway
    from plugins.gateway.display import GatewayDisplay
    from plugins.gateway.serving import GatewayServer
    from plugins.gateway.settings import gateway_settings
    from plugins.gateway.tables import Unavailable as NotThere

    language = arguments.lang or "vi"
    _ = load_catalogue(Path(__file__).parent, language).gettext
    display = GatewayDisplay(console, load_catalogue(Path(gateway.__file__).parent, language).gettext)
    settings = gateway_settings()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait for a moment is no event
    if arguments.ends_with_input:
        threading.Thread(target=_wait_for_end_of_input, args=(ended,), daemon=True).start()
    try:
        server = GatewayServer(settings, display.reading)
    except NotThere as error:
        raise PortalError(display.words(error.message)) from error
    for warning in server.warnings:
        display.warn(warning)
    with server.running(ended) as address:
        message = _("The gateway is at {address} (Ctrl+C ends it)").format(address=address)
        console.print(message, style="bold green", highlight=False, soft_wrap=True)
        wait_for(ended)
    console.print(_("The gateway has ended."), style="dim")


def _wait_for_end_of_input(ended: threading.Event) -> None:
    """Whoever started the gateway holds the other end: it closes also when they are killed."""
    while os.read(0, 1024):
        pass
    ended.set()
