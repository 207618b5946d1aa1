"""Where a new plan belongs: municipality, type and edition make its folder and its IRI."""

from __future__ import annotations

import re

from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from welfaregraph.plan import PlanFiles
from welfaregraph.sheet.mint import slug
from welfaregraph.vocab import WG

__all__ = ["NOWHERE", "home_of"]

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


def _values(files: PlanFiles, subject: Node, name: str) -> list[Node]:
    found = files.stated.objects(subject, URIRef(WG + name))
    return sorted(found, key=lambda term: (isinstance(term, Literal), str(term)))


def _code(area: Node) -> str:
    tail = _tail(area)
    return tail if CODE.fullmatch(tail) else ""


def _tail(iri: Node) -> str:
    return str(iri).rpartition("/")[2]
