"""Documents for the tests of search."""

from __future__ import annotations

from random import Random

from plugins.search.segments import Card, Document, Segment

SPOKEN = (
    "đăng ký kết hôn khai sinh tử cấp lại giấy phép lái xe quyền sử dụng đất hộ kinh doanh nhà ở xã tỉnh hồ sơ "
    "thủ tục chứng nhận hòa hoà thuỷ thủy sản lý lí bán lẻ rượu thuốc lá trợ thất nghiệp bảo hiểm y tế"
)
SYLLABLES = SPOKEN.split()
LAWS = ["60/2014/QH13", "12/2019/QĐ-UBND", "15/2015/TT-BTP"]


def document(title: str, *keywords: str, body: str = "", weight: float = 1.0, code: str = "1.000001") -> Document:
    card = Card(title, f"thu-tuc/{code}/", code, body[:20], (("co-quan", "tinh", "Tỉnh"),), weight)
    return Document(card, ((title, code), keywords, (body,)))


def made_up(count: int, seed: int) -> list[Document]:
    """Documents of everyday syllables, some common and some rare, a few of less weight."""
    random = Random(seed)  # noqa: S311  # tests

    def said(least: int, most: int) -> str:
        places = (int(len(SYLLABLES) * random.random() ** 2) for _ in range(random.randint(least, most)))
        return " ".join(SYLLABLES[place] for place in places)

    return [
        document(
            said(2, 9),
            *(said(1, 3) for _ in range(random.randint(0, 3))),
            body=f"{said(5, 60)}. {random.choice(LAWS)} {said(0, 9)}",
            weight=random.choice([1.0, 1.0, 1.0, 0.3]),
            code=f"1.{number:06d}",
        )
        for number in range(count)
    ]


def segments(sites: int, documents: int, seed: int) -> list[tuple[str, Segment]]:
    """The segments of some sites, of different sizes."""
    return [
        (f"so-{site}", Segment.of(made_up(documents * (site + 1) // sites + 1, seed + site))) for site in range(sites)
    ]
