"""Cards of documents as the tests need them."""

from __future__ import annotations

from datetime import date
from typing import Any

from plugins.documents.cards import DocumentCard
from plugins.documents.numbers import read_number


def relation(kind: str, number: str, **given: Any) -> dict[str, Any]:
    """What a document does to another."""
    return {"kind": kind, "number": number, "line": 9, **given}


def card(number: str, issued: str = "2019-04-15", *relations: dict[str, Any], **given: Any) -> DocumentCard:
    """A document of an agency that has applied since its issue, and says nothing else."""
    day, identity = date.fromisoformat(issued), read_number(number)
    assert identity is not None
    agency, year = given.get("agency_slug", "so-y-te"), identity.year or day.year
    known: dict[str, Any] = {
        "title": "Về việc thử", "number": identity.canonical, "type": "decision", "issued": day, "year": year,
        "effective_from": day, "has_begun": True, "relations": relations, "agency_slug": agency, "lines": {"number": 2},
        "url": f"{agency}/van-ban/{year}/{identity.slug}/".lstrip("/"),
        "path": f"{agency}/documents/{identity.slug}.yaml",
    }  # fmt: skip
    return DocumentCard.model_validate(known | given)
