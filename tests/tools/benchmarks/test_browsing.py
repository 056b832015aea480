"""What counts as searching, and what as the page that one searches on."""

from __future__ import annotations

import pytest

from plugins.search.kinds import SOUGHT_FIRST
from tools.benchmarks.browsing import PagefindSearch, PortalSearch


@pytest.mark.parametrize(
    ("path", "searches"),
    [
        ("/theme/search/page.js", True),
        ("/tim-kiem/thu-tuc.json", True),
        ("/tim-kiem/thu-tuc/abcdefg-0.json", True),
        ("/tim-kiem/", False),
        ("/theme/portal.css", False),
        ("/favicon.ico", False),
    ],
)
def test_scripts_and_indexes_of_the_portal_are_its_search(path: str, searches: bool) -> None:
    assert PortalSearch(SOUGHT_FIRST).is_search(path) is searches


@pytest.mark.parametrize(
    ("path", "searches"), [("/pagefind/pagefind.js", True), ("/pagefind/index/vi_1.pf_index", True), ("/ask.js", False)]
)
def test_all_of_pagefind_is_its_search_and_the_page_around_it_is_not(path: str, searches: bool) -> None:
    assert PagefindSearch().is_search(path) is searches
