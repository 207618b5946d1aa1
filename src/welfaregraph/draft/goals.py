"""Which of the headings of a document are its goals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from welfaregraph.draft.anchors import listed_goals
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.hierarchy import formatted_goals, sectioned_chapters
from welfaregraph.draft.outline import (
    Heading,
    heading_at,
    is_section,
    names_unit,
    similar,
    tells_unit,
)
from welfaregraph.draft.words import pattern, table
from welfaregraph.text import search_key

__all__ = ["goal_headings", "reviewed"]

#: A part of a volume above its chapters.
VOLUME = re.compile(r"^第\s*\S{1,3}\s*[部編篇]")
#: Shapes of the numbers that 1-1, 1-2 below a heading take up.
COMPOSED = ("chapter", "section", "space", "dot", "roman", "boxed", "number")
#: Goals that a list and the headings have in common.
LEAST_ALIKE = 2


def goal_headings(blocks: Sequence[Block]) -> dict[int, Heading]:
    """Return the headings that name goals, by the index of their first block.

    Where a volume holds several plans, each has goals of its own.
    """
    starts = [0, *(n for n, block in enumerate(blocks) if _opens_plan(block))]
    found: dict[int, Heading] = {}
    for start, end in pairwise([*starts, len(blocks)]):
        for n, heading in _goals(blocks[start:end]).items():
            moved = replace(heading, first=heading.first + start, last=heading.last + start)
            found[n + start] = moved
    return found


def reviewed(blocks: Sequence[Block]) -> set[int]:
    """Return the blocks that review the plan before, whose goals are not those of this one.

    A review goes from its heading to the next of the same kind, or to the next chapter.
    """
    found: set[int] = set()
    style: tuple[str, str] | None = None
    for n in range(len(blocks)):
        heading = heading_at(blocks, n)
        mark = heading.mark if heading else None
        if mark and (mark.style == style or mark.shape == "chapter"):
            style = None
        if mark and heading and not mark.keyword and _reviews(heading.title):
            style = mark.style
        if style:
            found.add(n)
    return found if len(found) < len(blocks) / 2 else set()


def _reviews(title: str) -> bool:
    return bool(pattern("headings", "review", "headings").fullmatch(re.sub(r"\s", "", title)))


def _opens_plan(block: Block) -> bool:
    """Tell whether a heading opens a part of a volume that is a plan: 第Ⅱ部　…活動計画."""
    mark = block.mark
    if mark is None or mark.shape != "chapter" or block.leader or block.is_sentence:
        return False
    plan = any(word in mark.title for word in table("facts")["plan"]["endings"])
    return plan and bool(VOLUME.match(block.text.strip()))


def _goals(blocks: Sequence[Block]) -> dict[int, Heading]:
    before = reviewed(blocks)
    places = (n for n in range(len(blocks)) if n not in before)
    numbered = {n: h for n in places if (h := heading_at(blocks, n))}
    found = _by_keyword(blocks, numbered)
    listed = dict(listed_goals(blocks, numbered))
    if not found:
        found = listed
    elif listed:
        labels = [heading.title for heading in found.values()]
        found |= {
            n: h for n, h in listed.items() if any(similar(h.title, label) for label in labels)
        }
    levels = _by_level(blocks, numbered)
    if levels and (not found or _stand_above(levels, found)):
        found = levels
    found = found or _by_chapters(blocks, numbered) or sectioned_chapters(blocks, numbered)
    found = found or _by_composite(blocks, numbered) or formatted_goals(blocks)
    found = found or _by_nesting(blocks, numbered)
    found |= _listed_too(blocks, numbered, found)
    return dict(sorted(found.items()))


def _listed_too(
    blocks: Sequence[Block], numbered: dict[int, Heading], found: dict[int, Heading]
) -> dict[int, Heading]:
    """Return the goals that an excerpt only lists, with those it has: Ⅰ, Ⅱ and 1, 2, 3.

    It breaks off before them: no heading in the style of the list stands behind.
    """
    titles = {h.mark.numbers: h.title for h in found.values()}
    runs: dict[tuple[str, str], list[int]] = {}
    for n, heading in numbered.items():
        style = heading.mark.style
        run = runs.setdefault(style, [])
        known = titles.get(heading.mark.numbers)
        if blocks[n].leader or n in found or heading.mark.numbers != (len(run) + 1,):
            continue
        if known is None or similar(known, heading.title):
            run.append(n)
    last = max(found, default=0)
    ends = {h.mark.style for n, h in numbered.items() if n > last and not blocks[n].leader}
    more = [
        run
        for style, run in runs.items()
        if style not in ends and max(run, default=last) < last
        if len(run) > len(titles) >= LEAST_ALIKE
        and all(numbered[n].mark.numbers in titles for n in run[: len(titles)])
        and all(names_unit(numbered[n]) for n in run)
        and not any(is_section(numbered[n].title) for n in run)
    ]
    return {n: numbered[n] for run in more[:1] for n in run[len(titles) :]}


def _by_level(blocks: Sequence[Block], numbered: dict[int, Heading]) -> dict[int, Heading]:
    """Return the outermost run of a word that only its place in the document makes a level."""
    runs: dict[str, dict[int, Heading]] = {}
    measures = table("headings")["measure"]["words"]
    for n, heading in numbered.items():
        level = blocks[n].level
        if level and level.keyword not in measures and len(heading.title) > 1:
            runs.setdefault(heading.mark.keyword, {})[n] = heading
    return min(runs.values(), key=min, default={})


def _stand_above(levels: dict[int, Heading], found: dict[int, Heading]) -> bool:
    """Tell whether headings of an unsure word stand below every one of other headings."""
    words: list[str] = table("headings")["goal"]["words"]
    unsure = words[words.index("目標") :]
    bounds = [*levels, max(*levels, *found) + 1]
    return (
        all(h.mark.keyword in unsure for h in found.values())
        and all(any(a < n < b for n in found) for a, b in pairwise(bounds))
        and min(levels) < min(found)
    )


def _by_chapters(blocks: Sequence[Block], numbered: dict[int, Heading]) -> dict[int, Heading]:
    """Return the chapters in whose sections 現状と課題 and 施策 stand again and again."""
    chapters: dict[int, Heading] = {}
    chapter = section = None
    seen: dict[int, set[str]] = {}
    for n, block in enumerate(blocks):
        heading = None if block.leader else numbered.get(n)
        shape = heading.mark.shape if heading else ""
        if heading and shape == "chapter":
            chapter, section = heading, None
        elif heading and shape == "section":
            section = n if chapter and names_unit(heading) else None
        elif section is not None and chapter and not block.cells:
            kind = function_of(heading.title if heading else block.text)
            seen.setdefault(section, set()).add(kind)
            if {"issue", "action"} <= seen[section] and names_unit(chapter):
                chapters[chapter.first] = chapter
    good = {n: h for n, h in chapters.items() if not is_section(h.title)}
    twice = sum({"issue", "action"} <= kinds for kinds in seen.values()) > 1
    return good if twice else {}


def _by_composite(blocks: Sequence[Block], numbered: dict[int, Heading]) -> dict[int, Heading]:
    """Return the headings whose number the numbers below them begin with: 第2章, 2-1, 2-2."""
    firsts = {
        heading.mark.numbers[0]
        for heading in numbered.values()
        if heading.mark.shape == "many" and heading.mark.numbers[1:] == (2,)
    }
    return {
        n: heading
        for n, heading in numbered.items()
        if len(heading.mark.numbers) == 1
        and heading.mark.numbers[0] in firsts
        and heading.mark.shape in COMPOSED
        and not blocks[n].leader
        and names_unit(heading)
        and (heading.mark.keyword or not is_section(heading.title))
    }


def _by_nesting(blocks: Sequence[Block], numbered: dict[int, Heading]) -> dict[int, Heading]:
    """Return the outermost series each of whose headings has a series 1, 2 … below it."""
    places = sorted(n for n in numbered if not blocks[n].leader)
    for start in places:
        style = numbered[start].mark.style
        if style[0] or numbered[start].mark.numbers != (1,) or style[1] == "paren":
            continue
        series = [n for n in places if n >= start and numbered[n].mark.style == style]
        good = len(series) > 1 and all(
            numbered[n].mark.numbers == (k,)
            and names_unit(numbered[n])
            and not is_section(numbered[n].title)
            for k, n in enumerate(series, 1)
        )
        bounds = [*series, len(blocks)]
        nested = good and all(
            any(a < n < b and numbered[n].mark.numbers[-1:] == (1,) for n in places)
            for a, b in pairwise(bounds)
        )
        if nested:
            return {n: numbered[n] for n in series}
    return {}


def _by_keyword(blocks: Sequence[Block], numbered: dict[int, Heading]) -> dict[int, Heading]:
    """Return the headings of the outermost word for goals that stands before numbers."""
    words: list[str] = table("headings")["goal"]["words"]
    series: dict[str, dict[int, Heading]] = {}
    told: dict[str, dict[int, Heading]] = {}
    for n, heading in numbered.items():
        word = heading.mark.keyword
        named = heading.mark.shape == "named"
        if word not in words or named or blocks[n].leader:
            continue
        if names_unit(heading):
            series.setdefault(word, {})[n] = heading
        elif tells_unit(heading):
            told.setdefault(word, {})[n] = heading
    _add_told(series, told)
    if not series:
        return _by_keyword_of_contents(blocks, numbered)
    sure = [word for word in series if words.index(word) < words.index("目標")]
    wanted = sure or list(series)

    def rank(word: str) -> tuple[int, int, int]:
        titles = {search_key(h.title) for h in series[word].values()}
        return (len(titles), min(series[word]), words.index(word))

    best = min(wanted, key=words.index)
    outer = [
        word
        for word in wanted
        if rank(word)[0] < rank(best)[0] and min(series[word]) < min(series[best])
    ]
    return series[min(outer, key=rank) if outer else best]


def _add_told(
    series: dict[str, dict[int, Heading]], told: dict[str, dict[int, Heading]]
) -> None:
    """Add titles told with a verb whose numbers the series of their word does not have."""
    for word, headings in told.items():
        known = {h.mark.numbers for h in series.get(word, {}).values()}
        more = {n: h for n, h in headings.items() if h.mark.numbers not in known}
        numbers = known | {h.mark.numbers for h in more.values()}
        if more and numbers == {(k,) for k in range(1, len(numbers) + 1)} and len(numbers) > 1:
            series[word] = dict(sorted((series.get(word, {}) | more).items()))


def _by_keyword_of_contents(
    blocks: Sequence[Block], numbered: dict[int, Heading]
) -> dict[int, Heading]:
    """Return goals that only a table of contents prints."""
    words = table("headings")["goal"]["words"][:8]
    return {
        n: heading
        for n, heading in numbered.items()
        if heading.mark.keyword in words and blocks[n].leader
    }
