"""Titles that a narrow box broke, where the break of one tells that of the others.

「１ …声をかけ合」 goes on with 「う地域をつくる」 for sure, and 「３ …続けられる」 could be
whole. Titles of one series stand in boxes of one width: a line as long as the broken ones is
broken too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.columns import width
from welfaregraph.draft.endings import is_complete
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.marks import mark_of
from welfaregraph.text import join_lines

__all__ = ["with_whole_titles"]

#: How far the lines of one box differ in width, in half-width characters.
TOLERANCE = 3
#: A box is no wider than this.
WIDEST = 44


def with_whole_titles(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks; titles broken like those of their series are whole.

    :param blocks: of one document
    """
    close = min((block.gap for block in blocks[1:]), default=0)
    widths = _broken(blocks, close)
    found: list[Block] = []
    n = 0
    while n < len(blocks):
        block = blocks[n]
        known = widths.get(block.mark.style, []) if block.mark and block.mark.numbers else []
        near = any(abs(width(block.text) - each) <= TOLERANCE for each in known)
        if near and len(block.pieces) == 1 and _is_rest(blocks, n + 1, close):
            pieces = (*block.pieces, *blocks[n + 1].pieces)
            text = join_lines([piece.text for piece in pieces])
            found.append(replace(block, pieces=pieces, text=text))
            n += 1
        else:
            found.append(block)
        n += 1
    return found


def _broken(blocks: Sequence[Block], close: int) -> dict[tuple[str, str], list[int]]:
    """Return the widths at which titles of each series are surely broken."""
    found: dict[tuple[str, str], list[int]] = {}
    for n, block in enumerate(blocks):
        if not (block.mark and block.mark.numbers) or block.is_sentence:
            continue
        first = block.pieces[0].text
        goes_on = len(block.pieces) == 2 or (
            len(block.pieces) == 1 and not is_complete(first) and _is_rest(blocks, n + 1, close)
        )
        if goes_on and width(first) <= WIDEST:
            found.setdefault(block.mark.style, []).append(width(first))
    return found


def _is_rest(blocks: Sequence[Block], n: int, close: int) -> bool:
    """Tell whether a block can be the rest of a title: short, and a number stands below it.

    :param close: empty lines between the lines that stand closest
    """
    if n + 1 >= len(blocks):
        return False
    rest, below = blocks[n], blocks[n + 1]
    plain = not (rest.cells or rest.heading or rest.vertical or rest.mark or rest.is_sentence)
    short = width(rest.text) < width(blocks[n - 1].text)
    told = function_of(rest.text) or actors_in(rest.text) or mark_of(rest.text)
    numbered = below.mark is not None and bool(below.mark.numbers)
    return plain and short and not told and numbered and rest.gap <= close
