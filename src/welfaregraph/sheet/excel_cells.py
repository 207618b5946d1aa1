"""Cells of an Excel file: text as text, numbers and days as such, never a formula."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from welfaregraph.sheet.layout import Column
from welfaregraph.xlsx import FORMULA, SIZE, styles

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["DOUBT", "GUARDED", "LIST_OF", "MUST", "form_of", "lock", "put", "valued", "width"]

#: Behind what must be filled, what is not to be changed, what is to be verified, and the rest.
MUST, GUARDED, DOUBT, LIST_OF = "FCE4D6", "EDEDED", "FFEB9C", "F7F9FC"
#: Excel's first and last day that a cell can be.
DAYS = ("1900-03-01", "9999-12-31")
#: Digits that Excel keeps of a number.
EXACT = 15


def form_of(column: Column) -> str:
    """Return the form in which Excel shows the cells of a column."""
    return {"integer": "0", "decimal": "General", "date": "yyyy-mm-dd"}.get(column.kind, "@")


def valued(text: str, column: Column) -> object:
    """Return a text as the cell holds it: numbers and days as such."""
    if column.kind == "integer" and text and len(text) <= EXACT:
        return int(text)
    if column.kind == "decimal" and text and str(float(text)) == text:
        return float(text)
    if column.kind == "date" and DAYS[0] <= text <= DAYS[1] and len(text) == len(DAYS[0]):
        return datetime.date.fromisoformat(text)
    return text


def width(
    page: Worksheet, index: int, width: int, *, hidden: bool = False, form: str = ""
) -> None:
    """Make a column so wide."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    dimension = page.column_dimensions[get_column_letter(index)]
    dimension.width = width
    dimension.hidden = hidden
    dimension.outlineLevel = int(hidden)
    if form:
        dimension.number_format = form
        dimension.alignment = Alignment(wrap_text=True, vertical="top")


def lock(page: Worksheet) -> None:
    """Protect a sheet, without a password."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.autoFilter = False


def put(
    cell: Cell | MergedCell, value: object, *, size: int = SIZE, bold: bool = False,
    fill: str = "", boxed: bool = True, wrap: bool = True,
) -> None:  # fmt: skip
    """Write a value, text as text and never as a formula."""
    from openpyxl.styles import Alignment

    font, alignment, border, paint = styles(size, bold, fill)
    if isinstance(value, str):
        cell.number_format = "@"
        if value:
            cell.value = value
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA)
    else:
        cell.value = value  # type: ignore[assignment]
        is_day = isinstance(value, datetime.date)
        alignment = Alignment(horizontal="center", vertical="top")
        cell.number_format = "yyyy-mm-dd" if is_day else "General"
    cell.font = font
    cell.alignment = alignment if wrap else Alignment(vertical="top")
    if fill:
        cell.fill = paint
    if boxed:
        cell.border = border
