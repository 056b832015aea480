"""The emitter against the parser: what is written is what is read, whatever the text."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from plugins.corpus.writing import scalar, yaml_of
from plugins.portal.characters import FORBIDDEN, tidy
from plugins.portal.fields import ContentModel
from plugins.portal.yaml_source import parse_yaml


class Entry(ContentModel):
    """A record in a record."""

    text: str = ""
    number: float | None = None


class Sheet(ContentModel):
    """Every shape that the content's models have."""

    text: str
    flag: bool | None = None
    words: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    entry: Entry | None = None


# Surrogates and control characters are no text: `records.text` takes them out before anything is written, and reading
# tidies what is left.
texts = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.text("ab 'đ\n\t\"#:-|>&*!%@`{}[],?~=\\\x85\u2028\ufeff01.", max_size=12),
    st.sampled_from(["null", "True", "yes", "~", "1.10", "0x1f", "2019-09-24", "12:30", "- a", "a: b", "a #b", "…"]),
).map(lambda text: tidy(FORBIDDEN.sub("", text)))


@given(texts, st.booleans() | st.none(), st.lists(texts, max_size=3), st.lists(texts, max_size=2), st.floats(-1e9, 1e9))
def test_what_is_written_is_read_again(
    text: str, flag: bool | None, words: list[str], entries: list[str], number: float
) -> None:
    sheet = Sheet.model_construct(
        text=text,
        flag=flag,
        words=tuple(words),
        entries=tuple(Entry.model_construct(text=entry, number=number) for entry in entries),
        entry=Entry.model_construct(text=text, number=None),
    )
    written = yaml_of(sheet, "x.schema.json")
    assert parse_yaml(written).value == sheet.model_dump(mode="json", exclude_defaults=True)


@given(texts)
def test_a_text_stays_text_for_other_readers_of_yaml(text: str) -> None:
    assert yaml.load(f"- {scalar(text)}\n", Loader=yaml.CSafeLoader) == [text]  # the safe loader


def test_plain_text_is_written_plain_and_paragraphs_as_a_block() -> None:
    sheet = Sheet(text="Sở Y tế - điều 5", words=("1.001193", "Lưu ý: đọc kỹ", "một\n\nhai"))
    assert yaml_of(sheet, "sheet.json") == (
        "# yaml-language-server: $schema=sheet.json\n"
        "text: Sở Y tế - điều 5\n"
        "words:\n"
        "  - '1.001193'\n"
        "  - 'Lưu ý: đọc kỹ'\n"
        "  - |-\n"
        "    một\n"
        "\n"
        "    hai\n"
    )
