"""The dumps: everything in one file, and one a plan, in each format, and compressed beside.

``dumps/welfaregraph.*`` is what is asserted, ``dumps/derived.*`` what the program derived from
it; a plan's own are ``dumps/plans/{code}/{plan}/{edition}.*`` and ``….derived.*``. What is
derived of one plan of many comes as TriG alone, for each link stands in the files of two plans.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph.publish.jsonld import context_of
from welfaregraph.publish.rdf import FORMATS, Form, graph_of, link_of, subject_of
from welfaregraph.publish.site import ASSERTED, DERIVED, DESCRIPTION, NamedGraph
from welfaregraph.vocab import WG

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import Bundle, File, Written

__all__ = [
    "CONTEXT",
    "FOLDER",
    "NAMES",
    "Dump",
    "description",
    "dumps_of",
    "each",
    "every",
    "make",
]

FOLDER = "dumps/"
CONTEXT = "context.jsonld"
NAMES = {ASSERTED: "welfaregraph", DERIVED: "derived", DESCRIPTION: "description"}
#: From a derived statement to the measures it is about.
ENDS = tuple(ox.NamedNode(WG + name) for name in ("linksFrom", "linksTo", "isSuggestedFor"))


@dataclass(frozen=True)
class Dump:
    """Graphs that stand in one file of each format."""

    name: str  #: path without an ending
    part: str
    graphs: tuple[NamedGraph, ...]
    plan: str = ""  #: IRI; of this plan alone

    def path(self, form: Form) -> str:
        """Return the path of the file in a format."""
        return f"{self.name}.{form.ending}"


def dumps_of(site: Site, part: str) -> list[Dump]:
    """Return the dumps of a part, that of everything first."""
    graphs = tuple(graph for graph in site.graphs if graph.part == part)
    found = [Dump(FOLDER + NAMES[part], part, graphs)]
    for plan, folder in sorted(site.plans.items()):
        own = tuple(graph for graph in graphs if graph.plan == plan)
        if part == ASSERTED:
            found.append(Dump(FOLDER + folder, part, own, plan))
        elif part == DERIVED:
            found.append(Dump(f"{FOLDER}{folder}.derived", part, graphs, plan))
    return found


def make(site: Site, _: Written) -> Iterator[File]:
    """Yield the context of JSON-LD."""
    context = context_of(site.graph.store)
    text = json.dumps({"@context": context.to_json()}, ensure_ascii=False, indent=1)
    yield CONTEXT, text.encode() + b"\n"


def every(site: Site) -> list[str]:
    """Return the names of the dumps of data, those of everything first."""
    return [dump.name for dump in _of_data(site)]


def _of_data(site: Site) -> list[Dump]:
    found = [dump for part in (ASSERTED, DERIVED) for dump in dumps_of(site, part)]
    return sorted(found, key=lambda dump: bool(dump.plan))


def each(site: Site, _: Written) -> Callable[[str], Iterator[Bundle]]:
    """Return what yields the files of a dump."""
    dumps = {dump.name: dump for dump in _of_data(site)}
    about, forms = _Derived(site), (*FORMATS, context_of(site.graph.store).form())

    def files(name: str) -> Iterator[Bundle]:
        dump = dumps[name]
        if dump.plan and dump.part == DERIVED:
            yield _files(site, dump, forms if site.is_small else forms[:1], about)
        else:
            yield _files(site, dump, forms)

    return files


def description(site: Site) -> Bundle:
    """Return the dump of what the publication says of itself."""
    [dump] = dumps_of(site, DESCRIPTION)
    return _files(site, dump, (*FORMATS, context_of(site.graph.store).form()))


def _files(
    site: Site, dump: Dump, forms: Sequence[Form], derived: _Derived | None = None
) -> Bundle:
    """Return the files of a dump, one a format; its statements are read once."""

    def pieces() -> Iterator[tuple[bytes, ...]]:
        yield tuple(form.head for form in forms)
        is_first = True
        for graph, quads in _read(site, dump, derived):
            once = _once(site, dump, graph, quads)
            yield tuple(
                form.piece(graph, quads if form.keeps_graphs else once, is_first)
                for form in forms
            )
            is_first = False
        yield tuple(form.tail for form in forms)

    return tuple(dump.path(form) for form in forms), pieces()


def _read(
    site: Site, dump: Dump, derived: _Derived | None
) -> Iterator[tuple[str, list[ox.Quad]]]:
    for graph in dump.graphs:
        subjects = derived.subjects(dump.plan, graph.iri) if derived else ()
        if derived is None or subjects:
            for quads in site.pieces(graph.iri, subjects):
                yield graph.iri, quads


def _once(site: Site, dump: Dump, graph: str, quads: Sequence[ox.Quad]) -> Sequence[ox.Quad]:
    """Leave out statements that an earlier graph of the file holds too."""
    earlier = {other.iri for other in dump.graphs if other.iri < graph}
    if not earlier:
        return quads

    def is_new(quad: ox.Quad) -> bool:
        same = site.graph.store.match(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]
        return not any(graph_of(other) in earlier for other in same)

    return [quad for quad in quads if is_new(quad)]


class _Derived:
    """The derived statements of each plan."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._subjects = {g.iri: self._by_plan(g.iri) for g in site.graphs if g.part == DERIVED}

    def subjects(self, plan: str, graph: str) -> set[str]:
        """Return the IRIs of the derived things about measures of a plan."""
        return self._subjects[graph].get(plan, set())

    def _by_plan(self, graph: str) -> dict[str, set[str]]:
        plans = {
            subject_of(quad): link_of(quad)
            for quad in self._site.graph.store.match(None, ox.NamedNode(WG + "inPlan"))
        }
        found: dict[str, set[str]] = {}
        for end in ENDS:
            for quad in self._site.graph.store.match(None, end):
                if graph_of(quad) == graph:
                    measure = link_of(quad)
                    plan = plans.get(measure, measure)
                    found.setdefault(plan, set()).add(subject_of(quad))
        return found
