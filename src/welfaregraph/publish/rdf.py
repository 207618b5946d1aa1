"""Statements as RDF files, each a stream of pieces in an order that is always the same.

Oxigraph writes the terms; the prefixes stand before them in an order of ours, as its own
changes from run to run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from welfaregraph.turtle import PREFIXES

__all__ = [
    "FORMATS",
    "NAMES",
    "RDF_XML",
    "TYPE",
    "Form",
    "by_subject",
    "graph_of",
    "link_of",
    "place",
    "restored",
    "subject_of",
    "turtle",
]

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: Property → datatype of whole numbers that is not ``xsd:integer``.
DATATYPES = {
    "http://www.w3.org/ns/dcat#byteSize": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
}
NAMES = dict(sorted(PREFIXES.items()))
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in NAMES.items()).encode()
XML_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF' + b"".join(
    f'\n    xmlns:{name}="{iri}"'.encode() for name, iri in NAMES.items()
)
XML_TAIL = b"</rdf:RDF>\n"


@dataclass(frozen=True)
class Form:
    """A format of RDF: what stands before, between and after pieces of a file."""

    ending: str
    head: bytes
    piece: Callable[[str, Sequence[ox.Quad], bool], bytes]
    #: of the graph's IRI, its statements sorted, and whether it is the first piece
    tail: bytes = b""
    keeps_graphs: bool = True  #: whether it says in which graph a statement stands


def restored(quad: ox.Quad) -> ox.Quad:
    """Return a statement with the datatype that its property asks for.

    Oxigraph keeps all whole numbers as ``xsd:integer``; DCAT wants sizes that are not negative.
    """
    datatype = DATATYPES.get(quad.predicate.value)
    if not datatype or not isinstance(quad.object, ox.Literal):
        return quad
    value = ox.Literal(quad.object.value, datatype=ox.NamedNode(datatype))
    return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)


def subject_of(quad: ox.Quad) -> str:
    """Return the IRI of the subject; no triple stands in its place in data of ours."""
    return str(quad.subject.value)  # type: ignore[union-attr]


def graph_of(quad: ox.Quad) -> str:
    """Return the IRI of the named graph."""
    return str(quad.graph_name.value)  # type: ignore[union-attr]


def link_of(quad: ox.Quad) -> str:
    """Return the IRI that is the value, or nothing where it is a literal."""
    return quad.object.value if isinstance(quad.object, ox.NamedNode) else ""


def place(quad: ox.Quad) -> tuple[str, bool, str, str]:
    """Return what statements are sorted by: subject, types first, property, value."""
    predicate = quad.predicate.value
    return subject_of(quad), predicate != TYPE, predicate, str(quad.object)


def turtle(quads: Sequence[ox.Quad]) -> bytes:
    """Return statements as Turtle, without their graphs and with the prefixes they use."""
    body = _body(quads)
    names = [name for name in NAMES if f"{name}:".encode() in body]
    head = "".join(f"@prefix {name}: <{NAMES[name]}> .\n" for name in names)
    return head.encode() + b"\n" + body


def _body(quads: Sequence[ox.Quad]) -> bytes:
    triples = [quad.triple for quad in quads]
    return _after_prefixes(
        ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=NAMES) or b""
    )


def _after_prefixes(text: bytes) -> bytes:
    start = 0
    while text.startswith(b"@prefix ", start):
        start = text.index(b"\n", start) + 1
    return text[start:]


def _turtle(_: str, quads: Sequence[ox.Quad], __: bool) -> bytes:
    return _body(quads)


def _trig(_: str, quads: Sequence[ox.Quad], __: bool) -> bytes:
    text = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=NAMES)
    return _after_prefixes(text or b"")


def _nquads(_: str, quads: Sequence[ox.Quad], __: bool) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _rdfxml(_: str, quads: Sequence[ox.Quad], __: bool) -> bytes:
    triples = [quad.triple for quad in quads]
    text = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=NAMES) or b""
    if not triples:
        return b""
    return text[text.index(b">", text.index(b"<rdf:RDF")) + 1 : text.rindex(b"</rdf:RDF>")]


RDF_XML = Form("rdf", XML_HEAD + b">\n", _rdfxml, XML_TAIL, keeps_graphs=False)
#: The formats but JSON-LD, which needs a context.
FORMATS = (
    Form("trig", HEAD + b"\n", _trig),
    Form("nq", b"", _nquads),
    Form("ttl", HEAD + b"\n", _turtle, keeps_graphs=False),
    RDF_XML,
)


def by_subject(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Group sorted statements by their subject."""
    for subject, group in groupby(quads, subject_of):
        yield subject, list(group)
