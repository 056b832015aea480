"""Commands end when they are told to, whatever they inherited, with all they started; nothing is left half-done."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.command_line.ending import GRACE_SECONDS
from tests.command_line.conftest import ServedBefore
from tests.command_line.test_command_line import places, portal
from tests.programs import SCRIPTS, deaf, is_alive, running, started_by
from tests.provinces import ROOT, SmallProvince
from tests.waiting import until

IN_ORDER = GRACE_SECONDS + 10
"""Seconds; a process needs one, and much more on a machine that is busy."""
SIGNALS = pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)


def hanging(province: SmallProvince) -> tuple[list[str | Path], Path]:
    """Arguments for a build in which one site hangs, and the file that then names its process."""
    arguments, mark = places(province), province.folder / "mark"
    mark.unlink(missing_ok=True)
    with Path(arguments[1]).open("a", encoding="utf-8") as settings:
        settings.write(
            "PORTAL_SITE_PLUGINS = [*PORTAL_SITE_PLUGINS, 'tests.builder.misbehaving']\n"
            f"MISBEHAVIOUR, MARK = 'stuck with a mark', {str(mark)!r}\n"
        )
    return arguments, mark


def process_in(mark: Path) -> int:
    return int(until(lambda: mark.exists() and mark.read_text(), "the site that hangs"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    province = SmallProvince.of(tmp_path_factory.mktemp("built"))
    assert portal("build", *places(province)).returncode == 0
    return province


@SIGNALS
def test_served_portal_ends_by_every_signal_although_it_inherited_to_ignore_them(
    served_before: ServedBefore, how: signal.Signals
) -> None:
    command = [SCRIPTS / "portal", "serve", *places(served_before.province), "--port", "0"]
    with running(command, inherits=deaf) as program:
        program.says("Cổng đang chạy tại")
        started = started_by(program.process.pid)
        program.process.send_signal(how)

        assert program.ends(IN_ORDER) == 0
        assert program.errors == ""
        assert started
        until(lambda: not any(map(is_alive, started)), "the end of all that it started")


@pytest.mark.parametrize(("how", "inherits"), [(signal.SIGINT, None), (signal.SIGTERM, deaf), (signal.SIGHUP, deaf)])
def test_portal_ends_while_it_is_built_for_the_first_time(
    tmp_path: Path, how: signal.Signals, inherits: Callable[[], None] | None
) -> None:
    province = SmallProvince.of(tmp_path)
    arguments, mark = hanging(province)
    with running([SCRIPTS / "portal", "serve", *arguments, "--port", "0"], inherits=inherits) as program:
        stuck = process_in(mark)
        started = started_by(program.process.pid)
        program.process.send_signal(how)

        assert program.ends(IN_ORDER) == 0
        assert program.errors == ""
        assert stuck in started
        until(lambda: not any(map(is_alive, started)), "the end of all that it started")
    assert not province.output.exists()


@pytest.mark.parametrize(
    ("command", "how", "inherits", "code"),
    [
        ("build", signal.SIGTERM, deaf, 143),
        ("build", signal.SIGHUP, None, 129),
        ("publish", signal.SIGINT, deaf, 130),
    ],
)
def test_build_that_is_told_to_end_leaves_what_is_live_and_frees_the_folder(
    built: SmallProvince, command: str, how: signal.Signals, inherits: Callable[[], None] | None, code: int
) -> None:
    before = built.files()
    new = f"moi-{command}-{code}"
    built.write(f"agencies/so-y-te/pages/{new}.md", "---\ntitle: Trang mới\n---\nMới.\n")
    [_, settings, *folders], mark = hanging(built)
    given: list[str | Path] = ["--settings", settings]
    if command == "publish":  # it takes the file of this name, from where it stands
        given = []
        Path(settings).rename(built.folder / "publishconf.py")

    with running([SCRIPTS / "portal", command, *given, *folders], inherits=inherits, cwd=built.folder) as program:
        stuck = process_in(mark)
        program.process.send_signal(how)
        assert program.ends(IN_ORDER) == code

    assert program.errors == f"portal: đã dừng theo tín hiệu {how.name} khi chưa xong\n"
    until(lambda: not is_alive(stuck), "the end of the site's process")
    assert before.keys() > {"index.html", "so-y-te/index.html"}
    assert built.files() == before
    assert portal("build", *places(built)).returncode == 0
    assert built.shows(f"so-y-te/{new}")


def test_terminal_that_interrupts_all_that_loads_is_told_one_sentence(built: SmallProvince) -> None:
    """A terminal sends the signal to each process, also to the one that loads libraries for the others."""
    with running([SCRIPTS / "portal", "build", *places(built)], inherits=os.setsid) as program:
        command = program.process.pid
        until(lambda: any(is_fork_server(other, command) for other in started_by(command)), "what loads libraries")
        os.killpg(command, signal.SIGINT)

        assert program.ends(IN_ORDER) == 130
    assert program.errors == "portal: đã dừng theo tín hiệu SIGINT khi chưa xong\n"


def is_fork_server(process: int, parent: int) -> bool:
    """Forked from the command, it goes by the same name."""
    names = [Path("/proc", str(number), "cmdline").read_bytes() for number in (process, parent)]
    return names[0] == names[1]


def test_build_outlives_its_terminal_where_that_is_asked_for(tmp_path: Path) -> None:
    """As `nohup portal build &` does."""
    province = SmallProvince.of(tmp_path)
    [_, settings, *folders], mark = hanging(province)
    with running([SCRIPTS / "portal", "build", "--settings", settings, *folders], inherits=deaf) as program:
        stuck = process_in(mark)
        program.process.send_signal(signal.SIGHUP)
        mark.unlink()
        os.kill(stuck, signal.SIGKILL)  # it is begun once more, for it may have been killed by whoever
        os.kill(process_in(mark), signal.SIGKILL)

        assert program.ends() == 1
        assert "SIGKILL" in program.said
    assert province.shows("so-tu-phap")


SCRIPT = """
import time
from plugins.command_line import ending
ending.GRACE_SECONDS = 0.5
with ending.told_to_end(asked_for=False) as told:
    ready = False
    while True:
        try:
            if not ready:
                ready = True
                print("ready", flush=True)
            time.sleep(0.05)
        except KeyboardInterrupt:
            print("swallowed", flush=True)
