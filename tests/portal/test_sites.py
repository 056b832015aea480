"""A site's folder read whole: what it holds, and every problem in it."""

from __future__ import annotations

import os
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plugins.articles.kinds import ARTICLE as ARTICLES
from plugins.articles.kinds import PAGE as PAGES
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal import addresses
from plugins.portal.agency_folders import agency_slugs
from plugins.portal.cards import failed_manifest
from plugins.portal.identifiers import is_slug
from plugins.portal.manifest import SiteManifest
from plugins.portal.media import MEDIA_SIGNATURES, OF_LETTERS
from plugins.portal.reading import MAX_TEXT_BYTES
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_reading import load_site
from plugins.procedures.kinds import PROCEDURE as PROCEDURES
from tests.portal.contents import AGENCY, AGENCY_RECORD, ARTICLE, KINDS, PAGE, PROCEDURE, SHOWN, ContentFolder, said


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def test_site_holds_what_its_folder_holds(content: ContentFolder) -> None:
    content.write("news/2019/tin.md", f"{ARTICLE}Nội dung.\n")
    content.write("pages/Giới thiệu.md", f"{PAGE}Nội dung.\n")
    content.write("procedures/1.004616.yaml", PROCEDURE)
    content.write("media/mau/don.pdf", b"%PDF-1.4")

    site = content.load()

    assert site.problems == ()
    assert site.name == "Sở Y tế"
    assert [(a.slug, a.record.date, a.body, a.body_line) for a in site.of(ARTICLES)] == [
        ("tin", datetime(2019, 9, 24), "Nội dung.\n", 6)
    ]
    assert [page.slug for page in site.of(PAGES)] == ["gioi-thieu"]
    assert [procedure.record.code for procedure in site.of(PROCEDURES)] == ["1.004616"]
    assert site.promised == ("1.004616",)
    assert site.claims == (
        "so-y-te/gioi-thieu/",
        "so-y-te/media/mau/don.pdf",
        "so-y-te/thu-tuc/1.004616/",
        "so-y-te/tin-tuc/2019/tin/",
    )
    assert set(site.texts) == {"news/2019/tin.md", "pages/Giới thiệu.md"}
    link = site.file_link("media/mau/don.pdf")
    assert (link.name, link.url, link.size, link.kind) == ("don.pdf", "so-y-te/media/mau/don.pdf", 8, "PDF")


def test_drafts_are_read_and_left_out_where_they_are_not_wanted(content: ContentFolder) -> None:
    content.write("news/2019/tin.md", ARTICLE.replace("---\ntitle", "---\nstatus: draft\ntitle"))
    content.write("pages/trang.md", PAGE.replace("---\ntitle", "---\nstatus: draft\ntitle"))
    assert len(content.load(drafts=True).texts) == 2
    assert content.load(drafts=False).texts == {}


def test_broken_draft_is_reported_even_where_drafts_are_not_wanted(content: ContentFolder) -> None:
    content.write("pages/trang.md", "---\nstatus: draft\n---\n")
    assert said(content.load(drafts=False).problems) == ["pages/trang.md:2: title: required field is missing (add it)"]


def test_text_without_front_matter_is_told_how_to_begin(content: ContentFolder) -> None:
    expected = "has no front matter (begin the file with a line ---, then the fields, then another line ---)"
    for written in ("Nội dung", "", "Nội dung: của trang\n\n---\n\nHai.", "\n\n"):
        content.write("pages/trang.md", written)
        assert content.problems() == [f"pages/trang.md:1: {expected}"]


