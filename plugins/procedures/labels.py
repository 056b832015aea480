"""What people call each field of a procedure, and of the records within it."""

from __future__ import annotations

from plugins.portal.fields import ContentModel
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
)  # fmt: skip
from plugins.portal.vocabulary import Term

LABELS: dict[type[ContentModel], dict[str, Term]] = {
    Procedure: {
        "code": Term("Mã thủ tục", "Code"),
        "local_codes": Term("Mã ở địa phương", "Local codes"),
        "superseded_codes": Term("Mã cũ", "Former codes"),
        "name": Term("Tên thủ tục", "Name"),
        "decision": Term("Quyết định công bố", "Announcing decision"),
        "field": Term("Lĩnh vực", "Field"),
        "kind": Term("Loại thủ tục", "Kind of procedure"),
        "performed_by": Term("Cấp thực hiện", "Level"),
        "performing_bodies": Term("Cơ quan thực hiện", "Performed by"),
        "performing_agencies": Term("Đơn vị thực hiện", "Performing agencies"),
        "competent_body": Term("Cơ quan có thẩm quyền", "Competent body"),
        "authorised_body": Term("Cơ quan được ủy quyền", "Authorised body"),
        "coordinating_bodies": Term("Cơ quan phối hợp", "Coordinating bodies"),
        "reception_address": Term("Địa chỉ tiếp nhận hồ sơ", "Where to file"),
        "audiences": Term("Đối tượng thực hiện", "Who can do it"),
        "description": Term("Mô tả", "Description"),
        "keywords": Term("Từ khóa tìm kiếm", "Also searched as"),
        "steps": Term("Trình tự thực hiện", "Steps"),
        "channels": Term("Cách thức thực hiện", "Ways to file"),
        "papers": Term("Thành phần hồ sơ", "Papers"),
        "dossier_sets": Term("Số bộ hồ sơ", "Sets of papers"),
        "results": Term("Kết quả", "Results"),
        "legal_basis": Term("Căn cứ pháp lý", "Legal basis"),
        "conditions": Term("Yêu cầu, điều kiện", "Conditions"),
        "related": Term("Thủ tục liên quan", "Related procedures"),
        "online_level": Term("Mức độ dịch vụ công trực tuyến", "Online level"),
        "online_mode": Term("Hình thức trực tuyến", "Online mode"),
        "postal_reception": Term("Nhận hồ sơ qua bưu chính", "Sending papers by post"),
        "postal_return": Term("Trả kết quả qua bưu chính", "Getting the result by post"),
        "online_payment": Term("Thanh toán trực tuyến", "Paying online"),
        "status": Term("Tình trạng", "Status"),
        "effective_from": Term("Có hiệu lực từ ngày", "In force from"),
        "effective_to": Term("Hết hiệu lực ngày", "In force until"),
        "successor": Term("Thủ tục thay thế", "In its place"),
        "reviewed": Term("Rà soát gần nhất", "Last checked"),
        "review_by": Term("Rà soát lại trước ngày", "To be checked again by"),
    },
    Decision: {
        "number": Term("Số ký hiệu", "Number"),
        "date": Term("Ngày ban hành", "Issued"),
        "issuer": Term("Cơ quan ban hành", "Issuer"),
        "url": Term("Địa chỉ văn bản", "Address of the document"),
    },
    TimeLimit: {
        "amount": Term("Số", "Amount"),
        "unit": Term("Đơn vị", "Unit"),
        "note": Term("Ghi chú", "Note"),
    },
    Fee: {
        "kind": Term("Loại", "Kind"),
        "amount": Term("Số tiền", "Amount"),
        "per": Term("Tính trên", "Per"),
        "note": Term("Ghi chú", "Note"),
        "url": Term("Địa chỉ quy định mức thu", "Address of the rate"),
    },
    Channel: {
        "kind": Term("Cách nộp", "Way to file"),
        "time_limits": Term("Thời hạn giải quyết", "Time limit"),
        "fees": Term("Phí, lệ phí", "Charge or fee"),
        "url": Term("Nơi nộp trực tuyến", "Where to file online"),
        "note": Term("Ghi chú", "Note"),
    },
    Form: {
        "name": Term("Tên mẫu", "Name of the form"),
        "file": Term("Tệp", "File"),
        "url": Term("Địa chỉ", "Address"),
    },
    Paper: {
        "name": Term("Tên giấy tờ", "Name of the paper"),
        "originals": Term("Bản chính", "Originals"),
        "copies": Term("Bản sao", "Copies"),
        "show_only": Term("Chỉ xuất trình", "To be shown, not handed in"),
        "forms": Term("Mẫu đơn, tờ khai", "Form"),
        "note": Term("Ghi chú", "Note"),
    },
    PaperCase: {
        "case": Term("Trường hợp", "Case"),
        "papers": Term("Giấy tờ", "Papers"),
    },
    StepCase: {
        "case": Term("Trường hợp", "Case"),
        "steps": Term("Bước", "Step"),
    },
    Result: {
        "name": Term("Tên kết quả", "Name of the result"),
        "code": Term("Mã kết quả", "Code of the result"),
        "url": Term("Địa chỉ mẫu", "Address of the sample"),
    },
    LegalBasis: {
        "number": Term("Số ký hiệu", "Number"),
        "title": Term("Trích yếu", "Title"),
        "issued": Term("Ngày ban hành", "Issued"),
        "issuer": Term("Cơ quan ban hành", "Issuer"),
        "url": Term("Địa chỉ văn bản", "Address of the document"),
    },
}
"""By record, in the order of its fields; all of them, so that none can change without a word."""
