"""The vocabulary and the data under a reasoner: consistent, and able to be inconsistent.

HermiT (carried by owlready2, run on Java) reads the classes and properties of ``ontology/``,
and of the graphs the types and the links between things. Literals stay out: OWL 2 has no
xsd:date.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

pytestmark = [
    pytest.mark.jvm,
    pytest.mark.skipif(shutil.which("java") is None, reason="java is not installed"),
    pytest.mark.filterwarnings("ignore::UserWarning:owlready2"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

ROOT = Path(__file__).resolve().parents[1]
WG = Namespace("https://w3id.org/welfaregraph/ns#")
INJECTED = URIRef("https://w3id.org/welfaregraph/id/fixture/injected")


def vocabulary() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        graph.parse(path)
    return graph


def things(terms: Graph) -> Graph:
    """Return what the graphs say by classes and object properties of the vocabulary."""
    found, everything = Graph(), Graph()
    for folder in ("ontology/schemes", "graphs"):
        for path in sorted((ROOT / folder).rglob("*.ttl")):
            everything.parse(path)
    relations = set(terms.subjects(RDF.type, OWL.ObjectProperty))
    defined = set(terms.subjects(RDFS.isDefinedBy))
    for subject, predicate, value in everything:
        is_type = predicate == RDF.type and value in defined
        is_link = predicate in relations and isinstance(value, URIRef) and value not in defined
        if is_type or is_link:
            found.add((subject, predicate, value))
    return found


def reasoned(graph: Graph, folder: Path) -> tuple[bool, set[str]]:
    """Return whether HermiT finds a graph consistent, and the classes that cannot be filled."""
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed")
    file = folder / "graph.nt"
    graph.serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, set()
    return True, {found.iri for found in world.inconsistent_classes()} - {str(OWL.Nothing)}


def test_the_vocabulary_is_consistent_and_every_class_can_be_filled(tmp_path):
    terms = vocabulary()
    assert len(list(terms.subject_objects(OWL.disjointWith))) >= 30
    assert reasoned(terms, tmp_path) == (True, set())


def test_a_class_between_two_disjoint_ones_is_reported(tmp_path):
    terms = vocabulary()
    terms.add((INJECTED, RDF.type, OWL.Class))
    for above in (WG.Goal, WG.Measure):
        terms.add((INJECTED, RDFS.subClassOf, above))
    assert reasoned(terms, tmp_path) == (True, {str(INJECTED)})


def test_the_data_agree_with_the_vocabulary(tmp_path):
    terms = vocabulary()
    said = things(terms)
    assert len(list(said.subjects(RDF.type, WG.Measure))) >= 59
    assert reasoned(terms + said, tmp_path) == (True, set())


def test_a_thing_of_two_disjoint_classes_is_reported(tmp_path):
    terms = vocabulary()
    said = things(terms)
    goal = next(said.subjects(RDF.type, WG.Goal))
    said.add((goal, RDF.type, WG.Measure))
    assert reasoned(terms + said, tmp_path) == (False, set())
