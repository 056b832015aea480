"""A process for each task: whatever happens in one happens to nobody else. The processes are real."""

from __future__ import annotations

import errno
import gc
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from plugins.builder.refusals import breakdown
from plugins.builder.workers import (
    MEMORY_LIMIT,
    ProcessPerTaskExecutor,
    WorkerCrashedError,
    WorkerDeniedError,
    WorkerError,
    WorkerKilledError,
    WorkerStuckError,
)
from plugins.languages import MESSAGES, load_catalogue
from tests.builder import tasks
from tests.programs import is_alive, running
from tests.provinces import ROOT
from tests.waiting import PATIENCE, some_moment, until

TIME_LIMIT = 20.0
"""Longer than any task takes that is not meant to be stuck."""


@pytest.fixture
def executor() -> Iterator[ProcessPerTaskExecutor]:
    with ProcessPerTaskExecutor(2, TIME_LIMIT) as executor:
        yield executor


def open_files() -> int:
    gc.collect()  # a caught exception keeps its frames, and with them the process, until then
    return len(list(Path("/proc/self/fd").iterdir()))


def ended(executor: Executor, kind: type[WorkerError], fn: Callable[..., Any], *args: Any) -> str:
    """With what words a task ends that does not end well."""
    with pytest.raises(kind) as caught:
        executor.submit(fn, *args).result(timeout=TIME_LIMIT + 5)
    assert type(caught.value) is kind
    return str(caught.value)


def test_result_comes_back(executor: ProcessPerTaskExecutor) -> None:
    assert executor.submit(tasks.add, 1, other=2).result(timeout=PATIENCE) == 3
    assert list(executor.map(tasks.add, range(5), range(5))) == [0, 2, 4, 6, 8]


def test_every_task_has_a_process_of_its_own(executor: ProcessPerTaskExecutor) -> None:
    pids = [executor.submit(tasks.pid).result(timeout=PATIENCE) for _ in range(3)]
    assert len({*pids, os.getpid()}) == 4
    assert not any(is_alive(pid) for pid in pids)


def test_result_that_is_larger_than_a_pipe_comes_back_whole(executor: ProcessPerTaskExecutor) -> None:
    assert executor.submit(tasks.long_text, 500_000).result(timeout=PATIENCE) == "ố" * 500_000


def test_task_that_raises_gives_its_last_line_and_the_traceback(executor: ProcessPerTaskExecutor) -> None:
    with pytest.raises(WorkerCrashedError, match=r"^ValueError: không được$") as caught:
        executor.submit(tasks.fail, "không được").result(timeout=PATIENCE)
    assert "in fail" in caught.value.details
    assert caught.value.details.startswith("Traceback (most recent call last):")


def test_task_that_raises_what_cannot_be_said_is_a_crash_too(executor: ProcessPerTaskExecutor) -> None:
    assert ended(executor, WorkerCrashedError, tasks.fail_without_words).startswith(
        "tests.builder.tasks.UnspeakableError"
    )


def test_endless_recursion_is_a_crash(executor: ProcessPerTaskExecutor) -> None:
    said = ended(executor, WorkerCrashedError, tasks.recurse)
    assert said.startswith("RecursionError: maximum recursion depth exceeded")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (signal.SIGKILL, "SIGKILL"),
        (signal.SIGTERM, "SIGTERM"),
        (signal.SIGSEGV, "SIGSEGV"),
        (signal.SIGABRT, "SIGABRT"),
        (signal.SIGINT, "SIGINT"),
    ],
)
def test_killed_process_is_reported_by_its_signal(executor: ProcessPerTaskExecutor, number: int, name: str) -> None:
    assert ended(executor, WorkerKilledError, tasks.die_of, number) == name


def test_process_killed_by_a_signal_without_a_name_is_reported_too(executor: ProcessPerTaskExecutor) -> None:
    number = signal.SIGRTMIN + 6
    assert str(int(number)) in ended(executor, WorkerKilledError, tasks.die_of, number)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_task_that_is_killed_from_outside_is_done_once_more(
    executor: ProcessPerTaskExecutor, number: int, tmp_path: Path
) -> None:
    """A system short of memory does that, and whoever ends programs by name; a site is not to blame."""
    times = tmp_path / "times"

    assert executor.submit(tasks.die_at_first, str(times), number).result(timeout=PATIENCE) == 2

    times.unlink()
    assert ended(executor, WorkerKilledError, tasks.die_at_first, str(times), signal.SIGSEGV) == "SIGSEGV"
    # What it had been lent ended with it, and can be lent again.
    assert len({pid for pid, _ in executor.submit(tasks.divided, 100, 5).result(timeout=PATIENCE)}) > 1


