"""What is wrong with the database or the settings, as whoever runs the gateway is told."""

from __future__ import annotations

from rich.console import Console

from plugins.gateway.rows import Inventory
from plugins.gateway.tables import Unavailable
from plugins.portal.problems import Text, Translate


class GatewayDisplay:
    """What is wrong with the database or the settings, in the language of who runs the gateway."""

    def __init__(self, console: Console, translate: Translate) -> None:
        self._console = console
        self._translate = translate
        self._last: list[str] = []

    def words(self, message: Text) -> str:
        return message.render(self._translate)

    def warn(self, message: Text) -> None:
        self._console.print(self.words(message), style="yellow", markup=False, highlight=False, soft_wrap=True)

    def reading(self, inventory: Inventory, refusal: Unavailable | None) -> None:
        """Which dossiers are left out, and whether there are figures; where that is not what was told before."""
        sentences = [*([refusal.message] if refusal else []), *inventory.sentences()]
        lines = [self.words(sentence) for sentence in sentences]
        if lines != self._last:
            for sentence in sentences:
                self.warn(sentence)
        self._last = lines
