"""Word files, put together part by part: whatever an office may send, and whatever somebody may send instead."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = """\
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
ROOT_RELATIONS = f"""\
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""


def run(words: str, *, font: str = "", bold: bool = False, italic: bool = False) -> str:
    """A run; `\\n` in it breaks the line."""
    properties = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    properties += "<w:b/>" * bold + "<w:i/>" * italic
    letters = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{letters}</w:r>"


def paragraph(*runs: str, bold: bool = False, style: str = "", numbered: str = "") -> str:
    """A paragraph of runs, or of plain words."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>'
    inner = "".join(words if words.startswith("<w:") else run(words, bold=bold) for words in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: Sequence[Sequence[str]]) -> str:
    """A table: rows of cells of paragraphs."""
    written = "".join(
        "<w:tr>"
        + "".join(
            "<w:tc>" + "".join(words if words.startswith("<w:") else paragraph(words) for words in cell) + "</w:tc>"
            for cell in row
        )
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{written}</w:tbl>"


def relations(*targets: tuple[str, str, str]) -> str:
    """Relationships by id: kind, target; external where the target has a scheme."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for name, kind, target in targets
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def word_file(*blocks: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A file of these blocks; `parts` are further ones, or others in the place of its own."""
    document = f"<w:document {W} {R}><w:body>{''.join(blocks)}</w:body></w:document>"
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES, "_rels/.rels": ROOT_RELATIONS, "word/document.xml": document,
    }  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (written | dict(parts or {})).items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 9, 5, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def head(
    *, number: str = "Số: 12/2019/QĐ-SYT", day: str = "Hậu Giang, ngày 05 tháng 9 năm 2019", agency: str = "SỞ Y TẾ"
) -> str:
    """The table above a document, without lines."""
    return table(
        [
            ["UBND TỈNH HẬU GIANG", agency, "_______", number],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "_______", day],
        ]
    )


FOOT = table([
    ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."],
    ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "(Đã ký)", "Nguyễn Văn Mẫu"],
])  # fmt: skip
TITLE = "Ban hành Quy định về tiêm chủng lưu động"


def decision(
    *,
    above: str = "",
    title: str = TITLE,
    begins: str = "ngày 15 tháng 9 năm 2019",
    foot: str = FOOT,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A whole decision."""
    return word_file(
        above or head(),
        paragraph("QUYẾT ĐỊNH", bold=True),
        paragraph(title, bold=True),
        paragraph("__________"),
        paragraph("GIÁM ĐỐC SỞ Y TẾ", bold=True),
        paragraph("Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;"),
        paragraph("QUYẾT ĐỊNH:", bold=True),
        paragraph(run("Điều 1.", bold=True), " Ban hành kèm theo Quyết định này Quy định về tiêm chủng lưu động."),
        paragraph("Điều 2. Hiệu lực", bold=True),
        paragraph(f"1. Quyết định này có hiệu lực thi hành kể từ {begins}."),
        paragraph("a) Trừ khoản 2."),
        paragraph("2. Các trạm y tế làm theo."),
        table(
            [["Trạm"], ["Ngày"]], [["Vị Thanh"], ["16/9"]], [["Ngã Bảy"], ["17/9"]]
        ),
        foot,
        parts=parts,
    )  # fmt: skip
