"""What is written is what is read again, whatever the text, and it looks as people write it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.characters import FORBIDDEN, tidy
from plugins.portal.fields import ContentModel
from plugins.portal.procedure import Procedure
from plugins.portal.yaml_source import parse_yaml
from plugins.portal.yaml_text import WIDTH, field_text, record_text, scalar

ODD = [
    "null", "True", "yes", "~", "1.10", "0x1f", "2019-09-24", "12:30", "- a", "a: b", "a #b", "…", "'", '"', "a\nb",
    "a\n\n\nb", "a\n  b", "a \nb", "{a}", "[a", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "? a", ": ", "#", "---",
    "a\tb", "👨‍🌾 ấp 🛶", "x" * 300, "hai  dấu cách " * 30, "từ " * 80, "a: " * 60, "- dòng\n" * 9, "\\n", "=", "<<",
]  # fmt: skip
PARTS = ["từ", "dài", "  ", "\n", "-", "#", ":", "'", "hai", "x" * 115]
anything = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.text("ab 'đ\n\t\"#:-|>&*!%@`{}[],?~=\\\x85\u2028\ufeff.01", max_size=300),
    st.sampled_from(ODD),
    st.lists(st.sampled_from(PARTS), max_size=80).map(" ".join),
).map(lambda text: tidy(FORBIDDEN.sub("", text)))
"""Surrogates and control characters are no text, and reading tidies what is left."""
texts = anything.map(str.strip).filter(bool)
"""What records hold: the models strip the ends."""
words = texts.map(lambda text: " ".join(text.split())[:300].strip()).filter(bool)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def some(model: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(model, max_size=2)


fees: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"note": texts},
    optional={"kind": st.sampled_from(["fee", "charge"]), "amount": st.integers(0, 10**12), "per": words},
)
limits: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"amount": st.floats(0.01, 10_000), "unit": st.sampled_from(["working_day", "hour"])}, optional={"note": texts}
)
channels: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"kind": st.sampled_from(["in_person", "online", "post"])},
    optional={"time_limits": some(limits), "fees": some(fees), "note": texts},
)
papers: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"name": texts},
    optional={
        "originals": st.integers(0, 99),
        "show_only": st.booleans(),
        "forms": some(st.fixed_dictionaries({"name": words})),
    },
)
steps: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"steps": st.lists(texts, min_size=1, max_size=3)}, optional={"case": texts}
)
records: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {
        "code": st.from_regex(r"[1-6]\.[0-9]{6}", fullmatch=True),
        "name": texts,
        "field": st.sampled_from(["ho-tich", "1-2", "no", "null", "1e3"]),
        "performed_by": st.lists(st.sampled_from(["province", "commune"]), min_size=1, max_size=2),
    },
    optional={
        "description": texts,
        "keywords": st.lists(words, max_size=3),
        "conditions": st.lists(texts, max_size=2),
        "decision": st.fixed_dictionaries({"number": words}, optional={"date": days}),
        "steps": some(steps),
        "channels": some(channels),
        "papers": some(st.fixed_dictionaries({"papers": st.lists(papers, min_size=1, max_size=2)})),
        "online_level": st.integers(1, 4),
        "postal_return": st.booleans(),
        "reviewed": days,
    },
)


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


@given(
    anything,
    st.booleans() | st.none(),
    st.lists(anything, max_size=3),
    st.lists(anything, max_size=2),
    st.floats(-1e9, 1e9),
)
def test_every_shape_of_value_is_read_again(
    text: str, flag: bool | None, words: list[str], entries: list[str], number: float
) -> None:
    sheet = Sheet.model_construct(
        text=text,
        flag=flag,
        words=tuple(words),
        entries=tuple(Entry.model_construct(text=entry, number=number) for entry in entries),
        entry=Entry.model_construct(text=text, number=None),
    )
    written = record_text(sheet, "x.schema.json")
    assert parse_yaml(written).value == sheet.model_dump(mode="json", exclude_defaults=True)


@given(records)
def test_a_procedure_is_read_again(values: dict[str, object]) -> None:
    record = Procedure.model_validate(values)
    written = record_text(record, "../../schemas/procedure.schema.json")
    assert Procedure.model_validate(parse_yaml(written).value) == record


@given(st.sampled_from(list(Procedure.model_fields)), texts)
def test_a_field_alone_is_read_again(name: str, text: str) -> None:
    assert parse_yaml(field_text(name, [text, {"note": text}])).value == {name: [text, {"note": text}]}


@given(anything)
def test_a_text_stays_text_for_other_readers_of_yaml(text: str) -> None:
    assert yaml.load(f"- {scalar(text)}\n", Loader=yaml.CSafeLoader) == [text]  # the safe loader


def test_a_record_looks_as_people_write_it() -> None:
    record = Procedure.model_validate(
        {
            "code": "1.000500",
            "name": "Cấp thẻ",
            "field": "thu-nghiem",
            "performed_by": ["commune"],
            "description": "Ai cũng nộp được đơn này. " * 5 + "Hết.",
            "steps": [{"steps": ["Nộp đơn.\n+ nộp ở quầy", "Lưu ý: nhận thẻ"]}],
            "channels": [{"kind": "in_person", "fees": [{"kind": "fee", "amount": 8000, "per": "bản"}]}],
            "legal_basis": [{"number": "60/2014/QH13", "title": "Luật Hộ tịch"}],
            "reviewed": date(2019, 9, 24),
        }
    )
    assert record_text(record, "../../schemas/procedure.schema.json") == (
        "# yaml-language-server: $schema=../../schemas/procedure.schema.json\n"
        "code: '1.000500'\n"
        "name: Cấp thẻ\n"
        "field: thu-nghiem\n"
        "performed_by:\n"
        "  - commune\n"
        "description: >-\n"
        "  Ai cũng nộp được đơn này. Ai cũng nộp được đơn này. Ai cũng nộp được đơn này. Ai cũng nộp được đơn này. Ai\n"
        "  cũng nộp được đơn này. Hết.\n"
        "steps:\n"
        "  - steps:\n"
        "      - >-\n"
        "        Nộp đơn.\n"
        "\n"
        "        + nộp ở quầy\n"
        "      - 'Lưu ý: nhận thẻ'\n"
        "channels:\n"
        "  - kind: in_person\n"
        "    fees:\n"
        "      - kind: fee\n"
        "        amount: 8000\n"
        "        per: bản\n"
        "legal_basis:\n"
        "  - number: '60/2014/QH13'\n"
        "    title: Luật Hộ tịch\n"
        "reviewed: 2019-09-24\n"
    )


def test_long_text_is_broken_at_the_width() -> None:
    written = field_text("description", "một hai ba bốn " * 60 + "hết")
    assert max(len(line) for line in written.splitlines()) <= WIDTH
    assert len(written.splitlines()) > 5


def test_a_list_in_a_list_is_refused_for_it_would_be_lost() -> None:
    with pytest.raises(TypeError, match="no model has a list in a list"):
        field_text("steps", [["Nộp đơn"]])
