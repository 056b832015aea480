"""Abbreviations for the Markdown parser: `*[UBND]: Ủy ban nhân dân` explains every `UBND` of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType

_KEY = "abbreviations"
_DEFINITION = re.compile(r"\*\[([^\[\]\n]{1,60})\]:[ \t]*([^\n]{1,500})")


@dataclass
class Abbreviation:
    """What letters stand for."""

    letters: str
    meaning: str
    line: int
    """On which it is defined, counted from 0."""
    met: bool = False


@dataclass
class Abbreviations:
    """The abbreviations of one text."""

    by_letters: dict[str, Abbreviation] = field(default_factory=dict)
    repeated: list[Abbreviation] = field(default_factory=list)
    """Definitions of letters that were defined before."""

    @property
    def defined(self) -> list[Abbreviation]:
        """Every definition, those of one abbreviation too."""
        return [*self.by_letters.values(), *self.repeated]


def abbreviations_of(env: EnvType) -> Abbreviations:
    """The abbreviations of the text that was parsed with `env`."""
    return cast(Abbreviations, env.setdefault(_KEY, Abbreviations()))


def use_abbreviations(md: MarkdownIt) -> None:
    """Teach a parser abbreviations."""
    md.block.ruler.before("reference", "abbreviation", _definition, {"alt": ["paragraph", "reference"]})
    md.core.ruler.push("abbreviations", _explain)


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    match = _DEFINITION.fullmatch(state.src, start, end) if state.src.startswith("*[", start, end) else None
    if match is None or not match.group(2).strip():
        return False
    if silent:
        return True
    abbreviation = Abbreviation(match.group(1).strip(), match.group(2).strip(), start_line)
    abbreviations = abbreviations_of(state.env)
    if abbreviation.letters in abbreviations.by_letters:
        abbreviations.repeated.append(abbreviation)
    else:
        abbreviations.by_letters[abbreviation.letters] = abbreviation
    state.line = start_line + 1
    return True


def _explain(state: StateCore) -> None:
    known = abbreviations_of(state.env).by_letters
    if not known:
        return
    longest_first = "|".join(re.escape(letters) for letters in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")
    for token in state.tokens:
        if token.children:
            token.children = [part for child in token.children for part in _explained(child, pattern, known)]


def _explained(token: Token, pattern: re.Pattern[str], known: dict[str, Abbreviation]) -> list[Token]:
    if token.type != "text" or pattern.search(token.content) is None:
        return [token]
    parts: list[Token] = []
    end = 0
    for match in pattern.finditer(token.content):
        abbreviation = known[match.group()]
        abbreviation.met = True
        parts += [
            Token("text", "", 0, content=token.content[end : match.start()]),
            Token("abbr_open", "abbr", 1, attrs={"title": abbreviation.meaning}),
            Token("text", "", 0, content=match.group()),
            Token("abbr_close", "abbr", -1),
        ]
        end = match.end()
    return [*parts, Token("text", "", 0, content=token.content[end:])]
