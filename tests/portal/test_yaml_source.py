"""YAML that anybody may have written."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.yaml_escapes import fault_of_escapes
from plugins.portal.yaml_grammar import MAX_DEPTH
from plugins.portal.yaml_source import Loc, Value, YamlError, parse_yaml, read_yaml


def refusal(source: str, first_line: int = 1) -> tuple[int, str]:
    """The line and the sentence with which `source` is refused."""
    with pytest.raises(YamlError) as caught:
        parse_yaml(source, first_line)
    hint = f" ({caught.value.hint.render()})" if caught.value.hint else ""
    return caught.value.line, caught.value.message.render() + hint


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5), ("-5", -5), ("+5", 5), ("0", 0), ("1.5", 1.5), ("-0.25", -0.25), ("1.5e3", 1500.0), ("1e3", 1000.0),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        # What YAML 1.1 would have turned into something else:
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"), ("tRUE", "tRUE"),
        ("012", "012"), ("0x1F", "0x1F"), ("0o17", "0o17"), ("1_000", "1_000"), ("1:30", "1:30"), ("07:00", "07:00"),
        ("2019-09-24", "2019-09-24"), ("2019-09-24 08:30", "2019-09-24 08:30"), (".5", ".5"), ("5.", "5."),
        (".inf", ".inf"), (".nan", ".nan"), ("<<", "<<"), ("=", "="), ("0909123456", "0909123456"),
        ("1.001193", 1.001193), ("'1.001193'", "1.001193"), ('"true"', "true"), ("''", ""), ("'5'", "5"),
        ("1234567890123456789", "1234567890123456789"),  # longer than any number of ours
        ("[]", []), ("{}", {}), ("[1, 'a', [true]]", [1, "a", [True]]),
        ("|\n  hai\n  dòng\n", "hai\ndòng\n"), (">-\n  một\n  dòng\n", "một dòng"),
    ],
)  # fmt: skip
def test_scalar_is_read_as_an_editor_means_it(written: str, value: Value) -> None:
    read = parse_yaml(f"a: {written}").value
    assert read == {"a": value}
    assert isinstance(read, dict)
    assert type(read["a"]) is type(value)


def test_empty_document_has_no_value() -> None:
    for source in ("", "\n\n", "# chỉ có ghi chú\n", "---\n"):
        assert parse_yaml(source).value is None


_CALM = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
_COMPOSED = st.text(_CALM, max_size=30).map(lambda written: unicodedata.normalize("NFC", written))
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**16), 10**16)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _COMPOSED,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(_COMPOSED, inner, max_size=5),
    max_leaves=30,
)


@given(json_values, st.sampled_from([None, 1, 3]))
def test_json_reads_as_the_same_values(value: Any, indent: int | None) -> None:
    assert parse_yaml(json.dumps(value, ensure_ascii=False, indent=indent)).value == value


@given(st.lists(st.sampled_from(["a", "'b'", "{c: 1}", "[d]", "|\n    e\n    e"]), min_size=1), st.integers(1, 50))
def test_line_of_an_entry_is_where_it_stands(entries: list[str], first_line: int) -> None:
    written = [f"- {entry}" for entry in entries]
    source = parse_yaml("\n".join(written), first_line)
    expected = [first_line + "\n".join([*written[:index], ""]).count("\n") for index in range(len(entries))]
    assert [source.line_of((index,)) for index in range(len(entries))] == expected


@given(st.text() | st.text("[]{}:,-?&*!|>'\"% \n#ab1"))
def test_any_text_is_read_or_refused_with_a_line_of_its_own(written: str) -> None:
    try:
        line = parse_yaml(written, first_line=3).line_of(())
    except YamlError as error:
        line = error.line
    assert 3 <= line <= 4 + len(written)


NESTED = """\
code: '1.001193'
channels:
  - kind: online
  - kind: in_person
    fees:
      - amount: free
        note: >
          dài
