"""Rows of XLSX workbooks as text, through openpyxl; formulas as the values that were saved with them."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from plugins.importing.problems import ImportStopped

MAX_SHEET_ROWS = 1_048_576
"""What Excel itself can hold; a file may name a row far beyond, and openpyxl would count up to it."""
BATCH = 500
MAX_SHEETS = 50

DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, OverflowError, AssertionError,
)  # fmt: skip
"""What openpyxl stumbles over in workbooks that are not well made: it has no error of its own for them.

`SyntaxError` is what both parsers of XML that it may use raise."""


def rows_of(content: bytes, file: str, columns: int) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """The sheets by title, each with its rows and their numbers from 1; only so many columns of each."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that it does not keep: we read values only
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except DAMAGED as error:
        raise unreadable(file) from error
    for sheet in book.worksheets[:MAX_SHEETS]:
        yield str(sheet.title), _rows(sheet, file, columns)
    book.close()


def _rows(sheet: Any, file: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(max_col=columns, max_row=MAX_SHEET_ROWS, values_only=True)
    passed = 0
    while batch := _next(rows, file):
        for number, cells in enumerate(batch, passed + 1):
            # Many a sheet has a hundred thousand rows with nothing but a frame.
            empty = cells.count(None) == len(cells)
            yield number, [] if empty else _without_empty_end([written(cell) for cell in cells])
        passed += len(batch)


def _next(rows: Iterator[tuple[object, ...]], file: str) -> list[tuple[object, ...]]:
    """Some rows at a time: to set warnings aside takes longer than to read a row."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(islice(rows, BATCH))
    except DAMAGED as error:
        raise unreadable(file) from error


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def unreadable(file: str) -> ImportStopped:
    return ImportStopped("{file} is no workbook that can be read: save it again as .xlsx or as CSV in UTF-8", file=file)


def written(cell: object) -> str:
    """A cell as text: a number as it is typed, a day as 2019-11-26."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell!r}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
