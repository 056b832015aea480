"""Emergency notices: what everybody, or whoever reads an agency's pages, has to know until a moment.

They are no content: they are said in a second, and a build that finds them standing puts them into its pages as well.
All of them lie in one file of the state folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from plugins.portal.problems import PortalError, text
from plugins.portal.system_errors import reason
from plugins.portal.values import compact_json

Level = Literal["info", "warning", "danger"]
LABELS: dict[Level, str] = {"info": "Notice", "warning": "Warning", "danger": "Emergency"}
"""What stands before the text of each, in English: sentences of the theme."""
MOST_LETTERS = 300
FILE = "alerts.json"
"""In the folder of notices."""
EVERYWHERE = ""
"""In the place of an agency's slug: on every page."""
MOST_BYTES = 1_000_000


def alerts_folder(settings: Mapping[str, Any]) -> Path:
    """Where the notices of these settings are kept: in the folder of figures where they have none of their own."""
    return Path(settings["PORTAL_ROOT"], settings["PORTAL_ALERTS_PATH"] or settings["DOSSIER_STATE_PATH"]).resolve()


class UnusableAlertsError(PortalError):
    """What is kept of notices cannot be read, or not be written."""

    @classmethod
    def of(cls, path: Path, error: OSError) -> UnusableAlertsError:
        return cls(
            text("{path}: cannot be used: {reason}; check its rights and the disk", path=path, reason=reason(error))
        )


class Alert(BaseModel):
    """One notice; there is one at most for the whole portal, and one for each agency."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency: str = EVERYWHERE
    level: Level
    text: Annotated[str, Field(min_length=1, max_length=MOST_LETTERS)]
    """Plain text in one line."""
    until: AwareDatetime


class AlertList(BaseModel):
    """The file in the state folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    alerts: tuple[Alert, ...] = ()


def read_alerts(folder: Path) -> AlertList:
    """All that are kept in a state folder. Raises `UnusableAlertsError`."""
    path = folder / FILE
    try:
        with path.open("rb") as stream:
            return AlertList.model_validate_json(stream.read(MOST_BYTES))
    except FileNotFoundError:
        return AlertList()
    except OSError as error:
        raise UnusableAlertsError.of(path, error) from error
    except ValidationError as error:
        raise UnusableAlertsError(
            text("{path}: is damaged; remove it, and say the notices that stand again", path=path)
        ) from error


def standing_alerts(folder: Path, now: datetime) -> tuple[Alert, ...]:
    """Those that have not ended. Raises `UnusableAlertsError`: a notice must not go away unseen."""
    return in_force(read_alerts(folder).alerts, now)


def in_force(alerts: Iterable[Alert], now: datetime) -> tuple[Alert, ...]:
    """Those that have not ended, in the order of agencies."""
    return tuple(sorted((alert for alert in alerts if alert.until > now), key=lambda alert: alert.agency))


def concerning(alerts: Sequence[Alert], slug: str) -> tuple[Alert, ...]:
    """Those that stand on the pages of a site."""
    return tuple(alert for alert in alerts if alert.agency in (EVERYWHERE, slug))


def alerts_digest(alerts: Iterable[Alert]) -> tuple[str, ...]:
    """What they say, as a part of a fingerprint."""
    return tuple(alert.model_dump_json() for alert in alerts)


def live_alerts(alerts: Sequence[Alert], language: str, translate: Callable[[str], str]) -> bytes:
    """What browsers read: `translate` says the theme's words in the portal's language."""
    lines: list[dict[str, Any]] = [
        {**alert.model_dump(mode="json"), "label": translate(LABELS[alert.level]), "lang": language} for alert in alerts
    ]
    return compact_json({"version": 1, "alerts": lines}, sort_keys=True).encode() + b"\n"
