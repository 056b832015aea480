"""An editor is told everything in one round, whatever phase finds it, and nothing twice."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.litter import is_litter
from tests.pictures.drawn import png
from tests.portal.test_mistakes import LITTER
from tests.provinces import SmallProvince, site

NEWS = "agencies/so-y-te/news/2019"
VIETNAMESE = load_catalogue(MESSAGES, "vi").gettext


def article(body: str, date: str = "2019-09-24 08:30", title: str = "Thử") -> str:
    return f"---\ntitle: {title}\ndate: {date}\nsummary: Tóm tắt.\n---\n{body}\n"


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path)


def places(province: SmallProvince) -> list[str]:
    """Where in the agency's news something is told, in one build."""
    start = f"content/{NEWS}/"
    report = province.build()
    problems = [*province.problems(report), *province.advice(report)]
    return [problem.removeprefix(start).partition(": ")[0] for problem in problems if problem.startswith(start)]


def test_problems_of_all_phases_and_files_are_told_in_one_build(province: SmallProvince) -> None:
    province.write(f"{NEWS}/a-yaml.md", article("[x](khong-co.md)", title="Thông báo: nghỉ lễ"))
    province.write(f"{NEWS}/b-field.md", article("[x](procedure:9)", date="31/02/2019"))
    province.write(f"{NEWS}/c-open.md", "---\ntitle: Thử\ndate: 2019-09-24\nsummary: S\n[x](khong-co.md)\n")
    province.write(f"{NEWS}/d-none.md", "[x](khong-co.md)\n")
    province.write(f"{NEWS}/e-text.md", article("[x](khong-co.md)\n\n![](media/anh.png)"))
    province.write(
        f"{NEWS}/f-other.md", article("Chữ.\n\n[x](procedure:1.009999) [y](agency:so-yte) [z](/gioi-thieuu/)")
    )

    assert sorted(set(places(province))) == [
        "a-yaml.md:2", "a-yaml.md:6", "b-field.md:3", "b-field.md:6", "c-open.md:4", "c-open.md:5", "d-none.md:1",
        "e-text.md:6", "e-text.md:8", "f-other.md:8",
    ]  # fmt: skip


def test_record_that_is_not_in_order_does_not_hide_what_is_wrong_in_the_texts(province: SmallProvince) -> None:
    province.write("agencies/so-y-te/agency.yaml", "name: [Sở Y tế\n")
    province.write(f"{NEWS}/a.md", article("[x](khong-co.md)"))
    province.write(f"{NEWS}/b.md", article("[x](#khong-co)\n\n[y](#muc-hai) [z](#noi-dung)\n\n## Hai"))
    province.write(f"{NEWS}/c.md", article("[x](/so-y-te/tin-tuc/2019/b/#muc-ba)"))

    assert places(province) == ["a.md:6", "b.md:6", "c.md:6"]


ELSEWHERE = {
    "nothing": {},
    "a text": {f"{NEWS}/khac.md": article("[x](khong-co.md)")},
    "fields of an article": {f"{NEWS}/khac.md": article("Chữ.", date="31/02/2019")},
    "front matter": {f"{NEWS}/khac.md": "---\ntitle: Thử\n"},
    "the agency's record": {"agencies/so-y-te/agency.yaml": "name: [Sở Y tế\n"},
    "a procedure": {"agencies/so-y-te/procedures/1.009999.yaml": "code: 5\n"},
    "a file": {"agencies/so-y-te/media/a.png": "không phải ảnh"},
    "a name": {"agencies/so-y-te/ghi-chu/a.md": "x"},
    "a link within the site": {f"{NEWS}/khac.md": article("[x](/so-y-te/khong-co/)")},
    "the shared records": {"province/province.yaml": "name: [\n"},
}
"""What else may be wrong."""
PLACES = {
    "a.md": article("[x](#khong-co)"),
    "b.md": article("[x](#khong-co) [y](ftp://khong) [z](#noi-dung)"),
    "c.md": article("[x](#khong-co) [z](#noi-dung)", date="31/02/2019"),
    "d.md": "---\ntitle: Thử\ndate: 2019-09-24\nsummary: S\n\n[x](#khong-co)\n",
    "e.md": article("[x](/so-y-te/tin-tuc/2019/a/#khong-co) [y](/so-y-te/tin-tuc/2019/a/#noi-dung)"),
    "f.md": article("[x](/so-y-te/thu-tuc/1.004616/#khong-co) [y](/so-y-te/thu-tuc/1.004616/#noi-dung)"),
    "g.md": article("[x](/so-y-te/lien-he/#khong-co) [y](/so-y-te/lien-he/#noi-dung)"),
}
"""Texts with a link to a place that is not there."""
IN_ORDER = ("a.md", "e.md", "f.md", "g.md")
"""Those in which nothing else is wrong."""


