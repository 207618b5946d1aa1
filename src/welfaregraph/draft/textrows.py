"""Tables whose cells a text layer parts by single blanks: 取組名 内容 担当課."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from welfaregraph.draft.actors import actors_in, marks_action, says_nothing
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.lines import Piece
from welfaregraph.draft.marks import mark_of, opens_level
from welfaregraph.draft.words import pattern
from welfaregraph.draft.wrapped import WrappedRow, wrapped_rows

__all__ = ["is_doer", "with_rows"]

BLANK = re.compile(r"[ \u3000]+")
LEAST_ACTORS = 2
#: The first column of a head, and of a row, where rows are numbered.
NUMBERED = re.compile(r"^(?:No\.?|Ｎｏ．?|№|番号)[ \u3000]+")
NUMBER = re.compile(r"^[0-9０-９]{1,3}[ \u3000]+")
#: Lines over which a numbered row goes.
MOST_LINES = 6
#: A heading below a table is no shorter than this.
LEAST_HEADING = 3
#: The head of a table is no longer than this.
LONGEST_HEAD = 60


def with_rows(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, those of such tables as rows with cells."""
    n = 0
    while n < len(pieces):
        counted, end = _numbered(pieces, n) if NUMBERED.match(pieces[n].text) else ([], n)
        if counted:
            yield from counted
            n = end
            continue
        columns = _head(pieces[n])
        if actors := _actor_head(pieces[n]):
            end, marked = _marked(pieces, n + 1, actors)
            if marked:
                words = BLANK.split(pieces[n].text)
                yield replace(pieces[n], cells=("", *words[-actors:]))
                yield from marked
                n = end
                continue
        if height := _stacked_head(pieces, n):
            yield replace(pieces[n], cells=tuple(p.text for p in pieces[n : n + height]))
            end = _end(pieces, n + height)
            yield from _stacked(pieces[n + height : end], explained=height > LEAST_ACTORS)
            n = end
            continue
        if not columns:
            yield pieces[n]
            n += 1
            continue
        end = _end(pieces, n + 1)
        explained = "texts" in columns
        body = pieces[n + 1 : end]
        rows = wrapped_rows(body, is_doer) if explained else _rows(body)
        if not rows:
            yield from pieces[n:end]
        else:
            yield replace(pieces[n], cells=tuple(BLANK.split(pieces[n].text)[: len(columns)]))
        for row in rows:
            cells = [row.name, *([row.text] if explained else []), "\n".join(row.doers)]
            named = tuple(cells[: len(columns)])
            yield replace(row.pieces[0], cells=named, last=row.pieces[-1].last)
        n = end


def _numbered(pieces: Sequence[Piece], start: int) -> tuple[list[Piece], int]:
    """Return a head and its rows with numbers, No. 事業 内容 担当課, and where they end."""
    text = NUMBERED.sub("", pieces[start].text)
    columns = _head(replace(pieces[start], text=text))
    rows = [replace(pieces[start], cells=tuple(BLANK.split(text)[: len(columns)]))]
    n, before = start + 1, 0
    while columns and n < len(pieces) and (found := NUMBER.match(pieces[n].text)):
        number = int(found[0])
        end = n + 1
        while end < min(n + MOST_LINES, len(pieces)) and _goes_on(pieces[end]):
            end += 1
        first = replace(pieces[n], text=NUMBER.sub("", pieces[n].text))
        row = _numbered_row([first, *pieces[n + 1 : end]], columns)
        if not row or (before and number != before + 1):
            break
        rows.append(row)
        n, before = end, number
    return (rows, n) if len(rows) > 1 else ([], start)


def _goes_on(piece: Piece) -> bool:
    """Tell whether a line can belong to the numbered row above it."""
    text = piece.text
    opens = NUMBER.match(text) or mark_of(text) or opens_level(text) or function_of(text)
    return not (piece.cells or piece.heading or opens)


def _numbered_row(pieces: Sequence[Piece], columns: Sequence[str]) -> Piece | None:
    """Return one row; nothing if it names no doer or year."""
    rows = wrapped_rows(pieces, is_doer) if "texts" in columns else _rows(pieces)
    row = rows[0] if len(rows) == 1 else None
    if row is None or not (row.doers or row.closed):
        return None
    texts = [row.text] if "texts" in columns else []
    cells = (row.name, *texts, "\n".join(row.doers))[: len(columns)]
    return replace(pieces[0], cells=cells, last=row.pieces[-1].last)


