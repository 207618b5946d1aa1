"""The report as one HTML page: nothing outside it, no script, printable on A4."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from welfaregraph.codes import SEVERITIES
from welfaregraph.netfile import picture
from welfaregraph.pages import rendered
from welfaregraph.pictures import heat_map, matrix
from welfaregraph.report_words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

    from welfaregraph.report import Grid, Lack, Report

__all__ = ["page"]

#: Rows of a table on the page, at most; the workbook has all.
MOST = 200
#: What one cell lists, at most.
LISTED = 3
#: Pairs named in the summary.
FIRST = 5
XMLNS = re.compile(r' xmlns="[^"]*"')


def page(report: Report) -> bytes:
    """Return the page, UTF-8.

    Well-formed XML too, so that it can be checked and read by other programs.
    """
    words = Words(report.language, LISTED)
    tops: defaultdict[str, float] = defaultdict(float)
    for grid in report.grids:
        tops[grid.kind] = max(tops[grid.kind], *grid.values.values(), 0.0)
    return rendered(
        "report.html.j2",
        report.language,
        report=report,
        words=words,
        say=words.say,
        severities=SEVERITIES,
        counts=Counter(lack.gap.severity for lack in report.lacks),
        first=report.pairs[:FIRST],
        pairs=report.pairs[:MOST],
        kinds=_by_kind(report),
        findings=report.findings[:MOST],
        pictures=[
            (grid, _picture(grid, words, tops[grid.kind]))
            for grid in report.grids
            if grid.values
        ],
        network=_network(report, words),
        most=MOST,
    )


def _by_kind(report: Report) -> list[tuple[str, Counter[str], list[Lack], int]]:
    """Return kind of gap, number by severity, rows shown and number left out."""
    ordered = sorted(report.lacks, key=lambda lack: lack.gap.kind)
    found = []
    for kind, group in groupby(ordered, lambda lack: lack.gap.kind):
        lacks = list(group)
        counts = Counter(lack.gap.severity for lack in lacks)
        found.append((kind, counts, lacks[:MOST], max(0, len(lacks) - MOST)))
    return found


def _picture(grid: Grid, words: Words, top: float) -> Markup:
    """Draw a table of numbers.

    :param top: the greatest value of all tables of its kind, which share one scale
    """
    title = words.grid(grid)
    if grid.kind == "actor-measure":
        marks = {at: f"{value:g}" for at, value in grid.values.items()}
        svg = matrix(grid.rows, grid.columns, marks, title=title)
    else:
        legend = words.say(f"{grid.kind}.legend")
        svg = heat_map(
            grid.rows, grid.columns, grid.values, title=title, legend=legend, top=top
        )
    return _embedded(svg)


def _network(report: Report, words: Words) -> Markup | str:
    """Draw the measures as a network, where any two overlap."""
    if not report.network.network.ties:
        return ""
    return _embedded(
        picture(
            report.network,
            title=words.say("network.title"),
            names={"measure": "", "isolated": words.say("network.apart")},
        )
    )


def _embedded(svg: str) -> Markup:
    """Return a picture as part of the page."""
    from markupsafe import Markup

    return Markup(XMLNS.sub("", svg, count=1))  # noqa: S704 (pictures escapes what it draws)
