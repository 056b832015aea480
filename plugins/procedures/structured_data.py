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


def cpsv_context(root: str) -> Mapping[str, object]:
    """What the keys of a procedure's document mean in CPSV-AP; those that it has no term for mean nothing there.

    Keys of closed lists become addresses in the document that has the words; `root` is the portal's address, without a
    slash at the end.
    """
    terms = f"{root}/{addresses.api_list('terms')}#"
    vietnamese = {"@language": "vi"}
    titled = {"name": {"@id": "dct:title", **vietnamese}, "code": "dct:identifier"}

    def listed(term: str, name: str) -> Described:
        return {"@id": term, "@type": "@vocab", "@context": {"@vocab": f"{terms}{name}/"}}

    def inside(term: str, **keys: object) -> Described:
        """Values with their own keys, and none of those around them."""
        return {"@id": term, "@context": {**dict.fromkeys(_SAID_OTHERWISE), **keys}}

    papers = inside("dct:hasPart", **titled, note={"@id": "dct:description", **vietnamese})
    fees = {
        "@reverse": "cv:ifAccessedThrough",
        "@context": {"amount": "cv:value", "note": {"@id": "dct:description", **vietnamese}},
    }
    return {
        "@version": 1.1,
        "cpsv": "http://purl.org/vocab/cpsv#",
        "cv": "http://data.europa.eu/m8g/",
        "dct": "http://purl.org/dc/terms/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "eli": "http://data.europa.eu/eli/ontology#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "adms": "http://www.w3.org/ns/adms#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        **titled,
        "description": {"@id": "dct:description", **vietnamese},
        "keywords": {"@id": "dcat:keyword", **vietnamese},
        "field": {
            "@id": "cv:thematicArea", "@type": "@vocab", "@context": {"@vocab": f"{root}/{_FIELDS}"},
        },
        "authority": "cv:hasCompetentAuthority",
        "audiences": listed("cv:isClassifiedBy", "audiences"),
        "channels": inside("cv:hasChannel", kind=listed("dct:type", "channels"), fees=fees),
        "papers": inside("cpsv:hasInput", case={"@id": "dct:title", **vietnamese}, papers=papers),
        "results": inside("cpsv:produces", **titled),
        "legal_basis": inside(
            "cv:hasLegalResource",
            number="eli:id_local",
            title={"@id": "eli:title", **vietnamese},
            issued={"@id": "eli:date_document", "@type": "xsd:date"},
        ),
        "status": listed("adms:status", "procedure_statuses"),
        "modified": {"@id": "dct:modified", "@type": "xsd:dateTime"},
        "url": {"@id": "foaf:page", "@type": "@id"},
        "licence": {"@id": "dct:license", "@context": {"url": "@id", "name": {"@id": "dct:title"}}},
    }  # fmt: skip


_SAID_OTHERWISE = ("name", "code", "description", "field", "status", "modified", "url", "kind")
"""Keys of a procedure that mean nothing, or something else, within its parts."""
_FIELDS = addresses.LIST_FOLDERS[0]
PUBLIC_SERVICE = "cpsv:PublicService"
PUBLIC_ORGANISATION = "cv:PublicOrganisation"


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
    channels = [{"@type": "ServiceChannel", "serviceUrl": channel.url} for channel in procedure.channels if channel.url]
    if channels:
        described["availableChannel"] = channels
    fees = sorted({fee.amount for channel in procedure.channels for fee in channel.fees if fee.amount is not None})
    if fees:
        described["offers"] = [{"@type": "Offer", "price": amount, "priceCurrency": "VND"} for amount in fees]
    return described


def _home(card: ProcedureCard) -> str:
    return addresses.site_home(card.agency_slug)
