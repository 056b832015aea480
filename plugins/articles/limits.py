"""Bounds on the work that one text may make, the same on every machine.

The parser takes time in proportion to the text, whatever is in it (tests hold it to that). What is refused here is no
text: thousands of brackets in one paragraph, thousands of footnotes. No clock is asked: a slow machine refuses nothing
that a fast one takes.
"""

from __future__ import annotations

from markdown_it.token import Token

from plugins.portal.problems import Text, text

MARKS = "[]*_`<\\&^~"
"""Characters at which a parser stops to look for a construct."""
MOST_MARKS = 1_000
"""In one paragraph, if they are more than one in `MARK_SHARE` of its characters; and twice as many opening brackets."""
MARK_SHARE = 10
MOST_EMPTY_ROWS = 1_000
MOST_FOOTNOTES = 1_000
MOST_REFERENCES = 1_000
MOST_ABBREVIATIONS = 200


class TooMuchError(Exception):
    """A text that is no text; carries the line, counted from 0 in the Markdown, and what to say."""

    def __init__(self, line: int, message: Text, hint: Text) -> None:
        super().__init__(message.render())
        self.line = line
        self.message = message
        self.hint = hint


def check_paragraphs(tokens: list[Token]) -> None:
    """Raise `TooMuchError` at the first paragraph that is made of marks."""
    for token in tokens:
        if token.type == "inline" and len(token.content) > MOST_MARKS:
            marks = sum(map(token.content.count, MARKS))
            dense = marks > MOST_MARKS and marks * MARK_SHARE > len(token.content)
            if dense or token.content.count("[") > 2 * MOST_MARKS:
                message = text("more than {limit} marks such as [ * ` < in one paragraph", limit=MOST_MARKS)
                hint = text("remove them, or split the paragraph")
                raise TooMuchError(token.map[0] if token.map else 0, message, hint)
        elif token.type == "hr" and len(token.markup) > MOST_MARKS:
            message = text("a line across the page of more than {limit} marks", limit=MOST_MARKS)
            raise TooMuchError(token.map[0] if token.map else 0, message, text("write --- instead"))
    _check_rows(tokens)


def _check_rows(tokens: list[Token]) -> None:
    """Raise `TooMuchError` at the first row of a table beyond those that may be empty."""
    empty, row, has_words = 0, 0, False
    for token in tokens:
        if token.type == "tr_open":
            row, has_words = token.map[0] if token.map else row, False
        elif token.type == "inline":
            has_words = has_words or bool(token.content)
        elif token.type == "tr_close" and not has_words:
            empty += 1
            if empty > MOST_EMPTY_ROWS:
                message = text("more than {limit} empty rows of tables in a text", limit=MOST_EMPTY_ROWS)
                raise TooMuchError(row, message, text("remove the rows that are left empty"))


def check_definitions(lines: list[int], limit: int) -> None:
    """Raise `TooMuchError` at the first definition beyond `limit`; `lines` are those of all of one kind."""
    if len(lines) > limit:
        lines = sorted(lines)
        message = text("more than {limit} definitions of one kind in a text", limit=limit)
        raise TooMuchError(lines[limit], message, text("split the text"))
