"""How a plan is built: its goals, their measures, and the parts of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from welfaregraph.publish.model import Thing
from welfaregraph.publish.pages.frame import Link
from welfaregraph.vocab import WG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from welfaregraph.publish.model import Model, Resource
    from welfaregraph.publish.pages.sections import Sections

__all__ = ["Node", "outline"]

GOAL, MEASURE, IN_PLAN = WG + "Goal", WG + "Measure", WG + "inPlan"
PURSUES, PART = WG + "pursuesGoal", WG + "isPartOfMeasure"
#: Goals and measures that are listed.
MOST = 2000


@dataclass(frozen=True)
class Node:
    """A goal or a measure, with what stands below it."""

    link: Link
    below: tuple[Node, ...]


def outline(model: Model, sections: Sections, plan: Resource) -> list[Node]:
    """Return the goals of a plan with their measures; then measures without a goal.

    :param plan: described with what points to it
    """
    if not any(group.property.iri == IN_PLAN for group in plan.incoming):
        return []
    parts = list(_pointing(model.resource(plan.thing.iri, most=MOST), IN_PLAN))
    kinds = {thing: model.types(thing.iri) for thing in parts}
    goals = [thing for thing in parts if GOAL in kinds[thing]]
    measures = [thing for thing in parts if MEASURE in kinds[thing]]
    placed: set[Thing] = set()

    def node(thing: Thing, above: frozenset[Thing]) -> Node:
        placed.add(thing)
        inner = [
            one
            for name in (PURSUES, PART)
            for one in _pointing(model.resource(thing.iri, most=MOST), name)
            if one not in above
        ]
        return Node(sections.link(thing), tuple(node(one, above | {thing}) for one in inner))

    found = [node(goal, frozenset()) for goal in goals]
    alone = [one for one in measures if one not in placed and not _is_part(model, one)]
    return found + [node(one, frozenset()) for one in alone]


def _pointing(found: Resource, name: str) -> Iterator[Thing]:
    for group in found.incoming:
        if group.property.iri == name:
            yield from (one.value for one in group.said if isinstance(one.value, Thing))


def _is_part(model: Model, thing: Thing) -> bool:
    return any(g.property.iri == PART for g in model.described(thing.iri).outgoing)
