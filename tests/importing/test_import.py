"""Imports into a small province: what is written where, what a second import changes, and what stays an editor's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.importing import ImportPlan, ImportStopped, ImportSummary, carry_out, plan_import
from plugins.importing.ledger import LEDGER
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.procedure import Procedure
from plugins.portal.reading import MAX_TEXT_BYTES
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_reading import load_site
from plugins.portal.yaml_source import parse_yaml
from plugins.procedures.kinds import PROCEDURE as PROCEDURES
from tests.portal.contents import KINDS
from tests.provinces import SmallProvince

RECORD = {
    "ma_thu_tuc": "1.000500",
    "ten_thu_tuc": "Cấp thẻ thử nghiệm",
    "linh_vuc": "Thử nghiệm",
    "cap_thuc_hien": "Cấp tỉnh",
    "co_quan_thuc_hien": "SỞ Y TẾ",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "trinh_tu_thuc_hien": "Bước 1: Nộp đơn.\nBước 2: Nhận thẻ.",
    "ket_qua_xu_ly": "Thẻ",
}
NEW = "agencies/so-y-te/procedures/1.000500.yaml"


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path / "tinh")


def source(province: SmallProvince, *records: dict[str, Any], name: str = "records.jsonl") -> Path:
    path = province.folder / name
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def planned(province: SmallProvince, *records: dict[str, Any], **options: Any) -> ImportPlan:
    return plan_import(province.content, [source(province, *records)], **options)


def imported(province: SmallProvince, *records: dict[str, Any], **options: Any) -> ImportSummary:
    return carry_out(planned(province, *records, **options))


def edited(province: SmallProvince, inside: str, old: str, new: str) -> None:
    path = province.content / inside
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new, 1), encoding="utf-8")


def text(province: SmallProvince, inside: str = NEW) -> str:
    return (province.content / inside).read_text(encoding="utf-8")


def files(province: SmallProvince) -> dict[str, bytes]:
    found = sorted(path for path in province.content.rglob("*") if path.is_file())
    return {path.relative_to(province.content).as_posix(): path.read_bytes() for path in found}


def changes(plan: ImportPlan) -> list[tuple[str, str, str, str]]:
    return [(one.field, one.kind, one.old, one.new) for taken in plan.taken for one in taken.changes]


def doubts(plan: ImportPlan) -> list[tuple[str, str]]:
    return [(doubt.field, doubt.kind) for taken in plan.taken for doubt in taken.doubts]


def refusals(plan: ImportPlan) -> list[str]:
    return [refused.reason.render() for refused in plan.refused]


def test_a_new_record_becomes_a_file_of_the_agency_that_performs_it(province: SmallProvince) -> None:
    before = files(province)
    summary = imported(province, RECORD)
    after = files(province)
    assert sorted(after.keys() - before.keys()) == [f"agencies/so-y-te/procedures/{LEDGER}", NEW]
    assert {name for name in before if before[name] != after[name]} == {"province/fields.yaml"}
    assert after["province/fields.yaml"] == before["province/fields.yaml"] + (
        "  - slug: thu-nghiem\n    name: Thử nghiệm\n".encode()
    )
    assert text(province) == (
        "# yaml-language-server: $schema=../../../schemas/procedure.schema.json\n"
        "code: '1.000500'\nname: Cấp thẻ thử nghiệm\nfield: thu-nghiem\nperformed_by:\n  - province\n"
        "performing_bodies:\n  - SỞ Y TẾ\naudiences:\n  - citizen\n"
        "steps:\n  - steps:\n      - Nộp đơn.\n      - Nhận thẻ.\nresults:\n  - name: Thẻ\n"
    )
    assert (summary.read, summary.fully, summary.new, summary.written) == (1, 1, 1, 3)
    assert summary.fields == ("Thử nghiệm",)
    assert summary.complete


def test_what_is_imported_is_content_without_problems(province: SmallProvince) -> None:
    imported(province, RECORD, {**RECORD, "ma_thu_tuc": "1.000501", "cap_thuc_hien": "Cấp xã"})
    shared, problems = load_shared(province.content, "content")
    assert shared is not None
    assert problems == ()
    slugs, _ = agency_slugs(province.content, "content")
    sites = [
        load_site(province.content, "content", slug, shared, drafts=True, agencies=slugs, kinds=KINDS)
        for slug in ("", *slugs)
    ]
    assert [site.problems for site in sites] == [() for _ in sites]
    assert {"1.000500", "1.000501"} <= {found.record.code for site in sites for found in site.of(PROCEDURES)}


@pytest.mark.parametrize(
    ("changed", "into", "folder"),
    [
        ({"co_quan_thuc_hien": "So y te"}, None, "agencies/so-y-te"),
        ({"co_quan_thuc_hien": "Sở Y tế tỉnh bạn"}, None, "province"),
        ({"co_quan_thuc_hien": "", "co_quan_co_tham_quyen": "Sở Tư pháp"}, None, "agencies/so-tu-phap"),
        ({"cap_thuc_hien": "Cấp tỉnh, Cấp xã"}, None, "province"),
        ({"cap_thuc_hien": "Cấp huyện"}, None, "province"),
        ({}, "so-tu-phap", "agencies/so-tu-phap"),
        ({}, "province", "province"),
    ],
)
def test_owner_is_who_is_asked_for_or_named_else_the_province(
    province: SmallProvince, changed: dict[str, str], into: str | None, folder: str
) -> None:
    [taken] = planned(province, {**RECORD, **changed}, into=into).taken
    assert taken.path.endswith(f"/{folder}/procedures/1.000500.yaml")


def test_a_code_that_has_a_file_stays_where_it_is(province: SmallProvince) -> None:
    [taken] = planned(province, {**RECORD, "ma_thu_tuc": "2.000488"}, into="province").taken
    assert taken.path.endswith("/agencies/so-tu-phap/procedures/2.000488.yaml")


def test_importing_again_changes_nothing(province: SmallProvince) -> None:
    imported(province, RECORD)
    before = files(province)
    summary = imported(province, RECORD)
    assert (summary.unchanged, summary.written, summary.complete) == (1, 0, True)
    assert files(province) == before


def test_a_file_that_an_editor_deleted_is_not_written_again_without_being_asked(province: SmallProvince) -> None:
    imported(province, RECORD)
    (province.content / NEW).unlink()
    plan = planned(province, RECORD)
    place = f"{province.content.as_posix()}/{NEW}"
    assert refusals(plan) == [f"{place} was imported before, and an editor deleted it (--overwrite writes it again)"]
    assert carry_out(plan).written == 0
    assert imported(province, RECORD, overwrite=True).new == 1
    assert (province.content / NEW).is_file()


def test_a_file_that_an_editor_moved_to_another_agency_is_updated_there(province: SmallProvince) -> None:
    imported(province, RECORD)
    moved = "agencies/so-tu-phap/procedures/1.000500.yaml"
    (province.content / NEW).rename(province.content / moved)
    summary = imported(province, {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa"})
    assert (summary.updated, summary.conflicts) == (1, 0)
    assert "name: Thẻ nhựa\n" in text(province, moved)
    assert not (province.content / NEW).exists()
    assert imported(province, {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa"}).written == 0


def test_what_is_remembered_may_be_larger_than_any_file_of_the_content(province: SmallProvince) -> None:
    entries = {f"2.{number:06d}": {"name": "0" * 12, "steps": "0" * 12} for number in range(25_000)}
    ledger = province.write(f"agencies/so-y-te/procedures/{LEDGER}", json.dumps(entries))
    assert ledger.stat().st_size > MAX_TEXT_BYTES
    imported(province, RECORD)
    assert imported(province, RECORD).written == 0
    assert len(json.loads(ledger.read_text(encoding="utf-8"))) == 25_001


def test_a_record_whose_file_the_portal_could_not_read_is_refused(province: SmallProvince) -> None:
    steps = "\n".join(f"Bước {number % 2 + 1}: {'đ' * 9_000}" for number in range(13))
    record = {**RECORD, **dict.fromkeys(("trinh_tu_thuc_hien", "yeu_cau_dieu_kien", "mo_ta"), steps)}
    papers = "Tên giấy tờMẫu đơn, tờ khaiSố lượng" + ("đ" * 1_900 + "1 bản chính") * 65
    laws = " ".join(f"{'đ' * 1_900}{number}/2019/NĐ-CP" for number in range(65))
    results = ("đ" * 1_900 + "Mã: KQ.G15.000031") * 65
    large = {"thanh_phan_ho_so": papers, "can_cu_phap_ly": laws, "ket_qua_xu_ly": results}
    plan = planned(province, {**record, **large})
    assert refusals(plan) == ["its file would be larger than 1000000 bytes: shorten its texts in the source"]
    assert plan.writes == ()


def test_a_change_of_the_source_is_taken_and_nothing_else_is_touched(province: SmallProvince) -> None:
    imported(province, RECORD)
    edited(province, NEW, "code: '1.000500'\n", "code: '1.000500'  # mã\n\n# Tên gọi\n")
    before = text(province)
    plan = planned(province, {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa", "so_quyet_dinh": "1/QĐ"})
    assert changes(plan) == [("decision", "added", "", "1/QĐ"), ("results", "updated", "Thẻ", "Thẻ nhựa")]
    summary = carry_out(plan)
    assert (summary.updated, summary.conflicts, summary.written) == (1, 0, 2)
    assert text(province) == before.replace("name: Thẻ\n", "name: Thẻ nhựa\n").replace(
        "field: thu-nghiem\n", "decision:\n  number: '1/QĐ'\nfield: thu-nghiem\n"
    )
    assert imported(province, {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa", "so_quyet_dinh": "1/QĐ"}).written == 0


def test_a_field_that_an_editor_changed_is_kept_and_both_values_are_said(province: SmallProvince) -> None:
    imported(province, RECORD)
    edited(province, NEW, "- name: Thẻ", "- name: Thẻ của tôi")
    before = text(province)
    coming = {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa", "ten_thu_tuc": "Cấp thẻ mới"}
    plan = planned(province, coming)
    assert changes(plan) == [
        ("name", "updated", "Cấp thẻ thử nghiệm", "Cấp thẻ mới"),
        ("results", "conflict", "Thẻ của tôi", "Thẻ nhựa"),
    ]
    assert [change.line for taken in plan.taken for change in taken.conflicts] == [15]
    summary = carry_out(plan)
    assert (summary.conflicts, summary.complete) == (1, False)
    assert text(province) == before.replace("Cấp thẻ thử nghiệm", "Cấp thẻ mới")
    assert imported(province, coming).conflicts == 1  # it is not forgotten
    assert text(province) == before.replace("Cấp thẻ thử nghiệm", "Cấp thẻ mới")


def test_overwrite_replaces_what_an_editor_changed_and_says_so(province: SmallProvince) -> None:
    imported(province, RECORD)
    edited(province, NEW, "- name: Thẻ", "- name: Thẻ của tôi")
    plan = planned(province, RECORD, overwrite=True)
    assert changes(plan) == [("results", "overwritten", "Thẻ của tôi", "Thẻ")]
    summary = carry_out(plan)
    assert (summary.overwritten, summary.conflicts, summary.complete) == (1, 0, True)
    assert "của tôi" not in text(province)
    assert changes(planned(province, {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa"})) == [
        ("results", "updated", "Thẻ", "Thẻ nhựa")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("results:\n", "results:  # hỏi lại Sở\n"),
        ("  - name: Thẻ\n", "  - name: Thẻ\n    # hỏi lại Sở\n"),
        ("results:\n  - name: Thẻ\n", ""),
    ],
)
def test_a_comment_within_a_field_and_a_field_that_was_taken_out_are_an_editors(
    province: SmallProvince, old: str, new: str
) -> None:
    imported(province, RECORD)
    edited(province, NEW, old, new)
    before = text(province)
    summary = imported(province, {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa"})
    assert (summary.conflicts, summary.updated) == (1, 0)
    assert text(province) == before


def test_a_file_that_no_import_wrote_is_an_editors_in_every_field(province: SmallProvince) -> None:
    inside = "province/procedures/1.001193.yaml"
    before = files(province)
    record = {**RECORD, "ma_thu_tuc": "1.001193", "linh_vuc": "Hộ tịch", "cap_thuc_hien": "Cấp xã"}
    plan = planned(province, record)
    assert {kind for _, kind, _, _ in changes(plan)} == {"conflict"}
    assert ("name", "conflict", "Đăng ký khai sinh", "Cấp thẻ thử nghiệm") in changes(plan)
    assert carry_out(plan).written == 0
    assert files(province) == before
    summary = imported(province, record, overwrite=True)
    assert summary.overwritten > 2
    kept = Procedure.model_validate(parse_yaml(text(province, inside)).value)
    assert kept.name == "Cấp thẻ thử nghiệm"
    assert kept.channels[0].fees[0].amount == 8_000  # the record says nothing of channels


def test_fields_that_the_import_does_not_give_are_never_touched(province: SmallProvince) -> None:
    imported(province, RECORD)
    with (province.content / NEW).open("a", encoding="utf-8") as file:
        file.write("keywords: [thẻ, làm thẻ]\nonline_level: 4\nreviewed: 2019-09-24\n")
    summary = imported(province, {**RECORD, "ten_thu_tuc": "Cấp thẻ mới"}, overwrite=True)
    assert (summary.updated, summary.overwritten) == (1, 0)
    assert text(province).endswith("keywords: [thẻ, làm thẻ]\nonline_level: 4\nreviewed: 2019-09-24\n")


def test_a_field_that_the_source_gives_no_longer_stays_with_a_doubt(province: SmallProvince) -> None:
    imported(province, RECORD)
    plan = planned(province, {**RECORD, "ket_qua_xu_ly": "Không có thông tin"})
    assert [(doubt.field, doubt.kind) for taken in plan.taken for doubt in taken.doubts] == [
        ("results", "no_longer_given")
    ]
    assert carry_out(plan).written == 0


def test_records_that_say_the_same_are_taken_once_and_others_are_refused_with_both_places(
    province: SmallProvince,
) -> None:
    first = source(province, RECORD, RECORD, {**RECORD, "ma_thu_tuc": "1.000501"}, name="a.jsonl")
    second = source(province, {**RECORD, "ma_thu_tuc": "1.000501", "ten_thu_tuc": "Khác"}, RECORD, name="b.jsonl")
    plan = plan_import(province.content, [first, second])
    assert [taken.code for taken in plan.taken] == ["1.000500"]
    assert [(record.file, record.line) for record, _ in plan.duplicates] == [(str(first), 2), (str(second), 2)]
    assert refusals(plan) == [
        f"the code 1.000501 stands in {second}:1 too, with other contents: keep one of them",
        f"the code 1.000501 stands in {first}:3 too, with other contents: keep one of them",
    ]
    summary = plan.summary()
    assert (summary.read, summary.fully, summary.duplicates, summary.refused) == (5, 1, 2, 2)


def test_a_code_with_files_in_two_folders_is_refused(province: SmallProvince) -> None:
    province.write("agencies/so-y-te/procedures/1.001193.yaml", text(province, "province/procedures/1.001193.yaml"))
    shown = province.content.as_posix()
    assert refusals(planned(province, {**RECORD, "ma_thu_tuc": "1.001193"})) == [
        f"the code 1.001193 has a file in more than one folder: {shown}/province/procedures/1.001193.yaml, "
        f"{shown}/agencies/so-y-te/procedures/1.001193.yaml; keep one of them"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("code: '1.000500'\nname: [", "[ is not closed"),
        ("code: '1.000500'\nten: Thẻ\n", "required field is missing"),
        (
            "{code: '1.000500', name: Thẻ, field: ho-tich, performed_by: [commune]}\n",
            "do not stand on lines of their own",
        ),
    ],
)
def test_a_file_that_cannot_be_merged_refuses_its_record_only(province: SmallProvince, content: str, said: str) -> None:
    province.write(NEW, content)
    plan = planned(province, RECORD, {**RECORD, "ma_thu_tuc": "1.000501"})
    assert [taken.code for taken in plan.taken] == ["1.000501"]
    [reason] = refusals(plan)
    assert f"/{NEW}:" in reason
    assert said in reason
    carry_out(plan)
    assert text(province) == content


def test_links_to_procedures_that_the_portal_does_not_have_are_left_out_with_a_doubt(province: SmallProvince) -> None:
    record = {**RECORD, "thu_tuc_lien_quan": "1.001193, 1.000501, 1.999999"}
    plan = planned(province, record, {**RECORD, "ma_thu_tuc": "1.000501"})
    assert [(doubt.field, doubt.kind) for taken in plan.taken for doubt in taken.doubts] == [
        ("related", "related_unknown")
    ]
    carry_out(plan)
    assert Procedure.model_validate(parse_yaml(text(province)).value).related == ("1.001193", "1.000501")


def test_fields_of_administration_are_known_by_their_name_and_comments_of_the_list_stay(
    province: SmallProvince,
) -> None:
    listed = "# Danh mục\nfields:\n- slug: ho-tich  # cũ\n  name: Hộ tịch\n- {slug: thuoc, name: Dược phẩm}\n# hết\n"
    province.write("province/fields.yaml", listed)
    plan = planned(
        province,
        {**RECORD, "linh_vuc": "DƯỢC PHẨM"},
        {**RECORD, "ma_thu_tuc": "1.000501", "linh_vuc": "Lĩnh vực: mới"},
        {**RECORD, "ma_thu_tuc": "1.000502", "linh_vuc": "Lĩnh vực mới"},
    )
    carry_out(plan)
    assert "field: thuoc\n" in text(province)
    assert plan.fields == ("Lĩnh vực: mới",)
    assert text(province, "province/fields.yaml") == listed.replace(
        "# hết", "- slug: linh-vuc-moi\n  name: 'Lĩnh vực: mới'\n# hết"
    )


def test_an_import_that_was_interrupted_left_whole_files_and_can_be_run_again(province: SmallProvince) -> None:
    records = [{**RECORD, "ma_thu_tuc": f"1.{number:06d}"} for number in range(500, 510)]

    def interrupt(stage: str, done: int, total: int | None) -> None:
        if stage == "writing" and done == 5:
            raise KeyboardInterrupt

    plan = planned(province, *records)
    with pytest.raises(KeyboardInterrupt):
        carry_out(plan, interrupt)
    for inside, content in files(province).items():
        if inside.endswith(".yaml"):
            assert parse_yaml(content.decode()).value
    summary = imported(province, *records)
    assert (summary.new, summary.unchanged, summary.conflicts) == (6, 4, 0)
    changed = [{**record, "ten_thu_tuc": "Cấp thẻ mới"} for record in records]
    assert (imported(province, *changed).updated, imported(province, *changed).written) == (10, 0)


def test_a_file_that_changed_since_the_plan_is_not_written(province: SmallProvince) -> None:
    imported(province, RECORD)
    plan = planned(province, {**RECORD, "ten_thu_tuc": "Cấp thẻ mới"})
    edited(province, NEW, "Thẻ", "Thẻ khác")
    with pytest.raises(ImportStopped) as stop:
        carry_out(plan)
    assert str(stop.value) == f"{province.content.as_posix()}/{NEW} was changed during the import: import again"
    assert "Cấp thẻ mới" not in text(province)


def linked_folder(province: SmallProvince) -> None:
    elsewhere = province.folder / "elsewhere"
    (province.content / "agencies/so-y-te/procedures").rename(elsewhere)
    (province.content / "agencies/so-y-te/procedures").symlink_to(elsewhere)


def linked_file(province: SmallProvince) -> None:
    elsewhere = province.folder / "elsewhere.yaml"
    elsewhere.write_text("code: '1.000500'\n", encoding="utf-8")
    (province.content / NEW).symlink_to(elsewhere)


def linked_ledger(province: SmallProvince) -> None:
    (province.content / NEW).with_name(LEDGER).symlink_to(province.folder / "nowhere")


@pytest.mark.parametrize("link", [linked_folder, linked_file, linked_ledger])
def test_nothing_is_written_through_a_link(province: SmallProvince, link: Callable[[SmallProvince], None]) -> None:
    link(province)
    before = sorted((path, path.read_bytes()) for path in province.folder.rglob("*") if path.is_file())
    records = source(province, RECORD)
    with pytest.raises(ImportStopped) as stop:
        carry_out(plan_import(province.content, [records]))
    assert "is a link to another place: put the file or folder itself there" in str(stop.value)
    records.unlink()
    assert sorted((path, path.read_bytes()) for path in province.folder.rglob("*") if path.is_file()) == before


@pytest.mark.parametrize(
    ("inside", "content", "said"),
    [
        ("province/fields.yaml", "fields: []\n", "province/fields.yaml:1: needs at least 1 entry: mend it first"),
        (
            "province/fields.yaml",
            "fields: [{slug: ho-tich, name: Hộ tịch}, {slug: duoc-pham, name: Dược phẩm}]\n",
            "province/fields.yaml: write its fields as a list, each on lines of its own that begin with -",
        ),
        (
            f"agencies/so-y-te/procedures/{LEDGER}",
            '{\n"1.000500": {},\n<<<<<<< HEAD\n',
            f"procedures/{LEDGER}:3: is not what an import wrote: take it back from git, or delete it"
            " (then every difference counts as an editor's)",
        ),
        (f"agencies/so-y-te/procedures/{LEDGER}", "[]", f"procedures/{LEDGER}:1: is not what an import wrote"),
    ],
)
def test_a_content_folder_that_is_not_in_order_stops_the_import(
    province: SmallProvince, inside: str, content: str, said: str
) -> None:
    province.write(inside, content)
    before = files(province)
    with pytest.raises(ImportStopped) as stop:
        imported(province, RECORD)
    assert said in str(stop.value)
    assert files(province) == before


def test_a_folder_or_an_owner_that_is_not_there_stops_the_import(province: SmallProvince) -> None:
    with pytest.raises(ImportStopped) as stop:
        plan_import(province.folder / "nowhere", [source(province, RECORD)])
    assert str(stop.value).endswith("nowhere: no folder province/ in it: is this a content folder?")
    with pytest.raises(ImportStopped) as stop:
        planned(province, RECORD, into="so-yte")
    assert str(stop.value) == 'unknown agency "so-yte" (did you mean "so-y-te"?)'


def test_one_bad_file_among_many_leaves_everything_as_it_was(province: SmallProvince) -> None:
    before = files(province)
    bad = province.folder / "bad.json"
    bad.write_bytes(b'[{"ma_thu_tuc"')
    with pytest.raises(ImportStopped):
        plan_import(province.content, [source(province, RECORD), bad])
    assert files(province) == before


def test_a_folder_that_cannot_be_written_is_told(province: SmallProvince) -> None:
    folder = province.content / "agencies/so-tu-phap/procedures"
    (folder / "2.000488.yaml").unlink()
    folder.rmdir()
    plan = planned(province, RECORD, into="so-tu-phap")
    folder.write_text("", encoding="utf-8")
    with pytest.raises(ImportStopped) as stop:
        carry_out(plan)
    assert str(stop.value).endswith("/so-tu-phap/procedures/1.000500.yaml cannot be read: Not a directory")


def test_lines_of_a_file_from_windows_stay_as_they_are(province: SmallProvince) -> None:
    imported(province, RECORD)
    path = province.content / NEW
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    summary = imported(province, {**RECORD, "ket_qua_xu_ly": "Thẻ nhựa"})
    assert summary.updated == 1
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_every_stage_is_told_to_its_end(province: SmallProvince) -> None:
    seen: list[tuple[str, int, int | None]] = []
    plan = planned(province, RECORD, progress=lambda *step: seen.append(step))
    carry_out(plan, lambda *step: seen.append(step))
    assert seen == [
        ("reading", 1, None), ("planning", 1, 1), ("writing", 1, 3), ("writing", 2, 3), ("writing", 3, 3),
    ]  # fmt: skip
