"""Tables as pictures: heat map and matrix."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from welfaregraph.pictures.colour import colour_of, ink_on
from welfaregraph.pictures.svg import (
    LEADING,
    document,
    element,
    folded,
    lines,
    width_em,
    words,
)

__all__ = ["heat_map", "matrix"]

MARKED = "#e3edf7"
GRID = "#c9ced6"
MARGIN = 16.0
TITLE, ROW, COLUMN, VALUE = 16.0, 12.0, 11.0, 10.0  # sizes of letters, pixels
LEAST_VALUE = 7.0
SCALE_WIDTH = 160.0
#: Up to so many columns, their heads stand upright; more are turned.
UPRIGHT = 10
TURN = 60.0  # degrees
#: Widths of labels, em; they take two lines, and three over upright columns.
TITLE_EM, ROW_EM, COLUMN_EM, LINES = 60.0, 24.0, 20.0, 2
DESCRIBED = 5  # cells named in a description


@dataclass(frozen=True)
class _Grid:
    """Where the cells of a table are; all in pixels."""

    rows: Sequence[list[str]]  #: the label of each, folded
    columns: Sequence[list[str]]
    turned: bool  #: whether column labels are
    wide: float  #: of a cell
    high: float
    left: float  #: where cells begin
    top: float
    overhang: float  #: of turned labels beyond the last column

    @property
    def width(self) -> float:
        return self.left + self.wide * len(self.columns) + self.overhang + MARGIN

    @property
    def height(self) -> float:
        return self.top + self.high * len(self.rows) + MARGIN

    def middle(self, row: int, column: int) -> tuple[float, float]:
        return self.left + self.wide * (column + 0.5), self.top + self.high * (row + 0.5)


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Mapping[tuple[int, int], float],
    *,
    title: str,
    legend: str = "",
    top: float = 0.0,
) -> str:
    """Draw a table of values as colours, each value in its cell.

    :param values: (row, column) → shares of 0 to 1, or counts; what is absent stays blank
    :param legend: what the values are, beside the scale
    :param top: value at the upper end of the scale, so that pictures can be compared; the
        greatest of the table unless that is more
    :raises ValueError: a value outside the table, negative or not finite
    """
    for (row, column), value in values.items():
        if not (0 <= row < len(rows) and 0 <= column < len(columns)):
            raise ValueError(f"no cell {(row, column)} in {len(rows)}×{len(columns)}")
        if not (math.isfinite(value) and value >= 0):
            raise ValueError(f"cell {(row, column)}: {value}")
    greatest = max(values.values(), default=0.0)
    greatest = max(greatest, top) if values else 0.0
    shown = {at: _shown(value) for at, value in values.items()}
    colours = {
        at: colour_of(value / greatest if greatest else 0.0) for at, value in values.items()
    }
    grid = _grid(
        rows, columns, shown.values(), above=(52.0 if values else 28.0) + _second_line(title)
    )
    cells = [
        _cell(grid, at, shown[at], fill=colours[at], full=_full(rows, columns, at, shown[at]))
        for at in sorted(values)
    ]
    scale = _scale(greatest, legend, below=_second_line(title)) if values else []
    body = [heading(title), *scale, *_frame(grid, rows, columns), *cells]
    ranked = sorted(values, key=lambda at: (-values[at], at))
    desc = "; ".join(_full(rows, columns, at, shown[at]) for at in ranked[:DESCRIBED])
    return _table(body, grid, title=title, desc=desc, legend=legend)


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    marks: Mapping[tuple[int, int], str],
    *,
    title: str,
) -> str:
    """Draw a table of marks such as ● or a count.

    :param marks: (row, column) → mark; what is absent or empty stays blank
    :raises ValueError: a mark outside the table
    """
    for row, column in marks:
        if not (0 <= row < len(rows) and 0 <= column < len(columns)):
            raise ValueError(f"no cell {(row, column)} in {len(rows)}×{len(columns)}")
    shown = {at: words(mark) for at, mark in marks.items() if words(mark)}
    grid = _grid(rows, columns, shown.values(), above=28.0 + _second_line(title))
    cells = [
        _cell(grid, at, shown[at], fill=MARKED, full=_full(rows, columns, at, shown[at]))
        for at in sorted(shown)
    ]
    body = [heading(title), *_frame(grid, rows, columns), *cells]
    desc = f"{len(rows)} × {len(columns)}: {len(shown)}"
    return _table(body, grid, title=title, desc=desc)


def _grid(
    rows: Sequence[str], columns: Sequence[str], cells: Iterable[str], *, above: float
) -> _Grid:
    """Find room for the labels of a table.

    :param above: what stands between title and labels, pixels
    """
    widest = max(map(width_em, cells), default=1.0)
    turned = len(columns) > UPRIGHT
    wide = max(28.0, min(widest, 6.0) * VALUE + 6.0)
    if not turned:
        labels = max((width_em(words(label)) for label in columns), default=0.0)
        wide = max(wide, 44.0, min(labels, 8.0) * COLUMN + 10.0)
    em = COLUMN_EM if turned else (wide - 6.0) / COLUMN
    heads = [folded(label, em, most=LINES if turned else LINES + 1) for label in columns]
    angle = math.radians(TURN)
    if turned and any(len(lined) > 1 for lined in heads):
        wide = max(wide, LINES * COLUMN * LEADING / math.sin(angle) + 3.0)
    sides = [folded(label, ROW_EM, most=LINES) for label in rows]
    longest = COLUMN * max((width_em(line) for head in heads for line in head), default=0.0)
    head = COLUMN * LEADING * max(map(len, heads), default=0)
    return _Grid(
        rows=sides,
        columns=heads,
        turned=turned,
        wide=wide,
        high=34.0 if any(len(side) > 1 for side in sides) else 26.0,
        left=2 * MARGIN + ROW * max((width_em(x) for side in sides for x in side), default=0),
        top=MARGIN + above + (longest * math.sin(angle) + COLUMN if turned else head) + 8.0,
        overhang=longest * math.cos(angle) if turned else 0.0,
    )


def _frame(grid: _Grid, rows: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Return the labels and the lines between the cells."""
    found = []
    for at, (label, full) in enumerate(zip(grid.rows, rows, strict=True)):
        _, y = grid.middle(at, 0)
        x = grid.left - 8.0
        found.append(lines(label, x, y, size=ROW, full=full, **{"text-anchor": "end"}))
    for at, (label, full) in enumerate(zip(grid.columns, columns, strict=True)):
        x, _ = grid.middle(0, at)
        if grid.turned:
            turn = f"rotate({-TURN:g} {x:.1f} {grid.top - 8:.1f})"
            found.append(lines(label, x, grid.top - 8, size=COLUMN, full=full, transform=turn))
        else:
            y = grid.top - 6 - COLUMN * LEADING * len(label) / 2
            middle = {"text-anchor": "middle"}
            found.append(lines(label, x, y, size=COLUMN, full=full, **middle))
    right = grid.left + grid.wide * len(columns)
    bottom = grid.top + grid.high * len(rows)
    across = (f"M{grid.left:.1f} {grid.top + grid.high * at:.1f}H{right:.1f}"
              for at in range(len(rows) + 1))  # fmt: skip
    down = (f"M{grid.left + grid.wide * at:.1f} {grid.top:.1f}V{bottom:.1f}"
            for at in range(len(columns) + 1))  # fmt: skip
    path = {"d": "".join([*across, *down]), "stroke": GRID, "stroke-width": "1", "fill": "none"}
    return [*found, element("path", path)]


