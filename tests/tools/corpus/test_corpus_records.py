"""Real records for a corpus: our own words in the shape of the crawl, then the crawl itself if it is there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from plugins.portal.problems import PortalError
from plugins.portal.procedure import Procedure
from plugins.portal.yaml_source import parse_yaml
from tests.importing.national_records import RECORD
from tests.needed import shared
from tools.corpus import CorpusPlan, SkippedRecord, write_corpus
from tools.corpus.records import MAX_BYTES, read_records

SHARED = Path(__file__).parents[4] / "shared" / "data" / "tthc-clean.jsonl.gz"


def written(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_duplicates_and_skipped_records_are_counted(tmp_path: Path) -> None:
    other, wrong = {**RECORD, "ma_thu_tuc": "1.000001"}, {**RECORD, "ma_thu_tuc": "9.000001"}
    path = written(tmp_path / "records.jsonl", RECORD, other, "", RECORD, wrong)
    found, count = read_records(path)
    assert [each.procedure.code for each in found] == ["2.000200", "1.000001"]
    assert [(each.subject, each.online) for each in found] == [("justice", True), ("justice", True)]
    assert (count.read, count.converted, count.duplicates) == (4, 2, 1)
    assert count.skipped == (
        SkippedRecord(5, "9.000001", 'no code of the form 1.001193, but "9.000001": mend the code in the source'),
    )


@pytest.mark.parametrize("zipped", [False, True])
def test_made_up_procedures_fill_what_the_records_leave(tmp_path: Path, zipped: bool) -> None:
    records = [
        {**RECORD, "ma_thu_tuc": f"1.{number:06d}", "ten_thu_tuc": f"Thủ tục {number}"} for number in range(1, 8)
    ]
    path = written(tmp_path / "records.jsonl", *records)
    if zipped:
        path.write_bytes(gzip.compress(path.read_bytes()))
    plan = CorpusPlan(agencies=4, procedures=20, news=5, pages=5, procedures_from=path)
    summary = write_corpus(tmp_path / "content", plan)
    assert (summary.procedures, summary.records.used, summary.records.read) == (20, 7, 7)
    assert sum(summary.levels.values()) == 20
    assert len(list((tmp_path / "content").glob("**/procedures/1.00000[1-7].yaml"))) == 7
    few = CorpusPlan(agencies=4, procedures=3, news=5, pages=5, procedures_from=path)
    assert write_corpus(tmp_path / "few", few).records.used == 3


def test_records_without_an_online_channel_are_the_last_to_get_a_high_level(tmp_path: Path) -> None:
    in_person = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp3 NgàyMiễn phí"
    records = [
        {**RECORD, "ma_thu_tuc": f"1.{number:06d}", **({} if number <= 12 else {"cach_thuc_thuc_hien": in_person})}
        for number in range(1, 41)
    ]
    path = written(tmp_path / "records.jsonl", *records)
    write_corpus(tmp_path / "content", CorpusPlan(2, 40, 0, 0, procedures_from=path))
    files = (tmp_path / "content").glob("**/procedures/*.yaml")
    made = [Procedure.model_validate(parse_yaml(file.read_text(encoding="utf-8")).value) for file in files]
    high = [one for one in made if one.online_level != 2]

    assert (len(made), len(high)) == (40, 11)
    assert [one.code for one in high if not any(channel.kind == "online" for channel in one.channels)] == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([RECORD, "{nothing"], ", line 2: not JSON: write one record a line"),
        (["[1, 2]"], ", line 1: not a record with named fields"),
        ([RECORD, RECORD, {"ma_thu_tuc": "1.000001"}], ", line 3: ten_thu_tuc is missing"),
        ([{**RECORD, "ma_thu_tuc": 2.0002}], ", line 1: ma_thu_tuc must be text"),
        ([""], " holds no records"),
    ],
)
def test_a_file_that_holds_no_records_is_refused_with_the_line(tmp_path: Path, lines: list[object], said: str) -> None:
    path = written(tmp_path / "records.jsonl", *lines)
    with pytest.raises(PortalError) as refused:
        write_corpus(tmp_path / "content", CorpusPlan(1, 5, 1, 1, procedures_from=path))
    assert str(refused.value) == f"{path}{said}"
    assert not (tmp_path / "content").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, " cannot be read: No such file or directory"),
        (gzip.compress(b"some records", mtime=0)[:-9], " is a damaged gzip file: fetch it again"),
        (b"\x1f\x8bnothing of the kind", " is a damaged gzip file: fetch it again"),
        (b"{}\n\xff\xfe", ", line 2: not UTF-8: give JSON lines, gzipped or not"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "records.jsonl.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PortalError) as refused:
        read_records(path)
    assert str(refused.value) == f"{path}{said}"


def test_a_file_that_is_too_large_is_refused_by_what_comes_out_of_it(tmp_path: Path) -> None:
    plain, bomb = tmp_path / "records.jsonl", tmp_path / "records.jsonl.gz"
    with plain.open("wb") as sparse:
        sparse.truncate(MAX_BYTES + 1)
    with gzip.open(bomb, "wb", compresslevel=1) as stream:
        for _ in range(MAX_BYTES // 1_000_000 + 1):
            stream.write(b" " * 1_000_000)
    assert bomb.stat().st_size < 1_000_000
    for path in (plain, bomb):
        with pytest.raises(PortalError) as refused:
            read_records(path)
        assert str(refused.value) == f"{path} holds more than 200000000 bytes: split it"


@pytest.mark.shared
def test_every_real_record_converts_or_is_skipped_with_a_reason(tmp_path: Path) -> None:
    plan = CorpusPlan(agencies=50, procedures=3_000, news=20, pages=102, procedures_from=shared(SHARED))
    summary = write_corpus(tmp_path / "content", plan)
    records = summary.records
    assert records.read == 2_625
    assert records.converted + records.duplicates + len(records.skipped) == records.read
    assert records.skipped == ()
    assert records.used == records.converted == 2_625
    for file in (tmp_path / "content").glob("**/procedures/*.yaml"):
        Procedure.model_validate(parse_yaml(file.read_text(encoding="utf-8")).value)
    assert sum(summary.levels.values()) == 3_000
