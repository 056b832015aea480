"""A sheet of the demonstration as PDF: with letters that can be copied, or as a picture that somebody scanned."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import fontpkg_be_vietnam_pro as typeface
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

WIDTH, HEIGHT, MARGIN = 595, 842, 64
"""Of A4, in points."""
_FONT = typeface.ROOT / "files" / "BeVietnamPro-Regular.ttf"
CREATED = "Đây là văn bản mẫu, viết ra để trình diễn: không cơ quan nào ban hành."


@dataclass(frozen=True)
class Line:
    """A line of the sheet."""

    words: str
    size: int = 11
    gap: int = 6
    """Points below it."""


@dataclass(frozen=True)
class Sheet:
    """What stands on it."""

    issuer: str
    number: str
    title: str
    day: str
    signer: str
    """Empty where nobody signed it."""

    def lines(self) -> Sequence[Line]:
        signed = (
            Line("Điều 3. Chữ ký số trong tệp do chứng thư mẫu tạo, không thay cho chữ ký của ai.", 11, 40),
            Line("CHỮ KÝ THỬ", 12),
            Line(self.signer),
            Line(self.day),
        )
        return (
            Line(CREATED, 10, 24),
            Line(self.issuer, 12),
            Line(f"Số: {self.number}"),
            Line(self.day, 11, 24),
            *(Line(part, 15) for part in _wrapped(self.title, 46)),
            Line("", 8),
            Line("Điều 1. Văn bản này không có hiệu lực ở đâu cả."),
            Line("Điều 2. Số, ngày, tên người đều được đặt ra."),
            *(signed if self.signer else ()),
        )


def _wrapped(words: str, width: int) -> list[str]:
    rows = [""]
    for word in words.split():
        rows[-1:] = [f"{rows[-1]} {word}".strip()] if len(rows[-1]) + len(word) < width else [rows[-1], word]
    return rows


def printed(sheet: Sheet) -> bytes:
    """The sheet with its letters, and those of the font that it uses."""
    lines = sheet.lines()
    writer = PdfFileWriter()
    font, codes = _font(writer, "".join(line.words for line in lines))
    drawn, top = [], HEIGHT - MARGIN
    for line in lines:
        top -= line.size
        hexadecimal = "".join(f"{codes[ord(letter)]:04X}" for letter in line.words)
        drawn.append(f"BT /F1 {line.size} Tf 1 0 0 1 {MARGIN} {top} Tm <{hexadecimal}> Tj ET")
        top -= line.gap
    if sheet.signer:
        drawn.append(f"0.1 0.3 0.6 RG {MARGIN - 10} {top} 240 64 re S")
    contents = writer.add_object(generic.StreamObject(stream_data="\n".join(drawn).encode("ascii")))
    resources = generic.DictionaryObject({pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F1"): font})})
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, WIDTH, HEIGHT)))
    writer.insert_page(PageObject(contents=contents, media_box=box, resources=resources))
    return _written(writer, sheet)


def scanned(sheet: Sheet) -> bytes:
    """A picture of the sheet, a little askew."""
    scale = 1.4
    picture = Image.new("L", (int(WIDTH * scale), int(HEIGHT * scale)), 244)
    draw, top = ImageDraw.Draw(picture), MARGIN * scale
    for line in sheet.lines():
        draw.text((MARGIN * scale, top), line.words, 40, ImageFont.truetype(_FONT, int(line.size * scale)))
        top += (line.size + line.gap) * scale * 1.25
    image = io.BytesIO()
    picture.rotate(0.7, Image.Resampling.BICUBIC, fillcolor=244).save(image, "JPEG", quality=38, optimize=True)
    writer = PdfFileWriter()
    stream = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Image"),
            pdf_name("/Width"): generic.NumberObject(picture.width),
            pdf_name("/Height"): generic.NumberObject(picture.height),
            pdf_name("/ColorSpace"): pdf_name("/DeviceGray"), pdf_name("/BitsPerComponent"): generic.NumberObject(8),
            pdf_name("/Filter"): pdf_name("/DCTDecode"),
        },
        encoded_data=image.getvalue(),
    )  # fmt: skip
    contents = writer.add_object(generic.StreamObject(stream_data=f"{WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do".encode("ascii")))
    pictures = generic.DictionaryObject({pdf_name("/I"): writer.add_object(stream)})
    resources = generic.DictionaryObject({pdf_name("/XObject"): pictures})
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, WIDTH, HEIGHT)))
    writer.insert_page(PageObject(contents=contents, media_box=box, resources=resources))
    return _written(writer, sheet)


def _written(writer: PdfFileWriter, sheet: Sheet) -> bytes:
    info = generic.DictionaryObject(
        {pdf_name("/Title"): pdf_string(sheet.title), pdf_name("/Subject"): pdf_string(CREATED)}
    )
    writer.set_info(info)
    writer.root[pdf_name("/Lang")] = pdf_string("vi")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _font(writer: PdfFileWriter, words: str) -> tuple[generic.IndirectObject, dict[int, int]]:
    """The letters that the words need (ISO 32000-1, 9.7.4, 9.10.3), and by letter its number in the font."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[])
    cutter = subset.Subsetter(options)
    font = TTFont(_FONT)
    cutter.populate(text=words)
    cutter.subset(font)
    stream = io.BytesIO()
    font.save(stream)
    codes = {letter: font.getGlyphID(name) for letter, name in font.getBestCmap().items()}
    scale = 1000 / font["head"].unitsPerEm
    widths = [round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()]
    file = generic.StreamObject(stream_data=stream.getvalue())
    file.compress()
    box = generic.ArrayObject([generic.NumberObject(value) for value in (-200, -300, 1200, 1100)])
    name = pdf_name("/BeVietnamPro-Regular")
    descriptor = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/FontDescriptor"), pdf_name("/FontName"): name,
            pdf_name("/Flags"): generic.NumberObject(32), pdf_name("/FontBBox"): box,
            pdf_name("/ItalicAngle"): generic.NumberObject(0), pdf_name("/Ascent"): generic.NumberObject(1000),
            pdf_name("/Descent"): generic.NumberObject(-265), pdf_name("/CapHeight"): generic.NumberObject(700),
            pdf_name("/StemV"): generic.NumberObject(80), pdf_name("/FontFile2"): writer.add_object(file),
        }
    )  # fmt: skip
    system = generic.DictionaryObject(
        {
            pdf_name("/Registry"): pdf_string("Adobe"), pdf_name("/Ordering"): pdf_string("Identity"),
            pdf_name("/Supplement"): generic.NumberObject(0),
        }
    )  # fmt: skip
    inner = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"), pdf_name("/Subtype"): pdf_name("/CIDFontType2"),
            pdf_name("/BaseFont"): name, pdf_name("/CIDSystemInfo"): system,
            pdf_name("/FontDescriptor"): writer.add_object(descriptor), pdf_name("/CIDToGIDMap"): pdf_name("/Identity"),
            pdf_name("/W"): generic.ArrayObject(
                [generic.NumberObject(0), generic.ArrayObject(map(generic.NumberObject, widths))]
            ),
        }
    )  # fmt: skip
    outer = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"), pdf_name("/Subtype"): pdf_name("/Type0"),
            pdf_name("/BaseFont"): name, pdf_name("/Encoding"): pdf_name("/Identity-H"),
            pdf_name("/DescendantFonts"): generic.ArrayObject([writer.add_object(inner)]),
            pdf_name("/ToUnicode"): writer.add_object(generic.StreamObject(stream_data=_letters(codes))),
        }
    )  # fmt: skip
    return writer.add_object(outer), codes


def _letters(codes: dict[int, int]) -> bytes:
    """Which letter each number of the font is."""
    rows = "\n".join(f"<{code:04X}> <{letter:04X}>" for letter, code in sorted(codes.items()))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /L def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    ).encode("ascii")
