"""What should be looked at again: it is said, and keeps nothing from being shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plugins.portal.advice import overdue
from plugins.portal.manifest import ProcedureCard
from tests.portal.contents import PROCEDURE, ContentFolder

PATH = "content/agencies/so-y-te/procedures/1.004616.yaml"
LEGAL_STATUS = """\
documents:
  - number: 158/2005/NĐ-CP
    status: expired
    replaced_by: 123/2015/NĐ-CP
  - number: 79/2007/NĐ-CP
    status: expired
  - number: 60/2014/QH13
    status: in_force
  - number: 46/2017/NĐ-CP
    status: partly_expired
"""


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def advice(content: ContentFolder, written: str) -> list[str]:
    content.write("procedures/1.004616.yaml", PROCEDURE + written)
    site = content.load()
    assert site.problems == ()
    return [said.render().removeprefix(PATH) for said in site.advice]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "channels:\n  - kind: in_person\n    fees:\n      - amount: 50\n",
            ":8: channels[0].fees[0].amount: 50 đồng is very little (write 50000 if thousands are meant)",
        ),
        (
            "papers:\n  - papers:\n      - name: Tờ khai\n        originals: 1\n      - name: Sổ hộ khẩu\n",
            ":9: papers[0].papers[1]: a paper without a number of originals or copies "
            "(add originals, copies or show_only: true; or make it the note of another paper)",
        ),
        (
            "legal_basis:\n  - title: Luật\n    number: 60/2014/QH13\n  - title: Cũ\n    number: 158/2005/nđ-cp\n",
            ":8: legal_basis[1]: 158/2005/NĐ-CP is no longer in force "
            "(its place was taken by 123/2015/NĐ-CP: check the procedure against it)",
        ),
        (
            "legal_basis:\n  - title: Cũ\n    number: 79/2007/NĐ-CP\n",
            ":6: legal_basis[0]: 79/2007/NĐ-CP is no longer in force (check the procedure against the law)",
        ),
    ],
    ids=["fee", "paper", "dead law with successor", "dead law"],
)
def test_doubtful_place_is_named_with_the_remedy(content: ContentFolder, written: str, expected: str) -> None:
    content.write_province("legal-status.yaml", LEGAL_STATUS)

    assert advice(content, written) == [expected]


@pytest.mark.parametrize(
    "written",
    [
        "channels:\n  - kind: in_person\n    fees:\n      - amount: 0\n      - amount: 1000\n      - note: Xem\n",
        "papers:\n  - papers:\n      - name: Thẻ\n        show_only: true\n      - name: Đơn\n        copies: 1\n",
        "legal_basis:\n  - title: Luật\n    number: 60/2014/QH13\n  - title: Sửa đổi\n    number: 46/2017/NĐ-CP\n",
        "status: abolished\nlegal_basis:\n  - title: Cũ\n    number: 158/2005/NĐ-CP\n",
        "legal_basis:\n  - title: Văn bản chưa biết số\n",
    ],
    ids=["usual fees", "papers with copies", "living law", "abolished procedure", "no number"],
)
def test_nothing_is_said_where_nothing_is_odd(content: ContentFolder, written: str) -> None:
    content.write_province("legal-status.yaml", LEGAL_STATUS)

    assert advice(content, written) == []


def card(code: str, **more: object) -> ProcedureCard:
    return ProcedureCard.model_validate(
        {
            "code": code, "name": "Thủ tục", "url": f"thu-tuc/{code}/", "agency_slug": "", "agency_name": "",
            "field": "ho-tich", "field_name": "Hộ tịch", "online_level": None, "online_mode": None,
            "performed_by": ("province",), "audiences": (), "status": "in_force", "path": f"content/{code}.yaml",
        }
        | more
    )  # fmt: skip


def test_day_of_review_that_has_passed_is_said_on_the_day_after() -> None:
    cards = [card("1.000001", review_by=date(2020, 9, 24)), card("1.000002", review_by=date(2020, 9, 25))]

    assert overdue(cards, date(2020, 9, 24)) == []
    assert [said.render() for said in overdue(cards, date(2020, 9, 25))] == [
        "content/1.000001.yaml: review_by: was to be checked again by 24/09/2020 "
        "(check it against the law, then set reviewed and a new review_by)"
    ]


def test_procedure_whose_time_is_over_is_to_be_marked() -> None:
    cards = [
        card("1.000001", effective_to=date(2019, 12, 31)),
        card("1.000002", effective_to=date(2019, 12, 31), review_by=date(2019, 1, 1), status="abolished"),
    ]

    assert [said.render() for said in overdue(cards, date(2020, 1, 1))] == [
        "content/1.000001.yaml: effective_to: was in force until 31/12/2019, but is not marked as abolished "
        "(set status: abolished, or mend effective_to)"
    ]
