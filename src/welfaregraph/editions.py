"""One edition of a plan as a list of its elements; what two of them are compared by.

Pure functions over rows of ``queries/outline.rq``; no RDF and no files here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

__all__ = ["LEVELS", "Edition", "Element", "edition_of"]

#: From above to below; the parts of a measure are its sub-headings.
LEVELS = ("goal", "measure", "part", "activity")


@dataclass(frozen=True)
class Element:
    """A goal, a measure, a part of one or an activity."""

    iri: str
    level: str  #: one of :data:`LEVELS`
    label: str
    number: str = ""
    above: tuple[str, ...] = ()  #: IRIs: goals of a measure, measure of a part or activity
    actors: tuple[str, ...] = ()  #: names of those who carry an activity out


@dataclass(frozen=True)
class Edition:
    """One edition of a plan: its elements, in the order of the document."""

    plan: str  #: IRI
    label: str
    elements: tuple[Element, ...] = ()

    def at(self, level: str) -> tuple[Element, ...]:
        """Return the elements of one level."""
        return tuple(element for element in self.elements if element.level == level)


def edition_of(plan: str, label: str, rows: Iterable[Mapping[str, str | None]]) -> Edition:
    """Read an edition from rows of ``outline``.

    :param rows: repeated for each actor and each thing an element stands under

    >>> row = {"element": "m1", "level": "measure", "number": "1", "elementLabel": "見守り",
    ...        "above": "g1", "actorLabel": None}
    >>> edition_of("p", "計画", [row, row | {"above": "g2"}]).elements[0].above
    ('g1', 'g2')
    """
    found: dict[str, Element] = {}
    for row in rows:
        iri, above, actor = str(row["element"]), row["above"], row["actorLabel"]
        known = found.get(iri)
        aboves, actors = (known.above, known.actors) if known else ((), ())
        found[iri] = Element(
            iri=iri,
            level=str(row["level"]),
            label=row["elementLabel"] or "",
            number=row["number"] or "",
            above=tuple(dict.fromkeys([*aboves, above] if above else aboves)),
            actors=tuple(dict.fromkeys([*actors, actor] if actor else actors)),
        )
    return Edition(plan, label, tuple(_under_measures(found)))


def _under_measures(found: Mapping[str, Element]) -> Iterator[Element]:
    """Put what stands under a part under the measure of that part."""

    def tops(iri: str, seen: frozenset[str]) -> Iterator[str]:
        element = found.get(iri)
        if element is None or element.level != "part":
            yield iri
        else:
            for up in element.above:
                if up not in seen:
                    yield from tops(up, seen | {iri})

    for element in found.values():
        above = (top for iri in element.above for top in tops(iri, frozenset()))
        yield replace(element, above=tuple(dict.fromkeys(above)))
