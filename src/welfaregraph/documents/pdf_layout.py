"""The lines of a PDF page, put together from where its characters stand.

A text layer keeps characters in the order they were drawn, which is nearly always the order of
reading; that order is kept. Positions tell what it does not say: which characters share a
line, what is a gap between columns, what stands in a ruled table, what is a reading above a
word, and what is written downwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from welfaregraph.documents.pdf_boxes import Box, glyph_boxes, rules, turn_of, union
from welfaregraph.documents.pdf_rules import Grid, grids

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["Glyph", "PageLine", "lines_of", "page_lines"]

PageLine = tuple[str, tuple[str, ...]]
KANA = re.compile("[ぁ-ゖァ-ヺー・　 ]+")
BULLET = re.compile("[・･●○◎◆◇■□▪▶➢►★☆※✓✔☺①-⑳\\-‐–－•*〇]|[(（]?[0-9０-９]{1,2}[)）.．]")
#: Where symbol fonts keep their bullets.
SYMBOL = re.compile("[\ue000-\uf8ff]")
#: Gaps in shares of the height of a line.
SPACE, COLUMN = 0.35, 1.9
#: A reading is at most this high, measured by the word under it.
READING = 0.62
#: A line of a cell is full where less than this is left beside the margin.
ROOM = 1.05
#: Two columns need this many lines side by side, each left part this long.
COLUMN_LINES, COLUMN_LETTERS = 4, 8
#: This many letters below each other are written downwards.
DOWNWARDS = 3


@dataclass(frozen=True)
class Glyph:
    """A character and where it stands, the origin at the lower left of the page as seen."""

    letter: str
    box: Box


@dataclass(frozen=True)
class _Run:
    """Characters side by side without a gap that parts columns."""

    text: str
    box: Box


def page_lines(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> list[PageLine]:
    """Return the lines of a page as ``(text, cells)``, in reading order."""
    turned = turn_of(page, text)
    glyphs = [Glyph(letter, box) for letter, box in glyph_boxes(text, turned)]
    return lines_of(glyphs, grids(rules(page, turned)))


def lines_of(glyphs: Sequence[Glyph], tables: Sequence[Grid] = ()) -> list[PageLine]:
    """Return lines from characters in drawing order and the ruled tables of the page."""
    found: list[PageLine] = []
    waiting: list[Glyph] = []
    inside: dict[int, list[Glyph]] = {}
    order: list[int | Glyph] = []
    for glyph in glyphs:
        at = next((n for n, grid in enumerate(tables) if grid.holds(glyph.box)), None)
        if at is None:
            order.append(glyph)
        else:
            if at not in inside:
                inside[at] = []
                order.append(at)
            inside[at].append(glyph)
    for thing in order:
        if isinstance(thing, Glyph):
            waiting.append(thing)
        else:
            found += [(line, ()) for line in _prose(waiting)]
            waiting = []
            found += _table(tables[thing], inside[thing])
    return found + [(line, ()) for line in _prose(waiting)]


def _table(grid: Grid, glyphs: Sequence[Glyph]) -> list[PageLine]:
    cells: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        cells.setdefault(grid.cell_at(glyph.box), []).append(glyph)
    texts = {at: _cell_text(these, grid.sides(at)) for at, these in cells.items()}
    rows = [row for row in grid.rows(texts) if any(row)]
    return [("\t".join(cell.replace("\n", " ") for cell in row), tuple(row)) for row in rows]


def _cell_text(glyphs: Sequence[Glyph], sides: tuple[float, float]) -> str:
    """Return the lines of a cell; one with no room for a letter more goes on in the next."""
    lines = _lines(_runs(glyphs))
    margin = max(min(glyph.box.left for glyph in glyphs) - sides[0], 0.0)
    text = ""
    for before, line in pairwise([None, *lines]):
        words = " ".join(run.text.strip() for run in line or ())
        if before is None:
            text = words
            continue
        last = before[-1].box
        full = last.right + min(margin, last.height) + ROOM * last.height > sides[1]
        text += words if full and not BULLET.match(words) else f"\n{words}"
    return text


def _prose(glyphs: Sequence[Glyph]) -> list[str]:
    lines = _lines(_without_readings(_runs(glyphs)))
    return [_joined(line) for line in _columns(_upright(lines))]


def _joined(line: Sequence[_Run]) -> str:
    texts = [text for run in line if (text := run.text.strip())]
    if texts and SYMBOL.match(texts[0]):
        texts[0] = f"・{texts[0][1:]}"
    if len(texts) > 1 and BULLET.fullmatch(texts[0]):
        texts[:2] = [f"{texts[0]} {texts[1]}"]
    return "\t".join(texts)


def _runs(glyphs: Iterable[Glyph]) -> list[_Run]:
    runs: list[_Run] = []
    for glyph in glyphs:
        blank = glyph.letter.isspace()
        if runs and _goes_on(runs[-1].box, glyph.box):
            last = runs[-1]
            gap = glyph.box.left - last.box.right
            space = gap > SPACE * last.box.height and not blank and not last.text[-1:].isspace()
            text = last.text + (" " if space else "") + glyph.letter
            runs[-1] = _Run(text, last.box if blank else union(last.box, glyph.box))
        elif not blank:
            runs.append(_Run(glyph.letter, glyph.box))
    return runs


def _goes_on(box: Box, following: Box) -> bool:
    height = max(box.height, following.height)
    gap = following.left - box.right
    return box.beside(following) and -0.6 * height < gap < COLUMN * height


def _lines(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Put runs that are drawn one after another on one level into one line."""
    lines: list[list[_Run]] = []
    for run in runs:
        if (
            lines
            and lines[-1][-1].box.beside(run.box)
            and run.box.left > lines[-1][-1].box.left
        ):
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def _without_readings(runs: Sequence[_Run]) -> list[_Run]:
    kept = []
    for at, run in enumerate(runs):
        near = [*runs[max(at - 6, 0) : at], *runs[at + 1 : at + 7]]
        if not (KANA.fullmatch(run.text) and any(_reads(run.box, word.box) for word in near)):
            kept.append(run)
    return kept


