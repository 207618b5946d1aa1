"""The report as one HTML page: nothing outside it, no script, printable on A4."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from welfaregraph.codes import SEVERITIES
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
        pictures=[(grid, _picture(grid, words)) for grid in report.grids if grid.values],
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


def _picture(grid: Grid, words: Words) -> Markup:
    from markupsafe import Markup

    title = words.grid(grid)
    if grid.kind == "actor-measure":
        marks = {at: f"{value:g}" for at, value in grid.values.items()}
        svg = matrix(grid.rows, grid.columns, marks, title=title)
    else:
        legend = words.say(f"{grid.kind}.legend")
        svg = heat_map(grid.rows, grid.columns, grid.values, title=title, legend=legend)
    return Markup(XMLNS.sub("", svg, count=1))  # noqa: S704 (pictures escapes what it draws)
