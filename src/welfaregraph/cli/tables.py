"""Rows for a person or a program: table, csv, tsv, json, xlsx."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from welfaregraph.cli import terms
from welfaregraph.cli.language import say
from welfaregraph.errors import MisuseError
from welfaregraph.files import write_atomically

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["UNWRAPPED", "Table", "put", "put_bytes", "show"]

#: Width of a table that goes to a file or pipe: wide enough to wrap nothing.
UNWRAPPED = 10_000
#: A column of a table is folded to this width, but not further.
LEGIBLE = 16

Table = Sequence[Mapping[str, object]]


def put(
    rows: Table,
    form: str,
    *,
    titles: Mapping[str, str],
    output: Path | None,
    empty: str = "",
    title: str = "",
) -> None:
    """Print rows, or write them to a file.

    :param titles: column → its head for a person; also the order of the columns
    :param empty: said on standard error where there is no row
    :param title: what the rows are, in a workbook; the name of the command unless given
    """
    if not rows and empty:
        click.echo(empty, err=True)
    if form == "table":
        if output is not None:
            formats = ("csv", "tsv", "json", "xlsx")
            raise MisuseError("screen-format", where=f"-o {output}", formats=formats)
        if rows:
            show(rows, titles, called=terms.names())
    elif form == "json":
        put_bytes(
            (json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n").encode(), output
        )
    elif form == "xlsx":
        from welfaregraph.cli.books import workbook

        data = b"" if output is None else workbook(rows, titles, title=title)
        put_bytes(data, output, binary=True)
    else:
        put_bytes(_separated(rows, list(titles), "\t" if form == "tsv" else ","), output)


def put_bytes(data: bytes, output: Path | None, *, binary: bool = False) -> None:
    """Write UTF-8 bytes to standard output, or whole or not at all to a file."""
    if output is None:
        if binary:
            raise MisuseError("needs-output", where="--format xlsx")
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    write_atomically(output, data)


def show(
    rows: Table, titles: Mapping[str, str], *, called: Mapping[str, str] | None = None
) -> None:
    """Print rows for a person: as a table, or one under another where that is too wide.

    A column beside which another names the thing (``plan``, ``planLabel``) and columns without
    any value are left out. Elsewhere than on a terminal nothing is wrapped.

    :param called: IRI → what it is called
    """
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    names = [
        name
        for name in titles
        if f"{name}Label" not in titles and any(row.get(name) is not None for row in rows)
    ]
    console = Console(width=None if sys.stdout.isatty() else UNWRAPPED, highlight=False)
    known = called or {}
    columns = {
        name: [terms.worded(name, row.get(name), known) for row in rows] for name in names
    }
    names = [name for name in names if not _repeats(name, columns)]
    cells = list(zip(*(columns[name] for name in names), strict=True))
    widest = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    least = sum(min(width, LEGIBLE) + 2 for width in widest)
    if least > console.width:
        for row in cells:
            _show_block(console, [titles[name] for name in names], row)
        return
    table = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        table.add_column(titles[name], overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def _repeats(name: str, columns: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a column says what one named after it (``documentTitle``) says, too."""
    return any(
        other != name and other.startswith(name) and cells == columns[name]
        for other, cells in columns.items()
    )


def _show_block(console: Console, heads: Sequence[str], cells: Sequence[str]) -> None:
    from rich.text import Text

    for head, text in zip(heads, cells, strict=True):
        if text:
            console.print(
                Text.assemble((head + say("list.colon"), "bold"), text, overflow="fold"),
                soft_wrap=True,
            )
    console.print()


def _separated(rows: Table, names: Sequence[str], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    return "" if value is None else value
