"""The tree that a walk through the blocks builds, before it is frozen."""

from __future__ import annotations

from dataclasses import dataclass, field

from welfaregraph.draft.actors import Actor
from welfaregraph.draft.found import Found

__all__ = ["Node"]


@dataclass
class Node:
    """A heading and what stands below it."""

    kind: str  #: root, goal, unit, function or section
    style: tuple[str, str]
    label: Found
    number: str = ""
    numbers: tuple[int, ...] = ()
    gap: int = 0  #: empty lines before it
    level: int = 0  #: of its heading, where the document's format says so
    explained: bool = False  #: sentences stand below it
    children: list[Node] = field(default_factory=list)
    items: list[Found] = field(default_factory=list)
    acts: list[tuple[Actor, Found]] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands below it."""
        return not (self.children or self.items or self.acts)

    def units(self) -> list[Node]:
        """Return the units directly below, looking through headings of functions."""
        found: list[Node] = []
        for child in self.children:
            found += (
                [child]
                if child.kind == "unit"
                else child.units()
                if child.kind == "function"
                else []
            )
        return found

    def own_items(self) -> list[Found]:
        """Return the items below it that stand under no unit of their own."""
        below = [
            i for child in self.children if child.kind == "function" for i in child.own_items()
        ]
        return self.items + below

    def all_acts(self) -> list[tuple[Actor, Found]]:
        """Return the activities of all that stands below it."""
        return self.acts + [act for child in self.children for act in child.all_acts()]
