"""What pages are about in words of schema.org: the portal, agencies and how to reach them, and the way to a page.

What is not known is left out. Templates call what `functions` gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from markupsafe import Markup

from plugins.portal import addresses
from plugins.portal.agency import Agency, Contact, Counter
from plugins.portal.data_blocks import SCHEMA_ORG, breadcrumb_list, data_block, graph, known_of
from plugins.portal.picture import ShownPicture
from plugins.portal.province import Province
from plugins.portal.site_names import PROVINCE

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPAN = re.compile(r"(\d+)-(\d+)")


def _reached(contact: Contact, counters: Iterable[Counter]) -> dict[str, object]:
    """What an organization has of its own, and what the place has that it is at: hours and a map."""
    phone = next((number.dial for number in (contact.phone.numbers if contact.phone else ()) if number.dial), None)
    address = {"@type": "PostalAddress", "streetAddress": contact.address, "addressCountry": "VN"}
    location = known_of(
        hasMap=str(contact.map) if contact.map else None, openingHoursSpecification=opening_hours(counters)
    )
    return known_of(
        telephone=phone,
        email=contact.email,
        address=address if contact.address else None,
        location={"@type": "Place", **location} if location else None,
    )


def opening_hours(counters: Iterable[Counter]) -> list[dict[str, object]]:
    """When the first counter with hours is open; empty where they cannot be read."""
    counter = next((counter for counter in counters if counter.opening), None)
    return list(_specified(counter.opening)) if counter else []


def _specified(opening: str) -> Iterator[dict[str, object]]:
    for part in opening.split(";"):
        days, _, spans = part.partition(" ")
        for begins, ends in _SPAN.findall(spans):
            yield {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [_DAYS[int(day) - 1] for day in days],
                "opens": _clock(int(begins)),
                "closes": _clock(int(ends)),
            }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def organization(
    agency: Agency, slug: str, province: Province, picture: ShownPicture | None = None
) -> dict[str, object]:
    """An agency as a `GovernmentOrganization`, with how to reach it."""
    root = province.url.rstrip("/")
    parent = f"{root}/{addresses.site_home(agency.parent or PROVINCE)}"
    return {
        "@context": SCHEMA_ORG,
        "@type": "GovernmentOrganization",
        "@id": f"{root}/{addresses.site_home(slug)}",
        "name": agency.name,
        "url": f"{root}/{addresses.site_home(slug)}",
        "description": agency.summary,
        "parentOrganization": {"@id": parent},
        **known_of(
            alternateName=[name for name in (agency.short_name, agency.name_en) if name],
            image=f"{root}/{picture.url}" if picture else None,
        ),
        **_reached(agency.contact, agency.counters),
    }


def portal(province: Province, language: str) -> dict[str, object]:
    """The portal with its search, and the province that it is of."""
    root = province.url.rstrip("/")
    home = f"{root}/"
    owner = {
        "@type": "GovernmentOrganization",
        "@id": home,
        "name": province.name,
        "url": home,
        **known_of(alternateName=province.name_en),
        **_reached(province.contact, province.counters),
    }
    site = {
        "@type": "WebSite",
        "name": province.site_name,
        "url": home,
        "description": province.summary,
        "inLanguage": language,
        "publisher": {"@id": home},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{root}/{addresses.search(PROVINCE)}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }
    return graph(site, owner)


def functions(province: Province) -> Mapping[str, Callable[..., Markup]]:
    """What templates call, by name."""
    root = province.url.rstrip("/")

    def breadcrumbs(*steps: Sequence[tuple[str, str]]) -> Markup:
        """Names and addresses without a leading slash, of what stands above the page, in order."""
        return _block(breadcrumb_list([(str(name), f"{root}/{url}") for name, url in chain.from_iterable(steps)]))

    return {
        "breadcrumb_data": breadcrumbs,
        "organization_data": lambda *values: _block(organization(*values)),
        "portal_data": lambda *values: _block(portal(*values)),
    }


def _block(described: Mapping[str, object]) -> Markup:
    return Markup(data_block(described))  # noqa: S704  # made harmless there
