"""Writes a publication: derives, describes, makes every file, moves the whole into place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph.publish import closing
from welfaregraph.publish.history import Previous
from welfaregraph.publish.makers import MAKERS
from welfaregraph.publish.site import Site
from welfaregraph.publish.tree import Tree
from welfaregraph.vocab import GRAPH

if TYPE_CHECKING:
    import pyoxigraph as ox

    from welfaregraph.plangraph import PlanGraph

__all__ = ["Published", "Step", "derive", "publish"]

#: Told before each file: name of the maker, files made, files to come.
Step = Callable[[str, int, int], None]
#: Links written as one text.
BATCH = 5_000


@dataclass(frozen=True)
class Published:
    """What was written."""

    folder: Path
    files: int
    size: int  #: bytes
    plans: int


def derive(graph: PlanGraph) -> None:
    """Put the derived graphs into the store, aside."""
    from welfaregraph.build import links, offers, run_of
    from welfaregraph.derived import LEVELS, OFFERS, links_turtle, offers_turtle

    run = run_of(graph)
    graph.store.add_aside(_read(offers_turtle(offers(graph), run), OFFERS))
    for name, level in LEVELS.items():
        found = iter(links(graph, name))
        while batch := list(islice(found, BATCH)):
            graph.store.add_aside(_read(links_turtle(batch, run, level), level.graph))


def _read(text: str, graph: str) -> Iterable[ox.Quad]:
    import pyoxigraph as ox

    name = ox.NamedNode(graph)
    for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def publish(site: Site, folder: Path, *, step: Step | None = None) -> Published:
    """Write a publication into a folder, whole or not at all.

    :param site: its graph holds no derived graph yet
    :raises MisuseError: the folder is a file, or holds something else
    :raises InputError: it cannot be written to
    """
    told = step or (lambda *_: None)
    site = replace(site, last=site.last or Previous.in_folder(folder))
    with Tree(folder, base=site.base) as tree:
        told("derive", 0, 1)
        derive(site.graph)
        for maker in MAKERS:
            total = maker.count(site)
            told(maker.name, 0, total)
            for done, (name, content) in enumerate(maker.make(site, tree.entries), 1):
                tree.write(name, content)
                if maker.is_packed:
                    tree.compress(name)
                told(maker.name, done, total)
        told("closing", 0, 1)
        closing.close(site, tree)
        sizes = [entry.size for entry in tree.entries.values()]
    return Published(folder, len(sizes), sum(sizes), len(site.plans))


def without_computed(graph: PlanGraph, left_out: Iterable[str] = ()) -> PlanGraph:
    """Return a graph without what an earlier ``build`` computed, and without some graphs.

    :param left_out: IRIs of named graphs
    """
    from welfaregraph.plangraph import PlanGraph
    from welfaregraph.store import Store

    refused = set(left_out)
    kept = [
        source
        for source in graph.store.sources
        if not source.graph.startswith(GRAPH + "derived/") and source.graph not in refused
    ]
    return graph if len(kept) == len(graph.store.sources) else PlanGraph(Store(kept))
