"""Real records made into procedures: our own words in the shape of the crawl, then the crawl itself if it is there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from time import perf_counter

import pytest

from plugins.corpus import CorpusPlan, SkippedRecord, write_corpus
from plugins.corpus.records import RawRecord, RealProcedure, convert, plain, read_records, text
from plugins.portal.problems import PortalError
from plugins.portal.procedure import Channel, Fee, Form, LegalBasis, Paper, Procedure, Result, TimeLimit
from plugins.portal.yaml_source import parse_yaml

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tthc-clean.jsonl.gz"
RECORD = {
    "ma_thu_tuc": "2.000200",
    "ten_thu_tuc": "Cấp  thẻ\tthử nghiệm\u200b",
    "linh_vuc": "Thử nghiệm – mẫu",
    "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
    "so_quyet_dinh": "12/QĐ-THU",
    "loai_thu_tuc": "Loại khác",
    "doi_tuong_thuc_hien": "Cán bộ, công chức, viên chức, Tổ chức (không bao gồm doanh nghiệp, HTX), Hợp tác xã",
    "co_quan_thuc_hien": "Sở Thử nghiệm, Chi cục Giao thông, Thủy lợi",
    "trinh_tu_thuc_hien": "Bước 1: Nộp đơn.\n+ nộp ở quầy\nBước 2. Nhận thẻ.\nTrường hợp ở xa:\n"
    "- Bước 1: Gửi thư.\nBước 2: Chờ.",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày làm việc20,000 Việt Nam Đồng"
    "((một) thẻ)Nộp cả ngày nghỉTrực tiếp1Miễn phí",
    "thanh_phan_ho_so": "Người lớnTên giấy tờMẫu đơn, tờ khaiSố lượngĐơn xin thẻ (mẫu A).don-a.docx1 bản chínhẢnh màu"
    "0 bản chính,2 bản saoTrẻ emTên giấy tờMẫu đơn, tờ khaiSố lượngGiấy của cha mẹ1 bản chính",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnNghị định về thẻ12/2015/NĐ-CP"
    "Luật Thẻ số 3/2014/QH13 ngày mẫu3/2014/QH13",
    "ket_qua_xu_ly": "Thẻ thử nghiệmMã: KQ.G15.000031Thư từ chốiMã: KQ.G15.000032"
    "Từ khóaKhông có thông tinMô tảRác của trang",
    "yeu_cau_dieu_kien": "Không có thông tin",
    "bo": "bo-tu-phap",
}


def raw(**changes: str) -> RawRecord:
    return RawRecord.model_validate({**RECORD, **changes})


def converted(**changes: str) -> Procedure:
    found = convert(raw(**changes))
    assert isinstance(found, RealProcedure)
    return found.procedure


def written(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_record_becomes_a_procedure() -> None:
    found = convert(raw())
    assert isinstance(found, RealProcedure)
    assert (found.field_name, found.subject, found.online) == ("Thử nghiệm – mẫu", "justice", True)
    procedure = found.procedure
    assert procedure.code == "2.000200"
    assert procedure.name == "Cấp thẻ thử nghiệm"
    assert procedure.decision is not None
    assert procedure.decision.number == "12/QĐ-THU"
    assert procedure.field == "thu-nghiem-mau"
    assert procedure.kind == "other"
    assert procedure.performed_by == ("province", "commune")
    assert procedure.performing_bodies == ("Sở Thử nghiệm", "Chi cục Giao thông, Thủy lợi")
    assert procedure.conditions == ()
    assert procedure.online_level is None


def test_audiences_are_matched_whole_not_split_at_their_commas() -> None:
    assert converted().audiences == ("civil_servant", "organisation", "cooperative")
    every = "Doanh nghiệp có vốn đầu tư nước ngoài, Doanh nghiệp, Tổ chức nước ngoài, Người nước ngoài"
    assert converted(doi_tuong_thuc_hien=every).audiences == (
        "foreign_invested_enterprise", "enterprise", "foreign_organisation", "foreigner",
    )  # fmt: skip


def test_steps_are_split_by_their_numbers_and_a_new_case_begins_where_they_begin_again() -> None:
    first, second = converted().steps
    assert (first.case, first.steps) == (None, ("Nộp đơn.\n+ nộp ở quầy", "Nhận thẻ."))
    assert (second.case, second.steps) == ("Trường hợp ở xa:", ("Gửi thư.", "Chờ."))


def test_steps_without_numbers_are_split_by_letters_or_kept_as_one() -> None:
    lettered = converted(trinh_tu_thuc_hien="Chung:\na) Nộp.\nb) Nhận.").steps
    assert [(case.case, case.steps) for case in lettered] == [("Chung:", ("Nộp.", "Nhận."))]
    assert [case.steps for case in converted(trinh_tu_thuc_hien="Nộp rồi nhận.").steps] == [("Nộp rồi nhận.",)]
    assert converted(trinh_tu_thuc_hien="Không có thông tin").steps == ()


def test_channels_keep_times_fees_and_the_rest_as_a_note() -> None:
    assert converted().channels == (
        Channel(
            kind="online",
            time_limits=(TimeLimit(amount=5, unit="working_day"),),
            fees=(Fee(amount=20_000, note="(một) thẻ"),),
            note="Nộp cả ngày nghỉ",
        ),
        Channel(kind="in_person", time_limits=(TimeLimit(note="1 (nguồn không ghi đơn vị)"),), fees=(Fee(amount=0),)),
    )


def test_fees_that_are_no_amount_of_dong_stay_text() -> None:
    table = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp0 Ngày10 USD(/lần)"
    assert converted(cach_thuc_thuc_hien=table).channels == (
        Channel(kind="in_person", time_limits=(TimeLimit(note="0 ngày"),), fees=(Fee(note="10 USD /lần"),)),
    )
    assert converted(cach_thuc_thuc_hien="Gọi điện trước").channels == (
        Channel(kind="in_person", note="Gọi điện trước"),
    )


def test_papers_keep_their_case_their_counts_and_their_form() -> None:
    adult, child = converted().papers
    assert (adult.case, child.case) == ("Người lớn", "Trẻ em")
    assert adult.papers == (
        Paper(name="Đơn xin thẻ (mẫu A).", originals=1, forms=(Form(name="don-a.docx"),)),
        Paper(name="Ảnh màu", copies=2),
    )
    assert child.papers == (Paper(name="Giấy của cha mẹ", originals=1),)
    assert converted(thanh_phan_ho_so="--").papers == ()


def test_legal_basis_and_results_are_told_apart_where_the_crawl_ran_them_together() -> None:
    procedure = converted()
    assert procedure.legal_basis == (
        LegalBasis(title="Nghị định về thẻ", number="12/2015/NĐ-CP"),
        LegalBasis(title="Luật Thẻ số 3/2014/QH13 ngày mẫu", number="3/2014/QH13"),
    )
    assert procedure.results == (
        Result(name="Thẻ thử nghiệm", code="KQ.G15.000031"),
        Result(name="Thư từ chối", code="KQ.G15.000032"),
    )


def test_text_is_cleaned_and_cut_to_what_a_field_holds() -> None:
    decomposed = "Ho\u0323\u0302 ti\u0323ch"
    assert plain(f" {decomposed}\u00a0\u200emới\ud800 ") == "Hộ tịch mới"
    assert text("a\r\n\r\n\r\n\r\n\uf0fc b\tc\x07") == "a\n\n- b c"
    assert text("Không có thông tin.") is None
    assert converted(ten_thu_tuc="n" * 2_000).name == "n" * 1_199 + "…"
    assert len(converted(dia_chi_tiep_nhan="đ" * 9_000).reception_address or "") == 2_000


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ma_thu_tuc": "9.002544"}, "the code is not of the form 1.001193"),
        ({"linh_vuc": "Không có thông tin"}, "it names no field of administration"),
        ({"cap_thuc_hien": "Cấp ấp"}, "it names no level that performs it"),
        ({"ten_thu_tuc": ""}, "name: string_too_short"),
    ],
)
def test_a_record_that_makes_no_procedure_is_skipped_with_the_reason(changes: dict[str, str], reason: str) -> None:
    assert convert(raw(**changes)) == reason


def test_duplicates_and_skipped_records_are_counted(tmp_path: Path) -> None:
    other, wrong = {**RECORD, "ma_thu_tuc": "1.000001"}, {**RECORD, "ma_thu_tuc": "9.000001"}
    path = written(tmp_path / "records.jsonl", RECORD, other, "", RECORD, wrong)
    found, count = read_records(path)
    assert [each.procedure.code for each in found] == ["2.000200", "1.000001"]
    assert (count.read, count.converted, count.duplicates) == (4, 2, 1)
    assert count.skipped == (SkippedRecord(5, "9.000001", "the code is not of the form 1.001193"),)


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
    for file in (tmp_path / "content").glob("**/procedures/*.yaml"):
        procedure = Procedure.model_validate(parse_yaml(file.read_text(encoding="utf-8")).value)
        assert procedure.online_level == 2 or any(channel.kind == "online" for channel in procedure.channels)


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


@pytest.mark.shared
def test_every_real_record_converts_or_is_skipped_with_a_reason(tmp_path: Path) -> None:
    if not SHARED.is_file():
        pytest.skip(f"{SHARED} is not there")
    begun = perf_counter()
    plan = CorpusPlan(agencies=50, procedures=3_000, news=20, pages=102, procedures_from=SHARED)
    summary = write_corpus(tmp_path / "content", plan)
    assert perf_counter() - begun < 60
    records = summary.records
    assert records.read == 2_625
    assert records.converted + records.duplicates + len(records.skipped) == records.read
    assert records.skipped == ()
    assert records.used == records.converted == 2_625
    for file in (tmp_path / "content").glob("**/procedures/*.yaml"):
        Procedure.model_validate(parse_yaml(file.read_text(encoding="utf-8")).value)
    assert sum(summary.levels.values()) == 3_000
