"""Tables that a text layer gives cell by cell: 事業名, 内容, 担当課 on lines of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from welfaregraph.draft.lines import Piece
from welfaregraph.draft.marks import mark_of
from welfaregraph.draft.words import pattern
from welfaregraph.text import join_lines

__all__ = ["with_stacked_rows"]

#: Columns in the order in which such tables have them; the department ends a row.
ORDER = ("names", "texts", "doers")
#: Pieces of one row.
MOST = 8
LONGEST_NAME = 40
#: Columns of a table given column by column, and the pieces of one of them.
LEAST_COLUMNS = 2
MOST_COLUMN = 40


def with_stacked_rows(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, those of such tables as rows with cells.

    >>> words = ["事業名", "内容", "担当課", "配食", "昼食を届けます。", "福祉課", "次の節"]
    >>> pieces = [Piece(word, n, n, 0) for n, word in enumerate(words, 1)]
    >>> [piece.cells or piece.text for piece in with_stacked_rows(pieces)]
    [('事業名', '内容', '担当課'), ('配食', '昼食を届けます。', '福祉課'), '次の節']
    """
    n = 0
    while n < len(pieces):
        columns, end = _by_columns(pieces, n)
        if columns:
            yield from columns
            n = end
            continue
        head = _head(pieces, n)
        rows = _rows(pieces, n + len(head), with_text=len(head) == len(ORDER)) if head else []
        if not rows:
            yield pieces[n]
            n += 1
            continue
        yield _joined(pieces[n : n + len(head)], [piece.text for piece in head])
        n += len(head)
        for size, cells in rows:
            yield _joined(pieces[n : n + size], cells)
            n += size


def _head(pieces: Sequence[Piece], n: int) -> list[Piece]:
    """Return the lines that name the columns, if those of a name and a department do."""
    for kinds in (ORDER, (ORDER[0], ORDER[2])):
        lines = list(pieces[n : n + len(kinds)])
        if len(lines) == len(kinds) and all(
            not line.cells and pattern("headings", "columns", kind).fullmatch(line.text)
            for line, kind in zip(lines, kinds, strict=True)
        ):
            return lines
    return []


def _by_columns(pieces: Sequence[Piece], n: int) -> tuple[list[Piece], int]:
    """Return the rows of a table given column by column, and the piece after it.

    Each head stands alone above its column: 取組名, the names, 担当課, as many departments.
    """
    found: list[tuple[int, Piece]] = []
    at = n
    while at < len(pieces) and at < n + MOST_COLUMN * len(ORDER):
        kind = _kind_of(pieces[at])
        if not found and kind != ORDER[0]:
            return [], n
        if kind and (not found or ORDER.index(kind) > ORDER.index(_kind_of(found[-1][1]))):
            found.append((at, pieces[at]))
        elif _closes(pieces[at]):
            break
        at += 1
    if len(found) < LEAST_COLUMNS or _kind_of(found[-1][1]) != ORDER[-1]:
        return [], n
    names = list(pieces[n + 1 : found[1][0]])
    begin = found[-1][0] + 1
    department = pattern("headings", "columns", "department")
    end = begin
    while end < len(pieces) and end - begin < len(names):
        if not department.fullmatch(pieces[end].text):
            break
        end += 1
    if len(names) < LEAST_COLUMNS or end - begin != len(names):
        return [], n
    rows = [_joined([pieces[n]], (pieces[n].text, pieces[begin - 1].text))]
    for name, doer in zip(names, pieces[begin:end], strict=True):
        rows.append(_joined([name], (name.text, doer.text)))
    return rows, end


def _kind_of(piece: Piece) -> str:
    if piece.cells or piece.heading:
        return ""
    kinds = (k for k in ORDER if pattern("headings", "columns", k).fullmatch(piece.text))
    return next(kinds, "")


def _closes(piece: Piece) -> bool:
    mark = mark_of(piece.text)
    return bool(piece.cells or piece.heading or (mark and mark.keyword))


def _rows(pieces: Sequence[Piece], n: int, *, with_text: bool) -> list[tuple[int, list[str]]]:
    """Return the rows from a piece on: how many pieces each takes, and its cells."""
    found = []
    while n < len(pieces):
        size = _row(pieces, n)
        if not size or len(pieces[n].text) > LONGEST_NAME:
            break
        texts = [piece.text for piece in pieces[n : n + size]]
        middle = [join_lines(texts[1:-1])] if with_text else []
        name = texts[0] if with_text else join_lines(texts[:-1])
        found.append((size, [name, *middle, texts[-1]]))
        n += size
    return found


def _row(pieces: Sequence[Piece], n: int) -> int:
    """Return how many pieces there are up to a department; 0 if a heading comes before."""
    department = pattern("headings", "columns", "department")
    for at, piece in enumerate(pieces[n : n + MOST]):
        mark = mark_of(piece.text)
        if piece.cells or piece.heading or (mark and mark.keyword):
            return 0
        if at and department.fullmatch(piece.text):
            return at + 1
    return 0


def _joined(pieces: Sequence[Piece], cells: Sequence[str]) -> Piece:
    text = "\t".join(cells)
    return replace(pieces[0], text=text, cells=tuple(cells), last=pieces[-1].last)
