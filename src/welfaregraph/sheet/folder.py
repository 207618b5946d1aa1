"""The same rows as a folder of CSV files, for those who work with scripts."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rdflib.term import Node

from welfaregraph.errors import InputError, WelfareGraphError
from welfaregraph.sheet.layout import Layout, Sheet
from welfaregraph.sheet.pages import Grid, letter
from welfaregraph.sheet.record import Book, Cell, Record
from welfaregraph.sheet.residue import REST_COLUMNS, rest_rows
from welfaregraph.speech import phrase
from welfaregraph.xlsx import FORMULA

__all__ = ["as_csv", "csv_grids"]

#: The largest CSV file, bytes.
LARGEST = 80_000_000


def as_csv(book: Book, layout: Layout, language: str) -> dict[str, str]:
    """Return name of a file → its text, comma-separated, for UTF-8 with a byte order mark."""

    def word(key: str) -> str:
        return phrase(f"workbook.{key}", language)

    pages: list[tuple[str, Iterable[Sequence[str]]]] = []
    for sheet in layout.sheets:
        records = book.sheets.get(sheet.name, ())
        rows = (
            _form(sheet, records, language) if sheet.form else _table(sheet, records, language)
        )
        pages.append((sheet.title(language), rows))
    heads = [word(f"rest-{name}") for name in REST_COLUMNS]
    pages.append((word("rest"), [heads, *rest_rows(book.rest)]))
    facts = {"path": book.path, "version": str(layout.version), "language": language}
    given = {
        "facts": facts,
        "identifiers": dict.fromkeys(sorted(book.identifiers - {""}), ""),
        "uncited": dict.fromkeys(sorted(book.uncited or ()), ""),
    }
    pages.append((word("lists"), _lists({**given, **book.lists})))
    return {f"{title}.csv": _written(rows) for title, rows in pages}


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    shielded = ([_shielded(text) for text in row] for row in rows)
    csv.writer(out, lineterminator="\r\n").writerows(shielded)
    return out.getvalue()


def _shielded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    >>> _shielded("=SUM(A1)"), _shielded("'x"), _shielded("x")
    ("'=SUM(A1)", "''x", 'x')
    """
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def _table(sheet: Sheet, records: Sequence[Record], language: str) -> list[list[str]]:
    heads = [phrase("workbook.identifier", language)]
    names = ["id"]
    if sheet.key:
        heads.append(phrase("workbook.key", language))
        names.append("key")
    heads += [column.title(language) for column in sheet.columns]
    names += [column.name for column in sheet.columns]
    return [heads, *([record.text(name) for name in names] for record in records)]


def _form(sheet: Sheet, records: Sequence[Record], language: str) -> list[list[str]]:
    record = records[0] if records else Record({})
    heads = [phrase("workbook.item", language), phrase("workbook.content", language)]
    return [heads, *([c.title(language), record.text(c.name)] for c in sheet.columns)]


def _lists(lists: Mapping[str, Mapping[str, Node | str]]) -> list[list[str]]:
    """Return the lists as columns, as the Excel file has them."""
    height = max(map(len, lists.values()), default=0)
    columns = [
        (name, list(words), [str(thing) for thing in words.values()])
        for name, words in lists.items()
    ]
    rows = [[text for name, _, _ in columns for text in (name, "")]]
    for at in range(height):
        rows.append([
            text
            for _, words, things in columns
            for text in ((words[at], things[at]) if at < len(words) else ("", ""))
        ])  # fmt: skip
    return rows


def csv_grids(folder: Path) -> tuple[list[Grid], list[WelfareGraphError], list[str]]:
    """Return the pages of a folder of CSV files, their problems, and files read as CP932.

    :raises InputError: there is no such folder, or no CSV file in it
    """
    if not folder.is_dir():
        raise InputError("no-such-folder", where=str(folder))
    grids: list[Grid] = []
    problems: list[WelfareGraphError] = []
    legacy: list[str] = []
    for path in sorted(folder.glob("*.csv")):
        try:
            text, is_legacy = _text(path)
            grids.append(_grid(path, text))
        except InputError as error:
            problems.append(error)
        else:
            legacy += [path.name] if is_legacy else []
    if not grids and not problems:
        raise InputError("workbook-no-csv", where=str(folder))
    return grids, problems, legacy


def _text(path: Path) -> tuple[str, bool]:
    """Return the text of a file, and whether it was in the encoding of Japanese Windows."""
    try:
        if path.stat().st_size > LARGEST:
            size, most = path.stat().st_size // 10**6, LARGEST // 10**6
            raise InputError("workbook-too-big", where=str(path), size=size, most=most)
        raw = path.read_bytes()
    except OSError as error:
        raise InputError("unreadable", where=str(path), reason=error.strerror) from error
    is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in () if is_utf16 else ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding), encoding == "cp932"
        except UnicodeDecodeError:
            continue
    raise InputError("workbook-csv-encoding", where=str(path))


def _grid(path: Path, text: str) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    csv.field_size_limit(LARGEST)
    try:
        for row, fields in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            for column, value in enumerate(fields, 1):
                if value:
                    place = f"{letter(column)}{row}"
                    bare = value.removeprefix("'").replace("\r\n", "\n")
                    cells[row, column] = Cell(bare, place, bare.isdecimal())
    except csv.Error as error:
        raise InputError("workbook-csv", where=str(path), reason=str(error)) from error
    return Grid(path.stem, cells)
