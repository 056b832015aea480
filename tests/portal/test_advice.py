"""What should be looked at again: it is said, and keeps nothing from being shown."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from plugins.portal.advice import far_ahead
from plugins.portal.manifest import FarDate
from plugins.portal.problems import Problem
from plugins.portal.site_reading import load_site
from plugins.procedures.advice import overdue
from plugins.procedures.cards import ProcedureCard
from tests.portal.contents import AGENCY_RECORD, ARTICLE, KINDS, PAGE, PROCEDURE, ContentFolder, said

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
        "status: abolished\neffective_to: 2015-12-31\nlegal_basis:\n  - title: Cũ\n    number: 158/2005/NĐ-CP\n",
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
            "code": code, "title": "Thủ tục", "url": f"thu-tuc/{code}/", "agency_slug": "", "agency_name": "",
            "field": "ho-tich", "field_name": "Hộ tịch", "online_level": None, "online_mode": None,
            "performed_by": ("province",), "audiences": (), "status": "in_force", "path": f"content/{code}.yaml",
        }
        | more
    )  # fmt: skip


def told(cards: list[ProcedureCard], today: date) -> list[Problem]:
    return [problem for card in cards for problem in overdue(card, today)]


def test_day_of_review_that_has_passed_is_said_on_the_day_after() -> None:
    cards = [card("1.000001", review_by=date(2020, 9, 24)), card("1.000002", review_by=date(2020, 9, 25))]

    assert told(cards, date(2020, 9, 24)) == []
    assert [said.render() for said in told(cards, date(2020, 9, 25))] == [
        "content/1.000001.yaml: review_by: was to be checked again by 24/09/2020 "
        "(check it against the law, then set reviewed and a new review_by)"
    ]


def test_procedure_whose_time_is_over_is_to_be_marked() -> None:
    cards = [
        card("1.000001", effective_to=date(2019, 12, 31)),
        card("1.000002", effective_to=date(2019, 12, 31), review_by=date(2019, 1, 1), status="abolished"),
    ]

    assert [said.render() for said in told(cards, date(2020, 1, 1))] == [
        "content/1.000001.yaml: effective_to: was in force until 31/12/2019, but is not marked as abolished "
        "(set status: abolished, or mend effective_to)"
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "status: abolished\n",
            "status: abolished without a day (add effective_to: the last day on which it was in force)",
        ),
        (
            "status: abolished\neffective_to: 2019-09-24\nsuccessor: '1.004616'\n",
            "successor: the procedure is its own successor (name the code that took its place)",
        ),
        (
            "successor: '1.004617'\n",
            "successor: has a successor, but is not abolished (set status: abolished, or remove successor)",
        ),
        ("related: ['1.004616']\n", "related[0]: the procedure is related to itself (remove this code)"),
        (
            "reviewed: 2019-09-24\nreview_by: 2019-09-01\n",
            "review_by: review_by lies before reviewed (set a later day)",
        ),
        (
            "effective_from: 2019-09-24T01:30:00Z\n",
            'effective_from: of "2019-09-24T01:30:00Z" only the day is kept (better write 2019-09-24)',
        ),
        (
            "decision:\n  number: 1/QĐ\n  date: 24/9/2019\n",
            'decision.date: "24/9/2019" is taken for 24/09/2019 (better write 2019-09-24)',
        ),
    ],
)
def test_what_contradicts_itself_in_a_procedure_is_advised(content: ContentFolder, written: str, expected: str) -> None:
    [told] = advice(content, written)
    assert told.partition(": ")[2] == expected


@pytest.mark.parametrize(
    ("inside", "written", "expected"),
    [
        (
            "agency.yaml",
            f"{AGENCY_RECORD}parent: so-y-te\n",
            "agency.yaml:4: parent: the agency belongs to itself (name the agency above it, or remove the field)",
        ),
        (
            "agency.yaml",
            f"{AGENCY_RECORD}lifecycle:\n  state: merged\n  date: 2019-01-01\n  successors: [so-noi-vu, so-y-te]\n",
            "agency.yaml:7: lifecycle.successors[1]: the agency is its own successor "
            "(name the agency that took its place)",
        ),
        (
            "agency.yaml",
            f"{AGENCY_RECORD}lifecycle:\n  successors: [so-noi-vu]\n",
            "agency.yaml:5: lifecycle: has successors, but is active "
            "(set state: renamed, merged or split, or remove successors)",
        ),
        (
            "news/2018/tin.md",
            ARTICLE,
            "news/2018/tin.md:3: date: the year is 2019, the folder's 2018 "
            "(mend the date, or move the file to news/2019/)",
        ),
        (
            "news/2019/tin.md",
            ARTICLE.replace("---\ntitle", "---\nmodified: 2019-01-01\ntitle"),
            "news/2019/tin.md:2: modified: modified lies before date, 24/09/2019 (exchange them or mend one)",
        ),
        (
            "pages/trang.md",
            PAGE.replace("---\ntitle", "---\nupdated: 24.09.2019\ntitle"),
            'pages/trang.md:2: updated: "24.09.2019" is taken for 24/09/2019 (better write 2019-09-24)',
        ),
    ],
)
def test_what_contradicts_itself_in_other_records_is_advised(
    content: ContentFolder, inside: str, written: str, expected: str
) -> None:
    content.write(inside, written)
    site = content.load()
    assert (site.problems, said(site.advice)) == ((), [expected])


def test_day_far_ahead_is_told_by_the_day_of_the_build(content: ContentFolder) -> None:
    content.write("news/2091/tin.md", ARTICLE.replace("2019", "2091"))
    content.write("news/2019/tin.md", ARTICLE)
    content.write("procedures/1.004616.yaml", f"{PROCEDURE}review_by: 2037-01-01\neffective_from: 2019-01-01\n")
    dates = content.load().far_dates

    assert [(far.field, far.day) for far in dates] == [("date", date(2091, 9, 24)), ("review_by", date(2037, 1, 1))]
    assert said(list(far_ahead(dates, date(2026, 12, 31)))) == [
        "news/2091/tin.md:3: date: 24/09/2091 lies far ahead (mend the year)",
        "procedures/1.004616.yaml:5: review_by: 01/01/2037 lies far ahead (mend the year)",
    ]
    assert len(list(far_ahead(dates, date(2027, 1, 1)))) == 1
    assert list(far_ahead([FarDate(path="x", line=1, field="date", day=date(2036, 12, 31))], date(2026, 1, 1))) == []


def test_day_that_is_still_to_come_is_told_once(content: ContentFolder) -> None:
    """That a text is not public before its day says it; a draft is never public, and its day is told otherwise."""
    content.write("news/2019/tin.md", ARTICLE.replace("2019", "2091"))
    content.write("news/2019/nhap.md", ARTICLE.replace("2019", "2091").replace("\n---\n", "\nstatus: draft\n---\n"))
    content.write("agency.yaml", f"{AGENCY_RECORD}lifecycle:\n  state: dissolved\n  date: 2091-01-01\n")
    now = datetime(2026, 10, 1, 8, 0)
    site = load_site(content.folder, "content", "so-y-te", content.shared(), drafts=True, now=now, kinds=KINDS)

    assert said([*site.advice, *far_ahead(site.far_dates, now.date())]) == [
        "agency.yaml:6: lifecycle.date: the agency is shown as active until 01/01/2091 (mend the date if it is wrong)",
        "news/2019/nhap.md:3: date: the year is 2091, the folder's 2019 "
        "(mend the date, or move the file to news/2091/)",
        "news/2019/tin.md:3: date: is not public before 24/09/2091 (mend the date if it is wrong)",
        "news/2019/nhap.md:3: date: 24/09/2091 lies far ahead (mend the year)",
    ]


def test_day_of_the_week_that_does_not_fit_is_told(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write("news/2019/tin.md", ARTICLE.replace("date: 2019-09-24", "date: Thứ hai, 24/09/2019 | 08:30"))

    site = content.load()

    assert said(site.problems) == []
    assert 'news/2019/tin.md:3: date: "Thứ hai" does not fit 24/09/2019' in " ".join(said(site.advice))
