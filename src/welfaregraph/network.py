"""What a network of plans shows: its middle, its communities, brokers, and what stands alone.

Pure functions over :class:`~welfaregraph.projection.Network`. Vertices are numbered in the
order of their IRIs before networkx sees them: sets of strings have another order in each run.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from welfaregraph.projection import Network, Vertex

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Analysis", "Standing", "analysed"]

#: Of the random choices of community detection.
SEED = 1
#: Digits kept: the last ones depend on the machine.
DIGITS = 6
#: Vertices plus ties from which shortest paths start, at most; beyond it from evenly spread
#: vertices only, and the shares are estimates.
EFFORT = 2_000_000
DAMPING = 0.85


@dataclass(frozen=True)
class Standing:
    """Where one vertex stands in its network."""

    vertex: Vertex
    degree: int  #: ties
    strength: float  #: sum of their weights
    betweenness: float  #: share of the shortest paths between all others that pass it, 0 to 1
    #: share of the pairs of vertices of different plans whose shortest paths pass it, 0 to 1
    brokerage: float
    pagerank: float  #: share of a random walk's time, adds up to 1
    reach: int  #: plans, beside its own, of the vertices tied to it
    community: int  #: number of its community, the greatest is 1; 0 for a vertex without ties
    #: share of the pairs of vertices of different sectors whose shortest paths pass it, 0 to 1
    bridging: float = 0.0
    sectors: int = 0  #: sectors of itself and the vertices tied to it

    @property
    def is_isolated(self) -> bool:
        """Whether nothing is tied to it."""
        return self.degree == 0

    @property
    def is_broker(self) -> bool:
        """Whether it ties plans together that are not its own, and paths between them pass."""
        return self.brokerage > 0 and self.reach + bool(self.vertex.plan) > 1

    @property
    def is_bridge(self) -> bool:
        """Whether it ties sectors together, and paths between them pass."""
        return self.bridging > 0 and self.sectors > 1


@dataclass(frozen=True)
class Analysis:
    """A network with the standing of each vertex."""

    network: Network
    standings: tuple[Standing, ...]  #: in the order of the network's vertices
    communities: tuple[tuple[str, ...], ...]  #: IRIs, the greatest community first
    modularity: float  #: of the communities, -0.5 to 1; 0 without ties
    density: float  #: share of the possible ties there are, 0 to 1
    components: int  #: parts that no tie connects, isolated vertices included
    is_estimate: bool  #: whether betweenness and brokerage come from a part of the paths

    @property
    def ranked(self) -> list[Standing]:
        """The standings, those in the middle first."""
        return sorted(
            self.standings,
            key=lambda s: (-s.betweenness, -s.strength, s.vertex.iri),
        )

    @property
    def brokers(self) -> list[Standing]:
        """Vertices that tie different plans together, the strongest first."""
        found = [standing for standing in self.standings if standing.is_broker]
        return sorted(found, key=lambda s: (-s.brokerage, -s.strength, s.vertex.iri))

    @property
    def bridges(self) -> list[Standing]:
        """Vertices that tie different sectors together, the strongest first."""
        found = [standing for standing in self.standings if standing.is_bridge]
        return sorted(found, key=lambda s: (-s.bridging, -s.strength, s.vertex.iri))

    @property
    def isolated(self) -> list[Standing]:
        """Vertices without ties."""
        return [standing for standing in self.standings if standing.is_isolated]


def analysed(network: Network) -> Analysis:
    """Return centralities, communities, brokers and isolated vertices of a network.

    A path is the shorter the stronger its ties: the length of a tie is one over its weight.

    Sources: L. C. Freeman, "A set of measures of centrality based on betweenness",
    Sociometry 40(1), 1977; L. Page et al., "The PageRank citation ranking", 1998;
    V. D. Blondel et al., "Fast unfolding of communities in large networks", J. Stat. Mech.,
    2008, P10008; M. E. J. Newman, "Modularity and community structure in networks", PNAS
    103(23), 2006.

    >>> from welfaregraph.projection import Tie
    >>> snow, house = (Vertex(n, n, "theme") for n in ("snow", "house"))
    >>> a, b, c = (Vertex(n, n, "measure", plan=n.upper()) for n in "abc")
    >>> found = analysed(Network.of([a, b, c, snow, house], [Tie("a", "snow", 1),
    ...     Tie("b", "snow", 1), Tie("b", "house", 1)]))
    >>> [(s.vertex.iri, s.brokerage) for s in found.brokers]
    [('snow', 0.333333)]
    >>> [s.vertex.iri for s in found.isolated], found.components
    (['c'], 2)
    """
    import networkx as nx

    graph, index = _graph(network)
    between, starts = _paths(graph)
    broking = _brokerage(graph, [vertex.plan for vertex in network.vertices], starts)
    bridging = _brokerage(graph, [vertex.sector for vertex in network.vertices], starts)
    ranks = _pagerank(graph)
    groups = _communities(graph)
    community = {at: number for number, group in enumerate(groups, 1) for at in group}
    tied: list[list[Vertex]] = [[] for _ in network.vertices]
    for tie in network.ties:
        for one, other in ((tie.a, tie.b), (tie.b, tie.a)):
            tied[index[one]].append(network.vertices[index[other]])
    standings = tuple(
        Standing(
            vertex=vertex,
            degree=graph.degree(at),
            strength=round(graph.degree(at, weight="weight"), DIGITS),
            betweenness=round(between[at], DIGITS),
            brokerage=round(broking[at], DIGITS),
            pagerank=round(ranks[at], DIGITS),
            reach=len({other.plan for other in tied[at]} - {"", vertex.plan}),
            community=community.get(at, 0),
            bridging=round(bridging[at], DIGITS),
            sectors=len({other.sector for other in (vertex, *tied[at])} - {""}),
        )
        for at, vertex in enumerate(network.vertices)
    )
    has_ties = bool(network.ties)
    parts = [*groups, *({at} for at in graph if at not in community)]
    return Analysis(
        network=network,
        standings=standings,
        communities=tuple(
            tuple(network.vertices[at].iri for at in sorted(group)) for group in groups
        ),
        modularity=round(nx.community.modularity(graph, parts), DIGITS) if has_ties else 0.0,
        density=round(nx.density(graph), DIGITS),
        components=nx.number_connected_components(graph),
        is_estimate=len(starts) < len(network.vertices),
    )


def _graph(network: Network) -> tuple[nx.Graph[int], dict[str, int]]:
    """Return the network with numbers for IRIs, and the number of each."""
    import networkx as nx

    index = {vertex.iri: at for at, vertex in enumerate(network.vertices)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(index)))
    for tie in network.ties:
        graph.add_edge(index[tie.a], index[tie.b], weight=tie.weight, length=1 / tie.weight)
    return graph, index


def _paths(graph: nx.Graph[int]) -> tuple[list[float], set[int]]:
    """Return the betweenness of each vertex, and from which the paths start."""
    import networkx as nx

    count = graph.number_of_nodes()
    starts = max(1, min(count, EFFORT // (count + graph.number_of_edges() + 1)))
    chosen = {at * count // starts for at in range(starts)} if count else set()
    share = count / starts
    others = max((count - 1) * (count - 2), 1)
    found = nx.betweenness_centrality_subset(
        graph, sorted(chosen), list(graph), normalized=False, weight="length"
    )
    # networkx halves the count of an undirected graph: each pair was met from both ends
    return [2 * share * found[at] / others for at in range(count)], chosen


def _brokerage(
    graph: nx.Graph[int], groups: Sequence[str], starts: Collection[int]
) -> list[float]:
    """Return which share of the paths between vertices of different groups passes each vertex.

    :param groups: the group of each vertex; nothing where it has none
    :param starts: vertices from which paths start
    """
    import networkx as nx

    broking, pairs = [0.0] * len(groups), 0
    for group in sorted(set(groups) - {""}):
        strange = [at for at, other in enumerate(groups) if other not in ("", group)]
        sources = [at for at, other in enumerate(groups) if other == group and at in starts]
        pairs += len(sources) * len(strange)
        if sources and strange:
            part = nx.betweenness_centrality_subset(
                graph, sources, strange, normalized=False, weight="length"
            )
            broking = [sum(both) for both in zip(broking, part.values(), strict=True)]
    # each pair of groups was walked from both sides, and halved
    return [2 * value / max(pairs, 1) for value in broking]


def _pagerank(graph: nx.Graph[int]) -> list[float]:
    """Return each vertex' share of the time of a random walk; networkx' own needs scipy."""
    count = graph.number_of_nodes()
    strength = [graph.degree(at, weight="weight") for at in range(count)]
    ranks = [1 / count] * count if count else []
    for _ in itertools.repeat(None, 200):
        lost = sum(rank for rank, own in zip(ranks, strength, strict=True) if not own)
        base = (1 - DAMPING + DAMPING * lost) / count if count else 0.0
        stepped = [
            base
            + DAMPING
            * sum(
                ranks[other] * tie["weight"] / strength[other]
                for other, tie in graph.adj[at].items()
            )
            for at in range(count)
        ]
        moved = sum(abs(a - b) for a, b in zip(ranks, stepped, strict=True))
        ranks = stepped
        if moved < 10 ** -(DIGITS + 3):
            break
    return ranks


def _communities(graph: nx.Graph[int]) -> list[set[int]]:
    """Return the communities of vertices with ties, the greatest first."""
    import networkx as nx

    tied = graph.subgraph([at for at in graph if graph.degree(at)]).copy()
    if not tied:
        return []
    found = nx.community.louvain_communities(tied, weight="weight", seed=SEED)
    return sorted(found, key=lambda group: (-len(group), min(group)))
