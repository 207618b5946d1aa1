"""The graph in memory, on embedded Oxigraph, and its answers.

Each Turtle file is one named graph. The default graph is the merge of them all, save those that
were computed (``derived/``) or made for the rules (``validation/``): a query without ``GRAPH``
reads exactly what is asserted, and a triple that stands in two files counts once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph import vocab
from welfaregraph.errors import (
    InputError,
    MisuseError,
    StoreError,
    WelfareGraphError,
    raise_all,
)
from welfaregraph.turtle import find_turtle, read_text

if TYPE_CHECKING:
    import rdflib

__all__ = ["Answer", "Result", "Row", "Source", "Store", "refuse_federation", "sources_in"]

#: One solution: variable name → IRI or lexical form; ``None`` where unbound.
Row = dict[str, str | None]

#: Result formats by the names of the command line.
ROW_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}
#: Graphs that are reached through ``GRAPH`` alone.
ASIDE = (vocab.GRAPH + "derived/", vocab.GRAPH + "validation/")
#: What Oxigraph answers with.
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
POSITION = re.compile(r"error at (\d+):(\d+)")


@dataclass(frozen=True, order=True)
class Source:
    """One Turtle file, or a graph of a workbook, and the named graph it is."""

    graph: str  #: IRI of the named graph
    path: Path
    own: bool = False  #: of the caller's data, not of those that come with the program
    #: Turtle that was read out of a workbook; empty where the file itself is Turtle
    text: str = field(default="", compare=False)
    #: (subject, predicate or "", value or "") → sheet and cell of a workbook
    cells: Mapping[tuple[str, str, str], tuple[str, str]] = field(
        default_factory=dict, compare=False, repr=False
    )
    #: Sheets and columns that are none of the workbook's
    ignored: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @property
    def stands_aside(self) -> bool:
        """Whether it stays out of the default graph: it was computed, or feeds the rules."""
        return self.graph.startswith(ASIDE)

    def turtle(self) -> str:
        """Return what it says, in Turtle.

        :raises InputError: the file cannot be read
        """
        return self.text or read_text(self.path)


def sources_in(folder: Path, *, prefix: str = "", own: bool = False) -> list[Source]:
    """Return the Turtle files of a folder laid out like ``graphs/``.

    :param prefix: comes before the path in the IRI of each graph (``ontology/``)
    :raises InputError: no such folder, or no Turtle in it
    """
    return [
        Source(f"{vocab.GRAPH}{prefix}{_slug(path.relative_to(folder))}", path, own)
        for path in find_turtle(folder)
    ]


def _slug(path: Path) -> str:
    from urllib.parse import quote

    return quote(path.with_suffix("").as_posix(), safe="/")


class Store:
    """All sources in one store; what is asserted is immutable once loaded.

    :raises InputError: files that cannot be read, all of them
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources = tuple(sorted(sources))
        self._store = ox.Store()
        problems: list[WelfareGraphError] = []
        for source in self.sources:
            try:
                self._load(source)
            except InputError as error:
                problems.append(error)
        raise_all(problems)

    def _load(self, source: Source) -> None:
        text = source.turtle().encode()
        turtle = ox.RdfFormat.TURTLE
        try:
            self._store.load(text, format=turtle, to_graph=ox.NamedNode(source.graph))
            if not source.stands_aside:
                self._store.load(text, format=turtle, to_graph=ox.DefaultGraph())
        except SyntaxError as error:
            raise InputError(
                "turtle-syntax", where=f"{source.path}:{error.lineno}", reason=error.msg
            ) from error

    def __len__(self) -> int:
        """Count the triples of the default graph."""
        return sum(
            1 for _ in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        )

    def query(self, text: str, *, where: str = "") -> Answer:
        """Return the answer to a SPARQL 1.1 query.

        :param where: the file it stands in, for the error
        :raises InputError: it does not parse (with line and column)
        :raises MisuseError: it asks another server (``SERVICE``)
        """
        refuse_federation(text, where)

        def run() -> Result:
            try:
                return self._store.query(text)
            except SyntaxError as error:
                raise InputError("sparql-syntax", **_syntax(where, str(error))) from error
            except (RuntimeError, OSError, ValueError) as error:
                raise StoreError("query-failed", where=where, reason=str(error)) from error

        return Answer(run, where)

    def subjects_of(self, graph: str) -> set[str]:
        """Return the IRIs that a named graph says something about."""
        found = self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return {q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}

    def graphs_with(self, subject: str, predicate: str = "", value: str = "") -> set[str]:
        """Return the IRIs of the named graphs that hold a triple of these IRIs, if given."""
        s, p, o = (ox.NamedNode(iri) if iri else None for iri in (subject, predicate, value))
        found = self._store.quads_for_pattern(s, p, o, None)
        return {q.graph_name.value for q in found if isinstance(q.graph_name, ox.NamedNode)}

    def graphs(self) -> set[str]:
        """Return the IRIs of the named graphs."""
        return {str(graph.value) for graph in self._store.named_graphs()}

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """Iterate over the statements of a named graph, in no order."""
        return iter(self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def asserted(self) -> Iterator[ox.Quad]:
        """Iterate over the statements of the default graph, each once, in no order."""
        return iter(self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        value: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Iterate over the statements of all named graphs that fit, in no order.

        :param graph: of this one only
        """
        if graph is not None:
            yield from self._store.quads_for_pattern(subject, predicate, value, graph)
            return
        for quad in self._store.quads_for_pattern(subject, predicate, value, None):
            if isinstance(quad.graph_name, ox.NamedNode):
                yield quad

    def add_aside(self, quads: Iterable[ox.Quad]) -> None:
        """Add statements of computed graphs; the default graph stays as it was.

        :raises ValueError: a statement of a graph that is not computed
        """
        found = list(quads)
        for quad in found:
            name = quad.graph_name
            if not (isinstance(name, ox.NamedNode) and name.value.startswith(ASIDE)):
                raise ValueError(f"not a computed graph: {name}")
        self._store.bulk_extend(found)

    def default_graph(self) -> rdflib.Graph:
        """Return the default graph for rdflib and pySHACL, a copy."""
        import rdflib

        text = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        return rdflib.Graph(bind_namespaces="none").parse(data=text, format="nt")

    def dataset(self) -> rdflib.Dataset:
        """Return everything as an rdflib Dataset, a copy: default graph and named graphs."""
        import rdflib

        found = rdflib.Dataset()
        found.parse(data=self._store.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
        for prefix, namespace in vocab.PREFIXES.items():
            found.bind(prefix, namespace)
        return found


class Answer:
    """The answer to one query, evaluated when it is read.

    :param run: evaluates the query
    :param where: the file it stands in, for the error
    """

    def __init__(self, run: Callable[[], Result], where: str) -> None:
        self._run = run
        self._where = where
        self._unread: Result | None = run()
        #: The columns of a SELECT, in order; of another form none.
        self.variables: tuple[str, ...] = (
            tuple(v.value for v in self._unread.variables)
            if isinstance(self._unread, ox.QuerySolutions)
            else ()
        )
        #: Whether it is the answer to a SELECT.
        self.is_rows: bool = isinstance(self._unread, ox.QuerySolutions)

    def _read(self) -> Result:
        found, self._unread = (self._run() if self._unread is None else self._unread), None
        return found

    def __iter__(self) -> Iterator[Row]:
        """Iterate over the solutions of a SELECT."""
        found = self._read()
        if not isinstance(found, ox.QuerySolutions):
            raise MisuseError("not-a-select", where=self._where)
        names = [variable.value for variable in found.variables]
        for solution in found:
            yield {
                name: None if term is None else _value(term)
                for name, term in zip(names, solution, strict=True)
            }

    def rows(self) -> list[Row]:
        """Return the solutions of a SELECT."""
        return list(self)

    def __bool__(self) -> bool:
        """Return the answer to an ASK; for a SELECT whether there is a row."""
        found = self._read()
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        return next(iter(found), None) is not None

    def serialize(self, form: str) -> bytes:
        """Return the answer in a standard form.

        :param form: ``json`` (SPARQL Results JSON), ``csv`` or ``tsv`` (SPARQL Results CSV
            and TSV); CONSTRUCT and DESCRIBE answer in Turtle whatever is asked
        """
        found = self._read()
        if isinstance(found, ox.QueryTriples):
            return found.serialize(format=ox.RdfFormat.TURTLE) or b""
        if isinstance(found, ox.QueryBoolean) and form != "json":
            return b"true\n" if found else b"false\n"
        return found.serialize(format=ROW_FORMATS[form]) or b""


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _syntax(where: str, message: str) -> dict[str, str]:
    """Split Oxigraph's «error at 1:23: expected …» into place and reason.

    >>> _syntax("q.rq", "error at 2:7: expected one of A, B")
    {'where': 'q.rq:2:7', 'reason': 'expected one of A, B'}
    """
    match = POSITION.match(message)
    if not match:
        return {"where": where, "reason": message}
    at = f"{match[1]}:{match[2]}"
    return {
        "where": f"{where}:{at}" if where else at,
        "reason": message[match.end() :].lstrip(": "),
    }


def refuse_federation(text: str, where: str) -> None:
    """Refuse ``SERVICE``: no query sends what it holds to another server."""
    if "service" not in text.lower():
        return
    from pyparsing import ParseException, ParseResults
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    def names(node: object) -> Iterator[str]:
        if isinstance(node, CompValue):
            yield node.name
            for child in node.values():
                yield from names(child)
        elif isinstance(node, list | tuple | ParseResults):
            for child in node:
                yield from names(child)

    try:
        parsed = parseQuery(text)
    except ParseException as error:
        raise InputError(
            "sparql-syntax", where=f"{where}:{error.lineno}" if where else "", reason=error.msg
        ) from error
    if any(name == "ServiceGraphPattern" for name in names(parsed)):
        raise MisuseError("service-refused", where=where)
