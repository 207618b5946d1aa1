"""Rows of 取組名, 内容, 担当課 whose cells a text layer wraps, each in lines of its own.

Nothing is printed between the cells. A sentence's end closes the second cell and a department
the row; a name goes on where it is incomplete and its rest no longer than its first line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from welfaregraph.draft.blocks import HIRAGANA
from welfaregraph.draft.endings import is_complete
from welfaregraph.draft.lines import Piece
from welfaregraph.draft.words import any_of, table

__all__ = ["WrappedRow", "wrapped_rows"]

BLANK = re.compile(r"[ \u3000]+")
END = re.compile(r"[。」]$")
#: The rest of a name, before a longer line.
SHORT = 5
#: Words of a line that is a whole row.
WHOLE = 3


@cache
def _years() -> re.Pattern[str]:
    """Return a pattern for the marks of years at the end of a row: ○ ○ → → →."""
    done = any_of(table("headings")["columns"]["marks"])
    return re.compile(rf"(?:(?:^|[ \u3000]+)(?:[○◯〇●◎◇→⇒➡⟶－―-]+|{done}))+$")


@dataclass
class WrappedRow:
    """A row under way."""

    name: str = ""
    text: str = ""
    doers: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    closed: bool = False  #: marks of years end it

    @property
    def told(self) -> bool:
        """Whether its second cell is complete."""
        return bool(END.search(self.text))


def wrapped_rows(pieces: Sequence[Piece], is_doer: Callable[[str], bool]) -> list[WrappedRow]:
    """Return the rows of a table with a name, a text and who acts, or years.

    :param pieces: those below the head, as far as the table goes
    :param is_doer: tells a department or an actor

    >>> texts = ["認知症を学ぶ講", "座", "家族が集います。 福祉課", "配食 届けます。 福祉課"]
    >>> pieces = [Piece(text, 1, 1, 0) for text in texts]
    >>> [(row.name, row.doers) for row in wrapped_rows(pieces, lambda text: text[-1] == "課")]
    [('認知症を学ぶ講座', ['福祉課']), ('配食', ['福祉課'])]
    """
    reader = _Reader(pieces, is_doer)
    for n in range(len(pieces)):
        reader.read(n)
    return [row for row in reader.rows if row.name and (row.doers or row.told or row.closed)]


class _Reader:
    """Deals the words of each line out to the cells of rows."""

    def __init__(self, pieces: Sequence[Piece], is_doer: Callable[[str], bool]) -> None:
        self.pieces, self.is_doer = pieces, is_doer
        self.rows: list[WrappedRow] = []

    def read(self, n: int) -> None:
        """Read one line."""
        text = _years().sub("", self.pieces[n].text)
        words = [word for word in BLANK.split(text) if word]
        if len(words) > 1:
            self._several(words, self.pieces[n])
        elif words:
            self._one(words[0], n)
        if self.rows and text != self.pieces[n].text:
            self.rows[-1].closed = True

    @property
    def _row(self) -> WrappedRow | None:
        return self.rows[-1] if self.rows else None

    def _new(self, name: str, piece: Piece) -> WrappedRow:
        row = WrappedRow(name, pieces=[piece])
        self.rows.append(row)
        return row

    def _several(self, words: list[str], piece: Piece) -> None:
        """Read a line with words of more than one cell."""
        row = self._row
        doers = [words.pop()] if self.is_doer(words[-1]) else []
        whole = len(words) + len(doers) >= WHOLE and (doers or END.search(words[-2]))
        under_way = row is not None and not self._finished(row)
        if row is None or whole or not under_way:
            if not END.search(words[0]):
                row = self._new(words.pop(0), piece)
        elif len(words) > 1 and not row.told and not END.search(words[0]):
            row.name += words.pop(0)
        if row is None:
            return
        row.pieces += [] if piece in row.pieces else [piece]
        rest = words
        tail = [rest.pop()] if len(rest) > 1 and END.search(rest[-2]) else []
        row.text += "".join(rest)
        row.doers += tail + doers

    def _one(self, word: str, n: int) -> None:
        """Read a line that is one word, or the rest of one."""
        row, piece = self._row, self.pieces[n]
        if row is not None and row.doers and self._is_late(row, word):
            row.name += word
            row.pieces.append(piece)
            return
        if row is None or self._finished(row, word, n):
            self._new(word, piece)
            return
        row.pieces.append(piece)
        if row.doers and not self.is_doer("".join(row.doers[-1:])):
            row.doers[-1] += word
        elif row.told and "。" not in word:
            row.doers.append(word)
        elif not row.text and self._names(row, word, n):
            row.name += word
        else:
            row.text += word

    def _names(self, row: WrappedRow, word: str, n: int) -> bool:
        """Tell whether a word is the rest of a name."""
        first = row.pieces[0].text
        goes_on = bool(HIRAGANA.match(word)) or not is_complete(row.name)
        short = len(word) <= SHORT and len(self._after(n)) > len(first)
        return (goes_on or short) and "。" not in word and len(word) <= len(first)

    def _is_late(self, row: WrappedRow, word: str) -> bool:
        """Tell whether a word is the rest of a name, printed below the rest of its row."""
        short = len(word) <= SHORT and row.told and self.is_doer(row.doers[-1])
        return short and not (is_complete(row.name) or self.is_doer(word))

    def _after(self, n: int) -> str:
        """Return the first word of the line after a line."""
        return BLANK.split(self.pieces[n + 1].text)[0] if n + 1 < len(self.pieces) else ""

    def _finished(self, row: WrappedRow, word: str = "", n: int = -1) -> bool:
        """Tell whether nothing of a row is to come."""
        if row.closed:
            return True
        if row.doers:
            whole = self.is_doer(row.doers[-1]) and (not row.text or is_complete(row.text))
            return whole and not (word and self.is_doer(word))
        if not row.told or not word or "。" in word:
            return row.told and not word
        return not (self.is_doer(word) or self.is_doer(word + self._after(n)))
