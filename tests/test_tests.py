"""The tests themselves: each can fail, none can wait for ever, and none depends on the hour or the day.

What a machine can see of that. Whether a list that is looked through has anything in it, nobody but a reader can say.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests.provinces import ROOT

TESTS = ROOT / "tests"
FILES = sorted(TESTS.rglob("*.py"))
YET_TO_MEND = {TESTS / "gateway" / "test_serving.py", TESTS / "gateway" / "test_views.py"}
"""Sleep, wait without a limit and start programs themselves; to be mended with `tests.programs` and `tests.waiting`."""
MENDED = [path for path in FILES if path not in YET_TO_MEND]

WAITING = "tests/waiting.py"
"""Where time is slept away; everything else waits for something to be so."""
HANGING = {"tests/builder/tasks.py", "tests/builder/misbehaving.py"}
"""What hangs on purpose, in a process that the code under test has to end."""
PROGRAMS = {"tests/programs.py", "tests/serving/nginx.py"}
"""Where programs are started that are not waited for at once."""
ASSERTING = {"call_and_validate", "raise_for_status"}
"""Methods of libraries that raise where something is wrong; what else a test looks at has to be asserted."""
CLOCKS = {
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.localtime", "time.strftime",
}  # fmt: skip
REAL_TIME = {
    "tests/alerts/test_command.py: tomorrow": "the command takes what ends within thirty days, whenever that is",
    "tests/command_line/test_serving.py: test_notices_that_stand_are_shown_beside_made_up_figures": "an hour from now",
    "tests/demo/test_dossiers_in_browser.py: ": "tells how far the moment of these tests is from that of the machine",
    "tests/demo/test_dossiers_in_browser.py: _Portal.date_time_string": "goes on from the moment of these tests",
    "tests/dossiers/backend.py: just_now": "the command asks for this year until now, whichever that is",
    "tests/dossiers/test_failures.py: dated.date_it": "an hour from now is an hour from now",
    "tests/dossiers/test_processes.py: Growing.__init__": "hours that lie behind us, whichever they are",
    "tests/dossiers/test_processes.py: test_what_killed_writers_left_is_removed_once_it_is_old": "as old as may be",
    "tests/documents/signed.py: ": "certificates of days around now, whichever that is: signatures say the machine's",
    "tests/gateway/test_contract.py: test_pull_client_gets_figures_and_then_only_what_is_new": "the year asked for",
    "tests/gateway/test_contract.py: "
    "test_portal_keeps_its_figures_where_the_days_of_a_gateway_are_of_another_form": "the year asked for",
    "tests/serving/test_browser_shows_what_is_new.py: age": "two months before now, whenever that is",
    "tests/serving/test_reading_offline.py: "
    "test_procedure_that_was_read_is_shown_without_a_network_with_its_moment": "the moment of reading, whichever it is",
}
"""Functions that look at the clock of this machine, and why that makes no day different from another."""
SKIPPING = "tests/needed.py"
"""Where it is decided whether a test goes without a tool that is not there."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(node: ast.expr) -> str:
    """`subprocess.run` as it is written; empty where it is no plain name."""
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return node.id if isinstance(node, ast.Name) else ""


