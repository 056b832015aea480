"""Where addresses lead at which nothing stands any more: to the end of the way, and never round in a circle."""

from __future__ import annotations

import pytest

from plugins.portal.leading_on import leading_on
from plugins.portal.manifest import SiteManifest

KNOWN = {"a/", "b/", "media/moi.pdf"}


def of(moved: dict[str, str]) -> SiteManifest:
    return SiteManifest(slug="so-y-te", digest="1", agency=None, moved=moved)


@pytest.mark.parametrize(
    ("former", "moved", "expected"),
    [
        ({"x/": "a/"}, {}, {"x/": "a/"}),
        ({"media/cu.pdf": "media/moi.pdf"}, {}, {"media/cu.pdf": "media/moi.pdf"}),
        ({"x/": "y/", "y/": "a/"}, {}, {"x/": "a/", "y/": "a/"}),
        ({"x/": "y/"}, {"y/": "b/"}, {"x/": "b/", "y/": "b/"}),
        ({"x/": "a/"}, {"x/": "b/"}, {"x/": "b/"}),
        ({"x/": "y/"}, {}, {}),
        ({"x/": "y/", "y/": "x/"}, {}, {}),
        ({"x/": "x/"}, {}, {}),
        ({"a/": "b/", "x/": "a/"}, {}, {"x/": "a/"}),
    ],
)
def test_each_leads_to_what_stands_at_the_end(
    former: dict[str, str], moved: dict[str, str], expected: dict[str, str]
) -> None:
    assert leading_on(former, [of(moved)], KNOWN) == expected


def test_page_of_a_site_that_leads_on_is_no_end_although_it_is_answered() -> None:
    assert leading_on({"x/": "y/"}, [of({"y/": "a/"})], {*KNOWN, "y/"}) == {"x/": "a/", "y/": "a/"}
