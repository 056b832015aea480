"""Published documents: registers without a gap, half of them with a text of articles, some that end others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from plugins.documents.records import Document, Issuer, Relation
from plugins.documents.vocabulary import DocumentType, RelationKind
from plugins.portal.identifiers import slugify
from plugins.portal.yaml_text import record_text
from tools.corpus.articles import FIRST_DAY, NEWS_UNEVENNESS, spread
from tools.corpus.plan import CorpusPlan
from tools.corpus.sentences import (
    ARTICLE_NAMES,
    DOCUMENT_TITLES,
    EFFECT_NAMES,
    MIDDLES,
    OPENINGS,
    Voice,
    phrase,
    stream,
    voice_of,
    zipf,
)
from tools.corpus.sites import Site
from tools.corpus.writing import markdown_of

YEARS = 10
"""From 2010 to 2019."""
NEAR = 30
"""A document ends or changes one of so many of its register before it."""
PROVINCE_NOTATION = "UBND"


@dataclass(frozen=True)
class _Register:
    """A series of numbers of a site."""

    type: DocumentType
    notation: str
    """Before that of the site."""
    with_year: bool
    share: float


REGISTERS = (
    _Register("decision", "QĐ", with_year=True, share=0.25),
    _Register("decision", "QĐ", with_year=False, share=0.3),
    _Register("plan", "KH", with_year=False, share=0.2),
    _Register("announcement", "TB", with_year=False, share=0.15),
    _Register("report", "BC", with_year=False, share=0.1),
)


def document_files(plan: CorpusPlan, sites: Sequence[Site], fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The documents of all sites with their paths; `fields` are the slugs of those that there are."""
    rng = stream(plan.seed, "documents")
    for site, many in zip(sites, spread(plan.documents, sites, NEWS_UNEVENNESS, rng), strict=True):
        yield from _documents(stream(plan.seed, f"documents {site.folder}"), site, many, fields)


def _documents(rng: Random, site: Site, many: int, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Of a site, in the order of their days: numbers of a register rise with these."""
    last = FIRST_DAY.date().replace(year=2020, month=1, day=1)
    first = last.replace(year=last.year - YEARS)
    days = sorted(first + timedelta(days=rng.randrange((last - first).days)) for _ in range(many))
    given: dict[tuple[int, int], list[str]] = {}
    rules: list[str] = []
    for issued in days:
        at = rng.choices(range(len(REGISTERS)), [register.share for register in REGISTERS])[0]
        numbers = given.setdefault((issued.year, at), [])
        number = _number(REGISTERS[at], len(numbers) + 1, issued, site)
        numbers.append(number)
        yield _file(rng, site, REGISTERS[at], number, issued, rules, fields)
        if REGISTERS[at].with_year:
            rules.append(number)


def _number(register: _Register, number: int, issued: date, site: Site) -> str:
    year = f"/{issued.year}" if register.with_year else ""
    own = "".join(part[0] for part in site.slug.split("-")).upper() if site.slug else PROVINCE_NOTATION
    return f"{number:02d}{year}/{register.notation}-{own}"


def _file(
    rng: Random, site: Site, register: _Register, number: str, issued: date, rules: Sequence[str], fields: Sequence[str]
) -> tuple[str, str]:
    subject = zipf(rng, site.subjects)
    voice = voice_of(rng, subject, site.name, [rng.choice(site.places) for _ in range(3)], issued.year)
    document = Document(
        number=number,
        type=register.type,
        title=phrase(voice, rng, DOCUMENT_TITLES),
        issued=issued,
        summary=phrase(voice, rng, OPENINGS) if rng.random() < 0.3 else None,
        effective_from=issued + timedelta(days=10) if register.with_year else None,
        issuers=(Issuer(agency=site.name),),
        field=rng.choice(fields) if rng.random() < 0.8 else None,
        relations=tuple(_relations(rng, rules)) if register.with_year else (),
    )
    inside = f"{site.folder}/documents/{issued.year}/{slugify(number)}"
    schema = f"../../{site.schemas}/document.schema.json"
    if rng.random() < 0.5:
        return f"{inside}.yaml", record_text(document, schema)
    return f"{inside}.md", markdown_of(document, schema, _text(rng, voice))


def _relations(rng: Random, rules: Sequence[str]) -> Iterator[Relation]:
    if rules and rng.random() < 0.3:
        kinds: tuple[RelationKind, ...] = ("replaces", "amends", "based_on", "repeals")
        yield Relation(kind=rng.choice(kinds), number=rng.choice(rules[-NEAR:]))


def _text(rng: Random, voice: Voice) -> str:
    """Articles with clauses, as long as many a decision."""
    articles = []
    names = [phrase(voice, rng, ARTICLE_NAMES) for _ in range(rng.randrange(2, 6))]
    for number, name in enumerate([*names, phrase(voice, rng, EFFECT_NAMES)], 1):
        clauses = [f"{n}. {phrase(voice, rng, MIDDLES)}" for n in range(1, rng.randrange(3, 6))]
        articles.append("\n\n".join([f"## Điều {number}. {name}", "\n".join(clauses)]))
    return "\n\n".join(articles)
