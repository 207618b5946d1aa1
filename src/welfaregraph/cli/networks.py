"""Networks in words, for a person at a terminal; and the rows the other formats are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from welfaregraph.cli.language import say
from welfaregraph.cli.tables import show
from welfaregraph.cli.words import put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from welfaregraph.network import Analysis, Standing

__all__ = ["COLUMNS", "put_network", "row", "titles"]

COLUMNS = (
    "kind", "iri", "label", "plan", "plan_label", "degree", "strength", "betweenness",
    "brokerage", "pagerank", "reach", "community", "sector", "sector_label", "sectors",
    "bridging",
)  # fmt: skip
#: Columns that a person sees; IRIs and what repeats are left to the other formats.
SHOWN = ("label", "plan_label", "degree", "strength", "betweenness", "reach", "community")
OF_BROKERS = ("label", "plan_label", "brokerage", "reach", "degree")
OF_BRIDGES = ("label", "plan_label", "bridging", "sectors", "degree")
#: Vertices of each list that a person sees, unless ``--limit`` says otherwise.
LIMIT = 10


def titles(names: Sequence[str] = COLUMNS) -> dict[str, str]:
    """Return what stands at the head of each column."""
    return {name: say(f"network.{name}") for name in names}


def row(standing: Standing) -> dict[str, object]:
    """Return a vertex with its standing as one row of ``COLUMNS``."""
    one = standing.vertex
    return {n: getattr(one if hasattr(one, n) else standing, n) for n in COLUMNS}


def put_network(analysis: Analysis, projection: str, *, limit: int | None) -> None:
    """Print who stands in the middle, who links plans, what belongs together, what is alone."""
    most = limit or LIMIT
    network = analysis.network
    put(
        say(
            "network.title",
            name=say(f"projection.{projection}"),
            vertices=len(network.vertices),
            ties=len(network.ties),
            communities=len(analysis.communities),
            modularity=analysis.modularity,
        ),
        style="bold",
    )
    middle = [standing for standing in analysis.ranked if not standing.is_isolated]
    _put_list("middle", middle, SHOWN, most)
    _put_list("brokers", analysis.brokers, OF_BROKERS, most)
    if any(vertex.sector for vertex in network.vertices):
        _put_list("bridges", analysis.bridges, OF_BRIDGES, most)
    _put_communities(analysis, most)
    _put_list("isolated", analysis.isolated, ("kind", "label", "plan_label"), most)
    if analysis.is_estimate:
        put(say("network.estimate"), style="dim")
    put(say("network.note"), style="dim")
    if any(vertex.sector for vertex in network.vertices):
        put(say("network.note-sectors"), style="dim")


def _put_list(name: str, found: Sequence[Standing], columns: Sequence[str], most: int) -> None:
    put("")
    put(say(f"network.{name}", count=len(found)), style="bold")
    if not found:
        put(say("network.none"), indent=2)
        return
    rows = [row(standing) for standing in found[:most]]
    for cells in rows:
        if cells["label"] == cells["plan_label"]:
            cells["plan_label"] = None
        cells["kind"] = say(f"vertex.{cells['kind']}")
        cells |= {k: f"{v:.3f}" for k, v in cells.items() if isinstance(v, float)}
    show(rows, titles(columns))
    if len(found) > most:
        put(say("more", count=len(found) - most), style="dim")


def _put_communities(analysis: Analysis, most: int) -> None:
    put("")
    put(say("network.communities", count=len(analysis.communities)), style="bold")
    standing = {s.vertex.iri: s for s in analysis.standings}
    for number, group in enumerate(analysis.communities[:most], 1):
        members = sorted((standing[iri] for iri in group), key=lambda s: -s.strength)
        plans = {s.vertex.plan for s in members if s.vertex.plan}
        head = say("network.community-line", number=number, count=len(group), plans=len(plans))
        names = say("list.separator").join(s.vertex.label for s in members[:most])
        rest = say("network.and-more", count=len(members) - most) if members[most:] else ""
        put(f"{head}{names}{rest}", indent=2)
    if len(analysis.communities) > most:
        put(say("more", count=len(analysis.communities) - most), style="dim")
