"""What was published answers for ever: a site that would lose an address stays, lists that are no more lead on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plugins.builder.reports import BuildReport
from plugins.portal.problems import LostAddressError
from plugins.releases.address_ledger import DERIVED, LET_GO, PUBLISHED, AddressLedger
from plugins.releases.publication import Address, let_go, roll_back
from plugins.releases.receipts import read_receipt
from plugins.releases.records import Release, ReleaseRecord, read_record
from plugins.releases.verifying import verify
from tests.provinces import SmallProvince, site

pytestmark = pytest.mark.heavy

ARTICLE = "---\ntitle: Tin {name}\ndate: 2019-01-0{day} 08:00\nsummary: Tóm tắt.\n{more}---\nNội dung.\n"
NEWS = "agencies/so-y-te/news/2019"
SITE = "so-y-te"
NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


def publish(province: SmallProvince, **override: Any) -> BuildReport:
    settings: dict[str, Any] = {"PORTAL_KEEP_ADDRESSES": True, "PORTAL_COMPRESS": False, "DEFAULT_PAGINATION": 2}
    return province.build(conf="publishconf.py", **(settings | override))


def write_news(province: SmallProvince, number: int, more: str = "") -> None:
    province.write(f"{NEWS}/tin-{number}.md", ARTICLE.format(name=number, day=number, more=more))


def record(province: SmallProvince) -> ReleaseRecord:
    known = read_record(province.output.resolve())
    assert known is not None
    return known


def ledger(province: SmallProvince) -> AddressLedger:
    return AddressLedger.beside(province.releases)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    """A province with five pages of news of an agency, and a file."""
    made = SmallProvince.of(tmp_path_factory.mktemp("published"))
    for number in range(1, 8):
        write_news(made, number, "attachments: [media/mau.csv]\n" if number == 1 else "")
    made.write("agencies/so-y-te/media/mau.csv", "a,b\n")
    assert publish(made).problems == ()
    return made


@pytest.fixture
def province(published: SmallProvince) -> Iterator[SmallProvince]:
    """The same, to be changed: it stays where it was built, for builds remember where that is."""
    kept = published.folder.with_name(f"{published.folder.name}-kept")
    shutil.copytree(published.folder, kept, symlinks=True)
    yield published
    shutil.rmtree(published.folder)
    kept.rename(published.folder)


def test_what_has_gone_live_is_noted_by_who_made_it(published: SmallProvince) -> None:
    known = ledger(published).read(SITE)

    for address in ("", "gioi-thieu/", "media/mau.csv", "tin-tuc/2019/tin-1/", "thu-tuc/1.004616/"):
        assert known[f"so-y-te/{address}"] == PUBLISHED
    for address in ("tin-tuc/", "tin-tuc/trang/2/", "tin-tuc/feed.atom", "thu-tuc/1.004616/thu-tuc.json"):
        assert known[f"so-y-te/{address}"] == DERIVED
    everything = {address for name in ledger(published).names() for address in ledger(published).read(name)}
    assert not [a for a in everything if a.startswith("theme/") or ("tim-kiem/" in a and not a.endswith("/"))]


def test_a_site_that_would_lose_pages_stays_and_is_told_what_to_write_while_others_go_live(
    province: SmallProvince,
) -> None:
    moved = ARTICLE.format(name=7, day=7, more="").replace("2019", "2020")
    province.write("agencies/so-y-te/news/2020/tin-7.md", moved)
    province.delete(f"{NEWS}/tin-7.md")
    province.edit("agencies/so-tu-phap/news/2019/ho-tich.md", "title: ", "title: Mới, ")
    province.delete("agencies/so-y-te/news/2019/tin-1.md")
    province.delete("agencies/so-y-te/media/mau.csv")

    report = publish(province)

    assert site(report, SITE).outcome == "kept"
    assert site(report, "so-tu-phap").outcome == "built"
    assert "Mới, " in province.page("so-tu-phap/tin-tuc/2019/ho-tich")
    assert province.shows("so-y-te/tin-tuc/2019/tin-7")
    of_file, of_news, of_moved = province.problems(report)
    assert of_file.startswith("content/agencies/so-y-te/media/mau.csv: ")
    assert of_news.startswith(f"content/{NEWS}/tin-1.md: ")
    assert "aliases: [/so-y-te/tin-tuc/2019/tin-1/]" in of_news
    assert "withdrawn: {date: " in of_news
    assert 'if "/so-y-te/tin-tuc/2020/tin-7/" continues it' in of_moved
    assert (
        "else write in addresses.yaml, below addresses:, - {address: /so-y-te/tin-tuc/2019/tin-7/, withdrawn: {date: "
        in of_moved
    )
    assert {entry.outcome for entry in publish(province).sites} == {"unchanged", "kept"}


def test_an_address_may_be_let_go_once_for_ever(province: SmallProvince) -> None:
    before = {path.name: path.read_bytes() for path in ledger(province).folder.glob("*.txt")}
    province.delete(f"{NEWS}/tin-7.md")
    assert site(publish(province), SITE).outcome == "kept"

    report = publish(province, PORTAL_ALLOW_LOSS=True)

    assert [note.render() for note in report.notes] == [
        "1 addresses lead nowhere from now on: /so-y-te/tin-tuc/2019/tin-7/"
    ]
    assert not province.shows("so-y-te/tin-tuc/2019/tin-7")
    assert ledger(province).read(SITE)["so-y-te/tin-tuc/2019/tin-7/"] == LET_GO
    for path in ledger(province).folder.glob("*.txt"):
        assert path.read_bytes().startswith(before[path.name])
    province.edit("agencies/so-y-te/pages/gioi-thieu.md", "title: ", "title: Mới, ")
    report = publish(province)
    assert (report.problems, report.notes) == ((), ())


def test_a_page_of_a_list_that_is_no_more_leads_on_for_as_long_as_it_is_not_there(province: SmallProvince) -> None:
    for number in (4, 5, 6, 7):
        province.delete(f"{NEWS}/tin-{number}.md")
    publish(province, PORTAL_ALLOW_LOSS=True)

    assert record(province).moved["so-y-te/tin-tuc/trang/5/"] == "so-y-te/tin-tuc/"
    assert "0; url=/so-y-te/tin-tuc/" in province.page("so-y-te/tin-tuc/trang/5")
    assert "<!--portal:" not in province.page("so-y-te/tin-tuc/trang/5")
    assert verify(Release(province.output.resolve(), record(province))).differences == ()
    receipt = read_receipt(province.output.resolve())
    assert receipt is not None
    assert set(receipt.sites) == {"province", "so-tu-phap", "so-y-te"}
    assert publish(province).problems == ()
    province.edit("agencies/so-tu-phap/news/2019/ho-tich.md", "title: ", "title: Mới, ")
    publish(province)
    assert province.shows("so-y-te/tin-tuc/trang/5")  # the site is as it was
    for number in (4, 5, 6, 7):
        write_news(province, number)
    publish(province)
    assert record(province).moved == {}
    assert "url=" not in province.page("so-y-te/tin-tuc/trang/5")


def test_an_agency_whose_folder_is_gone_stays_until_somebody_says_what_becomes_of_it(province: SmallProvince) -> None:
    shutil.rmtree(province.content / "agencies/so-tu-phap")
    province.edit("agencies/so-y-te/pages/gioi-thieu.md", "title: ", "title: Mới, ")

    for _ in range(2):
        report = publish(province)
        first, *_ = province.problems(report)
        assert first.startswith("content/agencies/so-tu-phap/agency.yaml: ")
        assert site(report, "province").problems == report.problems
        assert len(report.problems) == 3
        assert province.shows("so-tu-phap/tin-tuc/2019/ho-tich")
        assert "Mới, " in province.page("so-y-te/gioi-thieu")
        [kept] = record(province).quarantined
        assert (kept.site, kept.kept) == ("so-tu-phap", True)

    report = publish(province, PORTAL_ALLOW_LOSS=True)
    assert report.problems == ()
    assert not province.shows("so-tu-phap/tin-tuc/2019/ho-tich")
    assert record(province).moved["so-lieu/so-tu-phap/"] == "so-lieu/"
    assert publish(province).problems == ()


@pytest.fixture
def taken_over(province: SmallProvince) -> SmallProvince:
    """An agency whose folder is gone, and one that took its place."""
    shutil.rmtree(province.content / "agencies/so-tu-phap")
    record = "name: Sở Mới\nkind: department\nsummary: Sở mới.\npredecessors: [so-tu-phap]\n"
    province.write("agencies/so-moi/agency.yaml", record)
    assert publish(province).problems == ()
    return province


LED_ON = "so-tu-phap/tin-tuc/2019/ho-tich/"


def test_who_takes_a_predecessor_back_stays_as_it_was_and_nobody_else(taken_over: SmallProvince) -> None:
    taken_over.edit("agencies/so-moi/agency.yaml", "predecessors: [so-tu-phap]\n", "")
    taken_over.edit("agencies/so-y-te/pages/gioi-thieu.md", "title: ", "title: Mới, ")

    report = publish(taken_over)

    [told] = taken_over.problems(report)
    assert told.startswith("content/agencies/so-moi/agency.yaml: predecessors: ")
    assert 'the addresses of "so-tu-phap" led here, and would lead nowhere now' in told
    assert site(report, "so-moi").outcome == "kept"
    assert "Mới, " in taken_over.page("so-y-te/gioi-thieu")
    assert record(taken_over).moved[LED_ON] == "so-moi/"


def test_a_predecessor_that_another_names_may_be_taken_back(taken_over: SmallProvince) -> None:
    taken_over.edit("agencies/so-moi/agency.yaml", "predecessors: [so-tu-phap]\n", "")
    taken_over.write(
        "agencies/so-y-te/agency.yaml",
        f"{(taken_over.content / 'agencies/so-y-te/agency.yaml').read_text('utf-8')}predecessors: [so-tu-phap]\n",
    )

    assert publish(taken_over).problems == ()
    assert record(taken_over).moved[LED_ON].startswith("so-y-te/")


def test_what_leads_on_is_noted_again_where_the_ledger_is_lost(taken_over: SmallProvince) -> None:
    shutil.rmtree(ledger(taken_over).folder)

    report = publish(taken_over)

    assert record(taken_over).moved[LED_ON] == "so-moi/"
    assert [note.render() for note in report.notes if "so-tu-phap.txt: is gone" in note.render()] != []
    assert publish(taken_over).notes == ()


def test_a_predecessor_that_has_its_folder_still_is_told(province: SmallProvince) -> None:
    record = "name: Sở Mới\nkind: department\nsummary: Sở mới.\npredecessors: [so-tu-phap]\n"
    province.write("agencies/so-moi/agency.yaml", record)

    told = province.advice(publish(province))

    assert [line for line in told if '"so-tu-phap" has its folder still' in line] != []


def test_where_nothing_can_be_kept_nothing_is_changed(province: SmallProvince) -> None:
    live = province.output.resolve()
    shutil.rmtree(province.folder / "build")
    shutil.rmtree(province.content / "agencies/so-tu-phap")

    with pytest.raises(LostAddressError) as stopped:
        publish(province)

    assert province.output.resolve() == live
    told = stopped.value.render().splitlines()
    assert "3 addresses" in told[0]
    assert told[1].startswith(f"{province.content}/agencies/so-tu-phap/agency.yaml: ")
    assert len(told) == 4


def test_what_is_live_and_not_noted_is_noted_by_the_next_publish(province: SmallProvince) -> None:
    """The first publish after an upgrade, and one after a kill between showing and noting."""
    known = {name: ledger(province).read(name) for name in ledger(province).names()}
    shutil.rmtree(ledger(province).folder)
    province.delete(f"{NEWS}/tin-7.md")

    assert site(publish(province), SITE).outcome == "kept"
    assert {name: ledger(province).read(name) for name in ledger(province).names()} == known


@pytest.mark.parametrize("share", [0, 0.3, 0.9])
def test_a_damaged_ledger_is_mended_from_what_is_live(province: SmallProvince, share: float) -> None:
    file = ledger(province).folder / f"{SITE}.txt"
    known, whole = ledger(province).read(SITE), file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])

    report = publish(province)

    assert report.problems == ()
    assert ledger(province).read(SITE) == known


def test_a_site_that_is_as_it_was_is_not_looked_at_again(province: SmallProvince, monkeypatch: Any) -> None:
    read: list[str] = []
    as_ever = AddressLedger.read

    def counted(self: AddressLedger, name: str) -> Any:
        read.append(name)
        return as_ever(self, name)

    monkeypatch.setattr(AddressLedger, "read", counted)
    publish(province)
    assert read == []
    province.edit("agencies/so-y-te/pages/gioi-thieu.md", "title: ", "title: Mới, ")
    publish(province)
    assert "so-tu-phap" not in read
    assert SITE in read


def test_what_went_live_before_a_kill_is_kept_although_nobody_had_noted_it(province: SmallProvince) -> None:
    before = province.folder / "before"
    shutil.copytree(ledger(province).folder, before)
    write_news(province, 8)
    publish(province)
    shutil.rmtree(ledger(province).folder)
    before.rename(ledger(province).folder)  # as a kill between showing and noting leaves it
    province.delete(f"{NEWS}/tin-8.md")

    assert site(publish(province), SITE).outcome == "kept"
    assert ledger(province).read(SITE)["so-y-te/tin-tuc/2019/tin-8/"] == PUBLISHED


def test_step_back_is_never_stopped_and_what_was_published_since_is_kept(province: SmallProvince) -> None:
    write_news(province, 8)
    publish(province)
    address = Address.of(province.settings("publishconf.py"))
    roll_back(address, "", NOW)
    assert not province.shows("so-y-te/tin-tuc/2019/tin-8")

    province.delete(f"{NEWS}/tin-8.md")
    assert site(publish(province), SITE).outcome == "kept"
    let_go(address, NOW)
    assert province.shows("so-y-te/tin-tuc/2019/tin-8")
    assert site(publish(province), SITE).outcome == "kept"


def test_a_ledger_that_cannot_be_written_is_told_and_stops_nobody(province: SmallProvince) -> None:
    file, aside = ledger(province).folder / f"{SITE}.txt", province.folder / "aside"
    file.rename(aside)
    file.mkdir()
    write_news(province, 8)

    report = publish(province)

    assert province.shows("so-y-te/tin-tuc/2019/tin-8")
    [told] = [note.render() for note in report.notes]
    assert told.startswith(f"{file}: ")
    file.rmdir()
    aside.rename(file)
    assert publish(province).notes == ()
    assert ledger(province).read(SITE)["so-y-te/tin-tuc/2019/tin-8/"] == PUBLISHED


STRAY = {
    "a file of its own": ("nix.txt", "+ nix/\n+ nix/tin-tuc/2019/a/\n"),
    "a line of an agency's": (f"{SITE}.txt", "+ so-y-te/tin-tuc/2019/nix/\n"),
    "a copy by hand": ("so-y-te (copy).txt", "+ nix/\n"),
}


@pytest.mark.parametrize("what", STRAY)
def test_what_no_release_ever_had_is_told_and_stops_nobody(what: str, province: SmallProvince) -> None:
    """It leads nowhere already: no publish takes anything away that stands in a ledger by mistake."""
    name, lines = STRAY[what]
    file = ledger(province).folder / name
    own = file.read_text("utf-8") if file.exists() else ""
    file.write_text(own + lines, encoding="utf-8")
    for number in (8, 9):
        write_news(province, number)
        report = publish(province)

        assert report.problems == ()
        assert province.shows(f"so-y-te/tin-tuc/2019/tin-{number}")
        [told] = [note.render() for note in report.notes]
        assert told.startswith(f"{file}: ")
        assert "/nix/" in told

    file.write_text(own, encoding="utf-8") if own else file.unlink()
    publish(province)
    assert publish(province).notes == ()
    province.delete(f"{NEWS}/tin-8.md")
    assert site(publish(province), SITE).outcome == "kept"


@pytest.mark.parametrize(("name", "told"), [(f"{SITE}.txt", 1), ("nix.txt", 1), ("checked.json", 0)])
def test_a_pipe_among_ledgers_is_not_waited_for(name: str, told: int, province: SmallProvince) -> None:
    """One that stands where a note would is replaced by it; a ledger is never replaced."""
    (ledger(province).folder / name).unlink(missing_ok=True)
    os.mkfifo(ledger(province).folder / name)
    write_news(province, 8)

    report = publish(province)

    assert province.shows("so-y-te/tin-tuc/2019/tin-8")
    assert len([note for note in report.notes if f"/{name}" in note.render()]) == told


def test_who_takes_a_page_back_is_told_how_to_withdraw_it(province: SmallProvince) -> None:
    write_news(province, 7, "status: draft\n")

    [told] = province.problems(publish(province))

    assert "it is not public any more" in told
    assert "withdrawn: {date: " in told


def test_a_desk_keeps_none(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    settings = province.settings()
    assert settings["PORTAL_KEEP_ADDRESSES"] is False
    province.build()
    assert not ledger(province).folder.exists()
