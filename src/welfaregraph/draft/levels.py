"""Words before numbers that no list knows: what stands above a run of headings is a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.marks import Mark, level_of

__all__ = ["with_levels"]

#: Blocks below a heading that tell its level.
NEAR = 8
#: A heading of an actor is shorter than this.
LONGEST_HEADING = 40


def with_levels(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks; those of a run WORD 1, WORD 2 above other headings know their word.

    :param blocks: of one document
    """
    runs: dict[str, dict[int, Mark]] = {}
    for n, block in enumerate(blocks):
        if mark := _level_of(block):
            runs.setdefault(mark.keyword, {})[n] = mark
    known = {
        n: mark
        for marks in runs.values()
        if _heads_others(blocks, marks) or _heads_alone(blocks, marks)
        for n, mark in marks.items()
    }
    return [
        replace(block, level=known[n]) if n in known else block
        for n, block in enumerate(blocks)
    ]


def _level_of(block: Block) -> Mark | None:
    if block.cells or block.vertical or block.is_sentence:
        return None
    if block.mark and (block.mark.numbers or block.mark.keyword):
        return None
    return level_of(block.text)


def _heads_others(blocks: Sequence[Block], marks: dict[int, Mark]) -> bool:
    """Tell whether numbers follow each other and each has headings of another form below."""
    return any(
        all(
            _has_headings(blocks[a + 1 : b])
            for a, b in pairwise([*run, _end(blocks, run, marks)])
        )
        for run in _runs(marks)
        if len(run) > 1
    )


def _heads_alone(blocks: Sequence[Block], marks: dict[int, Mark]) -> bool:
    """Tell whether a single heading of the format has headings with a word and number below."""
    [n, *more] = marks
    below = blocks[n + 1 : n + 1 + NEAR]
    deeper = (b for b in below if b.heading > blocks[n].heading and b.mark)
    return bool(blocks[n].heading and not more) and any(
        b.mark.keyword for b in deeper if b.mark
    )


def _end(blocks: Sequence[Block], run: Sequence[int], marks: dict[int, Mark]) -> int:
    return min((n for n in marks if n > run[-1]), default=len(blocks))


def _runs(marks: dict[int, Mark]) -> Iterator[list[int]]:
    """Yield the places of numbers that follow each other, from 1 or any other number."""
    run: list[int] = []
    for n, mark in marks.items():
        if run and mark.numbers[-1] != marks[run[-1]].numbers[-1] + 1:
            yield run
            run = []
        run.append(n)
    yield run


def _has_headings(below: Sequence[Block]) -> bool:
    """Tell whether headings with a number, or of actors, stand in a part of a document."""
    return any(
        not block.cells
        and (
            (block.mark is not None and bool(block.mark.numbers) and not block.is_sentence)
            or (len(block.text) < LONGEST_HEADING and bool(actors_in(block.text, bare=False)))
        )
        for block in below
    )
