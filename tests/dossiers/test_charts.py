"""Charts are shares of their frame: nothing sticks out, nothing is drawn that was not said."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from plugins.dossiers.charts import MONTHS_SHOWN, MonthChart, MonthCounts, StackedBar
from plugins.dossiers.period import Month
from plugins.portal.dossiers import Resolved

COUNT = st.integers(0, 10**9)
MAYBE = st.none() | COUNT


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_bar_has_a_segment_for_each_part_side_by_side() -> None:
    bar = StackedBar.of(Resolved(total=200, early=150, on_time=40, overdue=10))

    assert bar is not None
    assert [(part.kind, part.start, part.width) for part in bar.segments] == [
        ("early", "0.00%", "75.00%"),
        ("on_time", "75.00%", "20.00%"),
        ("overdue", "95.00%", "5.00%"),
    ]
    assert bar.unsaid == 0


def test_what_the_source_does_not_part_stays_empty() -> None:
    bar = StackedBar.of(Resolved(total=60_903, early=45_249, on_time=11_391))

    assert bar is not None
    assert [part.kind for part in bar.segments] == ["early", "on_time"]
    assert round(bar.unsaid, 4) == 0.07


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    assert StackedBar.of(Resolved(total=5)) is None
    assert StackedBar.of(Resolved(total=0, early=0, on_time=0, overdue=0)) is None


@given(total=COUNT, early=MAYBE, on_time=MAYBE, overdue=MAYBE)
def test_bar_never_sticks_out(total: int, early: int | None, on_time: int | None, overdue: int | None) -> None:
    bar = StackedBar.of(Resolved(total=total, early=early, on_time=on_time, overdue=overdue))

    if bar is not None:
        assert sum(part.share for part in bar.segments) + bar.unsaid <= 1.000001
        assert all(percent(part.start) + percent(part.width) <= 100.02 for part in bar.segments)


def test_month_with_most_reaches_the_top() -> None:
    chart = MonthChart.of([MonthCounts(Month.of("2019-01"), 50, 40), MonthCounts(Month.of("2019-02"), 100, 75)])

    assert chart is not None
    assert (chart.top, chart.most.month.key, chart.least.month.key) == (100, "2019-02", "2019-01")
    first, second = chart.columns
    assert (second.received.y, second.received.height) == ("0.00%", "100.00%")
    assert (first.resolved.y, first.resolved.height) == ("60.00%", "40.00%")
    assert first.middle == "25.00%"


def test_only_the_last_twelve_months_are_drawn() -> None:
    months = [MonthCounts(Month(f"{year}", month), 10, 5) for year in (2018, 2019) for month in range(1, 13)]
    chart = MonthChart.of(months)

    assert chart is not None
    assert [column.month for column in chart.columns] == [month.month for month in months[-MONTHS_SHOWN:]]


def test_year_is_named_at_the_first_month_and_where_one_begins() -> None:
    months = [Month("2018", 11), Month("2018", 12), Month("2019", 1), Month("2019", 2)]
    chart = MonthChart.of([MonthCounts(month, 10, 5) for month in months])

    assert chart is not None
    assert [column.names_year for column in chart.columns] == [True, False, True, False]


def test_one_month_is_no_trend() -> None:
    assert MonthChart.of([MonthCounts(Month.of("2019-01"), 5, 5)]) is None
    assert MonthChart.of([MonthCounts(Month.of("2019-01"), 0, 0), MonthCounts(Month.of("2019-02"), 0, 0)]) is None


@given(st.lists(st.tuples(COUNT, COUNT), max_size=30))
def test_columns_stay_inside_and_apart(pairs: list[tuple[int, int]]) -> None:
    chart = MonthChart.of([MonthCounts(Month("2019", n + 1), *pair) for n, pair in enumerate(pairs)])

    if chart is not None:
        boxes = [box for column in chart.columns for box in (column.received, column.resolved)]
        assert all(percent(box.y) + percent(box.height) <= 100.02 for box in boxes)
        ends = [(percent(box.x), percent(box.x) + percent(box.width)) for box in boxes]
        assert all(end <= begin + 0.02 for (_, end), (begin, _) in pairwise(ends))
