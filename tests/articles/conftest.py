"""One small site for the tests of texts."""

from __future__ import annotations

import pytest

from plugins.articles.markup import Renderer
from tests.articles.rendering import Texts
from tests.portal.contents import PAGE, ContentFolder


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    content = ContentFolder.of(tmp_path_factory.mktemp("texts") / "content")
    content.write("media/anh.png", b"\x89PNG\r\n")
    content.write("pages/trang.md", PAGE)
    site = content.load()
    return Texts(Renderer(site, ""), site.texts["pages/trang.md"])
