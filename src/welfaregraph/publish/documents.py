"""Turtle and JSON-LD of each document: what is said of its IRIs, and what points to them.

Properties lead from child to parent only, so a reader who starts at a plan finds its measures
by what points to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph.publish.dumps import FOLDER, NAMES
from welfaregraph.publish.jsonld import context_of
from welfaregraph.publish.paths import JSONLD, TURTLE, document, stem
from welfaregraph.publish.rdf import TYPE, graph_of, place, restored, subject_of, turtle
from welfaregraph.publish.site import DERIVED
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["each", "every"]

FOAF, VOID = "http://xmlns.com/foaf/0.1/", "http://rdfs.org/ns/void#"
#: How many statements of one property that point to a document stand in it.
MOST = 1000


def every(site: Site) -> list[str]:
    """Return the IRIs of all documents."""
    return list(site.documents)


def each(site: Site, _: Written) -> Callable[[str], Iterator[File]]:
    """Return what yields the files of a document."""
    context = context_of(site.graph.store)
    shown = {graph.iri for graph in site.graphs}
    whole = {graph.iri for graph in site.graphs if graph.part != DERIVED}

    def files(iri: str) -> Iterator[File]:
        quads = _described(site, iri, site.documents[iri], shown)
        quads += _content(site, iri, is_whole=iri in whole) if iri in shown else []
        quads = sorted({quad.triple: quad for quad in quads}.values(), key=place)
        name = stem(iri)
        yield name + TURTLE, turtle([*quads, *_about(site, iri, name + TURTLE)])
        yield name + JSONLD, context.document([*quads, *_about(site, iri, name + JSONLD)])

    return files


def _described(site: Site, iri: str, subjects: Sequence[str], shown: set[str]) -> list[ox.Quad]:
    store, found = site.graph.store, dict[ox.Triple, ox.Quad]()
    inward: defaultdict[str, list[ox.Quad]] = defaultdict(list)
    for subject in {iri, *subjects}:
        node = ox.NamedNode(subject)
        for quad in store.match(node):
            if graph_of(quad) in shown:
                found.setdefault(quad.triple, quad)
        for quad in store.match(None, None, node):
            if graph_of(quad) in shown and document(subject_of(quad)) != iri:
                inward[quad.predicate.value].append(quad)
    for group in inward.values():
        kept = group if len(group) <= MOST else sorted(group, key=place)[:MOST]
        found |= {quad.triple: quad for quad in kept if quad.triple not in found}
    return [restored(quad) for quad in found.values()]


def _content(site: Site, iri: str, *, is_whole: bool) -> list[ox.Quad]:
    """Return what a named graph says; of what was derived, which may be large, its dump."""
    if is_whole:
        return list(map(restored, site.graph.store.quads(iri)))
    dump = ox.NamedNode(f"{BASE}{FOLDER}{NAMES[DERIVED]}.trig")
    return [ox.Quad(ox.NamedNode(iri), ox.NamedNode(VOID + "dataDump"), dump)]


def _about(site: Site, iri: str, name: str) -> list[ox.Quad]:
    """Return what is said of the file itself."""
    file = ox.NamedNode(BASE + name)
    return [
        ox.Quad(file, ox.NamedNode(predicate), ox.NamedNode(value))
        for predicate, value in (
            (TYPE, FOAF + "Document"),
            (VOID + "inDataset", site.dataset),
            (FOAF + "primaryTopic", iri),
        )
    ]