@pytest.mark.parametrize(
    ("written", "body", "line"),
    [
        ("---\ntitle: Trang\n---\n\nA", "\nA", 4),
        ("--- \ntitle: Trang\n---\t\nA\n---\nB", "A\n---\nB", 4),
        ("\ufeff---\r\ntitle: Trang\r\n---\r\nA\r\n", "A\n", 4),
        ("---\ntitle: Trang\n---", "", 3),
        ("---\ntitle: Trang --- hai\n---\nA", "A", 4),
        ("---\ntitle: Trang\n\n---\nA", "A", 5),
        ("---\n\ntitle: Trang\n\n \n\n---\n\n---\nA", "\n---\nA", 8),
    ],
    ids=[
        "blank line",
        "rule in the text",
        "Windows",
        "no text",
        "dashes in a title",
        "line left empty",
        "lines left empty",
    ],
)
def test_text_begins_after_its_front_matter(content: ContentFolder, written: str, body: str, line: int) -> None:
    content.write("pages/trang.md", written)
    site = content.load()
    assert site.problems == ()
    assert [(page.body, page.body_line) for page in site.of(PAGES)] == [(body, line)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("---\ntitle: Trang\norder: x\n---\n", '3: order: expected a whole number, got "x" (write digits only)'),
        ("---\n---\n", "2: the file is empty (it needs: title)"),
        ("---\ntitle: [\n---\n", "2: title: [ is not closed (add ]: title: []; text goes in quotes: title: '[')"),
        ("---\ntitle: a\ntitle: b\n---\n", '3: field "title" is given twice (keep one of them)'),
        ("---\ntitle: a\n---\n\n\u202e", "5: holds the control character U+202E (delete it)"),
        ("---\r\ntitle: a\r\nx: 1\r\n---\r\n", None),
    ],
)
def test_mistake_in_front_matter_is_reported_at_its_line_of_the_file(
    content: ContentFolder, written: str, expected: str | None
) -> None:
    content.write("pages/trang.md", written)
    [problem] = content.problems()
    assert problem.startswith("pages/trang.md:3: ") if expected is None else problem == f"pages/trang.md:{expected}"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_line_separators_from_word_processors_do_not_shift_lines(content: ContentFolder, separator: str) -> None:
    content.write("pages/trang.md", f'---\nmenu: "a{separator}b"\ntitle: 5\n---\n')
    assert content.problems() == ["pages/trang.md:3: title: expected text, got \"5\" (put it in quotes: '5')"]


def test_missing_record_of_the_agency_is_reported(content: ContentFolder) -> None:
    (content.agency / "agency.yaml").unlink()
    assert content.problems() == ["agency.yaml: required file is missing (add it)"]
    assert content.load().name == AGENCY


def test_problem_is_said_in_vietnamese(content: ContentFolder) -> None:
    content.write("la.txt", "")
    content.write("pages/trang.md", "")
    assert content.problems(translate=load_catalogue(MESSAGES, "vi").gettext) == [
        "la.txt: không phải tệp mà cổng dùng ở đây (chuyển vào một trong "
        "agency.yaml, addresses.yaml, news/, pages/, procedures/, documents/, media/, hoặc bỏ đi)",
        "pages/trang.md:1: thiếu phần thông tin đầu tệp "
        "(mở đầu tệp bằng dòng ---, rồi các trường, rồi một dòng --- nữa)",
    ]


@pytest.mark.parametrize(
    "inside",
    [
        "province.yaml", "media", "news", "ghi-chu.txt", "procedures/ghi-chu.html",
    ],
)  # fmt: skip
def test_file_in_a_strange_place_is_told_the_places(content: ContentFolder, inside: str) -> None:
    content.write(inside, PAGE)
    assert content.problems() == [
        f"{inside}: not a file that the portal knows here "
        "(move it to one of agency.yaml, addresses.yaml, news/, pages/, procedures/, documents/, media/, or remove it)"
    ]


def test_files_whose_names_fold_to_one_slug_are_all_named(content: ContentFolder) -> None:
    names = ["news/2019/Tin.md", "news/2019/sub/TÍN.md", "news/tín.md"]
    for name in names:
        content.write(name, ARTICLE)
    content.write("news/2018/tin.md", ARTICLE.replace("2019", "2018"))
    everyone = ", ".join(names)
    assert content.problems() == [
        f"{name}: would be written to the same address as others, /so-y-te/tin-tuc/2019/tin/: {everyone} "
        "(rename all but one of them)"
        for name in names
    ]


