"""Goals of a chart between the lines of their measures, as a text layer streams centred cells.

基本目標１ / (1) 集う / 一人ひとりが主役とな / (2) 話す / る地域づくり: a word and its number
alone, then numbered lines, and between them the lines of the title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.endings import SENTENCE_END, is_complete
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.lines import Piece
from welfaregraph.draft.marks import mark_of
from welfaregraph.draft.words import table
from welfaregraph.text import join_lines

__all__ = ["with_goals_apart"]

#: Lines of one goal with its measures, and characters of a line.
MOST_LINES, LONGEST = 16, 40
#: Lines over which a title goes.
LEAST_BROKEN, MOST_BROKEN = 2, 4


def with_goals_apart(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, the titles of such goals whole before their measures.

    >>> words = ["目標１", "(1) 集う", "一人ひとりが主役とな", "(2) 話す", "る地域", "目標２"]
    >>> pieces = [Piece(word, n, n, 0) for n, word in enumerate(words, 1)]
    >>> [piece.text for piece in with_goals_apart(pieces)]
    ['目標１ 一人ひとりが主役となる地域', '(1) 集う', '(2) 話す', '目標２']
    """
    n = 0
    while n < len(pieces):
        end = _end(pieces, n) if _names_goal(pieces[n]) else n
        titles = [p for p in pieces[n + 1 : end] if mark_of(p.text) is None]
        units = [p for p in pieces[n + 1 : end] if mark_of(p.text) is not None]
        if not _between(pieces[n + 1 : end], titles, units):
            yield pieces[n]
            n += 1
            continue
        title = join_lines([piece.text for piece in titles])
        yield replace(pieces[n], text=f"{pieces[n].text} {title}", last=titles[-1].last)
        yield from units
        n = end


def _names_goal(piece: Piece) -> bool:
    """Tell whether a line is the word of goals with a number and nothing else."""
    mark = None if piece.cells else mark_of(piece.text)
    goals = table("headings")["goal"]["words"]
    return mark is not None and mark.keyword in goals and not mark.title


def _end(pieces: Sequence[Piece], start: int) -> int:
    """Return the line after what may be a goal's title and measures."""
    n = start + 1
    while n < min(len(pieces), start + MOST_LINES):
        piece = pieces[n]
        mark, text = mark_of(piece.text), piece.text
        numbered = mark is not None and len(mark.numbers) == 1 and not mark.keyword
        told = function_of(text) or actors_in(text) or SENTENCE_END.search(text)
        if piece.cells or len(text) > LONGEST or told or not (mark is None or numbered):
            break
        n += 1
    return n


def _between(lines: Sequence[Piece], titles: Sequence[Piece], units: Sequence[Piece]) -> bool:
    """Tell whether a broken title stands between measures numbered from 1."""
    marks = [mark_of(piece.text) for piece in units]
    numbers = [mark.numbers[-1] for mark in marks if mark]
    if numbers != [*range(1, len(units) + 1)] or len({m.style for m in marks if m}) != 1:
        return False
    first = mark_of(lines[0].text) is not None
    broken = LEAST_BROKEN <= len(titles) <= MOST_BROKEN and not is_complete(titles[0].text)
    return first and broken
