"""What every site reads besides its own folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from plugins.portal.province import LegalStatus, Province


@dataclass(frozen=True)
class Shared:
    """The records of the province's folder that all sites are built from."""

    province: Province
    fields: Mapping[str, str]
    """Names of the fields of administration by slug."""
    legal_status: Mapping[str, LegalStatus] = field(default_factory=dict)
    """What became of the documents that procedures rest on, by their number in small letters."""

    def field_name(self, slug: str) -> str:
        """What people call a field of administration; of one that the province's list has not, its slug in words."""
        return self.fields.get(slug) or slug.replace("-", " ").capitalize()

    def at(self, now: datetime) -> Shared:
        """The records as they are at a moment in Vietnam: without notices of the province that do not stand then."""
        return replace(self, province=self.province.at(now))