def test_same_name_composed_and_decomposed_is_a_collision(content: ContentFolder) -> None:
    for form in ("NFC", "NFD"):
        content.write(unicodedata.normalize(form, "pages/giới.md"), PAGE)
    assert content.problems() == [
        "pages/giới.md: two files have this name, spelt in two ways that look alike (rename one of them)"
    ]


@pytest.mark.parametrize("name", sorted(addresses.RESERVED_IN_SITE))
def test_page_must_not_take_an_address_of_the_portal(content: ContentFolder, name: str) -> None:
    content.write(f"pages/{name}.md", PAGE)
    assert content.problems() == [f"pages/{name}.md: the address /{name}/ is taken (rename the file)"]


def test_page_whose_name_folds_to_an_address_of_the_portal_is_refused(content: ContentFolder) -> None:
    content.write("pages/Tin tức.md", PAGE)
    assert content.problems() == ["pages/Tin tức.md: the address /tin-tuc/ is taken (rename the file)"]


@pytest.mark.parametrize("name", [*sorted(filter(is_slug, addresses.RESERVED_AT_ROOT)), AGENCY])
def test_page_of_the_province_must_not_take_an_agencys_or_the_portals_address(
    content: ContentFolder, name: str
) -> None:
    content.write_province(f"pages/{name}.md", PAGE)
    problems = content.load("", agencies=(AGENCY,)).problems
    assert said(problems) == [f"content/province/pages/{name}.md: the address /{name}/ is taken (rename the file)"]


@pytest.mark.parametrize("name", sorted(name for name in addresses.RESERVED_AT_ROOT if not is_slug(name)))
def test_name_of_the_portals_that_makes_no_address_is_never_a_pages(content: ContentFolder, name: str) -> None:
    content.write_province(f"pages/{name}.md", PAGE)
    [page] = content.load("").of(PAGES)
    assert page.slug == name.strip("_").replace(".", "-") not in addresses.RESERVED_AT_ROOT


def test_page_of_an_agency_may_have_a_name_that_is_taken_at_the_root_only(content: ContentFolder) -> None:
    content.write("pages/don-vi.md", PAGE)
    content.write("pages/so-y-te.md", PAGE)
    assert content.problems() == []


@pytest.mark.parametrize("name", ["???", "北京", "a" * 121])
def test_name_that_makes_no_address_is_told_what_does(content: ContentFolder, name: str) -> None:
    content.write(f"pages/{name}.md", PAGE)
    content.write(f"news/{name}.md", ARTICLE)
    hint = "name the file with letters, digits and hyphens, at most 120 characters"
    assert content.problems() == [
        f"news/{name}.md: its name makes no address ({hint})",
        f"pages/{name}.md: its name makes no address ({hint})",
    ]


@pytest.mark.parametrize("name", ["tin-\udcff.md", "\udcff.md", "l\udce0ch \udcff.md"])
def test_name_that_is_not_utf8_is_told_and_can_be_written_down(content: ContentFolder, name: str) -> None:
    """Such a name reaches Python with lone surrogates, which no JSON and no page can hold."""
    (content.agency / "news").mkdir()
    (content.agency / "news" / name).write_text(ARTICLE, encoding="utf-8")
    site = content.load()
    manifest = failed_manifest(site, "0", site.problems)
    shown = name.replace("\udcff", "\ufffd").replace("\udce0", "\ufffd")
    hint = "rename it: names are UTF-8, without control characters"
    assert said(site.problems) == [f"news/{shown}: its name has letters that cannot be read ({hint})"]
    assert list(site.texts) == []
    assert SiteManifest.model_validate_json(manifest.model_dump_json()) == manifest


