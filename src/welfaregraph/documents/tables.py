"""Tables whose cells span rows and columns, as rows of equal length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Cell", "even_rows"]

#: A cell cannot claim more columns than this: a span of 10,000,000 is one attribute.
WIDEST = 200


@dataclass(frozen=True)
class Cell:
    """A cell of a table as the format has it."""

    text: str  #: lines parted by ``\\n``
    columns: int = 1  #: how many it spans to the right
    rows: int = 1  #: how many it spans downwards


def even_rows(rows: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Return the rows with every cell in its column.

    A cell over several rows is repeated in each, so that a row can be read alone; a cell over
    several columns stands in the first and leaves the others empty.

    >>> even_rows([[Cell("施策１", rows=2), Cell("市民")], [Cell("地域")]])
    [('施策１', '市民'), ('施策１', '地域')]
    >>> even_rows([[Cell("役割", columns=2)], [Cell("市民"), Cell("地域")]])
    [('役割', ''), ('市民', '地域')]
    """
    hanging: dict[int, tuple[str, int]] = {}
    found: list[tuple[str, ...]] = []
    for cells in rows:
        placed: dict[int, str] = {}
        below: dict[int, tuple[str, int]] = {}
        for column, (text, left) in hanging.items():
            placed[column] = text
            if left > 1:
                below[column] = (text, left - 1)
        column = 0
        for cell in cells:
            while column in placed:
                column += 1
            for offset in range(min(max(cell.columns, 1), WIDEST)):
                text = "" if offset else cell.text
                placed[column + offset] = text
                if cell.rows > 1:
                    below[column + offset] = (text, cell.rows - 1)
            column += min(max(cell.columns, 1), WIDEST)
        hanging = below
        found.append(tuple(placed.get(at, "") for at in range(max(placed, default=-1) + 1)))
    widest = max(map(len, found), default=0)
    return [cells + ("",) * (widest - len(cells)) for cells in found]
