"""What is wrong with a text that libyaml cannot read, told by what its author most likely meant.

libyaml names the rule of its grammar that was broken, in English and often a line too late. Here the remedies that
usually help are carried out on the text, one after the other; the first that lets the reading go on is the one that is
advised, so that what people are told to write is known to work. The mended text is also what is read on, to find what
else is wrong in the same file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import yaml

from plugins.portal.problems import Text, shortened, text
from plugins.portal.yaml_grammar import Line, first_error, reach, stopped_at

MAX_READ = 5_000_000
"""Characters that may be read to find remedies for one file; a hostile text must not keep everybody waiting."""
MAX_TRIED = 60
"""Remedies that are tried for one fault."""
LOOK_BACK = 40
"""Lines above the reported one in which its cause is looked for."""

_LEAD = r"(?P<lead>[ ]*(?:-[ ]+)*)"
_FIELD = re.compile(rf"{_LEAD}(?P<name>[^\W\d_][\w ]{{0,60}}?)(?P<colon>[ ]*:[ ]+)(?P<value>\S.*)")
_OPEN_FIELD = re.compile(rf"{_LEAD}(?P<name>[^\W\d_][\w ]{{0,60}}?)[ ]*:")
_ENTRY = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)+)(?P<value>\S.*)")
_JOINED = re.compile(rf"{_LEAD}(?P<name>[a-z][a-z_]{{0,60}})(?P<between>:|：[ ]*|[ ]*=[ ]*)(?P<value>[^\s/].*)")
_WITHOUT_COLON = re.compile(rf"{_LEAD}(?P<name>[a-z][a-z_]{{0,60}})[ ]+(?P<value>[^\s:].*)")
_SECOND = re.compile(r"(?<=[^ ,;])[ ,;]+(?P<name>[a-z][a-z_]{1,60}):[ ]")
_NAME = re.compile(r"[a-z][a-z_]*")
_BULLET = re.compile(r"(?P<lead>[ ]*)(?:[*+•●▪–—][ ]*|-(?=[^\s-]))(?P<value>\S.*)")
_CURVED = {"“": "”", "”": "”", "„": "”", "‘": "’", "’": "’", "«": "»"}


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a text from being read."""

    line: Line
    message: Text
    hint: Text
    name: str = ""
    """The field in which it is, where it is known."""
    repaired: str | None = None
    """The text with the remedy carried out, of as many lines; None where nobody knows how to read on."""
    touched: frozenset[Line] = frozenset()
    """The lines that the remedy changed: what else is wrong there follows from this fault."""
    lost: frozenset[str] = frozenset()
    """Names of fields that are left out to read on."""
    also: tuple[Fault, ...] = ()
    """The same on other lines, that could only be mended together."""


@dataclass(frozen=True)
class _Remedy:
    """A change that may help, and what would be said if it does."""

    changed: dict[Line, str]
    line: Line
    message: Text
    hint: Text
    name: str = ""
    lost: frozenset[str] = frozenset()
    """Fields that the changed text does not have any more."""
    also: tuple[_Remedy, ...] = ()
    """The same on other lines."""


@dataclass
class Allowance:
    """What may still be read to find remedies, in characters."""

    left: int = MAX_READ


@dataclass
class _Page:
    """The text in lines, and where libyaml stopped."""

    lines: list[str]
    line: Line
    """Where it stopped."""
    begun: Line
    """Where the construct begins that it stopped in."""
    names: Collection[str]
    """Fields that the record may have; empty where they are not known."""
    in_front_matter: bool
    allowance: Allowance = field(default_factory=Allowance)

    def with_lines(self, changed: dict[Line, str]) -> str:
        return "\n".join(changed.get(number, line) for number, line in enumerate(self.lines))

    def above(self, line: Line) -> Line | None:
        """The nearest line above that says something."""
        for number in range(line - 1, max(line - LOOK_BACK, -1), -1):
            if self.lines[number].strip() and not self.lines[number].lstrip().startswith("#"):
                return number
        return None

    def is_name(self, word: str) -> bool:
        return word in self.names if self.names else _NAME.fullmatch(word) is not None


