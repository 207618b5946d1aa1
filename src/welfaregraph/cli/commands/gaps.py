"""``welfaregraph gaps``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import common, opened, plans_named

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("gaps", help="help.gaps")
@click.argument("plans", nargs=-1, metavar="[PLAN…]")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list("abcdefgh")),
              help="help.opt.kind")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help="help.opt.limit")
@common()
def command(
    plans: tuple[str, ...],
    *,
    kinds: tuple[str, ...],
    limit: int | None,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> None:
    """Tell what plans leave open."""
    from welfaregraph.cli import tables, words
    from welfaregraph.evidence_words import missing

    graph = opened(data, only_data=only_data)
    wanted = plans_named(graph, plans)
    found = graph.gaps(*wanted, kinds="".join(kinds), on=on, lang=chosen())
    if form == "table":
        return words.put_gaps(found, limit)
    rows = [words.gap_row(gap) for gap in found[:limit]]
    if form == "xlsx":
        for row, gap in zip(rows, found, strict=False):
            row["missing_label"] = missing(gap, chosen())
    titles = {name: say(f"gap.{name}") for name in words.GAP_COLUMNS}
    return tables.put(rows, form, titles=titles, output=output, empty=say("gaps.empty"))
