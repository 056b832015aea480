"""The closed lists of the domain with their official Vietnamese terms: data, because the law changes.

Sources: the national database's lists (audiences, channels, levels); TT 32/2017/TT-BTTTT (online levels 1-4);
NĐ 42/2022/NĐ-CP (full and partial online services); QĐ 45/2016/QĐ-TTg (postal reception and return).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Term:
    """One entry of a closed list: what content files write, and what people read."""

    vi: str
    en: str
    plain_vi: str = ""
    """What it means for a citizen, where the legal term does not say."""
    plain_en: str = ""
    slug: str = ""
    """What stands for it in addresses, where lists are made by it."""

    def say(self, language: str) -> str:
        """The term in one of the two languages."""
        return self.en if language == "en" else self.vi

    def explain(self, language: str) -> str:
        """What it means for a citizen, in one of the two languages; empty where the term says it."""
        return self.plain_en if language == "en" else self.plain_vi


AgencyKind = Literal["office", "department", "branch", "unit", "district", "commune", "party", "vertical", "other"]
AGENCY_KINDS: dict[str, Term] = {
    "office": Term("Văn phòng", "Offices"),
    "department": Term("Sở, ban, ngành", "Departments"),
    "branch": Term("Chi cục", "Sub-departments"),
    "unit": Term("Đơn vị sự nghiệp", "Public service units"),
    "district": Term("UBND cấp huyện", "District People's Committees"),
    "commune": Term("UBND cấp xã", "Commune People's Committees"),
    "party": Term("Cơ quan Đảng, đoàn thể", "Party bodies and unions"),
    "vertical": Term("Cơ quan ngành dọc", "Central bodies in the province"),
    "other": Term("Cơ quan khác", "Other bodies"),
}

PerformingLevel = Literal["ministry", "province", "district", "commune", "other"]
PERFORMING_LEVELS: dict[str, Term] = {
    "ministry": Term("Cấp bộ", "Ministry", slug="bo"),
    "province": Term("Cấp tỉnh", "Province", slug="tinh"),
    "district": Term("Cấp huyện", "District", slug="huyen"),
    "commune": Term("Cấp xã", "Commune", slug="xa"),
    "other": Term("Cơ quan khác", "Other bodies", slug="khac"),
}

Audience = Literal[
    "citizen", "overseas_vietnamese", "foreigner", "civil_servant", "enterprise", "foreign_invested_enterprise",
    "organisation", "foreign_organisation", "cooperative",
]  # fmt: skip
AUDIENCES: dict[str, Term] = {
    "citizen": Term("Công dân Việt Nam", "Vietnamese citizens", slug="cong-dan"),
    "overseas_vietnamese": Term(
        "Người Việt Nam định cư ở nước ngoài", "Vietnamese living abroad", slug="nguoi-viet-o-nuoc-ngoai"
    ),
    "foreigner": Term("Người nước ngoài", "Foreigners", slug="nguoi-nuoc-ngoai"),
    "civil_servant": Term("Cán bộ, công chức, viên chức", "Officials and public employees", slug="can-bo"),
    "enterprise": Term("Doanh nghiệp", "Enterprises", slug="doanh-nghiep"),
    "foreign_invested_enterprise": Term(
        "Doanh nghiệp có vốn đầu tư nước ngoài", "Foreign-invested enterprises", slug="doanh-nghiep-fdi"
    ),
    "organisation": Term(
        "Tổ chức (không bao gồm doanh nghiệp, HTX)", "Organisations (not enterprises)", slug="to-chuc"
    ),
    "foreign_organisation": Term("Tổ chức nước ngoài", "Foreign organisations", slug="to-chuc-nuoc-ngoai"),
    "cooperative": Term("Hợp tác xã", "Cooperatives", slug="hop-tac-xa"),
}

ChannelKind = Literal["in_person", "online", "post"]
CHANNELS: dict[str, Term] = {
    "in_person": Term("Trực tiếp", "In person", "Nộp tại nơi tiếp nhận", "File at the counter"),
    "online": Term("Trực tuyến", "Online", "Nộp qua mạng", "File over the internet"),
    "post": Term("Dịch vụ bưu chính", "By post", "Gửi qua bưu điện", "Send it by post"),
}

TimeUnit = Literal["working_day", "day", "hour", "month"]
TIME_UNITS: dict[str, Term] = {
    "working_day": Term("ngày làm việc", "working days"),
    "day": Term("ngày", "days"),
    "hour": Term("giờ", "hours"),
    "month": Term("tháng", "months"),
}

FeeKind = Literal["charge", "fee"]
FEE_KINDS: dict[str, Term] = {
    "charge": Term("Phí", "Charge"),
    "fee": Term("Lệ phí", "Fee"),
}

ONLINE_LEVELS: dict[int, Term] = {
    1: Term("Mức độ 1", "Level 1", "Xem thông tin trên mạng", "Read about it online"),
    2: Term("Mức độ 2", "Level 2", "Tải mẫu đơn trên mạng, nộp bản giấy", "Get the forms online, file on paper"),
    3: Term(
        "Mức độ 3",
        "Level 3",
        "Nộp hồ sơ qua mạng, trả phí và nhận kết quả tại chỗ",
        "File online, pay and get the result at the counter",
    ),
    4: Term("Mức độ 4", "Level 4", "Làm toàn bộ qua mạng, kể cả trả phí", "Do all of it online, paying included"),
}

OnlineMode = Literal["information", "partial", "full"]
ONLINE_MODES: dict[str, Term] = {
    "information": Term(
        "Cung cấp thông tin trực tuyến",
        "Information online",
        "Xem thông tin trên mạng, nộp hồ sơ giấy",
        "Read about it online, file on paper",
        "thong-tin",
    ),
    "partial": Term(
        "Dịch vụ công trực tuyến một phần",
        "Partly online",
        "Làm một phần qua mạng, còn lại phải đến nơi hoặc gửi giấy",
        "Do a part of it online; the rest at a counter or by post",
        "mot-phan",
    ),
    "full": Term(
        "Dịch vụ công trực tuyến toàn trình",
        "Fully online",
        "Làm toàn bộ qua mạng, không phải đến cơ quan",
        "Do all of it online, without going to the agency",
        "toan-trinh",
    ),
}

ProcedureKind = Literal["detailed_by_law", "not_delegated", "specific", "other"]
PROCEDURE_KINDS: dict[str, Term] = {
    "detailed_by_law": Term("TTHC được luật giao quy định chi tiết", "Detailed under a law"),
    "not_delegated": Term(
        "TTHC không được luật giao cho địa phương quy định hoặc quy định chi tiết", "Not delegated to localities"
    ),
    "specific": Term("TTHC đặc thù", "Specific"),
    "other": Term("Loại khác", "Other"),
}

ProcedureStatus = Literal["in_force", "suspended", "abolished"]
PROCEDURE_STATUSES: dict[str, Term] = {
    "in_force": Term("Còn hiệu lực", "In force"),
    "suspended": Term("Tạm ngưng hiệu lực", "Suspended"),
    "abolished": Term("Đã bãi bỏ", "Abolished"),
}

LifecycleState = Literal["active", "renamed", "merged", "split", "dissolved"]
LIFECYCLE_STATES: dict[str, Term] = {
    "active": Term("Đang hoạt động", "Active"),
    "renamed": Term("Đã đổi tên", "Renamed"),
    "merged": Term("Đã hợp nhất", "Merged"),
    "split": Term("Đã chia tách", "Split"),
    "dissolved": Term("Đã giải thể", "Dissolved"),
}

LegalState = Literal["in_force", "partly_expired", "expired", "not_yet"]
LEGAL_STATES: dict[str, Term] = {
    "in_force": Term("Còn hiệu lực", "In force"),
    "partly_expired": Term(
        "Hết hiệu lực một phần",
        "Partly expired",
        "Văn bản khác đã sửa đổi hoặc bãi bỏ một phần",
        "Another document has changed or abolished a part of it",
    ),
    "expired": Term("Hết hiệu lực", "Expired", "Không còn dùng làm căn cứ", "No longer a legal basis"),
    "not_yet": Term("Chưa có hiệu lực", "Not yet in force"),
}

LifeEventGroup = Literal["citizen", "business"]
LIFE_EVENT_GROUPS: dict[str, Term] = {
    "citizen": Term("Cho người dân", "For citizens"),
    "business": Term("Cho người làm ăn, doanh nghiệp", "For businesses"),
}

Language = Literal["vi", "en"]
"""Languages that a page's text may be in; the portal's own words are in one of them too: the setting DEFAULT_LANG."""
IN_WHOLE: frozenset[str] = frozenset({"en"})
"""Languages in which a page has all that stands around it as well, whatever the portal's own; in others the portal's
own words stay as they are, and are marked."""
LANGUAGES: dict[str, Term] = {
    "vi": Term("Tiếng Việt", "Vietnamese"),
    "en": Term("Tiếng Anh", "English"),
}

PublicationStatus = Literal["published", "draft"]
PUBLICATION_STATUSES: dict[str, Term] = {
    "published": Term("Đã đăng", "Published"),
    "draft": Term("Bản nháp", "Draft"),
}


def terms_of(keys: Iterable[str]) -> Mapping[str, Term]:
    """The terms of the closed list that has these keys; empty where none has."""
    wanted = set(keys)
    lists = (
        AGENCY_KINDS, PERFORMING_LEVELS, AUDIENCES, CHANNELS, TIME_UNITS, FEE_KINDS, ONLINE_MODES, PROCEDURE_KINDS,
        PROCEDURE_STATUSES, LIFECYCLE_STATES, LEGAL_STATES, LIFE_EVENT_GROUPS, LANGUAGES, PUBLICATION_STATUSES,
    )  # fmt: skip
    return next((terms for terms in lists if terms.keys() == wanted), {})
