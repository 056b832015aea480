"""Feeds: read far from the portal, so what they link is whole."""

from __future__ import annotations

from pathlib import Path

import feedparser

from tests.portal.contents import ARTICLE
from tests.provinces import SmallProvince


def test_links_and_pictures_are_whole_and_what_only_looks_like_one_stays(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    body = '[Sổ](procedure:1.001193) và <a title="a > b" href="/lien-he/">đây</a>, viết là `href="/lien-he/"` nhé.\n'
    province.write("agencies/so-tu-phap/news/2019/moi.md", f"{ARTICLE}{body}")

    for conf in ("pelicanconf.py", "publishconf.py"):
        assert province.build(conf=conf).problems == ()
        written = (province.output / "so-tu-phap/tin-tuc/feed.atom").read_text(encoding="utf-8")
        contents = [entry.content[0].value for entry in feedparser.parse(written, resolve_relative_uris=False).entries]
        [content] = [content for content in contents if "viết là" in content]

        assert 'href="https://thunghiem.example/thu-tuc/1.001193/"' in content
        assert 'href="https://thunghiem.example/lien-he/"' in content
        assert content.count("https://thunghiem.example") == 2, content
