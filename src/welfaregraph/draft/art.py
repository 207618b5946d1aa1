"""Charts drawn with characters: ┌─ １ つながる ─┬─ (1) 集う, and rows between │ and │.

The lines of a tree become the headings it joins, from left to right; what stands between
bars, from one rule to the next, becomes a row of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from welfaregraph.documents import Line
from welfaregraph.draft.marks import mark_of
from welfaregraph.draft.words import table

__all__ = ["with_drawn_charts"]

#: Characters with which boxes and trees are drawn.
DRAWN = "─━│┃┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┠┣┤┥┨┫┬┯┰┳┴┷┸┻┼┿╂╋╭╮╯╰"
BARS = "│┃"
STROKES = re.compile(rf"[{DRAWN}]+")
#: Only strokes and blanks: a rule, or a piece of a trunk.
EMPTY = re.compile(rf"^[\s\u3000{DRAWN}]*$")
#: A row of a table drawn with bars.
ROW = re.compile(rf"^[\s\u3000]*[{BARS}](?P<cells>.*)[{BARS}][\s\u3000]*$")
BAR = re.compile(f"[{BARS}]")
#: Lines and headings without which there is no chart.
LEAST_LINES, LEAST_HEADINGS = 3, 3
#: Of a tree of goals and measures.
LEVELS = 2


def with_drawn_charts(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those of drawn charts as headings and those of drawn tables as rows.

    >>> texts = ["┌─ １ 集う ┬─ (1) 茶会", "│          └─ (2) 食事", "└─ ２ 備える ── (1) 訓練"]
    >>> [line.cells[1:] for line in with_drawn_charts([Line(1, text) for text in texts])][1:]
    [('１ 集う', '(1) 茶会'), ('', '(2) 食事'), ('２ 備える', '(1) 訓練')]
    """
    n = 0
    while n < len(lines):
        end = n
        while end < len(lines) and STROKES.search(lines[end].text) and not lines[end].cells:
            end += 1
        run = lines[n:end]
        drawn = (_table(run) or _tree(run)) if len(run) >= LEAST_LINES else []
        yield from drawn or run or lines[n : n + 1]
        n = max(end, n + 1)


def _tree(lines: Sequence[Line]) -> list[Line]:
    """Return the headings of a tree, each on a line; nothing if most have no number."""
    found = [
        replace(line, text=part.strip(" \u3000"))
        for line in lines
        for part in STROKES.split(line.text)
        if part.strip(" \u3000")
    ]
    marks = [mark_of(line.text) for line in found]
    numbered = sum(mark is not None and bool(mark.numbers) for mark in marks)
    good = numbered >= LEAST_HEADINGS and 2 * numbered > len(found)
    return (_rows(found) or found) if good else []


def _rows(found: Sequence[Line]) -> list[Line]:
    """Return goals with their measures as rows, if a tree has these two levels and no other.

    A goal stands beside the first of its measures or beside their middle; the numbers of
    measures begin anew for each.
    """
    marks = [mark_of(line.text) for line in found]
    styles = [mark.style if mark and mark.numbers else ("", "") for mark in marks]
    goals = [line for line, style in zip(found, styles, strict=True) if style == styles[0]]
    groups: list[list[Line]] = []
    for line, mark, style in zip(found, marks, styles, strict=True):
        if style != styles[0] and mark:
            if not groups or mark.numbers[-1:] == (1,):
                groups.append([])
            groups[-1].append(line)
    if len({*styles}) != LEVELS or len(groups) != len(goals):
        return []
    words = table("headings")
    rows = [(found[0], ("", words["goal"]["words"][0], words["measure"]["words"][0]))]
    for goal, group in zip(goals, groups, strict=True):
        rows += [
            (line, ("", goal.text if line is group[0] else "", line.text)) for line in group
        ]
    return [replace(line, text="\t".join(cells), cells=cells) for line, cells in rows]


def _table(lines: Sequence[Line]) -> list[Line]:
    """Return the rows of a table whose cells bars part; nothing if it has one column."""
    rows: list[list[Line]] = [[]]
    for line in lines:
        if EMPTY.match(line.text):
            rows.append([])
        elif ROW.match(line.text):
            rows[-1].append(line)
        else:
            return []
    found = []
    for row in filter(None, rows):
        parts = [BAR.split(match["cells"]) for line in row if (match := ROW.match(line.text))]
        if len({len(part) for part in parts}) != 1 or len(parts[0]) == 1:
            return []
        cells = tuple(
            "\n".join(filter(None, (text.strip(" \u3000") for text in column)))
            for column in zip_longest(*parts, fillvalue="")
        )
        found.append(replace(row[0], text="\t".join(cells).replace("\n", " "), cells=cells))
    return found
