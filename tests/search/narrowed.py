"""Notices whose results may be narrowed down by year, too: the kind of tests/kinds with a facet of its own."""

from __future__ import annotations

from dataclasses import replace

from plugins.portal.kinds import ContentKind, Facet, Indexed
from plugins.portal.vocabulary import Term
from tests import kinds
from tests.kinds import Notice, NoticeCard

YEAR = Facet("nam", Term("Năm", "Year"))


def indexed(notice: Notice, language: str) -> Indexed:
    year = str(notice.until.year)
    return Indexed(notice.title, summary=notice.summary, facets=((YEAR.name, year, year),))


[_NOTICE] = kinds.KINDS
KINDS: tuple[ContentKind[Notice, NoticeCard], ...] = (replace(_NOTICE, indexed=indexed, facets=(YEAR,)),)
