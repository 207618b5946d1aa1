"""Which planted overlaps were found, and which pairs were listed that are none."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from handles import ancestors, beside

__all__ = ["DECOY", "Found", "Truth"]

DECOY = "decoy"


@dataclass(frozen=True)
class Found:
    """What a listing is worth."""

    pairs: int  #: listed
    recall: Mapping[str, float]  #: kind of plant → share that is listed
    decoys: float  #: share of the decoys that is listed, all of them false alarms
    unrelated: int  #: listed pairs without a theme, broad or narrow, in common
    of_no_theme: int  #: of these, with a measure about work of no theme
    beside: int  #: of these, of two themes that the scheme calls related

    @property
    def unrelated_share(self) -> float:
        """False alarms among what is listed."""
        return self.unrelated / self.pairs if self.pairs else 0.0


class Truth:
    """What ``synthetic.py`` planted in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "truth"

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with (self._folder / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    @cached_property
    def plants(self) -> dict[tuple[str, str], str]:
        """Two measures, in order → kind of plant."""
        return {
            _ordered(row["measure_a"], row["measure_b"]): _kind(row)
            for row in self._rows("overlaps.csv")
        }

    @cached_property
    def plans(self) -> dict[str, str]:
        """Leaf measure → its plan."""
        return {row["measure"]: row["plan"] for row in self._rows("measures.csv")}

    @cached_property
    def themes(self) -> dict[str, frozenset[str]]:
        """Leaf measure → slugs of what it is about, none for work of no theme."""
        return {
            row["measure"]: frozenset(row["themes"].split())
            for row in self._rows("measures.csv")
        }

    def some_plans(self, most: int, *, seed: int = 1) -> list[str]:
        """Return plans that plants of every kind join, two a plant, no more than ``most``."""
        among: dict[str, list[tuple[str, str]]] = {}
        for pair, kind in sorted(self.plants.items()):
            among.setdefault(kind, []).append(pair)
        each, rng = max(1, most // 2 // len(among)), random.Random(seed)  # noqa: S311 (no secret)
        drawn = [
            p for pairs in among.values() for p in rng.sample(pairs, min(each, len(pairs)))
        ]
        return sorted({self.plans[measure] for pair in drawn for measure in pair})

    def judge(self, listed: Iterable[tuple[str, str]], plans: Container[str] = ()) -> Found:
        """Count what a listing finds and what it should not have listed.

        :param plans: the plans that were listed; all unless given
        """
        found: Counter[str] = Counter()
        ties: Counter[str] = Counter()
        pairs = 0
        for a, b in listed:
            pairs += 1
            found[self.plants.get(_ordered(a, b), "")] += 1
            ties[_tie(self.themes[a], self.themes[b])] += 1
        planted = Counter(
            kind
            for pair, kind in self.plants.items()
            if not plans or all(self.plans[measure] in plans for measure in pair)
        )
        shares = {kind: found[kind] / count for kind, count in sorted(planted.items())}
        return Found(
            pairs=pairs,
            recall={kind: share for kind, share in shares.items() if kind != DECOY},
            decoys=shares[DECOY],
            unrelated=pairs - ties["kin"],
            of_no_theme=ties["of no theme"],
            beside=ties["beside"],
        )


@cache
def _tie(left: frozenset[str], right: frozenset[str]) -> str:
    """Return how the themes of two measures hang together."""
    if not left or not right:
        return "of no theme"
    above = [frozenset().union(*map(ancestors, themes)) for themes in (left, right)]
    if above[0] & above[1]:
        return "kin"
    return "beside" if right & frozenset().union(*map(beside, left)) else "none"


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _kind(row: Mapping[str, str]) -> str:
    """Return the kind of a plant; plants that curated themes do not tell stand apart."""
    if row["kind"] == DECOY:
        return DECOY
    return row["kind"] if row["curated"] == "true" else f"{row['kind']}, not curated"