def _lines(source: str) -> list[str]:
    """The lines without blanks at their ends, which mean nothing."""
    return [line.rstrip(" ") for line in source.split("\n")]


def diagnose(
    source: str,
    error: yaml.MarkedYAMLError,
    names: Collection[str] = (),
    *,
    in_front_matter: bool = False,
    allowance: Allowance | None = None,
) -> Fault:
    """The fault behind libyaml's error, with the remedy that works."""
    line, begun = stopped_at(error, source)
    page = _Page(_lines(source), line, begun, names, in_front_matter, allowance or Allowance())
    before = reach(error, source)
    if isinstance(error, yaml.composer.ComposerError):  # the grammar is kept: nothing could be tried out
        for remedy in _document_mark(page, line):
            return _carried_out(page, remedy)
    second_best: _Remedy | None = None
    for number, remedy in enumerate(_remedies(page)):
        repaired = page.with_lines(remedy.changed)
        page.allowance.left -= len(repaired)
        if number >= MAX_TRIED or page.allowance.left < 0:
            break
        after = first_error(repaired)
        reached = reach(after, repaired) if after else None
        if reached is None:
            return _carried_out(page, remedy)
        if reached[0] > before[0]:
            return _carried_out(page, _better(page, reached[0]) or remedy)
        if reached > before:
            second_best = second_best or remedy
    return _carried_out(page, second_best) if second_best else _unexplained(page, error, before)


def _better(page: _Page, reached: Line) -> _Remedy | None:
    """One line above that was moved, where moving it back leads further than to `reached`.

    Otherwise each line below it would be told to follow.
    """
    for remedy in _moved_above(page):
        repaired = page.with_lines(remedy.changed)
        page.allowance.left -= len(repaired)
        if page.allowance.left < 0:
            break
        after = first_error(repaired)
        if after is None or reach(after, repaired)[0] > reached + 1:
            return remedy
    return None


def _moved_above(page: _Page) -> Iterator[_Remedy]:
    """The line above, where text goes on, or the beginning of the entry, put where the line below wants it."""
    own = _indent(page.lines[page.line])
    above = page.above(page.line)
    if above is None:
        return
    message = text("the indentation does not fit the lines below")
    if not _FIELD.fullmatch(page.lines[above]) and not _ENTRY.fullmatch(page.lines[above]):
        yield _Remedy({above: " " * own + page.lines[above].lstrip()}, above, message, _at_column(own))
    for number in range(page.line - 1, max(page.line - LOOK_BACK, -1), -1):
        begun = re.match(r"[ ]*(-[ ]+)", page.lines[number])
        if begun is not None:
            width = own - len(begun.group(1))
            if width >= 0 and width != _indent(page.lines[number]):
                changed = {number: " " * width + page.lines[number].lstrip()}
                yield _Remedy(changed, number, message, _at_column(width))
            return


def _carried_out(page: _Page, remedy: _Remedy) -> Fault:
    touched = frozenset(remedy.changed) | {remedy.line}
    repaired = page.with_lines(remedy.changed)
    also = tuple(Fault(other.line, other.message, other.hint, other.name) for other in remedy.also)
    return Fault(remedy.line, remedy.message, remedy.hint, remedy.name, repaired, touched, remedy.lost, also)


def _remedies(page: _Page) -> Iterator[_Remedy]:
    """What may help, likeliest first."""
    yield from _tabs(page)
    yield from _indented_beginning(page)
    nearby = [page.line, page.begun, page.above(page.line)]
    lines = list(dict.fromkeys(number for number in nearby if number is not None))
    yield from _separate_names(page, lines)
    for makers in (
        (_separate_name, _two_fields, _clock, _in_braces, _list_on_the_line, _quotes, _closing_bracket),
        (_bullet, _document_mark, _colon_in_a_long_text),
    ):
        for number in lines:
            for make in makers:
                yield from make(page, number)
    yield from _closing_quote(page)
    for number in lines:
        yield from _indentation(page, number)
        yield from _stray_text(page, number)