"""


@pytest.mark.parametrize(
    ("loc", "line", "written"),
    [
        ((), 1, None),
        (("code",), 1, "1.001193"),
        (("channels",), 3, None),
        (("channels", 0), 3, None),
        (("channels", 1, "kind"), 4, "in_person"),
        (("channels", 1, "fees", 0, "amount"), 6, "free"),
        (("channels", 1, "fees", 0, "note"), 7, "dài\n"),
        (("channels", 1, "fees", 0, "kind"), 6, None),  # not there: its nearest enclosing one
        (("channels", 7), 3, None),
        (("khác",), 1, None),
    ],
)
def test_every_value_knows_its_line_and_how_it_was_written(loc: Loc, line: int, written: str | None) -> None:
    source = parse_yaml(NESTED)
    assert source.line_of(loc) == line
    assert source.written(loc) == written


def test_lines_are_counted_in_the_whole_file() -> None:
    assert parse_yaml("a: 1\nb: 2\n", first_line=2).line_of(("b",)) == 3


@pytest.mark.parametrize(
    ("source", "line", "told"),
    [
        ("a: 1\nb: [1, 2\n", 2, "[ is not closed (add ]: b: [1, 2]; text goes in quotes: b: '[1, 2')"),
        ("a: b: c", 1, "a colon in the value (put the whole value in quotes: a: 'b: c')"),
        ("a: 'b\n", 1, "the quote ' is opened here and never closed (add ' at the end: a: 'b')"),
        ("a: 1\n\tb: 2", 2, "begins with a tab (begin the line with blanks instead of the tab key)"),
        ("a: @b", 1, "a value must not begin with @ unless it is in quotes (put the whole value in quotes: a: '@b')"),
        (
            "a: 1\n b: 2\n",
            2,
            "the indentation does not fit the lines above (write it at the very beginning of the line)",
        ),
        (
            'a: "\\q"',
            1,
            "a backslash means something else in double quotes (put the whole value in quotes: a: '\\q')",
        ),
        ("[", 1, "this line belongs to no field (delete it, or write name: value)"),
        ("a: 'b", 1, "the quote ' is opened here and never closed (add ' at the end: a: 'b')"),
    ],
)
def test_broken_syntax_is_reported_where_it_is_to_be_mended(source: str, line: int, told: str) -> None:
    assert refusal(source) == (line, told)


def test_two_documents_in_one_file_are_refused() -> None:
    assert refusal("a: 1\n---\na: 2\n") == (2, "a line --- inside the file (delete this line)")


def test_everything_wrong_in_a_text_is_told_and_the_rest_is_read() -> None:
    source, errors = read_yaml("a: b: c\nd: 1\n\te: f\ng: 'h\ni: [j\nd: 2\n", first_line=3)
    assert [(error.line, error.name) for error in errors] == [(3, "a"), (5, ""), (6, "g"), (7, "i"), (8, "")]
    assert source is not None
    assert source.value == {"a": "b: c", "d": 1, "e": "f", "g": "h", "i": ["j"]}


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a: &x 1", 1),
        ("a: 1\nb: &x [1]", 2),
        ("a: &x {b: 1}\nc: *x", 1),
        ("a: *nobody", 1),
        ("&x a: 1", 1),
        ("'&': 1\n'*': 2\nc: *x", 3),
    ],
)
def test_anchors_and_aliases_are_refused(source: str, line: int) -> None:
    assert refusal(source) == (
        line,
        "anchors (&) and aliases (*) are not allowed "
        "(write the value out, or put text that begins with & or * in quotes)",
    )


def test_alias_bomb_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert refusal("\n".join(lines))[0] == 1


def test_ampersands_and_stars_in_text_are_text() -> None:
    assert parse_yaml("a: R&D * 2\nb: '*'\nc: \"&x\"").value == {"a": "R&D * 2", "b": "*", "c": "&x"}


def test_duplicate_field_is_refused_at_the_second_one() -> None:
    assert refusal("a: 1\nb: 2\na: 3\n") == (3, 'field "a" is given twice (keep one of them)')
    assert refusal("x:\n  - b: 1\n    'b': 2\n") == (3, 'field "b" is given twice (keep one of them)')


def test_name_of_a_field_must_be_plain_text() -> None:
    for source in ("[a, b]: 1", "? {a: 1}\n: 2"):
        assert refusal(source) == (1, "a field's name must be plain text (put it in quotes)")


@pytest.mark.parametrize(
    ("source", "tag"),
    [
        ("a: !!python/object/apply:os.system ['true']", "!!python/object/apply:os.system"),
        ("a: !!python/name:os.system", "!!python/name:os.system"),
        ("a: !!binary aGk=", "!!binary"),
        ("a: !!int 5", "!!int"),
        ("a: !!set {b}", "!!set"),
        ("a: !mine [b]", "!mine"),
        ("a: !!x [b]", "!!x"),
        ("a: !<x> b", "!<x>"),
        ("a: !!str 5", "!!str"),
    ],
)
def test_tags_are_refused(source: str, tag: str) -> None:
    assert refusal(source) == (1, f'the tag "{tag}" is not allowed (remove it)')


@pytest.mark.parametrize("value", ["!mine b", "!!! Khẩn", "!!!", "!!x", "! Khẩn", "!", "!Khẩn: gấp", "!!!Khẩn", "!!"])
@pytest.mark.parametrize("lead", ["a: ", "- "])
def test_text_that_begins_with_exclamation_marks_belongs_in_quotes(lead: str, value: str) -> None:
    hint = f"put the whole value in quotes: {lead}'{value}'"
    assert refusal(lead + value) == (1, f"a value must not begin with ! unless it is in quotes ({hint})")


def test_text_in_brackets_that_begins_with_exclamation_marks_belongs_in_quotes_by_itself() -> None:
    told = "a value must not begin with ! unless it is in quotes (put the whole value in quotes)"
    assert refusal("a: [b, !!! c]") == (1, told)


@pytest.mark.parametrize("value", ["!!! Khẩn", "!mine b", "!!str 5", "&x b", "*x"])
def test_fault_below_what_begins_with_a_sign_is_told_in_the_same_round(value: str) -> None:
    _, errors = read_yaml(f"a: {value}\nb: c\nd: @e\nf: 'g\n")
    assert [(error.line, error.name) for error in errors] == [(1, "a"), (3, "d"), (4, "f")]


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u3000"])
def test_odd_blanks_that_shape_the_text_are_plain_ones(blank: str) -> None:
    assert parse_yaml(f"a:\n{blank}{blank}b:{blank}c{blank}d\n").value == {"a": {"b": f"c{blank}d"}}


@pytest.mark.parametrize(
    ("written", "loc", "raw"),
    [
        ("a: 'b c'\n", ("a",), "'b c'"),
        ("a: [b, c]\n", ("a",), "[b, c]"),
        ("a:\n  - b: c\nd: e\n", ("a", 0), "b: c"),
        ("a: |\n  b\n  c\n", ("a",), None),
        ("a: b\n", ("d",), None),
    ],
)
def test_value_is_known_as_it_was_typed(written: str, loc: Loc, raw: str | None) -> None:
    assert parse_yaml(written).raw(loc) == raw


def test_entries_and_quotes_are_known_as_they_were_typed() -> None:
    source = parse_yaml("a:\n  - 1.10\n  - [b]\n  - 'c'\nd: |\n  e\n")
    assert source.entries(("a",)) == ["1.10", None, "c"]
    assert source.entries(("d",)) == []
    assert [source.is_quoted(loc) for loc in (("a", 0), ("a", 2), ("a",), ("d",))] == [False, True, False, False]


TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels (flatten it)"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("[" * 30_000, 1),
        ("[" * 30_000 + "]" * 30_000, 1),
        ("{a: " * 30_000, 1),
        ("- " * 10_000 + "x", 1),
        ("? " * 10_000 + "x", 1),
        ("[\n" * 1_000, MAX_DEPTH + 1),
        ("\n".join(" " * depth + "a:" for depth in range(60)), MAX_DEPTH + 1),
        ("\n".join(" " * depth + "-" for depth in range(60)), MAX_DEPTH + 1),
    ],
    ids=["open lists", "lists", "mappings", "entries", "keys", "lists by line", "fields by line", "entries by line"],
)
def test_deep_nesting_is_refused(source: str, line: int) -> None:
    assert refusal(source) == (line, TOO_DEEP)


@pytest.mark.parametrize("entry", ["a:", "-"])
def test_nesting_by_indentation_never_exhausts_the_stack(entry: str) -> None:
    """A megabyte of text holds more levels than Python has frames."""
    deep = "\n".join(" " * level + entry for level in range(sys.getrecursionlimit() + 200))
    assert refusal(deep) == (MAX_DEPTH + 1, TOO_DEEP)


def test_nesting_up_to_the_limit_is_read() -> None:
    value = parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH).value
    for _ in range(MAX_DEPTH - 1):
        assert isinstance(value, list)
        [value] = value
    assert value == []


def test_many_flat_lists_are_not_deep() -> None:
    assert parse_yaml("\n".join(f"- [a{n}]" for n in range(500))).value == [[f"a{n}"] for n in range(500)]


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\e", r"\x1b", r"\u202e", r"\u2066", r"\x9b"])
def test_control_characters_cannot_come_in_as_escapes(escape: str) -> None:
    """What a file must not hold, a quoted text must not spell out either."""
    line, _ = refusal(f'a: 1\nb: "x{escape}y"')
    assert line == 2


def test_refusals_are_said_in_vietnamese() -> None:
    translate = load_catalogue(MESSAGES, "vi").gettext
    with pytest.raises(YamlError) as caught:
        parse_yaml("a: 1\na: 2")
    assert caught.value.hint is not None
    assert caught.value.message.render(translate) == 'trường "a" được ghi hai lần'
    assert caught.value.hint.render(translate) == "giữ lại một"


EVENTS = """life_events:
  - slug: sinh-con
    name: Sinh con
    summary: >-
      Dành cho cha mẹ: làm khai sinh và thẻ bảo hiểm.
      Nên làm trong 60 ngày.
    steps:
      - title: Giữ giấy chứng sinh
        text: >-
          Giấy do nơi sinh cấp; hãy đọc kỹ họ tên
          trước khi ra về.
      - title: Làm khai sinh
        text: Nộp một bộ hồ sơ.
        procedures:
          - '2.000986'
          - '1.001193'
      - title: Nhận kết quả
        text: Tại nơi nộp.
  - slug: ket-hon
    name: Kết hôn
