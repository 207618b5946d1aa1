"""Columns that a page sets side by side, put one below the other again.

A text layer that keeps the layout parts columns by runs of blanks. Where such a line names an
actor in each of its parts, what stands below each name belongs to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from welfaregraph.documents import Line
from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.lines import PAGE_NUMBER
from welfaregraph.draft.marks import mark_of, opens_level
from welfaregraph.draft.words import any_of, table
from welfaregraph.text import number_of

__all__ = ["Cell", "boxes_under", "cells_of", "measure_of", "one_below_the_other", "width"]

#: Blanks that part two columns.
APART = re.compile(r"(?:[ ]{3,}|\u3000{2,})[ \u3000]*")
LEAST = 2
#: Lines with text in every box below headings that are no actors'.
LEAST_BESIDE = 2
#: Empty lines that may stand inside a box.
MOST_EMPTY = 1
#: How far, in half-width characters, a line may begin before its column.
TOLERANCE = 6
#: A numbered heading, a blank, and the first item below it.
ITEM_BESIDE = re.compile(
    r"^[ \u3000]*([^・●○■◆□\t]{4,40}?)[ \u3000]+([・･●○■◆□①][^\s\t][^\t]*)$"
)
CIRCLES = re.compile(r"(?P<word>)(?P<number>[①-⑳])")


@dataclass(frozen=True)
class Cell:
    """A part of a line that wide blanks set apart."""

    text: str
    start: int  #: column, in half-width characters


def one_below_the_other(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those of boxes beside each other box by box.

    >>> lines = ["町民の役割      町の役割", "・声かけ        ・見守り", "", "次の節"]
    >>> [each.text for each in one_below_the_other([Line(1, text) for text in lines])]
    ['町民の役割', '・声かけ', '町の役割', '・見守り', '', '次の節']
    """
    n = 0
    while n < len(lines):
        heads = cells_of(lines[n])
        if len(heads) >= LEAST and all(actors_in(cell.text) for cell in heads):
            end = _end(lines, n)
            measure = measure_of(lines[n + 1 : end], lines[n])
            yield from _boxes(lines[n:end], cells_of(lines[n], measure), measure)
            n = end
        elif len(heads) >= LEAST and _are_keyworded(heads):
            yield from (replace(lines[n], text=cell.text) for cell in heads)
            n += 1
        else:
            parts = [] if lines[n].cells else several_in(lines[n].text)
            yield from (replace(lines[n], text=part) for part in parts or [lines[n].text])
            n += 1


def several_in(text: str) -> list[str]:
    """Return the headings that stand in one line, where their numbers follow each other.

    >>> several_in("基本目標1 学ぶ 基本目標2 つながる")
    ['基本目標1 学ぶ', '基本目標2 つながる']
    >>> several_in("①声かけ　②見守り")
    ['①声かけ', '②見守り']
    >>> several_in("（1）集いの場 ・サロンの開催")
    ['（1）集いの場', '・サロンの開催']
    >>> several_in("施策1 声かけ")
    []
    """
    if beside := ITEM_BESIDE.match(text):
        mark = mark_of(beside[1])
        if mark and mark.numbers and mark.title:
            return [beside[1], beside[2]]
    for form in (_keyworded(), CIRCLES):
        found = list(form.finditer(text))
        numbers = [number_of(each["number"]) for each in found]
        starts = [each.start() for each in found]
        first = numbers[0] if numbers else None
        follow = first is not None and numbers == [*range(first, first + len(numbers))]
        if follow and len(found) > 1 and len({each["word"] for each in found}) == 1:
            bounds = [*starts, len(text)]
            parts = [text[a:b].strip(" \u3000、,・/／") for a, b in pairwise(bounds)]
            before = text[: starts[0]].strip()
            if all(2 < len(part) <= 60 and "。" not in part for part in parts):
                return [before, *parts] if before else parts
    return []