@pytest.mark.parametrize(
    ("elsewhere", "files"), [*((elsewhere, tuple(PLACES)) for elsewhere in ELSEWHERE), ("nothing", IN_ORDER)]
)
def test_place_that_is_not_there_is_told_whatever_else_is_wrong(
    province: SmallProvince, elsewhere: str, files: tuple[str, ...]
) -> None:
    for path, written in {**{f"{NEWS}/{file}": PLACES[file] for file in files}, **ELSEWHERE[elsewhere]}.items():
        province.write(path, written)
    report = province.build()
    told = [*province.problems(report), *province.advice(report)]
    of_places = [problem.partition(": ")[0].rpartition("/")[2] for problem in told if "#khong-co" in problem]

    assert sorted(of_places) == [f"{file}:6" for file in files]
    assert not [problem for problem in told if "noi-dung" in problem or "dựng" in problem]


@pytest.mark.parametrize("before", [False, True], ids=["never built", "built before"])
@pytest.mark.parametrize("shared", ["province.yaml", "fields.yaml", "legal-status.yaml"])
def test_record_that_all_share_does_not_hide_what_is_wrong_elsewhere(
    province: SmallProvince, shared: str, before: bool
) -> None:
    if before:
        province.build()
    province.write(f"province/{shared}", "x: [\n")
    province.write("province/life-events.yaml", "life_events: 5\n")
    province.write("province/synonyms.yaml", "synonyms: 5\n")
    province.write("province/dossier-figures.yaml", "periods: 5\n")
    province.write("province/pages/trang.md", "---\ntitle: Trang\n---\n[x](khong-co.md)\n")
    province.write(f"{NEWS}/a.md", article("[x](khong-co.md)"))
    report = province.build()
    told = {problem.partition(":")[0].removeprefix("content/") for problem in province.problems(report)}

    assert told == {
        f"province/{shared}", "province/life-events.yaml", "province/synonyms.yaml", "province/dossier-figures.yaml",
        "province/pages/trang.md", f"{NEWS}/a.md",
    }  # fmt: skip
    assert province.shows("so-y-te") == (before or shared == "legal-status.yaml")


def test_nothing_of_a_build_that_only_read_is_shown_later(province: SmallProvince) -> None:
    record = (province.content / "province/province.yaml").read_text("utf-8")
    province.write("province/province.yaml", "name: [\n")
    report = province.build()

    assert (report.release, {entry.outcome for entry in report.sites}) == (None, {"left out"})
    assert {problem.partition(":")[0] for problem in province.problems(report)} == {"content/province/province.yaml"}

    province.write("province/province.yaml", record)

    assert province.problems(province.build()) == []
    assert province.shows("so-y-te/tin-tuc/2019/tiem-chung")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("![](<{static}/media/anh.png>)", "ảnh chưa có lời mô tả"),
        ('<img src="{static}/media/anh.png" alt="">', "ảnh chưa có lời mô tả"),
        ("Trang 1&#12;Trang 2", "&#12; là ký tự không được có trong bài"),
        ("Trang&#x1; [x](/so-y-te/tin-tuc/2019/a/#muc-hai)\n\n## Hai", "&#x1; là ký tự không được có trong bài"),
    ],
)
def test_what_a_library_would_complain_of_is_told_once_with_its_line(
    province: SmallProvince, body: str, message: str
) -> None:
    (province.content / "agencies/so-y-te/media/anh.png").write_bytes(png())
    province.write(f"{NEWS}/a.md", article(body))
    [problem] = province.build().problems

    assert problem.render(VIETNAMESE).partition("2019/")[2].startswith(f"a.md:6: {message} (")


