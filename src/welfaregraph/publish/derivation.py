"""Derives overlaps and suggested themes, puts them into the store, and yields the alignment.

Source: Simple Standard for Sharing Ontological Mappings, https://w3id.org/sssom/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph.build import links, offers, run_of
from welfaregraph.derived import LINKS, OFFERS, links_turtle, offers_turtle
from welfaregraph.sssom import tsv

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["SSSOM", "make"]

SSSOM = "alignments/overlaps.sssom.tsv"
#: Links written as one text.
BATCH = 5_000


def make(site: Site, _: Written) -> Iterator[File]:
    """Derive, and yield the overlaps as SSSOM."""
    graph = site.graph
    run, found = run_of(graph), links(graph)
    graph.store.add_aside(_read(offers_turtle(offers(graph), run), OFFERS))
    waiting = iter(found)
    while batch := list(islice(waiting, BATCH)):
        graph.store.add_aside(_read(links_turtle(batch, run), LINKS))
    yield SSSOM, tsv(found, run).encode()


def _read(text: str, graph: str) -> Iterable[ox.Quad]:
    name = ox.NamedNode(graph)
    for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
