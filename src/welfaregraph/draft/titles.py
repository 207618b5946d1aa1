"""The plan's own name, and what it says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.editions import (
    EDITION_OF,
    HEADED,
    Print,
    edition_as_read,
    edition_in_text,
    editions_of,
    series_key,
)
from welfaregraph.draft.found import Found
from welfaregraph.draft.mentions import is_own, is_past
from welfaregraph.draft.municipality import municipality_of
from welfaregraph.draft.names import EDITION, PLACE, Name, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.timetables import YEAR, rows_of_years
from welfaregraph.draft.volumes import (
    CONTAINABLE,
    EDGE,
    OWN_TYPES,
    TITLE_LINES,
    WRAPPER,
    named_in_brackets,
    parts_of,
    stands_alone,
    umbrella_over,
)
from welfaregraph.draft.words import table
from welfaregraph.text import number_of, unspaced

__all__ = ["Title", "title_of_plan"]

WELFARE_TYPES = tuple(table("facts")["types"]["welfare"])
#: A name needs so many points to be taken for the plan's own.
LEAST = 4.0
#: What a name of several plans gains from each print of one of them.
JOINED = 0.7
#: What a name gains where a sentence says that the plan was given it.
NAMED = 2.5
#: What it gains where a sentence says that it is drawn up.
DRAWN_UP = 4.0
#: A plan before this one is of the same series, which says little of this one.
MOST_OF_PAST = 0.6
#: What follows the plan's own name where it is shortened.
OWN = re.compile(r"[（(]\s*以下、?\s*[「『]?(?:本|この)?計画[」』]?")
HEADLINE = re.compile(
    rf"^((?:{EDITION})?[^。、:：]{{3,34}}?(?:計画|プラン|ビジョン)(?:\s*[（(]?{EDITION}[)）]?)?)"
    r"(?:(?:の|を|に).{0,16}|[\s（(【〔「『].*)?$"
)
CALLED = re.compile(
    r"[「『]([^「」『』]{2,28}(?:プラン|計画)[^「」『』]{0,8})[」』](?:[（(].{2,30}?[)）])?"
    r"(?:を|として)(?:新たに)?策定(?:し|い)"
)
PARTICLE = re.compile("[のはをにがでと、」』]")
#: What a name has that is not shortened.
WHOSE = re.compile(rf"{PLACE}|{EDITION}")
#: Half of a title that is broken over two lines.
LONGEST_HALF = 24


@dataclass(frozen=True)
class Title:
    """What the document calls itself."""

    municipality: Found | None = None
    title: Found | None = None
    components: tuple[Found, ...] = ()
    contained: tuple[Found, ...] = ()  #: plans in it that its title names
    editions: tuple[Found, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    """A name where it is printed."""

    where: Print
    points: float

    @property
    def name(self) -> Name:
        return self.where.name

    @property
    def key(self) -> str:
        return series_key(self.name.text)

    @property
    def worth(self) -> float:
        """How well this print serves as the title: it tells more than others."""
        return self.points + _fullness(self.name)

    @property
    def rank(self) -> tuple[float, int]:
        """Of equal prints the one of the later edition."""
        editions = [edition_as_read(e) for e in EDITION_OF.findall(self.name.text)]
        return self.worth, max((number_of(e[1:-1]) or 0 for e in editions), default=0)


def title_of_plan(readings: Sequence[Reading]) -> Title:
    """Return the plan's own name and what it says, from all documents of the plan."""
    candidates = [each for reading in readings for each in _candidates(reading)]
    best = _best(candidates) or _best([c for reading in readings for c in _headed(reading)])
    if best is None:
        edition = edition_in_text(readings)
        return Title(municipality_of(readings, None), editions=(edition,) if edition else ())
    same = [each for each in candidates if each.key == best.key]
    prints = [each.where for each in same]
    everywhere = [each.where for each in candidates]
    sure = 0.9 if sum(each.points for each in same) > LEAST * 2 else 0.6
    name = umbrella_over(best.where) or best.name.text
    title = best.where.reading.found(name, best.where.block, best.where.recogniser, sure)
    parts = parts_of(best.where, prints)
    within = [f for f, kind in parts if kind in CONTAINABLE]
    components = [f for f, kind in parts if kind not in CONTAINABLE] or within
    return Title(
        municipality_of(readings, _placed(title, components)),
        title,
        tuple(components),
        (*(f for f in within if f not in components), *named_in_brackets(best.where)),
        editions_of(
            readings, components, prints, everywhere=everywhere, kinds=len(best.name.kinds)
        ),
        tuple(kind for _, kind in parts),
    )