def test_picture_that_is_refused_is_told_once(province: SmallProvince) -> None:
    province.write("agencies/so-y-te/media/Ảnh.PNG", "không phải ảnh")
    picture = "picture:\n  file: media/anh.png\n  text: Ảnh\n"
    written = article("![Ảnh]({static}/media/anh.png)").replace("summary:", f"{picture}summary:")
    province.write(f"{NEWS}/a.md", written)

    assert province.problems(province.build()) == [
        "content/agencies/so-y-te/media/Ảnh.PNG: is no PNG file (save it again in its own format, or rename it)",
        "content/agencies/so-y-te/media/Ảnh.PNG: its name does not stand well in an address "
        "(rename it to media/anh.png)",
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_file_of_any_form_of_its_name_is_published_and_linked_to(province: SmallProvince, form: str) -> None:
    name = unicodedata.normalize(form, "lịch tiêm")  # type: ignore[arg-type]
    province.write(f"{NEWS}/{name}.md", article("## Mục\n"))
    province.write(f"{NEWS}/lien-ket.md", article("[bài](<{filename}/news/2019/lịch tiêm.md#muc-muc>)"))

    assert province.problems(province.build()) == []
    assert province.shows("so-y-te/tin-tuc/2019/lich-tiem")
    assert 'href="/so-y-te/tin-tuc/2019/lich-tiem/#muc-muc"' in province.page("so-y-te/tin-tuc/2019/lien-ket")


def test_what_programs_leave_behind_is_neither_told_nor_published(province: SmallProvince) -> None:
    province.build()
    before = {name for name in province.files() if not name.startswith("theme/")}
    for inside in LITTER:
        province.write(f"agencies/so-y-te/{inside}", "x")
    report = province.build()

    assert (province.problems(report), site(report, "so-y-te").advice) == ([], ())
    assert {name for name in province.files() if not name.startswith("theme/")} == before


def test_what_programs_leave_behind_is_passed_over_in_every_folder(province: SmallProvince) -> None:
    """Beside the agencies, in the province's folders and in those of media as within an agency's folder."""
    province.build()
    before = {name for name in province.files() if not name.startswith("theme/")}
    for folder in ("", "agencies/", "province/", "province/media/", "province/news/", "province/pages/"):
        for inside in LITTER:
            parts = inside.split("/")
            litter = next(number for number, part in enumerate(parts) if is_litter(part))
            province.write(f"{folder}{'/'.join(parts[litter:] if folder in ('', 'agencies/') else parts)}", "x")
    province.write("agencies/__MACOSX/so-y-te/._agency.yaml", "x")
    report = province.build()

    assert (province.problems(report), province.advice(report)) == ([], [])
    assert {name for name in province.files() if not name.startswith("theme/")} == before


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("#noi-dung", False),
        ("#lich", True),
        ("{filename}/news/2019/b.md#muc-hai", False),
        ("{filename}/news/2019/b.md#muc-ba", True),
        ("/so-y-te/tin-tuc/2019/b/#muc-hai", False),
        ("/so-y-te/tin-tuc/2019/b/#muc-ba", True),
        ("/so-y-te/thu-tuc/1.004616/#khong-co", True),
    ],
)
def test_place_on_a_page_of_the_site_is_looked_for_on_the_page(
    province: SmallProvince, target: str, told: bool
) -> None:
    province.write(f"{NEWS}/a.md", article(f"Một.\n\n[x]({target})"))
    province.write(f"{NEWS}/b.md", article("## Hai\n"))

    assert places(province) == (["a.md:8"] if told else [])


