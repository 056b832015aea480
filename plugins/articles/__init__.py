"""News articles and pages: the reader that turns their Markdown into safe HTML."""

from __future__ import annotations

from pelican import signals
from pelican.readers import Readers

from plugins.articles.reader import TextReader


def use_reader(readers: Readers) -> None:
    """Markdown is ours to read, and nothing else is text."""
    static = readers.reader_classes["static"]
    readers.reader_classes = {"static": static, "md": TextReader}


def register() -> None:
    signals.readers_init.connect(use_reader)
