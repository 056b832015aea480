"""What every site reads besides its own folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
