"""``welfaregraph check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import as_paths, common, opened
from welfaregraph.codes import SEVERITIES

if TYPE_CHECKING:
    from pathlib import Path

    from welfaregraph.findings import Finding

__all__ = ["command"]

#: Findings of one rule told at the terminal.
LIMIT = 5


@click.command("check", help="help.check")
@click.argument("files", nargs=-1, callback=as_paths, metavar="[FILE…]")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="error", show_default=True,
              help="help.opt.fail-on")  # fmt: skip
@click.option("--severity", type=click.Choice(SEVERITIES), default="info", show_default=True,
              help="help.opt.severity")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=LIMIT, show_default=True,
              help="help.opt.limit-of-rule")  # fmt: skip
@common("text", "csv", "tsv", "json", "html", "xlsx")
def command(
    files: tuple[Path, ...],
    *,
    fail_on: str,
    severity: str,
    limit: int,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> int:
    """Report what is wrong or open in plans."""
    from welfaregraph.cli import findings, tables, workbooks
    from welfaregraph.errors import WelfareGraphError
    from welfaregraph.findings import findings_of
    from welfaregraph.sheet import is_workbook
    from welfaregraph.unread import issues_of

    _spare(files, output)
    folders = [str(path) for path in files if path.is_dir() and not is_workbook(path)]
    single = [path for path in files if not path.is_dir() or is_workbook(path)]
    try:
        graph = opened([*data, *folders], only_data=only_data, files=single)
    except WelfareGraphError as error:
        issues = issues_of(error, files[0]) if len(files) == 1 else []
        if not issues:
            raise
        unread = error.exit_code
    else:
        workbooks.tell_unchecked(graph.store.sources)
        issues = graph.check(on=on, only_own=bool(files or data))
        unread = 0
    failed = any(SEVERITIES.index(i.severity) <= SEVERITIES.index(fail_on) for i in issues)
    grave = SEVERITIES.index(severity)
    found = findings_of(i for i in issues if SEVERITIES.index(i.severity) <= grave)
    if form == "text":
        findings.put_findings(found, limit=limit)
    elif form == "json":
        tables.put(findings.as_objects(found), form, titles={}, output=output)
    elif form == "html":
        tables.put_bytes(_page(found, [*files, *data], on), output)
    elif form == "xlsx" and output and [path.suffix.lower() for path in files] == [".xlsx"]:
        from welfaregraph.check_book import annotated

        book = annotated(files[0].read_bytes(), found, language=chosen())
        tables.put_bytes(book, output, binary=True)
    else:
        titles = {name: say(f"issue.{name}") for name in findings.COLUMNS}
        rows = [findings.row(issue) for one in found for issue in one.issues]
        tables.put(rows, form, titles=titles, output=output, empty=say("check.clean"))
    return unread or int(failed)


def _page(found: list[Finding], checked: list[str | Path], on: str) -> bytes:
    from welfaregraph.check_page import page

    of = say("list.separator").join(map(str, checked)) or say("check.all-held")
    return page(found, language=chosen(), on=on, of=of)


def _spare(files: tuple[Path, ...], output: Path | None) -> None:
    """Refuse to write over what is checked."""
    from welfaregraph.errors import MisuseError

    if output and any(f.resolve() == output.resolve() for f in files):
        raise MisuseError("output-is-input", where=str(output))
