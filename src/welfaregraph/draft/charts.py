"""Charts of a plan's system that blanks keep in columns: 基本目標, 施策の方向, 主な取組.

A text layer that keeps the layout prints the heads of the columns on one line, and below each
what belongs to it; a goal stands beside the first of its measures, or beside their middle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from welfaregraph.documents import Line
from welfaregraph.draft.columns import Cell, cells_of, measure_of, width
from welfaregraph.draft.endings import is_complete
from welfaregraph.draft.lines import PAGE_NUMBER
from welfaregraph.draft.marks import mark_of
from welfaregraph.draft.words import pattern

__all__ = ["with_charts"]

#: Kinds of columns from the outermost in; that of the philosophy says nothing of structure.
KINDS = ("aims", "goals", "units", "names")
#: Lines of a chart, and empty ones inside it.
MOST_LINES = 200
MOST_EMPTY = 3
LEAST_COLUMNS = 2
#: Rows without which there is no chart.
LEAST_ROWS = 2
#: Lines over which a cell may be broken, and its width.
MOST_BROKEN = 3
WIDEST = 60
#: Lines that tell how columns are counted.
NEAR = 30
#: How far, in half-width characters, a cell may stand from the head of its column.
TOLERANCE = 10


@dataclass(frozen=True)
class _Heads:
    """The heads of the columns, and how their text layer counts columns."""

    cells: tuple[Cell, ...]
    measure: Callable[[str], int]

    def of(self, line: Line) -> list[Cell]:
        """Return the parts of a line, each with the column it begins in."""
        return cells_of(line, self.measure)

    def column(self, cell: Cell) -> int:
        """Return the column that a cell stands nearest to."""
        return min(range(len(self.cells)), key=lambda n: (self.apart(cell, n), n))

    def apart(self, cell: Cell, column: int) -> int:
        """Return how far a cell stands from a head: the beginnings apart, or the ends."""
        head = self.cells[column]
        begin, end = cell.start, cell.start + self.measure(cell.text)
        last = head.start + self.measure(head.text)
        if begin <= head.start and end >= last:
            return 0
        return min(abs(begin - head.start), abs(end - last))

    def fit(self, cells: Sequence[Cell]) -> bool:
        """Tell whether the parts of a line stand in the columns, none of them prose."""
        prose = any("。" in cell.text or width(cell.text) > WIDEST for cell in cells)
        near = all(self.apart(cell, self.column(cell)) <= TOLERANCE for cell in cells)
        return 0 < len(cells) <= len(self.cells) and not prose and near


@dataclass
class _Entry:
    """A cell of a chart: its text, joined, and its first line."""

    text: str
    at: int
    last: int


def with_charts(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those of charts as the rows of a table.

    >>> lines = ["目標          施策", "１ つながる   (1) 集う", "              (2) 話す"]
    >>> [each.cells for each in with_charts([Line(1, text) for text in lines])]
    [('', '目標', '施策'), ('', '１ つながる', '(1) 集う'), ('', '', '(2) 話す')]
    """
    n = 0
    while n < len(lines):
        heads = _heads(lines, n)
        end = _end(lines, n + 1, heads) if heads else n
        rows = _rows(lines, n, end, heads) if heads else []
        if sum(bool(row.cells) for row in rows) <= LEAST_ROWS:
            yield lines[n]
            n += 1
            continue
        yield from rows
        n = end


def _heads(lines: Sequence[Line], n: int) -> _Heads | None:
    """Return the heads of the columns if a line names columns and nothing else."""
    kinds = [_kind(cell.text) for cell in cells_of(lines[n])]
    known = [kind for kind in kinds if kind and kind != KINDS[0]]
    if not all(kinds) or len(known) < LEAST_COLUMNS:
        return None
    measure = measure_of(lines[n + 1 : n + NEAR], lines[n])
    return _Heads(tuple(cells_of(lines[n], measure)), measure)


def _kind(text: str) -> str:
    plain = text.strip("【】〈〉《》［］[]<>（）() \u3000")
    kinds = (k for k in KINDS if pattern("headings", "columns", k).fullmatch(plain))
    return next(kinds, "")


