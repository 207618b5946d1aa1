"""The findings of a check written into a copy of the workbook that was checked.

Each cell concerned is coloured and bears a comment; a first sheet lists the findings with links
to the cells. The workbook itself is not touched.
"""

from __future__ import annotations

import io
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from welfaregraph.checks import Issue
from welfaregraph.codes import SEVERITIES
from welfaregraph.findings import Finding
from welfaregraph.pictures.svg import width_em
from welfaregraph.speech import phrase, spoken
from welfaregraph.text import legible
from welfaregraph.xlsx import FONT, FORMULA, HEAD, SIZE, print_wide

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["annotated"]

#: Colours of cells with a finding, by severity.
COLOURS = {"error": "FFC7CE", "warning": "FFEB9C", "info": "DDEBF7"}
#: Column of the list → its width, half-width characters.
COLUMNS = {"severity": 7, "origin": 15, "place": 18, "message": 46, "why": 30, "remedy": 34,
           "document": 20, "rule": 20}  # fmt: skip
#: Heights of a line of text and of a row at most, points.
LINE_HIGH, HIGHEST = 14, 400
#: What one comment tells at most, and its size in points.
MOST, WIDE, LINE = 5, 340, 16
MOST_LETTERS, MOST_ROWS = 32_000, 10_000


def annotated(original: bytes, findings: Sequence[Finding], *, language: str) -> bytes:
    """Return a copy of a workbook with the findings in it.

    :param original: the file as it is; formulas, formats and drop-down lists stay
    :param findings: those with a sheet and cell are marked there; all are listed
    """
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(original))
    by_cell: defaultdict[tuple[str, str], list[Issue]] = defaultdict(list)
    for finding in findings:
        for issue in finding.issues:
            if issue.location.sheet in book.sheetnames and issue.location.cell:
                by_cell[issue.location.sheet, issue.location.cell].append(issue)
    for (sheet, cell), issues in by_cell.items():
        _mark(book[sheet], cell, issues, language)
    _list(book, findings, {*by_cell}, language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _mark(sheet: Worksheet, name: str, issues: Sequence[Issue], language: str) -> None:
    """Colour a cell and add what was found to its comment."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = _top_left(sheet, name)
    gravest = min(issues, key=lambda issue: SEVERITIES.index(issue.severity)).severity
    cell.fill = PatternFill("solid", fgColor=COLOURS[gravest])
    said = [_said(issue, language) for issue in issues]
    said = list(dict.fromkeys(said))
    if len(said) > MOST:
        more = phrase("check.more-here", language, count=len(said) - MOST)
        said = [*said[:MOST], more]
    before = [cell.comment.text] if cell.comment else []
    text = legible("\n\n".join([*before, *said]))
    comment = Comment(text, "welfaregraph")
    comment.width, comment.height = WIDE, LINE * min(4 + len(text) // 20, 30)
    cell.comment = comment


def _top_left(sheet: Worksheet, name: str) -> Cell | MergedCell:
    """Return a cell, of merged ones the first, which alone can hold anything."""
    for area in sheet.merged_cells.ranges:
        if name in area:
            return sheet.cell(area.min_row, area.min_col)
    found: Cell = sheet[name]
    return found


def _said(issue: Issue, language: str) -> str:
    """Return what stands in a comment: what, why and what to do."""
    severity = phrase(f"severity.{issue.severity}", language)
    lines = [f"【{severity}】{spoken(issue.messages, language)}"]
    if issue.whys:
        lines.append(f"{phrase('check.why', language)} {spoken(issue.whys, language)}")
    if issue.remedies:
        lines.append(f"→ {spoken(issue.remedies, language)}")
    return "\n".join(lines)


def _list(
    book: Workbook, findings: Sequence[Finding], marked: set[tuple[str, str]], language: str
) -> None:
    """Put a sheet with all findings first, each with a link to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    title = _free(phrase("sheet.check", language), book.sheetnames)
    sheet: Worksheet = book.create_sheet(title, 0)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    wrapped = Alignment(wrap_text=True, vertical="top")
    for index, (name, width) in enumerate(COLUMNS.items(), 1):
        cell = sheet.cell(1, index, phrase(f"issue.{name}", language))
        cell.font = Font(name=FONT, size=SIZE, bold=True)
        cell.fill = PatternFill("solid", fgColor=HEAD)
        sheet.column_dimensions[get_column_letter(index)].width = width
    issues = [issue for finding in findings for issue in finding.issues]
    for at, issue in enumerate(issues[:MOST_ROWS], 2):
        texts = _row(issue, language)
        for index, text in enumerate(texts.values(), 1):
            _put(sheet, at, index, text)
            sheet.cell(at, index).alignment = wrapped
            sheet.cell(at, index).font = Font(name=FONT, size=SIZE)
        sheet.row_dimensions[at].height = _height(texts)
        sheet.cell(at, 1).fill = PatternFill("solid", fgColor=COLOURS[issue.severity])
        if (issue.location.sheet, issue.location.cell) in marked:
            _link(sheet.cell(at, 3), issue.location.sheet, issue.location.cell)
    if not issues:
        _put(sheet, 2, 1, phrase("check.clean", language))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(2, len(issues) + 1)}"
    print_wide(sheet, phrase("check.title", language))
    sheet.print_title_rows = "1:1"


def _row(issue: Issue, language: str) -> Mapping[str, str]:
    at = issue.location
    file = f"{at.file}:{at.line}" if at.file and at.line else ""
    return {
        "severity": phrase(f"severity.{issue.severity}", language),
        "origin": phrase(f"origin.{issue.origin}", language),
        "place": f"{at.sheet}!{at.cell}" if at.cell else at.sheet or file,
        "message": spoken(issue.messages, language),
        "why": spoken(issue.whys, language),
        "remedy": spoken(issue.remedies, language),
        "document": f"{at.document} {at.locator}".strip(),
        "rule": issue.rule,
    }


def _height(texts: Mapping[str, str]) -> float:
    """Return about how high a row is, points: programs differ in whether they find out."""
    lines = (
        math.ceil(2 * width_em(text) / (COLUMNS[name] - 1)) for name, text in texts.items()
    )
    return min(LINE_HIGH * max(1, *lines) + 3, HIGHEST)


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text, never as a formula."""
    cell = sheet.cell(row, column)
    if text:
        cell.value = legible(text)[:MOST_LETTERS]
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA)


def _link(cell: Cell | MergedCell, sheet: str, name: str) -> None:
    """Let a cell lead to another of the same workbook."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    place = f"'{sheet.replace(chr(39), chr(39) * 2)}'!{name}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=str(cell.value))
    cell.font = Font(name=FONT, size=SIZE, color="0B4A8F", underline="single")


def _free(title: str, taken: Iterable[str]) -> str:
    """Return a title that no sheet has yet.

    >>> _free("指摘", ["計画", "指摘"])
    '指摘2'
    """
    known, number, found = {name.lower() for name in taken}, 1, title
    while found.lower() in known:
        number += 1
        found = f"{title}{number}"
    return found
