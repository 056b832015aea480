"""Every address that the portal has can be linked to: what plugins say that they write is what they write."""

from __future__ import annotations

import re

import pytest

from plugins.builder.kinds import load_kinds
from plugins.builder.linked_addresses import written_by
from plugins.builder.site_settings import fixed_addresses, run_plugins
from plugins.builder.store import SiteStore
from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_names import CATALOGUE, PERMANENT, PORTAL, SEARCH
from tests.procedures.test_built_catalogue import ALONE, DISTRICT, GONE, LIFE_EVENTS, SHARED
from tests.provinces import SmallProvince

OVER_ALL = (CATALOGUE, PERMANENT, PORTAL, SEARCH)
NEWS = "agencies/so-y-te/news/2019/lien-ket.md"
DOCUMENT = "number: 4/KH-SYT\ntype: plan\ntitle: Kế hoạch\nissued: 2019-01-05\n"
HEAD = "---\ntitle: Liên kết\ndate: 2019-09-24\nsummary: S\n---\n"


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    """With enough procedures for lists of several pages, and for lists narrowed down twice."""
    made = SmallProvince.of(tmp_path_factory.mktemp("linked"))
    made.write("agencies/ubnd-huyen-a/agency.yaml", DISTRICT)
    made.write("province/procedures/1.000101.yaml", SHARED)
    made.write("province/procedures/1.000102.yaml", GONE)
    made.write("province/life-events.yaml", LIFE_EVENTS)
    made.write("agencies/so-y-te/documents/2019/4.yaml", DOCUMENT)
    for number in range(60):
        level = f"online_level: {number % 2 + 3}\n"
        code = f"1.0002{number:02d}"
        made.write(f"agencies/so-y-te/procedures/{code}.yaml", ALONE.replace("1.000104", code) + level)
    made.build()
    return made


def store(province: SmallProvince, name: str) -> SiteStore:
    return SiteStore(province.build_folder / "sites" / name)


def shown(province: SmallProvince, name: str) -> SiteManifest:
    manifest = store(province, name).current()
    assert manifest is not None
    return manifest


def written_about_all(province: SmallProvince) -> set[str]:
    """What the runs over all sites wrote, but the theme, and but search, whose files are named after their content."""
    written = {address for name in OVER_ALL for address in shown(province, name).addresses}
    return {
        address
        for address in written
        if not address.startswith(("theme/", addresses.PROBLEMS, addresses.COMPONENTS))
        if address == addresses.SEARCH or not address.startswith(addresses.SEARCH)
    }


def linkable(province: SmallProvince) -> set[str]:
    sites = ("province", "so-tu-phap", "so-y-te", "ubnd-huyen-a")
    manifests = [shown(province, name) for name in sites]
    plugins = run_plugins(province.settings())
    written = written_by(plugins, load_kinds(province.settings()["PORTAL_KINDS"]))(manifests)
    return {*fixed_addresses(plugins), *written, *(address for manifest in manifests for address in manifest.addresses)}


def test_every_address_about_all_sites_is_said_to_be_there(province: SmallProvince) -> None:
    written = written_about_all(province)

    assert "thu-tuc/tat-ca/trang/2/" in written
    assert any(re.fullmatch("thu-tuc/co-quan/so-y-te/muc-do/3/", address) for address in written)
    assert sorted(written - linkable(province)) == []


def test_nothing_is_said_to_be_there_that_is_not(province: SmallProvince) -> None:
    files = set(province.files())
    missing = {address for address in linkable(province) if addresses.saved_as(address) not in files}

    assert missing == set()


@pytest.mark.parametrize(
    "target",
    [
        "/", "/thu-tuc/linh-vuc/ho-tich/", "/thu-tuc/co-quan/so-y-te/muc-do/3/", "/thu-tuc/tat-ca/trang/2/",
        "/thu-tuc/chu-cai/c/", "/thu-tuc/da-bai-bo/", "/thu-tuc/su-kien/ket-hon/", "/so-y-te/thu-tuc/trang/2/",
        "/so-lieu/so-y-te/", "/so-lieu/du-lieu.csv", "/api/v1/procedures.json", "/api/v1/procedures/1.000101.json",
        "/tin-tuc/feed.atom", "/so-y-te/tin-tuc/feed.atom", "/sitemap.xml", "/sitemaps/so-y-te.xml", "/robots.txt",
        "/so-y-te/media/lich-tiem.csv", "/so-y-te/tim-kiem/", "/thu-tuc/1.000101.000.00.00.H30/", "/404.html",
        "/permalinks.map", "/so-y-te/thu-tuc/1.000200/thu-tuc.json",
    ],
)  # fmt: skip
def test_address_that_the_portal_has_can_be_linked_to(province: SmallProvince, target: str) -> None:
    assert target.removeprefix("/") in {"", *linkable(province)}


def test_link_to_a_list_of_the_catalogue_keeps_nothing_from_being_shown(province: SmallProvince) -> None:
    link = province.write(NEWS, f"{HEAD}[Thủ tục hộ tịch](/thu-tuc/linh-vuc/ho-tich/)\n")
    report = province.build()
    link.unlink()

    assert province.problems(report) == []
    assert 'href="/thu-tuc/linh-vuc/ho-tich/"' in province.page("so-y-te/tin-tuc/2019/lien-ket")


def test_place_on_a_page_about_all_sites_is_looked_for_when_that_is_written(province: SmallProvince) -> None:
    there = ("/thu-tuc/1.000101/#noi-nop-ubnd-huyen-a", "/thu-tuc/1.000101.000.00.00.H30/#noi-nop-ubnd-huyen-a")
    missing = ("/thu-tuc/1.000101/#noi-nop-ubnd-huyen-b", "/thu-tuc/linh-vuc/ho-tich/#noi-nop", "/#noi-nop")
    link = province.write(NEWS, HEAD + "".join(f"[x]({target})\n" for target in (*there, *missing)))
    report = province.build()
    link.unlink()

    assert province.problems(report) == []
    told = [advice for advice in province.advice(report) if NEWS in advice]
    assert [advice.partition(" (")[0].rpartition(": ")[2] for advice in told] == [
        f'the page "{address}" has no place "#{place}"'
        for address, _, place in (target.partition("#") for target in missing)
    ]
