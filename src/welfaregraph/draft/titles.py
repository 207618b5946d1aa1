"""The plan's own name, its components, edition and municipality."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found
from welfaregraph.draft.names import EDITION, MIXED, PLACE, Name, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import ascii_digits, number_of, search_key, unspaced

__all__ = ["Title", "title_of_plan"]

OWN_TYPES = ("community-welfare", "community-welfare-activity")
WELFARE_TYPES = (
    "elderly-health-welfare", "persons-with-disabilities", "disability-welfare",
    "child-and-childcare-support", "adult-guardianship", "children", "long-term-care-insurance",
)  # fmt: skip
#: A name needs so many points to be taken for the plan's own.
LEAST = 4.0
EDGE = 6
#: A title stands on one of the first lines, or is a heading of the first level.
TITLE_LINES = 3
#: What a name of several plans gains from each print of one of them.
JOINED = 0.7
LONGEST_TITLE_LINE = 50
WRAPPER = re.compile(r"^[「『【〈《（(\[\s\u3000■◆●○]+|[」』】〉》）)\]\s\u3000]+$")
EDITION_OF = re.compile(rf"({EDITION})")
OWN_EDITION = re.compile(
    rf"({EDITION})\s*計画\s*(?:における|の基本|の策定|では|の計画期間|を策定|の体系)"
)
#: What follows the plan's own name where it is shortened.
OWN = re.compile(r"[（(]\s*以下、?\s*[「『]?(?:本|この)?計画[」』]?")
BRACKETED = re.compile(r"[（(【〔].*?[)）】〕]")
HEADLINE = re.compile(
    r"^((?:第\s*[0-9０-９一二三四五六七八九十]+\s*[期次])?[^。、:：]{3,34}?(?:計画|プラン|ビジョン)(?:\s*[（(]?第\s*[0-9０-９一二三四五六七八九十]+\s*[期次][)）]?)?)(?:(?:の|を|に).{0,16}|[\s（(【〔「『].*)?$"
)
CALLED = re.compile(
    r"[「『]([^「」『』]{2,28}(?:プラン|計画)[^「」『』]{0,8})[」』](?:[（(].{2,30}?[)）])?(?:を|として)(?:新たに)?策定(?:し|い)"
)
#: A prefecture before the name of a municipality.
OVER = re.compile(r"^.{1,3}?[都道府県](?=.{1,7}[市町村区]$)")
LONE_EDITION = re.compile(rf"^[（(【「]?\s*({EDITION})\s*[)）】」]?$")


@dataclass(frozen=True)
class Title:
    """What the document calls itself."""

    municipality: Found | None = None
    title: Found | None = None
    components: tuple[Found, ...] = ()
    editions: tuple[Found, ...] = ()
    kinds: tuple[str, ...] = ()


def title_of_plan(readings: Sequence[Reading]) -> Title:
    """Return the plan's own name and what it says, from all documents of the plan."""
    points: defaultdict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Name, Block, Reading]] = {}
    editions: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for n, block in enumerate(reading.lines):
            if block.cells:
                continue
            text = unspaced(block.text)
            for name in (*names_in(text), *_called(text), *_headline(reading, n, block, text)):
                score = _points(reading, n, block, text, name)
                key = _base(name.text)
                points[key] += score
                editions[key].update(map(_edition, EDITION_OF.findall(name.text)))
                score += _fullness(name)
                if key not in best or score > best[key][0]:
                    best[key] = (score, name, block, reading)
    if not points:
        return Title(_municipality(readings, None))
    for key, (_, name, _, _) in best.items():
        if len(name.kinds) > 1:
            points[key] += JOINED * sum(points.get(_base(part), 0) for part in name.parts)
    key = max(points, key=lambda k: (points[k] + _fullness(best[k][1]), -best[k][2].first))
    if points[key] < LEAST:
        return Title(_municipality(readings, None))
    _, name, block, reading = best[key]
    title = reading.found(
        name.text, block, "plan-title", 0.9 if points[key] > LEAST * 2 else 0.6
    )
    parts = [p for p in name.parts if p]
    components = tuple(reading.found(p, block, "plan-title", 0.8) for p in parts)
    return Title(
        _municipality(readings, title),
        title,
        components,
        _editions(readings, title, name, editions[key]),
        name.kinds,
    )


def _headline(reading: Reading, n: int, block: Block, text: str) -> Iterator[Name]:
    """Yield a name of no known type that stands where documents print their title."""
    first = n < len(reading.heads) + TITLE_LINES or block.heading == 1
    found = HEADLINE.match(WRAPPER.sub("", text)) if first and len(text) <= 60 else None
    named = found and re.search(rf"{PLACE}|{EDITION}|プラン", found[1])
    numbered = block.mark is not None and block.mark.numbers
    if found and named and not numbered and not list(names_in(text)):
        start = text.find(found[1])
        yield Name(found[1].strip(), ("",), start, start + len(found[1]))


def _called(text: str) -> Iterator[Name]:
    """Yield names of no known type that a sentence says the plan was given."""
    for found in CALLED.finditer(text):
        if not list(names_in(found[1])):
            yield Name(found[1], ("community-welfare",), found.start(1), found.end(1))


def _base(name: str) -> str:
    """Return a name without its editions, which documents leave out here and there."""
    return re.sub(r"[()]", "", search_key(EDITION_OF.sub("", name)))


def _fullness(name: Name) -> float:
    """Return points for a name that tells more: several parts, place and edition."""
    edition = bool(EDITION_OF.search(name.text))
    whose = 2.5 * (name.kinds == OWN_TYPES[:1])  # a volume of both is the municipality's
    return (
        whose
        + 1.5 * (len(name.kinds) - 1)
        + 0.5 * bool(re.search(PLACE, name.text))
        + 2 * edition
    )


