"""A synthetic province of any size, for scale and benchmarks: `write_corpus` writes a whole content folder.

The folder has the layout of the real one (docs/content.md) and every file in it is valid. The texts are made of our
own vocabulary; with `procedures_from`, the procedures come from real records as far as these go. The same plan gives
the same bytes: no clock, no hash order, no network.
Words do not belong here as Python: they stand in YAML; nor what the demonstration in `content/` says.

Its layers are a contract in pyproject.toml.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from plugins.portal.province import Figure, Province
from plugins.portal.yaml_text import record_text
from tools.corpus.articles import news_files, page_files
from tools.corpus.documents import document_files
from tools.corpus.plan import CorpusPlan, CorpusSummary, RecordCount, SkippedRecord
from tools.corpus.procedures import Owned, field_list, procedure_files, procedures_of
from tools.corpus.sites import PROVINCE_NAME, Site, sites_of
from tools.corpus.writing import MARKER, refuse_to_overwrite, whole_folder, write_files

__all__ = ["KINDS", "CorpusPlan", "CorpusSummary", "RecordCount", "SkippedRecord", "write_corpus"]

KINDS = ("plugins.articles", "plugins.procedures", "plugins.documents")
"""The modules of the kinds of content that it writes."""
MOST_USED = 8


def write_corpus(folder: Path, plan: CorpusPlan, progress: Callable[[int], None] | None = None) -> CorpusSummary:
    """Write the corpus of `plan` as `folder`, which appears only when all of it is written.

    `folder` must be missing, empty, or a corpus made before, which is replaced. `progress` is told from time to time
    how many of the `plan.files` files are written. Raises `PortalError` where the plan, the folder or the file of
    records will not do.
    """
    plan.check()
    refuse_to_overwrite(folder)
    sites = sites_of(plan)
    procedures, records = procedures_of(plan, sites)
    levels = Counter(level for owned in procedures if (level := owned.procedure.online_level) is not None)
    with whole_folder(folder) as unfinished:
        files = chain(
            _province_files(plan, sites, procedures, levels),
            procedure_files(procedures),
            page_files(plan, sites, procedures),
            news_files(plan, sites, procedures),
            document_files(plan, sites, [field.slug for field in field_list(procedures).fields]),
        )
        written = write_files(unfinished, files, progress)
        Path(unfinished, MARKER).write_text(_fingerprint(plan), encoding="utf-8")
    return CorpusSummary(
        folder=folder,
        agencies=len(sites) - 1,
        procedures=len(procedures),
        news=plan.news,
        pages=plan.pages,
        files=written,
        levels=dict(sorted(levels.items())),
        records=records,
    )


def add_documents(folder: Path, plan: CorpusPlan) -> None:
    """Write the documents of `plan` into the corpus that was made of the same plan without any."""
    sites = sites_of(plan)
    procedures, _ = procedures_of(plan, sites)
    write_files(folder, document_files(plan, sites, [field.slug for field in field_list(procedures).fields]), None)


def _province_files(
    plan: CorpusPlan, sites: Sequence[Site], procedures: Sequence[Owned], levels: Counter[int]
) -> Iterator[tuple[str, str]]:
    yield (
        "province/province.yaml",
        record_text(_province(plan, sites, procedures, levels), "../schemas/province.schema.json"),
    )
    yield "province/fields.yaml", record_text(field_list(procedures), "../schemas/fields.schema.json")
    for site in sites:
        if site.agency is not None:
            yield f"{site.folder}/agency.yaml", record_text(site.agency, f"{site.schemas}/agency.schema.json")


def _province(plan: CorpusPlan, sites: Sequence[Site], procedures: Sequence[Owned], levels: Counter[int]) -> Province:
    local = [owned.procedure.code for owned in procedures if owned.site.agency is None]
    counted = [("Thủ tục hành chính", len(procedures)), *((f"Thủ tục mức độ {n}", levels[n]) for n in sorted(levels))]
    as_of = f"bộ nội dung số {plan.seed}"
    return Province(
        name=PROVINCE_NAME,
        name_en="Sample Province",
        code="000.00.00.H99",
        site_name="Cổng thông tin điện tử Tỉnh Mẫu",
        summary="Cổng thông tin của một tỉnh không có thật, do máy tạo để đo quy mô và tốc độ.",
        url="https://tinh-mau.example",
        notice="Nội dung do máy tạo để thử nghiệm: tỉnh, cơ quan, tin bài và số liệu ở đây không có thật.",
        notice_en="Generated content for tests: the province, agencies, news and figures here are not real.",
        responsible="Công cụ tạo nội dung thử nghiệm của phần mềm Cầu Nối",
        most_used=tuple(local[:MOST_USED]),
        figures=tuple(Figure(label=label, value=str(number), as_of=as_of) for label, number in counted),
        agency_order=tuple(site.slug for site in sites[1:]),
    )


def _fingerprint(plan: CorpusPlan) -> str:
    """What the corpus was made of; without the way to the records, which differs from machine to machine."""
    source = plan.procedures_from.name if plan.procedures_from else None
    numbers = {name: getattr(plan, name) for name in ("agencies", "procedures", "news", "pages", "documents", "seed")}
    return json.dumps({"made_by": "portal corpus", **numbers, "procedures_from": source}, sort_keys=True) + "\n"
