"""``welfaregraph sheet``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen
from welfaregraph.cli.options import as_path, force, language, opened, plans_named

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("sheet", help="help.sheet")
@click.argument("plan", metavar="PLAN")
@click.option("-o", "--output", required=True, metavar="FILE", callback=as_path,
              help="help.opt.sheet-output")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("xlsx", "csv")), default="xlsx",
              show_default=True, help="help.opt.sheet-format")  # fmt: skip
@click.option("--proposals", type=click.IntRange(min=0), default=20, show_default=True,
              metavar="N", help="help.opt.proposals")  # fmt: skip
@click.option("--data", multiple=True, metavar="DIR", help="help.opt.data")
@click.option("--only-data", is_flag=True, help="help.opt.only-data")
@force
@language
def command(
    plan: str,
    *,
    output: Path,
    form: str,
    proposals: int,
    data: tuple[str, ...],
    force: bool,
    only_data: bool,
) -> None:
    """Write a plan as a workbook to read, fill and mend."""
    from welfaregraph import sheet
    from welfaregraph.cli.workbooks import keep_present, put_workbook
    from welfaregraph.plan import plan_files

    if not force:
        keep_present(output)
    graph = opened(data, only_data=only_data)
    iri = plans_named(graph, [plan])[0]
    write = sheet.csv_files if form == "csv" else sheet.workbook
    content = write(
        plan_files(graph.store, iri),
        graph.store,
        language=chosen(),
        proposals=graph.proposals(iri, limit=proposals, lang=chosen()),
    )
    put_workbook(content, output)