@cache
def _keyworded() -> re.Pattern[str]:
    words = any_of(
        table("headings")["goal"]["words"][:16] + table("headings")["measure"]["words"]
    )
    return re.compile(
        rf"(?:^|(?<=[\s\u3000、,・/／]))[【「『〈<]?(?P<word>{words})\s*(?P<number>[0-9０-９]{{1,2}}|[Ⅰ-Ⅹ①-⑳])(?![0-9０-９-])"
    )


def _are_keyworded(cells: Sequence[Cell]) -> bool:
    """Tell whether headings like 「基本目標１ …」 stand beside each other."""
    marks = [mark_of(cell.text) for cell in cells]
    return all(mark is not None and mark.keyword and mark.title for mark in marks)


def cells_of(line: Line, measure: Callable[[str], int] | None = None) -> list[Cell]:
    """Return the parts of a line that wide blanks part, with the columns they begin in.

    :param measure: how much room a text takes; half-width characters if not said
    """
    if line.cells or "\t" in line.text:
        return []
    found, at = [], 0
    for part in APART.split(line.text):
        begin = line.text.find(part, at) if part else at
        if part.strip():
            lead = len(part) - len(part.lstrip())
            found.append(Cell(part.strip(), (measure or width)(line.text[: begin + lead])))
        at = begin + len(part)
    return found


def measure_of(lines: Sequence[Line], head: Line) -> Callable[[str], int]:
    """Return how a text layer counts columns: some count a full-width character as one.

    :param lines: those below the heads of columns
    """

    def misfit(measure: Callable[[str], int]) -> int:
        starts = [cell.start for cell in cells_of(head, measure)]
        cells = [cell for line in lines for cell in cells_of(line, measure)]
        return sum(min(abs(cell.start - start) for start in starts) for cell in cells)

    return min((width, len), key=misfit)


def boxes_under(lines: Sequence[Line], n: int) -> tuple[list[Line], int]:
    """Return what stands under headings side by side, column by column, and where it ends.

    :param n: the line of the headings
    """
    end = _end(lines, n, actors=True)
    measure = measure_of(lines[n + 1 : end], lines[n])
    heads = cells_of(lines[n], measure)
    beside = sum(len(cells_of(line)) == len(heads) for line in lines[n + 1 : end])
    if beside < LEAST_BESIDE:
        return [], n
    return list(_boxes(lines[n:end], heads, measure)), end


def _end(lines: Sequence[Line], start: int, *, actors: bool = False) -> int:
    """Return the line after the boxes: a gap, or a line that fits none of them.

    :param actors: whether the boxes hold actors' headings
    """
    empty, n = 0, start + 1
    while n < len(lines):
        if not lines[n].text.strip():
            empty += 1
            if empty > MOST_EMPTY:
                return n + 1 - empty
        else:
            cells = cells_of(lines[n])
            named = len(cells) >= LEAST and all(actors_in(cell.text) for cell in cells)
            new_heads = named and not actors
            bulleted = any(re.match(r"[^\w\s「『（(]", cell.text) for cell in cells)
            page = PAGE_NUMBER.match(lines[n].text)
            if page or new_heads or (empty and not bulleted) or _closes(cells, lines[start]):
                break
            empty = 0
        n += 1
    return n - empty


def _closes(cells: Sequence[Cell], head: Line) -> bool:
    """Tell whether a line goes over all boxes: a heading with its word, or a line of prose."""
    if len(cells) != 1:
        return False
    text = cells[0].text
    mark = mark_of(text)
    if (mark and mark.keyword) or opens_level(text):
        return True
    second = cells_of(head)[1].start
    prose = mark is None and cells[0].start <= cells_of(head)[0].start
    return prose and cells[0].start + width(text) > second + TOLERANCE


def _boxes(
    lines: Sequence[Line], heads: Sequence[Cell], measure: Callable[[str], int]
) -> Iterator[Line]:
    columns: list[list[Line]] = [[] for _ in heads]
    for line in lines:
        for cell in cells_of(line, measure):
            home = max(
                (k for k, head in enumerate(heads) if cell.start >= head.start - TOLERANCE),
                default=0,
            )
            columns[home].append(replace(line, text=cell.text))
    for column in columns:
        yield from column


def width(text: str) -> int:
    """Return how many half-width characters a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text)
