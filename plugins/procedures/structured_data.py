"""A procedure in words that other programs know: schema.org for search engines, CPSV-AP for public services.

Sources: schema.org/GovernmentService; Core Public Service Vocabulary Application Profile 3.2 (SEMIC, European
Commission), whose namespaces are `cpsv:` http://purl.org/vocab/cpsv# and `cv:` http://data.europa.eu/m8g/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.data_blocks import known_of
from plugins.portal.procedure import Procedure
from plugins.portal.province import Province
from plugins.portal.vocabulary import AUDIENCES, CHANNELS, PROCEDURE_STATUSES, Language, Term
from plugins.procedures.cards import ProcedureCard

Described = dict[str, object]


def cpsv_context(root: str, language: Language) -> Mapping[str, object]:
    """What the keys of a procedure's document mean in CPSV-AP; those that it has no term for mean nothing there.

    Keys of closed lists become addresses in the document that has the words; `root` is the portal's address, without a
    slash at the end, and `language` its own, in which its pages are taken to be written.
    """
    terms = f"{root}/{addresses.api_list('terms')}#"

    def spoken(term: str) -> Described:
        return {"@id": term, "@language": language}

    def listed(term: str, name: str) -> Described:
        return {"@id": term, "@type": "@vocab", "@context": {"@vocab": f"{terms}{name}/"}}

    def inside(term: str, **keys: object) -> Described:
        """Values with their own keys, and none of those around them but `identifier`."""
        return {"@id": term, "@context": {**dict.fromkeys(_SAID_OTHERWISE), **keys}}

    named = spoken("dct:title")
    noted = spoken("dct:description")
    currency = {"@id": "cv:currency", "@type": "@vocab", "@context": {"@vocab": _CURRENCIES}}
    fees = {
        "@reverse": "cv:ifAccessedThrough",
        "@context": {
            "kind": None, "amount": {"@id": "cv:hasValue", "@type": "xsd:double"}, "currency": currency, "note": noted,
        },
    }  # fmt: skip
    return {
        "@version": 1.1,
        "cpsv": "http://purl.org/vocab/cpsv#",
        "cv": "http://data.europa.eu/m8g/",
        "dct": "http://purl.org/dc/terms/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "eli": "http://data.europa.eu/eli/ontology#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "adms": "http://www.w3.org/ns/adms#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "identifier": "dct:identifier",
        "code": "dct:identifier",
        "name": named,
        "summary": noted,
        "description": noted,
        "keywords": spoken("dcat:keyword"),
        "field": {
            "@id": "cv:thematicArea", "@type": "@vocab", "@context": {"@vocab": f"{root}/{_FIELDS}"},
        },
        "authority": inside(
            "cv:hasCompetentAuthority", name=spoken("skos:prefLabel"), spatial=inside("dct:spatial", name=named)
        ),
        "audiences": listed("dct:audience", "audiences"),
        "channels": inside("cv:hasChannel", kind=listed("dct:type", "channels"), fees=fees),
        "costs": {"@id": "cv:hasCost", "@type": "@id"},
        "papers": inside(
            "cv:holdsRequirement", name=named, papers=inside("cv:hasSupportingEvidence", name=named, note=noted)
        ),
        "inputs": {"@id": "cpsv:hasInput", "@type": "@id"},
        "results": inside("cpsv:produces", name=named),
        "legal_basis": inside(
            "cv:hasLegalResource",
            number="eli:id_local",
            title=spoken("eli:title"),
            issued={"@id": "eli:date_document", "@type": "xsd:date"},
        ),
        "status": listed("adms:status", "procedure_statuses"),
        "concepts": "@included",
        "label": spoken("skos:prefLabel"),
        "modified": {"@id": "dct:modified", "@type": "xsd:dateTime"},
        "url": {"@id": "foaf:page", "@type": "@id"},
        "licence": {"@id": "dct:license", "@context": {"url": "@id", "name": {"@id": "dct:title"}}},
    }  # fmt: skip


def public_service(values: Mapping[str, Any], permalink: str, language: Language) -> Described:
    """A procedure's record as it is answered, in which each part says what CPSV-AP wants to know of it.

    That is an address, a class and an identifier; `values` are what is known of the record, in plain JSON. Beside the
    parts stand the addresses of all costs and papers, which CPSV-AP hangs on the service itself.
    """
    parts = _Parts(values["code"], permalink, language)
    channels = [parts.channel(n, channel) for n, channel in enumerate(values.get("channels", ()), 1)]
    cases = [parts.case(n, case) for n, case in enumerate(values.get("papers", ()), 1)]
    described = {
        "channels": channels,
        "costs": [fee["@id"] for channel in channels for fee in channel.get("fees", ())],
        "papers": cases,
        "inputs": [paper["@id"] for case in cases for paper in case["papers"]],
        "results": [parts.result(n, result) for n, result in enumerate(values.get("results", ()), 1)],
        "legal_basis": [{"@type": LEGAL_RESOURCE, **basis} for basis in values.get("legal_basis", ())],
    }
    return {**values, **known_of(**described)}


def concepts_of(procedure: Procedure, field_name: str, root: str, language: Language) -> list[Described]:
    """What the keys that a procedure's document has are called, with the addresses that they have in JSON-LD.

    Who reads the document alone knows then that these are concepts.
    """

    def terms(name: str, keys: Iterable[str], called: Mapping[str, Term]) -> Iterator[tuple[str, str]]:
        address = f"{root}/{addresses.api_list('terms')}#{name}/"
        return ((f"{address}{key}", called[key].say(language)) for key in keys)

    has_amount = any(fee.amount is not None for channel in procedure.channels for fee in channel.fees)
    named = {
        f"{root}/{_FIELDS}{procedure.field}": field_name,
        **dict(terms("procedure_statuses", [procedure.status], PROCEDURE_STATUSES)),
        **dict(terms("audiences", procedure.audiences, AUDIENCES)),
        **dict(terms("channels", (channel.kind for channel in procedure.channels), CHANNELS)),
        **({f"{_CURRENCIES}{_CURRENCY}": _DONG.say(language)} if has_amount else {}),
    }
    return [{"@id": address, "@type": CONCEPT, "label": label} for address, label in named.items()]


@dataclass(frozen=True)
class _Parts:
    """Parts of one procedure, by what they are and which of these they are."""

    code: str
    permalink: str
    language: Language

    def _part(self, fragment: str, of_class: str, described: Mapping[str, Any], **further: object) -> dict[str, Any]:
        named = {"@id": f"{self.permalink}#{fragment}", "@type": of_class, "identifier": f"{self.code}#{fragment}"}
        return {**named, **described, **known_of(**further)}

    def channel(self, number: int, described: Mapping[str, Any]) -> dict[str, Any]:
        name = f"channel-{number}"
        fees = [self._fee(f"{name}-fee-{n}", fee) for n, fee in enumerate(described.get("fees", ()), 1)]
        return self._part(name, CHANNEL, described, fees=fees)

    def _fee(self, name: str, described: Mapping[str, Any]) -> dict[str, Any]:
        return self._part(name, COST, described, currency=_CURRENCY if "amount" in described else None)

    def case(self, number: int, described: Mapping[str, Any]) -> dict[str, Any]:
        name = f"papers-{number}"
        papers = [self._part(f"{name}-{n}", EVIDENCE, paper) for n, paper in enumerate(described["papers"], 1)]
        return self._part(
            name, REQUIREMENT, described, name=described.get("case", PAPERS.say(self.language)), papers=papers
        )

    def result(self, number: int, described: Mapping[str, Any]) -> dict[str, Any]:
        return self._part(f"result-{number}", OUTPUT, described, identifier=described.get("code"))


_SAID_OTHERWISE = ("name", "code", "description", "field", "status", "modified", "url", "kind")
"""Keys of a procedure that mean nothing, or something else, within its parts."""
_FIELDS = addresses.LIST_FOLDERS[0]
_CURRENCIES = "http://publications.europa.eu/resource/authority/currency/"
_CURRENCY = "VND"
_DONG = Term("Đồng Việt Nam", "Vietnamese dong")
PUBLIC_SERVICE: Literal["cpsv:PublicService"] = "cpsv:PublicService"
PUBLIC_ORGANISATION: Literal["cv:PublicOrganisation"] = "cv:PublicOrganisation"
LOCATION: Literal["dct:Location"] = "dct:Location"
CHANNEL: Literal["cv:Channel"] = "cv:Channel"
COST: Literal["cv:Cost"] = "cv:Cost"
REQUIREMENT: Literal["cv:Requirement"] = "cv:Requirement"
EVIDENCE: Literal["cv:Evidence"] = "cv:Evidence"
OUTPUT: Literal["cv:Output"] = "cv:Output"
CONCEPT: Literal["skos:Concept"] = "skos:Concept"
LEGAL_RESOURCE: Literal["eli:LegalResource"] = "eli:LegalResource"
PAPERS = Term("Thành phần hồ sơ", "Papers")
"""What the papers of every case are called."""


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
