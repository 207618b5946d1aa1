"""Rows as a workbook: one sheet to read, sort and filter, and one that says what it is."""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from welfaregraph import __version__
from welfaregraph.cli import terms
from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.paragraphs import breadth
from welfaregraph.speech import phrase_or
from welfaregraph.text import legible
from welfaregraph.xlsx import FORMULA, HEAD, SIZE, print_wide, row_height, styles

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["workbook"]

#: Widths of the two columns of the sheet that says what the workbook is.
ABOUT = (18, 90)
#: How shares and scores are shown.
FRACTION = "0.00"
#: Width of a column, half-width characters: at most, and that of IRIs.
WIDEST, OF_IRIS = 50, 14
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")
#: What no name of a sheet may hold, and how long it may be.
FORBIDDEN, LONGEST = re.compile(r"[\[\]:*?/\\\x00-\x1f]"), 31
#: What a cell can hold, characters.
MOST_LETTERS = 32_767
#: Columns of file paths; parameters that change nothing in what is shown.
PATHS = ("file",)
UNSAID = ("form", "output")


def workbook(
    rows: Sequence[Mapping[str, object]], titles: Mapping[str, str], *, title: str = ""
) -> bytes:
    """Return rows as a workbook, columns for people first and IRIs last.

    :param titles: column → its head
    :param title: what the rows are; the name of the command unless given
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    context = click.get_current_context(silent=True)
    command = (context.info_name if context else None) or ""
    title = title or phrase_or(f"sheet.{command}", chosen(), command)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(title)
    called = terms.names()
    iris = [name for name in titles if _holds_iris(row.get(name) for row in rows)]
    people = {
        name: [_human(name, row.get(name), called) for row in rows]
        for name in titles
        if name not in iris or not {f"{name}Label", f"{name}_label"} & {*titles}
    }
    # What an IRI is called may stand in a column of its own: shown once.
    for name in iris:
        if name in people and any(people[name] == people[n] for n in people if n != name):
            del people[name]
    columns = [(titles[name], _numbers(values)) for name, values in people.items()]
    links = [(_head(titles[name]), [row.get(name) for row in rows]) for name in iris]
    _fill(sheet, columns, links)
    letters = [get_column_letter(index) for index in range(1, len(columns) + 1)]
    wide = sum(int(sheet.column_dimensions[letter].width) for letter in letters)
    print_wide(sheet, title, wide=wide)
    _about(book.create_sheet(say("sheet.about")), title, context)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _holds_iris(values: Iterable[object]) -> bool:
    found = [str(value) for value in values if value not in (None, "")]
    return bool(found) and all(text.startswith(terms.WEB) for text in found)


def _head(title: str) -> str:
    return title if "IRI" in title else say("sheet.iri-of", column=title)


def _numbers(values: list[object]) -> list[object]:
    """Return a column as numbers where all its cells are written like numbers."""
    if not all(value in (None, "") or NUMBER.fullmatch(str(value)) for value in values):
        return values
    texts = ["" if value is None else str(value) for value in values]
    return [float(t) if "." in t else int(t) if t else None for t in texts]


def _fill(
    sheet: Worksheet,
    columns: Sequence[tuple[str, Sequence[object]]],
    links: Sequence[tuple[str, Sequence[object]]],
) -> None:
    """Write the columns, those with links last and narrow."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    font, _, border, paint = styles(SIZE, False, HEAD)
    bold = styles(SIZE, True, HEAD)[0]
    for index, (head, values) in enumerate([*columns, *links], 1):
        is_link = index > len(columns)
        for at, value in enumerate([head, *values], 1):
            _put(sheet, at, index, value)
            cell = sheet.cell(at, index)
            cell.alignment = Alignment(wrap_text=at == 1 or not is_link, vertical="top")
            cell.font, cell.border = font, border
            if isinstance(value, float):
                cell.number_format = FRACTION
        sheet.cell(1, index).font, sheet.cell(1, index).fill = bold, paint
        widest = max(breadth("" if value is None else str(value)) for value in [head, *values])
        width = OF_IRIS if is_link else min(max(widest, breadth(head) + 2) + 2, WIDEST)
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    bottom = max(sheet.max_row, 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(sheet.max_column, 1))}{bottom}"
    # Identifiers are for programs: they are not printed.
    sheet.print_area = f"A1:{get_column_letter(max(len(columns), 1))}{bottom}"
    sheet.print_title_rows = "1:1"


def _human(column: str, value: object, called: Mapping[str, str]) -> object:
    if column in PATHS and value:
        return _from_here(str(value))
    return terms.worded(column, value, called) if isinstance(value, str) else value


def _from_here(path: str) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return path


def _put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """Write a value: numbers as such, text never as a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str) and value:
        cell.value = legible(value)[:MOST_LETTERS]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    elif isinstance(value, int | float):
        cell.value = value


def _about(sheet: Worksheet, title: str, context: click.Context | None) -> None:
    """Say what the workbook is, of which plans and day, and what it does not mean."""
    print_wide(sheet, title)
    params = context.params if context else {}
    lines = [
        (say("sheet.title"), title),
        (say("sheet.command"), _called(context) if context else ""),
        (say("sheet.on"), str(params.get("on") or "")),
        (say("sheet.plans"), "\n".join(_plans(context)) if context else ""),
        (say("sheet.program"), f"welfaregraph {__version__}"),
        (say("sheet.caution"), say("gaps.note")),
    ]
    for at, (head, text) in enumerate((line for line in lines if line[1]), 1):
        _put(sheet, at, 1, head)
        _put(sheet, at, 2, text)
        for index, is_head in ((1, True), (2, False)):
            cell = sheet.cell(at, index)
            cell.font, cell.alignment, cell.border, paint = styles(SIZE, is_head, HEAD)
            if is_head:
                cell.fill = paint
        sheet.row_dimensions[at].height = row_height([text], [ABOUT[1]])
    for letter, width in zip("AB", ABOUT, strict=True):
        sheet.column_dimensions[letter].width = width


def _called(context: click.Context) -> str:
    """Return the command as it was typed, without where the answer goes."""
    words = [context.command_path]
    for parameter in context.command.params:
        name = parameter.name or ""
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if name in UNSAID or name not in context.params or not given:
            continue
        value = context.params.get(name)
        values = value if isinstance(value, tuple) else [value]
        for one in map(str, values):
            if isinstance(parameter, click.Argument):
                words.append(shlex.quote(one))
            elif value is True:
                words.append(parameter.opts[-1])
            else:
                words += [parameter.opts[-1], shlex.quote(one)]
    return " ".join(words)


def _plans(context: click.Context) -> list[str]:
    """Return the names of the plans that were read, were asked for, or else are held."""
    graph = context.meta.get(terms.GRAPH)
    if terms.PLANS in context.meta:
        return [*context.meta[terms.PLANS]]
    if graph is None:
        return []
    from welfaregraph.cli.options import plans_named

    wanted = plans_named(graph, context.params.get("plans") or ())
    rows = graph.plans(lang=chosen())
    return [str(r["planLabel"]) for r in rows if not wanted or r["plan"] in wanted]


def _sheet_name(title: str) -> str:
    """Return a title as a sheet can be called.

    >>> _sheet_name("A/B: what?")
    'A B what'
    """
    name = " ".join(FORBIDDEN.sub(" ", title).split()).strip("'")
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
