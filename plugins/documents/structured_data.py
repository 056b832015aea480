"""A document in words that other programs know: schema.org Legislation, and ELI (European Legislation Identifier)."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from plugins.documents.cards import DocumentCard
from plugins.documents.validity import Effect, Register
from plugins.documents.vocabulary import DOCUMENT_TYPES
from plugins.portal.data_blocks import data_block

_FORCE = {
    "in_force": "InForce", "partly_expired": "PartiallyInForce", "expired": "NotInForce", "not_yet": "NotInForce",
    "suspended": "NotInForce",
}  # fmt: skip
_ELI = {
    "based_on": "eli:based_on", "replaces": "eli:repeals", "amends": "eli:amends", "repeals": "eli:repeals",
    "guides": "eli:applies", "corrects": "eli:corrects", "refers_to": "eli:cites", "suspends": "eli:changes",
}  # fmt: skip
_CHANGED_BY = {
    "amends": "eli:amended_by", "repeals": "eli:repealed_by", "replaces": "eli:repealed_by",
    "corrects": "eli:corrected_by",
}  # fmt: skip


def legislation(card: DocumentCard, register: Register, root: str, permanent: str, language: str) -> Markup:
    """The data block of a document's page; `root` is the portal's public address."""
    validity = register.state(card).validity
    described: dict[str, object] = {
        "@context": ["https://schema.org", {"eli": "http://data.europa.eu/eli/ontology#"}],
        "@type": ["Legislation", "eli:LegalResource"],
        "@id": f"{root}/{permanent}",
        "url": f"{root}/{card.url}",
        "name": card.title,
        "inLanguage": language,
        "legislationType": DOCUMENT_TYPES[card.type].say(language),
        "legislationDate": card.issued.isoformat(),
        "eli:type_document": DOCUMENT_TYPES[card.type].say(language),
        "eli:date_document": card.issued.isoformat(),
    }
    if card.number:
        described |= {"legislationIdentifier": card.number, "eli:id_local": card.number}
    if card.summary:
        described["description"] = card.summary
    if card.issuers:
        described["legislationPassedBy"] = [{"@type": "Organization", "name": name} for name in card.issuers]
        described["eli:passed_by"] = list(card.issuers)
    if card.effective_from:
        described["legislationDateOfApplicability"] = card.effective_from.isoformat()
        described["eli:first_date_entry_in_force"] = card.effective_from.isoformat()
    if card.effective_to:
        described["eli:date_no_longer_in_force"] = card.effective_to.isoformat()
    if validity:
        described["legislationLegalForce"] = f"https://schema.org/{_FORCE[validity]}"
    _add(described, ((_ELI[relation.kind], relation.number) for relation in card.relations))
    _add(described, map(_changed_by, (e for e in register.effects_on(card) if e.relation.kind in _CHANGED_BY)))
    return Markup(data_block(described))  # noqa: S704  # made harmless there


def _changed_by(effect: Effect) -> tuple[str, str]:
    return _CHANGED_BY[effect.relation.kind], effect.source.number


def _add(described: dict[str, object], pairs: Iterable[tuple[str, str]]) -> None:
    lists: dict[str, list[str]] = {}
    for name, number in pairs:
        lists.setdefault(name, []).append(number)
    described |= lists
