"""`portal build` where the machine is not as one would wish: rights, disks, masks, locales, terminals, folders."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.here import keep_theme
from tests.needed import administrator
from tests.provinces import ROOT, SmallProvince, files_below
from tests.waiting import PATIENCE

PORTAL = (sys.executable, "-m", "plugins.command_line")
NOBODY = 65534
"""The number of a user and of a group that own nothing."""


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return _with_settings(tmp_path)


def _with_settings(folder: Path) -> SmallProvince:
    province = SmallProvince.of(folder)
    (folder / "deskconf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"PORTAL_ROOT = {str(folder)!r}\nTHEME = {str(ROOT / 'theme')!r}\nDOSSIER_STATE_PATH = 'state'\n",
        encoding="utf-8",
    )
    keep_theme(folder / "build")
    return province


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallProvince, Path]:
    """A province that a program has built, and a copy of its folder with links as they are."""
    folder = tmp_path_factory.mktemp("shown")
    province = _with_settings(folder / "province")
    done = portal(province, prefix=as_anybody())
    assert done.returncode == 0, written(done)
    subprocess.run(["cp", "-a", province.folder, folder / "copy"], check=True, timeout=PATIENCE)
    return province, folder / "copy"


@pytest.fixture
def shown(built_once: tuple[SmallProvince, Path]) -> SmallProvince:
    """That province as it was when it had been built, in the folder in which it was built."""
    province, copy = built_once
    subprocess.run(["chmod", "-R", "u+rwX", province.folder], check=True, timeout=PATIENCE)
    shutil.rmtree(province.folder)
    subprocess.run(["cp", "-a", copy, province.folder], check=True, timeout=PATIENCE)
    return province


def portal(
    province: SmallProvince,
    command: str = "build",
    *,
    prefix: Sequence[str] = (),
    suffix: str = "",
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command on a province; `suffix` is what a shell does with its output."""
    words = [*prefix, *PORTAL, command, "--settings", str(province.folder / "deskconf.py"), "--jobs", "2"]
    shell = ["sh", "-c", f'"$@" {suffix}', "sh", *words]
    around = dict(os.environ) if env is None else dict(env)
    return subprocess.run(
        shell, cwd=cwd, env=around | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False, timeout=120
    )


def as_anybody() -> list[str]:
    """Before a command: also the administrator then needs the rights that files give."""
    without = "-dac_override,-dac_read_search,-fowner,-chown"
    return ["setpriv", f"--bounding-set={without}"] if os.geteuid() == 0 else []


def written(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stdout + done.stderr).decode()


UNREADABLE = {
    "a text": "agencies/so-y-te/news/2019/nha-thuoc.md",
    "a folder": "agencies/so-y-te/news",
    "a record": "agencies/so-y-te/agency.yaml",
    "a procedure": "agencies/so-y-te/procedures/1.004616.yaml",
    "a file to download": "agencies/so-y-te/media/lich-tiem.csv",
    "the whole folder": "agencies/so-y-te",
}


@pytest.mark.parametrize(
    ("what", "remembered"),
    [*((what, True) for what in UNREADABLE), ("a text", False), ("the whole folder", False)],
    ids=lambda value: {True: "shown before", False: "fresh"}.get(value, value),
)
def test_what_cannot_be_read_is_a_problem_of_its_own_agency(
    what: str, *, remembered: bool, request: pytest.FixtureRequest
) -> None:
    province: SmallProvince = request.getfixturevalue("shown" if remembered else "province")
    path = province.content / UNREADABLE[what]
    rights = stat.S_IMODE(path.stat().st_mode)
    path.chmod(0)
    province.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")
    try:
        done = portal(province, prefix=as_anybody())
    finally:
        path.chmod(rights)

    assert (done.returncode, b"Traceback" in done.stdout + done.stderr) == (1, False)
    [problem] = [line for line in written(done).splitlines() if line.startswith("✗")]
    assert problem == f"✗ content/{UNREADABLE[what]}: không đọc được: không có quyền đọc (kiểm tra quyền đọc và ổ đĩa)"
    assert province.shows("so-tu-phap/moi")
    assert province.shows("so-y-te/tin-tuc/2019/nha-thuoc") == remembered


