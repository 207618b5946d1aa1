"""``welfaregraph import``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.options import as_day, as_path, language

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("import", help="help.import")
@click.argument("workbook", callback=as_path, metavar="WORKBOOK")
@click.option("--as", "home", default="", metavar="CODE/PLAN/EDITION",
              help="help.opt.import-as")  # fmt: skip
@click.option("--on", callback=as_day, metavar="YYYY-MM-DD", help="help.opt.judged-on")
@click.option("--data", multiple=True, metavar="DIR", help="help.opt.import-data")
@language
def command(workbook: Path, *, home: str, on: str, data: tuple[str, ...]) -> None:
    """Take a workbook into the graph."""
    from welfaregraph.cli import workbooks
    from welfaregraph.sheet import read_workbook

    folder = workbooks.target(data)
    reading = read_workbook(workbook, on=on, home=workbooks.placed(home))
    for path in workbooks.take_in(reading, folder, data):
        click.echo(path)
    workbooks.tell(reading, workbook)
    at = workbook if reading.has_place else folder / "plans" / reading.files.path
    workbooks.tell_findings(reading, workbook, at=at, on=on)
