"""``welfaregraph diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import common, opened

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("diff", help="help.diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@common("table", "csv", "tsv", "json", "html", "xlsx", dated=False)
def command(
    old: str,
    new: str,
    *,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    output: Path | None,
) -> None:
    """Compare two editions of a plan."""
    from welfaregraph.changes import COLUMNS, Words, compared
    from welfaregraph.cli import comparisons, tables, terms

    graph = opened(data, only_data=only_data)
    before, after = comparisons.editions(graph, (old, new))
    found = compared(before, after, graph.diff(before, after))
    words = Words(chosen())
    click.get_current_context().meta[terms.PLANS] = (before.label, after.label)
    if form == "table":
        comparisons.put(found, words)
    elif form == "json":
        tables.put([comparisons.as_object(c) for c in found.changes], form, titles={},
                   output=output, empty="" if found.changes else say("diff.empty"))  # fmt: skip
    elif form == "html":
        tables.put_bytes(comparisons.page(found, words), output)
    else:
        titles = {name: say(f"diff.column.{name}") for name in COLUMNS}
        rows = words.rows(found)
        tables.put(rows, form, titles=titles, output=output, empty=say("diff.empty"))
