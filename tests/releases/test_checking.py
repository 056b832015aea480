"""What is looked at before a release is shown: each kind of damage is found, and a whole release has none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from plugins.builder import pelican_run, publishing
from plugins.builder.folders import memory
from plugins.builder.store import SiteStore
from plugins.open_data import runs as open_data
from plugins.open_data.generators import SiteAnswersGenerator
from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.problems import text
from plugins.portal.site_names import LINKED
from plugins.releases.checking import (
    MOST_BYTES,
    MOST_FILES,
    Checked,
    ReleaseFaultsError,
    findings,
    notes,
)
from plugins.releases.composing import passed_over, take_pages
from plugins.releases.page_facts import facts_of_file
from plugins.releases.version_facts import VersionFacts, missing_files, note_facts, read_facts, without
from tests.provinces import SmallProvince

NOW = datetime(2030, 1, 1, tzinfo=timezone(timedelta(hours=7)))
PORTAL = "https://tinh-thu.example"
ARTICLE = "so-y-te/tin-tuc/2019/tiem-chung/index.html"
NEWS = "so-y-te/tin-tuc/tiem-chung"


@dataclass
class Built:
    """A province that was published, and what is known of its versions."""

    province: SmallProvince
    url: str
    versions: Mapping[str, CompiledVersion]
    facts: Mapping[str, VersionFacts]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    province = SmallProvince.of(tmp_path_factory.mktemp("checked"))
    report = province.build(conf="publishconf.py")
    assert report.problems == ()
    stores = [SiteStore(folder) for folder in (memory(province.settings("publishconf.py")) / "sites").iterdir()]
    versions = {store.folder.name: store.version(store.current_digest()) for store in stores}
    facts = {name: read_facts(version) for name, version in versions.items()}
    left_alone = passed_over(versions, LINKED)
    known = {name: without(noted, left_alone.get(name, ())) for name, noted in facts.items() if noted is not None}
    assert known.keys() == versions.keys()
    record = (province.content / "province/province.yaml").read_text("utf-8")
    [url] = re.findall(r"^url: (\S+)", record, re.MULTILINE)
    return Built(province, url.strip("'\"/"), versions, known)


def found(built: Built, facts: Mapping[str, VersionFacts] = {}, drafts: tuple[str, ...] = ()) -> list[str]:
    checked = Checked({**built.facts, **facts}, drafts, now=NOW)
    return [f"{finding.path}: {finding.message.render()}" for finding in findings(checked)]


def test_whole_release_has_no_findings(built: Built) -> None:
    assert len(Checked(built.facts).files) > 60
    assert found(built) == []


def swap(old: str, new: str) -> Callable[[str], str]:
    def damaged(written: str) -> str:
        assert old in written
        return written.replace(old, new, 1)

    return damaged


REDIRECT = (
    '<!doctype html><html lang="vi"><head><title>T</title><meta name="robots" content="noindex">'
    '<meta http-equiv="refresh" content="0; url={}"></head><body><h1>T</h1></body></html>'
)
DAMAGE: Mapping[str, tuple[str, str, Callable[[str], str], str]] = {
    "link": (
        "so-y-te",
        ARTICLE,
        swap("</main>", '<a href="/khong-co/">x</a></main>'),
        "leads to /khong-co/, where nothing is",
    ),
    "relative link": (
        "so-y-te",
        ARTICLE,
        swap("</main>", '<a href="../mat/">x</a></main>'),
        "/so-y-te/tin-tuc/2019/mat/, where",
    ),
    "whole link": ("so-y-te", ARTICLE, swap("</main>", '<a href="URL/mat/">x</a></main>'), "leads to /mat/, where"),
    "place": (
        "so-y-te",
        ARTICLE,
        swap("</main>", '<a href="/lien-he/#mat">x</a></main>'),
        "/lien-he/#mat, and there is no such place",
    ),
    "place here": ("so-y-te", ARTICLE, swap('href="#noi-dung"', 'href="#mat"'), "#mat, and there is no such place"),
    "picture": ("so-y-te", ARTICLE, swap("</main>", '<img src="/so-y-te/media/mat.png"></main>'), "media/mat.png"),
    "copies": (
        "so-y-te",
        ARTICLE,
        swap("</main>", '<img srcset="/theme/favicon.svg 1x, /mat-2.png 2x"></main>'),
        "mat-2.png",
    ),
    "poster": ("so-y-te", ARTICLE, swap("</main>", '<video poster="/mat.png"></video></main>'), "mat.png"),
    "form": ("so-y-te", ARTICLE, swap('action="/tim-kiem/"', 'action="/tim/"'), "/tim/"),
    "icon": ("so-y-te", ARTICLE, swap("</main>", '<svg><use href="/theme/mat.svg#a"/></svg></main>'), "mat.svg"),
    "social card": (
        "so-y-te",
        ARTICLE,
        swap("</head>", '<meta property="og:image" content="URL/mat.png"></head>'),
        "mat.png",
    ),
    "style sheet": (
        "portal",
        "theme/portal.css",
        lambda written: written + ".x{background:url('mat.png')}",
        "theme/mat.png",
    ),
    "no address": ("so-y-te", ARTICLE, swap("</main>", '<a href="http://[x/">x</a></main>'), "http://[x/"),
    "open tag": ("so-y-te", ARTICLE, swap("</main>", "<div></main>"), "<div> is not closed (line"),
    "left open": ("so-y-te", ARTICLE, swap("</html>", ""), "<html> is not closed"),
    "closed twice": ("so-y-te", ARTICLE, swap("</main>", "</main></main>"), "</main> closes nothing"),
    "stray sign": ("so-y-te", ARTICLE, swap("</main>", "1 < 2</main>"), 'a "<" that begins no tag'),
    "id twice": (
        "so-y-te",
        ARTICLE,
        swap("</main>", '<i id="noi-dung"></i></main>'),
        'the id "noi-dung" is there 2 times',
    ),
    "no heading": ("so-y-te", ARTICLE, lambda written: written.replace("h1", "h2"), "0 main headings"),
    "two headings": ("so-y-te", ARTICLE, swap("</main>", "<h1>x</h1></main>"), "2 main headings"),
    "no title": (
        "so-y-te",
        ARTICLE,
        lambda written: re.sub("<title>.*</title>", "<title> </title>", written),
        "it has no title",
    ),
    "no language": ("so-y-te", ARTICLE, swap('<html lang="vi">', "<html>"), "which language"),
    "feed": ("so-y-te", "so-y-te/tin-tuc/feed.atom", swap("</feed>", ""), "it is no XML"),
    "link of a feed": (
        "so-y-te",
        "so-y-te/tin-tuc/feed.atom",
        swap("</feed>", '<link href="URL/mat/"/></feed>'),
        "/mat/, where",
    ),
    "record": ("so-y-te", "so-y-te/thu-tuc/1.004616/thu-tuc.json", lambda written: written[:-9], "it is no JSON"),
    "letters": ("so-y-te", ARTICLE, lambda written: written.replace("vi", "\udcff"), "not written in UTF-8"),
    "web manifest": ("portal", "manifest.webmanifest", swap('"src":', '"src": "/mat.png", "was":'), "mat.png"),
    "sitemap": (
        "portal",
        "sitemaps/province.xml",
        swap("</urlset>", "<url><loc>URL/mat/</loc></url></urlset>"),
        "/mat/, where",
    ),
    "not to be found": (
        "so-y-te",
        ARTICLE,
        swap("</head>", '<meta name="robots" content="noindex"></head>'),
        "asks not to be found",
    ),
    "future": (
        "so-y-te",
        ARTICLE,
        lambda written: written.replace('time" content="2019', 'time" content="2031'),
        "dated later than now",
    ),
    "no moment": (
        "so-y-te",
        ARTICLE,
        lambda written: written.replace('time" content="2019', 'time" content="x'),
        "dated later than now",
    ),
    "loop": (
        "so-y-te",
        ARTICLE,
        lambda written: REDIRECT.format("/" + ARTICLE.removesuffix("index.html")),
        "which leads back",
    ),
}


def damaged(built: Built, folder: Path, name: str, file: str, damage: Callable[[str], str]) -> VersionFacts:
    """The facts of a version one file of which was damaged; all others are taken over."""
    version = CompiledVersion(folder / name)
    shutil.copytree(built.versions[name].www.resolve(), version.www, copy_function=lambda a, b: Path(b).hardlink_to(a))
    path = version.www / file
    written = damage(path.read_text("utf-8")).replace("URL", built.url)
    path.unlink()
    path.write_bytes(written.encode("utf-8", "surrogateescape"))
    noted = note_facts(version, built.versions[name], built.url)
    return without(noted, passed_over(built.versions, LINKED).get(name, ()))


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_where_it_is(kind: str, built: Built, tmp_path: Path) -> None:
    name, file, damage, told = DAMAGE[kind]
    facts = damaged(built, tmp_path, name, file, damage)

    assert [line for line in found(built, {name: facts}) if told in line], found(built, {name: facts})


def test_pages_that_lead_on_lead_to_a_page(built: Built, tmp_path: Path) -> None:
    first = damaged(built, tmp_path, "so-y-te", ARTICLE, lambda written: REDIRECT.format("/so-y-te/lien-he/"))
    second = replace_file(first, "so-y-te/lien-he/index.html", leads_on="/lien-he/")

    assert f"/{ARTICLE.removesuffix('index.html')}: it leads on to /so-y-te/lien-he/, which leads on as well" in found(
        built, {"so-y-te": second}
    )


def replace_file(facts: VersionFacts, file: str, leads_on: str) -> VersionFacts:
    return facts.model_copy(update={"leads_on": {**facts.leads_on, file: leads_on}})


def test_missing_file_is_found_by_who_leads_to_it(built: Built) -> None:
    facts = built.facts["portal"]
    less = facts.model_copy(update={"files": tuple(file for file in facts.files if file != "theme/portal.css")})

    assert [line for line in found(built, {"portal": less}) if "leads to /theme/portal.css, where nothing is" in line]


def test_drafts_are_found_by_their_addresses(built: Built) -> None:
    address = ARTICLE.removesuffix("index.html")

    assert found(built, drafts=(address, "so-y-te/khong-co/")) == [f"/{address}: it is a draft"]


def test_what_is_shown_already_stops_nobody_after_the_clock_went_back() -> None:
    facts = {"so-y-te": VersionFacts(published={ARTICLE: "2031-01-01T08:00+07:00"})}

    assert findings(Checked(facts, now=NOW)) != ()
    assert findings(Checked(facts, kept=("so-y-te",), now=NOW)) == ()


def test_files_that_are_the_same_are_not_read_again(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built.facts["so-y-te"]
    monkeypatch.setattr("plugins.releases.version_facts.facts_of_file", lambda *_: pytest.fail("it was read"))

    assert note_facts(built.versions["so-y-te"], built.versions["so-y-te"], built.url) == before


def test_what_static_hosts_do_not_take_is_told_and_not_refused() -> None:
    many = VersionFacts(
        files=tuple(f"{number}.txt" for number in range(MOST_FILES + 1)), largest=("a.pdf", MOST_BYTES + 1)
    )
    checked = Checked({"portal": many})

    assert [note.msgid[:8] for note in notes(checked)] == ["{number}", "/{file} "]
    assert findings(checked) == ()


@pytest.mark.parametrize(
    "html", ["<", "<a", '<a href="', "<title>", "<script>", "</", "<!--", "<p " + "a" * 50_000, "<" * 20_000]
)
def test_broken_pages_are_told_at_once_and_raise_nothing(html: str) -> None:
    assert facts_of_file("a/index.html", html.encode(), PORTAL).faults


def test_files_of_a_site_that_it_alone_could_have() -> None:
    facts = VersionFacts(
        files=("so-y-te/media/a.pdf",), asked={"so-y-te/media/a.pdf": "x", "so-y-te/media/b.pdf": "y", "z": "x"}
    )

    assert missing_files(facts, "so-y-te/media/") == {"so-y-te/media/b.pdf": "y"}


def test_faulty_page_keeps_back_its_agency_alone(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(version: CompiledVersion, *more: Any) -> VersionFacts:
        facts = note_facts(version, *more)
        return facts.model_copy(
            update={"faults": {ARTICLE: (text("it has no title"),)}} if ARTICLE in facts.files else {}
        )

    monkeypatch.setattr(pelican_run, "note_facts", faulty)
    shown = built.province.page("so-y-te")
    built.province.edit("agencies/so-y-te/news/2019/nha-thuoc.md", "title: ", "title: Mới ")
    report = built.province.build(conf="publishconf.py")

    [problem] = built.province.problems(report)
    assert "agencies/so-y-te/news/2019/tiem-chung.md" in problem
    assert "cannot be shown: it has no title" in problem
    assert built.province.page("so-y-te") == shown
    assert {site.slug: site.outcome for site in report.sites}["so-y-te"] == "kept"


def test_fault_in_pages_about_all_sites_leaves_what_is_live(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    found_faults = findings(Checked({"portal": VersionFacts(faults={"index.html": (text("it has no title"),)})}))
    monkeypatch.setattr(publishing, "findings", lambda checked: found_faults)
    live = built.province.output.resolve()
    built.province.edit("province/news/2019/tin-cua-tinh.md", "title: ", "title: Mới ")

    with pytest.raises(ReleaseFaultsError, match=r"^nothing is changed.* has faults \(1\).*\n  /: it has no title$"):
        built.province.build(conf="publishconf.py")

    assert built.province.output.resolve() == live


def test_release_that_lacks_something_is_refused_and_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a process had no such capability, or a disk lost a file: what lacks it is not kept as it is."""
    province = SmallProvince.of(tmp_path)
    feed = "so-y-te/tin-tuc/feed.atom"

    def losing(releases: Path, name: str, digest: str, www: Path) -> Path:
        pages = take_pages(releases, name, digest, www)
        (pages / feed).unlink(missing_ok=True)
        return pages

    with monkeypatch.context() as without:
        without.setattr(open_data, "GENERATORS", {"site": SiteAnswersGenerator})
        with pytest.raises(ReleaseFaultsError) as refused:
            province.build(conf="publishconf.py")
    told = {finding.path: finding.message.render() for finding in refused.value.findings}
    assert told["/api/v1/index.json"] == "nothing is there, and every release of these sites has it"
    assert not province.output.exists()
    assert province.build(conf="publishconf.py").problems == ()
    assert province.has("api/v1/index.json")

    live = province.output.resolve()
    province.edit("agencies/so-y-te/news/2019/tiem-chung.md", "title: ", "title: Mất ")
    with monkeypatch.context() as disk:
        disk.setattr(publishing, "take_pages", losing)
        with pytest.raises(ReleaseFaultsError, match=f"/{re.escape(feed)}: it was written, and is not there"):
            province.build(conf="publishconf.py")
    assert province.output.resolve() == live
    assert province.build(conf="publishconf.py").problems == ()
    assert province.output.resolve() != live
    assert province.has(feed)


@pytest.mark.parametrize(("wanted", "is_there"), [("mot", True), ("hai", True), ("ha", False), ("mot hai", False)])
def test_a_place_is_one_id_and_not_a_part_of_one_or_several(wanted: str, *, is_there: bool) -> None:
    checked = Checked({"portal": VersionFacts(places={"lien-he/index.html": "mot hai"})})

    assert checked.has_id("lien-he/", wanted) == is_there
