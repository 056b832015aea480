"""Records of the crawl made into procedures: our own words in the shape of the crawl."""

from __future__ import annotations

import pytest

from plugins.importing.national import DoubtKind, Draft, Refusal
from plugins.importing.national.cleaning import clean, one_line
from plugins.importing.national.web_records import WebRecord, convert, convert_object
from plugins.portal.procedure import Channel, Fee, Form, LegalBasis, Paper, Procedure, Result, TimeLimit
from tests.importing.national_records import RECORD


def drafted(**changes: str) -> Draft:
    found = convert(WebRecord.model_validate({**RECORD, **changes}))
    assert isinstance(found, Draft)
    return found


def converted(**changes: str) -> Procedure:
    return drafted(**changes).procedure


def kinds(**changes: str) -> list[tuple[str, DoubtKind]]:
    return [(doubt.field, doubt.kind) for doubt in drafted(**changes).doubts]


def refused(**changes: str) -> Refusal:
    found = convert(WebRecord.model_validate({**RECORD, **changes}))
    assert isinstance(found, Refusal)
    return found


def test_a_record_becomes_a_procedure() -> None:
    found = drafted()
    assert found.field_name == "Thử nghiệm – mẫu"
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
    assert one_line(f" {decomposed}\u00a0\u200emới\ud800 ") == "Hộ tịch mới"
    assert clean("a\r\n\r\n\r\n\r\n\uf0fc b\tc\x07") == "a\n\n- b c"
    assert clean("Không có thông tin.") is None
    assert converted(ten_thu_tuc="n" * 2_000).name == "n" * 1_199 + "…"
    assert len(converted(dia_chi_tiep_nhan="đ" * 9_000).reception_address or "") == 2_000


@pytest.mark.parametrize(
    ("changes", "kind", "reason"),
    [
        (
            {"ma_thu_tuc": "9.002544"},
            "no_code",
            'no code of the form 1.001193, but "9.002544": mend the code in the source',
        ),
        ({"ma_thu_tuc": ""}, "no_code", 'no code of the form 1.001193, but "": mend the code in the source'),
        (
            {"linh_vuc": "Không có thông tin"},
            "no_field",
            "it names no field of administration (lĩnh vực): add it in the source",
        ),
        ({"cap_thuc_hien": "Cấp ấp"}, "no_level", "it names no level that performs it: add it in the source"),
        ({"ten_thu_tuc": "\u200b"}, "no_name", "it has no name: add it in the source"),
    ],
)
def test_a_record_that_makes_no_procedure_is_refused_with_the_reason(
    changes: dict[str, str], kind: str, reason: str
) -> None:
    assert (refused(**changes).kind, refused(**changes).reason.render()) == (kind, reason)


def test_a_plain_record_leaves_only_the_doubts_that_it_gives() -> None:
    assert kinds() == [("channels[1].time_limits[0]", "unknown_unit")]


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"cap_thuc_hien": "Cấp tỉnh, Cấp ấp"}, ("performed_by", "unknown_level")),
        ({"doi_tuong_thuc_hien": "Công dân Việt Nam, Người ngoài hành tinh"}, ("audiences", "unknown_audience")),
        ({"loai_thu_tuc": "Loại lạ"}, ("kind", "unknown_kind")),
        ({"thu_tuc_lien_quan": "Cấp thẻ khác"}, ("related", "unknown_value")),
        ({"ten_thu_tuc": "Cấp thẻ thử nghiệm (2.000200)"}, ("name", "code_in_name")),
        ({"ten_thu_tuc": "Cấp thẻ thử nghiệm (1.000009)"}, ("name", "code_of_another")),
        ({"ten_thu_tuc": "n" * 2_000}, ("name", "text_cut")),
        ({"yeu_cau_dieu_kien": "đ" * 4_000}, ("conditions", "text_cut_at_source")),
        ({"can_cu_phap_ly": "Luật Thẻ"}, ("legal_basis[0]", "unparsed_rest")),
        ({"thanh_phan_ho_so": "Đơn, ảnh"}, ("papers", "unparsed_table")),
        ({"cach_thuc_thuc_hien": "Gọi điện trước"}, ("channels[0].note", "unparsed_table")),
        ({"cach_thuc_thuc_hien": "Trực tiếp0 NgàyMiễn phí"}, ("channels[0].time_limits[0]", "time_as_text")),
        (
            {"cach_thuc_thuc_hien": "Trực tiếp3 Ngày50 Việt Nam Đồng"},
            ("channels[0].fees[0].amount", "fee_in_thousands"),
        ),
        ({"cach_thuc_thuc_hien": "Trực tiếp3 Ngày10 USD"}, ("channels[0].fees[0]", "fee_as_text")),
        (
            {"cach_thuc_thuc_hien": "Trực tiếp3 NgàyMiễn phí(thu 50.000 đồng)"},
            ("channels[0].fees[0]", "free_but_fee_named"),
        ),
        ({"ma_thu_tuc": "2.0002"}, ("code", "code_from_number")),
        ({"trinh_tu_thuc_hien": "Mã thủ tục: 1.000009\nBước 1: Nộp.\nBước 2: Nhận."}, ("steps", "code_of_another")),
    ],
)
def test_what_is_doubtful_is_said_with_its_field_and_the_record_is_taken(
    changes: dict[str, str], doubt: tuple[str, DoubtKind]
) -> None:
    assert doubt in kinds(**changes)
    assert doubt not in kinds()