def test_place_that_is_not_on_a_page_is_told_with_the_nearest(province: SmallProvince) -> None:
    province.write(f"{NEWS}/a.md", article("[x](/so-y-te/tin-tuc/2019/b/#muc-hay)"))
    province.write(f"{NEWS}/b.md", article("## Hai\n"))
    [problem] = province.build().problems

    assert problem.render(VIETNAMESE).partition(": ")[2] == (
        'trang "/so-y-te/tin-tuc/2019/b/" không có mục "#muc-hay" (ý bạn là "muc-hai"?)'
    )


def test_broken_link_to_a_page_of_the_province_is_told_with_the_nearest(province: SmallProvince) -> None:
    province.write(f"{NEWS}/a.md", article("[x](/gioi-thieuu/)"))

    assert province.advice(province.build()) == [
        'content/agencies/so-y-te/news/2019/a.md:6: there is no page at "/gioi-thieuu/" '
        '(did you mean "/gioi-thieu/"?; meanwhile the link is shown as text)'
    ]


def test_place_that_is_not_on_a_page_of_another_agency_is_advised(province: SmallProvince) -> None:
    target = "agency:so-tu-phap/tin-tuc/2019/ho-tich/"
    province.write(f"{NEWS}/a.md", article(f"[x]({target}#noi-dung) [y]({target}#muc-khac)"))
    report = province.build()

    assert province.advice(report) == [
        'content/agencies/so-y-te/news/2019/a.md:6: the page "/so-tu-phap/tin-tuc/2019/ho-tich/" has no place '
        '"#muc-khac" (look at the page for the ids of its headings)'
    ]
    assert 'href="/so-tu-phap/tin-tuc/2019/ho-tich/#muc-khac"' in province.page("so-y-te/tin-tuc/2019/a")


def test_advice_about_records_is_told_also_where_something_else_is_wrong(province: SmallProvince) -> None:
    province.write(f"{NEWS}/a.md", article("x", date="24/9/2019"))
    province.write(f"{NEWS}/b.md", article("[x](khong-co.md)"))

    assert places(province) == ["b.md:6", "a.md:3"]


@dataclass(frozen=True)
class Pairs:
    """Records of one kind, with a mistake for each phase in which one can be found."""

    path: str
    """Of a record; `{n}` stands for its number."""
    written: str
    """What is in order."""
    mistakes: dict[str, tuple[str, str]]
    """By phase: what is added to the record, or to the text below it, and words of what is then told."""
    body: str = "text"
    """The phase whose mistake is one of the text."""
    alone: bool = False
    """Whether there is one such record in the province."""

    def record(self, number: int, phases: tuple[str, ...]) -> str:
        fields = "".join(self.mistakes[phase][0] for phase in phases if phase != self.body)
        record = self.written.format(n=number, more=fields)
        return record + "".join(self.mistakes[phase][0] for phase in phases if phase == self.body)


