"""Footnotes for the Markdown parser: `[^label]` in the text, `[^label]: what it says` on a line of its own.

As Pandoc and GitHub have them; labels may hold blanks. What a note says follows behind the text, in the order of the
first references to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

_KEY = "footnotes"
LABEL_LIMIT = 100
"""Letters of a label."""


@dataclass
class Note:
    """A footnote."""

    label: str
    line: int
    """On which it is defined, counted from 0."""
    number: int = 0
    """In the order of the first references; 0 where nothing refers to it."""
    references: int = 0
    tokens: list[Token] = field(default_factory=list)


@dataclass
class Notes:
    """The footnotes of one text."""

    by_label: dict[str, Note] = field(default_factory=dict)
    referred: list[Note] = field(default_factory=list)
    """In the order of their numbers."""
    repeated: list[Note] = field(default_factory=list)
    """Definitions of a label that was defined before: they are not shown."""

    @property
    def defined(self) -> list[Note]:
        """Every definition, those of one label too."""
        return [*self.by_label.values(), *self.repeated]


def notes_of(env: EnvType) -> Notes:
    """The footnotes of the text that was parsed with `env`."""
    return cast(Notes, env.setdefault(_KEY, Notes()))


def use_footnotes(md: MarkdownIt) -> None:
    """Teach a parser footnotes; how they are written is the renderer's matter."""
    md.block.ruler.before("reference", "footnote_definition", _definition, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.after("image", "footnote_reference", _reference)
    md.core.ruler.after("inline", "footnotes", _move_to_the_end)


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    end = state.eMarks[start_line]
    label, behind = _label_at(state.src, start, end)
    if not label or not state.src.startswith(":", behind, end):
        return False
    if silent:
        return True
    note = Note(label, start_line)
    notes = notes_of(state.env)
    if label in notes.by_label:
        notes.repeated.append(note)
    else:
        notes.by_label[label] = note
    before = state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType
    content = state.skipSpaces(behind + 1)
    state.bMarks[start_line] = behind + 1
    state.tShift[start_line] = content - behind - 1
    # What belongs to the note on the lines below is indented by four.
    state.blkIndent += 4
    state.sCount[start_line] = state.blkIndent
    state.parentType = "footnote"
    state.level += 1
    outer = len(state.tokens)
    state.md.block.tokenize(state, start_line, end_line)
    note.tokens = state.tokens[outer:]
    del state.tokens[outer:]
    state.level -= 1
    state.blkIndent -= 4
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType = before
    token = state.push("footnote_definition", "", 0)
    token.map = [start_line, state.line]
    token.meta = {"note": note}
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    label, behind = _label_at(state.src, state.pos, state.posMax)
    note = notes_of(state.env).by_label.get(label) if label else None
    if note is None:
        return False
    if not silent:
        token = state.push("footnote_reference", "", 0)
        token.meta = {"note": note}
    state.pos = behind
    return True


def _label_at(source: str, start: int, end: int) -> tuple[str, int]:
    """The label of `[^label]` and the place behind it; no label where there is none."""
    if not source.startswith("[^", start, end):
        return "", start
    close = source.find("]", start + 2, min(end, start + 3 + LABEL_LIMIT))
    label = source[start + 2 : close].strip() if close >= 0 else ""
    return ("", start) if "\n" in label or "[" in label else (label, close + 1)


def _move_to_the_end(state: StateCore) -> None:
    """Parse what the notes say, number them as they are referred to, and put them behind the text."""
    notes = notes_of(state.env)
    if not notes.by_label:
        return
    _number(state.tokens, notes)
    position = 0
    while position < len(notes.referred):  # notes may refer to notes
        _parse(notes.referred[position].tokens, state)
        _number(notes.referred[position].tokens, notes)
        position += 1
    state.tokens = [token for token in state.tokens if token.type != "footnote_definition"]
    if not notes.referred:
        return
    state.tokens.append(Token("footnotes_open", "", 1, block=True))
    for note in notes.referred:
        state.tokens.append(Token("footnote_open", "", 1, block=True, meta={"note": note}))
        last = note.tokens[-1] if note.tokens else None
        in_paragraph = last is not None and last.type == "paragraph_close"
        state.tokens += note.tokens[:-1] if in_paragraph else note.tokens
        state.tokens.append(Token("footnote_back", "", 0, meta={"note": note}))
        if in_paragraph and last is not None:
            state.tokens.append(last)
        state.tokens.append(Token("footnote_close", "", -1, block=True))
    state.tokens.append(Token("footnotes_close", "", -1, block=True))


def _parse(tokens: list[Token], state: StateCore) -> None:
    for token in tokens:
        if token.type == "inline":
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _number(tokens: list[Token], notes: Notes) -> None:
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_reference":
                note: Note = child.meta["note"]
                if not note.references:
                    notes.referred.append(note)
                    note.number = len(notes.referred)
                note.references += 1
                child.meta = {"note": note, "occurrence": note.references}
