"""How alike titles are: Japanese headings of which one may be the other, reworded.

Pure functions over strings. A title is a vector of its pairs of characters, none across a
particle; what many titles share weighs little, and words that stand in plans of every kind
(推進, 体制) weigh least: 「医療の充実」 is not taken for 「介護の充実」.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from welfaregraph.products import similar_pairs
from welfaregraph.text import runs, search_key

__all__ = ["PARTICLES", "Titles"]

#: Weight of a word that says nothing of the work, a pair of characters that one title has
#: weighing 1; and of a run that is but one character long.
FILLER, SINGLE = 0.2, 0.6
#: Likeness of titles that differ in particles alone; of others it stays below.
PARTICLES, MOST = 0.99, 0.97
#: Where one title names two things: 「見守りと防犯」, 「高齢者・障がい者の支援」.
JOINTS = re.compile(r"及び|並びに|又は|または|および|ならびに|[・、，,／/]|と(?!も|り|する)")
MARKS = re.compile(r"[\W_]+")
#: Digits kept of a likeness: the last ones depend on the order of the sums.
DIGITS = 6


class Titles:
    """Titles of two editions, and how alike they are.

    :param old: titles of the one edition
    :param new: titles of the other
    :param fillers: words that say nothing of the work
    :param forms: way of writing a word → the one that stands for all

    >>> titles = Titles(["除雪の支え合い", "防災の推進"], ["除雪での支えあい", "防犯の推進"],
    ...                 fillers=["推進"], forms={"支えあい": "支え合い"})
    >>> titles.pairs(least=0.5)
    {(0, 0): 0.99}
    """

    def __init__(
        self,
        old: Sequence[str],
        new: Sequence[str],
        *,
        fillers: Iterable[str] = (),
        forms: Mapping[str, str] | None = None,
    ) -> None:
        self.old = old
        self.new = new
        self._fillers = _alternatives(search_key(word) for word in fillers)
        self._forms = {
            search_key(form): search_key(word) for form, word in (forms or {}).items()
        }
        self._form = _alternatives(self._forms)

    def normal(self, title: str) -> str:
        """Return a title without what does not count: width, blanks, marks, spelling.

        >>> Titles([], [], forms={"取り組み": "取組"}).normal("「見守り」の取り組み")
        '見守りの取組'
        """
        text = search_key(title)
        if self._form:
            text = self._form.sub(lambda found: self._forms[found[0]], text)
        return MARKS.sub("", text)

    def bare(self, title: str) -> str:
        """Return a normal title without its particles."""
        return "".join(runs(self.normal(title)))

    def likeness(self, a: str, b: str) -> float:
        """Return how alike two titles are, 0 to 1; 1 for titles with one normal form."""
        if self.normal(a) == self.normal(b):
            return 1.0
        if self.bare(a) == self.bare(b) != "":
            return PARTICLES
        return round(MOST * _cosine(self._features(a), self._features(b)), DIGITS)

    def pieces(self, title: str) -> list[str]:
        """Return the things that one title names, nothing where it names but one.

        >>> Titles([], [], fillers=["推進"]).pieces("見守りと防犯の推進")
        ['見守り', '防犯の推進']
        >>> Titles([], [], fillers=["推進"]).pieces("防犯の普及及び推進")
        []
        """
        found = [piece for piece in JOINTS.split(search_key(title)) if self._matter(piece)]
        return found if len(found) > 1 else []

    def share(self, piece: str, title: str) -> float:
        """Return how much of a piece's words that say something stand in a title, 0 to 1."""
        wanted = self._matter(piece)
        total = sum(wanted.values())
        known = self._matter(title)
        return sum(w for word, w in wanted.items() if word in known) / total if total else 0.0

    def pairs(self, *, least: float) -> dict[tuple[int, int], float]:
        """Return the pairs of an old and a new title that are alike.

        :returns: (index of the old, index of the new) → likeness from ``least`` on
        """
        titles = [*self.old, *self.new]
        vectors = [_unit(self._features(title)) for title in titles]
        families = ["old"] * len(self.old) + ["new"] * len(self.new)
        found: dict[tuple[int, int], float] = {}
        for a, b, product in similar_pairs(vectors, families, least=least / MOST):
            found[a, b - len(self.old)] = round(MOST * min(product, 1.0), DIGITS)
        for key, value in ((self.bare, PARTICLES), (self.normal, 1.0)):
            places: dict[str, list[int]] = {}
            for at, title in enumerate(self.new):
                places.setdefault(key(title), []).append(at)
            for at, title in enumerate(self.old):
                text = key(title)
                found |= {(at, other): value for other in places.get(text, ()) if text}
        return {pair: likeness for pair, likeness in found.items() if likeness >= least}

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """Feature → weight by how many different titles have it."""
        distinct = {self.normal(title): title for title in (*self.old, *self.new)}
        holders = Counter(f for title in distinct.values() for f in self._words(title))
        return {feature: 1 / (1 + math.log(count)) for feature, count in holders.items()}

    def _features(self, title: str) -> dict[str, float]:
        return {
            feature: weight * self._rarity.get(feature, 1.0)
            for feature, weight in self._words(title).items()
        }

    def _matter(self, title: str) -> dict[str, float]:
        """Return the features of a title without the words that say nothing."""
        words = self._words(title)
        return {f: self._rarity.get(f, 1.0) for f, w in words.items() if w != FILLER}

    def _words(self, title: str) -> dict[str, float]:
        text = self.normal(title)
        found: dict[str, float] = {}
        if self._fillers:
            found = dict.fromkeys(self._fillers.findall(text), FILLER)
            text = self._fillers.sub(" ", text)
        for run in runs(text):
            pairs = [run[at : at + 2] for at in range(len(run) - 1)]
            found |= dict.fromkeys(pairs, 1.0) if pairs else {run: SINGLE}
        return found


def _alternatives(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds the longest of the words at each place."""
    known = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, known))) if known else None


def _length(vector: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = _length(vector)
    return {feature: weight / length for feature, weight in vector.items()}


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    shared = sum(weight * b[feature] for feature, weight in a.items() if feature in b)
    lengths = _length(a) * _length(b)
    return min(shared / lengths, 1.0) if lengths else 0.0
