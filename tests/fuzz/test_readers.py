"""The three readers, front matter, YAML and Markdown, on whatever may be written: no crash, no hang, no silent loss.

Runs a few seconds with the other tests; `PORTAL_FUZZ_SECONDS` gives all three together so many, as `.ci/run` does.
"""

from __future__ import annotations

import gc
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from plugins.articles.markup import Renderer
from plugins.portal.sites import Site
from plugins.portal.yaml_comments import swallowed_comments
from plugins.portal.yaml_source import Value, YamlError, YamlSource, parse_yaml
from tests.articles.made_up import PIECES, SYLLABLES, W
from tests.articles.made_up import texts as made_up_texts
from tests.articles.rendering import is_shown, shown_words, words_of
from tests.portal.contents import ContentFolder
from tests.processors import took_less

pytestmark = pytest.mark.heavy

SECONDS = float(os.environ.get("PORTAL_FUZZ_SECONDS", "6")) / 3
"""For each reader."""
LIMIT = 2.0
"""Seconds of a processor that 100 KB may take."""
SIZE = 100_000
SYLLABLE = frozenset(SYLLABLES)

Input = TypeVar("Input")


@dataclass(frozen=True)
class Repeated:
    """A piece again and again, up to 100 KB: what an algorithm takes longest with. Small where it is shown."""

    first: str
    piece: str

    def __str__(self) -> str:
        return self.first + self.piece * ((SIZE - len(self.first)) // len(self.piece))


def fuzz(inputs: st.SearchStrategy[str], pieces: st.SearchStrategy[str], check: Callable[[str], None]) -> None:
    """Try inputs, and pieces repeated, until the time is over; the same ones each time, as far as the machine gets."""
    few = st.lists(pieces, min_size=1, max_size=4).map("".join).filter(bool)
    end = time.monotonic() + SECONDS
    for number in count():

        @seed(number)
        @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(inputs | st.builds(Repeated, few, few))
        def tried(written: str | Repeated) -> None:
            check(str(written))

        tried()
        if time.monotonic() >= end:
            break


def in_time(read: Callable[[], Input], size: int) -> Input:
    """What `read` gives, in the time that `size` characters may take.

    A busy machine gets two tries more, and a slow one as much more time as it is slower; looking through all objects
    of the other tests is no part of it.
    """
    limit = max(LIMIT * size / SIZE, LIMIT / 2)
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            started = time.process_time()
            outcome = read()
            taken = time.process_time() - started
            if took_less(taken, limit):
                return outcome
    finally:
        gc.enable()
    raise AssertionError(f"{size} characters took more than {limit} seconds")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> ContentFolder:
    content = ContentFolder.of(tmp_path_factory.mktemp("fuzz") / "content")
    content.write("media/anh.png", b"\x89PNG\r\n")
    return content


MARKDOWN = st.sampled_from([piece.replace(W, "ác") for piece in PIECES]) | st.sampled_from(
    ["\n", "\n\n", " ", "ác", "a"]
)


def test_any_markdown_is_rendered_or_refused(content: ContentFolder) -> None:
    content.write("pages/trang.md", "---\ntitle: Trang\n---\n")
    renderers: dict[int, Renderer] = {}

    def check(body: str) -> None:
        content.write("pages/trang.md", f"---\ntitle: Trang\n---\n{body}")
        site = content.load()
        if site.problems:  # what a file must not hold
            assert all(problem.line for problem in site.problems)
            return
        entry = site.texts["pages/trang.md"]
        renderer = renderers.setdefault(0, Renderer(site, ""))
        found = in_time(lambda: renderer.render(entry), len(body))
        told = {remark.line for remark in [*found.problems, *found.advice]}
        assert told <= set(range(4, 5 + entry.body.count("\n")))
        assert all(problem.hint for problem in found.problems[:50])
        shown = frozenset(shown_words(found.html))
        if len(body) < 3_000:
            untold = [(n, line) for n, line in enumerate(entry.body.split("\n"), 4) if n not in told]
            for number, line in untold:
                words = set(words_of(line)) & SYLLABLE
                lost = {word for word in words if not is_shown(word, line, found.html, shown)}
                assert (number, lost) == (number, set())

    fuzz(made_up_texts | st.text(max_size=300), MARKDOWN | st.text(min_size=1, max_size=3), check)


YAML_PIECES = [
    "a: ", "b:", "title: ", "date: ", "- ", "? ", ": ", ",", "[", "]", "{", "}", "|", ">", ">-\n", "|2\n", "&a ",
    "*a", "!!str ", "!x ", "#", " # ", " #", "'", '"', "''", "\\", "\\n", '"\\u0000"', "%", "@", "`", "---", "...",
    "<<: ", "~", "null", "true", "1", "1.001193", "0x1f", ".inf", "2019-09-24", "\n", "\n  ", "\n- ", "\n    ", "\t",
    " ", "ác", "ải ấm", "ận: ẳng",
]  # fmt: skip
YAML = st.lists(st.sampled_from(YAML_PIECES), max_size=20).map("".join)


def read_yaml(written: str) -> YamlSource | int:
    """What it holds, or the line at which it is refused."""
    try:
        return parse_yaml(written)
    except YamlError as error:
        return error.line


def texts_in(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def without_remarks(written: str) -> str:
    return re.sub(r"(?:^|(?<=\s))#.*", "", written, flags=re.MULTILINE)


def test_any_yaml_is_read_or_refused() -> None:
    def check(written: str) -> None:
        source = in_time(lambda: read_yaml(written), len(written))
        if isinstance(source, int):
            assert 1 <= source <= written.count("\n") + 1
            return
        comments = list(swallowed_comments(written, source))
        assert all(1 <= comment.line <= written.count("\n") + 1 for comment in comments)
        read = set(words_of(" ".join(texts_in(source.value))))
        assert not (set(words_of(without_remarks(written))) & SYLLABLE) - read

    fuzz(YAML | st.text(max_size=200), st.sampled_from(YAML_PIECES), check)


FRONT = st.lists(
    st.sampled_from(["title: ", "date: 2019-09-24", "summary: ", "topics: [", "author: ", "x: ", "status: draft", "- "])
    | st.sampled_from(YAML_PIECES),
    max_size=14,
).map("".join)
ARTICLE = st.tuples(
    st.sampled_from(["---\n", "---  \n", "\n---\n", "", "--- \n---\n", "----\n"]),
    st.just("title: ác\ndate: 2019-09-24\nsummary: ải\n") | st.just(""),
    FRONT,
    st.sampled_from(["\n---\n", "---\n", "", "\n--- x\n", "\n...\n"]),
    made_up_texts | st.just(""),
).map("".join)


def test_any_article_is_read_or_refused(content: ContentFolder) -> None:
    (content.agency / "pages").mkdir(exist_ok=True)
    for page in (content.agency / "pages").iterdir():
        page.unlink()

    def check(written: str) -> None:
        content.write("news/2019/tin.md", written)
        site = in_time(content.load, len(written))
        lines = len(written.split("\n"))
        assert all(1 <= (problem.line or 1) <= lines for problem in site.problems)
        if site.problems:
            return
        _nothing_lost(site, written)

    pieces = st.sampled_from(["---\n", "title: ác\n", "a: b\n", "x", "\n"])
    fuzz(ARTICLE | st.text(max_size=200), pieces, check)


def _nothing_lost(site: Site, written: str) -> None:
    """A syllable of the file is in its record, in its body, or told; remarks are remarks."""
    [entry] = site.texts.values()
    record = " ".join(texts_in(entry.record.model_dump(mode="json")))
    kept = set(words_of(record)) | set(words_of(entry.body))
    told = {advice.line for advice in site.advice}
    for number, line in enumerate(written.split("\n"), 1):
        if number not in told:
            assert (number, (set(words_of(without_remarks(line))) & SYLLABLE) - kept) == (number, set())