def _tabs(page: _Page) -> Iterator[_Remedy]:
    indented = [n for n, line in enumerate(page.lines) if "\t" in re.match(r"[ \t-]*", line).group()]  # type: ignore[union-attr]
    if not indented:
        return
    message = text("begins with a tab")
    hint = text("begin the line with blanks instead of the tab key")
    for width in (2, 4, 8, 1):
        changed = {n: _without_tabs(page.lines[n], width) for n in indented}
        yield _Remedy(changed, indented[0], message, hint)
    number = page.line
    if number in indented:
        above = page.above(number)
        base = _indent(page.lines[above]) if above is not None else 0
        for width in (base, base + 2, 0):
            changed = {number: " " * width + page.lines[number].lstrip()}
            yield _Remedy(changed, number, message, hint)


def _without_tabs(line: str, width: int) -> str:
    rest = line.lstrip(" \t-")
    return line[: len(line) - len(rest)].replace("\t", " " * width) + rest


def _indented_beginning(page: _Page) -> Iterator[_Remedy]:
    """A first field that does not begin where all others do."""
    first = next((n for n, line in enumerate(page.lines) if line.strip() and not line.lstrip().startswith("#")), None)
    if first is None or not _indent(page.lines[first]) or first == page.line:
        return
    changed = {first: page.lines[first].lstrip()}
    yield _Remedy(changed, first, text("the indentation does not fit the lines below"), _at_column(0))


def _at_column(width: int) -> Text:
    if width:
        return text("begin the line with blanks, {number} of them", number=width)
    return text("write it at the very beginning of the line")


def _separate_name(page: _Page, number: Line) -> Iterator[_Remedy]:
    """`title:Lịch tiêm`, `title = Lịch tiêm` and `title Lịch tiêm`."""
    line = page.lines[number]
    for pattern, message in (
        (_JOINED, text("no blank between the field's name and its value")),
        (_WITHOUT_COLON, text("no colon after the field's name")),
    ):
        match = pattern.fullmatch(line)
        if match is None or not page.is_name(match["name"]):
            continue
        if pattern is _WITHOUT_COLON and not page.names:
            continue
        if match.groupdict().get("between", ":").strip() not in (":", "："):
            message = text("no colon after the field's name")
        mended = f"{match['lead']}{match['name']}: {match['value']}"
        hint = text("write it so: {line}", line=shortened(mended.strip()))
        yield _Remedy({number: mended}, number, message, hint, match["name"])


def _separate_names(page: _Page, lines: Sequence[Line]) -> Iterator[_Remedy]:
    """Several lines in a row: mended alone, each would leave the next one in the way."""
    for number in lines:
        first, last = number, number
        while number - LOOK_BACK < first > 0 and any(_separate_name(page, first - 1)):
            first -= 1
        while last + 1 < min(len(page.lines), number + LOOK_BACK) and any(_separate_name(page, last + 1)):
            last += 1
        if last > first:
            yield _together(
                [next(_separate_name(page, n)) for n in range(first, last + 1) if any(_separate_name(page, n))]
            )


def _together(remedies: Sequence[_Remedy]) -> _Remedy:
    changed = {number: line for remedy in remedies for number, line in remedy.changed.items()}
    return replace(remedies[0], changed=changed, also=tuple(remedies[1:]))


