"""What published application profiles want of data, in a few words, and what of some data does not fit them.

Sources: the SHACL shapes of CPSV-AP 3.2.0 and DCAT-AP 3.0.1 (SEMIC, European Commission); only what we say, or would
have to say, stands here. Neither profile is to be had as a package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyld import jsonld

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Wanted:
    """What values a property of a class has, and how many."""

    values: str
    """`text` in some language, `literal`, `node` of any kind, a datatype, or the class that a node must say it has."""
    least: int = 0
    most: int | None = None


Profile = Mapping[str, Mapping[str, Wanted]]
_NAME = Wanted("text", 1)
_NOTE = Wanted("text")
_CODE = Wanted("literal", 1, 1)
_CONCEPT = Wanted("skos:Concept")

CPSV_AP: Profile = {
    "cpsv:PublicService": {
        "dct:identifier": _CODE,
        "dct:title": _NAME,
        "dct:description": Wanted("text", 1),
        "dct:audience": _CONCEPT,
        "dct:modified": Wanted("xsd:dateTime"),
        "dct:license": Wanted("node"),
        "dcat:keyword": _NOTE,
        "foaf:page": Wanted("node"),
        "adms:status": Wanted("skos:Concept", 0, 1),
        "cv:thematicArea": _CONCEPT,
        "cv:hasCompetentAuthority": Wanted("cv:PublicOrganisation", 1),
        "cv:hasChannel": Wanted("cv:Channel"),
        "cv:hasCost": Wanted("cv:Cost"),
        "cv:hasLegalResource": Wanted("eli:LegalResource"),
        "cv:holdsRequirement": Wanted("cv:Requirement"),
        "cpsv:hasInput": Wanted("cv:Evidence"),
        "cpsv:produces": Wanted("cv:Output"),
    },
    "cv:PublicOrganisation": {"skos:prefLabel": _NAME, "dct:spatial": Wanted("dct:Location", 1)},
    "dct:Location": {"dct:title": _NOTE},
    "skos:Concept": {"skos:prefLabel": _NAME},
    "cv:Channel": {"dct:identifier": _CODE, "dct:type": Wanted("skos:Concept", 0, 1)},
    "cv:Cost": {
        "dct:identifier": _CODE,
        "dct:description": _NOTE,
        "cv:hasValue": Wanted("xsd:double", 0, 1),
        "cv:currency": Wanted("skos:Concept", 0, 1),
        "cv:ifAccessedThrough": Wanted("cv:Channel", 0, 1),
    },
    "cv:Requirement": {
        "dct:identifier": _CODE, "dct:title": _NAME, "cv:hasSupportingEvidence": Wanted("cv:Evidence"),
    },
    "cv:Evidence": {"dct:identifier": _CODE, "dct:title": _NAME, "dct:description": _NOTE},
    "cv:Output": {"dct:identifier": _CODE, "dct:title": _NAME},
    "eli:LegalResource": {
        "eli:id_local": Wanted("literal"), "eli:title": _NOTE, "eli:date_document": Wanted("xsd:date"),
    },
}  # fmt: skip

_LANGUAGE = Wanted("dct:LinguisticSystem")
_LICENCE = Wanted("dct:LicenseDocument", 0, 1)
DCAT_AP: Profile = {
    "dcat:Catalog": {
        "dct:title": _NAME,
        "dct:description": Wanted("text", 1),
        "dct:publisher": Wanted("foaf:Agent", 1, 1),
        "dct:language": _LANGUAGE,
        "dct:license": _LICENCE,
        "dct:spatial": Wanted("dct:Location"),
        "foaf:homepage": Wanted("foaf:Document", 0, 1),
        "dcat:dataset": Wanted("dcat:Dataset", 1),
    },
    "dcat:Dataset": {
        "dct:title": _NAME,
        "dct:description": Wanted("text", 1),
        "dct:identifier": Wanted("literal", 1),
        "dct:publisher": Wanted("foaf:Agent", 0, 1),
        "dct:language": _LANGUAGE,
        "dcat:contactPoint": Wanted("vcard:Kind", 1),
        "dcat:landingPage": Wanted("foaf:Document"),
        "dcat:distribution": Wanted("dcat:Distribution", 1),
    },
    "dcat:Distribution": {
        "dct:title": _NOTE,
        "dct:license": _LICENCE,
        "dct:conformsTo": Wanted("dct:Standard"),
        "dcat:accessURL": Wanted("node", 1),
        "dcat:downloadURL": Wanted("node"),
        "dcat:mediaType": Wanted("dct:MediaType", 0, 1),
    },
    "foaf:Agent": {"foaf:name": _NAME},
    "vcard:Kind": {"vcard:fn": Wanted("literal", 1), "vcard:hasEmail": Wanted("node"), "vcard:hasURL": Wanted("node")},
}
"""Of what the profile only recommends, an identifier, a contact and distributions are wanted of each data set."""


def misfits(document: Any, profile: Profile) -> list[str]:
    """What does not fit: a property of none, too few or too many values, a value of another kind; a line each."""
    nodes = {node["@id"]: node for node in jsonld.flatten(document)}
    types = {name: {_short(own) for own in node.get("@type", ())} for name, node in nodes.items()}

    def fits(value: Mapping[str, Any], wanted: str) -> bool:
        if "@value" in value:
            return wanted in ("literal", _short(value.get("@type", ""))) or (wanted == "text" and "@language" in value)
        return wanted == "node" or wanted in types.get(value["@id"], ())

    def wrong(node: Mapping[str, Any], properties: Mapping[str, Wanted]) -> Iterator[str]:
        said = {_short(key): values for key, values in node.items() if not key.startswith("@")}
        for name in said.keys() - properties.keys():
            yield f"{name} is none of its properties"
        for name, wanted in properties.items():
            values = said.get(name, [])
            if not wanted.least <= len(values) <= (len(values) if wanted.most is None else wanted.most):
                yield f"{name} has {len(values)} values"
            yield from (f"{name} is {value}, not {wanted.values}" for value in values if not fits(value, wanted.values))

    return [
        f"{node['@id']}: {own}: {line}"
        for node in nodes.values()
        for own in types[node["@id"]]
        if own in profile
        for line in wrong(node, profile[own])
    ]


def classes_of(document: Any) -> set[str]:
    """Every class that a node says it has."""
    return {_short(own) for node in jsonld.flatten(document) for own in node.get("@type", ())}


def _short(iri: str) -> str:
    return next((f"{prefix}:{iri[len(base) :]}" for prefix, base in PREFIXES.items() if iri.startswith(base)), iri)
