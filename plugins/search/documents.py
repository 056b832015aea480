"""What of a site's records and texts can be found, and how a result shows it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from pelican.contents import Article, Content

from plugins.portal.cards import procedure_card
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import ProcedureCard
from plugins.portal.performers import performer, province_group
from plugins.portal.procedure import Procedure
from plugins.portal.site_names import listed
from plugins.portal.sites import Shared, Site
from plugins.portal.values import day
from plugins.portal.vocabulary import ONLINE_LEVELS, PROCEDURE_STATUSES, Term
from plugins.search.segments import Card, Document

SUMMARY_LENGTH = 160
"""Letters of a summary that a result shows."""
NO_LEVEL = Term("Chưa xác định", "Not determined")
NOT_IN_FORCE = 0.3
"""Weight of a procedure that is not in force: it is found, behind those that are."""
_TAG = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>")


def procedure_documents(site: Site, shared: Shared, language: str = "vi") -> list[Document]:
    """The procedures that a site owns, those of one field together."""
    found = [(procedure_card(site, shared, source), source.record) for source in site.procedures]
    found.sort(key=lambda entry: (entry[0].field, entry[0].code))
    province = shared.province.name
    agency = site.name or province_group((card for card, _ in found if card.status != "abolished"), province, language)
    return [
        Document(
            _procedure_result(card, record, agency, performer(card, province, language), language),
            _procedure_texts(card, record),
        )
        for card, record in found
    ]


def _procedure_result(card: ProcedureCard, record: Procedure, agency: str, performers: str, language: str) -> Card:
    level = ONLINE_LEVELS[card.online_level].say(language) if card.online_level else ""
    status = PROCEDURE_STATUSES[card.status].say(language) if card.status != "in_force" else ""
    said = (card.code, card.field_name, performers, level, status)
    facets = [
        ("linh-vuc", card.field, card.field_name),
        ("co-quan", listed(card.agency_slug), agency),
        ("muc-do", str(card.online_level or 0), level or NO_LEVEL.say(language)),
    ]
    return Card(
        title=card.name,
        url=card.url,
        meta=" · ".join(filter(None, said)),
        summary=_shortened(record.description or ""),
        facets=tuple(facets),
        weight=1.0 if card.status == "in_force" else NOT_IN_FORCE,
    )


def _procedure_texts(card: ProcedureCard, record: Procedure) -> tuple[tuple[str, ...], ...]:
    """Title, keywords and body; without the steps, which say much the same of every procedure."""
    papers = (paper.name for case in record.papers for paper in case.papers)
    laws = (part for law in record.legal_basis for part in (law.number or "", law.title))
    body = [
        record.description or "", card.field_name, card.agency_name, *record.performing_bodies,
        *(result.name for result in record.results), *(case.case or "" for case in record.papers), *papers,
        *record.conditions, *laws,
    ]  # fmt: skip
    return (record.name, card.code), (*record.keywords, *card.other_codes), tuple(filter(None, body))


NEWS = Term("Tin tức", "News", slug="tin-tuc")
PAGES = Term("Trang giới thiệu", "Pages", slug="trang")


def text_documents(
    site: Site, shared: Shared, articles: Iterable[Article], pages: Iterable[Content], language: str = "vi"
) -> list[Document]:
    """The articles and pages of a site, oldest first: what is new moves no number of what was there."""
    published = sorted((a for a in articles if not a.draft), key=lambda article: (article.date, article.slug))
    owner = site.name or shared.province.name
    news, about = (NEWS.slug, NEWS.say(language)), (PAGES.slug, PAGES.say(language))
    shown = [
        _text(news, article, site.slug, owner, f"{day(article.date, language)} · {owner}") for article in published
    ]
    listed = sorted((page for page in pages if not page.draft), key=lambda page: str(page.slug))
    return [*shown, *(_text(about, page, site.slug, owner, owner) for page in listed)]


def _text(kind: tuple[str, str], content: Content, slug: str, owner: str, meta: str) -> Document:
    plain = _plain(content._content)
    summary = content.source.summary or plain
    facets = (("loai", *kind), ("co-quan", listed(slug), owner))
    card = Card(content.title, content.url, meta, _shortened(summary), facets)
    return Document(card, ((content.title,), (), (content.source.summary or "", plain)))


def entry_documents(
    site: Site, shared: Shared, kinds: Kinds, text_html: Callable[[str], str], language: str
) -> list[Document]:
    """What of other kinds of content is public, kind by kind in the order of their lists."""
    owner = site.name or shared.province.name
    documents = []
    for kind in kinds:
        if kind.indexed is None:
            continue
        for entry in (entry for entry in site.of(kind) if entry.public):
            indexed = kind.indexed(entry.record)
            plain = _plain(text_html(entry.source.inside)) if entry.body else ""
            facets = (
                ("loai", kind.list_address.rstrip("/"), kind.many.say(language)),
                ("co-quan", listed(site.slug), owner),
            )
            meta = " · ".join(filter(None, (indexed.meta, owner)))
            card = Card(indexed.title, entry.address, meta, _shortened(indexed.summary or plain), facets)
            body = (indexed.summary, *indexed.body, plain)
            documents.append(Document(card, ((indexed.title,), indexed.keywords, tuple(filter(None, body)))))
    return documents


def _plain(written: str) -> str:
    """What HTML says without its tags."""
    return " ".join(html.unescape(_TAG.sub(" ", written)).split())


def _shortened(text: str) -> str:
    """The beginning of a text, cut at a word."""
    words = " ".join(text.split())
    return words if len(words) <= SUMMARY_LENGTH else words[:SUMMARY_LENGTH].rpartition(" ")[0] + "…"
