"""A person's judgements: overlaps below ``judgements/``, themes beside their plan.

Only the folder given is written to. Where the judgement belongs into a graph that comes from
elsewhere, that graph's file is first copied into the folder, where it takes the other's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from welfaregraph.errors import MisuseError
from welfaregraph.files import locked, write_all_atomically
from welfaregraph.queries import FORBIDDEN_IN_IRI
from welfaregraph.speech import languages, phrase
from welfaregraph.turtle import canonical, head_comment, read_text
from welfaregraph.vocab import GRAPH, ID, SCHEME, WG, compact

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from welfaregraph.plangraph import PlanGraph

__all__ = ["NEUTRAL", "Decision", "Statement", "judge_overlap", "judge_theme"]

#: Who judged where nobody is named.
NEUTRAL = ID + "curator/welfaregraph"
HOME = GRAPH + "judgements/overlaps"
LIST = GRAPH + "reference/graphs"
#: Properties of which a pair may have one: accepted first, rejected second.
OVERLAP = (WG + "overlapsWith", WG + "doesNotOverlapWith")
THEME = (WG + "addressesTheme", WG + "doesNotAddressTheme", WG + "touchesTheme")
UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Decision:
    """What a person decided, why, when and who."""

    accepted: bool
    reason: str  #: in the person's words
    on: str  #: ISO 8601 date
    by: str = NEUTRAL  #: IRI
    language: str = "ja"  #: of the reason

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise MisuseError("empty-reason", where="--reason")


@dataclass(frozen=True)
class Statement:
    """One triple of IRIs."""

    subject: str
    term: str
    value: str


def judge_overlap(
    graph: PlanGraph, first: str, second: str, *, decision: Decision, folder: Path
) -> list[Path]:
    """Write down whether two measures overlap; what was said of them before goes.

    :param first: IRI of a leaf measure
    :param second: IRI of a leaf measure of another plan
    :param folder: laid out like ``graphs/``; nothing else is written to
    :returns: the files written
    :raises MisuseError: no such measure, or two of one plan
    """
    plans = {measure.iri: measure.plan for measure in graph.measures()}
    for iri in (first, second):
        if iri not in plans:
            raise MisuseError("no-such-measure", where=compact(iri))
    if plans[first] == plans[second]:
        raise MisuseError("same-plan", where=compact(plans[first]))
    left, right = sorted((first, second))
    said = Statement(left, OVERLAP[not decision.accepted], right)
    rivals = [
        Statement(s, term, v) for s, v in ((left, right), (right, left)) for term in OVERLAP
    ]
    return _write(graph, said, rivals, decision=decision, home=HOME, folder=folder)


def judge_theme(
    graph: PlanGraph, element: str, theme: str, *, decision: Decision, folder: Path
) -> list[Path]:
    """Write down whether a theme is the work of an element, in its plan's curated graph.

    :param element: IRI of a goal, measure or activity
    :param theme: IRI of a concept of the scheme of themes
    :param folder: laid out like ``graphs/``; nothing else is written to
    :returns: the files written
    :raises MisuseError: no such element or theme
    """
    is_iri = element and not FORBIDDEN_IN_IRI.search(element)
    found = graph.ask("elements", element=element).rows() if is_iri else []
    if not found:
        raise MisuseError("no-such-element", where=compact(element))
    if all(row["theme"] != theme for row in graph.ask("theme-ladder").rows()):
        raise MisuseError("no-such-theme", where=compact(theme))
    said = Statement(element, THEME[not decision.accepted], theme)
    rivals = [Statement(element, term, theme) for term in THEME]
    home = str(found[0]["graph"]).rpartition("/")[0] + "/curated"
    return _write(graph, said, rivals, decision=decision, home=home, folder=folder)


def _write(
    graph: PlanGraph,
    said: Statement,
    rivals: Iterable[Statement],
    *,
    decision: Decision,
    home: str,
    folder: Path,
) -> list[Path]:
    """Take the rivals out of every graph and put the statement into its home.

    What another person has written since the graph was loaded is kept: the files are read
    again while nobody else may write.
    """
    rivals = list(rivals)
    paths = {s.graph: s.path for s in graph.store.sources if not s.stands_aside}
    holders = {g for r in rivals for g in graph.store.graphs_with(r.subject, r.term, r.value)}
    files: dict[Path, bytes | str] = {}
    with locked(folder):
        for name in sorted({home, *(holders & paths.keys())}):
            own = _file(folder, name)
            old = own if own.is_file() else paths.get(name)
            text = read_text(old) if old else _heading()
            turtle = _parsed(text)
            _without(turtle, rivals)
            if name == home:
                named = bool(graph.store.graphs_with(decision.by))
                _with(turtle, said, decision, named=named)
            files[own] = _written(text, turtle)
        registered = folder / "reference" / "graphs.ttl"
        if registered.is_file() and home == HOME and not graph.store.graphs_with(HOME):
            files[registered] = _registered(read_text(registered))
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_all_atomically(files)
    return sorted(files)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{unquote(name.removeprefix(GRAPH))}.ttl"


def _heading() -> str:
    return "".join(f"# {phrase('judge.heading', language)}\n" for language in languages())


def _parsed(text: str) -> Graph:
    import rdflib

    return rdflib.Graph(bind_namespaces="none").parse(data=text, format="turtle")


def _written(text: str, turtle: Graph) -> str:
    """Return the graph as canonical Turtle, with the comment and prefixes of its old text."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in turtle.namespaces())
    body = turtle.serialize(format="nt")
    return canonical(f"{head_comment(text)}\n{prefixes}{body}")


