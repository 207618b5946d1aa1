"""Tables of years, which show when plans of several editions run."""

from __future__ import annotations

import re

from welfaregraph.draft.editions import EDITION_OF
from welfaregraph.draft.names import names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.text import unspaced

__all__ = ["YEAR", "rows_of_years"]

#: Lines between the heading of a table of years and its last row.
YEAR_ROWS = 8
LEAST_YEARS = 4
YEAR = re.compile(r"(?<![A-Za-z])[RHＲＨ]\s?[0-9０-９]{1,2}|令和|平成|20[0-9]{2}")


def rows_of_years(reading: Reading) -> set[int]:
    """Return the positions of their lines: what they name need not be this plan."""
    rows: set[int] = set()
    left = 0
    for n, block in enumerate(reading.lines):
        if block.is_sentence:
            left = 0
            continue
        parts = [len(each.parts) for each in names_in(unspaced(block.text))]
        several = bool(parts) and len(EDITION_OF.findall(block.text)) > max(parts)
        if left > 0 or several:
            rows.add(n)
        left = YEAR_ROWS if len(YEAR.findall(block.text)) >= LEAST_YEARS else left - 1
    return rows
