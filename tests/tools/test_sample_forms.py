"""The forms of the demonstration are those that their list says."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.provinces import ROOT
from tools.sample_forms.__main__ import main
from tools.sample_forms.document import FOOT


def words_of(form: Path) -> str:
    with zipfile.ZipFile(form) as archive:
        return archive.read("word/document.xml").decode()


def test_forms_in_the_content_are_those_that_are_written_and_say_that_they_are_samples(tmp_path: Path) -> None:
    main(target=tmp_path)
    written = sorted(tmp_path.rglob("*.docx"))

    assert len(written) > 40
    for form in written:
        kept = ROOT / "content" / form.relative_to(tmp_path)
        assert words_of(kept) == words_of(form)
        assert FOOT in words_of(form)
