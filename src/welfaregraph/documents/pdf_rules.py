"""Tables from the lines that are ruled around their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from welfaregraph.documents.pdf_boxes import Box, Rule

__all__ = ["Grid", "grids"]

#: Lines this near, in points, are one.
NEAR = 3.0
#: Rows and columns beyond this are a drawing.
MOST = 200


@dataclass(frozen=True)
class Grid:
    """A ruled table. Rows count from the top."""

    xs: tuple[float, ...]  #: of the upright lines, rising
    ys: tuple[float, ...]  #: of the lines across, falling
    homes: Mapping[tuple[int, int], tuple[int, int]]  #: place → first place of its cell

    def holds(self, box: Box) -> bool:
        """Tell whether a box stands in the table."""
        across = self.xs[0] <= box.middle <= self.xs[-1]
        return across and self.ys[-1] <= box.level <= self.ys[0]

    def cell_at(self, box: Box) -> tuple[int, int]:
        """Return the cell that a box stands in, as ``(row, column)``."""
        column = bisect_right(self.xs, box.middle) - 1
        row = sum(1 for y in self.ys[1:-1] if box.level < y)
        return self.homes[row, min(max(column, 0), len(self.xs) - 2)]

    def sides(self, cell: tuple[int, int]) -> tuple[float, float]:
        """Return the left and the right edge of a cell."""
        columns = [place[1] for place, home in self.homes.items() if home == cell]
        return self.xs[min(columns)], self.xs[max(columns) + 1]

    def rows(self, texts: Mapping[tuple[int, int], str]) -> list[list[str]]:
        """Return the rows; a cell over several rows stands in each of them."""
        found = []
        for row in range(len(self.ys) - 1):
            cells = []
            for column in range(len(self.xs) - 1):
                home = self.homes[row, column]
                cells.append(texts.get(home, "") if home[1] == column else "")
            found.append(cells)
        return found


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the tables of at least two columns that the lines of a page make."""
    found = []
    for group in _connected(rules):
        xs = _merged(rule.at for rule in group if not rule.across)
        ys = _merged(rule.at for rule in group if rule.across)[::-1]
        if 3 <= len(xs) <= MOST and 2 <= len(ys) <= MOST:  # noqa: PLR2004 (two columns, one row)
            found.append(Grid(tuple(xs), tuple(ys), _homes(xs, ys, group)))
    return found


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Part the lines into groups that cross or touch each other."""
    left = list(rules)
    groups = []
    while left:
        group, edge = [], [left.pop()]
        while edge:
            rule = edge.pop()
            group.append(rule)
            touching = [other for other in left if _touch(rule, other)]
            edge += touching
            left = [other for other in left if other not in touching]
        groups.append(group)
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    if one.across == other.across:
        overlap = one.start - NEAR <= other.end and other.start - NEAR <= one.end
        return overlap and abs(one.at - other.at) <= NEAR
    return (
        one.start - NEAR <= other.at <= one.end + NEAR
        and other.start - NEAR <= one.at <= other.end + NEAR
    )


def _merged(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _homes(
    xs: Sequence[float], ys: Sequence[float], rules: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each place the first of its cell: places without a line between are one."""
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        level = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            middle = (xs[column] + xs[column + 1]) / 2
            home = (row, column)
            if column and not _ruled(rules, xs[column], level, across=False):
                home = homes[row, column - 1]
            elif row and not _ruled(rules, ys[row], middle, across=True):
                home = homes[row - 1, column]
            homes[row, column] = home
    return homes


def _ruled(rules: Sequence[Rule], at: float, through: float, *, across: bool) -> bool:
    return any(
        rule.across == across
        and abs(rule.at - at) <= NEAR
        and rule.start - NEAR <= through <= rule.end + NEAR
        for rule in rules
    )
