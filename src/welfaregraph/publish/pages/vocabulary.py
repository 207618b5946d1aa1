"""The page of the ontology, and of each scheme of concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph.publish.model import Text
from welfaregraph.publish.pages.frame import Link
from welfaregraph.publish.pages.naming import full
from welfaregraph.publish.pages.resource import titled
from welfaregraph.publish.pages.sections import NAMES, Row, Sections
from welfaregraph.publish.rdf import link_of, subject_of
from welfaregraph.text import natural_key

if TYPE_CHECKING:
    from welfaregraph.publish.model import Resource
    from welfaregraph.publish.pages.frame import Frame

__all__ = ["ontology", "scheme"]

#: Classes of terms → the word for them.
KINDS = {
    full("owl:Class"): "classes",
    full("owl:ObjectProperty"): "object-properties",
    full("owl:DatatypeProperty"): "datatype-properties",
    full("owl:AnnotationProperty"): "annotation-properties",
}
DEFINITION = full("skos:definition")
IN_SCHEME, BROADER = (ox.NamedNode(full(name)) for name in ("skos:inScheme", "skos:broader"))
#: What points to a term and is worth a line: terms below it, and terms it is disjoint with.
BELOW = {full(n) for n in ("rdfs:subClassOf", "rdfs:subPropertyOf", "owl:disjointWith")}


@dataclass(frozen=True)
class Term:
    """A term as its page shows it."""

    fragment: str
    name: str
    definition: Link
    rows: list[Row]
    back: list[Row]
    uses: int  #: statements that use it


@dataclass(frozen=True)
class Branch:
    """A concept with those below it."""

    link: Link
    definition: Link
    below: tuple[Branch, ...]


def ontology(frame: Frame, iri: str, subjects: Sequence[str], language: str) -> bytes:
    """Return the page of the ontology: what it is, and every term."""
    model = frame.site.model
    head = titled(frame, iri, language)
    sections = Sections(frame, head)
    main = model.described(iri)
    terms: defaultdict[str, list[Term]] = defaultdict(list)
    for subject in sorted(subjects, key=natural_key):
        found = model.resource(subject)
        word = next((KINDS[kind.iri] for kind in found.types if kind.iri in KINDS), "")
        if word:
            terms[word].append(_term(frame, sections, found, language))
    return frame.render(
        "ontology",
        head,
        rows=sections.rows(main.outgoing, without=NAMES),
        groups=[(word, terms[word]) for word in KINDS.values() if terms[word]],
        picture=frame.to("static/model.svg", head),
    )


def _term(frame: Frame, sections: Sections, found: Resource, language: str) -> Term:
    below = [group for group in found.incoming if group.property.iri in BELOW]
    hidden = {DEFINITION, full("rdfs:isDefinedBy"), full("skos:prefLabel")}
    uses = sum(group.total for group in found.incoming) - sum(group.total for group in below)
    return Term(
        found.thing.iri.partition("#")[2],
        found.thing.name(language),
        _definition(found, language),
        sections.rows(found.outgoing, without=hidden),
        sections.rows(below),
        uses + _used(frame, found.thing.iri),
    )


def _used(frame: Frame, iri: str) -> int:
    """Return how many statements a term is the property of."""
    return sum(1 for _ in frame.site.graph.store.match(None, ox.NamedNode(iri)))


def _definition(found: Resource, language: str) -> Link:
    said = [one.value for g in found.outgoing if g.property.iri == DEFINITION for one in g.said]
    texts = {value.language: value.text for value in said if isinstance(value, Text)}
    if language in texts:
        return Link(texts[language])
    spoken, text = next(iter(sorted(texts.items())), ("", ""))
    return Link(text, "", spoken)


def scheme(frame: Frame, iri: str, language: str) -> bytes:
    """Return the page of a scheme: what it is, and its concepts as a tree."""
    model, store = frame.site.model, frame.site.graph.store
    head = titled(frame, iri, language)
    sections = Sections(frame, head)
    concepts = {subject_of(quad) for quad in store.match(None, IN_SCHEME, ox.NamedNode(iri))}
    below: defaultdict[str, set[str]] = defaultdict(set)
    tops = set(concepts)
    for concept in concepts:
        for quad in store.match(ox.NamedNode(concept), BROADER):
            if link_of(quad) in concepts:
                below[link_of(quad)].add(concept)
                tops.discard(concept)

    def branch(concept: str, above: frozenset[str]) -> Branch:
        found = model.described(concept)
        inner = sorted(below[concept] - above, key=natural_key)
        return Branch(
            sections.link(found.thing),
            _definition(found, language),
            tuple(branch(one, above | {concept}) for one in inner),
        )

    return frame.render(
        "scheme",
        head,
        rows=sections.rows(model.described(iri).outgoing, without=NAMES),
        tree=[branch(one, frozenset()) for one in sorted(tops, key=natural_key)],
        total=len(concepts),
    )
