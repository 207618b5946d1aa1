"""What a measure of such a title ordinarily is about, told by titles whose themes are known.

Words of a title name some of its themes; what else the work behind it includes, the wording
does not say. ``ontology/titles.csv`` holds it for several thousand titles. The themes of a new
title are the mean of those of the titles like it, each weighed by the fourth power of its
likeness (a kernel regression after Nadaraya and Watson), with some doubt beside them all; a
title like none has none.

Pure functions over rows of that file; how alike two titles are, the words that name themes,
pairs and threes of characters tell, as a cosine, the rare ones weighing more.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from welfaregraph.products import similar_pairs
from welfaregraph.text import Fillers, bigrams, search_key

__all__ = ["Example", "Examples", "Implied", "examples_of"]

#: Weight of a theme that a title names, and of three characters in a row; a pair weighs 1.
NAMED, THREE = 2.0, 0.7
#: Titles less alike than this tell nothing of each other.
ALIKE = 0.2
#: Power of the likeness by which an example counts, and what doubt counts beside them all.
SHARPNESS, DOUBT = 4, 0.05
#: Themes less sure than this are left out.
LEAST = 0.05
#: Titles looked at in one go, which bounds memory.
AT_ONCE = 2_000
#: A feature of a title: its kind and what it is.
Key = tuple[str, str]


@dataclass(frozen=True)
class Example:
    """A title with the themes that measures of such a title have."""

    title: str
    themes: Mapping[str, float]  #: IRI → share of such measures that are about it, to 1


@dataclass(frozen=True, slots=True)
class Implied:
    """A theme that a title has, going by titles like it."""

    theme: str  #: IRI
    share: float  #: how surely, 0 to 1
    example: str  #: the title that says so most


def examples_of(rows: Iterable[Mapping[str, str]], scheme: str) -> list[Example]:
    """Read rows of ``titles.csv``: ``title`` and ``themes``, each theme as ``slug:share``.

    :param scheme: what stands before the slug of a theme in its IRI
    :raises ValueError: a theme without a share
    :raises KeyError: a column is missing

    >>> examples_of([{"title": "除雪の手伝い", "themes": "snow:1 neighbours:0.4"}], "theme/")
    [Example(title='除雪の手伝い', themes={'theme/snow': 1.0, 'theme/neighbours': 0.4})]
    """
    found = []
    for row in rows:
        pairs = (word.rsplit(":", 1) for word in row["themes"].split())
        themes = {scheme + slug: float(share) for slug, share in pairs}
        found.append(Example(row["title"], themes))
    return found


class Examples:
    """Titles whose themes are known, to tell those of other titles.

    :param known: the examples
    :param named: title → IRIs of the themes that its words name
    :param fillers: words that say nothing of the work

    >>> snow = Example("除雪の手伝い", {"snow": 1.0, "neighbours": 0.4})
    >>> ball = Example("球技大会の開催", {"sport": 1.0})
    >>> examples = Examples([snow, ball], lambda title: ())
    >>> [found] = examples.of(["高齢者宅の除雪"])
    >>> [(implied.theme, round(implied.share, 2), implied.example) for implied in found]
    [('snow', 0.45, '除雪の手伝い'), ('neighbours', 0.18, '除雪の手伝い')]
    """

    def __init__(
        self,
        known: Sequence[Example],
        named: Callable[[str], Iterable[str]],
        *,
        fillers: Iterable[str] = (),
    ) -> None:
        self._known = known
        self._named = named
        self._fillers = Fillers(fillers)
        plain = [self._features(example.title) for example in known]
        held = Counter(key for features in plain for key in features)
        self._rarity = {
            key: math.log((len(known) + 1) / (count + 1)) for key, count in held.items()
        }
        self._vectors = [self._weighed(features) for features in plain]

    def of(self, titles: Sequence[str]) -> Iterator[tuple[Implied, ...]]:
        """Yield the themes that each title has ordinarily, the surest first."""
        for start in range(0, len(titles), AT_ONCE):
            part = titles[start : start + AT_ONCE]
            alike = self._alike(part)
            yield from (self._implied(alike.get(at, [])) for at in range(len(part)))

    def _alike(self, titles: Sequence[str]) -> dict[int, list[tuple[int, float]]]:
        """Return place of a title → the examples like it, each with its likeness."""
        count = len(self._known)
        vectors = [self._weighed(self._features(title)) for title in titles]
        found: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for example, title, likeness in similar_pairs(
            [*self._vectors, *vectors],
            ["known"] * count + ["asked"] * len(titles),
            least=ALIKE,
            rows=range(count, count + len(titles)),
        ):
            found[title - count].append((example, likeness))
        return found

    def _implied(self, alike: Iterable[tuple[int, float]]) -> tuple[Implied, ...]:
        shares: defaultdict[str, float] = defaultdict(float)
        best: dict[str, tuple[float, int]] = {}
        total = DOUBT
        for number, likeness in alike:
            counts = likeness**SHARPNESS
            total += counts
            for theme, share in self._known[number].themes.items():
                shares[theme] += counts * share
                best[theme] = max(best.get(theme, (0.0, 0)), (counts * share, -number))
        found = [
            Implied(theme, round(share / total, 3), self._known[-best[theme][1]].title)
            for theme, share in shares.items()
            if share / total >= LEAST
        ]
        return tuple(sorted(found, key=lambda implied: (-implied.share, implied.theme)))

    def _features(self, title: str) -> dict[Key, float]:
        key = search_key(title)
        threes = (key[at : at + 3] for at in range(len(key) - 2))
        return {
            **{("theme", theme): NAMED for theme in self._named(title)},
            **{("pair", pair): 1.0 for pair in bigrams(self._fillers.blanked(key))},
            **{("three", three): THREE for three in threes},
        }

    def _weighed(self, features: Mapping[Key, float]) -> dict[Key, float]:
        """Weigh what examples have too by its rarity, to length one; the rest tells nothing."""
        found = {
            key: weight * self._rarity[key]
            for key, weight in features.items()
            if self._rarity.get(key)
        }
        length = math.sqrt(sum(weight**2 for weight in found.values()))
        return {key: weight / length for key, weight in found.items()}
