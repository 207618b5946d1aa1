"""The pages of an Excel file, guarded against what is none, too big or harmful."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph.errors import InputError, WelfareGraphError
from welfaregraph.sheet.pages import Grid
from welfaregraph.sheet.record import Cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["excel_grids", "is_open_elsewhere"]

#: The biggest file, and the most it may hold when unpacked, bytes.
LARGEST, UNPACKED = 30_000_000, 80_000_000
#: How far into a part a document type, which no workbook has, may stand.
PROLOGUE = 65_536
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
#: Rows from which on merged cells hide values.
FIRST = 3


def excel_grids(path: Path) -> tuple[list[Grid], list[WelfareGraphError]]:
    """Return the pages of an Excel file, and merged cells and formulas as problems.

    :raises InputError: it is no Excel workbook, has macros or a password, or is too big
    """
    raw = _raw(path)
    _refuse(raw, path)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(raw), data_only=False, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError,
            SyntaxError, OSError, IndexError, AttributeError) as error:  # fmt: skip
        raise InputError("workbook-broken", where=str(path), reason=str(error)) from error
    problems: list[WelfareGraphError] = []
    grids = [_grid(sheet, problems) for sheet in book.worksheets]
    return grids, problems


def _raw(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(
                "workbook-too-big", where=str(path), size=size // 10**6, most=LARGEST // 10**6
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no-such-file", where=str(path)) from None
    except PermissionError:
        raise InputError("workbook-locked", where=str(path)) from None
    except OSError as error:
        raise InputError("unreadable", where=str(path), reason=error.strerror) from error


def _refuse(raw: bytes, path: Path) -> None:
    """Refuse what is not an Excel workbook without macros."""
    where = str(path)
    if raw.startswith(OLE):
        key = "workbook-encrypted" if ENCRYPTED in raw else "workbook-old"
        raise InputError(key, where=where)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            if sum(info.file_size for info in packed.infolist()) > UNPACKED:
                raise InputError("workbook-bomb", where=where, most=UNPACKED // 10**6)
            if "mimetype" in names and b"opendocument" in packed.read("mimetype")[:100]:
                raise InputError("workbook-ods", where=where)
            if path.suffix.lower() in {".xlsm", ".xltm"} or any(
                name.lower().endswith("vbaproject.bin") for name in names
            ):
                raise InputError("workbook-macros", where=where)
            if "xl/workbook.xml" not in names:
                raise InputError("workbook-foreign", where=where)
            for name in names:
                with packed.open(name) as part:
                    if any(mark in part.read(PROLOGUE) for mark in DOCTYPES):
                        raise InputError("workbook-entities", where=where)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise InputError("workbook-none", where=where) from error


def _grid(sheet: Worksheet, problems: list[WelfareGraphError]) -> Grid:
    for merged in sheet.merged_cells.ranges:
        if merged.max_row >= FIRST:
            where = f"{sheet.title}!{merged.coord}"
            problems.append(InputError("workbook-merged", where=where))
    cells: dict[tuple[int, int], Cell] = {}
    for at, cell in sheet._cells.items():
        value = cell.value
        if value is None or value == "":
            continue
        if cell.data_type in {"f", "e"} and at[0] >= FIRST:
            where = f"{sheet.title}!{cell.coordinate}"
            shown = str(getattr(value, "text", value))
            problems.append(InputError("workbook-formula", where=where, value=shown[:40]))
            continue
        text, is_number = _text(value)
        cells[at] = Cell(text, cell.coordinate, is_number)
    return Grid(sheet.title, cells)


def _text(value: object) -> tuple[str, bool]:
    """Return a cell as text, and whether it holds a number."""
    if isinstance(value, bool):
        return str(value).upper(), False
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer()
        return str(int(value)) if whole else repr(value), True
    if isinstance(value, datetime.datetime):
        return value.date().isoformat(), False
    if isinstance(value, datetime.date):
        return value.isoformat(), False
    return str(value).replace("\r\n", "\n").replace("_x000D_", ""), False


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or LibreOffice seems to have the file open: their marks lie beside it."""
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return any((path.parent / mark).exists() for mark in marks)