@pytest.mark.parametrize("name", ["a\x1b[2Jb.md", "a\nb.md", "a\u202eb.md"])
def test_name_with_control_characters_cannot_forge_a_report(content: ContentFolder, name: str) -> None:
    content.write(f"pages/{name}", "---\n---\n")
    problems = content.problems()
    assert problems
    assert not any(hostile in problem for problem in problems for hostile in "\x1b\n\u202e")


def test_procedure_is_named_after_its_code(content: ContentFolder) -> None:
    content.write("procedures/khai-sinh.yaml", PROCEDURE)
    assert content.problems() == [
        'procedures/khai-sinh.yaml:1: the file is not named after its code "1.004616" '
        "(rename it to 1.004616.yaml, or mend the code)"
    ]


def test_two_files_with_one_code_are_both_named(content: ContentFolder) -> None:
    content.write("procedures/1.004616.yaml", PROCEDURE)
    content.write("procedures/1.004617.yaml", PROCEDURE)
    collision = (
        "would be written to the same address as others, /so-y-te/thu-tuc/1.004616/: "
        "procedures/1.004616.yaml, procedures/1.004617.yaml (rename all but one of them)"
    )
    assert content.problems() == [
        f"procedures/1.004616.yaml: {collision}",
        f"procedures/1.004617.yaml: {collision}",
        'procedures/1.004617.yaml:1: the file is not named after its code "1.004616" '
        "(rename it to 1.004616.yaml, or mend the code)",
    ]


def test_unknown_field_of_administration_is_told_once_with_the_nearest_and_holds_nothing_back(
    content: ContentFolder,
) -> None:
    for number in range(3):
        procedure = PROCEDURE.replace("duoc-pham", "duocpham").replace("1.004616", f"1.00461{number}")
        content.write(f"procedures/1.00461{number}.yaml", procedure)
    assert content.problems() == []
    assert said(content.load().advice) == [
        'procedures/1.004610.yaml:3: field: unknown field of administration "duocpham" (did you mean "duoc-pham"? '
        'or let the province add it to fields.yaml; until then it is "Duocpham")'
    ]


@pytest.mark.parametrize("suffix", sorted(MEDIA_SIGNATURES))
def test_media_of_every_kind_is_taken_by_its_first_bytes(content: ContentFolder, suffix: str) -> None:
    signatures = MEDIA_SIGNATURES[suffix]
    content.write(f"media/tep{suffix}", (signatures[0] if signatures else b"") + b"rest")
    site = content.load()
    assert site.problems == ()
    assert list(site.media) == [f"media/tep{suffix}"]


@pytest.mark.parametrize("suffix", sorted(suffix for suffix, starts in MEDIA_SIGNATURES.items() if starts))
def test_media_that_is_not_what_its_name_says_is_refused(content: ContentFolder, suffix: str) -> None:
    content.write(f"media/tep{suffix}", b"<script>alert(1)</script>")
    assert content.problems() == [
        f"media/tep{suffix}: is no {suffix[1:].upper()} file (save it again in its own format, or rename it)"
    ]


@pytest.mark.parametrize("suffix", sorted(OF_LETTERS))
@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Sở Y tế\nthông báo".encode("utf-16"), 1),
        ("ma\nten".encode("utf-16-le"), 1),
        ("ma,ten\n1,Së Y tÕ".encode("latin-1"), 2),
        ("ma\r\nBảng giá".encode("cp1258", "replace").replace(b"?", b"\xe0"), 2),
    ],
)
def test_letters_that_are_no_utf_8_are_told_with_their_line(
    content: ContentFolder, suffix: str, written: bytes, line: int
) -> None:
    content.write(f"media/tep{suffix}", written)
    assert content.problems() == [
        f"media/tep{suffix}:{line}: not written in UTF-8 (save it again as UTF-8 (in Excel: CSV UTF-8))"
    ]


