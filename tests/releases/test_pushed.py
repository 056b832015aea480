"""Publishing on push, as docs/operations.md tells it: a real sshd, git's own shell, and the hook as it stands there."""

from __future__ import annotations

import json
import os
import pwd
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.command_line import main
from plugins.serving.server import PortalServer
from tests.here import keep_theme
from tests.needed import missing, program
from tests.provinces import ROOT, SmallProvince
from tests.releases.test_signing import made_key
from tests.repositories import Repository
from tests.waiting import PATIENCE

SSHD = Path("/usr/sbin/sshd")
TOLD = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NEWS = "content/agencies/so-y-te/news/2019/lich-tiem.md"
ARTICLE = "---\ntitle: Lịch tiêm\ndate: 2019-09-22\nsummary: Lịch tiêm tháng 9.\n---\nTiêm vào thứ ba.\n"
SETTINGS = f"""\
import sys
sys.path.insert(0, {str(ROOT)!r})
from pelicanconf import *
PORTAL_ROOT, THEME, DOSSIER_STATE_PATH = {{folder!r}}, {str(ROOT / "theme")!r}, "var"
OUTPUT_PATH, PORTAL_BUILD_PATH = "public", "build/public"
PORTAL_PREVIEW, PORTAL_KEEP_ADDRESSES = False, True
"""
PORTAL = f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m plugins.command_line "$@" --lang en\n'
SERVER = """\
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
StrictModes no
UsePAM no
PermitRootLogin forced-commands-only
PasswordAuthentication no
"""


def told_hook() -> str:
    """The hook, as it is told to write it."""
    match = re.search(r"post-receive > /dev/null <<'EOF'\n(.*?)^    EOF\n", TOLD, re.DOTALL | re.MULTILINE)
    assert match is not None
    return re.sub(r"^    ", "", match[1], flags=re.MULTILINE)


@dataclass(frozen=True)
class Server:
    """The machine that is pushed to, and an editor's."""

    folder: Path
    desk: Repository

    @property
    def project(self) -> Path:
        return self.folder / "portal"

    def ssh(self) -> str:
        """How an editor's git reaches it: each connection has an sshd of its own, and takes no port."""
        options = {
            "ProxyCommand": f"{SSHD} -i -f {self.folder}/sshd_config -E {self.folder}/sshd.log",
            "UserKnownHostsFile": f"{self.folder}/known_hosts", "StrictHostKeyChecking": "accept-new",
            "IdentitiesOnly": "yes", "BatchMode": "yes",
        }  # fmt: skip
        words = " ".join(f"-o '{name}={value}'" for name, value in options.items())
        return f"ssh -F none -i {self.folder}/editor {words}"

    def push(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", "-C", self.desk.root, "push", "origin", *words],
            env=os.environ | {"GIT_SSH_COMMAND": self.ssh()},
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    def receipt(self) -> dict[str, object]:
        given: dict[str, object] = json.loads((self.project / "public/live/release.json").read_bytes())
        return given


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Set up line by line: a bare repository, a clone that is published from, the hook, an editor's key."""
    if not SSHD.is_file():
        missing("sshd is needed: sudo apt install openssh-server")
    shell = program("git-shell", "git")
    folder = tmp_path_factory.mktemp("server")
    desk = Repository.in_(folder / "desk")
    SmallProvince.of(desk.root)
    desk.write("publishconf.py", SETTINGS.format(folder=str(folder / "portal")))
    desk.write("Makefile", ".venv/ready:\n\t@true\n")
    desk.write(".gitignore", "/.venv\n/build\n/public*\n/var\n__pycache__/\n")
    first = desk.commit()
    desk.git("branch", "--move", "--force", "main")
    desk.git("clone", "--quiet", "--bare", str(desk.root), str(folder / "portal.git"))
    for words in re.findall(r"-C portal\.git config (\S+ \S+)", TOLD):
        desk.git("-C", str(folder / "portal.git"), "config", *words.split())
    desk.git("clone", "--quiet", str(folder / "portal.git"), str(folder / "portal"))
    portal = folder / "portal/.venv/bin/portal"
    portal.parent.mkdir(parents=True)
    portal.write_text(PORTAL, encoding="utf-8")
    hook = folder / "portal.git/hooks/post-receive"
    hook.write_text(told_hook().replace("/srv/portal/portal", str(folder / "portal")), encoding="utf-8")
    for file in (portal, hook):
        file.chmod(0o755)
    keep_theme(folder / "portal/build/public")
    made_key(folder / "host")
    public = made_key(folder / "editor").with_suffix(".pub").read_text(encoding="utf-8")
    # In earnest the shell of the account keeps everybody to git; here the account is that of the tests.
    only_git = f'restrict,command="{shell} -c \\"$SSH_ORIGINAL_COMMAND\\""'
    (folder / "authorized_keys").write_text(f"{only_git} {public}", encoding="utf-8")
    (folder / "sshd_config").write_text(SERVER.format(folder=folder), encoding="utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # which the service makes as it starts
    user = pwd.getpwuid(os.geteuid()).pw_name
    desk.git("remote", "add", "origin", f"ssh://{user}@portal.example.vn{folder}/portal.git")
    server = Server(folder, desk)
    assert first
    return server


def test_push_goes_live_and_is_answered(server: Server) -> None:
    commit = server.desk.save(NEWS, ARTICLE)

    done = server.push("main")

    assert done.returncode == 0, done.stderr
    assert f"remote: Built from commit {commit[:12]}" in done.stderr
    assert server.receipt()["commit"] == commit
    with PortalServer(server.project / "public", port=0).running() as url:
        settings = str(server.project / "publishconf.py")
        assert main(["status", url, "--commit", commit, "--settings", settings]) == 0


def test_two_who_push_at_a_time_are_both_published(server: Server) -> None:
    commit = server.desk.save(NEWS, ARTICLE.replace("thứ ba", "thứ tư"))
    with ThreadPoolExecutor() as editors:
        pushed = list(editors.map(server.push, ("main", "main:refs/heads/khac")))

    assert [done.returncode for done in pushed] == [0, 0], pushed
    assert all("Built from commit " in done.stderr for done in pushed), pushed
    assert f"Built from commit {commit[:12]}" in pushed[0].stderr
    assert server.receipt()["commit"] == commit


def test_nothing_that_was_published_is_pushed_over(server: Server) -> None:
    before = server.receipt()
    server.desk.git("checkout", "--quiet", "--orphan", "khac", "HEAD")
    server.desk.commit()
    try:
        done = server.push("--force", "khac:main")
    finally:
        server.desk.git("checkout", "--quiet", "--force", "main")

    assert done.returncode != 0
    assert "denying non-fast-forward" in done.stderr
    assert server.receipt() == before


def test_key_of_an_editor_opens_git_and_nothing_else(server: Server) -> None:
    command = f"{server.ssh()} {pwd.getpwuid(os.geteuid()).pw_name}@portal.example.vn cat /etc/passwd"

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=PATIENCE)

    assert done.returncode != 0
    assert (done.stdout, "unrecognized command" in done.stderr) == ("", True), done.stderr