def _two_fields(page: _Page, number: Line) -> Iterator[_Remedy]:
    """`featured: true status: draft`: the second is left out to read on."""
    match = _FIELD.fullmatch(page.lines[number])
    if match is None or not page.is_name(match["name"]):
        return
    second = next((two for two in _SECOND.finditer(match["value"]) if two["name"] in page.names), None)
    if second is None:
        return
    hint = text('write "{name}" on a line of its own', name=second["name"])
    mended = _with_value(match, match["value"][: second.start()])
    lost = frozenset({second["name"]})
    yield _Remedy({number: mended}, number, text("two fields on one line"), hint, match["name"], lost)


def _clock(page: _Page, number: Line) -> Iterator[_Remedy]:
    """`date: 2019-09-24: 08:30`."""
    match = _FIELD.fullmatch(page.lines[number])
    moment = re.fullmatch(r"([\d/.-]{8,10}) ?: +(\d{1,2}:\d\d.*)", match["value"]) if match else None
    if match is None or moment is None:
        return
    mended = _with_value(match, f"{moment[1]} {moment[2]}")
    hint = text("write it so: {line}", line=shortened(mended.strip()))
    yield _Remedy({number: mended}, number, text("a colon in the value"), hint, match["name"])


def _in_braces(page: _Page, number: Line) -> Iterator[_Remedy]:
    """`picture: {file: media/a.png, text: Ảnh: đẹp}`."""
    match = _FIELD.fullmatch(page.lines[number])
    if match is None or not (match["value"].startswith("{") and match["value"].endswith("}")):
        return
    parts = match["value"][1:-1].strip().split(", ")
    pairs = [re.fullmatch(r"([a-z_]+):[ ]+(.+)", part) for part in parts]
    values = [f"{pair[1]}: {quoted_if_needed(pair[2])}" for pair in pairs if pair]
    if len(values) < len(pairs):
        return
    mended = _with_value(match, "{" + ", ".join(values) + "}")
    hint = text("write it so: {line}", line=shortened(mended.strip()))
    yield _Remedy({number: mended}, number, text("a colon in the value"), hint, match["name"])


def quoted_if_needed(value: str) -> str:
    """The value, in quotes where it means something else without them."""
    return quoted(value) if value[0] not in "\"'" and _why_quotes(value) else value


def _list_on_the_line(page: _Page, number: Line) -> Iterator[_Remedy]:
    """`topics: - Y tế`."""
    match = _FIELD.fullmatch(page.lines[number])
    if match is None or not match["value"].startswith("- "):
        return
    mended = _with_value(match, quoted(match["value"]))
    message = text("a list begins on the line of its name")
    hint = text(
        "write each entry on a line of its own below it; text goes in quotes: {line}", line=shortened(mended.strip())
    )
    yield _Remedy({number: mended}, number, message, hint, match["name"])


def _quotes(page: _Page, number: Line) -> Iterator[_Remedy]:
    """A value that means something else to YAML unless it is in quotes."""
    match = _FIELD.fullmatch(page.lines[number]) or _ENTRY.fullmatch(page.lines[number])
    if match is not None and "-" in match["lead"] and " " in match.groupdict().get("name", ""):
        match = _ENTRY.fullmatch(page.lines[number])  # `- Bước 1: nộp: ...` is a text: no field is called so
    if match is None:
        return
    value = match["value"]
    message = _why_quotes(value)
    if message is None:
        return
    mended = _with_value(match, quoted(unquoted(value)))
    hint = text("put the whole value in quotes: {line}", line=shortened(mended.strip()))
    yield _Remedy({number: mended}, number, message, hint, match.groupdict().get("name", ""))


def _why_quotes(value: str) -> Text | None:
    first = value[0]
    if first in _CURVED and value.endswith(_CURVED[first]):
        return text("curved quotes are no quotes here")
    if first == '"' and value.find('"', 1) == len(value) - 1 and "\\" in value:
        return text("a backslash means something else in double quotes")
    if first in "\"'":
        return text("text follows the closing quote") if len(value) > 1 and first in value[1:] else None
    if first in "[{" and not value.rstrip().endswith((")", "]", "}")) and not set("]}") & set(value):
        return None  # a list that is not closed: told as that
    if first in "[{]},@`%&*!|>#?-:":
        return text("a value must not begin with {character} unless it is in quotes", character=first)
    if ": " in value or value.endswith(":"):
        return text("a colon in the value")
    return None


