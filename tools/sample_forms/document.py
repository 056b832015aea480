"""One form as a Word document (ECMA-376): what a form needs, and nothing of what makes its bytes change."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

FOOT = "Mẫu của bản trình diễn, không dùng để nộp hồ sơ thật."
_DAY = (2019, 9, 24, 0, 0, 0)
_WIDTH = 9354
"""Of the text of an A4 page with margins of 3 and 2 cm, in twentieths of a point."""
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def write_form(file: Path, title: str, addressee: str, fields: Sequence[str], signed: str) -> None:
    """Write a form: each of `fields` a line to fill in; one that ends in a colon heads those after it."""
    body = "".join(_paragraphs(title, addressee, fields, signed))
    size = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1418"/>'
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}<w:sectPr>{size}</w:sectPr></w:body></w:document>"
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", document),
        ):  # fmt: skip
            archive.writestr(zipfile.ZipInfo(name, _DAY), text.encode(), zipfile.ZIP_DEFLATED)


def _paragraphs(title: str, addressee: str, fields: Sequence[str], signed: str) -> Iterator[str]:
    yield _paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align="center")
    yield _paragraph("Độc lập - Tự do - Hạnh phúc", bold=True, align="center", after=360)
    yield _paragraph(title.upper(), bold=True, align="center", size=30, after=240)
    yield _paragraph(f"Kính gửi: {addressee}", align="center", after=240)
    for field in fields:
        if field.endswith(":"):
            yield _paragraph(field, bold=True)
        else:
            yield _paragraph(f"{field}: ", line=True)
    yield _paragraph("Tôi cam đoan những điều khai trên đây là đúng và chịu trách nhiệm trước pháp luật.", after=240)
    yield _paragraph("………………, ngày …… tháng …… năm 20……", align="right", italic=True)
    yield _paragraph(signed, bold=True, align="right")
    yield _paragraph("(ký, ghi rõ họ tên)", align="right", italic=True, after=1200)
    yield _paragraph(FOOT, italic=True, size=20)


def _paragraph(
    text: str, *, bold: bool = False, italic: bool = False, align: str = "left", size: int = 26, after: int = 80,
    line: bool = False,
) -> str:  # fmt: skip
    """A paragraph; `line` is dotted to the right edge, `size` in half points, `after` in twentieths of a point."""
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_WIDTH}"/></w:tabs>' if line else ""
    looks = f"{'<w:b/>' * bold}{'<w:i/>' * italic}"
    font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    spacing = f'<w:spacing w:after="{after}" w:line="312" w:lineRule="auto"/>'
    return (
        f'<w:p><w:pPr>{tabs}{spacing}<w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{font}{looks}<w:sz w:val="{size}"/><w:lang w:val="vi-VN"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t>{"<w:tab/>" * line}</w:r></w:p>'
    )
