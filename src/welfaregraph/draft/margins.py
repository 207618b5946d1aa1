"""Names of actors in the margin, left of their bullets, upright or in the middle of a row.

A text layer that keeps the layout prints 「市 ・話す」, below it 「民 ・集う」, where a name is
upright; a name may also stand beside whichever of its bullets is in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from welfaregraph.documents import Line
from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.marks import BULLETS

__all__ = ["spelled", "with_margins"]

#: A part of a name, blanks, a bullet and its text; a part of a name alone; a bullet alone.
NAMED = re.compile(
    rf"^[\s\u3000]*(?P<name>[^\s\u3000【［〔《〈{BULLETS}]{{1,8}})[\s\u3000]+(?P<text>[{BULLETS}].*)$"
)
ALONE = re.compile(r"^[\s\u3000]*(?P<name>[々一-龥ァ-ヴー]{1,3})[\s\u3000]*$")
BULLETED = re.compile(rf"^[\s\u3000]+(?P<text>[{BULLETS}].*)$")
INDENTED = re.compile(r"^[\s\u3000]{3,}(?P<text>\S.*)$")
#: Parts over which a name goes, and names that a margin has at least.
MOST_PARTS = 8
LEAST_NAMES = 2


@dataclass
class _Row:
    """An actor of a margin, and the lines that stand right of its name."""

    name: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass
class _Part:
    """A line of a margin: a part of a name, a bullet, or both."""

    line: Line
    name: str
    text: str
    apart: bool  #: an empty line stands before it


def with_margins(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those with names in the margin actor by actor.

    >>> lines = ["  市 ・声をかける", "  民 ・集う", "  町 ・場所を貸す"]
    >>> [each.text for each in with_margins([Line(1, text) for text in lines])]
    ['【市民】', '・声をかける', '・集う', '【町】', '・場所を貸す']
    """
    n = 0
    while n < len(lines):
        parts, end = _margin(lines, n) if _opens(lines[n]) else ([], n)
        rows = _rows(parts) if parts else []
        if len(rows) < LEAST_NAMES:
            yield from lines[n : max(end, n + 1)]
            n = max(end, n + 1)
            continue
        for row in rows:
            yield replace(row.lines[0], text=f"【{row.name}】")
            yield from (line for line in row.lines if line.text)
        n = end


def _opens(line: Line) -> bool:
    marked = NAMED.match(line.text) or BULLETED.match(line.text)
    return bool(marked) and not line.cells and "\t" not in line.text


def _margin(lines: Sequence[Line], start: int) -> tuple[list[_Part], int]:
    """Return the lines of a margin from a line on, and the line after it."""
    parts: list[_Part] = []
    empty, n = 0, start
    while n < len(lines) and empty <= 1 and not (lines[n].cells or "\t" in lines[n].text):
        line = lines[n]
        if not line.text.strip():
            empty += 1
            n += 1
            continue
        part = _part(line, apart=empty > 0)
        if part is None:
            break
        parts.append(part)
        empty = 0
        n += 1
    return parts, n - empty


def _part(line: Line, *, apart: bool) -> _Part | None:
    for form in (NAMED, ALONE, BULLETED, INDENTED):
        if found := form.match(line.text):
            groups = found.groupdict()
            return _Part(line, groups.get("name", ""), groups.get("text", ""), apart)
    return None


def _rows(parts: Sequence[_Part]) -> list[_Row]:
    """Return the rows of a margin; none if the parts of its names spell no actors."""
    named = [n for n, part in enumerate(parts) if part.name]
    names = spelled([parts[n].name for n in named])
    if not names or not parts[named[0]].name:
        return []
    starts = []
    at = 0
    for name, size in names:
        starts.append((name, named[at]))
        at += size
    places = [place for _, place in starts]
    gaps = [_gap(parts, a, b) for a, b in pairwise(places)]
    bounds = [0, *(gaps if all(gaps) else places[1:]), len(parts)]
    return [
        _Row(name, [_own(part) for part in parts[a:b]])
        for (name, _), (a, b) in zip(starts, pairwise(bounds), strict=True)
    ]


def _gap(parts: Sequence[_Part], before: int, name: int) -> int:
    """Return the line after the last empty one between two names; 0 if there is none."""
    return next((n for n in range(name, before, -1) if parts[n].apart), 0)


def _own(part: _Part) -> Line:
    return replace(part.line, text=part.text)


def spelled(parts: Sequence[str]) -> list[tuple[str, int]]:
    """Return the actors that parts of names spell one after another, and of how many parts."""
    found: list[tuple[str, int]] = []
    n = 0
    while n < len(parts):
        sizes = range(min(MOST_PARTS, len(parts) - n), 0, -1)
        size = next((k for k in sizes if _is_name(parts[n : n + k])), 0)
        if not size:
            return []
        found.append(("".join(parts[n : n + size]), size))
        n += size
    return found


def _is_name(parts: Sequence[str]) -> bool:
    """Tell whether parts spell one actor, and not two after each other: 社協, 市."""
    whole = "".join(parts)
    if not actors_in(whole):
        return False
    return not any(
        actors_in("".join(parts[:k])) and actors_in("".join(parts[k:]))
        for k in range(1, len(parts))
    )
