"""PDF files of a few objects, put together by hand: text with its letters explained, pictures of paper, and traps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LETTERS = b"""\
/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
4 beginbfrange <0000> <01FF> <0000> <0300> <032F> <0300> <1E00> <1EFF> <1E00> <E000> <E00F> <E000> endbfrange
endcmap end end"""
"""Each code is the letter itself (UTF-16), of those that Vietnamese has."""
HEAD = (
    "UBND TỈNH HẬU GIANG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "SỞ Y TẾ Độc lập - Tự do - Hạnh phúc",
    "Số: 15/2019/QĐ-SYT Hậu Giang, ngày 9 tháng 10 năm 2019",
    "QUYẾT ĐỊNH",
    "Ban hành Quy chế phối hợp phòng,",
    "chống dịch",
    "__________",
)
BODY = (
    "GIÁM ĐỐC SỞ Y TẾ",
    "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ quy định chi tiết một",
    "số điều;",
    "Điều 1. Phạm vi",
    "1. Quy chế này áp dụng cho các trạm y tế,",
    "các bệnh viện.",
    "2. Các đơn vị khác làm theo.",
    "Điều 2. Hiệu lực",
    "Quyết định này có hiệu lực từ ngày 01 tháng 11 năm 2019.",
)


def stream(content: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def pdf_file(
    *pages: Sequence[str],
    catalog: str = "",
    page: str = "",
    font: str = "Chu",
    more: Mapping[int, bytes] | None = None,
    trailer: str = "",
) -> bytes:
    """A file with a page for each list of lines; `catalog`, `page` and `trailer` are further entries of these.

    Objects of one's own have numbers from 9000 on.
    """
    objects: dict[int, bytes] = {
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H /DescendantFonts [4 0 R]"
           b" /ToUnicode 5 0 R >>" % font.encode(),
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Chu /DW 500"
           b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: stream(LETTERS),
    }  # fmt: skip
    kids = []
    for number, lines in enumerate(pages):
        drawn = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -16 Td " for line in lines)
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {11 + 2 * number} 0 R {page} >>"
        ).encode()
        objects[11 + 2 * number] = stream(f"BT /F 12 Tf 60 780 Td {drawn} ET".encode())
        kids.append(f"{10 + 2 * number} 0 R")
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects |= more or {}
    written, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in sorted(objects.items()):
        places[number] = len(written)
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(written)
    written += f"xref\n0 1\n{0:010d} 65535 f \n".encode()
    for number, position in places.items():
        written += f"{number} 1\n{position:010d} 00000 n \n".encode()
    written += f"trailer\n<< /Size {max(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(written)


def signed_decision() -> bytes:
    """A whole decision, on two pages."""
    return pdf_file([*HEAD, *BODY[:4]], ["2", *BODY[4:]])
