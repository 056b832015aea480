"""The province: what all its sites share."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from plugins.portal.agency import Contact, Counter
from plugins.portal.fields import AgencyCode, ContentModel, Many, ProcedureCode, Sentence, Slug, WebAddress, Word


class Figure(ContentModel):
    """A figure of the province with its date and source; never one without the other."""

    label: Word
    value: Word
    as_of: Word
    source: Sentence | None = None


class AdministrativeField(ContentModel):
    """A field of administration (lĩnh vực)."""

    slug: Slug
    name: Word


def _each_once(fields: tuple[AdministrativeField, ...]) -> tuple[AdministrativeField, ...]:
    slugs = [field.slug for field in fields]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise PydanticCustomError("field_twice", "not of this kind", {"got": slug})
    return fields


class FieldList(ContentModel):
    """The file `fields.yaml`."""

    fields: Annotated[Many[AdministrativeField], Field(min_length=1), AfterValidator(_each_once)]


class Province(ContentModel):
    """The file `province.yaml`."""

    name: Word
    """Such as `Tỉnh Hậu Giang`."""
    name_en: Word | None = None
    code: AgencyCode | None = None
    site_name: Word
    """The portal's name."""
    summary: Sentence
    url: WebAddress
    """The address at which the portal is published, without a slash at the end."""
    notice: Sentence | None = None
    """Said at the top of every page of every site, such as that this is a demonstration."""
    notice_en: Sentence | None = None
    responsible: Sentence | None = None
    """Who answers for the portal, as the law wants it in the footer."""
    contact: Contact = Contact()
    counters: Many[Counter] = ()
    most_used: Many[ProcedureCode] = ()
    figures: Many[Figure] = ()
    agency_order: Many[Slug] = ()
    """Agencies in the order of protocol; those not named follow by name."""
