"""Which plans may be published: those that keep their shapes.

Plans are validated some at a time, in as many processes as the machine has processors, so that
memory stays bounded. Beside a batch stand the vocabulary, the reference graphs, and what other
plans say of the things that the batch speaks of: shapes look from a thing to what it points to,
and never back, so that a plan fares as it would among all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph import resources
from welfaregraph.checks import Issue, check_shapes
from welfaregraph.publish.rdf import graph_of, link_of, subject_of
from welfaregraph.publish.sharing import shared
from welfaregraph.store import Source, Store
from welfaregraph.vocab import GRAPH

if TYPE_CHECKING:
    from welfaregraph.plangraph import PlanGraph

__all__ = ["admitted", "refused"]

#: Plans validated at a time.
BATCH = 25
#: Where the graphs of plans are, and of what is computed from them.
PLANS, COMPUTED = GRAPH + "plans/", GRAPH + "derived/"
#: How many steps from a thing shapes look: to what it points to, and what that points to.
STEPS = 2
#: Graph in which what other plans say stands while a batch is validated.
AROUND = GRAPH + "around"
Batch = tuple[tuple[Source, ...], tuple[str, ...]]


def refused(
    graph: PlanGraph, *, step: Callable[[int, int], None] | None = None
) -> dict[str, list[Issue]]:
    """Return the plans that fail their shapes, with what is wrong.

    :param step: told how many batches are done, and of how many
    :returns: IRI of the plan → its errors; plans without any are not in it. What is too
        faulty to be known as a plan goes by its folder, as ``graph/plans/…``
    """
    told = step or (lambda *_: None)
    batches = _batches(graph)
    folders = {folder: plan for plan, folder in _folders(graph).items()}
    found: dict[str, list[Issue]] = {}

    def errors(piece: Sequence[Batch]) -> list[tuple[str, Issue]]:
        [(sources, graphs)] = piece
        return _errors(Store([*sources, _around(graph.store, graphs)]), graphs)

    for done, issues in enumerate(shared(errors, batches, size=1), 1):
        for graph_iri, issue in issues:
            folder = graph_iri.rpartition("/")[0]
            found.setdefault(folders.get(folder, folder), []).append(issue)
        told(done, len(batches))
    return found


def admitted(graph: PlanGraph, left_out: Sequence[str] = ()) -> PlanGraph:
    """Return a graph without some plans, and without what an earlier ``build`` computed.

    :param left_out: IRIs as :func:`refused` has them
    """
    from welfaregraph.plangraph import PlanGraph

    folders = _folders(graph)
    places = tuple(f"{folders.get(plan, plan)}/" for plan in left_out)
    kept = [
        source
        for source in graph.store.sources
        if not source.graph.startswith((COMPUTED, *places))
    ]
    return graph if len(kept) == len(graph.store.sources) else PlanGraph(Store(kept))


def _folders(graph: PlanGraph) -> dict[str, str]:
    rows = graph.ask("plan-files").rows()
    return {str(row["plan"]): str(row["file"]).rpartition("/")[0] for row in rows}


def _batches(graph: PlanGraph) -> list[Batch]:
    """Return the sources of each batch, and the graphs of its plans."""
    held = (s.graph for s in graph.store.sources if s.graph.startswith(PLANS))
    folders = sorted({iri.rpartition("/")[0] for iri in held})
    common = [
        source
        for source in graph.store.sources
        if not source.graph.startswith((PLANS, COMPUTED))
    ]
    found: list[Batch] = []
    for at in range(0, len(folders), BATCH):
        places = tuple(f"{folder}/" for folder in folders[at : at + BATCH])
        own = [s for s in graph.store.sources if s.graph.startswith(places)]
        graphs = tuple(source.graph for source in own)
        found.append((tuple(sorted({*common, *own})), graphs))
    return found


def _around(store: Store, graphs: Sequence[str]) -> Source:
    """Return what graphs of other plans say of what these speak of, and of what that points to.

    :param graphs: IRIs of the graphs of some plans
    """
    quads = [quad for graph in graphs for quad in store.quads(graph)]
    wave = {iri for quad in quads for iri in (subject_of(quad), link_of(quad)) if iri}
    known, found = set(wave), set[ox.Triple]()
    for _ in range(STEPS):
        foreign = [
            quad
            for iri in wave
            for quad in store.match(ox.NamedNode(iri))
            if graph_of(quad).startswith(PLANS) and graph_of(quad) not in graphs
        ]
        found |= {quad.triple for quad in foreign}
        wave = {link_of(quad) for quad in foreign} - known - {""}
        known |= wave
    text = ox.serialize(sorted(found, key=str), format=ox.RdfFormat.N_TRIPLES) or b""
    return Source(AROUND, Path(), text=f"# {AROUND}\n{text.decode()}")


def _errors(store: Store, graphs: Sequence[str]) -> list[tuple[str, Issue]]:
    """Return the errors of a batch, each with the graph of a plan that it stands in."""
    found = []
    for issue in check_shapes(store, resources.SHAPES):
        where = sorted(store.graphs_with(issue.focus) & set(graphs))
        if issue.severity == "error" and where:
            found.append((where[0], issue))
    return sorted(found, key=lambda one: (one[0], one[1].sort_key))