ARTICLES = Pairs(
    f"{NEWS}/bai-{{n}}.md",
    "---\ntitle: Thử\ndate: 2019-09-24\nsummary: S\n{more}---\n",
    {
        "YAML": ("author: Sở: Y tế\n", "a colon in the value"),
        "field": ("featured: đúng\n", "expected true or false"),
        "missing field": ("picture:\n  file: media/la.csv\n", "required field is missing"),
        "file": ("attachments: [media/khong.pdf]\n", 'there is no file "media/khong.pdf"'),
        "entry twice": ("topics: [a, b, A]\n", '"A" stands twice'),
        "remark": ("modified: 2018-01-01\n", "modified lies before date"),
        "text": ("[x](khong-co.md)\n", '"khong-co.md" are not allowed'),
    },
)
PAGES = Pairs(
    "agencies/so-y-te/pages/trang-{n}.md",
    "---\ntitle: Thử\n{more}---\n",
    {
        "YAML": ("menu: Sở: Y tế\n", "a colon in the value"),
        "field": ("order: mười\n", "expected a whole number"),
        "day": ("updated: 25/9/2019\n", "is taken for 25/09/2019"),
        "text": ("[x](khong-co.md)\n", '"khong-co.md" are not allowed'),
    },
)
PROCEDURES = Pairs(
    "agencies/so-y-te/procedures/3.{n:06}.yaml",
    "code: '3.{n:06}'\nname: Thử\nfield: ho-tich\nperformed_by: [province]\n{more}",
    {
        "YAML": ("reception_address: Sở: Y tế\n", "a colon in the value"),
        "field": ("dossier_sets: mười\n", "expected a whole number"),
        "missing field": ("legal_basis:\n  - number: 1/NĐ\n", "required field is missing"),
        "file": (
            "papers:\n  - papers:\n      - name: Đơn\n        copies: 1\n        forms:\n"
            "          - {{name: Mẫu, file: media/khong.docx}}\n",
            'there is no file "media/khong.docx"',
        ),
        "reference": ("related: ['3.999999']\n", 'there is no procedure "3.999999"'),
        "between fields": ("effective_from: 2019-02-01\neffective_to: 2019-01-01\n", "effective_to is before"),
        "within an entry": ("channels:\n  - kind: online\n    fees:\n      - per: bản\n", "a fee says nothing"),
        "entry twice": ("keywords: [a, A]\n", '"A" stands twice'),
        "remark": ("successor: '1.004616'\n", "has a successor, but is not abolished"),
    },
)
AGENCIES = Pairs(
    "agencies/co-quan-{n}/agency.yaml",
    "name: Sở {n}\nsummary: S\n{more}",
    {
        "YAML": ("short_name: Sở: Y tế\n", "a colon in the value"),
        "field": ("sample: đúng\n", "expected true or false"),
        "missing field": ("", "required field is missing"),
        "file": ("logo: media/khong.png\n", 'there is no file "media/khong.png"'),
        "reference": ("parent: khong-co\n", 'unknown agency "khong-co"'),
        "between fields": ("lifecycle:\n  state: merged\n", "is merged needs the day"),
        "entry twice": ("counters:\n  - name: A\n  - name: a\n", '"a" stands twice'),
    },
)
"""Their kind is missing in all."""
PROVINCE = Pairs(
    "province/province.yaml",
    "name: Tỉnh\nsite_name: Cổng\nsummary: S\nurl: https://thu.example\n{more}",
    {
        "YAML": ("name_en: A: B\n", "a colon in the value"),
        "field": ("contact:\n  email: a\n", "expected an e-mail address"),
        "reference": ("agency_order: [khong-co]\n", 'unknown agency "khong-co"'),
        "entry twice": ("most_used: ['1.001193', '1.001193']\n", '"1.001193" stands twice'),
    },
    alone=True,
)
ORDER = Pairs(
    PROVINCE.path,
    PROVINCE.written,
    {
        "entry twice": ("agency_order: [so-y-te, so-tu-phap, so-y-te]\n", '"so-y-te" stands twice'),
        "reference": ("most_used: ['3.999999']\n", 'there is no procedure "3.999999"'),
        "field": ("code: x\n", "expected an agency's code"),
    },
    alone=True,
)
FIELDS = Pairs(
    "province/fields.yaml",
    "fields:\n  - {{slug: ho-tich, name: Hộ tịch}}\n  - {{slug: duoc-pham, name: Dược}}\n{more}",
    {
        "YAML": ("  - slug: a-a\n    name: A: B\n", "a colon in the value"),
        "field": ("  - {{slug: Y Tế, name: Y tế}}\n", "expected a short name"),
        "missing field": ("  - {{slug: dat}}\n", "required field is missing"),
        "between entries": ("  - {{slug: ho-tich, name: Hộ}}\n", '"ho-tich" is listed more than once'),
        "other entries": ("  - {{slug: duoc-pham, name: Thuốc}}\n", '"duoc-pham" is listed more than once'),
    },
    alone=True,
)
LEGAL = Pairs(
    "province/legal-status.yaml",
    "documents:\n  - {{number: 1/NĐ, status: expired}}\n{more}",
    {
        "YAML": ("  - number: 3/NĐ\n    status: expired\n    note: A: B\n", "a colon in the value"),
        "field": ("  - {{number: 2/NĐ, status: hết}}\n", "expected one of"),
        "between entries": ("  - {{number: 1/nđ, status: expired}}\n", '"1/NĐ" is listed more than once'),
        "day": ("  - {{number: 4/NĐ, status: expired, since: 25/9/2019}}\n", "is taken for 25/09/2019"),
    },
    alone=True,
)
EVENTS = Pairs(
    "province/life-events.yaml",
    "life_events:\n  - {{slug: a, name: A, summary: S, steps: [{{title: T}}]}}\n{more}",
    {
        "YAML": ("  - slug: d\n    summary: S\n    steps: [{{title: T}}]\n    name: A: B\n", "a colon in the value"),
        "field": ("  - {{slug: B B, name: B, summary: S, steps: [{{title: T}}]}}\n", "expected a short name"),
        "between entries": ("  - {{slug: a, name: C, summary: S, steps: [{{title: T}}]}}\n", '"a" is listed more than'),
        "reference": (
            "  - {{slug: c, name: E, summary: S, steps: [{{title: T, procedures: ['3.999999']}}]}}\n",
            'there is no procedure "3.999999"',
        ),
    },
    alone=True,
)
SYNONYMS = Pairs(
    "province/synonyms.yaml",
    "synonyms:\n  - {{say: [a], mean: [b]}}\n{more}",
    {
        "field": ("  - {{say: ['...'], mean: [c]}}\n", "expected words"),
        "missing field": ("  - {{say: [d]}}\n", "required field is missing"),
        "between entries": ("  - {{say: [A], mean: [e]}}\n", '"A" is said more than once'),
        "cycle": ("  - {{say: [f], mean: [f]}}\n", '"f" leads back to itself'),
        "entry twice": ("  - {{say: [g, G], mean: [h]}}\n", '"G" stands twice'),
    },
    alone=True,
)
PERIODS = Pairs(
    "province/dossier-figures.yaml",
    "periods:\n  - {{label: A, last_day: 2019-01-01, received: 1, resolved: 1, source: S}}\n{more}",
    {
        "field": (
            "  - {{label: B, last_day: 2019-01-01, received: x, resolved: 1, source: S}}\n",
            "a number of dossiers",
        ),
        "between fields": (
            "  - {{label: C, first_day: 2019-02-01, last_day: 2019-01-01, received: 1, resolved: 1, source: S}}\n",
            "last_day is before first_day",
        ),
        "between others": (
            "  - {{label: D, last_day: x, early: 1, before_deadline: 1, received: 1, resolved: 1, source: S}}\n",
            "before_deadline stands beside",
        ),
        "entry twice": ("  - {{label: a, last_day: 2019-01-01, received: 1, resolved: 1, source: S}}\n", '"a" stands'),
    },
    alone=True,
)  # fmt: skip
RECORDS = {
    "article": ARTICLES, "page": PAGES, "procedure": PROCEDURES, "agency": AGENCIES, "province": PROVINCE,
    "order": ORDER, "fields": FIELDS, "legal status": LEGAL, "life events": EVENTS, "synonyms": SYNONYMS,
    "periods": PERIODS,
}  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_mistakes_of_any_two_phases_in_one_record_are_told_at_once(province: SmallProvince, name: str) -> None:
    """Each of them once, and with its line."""
    province.build()
    records = RECORDS[name]
    pairs = list(enumerate(combinations(records.mistakes, 2), 1))
    missing = []
    for group in ([pair] for pair in pairs) if records.alone else [pairs]:
        for number, phases in group:
            written = records.record(number, phases)
            province.write(records.path.format(n=number), written.replace("{{", "{").replace("}}", "}"))
        report = province.build()
        told = [*province.problems(report), *province.advice(report)]
        for number, phases in group:
            path = f"content/{records.path.format(n=number)}:"
            for phase in phases:
                words = records.mistakes[phase][1]
                of_it = [line for line in told if line.startswith(path) and words in line]
                if len(of_it) != 1:
                    missing.append((phases, words, [line for line in told if line.startswith(path)]))

    assert missing == []
