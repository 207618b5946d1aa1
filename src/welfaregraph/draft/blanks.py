"""Blanks that a text layer lost between number and title: 1一人ひとりが, 方針 1ともに学び."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from welfaregraph.draft.lines import Piece
from welfaregraph.draft.marks import UNIT_OF, bare_keyword
from welfaregraph.text import number_of

__all__ = ["with_blanks"]

#: A number, alone or after a word, and directly behind it the title.
CLOSE = re.compile(
    r"^(?P<word>[^\d０-９。、]{0,12}?)[\s\u3000]*(?P<number>[0-9０-９]{1,2})(?P<title>[一-龥ぁ-んァ-ヴ「『].*)$"
)
#: What goes on with a sentence behind a word and its number: 基本目標１の, 施策１と２.
GOES_ON = re.compile(
    r"^(?:[のをがへ、，。・~～〜]|(?:では|には|から|まで|及び|および|[はとに])(?![ぁ-ん]))"
)
#: What numbers that stand directly before it count.
COUNTED = re.compile(r"^(?:丁目|学期|階|台|枚|校|園|室|代|本|冊|割|世代|次)")
LONGEST = 48
#: So many numbers that follow each other are no chance.
LEAST = 2


def with_blanks(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces; numbers that follow each other stand apart from their titles.

    >>> texts = ["1見守る力を育てる", "2集う場をひらく", "3人が集まった"]
    >>> [piece.text for piece in with_blanks([Piece(text, 1, 1, 0) for text in texts])]
    ['1 見守る力を育てる', '2 集う場をひらく', '3人が集まった']
    """
    series: dict[str, list[tuple[int, int]]] = {}
    for n, piece in enumerate(pieces):
        if found := _close(piece):
            number = number_of(found["number"]) or 0
            series.setdefault(found["word"], []).append((n, number))
    known = {n for places in series.values() for n in _following(places)}
    return [_apart(piece) if n in known else piece for n, piece in enumerate(pieces)]


def _close(piece: Piece) -> re.Match[str] | None:
    if piece.cells or piece.vertical or len(piece.text) > LONGEST or piece.text.endswith("。"):
        return None
    found = CLOSE.match(piece.text)
    if not found or any(form.match(found["title"]) for form in (UNIT_OF, COUNTED, GOES_ON)):
        return None
    return found if not found["word"] or bare_keyword().match(found["word"]) else None


def _following(places: Sequence[tuple[int, int]]) -> set[int]:
    """Return the places of runs 1, 2 …, and of lone numbers 1 where such a run is."""
    runs: list[list[tuple[int, int]]] = []
    for place, number in places:
        if runs and number == runs[-1][-1][1] + 1:
            runs[-1].append((place, number))
        elif number == 1:
            runs.append([(place, number)])
    good = any(len(run) >= LEAST for run in runs)
    return {place for run in runs if good for place, _ in run}


def _apart(piece: Piece) -> Piece:
    found = CLOSE.match(piece.text)
    at = found.start("title") if found else 0
    return replace(piece, text=f"{piece.text[:at]} {piece.text[at:]}")
