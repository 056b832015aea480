"""Files of a corpus: front matter with Markdown, and a folder that appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.portal.fields import ContentModel
from plugins.portal.problems import PortalError
from plugins.portal.yaml_text import record_text

MARKER = ".corpus.json"
"""Says that the folder is a corpus, and of which plan: such a folder may be written anew."""
OURS = frozenset({MARKER, "province", "agencies", "schemas"})
PROGRESS_STEP = 100


def markdown_of(front: ContentModel, schema: str, body: str) -> str:
    """The front matter and the text below it."""
    return f"---\n{record_text(front, schema)}---\n\n{body}\n"


def refuse_to_overwrite(folder: Path) -> None:
    """Raise `PortalError` unless `folder` is missing, empty, or a corpus with nothing else in it."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise PortalError(f"{folder} is not a folder: name a folder that does not exist yet")
    present = {entry.name for entry in folder.iterdir()}
    if present and MARKER not in present:
        raise PortalError(f"{folder} is not empty and is no corpus made before: name another folder or empty it")
    foreign = sorted(present - OURS)
    if foreign:
        raise PortalError(f"{folder} holds what the corpus did not write ({', '.join(foreign)}): move it elsewhere")


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, that takes the place of `folder` when all is done and vanishes when it is not."""
    refuse_to_overwrite(folder)
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{folder.name}-", suffix=".unfinished", dir=folder.parent
        ) as workshop:
            unfinished = Path(workshop, "corpus")
            unfinished.mkdir()
            yield unfinished
            _put_in_place(unfinished, folder, Path(workshop, "before"))
    except OSError as error:
        raise PortalError(f"{folder} cannot be written: {error.strerror or error}") from error


def _put_in_place(finished: Path, folder: Path, before: Path) -> None:
    if not folder.exists():
        finished.rename(folder)
        return
    folder.rename(before)
    try:
        finished.rename(folder)
    except BaseException:
        before.rename(folder)
        raise


def write_files(folder: Path, files: Iterable[tuple[str, str]], progress: Callable[[int], None] | None) -> int:
    """Write each text to its path below `folder`; tell `progress` how many are written, and return their number."""
    known: set[str] = set()
    written = 0
    for inside, content in files:
        parent = inside.rpartition("/")[0]
        if parent not in known:
            Path(folder, parent).mkdir(parents=True, exist_ok=True)
            known.add(parent)
        # Plain calls: at eleven thousand files the layers of `Path.write_text` are a fifth of the whole time.
        handle = os.open(f"{folder}/{inside}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(handle, "wb", buffering=0) as stream:  # noqa: PTH123  # a descriptor, not a path
            stream.write(content.encode())
        written += 1
        if progress is not None and written % PROGRESS_STEP == 0:
            progress(written)
    if progress is not None and written % PROGRESS_STEP:
        progress(written)
    return written
