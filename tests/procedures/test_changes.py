"""What changed in a procedure, in the words that its page shows."""

from __future__ import annotations

import types
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from plugins.portal import vocabulary
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
from plugins.procedures.changes import EXCERPT, Change, changes
from plugins.procedures.labels import LABELS

PLAIN = Procedure(code="1.000001", name="Cấp thẻ thử", field="thu-nghiem", performed_by=("province",))


def told(before: Procedure, after: Procedure) -> list[tuple[str, str | None, str | None]]:
    return [(change.label.vi, change.old, change.new) for change in changes(before, after)]


def between(**fields: tuple[Any, Any]) -> list[tuple[str, str | None, str | None]]:
    """What is told where these fields of a plain procedure change, each from the one value to the other."""
    before = PLAIN.model_copy(update={name: old for name, (old, _) in fields.items()})
    after = PLAIN.model_copy(update={name: new for name, (_, new) in fields.items()})
    return told(before, after)


def channels(*fees: Fee, kind: Literal["in_person", "online", "post"] = "in_person", **more: Any) -> tuple[Channel]:
    return (Channel(kind=kind, fees=fees, **more),)


def records(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A record and all that lie within it."""
    found = {model}
    for field in model.model_fields.values():
        waiting = [field.annotation]
        while waiting:
            kind = waiting.pop()
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                found |= records(kind)
            elif get_origin(kind) in (Annotated, Union, types.UnionType, tuple):
                waiting += get_args(kind)
    return found


def test_every_field_of_every_record_has_a_label_in_two_languages() -> None:
    assert {model: list(labels) for model, labels in LABELS.items()} == {
        model: list(model.model_fields) for model in records(Procedure)
    }
    assert all(label.vi and label.en for labels in LABELS.values() for label in labels.values())


def test_labels_of_a_procedure_are_told_apart() -> None:
    for labels in LABELS.values():
        assert len({label.vi for label in labels.values()}) == len({label.en for label in labels.values()})
        assert len({label.vi for label in labels.values()}) == len(labels)


def test_fee_is_told_by_its_kind_and_way_to_file() -> None:
    [change] = changes(
        PLAIN.model_copy(update={"channels": channels(Fee(kind="fee", amount=50_000))}),
        PLAIN.model_copy(update={"channels": channels(Fee(kind="fee", amount=30_000))}),
    )

    assert (change.label.vi, change.label.en) == ("Lệ phí (Trực tiếp)", "Fee (In person)")
    assert (change.old, change.new) == ("50.000\u00a0đồng", "30.000\u00a0đồng")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (Fee(kind="fee", amount=8_000, per="bản"), Fee(kind="fee", amount=0), ("8.000\u00a0đồng / bản", "Miễn phí")),
        (Fee(kind="fee", amount=0), Fee(kind="fee", note="Theo mức của tỉnh"), ("Miễn phí", "Theo mức của tỉnh")),
        (
            Fee(kind="fee", amount=5_000),
            Fee(kind="fee", amount=5_000, note="bản đầu"),
            ("5.000\u00a0đồng", "5.000\u00a0đồng (bản đầu)"),
        ),
    ],
)
def test_fees_are_written_as_on_the_page(old: Fee, new: Fee, expected: tuple[str, str]) -> None:
    assert between(channels=(channels(old), channels(new))) == [("Lệ phí (Trực tiếp)", *expected)]


def test_fees_are_matched_by_what_they_are_for() -> None:
    first, second = Fee(kind="fee", amount=8_000, per="bản"), Fee(kind="charge", amount=20_000)
    dearer = Fee(kind="charge", amount=25_000)
    third = Fee(kind="fee", amount=1_000, per="trang")

    assert between(channels=(channels(first, second), channels(third, dearer, first))) == [
        ("Lệ phí (Trực tiếp)", None, "1.000\u00a0đồng / trang"),
        ("Phí (Trực tiếp)", "20.000\u00a0đồng", "25.000\u00a0đồng"),
    ]


def test_fee_of_another_kind_is_another_fee() -> None:
    assert between(channels=(channels(Fee(kind="fee", amount=1_000)), channels(Fee(kind="charge", amount=1_000)))) == [
        ("Phí (Trực tiếp)", None, "1.000\u00a0đồng"),
        ("Lệ phí (Trực tiếp)", "1.000\u00a0đồng", None),
    ]


def test_address_of_a_rate_is_told_beside_the_fee() -> None:
    old, new = (
        Fee(kind="fee", amount=1_000, url="https://example.vn/a"),
        Fee(kind="fee", amount=1_000, url="https://example.vn/b"),
    )

    assert between(channels=(channels(old), channels(new))) == [
        ("Lệ phí (Trực tiếp): địa chỉ quy định mức thu", "https://example.vn/a", "https://example.vn/b")
    ]


@pytest.mark.parametrize(
    ("limit", "written"),
    [
        (TimeLimit(amount=5, unit="working_day"), "5 ngày làm việc"),
        (TimeLimit(amount=1.5, unit="hour", note="sau khi nộp"), "1,5 giờ (sau khi nộp)"),
        (TimeLimit(amount=0.001, unit="month"), "0,001 tháng"),
        (TimeLimit(note="Ngay khi nhận đủ"), "Ngay khi nhận đủ"),
    ],
)
def test_time_limits_are_written_as_on_the_page(limit: TimeLimit, written: str) -> None:
    before = channels(kind="online", time_limits=(TimeLimit(amount=9, unit="day"),))

    assert between(channels=(before, channels(kind="online", time_limits=(limit,)))) == [
        ("Thời hạn giải quyết (Trực tuyến)", "9 ngày", written)
    ]


def test_time_limits_that_read_alike_are_told_field_by_field() -> None:
    old = channels(time_limits=(TimeLimit(amount=5, unit="day"),))
    new = channels(time_limits=(TimeLimit(note="5 ngày"),))

    assert between(channels=(old, new)) == [
        ("Thời hạn giải quyết (Trực tiếp): số", "5", None),
        ("Thời hạn giải quyết (Trực tiếp): đơn vị", "ngày", None),
        ("Thời hạn giải quyết (Trực tiếp): ghi chú", None, "5 ngày"),
    ]


def test_new_channel_is_told_with_all_that_holds_for_it() -> None:
    online = Channel(
        kind="online",
        time_limits=(TimeLimit(amount=3, unit="day"),),
        fees=(Fee(kind="fee", amount=0),),
        url="https://example.vn/nop",
        note="Ký số",
    )

    expected = [
        ("Cách thức thực hiện", "Trực tuyến"),
        ("Thời hạn giải quyết (Trực tuyến)", "3 ngày"),
        ("Lệ phí (Trực tuyến)", "Miễn phí"),
        ("Nơi nộp trực tuyến (Trực tuyến)", "https://example.vn/nop"),
        ("Ghi chú (Trực tuyến)", "Ký số"),
    ]
    assert between(channels=(channels(), (*channels(), online))) == [(label, None, said) for label, said in expected]
    assert between(channels=((online,), ())) == [(label, said, None) for label, said in expected]


def test_channels_in_another_order_are_told_as_that() -> None:
    person, post = Channel(kind="in_person"), Channel(kind="post")

    assert between(channels=((person, post), (post, person))) == [
        ("Cách thức thực hiện: thứ tự", "1. Trực tiếp; 2. Dịch vụ bưu chính", "1. Dịch vụ bưu chính; 2. Trực tiếp")
    ]


def papers(*entries: Paper, case: str | None = None) -> tuple[PaperCase]:
    return (PaperCase(case=case, papers=entries),)


def test_papers_are_matched_by_name_within_their_case() -> None:
    form, photo = Paper(name="Tờ khai", originals=1), Paper(name="Ảnh màu", copies=2)
    more = Paper(name="Tờ khai", originals=1, copies=2)

    assert between(papers=(papers(form, photo, case="Người lớn"), papers(photo, more, case="Người lớn"))) == [
        ("Thành phần hồ sơ (Người lớn): Tờ khai: số lượng", "1 bản chính", "1 bản chính, 2 bản sao")
    ]
    assert between(papers=(papers(form), papers(form, photo))) == [("Thành phần hồ sơ", None, "Ảnh màu: 2 bản sao")]
    assert between(papers=(papers(form, photo), papers(photo))) == [("Thành phần hồ sơ", "Tờ khai: 1 bản chính", None)]


def test_fields_of_a_paper_are_told_under_its_name() -> None:
    old = Paper(name="Giấy tờ tùy thân", originals=1, note="Còn hạn", forms=(Form(name="Mẫu 1", file="media/a.docx"),))
    new = Paper(name="Giấy tờ tùy thân", show_only=True, forms=(Form(name="Mẫu 1", file="media/b.docx"),))

    assert between(papers=(papers(old), papers(new))) == [
        ("Thành phần hồ sơ: Giấy tờ tùy thân: số lượng", "1 bản chính", "chỉ xuất trình"),
        ("Thành phần hồ sơ: Giấy tờ tùy thân: mẫu đơn, tờ khai: tệp", "media/a.docx", "media/b.docx"),
        ("Thành phần hồ sơ: Giấy tờ tùy thân: ghi chú", "Còn hạn", None),
    ]


def test_paper_under_a_name_much_like_the_old_is_the_same_paper() -> None:
    old, new = Paper(name="Đơn xin cấp thẻ", originals=1), Paper(name="Đơn đề nghị cấp thẻ", originals=1)

    assert between(papers=(papers(old), papers(new))) == [
        ("Thành phần hồ sơ: tên giấy tờ", "Đơn xin cấp thẻ", "Đơn đề nghị cấp thẻ")
    ]


def test_case_that_came_is_told_paper_by_paper() -> None:
    form, photo = Paper(name="Tờ khai", originals=1), Paper(name="Ảnh màu", copies=2)
    before = papers(form)

    assert between(papers=(before, (*before, *papers(form, photo, case="Trẻ em")))) == [
        ("Thành phần hồ sơ (Trẻ em)", None, "Tờ khai: 1 bản chính"),
        ("Thành phần hồ sơ (Trẻ em)", None, "Ảnh màu: 2 bản sao"),
    ]


def test_case_under_another_name_is_one_change() -> None:
    form = Paper(name="Tờ khai", originals=1)

    assert between(papers=(papers(form), papers(form, case="Người lớn"))) == [
        ("Thành phần hồ sơ: trường hợp", None, "Người lớn")
    ]


def steps(*texts: str, case: str | None = None) -> tuple[StepCase]:
    return (StepCase(case=case, steps=texts),)


def test_edited_step_is_one_change_in_its_place() -> None:
    old, new = steps("Nộp đơn.", "Chờ giấy hẹn.", "Nhận thẻ."), steps("Nộp đơn.", "Chờ tin.", "Nhận thẻ.")

    assert between(steps=(old, new)) == [("Trình tự thực hiện: bước 2", "Chờ giấy hẹn.", "Chờ tin.")]


def test_step_put_in_between_leaves_the_others_alone() -> None:
    old = steps("Nộp đơn ở quầy.", "Nhận thẻ.", case="Ở xa")
    new = steps("Nộp đơn ở quầy số 1.", "Chờ giấy hẹn.", "Nhận thẻ.", case="Ở xa")

    assert between(steps=(old, new)) == [
        ("Trình tự thực hiện (Ở xa): bước 1", "Nộp đơn ở quầy.", "Nộp đơn ở quầy số 1."),
        ("Trình tự thực hiện (Ở xa): bước 2", None, "Chờ giấy hẹn."),
    ]
    assert between(steps=(new, old)) == [
        ("Trình tự thực hiện (Ở xa): bước 1", "Nộp đơn ở quầy số 1.", "Nộp đơn ở quầy."),
        ("Trình tự thực hiện (Ở xa): bước 2", "Chờ giấy hẹn.", None),
    ]


def test_only_step_or_condition_has_no_number() -> None:
    assert between(steps=(steps("Nộp đơn."), steps("Gửi đơn."))) == [("Trình tự thực hiện", "Nộp đơn.", "Gửi đơn.")]
    assert between(conditions=((), ("Đủ 18 tuổi",))) == [("Yêu cầu, điều kiện", None, "Đủ 18 tuổi")]


def test_conditions_are_numbered() -> None:
    assert between(conditions=(("Đủ 16 tuổi", "Có nơi ở"), ("Đủ 18 tuổi", "Có nơi ở"))) == [
        ("Yêu cầu, điều kiện: điều kiện 1", "Đủ 16 tuổi", "Đủ 18 tuổi")
    ]


def test_legal_basis_is_matched_by_number_else_title() -> None:
    law = LegalBasis(number="01/2015/QH13", title="Luật Thử", issued=date(2015, 6, 25))
    circular = LegalBasis(title="Thông tư không số")
    dated = LegalBasis(number="01/2015/QH13", title="Luật Thử", issued=date(2015, 6, 26))
    decree = LegalBasis(number="2/2020/NĐ-CP", title="Nghị định thử", issuer="Chính phủ", issued=date(2020, 1, 2))

    assert between(legal_basis=((law, circular), (circular, dated, decree))) == [
        ("Căn cứ pháp lý: 01/2015/QH13: ngày ban hành", "25/06/2015", "26/06/2015"),
        ("Căn cứ pháp lý", None, "2/2020/NĐ-CP: Nghị định thử (Chính phủ, ngày 02/01/2020)"),
    ]
    assert between(legal_basis=((circular,), (LegalBasis(number="5/TT-THU", title="Thông tư không số"),))) == [
        ("Căn cứ pháp lý: số ký hiệu", None, "5/TT-THU")
    ]


def test_document_with_another_number_is_another_document() -> None:
    old, new = LegalBasis(number="1/NĐ", title="Về phí cấp thẻ"), LegalBasis(number="2/NĐ", title="Về phí cấp thẻ mới")

    assert between(legal_basis=((old,), (new,))) == [
        ("Căn cứ pháp lý", None, "2/NĐ: Về phí cấp thẻ mới"),
        ("Căn cứ pháp lý", "1/NĐ: Về phí cấp thẻ", None),
    ]


def test_results_are_matched_by_name() -> None:
    card, refusal = Result(name="Thẻ", code="KQ.1"), Result(name="Thư từ chối")

    assert between(results=((card,), (Result(name="Thẻ", code="KQ.2"), refusal))) == [
        ("Kết quả: Thẻ: mã kết quả", "KQ.1", "KQ.2"),
        ("Kết quả", None, "Thư từ chối"),
    ]


def test_decision_is_told_field_by_field_or_whole() -> None:
    old = Decision(number="12/QĐ-THU", date=date(2019, 9, 24), issuer="UBND tỉnh thử")
    new = Decision(number="13/QĐ-THU", date=date(2019, 9, 24), issuer="UBND tỉnh thử")

    assert between(decision=(old, new)) == [("Quyết định công bố: số ký hiệu", "12/QĐ-THU", "13/QĐ-THU")]
    assert between(decision=(None, old)) == [("Quyết định công bố", None, "12/QĐ-THU, ngày 24/09/2019, UBND tỉnh thử")]


def test_closed_lists_are_written_by_their_terms() -> None:
    assert between(
        performed_by=(("province", "district"), ("province", "commune")),
        audiences=(("citizen",), ("citizen", "foreigner")),
        kind=(None, "specific"),
        online_level=(2, 4),
        online_mode=(None, "full"),
        status=("in_force", "abolished"),
    ) == [
        ("Loại thủ tục", None, "TTHC đặc thù"),
        ("Cấp thực hiện", "Cấp huyện", "Cấp xã"),
        ("Đối tượng thực hiện", None, "Người nước ngoài"),
        ("Mức độ dịch vụ công trực tuyến", "Mức độ 2", "Mức độ 4"),
        ("Hình thức trực tuyến", None, "Dịch vụ công trực tuyến toàn trình"),
        ("Tình trạng", "Còn hiệu lực", "Đã bãi bỏ"),
    ]


def test_days_numbers_and_yes_or_no_are_written_as_people_read_them() -> None:
    assert between(
        dossier_sets=(1, 2),
        postal_return=(None, True),
        online_payment=(True, False),
        effective_from=(date(2019, 9, 24), None),
    ) == [
        ("Số bộ hồ sơ", "1", "2"),
        ("Trả kết quả qua bưu chính", None, "Có"),
        ("Thanh toán trực tuyến", "Có", "Không"),
        ("Có hiệu lực từ ngày", "24/09/2019", None),
    ]


def test_words_to_search_by_are_told_for_the_page_shows_them() -> None:
    assert between(keywords=(("thẻ",), ("thẻ", "làm thẻ"))) == [("Từ khóa tìm kiếm", "thẻ", "thẻ, làm thẻ")]
    assert between(keywords=(("thẻ",), ())) == [("Từ khóa tìm kiếm", "thẻ", None)]


def test_field_of_administration_is_told_by_its_name_where_it_is_known() -> None:
    after = PLAIN.model_copy(update={"field": "ho-tich"})

    [change] = changes(PLAIN, after, {"ho-tich": "Hộ tịch"})

    assert (change.label.vi, change.old, change.new) == ("Lĩnh vực", "thu-nghiem", "Hộ tịch")


def test_changes_stand_in_the_order_of_the_record() -> None:
    said = between(
        review_by=(None, date(2027, 1, 1)), name=("A", "B"), conditions=(("a",), ()), description=(None, "c")
    )

    assert [label for label, _, _ in said] == ["Tên thủ tục", "Mô tả", "Yêu cầu, điều kiện", "Rà soát lại trước ngày"]


def test_long_text_is_cut_around_what_changed() -> None:
    front, back = "trước " * 200, " sau" * 200

    [(_, old, new)] = between(description=(f"{front}năm ngày{back}", f"{front}ba ngày{back}"))

    assert old is not None
    assert new is not None
    assert old.startswith("…trước trước")
    assert new.endswith("sau sau…")
    assert "trước năm ngày sau" in old
    assert "trước ba ngày sau" in new
    assert max(len(old), len(new)) < EXCERPT


def test_long_text_that_came_is_cut_at_its_end() -> None:
    [(_, old, new)] = between(description=(None, "chữ " * 1_000))

    assert old is None
    assert new is not None
    assert new.startswith("chữ chữ")
    assert new.endswith("chữ…")
    assert len(new) <= EXCERPT


def test_many_entries_are_compared_without_trying_each_with_each() -> None:
    old = tuple(Paper(name=f"Giấy cũ số {number}") for number in range(400))
    new = tuple(Paper(name=f"Giấy mới số {number}") for number in range(400))

    said = between(papers=(papers(*old), papers(*new)))

    assert len(said) == 800
    assert {(before is None) + (after is None) for _, before, after in said} == {1}


FEW = st.sampled_from(["a", "b", "a b c", "a b d", "Bước 1; 2. a", "5 ngày"])
LONG = st.one_of(FEW, st.builds(lambda word, times: f"x {word} " * times + "y", FEW, st.integers(1, 90)))
DAYS = st.none() | st.sampled_from([date(2019, 9, 24), date(2020, 1, 2)])
CODES = st.sampled_from(["1.000001", "2.000200"])
ADDRESSES = st.none() | st.sampled_from(["https://example.vn/a", "https://example.vn/b"])


def few(entries: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(entries, min_size=least, max_size=4).map(tuple)


def words(values: Any) -> st.SearchStrategy[Any]:
    """The words of a closed list."""
    return st.sampled_from(get_args(values))


TIME_LIMITS = st.builds(
    TimeLimit, amount=st.sampled_from([0.001, 0.002, 5.0]), unit=st.sampled_from(["day", "hour"]), note=st.none() | FEW
) | st.builds(TimeLimit, unit=st.none() | st.just("day"), note=FEW)
KINDS = st.sampled_from(["fee", "charge"])
AMOUNTS = st.sampled_from([0, 5_000, 50_000])
FEES = st.builds(Fee, kind=KINDS, amount=AMOUNTS, per=st.none() | FEW, note=st.none() | FEW, url=ADDRESSES) | st.builds(
    Fee, kind=KINDS, per=st.none() | FEW, note=FEW, url=ADDRESSES
)
CHANNELS = st.builds(
    Channel,
    kind=st.sampled_from(["in_person", "online", "post"]),
    time_limits=few(TIME_LIMITS),
    fees=few(FEES),
    url=ADDRESSES,
    note=st.none() | FEW,
)
FORMS = st.builds(Form, name=FEW, file=st.none() | st.just("media/a.docx"), url=ADDRESSES)
COUNTS = st.integers(0, 2)
PAPERS = st.builds(
    Paper, name=FEW, originals=COUNTS, copies=COUNTS, show_only=st.booleans(), forms=few(FORMS), note=st.none() | FEW
)
LAWS = st.builds(LegalBasis, number=st.none() | FEW, title=FEW, issued=DAYS, issuer=st.none() | FEW, url=ADDRESSES)


def _of_kind(name: str) -> Any:
    """The values that a field may have by its annotation."""
    return next(kind for kind in get_args(Procedure.model_fields[name].annotation) if kind is not type(None))


PROCEDURE_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "code": CODES,
    "local_codes": few(CODES),
    "superseded_codes": few(CODES),
    "name": LONG.filter(lambda name: len(name) <= 1_200),
    "decision": st.none() | st.builds(Decision, number=FEW, date=DAYS, issuer=st.none() | FEW, url=ADDRESSES),
    "field": st.sampled_from(["ho-tich", "dat-dai"]),
    "kind": st.none() | words(_of_kind("kind")),
    "performed_by": few(st.sampled_from(["province", "district", "commune"]), least=1),
    "performing_bodies": few(FEW),
    "performing_agencies": few(st.sampled_from(["so-y-te", "so-tu-phap"])),
    "competent_body": st.none() | FEW,
    "authorised_body": st.none() | FEW,
    "coordinating_bodies": few(FEW),
    "reception_address": st.none() | FEW,
    "audiences": few(st.sampled_from(["citizen", "enterprise", "organisation"])),
    "description": st.none() | LONG,
    "keywords": few(FEW),
    "steps": few(st.builds(StepCase, case=st.none() | FEW, steps=few(LONG, least=1))),
    "channels": few(CHANNELS),
    "papers": few(st.builds(PaperCase, case=st.none() | FEW, papers=few(PAPERS, least=1))),
    "dossier_sets": st.none() | st.integers(1, 99),
    "results": few(st.builds(Result, name=FEW, code=st.none() | FEW, url=ADDRESSES)),
    "legal_basis": few(LAWS),
    "conditions": few(LONG),
    "related": few(CODES),
    "online_level": st.none() | st.integers(1, 4),
    "online_mode": st.none() | words(_of_kind("online_mode")),
    "postal_reception": st.none() | st.booleans(),
    "postal_return": st.none() | st.booleans(),
    "online_payment": st.none() | st.booleans(),
    "status": st.sampled_from(["in_force", "suspended", "abolished"]),
    "effective_from": DAYS,
    "effective_to": st.none() | st.just(date(2021, 1, 1)),
    "successor": st.none() | CODES,
    "reviewed": DAYS,
    "review_by": DAYS,
}
KEYS = {key for name in dir(vocabulary) if name.isupper() for key in getattr(vocabulary, name)}
"""What content files write for the words of closed lists; no citizen should read it."""
PROCEDURES = st.builds(Procedure, **PROCEDURE_FIELDS)


def test_generated_procedures_have_every_field() -> None:
    assert list(PROCEDURE_FIELDS) == list(Procedure.model_fields)


@given(PROCEDURES)
def test_procedure_says_nothing_otherwise_than_itself(procedure: Procedure) -> None:
    assert changes(procedure, procedure.model_copy(deep=True)) == ()


@given(PROCEDURES, PROCEDURES)
def test_any_two_procedures_can_be_compared(before: Procedure, after: Procedure) -> None:
    said = changes(before, after)

    assert (said == ()) == (before == after)
    for change in said:
        assert isinstance(change, Change)
        assert not {change.old, change.new} & (KEYS | {""})
        assert change.old != change.new
        assert max(len(change.old or ""), len(change.new or "")) <= EXCERPT + 2
        assert change.label.vi
        assert change.label.en


@pytest.mark.parametrize("name", list(PROCEDURE_FIELDS))
@given(data=st.data())
def test_every_difference_in_a_field_is_told_under_its_name(name: str, data: st.DataObject) -> None:
    old, new = data.draw(PROCEDURE_FIELDS[name]), data.draw(PROCEDURE_FIELDS[name])

    said = changes(PLAIN.model_copy(update={name: old}), PLAIN.model_copy(update={name: new}))

    assert (said == ()) == (old == new)
    if name != "channels":  # whose parts have names of their own
        assert all(change.label.vi.startswith(LABELS[Procedure][name].vi) for change in said)


def is_valid(entry: ContentModel) -> bool:
    try:
        type(entry)(**dict(entry))
    except ValidationError:
        return False
    return True


def holding(entry: ContentModel) -> Procedure:
    """A procedure with that entry where it belongs."""
    match entry:
        case TimeLimit():
            fields: dict[str, object] = {"channels": channels(time_limits=(entry,))}
        case Fee():
            fields = {"channels": channels(entry)}
        case Paper():
            fields = {"papers": papers(entry)}
        case Form():
            fields = {"papers": papers(Paper(name="a", forms=(entry,)))}
        case _:
            fields = {"legal_basis": (entry,)}
    return PLAIN.model_copy(update=fields)


@given(data=st.data(), kind=st.sampled_from([TIME_LIMITS, FEES, PAPERS, LAWS, FORMS]))
def test_change_of_one_field_of_an_entry_is_told(data: st.DataObject, kind: st.SearchStrategy[ContentModel]) -> None:
    old, new = data.draw(kind), data.draw(kind)
    name = data.draw(st.sampled_from(list(type(old).model_fields)))
    changed = old.model_copy(update={name: getattr(new, name)})
    assume(is_valid(changed))

    assert (changes(holding(old), holding(changed)) == ()) == (old == changed)
