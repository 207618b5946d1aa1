"""Signs that head measures in plans without numbers: ☆ above actors, ・ below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.marks import without_bullet
from welfaregraph.draft.outline import is_title

__all__ = ["heading_signs", "sign_of"]

LEAST = 2
#: Sentences between such a heading and the first actor.
MOST_BETWEEN = 3


def sign_of(block: Block) -> str:
    """Return the sign that opens a block as a bullet, or nothing."""
    mark = block.mark
    return mark.printed[:1] if mark and mark.shape == "bullet" else ""


def heading_signs(blocks: Sequence[Block]) -> set[str]:
    """Return the signs each of which stands before titles with an actor's heading below.

    :param blocks: of one document
    """
    heads: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for n, block in enumerate(blocks):
        sign = sign_of(block)
        if not sign or _actor(block):
            continue
        used[sign] += 1
        below = n + 1
        while below < min(n + MOST_BETWEEN, len(blocks)) and _explains(blocks[below]):
            below += 1
        headed = below < len(blocks) and _actor(blocks[below])
        heads[sign] += headed and is_title(block)
    return {sign for sign, count in heads.items() if count >= LEAST and count == used[sign]}


def _explains(block: Block) -> bool:
    return block.mark is None and block.is_sentence and not block.cells


def _actor(block: Block) -> bool:
    return not block.cells and bool(actors_in(without_bullet(block.text), bare=False))
