"""The pictures of a report: the measures as a network, heat maps, matrices; SVG."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from welfaregraph.netfile import picture
from welfaregraph.pictures import heat_map, matrix

if TYPE_CHECKING:
    from welfaregraph.report.content import Grid, Report
    from welfaregraph.report.words import Words

__all__ = ["Picture", "pictures"]


@dataclass(frozen=True)
class Picture:
    """A picture with its caption."""

    name: str  #: of a file, without ending
    svg: str
    title: str
    note: str


def pictures(report: Report, words: Words) -> list[Picture]:
    """Draw what a report shows; tables of one kind share one scale."""
    grids = [grid for grid in report.grids if grid.values]
    of_kind = Counter(grid.kind for grid in grids)
    tops: defaultdict[str, float] = defaultdict(float)
    for grid in grids:
        tops[grid.kind] = max(tops[grid.kind], *grid.values.values())
    found = _network(report, words)
    drawn: Counter[str] = Counter()
    for grid in grids:
        drawn[grid.kind] += 1
        number = f"-{drawn[grid.kind]:02}" if of_kind[grid.kind] > 1 else ""
        note = words.say(f"{grid.kind}.note")
        if grid.left_out:
            note += " " + words.say("left-out", count=grid.left_out)
        svg = _table(grid, words, tops[grid.kind])
        found.append(Picture(grid.kind + number, svg, words.grid(grid), note))
    return found


def _table(grid: Grid, words: Words, top: float) -> str:
    """Draw a table of numbers.

    :param top: the greatest value of all tables of its kind
    """
    title = words.grid(grid)
    if grid.kind == "actor-measure":
        marks = {at: f"{value:g}" for at, value in grid.values.items()}
        return matrix(grid.rows, grid.columns, marks, title=title)
    legend = words.say(f"{grid.kind}.legend")
    return heat_map(grid.rows, grid.columns, grid.values, title=title, legend=legend, top=top)


def _network(report: Report, words: Words) -> list[Picture]:
    """Draw the measures as a network, where any two overlap."""
    if not report.network.network.ties:
        return []
    title = words.say("network.title")
    names = {"measure": "", "isolated": words.say("network.apart")}
    svg = picture(report.network, title=title, names=names)
    return [Picture("network", svg, title, words.say("network.note"))]