def _with_value(match: re.Match[str], value: str) -> str:
    parts = match.groupdict()
    return f"{parts['lead']}{parts.get('name') or ''}{parts.get('colon') or ''}{value}"


def quoted(value: str) -> str:
    """The value in quotes, with as little inside them to escape as may be."""
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def unquoted(value: str) -> str:
    """The value without the quotes that its author put around the whole of it."""
    last = _CURVED.get(value[0], value[0] if value[0] in "\"'" else "")
    inner = value[1:-1]
    if not last or len(value) < 3 or value[-1] != last:
        return value
    # Of `"A" và "B"` the first quote within closes, and the quotes belong to the text; of `"Ngày "A" 2019"` it opens.
    within = inner.find(last)
    around = inner.count(last) < 2 or inner[:within].endswith(" ")
    return inner if around else value


def _closing_bracket(page: _Page, number: Line) -> Iterator[_Remedy]:
    match = _FIELD.fullmatch(page.lines[number])
    if match is None or match["value"][0] not in "[{":
        return
    closing = {"[": "]", "{": "}"}[match["value"][0]]
    if closing in match["value"]:
        return
    mended = _with_value(match, match["value"].rstrip(" ,") + closing)
    message = text("{character} is not closed", character=match["value"][0])
    hint = text(
        "add {character}: {line}; text goes in quotes: {quoted}",
        character=closing,
        line=shortened(mended.strip()),
        quoted=shortened(_with_value(match, quoted(match["value"])).strip()),
    )
    yield _Remedy({number: mended}, number, message, hint, match["name"])


def _closing_quote(page: _Page) -> Iterator[_Remedy]:
    """A quote that is not closed swallows the lines below it, as far as the next one of its kind."""
    first = max(min(page.begun, page.line) - LOOK_BACK, 0)
    for number in dict.fromkeys((page.begun, *range(page.line, first - 1, -1))):
        match = _FIELD.fullmatch(page.lines[number]) or _ENTRY.fullmatch(page.lines[number])
        if match is None or match["value"][0] not in "\"'":
            continue
        character, inner = match["value"][0], match["value"][1:]
        if character in inner:
            continue
        mended = _with_value(match, f"{character}{inner}{character}")
        yield _Remedy(
            {number: mended},
            number,
            text("the quote {character} is opened here and never closed", character=character),
            text("add {character} at the end: {line}", character=character, line=shortened(mended.strip())),
            match.groupdict().get("name", ""),
        )


def _bullet(page: _Page, number: Line) -> Iterator[_Remedy]:
    """Entries of a list that begin as in a word processor, or without a blank."""
    match = _BULLET.fullmatch(page.lines[number])
    if match is None:
        return
    mended = f"{match['lead']}- {match['value']}"
    hint = text("begin each entry with a hyphen and a blank: {line}", line=shortened(mended.strip()))
    yield _Remedy({number: mended}, number, text("not an entry of the list"), hint)


def _document_mark(page: _Page, number: Line) -> Iterator[_Remedy]:
    line = page.lines[number].rstrip()
    if line in ("---", "...") or (number and page.lines[number - 1].rstrip() == "..."):
        number = number if line in ("---", "...") else number - 1
        above, below = (_names_at_the_edge(lines) for lines in (page.lines[:number], page.lines[number:]))
        # A second record in the file is not looked at.
        last = len(page.lines) if above & below else number + 1
        message = text("a line {line} inside the file", line=page.lines[number].strip())
        yield _Remedy(dict.fromkeys(range(number, last), ""), number, message, text("delete this line"))


def _names_at_the_edge(lines: Sequence[str]) -> set[str]:
    return {match["name"] for line in lines if (match := _OPEN_FIELD.match(line)) and not match["lead"]}


