"""What lies where a command is started is no code of ours."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.programs import SCRIPTS
from tests.provinces import ROOT, SmallProvince

SETTINGS = (
    "import sys\nsys.path.insert(0, {root!r})\nfrom pelicanconf import *\nPORTAL_ROOT = {here!r}\nTHEME = {theme!r}\n"
)


def test_module_in_the_working_directory_is_not_run(tmp_path: Path) -> None:
    """Also not by the processes that compile: they are started with a command, as `python -c` is."""
    province = SmallProvince.of(tmp_path)
    settings = SETTINGS.format(root=str(ROOT), here=str(tmp_path), theme=str(ROOT / "theme"))
    (tmp_path / "deskconf.py").write_text(settings, encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("jinja2", "pelican", "markupsafe", "numpy"):
        (elsewhere / f"{name}.py").write_text("raise SystemExit('HIJACKED')\n", encoding="utf-8")
    (elsewhere / "plugins").mkdir()
    (elsewhere / "plugins" / "__init__.py").write_text("raise SystemExit('HIJACKED')\n", encoding="utf-8")

    done = subprocess.run(
        [SCRIPTS / "portal", "build", "--settings", tmp_path / "deskconf.py"],
        cwd=elsewhere, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert "HIJACKED" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stdout + done.stderr
    assert province.shows("so-y-te")
