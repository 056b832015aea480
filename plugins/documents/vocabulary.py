"""The closed lists of documents with their official Vietnamese terms: data, because the law changes.

Sources: kinds and abbreviations, NĐ 30/2020/NĐ-CP; states and relations, the national database of legal documents.
"""

from __future__ import annotations

from typing import Literal

from plugins.portal.vocabulary import Term

DocumentType = Literal[
    "resolution", "decision", "directive", "plan", "report", "announcement", "submission", "guidance", "programme",
    "scheme", "project", "minutes", "telegram", "invitation", "statute", "rules", "official_letter", "other",
]  # fmt: skip
DOCUMENT_TYPES: dict[str, Term] = {
    "resolution": Term("Nghị quyết", "Resolution", slug="nghi-quyet"),
    "decision": Term("Quyết định", "Decision", slug="quyet-dinh"),
    "directive": Term("Chỉ thị", "Directive", slug="chi-thi"),
    "plan": Term("Kế hoạch", "Plan", slug="ke-hoach"),
    "report": Term("Báo cáo", "Report", slug="bao-cao"),
    "announcement": Term("Thông báo", "Announcement", slug="thong-bao"),
    "submission": Term("Tờ trình", "Submission", slug="to-trinh"),
    "guidance": Term("Hướng dẫn", "Guidance", slug="huong-dan"),
    "programme": Term("Chương trình", "Programme", slug="chuong-trinh"),
    "scheme": Term("Đề án", "Scheme", slug="de-an"),
    "project": Term("Phương án", "Project", slug="phuong-an"),
    "minutes": Term("Biên bản", "Minutes", slug="bien-ban"),
    "telegram": Term("Công điện", "Telegram", slug="cong-dien"),
    "invitation": Term("Giấy mời", "Invitation", slug="giay-moi"),
    "statute": Term("Quy chế", "Statute", slug="quy-che"),
    "rules": Term("Quy định", "Rules", slug="quy-dinh"),
    "official_letter": Term("Công văn", "Official letter", slug="cong-van"),
    "other": Term("Văn bản khác", "Other document", slug="khac"),
}
_DRAFT = Term("Dự thảo", "Draft")


def title_of(document_type: str, number: str, language: str) -> str:
    """What a document is called: `Quyết định 12/2019/QĐ-UBND`; one without a number `Dự thảo: Quyết định`."""
    term = DOCUMENT_TYPES[document_type].say(language)
    return f"{term} {number}" if number else f"{_DRAFT.say(language)}: {term}"


ABBREVIATIONS: dict[str, str] = {
    "nq": "resolution", "qd": "decision", "ct": "directive", "kh": "plan", "bc": "report", "tb": "announcement",
    "ttr": "submission", "hd": "guidance", "ctr": "programme", "da": "scheme", "pa": "project", "bb": "minutes",
    "cd": "telegram", "gm": "invitation", "qc": "statute", "qyd": "rules", "cv": "official_letter",
}  # fmt: skip
"""By what a notation begins with, without marks."""

Validity = Literal["not_yet", "in_force", "partly_expired", "expired", "suspended"]
VALIDITIES: dict[str, Term] = {
    "not_yet": Term(
        "Chưa có hiệu lực",
        "Not yet in force",
        "Văn bản chưa được áp dụng.",
        "The document does not apply yet.",
        slug="chua-co-hieu-luc",
    ),
    "in_force": Term(
        "Còn hiệu lực",
        "In force",
        "Văn bản đang được áp dụng.",
        "The document applies.",
        slug="con-hieu-luc",
    ),
    "partly_expired": Term(
        "Hết hiệu lực một phần",
        "Partly expired",
        "Một phần của văn bản không còn được áp dụng.",
        "A part of the document does not apply any more.",
        slug="het-hieu-luc-mot-phan",
    ),
    "expired": Term(
        "Hết hiệu lực toàn bộ",
        "Expired",
        "Văn bản không còn được áp dụng.",
        "The document does not apply any more.",
        slug="het-hieu-luc",
    ),
    "suspended": Term(
        "Ngưng hiệu lực",
        "Suspended",
        "Văn bản tạm thời không được áp dụng.",
        "The document does not apply for the time being.",
        slug="ngung-hieu-luc",
    ),
}
UNSTATED = Term("Không nêu hiệu lực", "Validity not stated", slug="khong-neu")
"""Of a document that says no day from which it applies, as most plans and letters."""

RelationKind = Literal["based_on", "replaces", "amends", "repeals", "suspends", "guides", "corrects", "refers_to"]
RELATIONS: dict[str, Term] = {
    "based_on": Term("Căn cứ", "Based on"),
    "replaces": Term("Thay thế", "Replaces"),
    "amends": Term("Sửa đổi, bổ sung", "Amends"),
    "repeals": Term("Bãi bỏ", "Repeals"),
    "suspends": Term("Ngưng hiệu lực", "Suspends"),
    "guides": Term("Hướng dẫn", "Guides"),
    "corrects": Term("Đính chính", "Corrects"),
    "refers_to": Term("Dẫn chiếu", "Refers to"),
}
REVERSED: dict[str, Term] = {
    "based_on": Term("Là căn cứ của", "Is the basis of"),
    "replaces": Term("Bị thay thế bởi", "Replaced by"),
    "amends": Term("Được sửa đổi, bổ sung bởi", "Amended by"),
    "repeals": Term("Bị bãi bỏ bởi", "Repealed by"),
    "suspends": Term("Bị ngưng hiệu lực bởi", "Suspended by"),
    "guides": Term("Được hướng dẫn bởi", "Guided by"),
    "corrects": Term("Được đính chính bởi", "Corrected by"),
    "refers_to": Term("Được dẫn chiếu bởi", "Referred to by"),
}
"""What a relation is called on the page of the document that it names: nobody writes it."""