def _end(lines: Sequence[Line], start: int, heads: _Heads) -> int:
    """Return the line after a chart: a gap, prose, or a line that fits no column."""
    empty, n = 0, start
    while n < min(len(lines), start + MOST_LINES) and empty <= MOST_EMPTY:
        text = lines[n].text.strip()
        if not text:
            empty += 1
        elif PAGE_NUMBER.match(text) or _heads_again(lines[n], heads):
            break
        else:
            empty = 0
        n += 1
    return n - empty


def _heads_again(line: Line, heads: _Heads) -> bool:
    """Tell whether a line is the head of another chart, or fits no column of this one."""
    again = all(_kind(cell.text) for cell in cells_of(line))
    return again or not heads.fit(heads.of(line))


def _rows(lines: Sequence[Line], start: int, end: int, heads: _Heads) -> list[Line]:
    kinds = [_kind(head.text) for head in heads.cells]
    wanted = [n for n, kind in enumerate(kinds) if kind != KINDS[0]]
    aside = [n for n, kind in enumerate(kinds) if kind == KINDS[0]]
    columns = [_entries(lines, start + 1, end, heads, column) for column in wanted]
    if not all(columns):
        return []
    texts = tuple(
        heads.cells[n].text.strip("【】〈〉《》［］[]<>（）() \u3000") for n in wanted
    )
    rows = _nested(columns, 0, columns[0])
    found = [(start, texts)] + [(at, tuple(cells)) for at, cells in rows]
    aims = [
        replace(lines[at], text=text)
        for n in aside
        for at, text in (
            (start, heads.cells[n].text),
            *((entry.at, entry.text) for entry in _entries(lines, start + 1, end, heads, n)),
        )
    ]
    return aims + [
        replace(lines[at], text="\t".join(cells), cells=("", *cells)) for at, cells in found
    ]


def _entries(
    lines: Sequence[Line], start: int, end: int, heads: _Heads, column: int
) -> list[_Entry]:
    """Return the cells of a column, those broken over lines joined."""
    found: list[_Entry] = []
    cells = [
        (at, cell.text)
        for at in range(start, end)
        for cell in heads.of(lines[at])
        if heads.column(cell) == column
    ]
    marked = bool(cells) and mark_of(cells[0][1]) is not None
    for at, text in cells:
        before = found[-1] if found else None
        goes_on = mark_of(text) is None if marked else before and not is_complete(before.text)
        if before and goes_on and at - before.last <= MOST_BROKEN:
            before.text += text
            before.last = at
        else:
            found.append(_Entry(text, at, at))
    return found


def _nested(
    columns: Sequence[Sequence[_Entry]], depth: int, entries: Sequence[_Entry]
) -> list[tuple[int, list[str]]]:
    """Return rows, each with the line it stands on: a cell, and right of it what it holds."""
    blank = [""] * depth
    rest = [""] * (len(columns) - depth - 1)
    if not rest:
        return [(entry.at, [*blank, entry.text]) for entry in entries]
    held = _held(columns[depth], columns[depth + 1])
    found: list[tuple[int, list[str]]] = []
    for entry in entries:
        below = _nested(columns, depth + 1, held[entry.at])
        if not below:
            found.append((entry.at, [*blank, entry.text, *rest]))
            continue
        below[0][1][depth] = entry.text
        found += below
    return found


def _held(left: Sequence[_Entry], right: Sequence[_Entry]) -> dict[int, list[_Entry]]:
    """Return which cells belong to which of the column before, by the line of the latter."""
    groups = _groups(right)
    if len(groups) == len(left):
        return {entry.at: group for entry, group in zip(left, groups, strict=True)}
    found: dict[int, list[_Entry]] = {entry.at: [] for entry in left}
    centred = right[0].at < left[0].at
    for entry in right:
        if centred:
            home = min(left, key=lambda one: abs(one.at - entry.at))
        else:
            home = [one for one in left if one.at <= entry.at][-1]
        found[home.at].append(entry)
    return found


def _groups(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """Part cells where their numbers begin anew."""
    groups: list[list[_Entry]] = []
    last: tuple[int, ...] = ()
    for entry in entries:
        mark = mark_of(entry.text)
        numbers = mark.numbers if mark else ()
        if not groups or (numbers and numbers <= last):
            groups.append([])
        groups[-1].append(entry)
        last = numbers
    return groups
