"""PDF files that somebody made to break what reads them, or to keep it busy for ever."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.writer import PdfFileWriter

from tests.documents.signed import blank

FORM = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields {fields} >> >>"
NO_PAGES = "<< /Type /Pages /Kids [] /Count 0 >>"


def written(*objects: str | bytes, trailer: str = "") -> bytes:
    """A file of objects numbered from 1, of which the first is the catalogue; with a table that says where they are."""
    file, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start = len(file)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return bytes(file) + head.encode() + end.encode()


def pages(number: int) -> bytes:
    """So many empty pages."""
    kids = " ".join(f"{page} 0 R" for page in range(3, number + 3))
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {number} >>"
    return written("<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * number)


def with_script() -> bytes:
    writer = PdfFileWriter()
    script = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("while(true){app.alert('x')}")}
    )
    writer.root[pdf_name("/OpenAction")] = script
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def bomb() -> bytes:
    """A gigabyte of fields in a stream of a few megabytes."""
    squeezer, parts = zlib.compressobj(1), []
    for _ in range(1_100):
        parts.append(squeezer.compress(b"[" * 2**20))
    body = b"".join(parts) + squeezer.flush()
    stream = f"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {len(body)} >>\nstream\n".encode()
    held = stream + body + b"\nendstream"
    return _in_a_stream(held)


def _in_a_stream(held: bytes) -> bytes:
    """A file whose catalogue is object 5, the first of those in the stream `held`, which is object 3."""
    file = b"%PDF-1.7\n"
    offset = len(file)
    file += b"3 0 obj\n" + held + b"\nendobj\n"
    start = len(file)
    entries = b"\0\0\0\0\0\xff" + b"\0" * 12 + b"\1" + offset.to_bytes(4, "big") + b"\0"
    entries += b"\1" + start.to_bytes(4, "big") + b"\0" + b"\2" + (3).to_bytes(4, "big") + b"\0"
    about = f"<< /Type /XRef /Size 6 /W [1 4 1] /Root 5 0 R /Length {len(entries)} >>\nstream\n"
    return file + b"4 0 obj\n" + about.encode() + entries + f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode()


def endless() -> bytes:
    """What the reader of fields goes through again and again, longer than anybody waits."""
    return written(FORM.format(fields=f"[{'3 0 R ' * 1_500_000}]"), NO_PAGES, "<< /T (a) /FT /Sig >>")


HOSTILE: dict[str, Callable[[], bytes]] = {
    "no table": lambda: b"%PDF-1.7\nstartxref\n99999999999\n%%EOF\n",
    "table that leads to itself": lambda: written(FORM.format(fields="[]"), NO_PAGES, trailer="/Prev 9"),
    "object that is itself": lambda: written("1 0 R", NO_PAGES),
    "field below itself": lambda: written(
        FORM.format(fields="[3 0 R]"), NO_PAGES, "<< /T (a) /FT /Sig /Kids [3 0 R] >>"
    ),
    "fields below each other": lambda: written(
        FORM.format(fields="[3 0 R]"), NO_PAGES, "<< /T (a) /Kids [4 0 R 4 0 R] >>", "<< /T (b) /Kids [3 0 R 3 0 R] >>"
    ),
    "nested lists": lambda: written(FORM.format(fields="[" * 100_000), NO_PAGES),
    "nested in a stream": bomb,
    "signature of nothing": lambda: written(
        FORM.format(fields="[3 0 R]"), NO_PAGES,
        "<< /T (a) /FT /Sig /V << /Type /Sig /ByteRange [0 99999999999999 -5 7] /Contents <00> >> >>",
    ),
    "many names for one": lambda: written(
        FORM.format(fields=f"[{'3 0 R ' * 3_000}]"), NO_PAGES, "<< /T (a) /FT /Sig >>"
    ),
    "zeros": lambda: b"%PDF-1.7\n" + b"\0" * 100_000,
    "ends of files": lambda: b"%PDF-1.7\n" + b"startxref\n0\n%%EOF\n" * 500_000,
    "nothing but a script": with_script,
    "ten thousand pages": lambda: pages(10_000),
    "half of one": lambda: blank()[:200],
}  # fmt: skip
