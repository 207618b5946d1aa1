"""What stands beside an actor's name, and headings beside headings, put below each other.

Layouts that spare lines print 「住民　　　声をかける。」 or 「住民：・声をかける　・集う」,
and goals next to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from welfaregraph.documents import Line
from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.columns import boxes_under, cells_of, width
from welfaregraph.draft.endings import is_complete
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.marks import BULLETS, mark_of
from welfaregraph.draft.words import pattern, table

__all__ = ["headings_apart", "one_thing_a_line"]

#: 「住民：…」; a colon inside a sentence stands further back.
COLON = re.compile(r"^(\s*[^:：。、]{1,20}?)\s*[:：]\s*(\S.*)$")
#: 「町民　集まる」: one blank does where actor follows actor.
BESIDE = re.compile(r"^\s*(\S{1,12})[ \u3000]+([^\s\d０-９].*)$")
BRACKETS = "【】［］[]〔〕《》〈〉＜＞<>"
#: Dashes with a blank behind them are bullets.
DASHED = re.compile(r"^[-－–—‐][ \u3000]")
TELEPHONE = re.compile(r"[0-9０-９]{2,}\s*[-－‐(（]\s*[0-9０-９]{2,}")
ITEMS = re.compile(rf"[\s\u3000]+(?=[{BULLETS}])")
NOTHING = re.compile(r"[\s\u3000－―ー‐–—\-]*$")
SENTENCE_END = re.compile(r"[。！!]$")
HIRAGANA = re.compile(r"[ぁ-んー、。）」]")
#: Names that must follow each other before they are taken for a list of actors.
LEAST_ACTORS = 2
#: How far a text may begin from the column of the text above, in half-width characters.
TOLERANCE = 3
#: Lines without a name between two names.
MOST_BETWEEN = 8
#: From one name to the next where only one blank parts name and text.
LEAST_CLOSE = 4
#: Headings side by side are shorter.
LONGEST_HEADING = 30


@dataclass(frozen=True)
class _Named:
    """A line that opens with an actor's name."""

    actor: str
    text: str
    column: int  #: where the text begins, in half-width characters; 0 after a colon
    sure: bool = True  #: a colon or wide blanks part them


