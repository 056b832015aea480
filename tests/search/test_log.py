"""What was looked for and not found is counted from a server's log, and nobody is in it."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.log import Missed, summed_up

LINE = '203.0.113.7 - - [01/Jul/2025:08:00:00 +0700] "GET {} HTTP/1.1" {} 512 "-" "Mozilla"'


def lines(*queries: str, times: int = 3, status: int = 200) -> list[str]:
    return [LINE.format(f"/tim-kiem/?q={query}", status) for query in queries for _ in range(times)]


def best(query: str) -> tuple[str, float] | None:
    return {"khai sinh": ("Đăng ký khai sinh", 1.0), "sổ lạ": ("Sổ hộ tịch", 0.4)}.get(query)


def test_what_finds_nothing_or_nothing_that_fits_is_listed_the_most_asked_first() -> None:
    summary = summed_up([*lines("khai+sinh", "s%E1%BB%95+l%E1%BA%A1"), *lines("bay+l%C3%AAn", times=5)], best)

    assert (summary.queries, summary.left_out) == (11, 0)
    assert summary.missed == (Missed("bay lên", 5, ""), Missed("sổ lạ", 3, "Sổ hộ tịch"))


def test_spellings_of_the_same_words_are_one_query() -> None:
    asked = [*lines("bay+len", times=1), *lines("bay+l%C3%AAn", times=2), *lines("Bay%20L%C3%AAn", times=1)]

    assert summed_up(asked, best).missed == (Missed("bay lên", 4, ""),)


def test_what_few_ask_is_not_listed() -> None:
    assert summed_up(lines("bay", times=2), best).missed == ()
    assert summed_up(lines("bay", times=2), best, least=2).missed == (Missed("bay", 2, ""),)


@pytest.mark.parametrize(
    "query", ["093082001234", "nguyen+van+a+0912345678", "a@b.vn", "091-234-5678", "h%E1%BB%93+s%C6%A1+000.12.34.56"]
)
def test_what_may_be_of_a_person_is_left_out(query: str) -> None:
    summary = summed_up(lines(query), best)

    assert (summary.left_out, summary.missed) == (3, ())


def test_code_of_a_procedure_is_nobodys_number() -> None:
    assert summed_up(lines("1.999999"), best).missed == (Missed("1.999999", 3, ""),)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "GET",
        LINE.format("/tin-tuc/?q=bay", 200),
        LINE.format("/tim-kiem/?q=bay", 404),
        LINE.format("/tim-kiem/", 200),
        LINE.format("//[?q=bay", 200),
        LINE.format("/tim-kiem/?" + "&".join(["q=bay"] * 40), 200),
        LINE.format("/tim-kiem/?q=%FF%00%", 200).replace("GET", "POST"),
    ],
)
def test_other_lines_ask_nothing(line: str) -> None:
    assert summed_up([line] * 3, best).queries == 0


def test_agencys_own_search_counts_too() -> None:
    asked = [LINE.format("/so-y-te/tim-kiem/?q=bay", 200)] * 3
    assert summed_up(asked, best).missed == (Missed("bay", 3, ""),)


@given(st.text(), st.text("0123456789 bay", max_size=20))
def test_no_line_is_an_error_and_each_query_is_told_or_left_out(text: str, asked: str) -> None:
    whole = [LINE.format(f"/tim-kiem/?q={quote(asked)}", 200)] * 3
    summary = summed_up(whole, best)

    assert summary.queries == (3 if asked.strip() else 0)
    assert summary.left_out + sum(missed.times for missed in summary.missed) == summary.queries
    odd = [text, LINE.format(f"/tim-kiem/?q={text}", 200)]
    assert summed_up([*whole, *odd], best).queries == summary.queries + summed_up(odd, best).queries
