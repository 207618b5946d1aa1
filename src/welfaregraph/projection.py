"""The graph of plans seen as networks: plan–plan, measure–theme, actor–theme and so on.

Pure functions over rows of ``queries/overlap-plans.rq``, ``actor-themes.rq`` and
``plan-statutes.rq``, over measures and their overlaps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from welfaregraph.measures import MAIN, THEME, Measure
from welfaregraph.overlap import Overlap, Settings
from welfaregraph.themes import Ladder

__all__ = [
    "PROJECTIONS", "Network", "Tie", "Vertex", "in_sectors", "narrowed", "of_measures",
    "of_plans", "of_rows", "of_themes", "sectors_of_measures", "sectors_of_themes", "tops",
]  # fmt: skip

#: The networks there are, by what they are asked for.
PROJECTIONS = ("plan", "theme", "actor", "statute", "measure")
Row = Mapping[str, str | None]


@dataclass(frozen=True)
class Vertex:
    """A node of a network."""

    iri: str
    label: str
    kind: str  #: plan, measure, theme, actor or statute
    plan: str = ""  #: the plan it belongs to: IRI, or nothing where it is of all
    plan_label: str = ""
    sector: str = ""  #: the theme of the first level that it belongs to: IRI, or nothing
    sector_label: str = ""


@dataclass(frozen=True)
class Tie:
    """A link of a network, undirected."""

    a: str  #: IRI of a vertex, of the side that comes first in the projection's name
    b: str
    weight: float  #: > 0; what it measures depends on the projection


@dataclass(frozen=True)
class Network:
    """Vertices by IRI and the ties between them, each pair once."""

    vertices: tuple[Vertex, ...]
    ties: tuple[Tie, ...]

    @classmethod
    def of(cls, vertices: Iterable[Vertex], ties: Iterable[Tie]) -> Network:
        """Put vertices and ties in order; of repeated ones the first vertex counts, all ties.

        :raises ValueError: a tie to nothing, or without weight

        >>> network = Network.of([Vertex("b", "B", "plan"), Vertex("a", "A", "plan")],
        ...     [Tie("b", "a", 1.0), Tie("a", "b", 0.5)])
        >>> [v.iri for v in network.vertices], network.ties
        (['a', 'b'], (Tie(a='b', b='a', weight=1.5),))
        """
        known: dict[str, Vertex] = {}
        for vertex in vertices:
            known.setdefault(vertex.iri, vertex)
        sums: dict[tuple[str, str], float] = {}
        for tie in ties:
            if tie.a not in known or tie.b not in known or not tie.weight > 0:
                raise ValueError(f"no such tie: {tie}")
            pair = (tie.b, tie.a) if (tie.b, tie.a) in sums else (tie.a, tie.b)
            sums[pair] = sums.get(pair, 0.0) + tie.weight
        return cls(
            tuple(known[iri] for iri in sorted(known)),
            tuple(Tie(a, b, weight) for (a, b), weight in sorted(sums.items())),
        )


def of_plans(plans: Iterable[Row], pairs: Iterable[Row]) -> Network:
    """Return plans with the share of themes they have in common.

    :param plans: ``plan planLabel``
    :param pairs: ``left right share`` with a share of 0 to 1
    """
    found = [_vertex(row, "plan", "plan", own=True) for row in plans]
    held = {vertex.iri for vertex in found}
    ties = [
        Tie(row["left"] or "", row["right"] or "", float(row["share"] or 0)) for row in pairs
    ]
    return Network.of(found, (t for t in ties if t.weight > 0 and t.a in held and t.b in held))


def of_themes(
    measures: Iterable[Measure],
    labels: Mapping[str, str],
    *,
    side: float = Settings().side,
) -> Network:
    """Return measures with their themes: weight 1, or ``side`` where it is a side of the work.

    Themes that no measure has are not in it; measures without a theme are.

    :param labels: names of themes by IRI
    """
    vertices: list[Vertex] = []
    ties: list[Tie] = []
    for measure in measures:
        vertices.append(_of_measure(measure))
        for feature in measure.features:
            if feature.kind == THEME:
                label = feature.label or labels.get(feature.iri, feature.iri)
                vertices.append(Vertex(feature.iri, label, THEME))
                weight = 1.0 if feature.role == MAIN else side
                ties.append(Tie(measure.iri, feature.iri, weight))
    return Network.of(vertices, ties)


def of_measures(measures: Iterable[Measure], overlaps: Iterable[Overlap]) -> Network:
    """Return measures with the scores of their overlaps; one of score 0 is none."""
    ties = (Tie(o.a.iri, o.b.iri, o.score) for o in overlaps if o.score > 0)
    return Network.of(map(_of_measure, measures), ties)


def of_rows(rows: Iterable[Row], left: str, right: str) -> Network:
    """Return a network of two kinds of things, tied by the number of elements.

    :param rows: ``plan planLabel elements`` and, for ``left`` and ``right``, the columns
        ``{name}`` and ``{name}Label``; one side without the other is a vertex without tie
    :param left: kind that is always there, and belongs to the plan of the row
    :param right: kind that belongs to no plan
    """
    vertices: list[Vertex] = []
    ties: list[Tie] = []
    for row in rows:
        vertices.append(_vertex(row, left, left, own=True))
        if row[right]:
            vertices.append(_vertex(row, right, right, own=False))
            ties.append(Tie(row[left] or "", row[right] or "", float(row["elements"] or 0)))
    return Network.of(vertices, ties)


def tops(theme: str, ladder: Ladder) -> set[str]:
    """Return the themes above which there is none, from a theme upwards.

    >>> tops("snow", Ladder({}, {"snow": ("living",), "living": ("life",)}))
    {'life'}
    """
    return {up for up in ladder.line(theme) if not ladder.broader.get(up)}


def sectors_of_themes(ladder: Ladder) -> dict[str, str]:
    """Return the sector of each theme: the first of those above it that stand below none."""
    return {theme: min(found) for theme in ladder.labels if (found := tops(theme, ladder))}


def sectors_of_measures(measures: Iterable[Measure], ladder: Ladder) -> dict[str, str]:
    """Return the sector of each measure: that of most of its main themes."""
    of_theme = sectors_of_themes(ladder)
    found = {}
    for measure in measures:
        main = (f.iri for f in measure.features if f.kind == THEME and f.role == MAIN)
        counts = Counter(of_theme[theme] for theme in main if theme in of_theme)
        if counts:
            found[measure.iri] = min(counts, key=lambda sector: (-counts[sector], sector))
    return found


def in_sectors(
    network: Network, sectors: Mapping[str, str], labels: Mapping[str, str]
) -> Network:
    """Return a network whose vertices know their sectors.

    :param sectors: IRI of a vertex → IRI of its sector
    :param labels: names of sectors by IRI

    >>> network = Network.of([Vertex("m", "M", "measure"), Vertex("n", "N", "measure")], [])
    >>> found = in_sectors(network, {"m": "life"}, {"life": "Life"})
    >>> [(v.sector, v.sector_label) for v in found.vertices]
    [('life', 'Life'), ('', '')]
    """
    return replace(
        network,
        vertices=tuple(
            replace(vertex, sector=sector, sector_label=labels.get(sector, sector))
            if (sector := sectors.get(vertex.iri, ""))
            else vertex
            for vertex in network.vertices
        ),
    )


def narrowed(network: Network, plans: Iterable[str]) -> Network:
    """Keep of a network what concerns plans, as a list of overlaps does.

    :param plans: IRIs; of one its vertices with all they are tied to, of several theirs with
        the ties between them and to what is of no plan, of none the whole network

    >>> vertices = [Vertex(n, n, "measure", n) for n in "abc"]
    >>> network = Network.of(vertices, [Tie("a", "b", 1.0), Tie("b", "c", 1.0)])
    >>> for plans in ("a", "ac"):
    ...     found = narrowed(network, plans)
    ...     print([v.iri for v in found.vertices], [(t.a, t.b) for t in found.ties])
    ['a', 'b'] [('a', 'b')]
    ['a', 'c'] []
    """
    wanted = set(plans)
    if not wanted:
        return network
    home = {vertex.iri: vertex.plan for vertex in network.vertices}
    match = any if len(wanted) == 1 else all

    def concerns(tie: Tie) -> bool:
        homes = [home[end] for end in (tie.a, tie.b) if home[end]]
        return match(plan in wanted for plan in homes)

    ties = [tie for tie in network.ties if concerns(tie)]
    kept = {end for tie in ties for end in (tie.a, tie.b)}
    return Network.of((v for v in network.vertices if v.plan in wanted or v.iri in kept), ties)


def _of_measure(measure: Measure) -> Vertex:
    return Vertex(measure.iri, measure.label, "measure", measure.plan, measure.plan_label)


def _vertex(row: Row, name: str, kind: str, *, own: bool) -> Vertex:
    iri = row[name] or ""
    label = row[f"{name}Label"] or iri
    if not own:
        return Vertex(iri, label, kind)
    return Vertex(iri, label, kind, row["plan"] or "", row["planLabel"] or "")
