"""Real records of the national database for a corpus, as a crawl left them; `plugins.importing.national` converts."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from plugins.importing.national import Draft
from plugins.importing.national.cleaning import one_line
from plugins.importing.national.web_records import WebRecord, convert
from plugins.portal.problems import PortalError
from plugins.portal.procedure import Procedure
from plugins.portal.validation import field_name
from tools.corpus.plan import RecordCount, SkippedRecord
from tools.corpus.vocabulary import SubjectKey

MAX_BYTES = 200_000_000
"""What a file may hold, unpacked: four times what the nation's 6,000 procedures take, for it is held in memory."""
MINISTRIES: dict[str, SubjectKey] = {
    "bo-tai-chinh": "finance",
    "bo-nong-nghiep-mt": "agriculture",
    "bo-xay-dung": "construction",
    "bo-cong-an": "transport",
    "bo-tu-phap": "justice",
    "ngan-hang-nha-nuoc": "investment",
    "toa-an-nhan-dan": "justice",
}
"""Which of our subjects the records of a ministry go to, so that an agency can own them."""


@dataclass(frozen=True)
class RealProcedure:
    """A record as a valid procedure, without its online level."""

    procedure: Procedure
    field_name: str
    subject: SubjectKey
    online: bool
    """Whether it can be filed online."""


def read_records(path: Path) -> tuple[list[RealProcedure], RecordCount]:
    """The valid procedures of a file of JSON lines, gzipped or not, in its order, and the count of all its records.

    Raises `PortalError` where the file is missing or is not such a file.
    """
    procedures: list[RealProcedure] = []
    skipped: list[SkippedRecord] = []
    lines: dict[str, int] = {}
    read = duplicates = 0
    for line, raw in _raw_records(path):
        read += 1
        code = one_line(raw.ma_thu_tuc)
        if code in lines:
            duplicates += 1
            continue
        lines[code] = line
        converted = convert(raw)
        if isinstance(converted, Draft):
            procedures.append(_real(converted, raw.bo))
        else:
            skipped.append(SkippedRecord(line, code, converted.reason.render()))
    if read == 0:
        raise PortalError(f"{path} holds no records")
    return procedures, RecordCount(read, len(procedures), 0, duplicates, tuple(skipped))


def _real(draft: Draft, ministry: str) -> RealProcedure:
    online = any(channel.kind == "online" for channel in draft.procedure.channels)
    return RealProcedure(draft.procedure, draft.field_name, MINISTRIES.get(ministry, "home_affairs"), online)


def _raw_records(path: Path) -> Iterator[tuple[int, WebRecord]]:
    for number, line in enumerate(_contents(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, WebRecord.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            if first["type"] == "json_invalid":
                raise PortalError(f"{path}, line {number}: not JSON: write one record a line") from error
            if not first["loc"]:
                raise PortalError(f"{path}, line {number}: not a record with named fields") from error
            missing = first["type"] == "missing"
            what = "is missing" if missing else "must be text"
            raise PortalError(f"{path}, line {number}: {field_name(first['loc'])} {what}") from error


def _unpacked(stream: IO[bytes], path: Path) -> bytes:
    """What comes out of a gzip file: as much as a file may hold, and one byte more to tell that there is more."""
    try:
        with gzip.GzipFile(fileobj=stream) as members:
            return members.read(MAX_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise PortalError(f"{path} is a damaged gzip file: fetch it again") from error


def _contents(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            zipped = stream.peek(2).startswith(b"\x1f\x8b")
            written = _unpacked(stream, path) if zipped else stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PortalError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(written) > MAX_BYTES:
        raise PortalError(f"{path} holds more than {MAX_BYTES} bytes: split it")
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise PortalError(f"{path}, line {line}: not UTF-8: give JSON lines, gzipped or not") from error
