"""A procedure in words that other programs know: schema.org for search engines, CPSV-AP for public services.

Sources: schema.org/GovernmentService; Core Public Service Vocabulary Application Profile 3.2 (SEMIC, European
Commission), whose namespaces are `cpsv:` http://purl.org/vocab/cpsv# and `cv:` http://data.europa.eu/m8g/.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.procedure import Procedure
from plugins.portal.province import Province
from plugins.portal.vocabulary import AUDIENCES
from plugins.procedures.cards import ProcedureCard

Described = dict[str, object]

CPSV_CONTEXT: Mapping[str, object] = {
    "@vocab": "https://schema.org/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "code": "dct:identifier",
    "name": {"@id": "dct:title", "@language": "vi"},
    "description": {"@id": "dct:description", "@language": "vi"},
    "keywords": {"@id": "dct:keyword", "@language": "vi"},
    "field_name": {"@id": "cv:thematicArea", "@language": "vi"},
    "agency_name": {"@id": "cv:hasCompetentAuthority", "@language": "vi"},
    "competent_body": {"@id": "cv:hasCompetentAuthority", "@language": "vi"},
    "coordinating_bodies": {"@id": "cv:hasParticipation", "@language": "vi"},
    "audiences": "cv:isClassifiedBy",
    "channels": "cv:hasChannel",
    "kind": "dct:type",
    "time_limits": "cv:processingTime",
    "fees": "cv:hasCost",
    "amount": "cv:value",
    "papers": "cpsv:hasInput",
    "results": "cpsv:produces",
    "legal_basis": "cpsv:follows",
    "number": "eli:id_local",
    "title": "eli:title",
    "issued": {"@id": "eli:date_document", "@type": "xsd:date"},
    "conditions": {"@id": "cv:holdsRequirement", "@language": "vi"},
    "related": "dct:relation",
    "status": "adms:status",
    "adms": "http://www.w3.org/ns/adms#",
    "permalink": {"@id": "dct:source", "@type": "@id"},
    "url": {"@id": "cv:hasWebpage", "@type": "@id"},
}
"""What the keys of a procedure's document mean in CPSV-AP."""
PUBLIC_SERVICE = "cpsv:PublicService"


def government_service(
    procedure: Procedure, card: ProcedureCard, province: Province, agency: Agency | None, language: str = "vi"
) -> Described:
    """The procedure as a schema.org `GovernmentService`; what is not known is left out."""
    root = province.url.rstrip("/")
    name = agency.name if agency else province.name
    operator: Described = {"@type": "GovernmentOrganization", "name": name, "url": f"{root}/{_home(card)}"}
    described: Described = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": f"{root}/{addresses.permalink(card.code)}",
        "identifier": card.code,
        "name": procedure.name,
        "url": f"{root}/{card.url}",
        "inLanguage": "vi",
        "serviceType": card.field_name,
        "serviceOperator": operator,
        "areaServed": {"@type": "AdministrativeArea", "name": province.name},
    }
    if procedure.description:
        described["description"] = procedure.description
    if procedure.audiences:
        described["audience"] = [
            {"@type": "Audience", "audienceType": AUDIENCES[audience].say(language)} for audience in procedure.audiences
        ]
    if procedure.results:
        described["serviceOutput"] = [{"@type": "Thing", "name": result.name} for result in procedure.results]
    channels = [
        {"@type": "ServiceChannel", "serviceUrl": channel.url, "availableLanguage": "vi"}
        for channel in procedure.channels
        if channel.url
    ]
    if channels:
        described["availableChannel"] = channels
    fees = sorted({fee.amount for channel in procedure.channels for fee in channel.fees if fee.amount is not None})
    if fees:
        described["offers"] = [{"@type": "Offer", "price": amount, "priceCurrency": "VND"} for amount in fees]
    return described


def _home(card: ProcedureCard) -> str:
    return addresses.site_home(card.agency_slug)
