"""`portal bench search` where it cannot run: each reason is said, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.command_line import COULD_NOT_RUN, main


def test_folder_without_a_portal_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "search", "--output", str(tmp_path)]) == COULD_NOT_RUN
    assert "there is no portal to measure yet; run portal build first" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["--query", "ho tich"], ["--second", "ho tich"], ["--query", "", "--second", "a"]])
def test_one_query_alone_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "search", *given]) == COULD_NOT_RUN
    assert "use --query and --second together" in capsys.readouterr().err
