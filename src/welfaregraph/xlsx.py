"""House style of Excel workbooks: fonts, heights, paper, and the same bytes every time."""

from __future__ import annotations

import datetime
import io
import math
import zipfile
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from welfaregraph.pictures.svg import width_em

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["FONT", "FORMULA", "HEAD", "SIZE", "print_wide", "row_height", "saved", "styles"]

#: Font with Japanese glyphs in every Japanese Excel; others put their own in its place.
FONT, SIZE = "游ゴシック", 10
#: Behind headings.
HEAD = "DCE6F1"
#: A text that starts like this could run as a formula in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
A4, A3, WIDE = 9, 8, 150  # papers as Excel numbers them; wider sheets (characters) are for A3
LINE, HIGHEST = 13.5, 400.0  # heights of a line of text and of a row, points
CORE = "docProps/core.xml"


def row_height(
    values: Iterable[str | float | None], widths: Iterable[int], *, most: float = HIGHEST
) -> float:
    r"""Return about how high a row is, points: programs differ in whether they find out.

    :param widths: of the columns, half-width characters

    >>> row_height(["a", "b\nc"], [10, 10])
    30.0
    """
    lines = 1
    for value, width in zip(values, widths, strict=True):
        texts = str("" if value is None else value).split("\n")
        folds = (math.ceil(2 * width_em(text) / max(width - 2, 1)) for text in texts)
        lines = max(lines, sum(max(1, fold) for fold in folds))
    return min(LINE * lines + 3, most)


def print_wide(sheet: Worksheet, title: str, *, wide: int = 0) -> None:
    """Let a sheet print as wide as the paper, with title and page numbers.

    :param wide: width of the sheet, characters
    """
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3 if wide > WIDE else A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for name in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, name, 0.5)
    said = _HeaderFooterPart(title.replace("&", "&&"))
    sheet.oddHeader = HeaderFooterItem(said, None, _HeaderFooterPart("&A"))
    sheet.oddFooter = HeaderFooterItem(None, _HeaderFooterPart("&P / &N"), None)


@cache
def styles(size: int, bold: bool, fill: str) -> tuple[Font, Alignment, Border, PatternFill]:
    """Return font, alignment, border and paint of a cell."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin = Side(style="thin", color="C9CED6")
    return (
        Font(name=FONT, size=size, bold=bold),
        Alignment(wrap_text=True, vertical="top"),
        Border(left=thin, right=thin, top=thin, bottom=thin),
        PatternFill("solid", fgColor=fill or HEAD),
    )


def saved(book: Workbook, day: datetime.datetime) -> bytes:
    """Save without the time of day that openpyxl and zip put in."""
    from openpyxl.xml.functions import tostring

    written, out = io.BytesIO(), io.BytesIO()
    book.save(written)
    book.properties.modified = day
    with (
        zipfile.ZipFile(written) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in given.namelist():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            core = name == CORE
            data = tostring(book.properties.to_tree()) if core else given.read(name)
            fixed.writestr(info, data)
    return out.getvalue()
