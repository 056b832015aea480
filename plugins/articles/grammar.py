"""The Markdown that editors may write: CommonMark, with tables, footnotes, definition lists, abbreviations and ~~…~~.

Where it differs from CommonMark, it is for people who write letters, not programs:

- a paragraph may begin with an indent: code stands between ``` or ~~~ only;
- a list may begin right after a line, however far it is indented;
- what only looks like a tag or an address in angle brackets is text;
- a run of four or more `*` or `_` is a line to fill in, no emphasis;
- a backslash within the path of a file of Windows (`D:\\_mau`, `%APPDATA%\\_x`, `..\\_mau`, `mau\\_a\\(b)`) is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import linkify_it  # noqa: F401  # markdown-it loads it by itself: named, it belongs to the fingerprint
from markdown_it import MarkdownIt, helpers
from markdown_it.common.html_blocks import block_names
from markdown_it.common.utils import mdTrim
from markdown_it.helpers import parseLinkDestination
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, autolink, escape, image, link
from markdown_it.rules_inline.emphasis import tokenize as emphasis
from mdit_py_plugins.deflist import deflist_plugin

from plugins.articles.abbreviations import abbreviations_of, use_abbreviations
from plugins.articles.footnotes import notes_of, use_footnotes
from plugins.articles.limits import (
    MOST_ABBREVIATIONS,
    MOST_FOOTNOTES,
    MOST_REFERENCES,
    TooMuchError,
    check_definitions,
    check_paragraphs,
)
from plugins.articles.tags import OTHER_MARKUP, TagNames
from plugins.portal.problems import text
from plugins.portal.yaml_grammar import MAX_DEPTH

AT = "at"
"""In a token's `meta`: where in its line or paragraph the construct was written."""
END = "end"
"""In a token's `meta`: where the construct ended."""
TAGS = "tags"
"""In the environment of a text: the names of its tags, `TagNames`."""
_INLINE = Callable[[StateInline, bool], bool]
_BLOCK_NAMES = frozenset(block_names)
_WHOLE_UNTIL = {"pre": "</pre>", "script": "</script>", "style": "</style>", "textarea": "</textarea>"}
_ADDRESS = re.compile(
    r"<(?:(?:https?|mailto|tel|procedure|agency|javascript|vbscript|data|file|ftp):|[a-z]+://|[^\s<>:]+@)", re.I
)
_FILL_IN = 4
_LEAST_BLANK = 2
_WEB = re.compile(r"(?:^|[^a-z0-9.+-])(https?)$", re.I)
_LONGEST_SCHEME = len("|https")
_LONGEST_ADDRESS = 2_000
_BLANK = re.compile(r"\s")
_HOST = re.compile(r"://[^\s/?#@<>]+(?=[/?#\s<>]|$)")
_BEGINS_A_PATH = r"(?:(?<![^\W_])[A-Za-z]:|%[\w()]{1,40}%|(?<![\w.])\.{1,2}|(?<![\w~])~|(?<!\\)\\\\[^\W_][\w.$-]{0,63})"
_PATH = re.compile(rf"""{_BEGINS_A_PATH}(?:\\[^\\/:*?"<>|\n]{{0,100}}(?<!\s))*\Z""")
"""What stands before a backslash within a path of Windows: a drive (`D:`), a machine (`\\may-chu`), a variable
(`%APPDATA%`), `.` or `..`; folders."""
_WORD_OF_PATH = re.compile(rf"""{_BEGINS_A_PATH}(?:\\[^\\/:*?"<>|\s]{{0,100}})*\Z""")
"""The same where a break of the line is meant as well: of names without blanks."""
_LONGEST_PATH = 260
_SHARE = re.compile(r"""(?<![\w\\)\]%])(?<!(?<![^\W_])[A-Za-z]:)\\\\(?=[^\W_][\w.$-]{0,63}\\[^\s\\])""")
_BETWEEN_WORDS = re.compile(r"""[\s"“”‘’'<>|`]""")
_NO_ESCAPE = re.compile(r"(?<!\\)\\(?:\w(?<!_)|\([^()\\\s]{1,100}\)|\[[^\[\]\\\s]{1,100}\](?!\())")
"""A backslash that nobody would write as an escape: before a letter, or before one of two brackets alone."""
_SIGNS_OF_PATH = re.compile(
    r"\\\[[^\[\]\s\\]{1,100}\]|\\[^\s\w]|\\|\[[^\[\]\s\\]{1,100}\](?!\()|(?<!\*)\*(?=[\w.\\(])"
    r"|_(?=[\w.\\(])|~(?!~)|[^\s\\/:?\"<>|`*_~\[\]!&]"
)
"""What belongs to a path and is kept as it is typed; no mark that ends what is bold, a link or code."""


