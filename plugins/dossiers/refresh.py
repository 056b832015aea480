"""One refresh: ask, judge, keep. Whatever the backend does, it ends in time and the last good figures stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from plugins.deadline import Deadline
from plugins.dossiers.answers import parse_answer
from plugins.dossiers.failures import BackendError, BadAnswer, Reason
from plugins.dossiers.history import remember
from plugins.dossiers.period import Period, this_year
from plugins.dossiers.settings import BackendSettings
from plugins.dossiers.snapshots import (
    LastGood,
    SnapshotStore,
    check_believable,
    check_continues,
    check_not_emptied,
    unusable,
)
from plugins.portal.dossiers import DossierStatistics, Snapshot
from plugins.portal.problems import Text
from plugins.portal.values import VIETNAM

if TYPE_CHECKING:
    from plugins.dossiers.client import Fetched

Outcome = Literal["fetched", "unchanged", "kept", "nothing", "busy", "not_configured"]

RESERVE = 0.3
"""Seconds of the time limit that are left for keeping the figures."""
TELLING_TOKEN = 8
"""A token of fewer characters may stand in an answer by chance."""


@dataclass(frozen=True)
class RefreshReport:
    """How a refresh went."""

    outcome: Outcome
    """fetched: new figures; unchanged: the backend has no newer ones; kept: it failed, the last good ones stay;
    nothing: it failed, and there are none; busy: another refresh runs; not_configured: there is no backend."""
    checked_at: datetime
    stale_after: float
    """Hours after which figures are said to be old."""
    snapshot: Snapshot | None = None
    """The figures to show, new or last good."""
    reason: Reason | None = None
    """Why there are no new figures, for machines."""
    message: Text | None = None
    """The same for people."""
    notices: tuple[Text, ...] = ()
    """What else happened."""

    @property
    def stale(self) -> bool:
        """Whether the figures are older than what they should be, or absent."""
        return is_stale(self.snapshot, self.checked_at, self.stale_after)


def is_stale(snapshot: Snapshot | None, now: datetime | None, stale_after: float) -> bool:
    """Whether figures are absent, or older at a moment than so many hours."""
    if snapshot is None or now is None:
        return True
    return now - snapshot.statistics.as_of > timedelta(hours=stale_after)


def refresh(settings: BackendSettings, now: datetime | None = None) -> RefreshReport:
    """Ask the backend for this year's figures and keep them if they are good.

    Never raises for what a backend does, and is done within the time limit. Raises `StateError` where the state
    folder cannot be used.
    """
    deadline = Deadline(settings.time_limit - RESERVE)
    checked_at = (now or datetime.now(VIETNAM)).astimezone(VIETNAM).replace(microsecond=0)
    store = SnapshotStore(settings.state_path)
    if not settings.url:
        return _without_asking("not_configured", settings, store, checked_at)
    with store.alone() as alone:
        if not alone:
            return _without_asking("busy", settings, store, checked_at)
        return _Refresh(settings, store, checked_at, deadline).run()


def _without_asking(
    outcome: Outcome, settings: BackendSettings, store: SnapshotStore, checked_at: datetime
) -> RefreshReport:
    known = store.read()
    return RefreshReport(outcome, checked_at, settings.stale_after, known.snapshot if known else None)


class _Refresh:
    """A refresh that holds the lock."""

    def __init__(
        self, settings: BackendSettings, store: SnapshotStore, checked_at: datetime, deadline: Deadline
    ) -> None:
        self._settings = settings
        self._store = store
        self._checked_at = checked_at
        self._deadline = deadline
        self._period: Period = this_year(checked_at)
        self._address = settings.mapping.address(self._period)
        self._known, self._notices = store.read_or_set_aside()

    def run(self) -> RefreshReport:
        try:
            fresh = self._ask()
        except BackendError as error:
            return self._report("kept" if self._known else "nothing", self._renamed(), error)
        if fresh is None:
            return self._report("unchanged", self._renamed())
        self._keep(fresh)
        return self._report("fetched", fresh)

    def _renamed(self) -> LastGood | None:
        """The figures that stay, with the name that their source has now."""
        known, name = self._known, self._settings.source_name
        if known is None or known.snapshot.source != self._settings.url or known.snapshot.source_name == name:
            return known
        renamed = known.model_copy(update={"snapshot": known.snapshot.model_copy(update={"source_name": name})})
        self._store.keep(renamed)
        return renamed

    def _ask(self) -> LastGood | None:
        known = self._known if self._known and self._continues(self._known) else None
        etag = known.etag if known and known.address == self._address else ""
        from plugins.dossiers.client import BackendClient  # its libraries load long, and most builds ask nobody

        with BackendClient(self._settings, self._deadline) as client:
            fresh = client.fetch(self._address, etag, self._read)
        if fresh is not None and known is not None:
            check_continues(fresh.snapshot.statistics, known.snapshot.statistics)
        if fresh is not None and self._known is not None:
            check_not_emptied(fresh.snapshot.statistics, self._known.snapshot.statistics)
        return fresh

    def _continues(self, known: LastGood) -> bool:
        """Figures of another backend, or read by another mapping, are no measure for new ones."""
        return known.is_of(self._settings.url, self._settings.mapping.digest)

    def _read(self, fetched: Fetched) -> LastGood:
        statistics = parse_answer(fetched.body, self._settings.mapping, self._period, self._checked_at)
        check_believable(statistics, self._period, self._checked_at, self._settings.host)
        self._check_token_is_not_in(statistics, fetched.etag)
        return LastGood(
            snapshot=Snapshot(
                statistics=statistics,
                fetched_at=self._checked_at,
                source=self._settings.url,
                source_name=self._settings.source_name,
            ),
            mapping=self._settings.mapping.digest,
            address=self._address,
            etag=fetched.etag,
        )

    def _check_token_is_not_in(self, statistics: DossierStatistics, etag: str) -> None:
        """What a backend says is published: one that repeats the token would have us publish that."""
        token = self._settings.token.get_secret_value()
        if len(token) >= TELLING_TOKEN and token in etag + statistics.model_dump_json():
            raise BadAnswer("token_in_answer", host=self._settings.host)

    def _keep(self, fresh: LastGood) -> None:
        # The history first: killed in between, the next refresh finds its line there, and adds none.
        try:
            remember(self._store.folder, fresh.snapshot.statistics)
        except OSError as error:
            raise unusable(self._store.folder, error) from error
        self._store.keep(fresh)

    def _report(self, outcome: Outcome, kept: LastGood | None, error: BackendError | None = None) -> RefreshReport:
        return RefreshReport(
            outcome,
            self._checked_at,
            self._settings.stale_after,
            kept.snapshot if kept else None,
            error.reason if error else None,
            error.message if error else None,
            self._notices,
        )
