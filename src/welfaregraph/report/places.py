"""Where each row of a report comes from.

Pure functions over rows of ``queries/sources.rq``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from welfaregraph.store import Row

__all__ = ["Place", "Places"]

DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, order=True)
class Place:
    """Where to look: a document by its number in the report, and lines."""

    document: int  #: from 1; 0 for one that the report does not list
    locator: str = ""  #: ``L192-L194``; nothing for the whole document
    title: str = ""  #: of a document without number


class Places:
    """The places of the elements.

    :param rows: of ``queries/sources.rq``
    :param numbers: document IRI → its number
    """

    def __init__(self, rows: Iterable[Row], numbers: Mapping[str, int]) -> None:
        self._found: defaultdict[str, set[Place]] = defaultdict(set)
        for row in rows:
            number = numbers.get(row["document"] or "", 0)
            title = "" if number else row["documentTitle"] or ""
            place = Place(number, row["locator"] or "", title)
            self._found[row["element"] or ""].add(place)
        self.numbers = numbers

    def of(self, element: str) -> tuple[Place, ...]:
        """Return the places of an element, by document and line."""
        found = self._found.get(element, ())
        return tuple(sorted(found, key=lambda p: (p.document, p.title, _line(p), p.locator)))


def _line(place: Place) -> int:
    match = DIGITS.search(place.locator)
    return int(match[0]) if match else 0
