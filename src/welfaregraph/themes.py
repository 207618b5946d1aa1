"""The ladder of themes: which are broader, which belong together.

Pure functions over rows of ``queries/theme-ladder.rq``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["Ladder"]

#: How one theme may stand to another.
RELATIONS = ("broader", "related")


@dataclass(frozen=True)
class Ladder:
    """Themes with the broader and related ones of each."""

    labels: Mapping[str, str] = field(default_factory=dict)  #: IRI → label
    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str | None]]) -> Ladder:
        """Read ``theme themeLabel relation other``.

        Relations are itself, broader and related.
        """
        labels: dict[str, str] = {}
        found: dict[str, defaultdict[str, set[str]]] = {
            name: defaultdict(set) for name in ("itself", *RELATIONS)
        }
        for row in rows:
            theme = row["theme"] or ""
            labels[theme] = row["themeLabel"] or theme
            found[row["relation"] or "itself"][theme].add(row["other"] or "")
        others = {
            name: {theme: tuple(sorted(known)) for theme, known in found[name].items()}
            for name in RELATIONS
        }
        return cls(labels, **others)

    def line(self, theme: str) -> frozenset[str]:
        """Return a theme and all above it.

        >>> sorted(Ladder({}, {"snow": ("life",), "life": ("welfare",)}).line("snow"))
        ['life', 'snow', 'welfare']
        """
        found, waiting = {theme}, [theme]
        while waiting:
            above = [up for up in self.broader.get(waiting.pop(), ()) if up not in found]
            found.update(above)
            waiting += above
        return frozenset(found)

    def reached(self, theme: str, *, broader: float, related: float) -> dict[str, float]:
        """Return how much of a theme's work is that of itself and of the themes around it.

        :param broader: share that is left a step up
        :param related: share that is left at a related theme

        >>> ladder = Ladder({}, {"snow": ("life",)}, {"snow": ("volunteers",)})
        >>> ladder.reached("snow", broader=0.5, related=0.25)
        {'snow': 1.0, 'life': 0.5, 'volunteers': 0.25}
        """
        found = {theme: 1.0}
        edge = [theme]
        while edge:
            step = [(up, found[at] * broader) for at in edge for up in self.broader.get(at, ())]
            edge = []
            for up, weight in step:
                if weight > found.get(up, 0.0):
                    found[up] = weight
                    edge.append(up)
        for other in self.related.get(theme, ()):
            found[other] = max(found.get(other, 0.0), related)
        return found
