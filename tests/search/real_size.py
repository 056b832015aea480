"""As many procedures as a province has, beside those of the demonstration: made up, or the real records."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable

from plugins.procedures.acts import act_weight, without_saying_so
from plugins.procedures.sought import MINISTRY_ONLY
from plugins.search.segments import Card, Document, Segment
from tests.provinces import ROOT
from tools.corpus.plan import CorpusPlan
from tools.corpus.procedures import procedures_of
from tools.corpus.sites import sites_of

REAL = ROOT.parent / "shared" / "data" / "tthc-clean.jsonl.gz"
"""Real records of the national database, where somebody has put them beside the checkout."""
PROCEDURES = 2_546
"""With the demonstration's 79 they are as many as there are real records."""


def made_up(known: set[str]) -> Segment:
    """Procedures of the corpus whose codes are not `known`, counted."""
    plan = CorpusPlan(agencies=50, procedures=PROCEDURES, news=0, pages=0)
    owned, _ = procedures_of(plan, sites_of(plan))
    return _counted(
        (
            _document(
                each.procedure.code,
                each.procedure.name,
                set(each.procedure.performed_by) == {"ministry"},
                (each.field_name, *(paper.name for case in each.procedure.papers for paper in case.papers)),
            )
            for each in owned
        ),
        known,
    )


def real(known: set[str]) -> Segment:
    """The real records whose codes are not `known`, counted: their names, fields and what they result in."""
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return _counted(
        (
            _document(
                record["ma_thu_tuc"],
                record["ten_thu_tuc"],
                record["cap_thuc_hien"] == "Cấp bộ",
                (record["linh_vuc"], record["ket_qua_xu_ly"], record["co_quan_thuc_hien"]),
            )
            for record in records
        ),
        known,
    )


def _counted(documents: Iterable[Document], known: set[str]) -> Segment:
    return Segment.of([document for document in documents if document.card.meta not in known])


def _document(code: str, name: str, by_ministry_alone: bool, body: Iterable[str | None]) -> Document:
    weight = act_weight(name) * (MINISTRY_ONLY if by_ministry_alone else 1.0)
    card = Card(name, f"thu-tuc/{code}/", code, "", (), round(weight, 3))
    return Document(card, ((without_saying_so(name), code), (), tuple(filter(None, body))))
