"""Where the links of a text lead, and what is said of those that lead nowhere."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.articles.links import Rendered
from plugins.articles.markup import Renderer
from tests.portal.contents import ARTICLE, PAGE, SHOWN, ContentFolder

PORTAL = "https://haugiang.gov.vn"
FIRST_LINE = 4
"""Of the Markdown, behind the front matter of `PAGE`."""


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    content = ContentFolder.of(tmp_path / "content")
    content.write("media/anh.png", b"\x89PNG\r\n")
    content.write("news/2019/tin.md", ARTICLE)
    return content


def rendered(content: ContentFolder, body: str, *, drafts: bool = True) -> Rendered:
    content.write("pages/trang.md", PAGE + body)
    site = content.load(drafts=drafts)
    return Renderer(site, "", portal_url=PORTAL).render(site.texts["pages/trang.md"])


def told(found: Rendered) -> list[str]:
    return [problem.render().removeprefix(f"{SHOWN}/pages/trang.md:") for problem in found.problems]


def refers(found: Rendered) -> list[tuple[str, str, str]]:
    return [(reference.kind, reference.target, reference.fragment) for reference in found.references]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("escaped", [False, True])
@pytest.mark.parametrize("name", ["NFC", "NFD"])
def test_names_and_links_meet_however_their_marks_are_stored(
    content: ContentFolder, name: str, form: str, escaped: bool
) -> None:
    content.write(unicodedata.normalize(name, "news/2019/lịch tiêm.md"), ARTICLE)  # type: ignore[arg-type]
    link = unicodedata.normalize(form, "news/2019/lịch tiêm.md")  # type: ignore[arg-type]
    found = rendered(content, f"[bài](<{{filename}}/{quote(link) if escaped else link}>)\n")

    assert told(found) == []
    assert 'href="/so-y-te/tin-tuc/2019/lich-tiem/"' in found.html


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("[x]({filename}/news/2019/lịch tiêm.md)", "/so-y-te/tin-tuc/2019/lich-tiem/"),
        ("[x]({filename}../news/2019/lịch tiêm.md)", "/so-y-te/tin-tuc/2019/lich-tiem/"),
        ("[x]( {filename}/news/2019/lịch tiêm.md )", "/so-y-te/tin-tuc/2019/lich-tiem/"),
        ("[x](https://x.example/công văn 12.pdf)", "https://x.example/công%20văn%2012.pdf"),
    ],
)
def test_names_of_files_may_have_blanks(content: ContentFolder, written: str, href: str) -> None:
    content.write("news/2019/lịch tiêm.md", ARTICLE)
    found = rendered(content, f"[ghi chú](xem sau), {written} và (v.v.)\n")

    assert told(found) == []
    assert f'<a href="{href}"' in found.html
    assert "[ghi chú](xem sau)" in found.html
    [missing] = told(rendered(content, "![x]({static}/media/mẫu (bản 1).png)\n"))
    assert missing.startswith('4: there is no file "media/mẫu (bản 1).png"')
    assert "<code>[x]({static}/media/a b.pdf)</code>" in rendered(content, "`[x]({static}/media/a b.pdf)`\n").html


def test_long_targets_take_no_time(content: ContentFolder) -> None:
    rendering = rendered(content, f"[x](a{' ' * 100_000}[x](a {'(' * 100_000}[x](a{' b' * 50_000}\n")

    assert (rendering.references, rendering.html[:3]) == ([], "<p>")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_address_is_looked_for_in_one_form(content: ContentFolder, form: str) -> None:
    address = quote(unicodedata.normalize(form, "/giới/"))  # type: ignore[arg-type]

    assert refers(rendered(content, f"[x]({address})\n")) == [("address", "giới/", "")]


@pytest.mark.parametrize(
    ("target", "href", "reference"),
    [
        (f"{PORTAL}/so-y-te/", "/so-y-te/", ("address", "so-y-te/", "")),
        ("http://haugiang.gov.vn/so-y-te/", "/so-y-te/", ("address", "so-y-te/", "")),
        ("https://www.haugiang.gov.vn/so-y-te/", "/so-y-te/", ("address", "so-y-te/", "")),
        ("HTTPS://HauGiang.gov.vn:443/a/?b=c#d", "/a/?b=c#d", ("address", "a/", "d")),
        (f"{PORTAL}/khong-co/", "/khong-co/", ("address", "khong-co/", "")),
        (PORTAL, "/", None),
        (f"{PORTAL}/", "/", None),
        (f"{PORTAL}?q=x", "/?q=x", None),
        ("https://dichvucong.haugiang.gov.vn/a", "https://dichvucong.haugiang.gov.vn/a", None),
        ("https://haugiang.gov.vn:8443/a", "https://haugiang.gov.vn:8443/a", None),
        ("https://haugiang.gov.vn.evil.example/", "https://haugiang.gov.vn.evil.example/", None),
    ],
)
def test_public_address_of_the_portal_leads_into_it(
    content: ContentFolder, target: str, href: str, reference: tuple[str, str, str] | None
) -> None:
    found = rendered(content, f"[x]({target})\n")

    assert told(found) == []
    assert f'href="{href}"' in found.html
    assert refers(found) == ([reference] if reference else [])


def test_picture_of_the_portal_may_be_named_by_its_public_address(content: ContentFolder) -> None:
    found = rendered(content, f"![Ảnh]({PORTAL}/so-y-te/media/anh.png)\n")

    assert told(found) == []
    assert 'src="/so-y-te/media/anh.png"' in found.html
    assert refers(found) == [("address", "so-y-te/media/anh.png", "")]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("#muc-lich-tiem", None),
        ("#m%E1%BB%A5c", "address"),
        ("#", None),
        ("#top", None),
        ("#lich-tiem", 'there is no place "#lich-tiem" on this page (did you mean "#muc-lich-tiem"?)'),
        ("#muc-lich-tien", 'there is no place "#muc-lich-tien" on this page (did you mean "#muc-lich-tiem"?)'),
        (
            "#muc-khac-han-roi",
            'there is no place "#muc-khac-han-roi" on this page (write # and the id of a heading, such as '
            "#muc-lich-tiem)",
        ),
    ],
)
def test_place_on_the_same_page_is_looked_for(content: ContentFolder, target: str, expected: str | None) -> None:
    found = rendered(content, f"Trên.\n\n[x]({target})\n\n## Lịch tiêm\n")

    if expected == "address":  # it may be a place of the page outside of the text
        assert refers(found) == [("address", "so-y-te/trang/", "mục")]
    else:
        assert told(found) == ([f"{FIRST_LINE + 2}: {expected}"] if expected else [])


def test_place_on_another_page_is_kept_to_be_looked_for(content: ContentFolder) -> None:
    body = "[a]({filename}/news/2019/tin.md#muc-a) [b](/don-vi/#b) [c](agency:so-tu-phap/gioi-thieu/#muc-c) [d](/#d)\n"

    assert refers(rendered(content, body)) == [
        ("address", "so-y-te/tin-tuc/2019/tin/", "muc-a"),
        ("address", "don-vi/", "b"),
        ("address", "so-tu-phap/gioi-thieu/", "muc-c"),
        ("address", "", "d"),
    ]


@pytest.mark.parametrize(
    "target", ["{static}/media/so-lieu.csv", "{attach}/media/so-lieu.csv", "{filename}/news/2019/tin.md"]
)
def test_what_is_no_picture_is_not_shown_as_one(content: ContentFolder, target: str) -> None:
    content.write("media/so-lieu.csv", "a,b\n")

    [problem] = told(rendered(content, f"![số liệu]({target})\n"))

    assert problem.endswith(" is no picture (remove the ! before the brackets: then it is a link to the file)")
    assert told(rendered(content, f"[số liệu]({target}) ![ảnh]({{static}}/media/anh.png)\n")) == []


def test_place_on_the_home_of_an_agency_is_kept_to_be_looked_for(content: ContentFolder) -> None:
    found = rendered(
        content, "[a](agency:so-tu-phap#lien-he) [b](agency:so-tu-phap/#lien-he) [c](agency:so-tu-phap/)\n"
    )

    assert told(found) == []
    place = ("address", "so-tu-phap/", "lien-he")
    assert refers(found) == [place, place, ("agency", "so-tu-phap", "")]


def test_file_that_is_refused_for_a_reason_that_is_told_is_not_also_missing(content: ContentFolder) -> None:
    content.write("media/Ảnh to.PNG", b"\x89PNG\r\n")
    content.write("news/2019/hong.md", "---\ntitle: x\n---\n")
    for target in ("{static}/media/Ảnh to.PNG", "{static}/media/anh-to.png", "{filename}/news/2019/hong.md"):
        content.write("pages/trang.md", f"{PAGE}![x](<{target}>)\n")
        site = content.load()

        assert Renderer(site, "").render(site.texts["pages/trang.md"]).problems == []
        assert site.problems


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("media/anh.png", "write {static}/media/anh.png"),
        ("../media/anh.png", "write {static}/media/anh.png"),
        ("anh.png", "write {static}/media/anh.png"),
        ("Ảnh.PNG", "write {static}/media/anh.png"),
        ("media/khac.png", "put the file in media/ and write {static}/media/khac.png"),
        ("C:\\Users\\A\\Mẫu.docx", "put the file in media/ and write {static}/media/mau.docx"),
        ("file:///C:/Mau.docx", "put the file in media/ and write {static}/media/mau.docx"),
        ("tin.md", "write {filename}/news/2019/tin.md"),
        ("../news/2019/tin.md", "write {filename}/news/2019/tin.md"),
        ("../news/2019/tn.md", "write {filename}/news/2019/tin.md"),
        ("|static|/media/anh.png", "write {static}/media/anh.png"),
        ("{{ static }}/media/anh.png", "write {static}/media/anh.png"),
        ("www.moh.gov.vn/van-ban", "write https://www.moh.gov.vn/van-ban"),
        ("moh.gov.vn", "write https://moh.gov.vn"),
        ("//moh.gov.vn", "write https://moh.gov.vn"),
        ("lienhe@example.vn", "write mailto:lienhe@example.vn"),
        ("0293.3878.888", "write tel:02933878888"),
        ("1.001193", "write procedure:1.001193"),
        ("so-y-te", "write /so-y-te/ for a page of the portal, agency:so-y-te for an agency"),
    ],
)
def test_link_without_its_kind_is_told_how_it_is_to_be_written(
    content: ContentFolder, target: str, expected: str
) -> None:
    [problem] = told(rendered(content, f"[x](<{target}>)\n".replace("\\", "\\\\")))

    assert problem.endswith(f" ({expected})")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https:evil.example", '"https:evil.example" is no address (write it as https://example.vn/page)'),
        ("https://", '"https://" is no address (write it as https://example.vn/page)'),
        (
            "http://haugiang.gov.vn@evil.example/",
            '"http://haugiang.gov.vn@evil.example/" has a name before the @: it would mislead people '
            "(write https:// and the host only)",
        ),
        (
            "procedure:1.001193#le-phi",
            '"1.001193#le-phi" is no procedure\'s code (write procedure:1.001193)',
        ),
        ("procedure:1.00#a", '"1.00#a" is no procedure\'s code (such as procedure:1.001193)'),
        ("mailto:", '"" is no e-mail address (such as mailto:lienhe@example.vn)'),
        ("tel:12", '"12" is no telephone number (such as tel:02933878888: one number, with its area code)'),
    ],
)
def test_address_that_leads_nowhere_by_itself_is_told(content: ContentFolder, target: str, expected: str) -> None:
    assert told(rendered(content, f"[x]({target})\n")) == [f"{FIRST_LINE}: {expected}"]


def test_telephone_and_mail_are_written_as_programs_read_them(content: ContentFolder) -> None:
    found = rendered(content, "[a](tel:%280293%29%203878%20888) [b](<mailto: lienhe@example.vn?subject=Hỏi>)\n")

    assert told(found) == []
    assert 'href="tel:02933878888"' in found.html
    assert 'href="mailto:lienhe@example.vn?subject=Hỏi"' in found.html


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (
            "Xem https://a.example/x_y?b=1&c=2.",
            'Xem <a href="https://a.example/x_y?b=1&amp;c=2">https://a.example/x_y?b=1&amp;c=2</a>.',
        ),
        (
            "Nộp ở (https://a.example), HTTP://b.example/",
            'Nộp ở (<a href="https://a.example">https://a.example</a>), <a href="HTTP://b.example/">HTTP://b.example/</a>',
        ),
        ("**https://a.example**", '<strong><a href="https://a.example">https://a.example</a></strong>'),
        ("https://haugiang.gov.vn/so-y-te/", '<a href="/so-y-te/">https://haugiang.gov.vn/so-y-te/</a>'),
        ("[https://a.example](https://b.example)", '<a href="https://b.example">https://a.example</a>'),
        ("`https://a.example`", "<code>https://a.example</code>"),
        ("https://a.example@evil.example/", "https://a.example@evil.example/"),
        ("ftp://a.example/ https:// https", "ftp://a.example/ https:// https"),
        (f"https://a.example/{'x' * 3000}", f"https://a.example/{'x' * 3000}"),
    ],
)
def test_address_that_stands_in_a_sentence_is_a_link_as_in_other_previews(
    content: ContentFolder, body: str, html: str
) -> None:
    rendering = rendered(content, body)

    assert rendering.problems == []
    assert rendering.html.replace(' rel="noopener"', "").strip() == f"<p>{html}</p>"


def test_address_that_stands_in_a_sentence_is_told_with_its_line(content: ContentFolder) -> None:
    rendering = rendered(content, "Một.\n\nHai https://haugiang.gov.vn/khong-co/ \\\nba https://haugiang.gov.vn/x/")

    assert [(reference.target, reference.line) for reference in rendering.references] == [("khong-co/", 6), ("x/", 7)]
