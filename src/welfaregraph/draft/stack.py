"""The headings that are open at a place of a document, and the tree they build."""

from __future__ import annotations

from collections.abc import Sequence

from welfaregraph.draft.actors import Actor
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found, Place
from welfaregraph.draft.marks import Mark
from welfaregraph.draft.nodes import Node
from welfaregraph.draft.outline import Heading

__all__ = ["Stack"]


class Stack:
    """Open headings, the outermost first; closed ones stay in the tree below ``roots``.

    :param blocks: of one document
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.roots: list[Node] = []  #: goals in their order, and units without one
        self.stack: list[Node] = []
        self.context = ""  #: function of the last heading
        self.actors: tuple[Actor, ...] = ()
        self.aside = False
        self.terms = False  #: whether a glossary is open
        self.counts: dict[tuple[str, str], int] = {}  #: last number of each series of units
        self.prose: list[Found] = []  #: sentences below an actor's heading
        self.said: list[Found] = []  #: items of the actors now heading
        self.before: list[Found] = []  #: of those before them
        self.heads = 0  #: actors' headings with nothing between them
        self.unowned = False  #: whether such headings have left bullets without an actor

    def _knows(self, mark: Mark) -> bool:
        """Tell whether a series is open that a number belongs to; a lesser one begins anew."""
        return any(
            node.style == mark.style
            and (node.kind != "section" or mark.numbers[-1] > node.numbers[-1])
            for node in self.stack
        )

    def _pop(self, style: tuple[str, str]) -> None:
        if any(node.style == style for node in self.stack):
            while self.stack.pop().style != style:
                pass

    def _attach(self, node: Node) -> None:
        if self._inside():
            self.stack[-1].children.append(node)
        elif node.kind == "unit":
            self.roots.append(node)
        self.stack.append(node)

    def _inside(self) -> bool:
        return any(node.kind in {"goal", "unit"} for node in self.stack)

    def _pop_to_goal(self) -> None:
        while self.stack and self.stack[-1].kind != "goal":
            self.stack.pop()

    def _in_unit(self) -> bool:
        return any(node.kind == "unit" for node in self.stack)

    def _node(
        self, kind: str, heading: Heading, recogniser: str, confidence: float,
        *, block: Block | None = None,
    ) -> Node:  # fmt: skip
        mark, title = heading.mark, heading.title
        first, last = block or self.blocks[heading.first], block or self.blocks[heading.last]
        place = Place(first.document, first.first, last.last)
        label = Found(title, place, recogniser, confidence)
        return Node(
            kind,
            mark.style,
            label,
            mark.printed,
            mark.numbers,
            gap=first.gap,
            level=first.heading,
        )

    def _found(self, text: str, block: Block, recogniser: str, confidence: float) -> Found:
        place = Place(block.document, block.first, block.last)
        return Found(text, place, recogniser, confidence)

    def _reset(self) -> None:
        self._close_actors()
        self.context, self.actors, self.terms = "", (), False

    def _close_actors(self) -> None:
        """Keep the sentences of an actor who has no bullets."""
        if self.prose and self.actors and self.stack:
            for found in self.prose:
                self.stack[-1].acts += [(actor, found) for actor in self.actors]
        self.prose, self.said, self.before = [], [], []