def test_folder_of_an_agency_that_vanishes_is_an_agency_that_is_gone(shown: SmallProvince) -> None:
    shutil.rmtree(shown.content / "agencies" / "so-y-te")

    assert portal(shown).returncode == 0
    assert not shown.shows("so-y-te")
    assert shown.shows("so-tu-phap")


def one_sentence(done: subprocess.CompletedProcess[bytes]) -> str:
    """All that a command said that could not run."""
    assert done.returncode == 2, written(done)
    [line] = [line for line in written(done).splitlines() if line and not line.startswith("[")]
    return line


def test_build_folder_that_cannot_be_written_to_is_told_and_nothing_changes(shown: SmallProvince) -> None:
    before = shown.files()
    shown.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")
    for folder in (shown.folder / "build", *(shown.folder / "build").rglob("*")):
        folder.chmod(folder.stat().st_mode & ~0o222)

    line = one_sentence(portal(shown, prefix=as_anybody()))

    assert line.startswith("portal: không dựng được: ")
    assert "không có quyền đọc hoặc ghi" in line
    assert shown.files() == before


def test_project_that_can_only_be_read_is_told(province: SmallProvince) -> None:
    shutil.rmtree(province.folder / "build")
    province.folder.chmod(0o555)
    try:
        line = one_sentence(portal(province, prefix=as_anybody()))
    finally:
        province.folder.chmod(0o755)

    assert line == (
        f"portal: không dựng được: {province.folder}/build: "
        "không có quyền đọc hoặc ghi; cấp quyền cho người dùng chạy lệnh, hoặc đặt thư mục khác"
    )


def test_disk_that_takes_no_more_is_told_and_what_is_shown_stays(shown: SmallProvince) -> None:
    """A limit on the size of files stands for a full disk: the system refuses to write on."""
    before = shown.files()
    shown.write("agencies/so-tu-phap/pages/moi.md", f"---\ntitle: Trang mới\n---\n{'Mới. ' * 20_000}\n")

    line = one_sentence(portal(shown, prefix=["prlimit", "--fsize=65536"]))

    assert line.startswith("portal: không dựng được: ")
    assert shown.files() == before
    assert portal(shown).returncode == 0
    assert shown.shows("so-tu-phap/moi")


OTHERS = {
    "the folder of the releases": "output.releases",
    "the lock": "output.releases/lock",
    "the pages of versions": "output.releases/versions/so-tu-phap",
    "the link that is shown, where nobody may replace it": "output",
}


def give_to_another(path: Path) -> None:
    """Let a user who has nothing to do with the portal own something, without what is in it."""
    administrator("give a file to somebody else")
    os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


@pytest.mark.parametrize("what", OTHERS)
def test_what_belongs_to_another_user_is_told_by_its_path_and_what_is_live_stays(
    what: str, shown: SmallProvince
) -> None:
    """As after somebody has published as another user, once."""
    path = shown.folder / OTHERS[what]
    give_to_another(path)
    if path.is_symlink():
        give_to_another(shown.folder)
        shown.folder.chmod(0o1777)  # everybody may write there, and replace what is his own
    before = shown.files()
    shown.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    line = one_sentence(portal(shown, "publish", prefix=as_anybody()))

    assert line.startswith(f"portal: không dựng được: {path}")
    assert line.endswith(": không có quyền đọc hoặc ghi; cấp quyền cho người dùng chạy lệnh, hoặc đặt thư mục khác")
    assert shown.files() == before


