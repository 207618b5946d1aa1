"""``welfaregraph check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import say
from welfaregraph.cli.options import SEVERITIES, as_paths, common, opened

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("check", help=say("help.check"))
@click.argument("files", nargs=-1, callback=as_paths, metavar="[FILE.ttl…]")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="error", show_default=True,
              help=say("help.opt.fail-on"))  # fmt: skip
@click.option("--severity", type=click.Choice(SEVERITIES), default="info", show_default=True,
              help=say("help.opt.severity"))  # fmt: skip
@common("text", "csv", "tsv", "json", "xlsx")
def command(
    files: tuple[Path, ...],
    *,
    fail_on: str,
    severity: str,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> int:
    """Report what is wrong or open in plans."""
    from welfaregraph.cli import tables, words

    graph = opened(data, only_data=only_data, files=files)
    found = graph.check(on=on, only_own=bool(files or data))
    failed = any(SEVERITIES.index(i.severity) <= SEVERITIES.index(fail_on) for i in found)
    shown = [i for i in found if SEVERITIES.index(i.severity) <= SEVERITIES.index(severity)]
    if form == "text":
        words.put_issues(shown)
    elif form == "json":
        tables.put([words.issue_object(i) for i in shown], form, titles={}, output=output)
    else:
        titles = {name: say(f"issue.{name}") for name in words.ISSUE_COLUMNS}
        rows = [words.issue_row(issue) for issue in shown]
        tables.put(rows, form, titles=titles, output=output, empty=say("check.clean"))
    return 1 if failed else 0
