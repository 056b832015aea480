"""Files of a corpus: records as YAML, front matter with Markdown, and a folder that appears whole or not at all.

The emitter writes the subset of YAML that `plugins.portal.yaml_source` reads, twenty times as fast as the dumper of
pyyaml, in the form that people write: plain where that is safe, quoted where it is not, paragraphs as blocks.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from plugins.portal.fields import ContentModel
from plugins.portal.problems import PortalError

MARK = ".corpus.json"
"""Says that the folder is a corpus, and of which plan: such a folder may be written anew."""
OURS = frozenset({MARK, "province", "agencies", "schemas"})
PROGRESS_STEP = 100

_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()/%;–+]|-(?=\w)|(?<= )-(?= )|:(?=\w))*(?<![ ])")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_UNBLOCKABLE = re.compile(r"\A\s|\n\Z|[ \t]$|\t", re.MULTILINE)


def yaml_of(record: ContentModel, schema: str) -> str:
    """The record as YAML without what is left at its default, its schema named on the first line."""
    lines = [f"# yaml-language-server: $schema={schema}"]
    _emit_mapping(record.model_dump(exclude_defaults=True), "", lines)
    return "\n".join(lines) + "\n"


def markdown_of(front: ContentModel, schema: str, body: str) -> str:
    """The front matter and the text below it."""
    return f"---\n{yaml_of(front, schema)}---\n\n{body}\n"


def scalar(value: object) -> str:
    """One value on one line."""
    if value is True or value is False or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if not isinstance(value, str):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    if "\n" in value or _UNPRINTABLE.search(value):
        return _escaped(value)
    return "'" + value.replace("'", "''") + "'"


def _escaped(value: str) -> str:
    # JSON's quoting is YAML's; what YAML cannot hold as it is, JSON's own escapes leave alone.
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04X}", quoted)


def _emit_mapping(fields: dict[str, object], indent: str, lines: list[str], first: str | None = None) -> None:
    for name, value in fields.items():
        lead, first = (indent if first is None else first), None
        if isinstance(value, dict):
            lines.append(f"{lead}{name}:" if value else f"{lead}{name}: {{}}")
            _emit_mapping(value, indent + "  ", lines)
        elif isinstance(value, list | tuple):
            lines.append(f"{lead}{name}:" if value else f"{lead}{name}: []")
            _emit_entries(value, indent + "  ", lines)
        else:
            _emit_text(f"{lead}{name}: ", value, indent + "  ", lines)


def _emit_entries(entries: Iterable[object], indent: str, lines: list[str]) -> None:
    for entry in entries:
        if isinstance(entry, dict) and entry:
            _emit_mapping(entry, indent + "  ", lines, first=f"{indent}- ")
        elif isinstance(entry, dict):
            lines.append(f"{indent}- {{}}")
        else:
            _emit_text(f"{indent}- ", entry, indent + "  ", lines)


def _emit_text(lead: str, value: object, indent: str, lines: list[str]) -> None:
    blockable = isinstance(value, str) and "\n" in value and not _UNPRINTABLE.search(value)
    if isinstance(value, str) and blockable and not _UNBLOCKABLE.search(value):
        lines.append(f"{lead}|-")
        lines.extend(indent + line if line else "" for line in value.split("\n"))
    else:
        lines.append(lead + scalar(value))


def refuse_to_overwrite(folder: Path) -> None:
    """Raise `PortalError` unless `folder` is missing, empty, or a corpus with nothing else in it."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise PortalError(f"{folder} is not a folder: name a folder that does not exist yet")
    present = {entry.name for entry in folder.iterdir()}
    if present and MARK not in present:
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
