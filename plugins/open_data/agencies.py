"""Agencies, their counters, the province and its notices, as programs are given them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from plugins.portal import addresses, vocabulary
from plugins.portal.agency import Agency, Contact, Counter, Head, Lifecycle
from plugins.portal.alerts import EVERYWHERE, Alert
from plugins.portal.answers import Answer, AnswerFrame, AnswerModel, Envelope
from plugins.portal.identifiers import slugify
from plugins.portal.kinds import AnyKind
from plugins.portal.manifest import AgencyCard, Card, SiteManifest
from plugins.portal.phones import Phone
from plugins.portal.picture import ShownPicture
from plugins.portal.province import Figure, Province
from plugins.portal.site_names import PROVINCE, listed
from plugins.portal.values import rfc3339
from plugins.portal.vocabulary import AgencyKind, LifecycleState, Term


class DialledNumber(AnswerModel):
    """One number of a line of telephone numbers."""

    text: str
    """As people read it."""
    dial: str
    """Behind `tel:`; empty for a fax."""
    note: str
    """What stands around it."""


class ContactAnswer(AnswerModel):
    """How to reach somebody; null is what is not known."""

    address: str | None
    phone: str | None
    """As it is written."""
    numbers: tuple[DialledNumber, ...]
    email: str | None
    website: str | None
    map: str | None
    """A page that shows the address on a map."""


class HoursAnswer(AnswerModel):
    """When a counter is open, as people say it."""

    days: str
    times: tuple[str, ...]


class CounterItem(AnswerModel):
    """A place where dossiers are received and results handed out."""

    id: str
    """Of the site, and of the commune where it is one's, and its name."""
    agency: str
    """The slug; empty for the province's."""
    agency_name: str
    commune: str | None
    """The name of the commune whose counter it is; null where it is the agency's own."""
    commune_code: str | None
    """The statistical code of the commune."""
    name: str
    address: str | None
    phone: str | None
    numbers: tuple[DialledNumber, ...]
    map: str | None
    """A page that shows the address on a map."""
    hours: tuple[HoursAnswer, ...]
    opening: str
    """Days (1 is Monday) and minutes of the day, such as `12345 420-660 780-1020`; empty where they cannot be read."""
    note: str | None


class CommuneAnswer(AnswerModel):
    """A commune, ward or township of a district."""

    name: str
    code: str
    """The statistical code of the unit."""


class AgencyItem(AnswerModel):
    """What the list says of an agency."""

    id: str
    """The slug."""
    document: str | None
    """All that its home shows; null where its site cannot be shown now."""
    name: str
    short_name: str | None
    kind: AgencyKind
    parent: str | None
    """The agency it belongs to, by slug."""
    state: LifecycleState
    summary: str
    phone: str | None
    numbers: tuple[DialledNumber, ...]
    url: str
    """Its home."""
    counts: dict[str, int]
    """How many it has of each kind of content, by the kind's name."""
    modified: str | None
    """When the newest of what it publishes last changed; null where nobody knows."""


class AgencyDocument(Envelope, AgencyItem):
    """All that an agency's home shows of the agency itself."""

    name_en: str | None
    code: str | None
    """The agency's code, such as `000.00.00.H30`."""
    duties: tuple[str, ...]
    """What it does, in a few short points."""
    head: Head | None
    contact: ContactAnswer
    counters: tuple[CounterItem, ...]
    """Its own and those of its communes."""
    communes: tuple[CommuneAnswer, ...]
    bodies: tuple[str, ...]
    """Slugs of the agencies that belong to it."""
    lifecycle: Lifecycle
    """What became of it, and who continues its work."""
    picture: ShownPicture | None
    """That stands for it; its addresses are whole."""
    picture_text: str | None
    """What the picture shows, for those who cannot see it."""
    contact_url: str
    """The page with all its counters."""
    feeds: dict[str, str]
    """Its feeds as JSON Feed, by the name of the kind."""
    sample: bool
    """Whether its texts, addresses and hours are made up for a demonstration."""


class NoticeItem(AnswerModel):
    """A notice that stands on pages."""

    id: str
    level: Literal["notice", "info", "warning", "danger", "emergency"]
    title: str
    text: str | None
    url: str | None
    """Where there is more."""
    agency: str | None
    """The slug of the agency on whose pages alone it stands; null where it stands on all."""
    until: str | None
    """When it ends; null where that is not said."""
    modified: str | None
    """Null: nobody knows."""


