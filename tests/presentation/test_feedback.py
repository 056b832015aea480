"""What readers may say of a page goes to a form elsewhere, where there is one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from plugins.presentation.feedback import Feedback, feedback_of
from tests.provinces import SmallProvince

PAGES = (
    "",
    "gioi-thieu/",
    "thu-tuc/tat-ca/",
    "so-y-te/",
    "so-y-te/thu-tuc/1.004616/",
    "so-y-te/tin-tuc/2019/tiem-chung/",
)
FORM = "https://motcua.example/gop-y?tu=cong&x=%C3%A1#phieu"


def answers(page: str) -> dict[str, str]:
    links = html.document_fromstring(page).xpath("//aside[@aria-label='Ý kiến của bạn']//a")
    return {link.text_content(): link.get("href") for link in links}


def test_each_page_asks_and_tells_the_form_of_itself(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    record = (made.content / "province/province.yaml").read_text("utf-8")
    made.write("province/province.yaml", f"{record}feedback_url: '{FORM}'\n")
    made.build()

    for address in PAGES:
        links = {name: urlsplit(href) for name, href in answers(made.page(address)).items()}
        assert {name: parse_qs(link.query)["about"] for name, link in links.items()} == {
            "Có": ["helpful"],
            "Không": ["unhelpful"],
            "Báo lỗi trang này": ["mistake"],
        }
        for link in links.values():
            told = parse_qs(link.query)
            assert (link.netloc, link.path, link.fragment) == ("motcua.example", "/gop-y", "phieu")
            assert (told["page"], told["tu"], told["x"]) == ([f"https://thunghiem.example/{address}"], ["cong"], ["á"])
    assert answers((made.output / "404.html").read_text("utf-8")) == {}


def test_nothing_is_asked_where_nobody_reads_it(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    made.build()

    assert [answers(made.page(address)) for address in PAGES] == [{}] * len(PAGES)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("https://a.example", "https://a.example/?page=https%3A%2F%2Fp.example%2Fthu-tuc%2F%3Fa%3D1%26b&about=helpful"),
        (
            "https://a.example/x?",
            "https://a.example/x?page=https%3A%2F%2Fp.example%2Fthu-tuc%2F%3Fa%3D1%26b&about=helpful",
        ),
    ],
)
def test_address_of_the_page_is_encoded(form: str, expected: str) -> None:
    links = feedback_of(form, "https://p.example")("thu-tuc/?a=1&b")

    assert isinstance(links, Feedback)
    assert links.helpful == expected


def test_address_of_the_form_that_is_none_is_told(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    record = (made.content / "province/province.yaml").read_text("utf-8")
    made.write("province/province.yaml", f"{record}feedback_url: gop-y\n")

    [problem] = made.problems(made.build())

    assert problem.startswith("content/province/province.yaml:")
    assert "feedback_url: " in problem