def portal_markdown() -> MarkdownIt:
    """A parser for the texts of the portal; one serves any number of texts, one after another."""
    md = _PortalMarkdown("commonmark", {"maxNesting": MAX_DEPTH + 10, "store_labels": True, "linkify": True})
    md.enable(["table", "strikethrough"]).disable("code")
    md.inline.ruler.enable("linkify")
    md.inline.ruler.at("linkify", _noted(_bare_address, ":"))
    deflist_plugin(md)
    use_footnotes(md)
    use_abbreviations(md)
    md.block.ruler.before("table", "depth", _depth)
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("paragraph", _paragraph)
    md.inline.ruler.at("escape", _escape)
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.at("link", _noted(link, "["))
    md.inline.ruler.at("image", _noted(image, "!"))
    md.inline.ruler.at("autolink", _noted(_autolink, "<"))
    md.inline.ruler.at("html_inline", _noted(_html_inline, "<"))
    md.core.ruler.before("inline", "limits", _limits)
    return md


class _PortalMarkdown(MarkdownIt):
    """Leaves addresses as they were written: what they lead to, and whether they may, is decided with their line."""

    def __init__(self, config: str, options: dict[str, Any]) -> None:
        super().__init__(config, options)
        self.helpers = cast(Any, SimpleNamespace(**{**vars(helpers), "parseLinkDestination": _destination}))

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # markdown-it's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def _destination(source: str, position: int, end: int) -> Any:
    """A link's address with its escapes and entities, as it is to be quoted to its author."""
    destination = parseLinkDestination(source, position, end)
    if destination.ok:
        written = source[position : destination.pos]
        destination.str = written[1:-1] if written.startswith("<") else written
    return destination


def _noted(rule: _INLINE, first: str) -> _INLINE:
    """The rule, which leaves in its token from where to where it was met."""

    def noted(state: StateInline, silent: bool) -> bool:
        position = state.pos
        if state.src[position] != first:
            return False
        if silent:
            return rule(state, True)
        before = len(state.tokens)
        if not rule(state, False):
            return False
        token = state.tokens[before]
        if token.type == "text" and before + 1 < len(state.tokens):  # what stood before it was pending
            token = state.tokens[before + 1]
        token.meta |= {AT: position, END: state.pos}
        return True

    return noted


def _escape(state: StateInline, silent: bool) -> bool:
    r"""`\_` is `_`, but in `D:\_mau` it is what it looks like; so is the beginning of `\\may-chu\mau`."""
    position = state.pos
    if state.src[position] != "\\":
        return False
    end = _end_of_path(state.src, position, state.posMax)
    if end is None:
        return escape(state, silent)
    if not silent:
        state.pending += state.src[position:end]
    state.pos = end
    return True


def _end_of_path(source: str, position: int, most: int) -> int | None:
    """Where a path goes on to from a backslash of it; None where the backslash is an escape."""
    following = source[position + 1 : min(position + 2, most)]
    if _SHARE.match(source, position):
        return position + 2
    earliest = max(position - _LONGEST_PATH, 0)
    pattern = _PATH if following.strip() else _WORD_OF_PATH
    in_path = following != "\\" and pattern.search(source, earliest, position)
    if not in_path and not _stands_in_a_path(source, position, most):
        return None
    if not following.strip():
        return position + 1
    end = position
    while end < most and (sign := _SIGNS_OF_PATH.match(source, end, most)) is not None:
        end = sign.end()
    return max(end, position + 1)


def _stands_in_a_path(source: str, position: int, most: int) -> bool:
    r"""Whether the word has several backslashes, of which one is no escape: `mau\_a\(b)`, and not `mau\_a\_b`."""
    before = _BETWEEN_WORDS.split(source[max(position - _LONGEST_PATH, 0) : position])[-1]
    behind = _BETWEEN_WORDS.split(source[position : min(position + _LONGEST_PATH, most)], maxsplit=1)[0]
    word = before + behind
    if len(word) >= _LONGEST_PATH:
        return False
    return word.count("\\") > 1 and "\\\\" not in word and _NO_ESCAPE.search(word) is not None


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in ("*", "_"):
        return False
    if not state.src.startswith(marker * _FILL_IN, state.pos) and not _is_blank_to_fill_in(state):
        return emphasis(state, silent)
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _is_blank_to_fill_in(state: StateInline) -> bool:
    """`__/__/____` and `___/BC-___` are blanks of forms: no word touches such a run, but a slash, dot or hyphen."""
    end = start = state.pos
    while end < state.posMax and state.src[end] == "_":
        end += 1
    before, behind = state.src[start - 1 : start], state.src[end : state.posMax][:1]
    if end - start < _LEAST_BLANK or before.isalnum() or behind.isalnum():
        return False
    return any(each and each in "/-.–" for each in (before, behind))


def _autolink(state: StateInline, silent: bool) -> bool:
    """`<Ghi chú: …>` is no address, whatever CommonMark takes for a scheme."""
    return _ADDRESS.match(state.src, state.pos) is not None and autolink(state, silent)


