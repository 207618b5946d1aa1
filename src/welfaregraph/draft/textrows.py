"""Tables whose cells a text layer parts by single blanks: 取組名 内容 担当課."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from welfaregraph.draft.actors import actors_in, marks_action, says_nothing
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.lines import Piece
from welfaregraph.draft.marks import mark_of
from welfaregraph.draft.words import pattern

__all__ = ["with_rows"]

BLANK = re.compile(r"[ \u3000]+")
LEAST_ACTORS = 2
#: The first column of a head, and of a row, where rows are numbered.
NUMBERED = re.compile(r"^(?:No\.?|Ｎｏ．?|№|番号)[ \u3000]+")
NUMBER = re.compile(r"^[0-9０-９]{1,3}[ \u3000]+")
SENTENCE_END = re.compile(r"[。」]$")


@dataclass
class _Row:
    """A row under way: its three columns and the lines it stands on."""

    name: str = ""
    text: str = ""
    doers: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def with_rows(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, those of such tables as rows with cells."""
    n = 0
    while n < len(pieces):
        if NUMBERED.match(pieces[n].text) and (counted := _numbered(pieces, n)):
            yield from counted
            n += len(counted)
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
        rows = _rows(pieces[n + 1 : end], explained="texts" in columns)
        yield replace(pieces[n], cells=tuple(BLANK.split(pieces[n].text)))
        for row in rows:
            cells = [
                row.name,
                *([row.text] if "texts" in columns else []),
                "\n".join(row.doers),
            ]
            yield replace(row.pieces[0], cells=tuple(cells), last=row.pieces[-1].last)
        n = end


def _numbered(pieces: Sequence[Piece], start: int) -> list[Piece]:
    """Return a head and its rows, each on one line: No. 事業 内容 担当課."""
    head = replace(pieces[start], text=NUMBERED.sub("", pieces[start].text))
    columns = _head(head)
    if not columns:
        return []
    rows = [replace(pieces[start], cells=tuple(BLANK.split(head.text)))]
    for piece in pieces[start + 1 :]:
        words = BLANK.split(NUMBER.sub("", piece.text))
        whole = NUMBER.match(piece.text) and len(words) >= len(columns)
        if piece.cells or not whole or not _is_doer(words[-1]):
            break
        name, *texts = words[:-1] if "texts" in columns else ["".join(words[:-1])]
        texts = ["".join(texts)] if "texts" in columns else []
        rows.append(replace(piece, cells=(name, *texts, words[-1])))
    return rows if len(rows) > 1 else []


def _head(piece: Piece) -> list[str]:
    """Return the kinds of columns if a line is the head of such a table."""
    if piece.cells or len(piece.text) > 40:
        return []
    kinds = []
    for word in BLANK.split(piece.text):
        names = ("doers", "texts", "names")
        kind = next((k for k in names if pattern("headings", "columns", k).fullmatch(word)), "")
        kinds.append(kind)
    shapes = (["names", "texts", "doers"], ["names", "doers"], ["texts", "doers"])
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
        if len(row) > 1 and _is_doer(piece.text):
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
        named = function_of(piece.text) or actors_in(piece.text, bare=False)
        if piece.cells or piece.heading or (mark and mark.numbers) or named or _head(piece):
            break
        n += 1
    return n


def _is_doer(word: str) -> bool:
    return bool(pattern("headings", "columns", "department").fullmatch(word)) or bool(
        actors_in(word)
    )


def _rows(pieces: Sequence[Piece], *, explained: bool) -> list[_Row]:
    rows: list[_Row] = []
    for piece in pieces:
        words = BLANK.split(piece.text)
        doers = [words.pop()] if _is_doer(words[-1]) else []
        row = rows[-1] if rows else None
        if row is not None and _goes_on(row, words, doers, explained=explained):
            _extend(row, words, explained=explained)
        else:
            row = _Row()
            rows.append(row)
            row.name, row.text = (
                (words[0], "".join(words[1:])) if explained and words else ("".join(words), "")
            )
        row.doers += doers
        row.pieces.append(piece)
    return [row for row in rows if row.name and row.doers]


def _goes_on(row: _Row, words: list[str], doers: list[str], *, explained: bool) -> bool:
    """Tell whether a line belongs to the row above it."""
    if not explained:
        return not row.doers or not words
    if not words:
        return True
    if len(words) > 1 and doers:
        return not row.doers
    if len(words) > 1:
        return not SENTENCE_END.search(row.text)
    return True


def _extend(row: _Row, words: list[str], *, explained: bool) -> None:
    if not words:
        return
    if not explained:
        row.name += "".join(words)
    elif len(words) > 1:
        row.name += words[0]
        row.text += "".join(words[1:])
    elif SENTENCE_END.search(row.text):
        row.name += words[0]
    else:
        row.text += words[0]
