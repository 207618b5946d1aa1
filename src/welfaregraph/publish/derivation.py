"""Derives overlaps and suggested themes, puts them into the store, and yields the alignment.

Source: Simple Standard for Sharing Ontological Mappings, https://w3id.org/sssom/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph.build import links, offers, run_of
from welfaregraph.derived import LEVELS, OFFERS, links_turtle, offers_turtle
from welfaregraph.sssom import tsv

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["FOLDER", "count", "make"]

FOLDER = "alignments/"
#: Links written as one text.
BATCH = 5_000


def count(site: Site) -> int:
    """Return how many files there are."""
    return len(_levels(site))


def make(site: Site, _: Written) -> Iterator[File]:
    """Derive, and yield the overlaps as SSSOM."""
    graph = site.graph
    run = run_of(graph)
    graph.store.add_aside(_read(offers_turtle(offers(graph), run), OFFERS))
    for name in _levels(site):
        level = replace(LEVELS[name], partners=site.partners)
        found = links(graph, name, partners=site.partners)
        waiting = iter(found)
        while batch := list(islice(waiting, BATCH)):
            graph.store.add_aside(_read(links_turtle(batch, run, level), level.graph))
        yield f"{FOLDER}{level.file}.sssom.tsv", tsv(found, run, level).encode()


def _levels(site: Site) -> list[str]:
    return [name for name in LEVELS if name == "measure" or site.is_small]


def _read(text: str, graph: str) -> Iterable[ox.Quad]:
    name = ox.NamedNode(graph)
    for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
