"""What keeps a workbook from being read, as issues like all others.

An officer is told of a cell that cannot be read as of one that is wrong: by rule, with sheet
and cell, why it matters and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from welfaregraph.checks import Issue
from welfaregraph.errors import ProblemsError, WelfareGraphError
from welfaregraph.places import Location
from welfaregraph.speech import languages, phrase

__all__ = ["FAMILY", "issues_of"]

#: How the names of these rules begin, here and in ``messages/*/error.toml``.
FAMILY = "workbook-"


def issues_of(error: WelfareGraphError, path: Path) -> list[Issue]:
    """Return what is wrong in a workbook as issues; none where anything else is wrong, too.

    :param error: raised by reading the workbook
    """
    found: Sequence[WelfareGraphError] = (
        error.found if isinstance(error, ProblemsError) else [error]
    )
    if not all(one.key.startswith(FAMILY) and str(path) in one.where for one in found):
        return []
    return [_issue(one, path) for one in found]


def _issue(error: WelfareGraphError, path: Path) -> Issue:
    spoken = languages()
    location = _location(error.where, path)
    kind = "unread" if location.sheet else "unopened"
    return Issue(
        rule=error.key,
        severity="error",
        origin="data",
        focus=path.resolve().as_uri(),
        messages={x: error.said("what", x) for x in spoken},
        remedies={x: error.said("todo", x) for x in spoken},
        whys={x: phrase(f"check.{kind}-why", x) for x in spoken},
        titles={x: phrase(f"check.{kind}-title", x) for x in spoken},
        location=location,
    )


def _location(where: str, path: Path) -> Location:
    """Return sheet and cell, of several cells the first.

    >>> _location("plan.xlsx 施策!E8:E9", Path("plan.xlsx")).cell
    'E8'
    """
    place = where.partition(str(path))[2].strip(" :/")
    sheet, _, cells = place.rpartition("!")
    cell = cells.partition(":")[0] if sheet else ""
    return Location(file=str(path), sheet=sheet or place, cell=cell)
