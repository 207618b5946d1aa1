"""Blocks → headings with numbers: which series are the goals, which blocks are set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.items import title_of
from welfaregraph.draft.marks import MANY, Mark, is_bare_keyword, keywords, mark_of
from welfaregraph.draft.words import any_of, sdg_names, table
from welfaregraph.text import number_of, search_key

__all__ = [
    "SENTENCE",
    "Heading",
    "goal_headings",
    "heading_at",
    "is_section",
    "is_title",
    "names_sdg",
    "similar",
]

#: A chapter that is a goal: 第１章 いつまでも元気に（基本目標１）.
TAIL = re.compile(rf"^(.*?)[\s\u3000]*[（(]\s*({{words}})\s*({MANY})\s*[)）]$")
NUMBER_ONLY = re.compile(rf"^{MANY}$")
#: A title is no longer than this.
LONGEST_TITLE = 60
#: Blocks over which a title may stand below its number, past pictures of SDGs.
REACH = 4
#: Titles whose characters agree so far are one, printed differently.
ALIKE = 0.88
#: A plan has no more goals than this.
MOST_GOALS = 8
#: Blocks between the heading 基本目標 and the list of goals.
ANCHOR_REACH = 14
#: A sentence that says how many goals follow.
COUNTED = re.compile(
    r"([0-9０-９一二三四五六七八九])\s*(?:つ|本)の(?:基本)?(?:目標|柱|方針|方向)(?:に?[^。]{0,12}(?:。|$)|からな)"
)
SENTENCE = re.compile(r"(?:。|ます|です|ました|ません|である|ましょう)[。」]?$|[!！?？]$")


@dataclass(frozen=True)
class Heading:
    """A heading with a number."""

    mark: Mark
    title: str
    first: int  #: index of its first block
    last: int  #: of its last: the title may stand below the number


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        TAIL.pattern.replace("{words}", any_of(table("headings")["goal"]["words"]))
    )


def heading_at(blocks: Sequence[Block], n: int) -> Heading | None:
    """Return the numbered heading that begins at a block, if one does."""
    block = blocks[n]
    if block.cells or block.vertical or names_sdg(block.text):
        return None
    mark, last = block.mark, n
    if is_bare_keyword(block.text) and n + 1 < len(blocks):
        below = blocks[n + 1].text.strip()
        if NUMBER_ONLY.match(below) and not blocks[n + 1].cells:
            mark, last = mark_of(f"{block.text} {below}"), n + 1
    if mark is None or not mark.numbers:
        return None
    if tail := _tail().match(mark.title):
        mark = mark_of(f"{tail[2]}{tail[3]} {tail[1]}") or mark
    if mark.title:
        return Heading(mark, title_of(mark.title), n, last)
    if not mark.keyword:
        return None
    for at in range(last + 1, min(last + 1 + REACH, len(blocks))):
        if is_title(blocks[at]):
            return Heading(mark, title_of(blocks[at].text), n, at)
        if function_of(blocks[at].text) != "other":
            break
    return None


def names_sdg(text: str) -> bool:
    """Tell whether a line is the name of one of the SDGs, with its number or without.

    >>> names_sdg("目標３　すべての人に健康と福祉を"), names_sdg("１　健康と福祉")
    (True, False)
    """
    key = search_key(text)
    return any(name in key and len(key) - len(name) <= 12 for name in sdg_names())


def is_title(block: Block) -> bool:
    """Tell whether a block without a number could be a title."""
    if block.cells or block.vertical or block.leader or (block.mark and block.mark.numbers):
        return False
    text = block.text
    return (
        1 < len(text) <= LONGEST_TITLE
        and not SENTENCE.search(text)
        and not function_of(text)
        and (block.mark is None or block.mark.shape == "bullet")
    )


@lru_cache(maxsize=20_000)
def similar(a: str, b: str) -> bool:
    """Tell whether two titles are the same but for blanks, width and a word or two.

    >>> similar("支え合い、つながる地域づくり", "支え合い つながる地域づくり")
    True
    >>> similar("共に支え合うまちづくり 福祉推進体制の整備", "共に支え合うまちづくり")
    True
    >>> similar("見守りの推進", "相談の充実")
    False
    """
    from difflib import SequenceMatcher

    left, right = (re.sub(r"[^\w]", "", search_key(text)) for text in (a, b))
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) >= 5 and long.startswith(short):
        return True
    if len(short) <= 5 or 2 * len(short) <= ALIKE * (len(short) + len(long)):
        return False
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE


def goal_headings(blocks: Sequence[Block]) -> dict[int, Heading]:
    """Return the headings that name goals, by the index of their first block."""
    numbered = {n: h for n in range(len(blocks)) if (h := heading_at(blocks, n))}
    found = _by_keyword(blocks, numbered)
    listed = dict(_by_anchor(blocks, numbered))
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
    found = found or _by_chapters(blocks, numbered)
    found = found or _by_composite(blocks, numbered) or _by_nesting(blocks, numbered)
    return dict(sorted(found.items()))


def _by_level(blocks: Sequence[Block], numbered: dict[int, Heading]) -> dict[int, Heading]:
    """Return the outermost run of a word that only its place in the document makes a level."""
    runs: dict[str, dict[int, Heading]] = {}
    for n, heading in numbered.items():
        if blocks[n].level and not blocks[n].leader and len(heading.title) > 1:
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
            section = n if chapter and _names_unit(heading) else None
        elif section is not None and chapter and not block.cells:
            kind = function_of(heading.title if heading else block.text)
            seen.setdefault(section, set()).add(kind)
            if {"issue", "action"} <= seen[section] and _names_unit(chapter):
                chapters[chapter.first] = chapter
    good = {n: h for n, h in chapters.items() if not is_section(h.title)}
    twice = sum({"issue", "action"} <= kinds for kinds in seen.values()) > 1
    return good if twice else {}


def is_section(title: str) -> bool:
    """Tell whether a title heads a part of the document that is no goal."""
    return any(word in title for word in table("headings")["goal"]["sections"])


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
        and heading.mark.shape in {"chapter", "section", "space", "dot", "roman", "boxed"}
        and not blocks[n].leader
        and _names_unit(heading)
        and not is_section(heading.title)
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
            and _names_unit(numbered[n])
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
    for n, heading in numbered.items():
        word = heading.mark.keyword
        if word in words and not blocks[n].leader and _names_unit(heading):
            series.setdefault(word, {})[n] = heading
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


def _names_unit(heading: Heading) -> bool:
    title = heading.title
    return (
        len(heading.mark.numbers) == 1
        and 1 < len(title) <= LONGEST_TITLE
        and not SENTENCE.search(title)
        and not function_of(title)
    )


def _by_anchor(
    blocks: Sequence[Block], numbered: dict[int, Heading]
) -> Iterator[tuple[int, Heading]]:
    """Yield the numbered lists that stand below a heading like 「４ 基本目標」."""
    words = any_of([w for w in table("headings")["goal"]["words"] if len(w) > 2])
    anchor = re.compile(
        rf"^(?:.{{0,12}}[\s\u3000・の])?(?:{words})(?![^\s\u3000・とのへ（(\]】》〉]).{{0,24}}$"
    )
    taken: set[int] = set()
    for n, block in enumerate(blocks):
        title = block.mark.title if block.mark else block.text
        counted = COUNTED.search(block.text)
        if (
            block.cells
            or block.leader
            or not (
                counted
                or (not block.is_sentence and anchor.match(title.strip("【】《》〈〉［］<> ")))
            )
        ):
            continue
        if keywords().match(block.text) and block.mark and block.mark.keyword:
            continue
        own = block.mark.style if block.mark else None
        found = _series(numbered, n, own) or _bullets(blocks, n, counted is not None)
        if counted and (count := number_of(counted[1])):
            found = found or _mixed_series(numbered, n, own, count)
            found = found if len(found) == count else []
        for at, heading in found:
            if at not in taken and not blocks[at].leader:
                taken.add(at)
                yield at, heading


def _bullets(blocks: Sequence[Block], start: int, counted: bool) -> list[tuple[int, Heading]]:
    """Return a list without numbers that stands directly below 「基本目標」."""
    found: list[tuple[int, Heading]] = []
    first = start + 1
    while first < len(blocks) and first <= start + 2 and blocks[first].is_sentence:
        first += 1
    kind = None
    for n in range(first, len(blocks)):
        block = blocks[n]
        mark = block.mark
        this = mark.printed[:1] if mark and mark.shape == "bullet" else ""
        kind = this if kind is None else kind
        other = this != kind or block.gap > 1 or block.heading or names_sdg(block.text)
        if other or not is_title(block):
            break
        title = title_of(mark.title if mark else block.text)
        if is_section(title) or actors_in(title) or len(title) < 4:
            return []
        found.append((n, Heading(Mark("listed", title=title), title, n, n)))
    listed = 2 <= len(found) <= MOST_GOALS and (kind or counted)
    return found if listed else []


def _mixed_series(
    numbered: dict[int, Heading], start: int, own: tuple[str, str] | None, count: int
) -> list[tuple[int, Heading]]:
    """Return a list whose length is printed and whose order two columns have mixed."""
    found: dict[int, tuple[int, Heading]] = {}
    style = None
    for n in sorted(at for at in numbered if at > start):
        mark = numbered[n].mark
        style = style or (mark.style if mark.numbers == (1,) and mark.style != own else None)
        if style == mark.style and len(mark.numbers) == 1 and _names_unit(numbered[n]):
            found.setdefault(mark.numbers[0], (n, numbered[n]))
    wanted = [found[k] for k in range(1, count + 1) if k in found]
    return wanted if len(wanted) == count else []


def _series(
    numbered: dict[int, Heading], start: int, own: tuple[str, str] | None
) -> list[tuple[int, Heading]]:
    """Return the first list 1, 2, 3 … of one style after a block."""
    found: list[tuple[int, Heading]] = []
    for n in sorted(at for at in numbered if at > start):
        heading = numbered[n]
        style, number = heading.mark.style, heading.mark.numbers
        if not found and n > start + ANCHOR_REACH:
            break
        if not found:
            if number == (1,) and style != own and _names_unit(heading):
                found.append((n, heading))
            elif style == own:
                break
            continue
        if style == own and own != found[0][1].mark.style:
            break
        if style == found[0][1].mark.style:
            if number != (len(found) + 1,) or not _names_unit(heading):
                break
            found.append((n, heading))
    return found if len(found) > 1 else []