def test_a_doubt_says_what_was_found_and_what_was_done() -> None:
    said = [doubt.message.render() for doubt in drafted(cap_thuc_hien="Cấp tỉnh, Cấp ấp, Cấp xóm").doubts]
    assert 'names a level that is not known, "Cấp ấp, Cấp xóm": it was left out' in said


def test_own_code_is_taken_out_of_the_name() -> None:
    assert converted(ten_thu_tuc="Cấp thẻ (cấp Tỉnh) ( 2.000200 )").name == "Cấp thẻ (cấp Tỉnh)"
    assert converted(ten_thu_tuc="Mã số: 2.000200 - Cấp thẻ").name == "Cấp thẻ"
    assert converted(ten_thu_tuc="Cấp thẻ (1.000009)").name == "Cấp thẻ (1.000009)"


def test_code_of_a_local_copy_is_kept_beside_the_national_one() -> None:
    found = converted(ma_thu_tuc="2.000200.000.00.00.H30")
    assert (found.code, found.local_codes) == ("2.000200", ("2.000200.000.00.00.H30",))


@pytest.mark.parametrize(("written", "code"), [(2.0002, "2.000200"), ("2,0002", "2.000200"), ("2. 000200", "2.000200")])
def test_code_that_was_a_number_gets_its_zeros_back(written: object, code: str) -> None:
    found = convert_object({**RECORD, "ma_thu_tuc": written})
    assert isinstance(found, Draft)
    assert found.procedure.code == code


def test_a_value_of_another_type_refuses_the_record_and_null_is_nothing() -> None:
    found = convert_object({**RECORD, "linh_vuc": ["Thẻ"]})
    assert isinstance(found, Refusal)
    assert found.reason.render() == (
        "linh_vuc is not of the kind that it must be (expected text, got \"['Thẻ']\"): mend it in the source"
    )
    taken = convert_object({**RECORD, "mo_ta": None})
    assert isinstance(taken, Draft)
    assert taken.procedure.description is None


def test_given_are_the_fields_that_the_record_says_something_about() -> None:
    assert drafted().given == (
        "code", "name", "decision", "field", "kind", "performed_by", "performing_bodies", "audiences", "steps",
        "channels", "papers", "results", "legal_basis",
    )  # fmt: skip


def test_joint_circulars_keep_all_who_issued_them() -> None:
    table = "Tên văn bản pháp lýMã văn bảnQuy định về thẻ09/2015/TTLT-BCA-BYT-BTCLuật Thẻ3/2014/QH13"
    assert converted(can_cu_phap_ly=table).legal_basis == (
        LegalBasis(title="Quy định về thẻ", number="09/2015/TTLT-BCA-BYT-BTC"),
        LegalBasis(title="Luật Thẻ", number="3/2014/QH13"),
    )
