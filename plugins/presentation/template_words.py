"""The theme's own words, looked up when a template is compiled and not on each page.

A template says `_('Home')` tens of times a page, and each is the same on all of them: only what is filled in differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from gettext import NullTranslations

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_CALL = ("name", "lparen", "string", "rparen")
"""The types of the tokens in `_('Home')`."""


class TemplateWords(Extension):
    """Puts translations into the place of `_('Home')`, as the HTML that `_` would give; use after `jinja2.ext.i18n`."""

    priority = 200

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        translate: Callable[[str], str] = self.environment.translate_words  # type: ignore[attr-defined]
        waiting: list[Token] = []
        for token in stream:
            waiting.append(token)
            if not _may_be_call(waiting):
                yield from waiting
                waiting.clear()
            elif len(waiting) == len(_CALL):
                yield from _constant(waiting[2], translate)
                waiting.clear()
        yield from waiting


def _may_be_call(tokens: list[Token]) -> bool:
    return tokens[0].value == "_" and all(token.type == known for token, known in zip(tokens, _CALL, strict=False))


def _constant(words: Token, translate: Callable[[str], str]) -> Iterator[Token]:
    """A string and what marks it as HTML: Jinja works out both when it compiles."""
    line = words.lineno
    yield Token(line, "lparen", "(")
    yield Token(line, "string", translate(words.value) % {})  # as `_` fills in what it is given: %% is a sign
    yield Token(line, "pipe", "|")
    yield Token(line, "name", "safe")
    yield Token(line, "rparen", ")")


def install_words(environment: Environment, catalogue: NullTranslations) -> None:
    """Let an environment with these extensions speak the words of a catalogue."""
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.extend(translate_words=catalogue.gettext)
