"""What the publication says of itself: catalogue, VoID, service, queries, prefixes, as data.

All of it goes into the store, so that pages and documents show it too; the catalogue and VoID
stand whole in files of their own, where harvesters look for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from welfaregraph.publish import dumps, examples, service, statistics
from welfaregraph.publish.catalogue import CATALOG, Catalogue, closure
from welfaregraph.publish.facts import ABOUT
from welfaregraph.publish.jsonld import context_of
from welfaregraph.publish.rdf import RDF_XML, place, turtle
from welfaregraph.vocab import GRAPH

if TYPE_CHECKING:
    import pyoxigraph as ox

    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import Bundle, File, Written

__all__ = ["DCAT", "WELL_KNOWN", "make"]

#: The catalogue for harvesters, without an ending; and the description that crawlers look for.
DCAT, WELL_KNOWN = "dcat", ".well-known/void"
#: Graphs of the data that the catalogue reads names and places from.
READ = tuple(f"{GRAPH}reference/{name}" for name in ("areas", "bodies", "dataset"))


def make(site: Site, written: Written) -> Iterator[File | Bundle]:
    """Put the description into the store, and yield its files."""
    store = site.graph.store
    found = statistics.counted(store)
    for facts in (
        statistics.describe(site, found, written),
        Catalogue(site, written).describe(),
        service.describe(site, found.triples),
        examples.prefixes(),
        examples.describe(site),
    ):
        store.add_aside(facts)
    yield WELL_KNOWN, turtle(_void(site))
    catalog = closure(site, [CATALOG], {*READ, ABOUT + "catalog", ABOUT + "service"})
    yield f"{DCAT}.ttl", turtle(catalog)
    yield f"{DCAT}.jsonld", context_of(store).document(catalog)
    yield f"{DCAT}.rdf", RDF_XML.head + RDF_XML.piece("", catalog, True) + RDF_XML.tail
    yield dumps.description(site)


def _void(site: Site) -> list[ox.Quad]:
    """Return the statistics, and what the data say of the dataset: title, licence, rights."""
    own = site.pieces(f"{GRAPH}reference/dataset", [site.dataset])
    found = [
        quad for pieces in (own, site.pieces(f"{ABOUT}void")) for p in pieces for quad in p
    ]
    return sorted({quad.triple: quad for quad in found}.values(), key=place)