def _head(piece: Piece) -> list[str]:
    """Return the kinds of columns if a line is the head of such a table."""
    if piece.cells or len(piece.text) > LONGEST_HEAD:
        return []
    kinds = []
    for word in BLANK.split(piece.text):
        names = ("doers", "texts", "names", "years")
        kind = next((k for k in names if pattern("headings", "columns", k).fullmatch(word)), "")
        kinds.append(kind)
    shapes = (["names", "texts", "doers"], ["names", "doers"], ["texts", "doers"])
    if kinds[-1] == "years":
        kinds = [kind for kind in kinds if kind != "years"]
        return kinds if kinds in (*shapes[:1], ["names", "texts"]) else []
    return (
        ["names", "doers"] if kinds == ["texts", "doers"] else kinds if kinds in shapes else []
    )


def _stacked_head(pieces: Sequence[Piece], n: int) -> int:
    """Return over how many lines a head goes whose cells stand below each other."""
    for kinds in (("names", "texts", "doers"), ("names", "doers")):
        lines = pieces[n : n + len(kinds)]
        fits = len(lines) == len(kinds) and all(
            not line.cells and pattern("headings", "columns", kind).fullmatch(line.text)
            for line, kind in zip(lines, kinds, strict=True)
        )
        if fits:
            return len(kinds)
    return 0


def _stacked(pieces: Sequence[Piece], *, explained: bool) -> Iterator[Piece]:
    """Yield the rows of such a table: each ends with a line that says who acts."""
    row: list[Piece] = []
    for piece in pieces:
        row.append(piece)
        if len(row) > 1 and is_doer(piece.text):
            name, *texts = (each.text for each in row[:-1])
            cells = (name, "".join(texts), piece.text) if explained else (name, piece.text)
            yield replace(row[0], cells=cells, last=piece.last)
            row = []
    yield from row


def _actor_head(piece: Piece) -> int:
    """Return how many actors the head of a table of marks names after its first word."""
    words = BLANK.split(piece.text)
    if piece.cells or len(words) < LEAST_ACTORS or len(piece.text) > 60:
        return 0
    named = 0
    while named < len(words) and len(words[-1 - named]) <= 12 and actors_in(words[-1 - named]):
        named += 1
    return named if named >= LEAST_ACTORS and len(words) - named <= 2 else 0


def _marked(pieces: Sequence[Piece], start: int, actors: int) -> tuple[int, list[Piece]]:
    """Return the rows whose last words are marks, one for each actor, and where they end."""
    rows: list[Piece] = []
    waiting: list[Piece] = []
    n = start
    while n < len(pieces) and len(waiting) < 3:
        piece = pieces[n]
        words = BLANK.split(piece.text)
        marks = [word for word in words[-actors:] if marks_action(word) or says_nothing(word)]
        if piece.cells or function_of(piece.text) or len(words) < len(marks):
            break
        if len(marks) == actors:
            name = "".join(p.text for p in waiting) + "".join(words[:-actors])
            first = (waiting or [piece])[0]
            rows.append(replace(first, cells=(name, *marks), last=piece.last))
            waiting = []
        elif (mark := mark_of(piece.text)) and mark.numbers and mark.keyword:
            break
        else:
            waiting.append(piece)
        n += 1
    return n - len(waiting), rows


def _end(pieces: Sequence[Piece], start: int) -> int:
    n = start
    while n < len(pieces):
        piece = pieces[n]
        mark = mark_of(piece.text)
        rest = len(piece.text) < LEAST_HEADING  # of a name: 後見制度利用支援 / 事業
        named = (function_of(piece.text) and not rest) or actors_in(piece.text, bare=False)
        if piece.cells or piece.heading or (mark and mark.numbers) or named or _head(piece):
            break
        n += 1
    return n


def is_doer(word: str) -> bool:
    """Tell whether a word names a department or actors.

    >>> is_doer("福祉課・総務課"), is_doer("見守り")
    (True, False)
    """
    department = pattern("headings", "columns", "department")
    parts = [part for part in re.split("[・、，,/／]", word) if part]
    one = all(department.fullmatch(part) or actors_in(part) for part in parts)
    return bool(word) and (one or bool(actors_in(word)))


def _rows(pieces: Sequence[Piece]) -> list[WrappedRow]:
    """Return the rows of a table with names and who acts only."""
    rows: list[WrappedRow] = []
    for piece in pieces:
        words = BLANK.split(piece.text)
        doers = [words.pop()] if is_doer(words[-1]) else []
        row = rows[-1] if rows else None
        if row is None or (row.doers and words):
            row = WrappedRow()
            rows.append(row)
        row.name += "".join(words)
        row.doers += doers
        row.pieces.append(piece)
    return [row for row in rows if row.name and row.doers]
