"""``welfaregraph overlaps``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import common, opened, plans_named

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

LEVELS = ("measure", "activity", "plan")


@click.command("overlaps", help="help.overlaps")
@click.argument("plans", nargs=-1, metavar="[PLAN…]")
@click.option("--min-score", type=click.FloatRange(0, 1), help="help.opt.min-score")
@click.option("--level", type=click.Choice(LEVELS), default=LEVELS[0], show_default=True,
              help="help.opt.level")  # fmt: skip
@click.option("--uncurated", is_flag=True, help="help.opt.uncurated")
@click.option("--limit", type=click.IntRange(1), help="help.opt.limit")
@common()
def command(
    plans: tuple[str, ...],
    *,
    min_score: float | None,
    uncurated: bool,
    level: str,
    limit: int | None,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> None:
    """Rank the measures of different plans that do the same work."""
    from welfaregraph.cli import tables, words
    from welfaregraph.cli.hints import before_overlaps
    from welfaregraph.reason_words import Rarity

    graph = opened(data, only_data=only_data)
    wanted = plans_named(graph, plans)
    spoken: dict[str, Any] = {"on": on, "lang": chosen()}
    things = "activity" if level == "activity" else "measure"
    measures = graph.measures(uncurated=uncurated, level=things, **spoken)
    for hint in before_overlaps(
        graph.plans(**spoken), measures, wanted, level=things, uncurated=uncurated
    ):
        click.echo(hint, err=True)
    found = graph.overlaps(
        *wanted,
        min_score=min_score,
        uncurated=uncurated,
        level=level,
        measures=measures,
        **spoken,
    )
    rarity = Rarity.among(measures)
    if form == "table":
        return words.put_overlaps(found, limit, level, rarity)
    row = words.overlap_object if form == "json" else words.overlap_row
    rows = [row(pair, rarity) for pair in found[:limit]]
    titles = {name: say(f"overlap.{name}") for name in words.OVERLAP_COLUMNS}
    empty = say(f"overlaps.empty.{level}")
    return tables.put(rows, form, titles=titles, output=output, empty=empty)