def _reads(box: Box, word: Box) -> bool:
    """Tell whether a small box stands right above a word."""
    above = -0.3 * word.height < box.bottom - word.top < 0.4 * word.height
    within = word.left - box.height < box.left and box.right < word.right + box.height
    return box.height <= READING * word.height and above and within


def _upright(lines: Sequence[list[_Run]]) -> list[list[_Run]]:
    """Join letters written below each other, column by column."""
    found: list[list[_Run]] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _below(lines[end - 1], lines[end]):
            end += 1
        if end - at >= DOWNWARDS:
            column = [line[0] for line in lines[at:end]]
            box = column[0].box
            for run in column[1:]:
                box = union(box, run.box)
            found.append([_Run("".join(run.text.strip() for run in column), box)])
            at = end
        else:
            found.append(lines[at])
            at += 1
    return found


def _below(upper: Sequence[_Run], lower: Sequence[_Run]) -> bool:
    if len(upper) > 1 or len(lower) > 1 or max(len(upper[0].text), len(lower[0].text)) > 2:  # noqa: PLR2004
        return False
    over, under = upper[0].box, lower[0].box
    height = max(over.height, under.height)
    centred = abs(over.middle - under.middle) < 0.4 * height
    return centred and -0.5 * height < over.bottom - under.top < 0.8 * height


def _columns(lines: Sequence[list[_Run]]) -> list[list[_Run]]:
    """Read two columns of prose one after the other where they were drawn line by line."""
    found: list[list[_Run]] = []
    at = 0
    while at < len(lines):
        end = at
        left, right = 0.0, float("inf")
        while end < len(lines) and len(lines[end]) == 2:  # noqa: PLR2004 (two columns)
            low = max(left, lines[end][0].box.right)
            high = min(right, lines[end][1].box.left)
            if low >= high:
                break
            left, right, end = low, high, end + 1
        if _is_prose(lines[at:end], left):
            found += [[line[0]] for line in lines[at:end]]
            found += [[line[1]] for line in lines[at:end]]
        else:
            end = max(end, at + 1)
            found += lines[at:end]
        at = end
    return found


def _is_prose(lines: Sequence[list[_Run]], edge: float) -> bool:
    """Tell columns of prose, whose lines are full, from a list with two entries a line."""
    if len(lines) < COLUMN_LINES:
        return False
    letters = median(len(line[0].text) for line in lines)
    full = sum(line[0].box.right > edge - 2 * line[0].box.height for line in lines)
    return letters >= COLUMN_LETTERS and full >= 0.6 * len(lines)
