"""The next moment at which the passing of time changes what a build made."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from plugins.builder.preparation import Prepared
from plugins.releases.due import DueNote


def due_note(build: Prepared) -> DueNote:
    """Of the newest versions of all sites, of what they share, and of the emergency notices that stand in pages.

    A site in quarantine is looked at again when its newest version asks for it: what stays shown no time changes.
    """
    zone, now = ZoneInfo(build.settings["TIMEZONE"]), build.stage.workplace.now
    moments = set(build.scheduled)
    for slug, digest in build.stage.versions.items():
        manifest = build.store(slug).manifest(digest)
        moments.update(manifest.scheduled if manifest is not None else ())
    ours = [moment.replace(tzinfo=zone) for moment in moments if moment > now]
    ends = [alert.until for alert in build.stage.workplace.alerts]
    return DueNote(at=now.replace(tzinfo=zone), next=min([*ours, *ends], default=None))
