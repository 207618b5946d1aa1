"""What is published: the graphs, under which base, of which version and day.

Everything is read off the data; no clock is read. IRIs stand under ``vocab.BASE`` until a file
is written (see :mod:`~welfaregraph.publish.tree`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from welfaregraph.errors import MisuseError
from welfaregraph.publish.history import Previous
from welfaregraph.publish.model import Model
from welfaregraph.publish.paths import document, is_file, is_ours
from welfaregraph.publish.rdf import link_of, place, restored, subject_of
from welfaregraph.speech import FALLBACK, languages
from welfaregraph.vocab import BASE, GRAPH, WG

if TYPE_CHECKING:
    import pyoxigraph as ox

    from welfaregraph.plangraph import PlanGraph

__all__ = [
    "ASSERTED",
    "DERIVED",
    "DESCRIPTION",
    "NamedGraph",
    "Site",
    "base_of",
    "url_of",
]

#: The parts of a publication, each with its own dumps: what is asserted, what the program
#: derived from it, and what it says about the publication itself.
ASSERTED, DERIVED, DESCRIPTION = "asserted", "derived", "description"
#: Graphs that feed the rules alone.
NOT_PUBLISHED = GRAPH + "validation/"
COMPUTED = GRAPH + "derived/"
#: Up to so many plans, all that can be derived is published in every form: the number of links
#: grows with the square of the plans.
FEW = 20
#: Beyond them, overlaps told of each measure: the strongest.
PARTNERS = 5
#: Statements read into memory at a time, about.
PIECE = 20_000
#: Host and path of a base IRI; what else a URL may have would need escapes in some format.
BASE_IRI = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~-]+)*/")


def base_of(text: str, *, where: str = "--base") -> str:
    """Return a base IRI as given.

    :raises MisuseError: it is not ``http(s)://host/path/`` in ASCII, ending in ``/``
    """
    if not BASE_IRI.fullmatch(text) or "/../" in text or "/./" in text:
        raise MisuseError("publish-bad-base", where=where, value=text)
    return text


def url_of(text: str) -> str:
    """Return the URL of an endpoint as given.

    :raises MisuseError: it is none
    """
    parts = urlsplit(text)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or re.search(r"[\s<>\"]", text)
    ):
        raise MisuseError("bad-endpoint", where="--endpoint-url", value=text)
    return text


@dataclass(frozen=True, order=True)
class NamedGraph:
    """A named graph that is published."""

    iri: str
    part: str  #: ``asserted``, ``derived`` or ``description``
    plan: str = ""  #: IRI of the plan it describes, or nothing


@dataclass(frozen=True)
class Site:
    """One publication: its graphs and what is said of them as a whole."""

    graph: PlanGraph
    base: str = BASE  #: as configured; needed only where it does not stand in an IRI of ours
    host: str = ""  #: URL under which the files stand, where that is not the base
    endpoint: str = ""  #: URL of a SPARQL endpoint that holds the same data, or nothing
    last: Previous | None = None  #: the publication before this one
    languages: tuple[str, ...] = field(
        default_factory=lambda: tuple(sorted(languages(), key=lambda name: name != FALLBACK))
    )  #: of pages, the first the usual one

    @cached_property
    def _version(self) -> Mapping[str, str | None]:
        return self.graph.ask("dataset-version").rows()[0]

    @property
    def dataset(self) -> str:
        """IRI of the dataset."""
        return self._version["dataset"] or ""

    @property
    def version(self) -> str:
        """The data's version."""
        return self._version["version"] or ""

    @property
    def date(self) -> str:
        """The data's day, ISO 8601: of its last change or judgement."""
        return max(self._version["modified"] or "", self._version["judged"] or "")

    @property
    def licence(self) -> str:
        """IRI of the licence of what is ours to license."""
        return self._version["licence"] or ""

    @cached_property
    def plans(self) -> dict[str, str]:
        """IRI of each plan held → its folder below ``dumps/plans``."""
        return {
            str(row["plan"]): str(row["file"]).removeprefix(GRAPH).rpartition("/")[0]
            for row in reversed(self.graph.ask("plan-files").rows())
        }

    @property
    def graphs(self) -> tuple[NamedGraph, ...]:
        """The named graphs published so far, in the order of their IRIs."""
        folders = {folder: plan for plan, folder in self.plans.items()}
        found = []
        for iri in sorted(self.graph.store.graphs()):
            if iri.startswith(NOT_PUBLISHED):
                continue
            plan = folders.get(iri.removeprefix(GRAPH).rpartition("/")[0], "")
            part = ASSERTED if not iri.startswith(COMPUTED) else _computed(iri)
            found.append(NamedGraph(iri, part, plan))
        return tuple(found)

    def pieces(self, graph: str, subjects: Iterable[str] = ()) -> Iterator[list[ox.Quad]]:
        """Yield the statements of a named graph, by subject, its types first.

        :param subjects: IRIs; of these only, and of all without them
        :returns: lists of some thousand, so that a graph of any size can be written
        """
        import pyoxigraph as ox

        store, name, piece = self.graph.store, ox.NamedNode(graph), list[ox.Quad]()
        every = subjects or {subject_of(quad) for quad in store.quads(graph)}
        for subject in sorted(every):
            found = store.match(ox.NamedNode(subject), graph=name)
            piece += sorted(map(restored, found), key=place)
            if len(piece) >= PIECE:
                yield piece
                piece = []
        if piece:
            yield piece

    @property
    def is_small(self) -> bool:
        """Whether all that can be derived is published, and in every form."""
        return len(self.plans) <= FEW

    @property
    def partners(self) -> int:
        """How many overlaps of each measure are published; 0 for all."""
        return 0 if self.is_small else PARTNERS

    @cached_property
    def names(self) -> Model:
        """What things are called, for what is made before the description."""
        return Model(self.graph.store, self.graphs)

    @cached_property
    def model(self) -> Model:
        """What is said of each resource, for pages.

        To be asked once the description stands in the store.
        """
        return Model(self.graph.store, self.graphs)

    @cached_property
    def documents(self) -> dict[str, list[str]]:
        """IRI of each document of ours → the IRIs with a statement that it describes, sorted.

        A document is also what a statement only mentions, and each named graph; a file is none.
        To be asked once the description stands in the store.
        """
        found: dict[str, set[str]] = {}
        for graph in self.graphs:
            found.setdefault(document(graph.iri), set())
            for subject, mentioned in self._named_in(graph.iri):
                if is_ours(subject):
                    found.setdefault(document(subject), set()).add(subject)
                if is_ours(mentioned):
                    found.setdefault(document(mentioned), set())
        return {iri: sorted(found[iri]) for iri in sorted(found) if not is_file(iri)}

    def _named_in(self, graph: str) -> Iterator[tuple[str, str]]:
        for quad in self.graph.store.quads(graph):
            yield subject_of(quad), link_of(quad)
            if quad.predicate.value.startswith(WG):
                yield subject_of(quad), quad.predicate.value


def _computed(iri: str) -> str:
    is_about_itself = iri.startswith(COMPUTED + "publication/")
    return DESCRIPTION if is_about_itself else DERIVED
