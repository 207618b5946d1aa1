"""What one bundled plan states, as the tests that were read off its documents ask for it."""

from __future__ import annotations

from functools import cached_property

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from conftest import ROOT

__all__ = ["WG", "Stated", "slug"]

BASE = "https://w3id.org/welfaregraph/"
WG = Namespace(BASE + "ns#")


def slug(node: Node) -> str:
    """The last part of an IRI."""
    return str(node).rpartition("/")[2]


class Stated:
    """The stated graph of a plan; nothing changes it.

    :param path: its folder below ``graphs/plans/``
    """

    def __init__(self, path: str) -> None:
        self.file = ROOT / "graphs/plans" / path / "stated.ttl"
        self.plan = URIRef(f"{BASE}id/{path}")

    @cached_property
    def _graph(self) -> Graph:
        return Graph().parse(self.file, format="turtle")

    def graph(self) -> Graph:
        """The graph, read when it is first asked for."""
        return self._graph

    def thing(self, path: str) -> URIRef:
        """The IRI of an element of the plan."""
        return URIRef(f"{self.plan}/{path}")

    def of(self, kind: URIRef) -> set[Node]:
        """The things of a class."""
        return set(self._graph.subjects(RDF.type, kind))

    def locators(self, subject: Node, term: URIRef) -> set[str]:
        """The lines of the passages that a property leads to."""
        return {
            str(locator)
            for passage in self._graph.objects(subject, term)
            for locator in self._graph.objects(passage, WG.locator)
        }

    def silences(self) -> set[tuple[Node, Node, str]]:
        """What is said not to be there: element, term, slug of the reason.

        Each has its short form on the element, and no other element has one.
        """
        graph = self._graph
        found = {
            (
                graph.value(silence, WG.isAbout),
                graph.value(silence, WG.onTerm),
                slug(graph.value(silence, WG.hasReason) or silence),
            )
            for silence in self.of(WG.Silence)
        }
        assert set(graph.subject_objects(WG.doesNotState)) == {
            (s, term) for s, term, _ in found
        }
        return found