def test_content_that_another_user_owns_and_nobody_may_change_is_published(shown: SmallProvince) -> None:
    shown.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")
    for path in (shown.content, *shown.content.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
        give_to_another(path)

    done = portal(shown, "publish", prefix=as_anybody())

    assert done.returncode == 0, written(done)
    assert shown.shows("so-tu-phap/moi")


def test_ledger_that_another_user_owns_is_told_and_keeps_nobody_from_publishing(shown: SmallProvince) -> None:
    settings = shown.folder / "deskconf.py"
    settings.write_text(settings.read_text(encoding="utf-8") + "PORTAL_KEEP_ADDRESSES = True\n", encoding="utf-8")
    folder = shown.releases / "addresses"
    folder.mkdir()
    give_to_another(folder)
    shown.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    done = portal(shown, "publish", prefix=as_anybody())

    assert done.returncode == 0, written(done)
    assert shown.shows("so-tu-phap/moi")
    told = [line for line in written(done).splitlines() if line.startswith(f"{folder}/so-tu-phap.txt: ")]
    assert [": không có quyền đọc hoặc ghi; " in line for line in told] == [True]


LOST = (
    "portal: không ghi được ra đầu ra chuẩn: ổ đĩa đầy; hãy dọn chỗ trống; "
    "phần lẽ ra in ở đó bị mất, mọi việc khác vẫn như thường"
)


@pytest.mark.parametrize(
    ("command", "buffered"), [("build", True), ("build", False), ("check", True), ("publish", True)]
)
def test_output_that_cannot_be_written_is_told_and_the_command_goes_on(
    command: str, *, buffered: bool, shown: SmallProvince
) -> None:
    """The disk on which a log lies is full."""
    shown.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")
    env = dict(os.environ) if buffered else os.environ | {"PYTHONUNBUFFERED": "1"}
    done = portal(_broken(shown), command, suffix=">/dev/full", env=env)

    assert (done.returncode, done.stderr.decode().splitlines()) == (2, [LOST])
    assert shown.shows("so-tu-phap/moi") == (command != "check")


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["schema", "--help"]])
def test_help_that_cannot_be_written_is_told(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PORTAL, *words], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False, timeout=120
        )
    assert (done.returncode, done.stderr.decode().splitlines()) == (2, [LOST])


def test_nothing_that_can_be_written_changes_nothing_but_the_exit_code(shown: SmallProvince) -> None:
    shown.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")
    done = portal(shown, suffix=">/dev/full 2>&1")
    assert done.returncode == 2
    assert shown.shows("so-tu-phap/moi")


def test_file_system_without_hard_links_takes_copies(province: SmallProvince) -> None:
    """Such as some network drives: the system says that the operation is not permitted."""
    broken = province.folder / "python"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import os\n\n\ndef link(source, target, **how):\n"
        "    raise PermissionError(1, 'Operation not permitted', source, None, target)\n\n\nos.link = link\n"
    )
    done = subprocess.run(
        [*PORTAL, "build", "--settings", str(province.folder / "deskconf.py")],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{broken}:{ROOT}"}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, written(done)
    copied = province.files()
    assert (province.output / "index.html").stat().st_nlink == 1

    shutil.rmtree(province.folder / "build")
    shutil.rmtree(province.releases)
    assert portal(province).returncode == 0
    assert province.files() == copied


def readable_by_all(folder: Path) -> list[str]:
    """What others cannot read, or cannot enter."""
    root = folder.resolve()
    chain = [root, root.parent]
    files = files_below(root)
    everything = [*chain, *files, *(path.parent.resolve() for path in files)]
    return [
        path.name
        for path in everything
        if (wanted := 0o555 if path.is_dir() else 0o444) & path.stat().st_mode != wanted
    ]


def test_what_is_published_can_be_read_by_a_web_server_whatever_the_mask(province: SmallProvince) -> None:
    for path in (province.content / "agencies/so-y-te/media").iterdir():
        path.chmod(0o600)

    assert portal(province, prefix=["sh", "-c", 'umask 077; "$@"', "sh"]).returncode == 0

    assert readable_by_all(province.output) == []


def test_later_build_mends_what_only_its_owner_could_read(shown: SmallProvince) -> None:
    for path in (shown.releases, *shown.releases.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o700)
    assert readable_by_all(shown.output) != []

    assert portal(shown).returncode == 0

    assert readable_by_all(shown.output) == []


def test_check_writes_nothing_but_into_the_build_folder_of_its_settings(
    province: SmallProvince, tmp_path: Path
) -> None:
    settings = province.folder / "deskconf.py"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}PORTAL_BUILD_PATH = 'memory'\n", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    before = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}

    done = portal(province, "check", cwd=elsewhere)

    assert done.returncode == 0, written(done)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")} - before
    assert {path.parts[0] for path in made if "__pycache__" not in path.parts} == {"memory"}


