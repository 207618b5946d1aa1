"""Names of actors in a column of their own, beside the middle of what they do.

A text layer that keeps the layout prints the name on whichever line is the middle of its
bullets, so that it stands beside the rest of a wrapped sentence. It owns as many lines above
it as below, from the first bullet that the name before it leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from welfaregraph.documents import Line
from welfaregraph.draft.columns import width
from welfaregraph.draft.margins import spelled
from welfaregraph.draft.marks import BULLETS, mark_of

__all__ = ["with_centred_names"]

FIRST = re.compile(
    rf"^[ \u3000]*(?P<name>[^\s{BULLETS}]{{1,12}})?[ \u3000]*(?P<bullet>[{BULLETS}])"
)
SPLIT = re.compile(
    r"^(?P<blank>[ \u3000]*)(?P<name>\S+)(?:(?P<gap>[ \u3000]+)(?P<rest>\S.*))?$"
)
#: Bullets beside a column of names begin no further left, names no further right.
LEAST_COLUMN, MOST_INDENT = 4, 2
#: How far the texts of one column may begin from each other.
TOLERANCE = 2
LEAST_NAMES = 2
MOST_LINES = 200


@dataclass(frozen=True)
class _Part:
    """A line: a name or a part of one, and the text right of it."""

    line: Line
    name: str
    text: str

    @property
    def opens(self) -> bool:
        """Whether a bullet opens the text."""
        return self.text[:1] in {*BULLETS} if self.text else False


def with_centred_names(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those of such tables name by name with whole bullets.

    >>> texts = ["        ○声を", "住民    かける。", "        ○集う。", "町      ○貸す。"]
    >>> [each.text for each in with_centred_names([Line(1, text) for text in texts])]
    ['【住民】', '○声をかける。', '○集う。', '【町】', '○貸す。']
    """
    n = 0
    while n < len(lines):
        parts = _table(lines, n)
        blocks = _blocks(parts)
        if not blocks:
            yield from lines[n : n + max(len(parts), 1)]
        for name, block in blocks:
            yield replace(block[0].line, text=f"【{name}】")
            yield from _whole(block)
        n += max(len(parts), 1)


def _table(lines: Sequence[Line], start: int) -> list[_Part]:
    """Return the lines of a column of names and a column of bullets, from a line on."""
    first = FIRST.match(lines[start].text)
    if lines[start].cells or not first:
        return []
    column = width(lines[start].text[: first.start("bullet")])
    parts: list[_Part] = []
    for line in lines[start : start + MOST_LINES if column >= LEAST_COLUMN else start]:
        part = None if line.cells or "\t" in line.text else _part(line, column)
        if part is None:
            break
        parts.append(part)
    return parts


def _part(line: Line, column: int) -> _Part | None:
    found = SPLIT.match(line.text.rstrip())
    mark = mark_of(line.text)
    if not found or (mark and mark.numbers):
        return None
    start = width(found["blank"])
    if start >= column - TOLERANCE:
        return _Part(line, "", line.text.strip())
    rest = found["rest"] or ""
    reached = start + width(found["name"] + (found["gap"] or ""))
    squeezed = len(found["blank"] + found["name"] + (found["gap"] or ""))
    near = min(abs(reached - column), abs(squeezed - column)) <= 2 * TOLERANCE
    named = start <= MOST_INDENT and len(found["name"]) < column
    return _Part(line, found["name"], rest) if named and (near or not rest) else None


def _blocks(parts: Sequence[_Part]) -> list[tuple[str, list[_Part]]]:
    """Return the names with the lines they own; nothing if no name stands in the middle."""
    named = [n for n, part in enumerate(parts) if part.name]
    if not named or not any(parts[n].text and not parts[n].opens for n in named):
        return []
    names = spelled([parts[n].name for n in named])
    if len(names) < LEAST_NAMES:
        return []
    spans = []
    at = 0
    for name, size in names:
        spans.append((name, named[at], named[at + size - 1]))
        at += size
    starts = [0]
    for (_, first, last), (_, after, _) in pairwise(spans):
        middle = first + last - starts[-1] + 1
        bounds = [n for n in range(last + 1, after + 1) if parts[n].opens]
        starts.append(min(bounds, key=lambda n: (abs(n - middle), -n), default=after))
    ends = [*starts[1:], len(parts)]
    return [
        (name, list(parts[a:b])) for (name, _, _), a, b in zip(spans, starts, ends, strict=True)
    ]


def _whole(block: Sequence[_Part]) -> Iterator[Line]:
    """Yield the bullets of a name, each on one line."""
    run: list[_Part] = []
    for part in [*block, None]:
        if run and (part is None or part.opens):
            yield replace(run[0].line, text="".join(each.text for each in run))
            run = []
        if part is not None and part.text:
            run.append(part)