def one_thing_a_line(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those that list actors with one actor or one bullet each.

    >>> lines = ["住民：・声をかける　・集う", "町　：・集会所を直す"]
    >>> [each.text for each in one_thing_a_line([Line(1, text) for text in lines])]
    ['【住民】', '・声をかける', '・集う', '【町】', '・集会所を直す']
    """
    named = [_named(line) for line in lines]
    listed = _listed(named)
    within = _within(listed, lines)
    column = 0
    for at, line in enumerate(lines):
        name = named[at]
        if at in listed and name:
            column = name.column
            yield replace(line, text=f"【{name.actor.strip(BRACKETS)}】")
            yield from _bullets(line, name.text)
        elif (column or at in within) and (more := _continuation(line, column, at in within)):
            yield replace(
                line, text=more if _goes_on(_before(lines, at), more) else f"・{more}"
            )
        else:
            column = column if not line.text.strip() else 0
            yield line


def _named(line: Line) -> _Named | None:
    if line.cells or "\t" in line.text:
        return None
    if (colon := COLON.match(line.text)) and actors_in(colon[1]):
        return _Named(colon[1].strip(), colon[2], 0)
    cells = cells_of(line)
    if len(cells) == 2 and actors_in(cells[0].text):
        text = cells[1]
        return None if actors_in(text.text) else _Named(cells[0].text, text.text, text.start)
    return _beside(line)


def _beside(line: Line) -> _Named | None:
    """Return what one blank parts from an actor, if it can be what the actor does."""
    found = BESIDE.match(line.text.rstrip())
    if not found or not actors_in(found[1]):
        return None
    name, text = found.groups()
    department = pattern("headings", "columns", "department").fullmatch(text)
    plan = text.endswith(tuple(table("facts")["plan"]["endings"]))
    whole = actors_in(text) or actors_in(f"{name}{text}") or function_of(text)
    if department or plan or whole or TELEPHONE.search(text):
        return None
    if text[:1] in BULLETS or DASHED.match(text):
        return None
    return _Named(name, text, width(line.text[: found.start(2)]), sure=False)


def _listed(named: Sequence[_Named | None]) -> set[int]:
    """Return the lines whose names belong to a list of different actors in one column."""
    at = [n for n, name in enumerate(named) if name]
    found: set[int] = set()
    for one, other in pairwise(at):
        first, second = named[one], named[other]
        if first and second and other - one <= MOST_BETWEEN:
            sure = first.sure and second.sure
            aligned = abs(first.column - second.column) <= TOLERANCE if sure else True
            close = sure or other - one <= LEAST_CLOSE
            if aligned and close and first.actor != second.actor:
                found |= {one, other}
    return found


def _bullets(line: Line, text: str) -> Iterator[Line]:
    for item in ITEMS.split(text):
        if not NOTHING.match(item):
            bare = item.lstrip(BULLETS + " \u3000")
            yield replace(line, text=f"・{bare}")


def _within(listed: set[int], lines: Sequence[Line]) -> set[int]:
    """Return the lines between two names of one list, with no empty line and no heading."""
    found: set[int] = set()
    for one, other in pairwise(sorted(listed)):
        between = range(one + 1, other)
        texts = [lines[n].text.strip() for n in between]
        plain = all(text and not (mark_of(text) or function_of(text)) for text in texts)
        if texts and len(texts) < MOST_BETWEEN and plain:
            found.update(between)
    return found


def _goes_on(before: str, text: str) -> bool:
    """Tell whether a line goes on with the one before it and is no activity of its own."""
    if SENTENCE_END.search(before):
        return False
    return bool(HIRAGANA.match(text)) or not is_complete(before)


def _continuation(line: Line, column: int, within: bool) -> str:
    """Return a line's text if it stands in a list, or in the column of the text above."""
    text = line.text.strip()
    if within and not line.cells:
        return text
    start = width(line.text[: len(line.text) - len(line.text.lstrip())])
    return text if text and not line.cells and abs(start - column) <= TOLERANCE else ""


def _before(lines: Sequence[Line], at: int) -> str:
    return lines[at - 1].text.strip()


def headings_apart(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, headings that stand side by side column by column.

    >>> lines = ["目標１ つながる    目標２ 備える", "１－１ 集う    ２－１ 逃げる"]
    >>> [each.text for each in headings_apart([Line(1, text) for text in lines])]
    ['目標１ つながる', '１－１ 集う', '目標２ 備える', '２－１ 逃げる']
    """
    n = 0
    while n < len(lines):
        columns = _columns(lines[n])
        if not columns:
            yield lines[n]
            n += 1
            continue
        boxes, end = boxes_under(lines, n)
        if boxes:
            yield from boxes
            n = end
            continue
        end = n + 1
        while end < len(lines) and len(_marked(lines[end])) == len(columns):
            end += 1
        for column in range(len(columns)):
            for line in lines[n:end]:
                yield replace(line, text=_marked(line)[column])
        n = end


def _columns(line: Line) -> list[str]:
    """Return headings of one kind that a line sets side by side."""
    found = _marked(line)
    marks = [mark_of(text) for text in found]
    kinds = {(mark.keyword, mark.shape) for mark in marks if mark}
    return found if len(found) > 1 and len(kinds) == 1 else []


def _marked(line: Line) -> list[str]:
    """Return the parts of a line if each of them opens with a number."""
    parts = [cell.text for cell in cells_of(line)]
    marks = [mark_of(text) for text in parts]
    short = all(len(text) <= LONGEST_HEADING for text in parts)
    return (
        parts if short and all(mark and mark.numbers and mark.title for mark in marks) else []
    )