class ProvinceDocument(Envelope):
    """What the home shows of the province itself, and how to reach it."""

    name: str
    name_en: str | None
    code: str | None
    site_name: str
    site_name_en: str | None
    summary: str
    url: str
    responsible: str | None
    """Who answers for the portal."""
    hotline: str | None
    numbers: tuple[DialledNumber, ...]
    """Of the hotline."""
    contact: ContactAnswer
    counters: tuple[CounterItem, ...]
    most_used: tuple[str, ...]
    """Codes of what most people need, as editors chose them."""
    figures: tuple[Figure, ...]
    """The province in figures, each with its day."""
    demonstration: bool
    """Whether nothing is real."""


class TermAnswer(AnswerModel):
    """What people call a value of a closed list."""

    vi: str
    en: str
    plain_vi: str
    """What it means for a citizen, where the legal term does not say; else empty."""
    plain_en: str


class TermsDocument(Envelope):
    """The closed lists of which answers have the keys."""

    lists: dict[str, dict[str, TermAnswer]]
    """By the name of the list and the key."""


def terms_document(frame: AnswerFrame, kinds: Iterable[AnyKind]) -> dict[str, Any]:
    """Every closed list of the law and of ours, in words; also those that kinds bring."""
    known: dict[str, Mapping[Any, Term]] = {name: terms for kind in kinds for name, terms in kind.terms.items()}
    known |= {
        name.lower(): terms for name, terms in vars(vocabulary).items() if name.isupper() and isinstance(terms, dict)
    }
    lists = {
        name: {
            str(key): {"vi": term.vi, "en": term.en, "plain_vi": term.plain_vi, "plain_en": term.plain_en}
            for key, term in terms.items()
        }
        for name, terms in sorted(known.items())
    }
    return frame.document("terms", {"lists": lists})


def numbers_of(phone: Phone | None) -> list[dict[str, str]]:
    """What a line of telephone numbers holds, number by number."""
    return [
        {"text": number.text, "dial": number.dial, "note": " ".join(filter(None, (number.before, number.after)))}
        for number in (phone.numbers if phone else ())
    ]


def contact_of(contact: Contact) -> dict[str, Any]:
    return contact.model_dump(mode="json") | {"numbers": numbers_of(contact.phone)}


def counters_of(slug: str, name: str, counters: Sequence[Counter], agency: Agency | None) -> list[dict[str, Any]]:
    """The counters of a site, and then those of its communes."""
    told = [_counter(slug, name, counter, "", "") for counter in counters]
    for commune in agency.communes if agency else ():
        told += [_counter(slug, name, counter, commune.name, commune.code) for counter in commune.counters]
    seen: dict[str, int] = {}
    for counter in told:
        seen[counter["id"]] = seen.get(counter["id"], 0) + 1
        if seen[counter["id"]] > 1:
            counter["id"] = f"{counter['id']}-{seen[counter['id']]}"
    return told


def _counter(slug: str, name: str, counter: Counter, commune: str, code: str) -> dict[str, Any]:
    return {
        "id": "/".join(filter(None, (listed(slug), code, slugify(counter.name)))),
        "agency": slug,
        "agency_name": name,
        "commune": commune or None,
        "commune_code": code or None,
        **counter.model_dump(mode="json"),
        "numbers": numbers_of(counter.phone),
        "opening": counter.opening,
    }


def agency_item(
    card: AgencyCard, manifest: SiteManifest | None, frame: AnswerFrame, cards: Iterable[Card]
) -> dict[str, Any]:
    """`cards` are those of all that it publishes."""
    newest = max((card.modified for card in cards if card.modified), default=None)
    return {
        "id": card.slug,
        "document": frame.whole(addresses.api_document("agencies", card.slug)) if manifest else None,
        "name": card.name,
        "short_name": card.short_name,
        "kind": card.kind,
        "parent": card.parent,
        "state": card.state,
        "summary": card.summary,
        "phone": card.phone,
        "numbers": numbers_of(card.phone),
        "url": frame.whole(card.url),
        "counts": dict(sorted(card.counts.items())),
        "modified": rfc3339(newest) if newest else None,
    }


def agency_document(
    item: Mapping[str, Any], manifest: SiteManifest, frame: AnswerFrame, bodies: Sequence[str], feeds: Mapping[str, str]
) -> dict[str, Any]:
    """All of an agency that is shown; `item` is what the list says of it, `feeds` are by the name of their kind."""
    agency = manifest.agency
    if agency is None:
        raise TypeError("only an agency has a document")
    values = {
        "name_en": agency.name_en,
        "code": agency.code,
        "duties": agency.duties,
        "head": agency.head.model_dump(mode="json") if agency.head else None,
        "contact": contact_of(agency.contact),
        "counters": counters_of(manifest.slug, agency.name, agency.counters, agency),
        "communes": [{"name": commune.name, "code": commune.code} for commune in agency.communes],
        "bodies": bodies,
        "lifecycle": agency.lifecycle.model_dump(mode="json"),
        "picture": frame.picture(manifest.picture.model_dump(mode="json")) if manifest.picture else None,
        "picture_text": agency.picture.text if agency.picture and manifest.picture else None,
        "contact_url": frame.whole(addresses.contact_of(manifest.slug)),
        "feeds": {name: frame.whole(address) for name, address in feeds.items()},
        "sample": agency.sample,
    }
    return frame.document("agencies", {**item, **values})


