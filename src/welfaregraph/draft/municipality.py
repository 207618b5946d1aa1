"""The municipality whose plan a document prints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found
from welfaregraph.draft.names import EDITION, MIXED, PLACE, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import any_of, concepts, table
from welfaregraph.text import unspaced

__all__ = ["municipality_of", "place_of"]

#: First lines, on which a name weighs more.
EDGE = 6
LEAST = 3.0
IN_TITLE = 20.0
#: Confidence, where one is named often or by its own bodies, and else.
SURE, LIKELY = 0.8, 0.7
#: A prefecture before the name of a municipality.
OVER = re.compile(r"^.{1,3}?[都道府県](?=.{1,7}[市町村区]$)")
LEADING_PLACE = re.compile(rf"^(?:{EDITION}\s*)?({PLACE})")


def place_of(name: str) -> str:
    """Return the municipality at the beginning of a plan's name; empty if there is none.

    >>> place_of("第2次まつばら台市地域福祉計画"), place_of("地域福祉計画")
    ('まつばら台市', '')
    """
    plain = unspaced(name)
    found = _before_type().match(plain) or LEADING_PLACE.match(plain)
    return OVER.sub("", found[1]) if found else ""


def municipality_of(readings: Sequence[Reading], title: Found | None) -> Found | None:
    """Return the municipality that the name of the plan or most of the text names.

    :param title: the plan's own name, if it is known
    """
    counts: defaultdict[str, float] = defaultdict(float)
    places: dict[str, Found] = {}
    titled = place_of(title.text) if title else ""
    if titled:
        counts[titled] += IN_TITLE
    for reading in readings:
        for n, block in enumerate(reading.lines):
            weight = LEAST if n < EDGE else 1.0
            for name, strength in _named(block):
                counts[name] += weight * strength
                found = reading.found(name, block, "municipality", LIKELY)
                places.setdefault(name, found)
    if not counts:
        return None
    _join_suffixes(counts)
    name = titled if titled in counts else max(counts, key=lambda k: (counts[k], -len(k)))
    if counts[name] < LEAST:
        return None
    sure = SURE if counts[name] >= LEAST * 4 else LIKELY
    if name in places:
        return replace(places[name], confidence=sure)
    return Found(name, title.place, "municipality", sure) if title else None


@cache
def _before_type() -> re.Pattern[str]:
    """Return a pattern for a place up to the edition, body or type that follows it."""
    types = any_of([*concepts("plan-type"), *table("facts")["plan"]["other"]])
    bodies = any_of(table("facts")["municipality"]["bodies"])
    place = r"[々一-龥ぁ-んァ-ヴーヶケノ]{1,9}?[市町村区県]"
    return re.compile(rf"(?:{EDITION}\s*)?({place})\s*(?={EDITION}|{bodies}|{types})")


def _join_suffixes(counts: dict[str, float]) -> None:
    """Count 塚野町 as 竹の塚野町, of which it is the end."""
    for name in sorted(counts, key=len):
        form = re.compile(rf"[^市町村区]*[ぁ-んヶケノ]{re.escape(name)}")
        longer = next((other for other in counts if form.fullmatch(other)), None)
        if longer:
            counts[longer] += counts.pop(name)


def _named(block: Block) -> list[tuple[str, float]]:
    """Return the municipalities that a block names, and how surely each."""
    cells = block.cells or (block.text,)
    text = "／".join(unspaced(cell.replace("\n", "")) for cell in cells)
    text = _before().sub("、", text)
    named = []
    for found in _form().finditer(text):
        name = OVER.sub("", found["any"] or found["plain"])
        if len(name) < 3 or _is_none(name):
            continue
        after = text[found.end() :]
        plan = next(names_in(text[found.start("any" if found["any"] else "plain") :]), None)
        own = bool(_bodies().match(after)) or (plan is not None and plan.start == 0)
        lived_in = after.startswith(tuple(table("facts")["municipality"]["lived-in"]))
        named.append((name, 4.0 if own else LEAST if lived_in else 1.0))
    return named


def _is_none(name: str) -> bool:
    words = table("facts")["municipality"]["none"]
    return any(name == word or (name.endswith(word) and len(word) > 2) for word in words)


@cache
def _before() -> re.Pattern[str]:
    return re.compile("|".join(table("facts")["municipality"]["before"]))


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(any_of(table("facts")["municipality"]["own"]))


@cache
def _form() -> re.Pattern[str]:
    words = table("facts")["municipality"]
    strong, weak = "|".join(words["strong"]), "|".join(words["weak"])
    edition = rf"(?:{EDITION}\s*)?"
    plain = r"(?!次|期)(?:[々一-龥ヶケノツァ-ヴー]{1,6}|(?<![ぁ-ん])[ぁ-ん]{2,7})"
    begins = r"(?:^|(?<=[「『【〈《（(\s\u3000・、。：:期次]))"
    ends = rf"[市町村区](?<!{')(?<!'.join(words['no-wards'])})"
    first = rf"(?!{any_of(words['not-first'])})"
    return re.compile(
        rf"{begins}{edition}{first}(?P<any>{MIXED}{ends})(?={strong})"
        rf"|(?<![々一-龥ァ-ヴー]){edition}{first}(?P<plain>{plain}{ends})(?={strong}|{weak})"
    )