@pytest.mark.parametrize("name", ["logo.svg", "trang.html", "a.js", "a.exe", "a.pdf.php", "a.htaccess", "khong-duoi"])
def test_media_that_could_run_is_refused(content: ContentFolder, name: str) -> None:
    content.write(f"media/{name}", "<svg onload='alert(1)'/>")
    kinds = "jpg, jpeg, png, gif, webp, pdf, docx, xlsx, odt, ods, doc, xls, zip, csv, txt"
    suffix = Path(name).suffix
    assert content.problems() == [f'media/{name}: files of the kind "{suffix}" cannot be offered (use one of {kinds})']


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ("media/Đơn xin.csv", "media/don-xin.csv"),
        ("media/don.CSV", "media/don.csv"),
        ("media/a_b.csv", "media/a-b.csv"),
        ("media/北京.csv", "media/tep.csv"),
        ("media/Biểu mẫu/don.csv", "media/bieu-mau/don.csv"),
        ("media/2019/Q.3/a.csv", "media/2019/q-3/a.csv"),
    ],
)
def test_media_with_an_odd_name_is_told_a_better_one(content: ContentFolder, inside: str, wanted: str) -> None:
    content.write(inside, "a,b")
    assert content.problems() == [f"{inside}: its name does not stand well in an address (rename it to {wanted})"]


def test_huge_media_and_texts_are_refused(content: ContentFolder) -> None:
    for inside in ("media/phim.zip", "pages/trang.md"):
        path = content.write(inside, "PK")
        os.truncate(path, 1 << 40)
    assert content.problems() == [
        "media/phim.zip: larger than 10000000 bytes (make it smaller or split it)",
        f"pages/trang.md: larger than {MAX_TEXT_BYTES} bytes (split it, or move what is no text to media/)",
    ]


def test_files_that_records_name_must_be_there(content: ContentFolder) -> None:
    content.write("media/anh.png", b"\x89PNG\r\n")
    content.write(
        "agency.yaml", f"{AGENCY_RECORD}logo: media/anhh.png\npicture:\n  file: media/song.png\n  text: Sông\n"
    )
    content.write(
        "news/2019/tin.md",
        ARTICLE.replace(
            "date:", "picture:\n  file: media/a/b.png\n  text: Ảnh\nattachments:\n  - media/mot-hai-ba.pdf\ndate:"
        ),
    )
    content.write(
        "procedures/1.004616.yaml",
        f"{PROCEDURE}papers:\n  - papers:\n      - name: Đơn\n        forms:\n"
        "          - name: Mẫu\n          - name: Mẫu hai\n            file: media/mau.docx\n",
    )
    assert content.problems() == [
        'agency.yaml:4: logo: there is no file "media/anhh.png" (did you mean "media/anh.png"?)',
        'agency.yaml:6: picture.file: there is no file "media/song.png" '
        "(put the file there, or write the name of one in media/)",
        'news/2019/tin.md:4: picture.file: there is no file "media/a/b.png" '
        "(put the file there, or write the name of one in media/)",
        'news/2019/tin.md:7: attachments[0]: there is no file "media/mot-hai-ba.pdf" '
        "(put the file there, or write the name of one in media/)",
        "procedures/1.004616.yaml:11: papers[0].papers[0].forms[1].file: "
        'there is no file "media/mau.docx" (put the file there, or write the name of one in media/)',
    ]


def test_what_records_say_of_others_is_kept_with_its_place(content: ContentFolder) -> None:
    content.write(
        "agency.yaml",
        f"{AGENCY_RECORD}parent: van-phong\nlifecycle:\n  state: merged\n  date: 2019-01-01\n"
        "  successors:\n    - so-moi\n",
    )
    content.write("procedures/1.004616.yaml", f"{PROCEDURE}related: ['1.000001']\nsuccessor: '1.000002'\n")
    site = content.load()
    assert [(r.kind, r.target, r.path.removeprefix(SHOWN), r.line, r.field) for r in site.references] == [
        ("agency", "van-phong", "/agency.yaml", 4, "parent"),
        ("agency", "so-moi", "/agency.yaml", 9, "lifecycle.successors[0]"),
        ("procedure", "1.000001", "/procedures/1.004616.yaml", 5, "related[0]"),
        ("procedure", "1.000002", "/procedures/1.004616.yaml", 6, "successor"),
    ]


