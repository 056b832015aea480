"""Carrying out a plan: each file written aside and put in place whole, so that an end in the middle breaks none."""

from __future__ import annotations

from plugins.importing.folders import MAX_LEDGER_BYTES, ContentFolder
from plugins.importing.planning import ImportPlan, ImportSummary, Progress, Write
from plugins.importing.problems import ImportStopped
from plugins.portal.files import replace_in_place
from plugins.portal.system_errors import reason


def carry_out(plan: ImportPlan, progress: Progress | None = None) -> ImportSummary:
    """Write what the plan says. Raises `ImportStopped` where a file has changed since, or cannot be written.

    What was written before that is whole, and an import that is run again takes it up.
    """
    for done, write in enumerate(plan.writes, 1):
        _write(plan.content, write)
        if progress is not None:
            progress("writing", done, len(plan.writes))
    return plan.summary(written=len(plan.writes))


def _write(content: ContentFolder, write: Write) -> None:
    display_path = content.path_of(write.inside)
    if content.text(write.inside, MAX_LEDGER_BYTES) != write.before:
        raise ImportStopped("{path} was changed during the import: import again", path=display_path)
    path = content.root / write.inside
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        content.check_way(write.inside)
        replace_in_place(path, write.after.encode())
    except OSError as error:
        raise ImportStopped("{path} cannot be written: {reason}", path=display_path, reason=reason(error)) from error
