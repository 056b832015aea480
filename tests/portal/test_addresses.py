"""Where everything stands on the portal."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal import addresses
from plugins.portal.identifiers import NATIONAL_CODE, SLUG, is_slug

slugs = st.from_regex(SLUG, fullmatch=True).filter(is_slug)
codes = st.from_regex(NATIONAL_CODE, fullmatch=True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (addresses.site_home(""), ""),
        (addresses.site_home("so-y-te"), "so-y-te/"),
        (addresses.procedure("so-y-te", "1.001193"), "so-y-te/thu-tuc/1.001193/"),
        (addresses.procedure("", "1.001193"), addresses.permalink("1.001193")),
        (addresses.media("so-y-te", "media/a.pdf"), "so-y-te/media/a.pdf"),
    ],
)
def test_address_is_where_people_expect_it(address: str, expected: str) -> None:
    assert address == expected


@pytest.mark.parametrize(
    ("address", "file"),
    [("", "index.html"), ("so-y-te/", "so-y-te/index.html"), ("404.html", "404.html"), ("a/feed.atom", "a/feed.atom")],
)
def test_address_is_answered_by_one_file(address: str, file: str) -> None:
    assert addresses.saved_as(address) == file


@given(slugs, slugs, codes)
def test_addresses_of_a_site_stay_below_its_home_and_apart(site: str, name: str, code: str) -> None:
    found = [
        addresses.procedure(site, code),
        addresses.media(site, f"media/{name}"),
    ]
    files = [addresses.saved_as(address) for address in found]
    assert len(set(files)) == len(files)
    for address, file in zip(found, files, strict=True):
        assert not address.startswith("/")
        assert posixpath.normpath(file) == file
        assert file.startswith(addresses.site_home(site))
        assert file != addresses.saved_as(addresses.site_home(site))


@given(slugs.filter(lambda slug: slug not in addresses.RESERVED_AT_ROOT), slugs, codes)
def test_no_agency_can_write_where_the_province_does(agency: str, name: str, code: str) -> None:
    of_province = (
        addresses.procedure("", code),
        addresses.media("", f"media/{name}"),
    )
    home = addresses.site_home(agency)
    assert not any(address.startswith(home) for address in of_province)


def test_everything_that_the_portal_writes_at_its_root_is_reserved_there() -> None:
    own = {
        name: address.partition("/")[0]
        for name, address in vars(addresses).items()
        if name.isupper() and isinstance(address, str)
    }
    assert own
    assert set(own.values()) <= addresses.RESERVED_AT_ROOT
    assert addresses.RESERVED_IN_SITE < addresses.RESERVED_AT_ROOT
