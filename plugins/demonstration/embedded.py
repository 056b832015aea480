"""The backend of `portal serve` where none is named: a made-up dossier table behind the gateway, on this machine.

It is a process of its own, so that it can be ended as a real one is unplugged, and what it makes lies apart from the
figures of a real backend.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from math import ceil
from pathlib import Path

from plugins.builder.folders import ShownSite
from plugins.demonstration import Offered, example, examples, write_demonstration
from plugins.gateway.process import HOST, free_port, gateway_process
from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import PortalError, text
from plugins.portal.procedure import TimeLimit
from plugins.portal.system_errors import reason
from plugins.portal.values import VIETNAM
from plugins.procedures.api import ProcedureDocument
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.kinds import procedures_of
from plugins.procedures.places import performs

STALE_HOURS = 1 / 60
"""Who unplugs the backend sees it a minute later."""
FORM = 3
"""Counted up where tables are written otherwise: those that are there are made anew."""
SOURCE_NAME = "số liệu dựng sẵn để trình diễn, không có thật"
"""What visitors are told that the figures are."""
_WORKING_DAYS = {"working_day": 1.0, "day": 5 / 7, "hour": 1 / 8, "month": 21.0}


class EmbeddedBackendError(PortalError):
    """The embedded backend does not start."""


@dataclass(frozen=True)
class EmbeddedBackend:
    """Where it keeps its things, and where it answers."""

    folder: Path
    port: int
    token: str

    @classmethod
    def beside(cls, state: Path, port: int) -> EmbeddedBackend:
        """One that keeps its things beside the folder of real figures; at another port where this one is taken."""
        return cls(state.parent / "demonstration", free_port(port), secrets.token_hex(32))

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def _figures(self) -> Path:
        return self.folder / "figures"

    @property
    def portal_settings(self) -> dict[str, object]:
        """What the portal's settings say instead."""
        return {
            "DOSSIER_BACKEND_URL": self.url,
            "DOSSIER_LOOKUP_URL": self.url,
            "DOSSIER_LOOKUP_EXAMPLE": "",
            "DOSSIER_SOURCE_NAME": SOURCE_NAME,
            "DOSSIER_STATE_PATH": str(self._figures),
            "DOSSIER_STALE_AFTER": round(STALE_HOURS, 4),
            # It keeps to the contract, and its token is in no file.
            "DOSSIER_MAPPING": {},
            "DOSSIER_BACKEND_TOKEN_FILE": "",
        }

    def use(self) -> None:
        """Let this process and those that it starts take it for the backend, whatever the environment says."""
        for name, value in self.portal_settings.items():
            os.environ.pop(name, None)
            if value:
                os.environ[name] = str(value)
        os.environ["DOSSIER_BACKEND_TOKEN"] = self.token

    def has_table(self, sites: Mapping[str, ShownSite]) -> bool:
        """Whether there is one of this year and these agencies."""
        return self._table(sites).is_file()

    def write_table(self, sites: Mapping[str, ShownSite]) -> None:
        """Make up the dossiers of a year.

        Raises `EmbeddedBackendError` where nothing is offered, or the folder cannot be written.

        Older tables go, and their figures: beside those the new ones might look as if they had shrunk.
        """
        offered = list(_offered(sites))
        if not offered:
            raise EmbeddedBackendError("no procedures in the content: there is nothing to make up dossiers of")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in self.folder.glob("dossiers-*"):
                old.unlink()
            if self._figures.exists():
                shutil.rmtree(self._figures)
            write_demonstration(self._table(sites), offered, _now().date())
        except (OSError, sqlite3.Error) as error:
            why = reason(error) if isinstance(error, OSError) else error
            message = text("{folder}: no dossiers can be made up there: {reason}", folder=self.folder, reason=why)
            raise EmbeddedBackendError(message) from error

    def worth_a_look(self, sites: Mapping[str, ShownSite]) -> list[str]:
        """Codes of dossiers in the table, each in another state."""
        return examples(self._table(sites), _now().replace(tzinfo=None))

    def example(self, sites: Mapping[str, ShownSite]) -> str:
        """The code of a dossier in the table, the same as long as the table is: no page is made anew for it."""
        return example(self._table(sites))

    @contextmanager
    def running(self, sites: Mapping[str, ShownSite], portals: Sequence[str]) -> Iterator[int]:
        """Answer while the block runs; gives the process's number.

        `portals` are the origins whose pages may ask about a dossier. Raises `GatewayStartError`.
        """
        log = self.folder / "gateway.log"
        origins = ",".join(portals)
        with gateway_process(self._table(sites), self.token, self.port, log, GATEWAY_ORIGINS=origins) as number:
            yield number

    def _table(self, sites: Mapping[str, ShownSite]) -> Path:
        fingerprint = blake2b("\n".join(sorted(sites)).encode(), digest_size=4).hexdigest()
        return self.folder / f"dossiers-{FORM}-{_now().year}-{fingerprint}.sqlite"


def _now() -> datetime:
    return datetime.now(VIETNAM)


def _offered(sites: Mapping[str, ShownSite]) -> Iterator[Offered]:
    """Each procedure at each agency that handles it."""
    manifests = [site.manifest for _, site in sorted(sites.items())]
    codes = {m.slug: f"000.00.{number:02d}.H30" for number, m in enumerate(manifests, 1)}
    for site in (sites[manifest.slug] for manifest in manifests):
        for card in procedures_of(site.manifest):
            if card.status != "in_force":
                continue
            days = _days(site, card)
            for manifest in _handling(card, manifests):
                yield Offered(
                    procedure=card.code,
                    procedure_name=card.name,
                    agency=manifest.slug,
                    agency_name=manifest.agency.name if manifest.agency else "",
                    field=card.field,
                    field_name=card.field_name,
                    working_days=days,
                    agency_code=codes[manifest.slug],
                )


def _handling(card: ProcedureCard, manifests: Iterable[SiteManifest]) -> list[SiteManifest]:
    return [m for m in manifests if m.agency and (m.slug == card.agency_slug or performs(m, card))]


def _days(site: ShownSite, card: ProcedureCard) -> int | None:
    """Working days that the law gives for a procedure; None where it gives no number."""
    record = site.version.www / addresses.record_of(card.url)
    document = ProcedureDocument.model_validate_json(record.read_bytes())
    limits = [limit for channel in document.channels for limit in channel.time_limits]
    return max(map(_working_days, limits), default=0) or None


def _working_days(limit: TimeLimit) -> int:
    return ceil(limit.amount * _WORKING_DAYS[limit.unit]) if limit.amount and limit.unit else 0