def test_public_address_of_the_portal_in_any_record_is_kept_to_be_looked_for(content: ContentFolder) -> None:
    content.write("agency.yaml", f"{AGENCY_RECORD}contact:\n  website: https://thu.example/so-y-te/#noi-dung\n")
    content.write(
        "procedures/1.004616.yaml",
        f"{PROCEDURE}legal_basis:\n  - title: Luật\n    url: http://www.thu.example/gi%E1%BB%9Bi/?a=b\n"
        "  - title: Nghị định\n    url: https://vanban.example/1\n",
    )
    assert [(r.target, r.fragment, r.line, r.field) for r in content.load().references] == [
        ("so-y-te/", "noi-dung", 5, "contact.website"),
        ("giới/", "", 7, "legal_basis[0].url"),
    ]


def test_code_of_a_file_that_cannot_be_read_is_promised(content: ContentFolder) -> None:
    content.write("procedures/1.004616.yaml", "code: [")
    site = content.load()
    assert site.problems
    assert (site.promised, site.entries) == (("1.004616",), ())


def test_every_problem_of_every_file_is_said_at_once_in_reading_order(content: ContentFolder) -> None:
    content.write("agency.yaml", "name: Sở\n")
    content.write("pages/b.md", "x")
    content.write("pages/a.md", "---\norder: x\nfoo: 1\n---\n")
    (content.agency / "link").symlink_to("/etc")
    assert [problem.split(" ")[0] for problem in content.problems()] == [
        "agency.yaml:1:", "agency.yaml:1:", "link:", "pages/a.md:2:", "pages/a.md:2:", "pages/a.md:3:", "pages/b.md:1:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"a: &a [x]\nb: *a\n", ":1: a: anchors (&) and aliases (*) are not allowed "
         "(write the value out, or put text that begins with & or * in quotes)"),
        (b"a: " + b"[" * 30_000, ":1: nested deeper than 40 levels (flatten it)"),
        (b"code: !!python/name:os.system\n", ':1: code: the tag "!!python/name:os.system" is not '
         "allowed (remove it)"),
        (b"code: '1'\ncode: '2'\n", ':2: field "code" is given twice (keep one of them)'),
        (b"code: \0\n", ":1: holds the control character U+0000 (delete it)"),
        (b"name: T\xe9\n", ":1: not written in UTF-8 (save it again as UTF-8)"),
        (b"", ":1: the file is empty (it needs: code, name, field, performed_by)"),
    ],
    ids=["alias", "deep", "tag", "duplicate", "NUL", "latin-1", "empty"],
)  # fmt: skip
def test_hostile_record_is_refused(content: ContentFolder, written: bytes, expected: str) -> None:
    content.write("procedures/1.004616.yaml", written)
    assert f"procedures/1.004616.yaml{expected}" in content.problems()


def test_record_nested_by_indentation_is_refused(content: ContentFolder) -> None:
    content.write("procedures/1.004616.yaml", "\n".join(" " * level + "a:" for level in range(1_200)))
    assert content.problems() == ["procedures/1.004616.yaml:41: nested deeper than 40 levels (flatten it)"]