def test_process_that_others_are_forked_from_may_be_killed_over_it(executor: ProcessPerTaskExecutor) -> None:
    executor.submit(tasks.add, 1).result(timeout=PATIENCE)
    server: int = vars(vars(forkserver)["_forkserver"])["_forkserver_pid"]
    os.kill(server, signal.SIGSTOP)
    waiting = executor.submit(tasks.add, 1, 2)
    some_moment(0.3)  # by then it is asked for a process; where it is not yet, a new one is asked
    os.kill(server, signal.SIGKILL)

    assert waiting.result(timeout=PATIENCE) == 3


@pytest.mark.parametrize(("fn", "code"), [(tasks.exit_with, 3), (tasks.exit_at_once, 3), (tasks.exit_at_once, 0)])
def test_process_that_leaves_without_an_answer_is_reported_by_its_exit_code(
    executor: ProcessPerTaskExecutor, fn: Callable[[int], None], code: int
) -> None:
    assert ended(executor, WorkerKilledError, fn, code) == f"exit code {code}"


@pytest.mark.parametrize(
    ("fn", "argument", "reason"),
    [
        (tasks.exit_at_once, 0, "mã thoát 0"),
        (tasks.exit_with, 3, "mã thoát 3"),
        (tasks.die_of, signal.SIGKILL, "SIGKILL"),
        (tasks.die_of, signal.SIGRTMIN + 6, f"tín hiệu {signal.SIGRTMIN + 6}"),
    ],
)
def test_end_of_a_process_is_told_in_vietnamese(
    executor: ProcessPerTaskExecutor, fn: Callable[[int], None], argument: int, reason: str
) -> None:
    with pytest.raises(WorkerKilledError) as caught:
        executor.submit(fn, argument).result(timeout=TIME_LIMIT + 5)
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # as it comes from another machine
    told = breakdown("content/agencies/so-y-te", error).message.render(load_catalogue(MESSAGES, "vi").gettext)
    assert told == f"tiến trình dựng trang bị dừng đột ngột: {reason}"


def test_process_killed_in_the_middle_of_its_answer_is_reported(executor: ProcessPerTaskExecutor) -> None:
    assert ended(executor, WorkerKilledError, tasks.die_half_way_through_the_answer) == "SIGKILL"


def test_answer_that_cannot_be_sent_is_an_error_of_the_task(executor: ProcessPerTaskExecutor) -> None:
    with pytest.raises(WorkerError):
        executor.submit(tasks.unpicklable).result(timeout=PATIENCE)


