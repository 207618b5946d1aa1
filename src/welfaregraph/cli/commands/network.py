"""``welfaregraph network``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import common, opened, plans_named

if TYPE_CHECKING:
    from pathlib import Path

    from welfaregraph.network import Analysis

__all__ = ["command"]

#: As in :data:`welfaregraph.projection.PROJECTIONS`, which is too slow for ``--help``.
PROJECTIONS = ("plan", "theme", "actor", "statute", "measure")
GROUPS = ("plan", "community")


@click.command("network", help="help.network")
@click.argument("plans", nargs=-1, metavar="[PLAN…]")
@click.option("--projection", type=click.Choice(PROJECTIONS), default="measure",
              show_default=True, help="help.opt.projection")  # fmt: skip
@click.option("--groups", type=click.Choice(GROUPS), default="plan", show_default=True,
              help="help.opt.groups")  # fmt: skip
@click.option("--uncurated", is_flag=True, help="help.opt.uncurated")
@click.option("--limit", type=click.IntRange(1), help="help.opt.limit")
@common("table", "csv", "tsv", "json", "graphml", "svg", "xlsx")
def command(
    plans: tuple[str, ...],
    *,
    projection: str,
    groups: str,
    uncurated: bool,
    limit: int | None,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> None:
    """Show plans as a network: its middle, communities, brokers, isolated measures."""
    from welfaregraph import netfile
    from welfaregraph.cli import networks, tables

    graph = opened(data, only_data=only_data)
    wanted = plans_named(graph, plans)
    found = graph.network(projection, *wanted, uncurated=uncurated, on=on, lang=chosen())
    if form == "table":
        return networks.put_network(found, projection, limit=limit)
    if form == "json":
        return tables.put_bytes(netfile.to_json(found, projection=projection), output)
    if form == "graphml":
        return tables.put_bytes(netfile.graphml(found), output)
    if form == "svg":
        return tables.put_bytes(_drawn(found, projection, groups=groups).encode(), output)
    rows = [networks.row(standing) for standing in found.ranked[:limit]]
    empty = say("network.empty")
    return tables.put(rows, form, titles=networks.titles(), output=output, empty=empty)


def _drawn(found: Analysis, projection: str, *, groups: str) -> str:
    from welfaregraph import netfile

    names = {kind: say(f"vertex.{kind}") for kind in (*PROJECTIONS, "isolated")}
    if len(found.standings) > netfile.MOST:
        click.echo(say("network.cut", shown=netfile.MOST, count=len(found.standings)), err=True)
    template = say("network.community-name", number="{number}")
    return netfile.picture(
        found,
        title=say(f"projection.{projection}"),
        names=names,
        community=template if groups == "community" else "",
    )
