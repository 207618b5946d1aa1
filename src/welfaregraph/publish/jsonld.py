"""JSON-LD with a context of ours: terms of the vocabulary by their bare names.

The context stands in each file, since no reader should have to fetch another to understand it;
the same is published as ``context.jsonld`` for those who write data.

Source: JSON-LD 1.1, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from welfaregraph.publish.rdf import NAMES, TYPE, Form, by_subject, link_of, subject_of
from welfaregraph.vocab import WG

if TYPE_CHECKING:
    from welfaregraph.store import Store

__all__ = ["Context", "context_of"]

OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
#: Integers up to here are the same number in every program that reads JSON.
SAFE = 2**53


@dataclass(frozen=True)
class Context:
    """Which names stand for which terms."""

    names: Mapping[str, str]  #: IRI of a term of the vocabulary → its bare name
    links: frozenset[str]  #: IRIs of properties whose values are IRIs

    def to_json(self, used: Iterable[str] | None = None) -> dict[str, Any]:
        """Return the context as JSON.

        :param used: IRIs; only what they need, and all without it
        """
        wanted = sorted(self.names if used is None else {i for i in used if i in self.names})
        kept = NAMES if used is None else _prefixes({*used, WG})
        terms: dict[str, Any] = {}
        for iri in wanted:
            name = f"wg:{iri.removeprefix(WG)}"
            terms[self.names[iri]] = (
                {"@id": name, "@type": "@id"} if iri in self.links else name
            )
        return {**kept, **terms}

    def document(self, quads: Sequence[ox.Quad]) -> bytes:
        """Return statements, sorted, as a document, without their graphs."""
        used = {quad.predicate.value for quad in quads}
        used |= {link_of(quad) for quad in quads if quad.predicate.value == TYPE}
        head = b'{"@context": ' + _dumped(self.to_json(used)) + b',\n"@graph": [\n'
        return head + self._nodes(quads) + b"\n]}\n"

    def form(self) -> Form:
        """Return the format of dumps: named graphs, each subject in a line."""
        head = b'{"@context": ' + _dumped(self.to_json()) + b',\n"@graph": ['
        return Form("jsonld", head, self._piece, b"\n]}\n")

    def _piece(self, graph: str, quads: Sequence[ox.Quad], is_first: bool) -> bytes:
        comma = b"" if is_first else b","
        start = comma + b'\n{"@id": ' + _dumped(graph) + b', "@graph": [\n'
        return start + self._nodes(quads) + b"]}"

    def _nodes(self, quads: Sequence[ox.Quad]) -> bytes:
        return b",\n".join(_dumped(self._node(s, group)) for s, group in by_subject(quads))

    def _node(self, iri: str, quads: Iterable[ox.Quad]) -> dict[str, Any]:
        found: dict[str, Any] = {"@id": iri}
        for quad in quads:
            predicate = quad.predicate.value
            if predicate == TYPE:
                found.setdefault("@type", []).append(self._name(link_of(quad)))
            else:
                value = self._value(quad.object, predicate in self.links)
                found.setdefault(self._name(predicate), []).append(value)
        return {name: v[0] if len(v) == 1 else v for name, v in found.items()} | {"@id": iri}

    def _name(self, iri: str) -> str:
        return self.names.get(iri) or _short(iri)

    @staticmethod
    def _value(
        term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple, is_link: bool
    ) -> Any:
        if isinstance(term, ox.NamedNode):
            return term.value if is_link else {"@id": term.value}
        if not isinstance(term, ox.Literal):
            raise TypeError(f"neither IRI nor literal: {term}")
        if term.language:
            return {"@language": term.language, "@value": term.value}
        datatype, text = term.datatype.value, term.value
        if datatype == f"{XSD}string":
            return {"@value": text} if is_link else text
        if datatype == f"{XSD}integer" and not is_link and _is_canonical(text):
            return int(text)
        return {"@type": _short(datatype), "@value": text}


def context_of(store: Store) -> Context:
    """Return the context of the vocabulary that a store holds."""
    a, defined, links = ox.NamedNode(TYPE), dict[str, str](), set[str]()
    kinds = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    for kind in kinds:
        for quad in store.match(None, a, ox.NamedNode(OWL + kind)):
            iri = subject_of(quad)
            if iri.startswith(WG):
                defined[iri] = iri.removeprefix(WG)
                links |= {iri} if kind == "ObjectProperty" else set()
    return Context(dict(sorted(defined.items())), frozenset(links))


def _is_canonical(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and text == str(int(text)) and int(text) < SAFE


@lru_cache(1 << 12)
def _short(iri: str) -> str:
    for prefix, namespace in NAMES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _prefixes(iris: Iterable[str]) -> dict[str, str]:
    """Return the prefixes that IRIs need, and that of datatypes."""
    needed = {_short(iri).partition(":")[0] for iri in iris} | {"xsd"}
    return {prefix: iri for prefix, iri in NAMES.items() if prefix in needed}


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