"""
NAMES_IN_IT = ("life_events", "slug", "name", "summary", "steps", "title", "text", "procedures")


@pytest.mark.parametrize("number", range(1, EVENTS.count("\n")))
@pytest.mark.parametrize("moved", [-2, -1, 1, 2])
def test_line_that_is_indented_wrongly_is_told_once(number: int, moved: int) -> None:
    """Where it can be read at all it may mean something else, of which nothing is known here."""
    lines = EVENTS.split("\n")
    own = len(lines[number]) - len(lines[number].lstrip())
    lines[number] = " " * max(own + moved, 0) + lines[number].lstrip()
    _, errors = read_yaml("\n".join(lines), 1, NAMES_IN_IT)

    assert len(errors) <= 1
    assert all(abs(error.line - number - 1) <= 1 for error in errors)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r'"C:\temp"', r"'C:\temp'"), (r'"D:\new"', r"'D:\new'"), (r'"Ở C:\bin nhé"', r"'Ở C:\bin nhé'"),
        (r'"%TEMP%\a"', r"'%TEMP%\a'"), (r'"..\new"', r"'..\new'"), (r'"thu-muc\temp"', r"'thu-muc\temp'"),
        (r'"\\may-chu\new"', r"'\may-chu\new'"), (r'"C:\\a\temp"', r"'C:\a\temp'"),
    ],
)  # fmt: skip
def test_path_in_double_quotes_is_told_with_single_ones(written: str, meant: str) -> None:
    read, errors = read_yaml(f"a: b\ntitle: {written}")
    faults = [(error.message, error.hint) for error in errors]
    faults += [fault for each in (read.escaped if read else ()) if (fault := fault_of_escapes(each)) is not None]
    [(message, hint)] = faults
    assert message.render() == "a backslash means something else in double quotes"
    assert hint is not None
    assert hint.render() == f"use single quotes: {meant}"


@pytest.mark.parametrize(
    "written",
    [
        r'"một\nhai"', r'"Nhóm A:\nđiều"', r'"C:\\temp"', r'"S\xe1ng \u1ea1"', r'"https:\/\/a.example"', r'"a \"b\" c"',
        r'"\t"', r'"Hết..\nHai"', r'"\\\\may\\x"', '"dài \\\n  nữa"',
    ],
)  # fmt: skip
def test_escape_that_is_meant_is_kept(written: str) -> None:
    as_json = re.sub(r"(?<!\\)\\x", r"\\u00", written).replace("\\\n  ", "")
    read = parse_yaml(f"title: {written}")
    assert read.value == {"title": json.loads(as_json)}
    assert [each for each in read.escaped if fault_of_escapes(each)] == []


def test_damage_that_escapes_bring_is_told() -> None:
    [escaped] = parse_yaml(r"a: x" + "\n" + r'title: "S\xeb Y t\xd5 th\xabng b\xb8o l\xdech ti\xaam"').escaped
    fault = fault_of_escapes(escaped)
    assert escaped.line == 2
    assert fault is not None
    assert fault[0].render().startswith("letters of an old font (TCVN3/ABC)")
