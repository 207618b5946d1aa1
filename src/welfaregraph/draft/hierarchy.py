"""Goals where no word names them: chapters above sections, headings of the format.

What stands below tells the level. A heading with 現状と課題, 主な取組, actors or bullets below
it is a measure; the headings above such headings are goals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.items import title_of
from welfaregraph.draft.marks import Mark
from welfaregraph.draft.outline import Heading, is_section, is_title, names_unit

__all__ = ["formatted_goals", "sectioned_chapters"]

#: Measures that a document has at least before its levels are taken from them.
LEAST = 2
#: Blocks below a heading that tell what it is.
NEAR = 3
#: Functions that only the parts of a measure have.
TELLING = ("issue", "action", "aim")


def sectioned_chapters(
    blocks: Sequence[Block], numbered: dict[int, Heading]
) -> dict[int, Heading]:
    """Return the chapters whose sections (第１節, 第２節) hold lists, actors or functions.

    :param numbered: headings with numbers by the index of their block
    """
    chapters: dict[int, Heading] = {}
    chapter: Heading | None = None
    section = False
    held: Counter[int] = Counter()
    for n, block in enumerate(blocks):
        heading = None if block.leader else numbered.get(n)
        shape = heading.mark.shape if heading else ""
        if heading and shape == "chapter":
            good = names_unit(heading) and not is_section(heading.title)
            chapter, section = (heading if good else None), False
        elif heading and shape == "section":
            section = names_unit(heading) and not is_section(heading.title)
        elif chapter and section and _holds(block):
            chapters[chapter.first] = chapter
            held[chapter.first] += 1
            section = False
    return chapters if sum(held.values()) >= LEAST else {}


def _holds(block: Block) -> bool:
    """Tell whether a block is of the kind that stands below measures."""
    if block.cells or (block.mark and block.mark.shape in {"bullet", "paren", "circled"}):
        return True
    return function_of(block.text) in TELLING or bool(actors_in(block.text, bare=False))


def formatted_goals(blocks: Sequence[Block]) -> dict[int, Heading]:
    """Return headings of the format above those below which functions or actors stand."""
    heads = [n for n, b in enumerate(blocks) if b.heading and not (b.leader or b.cells)]
    plain = [n for n in heads if not _says(blocks[n])]
    units = [n for n in plain if _tells(blocks, n)]
    levels = Counter(blocks[n].heading for n in units)
    if not levels or max(levels.values()) < LEAST:
        return {}
    level = max(levels, key=lambda each: (levels[each], each))
    found: dict[int, Heading] = {}
    above: int | None = None
    for n in plain:
        if blocks[n].heading < level:
            above = n
        elif blocks[n].heading == level and n in units and above is not None:
            found.setdefault(above, _heading(blocks, above))
    outer = {blocks[n].heading for n in found}
    good = len(outer) == 1 and all(_may_be_goal(blocks[n]) for n in found)
    return found if good else {}


def _says(block: Block) -> bool:
    return bool(function_of(block.text)) or bool(actors_in(block.text, bare=False))


def _tells(blocks: Sequence[Block], n: int) -> bool:
    """Tell whether a function or an actor stands directly below a heading."""
    for block in blocks[n + 1 : n + 1 + NEAR]:
        if block.heading and block.heading <= blocks[n].heading:
            return False
        told = function_of(block.text) in TELLING or actors_in(block.text, bare=False)
        if told and not block.cells:
            return True
    return False


def _may_be_goal(block: Block) -> bool:
    title = block.mark.title if block.mark else block.text
    numbered = block.mark is not None and bool(block.mark.numbers)
    return (numbered or is_title(block)) and not is_section(title)


def _heading(blocks: Sequence[Block], n: int) -> Heading:
    mark = blocks[n].mark
    if mark and mark.numbers:
        return Heading(mark, title_of(mark.title), n, n)
    title = title_of(blocks[n].text)
    return Heading(Mark("listed", title=title), title, n, n)
