"""Agencies, their counters and life events as search finds them: who it is, how to reach them, when they are open."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.portal import addresses
from plugins.portal.agency import Agency, CommuneUnit, Contact, Counter
from plugins.portal.province import LifeEvent
from plugins.portal.site_names import listed
from plugins.portal.sites import Site
from plugins.portal.vocabulary import Term
from plugins.search.kinds import AGENCY
from plugins.search.segments import Card, Document
from plugins.search.syllables import folded, syllables

ASKED_FOR = (
    "số điện thoại", "địa chỉ", "giờ làm việc", "liên hệ", "trụ sở", "ở đâu", "đường dây nóng", "bộ phận một cửa",
    "tiếp dân", "lịch tiếp công dân", "mở cửa",
)  # fmt: skip
"""What people ask of an agency besides its name."""
WRITTEN_OUT = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "VP": "Văn phòng", "TT": "Trung tâm", "CA": "Công an",
}  # fmt: skip
"""What names are shortened by."""
LIFE_EVENT = Term("Sự kiện trong đời", "Life events")
LIFE_EVENT_WEIGHT = 0.9


def agency_documents(site: Site, language: str) -> Iterator[Document]:
    """What people look for of a site itself: the agency with its contact, counters of its communes, life events."""
    if site.agency is not None and site.agency.lifecycle.state == "active":
        yield _agency(site, site.agency)
        for commune in site.agency.communes:
            if commune.counters:
                yield _commune(site, site.agency, commune)
    for event in site.life_events:
        yield _life_event(event, language)


def _agency(site: Site, agency: Agency) -> Document:
    home = f"{site.slug}/"
    whole = _written_out(agency.name)
    also = tuple(filter(None, (agency.short_name, whole, _initials(whole), agency.name_en)))
    words = (agency.summary, *agency.duties, *(counter.name for counter in agency.counters))
    return _document(agency.name, also, home, site, (agency.contact, *agency.counters), words, agency.summary)


def _commune(site: Site, agency: Agency, commune: CommuneUnit) -> Document:
    office = f"UBND {commune.name[0].lower()}{commune.name[1:]}"
    whole = _written_out(office)
    also = (commune.name, whole, _initials(whole))
    words = (agency.name, *(counter.name for counter in commune.counters))
    summary = f"{commune.counters[0].name} · {agency.name}"
    url = addresses.contact_of(site.slug)
    return _document(office, also, url, site, commune.counters, words, summary)


def _document(
    name: str,
    also: tuple[str, ...],
    url: str,
    site: Site,
    offices: tuple[Contact | Counter, ...],
    words: tuple[str, ...],
    summary: str,
) -> Document:
    """`offices` are where it is reached, the first that says something first."""
    phone = next((office.phone for office in offices if office.phone), None)
    address = next((office.address for office in offices if office.address), None)
    counters = [office for office in offices if isinstance(office, Counter)]
    opening = next((counter.opening for counter in counters if counter.opening), "")
    hours = next((counter.hours for counter in counters if counter.hours), ())
    times = "; ".join(f"{each.days} {', '.join(each.times)}" for each in hours)
    facets = ((AGENCY.name, listed(site.slug), site.name),)
    meta = " · ".join(filter(None, (phone, address, times)))
    card = Card(name, url, meta, summary, facets, opening=opening)
    return Document(card, ((name, *also), ASKED_FOR, tuple(filter(None, (*words, address, phone)))))


def _life_event(event: LifeEvent, language: str) -> Document:
    url = f"{addresses.LIFE_EVENTS}{event.slug}/"
    card = Card(event.name, url, LIFE_EVENT.say(language), event.summary, weight=LIFE_EVENT_WEIGHT)
    return Document(card, ((event.name,), (), (event.summary, *(step.title for step in event.steps))))


def _written_out(name: str) -> str:
    return " ".join(WRITTEN_OUT.get(word, word) for word in name.split())


def _initials(name: str) -> str:
    """Such as `syt` of Sở Y tế."""
    return "".join(folded(syllable)[0] for syllable in syllables(name))
