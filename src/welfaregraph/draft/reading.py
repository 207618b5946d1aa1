"""One document as recognisers see it: blocks and running heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from welfaregraph.documents import Document
from welfaregraph.draft.art import with_drawn_charts
from welfaregraph.draft.beside import headings_apart, one_thing_a_line
from welfaregraph.draft.blanks import with_blanks
from welfaregraph.draft.blocks import Block, blocks_of
from welfaregraph.draft.centred import with_centred_names
from welfaregraph.draft.charts import with_charts
from welfaregraph.draft.columns import one_below_the_other
from welfaregraph.draft.departments import with_departments
from welfaregraph.draft.found import Found, Place
from welfaregraph.draft.grids import with_grids
from welfaregraph.draft.interleaved import with_goals_apart
from welfaregraph.draft.levels import with_levels
from welfaregraph.draft.lines import pieces_of
from welfaregraph.draft.margins import with_margins
from welfaregraph.draft.mixed import with_whole_heads
from welfaregraph.draft.named import with_names
from welfaregraph.draft.siblings import with_whole_titles
from welfaregraph.draft.stacked import with_stacked_rows
from welfaregraph.draft.textrows import is_doer, with_rows
from welfaregraph.text import ascii_digits, search_key, unspaced

__all__ = ["Reading"]

#: Lines at the end of a document that may be the foot of a page.
FOOT = 4


class Reading:
    """One of the documents drafted together.

    :param document: as read
    :param number: its position among them
    """

    def __init__(self, document: Document, number: int = 0) -> None:
        self.document = document
        self.number = number
        lines = list(with_departments(list(with_drawn_charts(document.lines))))
        lines = list(with_grids(list(with_charts(lines))))
        lines = list(with_margins(list(with_centred_names(lines))))
        lines = list(headings_apart(lines))
        lines = list(one_below_the_other(lines))
        lines = list(one_thing_a_line(lines))
        pieces, heads = pieces_of(replace(document, lines=tuple(lines)), number)
        pieces = with_blanks(pieces)
        whole = list(with_whole_heads(list(with_goals_apart(pieces)), is_doer))
        rows = with_rows(list(with_stacked_rows(whole)))
        blocks = blocks_of(list(rows), printed=pieces, parted=document.format == "markdown")
        self.blocks = with_levels(with_names(with_whole_titles(blocks)))
        self.heads = [Block((piece,), piece.text, 0) for piece in heads]
        self.pieces = pieces

    @cached_property
    def lines(self) -> list[Block]:
        """Blocks and running heads, without tables of contents."""
        read = [block for block in (*self.heads, *self.blocks) if not block.leader]
        return [*read, *self._foot(read)]

    def _foot(self, read: Sequence[Block]) -> list[Block]:
        """Return last lines that no row took: the name of the plan at the foot of a page."""
        last = search_key("".join(block.text for block in read[-FOOT:]))
        lost = (p for p in self.pieces[-FOOT:] if search_key(p.text) not in last)
        return [Block((piece,), piece.text, 0) for piece in lost if not piece.cells]

    @cached_property
    def text(self) -> str:
        """All of it, digits in ASCII."""
        return ascii_digits("\n".join(unspaced(block.text) for block in self.lines))

    def found(self, text: str, block: Block, recogniser: str, confidence: float) -> Found:
        """Return a value printed in a block."""
        place = Place(block.document, block.first, block.last)
        return Found(text, place, recogniser, confidence)
