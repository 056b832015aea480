"""The open data as data sets, in words that other catalogues read: DCAT-AP, and schema.org for search engines.

Source: DCAT-AP 3.0.1 (SEMIC, European Commission), whose mandatory and recommended properties are used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plugins.portal import addresses
from plugins.portal.answers import Answer, AnswerFrame, answer_text
from plugins.portal.data_blocks import SCHEMA_ORG, known_of
from plugins.portal.province import Province
from plugins.portal.vocabulary import Term

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = {"vi": "VIE", "en": "ENG"}
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
OPEN_DATA = Term("Dữ liệu mở", "Open data")


def data_sets(answers: Iterable[Answer]) -> list[tuple[Answer, tuple[Answer, ...]]]:
    """Each list, with all files that have it whole."""
    files: defaultdict[str, list[Answer]] = defaultdict(list)
    lists = []
    for answer in answers:
        if answer.parameters:
            continue
        if answer.is_list:
            lists.append(answer)
        if answer.is_list or answer.media_type == "text/csv":
            files[answer.name].append(answer)
    return [(answer, tuple(files[answer.name])) for answer in lists]


def catalog_text(answers: Sequence[Answer], frame: AnswerFrame, province: Province) -> str:
    """`/api/v1/catalog.jsonld`."""

    language = frame.language

    def worded(text: str) -> dict[str, str]:
        return {"@value": text, "@language": language}

    def named(term: Term) -> list[dict[str, str]]:
        return [{"@value": term.say(spoken), "@language": spoken} for spoken in ("vi", "en")]

    def a(of_class: str, address: str) -> dict[str, str]:
        """What is elsewhere, with its class: who checks has this document alone."""
        return {"@id": address, "@type": of_class}

    licence = {"dct:license": a("dct:LicenseDocument", frame.licence["url"])} if frame.licence else {}
    page = a("foaf:Document", frame.whole(addresses.API))
    publisher = {"@id": f"{frame.root}/", "@type": "foaf:Agent", "foaf:name": worded(province.name)}
    contact = {
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": province.responsible or province.site_name,
        **({"vcard:hasEmail": {"@id": f"mailto:{province.contact.email}"}} if province.contact.email else {}),
        "vcard:hasURL": {"@id": frame.whole(addresses.CONTACT)},
    }

    def distribution(file: Answer) -> dict[str, Any]:
        schema = {"dct:conformsTo": a("dct:Standard", frame.whole(file.schema_address))} if file.schema_address else {}
        url = {"@id": frame.whole(file.address)}
        return {
            "@type": "dcat:Distribution",
            "dct:title": named(file.title),
            "dcat:accessURL": url,
            "dcat:downloadURL": url,
            "dcat:mediaType": a("dct:MediaType", f"{_MEDIA_TYPES}{file.media_type}"),
            **licence,
            **schema,
        }

    def data_set(answer: Answer, files: Iterable[Answer]) -> dict[str, Any]:
        return {
            "@id": frame.whole(f"{addresses.API}#{answer.name}"),
            "@type": "dcat:Dataset",
            "dct:identifier": answer.name,
            "dct:title": named(answer.title),
            "dct:description": named(answer.about),
            "dct:publisher": {"@id": publisher["@id"]},
            "dct:language": a("dct:LinguisticSystem", f"{_LANGUAGE}{_LANGUAGES[language]}"),
            "dcat:contactPoint": contact,
            "dcat:landingPage": page,
            "dcat:distribution": [distribution(file) for file in files],
        }

    return answer_text(
        {
            "@context": _CONTEXT,
            "@id": frame.whole(addresses.API_CATALOG),
            "@type": "dcat:Catalog",
            "dct:title": [
                {"@value": f"{OPEN_DATA.say(spoken)} – {province.site_name}", "@language": spoken}
                for spoken in _LANGUAGES
            ],
            "dct:description": worded(province.summary),
            "dct:publisher": publisher,
            "dct:language": a("dct:LinguisticSystem", f"{_LANGUAGE}{_LANGUAGES[language]}"),
            "foaf:homepage": page,
            **licence,
            "dcat:dataset": [data_set(answer, files) for answer, files in data_sets(answers)],
        }
    )


def described(answers: Iterable[Answer], frame: AnswerFrame, province: Province) -> Mapping[str, object]:
    """The same in words of schema.org, for the page that shows the API."""
    language = frame.language
    creator = {
        "@type": "GovernmentOrganization",
        "@id": f"{frame.root}/",
        "name": province.name,
        "url": f"{frame.root}/",
    }
    return {
        "@context": SCHEMA_ORG,
        "@type": "DataCatalog",
        "@id": frame.whole(addresses.API),
        "name": f"{OPEN_DATA.say(language)} – {province.site_name}",
        "creator": creator,
        "dataset": [
            {
                "@type": "Dataset",
                "name": answer.title.say(language),
                # Search engines want fifty letters.
                "description": f"{province.site_name}: {answer.about.say(language)}",
                "url": frame.whole(f"{addresses.API}#{answer.name}"),
                "creator": {"@id": creator["@id"]},
                "isAccessibleForFree": True,
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "contentUrl": frame.whole(file.address),
                        "encodingFormat": file.media_type,
                    }
                    for file in files
                ],
                **known_of(license=frame.licence["url"] if frame.licence else None),
            }
            for answer, files in data_sets(answers)
        ],
    }
