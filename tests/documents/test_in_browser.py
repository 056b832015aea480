"""From the command line to a citizen: what is taken in is published, found by its number, and read in a browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.command_line import main
from plugins.serving import PortalServer
from tests.chromium import opened
from tests.demo.browsing import Browser
from tests.documents.test_edxml import A, B
from tests.documents.word_files import decision, head
from tests.provinces import SmallProvince

pytestmark = [pytest.mark.browser, pytest.mark.heavy]

RESULT = "#search-results > li > a"
IN_SIGHT = "const { top } = arguments[0].parentElement.getBoundingClientRect(); return 0 <= top && top < innerHeight"
PAPER = """\
<!DOCTYPE html><meta charset="utf-8"><title>Quyết định</title><style>td { width: 50% }</style>
<table><tr><td>UBND TỈNH THỬ NGHIỆM<br>SỞ Y TẾ<br>Số: 15/2019/QĐ-SYT</td>
<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br>Thử Nghiệm, ngày 9 tháng 10 năm 2019</td></tr>
</table><p>QUYẾT ĐỊNH</p><p>Ban hành Quy chế phối hợp phòng, chống dịch</p><p>GIÁM ĐỐC SỞ Y TẾ</p>
<p>Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;</p><p>QUYẾT ĐỊNH:</p>
<p>Điều 1. Phạm vi</p><p>Quy chế này áp dụng cho các trạm y tế trong tỉnh.</p>"""
"""Printed by the browser itself: a PDF as a word processor makes it."""
WORD = decision(above=head(number="Số: 14/2019/QĐ-SYT"))
OLD = """\
number: 03/2015/QĐ-SYT
type: decision
title: Quy định cũ
issued: 2015-03-02
effective_from: 2015-03-12
"""

ASKED = """\
type: resolution
title: Dự thảo về lệ phí
issued: 2019-02-01
consultation: {begins: 2019-02-01, ends: 2099-03-01, agency: Sở Y tế, email: gop-y@thunghiem.example}
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser at a province into which packages, a Word file and a PDF were taken in."""
    folder = tmp_path_factory.mktemp("taken-in")
    with opened(folder / "chromium") as chrome:
        chrome.get(f"data:text/html;base64,{base64.b64encode(PAPER.encode()).decode()}")
        paper = base64.b64decode(chrome.print_page())
        province = SmallProvince.of(folder)
        province.write("agencies/so-y-te/documents/2015/cu.yaml", OLD)
        province.write("agencies/so-y-te/documents/2019/gop-y.yaml", ASKED)
        take_in(province, folder, {"a.edxml": A.encode(), "b.edxml": B.encode(), "c.docx": WORD, "d.pdf": paper})
        publish(province)
        report = province.build()
        assert province.problems(report) == []
        with PortalServer(province.output, port=0).running() as address:
            browser = Browser(chrome, address)
            browser.messages()
            yield browser


def take_in(province: SmallProvince, folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    paths = [str(folder / name) for name in files]
    assert main(["import", "documents", *paths, "--into", "so-y-te", "--content", str(province.content)]) == 0


def publish(province: SmallProvince) -> None:
    """As an editor does who has looked at a draft."""
    for path in province.content.glob("agencies/so-y-te/documents/2019/*"):
        path.write_text(path.read_text("utf-8").replace("publication: draft\n", ""), "utf-8")


@pytest.mark.parametrize(
    ("number", "page"),
    [
        ("12/2019/QĐ-SYT", "2019/12-2019-qd-syt/"),
        ("15/TB-SYT", "2019/15-tb-syt/"),
        ("14/2019/QĐ-SYT", "2019/14-2019-qd-syt/"),
        ("15/2019/QĐ-SYT", "2019/15-2019-qd-syt/"),
    ],
)
def test_each_is_found_by_its_number(browser: Browser, number: str, page: str) -> None:
    browser.open(f"tim-kiem/?q={quote(number)}&loai=tin")
    browser.wait(lambda: browser.shows(RESULT), "a result")
    browser.find(RESULT).click()
    browser.wait(lambda: browser.chrome.current_url.endswith(f"/so-y-te/van-ban/{page}"), number)

    assert number in browser.find("main").text
    assert browser.messages() == ()


@pytest.mark.parametrize(
    ("page", "article"),
    [
        ("2019/14-2019-qd-syt/", "Điều 1. Ban hành kèm theo Quyết định này Quy định về tiêm chủng lưu động."),
        ("2019/15-2019-qd-syt/", "Điều 1. Phạm vi"),
    ],
)
def test_text_of_word_and_pdf_is_read_at_its_article(browser: Browser, page: str, article: str) -> None:
    browser.open(f"so-y-te/van-ban/{page}#dieu-1")
    place = browser.find("#dieu-1")

    assert browser.chrome.execute_script("return arguments[0].matches(':target')", place)
    assert browser.chrome.execute_script("return arguments[0].parentElement.textContent", place) == article
    browser.wait(lambda: browser.chrome.execute_script(IN_SIGHT, place), "the article in sight")


def test_list_is_narrowed_down_by_several_sides_at_once(browser: Browser) -> None:
    browser.open("van-ban/")
    for name, value in (("loai", "quyet-dinh"), ("nam", "2019")):
        browser.find(f"#loc-{name}").click()
        option = f"#loc-{name} option[value='{value}']"
        browser.wait(partial(browser.find_all, option), value)
        choose = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))"
        browser.chrome.execute_script(choose, browser.find(f"#loc-{name}"), value)
    browser.wait(lambda: len(browser.find_all("#ket-qua-loc li")) == 3, "three documents")

    assert "Quyết định 12/2019/QĐ-SYT" in browser.find("#ket-qua-loc").text
    assert browser.chrome.current_url.endswith("/van-ban/?loai=quyet-dinh&nam=2019")
    assert browser.messages() == ()


def test_document_that_was_replaced_says_so_on_its_old_page(browser: Browser) -> None:
    browser.open("so-y-te/van-ban/2015/3-2015-qd-syt/")
    words = browser.find("main").text

    assert "Hết hiệu lực" in words
    assert "12/2019/QĐ-SYT" in words


def test_draft_for_comment_says_how_many_days_are_left(browser: Browser) -> None:
    """By the day on which it is read, which no build knows."""
    browser.open("so-y-te/van-ban/2019/gop-y/")
    told = browser.wait(lambda: browser.find("[data-until]").text, "the days")

    assert re.fullmatch(r"Còn \d{5} ngày\.", told)