def _cell(grid: _Grid, at: tuple[int, int], shown: str, *, fill: str, full: str) -> str:
    x, y = grid.middle(*at)
    box = {
        "x": x - grid.wide / 2 + 0.5,
        "y": y - grid.high / 2 + 0.5,
        "width": grid.wide - 1,
        "height": grid.high - 1,
        "fill": fill,
    }
    rect = element("rect", box, element("title", {}, escape(full)))
    size = min(VALUE + 2.0, (grid.wide - 3.0) / max(width_em(shown), 0.1))
    if size < LEAST_VALUE:
        return rect
    ink = {"fill": ink_on(fill), "text-anchor": "middle", "pointer-events": "none"}
    return rect + lines([shown], x, y, size=size, **ink)


def _table(body: list[str], grid: _Grid, *, title: str, desc: str, legend: str = "") -> str:
    wide = max(map(width_em, folded(title, TITLE_EM, most=LINES)), default=0.0) * TITLE
    below = SCALE_WIDTH + 60.0 + width_em(words(legend)) * COLUMN if legend else 0.0
    width = max(grid.width, wide + 2 * MARGIN, below + 2 * MARGIN)
    return document(body, width=width, height=grid.height, title=title, desc=desc)


def heading(title: str) -> str:
    """Return the title of a picture, at its upper left."""
    found = folded(title, TITLE_EM, most=LINES)
    y = MARGIN + 8 + _second_line(title) / 2
    return lines(found, MARGIN, y, size=TITLE, full=title, **{"font-weight": "bold"})


def _second_line(title: str) -> float:
    """Return how much room a title needs beyond one line, pixels."""
    return (len(folded(title, TITLE_EM, most=LINES)) - 1) * TITLE * LEADING


def _scale(greatest: float, legend: str, *, below: float) -> list[str]:
    """Return the scale of a heat map, in steps that are told apart in grey."""
    y, steps = MARGIN + 28.0 + below, 20
    step = SCALE_WIDTH / steps
    box = {"y": y, "width": step + 0.5, "height": 12.0}
    bars = [
        element(
            "rect",
            {**box, "x": MARGIN + 20 + step * at, "fill": colour_of((at + 0.5) / steps)},
        )
        for at in range(steps)
    ]
    right = MARGIN + 26 + SCALE_WIDTH
    return [
        lines(["0"], MARGIN + 14, y + 6, size=COLUMN, **{"text-anchor": "end"}),
        *bars,
        lines([_shown(greatest)], right, y + 6, size=COLUMN),
        lines([words(legend)], right + 34, y + 6, size=COLUMN) if words(legend) else "",
    ]


def _shown(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"  # noqa: PLR2004


def _full(rows: Sequence[str], columns: Sequence[str], at: tuple[int, int], shown: str) -> str:
    return f"{words(rows[at[0]])} × {words(columns[at[1]])}: {shown}"