def _colon_in_a_long_text(page: _Page, number: Line) -> Iterator[_Remedy]:
    """A text that goes on for several lines, one of which has a colon."""
    match = _FIELD.fullmatch(page.lines[number])
    if match is None or page.is_name(match["name"]):
        return
    begins = next((n for n in range(number - 1, max(number - LOOK_BACK, -1), -1) if _is_field(page, n)), None)
    if begins is None or _indent(page.lines[begins]) >= _indent(page.lines[number]):
        return
    head = _FIELD.fullmatch(page.lines[begins])
    if head is None:
        return
    ends = number
    while ends + 1 < len(page.lines) and _indent(page.lines[ends + 1]) > _indent(page.lines[begins]):
        ends += 1
    changed = {n: page.lines[n].replace("'", "''") for n in range(begins, ends + 1)}
    changed[begins] = _with_value(head, "'" + head["value"].replace("'", "''"))
    changed[ends] += "'"
    yield _Remedy(
        changed,
        number,
        text("a colon in the value"),
        text('put the whole value of "{name}" in quotes, from line to line', name=head["name"]),
        head["name"],
    )


def _is_field(page: _Page, number: Line) -> bool:
    match = _FIELD.fullmatch(page.lines[number]) or _OPEN_FIELD.fullmatch(page.lines[number])
    return match is not None and page.is_name(match["name"])


def _indentation(page: _Page, number: Line) -> Iterator[_Remedy]:
    """The line moved below one of those above it."""
    line = page.lines[number]
    if not (_FIELD.fullmatch(line) or _OPEN_FIELD.fullmatch(line) or _ENTRY.fullmatch(line)):
        return
    own = _indent(line)
    is_entry = _ENTRY.fullmatch(line) is not None
    widths: dict[int, None] = {}
    of_its_kind: set[int] = set()
    for above in range(number - 1, max(number - LOOK_BACK, -1), -1):
        if page.lines[above].strip():
            columns = _columns(page.lines[above])
            widths.update(dict.fromkeys(columns))
            if is_entry and bool(_FIELD.fullmatch(page.lines[above])) == bool(_FIELD.fullmatch(line)):
                of_its_kind.update(columns[:-1])
            elif not is_entry and (_is_field(page, above) or len(columns) > 1):
                of_its_kind.add(columns[-1])
            if page.lines[above].rstrip().endswith(":"):
                widths.setdefault(_indent(page.lines[above]) + 2)
    if not widths:  # the first line: nothing stands above it
        widths[0] = None
    below = next((_indent(each) for each in page.lines[number + 1 :] if each.strip()), None) if is_entry else None
    begins = _columns(line)[-1] - own

    def unlikeliness(width: int) -> tuple[bool, bool, int]:
        return width not in of_its_kind, width + begins != below, abs(width - own)

    for width in sorted((w for w in widths if w != own), key=unlikeliness):
        mended = " " * width + line.lstrip()
        message = text("the indentation does not fit the lines above")
        yield _Remedy({number: mended}, number, message, _at_column(width))


def _columns(line: str) -> tuple[int, ...]:
    """Where what stands below a line may begin: at its own column, and behind each hyphen."""
    match = re.match(r"[ ]*(?:-[ ]+)*", line)
    hyphens = [column for column, character in enumerate(match.group()) if character == "-"] if match else []
    return (*hyphens, match.end() if match else 0)


def _stray_text(page: _Page, number: Line) -> Iterator[_Remedy]:
    """A line that is neither a field nor an entry: most likely the one above goes on."""
    line = page.lines[number]
    if not line.strip() or _is_field(page, number):
        return
    head, wide = _what_goes_on(page, number)
    message = text("this line belongs to no field")
    if head is not None:
        hint = text('indent it if it goes on with "{name}", or delete it', name=head["name"])
        if page.in_front_matter:
            hint = text(
                'indent it if it goes on with "{name}"; the text stands below the second ---', name=head["name"]
            )
        if ": " not in line and not line.rstrip().endswith(":"):
            yield _Remedy({number: " " * wide + line.lstrip()}, number, message, hint)
    else:
        hint = text("delete it, or write name: value")
    yield _Remedy({number: ""}, number, message, hint)


