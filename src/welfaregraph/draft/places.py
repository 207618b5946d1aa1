"""What the reference graphs know: areas by name, provisions by name, types of plan by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from welfaregraph import resources
from welfaregraph.draft.words import concepts
from welfaregraph.text import search_key

__all__ = ["Known", "known_things"]


@dataclass(frozen=True)
class Known:
    """Names that are known."""

    codes: dict[str, str]  #: name of a municipality → its code
    areas: frozenset[str]  #: IRIs of the areas described
    laws: dict[str, str]  #: search key of a statute or provision → its IRI
    types: dict[str, str]  #: name of a type of plan → its slug

    def plan_type(self, name: str) -> str:
        """Return the slug of the type that a plan's name ends with or holds."""
        key = search_key(name)
        fitting = [label for label in self.types if search_key(label) in key]
        return self.types[max(fitting, key=len)] if fitting else ""


@cache
def known_things() -> Known:
    """Read the names once.

    >>> known_things().codes["小樽市"], known_things().plan_type("第３期小樽市地域福祉計画")
    ('012033', 'community-welfare')
    """
    reference = resources.GRAPHS / "reference"
    codes = {
        label: iri.rpartition("/")[2]
        for iri, label in _labels(reference / "areas.ttl")
        if iri.rpartition("/")[2].isdecimal()
    }
    laws = {search_key(label): iri for iri, label in _labels(reference / "statutes.ttl")}
    areas = frozenset(iri for iri, _ in _labels(reference / "areas.ttl"))
    return Known(codes, areas, laws, concepts("plan-type"))


def _labels(path: Path) -> Iterator[tuple[str, str]]:
    import pyoxigraph

    terms = (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#altLabel",
    )
    for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
        if triple.predicate.value in terms and triple.object.language == "ja":
            yield triple.subject.value, triple.object.value
