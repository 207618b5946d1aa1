"""The plans joined in one volume, and the name of the volume over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.editions import Print
from welfaregraph.draft.found import Found
from welfaregraph.draft.mentions import is_own
from welfaregraph.draft.names import Name, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import unspaced

__all__ = [
    "CONTAINABLE",
    "EDGE",
    "OWN_TYPES",
    "TITLE_LINES",
    "WRAPPER",
    "named_in_brackets",
    "parts_of",
    "stands_alone",
    "umbrella_over",
]

#: Types of plan that are a plan's own, and those contained in others rather than beside them.
OWN_TYPES, CONTAINABLE = (tuple(table("facts")["types"][k]) for k in ("own", "containable"))
#: First and last lines of a document, and the lines of its title.
EDGE = 6
TITLE_LINES = 3
LONGEST_TITLE_LINE = 50
#: What may stand beside a title on its line: 概要版, 令和6年3月.
LONGEST_BESIDE = 12
LONGEST_REST = 8
WRAPPER = re.compile(r"^[「『【〈《（(\[\s\u3000■◆●○]+|[」』】〉》）)\]\s\u3000]+$")
BRACKETED = re.compile(r"[（(【〔《〈].*?[)）】〕》〉]")
UMBRELLA = re.compile(r"^[^。、:：]{3,30}(?:計画|プラン|ビジョン)$")
#: Between two plans that are drawn up together.
BESIDE = re.compile(r"[」』]?(?:と|及び|および|並びに|・|、)[「『]?")
#: Plans with their types.
_Parts = list[tuple[Found, str]]
OPENING, CLOSING = tuple("（(【〔"), tuple("）)】〕")


def stands_alone(text: str, name: Name) -> bool:
    """Tell whether a line holds a name and hardly more."""
    rest = WRAPPER.sub("", BRACKETED.sub("", text.replace(name.text, "")))
    short = len(text) <= LONGEST_TITLE_LINE and len(rest) <= LONGEST_BESIDE
    return short and not rest.endswith("。")


def umbrella_over(best: Print) -> str:
    """Return the name of the volume that names in brackets follow; empty if there is none."""
    before = best.text[: best.name.start].rstrip("「『")
    if not before.endswith(OPENING):
        return ""
    before = before[:-1].strip()
    heads = len(best.reading.heads)
    if not before and best.at > heads:
        before = unspaced(best.reading.lines[best.at - 1].text)
    return before if best.at < heads + EDGE and UMBRELLA.match(before) else ""


def named_in_brackets(best: Print) -> list[Found]:
    """Return the contained plans that a title names in brackets after it."""
    inside = BRACKETED.match(best.text, best.name.end)
    return [
        best.reading.found(part, best.block, "contained-plan", 0.8)
        for name in names_in(inside[0] if inside else "")
        for part, kind in zip(name.parts, name.kinds, strict=True)
        if kind in CONTAINABLE
    ]


def parts_of(best: Print, prints: Sequence[Print]) -> _Parts:
    """Return the plans of a volume with their types.

    :param best: where the title is read
    :param prints: all places where it is printed
    """
    under = None if any(best.name.kinds) else _below_umbrella(prints)
    inside = None if under else _joined_in_brackets(best)
    name, block = under or (inside or best.name, best.block)
    found = [
        (best.reading.found(part, block, best.recogniser, 0.8), kind)
        for part, kind in zip(name.parts, name.kinds, strict=True)
        if part
    ]
    if under:
        return found
    return _with_lines_beside(best, _with_named_beside(prints, found))


def _joined_in_brackets(best: Print) -> Name | None:
    """Return the plans of a volume named in brackets after it: X（A計画・B計画）."""
    found = BRACKETED.match(best.text, best.name.end)
    name = next(names_in(WRAPPER.sub("", found[0] if found else "")), None)
    own = name and all(kind and kind not in CONTAINABLE for kind in name.kinds)
    return name if name and own and len(name.parts) > len(best.name.parts) else None


def _with_lines_beside(best: Print, found: _Parts) -> _Parts:
    """Return plans with those of other types that fill the lines around their title."""
    if not stands_alone(best.text, best.name):
        return found
    for n in (best.at - 1, best.at + 1, best.at + 2):
        name = _filling(best.reading, n)
        if name is None or not _are_others(name, found):
            continue
        line = best.reading.lines[n]
        others = [
            (best.reading.found(part, line, "plan-title", 0.8), kind)
            for part, kind in zip(name.parts, name.kinds, strict=True)
        ]
        found = [*others, *found] if n < best.at else [*found, *others]
    return found


def _with_named_beside(prints: Sequence[Print], found: _Parts) -> _Parts:
    """Return plans with the one drawn up with them: 「A」と「B」を策定します."""
    for each in prints:
        for left, right in pairwise(names_in(each.text)):
            between = each.text[left.end : right.start]
            at = [left.end, right.end].index(each.name.end) if each.name.end in {
                left.end, right.end} else -1  # fmt: skip
            if each.past or at < 0 or not BESIDE.fullmatch(between):
                continue
            other = (right, left)[at]
            own = is_own(each.text, left.start, right.end) and len(other.parts) == 1
            if own and other.kinds[0] in OWN_TYPES and _are_others(other, found):
                named = each.reading.found(other.text, each.block, "plan-title", 0.7)
                part = (named, other.kinds[0])
                return [*found, part] if at == 0 else [part, *found]
    return found


def _are_others(name: Name, found: _Parts) -> bool:
    """Tell whether plans are of known types that are not among those found."""
    known = {kind for _, kind in found}
    return all(kind and kind != "general" and kind not in known for kind in name.kinds)


def _below_umbrella(prints: Sequence[Print]) -> tuple[Name, Block] | None:
    """Return the plans named after or below the name of a volume."""
    for each in prints:
        text, lines = each.text, each.reading.lines
        next_line = lines[each.at + 1 : each.at + 2] if stands_alone(text, each.name) else []
        below = [(unspaced(b.text), b) for b in next_line if not b.cells]
        for line, block in ((text[each.name.end :], each.block), *below):
            opened = WRAPPER.sub("", line)
            name = next(names_in(opened), None)
            rest = opened[name.end :] if name else ""
            whole = len(rest) < LONGEST_REST or rest.startswith(CLOSING)
            own = name is not None and all(kind and kind != "general" for kind in name.kinds)
            if name and own and name.start == 0 and whole:
                return name, block
    return None


def _filling(reading: Reading, n: int) -> Name | None:
    """Return the plans whose names fill a line."""
    if not 0 <= n < len(reading.lines):
        return None
    block = reading.lines[n]
    text = WRAPPER.sub("", unspaced(block.text)).lstrip("・")
    names = [] if block.cells or block.is_sentence else list(names_in(text))
    whole = len(names) == 1 and len(names[0].text) == len(text)
    return names[0] if whole else None
