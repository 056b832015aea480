"""How figures are written, which of them are doubted, and what earlier periods come to."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.dossiers.downloads import document_text, table_text
from plugins.dossiers.figures import (
    COLUMNS,
    IDENTITIES,
    count_text,
    days_text,
    identities_for_browsers,
    percent_text,
)
from plugins.dossiers.history import HistoryPoint
from plugins.dossiers.views import Names, StatisticsView, months_of_history, period_views, statistics_view
from plugins.portal.dossier_figures import DossierFigureList, PublishedPeriod
from plugins.portal.dossiers import DossierCounts, DossierStatistics, Pending, Received, Resolved
from plugins.portal.manifest import AgencyCard
from plugins.portal.validation import validate
from plugins.portal.values import VIETNAM
from plugins.portal.yaml_source import parse_yaml
from tests.dossiers.made_up import counts, row, snapshot, statistics, totals_only
from tests.provinces import ROOT

DOUBTED = DossierCounts(
    received=Received(total=100, online=40, in_person=50, carried_over=5),
    resolved=Resolved(total=90, early=70, on_time=15, overdue=2),
    pending=Pending(total=20, within=15, overdue=4),
)


def agency(slug: str, name: str) -> AgencyCard:
    return AgencyCard(
        slug=slug, name=name, short_name=None, kind="department", summary="", url=f"{slug}/", available=True,
        state="active",
    )  # fmt: skip


NAMES = Names((agency("so-y-te", "Sở Y tế"), agency("so-tu-phap", "Sở Tư pháp")), {"dat-dai": "Đất đai"})


def view(figures: DossierStatistics) -> StatisticsView:
    return statistics_view(snapshot(figures), (), NAMES)


def published() -> tuple[PublishedPeriod, ...]:
    text = (ROOT / "content/province/dossier-figures.yaml").read_text("utf-8")
    record, problems = validate(DossierFigureList, parse_yaml(text), "dossier-figures.yaml")
    assert problems == []
    assert record is not None
    return record.periods


# Writing


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (56_640 / 60_903, "93,00%"), (1.0, "100,00%"), (0.0, "0,00%"), (None, "–"), (0.999999, "99,99%"),
        (12.5, "1.250,00%"), (1 / 3, "33,33%"),
    ],
)  # fmt: skip
def test_rate_is_written_with_two_decimals_and_never_rounded_up_to_all(rate: float | None, text: str) -> None:
    assert percent_text(rate) == text


@given(part=st.integers(0, 10**9), whole=st.integers(1, 10**9))
def test_all_is_claimed_only_of_all(part: int, whole: int) -> None:
    assert (percent_text(min(part, whole) / whole) == "100,00%") == (part >= whole)


def test_counts_and_days_are_written_as_in_vietnam() -> None:
    assert [count_text(count) for count in (0, 64_786, 10**9, None)] == ["0", "64.786", "1.000.000.000", "–"]
    assert [days_text(days) for days in (2.5, 11, 0.04, 1234.56, None)] == ["2,5", "11", "0", "1.234,6", "–"]


def test_columns_and_identities_are_those_of_the_form() -> None:
    assert [column.number for column in COLUMNS] == list(range(3, 14))
    assert [identity.formula for identity in IDENTITIES.values()] == [
        "3 = 4 + 5 + 6", "7 = 8 + 9 + 10", "11 = 12 + 13", "3 = 7 + 11",
    ]  # fmt: skip
    assert identities_for_browsers()["balance"] == (3, "7 + 11", "received.total")


# Doubts


def test_every_doubt_becomes_a_footnote_at_the_sum_that_is_stated() -> None:
    [line] = view(statistics(row("so-y-te", DOUBTED))).agencies.rows
    notes = view(statistics(row("so-y-te", DOUBTED))).agencies.notes

    marked = {cell.column.number: cell.notes for cell in line.cells if cell.notes}
    assert marked == {3: (1, 4), 7: (2,), 11: (3,)}
    assert [(n.number, n.name, n.column, n.stated, n.parts, n.computed) for n in notes] == [
        (1, "Sở Y tế", 3, "100", "4 + 5 + 6", "95"),
        (2, "Sở Y tế", 7, "90", "8 + 9 + 10", "87"),
        (3, "Sở Y tế", 11, "20", "12 + 13", "19"),
        (4, "Sở Y tế", 3, "100", "7 + 11", "110"),
    ]


def test_footnotes_go_on_from_row_to_row() -> None:
    table = view(statistics(row("so-y-te", DOUBTED), row("so-tu-phap", DOUBTED), total=DOUBTED)).agencies

    assert [note.number for note in table.notes] == list(range(1, 13))
    assert [note.key for note in table.notes[::4]] == ["so-y-te", "so-tu-phap", "total"]


def test_sum_of_the_agencies_stands_beside_a_total_that_is_another() -> None:
    same = view(statistics(row("so-y-te"), total=counts()))
    other = view(statistics(row("so-y-te"), row("so-tu-phap"), total=counts(received=300)))

    assert same.agencies.added == ()
    assert other.agencies.added[0].text == "200"
    assert other.agencies.total is not None
    assert other.agencies.total["received.total"] == "300"


def test_part_that_one_agency_does_not_give_has_no_sum() -> None:
    table = view(statistics(row("so-y-te"), row("so-tu-phap", totals_only(50, 40)), total=totals_only(10, 5))).agencies

    sums = {cell.column.path: cell.text for cell in table.added}
    assert (sums["received.total"], sums["received.online"], sums["pending.total"]) == ("150", "–", "–")


def test_sums_of_huge_figures_do_not_overflow() -> None:
    huge = totals_only(10**9, 10**9)
    table = view(statistics(row("so-y-te", huge), row("so-tu-phap", huge), total=huge)).agencies

    assert table.added[0].text == "2.000.000.000"


# Rows


def test_agencies_stand_in_the_order_of_protocol_and_unknown_ones_last() -> None:
    shown = view(statistics(row("a-la", name="Cơ quan lạ"), row("so-tu-phap"), row("so-y-te", name="SYT"))).agencies

    assert [(line.name, line.url) for line in shown.rows] == [
        ("Sở Y tế", "so-lieu/so-y-te/"), ("Sở Tư pháp", "so-lieu/so-tu-phap/"), ("Cơ quan lạ", None),
    ]  # fmt: skip


def test_agencies_of_which_nothing_is_said_are_named() -> None:
    assert [card.slug for card in view(statistics(row("so-y-te"))).silent] == ["so-tu-phap"]


def test_field_has_our_name_or_that_of_the_source() -> None:
    fields = view(statistics(fields=[row("dat-dai", name="DD"), row("khac", name="Khác"), row("x")])).fields

    assert [line.name for line in fields.rows] == ["Đất đai", "Khác", ""]


# The trend


def point(moment: str, received: int, resolved: int, early: int | None = None, first: str = "2019") -> HistoryPoint:
    as_of = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
    return HistoryPoint(
        as_of=as_of, first_day=date(int(first), 1, 1), received=received, resolved=resolved, early=early
    )


def test_months_are_the_differences_between_the_last_points_of_two_months() -> None:
    history = [
        point("2019-01-15T08:00", 10, 5), point("2019-01-31T23:00", 100, 60, 50),
        point("2019-02-27T08:00", 250, 150, 90), point("2019-03-02T08:00", 260, 155, 80),
    ]  # fmt: skip
    months = list(months_of_history(history))

    assert [(m.key, m.counts.received.total, m.counts.resolved.total) for m in months] == [
        ("2019-02", 150, 90), ("2019-03", 10, 5),
    ]  # fmt: skip
    assert [m.counts.resolved.early for m in months] == [40, None]
    assert [list(m.counts.doubts()) for m in months] == [[], []]


def test_months_over_a_gap_a_new_year_or_a_correction_are_left_out() -> None:
    history = [
        point("2018-12-31T23:00", 900, 800, first="2018"), point("2019-01-31T23:00", 100, 60),
        point("2019-03-31T23:00", 300, 160), point("2019-04-30T23:00", 290, 170),
    ]  # fmt: skip

    assert list(months_of_history(history)) == []


def test_history_serves_where_the_source_gives_no_months() -> None:
    history = [
        point("2019-01-31T23:00", 100, 60),
        point("2019-02-28T23:00", 250, 150),
        point("2019-03-31T23:00", 300, 190),
    ]
    derived = statistics_view(snapshot(statistics()), history, NAMES)
    own = statistics_view(snapshot(statistics(months=[row("2019-02"), row("2019-01")])), history, NAMES)

    assert ([line.key for line in derived.months.rows], derived.months_derived) == (["2019-02", "2019-03"], True)
    assert ([line.key for line in own.months.rows], own.months_derived) == (["2019-01", "2019-02"], False)
    assert own.trend is not None
    assert own.trend.top == 90  # what came in within the month, not what was carried over


# Earlier periods


def test_seed_figures_come_to_our_rates_beside_the_quoted_one() -> None:
    of_2019, of_2018 = period_views(published())

    assert (of_2018.received, of_2018.resolved, of_2018.early, of_2018.on_time) == (
        "64.786", "60.903", "45.249", "11.391",
    )  # fmt: skip
    assert (of_2018.on_time_of_resolved, of_2018.formula) == ("93,00%", "(45.249 + 11.391) / 60.903")
    assert (of_2018.resolved_of_received, of_2018.quoted_rate) == ("94,01%", "94,28%")
    assert not of_2018.period.quoted_rate_matches
    assert (of_2019.period.approximate, of_2019.before_deadline, of_2019.on_time_of_resolved) == (
        True, "105.600", "97,60%",
    )  # fmt: skip
    assert (of_2019.formula, of_2019.bar, of_2019.quoted_rate) == ("105.600 / 108.200", None, None)


@pytest.mark.parametrize(("quoted", "matches"), [(93.0, True), (93.004, True), (92.99, False), (94.28, False)])
def test_quoted_rate_matches_to_the_digits_that_are_shown(quoted: float, *, matches: bool) -> None:
    period = published()[0].model_copy(update={"quoted_rate": quoted})

    assert period.quoted_rate_matches is matches


def test_period_without_anything_resolved_has_no_rate() -> None:
    period = PublishedPeriod(label="X", last_day=date(2018, 1, 1), received=0, resolved=0, source="S")
    [shown] = period_views([period])

    assert (shown.on_time_of_resolved, shown.resolved_of_received, shown.formula) == ("–", "–", "")


# Downloads


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_table_has_every_row_with_its_doubts_and_the_earlier_periods() -> None:
    figures = statistics(
        row("so-y-te", DOUBTED), fields=[row("dat-dai")], channels=[row("online")], months=[row("2019-01")]
    )
    text = table_text(snapshot(figures), published())
    rows = lines(text)

    assert text.startswith("\ufeffgrouping,key,name,")
    assert [entry["grouping"] for entry in rows] == [
        "total", "agency", "field", "channel", "month", "published", "published",
    ]  # fmt: skip
    assert rows[1]["doubts"].startswith("3 = 4 + 5 + 6: 100 / 95; ")
    assert (rows[1]["received_total"], rows[1]["source"]) == ("100", "motcua.example.vn")
    assert (rows[5]["quoted_rate"], rows[5]["on_time_of_resolved"]) == ("94.28", "0.930003")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@x"])
def test_name_that_a_spreadsheet_would_run_is_text(name: str) -> None:
    assert lines(table_text(snapshot(statistics(row("a", name=name))), ()))[1]["name"] == f"'{name}"


def test_document_has_rates_doubts_and_no_more_of_the_source_than_its_host() -> None:
    text = document_text(snapshot(statistics(row("so-y-te", DOUBTED))), published())
    document = json.loads(text)

    [entry] = document["rows"]["agency"]
    assert [doubt["identity"] for doubt in entry["doubts"]] == ["received", "resolved", "pending", "balance"]
    assert round(entry["on_time_of_resolved"], 4) == 0.9444
    assert document["source"] == "motcua.example.vn"
    assert "/api" not in text
    assert [period["quoted_rate_matches"] for period in document["published_periods"]] == [False, True]


def test_downloads_without_figures_have_the_earlier_periods() -> None:
    assert [entry["grouping"] for entry in lines(table_text(None, published()))] == ["published", "published"]
    assert json.loads(document_text(None, ()))["rows"] == {}
