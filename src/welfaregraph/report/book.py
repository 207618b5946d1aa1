"""The report as an Excel workbook, ready to filter and to print; the same bytes every time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING

from welfaregraph.evidence_words import missing
from welfaregraph.report.words import Words
from welfaregraph.text import legible
from welfaregraph.xlsx import FORMULA, HEAD, SIZE, print_wide, row_height, saved, styles

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from welfaregraph.report.content import Grid, Report

__all__ = ["workbook"]

Value = str | int | float | None
Values = list[Value]
CAUTION, PALE, STRONG = "FFF8E8", "F1F6FB", "7CACD4"
GRID_WIDTH, LABEL_WIDTH, FEW = 9, 34, 8  # characters, characters, columns
#: What a cell and a sheet can hold, and rows kept.
MOST_LETTERS, MOST_ROWS = 32_000, 10_000
LISTED = 8  # places and words of one cell

#: Column → width in half-width characters, sheet by sheet.
PLANS = {"plan": 34, "role": 13, "area": 12, "issuers": 24, "period": 24, "goals": 9,
         "measures": 10, "parts": 10, "activities": 11, "documents": 22}  # fmt: skip
OVERLAPS = {"rank": 6, "score": 7, "confidence": 9, "basis": 10, "plan_a": 18, "number_a": 7,
            "measure_a": 22, "place_a": 16, "plan_b": 18, "number_b": 7, "measure_b": 22,
            "place_b": 16, "reasons": 44}  # fmt: skip
GAPS = {"kind": 18, "severity": 9, "plan": 18, "message": 38, "missing": 16, "place": 14,
        "searched": 20, "words": 44, "searched_in": 11, "nearest": 24, "status": 11,
        "sure": 22}  # fmt: skip
FINDINGS = {"severity": 9, "origin": 16, "plan": 20, "message": 46, "remedy": 38, "place": 14,
            "rule": 22}  # fmt: skip
SOURCES = {"document": 8, "title": 34, "plans_of": 26, "issuers": 16, "scope": 46,
           "left_out": 28, "sha256": 34}  # fmt: skip


def workbook(report: Report) -> bytes:
    """Return the workbook: a sheet for each section, and one for each kind of table."""
    from openpyxl import Workbook

    words = Words(report.language, LISTED)
    book = Workbook()
    book.remove(book.worksheets[0])
    _summary(book, report, words)
    _table(book, words, "overlaps", OVERLAPS, _pairs(report, words))
    _table(book, words, "gaps", GAPS, _lacks(report, words))
    _table(book, words, "findings", FINDINGS, _findings(report, words))
    for kind, grids in groupby(report.grids, lambda grid: grid.kind):
        _grids(book, words, kind, [grid for grid in grids if grid.values])
    _table(book, words, "sources", SOURCES, _sources(report, words))
    day = datetime.datetime.fromisoformat(report.on)
    book.properties.title = words.say("title")
    book.properties.creator = "welfaregraph"
    book.properties.language = report.language
    book.properties.created = day
    return saved(book, day)


def _pairs(report: Report, words: Words) -> Iterator[Values]:
    for pair in report.pairs:
        scores = [round(pair.overlap.score, 3), round(pair.overlap.confidence, 3)]
        sides: list[Value] = []
        for side in (pair.a, pair.b):
            one = side.measure
            sides += [one.plan_label, one.number, one.label, words.places(side.places)]
        reasons = words.listed(words.reasons(pair.overlap, report.rarity))
        yield [pair.rank, *scores, words.basis(pair.overlap), *sides, reasons]


def _lacks(report: Report, words: Words) -> Iterator[Values]:
    for lack in report.lacks:
        gap = lack.gap
        yield [
            words.known("gap-kind", gap.kind),
            words.known("severity", gap.severity),
            gap.plan_label,
            words.spoken(gap.messages),
            missing(gap, words.language),
            words.places(lack.places),
            "\n".join(filter(None, (words.manner(lack), gap.searched.note))),
            words.words(lack),
            words.documents(lack.searched),
            words.nearest(lack),
            words.known("status", gap.status),
            words.sure(lack),
        ]


def _findings(report: Report, words: Words) -> Iterator[Values]:
    for finding in report.findings:
        issue = finding.issue
        yield [
            words.known("severity", issue.severity),
            words.known("origin", issue.origin),
            finding.plan_label,
            *words.finding(finding),
            words.place(finding.place),
            issue.rule,
        ]


def _sources(report: Report, words: Words) -> Iterator[Values]:
    for d in report.documents:
        quoted = f" ({words.say('sources.quoted')})" if d.quoted else ""
        number = words.say("place.document", number=d.number)
        yield [number, d.title, "\n".join(d.plans) + quoted, d.issuers, d.scope, d.left_out,
               d.sha256]  # fmt: skip


def _summary(book: Workbook, report: Report, words: Words) -> None:
    sheet = _sheet(book, words.say("section.summary"), words)
    for index, width in enumerate(PLANS.values(), 1):
        _width(sheet, index, width)
    wide = len(PLANS)
    _line(sheet, 1, words.say("title"), wide=wide, size=16, bold=True, high=26)
    _line(sheet, 2, words.say("subtitle", on=report.on), wide=wide)
    _line(sheet, 3, words.about(report), wide=wide)
    _line(sheet, 4, words.say("caution"), wide=wide, fill=CAUTION, high=34)
    totals = {
        "overlaps": words.say("summary.unit-pairs", count=len(report.pairs)),
        "gaps": words.say("summary.unit-rows", count=len(report.lacks)),
        "findings": words.say("summary.unit-rows", count=sum(report.counted.values())),
    }
    for row, (name, total) in enumerate(totals.items(), 6):
        _put(sheet.cell(row, 1), words.say(f"summary.{name}"), bold=True)
        _put(sheet.cell(row, 2), total)
    _line(sheet, 10, words.say("summary.plans"), wide=wide, bold=True)
    _heads(sheet, 11, list(PLANS), words)
    for row, plan in enumerate(report.plans, 12):
        role = words.say("role.asked" if plan.is_asked else "role.compared")
        values: Values = [
            plan.label, role, plan.area, plan.issuers, words.period(plan), plan.goals,
            plan.measures, plan.parts, plan.activities, words.documents(plan.documents),
        ]  # fmt: skip
        _row(sheet, row, values)
        sheet.row_dimensions[row].height = row_height(values, PLANS.values())
    _gap_counts(sheet, report, words, 14 + len(report.plans))


def _gap_counts(sheet: Worksheet, report: Report, words: Words, row: int) -> None:
    kinds = sorted({lack.gap.kind for lack in report.lacks})
    _line(sheet, row, words.say("summary.gap-counts"), wide=len(PLANS), bold=True)
    for at, kind in enumerate(kinds, row + 1):
        same = [lack for lack in report.lacks if lack.gap.kind == kind]
        label = words.known("gap-kind", kind)
        _put(sheet.cell(at, 1), label)
        sheet.row_dimensions[at].height = row_height([label], [PLANS["plan"]])
        _put(sheet.cell(at, 2), len(same))


def _table(
    book: Workbook, words: Words, name: str, columns: Mapping[str, int], rows: Iterator[Values]
) -> None:
    """Add a sheet with a note, heads that stay in sight and on each page, and rows."""
    from openpyxl.utils import get_column_letter

    sheet = _sheet(book, words.say(f"section.{name}"), words, wide=sum(columns.values()))
    for index, width in enumerate(columns.values(), 1):
        _width(sheet, index, width)
    note = words.say(f"{name}.intro")
    if name == "gaps":
        note += "\n" + words.say("caution")
    _line(sheet, 1, note, wide=len(columns), high=46 if name == "gaps" else 32, fill=CAUTION)
    _heads(sheet, 2, list(columns), words)
    last = 2
    for last, values in enumerate(islice(rows, MOST_ROWS), 3):
        _row(sheet, last, values)
        sheet.row_dimensions[last].height = row_height(values, columns.values())
    left = sum(1 for _ in rows)
    if left:
        more = words.say("more-rows", count=left)
        _line(sheet, last + 1, more, wide=len(columns), fill=CAUTION)
    if last == 2:  # noqa: PLR2004
        _put(sheet.cell(3, 1), words.say("none"))
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(columns))}{last}"


def _grids(book: Workbook, words: Words, kind: str, grids: Sequence[Grid]) -> None:
    """Add one sheet for all tables of a kind, one below another."""
    if not grids:
        return
    sheet = _sheet(book, words.say(f"{kind}.name"), words)
    widest = max(len(grid.columns) for grid in grids)
    _width(sheet, 1, LABEL_WIDTH)
    for index in range(2, widest + 2):
        _width(sheet, index, _grid_width(widest))
    _line(sheet, 1, words.say(f"{kind}.note"), wide=widest + 1, high=32, fill=CAUTION)
    row = 3
    for grid in grids:
        row = _grid(sheet, row, grid, words, width=_grid_width(widest))
    sheet.freeze_panes = "B2"


def _grid_width(columns: int) -> int:
    return GRID_WIDTH if columns > FEW else 2 * GRID_WIDTH


def _grid(sheet: Worksheet, row: int, grid: Grid, words: Words, *, width: int) -> int:
    """Write one table of numbers with colours by value; return the row for the next.

    :param width: of its columns, characters
    """
    from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
    from openpyxl.styles.colors import Color
    from openpyxl.utils import get_column_letter

    left = words.say("left-out", count=grid.left_out) if grid.left_out else ""
    title = " ".join(filter(None, (words.grid(grid), left)))
    _line(sheet, row, title, wide=len(grid.columns) + 1, bold=True)
    head = row + 1
    for index, label in enumerate(grid.columns, 2):
        _put(sheet.cell(head, index), label, fill=HEAD, bold=True)
    widths = [width] * len(grid.columns)
    sheet.row_dimensions[head].height = row_height(grid.columns, widths)
    for at, label in enumerate(grid.rows, head + 1):
        _put(sheet.cell(at, 1), label, fill=PALE)
        sheet.row_dimensions[at].height = row_height([label], [LABEL_WIDTH])
    for (r, c), value in sorted(grid.values.items()):
        number = int(value) if value == int(value) and grid.kind != "measure-measure" else value
        _put(sheet.cell(head + 1 + r, c + 2), round(number, 3))
    last = head + len(grid.rows)
    area = f"B{head + 1}:{get_column_letter(len(grid.columns) + 1)}{last}"
    ends = [FormatObject(type=end) for end in ("min", "max")]
    scale = ColorScale(cfvo=ends, color=[Color(PALE), Color(STRONG)])
    rule = Rule(type="colorScale", colorScale=scale)
    sheet.conditional_formatting.add(area, rule)
    return last + 2


def _sheet(book: Workbook, title: str, words: Words, *, wide: int = 0) -> Worksheet:
    """Add a sheet that prints as wide as the paper, with page numbers.

    :param wide: its width, characters
    """
    sheet: Worksheet = book.create_sheet(title)
    print_wide(sheet, words.say("title"), wide=wide)
    return sheet


def _width(sheet: Worksheet, index: int, width: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions[get_column_letter(index)].width = width


def _heads(sheet: Worksheet, row: int, names: Sequence[str], words: Words) -> None:
    for index, name in enumerate(names, 1):
        _put(sheet.cell(row, index), words.say(f"column.{name}"), fill=HEAD, bold=True)


def _row(sheet: Worksheet, row: int, values: Sequence[Value]) -> None:
    for index, value in enumerate(values, 1):
        _put(sheet.cell(row, index), value)


def _line(
    sheet: Worksheet, row: int, text: str, *, wide: int, size: int = SIZE, bold: bool = False,
    fill: str = "", high: int = 0,
) -> None:  # fmt: skip
    """Write one text over several columns."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=wide)
    _put(sheet.cell(row, 1), text, size=size, bold=bold, fill=fill, boxed=False)
    if high:
        sheet.row_dimensions[row].height = high


def _put(
    cell: Cell | MergedCell, value: Value, *, size: int = SIZE, bold: bool = False,
    fill: str = "", boxed: bool = True,
) -> None:  # fmt: skip
    """Write a value, text never as a formula."""
    font, alignment, border, paint = styles(size, bold, fill)
    if value and isinstance(value, str):
        cell.value = legible(value)[:MOST_LETTERS]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    else:
        cell.value = None if value == "" else value
    cell.font, cell.alignment = font, alignment
    if fill:
        cell.fill = paint
    if boxed:
        cell.border = border
