"""What `module_state` finds: each way in which a function can leave something behind, and none that is not one."""

from __future__ import annotations

import pytest

from tests.module_state import kept_outside


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("N = 0\ndef f():\n    global N\n    N += 1", "global N"),
        ("SEEN = []\ndef f(x):\n    SEEN.append(x)", "SEEN"),
        ("SEEN: list[int] = []\ndef f(x):\n    SEEN.append(x)", "SEEN"),
        ("SEEN = dict()\ndef f(x):\n    SEEN[x] = 1", "SEEN"),
        ("SEEN = {}\ndef f(x):\n    SEEN[x]['a'] += 1", "SEEN[x]"),
        ("SEEN = {}\ndef f(x):\n    del SEEN[x]", "SEEN"),
        ("SEEN = {}\ndef f(x):\n    SEEN[x], y = x", "SEEN"),
        ("SEEN = {}\ndef f():\n    for SEEN['a'] in (1, 2): ...", "SEEN"),
        ("SEEN = set()\ndef f(x):\n    return [SEEN.add(y) for y in x]", "SEEN"),
        ("SEEN = set()\nf = lambda x: SEEN.add(x)", "SEEN"),
        ("SEEN = {}\ndef f():\n    def g(x):\n        SEEN.setdefault(x, 1)\n    return g", "SEEN"),
        ("from m import SEEN\ndef f(x):\n    SEEN.pop(x)", "SEEN"),
        ("import m\ndef f(x):\n    m.seen.update(x)", "m.seen"),
        ("import m\ndef f(x):\n    m.limit = x", "m"),
        ("class A:\n    seen = []\n    def f(self, x):\n        A.seen.append(x)", "A.seen"),
        ("class A:\n    seen = []\n    def f(self, x):\n        self.seen.append(x)", "self.seen"),
        ("class A:\n    @classmethod\n    def f(cls, x):\n        cls.last = x", "cls"),
        ("def f(x, seen=[]):\n    seen.append(x)", "seen"),
        ("def f(x, *, seen={}):\n    seen[x] = 1", "seen"),
        ("def f():\n    f.times += 1", "f"),
        ("@cache\ndef f(x): ...", "@cache f"),
        ("@functools.lru_cache(5)\ndef f(x): ...", "@lru_cache f"),
    ],
)
def test_what_a_function_leaves_behind_is_found(source: str, what: str) -> None:
    assert [found for _, found in kept_outside(source)] == [what]


@pytest.mark.parametrize(
    "source",
    [
        "NAMES = ['a']\nNAMES.append('b')\nNAMES[0] = 'c'",  # while the module is made
        "NAMES = ['a']\ndef f():\n    return sorted(NAMES) + NAMES[1:]",
        "NAMES = []\ndef f(NAMES):\n    NAMES.append(1)",
        "NAMES = []\ndef f():\n    NAMES = [1]\n    NAMES.append(2)",
        "def f(x):\n    found = []\n    def g():\n        found.append(x)\n    g()",
        "def f(x):\n    with open(x) as file:\n        file.seen = 1",
        "def f(x):\n    for y in x:\n        y.pop()",
        "def f(x):\n    match x:\n        case {'a': y, **z}:\n            y.pop(), z.clear()",
        "def f(x):\n    return [y.pop() for y in x]",
        "def f(x):\n    try: ...\n    except E as error:\n        error.notes = x",
        "def f(x=None):\n    x = x or []\n    x.append(1)",
        "class A:\n    def __init__(self):\n        self.seen = []\n    def f(self, x):\n        self.seen.append(x)",
        "class A:\n    seen: list[int] = []\n    def f(self, x):\n        self.seen.append(x)",  # a field
        "class A:\n    @cached_property\n    def f(self): ...",
    ],
)
def test_what_it_has_for_itself_is_not(source: str) -> None:
    assert kept_outside(source) == []
