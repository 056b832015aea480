"""Sums of what was measured."""

from __future__ import annotations

from dataclasses import replace

from tools.benchmarks.server import Answer
from tools.benchmarks.summary import (
    Asked,
    Row,
    Session,
    Times,
    Timing,
    Traffic,
    cold_rows,
    mean_of_pages,
    second_rows,
    times,
    typed_rows,
)


def session(name: str, cold: Traffic, second: Traffic, shown: int = 10, timings: tuple[Timing, ...] = ()) -> Session:
    page = Traffic(1_000, 2)
    return Session(
        cold=Asked(name, shown, cold, page),
        second=Asked(f"{name} 2", 10, second, Traffic(0, 0)),
        timings=timings,
    )


OURS = [session("ho tich", Traffic(10, 4), Traffic(0, 0)), session("dat dai", Traffic(30, 8), Traffic(6, 3))]
OTHER = [session("ho tich", Traffic(100, 2), Traffic(9, 1)), session("dat dai", Traffic(240, 3), Traffic(12, 2))]


def test_traffic_is_the_sum_of_its_answers() -> None:
    assert Traffic.of([Answer("/a.json", 5), Answer("/b.json", 7)]) == Traffic(12, 2)
    assert Traffic.of([]) == Traffic(0, 0)


def test_each_query_has_a_row_before_mean_and_worst() -> None:
    assert cold_rows(OURS, OTHER) == [
        Row("ho tich", Traffic(10, 4), Traffic(100, 2), (10, 10)),
        Row("dat dai", Traffic(30, 8), Traffic(240, 3), (10, 10)),
        Row("mean", Traffic(20, 6), Traffic(170, 2.5)),
        Row("worst", Traffic(30, 8), Traffic(240, 3)),
    ]
    assert [row.name for row in second_rows(OURS, OTHER)] == ["ho tich 2", "dat dai 2", "mean", "worst"]


def test_what_is_typed_stands_beside_the_same_pasted() -> None:
    typed = [replace(session, typed=replace(session.cold, search=Traffic(40, 9))) for session in OURS]

    assert typed_rows(typed) == [
        ("ho tich", Traffic(40, 9), Traffic(10, 4)),
        ("dat dai", Traffic(40, 9), Traffic(30, 8)),
        ("mean", Traffic(40, 9), Traffic(20, 6)),
    ]


def test_ratio_says_how_many_times_as_much_the_other_loads() -> None:
    assert [row.ratio for row in cold_rows(OURS, OTHER)] == [10, 8, 8.5, 8]


def test_second_query_that_loads_nothing_has_no_ratio() -> None:
    assert [row.ratio for row in second_rows(OURS, OTHER)] == [None, 2, 3.5, 2]


def test_queries_that_one_engine_does_not_answer_are_left_out_of_a_mean_of_their_own() -> None:
    silent = [session("ho tich", Traffic(50, 1), Traffic(0, 0), shown=0), OTHER[1]]

    assert cold_rows(OURS, silent)[2:] == [
        Row("mean", Traffic(20, 6), Traffic(145, 2)),
        Row("mean, both found", Traffic(30, 8), Traffic(240, 3)),
        Row("worst", Traffic(30, 8), Traffic(240, 3)),
    ]


def test_times_of_all_queries_are_taken_together_by_step_and_processor() -> None:
    nothing = Traffic(0, 0)
    first = (Timing("query", 6, (60.0, 40.0)), Timing("query", 1, (9.0,)), Timing("shown", 1, (20.0,)))
    second = (Timing("query", 1, (5.0, 7.0)),)
    taken = [session("a", nothing, nothing, timings=first), session("b", nothing, nothing, timings=second)]

    assert times(taken) == [
        Times("query", 1, median=7.0, worst_query=9.0, slowest=9.0),
        Times("query", 6, median=50.0, worst_query=50.0, slowest=60.0),
        Times("shown", 1, median=20.0, worst_query=20.0, slowest=20.0),
    ]


def test_page_itself_is_counted_apart() -> None:
    assert mean_of_pages(OURS) == Traffic(1_000, 2)
