"""What others see of procedures."""

from __future__ import annotations

from datetime import date

from plugins.portal.manifest import CodedCard
from plugins.portal.vocabulary import Audience, OnlineMode, PerformingLevel, ProcedureStatus


class ProcedureCard(CodedCard):
    """What a list shows of a procedure, and by what it is counted."""

    field: str
    field_name: str
    online_level: int | None
    online_mode: OnlineMode | None
    performed_by: tuple[PerformingLevel, ...]
    audiences: tuple[Audience, ...]
    status: ProcedureStatus
    keywords: tuple[str, ...] = ()
    performing_agencies: tuple[str, ...] = ()
    """Slugs of the agencies that perform it, where they are not all agencies of a level."""
    effective_to: date | None = None
    review_by: date | None = None
    unsaid: tuple[str, ...] = ()
    """Fields of its record that people ask for and that say nothing: its page leaves them out, editors are told."""
    version: str = ""
    """A mark of all that its record says: another mark, another text."""

    @property
    def name(self) -> str:
        return self.title
