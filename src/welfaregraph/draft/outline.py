"""Blocks → headings with numbers, and what could be a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from welfaregraph.draft.blocks import HIRAGANA, OPEN_ENDS, Block
from welfaregraph.draft.endings import is_complete
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.items import title_of
from welfaregraph.draft.marks import MANY, Mark, is_bare_keyword, mark_of
from welfaregraph.draft.words import any_of, sdg_names, table
from welfaregraph.text import search_key

__all__ = [
    "SENTENCE",
    "Heading",
    "heading_at",
    "is_section",
    "is_title",
    "names_sdg",
    "names_unit",
    "similar",
    "tells_unit",
]

#: A chapter that is a goal: 第１章 いつまでも元気に（基本目標１）.
TAIL = re.compile(rf"^(.*?)[\s\u3000]*[（(]\s*({{words}})\s*({MANY})\s*[)）]$")
NUMBER_ONLY = re.compile(rf"^{MANY}$")
#: A title is no longer than this.
LONGEST_TITLE = 60
#: Blocks over which a title may stand below its number, past pictures of SDGs.
REACH = 4
#: Further lines of a title below its number.
MOST_LINES = 2
#: Titles whose characters agree so far are one, printed differently.
ALIKE = 0.88
#: The end of a title that is told with a verb, and how long it may be.
TOLD = re.compile(r"(?:ます|ましょう)$")
LONGEST_TOLD = 40
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
        if is_title(blocks[at]) or (at == last + 1 and _tells_goal(mark, blocks[at])):
            return _with_rest(blocks, Heading(mark, title_of(blocks[at].text), n, at))
        if function_of(blocks[at].text) != "other":
            break
    return None


def _with_rest(blocks: Sequence[Block], heading: Heading) -> Heading:
    """Return a heading whose title is broken over several lines that stand apart."""
    title, at = heading.title, heading.last
    while at + 1 < len(blocks) and at < heading.last + MOST_LINES:
        rest = blocks[at + 1]
        open_ended = title.endswith(OPEN_ENDS) or bool(HIRAGANA.match(rest.text))
        if is_complete(title) or rest.mark or not (open_ended and is_title(rest)):
            break
        title, at = title + rest.text, at + 1
    return Heading(heading.mark, title, heading.first, at)


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


def _tells_goal(mark: Mark, block: Block) -> bool:
    """Tell whether the line below 目標１ is its title in the form of a sentence."""
    told = Heading(mark, title_of(block.text), 0, 0)
    plain = block.mark is None and not (block.cells or block.vertical or block.leader)
    goal = mark.keyword in table("headings")["goal"]["words"]
    return goal and plain and tells_unit(told) and not function_of(block.text)


def is_section(title: str) -> bool:
    """Tell whether a title heads a part of the document that is no goal."""
    return any(word in title for word in table("headings")["goal"]["sections"])


def names_unit(heading: Heading) -> bool:
    """Tell whether a heading with one number could name a goal."""
    title = heading.title
    return (
        len(heading.mark.numbers) == 1
        and 1 < len(title) <= LONGEST_TITLE
        and not SENTENCE.search(title)
        and not function_of(title)
    )


def tells_unit(heading: Heading) -> bool:
    """Tell whether the title of a goal is told with a verb: 地域の力を高めます."""
    title = heading.title
    single = len(heading.mark.numbers) == 1
    return single and len(title) <= LONGEST_TOLD and bool(TOLD.search(title))
