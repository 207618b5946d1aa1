"""Smaller facts: SDGs, roles, review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Entry, Found, Sdg
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import sdg_names, table
from welfaregraph.text import search_key, unspaced

__all__ = ["review_of", "roles_of", "sdgs_of"]

LONGEST_REVIEW = 120
OF_ACTOR = "の役割"
CLOSURES = "【】■◆●○〈〉《》 "


def sdgs_of(readings: Sequence[Reading]) -> tuple[Sdg, ...]:
    """Return the SDGs whose names are printed."""
    found: dict[int, Sdg] = {}
    for reading in readings:
        for block in reading.lines:
            key = search_key(block.text)
            for name, (number, label) in sdg_names().items():
                if name in key:
                    printed = reading.found(label, block, "sdg-name", 0.9)
                    found.setdefault(number, Sdg(number, printed))
    return tuple(found[number] for number in sorted(found))


def roles_of(readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """Return the paragraphs below headings like 「（１）市民の役割」.

    Where a heading is printed again and again it heads what is done in each measure.
    """
    heading = re.compile(table("facts")["roles"]["heading"])
    told: dict[Block, list[str]] = {}
    found: list[tuple[Reading, Block]] = []
    for reading in readings:
        name: Block | None = None
        for block in reading.blocks:
            title = _title(block)
            if heading.search(title) and actors_in(heading.sub(OF_ACTOR, title)):
                name = block
            elif name and block.is_sentence and not block.mark and not block.cells:
                if name not in told:
                    found.append((reading, name))
                told.setdefault(name, []).append(unspaced(block.text))
            else:
                name = None
    counts = Counter(_title(name) for _, name in found)
    return tuple(
        Entry(reading.found(_title(name), name, "role-heading", 0.8), "\n".join(told[name]))
        for reading, name in found
        if counts[_title(name)] == 1
    )


def _title(block: Block) -> str:
    return (block.mark.title if block.mark else block.text).strip(CLOSURES)


def review_of(readings: Sequence[Reading]) -> Found | None:
    """Return the sentence that says how the plan is reviewed."""
    words = table("facts")["review"]
    best: Found | None = None
    score = 1
    for reading in readings:
        for block in reading.blocks:
            if not block.is_sentence or block.cells:
                continue
            for sentence in re.split(r"(?<=。)", unspaced(block.text)):
                points = sum(word in sentence for word in words["sentence"]) + (
                    "計画" in sentence
                )
                if points > score and len(sentence) <= LONGEST_REVIEW:
                    best, score = (
                        reading.found(sentence.strip(), block, "review-sentence", 0.6),
                        points,
                    )
    return best
