"""What became of a procedure's file, as git knows it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Revision(BaseModel):
    """One change that went live: the whole file before and after it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    commit: str
    """The full name of the commit."""
    moment: datetime
    """When it was committed, in Asia/Ho_Chi_Minh."""
    before: str
    after: str
