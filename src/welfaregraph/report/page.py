"""The report as one HTML page: nothing outside it, no script, printable on A4."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from welfaregraph.codes import SEVERITIES
from welfaregraph.pages import rendered
from welfaregraph.report.pictures import pictures
from welfaregraph.report.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

    from welfaregraph.report.content import Lack, Report

__all__ = ["LISTED", "page"]

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
        pictures=[(drawn, _embedded(drawn.svg)) for drawn in pictures(report, words)],
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


def _embedded(svg: str) -> Markup:
    """Return a picture as part of the page."""
    from markupsafe import Markup

    return Markup(XMLNS.sub("", svg, count=1))  # noqa: S704 (pictures escapes what it draws)