def _bare_address(state: StateInline, silent: bool) -> bool:
    """`https://…` in a sentence is a link; other schemes, and a name before an @ that could mislead, are text."""
    scheme = _WEB.search(state.pending[-_LONGEST_SCHEME:])
    finder = state.md.linkify
    if finder is None or scheme is None or state.linkLevel > 0 or not _HOST.match(state.src, state.pos):
        return False
    start = state.pos - len(scheme[1])
    end = _BLANK.search(state.src, state.pos, start + _LONGEST_ADDRESS)
    if end is None and len(state.src) > start + _LONGEST_ADDRESS:
        return False  # no address is as long, and looking for its end would take as long each time
    link = finder.match_at_start(state.src[start : end.start() if end else len(state.src)])
    if link is None:
        return False
    address = link.url.rstrip("*")  # the end of what is bold
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        token = state.push("link_open", "a", 1)
        token.attrs, token.markup, token.info = {"href": address}, "linkify", "auto"
        state.push("text", "", 0).content = address
        token = state.push("link_close", "a", -1)
        token.markup, token.info = "linkify", "auto"
    state.pos = start + len(address)
    return True


def _html_inline(state: StateInline, silent: bool) -> bool:
    end = _end_of_markup(state)
    if end is None:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = state.src[state.pos : end]
    state.pos = end
    return True


def _names(state: StateInline | StateBlock) -> TagNames:
    names: TagNames = state.env[TAGS]
    return names


def _end_of_markup(state: StateInline) -> int | None:
    start, source = state.pos, state.src
    if state.html_terminator_last(">") < start:  # without this a run of "<" would be searched again from each
        return None
    if source.startswith("<!--", start):
        if state.html_terminator_last("-->") < start + 2:
            return None
        end = source.find("-->", start + 2) + 3
    elif source.startswith(("<!", "<?"), start):
        other = OTHER_MARKUP.match(source, start)
        end = other.end() if other else start
    else:
        tag = _names(state).tag(source, start)
        end = start + len(tag.written) if tag else start
    return end if start < end <= state.posMax else None


def _html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """HTML that begins a line: CommonMark's kinds 1, 2, 6 and 7, for tags that are tags."""
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith("<", start, end):
        return False
    until = _end_of_block(state.src, start, end, _names(state))
    if until is None or (silent and until == _ALONE):
        return False
    if silent:
        return True
    line = start_line
    if until not in ("", _ALONE):
        while line < end_line and until not in state.src[state.bMarks[line] : state.eMarks[line]].lower():
            line += 1
            if line < end_line and state.sCount[line] < state.blkIndent and not state.isEmpty(line):
                break
        else:
            line += 1
    else:
        while (
            line < end_line
            and not state.isEmpty(line)
            and (line == start_line or state.sCount[line] >= state.blkIndent)
        ):
            line += 1
    state.line = min(line, end_line)
    token = state.push("html_block", "", 0)
    token.map = [start_line, state.line]
    token.content = state.getLines(start_line, state.line, state.blkIndent, True)
    return True


_ALONE = "alone"
"""Instead of what ends a block of HTML: it began with a tag that stands alone on its line."""


def _end_of_block(source: str, start: int, end: int, names: TagNames) -> str | None:
    """What ends the block of HTML that begins there: some text, or an empty line (""); None if none begins."""
    if source.startswith("<!--", start):
        return "-->"
    other = OTHER_MARKUP.match(source, start)
    if other is not None:
        return ""
    tag = names.tag(source, start)
    if tag is None:
        return None
    if tag.name in _WHOLE_UNTIL and not tag.closing:
        return _WHOLE_UNTIL[tag.name]
    if tag.name in _BLOCK_NAMES or ":" in tag.name:
        return ""
    alone = start + len(tag.written) <= end and not source[start + len(tag.written) : end].strip()
    return _ALONE if alone else None


def _paragraph(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """CommonMark's paragraph, but that a list may end it however far it is indented."""
    terminators = state.md.block.ruler.getRules("paragraph")
    lists = [rule for rule in terminators if rule.__name__ == "list_block"]
    parent, state.parentType = state.parentType, "paragraph"
    line = start_line + 1
    while line < state.lineMax and not state.isEmpty(line):
        deep = state.sCount[line] - state.blkIndent > 3
        ends = lists if deep else terminators
        if state.sCount[line] >= 0 and any(rule(state, line, state.lineMax, True) for rule in ends):
            break
        line += 1
    state.parentType = parent
    state.line = line
    token = state.push("paragraph_open", "p", 1)
    token.map = [start_line, line]
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.getLines(start_line, line, state.blkIndent, False))
    token.map = [start_line, line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _depth(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Stops at what the parser would pass over in silence."""
    if state.level >= MAX_DEPTH:
        deep = text("nested deeper than {limit} levels", limit=MAX_DEPTH)
        raise TooMuchError(start_line, deep, text("flatten it"))
    return False


def _limits(state: StateCore) -> None:
    notes, abbreviations = notes_of(state.env), abbreviations_of(state.env)
    references = [*state.env.get("references", {}).values(), *state.env.get("duplicate_refs", ())]
    check_definitions([note.line for note in notes.defined], MOST_FOOTNOTES)
    check_definitions([reference["map"][0] for reference in references], MOST_REFERENCES)
    check_definitions([abbreviation.line for abbreviation in abbreviations.defined], MOST_ABBREVIATIONS)
    check_paragraphs(state.tokens)
    for note in notes.by_label.values():
        check_paragraphs(note.tokens)
