"""Where code names the province's own site by a literal, or by the emptiness of its slug, and not by its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

LITERAL = re.compile(r"(?:^|/)(?:province|agencies|tinh)(?:/|$)")
"""Parts of a path, or the whole: in a sentence they stand behind a blank."""
SLUG = re.compile(r"(?:\w*_)?slug|site|owner")
"""Names of variables and attributes that hold a site's slug."""


def sites_taken(tree: ast.Module) -> dict[str, int]:
    """By function, the position at which it takes a site's slug; by class, at which it is made with one."""
    taken: dict[str, int] = {}
    for scope in ast.walk(tree):
        for function in scope.body if isinstance(scope, ast.Module | ast.ClassDef) else ():
            if not isinstance(function, ast.FunctionDef):
                continue
            parameters = [parameter.arg for parameter in function.args.args if parameter.arg not in ("self", "cls")]
            position = next((at for at, name in enumerate(parameters) if name in ("slug", "site")), None)
            if position is not None:
                class_name = scope.name if isinstance(scope, ast.ClassDef) else ""
                taken[class_name if function.name == "__init__" else function.name] = position
    return taken


def unnamed_province(tree: ast.Module, taken: Mapping[str, int]) -> Iterator[str]:
    """Each place as it is written; `taken` is what `sites_taken` gives for all modules."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            if LITERAL.search(node.value):
                yield repr(node.value)
        elif any(_is_empty(value) for value in _given_for_slugs(node, taken)) or any(map(_is_slug, _asked(node))):
            yield ast.unparse(node)


def _is_empty(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == ""


def _is_slug(node: ast.AST) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return SLUG.fullmatch(name) is not None and name not in ("site", "owner")


def _given_for_slugs(node: ast.AST, taken: Mapping[str, int]) -> Iterator[ast.AST]:
    """Values where a site's slug is meant."""
    match node:
        case ast.keyword(arg=str(name), value=value) if SLUG.fullmatch(name):
            yield value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if SLUG.fullmatch(name):
            yield value
        case ast.Compare(left=left, comparators=others) if any(map(_is_slug, (left, *others))):
            yield from (left, *others)
        case ast.Tuple(elts=[first, ast.Starred(), *_]) | ast.List(elts=[first, ast.Starred(), *_]):
            yield first
        case ast.Compare(left=first, ops=[ast.In() | ast.NotIn()]):
            yield first
        case ast.Call(func=ast.Attribute(attr="get" | "pop"), args=[first]):
            yield first
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=given):
            yield from given[taken[name] : taken[name] + 1] if name in taken else ()


def _asked(node: ast.AST) -> list[ast.expr]:
    """What is taken for true or false."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.UnaryOp(op=ast.Not(), operand=test):
            return [test]
        case ast.BoolOp(values=values):
            return values
        case ast.comprehension(ifs=conditions):
            return conditions
        case ast.Call(func=ast.Name(id="bool"), args=given):
            return given
    return []
