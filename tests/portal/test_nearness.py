"""Which known name an unknown one was meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.nearness import distance, near_names
from plugins.portal.problems import did_you_mean, text

CODES = ("1.001193", "1.001194", "1.003803", "2.000884", "2.000889")


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("/gioi-thieuu/", ["/gioi-thieu/", "/so-y-te/gioi-thieu/", "/tin-tuc/"], ["/gioi-thieu/"]),
        ("/so-y-te/gioi/", ["/so-y-te/gioi-thieu/", "/so-y-te/tin-tuc/"], ["/so-y-te/gioi-thieu/"]),
        ("/gioi-thieu", ["/gioi-thieu/", "/tin-tuc/"], ["/gioi-thieu/"]),
        ("1.001195", CODES, ["1.001193", "1.001194"]),
        ("2.000888", CODES, ["2.000884", "2.000889"]),
        ("1.009999", ["2.000884"], []),
        ("2.000488", CODES, []),
        ("2.00884", CODES, ["2.000884"]),
        ("2.008084", CODES, ["2.000884"]),
        ("/thu-tuc/2.000488/", ["/", "/api/", "/api/v1/", "/thu-tuc/", "/thu-tuc/tat-ca/", "/thu-tuc/2.000111/"], []),
        ("/thu-tuc/2.000888/", [f"/thu-tuc/{code}/" for code in CODES], ["/thu-tuc/2.000884/", "/thu-tuc/2.000889/"]),
        ("/so-y-te/thu-tuc/2.000884/", ["/", "/so-y-te/thu-tuc/", "/thu-tuc/2.000884/"], ["/thu-tuc/2.000884/"]),
        (
            "/so-y-te/media/don.pdf",
            ["/so-y-te/media/", "/", "/so-y-te/media/mau/don.pdf"],
            ["/so-y-te/media/mau/don.pdf"],
        ),
        ("/khong-gan-gi-ca/", ["/", "/api/", "/tin-tuc/", "/thu-tuc/"], []),
        ("media/to.png", ["media/lu-nuoc.png", "media/anh.png"], []),
        ("media/don.pdf", ["media/mau/don.pdf", "media/anh.png"], ["media/mau/don.pdf"]),
        ("news/2019/nhap.md", ["news/2019/tro.md"], []),
        ("feild", ["field", "fees"], ["field"]),
        ("Title", ["title"], ["title"]),
        ("tiêu-đề", ["tieu-de"], ["tieu-de"]),
        ("save_as", ["status", "summary", "title"], []),
        ("b", ["a", "c"], []),
        ("", ["a"], []),
        ("a", [], []),
    ],
)
def test_names_are_near_by_what_differs_in_them(name: str, known: list[str], near: list[str]) -> None:
    assert near_names(name, known, 3) == near


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_that_of_damerau_and_levenshtein(one: str, other: str) -> None:
    """Restricted to single exchanges, as the plain recursion has it."""

    def slow(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        best = min(slow(i - 1, j) + 1, slow(i, j - 1) + 1, slow(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            best = min(best, slow(i - 2, j - 2) + 1)
        return best

    assert distance(one, other, 6) == slow(len(one), len(other))


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 5))
def test_distance_beyond_the_limit_is_one_more_than_the_limit(one: str, other: str, limit: int) -> None:
    assert distance(one, other, limit) == min(distance(one, other, 6), limit + 1)


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("1.001195", CODES, "did you mean one of these: 1.001193, 1.001194?"),
        ("1.003804", CODES, 'did you mean "1.003803"?'),
        ("9", CODES, "look elsewhere"),
        ("9", (), "look elsewhere"),
    ],
)
def test_remedy_for_an_unknown_name_is_a_near_one_or_something_to_do(name: str, known: list[str], said: str) -> None:
    assert did_you_mean(name, known, text("look elsewhere")).render() == said


def test_without_anything_to_do_the_known_names_are_listed() -> None:
    assert did_you_mean("9", ["a", "b"]).render() == "known: a, b"
    assert did_you_mean("9", []).render() == "none is known here"
