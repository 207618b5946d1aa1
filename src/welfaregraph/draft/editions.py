"""The editions of a plan: 第3期, 第5次."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found
from welfaregraph.draft.mentions import is_own
from welfaregraph.draft.names import EDITION, Name
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import ascii_digits, number_of, search_key, unspaced

__all__ = [
    "EDITION_OF", "HEADED", "Print", "edition_as_read", "edition_in_text", "editions_of",
    "series_key",
]  # fmt: skip

EDITION_OF = re.compile(rf"({EDITION})")
OWN_EDITION = re.compile(
    rf"({EDITION})\s*(?:の?\s*{table('facts')['plan']['field']}[^。、]{{0,4}})?計画\s*(?:における|の基本|の策定|では|の計画期間|を策定|の体系|が完成|が策定され|がまとま|が始ま)"
)
LONE = re.compile(rf"^[（(【「〈《\[]?\s*({EDITION})\s*[)）】」〉》\]]?(?:\s*[（(].*[)）])?$")
#: What stands in the title of a web page and on no line of it.
HEADED = "document-title"
#: An edition that a sentence says is drawn up now weighs so many plain prints.
DRAWN_UP = 3


@dataclass(frozen=True)
class Print:
    """The plan's own name where it is printed."""

    name: Name
    reading: Reading
    at: int  #: position among the reading's lines
    past: bool  #: whether the sentence speaks of the plan before
    text: str  #: of the line, or of several that a title is broken over
    recogniser: str = "plan-title"
    over: int = 1  #: how many lines it is printed over

    @property
    def block(self) -> Block:
        """The line it stands on, or the lines it is broken over as one."""
        blocks = self.reading.lines[self.at : self.at + self.over]
        if len(blocks) == 1:
            return blocks[0]
        return Block(tuple(p for block in blocks for p in block.pieces), self.text, 0)


def edition_as_read(text: str) -> str:
    """Return an edition in one form.

    >>> edition_as_read("第二期"), edition_as_read("第 ３ 次")
    ('第2期', '第3次')
    """
    number = number_of(re.sub(r"[第期次\s]", "", text))
    return f"第{number}{text.strip()[-1]}" if number else ascii_digits(re.sub(r"\s", "", text))


def series_key(name: str) -> str:
    """Return a name without its editions, which documents leave out here and there.

    >>> series_key("第２期架空市地域福祉計画") == series_key("架空市地域福祉計画（第三期）")
    True
    """
    return re.sub(r"[()\[\]]", "", search_key(EDITION_OF.sub("", name)))


def editions_of(
    readings: Sequence[Reading],
    components: Sequence[Found],
    prints: Sequence[Print],
    *,
    everywhere: Sequence[Print],
    kinds: int,
) -> tuple[Found, ...]:
    """Return the editions in the names of the plans, else those that stand beside them.

    :param components: the plans of the volume as printed
    :param prints: the places where its name is printed
    :param everywhere: the places where any plan is named
    :param kinds: how many plans the name joins
    """
    inside: dict[str, Found] = {}
    for each in components:
        for printed in EDITION_OF.findall(each.text):
            edition = edition_as_read(printed)
            how = HEADED if each.recogniser == HEADED else "edition-in-title"
            found = Found(edition, each.place, how, 0.9)
            inside.setdefault(edition, found)
    if inside:
        return tuple(inside.values())
    if len(components) > 1 and (apart := _apart(components, everywhere)):
        return apart
    usual = _usual(prints) if kinds == 1 else None
    other = usual or _beside(prints) or edition_in_text(readings)
    return (other,) if other else ()


def _apart(components: Sequence[Found], everywhere: Sequence[Print]) -> tuple[Found, ...]:
    """Return the editions with which the plans of a volume are named one by one."""
    found: dict[str, Found] = {}
    for each in components:
        key = series_key(each.text)
        if edition := _usual([p for p in everywhere if series_key(p.name.text) == key]):
            found.setdefault(edition.text, edition)
    return tuple(found.values())


def _usual(prints: Sequence[Print]) -> Found | None:
    """Return the edition that the name is printed with elsewhere, not of a plan before."""
    counts: Counter[str] = Counter()
    places: dict[str, Found] = {}
    for each in prints:
        if each.past:
            continue
        block = each.reading.lines[each.at]
        own = is_own(each.text, each.name.start, each.name.end)
        for printed in EDITION_OF.findall(each.name.text):
            edition = edition_as_read(printed)
            counts[edition] += DRAWN_UP if own else 1
            places.setdefault(
                edition, each.reading.found(edition, block, "edition-in-title", 0.7)
            )
    if not counts:
        return None
    return places[max(counts, key=lambda e: (counts[e], number_of(e[1:-1]) or 0))]


def _beside(prints: Sequence[Print]) -> Found | None:
    """Return an edition that stands alone on the line before or after the name."""
    for each in prints:
        lines = each.reading.lines
        key = search_key(each.name.text)
        if key not in search_key(each.text):
            continue
        for other in lines[max(each.at - 1, 0) : each.at + 3]:
            if found := LONE.match(unspaced(other.text)):
                edition = edition_as_read(found[1])
                return each.reading.found(edition, other, "edition-beside-title", 0.7)
    return None


def edition_in_text(readings: Sequence[Reading]) -> Found | None:
    """Return the edition of 第3期計画における, where it is not said of a plan before."""
    past = re.compile("|".join(table("facts")["editions"]["past"]))
    for reading in readings:
        for block in reading.lines:
            text = unspaced(block.text)
            found = OWN_EDITION.search(text)
            if found and not past.search(text):
                edition = edition_as_read(found[1])
                return reading.found(edition, block, "edition-in-text", 0.7)
    return None
