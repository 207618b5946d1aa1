"""What is wrong in a workbook: each fault with sheet and cell, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from welfaregraph.errors import InputError, WelfareGraphError
from welfaregraph.sheet.layout import Column
from welfaregraph.sheet.names import loosely
from welfaregraph.sheet.record import Book

__all__ = ["Faults", "nearest"]

#: Words that are suggested, at most, and how like the wrong word they must be.
SUGGESTED, LIKE = 5, 0.4
#: What a word gains that holds the wrong one, or stands in it.
CONTAINED = 0.5


class Faults:
    """The faults found so far."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.problems: list[WelfareGraphError] = []
        self.rows: set[str] = set()  #: IRIs of the rows that have some

    def note(self, key: str, sheet: str, cell: str, *, iri: str, **values: object) -> None:
        """Note what is wrong in a cell.

        :param sheet: name of the sheet
        :param iri: of the row; empty while it has none
        """
        where = f"{self.book.titles.get(sheet, sheet)}!{cell}"
        self.problems.append(InputError(key, where=where, **values))
        self.rows.add(iri)

    def heading(self, column: Column) -> str:
        """Return the heading of a column as the workbook has it."""
        return column.title(self.book.language)


def nearest(word: str, offered: Iterable[str]) -> list[str]:
    """Return the words most like a wrong one, the nearest first; else the first ones.

    >>> nearest("雪かき", ["見守り", "除雪", "雪かきの支援", "雪下ろし"])[:2]
    ['雪かきの支援', '除雪']
    >>> nearest("x", ["市民", "行政"])
    ['市民', '行政']
    """
    known = list(dict.fromkeys(offered))
    wrong = loosely(word)
    scored = []
    for at, other in enumerate(known):
        plain = loosely(other)
        score = SequenceMatcher(None, wrong, plain).ratio()
        score += CONTAINED * bool(plain and (wrong in plain or plain in wrong))
        scored.append((-score, at, other))
    near = [other for score, _, other in sorted(scored) if -score >= LIKE]
    return (near or known)[:SUGGESTED]