_WORDS = st.sampled_from(
    ["---\n", "\n---\n", "title: ", "date: 2019-09-24\n", "summary: ", "x", "\n", "\r\n", "- ", "  ", ": ", "[",
     "]", "{", "}", "&a ", "*a", "!!str ", "'", '"', "|\n", "#", "%", "\0", "\ufeff", "\u202e", "code: '1.004616'\n",
     "name: ", "counters:\n",
     "1e999", "\u2028", "\ud7ff", "picture: ", "attachments: [media/x.pdf]\n", "order: ", "9" * 30]
)  # fmt: skip
_FILES = st.sampled_from(
    ["agency.yaml", "news/2019/x.md", "pages/x.md", "procedures/1.004616.yaml", "media/x.pdf", "media/x.csv", "x"]
)
_BYTES = st.binary(max_size=120) | st.lists(_WORDS, max_size=25).map(lambda words: "".join(words).encode())


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(_FILES, _BYTES | _BYTES.map(lambda body: b"---\n" + body + b"\n---\n" + body), max_size=4))
@example({"pages/x.md": b"---\ntitle: 1e999\norder: 1e999\n---\n"})
@example({"procedures/1.004616.yaml": b"? [a]\n: b"})
def test_loading_a_site_never_raises_whatever_its_files_hold(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any-content"
    content = ContentFolder(folder) if folder.exists() else ContentFolder.of(folder)
    written = [content.write(inside, held) for inside, held in files.items()]
    try:
        site = content.load()
    finally:
        for path in written:
            path.unlink()
        content.write("agency.yaml", AGENCY_RECORD)
    assert {problem.path.removeprefix(f"{SHOWN}/") for problem in site.problems} <= {*files, "agency.yaml"}
    assert all(problem.line is None or problem.line >= 1 for problem in site.problems)
    manifest = failed_manifest(site, "0", site.problems)
    assert SiteManifest.model_validate_json(manifest.model_dump_json()) == manifest


def test_province_without_a_record_is_told_so(content: ContentFolder) -> None:
    for name in ("province.yaml", "fields.yaml"):
        (content.folder / "province" / name).unlink()
    (content.folder / "province").rmdir()
    shared, problems = load_shared(content.folder, "content")
    assert shared is None
    assert [problem.render() for problem in problems] == [
        "content/province/fields.yaml: required file is missing (add it)",
        "content/province/province.yaml: required file is missing (add it)",
    ]


def test_record_of_the_province_must_not_be_a_link(content: ContentFolder) -> None:
    path = content.folder / "province" / "province.yaml"
    path.rename(content.folder / "elsewhere.yaml")
    path.symlink_to("../elsewhere.yaml")
    shared, problems = load_shared(content.folder, "content")
    assert shared is None
    assert len(problems) == 1


def test_provinces_own_site_has_no_agency(content: ContentFolder) -> None:
    content.write_province("pages/gioi-thieu.md", PAGE)
    site = content.load("")
    assert (site.agency, site.claims, site.problems) == (None, ("gioi-thieu/",), ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sở Y tế", 'its name makes no address (rename the folder to "so-y-te")'),
        ("SO", 'its name makes no address (rename the folder to "so")'),
        ("api", "the portal uses this address itself (choose another name for the folder)"),
        ("tin-tuc", "the portal uses this address itself (choose another name for the folder)"),
        ("province", "the portal uses this address itself (choose another name for the folder)"),
    ],
)
def test_folder_that_cannot_be_an_agencys_is_told_why(content: ContentFolder, name: str, expected: str) -> None:
    (content.folder / "agencies" / name).mkdir()
    slugs, problems = agency_slugs(content.folder, "content")
    assert slugs == [AGENCY]
    assert [problem.render() for problem in problems] == [f"content/agencies/{name}: {expected}"]


@pytest.mark.parametrize("name", ["???", "a" * 121, "Tin tức"])
def test_folder_is_never_told_to_take_a_name_that_will_not_do(content: ContentFolder, name: str) -> None:
    (content.folder / "agencies" / name).mkdir()
    _, [problem] = agency_slugs(content.folder, "content")
    for useless in ("", name, "tin-tuc"):
        assert f'rename the folder to "{useless}"' not in problem.render()


