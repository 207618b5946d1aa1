"""What became of each goal, measure and activity from one edition of a plan to the next.

Pure functions over two editions. Elements are paired level by level, so that all pairs together
are as alike as they can be; titles count, what stands under an element, and, between equals,
the place and the number. What no pair takes may still be a part of what another was or became
(split, merged); else it is new, or was dropped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from welfaregraph.editions import LEVELS, Edition, Element
from welfaregraph.titles import PARTICLES, Titles

__all__ = ["VERDICTS", "Change", "Reason", "compare", "counted"]

#: What can become of an element.
VERDICTS = ("kept", "renamed", "moved", "split", "merged", "new", "dropped")
#: What stands under an element and tells of it; an activity of a part counts for the measure.
BELOW = {"goal": ("measure",), "measure": ("part", "activity")}
#: Likeness from which on two elements are one; from which on the nearest is named; and from
#: which on what stands under two elements is shared by them.
LEAST, NEAR, ALIKE = 0.5, 0.3, 0.6
#: Where both editions give contents: what is taken from the better of title and contents if
#: the other says nothing of the kind, and what the other adds of what is left.
DOUBT, SUPPORT = 0.15, 0.5
#: Between equals: the same place, the same actor, the same number.
PLACE, ACTOR, NUMBER = 0.05, 0.05, 0.02
#: Share of its contents, or of one thing its title names, by which an element comes from
#: another; and the least share of that other which a few of its contents must be.
FROM, FEW, MANY = 0.5, 0.25, 2

Pair = tuple[int, int]
Places = Mapping[str, set[str]]
#: IRI → label, of the old edition and of the new.
Names = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Reason:
    """Why a verdict was given: ``kind`` names the message, ``values`` fill it."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What became of elements from one edition to the next."""

    verdict: str  #: one of :data:`VERDICTS`
    level: str
    old: tuple[Element, ...]  #: none if new, several if merged
    new: tuple[Element, ...]  #: none if dropped, several if split
    score: float  #: how sure, 0 to 1: how alike they are; new, dropped: how unlike the nearest
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Level:
    """The elements of one level in both editions, and what ties them."""

    name: str
    old: tuple[Element, ...]
    new: tuple[Element, ...]
    titles: Titles
    likeness: Mapping[Pair, float]  #: of titles
    shared: Mapping[Pair, int]  #: number of things under both
    old_sizes: Mapping[str, int]  #: IRI of an old one → number of things under it
    new_sizes: Mapping[str, int]  #: the same of the new ones, which may have the same IRIs
    scores: Mapping[Pair, float]

    def turned(self) -> Level:
        """Return the same with the editions exchanged."""
        return replace(
            self,
            old=self.new,
            new=self.old,
            old_sizes=self.new_sizes,
            new_sizes=self.old_sizes,
            likeness={(j, i): value for (i, j), value in self.likeness.items()},
            shared={(j, i): value for (i, j), value in self.shared.items()},
            scores={(j, i): value for (i, j), value in self.scores.items()},
        )


def compare(
    old: Edition,
    new: Edition,
    *,
    fillers: Iterable[str] = (),
    forms: Mapping[str, str] | None = None,
) -> list[Change]:
    """Say what became of each element of ``old``, and where each of ``new`` comes from.

    :param fillers: words that say nothing of the work, for likeness of titles
    :param forms: way of writing a word → the one that stands for all
    :returns: one change for each element or group, goals first, in the order of ``new``;
        each element of both editions stands in exactly one

    >>> a = Edition("a", "A", (Element("a1", "measure", "除雪の支え合い", "1"),))
    >>> b = Edition("b", "B", (Element("b1", "measure", "除雪での支え合い", "2"),))
    >>> [change] = compare(a, b)
    >>> change.verdict, change.score, [reason.kind for reason in change.reasons]
    ('kept', 0.99, ['spelling', 'number-changed'])
    """
    fillers = tuple(fillers)
    levels: dict[str, Level] = {}
    for name in reversed(LEVELS):
        sides = old.at(name), new.at(name)
        labels = [[element.label for element in side] for side in sides]
        titles = Titles(*labels, fillers=fillers, forms=forms)
        below = [levels[n] for n in BELOW.get(name, ())]
        levels[name] = _level(name, *sides, titles=titles, below=below)
    names = [{element.iri: element.label for element in e.elements} for e in (old, new)]
    found: list[Change] = []
    places: defaultdict[str, set[str]] = defaultdict(set)
    for name in LEVELS:
        level = levels[name]
        changes = list(_changes(level, places, names))
        for change in changes:
            for element in change.old:
                places[element.iri] |= {other.iri for other in change.new}
        found += _ordered(changes, level)
    return found


