"""The theme whose description a text resembles most, for titles that no handle names.

Pure functions over rows of ``queries/theme-handles.rq``. A theme is the pairs of characters of
its handles, of what its definition says first (what follows tells what it is not) and of its
examples; a text is its own pairs. The resemblance is the cosine of the two, rare pairs
weighing more.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from welfaregraph.suggest import Suggestion
from welfaregraph.text import Fillers, bigrams, search_key

__all__ = ["Resemblance"]

#: Cosine from which on a resemblance counts.
LEAST = 0.2


class Resemblance:
    """What the themes are described by.

    :param rows: ``theme kind words`` with kind ``handle`` or ``description``; others are
        passed over
    :param fillers: words that say nothing of the work
    """

    def __init__(
        self, rows: Iterable[Mapping[str, str | None]], fillers: Iterable[str] = ()
    ) -> None:
        self._fillers = Fillers(fillers)
        described: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            if row["kind"] in ("handle", "description"):
                said, _, _ = (row["words"] or "").partition("。")
                described[row["theme"] or ""].update(set(self._pairs(said)))
        themes = Counter(pair for pairs in described.values() for pair in pairs)
        self._unknown = math.log(1 + len(described))
        self._rarity = {
            pair: math.log(1 + len(described) / count) for pair, count in themes.items()
        }
        self._holders: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for theme, pairs in sorted(described.items()):
            weights = {p: (1 + math.log(n)) * self._rarity[p] for p, n in pairs.items()}
            length = math.sqrt(sum(weight**2 for weight in weights.values()))
            for pair, weight in weights.items():
                self._holders[pair].append((theme, weight / length))

    def _pairs(self, text: str) -> list[str]:
        return bigrams(self._fillers.blanked(search_key(text)))

    def nearest(self, text: str) -> list[Suggestion]:
        """Return the one theme that a text resembles enough, with the words they share.

        :returns: none or one; its ``handle`` is the longest run of the text that the theme's
            description has too

        >>> rows = [
        ...     {"theme": "news", "kind": "description", "words": "情報を住民に届ける働き"},
        ...     {"theme": "snow", "kind": "handle", "words": "除雪"},
        ... ]
        >>> [(s.theme, s.handle) for s in Resemblance(rows).nearest("住民に届く情報")]
        [('news', '住民')]
        """
        pairs = dict.fromkeys(self._pairs(text))
        found: defaultdict[str, float] = defaultdict(float)
        for pair in pairs:
            for theme, weight in self._holders.get(pair, ()):
                found[theme] += weight * self._rarity[pair]
        length = math.sqrt(sum(self._rarity.get(p, self._unknown) ** 2 for p in pairs))
        best = min(found, key=lambda theme: (-found[theme], theme), default="")
        if not best or found[best] < LEAST * length:
            return []
        shared = {pair for pair in pairs if any(t == best for t, _ in self._holders[pair])}
        return [_longest(search_key(text), shared, best)]


def _longest(key: str, shared: set[str], theme: str) -> Suggestion:
    """Return the longest run of a text made of shared pairs, the first of equals."""
    best = (0, 0)
    start = 0
    for at in range(len(key)):
        if key[at : at + 2] not in shared:
            if at > start and at + 1 - start > best[1] - best[0]:
                best = (start, at + 1)
            start = at + 1
    return Suggestion(theme, key[slice(*best)], *best)