def functions(node: ast.AST, around: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function with its full name, also within classes and other functions."""
    for child in ast.iter_child_nodes(node):
        inside = around
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inside = f"{around}.{child.name}".lstrip(".")
        if isinstance(child, ast.FunctionDef):
            yield inside, child
        yield from functions(child, inside)


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def places(found: Callable[[ast.AST], bool], files: list[Path] = MENDED) -> list[str]:
    """Where in the tests there is something of the kind."""
    return [
        f"{name_of(path)}:{getattr(node, 'lineno', 0)}: {ast.unparse(node).splitlines()[0]}"
        for path in files
        for node in ast.walk(tree(path))
        if found(node)
    ]


def told(found: list[str]) -> str:
    """A line each, so that a failure shows all of them."""
    return "\n".join(found)


def asserts(function: ast.FunctionDef) -> bool:
    raising = {"pytest.raises", "pytest.warns", "pytest.fail"}
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(
        dotted(call.func) in raising or (isinstance(call.func, ast.Attribute) and call.func.attr in ASSERTING)
        for call in calls(function)
    )


def called(function: ast.FunctionDef) -> set[str]:
    return {dotted(call.func) for call in calls(function)}


def test_every_test_asserts_something_itself_or_by_what_it_calls() -> None:
    """A helper is that of the same file where it has one; else all of that name have to assert."""
    known: dict[str, list[tuple[Path, ast.FunctionDef]]] = defaultdict(list)
    for path in FILES:
        for name, function in functions(tree(path)):
            known[name.rpartition(".")[2]].append((path, function))
            known[f"{path}: {name}"].append((path, function))
    asserting = {name for name, found in known.items() if all(asserts(one) for _, one in found)}

    def helped(path: Path, function: ast.FunctionDef) -> bool:
        names = (f"{path}: {name}" if f"{path}: {name}" in known else name for name in called(function))
        return any((name if ": " in name else name.rpartition(".")[2]) in asserting for name in names)

    while more := {
        name
        for name, found in known.items()
        if name not in asserting and all(asserts(one) or helped(path, one) for path, one in found)
    }:
        asserting |= more
    tests = {f"{path}: {name}" for path in FILES for name, _ in functions(tree(path)) if is_test(path, name)}

    assert len(tests) > 1_000
    assert told(sorted(tests - asserting)) == ""


def is_test(path: Path, name: str) -> bool:
    return path.name.startswith("test_") and name.startswith("test_") and "." not in name


def test_no_assertion_is_content_with_one_of_two_things() -> None:
    """Properties may be: what is asked of any value is often asked of some of them."""
    properties = {
        id(node)
        for path in FILES
        for _, function in functions(tree(path))
        if any(dotted(mark.func) == "given" for mark in function.decorator_list if isinstance(mark, ast.Call))
        for node in ast.walk(function)
    }

    def found(node: ast.AST) -> bool:
        either = isinstance(node, ast.Assert) and isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.Or)
        return either and id(node) not in properties

    assert told(places(found)) == ""


def test_no_assertion_compares_a_thing_with_itself() -> None:
    def found(node: ast.AST) -> bool:
        if not (isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare)):
            return False
        compared = [ast.unparse(part) for part in (node.test.left, *node.test.comparators)]
        return any(first == second for first, second in pairwise(compared))

    assert told(places(found)) == ""


def test_no_failure_is_passed_over() -> None:
    def found(node: ast.AST) -> bool:
        return isinstance(node, ast.ExceptHandler) and all(
            isinstance(statement, ast.Pass | ast.Continue | ast.Break) for statement in node.body
        )

    assert told(places(found)) == ""


def test_nothing_sleeps_where_it_could_wait() -> None:
    awake = [path for path in MENDED if name_of(path) not in {WAITING, *HANGING}]

    assert (
        told(places(lambda node: isinstance(node, ast.Call) and dotted(node.func) in ("time.sleep", "sleep"), awake))
        == ""
    )


UNBOUNDED = {"wait", "join", "communicate", "result", "exception", "acquire", "get", "readline"}
"""Methods that wait for ever where they are called without anything; `exception` and `result` are those of futures."""
RUNNING = {"subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output"}
CONNECTING = {"socket.create_connection", "HTTPConnection", "urlopen"}


def waits_for_ever(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    limited = any(keyword.arg in ("timeout", None) for keyword in node.keywords)
    if dotted(node.func) in RUNNING | CONNECTING:
        return not limited
    return isinstance(node.func, ast.Attribute) and node.func.attr in UNBOUNDED and not node.args and not node.keywords


def test_nothing_waits_without_a_limit() -> None:
    # What the gateway's source of figures reads in the background is the code under test; its databases are local.
    assert told([place for place in places(waits_for_ever) if not place.endswith(": source.wait()")]) == ""


def test_programs_are_started_in_one_place() -> None:
    def found(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and dotted(node.func) in ("subprocess.Popen", "Popen")

    assert told(places(found, [path for path in MENDED if name_of(path) not in PROGRAMS])) == ""


def test_clock_of_the_machine_is_looked_at_only_where_every_day_is_alike() -> None:
    found = {f"{name_of(path)}: {around}" for path in FILES for around, call in calls_within(tree(path)) if clock(call)}

    assert found == REAL_TIME.keys()


def clock(call: ast.Call) -> bool:
    return dotted(call.func) in CLOCKS


def calls_within(node: ast.AST, around: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Every call with the name of the innermost function around it."""
    for child in ast.iter_child_nodes(node):
        inside = f"{around}.{child.name}".lstrip(".") if isinstance(child, ast.FunctionDef | ast.ClassDef) else around
        if isinstance(child, ast.Call):
            yield around, child
        yield from calls_within(child, inside)


def test_no_test_is_skipped_but_for_what_is_not_there() -> None:
    def found(node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and dotted(node) in (
            "pytest.skip", "pytest.importorskip", "pytest.xfail", "pytest.mark.skip", "pytest.mark.xfail",
        )  # fmt: skip

    assert told(places(found, [path for path in FILES if name_of(path) != SKIPPING])) == ""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("event.wait()", True),
        ("event.wait(5)", False),
        ("thread.join()", True),
        ("', '.join(names)", False),
        ("process.communicate()", True),
        ("process.communicate(timeout=5)", False),
        ("subprocess.run(['a'], check=True)", True),
        ("subprocess.run(['a'], check=True, timeout=5)", False),
        ("subprocess.run(['a'], **more)", False),
        ("queue.get()", True),
        ("dict.get('a')", False),
    ],
)
def test_what_waits_for_ever_is_told_from_what_does_not(source: str, found: bool) -> None:
    [call] = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))

    assert waits_for_ever(call) is found