def counted(changes: Iterable[Change], level: str) -> dict[str, int]:
    """Return how many changes of a level have each verdict, those that none has left out."""
    found = Counter(change.verdict for change in changes if change.level == level)
    return {verdict: found[verdict] for verdict in VERDICTS if found[verdict]}


def _level(
    name: str, old: tuple[Element, ...], new: tuple[Element, ...], *, titles: Titles,
    below: list[Level],
) -> Level:  # fmt: skip
    likeness = titles.pairs(least=NEAR)
    shared = _shared(old, new, below)
    old_sizes = Counter(iri for one in below for e in one.old for iri in e.above)
    new_sizes = Counter(iri for one in below for e in one.new for iri in e.above)
    scores = {}
    for i, j in sorted({*likeness, *shared}):
        title = likeness.get((i, j), 0.0)
        a, b = old_sizes[old[i].iri], new_sizes[new[j].iri]
        contents = 2 * shared.get((i, j), 0) / (a + b) if a and b else None
        scores[i, j] = round(_together(title, contents), 4)
    return Level(name, old, new, titles, likeness, shared, old_sizes, new_sizes, scores)


def _together(title: float, contents: float | None) -> float:
    """Return one score from the likeness of titles and the share of common contents.

    >>> _together(0.5, None), _together(0.5, 0.0), round(_together(0.5, 0.5), 4)
    (0.5, 0.425, 0.5875)
    """
    if contents is None:
        return title
    low, high = sorted((title, contents))
    return high * (1 - DOUBT * (1 - low)) + SUPPORT * low * (1 - high)


def _shared(
    old: tuple[Element, ...], new: tuple[Element, ...], below: list[Level]
) -> dict[Pair, int]:
    """Count what stands under both of a pair, each thing once."""
    at_old = {element.iri: i for i, element in enumerate(old)}
    at_new = {element.iri: j for j, element in enumerate(new)}
    ties: defaultdict[Pair, list[tuple[float, int, int, int]]] = defaultdict(list)
    for number, level in enumerate(below):
        for (i, j), score in level.scores.items():
            if score >= ALIKE:
                for a in level.old[i].above:
                    for b in level.new[j].above:
                        if a in at_old and b in at_new:
                            ties[at_old[a], at_new[b]].append((-score, number, i, j))
    found = {}
    for pair, tied in ties.items():
        used: set[tuple[str, int, int]] = set()
        count = 0
        for _, number, i, j in sorted(tied):
            ends = {("old", number, i), ("new", number, j)}
            if not ends & used:
                used |= ends
                count += 1
        found[pair] = count
    return found


def _changes(level: Level, places: Places, names: Names) -> Iterator[Change]:
    """Pair the elements of one level, look for groups, and tell the rest."""
    taken = _assigned(level, places)
    old, new = {*range(len(level.old))}, {*range(len(level.new))}
    if level.name in BELOW:
        for whole, parts, change in _regrouped("split", level, taken, old, new):
            old.discard(whole)
            new.difference_update(parts)
            yield change
        taken = {i: j for i, j in taken.items() if i in old and j in new}
        turned = {j: i for i, j in taken.items()}
        for whole, parts, change in _regrouped("merged", level.turned(), turned, new, old):
            new.discard(whole)
            old.difference_update(parts)
            yield replace(change, old=change.new, new=change.old)
        taken = {i: j for i, j in taken.items() if i in old and j in new}
    for i, j in sorted(taken.items()):
        yield _paired(level, i, j, places, names)
    yield from (_alone("dropped", level, i) for i in sorted(old - {*taken}))
    turned_level = level.turned()
    for j in sorted(new - {*taken.values()}):
        change = _alone("new", turned_level, j)
        yield replace(change, old=change.new, new=change.old)