def _points(reading: Reading, n: int, block: Block, text: str, name: Name) -> float:
    words = table("facts")["plan"]
    own = any(kind in OWN_TYPES for kind in name.kinds) or "地域福祉" in name.text
    welfare = any(kind in WELFARE_TYPES for kind in name.kinds)
    headline = name.kinds == ("",)
    score = 2.0 if own else 0.5 if welfare or headline else -1.0
    placed = bool(re.search(PLACE, name.text))
    score += placed + bool(EDITION_OF.search(name.text))
    rest = WRAPPER.sub("", BRACKETED.sub("", text.replace(name.text, "")))
    alone = len(text) <= LONGEST_TITLE_LINE and len(rest) <= 12
    after = text[name.end :].lstrip("」』】）)")
    is_subject = any(after.startswith(word) for word in words["subject"])
    relation = any(word in text for word in words["relation"]) and not (alone and own)
    if relation and not is_subject:
        return -1.0 if not own else 0.0
    if alone and (placed or own or headline):
        total = len(reading.lines)
        at_edge = n < EDGE + len(reading.heads) or n >= total - EDGE
        score += 3 * (n < len(reading.heads)) + 2 * at_edge + 2 * (block.heading == 1) + 0.5
        score += 2 * (n < len(reading.heads) + TITLE_LINES and not own)
    elif OWN.match(after):
        score += 4
    elif is_subject:
        score += 1.5 if own else 0.5
    else:
        score *= 0.3
    known = own or welfare or headline
    return score if known or (placed and score > 2) else min(score, 0.0)


def _editions(
    readings: Sequence[Reading], title: Found, name: Name, elsewhere: Counter[str]
) -> tuple[Found, ...]:
    """Return the editions in the name, else those that stand alone beside it."""
    printed = list(dict.fromkeys(_edition(e) for e in EDITION_OF.findall(name.text)))
    if printed:
        return tuple(
            Found(edition, title.place, "edition-in-title", 0.9) for edition in printed
        )
    if elsewhere and len(name.kinds) == 1:
        usual = max(elsewhere, key=lambda e: (elsewhere[e], number_of(e[1:-1]) or 0))
        return (Found(usual, title.place, "edition-in-title", 0.7),)
    for reading in readings:
        key = search_key(name.text)
        for n, block in enumerate(reading.lines):
            text = unspaced(block.text)
            if search_key(text).startswith(key) or key in search_key(text):
                beside = reading.lines[max(n - 1, 0) : n + 2]
                for other in beside:
                    if found := LONE_EDITION.match(unspaced(other.text)):
                        return (
                            reading.found(
                                _edition(found[1]), other, "edition-beside-title", 0.7
                            ),
                        )
            if found := OWN_EDITION.search(text):
                return (reading.found(_edition(found[1]), block, "edition-in-text", 0.7),)
    return ()


def _edition(text: str) -> str:
    number = number_of(re.sub(r"[第期次\s]", "", text))
    return f"第{number}{text.strip()[-1]}" if number else ascii_digits(re.sub(r"\s", "", text))


@cache
def _municipality_form() -> re.Pattern[str]:
    words = table("facts")["municipality"]
    strong, weak = "|".join(words["strong"]), "|".join(words["weak"])
    edition = rf"(?:{EDITION}\s*)?"
    plain = r"(?!次|期)(?:[々一-龥ヶケノツァ-ヴー]{1,6}|(?<![ぁ-ん])[ぁ-ん]{2,7})"
    begins = r"(?:^|(?<=[「『【〈《（(\s\u3000・、。：:期次]))"
    return re.compile(
        rf"{begins}{edition}(?P<any>{MIXED}[市町村区])(?={strong})"
        rf"|(?<![々一-龥ァ-ヴー]){edition}(?P<plain>{plain}[市町村区])(?={strong}|{weak})"
    )


def _municipality(readings: Sequence[Reading], title: Found | None) -> Found | None:
    """Return the municipality that the name of the plan or most of the text names."""
    none = set(table("facts")["municipality"]["none"])
    counts: defaultdict[str, float] = defaultdict(float)
    places: dict[str, Found] = {}
    sources: list[tuple[str, tuple[Reading, Block] | None, float]] = []
    if title:
        sources.append((title.text, None, 20.0))
    for reading in readings:
        sources += [
            (unspaced(block.text), (reading, block), 3.0 if n < EDGE else 1.0)
            for n, block in enumerate(reading.lines)
        ]
    for text, at, weight in sources:
        for found in _municipality_form().finditer(text):
            name = OVER.sub("", found["any"] or found["plain"])
            if any(
                name == word or (name.endswith(word) and len(word) > 2) for word in none
            ) or (len(name) < 3 and weight < 20):
                continue
            after = text[found.end() :]
            strong = after.startswith(
                ("社会福祉協議会", "地域福祉", "役所", "役場", "総合計画", "公式")
            )
            named = next(names_in(text[found.start(1) :]), None)
            strong = strong or (named is not None and named.start == 0)
            counts[name] += weight * (4 if strong else 1)
            if at and name not in places:
                places[name] = at[0].found(name, at[1], "municipality", 0.8)
    if not counts:
        return None
    name = max(counts, key=lambda k: (counts[k], -len(k)))
    if counts[name] < 3:
        return None
    return places.get(name) or (
        Found(name, title.place, "municipality", 0.8) if title else None
    )