def _what_goes_on(page: _Page, number: Line) -> tuple[re.Match[str] | None, int]:
    """The field above whose text may go on here, and how far the line is indented then."""
    for above in range(number - 1, max(number - LOOK_BACK, -1), -1):
        head = _FIELD.fullmatch(page.lines[above])
        if (
            head is not None
            and page.is_name(head["name"])
            and _indent(page.lines[above]) <= _indent(page.lines[number])
        ):
            least = _columns(page.lines[above])[-1] + 2
            below = page.lines[above + 1] if above + 1 < number else ""
            return head, max(least, _indent(below)) if below.strip() else least
    return None, 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def quote_line(source: str, line: Line) -> Fault | None:
    """The value on a line put in quotes because of what it begins with; None where the line is no plain field."""
    page = _Page(_lines(source), line, line, (), False)
    for remedy in _quotes(page, line):
        repaired = page.with_lines(remedy.changed)
        error = first_error(repaired)
        if error is None or reach(error, repaired)[0] > line:  # what is wrong further down is told in its turn
            return _carried_out(page, remedy)
    return None


def run_together(source: str, names: Collection[str]) -> Fault | None:
    """A document that is one piece of text because every name in it lacks its colon or the blank behind it."""
    page = _Page(_lines(source), 0, 0, names, False)
    numbers = range(min(len(page.lines), LOOK_BACK))
    remedies = [next(_separate_name(page, number)) for number in numbers if any(_separate_name(page, number))]
    if not remedies or first_error(page.with_lines(_together(remedies).changed)) is not None:
        return None
    return _carried_out(page, _together(remedies))


def listed_names(source: str, names: Collection[str]) -> Fault | None:
    """A record each of whose fields is written as an entry of a list."""
    lines = _lines(source)
    changed = {n: line[2:].lstrip() for n, line in enumerate(lines) if line.startswith("- ")}
    page = _Page(lines, 0, 0, names, False)
    if not changed or not all(_is_field(_Page([line], 0, 0, names, False), 0) for line in changed.values()):
        return None
    if first_error(page.with_lines(changed)) is not None:
        return None
    hint = text("write it so: {line}", line=shortened(changed[min(changed)]))
    return _carried_out(page, _Remedy(changed, min(changed), text("a hyphen before the field's name"), hint))


def named_later(lines: list[str], line: Line) -> Fault | None:
    """An entry of a list that YAML reads as the end of the text above it, for it is indented further."""
    match = _ENTRY.fullmatch(lines[line])
    above = next((n for n in range(line - 1, max(line - LOOK_BACK, -1), -1) if lines[n].strip()), None)
    if match is None or above is None or _ENTRY.fullmatch(lines[above]) is None:
        return None
    message = text("the indentation does not fit the lines above")
    return Fault(line, message, _at_column(_indent(lines[above])))


def _unexplained(page: _Page, error: yaml.MarkedYAMLError, before: tuple[Line, int]) -> Fault:
    """What the grammar says, put into words; the line is left out to read on."""
    message, hint = told(error.problem or "")
    line = before[0]
    dropped = [line]
    while dropped[-1] + 1 < len(page.lines) and _indent(page.lines[dropped[-1] + 1]) > _indent(page.lines[line]):
        dropped.append(dropped[-1] + 1)
    repaired = page.with_lines(dict.fromkeys(dropped, ""))
    page.allowance.left -= len(repaired)
    lost = frozenset(name for n in dropped for name in _NAME.findall(page.lines[n]))
    after = first_error(repaired) if page.allowance.left >= 0 else error
    goes_on = after is None or reach(after, repaired) > before
    return Fault(line, message, hint, "", repaired if goes_on else None, frozenset(dropped), lost)