def _assigned(level: Level, places: Places) -> dict[int, int]:
    """Return the pairs that together are as alike as can be, each element in one at most.

    Elements whose title no other of the level has are paired first where it is the same.
    """
    weights = {
        pair: score + _bonus(level.old[pair[0]], level.new[pair[1]], places)
        for pair, score in level.scores.items()
        if score >= LEAST
    }
    same = [pair for pair in weights if level.likeness.get(pair) == 1]
    olds, news = Counter(i for i, _ in same), Counter(j for _, j in same)
    found = {i: j for i, j in same if olds[i] == news[j] == 1}
    done = {*found.values()}
    left = {(i, j): w for (i, j), w in weights.items() if i not in found and j not in done}
    return found | _matching(left)


def _matching(weights: Mapping[Pair, float]) -> dict[int, int]:
    """Return the pairs whose weights add up to most, group by group of tied elements."""
    import networkx as nx

    graph: nx.Graph[Pair] = nx.Graph()
    for (i, j), weight in sorted(weights.items()):
        graph.add_edge((0, i), (1, j), weight=round(10_000 * weight))
    found: dict[int, int] = {}
    for group in nx.connected_components(graph):
        tied: nx.Graph[Pair] = nx.Graph()
        tied.add_weighted_edges_from(
            (a, b, graph[a][b]["weight"]) for a in sorted(group) for b in graph[a] if a < b
        )
        for a, b in nx.max_weight_matching(tied):
            (_, i), (_, j) = sorted((a, b))
            found[i] = j
    return found


def _bonus(a: Element, b: Element, places: Places) -> float:
    """Return what makes a pair better than another that is as alike."""
    place = PLACE if _stays(a, b, places) else 0.0
    actor = ACTOR if {*a.actors} & {*b.actors} else 0.0
    return place + actor + (NUMBER if a.number == b.number != "" else 0.0)


def _stays(a: Element, b: Element, places: Places) -> bool:
    """Whether two elements stand under the same, as far as both say under what they stand."""
    if not a.above or not b.above:
        return True
    return any(b_above in places.get(above, ()) for above in a.above for b_above in b.above)


def _regrouped(
    verdict: str, level: Level, taken: Mapping[int, int], wholes: set[int], others: set[int]
) -> Iterator[tuple[int, set[int], Change]]:
    """Yield the elements of one side that several of the other side come from.

    :param taken: element → its partner; the others of the other side are free
    :param wholes: elements of the one side that no group has yet
    :param others: the same of the other side
    """
    for whole in sorted(wholes):
        partner = taken.get(whole)
        free = sorted(others - {*taken.values()})
        parts = _parts(level, whole, free, partner)
        if len(parts) > 1:
            order = sorted(parts)
            change = Change(
                verdict,
                level.name,
                (level.old[whole],),
                tuple(level.new[part] for part in order),
                round(sum(share for share, _ in parts.values()) / len(parts), 4),
                tuple(parts[part][1] for part in order),
            )
            others = others - {*parts}
            yield whole, {*parts}, change


