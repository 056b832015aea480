"""Finds what functions keep outside of themselves: what one call leaves there, the next one finds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

MUTATING = {
    "append", "appendleft", "add", "clear", "discard", "extend", "insert", "move_to_end", "pop", "popitem", "popleft",
    "remove", "reverse", "setdefault", "sort", "subtract", "update", "__setitem__", "__delitem__", "__iadd__",
}  # fmt: skip
"""Methods that change lists, dicts, sets, counters and queues."""
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_CACHES = {"cache", "lru_cache"}


def kept_outside(source: str) -> list[tuple[int, str]]:
    """The lines on which a function changes something of its module, or of another, and what that is.

    Seen are `global`, a change of what an outer name stands for (by a method, an index or an attribute; also of a
    class), a default argument that is changed, and functions that remember what they answered.
    """
    return sorted(set(_within(ast.parse(source), _Names(), inside=False)))


@dataclass(frozen=True)
class _Names:
    """What names mean in a place of the code."""

    own: frozenset[str] = frozenset()
    """Those that a function around it has bound."""
    of_class: frozenset[str] = frozenset()
    """Attributes that all objects of the class around it have in common, and that can be changed."""


def _within(node: ast.AST, names: _Names, *, inside: bool) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _FUNCTION):
            if not isinstance(child, ast.Lambda):
                yield from _remembered(child)
            # A default is made once, with the function.
            own = (names.own | _bound_in(child)) - _mutable_defaults(child)
            yield from _within(child, replace(names, own=own), inside=True)
        elif isinstance(child, ast.ClassDef):
            yield from _within(child, replace(names, of_class=_in_common(child)), inside=inside)
        else:
            if inside:
                yield from _changed(child, names)
            yield from _within(child, names, inside=inside)


def _in_common(made: ast.ClassDef) -> frozenset[str]:
    """Lists, dicts and sets of the class itself. One with a type is a field: dataclasses and pydantic see to those."""
    plain = [node for node in made.body if isinstance(node, ast.Assign) and isinstance(node.value, _MUTABLE)]
    return frozenset(target.id for node in plain for target in node.targets if isinstance(target, ast.Name))


def _remembered(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[int, str]]:
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in _CACHES:
            yield function.lineno, f"@{name} {function.name}"


def _changed(node: ast.AST, names: _Names) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Global):
        yield from ((node.lineno, f"global {name}") for name in node.names)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATING:
        yield from _outer(node.func.value, names)
    elif isinstance(node, ast.Assign | ast.Delete):
        yield from (found for target in node.targets for found in _of_target(target, names))
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For | ast.AsyncFor):
        yield from _of_target(node.target, names)


def _of_target(target: ast.expr, names: _Names) -> Iterator[tuple[int, str]]:
    if isinstance(target, ast.Tuple | ast.List):
        yield from (found for element in target.elts for found in _of_target(element, names))
    elif isinstance(target, ast.Starred):
        yield from _of_target(target.value, names)
    elif isinstance(target, ast.Subscript | ast.Attribute):
        yield from _outer(target.value, names)


def _outer(value: ast.expr, names: _Names) -> Iterator[tuple[int, str]]:
    """The value, if it begins with a name that no function around here has bound."""
    root, first = value, ""
    while isinstance(root, ast.Attribute | ast.Subscript):
        first = root.attr if isinstance(root, ast.Attribute) else first
        root = root.value
    if isinstance(root, ast.Name) and (root.id not in names.own or (root.id == "self" and first in names.of_class)):
        yield value.lineno, ast.unparse(value)


def _bound_in(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> frozenset[str]:
    """Arguments, and all that the function itself gives a name."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    found = {argument.arg for argument in named if argument is not None and argument.arg != "cls"}
    body = [function.body] if isinstance(function, ast.Lambda) else function.body
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            found.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            found.add(node.rest)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if not isinstance(node, _FUNCTION):
            waiting += ast.iter_child_nodes(node)
    return frozenset(
        found - {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}
    )


def _mutable_defaults(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> frozenset[str]:
    """Arguments whose default is a list, a dict or a set."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = dict(zip(reversed(positional), reversed(arguments.defaults), strict=False))
    defaults |= {name: value for name, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value}
    return frozenset(argument.arg for argument, value in defaults.items() if isinstance(value, _MUTABLE))
