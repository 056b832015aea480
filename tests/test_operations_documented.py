"""What docs/operations.md tells to copy is what `portal server-files` writes."""

from __future__ import annotations

import re
import shlex

from plugins.command_line.arguments import parser
from plugins.server_files import rendered
from tests.provinces import ROOT
from tests.serving.nginx import VALUES

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
FILES = set(rendered(VALUES))
WORDS = re.findall(r"^    (?:sudo -u portal \S*/)?portal ([a-z][^#\n&]*)", TEXT, re.MULTILINE)
COMMANDS = [parser().parse_args(shlex.split(words)) for words in WORDS]
"""Of ours that are told, which a person gives as they stand."""


def test_every_file_is_described_and_no_other_is() -> None:
    rows = re.findall(r"^\| (`(?:nginx|systemd|static-host)/.*?) \|", TEXT, re.MULTILINE)
    described: set[str] = set()
    for row in rows:
        first, *further = re.findall(r"`([^`]+)`", row)
        stem = first.rpartition(".")[0] if further and further[0].startswith(".") else first.rpartition("/")[0] + "/"
        described |= {first, *(stem + other for other in further)}

    assert described == FILES


def test_installing_is_told_with_the_command_and_the_files_that_there_are() -> None:
    folders = [words.folder for words in COMMANDS if words.command == "server-files"]
    copied = [path for line in re.findall(r"^    sudo cp (.*) \S+$", TEXT, re.MULTILINE) for path in line.split()]

    assert (folders, len(copied)) == (["portal/server-files", "server-files", "server-files"], 7)
    for path in copied:
        pattern = re.escape(path.removeprefix("portal/").removeprefix("server-files/")).replace(r"\*", ".*")
        assert [file for file in FILES if re.fullmatch(pattern, file)], path
