"""What is said of a resource, as pages show it: grouped, named, both ways, with authority.

Shared by the pages of a publication and by whatever else shows resources to readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from welfaregraph.publish.rdf import TYPE, graph_of, link_of, subject_of
from welfaregraph.speech import FALLBACK
from welfaregraph.text import natural_key
from welfaregraph.vocab import WG, compact

if TYPE_CHECKING:
    from welfaregraph.store import Store

__all__ = ["Group", "Model", "Resource", "Said", "Text", "Thing"]

#: What a thing is called, the first that it has.
NAMING = tuple(
    ox.NamedNode(iri)
    for iri in (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://purl.org/dc/terms/title",
    )
)
ORDER, NUMBER, AUTHORITY = (
    ox.NamedNode(WG + name) for name in ("order", "number", "hasAuthority")
)
#: How many things a group of what points here shows; the rest is counted.
MOST = 500
#: Names, and resources, kept in memory at a time.
CACHED, RESOURCES = 1 << 16, 1 << 12


class Published(Protocol):
    """A named graph that may be shown."""

    @property
    def iri(self) -> str: ...


@dataclass(frozen=True)
class Thing:
    """Something that has an IRI, and what it is called."""

    iri: str
    names: Mapping[str, str] = field(compare=False)  #: language → name; empty if nameless
    number: str = field(default="", compare=False)  #: printed before the name

    def name(self, language: str) -> str:
        """Return what it is called in a language, else in Japanese, else its short IRI."""
        found = self.names.get(language) or self.names.get(FALLBACK)
        return found or next(iter(self.names.values()), "") or compact(self.iri)

    def name_language(self, language: str) -> str:
        """Return the language that :meth:`name` answers in, or nothing for an IRI."""
        known = [name for name in (language, FALLBACK, *self.names) if self.names.get(name)]
        return known[0] if known else ""


@dataclass(frozen=True)
class Text:
    """A literal."""

    text: str
    language: str = ""
    datatype: str = ""  #: IRI; empty for text with or without a language


@dataclass(frozen=True)
class Said:
    """One value, and on whose word."""

    value: Thing | Text
    graphs: tuple[str, ...]  #: IRIs of the named graphs that say it
    authorities: tuple[str, ...]  #: IRIs of concepts of ``scheme/authority``


@dataclass(frozen=True)
class Group:
    """All values of one property."""

    property: Thing
    said: tuple[Said, ...]
    total: int  #: values there are; more than are shown where a group is cut


@dataclass(frozen=True)
class Resource:
    """A thing with all that is said of it."""

    thing: Thing
    types: tuple[Thing, ...]
    outgoing: tuple[Group, ...]  #: what it says, without its types
    incoming: tuple[Group, ...] = ()  #: what other documents say of it


class Model:
    """Describes the resources of a store.

    :param graphs: the named graphs that are shown; others are as if they were not there
    """

    def __init__(self, store: Store, graphs: Iterable[Published]) -> None:
        self._store = store
        self._shown = frozenset(graph.iri for graph in graphs)
        self.thing = lru_cache(CACHED)(self._thing)
        self.described = lru_cache(RESOURCES)(self._described)
        self._place = lru_cache(CACHED)(self._place_of)
        self._authorities = lru_cache(None)(self._authorities_of)

    def _thing(self, iri: str) -> Thing:
        """Return a thing with its names."""
        node, names = ox.NamedNode(iri), dict[str, str]()
        for naming in NAMING:
            texts = sorted(
                (q.object.language or "", q.object.value)
                for q in self._store.match(node, naming)
                if isinstance(q.object, ox.Literal) and graph_of(q) in self._shown
            )
            for language, text in texts:
                names.setdefault(language, text)
        return Thing(iri, names, self._text(node, NUMBER))

    def _text(self, node: ox.NamedNode, predicate: ox.NamedNode) -> str:
        found = (q.object for q in self._store.match(node, predicate))
        return min((o.value for o in found if isinstance(o, ox.Literal)), default="")

    def _authorities_of(self, graphs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({self._authority(graph) for graph in graphs} - {""}))

    def _authority(self, graph: str) -> str:
        found = (q.object for q in self._store.match(ox.NamedNode(graph), AUTHORITY))
        return min((o.value for o in found if isinstance(o, ox.NamedNode)), default="")

    def types(self, iri: str) -> list[str]:
        """Return the IRIs of the classes of a thing, sorted."""
        found = self._store.match(ox.NamedNode(iri), ox.NamedNode(TYPE))
        return sorted({link_of(quad) for quad in found if graph_of(quad) in self._shown})

    def resource(self, iri: str, *, most: int = MOST) -> Resource:
        """Return what is said of an IRI, in both directions.

        :param most: values shown of each group of what points to it
        """
        incoming: dict[str, dict[str, set[str]]] = {}
        for quad in self._store.match(None, None, ox.NamedNode(iri)):
            graph = graph_of(quad)
            if graph in self._shown:
                found = incoming.setdefault(quad.predicate.value, {})
                found.setdefault(subject_of(quad), set()).add(graph)
        return replace(
            self.described(iri),
            incoming=tuple(self._cut(name, incoming[name], most) for name in sorted(incoming)),
        )

    def _described(self, iri: str) -> Resource:
        """Return what an IRI says, without what points to it."""
        outgoing: dict[str, dict[Thing | Text, set[str]]] = {}
        for quad in self._store.match(ox.NamedNode(iri)):
            graph = graph_of(quad)
            if graph in self._shown:
                values = outgoing.setdefault(quad.predicate.value, {})
                values.setdefault(self._value(quad.object), set()).add(graph)
        types = [value for value in outgoing.pop(TYPE, {}) if isinstance(value, Thing)]
        return Resource(
            self.thing(iri),
            tuple(sorted(types, key=lambda thing: thing.iri)),
            tuple(self._group(name, outgoing[name]) for name in sorted(outgoing)),
        )

    def _value(
        self, term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
    ) -> Thing | Text:
        if isinstance(term, ox.NamedNode):
            return self.thing(term.value)
        if isinstance(term, ox.Literal):
            datatype = "" if term.language else term.datatype.value
            plain = datatype.endswith("#string")
            return Text(term.value, term.language or "", "" if plain else datatype)
        raise TypeError(f"neither IRI nor literal: {term}")

    def _group(self, name: str, values: Mapping[Thing | Text, set[str]]) -> Group:
        said = [self._said(value, graphs) for value, graphs in values.items()]
        if len(said) > 1:
            said.sort(key=lambda one: self._rank(one.value))
        return Group(self.thing(name), tuple(said), len(said))

    def _cut(self, name: str, values: Mapping[str, set[str]], most: int) -> Group:
        ordered = sorted(values, key=self._place)
        said = tuple(self._said(self.thing(iri), values[iri]) for iri in ordered[:most])
        return Group(self.thing(name), said, len(ordered))

    def _said(self, value: Thing | Text, graphs: Iterable[str]) -> Said:
        ordered = tuple(sorted(graphs))
        return Said(value, ordered, self._authorities(ordered))

    def _rank(self, value: Thing | Text) -> tuple[object, ...]:
        if isinstance(value, Text):
            return 1, value.language, natural_key(value.text)
        return 0, *self._place(value.iri)

    def _place_of(self, iri: str) -> tuple[object, ...]:
        """Return what things are listed by: their printed order, then their IRIs."""
        order = self._text(ox.NamedNode(iri), ORDER)
        return iri.rpartition("/")[0], int(order) if order.isdigit() else 0, natural_key(iri)
