"""A procedure as its page sees it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import segno
from lxml import etree

from plugins.portal.entries import Entry
from plugins.portal.procedure import Procedure
from plugins.portal.shared import Shared
from plugins.portal.sites import Site
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.kinds import PROCEDURE as PROCEDURES
from plugins.procedures.pages import QR_MASK, PageMaker, ProcedureView, qr_code
from tests.portal.contents import PROCEDURE, ContentFolder

RECORD = """\
audiences: [citizen]
description: Ai cũng </script><b>được
online_level: 4
channels:
  - kind: online
    url: https://nop.example/
    fees: [{amount: 50000}, {amount: 0}]
papers:
  - case: Lần đầu
    papers: &papers
      - {name: Tờ khai, originals: 1, forms: [{name: Mẫu 1, file: media/mau.docx}, {name: Mẫu 2, url: 'https://a.example/'}]}
      - {name: Ảnh, copies: 2}
      - {name: Ảnh, copies: 3}
      - {name: Nếu đã cấp}
results: [{name: Giấy}]
legal_basis: [{number: 1/2005/NĐ-CP, title: Cũ}, {title: Luật}]
related: ['1.000002', '1.004617']
"""


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    content = ContentFolder.of(tmp_path / "content")
    content.write_province("legal-status.yaml", "documents: [{number: 1/2005/NĐ-CP, status: expired}]\n")
    content.write("media/mau.docx", b"PK\x03\x04 word")
    content.write("procedures/1.004617.yaml", PROCEDURE.replace("1.004616", "1.004617"))
    return content


def own(site: Site, shared: Shared) -> tuple[Entry[Procedure], ProcedureCard]:
    """The procedure under test, and its card."""
    return next(pair for pair in site.listed(PROCEDURES, shared) if pair[1].code == "1.004616")


def view(content: ContentFolder, record: str = RECORD.replace("&papers", "")) -> ProcedureView:
    content.write("procedures/1.004616.yaml", PROCEDURE + record)
    site: Site = content.load()
    assert site.problems == ()
    shared = content.shared()
    entry, card = own(site, shared)
    names = {entry.record.code: entry.record.name for entry in site.of(PROCEDURES)}
    maker = PageMaker(site, shared, "", names)
    return maker.view(card, entry.record, "thu-tuc/linh-vuc/duoc-pham/")


def test_papers_of_one_name_have_keys_of_their_own_and_notes_are_not_to_bring(content: ContentFolder) -> None:
    [case] = view(content).papers

    assert [paper.to_bring for paper in case.papers] == [True, True, True, False]
    assert len({paper.key for paper in case.papers}) == 4
    assert all(re.fullmatch(r"[0-9a-f]{8}", paper.key) for paper in case.papers)


def test_key_of_a_paper_stays_when_others_come_and_go(content: ContentFolder) -> None:
    before = {paper.paper.name: paper.key for paper in view(content).papers[0].papers}
    other = "papers: [{case: Lần đầu, papers: [{name: Đơn mới, originals: 1}, {name: Tờ khai, copies: 1}]}]\n"
    after = {paper.paper.name: paper.key for paper in view(content, other).papers[0].papers}

    assert after["Tờ khai"] == before["Tờ khai"]


def test_form_of_the_site_has_its_kind_and_size(content: ContentFolder) -> None:
    own, other = view(content).papers[0].papers[0].forms

    assert (own.url, own.kind, own.size) == ("/so-y-te/media/mau.docx", "DOCX", 9)
    assert (other.url, other.kind, other.size) == ("https://a.example/", None, None)


def test_document_that_is_dead_carries_its_status(content: ContentFolder) -> None:
    old, living = view(content).legal_basis

    assert old.status is not None
    assert old.status.status == "expired"
    assert living.status is None


def test_procedure_of_another_site_is_named_when_linked(content: ContentFolder) -> None:
    made = view(content)

    assert [str(link) for link in made.related] == [
        "<!--portal:procedure 1.000002-->", '<a href="/thu-tuc/1.004617/">Cấp chứng chỉ</a>'
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "times", "fees"),
    [
        (
            "[{kind: in_person, time_limits: [{amount: 3, unit: day}], fees: [{kind: fee, amount: 5000}]}]",
            ("3 ngày",),
            ("Lệ phí: 5.000\u00a0đồng",),
        ),
        (
            "[{kind: in_person, time_limits: [{amount: 3, unit: day}], fees: [{kind: fee, amount: 5000}]}, "
            "{kind: online, time_limits: [{amount: 3, unit: day}], fees: [{kind: fee, amount: 0}]}]",
            ("3 ngày",),
            ("Lệ phí: 5.000\u00a0đồng (Trực tiếp)", "Miễn phí (Trực tuyến)"),
        ),
        (
            "[{kind: in_person, fees: [{kind: fee, amount: 5000}]}, {kind: post, fees: [{kind: fee, amount: 5000}]}, "
            "{kind: online}]",
            (),
            ("Lệ phí: 5.000\u00a0đồng (Trực tiếp, Dịch vụ bưu chính)",),
        ),
    ],
    ids=["one way", "two ways that differ", "a way of which nothing is known"],
)
def test_answer_that_does_not_hold_for_every_way_to_file_says_for_which(
    content: ContentFolder, written: str, times: tuple[str, ...], fees: tuple[str, ...]
) -> None:
    made = view(content, f"channels: {written}\n").summary

    assert (made.times, made.fees) == (times, fees)


@pytest.mark.parametrize(
    ("record", "levels"),
    [
        ("performed_by: [district, commune]\nperforming_bodies: [UBND cấp xã, Phòng Tư pháp]\n", ""),
        ("performed_by: [district]\nperforming_bodies: [Phòng Giáo dục]\n", "Cấp huyện"),
        ("performed_by: [district, commune]\n", "Cấp huyện, cấp xã"),
        ("performed_by: [commune]\nreception_address: Một cửa CẤP XÃ\n", ""),
        ("performed_by: [province]\n", ""),
    ],
)
def test_level_is_said_where_nothing_else_beside_says_it(content: ContentFolder, record: str, levels: str) -> None:
    base = "\n".join(line for line in PROCEDURE.splitlines() if not line.startswith("performed_by"))
    content.write("procedures/1.004616.yaml", f"{base}\n{record}")
    site = content.load()
    assert site.problems == ()
    shared = content.shared()
    entry, card = own(site, shared)
    made = PageMaker(site, shared, "", {}).view(card, entry.record, "")

    assert made.summary.levels == levels
    assert made.levels.startswith("Cấp ")


@pytest.mark.parametrize(
    ("steps", "numbered"),
    [("['Bước 1: nộp.', 'Bước 2: nhận.']", False), ("[Nộp., Nhận.]", True), ("[Nộp rồi nhận.]", False)],
)
def test_steps_that_number_themselves_are_not_numbered_again(
    content: ContentFolder, steps: str, numbered: bool
) -> None:
    assert view(content, f"steps: [{{steps: {steps}}}]\n").steps[0].numbered is numbered


def test_structured_data_is_json_that_cannot_end_its_element(content: ContentFolder) -> None:
    block = str(view(content).structured_data)
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    said = json.loads(inside)

    assert not set("<>&") & set(inside)
    assert said["@type"] == "GovernmentService"
    assert said["description"] == "Ai cũng </script><b>được"
    assert said["serviceOperator"] == {
        "@type": "GovernmentOrganization", "name": "Sở Y tế", "url": "https://thu.example/so-y-te/",
    }  # fmt: skip
    assert said["@id"] == "https://thu.example/thu-tuc/1.004616/"
    assert said["availableChannel"][0]["serviceUrl"] == "https://nop.example/"
    assert [offer["price"] for offer in said["offers"]] == [0, 50000]


def test_national_portal_is_linked_by_code_where_its_address_is_known(content: ContentFolder) -> None:
    assert view(content).national_url is None
    record = (content.folder / "province" / "province.yaml").read_text(encoding="utf-8")
    content.write_province("province.yaml", f"{record}national_procedure_url: https://qg.example/?ma={{code}}\n")

    assert view(content).national_url == "https://qg.example/?ma=1.004616"


def test_qr_code_is_a_drawing_of_the_address() -> None:
    address = "https://haugiang.gov.vn/thu-tuc/1.001193/"
    drawing = etree.fromstring(str(qr_code(address)))
    expected = segno.make_qr(address, error="m", mask=QR_MASK, boost_error=False)
    border = 4
    side = len(expected.matrix) + 2 * border

    assert drawing.get("viewBox") == f"0 0 {side} {side}"
    assert drawing.get("style") is None
    assert _dark(drawing) == {
        (x + border, y + border) for y, row in enumerate(expected.matrix) for x, module in enumerate(row) if module
    }


def _dark(drawing: etree._Element) -> set[tuple[int, int]]:
    """The dark squares of the one path, which draws them as horizontal strokes: `M4 4.5h7m3 0h1...`."""
    [path] = drawing.iter("{*}path")
    x, y, found = 0, 0, set()
    for step, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path.get("d") or ""):
        if step == "h":
            found |= {(x + offset, y) for offset in range(int(first))}
            x += int(first)
        elif step == "M":
            x, y = int(first), int(float(second))
        else:
            x, y = x + int(first), y + int(float(second))
    return found