"""


def test_process_that_does_not_come_to_its_end_is_ended_by_force(tmp_path: Path) -> None:
    with running([sys.executable, "-c", SCRIPT], inherits=deaf) as program:
        program.says("ready")
        program.process.send_signal(signal.SIGTERM)
        program.says("swallowed")
        program.process.send_signal(signal.SIGINT)

        assert program.ends(IN_ORDER) == 143
    assert (program.said, program.errors) == ("ready\nswallowed\n", "")


RESTORING = """
import signal
from plugins.command_line.ending import SIGNALS, told_to_end
before = [signal.getsignal(number) for number in SIGNALS], signal.pthread_sigmask(signal.SIG_BLOCK, [])
with told_to_end(asked_for=True):
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, []) & set(SIGNALS)
    assert all(callable(signal.getsignal(number)) for number in SIGNALS)
assert ([signal.getsignal(number) for number in SIGNALS], signal.pthread_sigmask(signal.SIG_BLOCK, [])) == before
print("restored")
"""


@pytest.mark.parametrize("inherits", [None, deaf], ids=["as usual", "deaf"])
def test_signals_are_as_they_were_behind_the_command(inherits: Callable[[], None] | None) -> None:
    with running([sys.executable, "-c", RESTORING], inherits=inherits) as program:
        assert (program.ends(), program.said, program.errors) == (0, "restored\n", "")


def test_exit_codes_of_what_was_ended_are_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    for code in ("130 (SIGINT)", "143 (SIGTERM)", "129 (SIGHUP)"):
        assert code in text
