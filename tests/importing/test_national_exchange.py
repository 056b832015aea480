"""Records of the exchange service: upper-case keys, tables as lists, numbers for words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.importing.national import DoubtKind, Draft, Refusal
from plugins.importing.national.exchange import convert_object
from plugins.portal.procedure import (
    Channel,
    Decision,
    Fee,
    Form,
    LegalBasis,
    Paper,
    PaperCase,
    Procedure,
    Result,
    StepCase,
    TimeLimit,
)

RECORD: dict[str, Any] = {
    "MATTHC": "1.000500",
    "TENTTHC": "Cấp thẻ  thử nghiệm",
    "SOQUYETDINH": "12/QĐ-THU",
    "LOAITTHC": "TTHC được luật giao quy định chi tiết",
    "CAPTHUCHIEN": [
        {"CAPTHUCHIEN": "1", "MOTACOQUANTHUCHIEN": "Sở Thử nghiệm", "DIACHITIEPNHAN": "Số 1, đường Mẫu"},
        {"CAPTHUCHIEN": 3, "MOTACOQUANTHUCHIEN": "UBND xã", "DIACHITIEPNHAN": None},
    ],
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-HT01", "TENLINHVUC": "Thử nghiệm"}],
    "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Nộp đơn."}, {"TENTRINHTU": "Nhận thẻ."}]}],
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "1",
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": "5",
                    "DONVITINH": "Ngày làm việc",
                    "MOTA": "Từ khi đủ hồ sơ",
                    "PHILEPHI": [{"MAPHILEPHI": "2", "SOTIEN": "30000", "DONVI": "Đồng", "MOTA": "một thẻ", "URL": ""}],
                }
            ],
        },
        {"KENH": "Trực tuyến", "THOIGIAN": {"THOIGIANGIAIQUYET": 3, "DONVITINH": "Ngày", "PHILEPHI": None}},
    ],
    "THANHPHANHOSO": [
        {
            "TRUONGHOP": "Người lớn",
            "GIAYTO": [
                {
                    "MAGIAYTO": "G1",
                    "TENGIAYTO": "Đơn",
                    "SOBANCHINH": 1,
                    "SOBANSAO": "0",
                    "TENMAUDON": "don.docx",
                    "Url": "https://example.vn/don.docx",
                },
                {"TENGIAYTO": "Ảnh màu", "SOBANCHINH": "", "SOBANSAO": 2},
            ],
        }
    ],
    "SOBOHOSO": "1",
    "DOITUONGTHUCHIEN": ["Công dân Việt Nam", "Cán bộ, công chức, viên chức"],
    "COQUANCOTHAMQUYEN": "Giám đốc Sở Thử nghiệm",
    "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G15.000031", "TENKETQUA": "Thẻ", "URL": None}],
    "CANCUPHAPLY": [
        {
            "SOVANBAN": "3/2014/QH13",
            "TENVANBAN": "Luật Thẻ",
            "NGAYBANHANH": "20/11/2014",
            "COQUANBANHANH": "Quốc hội",
            "DIACHITRUYCAP": "https://example.vn/luat-the",
        }
    ],
    "YEUCAU": "Không có thông tin",
    "THUTUCLIENQUAN": ["1.000501"],
    "TUKHOA": None,
    "TRANGTHAI": "Còn hiệu lực",
}


def drafted(**changes: Any) -> Draft:
    found = convert_object({**RECORD, **changes})
    assert isinstance(found, Draft)
    return found


def test_an_answer_of_the_service_becomes_a_procedure_without_a_doubt() -> None:
    found = drafted()
    assert found.doubts == ()
    assert found.field_name == "Thử nghiệm"
    assert found.procedure == Procedure(
        code="1.000500",
        name="Cấp thẻ thử nghiệm",
        decision=Decision(number="12/QĐ-THU"),
        field="thu-nghiem",
        kind="detailed_by_law",
        performed_by=("province", "commune"),
        performing_bodies=("Sở Thử nghiệm", "UBND xã"),
        competent_body="Giám đốc Sở Thử nghiệm",
        reception_address="Số 1, đường Mẫu",
        audiences=("citizen", "civil_servant"),
        steps=(StepCase(steps=("Nộp đơn.", "Nhận thẻ.")),),
        channels=(
            Channel(
                kind="in_person",
                time_limits=(TimeLimit(amount=5, unit="working_day", note="Từ khi đủ hồ sơ"),),
                fees=(Fee(kind="fee", amount=30_000, note="một thẻ"),),
            ),
            Channel(kind="online", time_limits=(TimeLimit(amount=3, unit="day"),)),
        ),
        papers=(
            PaperCase(
                case="Người lớn",
                papers=(
                    Paper(name="Đơn", originals=1, forms=(Form(name="don.docx", url="https://example.vn/don.docx"),)),
                    Paper(name="Ảnh màu", copies=2),
                ),
            ),
        ),
        dossier_sets=1,
        results=(Result(name="Thẻ", code="KQ.G15.000031"),),
        legal_basis=(
            LegalBasis(
                number="3/2014/QH13",
                title="Luật Thẻ",
                issued=date(2014, 11, 20),
                issuer="Quốc hội",
                url="https://example.vn/luat-the",
            ),
        ),
        related=("1.000501",),
    )


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"MATTHC": 2.0002}, ("code", "code_from_number")),
        ({"CAPTHUCHIEN": [{"CAPTHUCHIEN": "1"}, {"CAPTHUCHIEN": "Cấp ấp"}]}, ("performed_by", "unknown_level")),
        ({"DOITUONGTHUCHIEN": ["Người ngoài hành tinh"]}, ("audiences", "unknown_audience")),
        ({"LOAITTHC": "7"}, ("kind", "unknown_kind")),
        ({"TRANGTHAI": 9}, ("status", "unknown_status")),
        ({"SOBOHOSO": "nhiều"}, ("dossier_sets", "unknown_value")),
        ({"CACHTHUCTHUCHIEN": [{"KENH": "9"}]}, ("channels[0]", "unknown_channel")),
        (
            {"CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": "5", "DONVITINH": "tuần"}]}]},
            ("channels[0].time_limits[0]", "time_as_text"),
        ),
        (
            {"CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": "5", "DONVITINH": ""}]}]},
            ("channels[0].time_limits[0]", "unknown_unit"),
        ),
        (
            {"CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [{"PHILEPHI": [{"SOTIEN": "50"}]}]}]},
            ("channels[0].fees[0].amount", "fee_in_thousands"),
        ),
        (
            {"CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [{"PHILEPHI": [{"SOTIEN": "5", "DONVI": "USD"}]}]}]},
            ("channels[0].fees[0]", "fee_as_text"),
        ),
        ({"CANCUPHAPLY": [{"TENVANBAN": "Luật", "NGAYBANHANH": "31/02/2014"}]}, ("legal_basis[0].issued", "bad_date")),
        ({"KETQUATHUCHIEN": [{"TENKETQUA": "Thẻ", "URL": "javascript:x"}]}, ("results[0].url", "bad_address")),
        ({"LINHVUCTHUCHIEN": ["Thử nghiệm", "Khác"]}, ("field", "further_field")),
    ],
)
def test_what_is_doubtful_is_said_with_its_field_and_the_record_is_taken(
    changes: dict[str, Any], doubt: tuple[str, DoubtKind]
) -> None:
    assert [(found.field, found.kind) for found in drafted(**changes).doubts] == [doubt]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"MATTHC": ""}, "no_code"),
        ({"MATTHC": None}, "no_code"),
        ({"TENTTHC": "Không có thông tin"}, "no_name"),
        ({"LINHVUCTHUCHIEN": []}, "no_field"),
        ({"CAPTHUCHIEN": None}, "no_level"),
        ({"CAPTHUCHIEN": [[1]]}, "wrong_type"),
        ({"TENTTHC": {"vi": "Cấp thẻ"}}, "wrong_type"),
    ],
)
def test_a_record_that_makes_no_procedure_is_refused(changes: dict[str, Any], kind: str) -> None:
    found = convert_object({**RECORD, **changes})
    assert isinstance(found, Refusal)
    assert found.kind == kind