def told(problem: str) -> tuple[Text, Text]:
    """What to say of a problem of libyaml where no remedy is known to help: never its own words."""
    for part, say in _REASONS:
        if part in problem:
            return say()
    return _unreadable()


def _unreadable() -> tuple[Text, Text]:
    return text("cannot be read from here on"), text(
        "check the indentation, the colons and the quotes on this line and the one before"
    )


def _indented_wrongly() -> tuple[Text, Text]:
    return text("the indentation does not fit the lines above"), text(
        "begin each line exactly as its neighbours, with blanks"
    )


def _colon() -> tuple[Text, Text]:
    return text("a colon where none can stand"), text("put text with a colon in quotes: 'a: b'")


def _no_colon() -> tuple[Text, Text]:
    return text("this line belongs to no field"), text("delete it, or write name: value")


def _hyphen() -> tuple[Text, Text]:
    return text("a list begins where none can stand"), text("write each entry on a line of its own that begins with -")


def _quote() -> tuple[Text, Text]:
    return text("a quote is opened and never closed"), text("add the same quote at the end of the value")


def _bracket() -> tuple[Text, Text]:
    return text("a bracket is opened and never closed"), text("close it, or put text with a bracket in quotes")


def _escape() -> tuple[Text, Text]:
    return text("a backslash means something else in double quotes"), text("use single quotes: 'C:\\temp'")


def _sign() -> tuple[Text, Text]:
    return text("a sign that cannot stand here without quotes"), text("put the whole value in quotes")


def _block() -> tuple[Text, Text]:
    return text("text stands behind | or >"), text("write the text on the lines below, indented by two blanks")


def _tab() -> tuple[Text, Text]:
    return text("begins with a tab"), text("begin the line with blanks instead of the tab key")


def _document() -> tuple[Text, Text]:
    return text("a line --- or ... or one that begins with % inside the file"), text("delete this line")


def _character() -> tuple[Text, Text]:
    return text("holds a character that cannot be written in a file"), text("save it again as UTF-8")


_REASONS: tuple[tuple[str, Callable[[], tuple[Text, Text]]], ...] = (
    ("mapping values are not allowed", _colon),
    ("mapping keys are not allowed", _sign),
    ("block sequence entries are not allowed", _hyphen),
    ("could not find expected ':'", _no_colon),
    ("found unexpected ':'", _colon),
    ("did not find expected '-' indicator", _indented_wrongly),
    ("did not find expected key", _indented_wrongly),
    ("did not find expected ',' or", _bracket),
    ("did not find expected node content", _sign),
    ("found character that cannot start any token", _sign),
    ("did not find expected alphabetic or numeric character", _sign),
    ("found unexpected end of stream", _quote),
    ("found unexpected document indicator", _quote),
    ("found unknown escape character", _escape),
    ("did not find expected hexdecimal number", _escape),
    ("found invalid Unicode character escape code", _escape),
    ("found an indentation indicator equal to 0", _block),
    ("a tab character", _tab),
    ("did not find expected comment or line break", _block),
    ("<document start>", _document),
    ("directive", _document),
    ("version number", _document),
    ("found incompatible YAML document", _document),
    ("found unexpected non-alphabetical character", _document),
    ("expected digit or '.' character", _document),
    ("but found another document", _document),
    ("tag", _sign),
    ("did not find expected '!'", _sign),
    ("did not find the expected '>'", _sign),
    ("URI", _sign),
    ("did not find expected whitespace", _sign),
    ("alias", _sign),
    ("anchor", _sign),
    ("UTF-", _character),
    ("Unicode character", _character),
    ("surrogate", _character),
    ("control characters are not allowed", _character),
)
"""What libyaml 0.2 says (scanner.c, parser.c, reader.c, pyyaml's composer), by a part of it."""
