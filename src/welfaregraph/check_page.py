"""The findings of a check as one HTML page: nothing outside it, no script, printable on A4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from welfaregraph.checks import ORIGINS
from welfaregraph.codes import SEVERITIES
from welfaregraph.findings import Finding, counted, sections_of
from welfaregraph.pages import rendered
from welfaregraph.places import Location
from welfaregraph.speech import phrase, spoken

__all__ = ["page"]

#: Findings of one rule and places of one finding that the page tells, at most.
MOST, PLACES = 100, 10


def page(findings: Sequence[Finding], *, language: str, on: str, of: str) -> bytes:
    """Return the page, UTF-8.

    :param on: the day that counted as today
    :param of: what was checked, in words
    """

    def say(key: str, /, **values: object) -> str:
        return phrase(key, language, **values)

    def places(finding: Finding) -> tuple[list[str], int]:
        named = (_named(issue.location) for issue in finding.issues)
        found = list(dict.fromkeys(filter(None, named)))
        return found[:PLACES], max(0, len(found) - PLACES)

    def remedies(of_rule: Sequence[Finding]) -> list[str]:
        said = (spoken(finding.first.remedies, language) for finding in of_rule)
        return list(dict.fromkeys(filter(None, said)))

    table = Counter((one.first.severity, one.first.origin) for one in findings)
    return rendered(
        "check.html.j2",
        language,
        on=on,
        of=of,
        say=say,
        spoken=lambda texts: spoken(texts, language),
        places=places,
        remedies=remedies,
        totals=counted(findings),
        severities=SEVERITIES,
        origins=[name for name in ORIGINS if any(table[s, name] for s in SEVERITIES)],
        table=table,
        sections=sections_of(findings),
        most=MOST,
    )


def _named(at: Location) -> str:
    """Return document and lines, and sheet and cell or file and line."""
    parts = [f"{at.document} {at.locator}".strip()] if at.document else []
    if at.sheet:
        parts.append(f"{at.sheet}!{at.cell}" if at.cell else at.sheet)
    elif at.file and not parts:
        parts.append(f"{at.file}:{at.line}" if at.line else at.file)
    return " ／ ".join(parts)
