"""Which measures of different plans do the same work, ranked, each with its reasons.

Pure functions over measures and the ladder of themes; no RDF and no files here.

A measure is a vector of three blocks: its themes, with what lies above and beside them; the
other things it names (required items, statutes, SDGs, bodies, target groups, settings); and
its wording, as pairs of characters. Within a block a feature weighs the more the rarer it is.
The score of two measures is the weighted sum of the three products, so every shared feature
contributes one summand and the contributions of the reasons add up to the score. Where nobody
gave the themes, those that titles like it have (``examples``) stand beside those of its words.

The blocks of things named and of wording have length one: their products are cosines. That of
themes is divided by a root of its length only. A measure of ten activities has more themes
than a bare title, and one of them in common is as much shared work as between two titles; a
cosine would thin it out, and no one threshold would fit both.

Where both measures have themes of their own, but the main work of neither meets what the other
does, itself or further up the ladder, they are look-alikes and their words earn nothing. What
titles imply is not asked: it does not tell look-alikes apart.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from welfaregraph.measures import MAIN, THEME, Feature, Measure
from welfaregraph.products import similar_pairs
from welfaregraph.text import Fillers, bigrams, search_key
from welfaregraph.themes import Ladder

__all__ = [
    "DEFAULTS", "HALF_TEXT", "UNCURATED", "WORDING", "Overlap", "Reason", "Settings", "Space",
    "overlaps",
]  # fmt: skip

#: Kind of a reason that is shared words.
WORDING = "wording"
#: A feature that one measure in so many has, or fewer, weighs all; few measures are weighed as
#: if so many others stood beside them, one of which has the feature.
RARE = 50
#: Characters of text on which a judgement rests half.
HALF_TEXT = 60
#: Share of the score that other things named can earn: enough to part equals.
FACETS = 0.05
#: Beyond this many measures only pairs among the best partners of either are kept.
MANY, PARTNERS = 5_000, 20
#: Among them, what more measures than this have finds no partners (it still counts in scores).
COMMON = 1_000
#: A feature as vectors know it: (kind, IRI or pair of characters).
Key = tuple[str, str]
Vector = Mapping[Key, float]


@dataclass(frozen=True)
class Settings:
    """The free parameters; ``benchmarks/choose.py`` tells how they were chosen."""

    side: float = 0.4  #: weight of a theme that is a side of the work, its main theme being 1
    broader: float = 0.6  #: share that is left of a theme one step up
    wording: float = 0.5  #: share of the score that wording can earn
    thinning: float = 0.5  #: how far many themes thin each other: 0 not, 1 as in a cosine
    least: float = 0.21  #: score from which on a pair is worth an officer's time

    @property
    def related(self) -> float:
        """Share that is left of a theme beside it: half of that of a step up."""
        return self.broader / 2


#: Where a curator gave the themes.
DEFAULTS = Settings()
#: Where texts suggest them and titles imply them.
UNCURATED = Settings(least=0.25)


@dataclass(frozen=True, slots=True)  # there may be tens of millions
class Reason:
    """One thing that two measures share."""

    kind: str  #: of a feature, or implied-theme, broader-theme, related-theme, wording
    feature: str  #: IRI, or the shared words
    label: str
    contribution: float  #: its part of the score, > 0
    examples: tuple[str, ...] = ()  #: titles alike that have an implied theme, of each side


@dataclass(frozen=True)
class Overlap:
    """Two measures of different plans, and why they overlap."""

    score: float  #: strength of the shared work, 0 < score <= 1
    confidence: float  #: how much text it rests on, 0 to 1
    a: Measure
    b: Measure
    reasons: tuple[Reason, ...]  #: the greatest contribution first; they add up to the score

    @property
    def rests_on_title(self) -> bool:
        """Whether one of the two is a bare title."""
        return self.a.is_bare_title or self.b.is_bare_title


def overlaps(
    measures: Iterable[Measure],
    ladder: Ladder | None = None,
    *,
    settings: Settings = DEFAULTS,
    fillers: Iterable[str] = (),
    min_score: float | None = None,
    plans: Collection[str] = (),
    partners: int = 0,
) -> list[Overlap]:
    """Compare the measures of different plans that share a feature.

    :param measures: leaf measures of any number of plans
    :param ladder: broader and related themes
    :param fillers: words that say nothing of the work
    :param min_score: leaves out pairs below it; ``settings.least`` unless given
    :param plans: IRIs; only pairs between these (two or more), or of this one with any; how
        rare a feature is, all measures tell
    :param partners: of each measure only so many are looked for, the best; 0 for all
    :returns: the highest score first, ties by confidence and IRIs; ``a`` and ``b`` in the order
        of their plans' IRIs; pairs that share nothing do not appear, and where partners of
        very many measures are sought (``MANY``) only the best ``PARTNERS`` of each

    >>> snow = (Feature("theme", "snow", "雪対策"),)
    >>> m1 = Measure("m1", "雪との共生", "13", "p1", "P1", "p1", snow)
    >>> m2 = Measure("m2", "除排雪の支援", "4", "p2", "P2", "p2", snow)
    >>> [o] = overlaps([m1, m2])
    >>> round(o.score, 3), [(r.label, round(r.contribution, 3)) for r in o.reasons]
    (0.333, [('雪対策', 0.333)])
    """
    known = sorted(measures, key=lambda m: (m.plan, m.iri))
    space = Space(known, ladder or Ladder(), settings, fillers=fillers)
    least = settings.least if min_score is None else min_score
    sought = [n for n, measure in enumerate(known) if not plans or measure.plan in plans]
    many = len(sought) > MANY
    pairs = similar_pairs(
        _without_common(space.vectors) if many else space.vectors,
        [measure.family for measure in known],
        least=0 if many else least,
        most=partners or (PARTNERS if many else 0),
        rows=sought,
    )
    match = all if len(plans) > 1 else any
    found = (
        space.compared(left, right)
        for left, right, _ in pairs
        if not plans or match(known[n].plan in plans for n in (left, right))
    )
    return sorted(
        (pair for pair in found if pair.reasons and pair.score >= least),
        key=lambda pair: (-pair.score, -pair.confidence, pair.a.iri, pair.b.iri),
    )


class Space:
    """Measures as vectors.

    :param measures: in the order of their plans
    :param fillers: words that say nothing of the work
    """

    def __init__(
        self,
        measures: Sequence[Measure],
        ladder: Ladder,
        settings: Settings,
        *,
        fillers: Iterable[str] = (),
    ) -> None:
        self._measures = measures
        self._fillers = Fillers(fillers)
        self._ladder = ladder
        self._settings = settings
        self._around = cache(self._reached)
        self._word = cache(_word)
        self._spelt: tuple[int, list[list[str]]] = (-1, [])
        self._lines = [self._line(measure) for measure in measures]
        blocks = (
            (self._themes, 1 - FACETS - settings.wording, settings.thinning),
            (self._facets, FACETS, 1.0),
            (self._wording, settings.wording, 1.0),
        )
        self.vectors: list[dict[Key, float]] = [{} for _ in measures]
        for block, share, thinning in blocks:
            plain = [block(measure) for measure in measures]
            weighted = _scaled(plain, share, thinning, full=settings.side)
            for vector, part in zip(self.vectors, weighted, strict=True):
                vector.update(part)

    def _line(self, measure: Measure) -> tuple[frozenset[str], frozenset[str]]:
        """Return the themes of its main work and of all its work, with those above them."""
        themes = [feature for feature in measure.features if feature.kind == THEME]
        main = [feature for feature in themes if feature.role == MAIN] or themes
        return self._above(main), self._above(themes)

    def _above(self, themes: Iterable[Feature]) -> frozenset[str]:
        return frozenset(up for theme in themes for up in self._ladder.line(theme.iri))

    def _are_look_alikes(self, left: int, right: int) -> bool:
        (main_a, all_a), (main_b, all_b) = self._lines[left], self._lines[right]
        met = main_a & all_b or main_b & all_a
        return bool(all_a and all_b and not met)

    def _themes(self, measure: Measure) -> dict[Key, float]:
        own = [(f.iri, self._weight(f)) for f in measure.features if f.kind == THEME]
        found: dict[Key, float] = {}
        for iri, weight in [*own, *((each.theme, each.share) for each in measure.implied)]:
            for key, share in self._around(iri).items():
                found[key] = max(found.get(key, 0.0), weight * share)
        return found

    def _reached(self, theme: str) -> Vector:
        settings = self._settings
        around = self._ladder.reached(theme, broader=settings.broader, related=settings.related)
        return {(THEME, other): share for other, share in around.items()}

    def _facets(self, measure: Measure) -> dict[Key, float]:
        return {
            (feature.kind, feature.iri): self._weight(feature)
            for feature in measure.features
            if feature.kind != THEME
        }

    def _weight(self, feature: Feature) -> float:
        return 1.0 if feature.role == MAIN else self._settings.side

    def _wording(self, measure: Measure) -> dict[Key, float]:
        found: dict[Key, float] = {}
        for text, weight in [(text, self._settings.side) for text in measure.texts] + [
            (measure.title, 1.0)
        ]:
            for key in map(self._word, self._bigrams(text)):
                found[key] = max(found.get(key, 0.0), weight)
        return found

    def _bigrams(self, text: str) -> list[str]:
        return bigrams(self._fillers.blanked(search_key(text)))

    def compared(self, left: int, right: int) -> Overlap:
        """Return two measures with the reasons that add up to their score."""
        a, b = self._measures[left], self._measures[right]
        one, two = self.vectors[left], self.vectors[right]
        shared = {key: weight * two[key] for key, weight in one.items() if key in two}
        if self._are_look_alikes(left, right):
            shared = {key: part for key, part in shared.items() if key[0] != WORDING}
        reasons = [
            *self._named(left, right, shared),
            *self._worded(
                left, {key[1]: part for key, part in shared.items() if key[0] == WORDING}
            ),
        ]
        reasons.sort(key=lambda reason: (-reason.contribution, reason.kind, reason.feature))
        text = min(sum(map(len, (m.title, *m.texts))) for m in (a, b))
        return Overlap(
            score=min(1.0, math.fsum(reason.contribution for reason in reasons)),
            confidence=text / (text + HALF_TEXT),
            a=a,
            b=b,
            reasons=tuple(reasons),
        )

    def _named(self, left: int, right: int, shared: Vector) -> Iterator[Reason]:
        sides = (self._measures[left], self._measures[right])
        labels = {(f.kind, f.iri): f.label for side in reversed(sides) for f in side.features}
        own = [{f.iri for f in side.features} for side in sides]
        implied = [{each.theme: each.example for each in side.implied} for side in sides]
        known = [{*named, *more} for named, more in zip(own, implied, strict=True)]
        for (kind, iri), part in shared.items():
            if kind == WORDING:
                continue
            name = labels.get((kind, iri)) or self._ladder.labels.get(iri, iri)
            if kind != THEME or all(iri in named for named in own):
                yield Reason(kind, iri, name, part)
            elif all(iri in themes for themes in known):
                said = dict.fromkeys(more[iri] for more in implied if iri in more)
                yield Reason("implied-theme", iri, name, part, tuple(said))
            else:
                yield Reason(self._standing(iri, known), iri, name, part)

    def _worded(self, index: int, parts: Mapping[str, float]) -> Iterator[Reason]:
        """Join shared pairs of characters to the longest words that a measure has."""
        if self._spelt[0] != index:  # pairs come ordered by their first measure
            measure = self._measures[index]
            texts = (measure.title, *measure.texts)
            self._spelt = (index, [[*self._bigrams(text), ""] for text in texts])
        left = dict(parts)
        for spelt in self._spelt[1]:
            if parts.keys().isdisjoint(spelt):
                continue
            word, value = "", 0.0
            for pair in spelt:
                if pair in parts and (not word or word[-1] == pair[0]):
                    word = word + pair[-1] if word else pair
                    value += left.pop(pair, 0.0)
                    continue
                if value:
                    yield Reason(WORDING, word, word, value)
                word, value = (pair, left.pop(pair, 0.0)) if pair in parts else ("", 0.0)

    def _standing(self, theme: str, own: Sequence[set[str]]) -> str:
        """Return how a theme that not both measures have stands to those they have."""
        beside = set(self._ladder.related.get(theme, ()))
        if any(theme not in themes and beside & themes for themes in own):
            return "related-theme"
        return "broader-theme"


def _word(pair: str) -> Key:
    return WORDING, pair


def _without_common(vectors: Sequence[Vector]) -> list[Vector]:
    holders = Counter(key for vector in vectors for key in vector)
    return [{k: w for k, w in vector.items() if holders[k] <= COMMON} for vector in vectors]


def _scaled(
    block: Sequence[dict[Key, float]],
    share: float,
    thinning: float,
    *,
    full: float,
) -> list[dict[Key, float]]:
    """Weigh a block by rarity and divide each vector by ``length ** thinning``.

    :param share: what a vector of length one gives in a product with itself
    :param full: weight from which on a vector counts as one that has a feature, and not as
        a part of one; 0 for any weight
    """
    frequency: defaultdict[Key, float] = defaultdict(float)
    for plain in block:
        for key, weight in plain.items():
            frequency[key] += min(1.0, weight / full) if full else 1.0
    rarity = {key: _rarity(count, len(block)) for key, count in frequency.items()}
    found = []
    for plain in block:
        weighted = {key: weight * rarity[key] for key, weight in plain.items()}
        length = math.sqrt(sum(weight**2 for weight in weighted.values()))
        factor = math.sqrt(share) / length**thinning if length else 0.0
        found.append({k: w * factor for k, w in weighted.items()} if factor else {})
    return found


def _rarity(holders: float, measures: int) -> float:
    """Return how much a feature says, 1 where one measure in ``RARE`` has it."""
    return min(1.0, math.log(1 + (measures + RARE) / (holders + 1)) / math.log(1 + RARE))
