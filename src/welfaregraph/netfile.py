"""A network as a file: GraphML for Gephi and yEd, JSON for programs, SVG to look at.

The same network gives the same bytes: vertices and ties stand in the order of their IRIs.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

from welfaregraph.network import Analysis, Standing
from welfaregraph.pictures import Link, Node, node_link
from welfaregraph.text import legible

__all__ = ["MOST", "graphml", "picture", "to_json"]

#: Vertices that a picture can hold so that their labels are read.
MOST = 250


def graphml(analysis: Analysis) -> bytes:
    """Return a network as GraphML, its vertices under their IRIs.

    Source: http://graphml.graphdrawing.org/specification.html
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for standing in analysis.standings:
        given = _described(standing)
        iri = legible(str(given.pop("id")))
        texts = {k: legible(v) if isinstance(v, str) else v for k, v in given.items()}
        graph.add_node(iri, **texts)
    for tie in analysis.network.ties:
        graph.add_edge(legible(tie.a), legible(tie.b), weight=round(tie.weight, 6))
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out, encoding="utf-8", prettyprint=True)
    return out.getvalue() + b"\n"


def to_json(analysis: Analysis, *, projection: str) -> bytes:
    """Return a network as node-link JSON, as d3 and ``networkx.node_link_graph`` read it."""
    found = {
        "directed": False,
        "multigraph": False,
        "graph": {
            "projection": projection,
            "modularity": analysis.modularity,
            "density": analysis.density,
            "components": analysis.components,
            "estimate": analysis.is_estimate,
            "communities": [list(group) for group in analysis.communities],
            "brokers": [standing.vertex.iri for standing in analysis.brokers],
            "bridges": [standing.vertex.iri for standing in analysis.bridges],
            "isolated": [standing.vertex.iri for standing in analysis.isolated],
        },
        "nodes": [_described(standing) for standing in analysis.standings],
        "links": [
            {"source": tie.a, "target": tie.b, "weight": round(tie.weight, 6)}
            for tie in analysis.network.ties
        ],
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def picture(
    analysis: Analysis,
    *,
    title: str,
    names: Mapping[str, str],
    community: str = "",
) -> str:
    """Return a network as SVG: mark and colour tell the plan, size the strength.

    :param names: what vertices of a kind that belongs to no plan are called
    :param community: what a community is called, with a place for its ``{number}``; then
        mark and colour tell the community
    :returns: beyond ``MOST`` vertices, only the strongest of them
    """
    strongest = sorted(analysis.standings, key=lambda s: (-s.strength, s.vertex.iri))[:MOST]
    shown = {standing.vertex.iri for standing in strongest}

    def group(standing: Standing) -> str:
        if community:
            number = standing.community
            return community.format(number=number) if number else names["isolated"]
        return standing.vertex.plan_label or names[standing.vertex.kind]

    def order(standing: Standing) -> tuple[bool, int, str, str]:
        vertex, number = standing.vertex, standing.community if community else 0
        return not (number if community else vertex.plan), number, vertex.plan, vertex.iri

    nodes = [
        Node(s.vertex.iri, s.vertex.label, group(s), max(s.strength, 0.05))
        for s in sorted(strongest, key=order)
    ]
    links = [
        Link(tie.a, tie.b, tie.weight)
        for tie in analysis.network.ties
        if tie.a in shown and tie.b in shown
    ]
    return node_link(nodes, links, title=title)


def _described(standing: Standing) -> dict[str, str | int | float]:
    vertex = standing.vertex
    return {
        "id": vertex.iri,
        "label": vertex.label,
        "kind": vertex.kind,
        "plan": vertex.plan,
        "planLabel": vertex.plan_label,
        "degree": standing.degree,
        "strength": standing.strength,
        "betweenness": standing.betweenness,
        "brokerage": standing.brokerage,
        "pagerank": standing.pagerank,
        "reach": standing.reach,
        "community": standing.community,
        "sector": vertex.sector,
        "sectorLabel": vertex.sector_label,
        "sectors": standing.sectors,
        "bridging": standing.bridging,
    }
