"""Parts of a page that are the same on many: rendered once for all of them, as Hugo's `partialCached` does.

    {% kept site.slug, languages %}<footer>…</footer>{% endkept %}

The part may show what is the same on all pages of a run, and these values, which must be hashable. It must not define
blocks: another template may have others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser


class KeptParts(Extension):
    """The tag; parts are kept as long as the environment."""

    tags = {"kept"}  # noqa: RUF012  # as Jinja has it

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._parts: dict[Hashable, str] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        values = parser.parse_tuple(with_condexpr=True)
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        position: list[nodes.Expr] = [nodes.Const(parser.name), nodes.Const(line), values]
        return nodes.CallBlock(self.call_method("_part", position), [], [], body).set_lineno(line)

    def _part(self, template: str, line: int, values: Hashable, caller: Callable[[], str]) -> str:
        key = (template, line, values)
        if key not in self._parts:
            self._parts[key] = caller()
        return self._parts[key]
