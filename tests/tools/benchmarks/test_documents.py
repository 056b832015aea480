"""Which pages are measured: those that the portal's own indexes name."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.portal.problems import PortalError
from plugins.search.kinds import OTHERS, SOUGHT_FIRST
from tests.provinces import SmallProvince
from tools.benchmarks.documents import BuiltPortal


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built portal."""
    province = SmallProvince.of(tmp_path_factory.mktemp("province"))
    assert not province.build().problems
    return province.output


def test_every_indexed_document_is_a_page_of_the_portal(output: Path) -> None:
    procedures, texts = (BuiltPortal.read(output, index).pages for index in (SOUGHT_FIRST, OTHERS))

    assert procedures
    assert texts
    assert {"so-y-te/", "so-y-te/thu-tuc/1.004616/"} <= set(procedures)  # an agency is looked for as a procedure is
    pages = (address.partition("#")[0] for address in (*procedures, *texts))
    assert [address for address in pages if not (output / address / "index.html").is_file()] == []


def test_folder_without_a_portal_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="no portal to measure yet; run portal build first"):
        BuiltPortal.read(tmp_path, SOUGHT_FIRST)


@pytest.mark.parametrize("manifest", ["", "[]", '{"blocks": 1}', '{"blocks": [["a", "b"]], "cards": 4}'])
def test_manifest_of_another_make_is_refused(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "tim-kiem").mkdir()
    (tmp_path / "tim-kiem" / "thu-tuc.json").write_text(manifest, encoding="utf-8")

    with pytest.raises(PortalError, match="not a file of this portal's search; run portal build again"):
        BuiltPortal.read(tmp_path, SOUGHT_FIRST)
