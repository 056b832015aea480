"""`portal gateway`: the gateway in the foreground, until it is told to end."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import threading
from pathlib import Path
from types import FrameType

from rich.console import Console

from plugins.gateway.serving import GatewayServer
from plugins.gateway.settings import gateway_settings
from plugins.languages import load_catalogue


def run_gateway(arguments: argparse.Namespace, console: Console) -> None:
    """Carry out the command. Ends with SIGTERM or Ctrl+C; raises `PortalError` where it cannot run."""
    _ = load_catalogue(Path(__file__).parent, arguments.lang or "vi").gettext
    settings = gateway_settings()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait for a moment is no event
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if arguments.ends_with_input:
        threading.Thread(target=_wait_for_end_of_input, args=(ended,), daemon=True).start()
    server = GatewayServer(settings)
    with server.running(ended) as address:
        said = _("The gateway is at {address} (Ctrl+C ends it)").format(address=address)
        console.print(said, style="bold green", highlight=False, soft_wrap=True)
        ended.wait()
    console.print(_("The gateway has ended."), style="dim")


def _wait_for_end_of_input(ended: threading.Event) -> None:
    """Whoever started the gateway holds the other end: it closes also when they are killed."""
    while os.read(0, 1024):
        pass
    ended.set()
