"""The few IRIs that the program itself must name; each is defined in ``ontology/``."""

from __future__ import annotations

__all__ = ["BASE", "GRAPH", "ID", "PREFIXES", "SCHEME", "SHAPES", "WG", "compact", "expand"]

BASE = "https://w3id.org/welfaregraph/"
WG = BASE + "ns#"
SHAPES = BASE + "shapes#"
ID = BASE + "id/"
SCHEME = BASE + "scheme/"
GRAPH = BASE + "graph/"

#: Folders of our own IRI space, so that ``scheme/actor-kind/council`` can be typed as it is.
SPACES = ("id/", "scheme/", "graph/", "ns#", "shapes#")

PREFIXES = {
    "wg": WG,
    "wgsh": SHAPES,
    "sdg": "http://metadata.un.org/sdg/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcterms": "http://purl.org/dc/terms/",
}


def compact(iri: str) -> str:
    """Shorten an IRI for the reader; what is not ours stays whole.

    >>> compact("https://w3id.org/welfaregraph/id/012033/general")
    'id/012033/general'
    >>> compact("https://w3id.org/welfaregraph/ns#Plan")
    'wg:Plan'
    >>> compact("https://example.org/x")
    'https://example.org/x'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(BASE)


def expand(short: str) -> str:
    """Write out what :func:`compact` shortened; a bare path is read as a thing under ``id/``.

    >>> expand("scheme/actor-kind/council")
    'https://w3id.org/welfaregraph/scheme/actor-kind/council'
    >>> expand("012033/general")
    'https://w3id.org/welfaregraph/id/012033/general'
    >>> expand("wg:Plan")
    'https://w3id.org/welfaregraph/ns#Plan'
    """
    prefix, colon, rest = short.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + rest
    if colon:
        return short
    return (BASE if short.startswith(SPACES) else ID) + short
