"""Compiled templates that are kept: whatever becomes of an entry, the page is what its template says."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.bccache import Bucket

from plugins.presentation.template_cache import SIZE, TemplateCache

TEMPLATES = {"a.html": "<p>{{ name }}</p>", "b.html": "<h1>{{ name }}</h1>"}


def rendered(folder: Path, name: str = "a.html", words: str = "vi") -> str:
    environment = Environment(loader=DictLoader(TEMPLATES), bytecode_cache=TemplateCache(folder, words))  # noqa: S701
    return environment.get_template(name).render(name="Tin")


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(tmp_path) == "<p>Tin</p>"
    monkeypatch.delattr(Environment, "compile")

    assert rendered(tmp_path) == "<p>Tin</p>"
    assert [path.suffix for path in entries(tmp_path)] == [".cache"]


def test_entry_that_is_damaged_anywhere_is_a_miss_and_is_written_anew(tmp_path: Path) -> None:
    rendered(tmp_path)
    [entry] = entries(tmp_path)
    whole = entry.read_bytes()
    damaged = [whole[:length] for length in range(0, len(whole), 7)]
    damaged += [whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :] for at in range(0, len(whole), 5)]
    damaged += [whole[SIZE:], whole + b"\0", b"\0" * len(whole)]

    for content in damaged:
        entry.write_bytes(content)
        assert rendered(tmp_path) == "<p>Tin</p>"
        assert entry.read_bytes() == whole


def test_entry_of_another_template_is_a_miss(tmp_path: Path) -> None:
    """Also of one with the same source: its code carries its own name."""
    rendered(tmp_path, "b.html")
    [other] = entries(tmp_path)
    rendered(tmp_path)
    [entry] = set(entries(tmp_path)) - {other}
    entry.write_bytes(other.read_bytes())

    assert rendered(tmp_path) == "<p>Tin</p>"

    environment = Environment()  # noqa: S701
    bucket = Bucket(environment, "another", "checksum")
    bucket.code = environment.compile("Tin")
    TemplateCache(tmp_path, "vi").dump_bytecode(bucket)
    written = (tmp_path / "__jinja2_another.cache").read_bytes()
    (tmp_path / "__jinja2_one.cache").write_bytes(written)
    one = Bucket(environment, "one", "checksum")
    TemplateCache(tmp_path, "vi").load_bytecode(one)
    assert one.code is None


def test_template_whose_source_has_changed_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path)
    monkeypatch.setitem(TEMPLATES, "a.html", "<b>{{ name }}</b>")

    assert rendered(tmp_path) == "<b>Tin</b>"
    assert rendered(tmp_path) == "<b>Tin</b>"
    assert len(entries(tmp_path)) == 1


def test_entry_that_cannot_be_read_is_a_miss(tmp_path: Path) -> None:
    rendered(tmp_path)
    [entry] = entries(tmp_path)
    entry.unlink()
    entry.symlink_to("nowhere")

    assert rendered(tmp_path) == "<p>Tin</p>"


def test_template_that_has_other_words_is_another_entry(tmp_path: Path) -> None:
    rendered(tmp_path)

    rendered(tmp_path, words="en")

    assert len(entries(tmp_path)) == 2
