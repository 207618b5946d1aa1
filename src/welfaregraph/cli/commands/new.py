"""``welfaregraph new``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen
from welfaregraph.cli.options import as_path, as_paths, force, language, opened

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("new", help="help.new")
@click.option("-o", "--output", required=True, metavar="FILE", callback=as_path,
              help="help.opt.sheet-output")  # fmt: skip
@click.option("--municipality", default="", metavar="CODE|NAME",
              help="help.opt.municipality")  # fmt: skip
@click.option("--plan-type", default="", metavar="TYPE", help="help.opt.plan-type")
@click.option("--document", "documents", multiple=True, callback=as_paths, metavar="FILE",
              help="help.opt.new-document")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("xlsx", "csv")), default="xlsx",
              show_default=True, help="help.opt.sheet-format")  # fmt: skip
@click.option("--data", multiple=True, metavar="DIR", help="help.opt.data")
@force
@language
def command(
    *,
    output: Path,
    municipality: str,
    plan_type: str,
    documents: tuple[Path, ...],
    form: str,
    data: tuple[str, ...],
    force: bool,
) -> None:
    """Write an empty workbook for a plan that nobody has entered yet."""
    from welfaregraph.cli.workbooks import keep_present, put_workbook
    from welfaregraph.errors import WelfareGraphError, raise_all
    from welfaregraph.sheet import new_workbook

    problems: list[WelfareGraphError] = []
    content: bytes | dict[str, str] = b""
    try:
        keep_present(*[] if force else [output])
    except WelfareGraphError as error:
        problems.append(error)
    try:
        content = new_workbook(
            opened(data, only_data=False).store,
            language=chosen(),
            municipality=municipality,
            plan_type=plan_type,
            documents=documents,
            form=form,
        )
    except WelfareGraphError as error:
        problems.append(error)
    raise_all(problems)
    put_workbook(content, output)
