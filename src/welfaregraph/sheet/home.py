"""Where a new plan belongs: municipality, type and edition make its folder and its IRI."""

from __future__ import annotations

import re

from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from welfaregraph.plan import PlanFiles
from welfaregraph.sheet.mint import slug
from welfaregraph.vocab import ID, WG

__all__ = ["NOWHERE", "home_of", "moved"]

#: Where a plan is while nobody knows where it belongs.
NOWHERE = "x-new/plan/undated"
CODE = re.compile(r"\d{6}")
UNDATED = "undated"


def home_of(files: PlanFiles) -> str:
    """Return the folder of a plan by its area, type and edition; nothing where these lack.

    An integrated plan has the type of its first component, with ``-integrated``.
    """
    plan, graph = URIRef(files.iri), files.stated
    code = next(filter(None, map(_code, _values(files, plan, "coversArea"))), "")
    types = [*_values(files, plan, "hasPlanType")]
    ending = ""
    if not types:
        parts = sorted(graph.subjects(URIRef(WG + "isComponentOf"), plan), key=str)
        types = [kind for part in parts for kind in _values(files, part, "hasPlanType")]
        is_whole = (plan, RDF.type, URIRef(WG + "IntegratedPlan")) in graph
        ending = "-integrated" if is_whole else ""
    if not code or not types:
        return ""
    edition = next((slug(str(text)) for text in _values(files, plan, "edition")), "")
    return f"{code}/{_tail(types[0])}{ending}/{edition or UNDATED}"


def moved(files: PlanFiles, home: str) -> PlanFiles:
    """Return a plan under another folder and IRI, with what stands below its municipality.

    :param home: folder below ``plans/``; that of a municipality unknown so far begins ``x-``
    """
    old, new = files.path.partition("/")[0], home.partition("/")[0]
    pairs = [(files.iri, PlanFiles(home).iri)]
    if old.startswith("x-"):
        pairs += [(f"{ID}{kind}{old}", f"{ID}{kind}{new}") for kind in ("", "area/")]

    def at(term: Node) -> Node:
        for before, after in pairs if isinstance(term, URIRef) else ():
            rest = str(term).removeprefix(before)
            if rest != str(term) and (not rest or rest[0] in "/#"):
                return URIRef(after + rest)
        return term

    found = PlanFiles(home)
    for part, graph in files.parts.items():
        for subject, predicate, value in graph:
            found.parts[part].add((at(subject), predicate, at(value)))
    return found


def _values(files: PlanFiles, subject: Node, name: str) -> list[Node]:
    found = files.stated.objects(subject, URIRef(WG + name))
    return sorted(found, key=lambda term: (isinstance(term, Literal), str(term)))


def _code(area: Node) -> str:
    tail = _tail(area)
    return tail if CODE.fullmatch(tail) else ""


def _tail(iri: Node) -> str:
    return str(iri).rpartition("/")[2]
