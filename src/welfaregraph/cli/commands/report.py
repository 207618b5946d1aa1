"""``welfaregraph report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import as_day, as_path, language, opened, plans_named

if TYPE_CHECKING:
    from pathlib import Path

    from welfaregraph.report.content import Report

__all__ = ["command"]

PAGE, BOOK = "report.html", "report.xlsx"
#: How a name ends by which a file is meant, where a folder is asked for.
FILES = (".html", ".htm", ".xlsx", ".pdf")


@click.command("report", help="help.report")
@click.argument("plans", nargs=-1, metavar="[PLAN…]")
@click.option("-o", "--output", metavar="DIR", callback=as_path, required=True,
              help="help.opt.output-folder")  # fmt: skip
@click.option("--svg", "as_files", is_flag=True, help="help.opt.svg")
@click.option("--uncurated", is_flag=True, help="help.opt.uncurated")
@click.option("--data", multiple=True, metavar="DIR", help="help.opt.data")
@click.option("--only-data", is_flag=True, help="help.opt.only-data")
@click.option("--on", callback=as_day, metavar="YYYY-MM-DD", help="help.opt.on")
@language
def command(
    plans: tuple[str, ...],
    *,
    output: Path,
    as_files: bool,
    uncurated: bool,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
) -> None:
    """Write a report as a page and a workbook."""
    graph = opened(data, only_data=only_data)
    wanted = plans_named(graph, plans)
    targets = [output / name for name in (PAGE, BOOK)]
    _prepare(output, targets)
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from welfaregraph.report.content import STEPS, report_on

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=len(STEPS) + 1)

        def step(name: str) -> None:
            progress.update(task, description=say(f"report.step.{name}"))
            progress.advance(task)

        found = report_on(
            graph, *wanted, on=on, language=chosen(), uncurated=uncurated, step=step
        )
        step("files")
        from welfaregraph.files import write_all_atomically

        contents = _contents(found, targets, as_files=as_files)
        write_all_atomically(contents)
    for target in contents:
        click.echo(say("report.wrote", path=target), err=True)


def _contents(found: Report, targets: list[Path], *, as_files: bool) -> dict[Path, bytes]:
    """Return the files of a report, path → content.

    :param targets: of page and workbook
    :param as_files: with its pictures as files beside them
    """
    from welfaregraph.report.book import workbook
    from welfaregraph.report.page import LISTED, page
    from welfaregraph.report.pictures import pictures
    from welfaregraph.report.words import Words

    contents = dict(zip(targets, (page(found), workbook(found)), strict=True))
    if as_files:
        drawn = pictures(found, Words(found.language, LISTED))
        contents |= {targets[0].with_name(f"{one.name}.svg"): one.svg.encode() for one in drawn}
    return contents


def _prepare(folder: Path, targets: list[Path]) -> None:
    """Make the folder, and refuse targets that cannot be written, before the work begins."""
    from welfaregraph.errors import InputError, MisuseError

    if folder.suffix.lower() in FILES and not folder.is_dir():
        raise MisuseError("report-file", where=str(folder), page=PAGE, book=BOOK)
    if folder.exists() and not folder.is_dir():
        raise MisuseError("not-a-folder", where=str(folder))
    for target in targets:
        if target.is_dir():
            raise MisuseError("target-is-folder", where=str(target))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "unwritable", where=str(folder), reason=error.strerror or ""
        ) from error