def _parts(
    level: Level, whole: int, free: list[int], partner: int | None
) -> dict[int, tuple[float, Reason]]:
    """Return the elements that come from ``whole``: its partner, and free ones.

    :returns: element → how much of it comes from there, and the reason
    """
    found: dict[int, tuple[float, Reason]] = {}
    titles, pieces = level.titles, level.titles.pieces(level.old[whole].label)
    if partner is not None:
        title = level.new[partner].label
        score = level.scores[whole, partner]
        same = titles.normal(level.old[whole].label) == titles.normal(title)
        kind = "same-as" if same else "title"
        found[partner] = score, Reason(kind, {"label": title, "likeness": score})
        pieces = [piece for piece in pieces if titles.share(piece, title) < FROM]
    for piece in pieces:
        shares = [(titles.share(piece, level.new[part].label), -part) for part in free]
        share, part = max(shares, default=(0.0, 0))
        if share >= FROM and -part not in found:
            label = level.new[-part].label
            found[-part] = share, Reason("piece", {"label": label, "piece": piece})
    enough = min(MANY, FEW * level.old_sizes[level.old[whole].iri])
    for part in free:
        count, size = level.shared.get((whole, part), 0), level.new_sizes[level.new[part].iri]
        if size and count >= enough and count >= FROM * size and part not in found:
            values = {"label": level.new[part].label, "shared": count, "size": size}
            found[part] = count / size, Reason("contents", values)
    return found


def _paired(level: Level, i: int, j: int, places: Places, names: Names) -> Change:
    a, b = level.old[i], level.new[j]
    likeness = level.titles.likeness(a.label, b.label)
    reasons = [_title_reason(a, b, likeness)]
    sizes = level.old_sizes[a.iri], level.new_sizes[b.iri]
    if all(sizes):
        shared = level.shared.get((i, j), 0)
        reasons.append(Reason("shared", {"shared": shared, "old": sizes[0], "new": sizes[1]}))
    moved = not _stays(a, b, places)
    if moved:
        before = [names[0].get(iri, iri) for iri in a.above]
        after = [names[1].get(iri, iri) for iri in b.above]
        reasons.append(Reason(f"moved-{level.name}", {"old": before, "new": after}))
    if {*a.actors} != {*b.actors}:
        reasons.append(Reason("actor-changed", {"old": list(a.actors), "new": list(b.actors)}))
        moved = moved or bool(a.actors and b.actors and not {*a.actors} & {*b.actors})
    if a.number != b.number:
        reasons.append(Reason("number-changed", {"old": a.number, "new": b.number}))
    verdict = "moved" if moved else "kept" if likeness >= PARTICLES else "renamed"
    return Change(verdict, level.name, (a,), (b,), level.scores[i, j], tuple(reasons))


def _title_reason(a: Element, b: Element, likeness: float) -> Reason:
    if a.label == b.label:
        return Reason("same-title")
    if likeness >= PARTICLES:
        return Reason("spelling", {"old": a.label, "new": b.label})
    return Reason("likeness", {"likeness": likeness})


def _alone(verdict: str, level: Level, i: int) -> Change:
    """Return the change of an element of the one side that nothing of the other side is."""
    near = [(score, -j) for (a, j), score in level.scores.items() if a == i]
    score, j = max(near, default=(0.0, 0))
    reason = Reason("nothing-alike")
    if near:
        values = {"label": level.new[-j].label, "likeness": score}
        reason = Reason("taken" if score >= LEAST else "nearest", values)
    return Change(verdict, level.name, (level.old[i],), (), round(1 - score, 4), (reason,))


def _ordered(changes: Iterable[Change], level: Level) -> list[Change]:
    """Order changes as the new edition runs; what was dropped follows what it stood after."""
    at_new = {element.iri: j for j, element in enumerate(level.new)}
    at_old = {element.iri: i for i, element in enumerate(level.old)}
    found = list(changes)
    after: dict[str, int] = {}
    last = -1
    begun = {e.iri: min(at_new[n.iri] for n in c.new) for c in found if c.new for e in c.old}
    for element in level.old:
        last = begun.get(element.iri, last)
        after[element.iri] = last

    def key(change: Change) -> tuple[int, int, int]:
        if change.new:
            return min(at_new[e.iri] for e in change.new), 0, 0
        return after[change.old[0].iri], 1, at_old[change.old[0].iri]

    return sorted(found, key=key)
