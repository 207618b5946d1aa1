"""Heads of tables whose cells a text layer prints in lines of their own, some of them late.

Where the cells below are printed as they come, one or several a line, the head is put on one
line again: 取組名, 内容, 担当課. A first name printed between the heads stands below them;
departments printed below all rows stand in their rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from welfaregraph.draft.functions import function_of
from welfaregraph.draft.lines import Piece
from welfaregraph.draft.marks import mark_of, opens_level
from welfaregraph.draft.words import pattern
from welfaregraph.draft.wrapped import WrappedRow, wrapped_rows

__all__ = ["with_whole_heads"]

#: Columns in the order in which such tables have them.
ORDER = ("names", "texts", "doers")
BLANK = re.compile(r"(?<=\S)[ \u3000]+(?=\S)")
#: Lines of one table.
MOST_LINES = 60
LEAST_ROWS = 2


def with_whole_heads(
    pieces: Sequence[Piece], is_doer: Callable[[str], bool]
) -> Iterator[Piece]:
    """Yield pieces, the heads of such tables on one line each.

    :param is_doer: tells a department or an actor

    >>> words = ["取組名", "配食", "内容", "担当課", "届ける。 福祉課", "相談 聞く。 税課"]
    >>> pieces = [Piece(word, n, n, 0) for n, word in enumerate(words, 1)]
    >>> [piece.text for piece in with_whole_heads(pieces, lambda text: text[-1] == "課")][:2]
    ['取組名 内容 担当課', '配食']
    """
    n = 0
    while n < len(pieces):
        end = _end(pieces, n) if _kind(pieces[n]) == ORDER[0] else n
        table = _whole(pieces[n:end], is_doer)
        yield from table or pieces[n : max(end, n + 1)]
        n = max(end, n + 1)


def _kind(piece: Piece) -> str:
    if piece.cells or piece.heading:
        return ""
    kinds = (k for k in ORDER if pattern("headings", "columns", k).fullmatch(piece.text))
    return next(kinds, "")


def _end(pieces: Sequence[Piece], start: int) -> int:
    """Return the piece after a table: a heading, or the head of another table."""
    n = start + 1
    while n < min(len(pieces), start + MOST_LINES):
        piece, kind = pieces[n], _kind(pieces[n])
        mark = mark_of(piece.text)
        headed = (mark is not None and bool(mark.numbers)) or opens_level(piece.text)
        other = (function_of(piece.text) and not kind) or kind == ORDER[0]
        if piece.cells or piece.heading or headed or other:
            break
        n += 1
    return n


def _whole(pieces: Sequence[Piece], is_doer: Callable[[str], bool]) -> list[Piece]:
    """Return a table with its head on one line; nothing if it is of another kind."""
    heads = {kind: n for n, piece in enumerate(pieces) if (kind := _kind(piece))}
    places = [heads.get(kind, 0) for kind in ORDER]
    if not 0 == places[0] < places[1] < places[2]:
        return []
    names, told = pieces[1 : places[1]], pieces[places[1] + 1 : places[2]]
    rest = pieces[places[2] + 1 :]
    head = replace(pieces[0], text=" ".join(pieces[at].text for at in places))
    several = any(BLANK.search(piece.text) for piece in (*told, *rest))
    if not several or len(names) > 1 or (names and told):
        return []
    if not told:
        return [head, *names, *rest]
    rows = wrapped_rows(told, is_doer)
    doers = rest[: len(rows)]
    good = all(row.told and not row.doers for row in rows) and all(
        is_doer(piece.text) for piece in doers
    )
    if not good or not LEAST_ROWS <= len(rows) == len(doers):
        return []
    return [head, *map(_row, rows, doers), *rest[len(rows) :]]


def _row(row: WrappedRow, doer: Piece) -> Piece:
    return replace(row.pieces[0], text=f"{row.name} {row.text} {doer.text}")
