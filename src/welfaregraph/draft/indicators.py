"""Indicators: what a plan counts, with its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Entry
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table

__all__ = ["indicators_of"]

VALUES = re.compile(r"現状|目標|実績|基準|令和|平成|R\d|年度|単位")
#: One value: a number with its unit, or what stands for none.
NUMBER = r"約?[0-9０-９][0-9０-９.,．，]*\s?[^\s0-9０-９→⇒、。]{0,4}"
VALUE = rf"(?:{NUMBER}|[－―‐-]|増加|減少|維持|向上)"
VALUES_OF_ROW = rf"{VALUE}(?:[\s\u3000→⇒➡]+{VALUE}){{1,5}}"
ROW = re.compile(rf"^[・●○■]?\s*(\S.{{2,50}}?)[\s\u3000:：]+({VALUES_OF_ROW})$")
#: Lines between two rows that are something else.
BETWEEN = 1


def indicators_of(readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """Return the names in tables whose head speaks of indicators, with their values."""
    found: dict[str, Entry] = {}
    for reading in readings:
        for name, values, block in (*_of_tables(reading), *_of_lines(reading)):
            printed = reading.found(name, block, "indicator-table", 0.8)
            found.setdefault(name, Entry(printed, values))
    return tuple(found.values())


def _of_tables(reading: Reading) -> Iterator[tuple[str, str, Block]]:
    head = re.compile(table("facts")["indicators"]["column"])
    column: int | None = None
    for block in reading.blocks:
        if not block.cells:
            column = None
            continue
        cells = [cell.replace("\n", "").strip() for cell in block.cells]
        heads = [n for n, cell in enumerate(cells) if head.fullmatch(cell)]
        if heads and any(VALUES.search(cell) for cell in cells):
            column = heads[0]
        elif column is not None and column < len(cells) and cells[column]:
            values = "／".join(c for n, c in enumerate(cells) if n != column and c)
            yield cells[column], values, block


def _of_lines(reading: Reading) -> Iterator[tuple[str, str, Block]]:
    """Yield rows of text layers below a line that speaks of indicators."""
    head = re.compile(table("facts")["indicators"]["heading"])
    left = 0
    printed = ((piece.text, block) for block in reading.blocks for piece in block.pieces)
    for line, block in printed:
        text = line.strip("【】■◆●○◇□《》〈〉# ")
        row = ROW.match(line) if left and not block.cells else None
        if row:
            left = 1 + BETWEEN
            values = re.split(r"[\s\u3000→⇒➡]+", row[2])
            yield row[1], "／".join(values), block
        elif head.match(text) and not block.is_sentence:
            left = 1 + BETWEEN
        else:
            left = max(left - 1, 0)