@pytest.mark.parametrize("fn", [tasks.hang, tasks.hang_deaf])
def test_stuck_process_is_killed_at_its_time_limit(fn: Callable[[str], None], tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    with ProcessPerTaskExecutor(1, TIME_LIMIT) as warm:
        warm.submit(tasks.add, 1).result(timeout=PATIENCE)
    with ProcessPerTaskExecutor(1, 0.5) as executor:
        started = time.monotonic()
        assert ended(executor, WorkerStuckError, fn, str(mark)) == "0.5"
        assert 0.5 <= time.monotonic() - started < 5
    assert not is_alive(int(mark.read_text()))


def test_task_that_is_stopped_with_whoever_gave_it_is_not_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a machine is paused or a container frozen: who waits has heard nothing, however long that was."""
    look, stopped = Connection.poll, iter([True])

    def poll(connection: Connection, timeout: float) -> bool:
        return False if next(stopped, False) else look(connection, timeout)

    monkeypatch.setattr(Connection, "poll", poll)
    with ProcessPerTaskExecutor(1, TIME_LIMIT) as executor:
        assert executor.submit(tasks.add, 1, 2).result(timeout=PATIENCE) == 3


@pytest.mark.parametrize("fn", [tasks.hang, tasks.hang_deaf])
def test_who_gives_up_waits_for_no_task(fn: Callable[[str], None], tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    executor = ProcessPerTaskExecutor(1, TIME_LIMIT)
    running, waiting = executor.submit(fn, str(mark)), executor.submit(tasks.hang, str(tmp_path / "other"))
    pid = until(lambda: mark.exists() and mark.read_text())
    executor.shutdown(cancel_futures=True)

    assert str(running.exception(timeout=TIME_LIMIT / 2)) == "SIGKILL"
    assert waiting.cancelled()
    assert not is_alive(int(pid))
    assert not (tmp_path / "other").exists()


def test_task_that_is_deaf_ends_with_whoever_gave_it_though_that_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = (
        "import sys; from plugins.builder.workers import *; from tests.builder import tasks\n"
        "if __name__ == '__main__': list(ProcessPerTaskExecutor(1, 600).map(tasks.hang_deaf, sys.argv[1:]))\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    with running([sys.executable, script, mark], environment={"PYTHONPATH": str(ROOT)}) as program:
        pid = int(until(lambda: mark.exists() and mark.read_text()))
        program.process.kill()
        until(lambda: not is_alive(pid), "the end of the task")


@pytest.mark.parametrize("fn", [tasks.eat_memory, tasks.eat_memory_bit_by_bit])
def test_hungry_process_gets_no_more_than_its_share(executor: ProcessPerTaskExecutor, fn: Callable[[], int]) -> None:
    assert ended(executor, WorkerCrashedError, fn) == "MemoryError"


def test_limit_of_memory_holds_in_the_worker_and_not_here(executor: ProcessPerTaskExecutor) -> None:
    assert executor.submit(tasks.address_space).result(timeout=PATIENCE) == (MEMORY_LIMIT, MEMORY_LIMIT)
    assert tasks.address_space() != (MEMORY_LIMIT, MEMORY_LIMIT)


def test_interrupt_from_the_keyboard_is_left_to_the_parent(executor: ProcessPerTaskExecutor) -> None:
    assert executor.submit(tasks.interrupts_are_ignored).result(timeout=PATIENCE)


def test_what_happens_to_one_task_happens_to_no_other() -> None:
    with ProcessPerTaskExecutor(2, TIME_LIMIT) as executor:
        bad: list[Future[Any]] = [
            executor.submit(tasks.die_of, signal.SIGKILL),
            executor.submit(tasks.fail, "x"),
            executor.submit(tasks.exit_at_once, 1),
            executor.submit(tasks.eat_memory),
        ]
        good = [executor.submit(tasks.add, number, 1) for number in range(4)]
        assert [future.result(timeout=PATIENCE) for future in good] == [1, 2, 3, 4]
    assert {type(future.exception(timeout=PATIENCE)) for future in bad} == {WorkerKilledError, WorkerCrashedError}


def test_tasks_run_at_one_time_up_to_the_number_of_workers(tmp_path: Path) -> None:
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    with ProcessPerTaskExecutor(2, TIME_LIMIT) as executor:
        futures = [executor.submit(tasks.meet, one, other), executor.submit(tasks.meet, other, one)]
        assert [future.result(timeout=PATIENCE) for future in futures] == [True, True]


def test_one_worker_runs_one_task_at_a_time(tmp_path: Path) -> None:
    mark = str(tmp_path / "mark")
    with ProcessPerTaskExecutor(1, TIME_LIMIT) as executor:
        assert list(executor.map(tasks.alone, [mark] * 3)) == [True] * 3


def test_nothing_is_taken_after_the_end(executor: ProcessPerTaskExecutor) -> None:
    executor.shutdown()
    with pytest.raises(RuntimeError, match="cannot schedule new futures after shutdown"):
        executor.submit(tasks.add, 1)


def test_no_process_and_no_pipe_is_left_behind() -> None:
    with ProcessPerTaskExecutor(2, TIME_LIMIT) as executor:
        executor.submit(tasks.add, 1).result(timeout=PATIENCE)
        before = open_files()
        for _ in range(5):
            executor.submit(tasks.add, 1).result(timeout=PATIENCE)
            ended(executor, WorkerKilledError, tasks.die_of, signal.SIGKILL)
        assert open_files() == before


def test_task_is_lent_the_processes_that_no_other_needs() -> None:
    with ProcessPerTaskExecutor(3, TIME_LIMIT) as executor:
        parts = executor.submit(tasks.divided, 100, 5).result(timeout=PATIENCE)

    assert [number for _, part in parts for number in part] == list(range(100))
    assert [len({pid for pid, _ in parts[begin : begin + 3]}) for begin in range(0, len(parts) - 2, 3)] == [3, 3]


@pytest.mark.parametrize(("number", "share"), [(0, 5), (1, 5), (5, 5)])
def test_what_is_not_worth_another_process_is_done_by_the_tasks_own(
    number: int, share: int, executor: ProcessPerTaskExecutor
) -> None:
    parts = executor.submit(tasks.divided, number, share).result(timeout=PATIENCE)

    assert [part for _, part in parts] == ([list(range(number))] if number else [])


def test_nothing_is_lent_that_another_task_works_in(tmp_path: Path, executor: ProcessPerTaskExecutor) -> None:
    mark = tmp_path / "pid"
    working = executor.submit(tasks.hang, str(mark))
    pid = int(until(lambda: mark.exists() and mark.read_text()))

    alone = executor.submit(tasks.divided, 100, 5).result(timeout=PATIENCE)
    os.kill(pid, signal.SIGABRT)  # not from outside, as it seems: it is not done once more
    assert isinstance(working.exception(timeout=PATIENCE), WorkerKilledError)
    both = executor.submit(tasks.divided, 100, 5).result(timeout=PATIENCE)

    assert [len({pid for pid, _ in parts}) > 1 for parts in (alone, both)] == [False, True]


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("raises", WorkerCrashedError, "ValueError: không được"),
        ("leaves", WorkerKilledError, "exit code 3"),
        ("is killed", WorkerKilledError, "SIGKILL"),
    ],
)
def test_task_ends_as_the_process_of_its_part_does(
    kind: str, error: type[WorkerError], words: str, executor: ProcessPerTaskExecutor
) -> None:
    assert ended(executor, error, tasks.fail_in_a_part, kind) == words
    # What it had been lent can be lent again.
    assert len({pid for pid, _ in executor.submit(tasks.divided, 100, 5).result(timeout=PATIENCE)}) > 1


def test_part_that_finds_no_room_on_the_disk_is_nobodys_fault(executor: ProcessPerTaskExecutor) -> None:
    with pytest.raises(WorkerDeniedError) as caught:
        executor.submit(tasks.fail_in_a_part, "finds no room").result(timeout=PATIENCE)

    assert (caught.value.number, caught.value.path) == (errno.ENOSPC, "/ở đâu")


def test_process_of_a_part_that_hangs_ends_with_its_task(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    with ProcessPerTaskExecutor(2, 0.5) as executor:
        assert ended(executor, WorkerStuckError, tasks.fail_in_a_part, "hangs", str(mark)) == "0.5"
        pid = int(mark.read_text())
        until(lambda: not is_alive(pid), "the end of the part")


def test_tasks_seldom_look_for_garbage(executor: ProcessPerTaskExecutor) -> None:
    youngest, *_ = executor.submit(tasks.collecting).result(timeout=PATIENCE)

    assert youngest > 100 * 700


WARMED = """
import sys
from plugins.builder.workers import ProcessPerTaskExecutor, Words
from tests.builder import tasks
if __name__ == "__main__":
    task, *folders = sys.argv[1:]
    with ProcessPerTaskExecutor(1, 60, words=Words(tuple(folders), "vi")) as executor:
        print(*executor.map(getattr(tasks, task), folders), sep="\\n")
"""


def warmed(task: str, *folders: Path) -> tuple[int, str, list[str]]:
    """The exit code, the errors and the results of a program that gives a task each of these folders of catalogues."""
    command = [sys.executable, "-c", WARMED, task, *map(str, folders)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.returncode, done.stderr, done.stdout.splitlines()


def test_words_are_read_once_for_all_tasks() -> None:
    folders = [MESSAGES, ROOT / "theme"]
    words = [load_catalogue(folder, "vi").gettext(tasks.SAID) for folder in folders]

    assert warmed("words_without_reading", *folders) == (0, "", words)
    assert tasks.SAID not in words[1:]


@pytest.mark.parametrize("content", [b"\xff", None], ids=["no UTF-8", "not there"])
def test_words_that_cannot_be_read_keep_no_task_from_its_work(content: bytes | None, tmp_path: Path) -> None:
    """Whoever asks for them says what is wrong."""
    if content is not None:
        (tmp_path / "translations").mkdir()
        (tmp_path / "translations" / "vi.po").write_bytes(content)

    assert warmed("give_back", tmp_path) == (0, "", [str(tmp_path)])