def _without(turtle: Graph, rivals: Iterable[Statement]) -> None:
    """Take statements and their judgements out."""
    for rival in rivals:
        subject, term, value = _terms(rival.subject, rival.term, rival.value)
        turtle.remove((subject, term, value))
        for node in _judging(turtle, subject, term, value):
            turtle.remove((node, None, None))


def _judging(turtle: Graph, subject: Node, term: Node, value: Node) -> list[Node]:
    about, on, judges = _terms(WG + "isAbout", WG + "onTerm", WG + "judgesValue")
    return [
        node
        for node in turtle.subjects(about, subject)
        if (node, on, term) in turtle and (node, judges, value) in turtle
    ]


def _with(turtle: Graph, said: Statement, decision: Decision, *, named: bool) -> None:
    """Put a statement in with its judgement, and with who judged if nothing describes them."""
    from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Literal, URIRef

    subject, term, value, by = map(URIRef, (said.subject, said.term, said.value, decision.by))
    node = URIRef(_because(said))
    turtle.remove((node, None, None))
    turtle.add((subject, term, value))
    for predicate, content in (
        (RDF.type, URIRef(WG + "Judgement")),
        (URIRef(WG + "isAbout"), subject),
        (URIRef(WG + "onTerm"), term),
        (URIRef(WG + "judgesValue"), value),
        (URIRef(WG + "reason"), Literal(decision.reason.strip(), lang=decision.language)),
        (DCTERMS.created, Literal(decision.on, datatype=XSD.date)),
        (DCTERMS.creator, by),
    ):
        turtle.add((node, predicate, content))
    if not named:
        label = unquote(decision.by.rstrip("/").rpartition("/")[2])
        turtle.add((by, RDF.type, PROV.Agent))
        turtle.add((by, RDFS.label, Literal(label, lang=decision.language)))


def _because(said: Statement) -> str:
    """Return the IRI of a judgement, as docs/model.md makes it.

    >>> _because(Statement(ID + "x/1/measure/2#c-1", THEME[0], SCHEME + "theme/snow"))
    'https://w3id.org/welfaregraph/id/x/1/measure/2#c-1-because-addressesTheme-snow'
    >>> _because(Statement(ID + "x/1/measure/2", OVERLAP[0], ID + "y/2/measure/3"))
    'https://w3id.org/welfaregraph/id/x/1/measure/2#because-overlapsWith-y-2-measure-3'
    """
    term = said.term.rpartition("#")[2]
    whole = said.value.removeprefix(ID) if said.term in OVERLAP else said.value
    slug = whole if said.term in OVERLAP else whole.rpartition("/")[2]
    joint = "-" if "#" in said.subject else "#"
    return f"{said.subject}{joint}because-{term}-{UNSAFE.sub('-', slug)}"


def _registered(text: str) -> str:
    """Enter the graph of judged overlaps into a list of graphs, on the list's own terms."""
    from rdflib import RDFS, Literal

    turtle = _parsed(text)
    own, new, name, authority, judged = _terms(
        LIST,
        HOME,
        "http://www.w3.org/ns/sparql-service-description#name",
        WG + "hasAuthority",
        SCHEME + "authority/judgement",
    )
    for predicate, value in list(turtle.predicate_objects(own)):
        if predicate not in {name, authority, RDFS.label}:
            turtle.add((new, predicate, value))
    turtle.add((new, name, new))
    turtle.add((new, authority, judged))
    for language in languages():
        turtle.add((new, RDFS.label, Literal(phrase("judge.graph", language), lang=language)))
    return _written(text, turtle)


def _terms(*iris: str) -> Iterator[Node]:
    from rdflib import URIRef

    return map(URIRef, iris)
