"""One plan as its two graphs: what its documents say, and what people judged of it.

A plan lies below ``plans/`` of a folder laid out like ``graphs/``:
``plans/012301/community-welfare/3/{stated,curated}.ttl``. Its path there is the end of its IRI
and of its graphs' IRIs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from welfaregraph import resources
from welfaregraph.errors import InputError, MisuseError
from welfaregraph.files import write_all_atomically
from welfaregraph.queries import read_question
from welfaregraph.speech import FALLBACK, phrase
from welfaregraph.turtle import canonical, check_syntax, find_turtle, head_comment
from welfaregraph.turtle import read_text as text_of
from welfaregraph.vocab import GRAPH, ID, WG, compact

if TYPE_CHECKING:
    import rdflib

    from welfaregraph.store import Store

__all__ = ["PARTS", "PlanFiles", "as_turtle", "plan_files", "plans_in", "write_plan"]

#: The files of a plan, by who speaks in them.
PARTS = ("stated", "curated")
#: Where the plans lie in a folder laid out like ``graphs/``.
HOME = "plans"


def _empty() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph(bind_namespaces="none")


@dataclass(frozen=True, eq=False)
class PlanFiles:
    """One plan: where it lies, what it says, what people judged of it."""

    path: str  #: folder below ``plans/``, e.g. ``012301/community-welfare/3``
    stated: rdflib.Graph = field(default_factory=_empty)
    curated: rdflib.Graph = field(default_factory=_empty)

    @property
    def iri(self) -> str:
        """The IRI of the plan that lies there.

        >>> PlanFiles("012301/community-welfare/3").iri
        'https://w3id.org/welfaregraph/id/012301/community-welfare/3'
        """
        return ID + quote(self.path, safe="/")

    @property
    def parts(self) -> Mapping[str, rdflib.Graph]:
        """The two graphs by the names of their files, :data:`PARTS`."""
        return {"stated": self.stated, "curated": self.curated}

    def graph_iri(self, part: str) -> str:
        """Return the IRI of the named graph of one of :data:`PARTS`."""
        return f"{GRAPH}{HOME}/{quote(self.path, safe='/')}/{part}"

    def sizes(self) -> dict[str, int]:
        """Return how much there is, counted as docs/model.md says and ``summary.rq`` does.

        :returns: goals, measures (that are part of no other), parts (sub-headings), activities
        """
        from rdflib import RDF, URIRef

        def all_of(name: str) -> set[rdflib.term.Node]:
            return set(self.stated.subjects(RDF.type, URIRef(WG + name)))

        measures = all_of("Measure")
        parts = measures & set(self.stated.subjects(URIRef(WG + "isPartOfMeasure")))
        return {
            "goals": len(all_of("Goal")),
            "measures": len(measures - parts),
            "parts": len(parts),
            "activities": len(all_of("Activity")),
        }

    def says_the_same(self, other: PlanFiles) -> bool:
        """Whether both lie in one place and hold the same triples."""
        return self.path == other.path and all(
            set(graph) == set(other.parts[name]) for name, graph in self.parts.items()
        )


def plan_files(store: Store, plan: str) -> PlanFiles:
    """Return the two graphs of a plan that is held.

    :param plan: IRI
    :raises MisuseError: it is not held in a folder of its own

    >>> from welfaregraph import load
    >>> files = plan_files(load().store, ID + "012301/kizuna/undated")
    >>> files.path, len(files.stated) > 500
    ('012301/kizuna/undated', True)
    """
    prefix = f"{GRAPH}{HOME}/"
    rows = read_question(resources.QUERIES / "plan-files.rq").ask(store, {}).rows()
    graphs = [str(row["file"]) for row in rows if row["plan"] == plan]
    homes = {name.rpartition("/")[0] for name in graphs if name.startswith(prefix)}
    if len(homes) != 1:
        raise MisuseError("plan-without-folder", where=compact(plan))
    home = homes.pop()
    held = {source.graph: source for source in store.sources}
    parts = {name: held.get(f"{home}/{name}") for name in PARTS}
    found = {n: _parsed(s.turtle(), where=str(s.path)) for n, s in parts.items() if s}
    return PlanFiles(unquote(home.removeprefix(prefix)), **found)


def plans_in(folder: Path) -> list[PlanFiles]:
    """Return the plans of a folder laid out like ``graphs/``, in the order of their paths.

    :raises InputError: no such folder, no Turtle in it, or a file that cannot be read
    """
    files: dict[Path, dict[str, rdflib.Graph]] = {}
    for path in find_turtle(folder):
        if path.is_relative_to(folder / HOME) and path.stem in PARTS:
            files.setdefault(path.parent, {})[path.stem] = _parsed(
                text_of(path), where=str(path)
            )
    return [
        PlanFiles(place.relative_to(folder / HOME).as_posix(), **parts)
        for place, parts in sorted(files.items())
    ]


def _parsed(text: str, *, where: str) -> rdflib.Graph:
    check_syntax(text, where=where)
    return _empty().parse(data=text, format="turtle")


def as_turtle(graph: rdflib.Graph, *, comment: str = "") -> str:
    """Return a graph as canonical Turtle.

    :param comment: opens the file; lines that begin with ``#``
    """
    return canonical(f"{comment}\n{graph.serialize(format='nt')}")


def write_plan(files: PlanFiles, folder: Path) -> list[Path]:
    """Write a plan into a folder laid out like ``graphs/``; what stood there is replaced.

    The comment that opens a file stays. A part that holds nothing makes no new file.

    :returns: the files written
    :raises InputError: the place cannot be written to; what stood there still stands
    """
    home = folder / HOME / files.path
    turtle: dict[Path, bytes | str] = {}
    for name, graph in files.parts.items():
        path = home / f"{name}.ttl"
        if path.is_file():
            turtle[path] = as_turtle(graph, comment=head_comment(text_of(path)))
        elif len(graph):
            turtle[path] = as_turtle(graph, comment=f"# {phrase(f'plan.{name}', FALLBACK)}")
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or ""
        raise InputError("unwritable", where=str(home), reason=reason) from error
    write_all_atomically(turtle)
    return sorted(turtle)
