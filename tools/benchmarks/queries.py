"""What is asked of both engines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QueryPair:
    """A query to an empty cache, and the next one on the same page."""

    cold: str
    second: str


# With diacritics, without them and mixed, of two to six syllables, common words and rare ones.
DEFAULT_QUERIES = (
    QueryPair("đăng ký kết hôn", "đăng ký khai sinh"),
    QueryPair("cap lai giay phep lai xe", "doi giay phep lai xe"),
    QueryPair("xin phep xay nha", "giấy phép xây dựng nhà ở"),
    QueryPair("giấy chứng nhận quyền sử dụng đất", "tach thua dat"),
    QueryPair("ho ngheo", "trợ cấp xã hội hàng tháng"),
    QueryPair("thành lập hộ kinh doanh", "dang ky thay doi ho kinh doanh"),
    QueryPair("kham chua benh", "thẻ bảo hiểm y tế"),
    QueryPair("khai thác nước dưới đất", "phong chay chua chay"),
)
