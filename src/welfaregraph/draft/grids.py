"""Tables of actors' columns that blanks keep apart: 施策, 自助, 互助, 共助, 公助 on one line.

The bullets tell where the columns begin, for a head is often centred. Text without a bullet
goes on with the cell it stands in; a number in the first column opens a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from welfaregraph.documents import Line
from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.columns import width
from welfaregraph.draft.marks import BULLETS, mark_of, opens_level
from welfaregraph.draft.words import pattern

__all__ = ["with_grids"]

TOKEN = re.compile(r"[^\s\u3000]+")
EXPLAINED = re.compile(r"^[（(].{1,16}[）)]$")
BULLET = re.compile(rf"^[{BULLETS}]")
LEAST_ACTORS = 2
#: Between the bullets of two columns, and how far text stands before its column.
LEAST_APART, TOLERANCE = 4, 2
#: How far the text of a squeezed line may stand before its column.
SHIFTED = 5
#: One blank alone parts two cells.
TIGHT = re.compile(rf"[^\s\u3000][ \u3000][{BULLETS}]")
#: Lines of one table, and empty ones in it.
MOST_LINES, MOST_EMPTY = 200, 2

Measure = Callable[[str], int]


@dataclass(frozen=True)
class _Token:
    text: str
    start: int


@dataclass
class _Row:
    """A row under way: its first line and its cells."""

    line: Line
    cells: list[str] = field(default_factory=list)


def with_grids(lines: Sequence[Line]) -> Iterator[Line]:
    r"""Yield lines, those of such tables as rows with cells.

    >>> texts = ["施策     住民  町", "1-1 集う ・話す  ・貸す", "         ・誘う"]
    >>> [each.cells for each in with_grids([Line(1, text) for text in texts])][1:]
    [('1-1集う', '・話す\n・誘う', '・貸す')]
    """
    n = 0
    while n < len(lines):
        heads, first = _heads(lines, n)
        rows, end = _rows(lines, first, heads) if heads else ([], n)
        if not rows:
            yield lines[n]
            n += 1
            continue
        yield _line(lines[n], heads)
        yield from (_line(row.line, row.cells) for row in rows)
        n = end


def _line(line: Line, cells: Sequence[str]) -> Line:
    return replace(line, text="\t".join(cells).replace("\n", " "), cells=tuple(cells))


def _tokens(line: Line, measure: Measure) -> list[_Token]:
    return [
        _Token(found[0], measure(line.text[: found.start()]))
        for found in TOKEN.finditer(line.text)
    ]


def _heads(lines: Sequence[Line], n: int) -> tuple[list[str], int]:
    """Return the heads of the columns, the first empty if it names rows, and the line below."""
    line = lines[n]
    words = [] if line.cells or "\t" in line.text else TOKEN.findall(line.text)
    labelled = bool(words) and _names_rows(words[0])
    heads = words[1:] if labelled else words
    if len(heads) < LEAST_ACTORS or not all(len(w) <= 12 and actors_in(w) for w in heads):
        return [], n
    below = TOKEN.findall(lines[n + 1].text) if n + 1 < len(lines) else []
    first = [""] if labelled else []
    if len(below) == len(heads) and all(map(EXPLAINED.match, below)):
        both = [head + more for head, more in zip(heads, below, strict=True)]
        return [*first, *both], n + 2
    return [*first, *heads], n + 1


def _names_rows(word: str) -> bool:
    kinds = ("units", "names")
    return any(pattern("headings", "columns", kind).fullmatch(word) for kind in kinds)


def _rows(lines: Sequence[Line], start: int, heads: Sequence[str]) -> tuple[list[_Row], int]:
    """Return the rows of a table, and the line after it; none if its columns are unclear."""
    labelled = not heads[0]
    end = _end(lines, start, numbered=labelled)
    body = [line for line in lines[start:end] if line.text.strip()]
    if not labelled and not any(TIGHT.search(line.text) for line in body):
        return [], start  # boxes with wide blanks between them are read elsewhere
    columns = len(heads) - labelled
    found = [(bounds, m) for m in (len, width) if (bounds := _bounds(body, columns, m))]
    if not found:
        return [], start
    (bounds, measure), rows = found[0], list[_Row]()
    if not labelled:
        rows.append(_Row(body[0], [""] * len(heads)))
    for line in body:
        _deal(line, _tokens(line, measure), bounds, rows, labelled=labelled)
    return rows, end


def _deal(
    line: Line, tokens: Sequence[_Token], bounds: Sequence[int], rows: list[_Row], *,
    labelled: bool,
) -> None:  # fmt: skip
    """Put the words of a line into the cells of a row; a number in the first one opens it."""
    before = -1
    for token in tokens:
        column = sum(token.start >= bound - TOLERANCE for bound in bounds)
        if column <= before < len(bounds) and token.start >= bounds[before] - SHIFTED:
            column = before + 1
        mark = mark_of(token.text)
        opens = labelled and column == 0 and mark is not None and bool(mark.numbers)
        before = column - 1 if opens else column
        if opens:
            rows.append(_Row(line, [""] * (len(bounds) + 1)))
        if not rows:
            continue
        cells, at = rows[-1].cells, max(column - (not labelled), 0)
        cells[at] += ("\n" if BULLET.match(token.text) and cells[at] else "") + token.text


def _end(lines: Sequence[Line], start: int, *, numbered: bool) -> int:
    """Return the line after a table: another heading, prose, or a gap.

    :param numbered: whether a number opens a row of the table
    """
    empty, n = 0, start
    while n < min(len(lines), start + MOST_LINES) and empty <= MOST_EMPTY:
        text = lines[n].text.strip()
        mark = mark_of(text)
        number = mark is not None and bool(mark.numbers) and not numbered
        headed = (mark is not None and bool(mark.keyword)) or opens_level(text)
        whole = len(TOKEN.findall(text)) == 1 and text.endswith("。")
        wide = whole and not lines[n].text[:1].isspace()
        if lines[n].cells or headed or number or (wide or (whole and numbered)):
            break
        empty = 0 if text else empty + 1
        n += 1
    return n - empty


def _bounds(body: Sequence[Line], columns: int, measure: Measure) -> list[int]:
    """Return where the columns begin, as the bullets tell; none if they tell it not."""
    starts = sorted(
        token.start
        for line in body
        for token in _tokens(line, measure)
        if BULLET.match(token.text)
    )
    gaps = sorted(((b - a, b) for a, b in pairwise(starts)), reverse=True)[: columns - 1]
    if len(gaps) < columns - 1 or any(gap < LEAST_APART for gap, _ in gaps):
        return []
    return sorted([starts[0], *(start for _, start in gaps)])
