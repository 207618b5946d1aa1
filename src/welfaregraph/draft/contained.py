"""The plans that a plan contains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found
from welfaregraph.draft.items import label_of
from welfaregraph.draft.names import Name, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.titles import Title
from welfaregraph.draft.volumes import CONTAINABLE, OWN_TYPES
from welfaregraph.draft.words import any_of, table
from welfaregraph.text import search_key, unspaced

__all__ = ["contained_plans"]

#: The names of plans that a title adds in brackets.
BRACKETED = re.compile(
    r"[（(【〔\[]\s*([^（()）【】〔〕\[\]]{4,60}計画)(?:を?(?:包含|含む))?\s*[)）】〕\]]$"
)
#: The same on a line of its own below the title, the date of issue behind it.
OPENED = re.compile(r"^[（(]\s*([^（()）]{4,60}計画)\s*[)）][^ぁ-ん。]*$")
LONGEST_TITLE = 70
#: Between the names of a list.
LISTED = re.compile(
    r"[「」『』、，・\s（）()]*(?:及び|および|並びに|ならびに|と|や)?[「『\s]*"
    r"(?:[^。、「」]{2,40}に(?:基づく|規定する|よる|定める|規定された))?[「『\s]*"
)
#: Between the last name of a list and the word that says the plan contains them.
TO_CUE = 24
#: How many lines a list below its sentence has at most.
LONGEST_LIST = 8


def contained_plans(readings: Sequence[Reading], title: Title) -> tuple[Found, ...]:
    """Return the plans that this one contains, each by itself, without its own."""
    own = {search_key(f.text) for f in (title.title, *title.components) if f}
    found = {search_key(f.text): f for f in title.contained}
    for reading in readings:
        for n, block in enumerate(reading.lines):
            for name in (*_named(block), *_below(reading, n)):
                if (key := search_key(name)) not in own and not _is_own(name, title):
                    found.setdefault(key, reading.found(name, block, "contained-plan", 0.7))
    return tuple(_once(found))


def _once(found: dict[str, Found]) -> list[Found]:
    """Return one plan of each type, under its own name rather than what an act calls it."""
    kept: dict[str, Found] = {}
    general: set[str] = set()
    for key, each in found.items():
        name = next(names_in(each.text), None)
        kind = next(filter(None, name.kinds), key) if name else key
        if kind not in kept or (kind in general and name and not name.is_general):
            kept[kind] = each
            general = general | {kind} if name and name.is_general else general - {kind}
    return [f for f in found.values() if f in kept.values()]


def _is_own(name: str, title: Title) -> bool:
    """Tell whether a name is what an act calls the plan itself: 地方再犯防止推進計画."""
    kinds = {kind for each in names_in(name) for kind in each.kinds}
    contained = {kind for f in title.contained for n in names_in(f.text) for kind in n.kinds}
    return bool(kinds & set(title.kinds) - contained)


def _named(block: Block) -> Iterator[str]:
    """Yield the plans that a title, a heading or a sentence says are contained."""
    text = unspaced(block.text)
    short = len(text) <= LONGEST_TITLE
    bracketed = BRACKETED.search(text) or OPENED.match(text) if short else None
    if bracketed and not block.cells:
        yield from _containable(names_in(bracketed[1]))
        return
    mark = block.mark
    if (
        mark and mark.shape in {"chapter", "section"} and not block.is_sentence
    ) or block.heading:
        title = mark.title if mark and mark.numbers else text
        for name in names_in(title):
            if len(name.text) >= len(title.strip()) - 4:
                yield from _containable([name])
    elif not block.cells:
        for sentence in re.split(r"(?<=。)", text):
            yield from _in_sentence(sentence)


def _in_sentence(sentence: str) -> Iterator[str]:
    words = table("facts")["contained"]
    loose = max((sentence.rfind(word) for word in words["loose"]), default=-1)
    plain = max((sentence.rfind(word) for word in words["plain"]), default=-1)
    names = [name for name in names_in(sentence) if name.end <= max(plain, loose)]
    if plain < 0:
        yield from _containable(names)
    for name in names_in(sentence):
        if any(sentence[name.end :].lstrip("」』").startswith(word) for word in words["as"]):
            yield from _containable([name])
    listed = list(_chain(sentence, [n for n in names if n.end <= plain], plain))
    for name in reversed(listed):
        kinds = zip(name.parts, name.kinds, strict=True)
        yield from (part for part, kind in kinds if kind not in OWN_TYPES and kind != "general")


def _chain(sentence: str, names: Sequence[Name], cue: int) -> Iterator[Name]:
    """Yield the names of the list that ends before a cue, the last first."""
    end = cue
    for name in reversed(names):
        between = sentence[name.end : end]
        near = len(between) <= TO_CUE and "。" not in between if end == cue else None
        if not (near or (near is None and LISTED.fullmatch(between))):
            return
        yield name
        end = name.start


def _below(reading: Reading, n: int) -> Iterator[str]:
    """Yield the plans listed below a sentence that says the following are contained."""
    words = table("facts")["contained"]
    text = unspaced(reading.lines[n].text)
    cue = re.search(rf"(?:{any_of(words['following'])}).{{0,12}}計画", text)
    if not cue or not any(word in text for word in (*words["plain"], *words["loose"])):
        return
    for block in reading.lines[n + 1 : n + 1 + LONGEST_LIST]:
        mark = block.mark
        title = mark.title if mark and mark.numbers else label_of(block.text)
        label = unspaced(title).lstrip("「『")
        name = next(names_in(label), None)
        if name is None or name.start > 1 or block.cells:
            return
        yield from _containable([name])


def _containable(names: Sequence[Name] | Iterator[Name]) -> Iterator[str]:
    """Yield the single plans among names whose types stand in others' volumes."""
    for name in names:
        kinds = zip(name.parts, name.kinds, strict=True)
        yield from (part for part, kind in kinds if kind in CONTAINABLE)