def province_document(province: Province, frame: AnswerFrame) -> dict[str, Any]:
    values = {
        "name": province.name,
        "name_en": province.name_en,
        "code": province.code,
        "site_name": province.site_name,
        "site_name_en": province.site_name_en,
        "summary": province.summary,
        "url": f"{frame.root}/",
        "responsible": province.responsible,
        "hotline": province.hotline,
        "numbers": numbers_of(province.hotline),
        "contact": contact_of(province.contact),
        "counters": counters_of(PROVINCE, province.name, province.counters, None),
        "most_used": province.most_used,
        "figures": [figure.model_dump(mode="json") for figure in province.figures],
        "demonstration": province.demonstration,
    }
    return frame.document("province", values)


def notice_items(province: Province, alerts: Iterable[Alert]) -> Iterator[dict[str, Any]]:
    """What stands on pages as the build begins: emergencies said without a build first."""
    for alert in alerts:
        agency = None if alert.agency == EVERYWHERE else alert.agency
        yield _notice(f"alert/{agency or 'all'}", alert.level, alert.text, agency=agency, until=alert.until)
    emergency = province.emergency
    if emergency is not None:
        until = emergency.publish_until
        yield _notice("emergency", "emergency", emergency.title, emergency.text, emergency.url, until=until)
    if province.notice is not None:
        yield _notice("notice", "notice", province.notice, until=province.notice_until)


def _notice(
    identifier: str,
    level: str,
    title: str,
    text: str | None = None,
    url: str | None = None,
    *,
    agency: str | None = None,
    until: datetime | None = None,
) -> dict[str, Any]:
    ends = None if until is None else until.isoformat() if until.tzinfo else rfc3339(until)
    return {
        "id": identifier, "level": level, "title": title, "text": text, "url": url, "agency": agency, "until": ends,
        "modified": None,
    }  # fmt: skip


_SLUG = Term("Tên cơ quan trong địa chỉ (slug)", "The agency's name in addresses (slug)")
ANSWERS = (
    Answer(
        "province", addresses.api_list("province"), Term("Tỉnh và cổng", "The province and the portal"),
        Term("Tên, liên hệ, đường dây nóng, bộ phận một cửa của tỉnh, số liệu của tỉnh.",
             "Names, contact, hotline, the province's own counters, the province in figures."),
        ProvinceDocument, schema_address=addresses.api_document_schema("province"),
    ),
    Answer(
        "terms", addresses.api_list("terms"), Term("Danh mục giá trị", "Closed lists"),
        Term("Các khóa trong câu trả lời gọi là gì, bằng hai thứ tiếng.",
             "What the keys in answers are called, in both languages."),
        TermsDocument, schema_address=addresses.api_document_schema("terms"),
    ),
    Answer.of_list(
        "agencies", Term("Cơ quan, địa phương", "Agencies and districts"),
        Term("Mọi cơ quan, xếp theo thứ tự của tỉnh, kèm điện thoại và tình trạng.",
             "All agencies in the province's order, with telephone and state."),
        AgencyItem,
    ),
    Answer.of_document(
        "agencies", addresses.api_document("agencies", "{slug}"), Term("Một cơ quan", "One agency"),
        Term("Liên hệ, giờ làm việc, bộ phận một cửa, xã phường, đơn vị trực thuộc, sáp nhập hay đổi tên.",
             "Contact, hours, counters, communes, bodies that belong to it, and what became of it."),
        AgencyDocument, ("slug", _SLUG),
    ),
    Answer.of_list(
        "counters", Term("Bộ phận một cửa", "Counters"),
        Term("Mọi nơi nhận hồ sơ: của tỉnh, của cơ quan và của từng xã, phường, thị trấn.",
             "All places that receive dossiers: the province's, agencies', and those of communes."),
        CounterItem,
    ),
    Answer.of_list(
        "alerts", Term("Thông báo trên các trang", "Notices on pages"),
        Term("Thông báo đang đứng khi cổng được dựng; thông báo khẩn mới nhất ở /live/alert.json.",
             "What stood when the portal was built; the newest emergencies are in /live/alert.json."),
        NoticeItem,
    ),
)  # fmt: skip
"""What this capability answers besides kinds of content."""