def _placed(title: Found, components: Sequence[Found]) -> Found:
    """Return what names the municipality first: the title, or one of its plans."""
    return next((f for f in (title, *components) if re.search(PLACE, f.text)), title)


def _best(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Return the best print of the name that has most points."""
    points: defaultdict[str, float] = defaultdict(float)
    best: dict[str, _Candidate] = {}
    for each in candidates:
        points[each.key] += each.points
        if each.key not in best or each.rank > best[each.key].rank:
            best[each.key] = each
    _add_short_names(points, best)
    for each in best.values():
        if len(each.name.kinds) > 1:
            own = [points.get(series_key(part), 0.0) for part in each.name.parts]
            points[each.key] += JOINED * sum(own)
    if not points:
        return None
    key = max(points, key=lambda k: (points[k] + _fullness(best[k].name),
                                     -best[k].where.block.first))  # fmt: skip
    return best[key] if points[key] >= LEAST else None


def _add_short_names(points: dict[str, float], best: dict[str, _Candidate]) -> None:
    """Give a name with its place the points of the name without: 地域福祉計画 is short."""
    short = [key for key, each in best.items() if not WHOSE.search(each.name.text)]
    for key, each in best.items():
        if points[key] > 0 and not each.where.past and re.search(PLACE, each.name.text):
            own = (
                k for k in short if key.endswith(k) and each.name.kinds == best[k].name.kinds
            )
            points[key] += sum(max(points[k], 0.0) for k in own)


def _candidates(reading: Reading) -> Iterator[_Candidate]:
    rows = rows_of_years(reading)
    joined = -1
    for n, block in enumerate(reading.lines):
        if block.cells or n in rows or n == joined:
            continue
        text = unspaced(block.text)
        called = list(_called(text))
        names = [*names_in(text), *called, *_headline(reading, n, block, text)]
        for name in names:
            yield from _candidate(reading, n, text, name, called=name in called)
        if not names and n < len(reading.heads) + TITLE_LINES:
            over = list(_over_lines(reading, n, text))
            joined = n + 1 if over else joined
            yield from over


def _candidate(
    reading: Reading, n: int, text: str, name: Name, *, called: bool
) -> Iterator[_Candidate]:
    if name.is_general:
        return
    past = is_past(text, name.start, name.end)
    points = _points(reading, n, text, name, called=called)
    if past:
        plain = EDITION_OF.sub("", name.text).strip("（）()[]【】")
        name, points = replace(name, text=plain), min(points, MOST_OF_PAST)
    yield _Candidate(Print(name, reading, n, past, text), points)


def _headed(reading: Reading) -> Iterator[_Candidate]:
    """Yield the name in the title of a web page, which is shown above the page."""
    title = unspaced(reading.document.title)
    if reading.document.format == "html" and reading.lines:
        for name in names_in(title):
            if any(name.kinds):
                yield _Candidate(
                    Print(name, reading, 0, past=False, text=title, recogniser=HEADED), LEAST
                )


def _over_lines(reading: Reading, n: int, text: str) -> Iterator[_Candidate]:
    """Yield the name that the first lines print over two of them."""
    below = reading.lines[n + 1] if n + 1 < len(reading.lines) else None
    if not below or below.is_sentence or below.cells or len(text) > LONGEST_HALF:
        return
    joined = text + unspaced(below.text)
    for name in names_in(joined):
        alone = name.start == 0 and len(text) < name.end and stands_alone(joined, name)
        if alone and not re.search(PLACE, joined[len(text) : name.end]):
            found = _candidate(reading, n, joined, name, called=False)
            yield from (replace(each, where=replace(each.where, over=2)) for each in found)


def _headline(reading: Reading, n: int, block: Block, text: str) -> Iterator[Name]:
    """Yield a name of no known type that stands where documents print their title."""
    first = n < len(reading.heads) + TITLE_LINES or block.heading == 1
    found = HEADLINE.match(WRAPPER.sub("", text)) if first and len(text) <= 60 else None
    named = found and re.search(rf"{PLACE}|{EDITION}|プラン", found[1])
    numbered = block.mark is not None and block.mark.numbers
    if found and named and not numbered and not list(names_in(found[1])):
        start = text.find(found[1])
        name = found[1].strip()
        yield Name(name, ("",), start, start + len(found[1]), (name,))


def _called(text: str) -> Iterator[Name]:
    """Yield names of no known type that a sentence says the plan was given."""
    for found in CALLED.finditer(text):
        if not any(any(name.kinds) for name in names_in(found[1])):
            yield Name(found[1], ("",), found.start(1), found.end(1), (found[1],))


def _fullness(name: Name) -> float:
    """Return points for a name that tells more: several parts, place and edition."""
    whose = 1.5 * (name.kinds == OWN_TYPES[:1])  # a volume of both is the municipality's
    placed, numbered = re.search(PLACE, name.text), EDITION_OF.search(name.text)
    return whose + 1.5 * (len(name.kinds) - 1) + 0.5 * bool(placed) + 2 * bool(numbered)


def _points(reading: Reading, n: int, text: str, name: Name, *, called: bool) -> float:
    """Return how surely a print says what the document is called."""
    words = table("facts")["plan"]
    own = called or words["field"] in name.text or any(k in OWN_TYPES for k in name.kinds)
    welfare = any(kind in WELFARE_TYPES for kind in name.kinds)
    headline = name.kinds == ("",) or _heads_general_plan(reading, n, text, name)
    placed = bool(re.search(PLACE, name.text))
    score = 2.0 if own else 0.5 if welfare or headline else -1.0
    score += placed + bool(EDITION_OF.search(name.text))
    after = text[name.end :].lstrip("」』】）)")
    is_subject = any(after.startswith(word) for word in words["subject"])
    drawn_up = is_own(text, name.start, name.end)
    alone = stands_alone(text, name) or _opens(reading, n, text, name)
    mark = reading.lines[n].mark
    chapter = mark is not None and mark.shape in {"chapter", "section"}
    if chapter and all(kind in CONTAINABLE for kind in name.kinds):
        return 0.0
    relation = any(word in text for word in words["relation"]) and not (alone and own)
    if relation and not (is_subject or drawn_up):
        return 0.0 if own else -1.0
    score += NAMED * called
    first = welfare and n < len(reading.heads) + TITLE_LINES
    if alone and (placed or own or headline or first):
        score += _prominence(reading, n, own=own)
    elif OWN.match(after):
        score += 4
    elif drawn_up and (own or welfare or headline):
        score += DRAWN_UP
    elif is_subject:
        score += 1.5 if own else 0.5
    else:
        score *= 0.3
    known = own or welfare or headline
    return score if known or (placed and score > 2) else min(score, 0.0)


def _heads_general_plan(reading: Reading, n: int, text: str, name: Name) -> bool:
    """Tell whether a page or the text is headed by a general plan: this is a chapter of it."""
    heads = len(reading.heads)
    edge = n < heads + TITLE_LINES or n >= len(reading.lines) - TITLE_LINES
    dated = bool(EDITION_OF.search(name.text)) or bool(YEAR.search(text[name.end :]))
    alone = stands_alone(text, name) or _opens(reading, n, text, name)
    return name.kinds == ("general",) and edge and dated and alone


def _opens(reading: Reading, n: int, text: str, name: Name) -> bool:
    """Tell whether a document begins with a name, all on one long line."""
    first = n == len(reading.heads) and name.start == 0
    return first and not PARTICLE.match(text, name.end)


def _prominence(reading: Reading, n: int, *, own: bool) -> float:
    """Return points for where a name stands: in heads of pages, at the edge, as a heading."""
    total, heads = len(reading.lines), len(reading.heads)
    at_edge = n < EDGE + heads or n >= total - EDGE
    first = 2 * (n < heads + TITLE_LINES and not own)
    return 3 * (n < heads) + 2 * at_edge + 2 * (reading.lines[n].heading == 1) + 0.5 + first
