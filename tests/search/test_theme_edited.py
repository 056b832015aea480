"""What texts say does not change with the theme: search counts nothing anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.search import segments
from tests.provinces import ROOT, SmallProvince


def test_edited_theme_leaves_counts_and_index_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    province = SmallProvince.of(tmp_path / "province")
    assert province.build(THEME=str(theme)).problems == ()
    index = province.output / "tim-kiem/thu-tuc.json"
    before, page = index.read_bytes(), province.page("so-y-te")
    template = theme / "templates/base.html"
    template.write_text(template.read_text("utf-8").replace("<body>", '<body data-edited="1">'), "utf-8")
    monkeypatch.setattr(segments, "_count", lambda *_: pytest.fail("it was counted"))

    assert province.build(THEME=str(theme)).problems == ()

    assert province.page("so-y-te") == page.replace("<body>", '<body data-edited="1">') != page
    assert index.read_bytes() == before
