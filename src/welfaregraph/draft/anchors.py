"""Lists of goals below a heading like 「４ 基本目標」: numbers, bullets or headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.items import title_of
from welfaregraph.draft.marks import Mark, keywords
from welfaregraph.draft.outline import Heading, is_section, is_title, names_sdg, names_unit
from welfaregraph.draft.words import any_of, table
from welfaregraph.text import number_of

__all__ = ["listed_goals"]

#: A plan has no more goals than this.
MOST_GOALS = 8
#: Blocks between the heading 基本目標 and the list of goals.
ANCHOR_REACH = 14
#: A sentence that says how many goals follow.
COUNTED = re.compile(
    r"([0-9０-９一二三四五六七八九])\s*(?:つ|本)の(?:基本)?(?:目標|柱|方針|方向)(?:に?[^。]{0,12}(?:。|$)|からな)"
)


def listed_goals(
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
        found = _headed(blocks, n)
        found = found or _series(numbered, n, own) or _bullets(blocks, n, counted is not None)
        if counted and (count := number_of(counted[1])):
            found = found or _mixed_series(numbered, n, own, count)
            found = found if len(found) == count else []
        for at, heading in found:
            if at not in taken and not blocks[at].leader:
                taken.add(at)
                yield at, heading


def _headed(blocks: Sequence[Block], start: int) -> list[tuple[int, Heading]]:
    """Return headings without numbers that the format sets one level below 「基本目標」."""
    level, found = blocks[start].heading, list[tuple[int, Heading]]()
    for n in range(start + 1, len(blocks) if level else 0):
        block = blocks[n]
        if 0 < block.heading <= level:
            break
        title = title_of(block.text)
        if block.heading != level + 1:
            continue
        if not is_title(block) or is_section(title) or function_of(title) or actors_in(title):
            return []
        found.append((n, Heading(Mark("listed", title=title), title, n, n)))
    return found if 2 <= len(found) <= MOST_GOALS else []


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
        if style == mark.style and len(mark.numbers) == 1 and names_unit(numbered[n]):
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
            if number == (1,) and style != own and names_unit(heading):
                found.append((n, heading))
            elif style == own:
                break
            continue
        if style == own and own != found[0][1].mark.style:
            break
        if style == found[0][1].mark.style:
            if number != (len(found) + 1,) or not names_unit(heading):
                break
            found.append((n, heading))
    return found if len(found) > 1 else []