def test_files_and_links_among_the_agencies_are_reported(content: ContentFolder) -> None:
    agencies = content.folder / "agencies"
    (agencies / "readme.txt").touch()
    (agencies / "so-noi-vu").symlink_to(AGENCY)
    (agencies / ".gitkeep").touch()
    slugs, problems = agency_slugs(content.folder, "content")
    assert slugs == [AGENCY]
    assert [problem.render() for problem in problems] == [
        f"content/agencies/{name}: not a folder of an agency (put each agency in a folder of its own here)"
        for name in ("readme.txt", "so-noi-vu")
    ]


def test_field_of_administration_is_listed_once(content: ContentFolder) -> None:
    content.write_province("fields.yaml", "fields:\n  - {slug: a, name: Một}\n  - {slug: a, name: Hai}\n")
    _, problems = load_shared(content.folder, "content")
    assert said(problems) == [
        'content/province/fields.yaml:2: fields: the field "a" is listed more than once (keep one of them)'
    ]


def test_site_of_another_folder_is_not_looked_at(content: ContentFolder) -> None:
    other = content.folder / "agencies" / "so-noi-vu"
    other.mkdir()
    (other / "agency.yaml").write_text("hỏng: [", encoding="utf-8")
    site = load_site(content.folder, "content", AGENCY, content.shared(), drafts=True, kinds=KINDS)
    assert site.problems == ()


@pytest.mark.parametrize("begins", ["|", ">-", "|+", "|2", "> # hai đoạn"])
def test_text_of_several_lines_may_have_empty_lines_and_hyphens(content: ContentFolder, begins: str) -> None:
    summary = f"summary: {begins}\n  Đoạn một.\n\n  ---\n\n\n  Đoạn hai.\n"
    content.write("news/2019/tin.md", ARTICLE.replace("summary: Tin vắn.\n", summary) + "Chữ.\n")
    site = content.load()

    assert said(site.problems) == []
    assert "Đoạn hai." in site.of(ARTICLES)[0].record.summary
    assert site.of(ARTICLES)[0].body == "Chữ.\n"


def test_text_of_several_lines_does_not_hide_that_the_fields_have_no_end(content: ContentFolder) -> None:
    content.write("news/2019/tin.md", "---\ntitle: T\ndate: 2019-09-24\nsummary: |\n  Một.\n\n  Hai.\n\nChữ.\n")

    assert [(problem.line, problem.message.render()) for problem in content.load().problems] == [
        (7, "the second line --- is missing")
    ]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("agency.yml", "agency.yml: not called as the portal knows it (agency.yaml is there too: "),
        ("Agency.yaml", "Agency.yaml: not called as the portal knows it (agency.yaml is there too: "),
        ("News/2019/b.md", "News: not a folder that the portal knows (news is there too: "),
        ("pages/trang.markdown", "pages/trang.markdown: its name does not end in .md (pages/trang.md is there too: "),
    ],
)
def test_wrong_name_beside_the_right_one_is_not_told_to_be_renamed(
    content: ContentFolder, inside: str, expected: str
) -> None:
    content.write("news/2019/a.md", ARTICLE)
    content.write("pages/trang.md", PAGE)
    content.write(inside, PAGE)
    assert content.problems() == [f"{expected}put both together there, and remove this)"]


@pytest.mark.parametrize("inside", ["h.md.lnk", "news/2019/h.md.lnk", "pages/trang.LNK"])
def test_shortcut_is_to_be_removed(content: ContentFolder, inside: str) -> None:
    content.write(inside, b"L\x00\x00\x00")
    assert content.problems() == [
        f"{inside}: a shortcut to a file, not the file itself "
        "(remove it, and put the file itself here if it is missing)"
    ]


def test_name_and_content_of_a_file_of_media_are_told_at_once(content: ContentFolder) -> None:
    content.write("media/e.PDF", b"x")
    assert [problem.split(" (")[0] for problem in content.problems()] == [
        "media/e.PDF: is no PDF file",
        "media/e.PDF: its name does not stand well in an address",
    ]