def test_publishing_takes_other_settings_than_the_public_ones_and_sends_what_is_live(province: SmallProvince) -> None:
    www = province.folder / "www"
    done = portal(province, "publish", suffix=f"--to {www}")

    assert (done.returncode, written(done).splitlines()[-1].partition(": đã gửi")[0]) == (0, str(www))
    sent, live = (
        {path.relative_to(folder): path.read_bytes() for path in files_below(folder)}
        for folder in (www, province.output)
    )
    assert sent == live
    assert Path("index.html") in live


def test_memory_is_found_wherever_the_command_is_started(shown: SmallProvince, tmp_path: Path) -> None:
    before = shown.page("so-y-te/tin-tuc/2019/tiem-chung")
    shown.write("agencies/so-y-te/agency.yaml", "kind: department\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    done = portal(shown, cwd=elsewhere)

    assert done.returncode == 1
    assert list(elsewhere.iterdir()) == []
    assert shown.page("so-y-te/tin-tuc/2019/tiem-chung") == before
    # What reports and pages say of files does not depend on it either.
    assert "✗ content/agencies/so-y-te/agency.yaml" in written(done)
    assert "content/agencies/so-y-te/agency.yaml" in shown.page("kiem-tra")


BARE = {"PATH": os.environ["PATH"]}
SURROUNDINGS: dict[str, tuple[dict[str, str], str]] = {
    "nothing set and no input": (BARE, "<&-"),
    "POSIX without UTF-8 and no home": (
        BARE
        | {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        | {"HOME": "/nowhere", "XDG_CACHE_HOME": "/nowhere"},
        "",
    ),
    "a locale that is not there and another zone": (BARE | {"LC_ALL": "tlh_KX.KLINGON", "TZ": "America/New_York"}, ""),
    "Turkish, and nobody listens": (BARE | {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, ">&- 2>&-"),
    "C, ASCII only and a reader that leaves": (
        BARE | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "TERM": "dumb"},
        "| head -1 >/dev/null",
    ),
}
"""What does not exclude each other is tried at once: each costs a build."""


@pytest.fixture(scope="module")
def as_usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The portal with a problem in it, built in usual surroundings."""
    province = _broken(SmallProvince.of(tmp_path_factory.mktemp("usual")))
    province.build(PORTAL_HANDBOOK="")  # it lies beside settings that the programs have not
    return _without_folder(province)


def _broken(province: SmallProvince) -> SmallProvince:
    province.write("agencies/so-y-te/pages/hong.md", "không có phần đầu")
    return province


def _without_folder(province: SmallProvince) -> dict[str, bytes]:
    here = str(province.content).encode()
    return {name: body.replace(here, b"content") for name, body in province.files().items()}


@pytest.mark.parametrize("what", SURROUNDINGS)
def test_no_surroundings_change_a_byte_or_stop_a_report(
    what: str, province: SmallProvince, as_usual: dict[str, bytes]
) -> None:
    env, suffix = SURROUNDINGS[what]
    _broken(province)

    done = portal(province, env=env, suffix=suffix)

    assert b"Traceback" not in done.stdout + done.stderr
    if "|" not in suffix:
        assert done.returncode == 1
    if not suffix:
        assert b"content/agencies/so-y-te/pages/hong.md" in done.stdout
    assert _without_folder(province) == as_usual


def test_console_that_knows_ascii_alone_reads_words_and_takes_no_problem_for_advice(province: SmallProvince) -> None:
    done = portal(_broken(province), env=BARE | {"PYTHONIOENCODING": "ascii"})
    [line] = [line for line in done.stdout.decode("ascii").splitlines() if "hong.md" in line]

    assert line.startswith("x ")
    assert "thieu phan thong tin dau tep" in line
